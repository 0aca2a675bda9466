"""The PDF of a booklet from the corpus of a folder, by WeasyPrint, without any network."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from loosbot.booklet.contents import Chapter, chapters, sources
from loosbot.booklet.document import Cover, document
from loosbot.corpus import french
from loosbot.errors import UserError
from loosbot.html.edition import VisibleCorpus, read

Kind = Literal["publique", "interne"]
_INTERNAL = "Édition interne de la mairie : des personnes n’ont accepté de paraître qu’ici."


def booklet(folder: Path, ids: Sequence[str], title: str, kind: Kind) -> tuple[bytes, int]:
    """The PDF, and the number of its chapters. Raises BrokenCorpus, UserError, UsageError."""
    shown = read(folder, public=kind == "publique")
    parts = chapters(shown.corpus, ids, shown.today)
    if not parts:
        raise UserError(
            "Ce corpus n’a aucun récit : le livret serait vide.", "Nommez des fiches à y mettre."
        )
    cover = Cover(
        title=title or _title(parts, ids, shown),
        town=shown.town,
        day=shown.day,
        commit=shown.commit,
        edition="" if kind == "publique" else _INTERNAL,
    )
    cited = sources(shown.corpus, [chapter.id for chapter in parts])
    return to_pdf(document(cover, parts, cited)), len(parts)


def _title(parts: Sequence[Chapter], ids: Sequence[str], shown: VisibleCorpus) -> str:
    if not ids:
        return f"Les récits {french.of(shown.town)}"
    return parts[0].title if len(parts) == 1 else f"Fiches {french.of(shown.town)}"


_VARIANT = "pdf/ua-1"
"""Tagged, with its language and its title: a screen reader follows it."""
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core"


_TEXT = re.compile(r">[^<]+")
_SIGN = r"(?:&#?\w{1,10};|[^\s<>&])"
_LONG = re.compile(f"{_SIGN}{{200,}}")
"""A word that nobody writes: where WeasyPrint may cut it anywhere, it costs the square of its
length."""
_PIECE = re.compile(f"({_SIGN}{{20}})(?={_SIGN})")


def to_pdf(html: str) -> bytes:
    """The same bytes for the same HTML, on a machine with the same fonts. Raises UserError where
    Pango is not installed."""
    weasyprint = _library()
    # nothing is fetched: pictures are embedded
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    document = weasyprint.HTML(string=broken(html), url_fetcher=fetcher)
    written: bytes = document.write_pdf(pdf_variant=_VARIANT)
    return written


def broken(html: str) -> str:
    """The same HTML, where words without end may be cut after each twenty letters."""
    head, body, rest = html.partition("<body")
    return head + body + _TEXT.sub(lambda text: _LONG.sub(_pieces, text[0]), rest)


def _pieces(word: re.Match[str]) -> str:
    return _PIECE.sub(r"\1&#8203;", word[0])


def _library() -> Any:
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        import weasyprint
        import weasyprint.urls
    except OSError as error:
        raise UserError(
            "Le livret demande la bibliothèque Pango, qui n’est pas sur cette machine.",
            f"Sur Debian : apt-get install --no-install-recommends {PACKAGES}",
        ) from error
    return weasyprint
