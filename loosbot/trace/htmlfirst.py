"""What the HTML report shows first: the shares, the grid of stages, what is to be completed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from loosbot.corpus.dates import display
from loosbot.trace.htmlcells import name, row, start, table
from loosbot.trace.model import Figure, Gap, RecordTrace, Report, Stage
from loosbot.trace.stages import STAGES
from loosbot.trace.words import SEVERITIES, SIGNS, STAGE_NAMES, STATES, proof, reason, since_when


def progress(report: Report) -> Iterator[str]:
    progress = report.progress
    if progress is None:
        return
    yield f'<h2 id="le-chemin">Le chemin fait depuis le {escape(display(progress.date))}</h2>'
    shares = [
        (
            escape(one.label),
            f"{one.numerator_before} sur {one.denominator_before}",
            f"{one.numerator} sur {one.denominator}",
        )
        for one in progress.figures
    ]
    moved = [one for one in shares if one[1] != one[2]]
    if moved:
        names = ("Ce qui est compté", "Alors", "Maintenant")
        yield from table("chemin", "Ce qui a changé, alors et maintenant.", names, moved)
    else:
        yield "<p>Aucun des chiffres n’a changé.</p>"
    for title, closings in (
        ("Manques comblés", progress.closed),
        ("Manques nouveaux", progress.opened),
    ):
        yield f"<h3>{title}</h3>"
        listed = "".join(
            f"<li>{name(one.record, report)} : {escape(one.what)}"
            f"{f' ({one.count} fois)' if one.count > 1 else ''}</li>"
            for one in closings
        )
        yield f"<ul>{listed}</ul>" if listed else "<p>Aucun.</p>"


def figures(report: Report) -> Iterator[str]:
    """Each share under its rule, which is printed; its lists open one by one."""
    yield '<h2 id="les-chiffres">Les chiffres</h2>'
    names = ("Ce qui est compté", "Nombre", "Sur", "Part", "Fiches")
    yield from start("chiffres", "Chaque part, comment elle est comptée, et sur quoi.", names)
    rule = ""
    for one in report.figures:
        if one.rule != rule:
            rule = one.rule
            yield f'<tr><td class="regle" colspan="{len(names)}">{escape(rule)}</td></tr>'
        part = f"{round(100 * one.numerator / one.denominator)}&nbsp;%" if one.denominator else ""
        cells = (str(one.numerator), str(one.denominator), part, _lists(one, report))
        yield row(escape(one.label), cells)
    yield "</tbody></table></div>"


def _lists(one: Figure, report: Report) -> str:
    """Who is counted, and how each of the others stands."""
    groups = [(stand, ids) for stand, ids in (("comptés", one.counted), *one.others.items()) if ids]
    if not groups:
        return ""
    # a reader hears the links and summaries of a page without what stands around them
    hidden = f'<span class="lu"> : {escape(one.label)}</span>'
    numbers = ", ".join(f"{stand} : {len(ids)}" for stand, ids in groups)
    lists = "".join(
        f"<p>{escape(stand.capitalize())} : {', '.join(name(id_, report) for id_ in ids)}.</p>"
        for stand, ids in groups
    )
    return f"<details><summary>{escape(numbers)}{hidden}</summary>{lists}</details>"


def grid(records: Iterable[RecordTrace], report: Report) -> Iterator[str]:
    legend = ", ".join(f"{SIGNS[state]} {name}" for state, name in STATES.items())
    yield '<h2 id="le-fil">Le fil des projets</h2>'
    yield from table(
        "fil",
        f"Ce que l’on sait de chaque étape : {legend}.",
        ("Projet", *(STAGE_NAMES[key].capitalize() for key in STAGES), "Arrêt"),
        (
            (
                escape(one.title),
                *(_cell(stage, report) for stage in one.stages),
                "" if one.stop is None else escape(reason(one.stop)),
            )
            for one in records
            if one.stages
        ),
    )


def _cell(stage: Stage, report: Report) -> str:
    proofs = " ; ".join(name(one, report) for one in proof(stage))
    said = "".join(
        f"<small>{text}</small>" for text in (escape(display(stage.date)), proofs) if text
    )
    return f'<td class="{stage.state}">{SIGNS[stage.state]}&nbsp;{STATES[stage.state]}{said}</td>'


def gaps(records: Iterable[RecordTrace]) -> Iterator[str]:
    options = "".join(f'<option value="{key}">{name}</option>' for key, name in SEVERITIES.items())
    yield (
        '<h2 id="a-combler">Ce qui reste à combler</h2>\n'
        '<form id="filtre" role="search" hidden><div><label for="mots">Mots à chercher</label>'
        '<input id="mots" type="search"></div><div><label for="gravite">Gravité</label>'
        f'<select id="gravite"><option value="">toutes</option>{options}</select></div>'
        '<p role="status" id="compte"></p></form>'
    )
    names = ("Fiche", "Ce qui manque", "Qui peut le dire", "À faire, et dans quel fichier")
    caption = "Un manque par ligne : ce qui le comble, et le fichier à ouvrir."
    yield from start("manques", caption, names)
    for one in records:
        for gap in one.gaps:
            yield _gap(one, gap)
    yield "</tbody></table></div>"


def _gap(record: RecordTrace, gap: Gap) -> str:
    since = f", depuis : {told}" if (told := since_when(gap)) else ""
    cells = (
        f"{escape(gap.message)}<small>{escape(SEVERITIES[gap.severity] + since)}</small>",
        escape(gap.who),
        # the line may break after a folder, not in a name
        f"{escape(gap.todo)}<br><code>{escape(gap.path).replace('/', '/<wbr>')}:{gap.line}</code>",
    )
    return row(escape(record.title), cells, f' data-gravite="{gap.severity}"')
