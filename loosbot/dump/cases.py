"""A project as a case of Participedia: each column with its value and what that value is worth.

What is not known stays empty with its state; it is never 0, which their own exporter writes for an
answer that nobody gave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from loosbot.corpus import dates
from loosbot.corpus.model import Record
from loosbot.dump.correspondence import Correspondence, State
from loosbot.dump.fields import precision
from loosbot.dump.model import Edition, bare, known, motive, value_of
from loosbot.dump.parts import parts, when

TITLE_WORDS, DESCRIPTION, BODY = 10, 280, 32_000
_STAGES = ("demande", "diagnostic", "convention", "realisation", "suivi", "evaluation")
_PEOPLE = ("personnes", "participants", "habitants", "bénévoles", "personne")
_FINISHED = ("abouti", "abandonne")
_STATUS = frozenset({"atteste", "deduit", "calcule", "estime"})


@dataclass(frozen=True, slots=True)
class Told:
    """One value of a case. ``source`` says which of our fields, ``grain`` how fine a date is."""

    value: str
    state: State
    rule: int | None = None
    source: str = ""
    grain: str = ""


@dataclass(frozen=True, slots=True)
class Around:
    """What the cases need to know of the rest of the edition, found once."""

    edition: Edition
    mapping: Correspondence
    meetings: Mapping[str, tuple[Record, ...]]
    tales: Mapping[str, tuple[Record, ...]]


def around(edition: Edition, mapping: Correspondence) -> Around:
    """Who tells of which project."""
    about: dict[str, dict[str, list[Record]]] = {"reunion": {}, "recit": {}}
    for type_, found in about.items():
        for record in edition.of_type(type_):
            for project in many(value_of(record, "projet")):
                found.setdefault(project, []).append(record)
    return Around(
        edition,
        mapping,
        {id_: tuple(found) for id_, found in about["reunion"].items()},
        {id_: tuple(found) for id_, found in about["recit"].items()},
    )


def many(value: Any) -> list[str]:
    """The known values of a field, alone or in a list."""
    found = value if isinstance(value, list) else [value]
    return [str(one) for item in found if (one := known(bare(item))) is not None]


def nothing(value: Any, rule: int | None = None, source: str = "") -> Told:
    """Why a column is empty."""
    why = motive(bare(value))
    return Told("", why or "absent", rule, source)


def case(record: Record, seen: Around) -> dict[str, Told]:
    """Every column of their header that we have something to say of; the others are absent."""
    found: dict[str, Told] = {}
    found.update(_words(record, seen))
    found.update(_texts(record, seen))
    found.update(_place(record, seen))
    found.update(_dates(record))
    found.update(_numbers(record, seen))
    return found


def _words(record: Record, seen: Around) -> Iterator[tuple[str, Told]]:
    """The columns that have a vocabulary: our words through the rules."""
    ours = dict(_our_words(record, seen))
    for column, rule in seen.mapping.rules.items():
        if column not in ours:
            continue
        value, words = ours[column]
        codes = dict.fromkeys(code for word in words for code in rule.words.get(word, ()))
        names = [f"{column}_{rank}" for rank in range(1, rule.most + 1)]
        if f"{column}_1" not in seen.mapping.headers["cases"]:
            names = [column]
        lost = bool(words) and not codes
        empty = Told("", "sans-equivalent", rule.number, rule.field) if lost else None
        for name, code in zip(names, [*codes, *[""] * len(names)], strict=False):
            if code:
                yield name, Told(code, rule.state, rule.number, rule.field)
            else:
                yield name, empty or nothing(value, rule.number, rule.field)


def _our_words(record: Record, seen: Around) -> Iterator[tuple[str, tuple[Any, list[str]]]]:
    records = seen.edition.records
    data = record.data
    fifty = [record.type] if record.type == "fifty-fifty" else []
    meetings, tales = seen.meetings.get(record.id, ()), seen.tales.get(record.id, ())
    kinds = [kind for one in meetings for kind in many(value_of(one, "genre"))]
    for column, key in (
        ("general_issues", "themes"),
        ("ongoing", "statut"),
        ("change_types", "effets"),
    ):
        yield column, (data.get(key), many(value_of(record, key)))
    places = [records[one] for one in many(value_of(record, "lieu")) if one in records]
    yield (
        "scope_of_influence",
        (
            data.get("lieu"),
            [kind for one in places for kind in many(value_of(one, "genre"))],
        ),
    )
    again = known(data.get("recurrence"))
    yield "time_limited", (None, ["recurrent" if again else "unique"])
    yield "purposes", (None, fifty)
    yield "approaches", (None, fifty)
    yield "public_spectrum", (data.get("niveau"), _highest_level(record))
    yield "method_types", (None, [*fifty, *kinds])
    yield "participants_interactions", (None, [*kinds, *(["recit"] if tales else [])])
    told = [one for one in meetings if isinstance(one.data.get("compte_rendu"), dict)]
    public = [kind for kind in kinds if kind == "reunion-publique"]
    yield "insights_outcomes", (None, [*(["compte-rendu"] if told else []), *public])
    yield "organizer_types", (data.get("initiative"), _kinds(record, "initiative", seen))
    work = data.get("realisation")
    yield "implementers_of_change", (work, _contributors(record, seen))
    met = bool(meetings) or isinstance(work, dict)
    online = "reseaux-sociaux" in many(_in(data.get("demande"), "canal"))
    presence = ["presence-et-reseaux" if online else "presence"] if met else []
    yield "facetoface_online_or_both", (None, presence)


def _highest_level(record: Record) -> list[str]:
    """The highest level reached, by the project or by one of its stages."""
    order = ("coproduction", "consultation", "information")
    said = many(value_of(record, "niveau"))
    for key in (*_STAGES, "deroule"):
        value = record.data.get(key)
        for stage in value if isinstance(value, list) else [value]:
            said += many(bare(_in(stage, "niveau")))
    return [next(one for one in order if one in said)] if set(said) & set(order) else []


def _in(group: Any, key: str) -> Any:
    return bare(group.get(key)) if isinstance(group, dict) else group if motive(group) else None


def _kinds(record: Record, key: str, seen: Around) -> list[str]:
    """What the actors of a field are: their role for persons, their kind for organisations."""
    return [one for id_ in many(value_of(record, key)) for one in _kind(id_, seen)]


def _kind(id_: str, seen: Around) -> list[str]:
    actor = seen.edition.records.get(id_)
    if actor is None:
        return []
    key = "role" if value_of(actor, "genre") in ("personne", "groupe") else "genre"
    return many(value_of(actor, key))


def _contributors(record: Record, seen: Around) -> list[str]:
    work = record.data.get("realisation")
    gifts = work.get("apports") if isinstance(work, dict) else None
    return [
        kind
        for gift in (gifts if isinstance(gifts, list) else ())
        for id_ in many(bare(gift.get("qui")))
        for kind in _kind(id_, seen)
    ]


def _texts(record: Record, seen: Around) -> Iterator[tuple[str, Told]]:
    rules, snapshot = seen.mapping.told, seen.edition.snapshot
    yield "id", Told(f"{snapshot.corpus}:{record.id}", "atteste", rules["id"][0], "id")
    yield "type", Told("case", "atteste", rules["type"][0])
    yield "title", Told(record.title, "atteste", rules["title"][0], "titre")
    summary, rule = record.data.get("resume"), rules["description"][0]
    short = known(summary)
    if short is None or len(str(short)) > DESCRIPTION:
        yield "description", nothing(summary, rule, "resume")
    else:
        yield "description", Told(str(short), "atteste", rule, "resume")
    text = body(record)
    yield "body", Told(text, "atteste" if text else "absent", rules["body"][0], "fiche entière")
    parents = many(value_of(record, "parent"))
    parent = seen.edition.records.get(parents[0]) if parents else None
    for column, value in (
        ("is_component_of_id", f"{snapshot.corpus}:{parent.id}" if parent else ""),
        ("is_component_of_title", parent.title if parent else ""),
    ):
        rule = rules[column][0]
        told = Told(value, "atteste", rule, "parent")
        yield column, told if value else nothing(record.data.get("parent"), rule, "parent")
    yield from _organizer(record, seen)


def _organizer(record: Record, seen: Around) -> Iterator[tuple[str, Told]]:
    """The first organisation that has the initiative. No person is ever exported."""
    organisations = [
        actor
        for id_ in many(value_of(record, "initiative"))
        if (actor := seen.edition.records.get(id_)) and value_of(actor, "genre") != "personne"
    ]
    corpus = seen.edition.snapshot.corpus
    for column in ("primary_organizer_id", "primary_organizer_title"):
        rule = seen.mapping.told[column][0]
        if organisations:
            first = organisations[0]
            value = f"{corpus}:{first.id}" if column.endswith("id") else first.title
            yield column, Told(value, "atteste", rule, "initiative")
        else:
            yield column, nothing(record.data.get("initiative"), rule, "initiative")


_HEADINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Problèmes et objectifs", ("demande", "diagnostic")),
    ("Contexte", ("resume", "texte")),
    ("Organismes de soutien et de financement", ("convention",)),
    ("Ce qui s’est passé", ("realisation", "deroule")),
    ("Influence, résultats et effets", ("suivi", "resultats")),
    ("Analyse et enseignements tirés", ("evaluation", "frottements", "enseignements")),
)
"""Their headings in French, and our fields under each."""


def body(record: Record) -> str:
    """Their headings with our words under them, as plain text."""
    sections = []
    for heading, keys in _HEADINGS:
        said = [text for key in keys for text in _sentences(record.data.get(key))]
        if said:
            sections.append(f"{heading}\n\n" + "\n".join(said))
    return "\n\n".join(sections)


def _sentences(value: Any) -> Iterator[str]:
    """The words of a field that are somebody's sentences, in their order."""
    if isinstance(value, list):
        for one in value:
            yield from _sentences(one)
    elif isinstance(value, dict):
        for key in ("besoin", "objet", "texte", "quoi", "constat", "methode"):
            if (said := known(bare(value.get(key)))) is not None:
                yield str(said)
        for key in ("visites", "constats", "engagements"):
            yield from _sentences(value.get(key))
    elif (said := known(value)) is not None:
        yield str(said)


