"""From the HTML of a booklet to its PDF, by WeasyPrint, without any network."""

from __future__ import annotations

import logging
import re
from typing import Any

from loosbot.errors import UserError

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
