"""From the HTML of a booklet to its PDF, by WeasyPrint, without any network."""

from __future__ import annotations

import logging
from typing import Any

from loosbot.errors import UserError

_VARIANT = "pdf/ua-1"
"""Tagged, with its language and its title: a screen reader follows it."""
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core"


def to_pdf(html: str) -> bytes:
    """The same bytes for the same HTML, on a machine with the same fonts. Raises UserError where
    Pango is not installed."""
    weasyprint = _library()
    # what it would fetch is not ours: the pictures of a booklet are inside it
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"})
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    written: bytes = document.write_pdf(pdf_variant=_VARIANT)
    return written


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
