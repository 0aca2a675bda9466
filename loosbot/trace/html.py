"""The report as one HTML page that needs nothing else: no network, no font, no image."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from loosbot.corpus.dates import display
from loosbot.corpus.stages import State
from loosbot.trace.model import Figure, Gap, RecordTrace, Report, Stage
from loosbot.trace.stages import STAGE_NAMES, STAGES
from loosbot.trace.text import SEVERITIES, SIGNS

_STATES: Mapping[State, str] = {
    "attested": "attesté",
    "unknown": "inconnu",
    "missing": "manque",
    "not-applicable": "sans objet",
}
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
    title = escape(f"Traçabilité de {report.corpus}{day}")
    commit = f"<p>Version <code>{escape(report.commit[:12])}</code>.</p>" if report.commit else ""
    undated = "" if report.date else "<p>Sans date, aucun délai n’est jugé.</p>"
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    return (
        '<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n{commit}{undated}\n"
        + "\n".join(
            (
                *_progress(report),
                *_figures(report.figures),
                *_grid(report.records),
                *_gaps(report.records),
            )
        )
        + f"\n</main>\n<script>{_SCRIPT}</script>\n</body>\n</html>\n"
    )


def _progress(report: Report) -> Iterator[str]:
    if report.progress is None:
        return
    yield f"<h2>Le chemin fait depuis le {escape(display(report.progress.date))}</h2>"
    yield from _table_start("chemin", "Chaque part, alors et maintenant.")
    yield _head("Ce qui est compté", "Alors", "Maintenant")
    for one in report.progress.figures:
        before = f"{one.numerator_before} sur {one.denominator_before}"
        now = f"{one.numerator} sur {one.denominator}"
        yield f'<tr><th scope="row">{escape(one.label)}</th><td>{before}</td><td>{now}</td></tr>'
    yield "</tbody></table></div>"
    for title, closings in (
        ("Manques comblés", report.progress.closed),
        ("Manques nouveaux", report.progress.opened),
    ):
        yield f"<h3>{title}</h3>"
        yield (
            "".join(
                f"<p>{escape(one.record)} : {escape(one.code)} ({one.count})</p>"
                for one in closings
            )
            or "<p>Aucun.</p>"
        )


def _figures(figures: Iterable[Figure]) -> Iterator[str]:
    yield "<h2>Les chiffres</h2>"
    yield from _table_start("chiffres", "Chaque part, et comment elle est comptée.")
    yield _head("Ce qui est compté", "Nombre", "Sur", "Règle et fiches")
    for one in figures:
        counted = ", ".join(one.counted) or "aucune"
        among = ", ".join(one.among) or "aucune"
        yield (
            f'<tr><th scope="row">{escape(one.label)}</th><td>{one.numerator}</td>'
            f"<td>{one.denominator}</td><td><details><summary>Voir la règle"
            f"</summary><p>{escape(one.rule)}</p><p>Comptées : {escape(counted)}.</p>"
            f"<p>Parmi : {escape(among)}.</p></details></td></tr>"
        )
    yield "</tbody></table></div>"


def _grid(records: Iterable[RecordTrace]) -> Iterator[str]:
    legend = ", ".join(f"{SIGNS[state]} {name}" for state, name in _STATES.items())
    yield "<h2>Le fil des projets</h2>"
    yield from _table_start("fil", f"Ce que l’on sait de chaque étape : {legend}.")
    yield _head("Projet", *(STAGE_NAMES[key].capitalize() for key in STAGES), "Arrêt")
    for one in records:
        if one.stages:
            stop = "" if one.stop is None else escape(one.stop.reason or "raison non écrite")
            cells = "".join(map(_cell, one.stages))
            yield f'<tr><th scope="row">{escape(one.title)}</th>{cells}<td>{stop}</td></tr>'
    yield "</tbody></table></div>"


def _cell(stage: Stage) -> str:
    proofs = " ; ".join(stage.sources)
    said = "".join(
        f"<small>{escape(text)}</small>" for text in (display(stage.date), proofs) if text
    )
    return f'<td class="{stage.state}">{SIGNS[stage.state]}&nbsp;{_STATES[stage.state]}{said}</td>'


def _gaps(records: Iterable[RecordTrace]) -> Iterator[str]:
    options = "".join(f'<option value="{key}">{name}</option>' for key, name in SEVERITIES.items())
    yield (
        "<h2>Ce qui reste à combler</h2>\n"
        '<form id="filtre" role="search" hidden><div><label for="mots">Mots à chercher</label>'
        '<input id="mots" type="search"></div><div><label for="gravite">Gravité</label>'
        f'<select id="gravite"><option value="">toutes</option>{options}</select></div>'
        '<p role="status" id="compte"></p></form>'
    )
    yield from _table_start("manques", "Un manque par ligne, avec ce qui le comble et le fichier.")
    yield _head("Fiche", "Gravité", "Ce qui manque", "À faire", "Qui", "Fichier")
    for one in records:
        for gap in one.gaps:
            yield _gap(one, gap)
    yield "</tbody></table></div>"


def _gap(record: RecordTrace, gap: Gap) -> str:
    cells = (SEVERITIES[gap.severity], gap.message, gap.todo, gap.who)
    return (
        f'<tr data-gravite="{gap.severity}"><th scope="row">{escape(record.title)}</th>'
        + "".join(f"<td>{escape(text)}</td>" for text in cells)
        + f"<td><code>{escape(gap.path)}:{gap.line}</code></td></tr>"
    )


def _table_start(id_: str, caption: str) -> Iterator[str]:
    # a region that scrolls must be reachable by the keyboard (WCAG 2.1.1)
    yield (
        f'<div class="scroll" role="region" aria-labelledby="{id_}-titre" tabindex="0">'
        f'<table id="{id_}"><caption id="{id_}-titre">{escape(caption)}</caption>'
    )


def _head(*names: str) -> str:
    cells = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    return f"<thead><tr>{cells}</tr></thead><tbody>"
