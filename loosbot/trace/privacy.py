"""Persons whose consent is not written, and names that no record declares.

Only for the terminal and the files that someone asked for: never published.

A name is taken for that of a private person when it is written as the house writes one (first
name and initial), after a civility (« Mme Durand »), or when a first name that some declared person
bears is followed by a surname (« Audrey Martin »). That misses first names which nobody declared
has, rather than accuse streets and schools: a name after « rue », « école » and their like is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from loosbot.corpus.model import Corpus, KeyPath, Record
from loosbot.trace.facts import View
from loosbot.trace.model import Observation

_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_WORD = rf"{_CAPITAL}[a-zà-öø-ÿ]+"
_FIRST_NAME = rf"{_WORD}(?:-{_WORD})?"
_SURNAME = rf"(?:(?:[dD]e |[dD]u |[dD]['’]|[lL]e )?{_WORD}(?:-{_WORD})?)"
_INITIAL = rf"{_FIRST_NAME} {_CAPITAL}\.(?!\w)"
_CIVIL = rf"(?:M\.|Mme|Mlle|Monsieur|Madame|Mademoiselle) {_FIRST_NAME}(?: {_SURNAME})?"
_CIVILITY = re.compile(r"(?:M\.|Mme|Mlle|Monsieur|Madame|Mademoiselle) ")
NAMED_AFTER = re.compile(
    r"(?:rue|avenue|boulevard|allée|impasse|chemin|place|square|parc|quartier|cité|résidence|école"
    r"|collège|lycée|crèche|salle|stade|gymnase|centre|maison|foyer|fosse|terril|église|chapelle"
    r"|fondation|institut|prix|loi)s? (?:de |du |d['’]|des )?$",
    re.IGNORECASE,
)
"""What stands before the name of somebody whom a place or a law is called after."""


def observe(view: View) -> Iterator[Observation]:
    """One observation for each person without consent, and each undeclared name of a record."""
    declared = _declared(view.corpus)
    pattern = _pattern(view.corpus)
    for record in view.corpus.records.values():
        if record.type == "acteur":
            if _needs_consent(record):
                yield Observation(record.id, "consentement", "missing", ("titre",))
            continue
        if record.type == "source":
            # authors of published documents are named as such
            continue
        seen: set[str] = set()
        for path, text in _texts(record.data, ()):
            for found in pattern.finditer(text):
                name = _CIVILITY.sub("", found[0])
                if name in seen or _is_declared(name, declared):
                    continue
                if NAMED_AFTER.search(text, max(0, found.start() - 30), found.start()):
                    continue
                seen.add(name)
                yield Observation(record.id, "personne", "undeclared", path)


def _declared(corpus: Corpus) -> set[str]:
    """Every name that a record carries: of persons, and of places or things named after one."""
    return {
        str(name)
        for one in corpus.records.values()
        for name in (one.title, *_list(one.data.get("variantes")))
    }


def _is_declared(name: str, declared: set[str]) -> bool:
    """Whether some record bears this name, or has it in its own."""
    if name in declared:
        return True
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return any(name in one and whole.search(one) for one in declared)


def _pattern(corpus: Corpus) -> re.Pattern[str]:
    """What a private person's name looks like in this corpus."""
    persons = (
        one.title.partition(" ")[0]
        for one in corpus.records.values()
        if one.type == "acteur" and one.data.get("genre") == "personne" and " " in one.title
    )
    first = sorted({name for name in persons if re.fullmatch(_FIRST_NAME, name)})
    forms = [_CIVIL, _INITIAL]
    if first:
        forms.append(rf"(?:{'|'.join(map(re.escape, first))}) {_SURNAME}")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?!\w)")


def _needs_consent(actor: Record) -> bool:
    return (
        actor.data.get("genre") == "personne"
        and actor.data.get("public") != "oui"
        and "consentement" not in actor.data
    )


def _texts(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for rank, inner in enumerate(value):
            yield from _texts(inner, (*path, rank))
    elif isinstance(value, str):
        yield path, value


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
