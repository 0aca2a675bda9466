"""Titles on the wiki: ids to links, and links to ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import field
from typing import Any, Generic, TypeVar

from loosbot import lazy
from loosbot.corpus.titles import normalise
from loosbot.frozen import dataclass
from loosbot.wikitext import links
from loosbot.wikitext.encoding import Context, Markup, encode
from loosbot.wikitext.wikicode import Undecodable

TEMPLATE_NAMESPACE = "Modèle:"
CATEGORY_NAMESPACE = "Catégorie:"
FILE_NAMESPACE = "Fichier:"
GLOSSARY = "rapport/mots"
"""The id of the page that defines the words of all vocabularies."""


_FOOT = lazy.pattern(r"^\{\{([^{}|\n]*)Provenance\b", re.MULTILINE)
"""The call at the foot of each page of ours, with the prefix of its templates."""
_MOST = 400
"""Answers that are kept; the oldest goes first."""


T = TypeVar("T")


class TextCache(Generic[T]):
    """Result, or Undecodable, of each key: a comparison converts the same long text many times."""

    def __init__(self) -> None:
        self._known: dict[Hashable, T | Undecodable] = {}

    def ask(self, key: Hashable, answer: Callable[[], T]) -> T:
        """``answer()``, worked out once for each key. Raises the Undecodable that it raises."""
        if key not in self._known:
            if len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            try:
                self._known[key] = answer()
            except Undecodable as reason:
                # without its traceback, which would keep the frames alive
                self._known[key] = reason.with_traceback(None)
        known = self._known[key]
        if isinstance(known, Undecodable):
            raise known
        return known


@dataclass(frozen=True, slots=True)
class Names:
    """Titles of a corpus.

    ``titles``: id -> whole wiki title; ``labels``: id -> text shown for it; ``rows``: id of a
    record without a page of its own -> id of the index that holds its row. ``redirects``: title
    that leads elsewhere -> the title where it leads. ``defined``: a vocabulary and one of its
    words -> id of the index that defines it. ``codes``: id of a row that holds the name of somebody
    masked -> the id written instead, ``source/fiche.1``.
    """

    titles: Mapping[str, str]
    labels: Mapping[str, str]
    rows: Mapping[str, str] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)
    defined: Mapping[tuple[str, str], str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict, init=False)
    read: TextCache[str] = field(default_factory=TextCache, init=False, compare=False, repr=False)
    """What texts of the wiki say with these titles."""
    pages: TextCache[Any] = field(default_factory=TextCache, init=False, compare=False, repr=False)
    """What whole pages say with these titles: see ``decode.frame.read_page``."""

    def __post_init__(self) -> None:
        self._ids.update({normal_title(title): id_ for id_, title in self.titles.items()})
        for title, target in self.redirects.items():
            if normal_title(target) in self._ids:
                self._ids.setdefault(normal_title(title), self._ids[normal_title(target)])

    def label(self, id_: str) -> str:
        """What readers see for ``id_``; the id itself when it is unknown."""
        return self.labels.get(id_, id_)

    def link(self, id_: str, label: str = "") -> Markup | None:
        """A link to the page, or to the row, of ``id_``; None when the wiki has neither."""
        label = label or self.label(id_)
        if id_ in self.rows:
            title = self.titles.get(self.rows[id_])
            return links.link(title, label, self.anchor(id_)) if title else None
        title = self.titles.get(id_)
        return links.link(title, label) if title else None

    def link_or_text(self, id_: str, context: Context = Context.PARAM) -> Markup:
        """The same; a target without a place on the wiki is shown as text."""
        return self.link(id_) or Markup(encode(self.label(id_), context))

    def definition(self, vocabulary: str, word: str, label: str) -> Markup | None:
        """A link to where ``word`` is defined; None when no page of the wiki does it."""
        title = self.titles.get(self.defined.get((vocabulary, word), ""))
        return links.link(title, label, label) if title else None

    def glossary(self, section: str, label: str) -> Markup | None:
        """A link to the list of a vocabulary, whose title is ``section``, on the page of all of
        them; None when the wiki has no such page."""
        title = self.titles.get(GLOSSARY)
        return links.link(title, label, section) if title else None

    def identify(self, title: str, fragment: str = "") -> str | None:
        """The id that ``[[title#fragment]]`` points to; None for a page of no record."""
        type_, _, slug = fragment.strip().partition("-")
        row = self.named(f"{type_}/{slug}")
        page = self._ids.get(normal_title(title))
        return row if page is not None and self.rows.get(row) == page else page

    def anchor(self, id_: str) -> str:
        """HTML id of a record's row: ``source/referentiel`` -> ``source-referentiel``."""
        return self.written(id_).replace("/", "-")

    def written(self, id_: str) -> str:
        """The id that stands on the wiki for one of a file."""
        return self.codes.get(id_, id_)

    def named(self, written: str) -> str:
        """The id that a file gives to what the wiki calls so."""
        if "." not in written:  # no id of a file has one
            return written
        return next((id_ for id_, code in self.codes.items() if code == written), written)

    def template(self, name: str) -> str:
        """How ``{{name}}`` is called on this wiki (prefix, moves)."""
        return self.titles.get(f"modele/{name}", name).removeprefix(TEMPLATE_NAMESPACE)

    def called_today(self, body: str, ours: str) -> str:
        """``body`` with the templates called as they are today, where ``ours``, which we published,
        calls them by another prefix (``prefixe_modeles``), or as before somebody moved them."""
        foot = _FOOT.search(ours)
        if foot is None:
            return body

        def today(call: re.Match[str]) -> str:
            name = call[1].strip()
            now = self.template(name)
            known = f"modele/{name}" in self.titles and now != foot[1] + name
            return "{{" + now if known else call[0]

        # a name ends where its line does, or its first parameter begins
        return re.sub(r"\{\{" + re.escape(foot[1]) + r"([^{}|\n]+)", today, body)

    def category(self, id_: str) -> str:
        """Title of a category page without its namespace."""
        return self.titles[id_].removeprefix(CATEGORY_NAMESPACE)


def normal_title(title: str) -> str:
    """A title as MediaWiki compares it; the leading colon of a link does not count."""
    return normalise(title.lstrip(": "))
