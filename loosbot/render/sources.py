"""Sources shown as plain links, where a footnote would be too much."""

from __future__ import annotations

from collections.abc import Iterable

from loosbot.corpus.links import source_parts
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.names import Names


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
