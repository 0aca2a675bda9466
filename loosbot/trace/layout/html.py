"""The report as one HTML page that needs nothing else: no network, no font, no image."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape

from loosbot import resources
from loosbot.corpus.dates import display
from loosbot.corpus.stages import UNPROVED
from loosbot.htmlhead import head
from loosbot.trace.layout import contents, waiting
from loosbot.trace.layout.typeset import section, spaced
from loosbot.trace.layout.typeset import to_html as to_table
from loosbot.trace.reported import Report
from loosbot.trace.words import PARTIAL, SEVERITIES, STATES, heading, order, source

_LEAD = (
    "Ce que l’on sait de chaque projet, de la demande au récit, et ce qui n’est pas encore écrit. "
    "Personne n’est noté ici : chaque ligne complétée est une chose que la prochaine équipe saura."
)
_MEANING = (
    f"« {STATES['attested'].capitalize()} » : une source ou un document le montre. "
    f"« {UNPROVED.capitalize()} » : une date ou un texte, que rien n’appuie. "
    f"« {STATES['unknown'].capitalize()} » : les sources lues ne le disent pas, et on l’a écrit. "
    f"« {STATES['missing'].capitalize()} » : personne n’a encore rien dit. "
    f"Commencez par « {SEVERITIES['error']} », puis « {SEVERITIES['warning']} » ; "
    f"« {SEVERITIES['info']} » peut attendre."
)
_HEADING = re.compile(r'<h2 id="([\w-]+)">([^<]*)</h2>')


def to_html(report: Report) -> str:
    """The whole page: figures, the grid of stages, what is to be completed, then each part."""
    day = f" au {display(report.date)}" if report.date else ""
    lines = list(_parts(report))
    return document(
        f"{heading(report)}{day}",
        (*_opening(report), *_contents(lines), *lines),
        resources.text("trace/layout/filtre.js"),
    )


def _opening(report: Report) -> Iterator[str]:
    """What the page is for, and what its words mean."""
    yield f"<p>{_LEAD}</p>"
    yield f"<p>{_MEANING}</p>"
    if report.commit:
        yield f"<p>Version <code>{escape(report.commit[:12])}</code>.</p>"
    if not report.date:
        yield "<p>Sans date, aucun délai n’est jugé.</p>"
    if report.partial:
        yield f"<p>{escape(PARTIAL)}</p>"


def _contents(lines: Iterable[str]) -> Iterator[str]:
    """Links to the parts of a long page."""
    headings = [match for line in lines for match in _HEADING.findall(line)]
    links = "".join(f'<li><a href="#{id_}">{title}</a></li>' for id_, title in headings)
    yield f'<nav aria-label="Dans cette page"><ul>{links}</ul></nav>'


def _parts(report: Report) -> Iterator[str]:
    """Every part that has something to say, as lines of HTML."""

    @cache
    def name(id_: str) -> str:
        record, _, promise = id_.partition("#")
        title = report.titles.get(record)
        if title is None:
            return source(id_, report.titles)
        return f"{title} ({promise})" if promise else title

    for table in contents.tables(report):
        yield from section(table, name)
        if table.id == "chemin" and report.progress:
            for closing in contents.closings(report.progress):
                yield from section(closing, name, 3)
        if table.id == "fil":
            missing = waiting.gaps(sorted(report.records, key=order))
            yield f'<h2 id="{missing.id}-partie">{missing.title}</h2>'
            yield from _filter()
            yield from to_table(missing, name)
        if table.id == "voix":
            for silence in contents.silences(report):
                yield from section(silence, name, 3)


def _filter() -> Iterator[str]:
    options = "".join(f'<option value="{key}">{name}</option>' for key, name in SEVERITIES.items())
    yield (
        # nothing is sent: what is typed shows at once, and a form would want its button
        '<div id="filtre" role="search" hidden><div><label for="mots">Mots à chercher</label>'
        '<input id="mots" type="search"></div><div><label for="gravite">Gravité</label>'
        f'<select id="gravite"><option value="">toutes</option>{options}</select></div>'
        '<p role="status" id="compte"></p></div>'
    )


def document(title: str, lines: Iterable[str], script: str = "") -> str:
    """A page that needs nothing else, with these lines of HTML under its title."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    style = resources.text("trace/layout/style.css")
    run = f"<script>\n{script}</script>\n" if script else ""
    return (
        head(escape(title), policy, f"<style>\n{style}</style>\n")
        + f"<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        + spaced("\n".join(lines))
        + f"\n</main>\n{run}</body>\n</html>\n"
    )
