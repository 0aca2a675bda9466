"""The foot of a page: where it comes from, the other words that find it, its bare facts."""

from __future__ import annotations

from collections.abc import Iterator

from loosbot.corpus.model import IndexPage, Page, Record
from loosbot.fields.codecs import SEPARATOR
from loosbot.fields.collation import year_of
from loosbot.fields.site import Site, bare, references
from loosbot.fields.vocabulary import STATES, vocabulary
from loosbot.render.findable import other_forms
from loosbot.wikitext.call import block_call, inline_call
from loosbot.wikitext.encoding import Context, encode
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
        value = bare(record.data.get(key))
        known = value if isinstance(value, list) else [value]
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
