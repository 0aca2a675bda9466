"""Whose voice is under a name that somebody typed. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from loosbot import lazy
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.nearby import CIVIL
from loosbot.corpus.privacy.spellings import parts, tokens
from loosbot.corpus.wording import folded

_PARTS = lazy.pattern(r", | et ")


def typed_names(corpus: Corpus, people: Sequence[str]) -> dict[str, str]:
    """The ways to type the names of some people -> their ids: a voice may be under a name that
    somebody typed. One that may also be somebody else's means nobody; where it may be two of these
    people, it is the first."""
    if not people:
        return {}
    asked = {id_: corpus.records[id_] for id_ in reversed(people)}
    named = [
        (name, id_) for id_, who in asked.items() if who.type == "acteur" for name in who.names
    ]
    exact = {folded(name): id_ for name, id_ in named}
    joined = {form: id_ for name, id_ in named for form in _forms(name)}
    words = {word for name, _ in named for word in tokens(name) if len(word) > 1}
    for record in corpus.records.values():
        for name in record.names if record.type == "acteur" and record.id not in asked else ():
            exact.pop(folded(name), None)
            if not words.isdisjoint(tokens(name)):
                for form in _forms(name):
                    joined.pop(form, None)
    return joined | exact


def meant(speaker: str, ids: Mapping[str, str], typed: Mapping[str, str]) -> list[str]:
    """Who a speaker's name stands for: ids of ``typed`` names, also where it names several persons,
    or a trade behind (« MIG, dessinateur », « Ada E. et Rémi P. »); the name itself where it means
    nobody known."""
    if speaker in ids or not typed:
        return [ids.get(speaker, speaker)]
    spoken = (speaker, *(part.strip() for part in _PARTS.split(speaker)))
    named = [typed[key] for part in spoken for key in _keys(part) if key in typed]
    return list(dict.fromkeys(named)) or [speaker]


@lru_cache(maxsize=4096)  # the same persons speak in many récits
def _keys(typed: str) -> tuple[str, ...]:
    words = tokens(typed)
    if words[:1] and words[0] in CIVIL:
        return folded(typed), "".join(words[1:]), f"{words[0]} {''.join(words[1:])}"
    return folded(typed), "".join(words)


def _forms(name: str) -> Iterator[str]:
    """The other ways to type the name of a person, joined: « Pontarlier Rémi », « Rémi P. »; a
    surname behind a civility, « m pontarlier », but not alone, which many say of a family."""
    divided = parts(name)
    if divided and not CIVIL.isdisjoint(divided.first):
        yield f"{divided.first[0]} {''.join(divided.last)}"
    elif divided:
        surnames = {"".join(divided.last), *divided.surnames()} if divided.surnames() else ()
        yield from (f"{civility} {surname}" for civility in CIVIL for surname in surnames)
        yield "".join((*divided.first, *divided.last))
        yield "".join((*divided.last, *divided.first))
        for words in (*divided.shortened(), *divided.abridged()):
            yield "".join(words)
