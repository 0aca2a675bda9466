"""The images and papers that records join: their files on the wiki, and how a record shows them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus.attached import named, path_of
from loosbot.corpus.model import Attached, Corpus, Record
from loosbot.corpus.wording import joined_slug
from loosbot.fields.site import Site
from loosbot.render.charts.catalogue import PREFIX
from loosbot.render.pictures import file_title, picture
from loosbot.wikitext.blocks import bullets, join
from loosbot.wikitext.encoding import Context, compose, encode

_PICTURES = ("jpg", "png")


def ids(corpus: Corpus) -> dict[str, str]:
    """Path of every file that a shown record joins -> its id on the wiki.

    One and the same file, wherever it lies, is one file of the wiki.
    """
    first: dict[str, str] = {}
    by_path: dict[str, str] = {}
    for path in sorted(set(_joined(corpus))):
        sha1 = corpus.attached[path].sha1
        if sha1 not in first:
            id_ = PREFIX + joined_slug(posixpath.splitext(path)[0].partition("/")[2])
            first[sha1] = f"{id_}-{sha1[:8]}" if id_ in first.values() else id_
        by_path[path] = first[sha1]
    return by_path


def _joined(corpus: Corpus) -> Iterator[str]:
    for record in corpus.records.values():
        for _, name in named(record.data):
            if (path := path_of(record.path, name)) in corpus.attached:
                yield path


def files(corpus: Corpus) -> dict[str, Attached]:
    """Id of every such file -> the file."""
    by_id: dict[str, Attached] = {}
    for path, id_ in ids(corpus).items():
        by_id.setdefault(id_, corpus.attached[path])
    return by_id


def titles(corpus: Corpus) -> dict[str, str]:
    """Id of every such file -> its wanted title."""
    return {id_: file_title(corpus, id_, file.kind) for id_, file in files(corpus).items()}


def body(record: Record, site: Site) -> str:
    """What a record joins: each picture with its words under it, then the papers."""
    joined = record.data.get("documents", ())
    known = ids(site.corpus) if joined else {}
    pictures, papers = [], []
    for document in joined:
        path = path_of(record.path, str(document["fichier"]))
        id_ = known.get(path, "")
        kind = site.corpus.attached[path].kind if path in site.corpus.attached else ""
        if kind in _PICTURES and kind in site.media:
            pictures.append(_picture(document, id_, site))
        else:
            papers.append(_paper(document, id_, kind, site))
    return join(*pictures, bullets(papers))


def first_picture(record: Record, site: Site) -> str:
    """The first picture that a record joins, as the wiki shows it; "" where there is none."""
    joined = record.data.get("documents", ())
    known = ids(site.corpus) if joined else {}
    for document in joined:
        path = path_of(record.path, str(document["fichier"]))
        attached = site.corpus.attached.get(path)
        if attached and attached.kind in _PICTURES and attached.kind in site.media:
            return picture(known[path], str(document["alt"]), site)
    return ""


def _picture(document: Mapping[str, Any], id_: str, site: Site) -> str:
    shown = picture(id_, str(document["alt"]), site)
    words = _words(document)
    return f"{shown}<br><small>{encode(words, Context.PROSE)}</small>" if words else shown


def _paper(document: Mapping[str, Any], id_: str, kind: str, site: Site) -> str:
    """A line with a link, or without one on a wiki that does not take such files."""
    label = str(document.get("legende") or document["alt"])
    link = site.names.link(id_, label) if kind in site.media else None
    more = [str(document["alt"])] if "legende" in document else []
    more += [str(document["licence"])] if "licence" in document else []
    return compose((link or label, f" ({', '.join((kind.upper(), *more))})"), Context.LIST_ITEM)


def _words(document: Mapping[str, Any]) -> str:
    details = [str(document[key]) for key in ("legende", "licence") if key in document]
    return " — ".join(details)


def page(id_: str, site: Site) -> str:
    """What the page of a joined file says: what it shows, where, under which licence."""
    corpus = site.corpus
    known = ids(corpus)
    lines = []
    for record in corpus.records.values():
        for document in record.data.get("documents", ()):
            if known.get(path_of(record.path, str(document["fichier"]))) == id_:
                home = site.names.link_or_text(record.id, Context.LIST_ITEM)
                words = " — ".join(filter(None, (str(document["alt"]), _words(document))))
                lines.append(compose((home, f" : {words}"), Context.LIST_ITEM))
    sha1 = files(corpus)[id_].sha1
    # the hash makes the page differ when its file does, so the plan shows it
    return join(bullets(lines), f"<small>SHA-1 : {sha1}</small>")
