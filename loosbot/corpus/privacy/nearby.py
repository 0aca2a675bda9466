"""First names that mean somebody masked in the records that speak of them alone. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.firstnames import FIRST_NAMES
from loosbot.corpus.privacy.folding import plain
from loosbot.corpus.privacy.spellings import Tokens, parts, tokens
from loosbot.corpus.privacy.strangers import CIVILITIES

Nearby = Mapping[Tokens, str | None]
"""First names (``("jean", "luc")``) and what stands for each in one record; None for the name of
somebody shown, who stays."""
SEVERAL = "[nom]"
"""Stands for a name that several hidden persons bear."""
CIVIL = frozenset(plain(civility).removesuffix(".") for civility in CIVILITIES)
_SHORT = 2
"""Letters of a first name that is none: it stands for too many."""


def first_name(name: str) -> Tokens:
    """The first name of a person who is called so; nothing of « Mme Durand » or « une voisine »."""
    divided = parts(name)
    first = divided.first if divided else tokens((name.split() or [""])[0])
    known = divided is not None or not FIRST_NAMES.isdisjoint(first[:1])
    return first if known and CIVIL.isdisjoint(first) else ()


def surely_first_name(name: str) -> Tokens:
    """The same for a name that may be that of a group: « Club Rando » has none."""
    words = tokens(name)
    first = first_name(name)
    return first if len(words[-1:] and words[-1]) == 1 or set(first[:1]) <= FIRST_NAMES else ()


def first_name_forms(first: Tokens) -> Iterator[Tokens]:
    """The ways to type a first name: « Jean-Luc », « Jeanluc », « Jean »."""
    for form in dict.fromkeys((first, ("".join(first),), first[:1])):
        if len("".join(form)) > _SHORT:
            yield form


def add(nearby: dict[Tokens, str | None], first: Tokens, instead: str) -> None:
    """Add a first name, however it may be typed."""
    for form in first_name_forms(first):
        nearby[form] = one_or_several(nearby.get(form), instead)


def keep(nearby: dict[Tokens, str | None], names: Iterable[str]) -> None:
    """Let whole names stay that begin with one of these first names: « Rémi D. » who is shown."""
    firsts = {first[0] for first in nearby}
    for words in map(tokens, names):
        if words[1:] and words[0] in firsts:
            nearby.setdefault(words, None)


def one_or_several(before: str | None, instead: str) -> str:
    """What stands for a form that one person has, or several."""
    return instead if before in (None, instead) else SEVERAL


def by_record(
    corpus: Corpus, people: Mapping[str, str], spoken: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[Tokens, str | None]]:
    """By id of a record, the first names of those to whom it links, and of those who speak in it.

    ``people`` maps the id of somebody masked to what stands for them; ``spoken``, by récit, the
    names of those whose voice is masked.
    """
    nearby: dict[str, dict[Tokens, str | None]] = {}
    for id_, instead in people.items():
        person = corpus.records[id_]
        if person.data.get("genre") != "personne":
            continue
        first = first_name(person.title)
        # in their order: what is kept of a dump is known by what its names make of it
        links = corpus.backlinks.get(id_, ()) if first else ()
        for source in dict.fromkeys(link.source for link in links):
            add(nearby.setdefault(source, {}), first, instead)
    for tale, names in spoken.items():
        for name, instead in names.items():
            if first := surely_first_name(name):
                add(nearby.setdefault(tale, {}), first, instead)
    return nearby
