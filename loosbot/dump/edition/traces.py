"""What the traceability report says of an edition: life-lines and gaps, as rows.

The report is made from what the edition's own consent filter lets through, and without its rules
about persons, which are never published. A gap often quotes the record: in the public edition such
a sentence is left out, and the rule alone is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from loosbot.corpus import schema
from loosbot.corpus.links import source_id
from loosbot.corpus.model import Corpus
from loosbot.corpus.paths import ID_WITHIN
from loosbot.corpus.schema import Word
from loosbot.corpus.stages import PLANNED, UNPROVED, UNSURE, WORDS
from loosbot.dump.edition.months import to_month
from loosbot.dump.filtered import WITHHELD, Edition, GapRow, StageRow
from loosbot.dump.tables.fields import MOTIVES, Column, text_of, why
from loosbot.dump.tables.table import RECORD, YES_NO, Reference, Table, column, told
from loosbot.trace import words
from loosbot.trace.observed.stages import STAGES
from loosbot.trace.reported import Gap, Report
from loosbot.trace.rules import load_rules, rules_of

_VALUE = re.compile(r"\{\w+\}")
"""What a rule's sentence leaves to be filled in from the record."""
STATES = tuple(
    Word(state, word.capitalize(), description)
    for (state, word), description in zip(
        WORDS.items(),
        (
            "Une source ou un document la montre.",
            "La fiche dit qu’on ne le sait pas : « inconnu ».",
            "La fiche n’en dit rien, l’annonce, ou en dit quelque chose que rien ne montre.",
            "La question ne se pose pas à cette fiche.",
        ),
        strict=True,
    )
)
"""How far a stage is attested, defined for who has the tables alone."""
_SEVERITIES = {"error": "erreur", "warning": "avertissement", "info": "information"}

Replace = Callable[[str, str], str]
"""From a text and the corpus's own id of the record that it is about, to the text without names."""


def stage_rows(
    report: Report, ids: Mapping[str, str], corpus: Corpus, *, public: bool
) -> tuple[StageRow, ...]:
    """The life-lines, sorted by published id; each in the order of its stages. ``corpus`` says
    what is asked, and of which type a record is."""
    rules = rules_of(corpus)
    types = {record.id: corpus.records[record.id].type for record in report.records}
    rows = [
        StageRow(
            ids[record.id],
            stage.stage,
            stage.state,
            to_month(stage.date) if public and stage.date else stage.date,
            tuple(_reference(source, ids) for source in stage.sources),
            words.state(stage),
            rules.asks(types[record.id], stage.stage, stopped=record.stop is not None),
        )
        for record in report.records
        for stage in record.stages
    ]
    return tuple(sorted(rows, key=lambda row: row.record))


def gap_rows(
    report: Report, ids: Mapping[str, str], replace: Replace, *, public: bool
) -> tuple[GapRow, ...]:
    """The gaps, sorted by published id, then as in the report.

    ``ids`` gives the published id of each record by its own. A ``public`` edition has no message
    that quotes a value, no line, and months for days.
    """
    quoting = {rule.code for rule in load_rules().all if _VALUE.search(rule.message)}
    rows = []
    for record in report.records:
        ranks: Counter[str] = Counter()
        for gap in record.gaps:
            ranks[gap.code] += 1
            message = gap.message
            if public and gap.code in quoting:
                message = WITHHELD
            elif not public:
                message = replace(
                    ID_WITHIN.sub(lambda match: ids.get(match[0], match[0]), message), record.id
                )
            rows.append(_gap_row(ids[record.id], gap, ranks[gap.code], message, public=public))
    return tuple(sorted(rows, key=lambda row: row.record))


def _gap_row(record: str, gap: Gap, rank: int, message: str, *, public: bool) -> GapRow:
    return GapRow(
        record=record,
        rule=gap.code,
        rank=rank,
        severity=_SEVERITIES[gap.severity],
        message=message,
        since=to_month(gap.since) if public and gap.since else gap.since,
        section=gap.section,
        line=0 if public else gap.line,
    )


def _reference(source: str, ids: Mapping[str, str]) -> str:
    """The published id of a source or récit, then its section; "" for free words."""
    name, _, section = source.partition(" ")
    target = ids.get(name) or ids.get(source_id(source), "")
    return f"{target} {section}".strip() if target else ""


def tables(edition: Edition) -> Iterator[Table]:
    """``trace`` and ``manques``."""
    yield _life_lines(edition)
    yield _gaps(edition)


