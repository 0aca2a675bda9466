"""The foot of a page: where it comes from, the other words that find it, its bare facts.

The search that comes with MediaWiki compares whole words, and takes « l’école » for one: the
typographic apostrophe is a letter to it, a straight one is not. So « echec » stands there too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from loosbot.corpus.links import source_parts
from loosbot.corpus.model import IndexPage, Page, Record
from loosbot.corpus.values import several
from loosbot.fields.codecs import SEPARATOR
from loosbot.fields.collation import year_of
from loosbot.fields.site import Site, bare, references
from loosbot.fields.vocabulary import STATES, fold, vocabulary
from loosbot.wikitext.blocks import block_call, inline_call
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.names import Names
from loosbot.wikitext.unsearched import unsearched


def provenance(path: str, site: Site) -> str:
    """``{{Provenance}}`` of a page that is computed, or of a file."""
    return inline_call(site.names, "Provenance", fichier=_file(path))


def foot(of: Record | Page | IndexPage, site: Site) -> str:
    """The foot of a page that staff write; a record's with its facts, for queries on the wiki.

    The other names of a record stand under a heading of their own; those of a page, here.
    """
    path = site.corpus.place_of(of.id, of.path)
    names = () if isinstance(of, Record) else of.data.get("variantes", ())
    parameters = [
        # people correct records, not the file of an index
        ("fichier", "" if isinstance(of, IndexPage) else _file(path)),
        ("noms", SEPARATOR.join(encode(name, Context.PARAM) for name in names)),
        ("mots", " ".join(other_forms(of.title, of.data))),
    ]
    if isinstance(of, Record):
        parameters += _facts(of, site)
    if not any(value for _, value in parameters[1:]):
        return inline_call(site.names, "Provenance", **dict(parameters))
    return block_call(site.names, "Provenance", parameters)


def _file(path: str) -> str:
    return unsearched(encode(path, Context.PARAM))


def _facts(record: Record, site: Site) -> list[tuple[str, str]]:
    """Each value bare, so that a query compares it with a word or a title.

    They stand in the call that shows where the page comes from: a template that shows nothing,
    beside it, would stop whoever puts the cursor at the end of the page in the visual editor.
    """
    values = [
        (name, SEPARATOR.join(encode(text, Context.PARAM) for text in texts))
        for name, texts in _bare_values(record, site)
    ]
    # an id that contains a masked name must not be shown
    known = "" if record.id in site.corpus.unsaid else unsearched(encode(record.id, Context.PARAM))
    return [("identifiant", known), *values]


def _bare_values(record: Record, site: Site) -> Iterator[tuple[str, list[str]]]:
    names = site.names

    def titles(*keys: str) -> list[str]:
        ids = (id_ for key in keys for id_ in references(record, key))
        return list(dict.fromkeys(names.titles[id_] for id_ in ids if id_ in names.titles))

    def labels(key: str, words: str) -> list[str]:
        known = several(bare(record.data.get(key)))
        return [vocabulary(words).label(word) for word in known if word and word not in STATES]

    yield "type", [record.type]
    yield "année", _year(record)
    yield "statut", labels("statut", "statut-projet")
    yield "niveau", labels("niveau", "niveau")
    yield "thèmes", labels("themes", "theme")
    yield "lieux", titles("lieu", "dans")
    yield "projets", titles("projet", "parent")
    yield "acteurs", titles("initiative", "parties_prenantes", "organisation", "service", "plume")


def _year(record: Record) -> list[str]:
    year = year_of(bare(record.data.get("annee", record.data.get("date"))))
    return [year] if year else []


_WORD = re.compile(r"[^\W\d_]+")
_ELIDED = re.compile(r"\b([dl])[’']([^\W\d_]{3,})")
"""A noun mostly; what follows « n’ », « s’ » or « qu’ » is a verb, a pronoun."""
_IRREGULAR = {"travaux": "travail", "travail": "travaux"}
_SHORT = 4
"""Fewer letters are no noun whose number is worth another form."""


def other_forms(title: str, data: Mapping[str, Any]) -> list[str]:
    """What people type for the words of its title, its other names, its themes and its summary.

    Those of the first three without their accents, those of the first two in the other number,
    and those behind an elision with a straight apostrophe; each once, in alphabetical order.
    """
    themes = data.get("themes")
    labels = [
        vocabulary("theme").label(theme)
        for theme in (themes if isinstance(themes, list) else [])
        if theme not in STATES
    ]
    names = [title.casefold(), *(str(name).casefold() for name in data.get("variantes", ()))]
    resume = data.get("resume")
    elided = [*names, resume.casefold() if isinstance(resume, str) else ""]
    written = set(_words((*names, *(label.casefold() for label in labels))))
    forms = {*_numbers(_words(names)), *_after_elision(elided)}
    folded = {fold(word) for word in (*written, *forms) if not word.isascii()}
    return sorted((forms | folded) - written)


def _words(texts: Iterable[str]) -> Iterator[str]:
    return (word for text in texts for word in _WORD.findall(text))


def _numbers(words: Iterable[str]) -> Iterator[str]:
    """The plural of what looks singular, the singular of what looks plural."""
    for word in words:
        if len(word) < _SHORT:
            continue
        if word in _IRREGULAR:
            yield _IRREGULAR[word]
        elif word.endswith("aux"):
            yield f"{word[:-1]}" if word.endswith("eaux") else f"{word[:-3]}al"
        elif word.endswith("s"):
            yield word[:-1]
        elif word.endswith("al"):
            yield f"{word[:-2]}aux"
        elif not word.endswith(("x", "z")):
            yield f"{word}x" if word.endswith("eau") else f"{word}s"


def _after_elision(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (f"{article}'{word}" for article, word in _ELIDED.findall(text))


def source_lines(
    references: Iterable[str], names: Names, context: Context = Context.LIST_ITEM
) -> list[str]:
    """One line a source, with all its passages: ``Référentiel, § 5 ; § 6``."""
    passages: dict[str, list[str]] = {}
    for reference in references:
        id_, passage = source_parts(reference)
        # no line break between « § » and its number
        sign, _, mark = passage.partition(" ")
        whole = f"{sign}\N{NO-BREAK SPACE}{mark}" if mark else sign
        passages.setdefault(id_, []).append(encode(whole, context))
    return [
        ", ".join(
            part
            for part in (
                str(names.link_or_text(id_, context)),
                " ; ".join(piece for piece in parts if piece),
            )
            if part
        )
        for id_, parts in passages.items()
    ]
