"""What looks like the name of a private person and is nobody's who is declared.

A name is taken for that of a private person when it is written as the house writes one (first
name and initial: « Paul D. »), after a civility (« Mme Durand »), or when a first name that some
declared person bears is followed by a surname (« Audrey Martin »). That misses first names which
nobody declared has, rather than accuse places: what follows « rue » or « école » is their name,
unless it ends with an initial.

Declared are the names of the persons, organisations and places that may be told, not the title of
a récit or of a project: it is a text like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.wording import slug

CIVILITIES = (
    "M.", "MM.", "Mr", "Mme", "Mmes", "Mlle", "Mlles", "Dr", "Monsieur", "Messieurs", "Madame",
    "Mesdames", "Mademoiselle", "Mesdemoiselles", "Docteur",
)  # fmt: skip
"""What stands before the name of a person."""

_CAPITAL = "[A-ZÀ-ÖØ-ÞŒŸ]"
_NAME = rf"{_CAPITAL}[a-zà-öø-ÿœ]+(?:[-’']{_CAPITAL}[a-zà-öø-ÿœ]+)*"
_INITIALED = rf"{_NAME} {_CAPITAL}\.(?!\w)"
_SURNAME = rf"(?:(?:[dD]e |[dD]u |[dD][’']|[lL]e )?{_NAME}|{_CAPITAL}{{2,}})(?![\w-])"
_WORD = rf"{_CAPITAL}[\w’'-]+"
_CIVIL = (
    rf"(?:{_CAPITAL}\. )?(?:d[’']|de la |de |du |des )?{_WORD}"
    rf"(?: (?:[dD]e |[dD]u |[dD][’']|L[ae] )?{_WORD})?"
)
_WHOLE = re.compile(rf"{_NAME}(?: (?:de |du |d’|d'|le |la )?(?:{_NAME}|{_CAPITAL}{{2,}})){{1,2}}")
"""A field that holds nothing but a first name and a name."""
_BLANK = re.compile(r"\s")
_FUNCTION_WORDS = frozenset(
    """
    a apres au aux avec car ce ces cet cette chez comme contre dans de des depuis donc
    du elle elles en entre et hier il ils la le les leur mais ni nous ou par pas pour
    puis quand que qui sa sans selon ses si son sous sur tous tout un une vers voici
    vous
    """.split()  # noqa: SIM905 - forty words read better as words
)
"""Words that may begin a sentence before « M. »: « Selon M. le maire » names nobody."""
_PLACE = re.compile(
    r"(?:rue|avenue|boulevard|allée|impasse|chemin|place|square|parc|quartier|cité|résidence|école"
    r"|collège|lycée|crèche|salle|stade|gymnase|centre|maison|foyer|fosse|terril|église|chapelle"
    r"|fondation|institut|prix|loi)s? (?:du )?$",
    re.IGNORECASE,
)
"""What stands before the name of somebody whom a place or a law is called after: « la rue du
docteur Calmette », but « la maison de Mme Durand » is hers."""


class Strangers:
    """Finds what looks like the name of a private person and is nobody's that may be told.

    ``firsts`` are the first names that somebody bears; of ``persons`` and ``things`` (what else
    has a name: organisations, places) the names may be told.
    """

    def __init__(
        self, firsts: Iterable[str], persons: Iterable[str], things: Iterable[str] = ()
    ) -> None:
        persons, things = tuple(persons), tuple(things)
        self._names = {_tokens(name) for name in (*persons, *things)}
        self._within = [f"-{slug(name)}-" for name in (*persons, *things)]
        self._after_civility = {form for name in persons for form in _formal(name)}
        self._pattern = _pattern(firsts)

    def in_text(self, text: str) -> list[str]:
        """Undeclared names, in their order and without their civility."""
        text = _plain(text)
        return [
            found[found.lastgroup or ""]
            for found in self._pattern.finditer(text)
            if self._is_stranger(found, text)
        ]

    def in_field(self, text: str) -> list[str]:
        """The same for a field where a person is expected: a bare first name and name counts."""
        whole = _plain(text)
        if _WHOLE.fullmatch(whole) and _tokens(whole) not in self._names:
            return [whole]
        return self.in_text(text)

    def _is_stranger(self, found: re.Match[str], text: str) -> bool:
        form = found.lastgroup or ""
        name = _tokens(found[form])
        if name in self._names or (form == "civil" and name in self._after_civility):
            return False
        if form == "initialed":
            return name[0] not in _FUNCTION_WORDS
        if _PLACE.search(text, max(0, found.start() - 30), found.start()):
            return False
        return not any(f"-{slug(found[0])}-" in one for one in self._within)


def strangers(corpus: Corpus, told: Iterable[Record]) -> Strangers:
    """Who is a stranger in ``corpus`` to readers who may know of the records ``told``."""
    persons: list[str] = []
    things: list[str] = []
    for record in told:
        if record.type in ("acteur", "lieu"):
            names = persons if _is_person(record) else things
            names += (record.title, *map(str, record.data.get("variantes", ())))
    bearers = (one.title for one in corpus.records.values() if _is_person(one))
    return Strangers((name.split()[0] for name in bearers if " " in name), persons, things)


def _is_person(record: Record) -> bool:
    return record.type == "acteur" and record.data.get("genre") == "personne"


def _pattern(firsts: Iterable[str]) -> re.Pattern[str]:
    heads = "|".join(re.escape(one) for one in sorted(set(firsts)) if re.fullmatch(_NAME, one))
    # a civility as the house writes it, or in capitals; a long one in small letters too
    spelled = {one for word in CIVILITIES for one in (word, word.upper())}
    spelled |= {word.lower() for word in CIVILITIES if len(word) > len("Mlles")}
    civility = "|".join(map(re.escape, sorted(spelled)))
    forms = [
        # « Mme D. » is a name too, but « Mme D. Roux » is told whole
        rf"(?:(?:{civility}) )?(?P<initialed>(?!(?:{civility}) {_CAPITAL}\. {_WORD}){_INITIALED})",
        rf"(?:{civility}) (?P<civil>{_CIVIL})",
    ]
    if heads:
        forms.append(rf"(?P<named>(?:{heads})(?:-{_NAME})? {_SURNAME})")
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})")


def _formal(name: str) -> Iterable[tuple[str, ...]]:
    """What may follow a civility to mean this person: the surname, with an initial or without."""
    words = _tokens(name)
    # « M. le maire » has no surname
    if name.split()[-1][0].isupper():
        for rank in range(1, len(words)):
            yield words[rank:]
            yield (words[0][0], *words[rank:])


def _plain(text: str) -> str:
    """A text whose names are written in one way: composed, and with plain blanks."""
    return _BLANK.sub(" ", unicodedata.normalize("NFC", text))


def _tokens(name: str) -> tuple[str, ...]:
    return tuple(slug(name).split("-"))
