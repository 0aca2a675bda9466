"""One rule for each of their questions that our records can answer.

``schemas/participedia.yaml`` says in French what each rule does; a question without a rule here
is one that our records do not answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal

from loosbot.corpus.model import Record
from loosbot.dump.filtered import stated, value_of
from loosbot.dump.formats.csvfiles import shown
from loosbot.dump.formats.participedia.answer import (
    ABSENT,
    NO_QUESTION,
    NO_WORD,
    Answer,
    computed,
    items,
    nothing,
    source_of,
    state_of,
    themes,
    unique,
    words,
)
from loosbot.dump.formats.participedia.case import FINISHED, Case, cited, end_date, start_date
from loosbot.dump.formats.participedia.mapping import load
from loosbot.dump.formats.participedia.people import (
    implementers,
    organizer,
    organizer_types,
    staff,
    targeted,
)
from loosbot.parsing import whole_number

Rule = Callable[[Case], Answer]
_DOING = {"travail": "1", "gestion": "1", "aucun": "0"}
_PERSONS = ("personne", "habitant", "participant", "bénévole", "agriculteur", "élève", "jeune")


def table(name: str) -> Mapping[str, tuple[str, ...]]:
    """One of the tables from our words to their codes."""
    return load().tables[name]


def _topics(case: Case) -> Answer:
    topics = themes(case.record, table("specific_topics"))
    # a topic is narrower than a theme: nobody wrote it
    return replace(topics, state="deduit") if topics.values else topics


def _addresses(case: Case, some: slice) -> Answer:
    titles = ", ".join(record.title for record in case.named(case.get("lieu"))[some])
    return nothing(case.get("lieu")) or (Answer((titles,), "atteste") if titles else ABSENT)


def _coordinate(key: str) -> Rule:
    def rule(case: Case) -> Answer:
        for place in case.named(case.get("lieu")):
            point = place.data.get("coordonnees")
            if isinstance(point, dict) and nothing(point.get(key)) is None:
                return Answer((shown(stated(point[key])),), "atteste", source_of(place.data))
        return ABSENT

    return rule


def _scope(case: Case) -> Answer:
    if (absent := nothing(case.get("lieu"))) is not None:
        return absent
    kinds = [str(value_of(record, "genre")) for record in case.named(case.get("lieu"))]
    codes = unique(code for kind in kinds for code in table("scope_of_influence").get(kind, ()))
    widest = tuple(code for code in ("city/town", "neighbourhood") if code in codes)[:1]
    return Answer(widest, "deduit", source_of(case.record.data)) if widest else NO_WORD


def _ongoing(case: Case) -> Answer:
    raw = case.get("statut")
    if (absent := nothing(raw)) is not None:
        return absent
    codes = table("ongoing").get(str(stated(raw)), ())
    if not codes:
        return NO_WORD
    return Answer(codes, state_of(raw), source_of(raw, case.record.data))


def _time_limited(case: Case) -> Answer:
    raw = case.get("recurrence")
    absent = nothing(raw)
    if absent is None:
        return Answer(
            ("repeated",), state_of(raw), source_of(raw, case.record.data), str(stated(raw))
        )
    if absent is ABSENT and value_of(case.record, "statut") in FINISHED:
        return Answer(("a",), "deduit", source_of(case.record.data))
    return absent


def _purposes(case: Case) -> Answer:
    codes = []
    level = _level(case)
    if case.record.type == "fifty-fifty":
        codes.append("deliver")
    elif level in ("consultation", "coproduction") and "amenagement" in words(case.get("themes")):
        codes.append("make")
    if any(word.startswith("capacitation") for word in words(case.get("effets"))):
        codes.append("develop")
    return _deduced(case, codes)


def _approaches(case: Case) -> Answer:
    level = "coproduction" if case.record.type == "fifty-fifty" else _level(case)
    return _deduced(case, table("approaches").get(level, ()))


def _deduced(case: Case, codes: Any) -> Answer:
    kept = unique(codes)
    return Answer(kept, "deduit", source_of(case.record.data)) if kept else ABSENT


def _level(case: Case) -> str:
    levels = case.levels()
    return levels[-1][0] if levels else ""


def _spectrum(case: Case) -> Answer:
    levels = case.levels()
    if not levels:
        return nothing(case.get("niveau")) or ABSENT
    level, raw, group = levels[-1]
    written = ", ".join(unique(level for level, _, _ in levels))
    return Answer(
        table("public_spectrum")[level],
        "deduit",
        source_of(raw, group, case.record.data),
        f"niveaux écrits : {written}",
    )


def _tools(case: Case) -> Answer:
    level = _level(case)
    if not level:
        return nothing(case.get("niveau")) or ABSENT
    codes = table("tools_techniques_types").get(level, ())
    return _deduced(case, codes) if codes else NO_WORD


def _participants(case: Case) -> Answer:
    stage = case.get("realisation")
    raw = case.stage("realisation").get("participants")
    absent = nothing(stage) if not isinstance(stage, dict) else nothing(raw)
    if absent is not None:
        return absent
    unit = str(raw.get("unite", "")) if isinstance(raw, dict) else ""
    state = state_of(raw)
    source = source_of(raw, case.stage("realisation"), case.record.data)
    written = str(stated(raw))
    note = " ".join(filter(None, (written, unit)))
    number = whole_number(written)
    if number is not None and number >= 0 and (not unit or unit.casefold().startswith(_PERSONS)):
        return Answer((written,), state, source, note)
    return Answer((), state, source, note)


def _kinds(case: Case) -> list[str]:
    """The kinds of its meetings, in their order."""
    return [word for meeting in case.meetings for word in words(meeting.data.get("genre"))]


def _open_limited(case: Case) -> Answer:
    open_ = "reunion-publique" in _kinds(case)
    limited = bool(targeted(case).values)
    code = "both" if open_ and limited else "open" if open_ else "limited" if limited else ""
    return _deduced(case, [code] if code else [])


def _method_types(case: Case) -> Answer:
    known = table("method_types")
    codes = [code for kind in (case.record.type, *_kinds(case)) for code in known.get(kind, ())]
    return _deduced(case, unique(codes)[:3])


def _methods(case: Case) -> Answer:
    kinds = {case.record.type, *_kinds(case)}
    titles = [method.title for method in load().methods if method.when in kinds]
    return _deduced(case, [", ".join(titles)] if titles else [])


def _facilitators(case: Case) -> Answer:
    led = [meeting for meeting in case.meetings if items(meeting.data.get("animation"))]
    if not led:
        return ABSENT
    return Answer(("1",), "atteste", source_of(*(record.data for record in led)), led[0].id)


def _place(case: Case) -> Answer:
    channel = str(stated(case.stage("demande").get("canal")))
    together = bool(case.meetings) or bool(case.stage("realisation"))
    if not together:
        return ABSENT
    return _deduced(case, ["both" if channel == "reseaux-sociaux" else "facetoface"])


def _interactions(case: Case) -> Answer:
    if case.meetings:
        return _deduced(case, ["ask", "discussion"])
    return NO_WORD if case.stage("realisation") else ABSENT


def _outcomes(case: Case) -> Answer:
    codes = []
    if any(isinstance(meeting.data.get("compte_rendu"), dict) for meeting in case.meetings):
        codes.append("public")
    known = table("insights_outcomes")
    for source in case.sources():
        codes += known.get(str(value_of(source, "genre")), ())
    return _deduced(case, unique(codes)[:4])


def _volunteers(case: Case) -> Answer:
    groups = [case.stage("realisation"), case.record.data]
    for group in groups:
        raw = group.get("part_au_faire")
        if nothing(raw) is None and str(stated(raw)) in _DOING:
            return Answer(
                (_DOING[str(stated(raw))],), state_of(raw), source_of(raw, group, case.record.data)
            )
    stage = case.get("realisation")
    if not isinstance(stage, dict):
        return nothing(stage) or ABSENT
    return nothing(stage.get("part_au_faire")) or NO_WORD


def _impact(case: Case) -> Answer:
    raw = case.get("effets")
    if (absent := nothing(raw)) is not None:
        return absent
    for effect in items(raw):
        source = source_of(effect, case.record.data)
        if state_of(effect) != "deduit" and source:
            return Answer(("1",), "atteste", source, str(stated(effect)))
    return Answer((), "deduit", "", "seulement des effets déduits")


def _changes(case: Case) -> Answer:
    raw = case.get("effets")
    if (absent := nothing(raw)) is not None:
        return absent
    known = table("change_types")
    weight: Counter[str] = Counter()
    lost = []
    for change in items(raw):
        codes = known.get(str(stated(change)), ())
        lost += [] if codes else [str(stated(change))]
        for code in codes:
            weight[code] += 1
    # equal weights keep the order of the record
    ranked = tuple(sorted(weight, key=lambda code: -weight[code]))[:5]
    note = f"sans équivalent : {', '.join(lost)}" if lost else ""
    source = source_of(raw, *items(raw), case.record.data)
    return Answer(ranked, "deduit" if ranked else "sans-equivalent", source, note)


def _evaluation(case: Case) -> Answer:
    raw = case.get("evaluation")
    if not isinstance(raw, dict):
        return nothing(raw) or ABSENT
    for key in ("methode", "qui"):
        if items(raw.get(key)):
            return Answer(("1",), "atteste", source_of(raw, case.record.data))
    return nothing(raw.get("methode")) or ABSENT


def _links(sources: Iterable[Record]) -> Answer:
    return computed(str(sum(nothing(source.data.get("url")) is None for source in sources)))


def _videos(case: Case) -> Answer:
    answers = [nothing(story.data.get("video")) for story in case.stories]
    shown = sum(answer is None for answer in answers)
    masked = sum(answer is not None and answer.state == "masque" for answer in answers)
    if masked and not shown:
        return Answer((), "masque")
    return computed(str(shown))


def _parent(case: Case, part: Literal["id", "title"]) -> Answer:
    if case.parent is None:
        return NO_WORD if words(case.get("parent")) else ABSENT
    # the site wants an id of its own there: who enters the case finds the record by ours
    return computed(case.parent.id if part == "id" else case.parent.title)


RULES: Mapping[str, Rule] = {
    "address1": lambda case: _addresses(case, slice(1)),
    "address2": lambda case: _addresses(case, slice(1, None)),
    "latitude": _coordinate("latitude"),
    "longitude": _coordinate("longitude"),
    "is_component_of_id": lambda case: _parent(case, "id"),
    "is_component_of_title": lambda case: _parent(case, "title"),
    "specific_methods_tools_techniques_titles": _methods,
    "has_components_titles": lambda case: computed(", ".join(part.title for part in case.parts)),
    "general_issues": lambda case: themes(case.record, table("general_issues")),
    "specific_topics": _topics,
    "scope_of_influence": _scope,
    "start_date": start_date,
    "end_date": end_date,
    "ongoing": _ongoing,
    "time_limited": _time_limited,
    "purposes": _purposes,
    "approaches": _approaches,
    "public_spectrum": _spectrum,
    "number_of_participants": _participants,
    "open_limited": _open_limited,
    "targeted_participants": targeted,
    "method_types": _method_types,
    "tools_techniques_types": _tools,
    "facilitators": _facilitators,
    "facetoface_online_or_both": _place,
    "participants_interactions": _interactions,
    "insights_outcomes": _outcomes,
    "organizer_types": organizer_types,
    "staff": staff,
    "volunteers": _volunteers,
    "impact_evidence": _impact,
    "change_types": _changes,
    "implementers_of_change": implementers,
    "formal_evaluation": _evaluation,
    "links_count": lambda case: _links(case.sources()),
    "videos_count": _videos,
    "evaluation_links_count": lambda case: _links(cited(case.stage("evaluation"), case.records)),
    "primary_organizer_id": lambda case: organizer(case, "id"),
    "primary_organizer_title": lambda case: organizer(case, "title"),
}
NOT_ASKED = dict.fromkeys(
    ("legality", "featured", "post_date", "updated_date", "collections"), NO_QUESTION
)
"""Questions that do not arise for our records."""
