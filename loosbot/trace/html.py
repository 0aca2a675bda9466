"""The report as one HTML page that needs nothing else: no network, no font, no image."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from loosbot.corpus.dates import display
from loosbot.trace.htmltables import parts
from loosbot.trace.model import Report

_STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff;
  max-width: 75rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin-top: 2rem; }
.scroll { overflow-x: auto; }
.scroll:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible {
  outline: 3px solid #0b57a4; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: .25rem 0; }
th, td { border: 1px solid #767676; padding: .25rem .5rem; text-align: left; vertical-align: top; }
thead th { background: #eee; }
td ul { margin: 0; padding-left: 1.25rem; }
.lu { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
td small { display: block; color: #444; }
.attested { background: #e3f3e3; } .unknown { background: #fdf3d0; }
.missing { background: #fbe4e1; } .not-applicable { background: #f0f0f0; }
form { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; margin: 1rem 0; }
label { display: block; } input, select { font: inherit; padding: .25rem; max-width: 100%; }
code { overflow-wrap: anywhere; }
[hidden] { display: none; }
@media print { @page { size: A4 landscape; margin: 1cm; } form { display: none; }
  body { font-size: 9pt; max-width: none; padding: 0; } .scroll { overflow: visible; }
  thead { display: table-header-group; } tr { break-inside: avoid; } }
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
  document.getElementById('compte').textContent = `${count} sur ${rows.length}`;
}
words.addEventListener('input', show);
severity.addEventListener('change', show);
document.getElementById('filtre').addEventListener('submit', event => event.preventDefault());
document.getElementById('filtre').hidden = false;
show();
"""


def to_html(report: Report) -> str:
    """The whole page: figures, the grid of stages, the table of what is to be completed."""
    day = f" au {display(report.date)}" if report.date else ""
    commit = f"<p>Version <code>{escape(report.commit[:12])}</code>.</p>" if report.commit else ""
    undated = "" if report.date else "<p>Sans date, aucun délai n’est jugé.</p>"
    lines = (commit + undated, *parts(report))
    return document(f"Traçabilité de {report.corpus}{day}", lines, _SCRIPT)


def document(title: str, lines: Iterable[str], script: str = "") -> str:
    """A page that needs nothing else, with these lines of HTML under its title."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    run = f"<script>{script}</script>\n" if script else ""
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n" + "\n".join(lines) + f"\n</main>\n{run}</body>\n</html>\n"
    )
