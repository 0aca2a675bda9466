"""The whole booklet as one HTML document for paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from loosbot import resources
from loosbot.booklet.contents import Chapter, listed
from loosbot.corpus.dates import display
from loosbot.frozen import dataclass
from loosbot.html.typography import typeset


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
