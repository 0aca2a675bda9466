"""The PDF of a booklet from the corpus of a folder, by WeasyPrint, without any network."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any, Literal

from loosbot import resources
from loosbot.booklet.contents import Chapter, chapters, listed, sources
from loosbot.corpus import french
from loosbot.corpus.dates import display
from loosbot.errors import UserError
from loosbot.frozen import dataclass
from loosbot.html.edition import VisibleCorpus, read
from loosbot.html.typography import typeset

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


@dataclass(frozen=True, slots=True)
class Cover:
    """The texts of the first and the last page. ``day`` and ``commit`` are "" without git."""

    title: str
    town: str
    day: str
    commit: str
    edition: str


def document(cover: Cover, chapters: Sequence[Chapter], sources: Iterable[str]) -> str:
    """HTML for WeasyPrint; nothing in it depends on the day or on the machine."""
    wide = any(chapter.wide for chapter in chapters)
    day = display(cover.day) if cover.day else ""
    bodies = "".join(
        f'<section class="chapitre" id="{escape(chapter.anchor)}">{chapter.html}</section>'
        for chapter in chapters
    )
    cited = "".join(sources)
    listed_sources = (
        f'<section class="chapitre" id="sources"><h1>Sources</h1><ul>{cited}</ul></section>'
        if cited
        else ""
    )
    contents = listed(chapters) if len(chapters) > 1 else ""
    first = "".join(
        (
            f'<p class="ville">{typeset(cover.town)}</p>',
            f'<p class="titre">{_whole_names(typeset(cover.title))}</p>',
            f'<p class="jour">{typeset(day)}</p>' if day else "",
        )
    )
    style = resources.text("booklet/style.css").replace("FORMAT", "A4" if wide else "A5")
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">'
        f"<title>{typeset(cover.title)}</title>"
        f'<meta name="author" content="{escape(cover.town)}">'
        f"<style>\n{style}</style></head>"
        f'<body class="{"a4" if wide else "a5"}">'
        f'<section id="couverture">{first}</section>{contents}{bodies}{listed_sources}'
        f'<section id="fin">{_colophon(cover, day)}</section></body></html>'
    )


def _whole_names(title: str) -> str:
    """A name keeps to one line of a cover: Noyelles-sous-Lens."""
    return title.replace("-", "\N{NON-BREAKING HYPHEN}")


def _colophon(cover: Cover, day: str) -> str:
    lines = [cover.edition] if cover.edition else []
    lines.append(
        "Les paroles rapportées sont celles de qui est nommé sous elles, telles que la fiche les "
        "donne ; chacun peut demander à les reprendre."
    )
    lines.append("Fiches : Licence Ouverte 2.0. Textes des récits et des pages : CC BY-SA 4.0.")
    version = f", version {cover.commit[:12]}" if cover.commit else ""
    lines.append(f"Composé par loosbot d’après les fiches{f' du {day}' if day else ''}{version}.")
    return "".join(f"<p>{typeset(line)}</p>" for line in lines)
