"""``participedia/``: cases, methods and organizations in their header, and what each cell is worth.

Their file has a byte order mark and fixed columns, so that it binds to their own; the others are
ours. https://participedia.net (content CC BY-NC-SA: ours may go in, theirs may not come here).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from loosbot.corpus.model import Record
from loosbot.dump import cases
from loosbot.dump.cases import Around, Told
from loosbot.dump.correspondence import Correspondence, load
from loosbot.dump.csvfiles import encoded
from loosbot.dump.model import Edition, value_of
from loosbot.dump.table import Table

FOLDER = "participedia"
_MARK = "\ufeff"
_STATES = ("cas", "colonne", "valeur", "etat", "source", "regle", "precision")
_MAPPING = ("regle", "colonne", "champ", "valeur", "code", "anglais", "francais", "etat", "texte")
_METHODS = (
    (
        "fifty-fifty",
        "Fifty-fifty",
        "La ville apporte le matériel, les habitants le travail ; une convention le dit.",
        {"public_spectrum": "collaborate", "method_types": "community"},
    ),
    (
        "reunion-publique",
        "Réunion publique",
        "Une réunion ouverte à tous, dont le compte rendu est publié.",
        {"open_limited": "open", "public_spectrum": "consult", "method_types": "public_meetings"},
    ),
    (
        "soiree-de-recits",
        "Soirée de récits",
        "Des habitants, des agents et des élus racontent en public un projet mené ensemble.",
        {"open_limited": "open", "method_types": "informal"},
    ),
)
"""The devices of the method: id, title, description, and the columns that a source attests."""


def files(edition: Edition, tables: Sequence[Table]) -> Iterator[tuple[str, bytes]]:
    """Five files; the header of the first is theirs, to the letter."""
    mapping = load()
    seen = cases.around(edition, mapping)
    told = [(one, cases.case(one, seen)) for one in projects(edition) if not refusal(one)]
    header = mapping.headers["cases"]
    rows = ([_value(case.get(column)) for column in header] for _, case in told)
    yield f"{FOLDER}/cases.csv", encoded(header, rows, _MARK)
    yield f"{FOLDER}/etats.csv", encoded(_STATES, _states(told, header))
    methods = mapping.headers["methods"]
    yield f"{FOLDER}/methods.csv", encoded(methods, _methods(edition, methods))
    organizations = mapping.headers["organizations"]
    yield (
        f"{FOLDER}/organizations.csv",
        encoded(organizations, _organizations(seen, organizations)),
    )
    yield f"{FOLDER}/correspondance.csv", encoded(_MAPPING, _correspondence(mapping))


def projects(edition: Edition) -> list[Record]:
    """What may be a case."""
    return [*edition.of_type("projet"), *edition.of_type("fifty-fifty")]


def refusal(record: Record) -> str:
    """Why a project cannot be a case, and what to do; "" where it can."""
    words = len(record.title.split())
    if words > cases.TITLE_WORDS:
        return (
            f"{record.id} : son titre a {words} mots, Participedia en admet {cases.TITLE_WORDS} ; "
            "raccourcissez-le, rien n’est coupé"
        )
    size = len(cases.body(record))
    if size > cases.BODY:
        return f"{record.id} : son compte rendu a {size} signes, Participedia en admet {cases.BODY}"
    return ""


def refusals(edition: Edition) -> list[str]:
    """Every project that is left out of ``cases.csv``, with the reason."""
    return [said for one in projects(edition) if (said := refusal(one))]


def _value(told: Told | None) -> str:
    return told.value if told else ""


def _states(
    told: Sequence[tuple[Record, dict[str, Told]]], header: Sequence[str]
) -> Iterator[tuple[str | int | None, ...]]:
    for record, case in told:
        for column in header:
            one = case.get(column) or Told("", "absent")
            value = "" if column == "body" else one.value
            yield (
                record.id, column, value, one.state, one.source or None, one.rule,
                one.grain or None,
            )  # fmt: skip


def _methods(edition: Edition, header: Sequence[str]) -> Iterator[list[str]]:
    for slug, title, description, more in _METHODS:
        row = {
            "id": f"{edition.snapshot.corpus}:methode/{slug}",
            "type": "method",
            "title": title,
            "description": description,
            "original_language": edition.snapshot.language,
            **more,
        }
        yield [row.get(column, "") for column in header]


def _organizations(seen: Around, header: Sequence[str]) -> Iterator[list[str]]:
    """Organisations only: no person is exported."""
    rule, snapshot = seen.mapping.rules["sector"], seen.edition.snapshot
    for actor in seen.edition.of_type("acteur"):
        kind = value_of(actor, "genre")
        if kind in (None, "personne", "groupe"):
            continue
        summary = value_of(actor, "resume")
        row = {
            "id": f"{snapshot.corpus}:{actor.id}",
            "type": "organization",
            "title": actor.title,
            "description": summary if summary and len(summary) <= cases.DESCRIPTION else "",
            "original_language": snapshot.language,
            "country": "France",
            "sector": "".join(rule.words.get(str(kind), ())[:1]),
        }
        yield [str(row.get(column, "")) for column in header]


def _correspondence(mapping: Correspondence) -> Iterator[tuple[str | int | None, ...]]:
    for rule in mapping.rules.values():
        labels = mapping.labels.get(rule.column, {})
        for word, codes in rule.words.items():
            for code in codes:
                english, french = labels.get(code, (None, None))
                yield (
                    rule.number, rule.column, rule.field, word, code, english, french, rule.state,
                    None,
                )  # fmt: skip
    for column, (number, text) in mapping.told.items():
        yield number, column, None, None, None, None, None, None, text
