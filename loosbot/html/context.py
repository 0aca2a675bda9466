"""The context of HTML pages: the corpus, and the path of each record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote

from loosbot.canonical import canonical
from loosbot.corpus.inlinelinks import pieces
from loosbot.corpus.links import current_ids
from loosbot.corpus.markdown import resolve_markdown_target
from loosbot.corpus.model import Corpus
from loosbot.html.markdown import markdown_html
from loosbot.html.typography import typeset
from loosbot.wikitext.markdown import MarkdownRenderer

Address = Callable[[str, str], str | None]
"""From the id of the page that links and the id that it names to an address; None for a record
that is not in this work."""


@dataclass(slots=True)
class Shelf:
    """A corpus that holds only what may be shown, and how its pages find one another."""

    corpus: Corpus
    address: Address
    ids: Mapping[str, str] = field(default_factory=dict)
    markdown: MarkdownRenderer = field(default_factory=MarkdownRenderer)
    _texts: int = 0

    def __post_init__(self) -> None:
        self.ids = current_ids(self.corpus)

    def title(self, id_: str) -> str:
        """The title of a record, a page or an index; a free text is its own."""
        id_ = self.ids.get(id_, id_)
        document = self.corpus.document(id_)
        return document.title if document else id_

    def link(self, here: str, reference: str, words: str = "") -> str:
        """A link to what ``reference`` names, or its words alone."""
        id_ = self.ids.get(reference, reference)
        label = typeset(words or self.title(id_))
        address = self.address(here, id_)
        return f'<a href="{escape(address)}">{label}</a>' if address else label

    def sentence(self, here: str, text: str) -> str:
        """A text of one or some sentences, its links to records as links."""
        return "".join(
            typeset(str(part))
            if isinstance(part, str) or part.id not in self.ids
            else self.link(here, part.id, part.label)
            for part in pieces(text)
        )

    def prose(self, here: str, path: str, source: str, level: int) -> str:
        """A Markdown text of the file ``path``, as the page ``here`` shows it."""
        self._texts += 1

        def resolve(target: str) -> str | None:
            named = resolve_markdown_target(self.ids, path, target)
            if named is None:
                return None
            address = self.address(here, self.ids[named])
            fragment = unquote(target.partition("#")[2])
            return (
                f"{address}#{fragment}" if address and fragment and "#" not in address else address
            )

        document = self.markdown.parse(canonical(source))
        return markdown_html(document, level=level, resolve=resolve, prefix=str(self._texts))