def _life_lines(edition: Edition) -> Table:
    columns, rows = told(
        edition.stages,
        (column("fiche", "Fiche", "Le projet ou le fifty-fifty.", required=True),
         lambda stage: stage.record),
        (column("etape", "Étape", "L’étape de sa vie.", *_stage_words(), required=True),
         lambda stage: stage.stage),
        (column("etat", "État", "Ce que l’on en sait.", *STATES, required=True),
         lambda stage: stage.state),
        (column("date", "Date", "Sa date, telle que la fiche l’écrit."),
         lambda stage: stage.date or None),
        (column("sources", "Sources", "Ce qui l’atteste, séparé par « | »."),
         lambda stage: text_of(list(stage.sources))),
        (column("mot", "En un mot", "L’état comme la page et le rapport le disent : ce qui n’est "
               "pas attesté peut être prévu, déduit, ou dit sans source.",
               *(Word(word, word.capitalize()) for word in (*WORDS.values(), PLANNED, UNPROVED,
                                                             *UNSURE.values())),
               required=True),
         lambda stage: stage.word),
        (column("demandee", "Demandée", "Oui quand une règle de la commune demande l’étape à cette "
               "fiche. Le rapport ne compte pas une étape non renseignée que rien ne demande : "
               "celle d’un projet arrêté, par exemple.", *YES_NO, required=True),
         lambda stage: "oui" if stage.asked else "non"),
    )  # fmt: skip
    return Table(
        "trace",
        "Traçabilité",
        "De chaque projet et de chaque étape : attesté, inconnu, non renseigné ou sans objet. Ce "
        "qu’il y a à compléter est dans manques.csv. La part du rapport : celles dont le mot "
        "est « attesté », parmi celles qui ne sont pas sans objet et qui sont "
        "demandées ou ont un autre état que « non renseigné ».",
        columns,
        rows,
        key=("fiche", "etape"),
        references=(Reference("fiche", "fiches"),),
    )


def _stage_words() -> Iterator[Word]:
    shape = schema.shape("fifty-fifty").properties
    for key in STAGES:
        yield Word(key, shape[key].title if key in shape else "Récit")


def _gaps(edition: Edition) -> Table:
    rules = (Word(rule.code, _VALUE.sub("…", rule.message), rule.why) for rule in load_rules().all)
    severities = (Word(value, value.capitalize()) for value in _SEVERITIES.values())
    columns = [
        RECORD,
        column("regle", "Règle", "La règle de traçabilité qui n’est pas remplie ; son énoncé est "
               "dans datapackage.json.", *rules, required=True),
        Column("rang", "integer", "Rang", "Rang parmi les manques de cette règle dans la fiche, à "
               "partir de 1.", required=True),
        column("gravite", "Gravité", "Celle que la commune donne à la règle.", *severities,
               required=True),
        column("constat", "Constat", "Ce qui manque, en une phrase."),
        column("constat_motif", "Constat : motif", "Pourquoi le constat est vide : il citait la "
               "fiche.", *MOTIVES),
        column("depuis", "Depuis", "Depuis quand, telle que la fiche écrit cette date."),
        column("section", "Section", "Section du référentiel qui demande ce qui manque. Avec "
               "« § » : un tableur ferait une date de « 6.2.1 »."),
    ]  # fmt: skip
    if edition.kind == "recherche":
        line_help = "Ligne du fichier de la fiche où il manque quelque chose."
        columns.append(Column("ligne", "integer", "Ligne", line_help))
    rows = (
        (
            gap.record, gap.rule, gap.rank, gap.severity, text_of(gap.message), why(gap.message),
            gap.since or None, f"§ {gap.section}" if gap.section else None,
            *((gap.line,) if edition.kind == "recherche" else ()),
        )
        for gap in edition.gaps
    )  # fmt: skip
    return Table(
        "manques",
        "Manques",
        "Ce que le rapport de traçabilité trouve à compléter, un manque par ligne ; les règles sur "
        "les personnes n’y sont pas. Jugé sur ce que cette édition montre : ce qui n’est cité que "
        "par une voix ou une fiche qu’elle n’a pas passe pour jamais cité, et ce qui manque à une "
        "voix qu’elle n’a pas n’y est pas.",
        tuple(columns),
        tuple(rows),
        key=("fiche", "regle", "rang"),
        references=(Reference("fiche", "fiches"),),
    )
