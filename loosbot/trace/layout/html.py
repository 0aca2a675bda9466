"""The report as one HTML page that needs nothing else: no network, no font, no image."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape

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
_STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff;
  max-width: 75rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin-top: 2rem; }
.scroll { overflow-x: auto; position: relative; }
.scroll:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible {
  outline: 3px solid #0b57a4; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: .25rem 0; }
th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #eee; }
td ul { margin: 0; padding-left: 1.25rem; }
.lu { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
#manques th:last-child { width: 38%; } #manques th:nth-child(3) { width: 16%; }
td small, th small { display: block; color: #444; font-weight: 400; }
td.regle { background: #f6f6f6; font-style: italic; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: 0; list-style: none; }
nav a { display: inline-block; padding: .25rem 0; color: #0b57a4; }
a:focus-visible { outline: 3px solid #0b57a4; outline-offset: 2px; }
.attested { background: #e3f3e3; } .unknown { background: #fdf3d0; }
.missing { background: #fbe4e1; } .not-applicable { background: #f0f0f0; }
form { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; margin: 1rem 0; }
form p { margin: 0; padding: .4rem 0; }
label { display: block; } input, select { font: inherit; padding: .25rem; max-width: 100%; }
code { overflow-wrap: anywhere; }
[hidden] { display: none; }
@media (max-width: 40rem) { thead { display: none; } th, td { border-width: 0; }
  tbody th, td { display: block; } td:empty { display: none; }
  td::before { content: attr(data-nom) ' : '; font-weight: 600; }
  #manques th:last-child, #manques th:nth-child(3) { width: auto; }
  tr { display: block; border: 1px solid #767676; margin-bottom: .5rem; }
  tr[hidden] { display: none; } }
@media print { @page { size: A4 landscape; margin: 1cm; } form, nav { display: none; }
  body { font-size: 9pt; max-width: none; padding: 0; } .scroll { overflow: visible; }
  thead { display: table-header-group; } h2, h3, caption, thead { break-after: avoid; }
  tr:not(:has(details)) { break-inside: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; } }
"""
_SCRIPT = """
const words = document.getElementById('mots'), severity = document.getElementById('gravite');
const rows = [...document.querySelectorAll('#manques tbody tr')];
const fold = text => text.normalize('NFD').replace(/\\p{M}/gu, '').toLowerCase();
const texts = rows.map(row => fold(row.textContent));
function show() {
  const wanted = fold(words.value).split(/\\s+/);
  let count = 0;
  rows.forEach((row, rank) => {
    row.hidden = !wanted.every(word => texts[rank].includes(word)) ||
      (severity.value && row.dataset.gravite !== severity.value);
    count += !row.hidden;
  });
  document.getElementById('compte').textContent =
    `${count} ${count > 1 ? 'lignes' : 'ligne'} sur ${rows.length}`;
}
words.addEventListener('input', show);
severity.addEventListener('change', show);
document.getElementById('filtre').addEventListener('submit', event => event.preventDefault());
document.getElementById('filtre').hidden = false;
show();
"""


def to_html(report: Report) -> str:
    """The whole page: figures, the grid of stages, what is to be completed, then each part."""
    day = f" au {display(report.date)}" if report.date else ""
    lines = list(_parts(report))
    return document(
        f"{heading(report)}{day}", (*_opening(report), *_contents(lines), *lines), _SCRIPT
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
        '<form id="filtre" role="search" hidden><div><label for="mots">Mots à chercher</label>'
        '<input id="mots" type="search"></div><div><label for="gravite">Gravité</label>'
        f'<select id="gravite"><option value="">toutes</option>{options}</select></div>'
        '<p role="status" id="compte"></p></form>'
    )


def document(title: str, lines: Iterable[str], script: str = "") -> str:
    """A page that needs nothing else, with these lines of HTML under its title."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    run = f"<script>{script}</script>\n" if script else ""
    return (
        head(escape(title), policy, f"<style>{_STYLE}</style>\n")
        + f"<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        + spaced("\n".join(lines))
        + f"\n</main>\n{run}</body>\n</html>\n"
    )