def _place(record: Record, seen: Around) -> Iterator[tuple[str, Told]]:
    rules, snapshot = seen.mapping.told, seen.edition.snapshot
    rule = rules["city"][0]
    yield "original_language", Told(snapshot.language, "atteste", rule, "loosbot.yaml")
    yield "city", Told(snapshot.commune, "atteste", rule, "loosbot.yaml")
    yield "country", Told("France", "atteste", rule)
    records = seen.edition.records
    for id_ in many(value_of(record, "lieu")):
        point = records[id_].data.get("coordonnees") if id_ in records else None
        if isinstance(point, dict):
            for key in ("latitude", "longitude"):
                yield key, Told(str(point[key]), "atteste", rules[key][0], id_)
            return
    for key in ("latitude", "longitude"):
        yield key, nothing(record.data.get("lieu"), rules[key][0], "lieu")


def _dates(record: Record) -> Iterator[tuple[str, Told]]:
    rule = 22
    moments = [
        (dates.parse(day), precision(day) or "", f"{one.field} {one.data.get('titre', '')}".strip())
        for one in parts(record)
        if one.table == "evenements" and (day := known(when(one))) is not None
    ]
    starts = [one for one in moments if one[0].earliest.year > 1]
    ends = [one for one in moments if one[0].latest.year < 9999]
    if starts:
        span, grain, source = min(starts, key=lambda one: one[0].earliest)
        yield "start_date", Told(span.earliest.isoformat(), "calcule", rule, source, grain)
    else:
        yield "start_date", nothing(record.data.get("annee"), rule, "étapes")
    if value_of(record, "statut") in _FINISHED and ends:
        span, grain, source = max(ends, key=lambda one: one[0].latest)
        yield "end_date", Told(span.latest.isoformat(), "calcule", rule, source, grain)
    else:
        yield "end_date", nothing(record.data.get("statut"), rule, "étapes")


