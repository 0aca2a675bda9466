"""The whole booklet as one HTML document for paper, with its style."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

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
    return (
        '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">'
        f"<title>{typeset(cover.title)}</title>"
        f'<meta name="author" content="{escape(cover.town)}">'
        f"<style>{_STYLE.replace('FORMAT', 'A4' if wide else 'A5')}</style></head>"
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


# DejaVu comes with Debian's fonts-dejavu-core: a PDF embeds the fonts of the machine
_STYLE = """
@page { size: FORMAT; margin: 18mm 15mm 20mm;
  @bottom-center { content: counter(page); font: 8pt 'DejaVu Serif'; color: #444; }
  @top-center { content: string(chapitre); font: italic 7.5pt 'DejaVu Serif'; color: #444;
    overflow-wrap: anywhere; } }
@page couverture { @bottom-center { content: none; } @top-center { content: none; } }
@page :first { @bottom-center { content: none; } @top-center { content: none; } }
html { font-family: 'DejaVu Serif'; font-size: 9.5pt; line-height: 1.5; color: #111; }
body.a4 { font-size: 10pt; }
body { overflow-wrap: break-word; orphans: 3; widows: 3; }
#couverture { page: couverture; padding-top: 45mm; }
#couverture .titre { font-size: 24pt; line-height: 1.2; margin: 6mm 0;
  border-left: 2mm solid #3c7a2b; padding-left: 5mm; }
#couverture .ville { font-size: 12pt; letter-spacing: .05em; margin: 0; }
#sommaire { break-before: page; page: couverture; }
#sommaire ol { list-style: none; padding: 0; } #sommaire li { margin: 2mm 0; }
#sommaire a { color: inherit; text-decoration: none; }
#sommaire a::after { content: leader('. ') target-counter(attr(href), page); }
.chapitre { break-before: page; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; break-after: avoid; }
h1 { font-size: 16pt; margin: 0 0 5mm; string-set: chapitre content(); }
h2 { font-size: 12pt; margin: 7mm 0 2mm; } h3 { font-size: 10.5pt; margin: 4mm 0 1mm; }
h4, h5, h6 { font-size: 9.5pt; margin: 3mm 0 1mm; }
p { margin: 0 0 2.2mm; } a { color: inherit; text-decoration: none; }
a[href^='http']:not(.adresse)::after { content: ' (' attr(href) ')'; overflow-wrap: anywhere; }
.genre { font-size: 8pt; color: #444; margin: 0 0 1mm; }
.resume { font-size: 1.12em; margin-bottom: 5mm; }
.voix { margin: 0 0 7mm; } .voix blockquote { margin: 0; font-size: 1.06em; }
.qui { text-align: right; font-style: italic; margin: 2mm 0 0; break-before: avoid; }
dl { margin: 2mm 0 4mm; font-size: .92em; }
dl > div { display: flex; border-bottom: .2mm solid #bbb; padding: .8mm 0; }
dt { flex: 0 0 34mm; color: #444; } dd { flex: 1; margin: 0; }
ul, ol { padding-left: 5mm; margin: 0 0 3mm; } li { margin-bottom: 1mm; }
small { font-size: .85em; color: #444; }
figure { margin: 4mm 0; break-inside: avoid; } img { max-width: 100%; max-height: 120mm; }
figcaption { font-size: .85em; color: #444; }
table { border-collapse: collapse; width: 100%; font-size: .88em; text-align: left;
  margin: 0 0 2.5mm; }
th, td { border: .2mm solid #777; padding: 1mm 1.5mm; vertical-align: top; }
thead { display: table-header-group; } tr { break-inside: avoid; } th { font-weight: 600; }
table:has(tr > :nth-child(6)) :is(th, td) { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; font-size: .85em; }
#sources li { margin-bottom: 2mm; }
#fin { break-before: avoid; margin-top: 12mm; font-size: .82em; color: #333;
  break-inside: avoid; }
.notes { font-size: .85em; } sup { line-height: 1; font-size: .7em; }
"""