def _numbers(record: Record, seen: Around) -> Iterator[tuple[str, Told]]:
    data = record.data
    work = data.get("realisation")
    yield "number_of_participants_1", _participants(work)
    mates = _contributors(record, seen)
    staff = any(one in ("agent", "service") for one in mates)
    yield "staff", _yes(staff, work, 25, "realisation.apports")
    volunteers = record.type == "fifty-fifty" and isinstance(work, dict)
    yield "volunteers", _yes(volunteers, work, 25, "realisation", "deduit")
    effects = bool(many(value_of(record, "effets"))) and bool(many(data.get("sources")))
    yield "impact_evidence", _yes(effects, data.get("effets"), 26, "effets")
    method = known(_in(data.get("evaluation"), "methode")) is not None
    yield "formal_evaluation", _yes(method, data.get("evaluation"), 27, "evaluation.methode")
    links = _addresses(data.get("sources"), seen)
    yield "links_count", Told(str(links), "calcule", 29, "sources")
    films = [one for one in seen.tales.get(record.id, ()) if value_of(one, "video")]
    yield "videos_count", Told(str(len(films)), "calcule", 29, "recit.video")


def _yes(said: bool, value: Any, rule: int, source: str, state: State = "atteste") -> Told:
    """1, or empty: that nothing says so is no « no »."""
    return Told("1", state, rule, source) if said else nothing(value, rule, source)


def _participants(work: Any) -> Told:
    """A count of persons; a range, or another unit, is no such count."""
    rule, source = 23, "realisation.participants"
    value = work.get("participants") if isinstance(work, dict) else work
    count = bare(value)
    unit = value.get("unite") if isinstance(value, dict) else "personnes"
    if isinstance(count, int) and not isinstance(count, bool) and unit in _PEOPLE:
        said = value.get("statut", "atteste") if isinstance(value, dict) else "atteste"
        return Told(str(count), said if said in _STATUS else "atteste", rule, source)
    return nothing(value, rule, source)


def _addresses(sources: Any, seen: Around) -> int:
    ids = dict.fromkeys(one.partition(" ")[0] for one in many(sources))
    return sum(_has_address(seen.edition.records.get(id_)) for id_ in _source_ids(ids))


def _source_ids(names: Iterable[str]) -> Iterator[str]:
    return (one if "/" in one else f"source/{one}" for one in names)


def _has_address(record: Record | None) -> bool:
    return record is not None and bool(value_of(record, "url"))
