"""An answer to one of their questions: values, and how far they are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from loosbot.corpus.model import Record
from loosbot.dump.filtered import motive, stated

_MOST_THEMES = 3
"""The columns that they have."""
State = Literal[
    "atteste", "deduit", "calcule", "estime",
    "inconnu", "masque", "sans-objet", "absent", "sans-equivalent",
]  # fmt: skip
STATES: tuple[tuple[State, str], ...] = (
    ("atteste", "La fiche le dit."),
    ("deduit", "Déduit de la fiche par la règle citée, ou marqué déduit par la fiche."),
    ("calcule", "Calculé par l’outil ou par la fiche."),
    ("estime", "Une estimation, telle que la fiche la donne."),
    ("inconnu", "Les sources ne le disent pas, et on l’a écrit."),
    ("masque", "La donnée existe et n’est pas dans cette édition."),
    ("sans-objet", "La question ne se pose pas."),
    ("absent", "La fiche n’en dit rien, ou l’annonce sans dire si cela a eu lieu."),
    ("sans-equivalent", "Leur formulaire n’a pas de code pour ce que dit la fiche."),
)
_OF_STATUS: dict[str, State] = {
    "atteste": "atteste",
    "declare": "atteste",
    "deduit": "deduit",
    "calcule": "calcule",
    "estime": "estime",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """``values`` are empty where nothing can be written; ``note`` says what their cell cannot."""

    values: tuple[str, ...]
    state: State
    source: str = ""
    note: str = ""


ABSENT = Answer((), "absent")
MASKED = Answer((), "masque")
NO_QUESTION = Answer((), "sans-objet")
NO_WORD = Answer((), "sans-equivalent")


def computed(*values: str) -> Answer:
    """What the tool itself knows; absent where it knows nothing."""
    kept = tuple(value for value in values if value)
    return Answer(kept, "calcule") if kept else ABSENT


def nothing(raw: Any) -> Answer | None:
    """The answer for a value that is one of the nothings, or is not there; None for a value."""
    if raw is None:
        return ABSENT
    value = stated(raw)
    if value is None or value in ("", []):
        return ABSENT
    if isinstance(value, list):
        answers = [nothing(item) for item in value]
        return answers[0] if answers and all(answers) else None
    why = motive(value)
    return Answer((), why) if why else None


def state_of(raw: Any) -> State:
    """How far a value is known, by the status that its record gives it."""
    status = raw.get("statut") if isinstance(raw, dict) and "valeur" in raw else None
    return _OF_STATUS.get(str(status), "atteste")


def source_of(raw: Any, *groups: Any) -> str:
    """The first sources that are written: the value's own, else those of the groups around it."""
    for group in (raw, *groups):
        sources = group.get("sources") if isinstance(group, dict) else None
        if sources:
            return " | ".join(str(stated(source)) for source in sources)
    return ""


def items(raw: Any) -> list[Any]:
    """A value as a list of what is known in it, each with its status where it has one."""
    if raw is None or nothing(raw) is not None:
        return []
    value = stated(raw)
    if not isinstance(value, list):
        return [raw]
    return [item for item in value if nothing(item) is None]


def words(raw: Any) -> list[str]:
    """The bare known values of a field."""
    if type(raw) is str:
        # the quick way, for nearly all values
        return [] if nothing(raw) else [str(raw)]
    return [
        str(word)
        for item in items(raw)
        for word in (stated(item) if isinstance(stated(item), list) else [stated(item)])
    ]


def themes(record: Record, codes_of: Mapping[str, tuple[str, ...]]) -> Answer:
    """The codes of its themes, in their order. Words without a code go to the note."""
    raw = record.data.get("themes")
    if (answer := nothing(raw)) is not None:
        return answer
    lost = [word for word in words(raw) if word not in codes_of]
    codes = unique(code for word in words(raw) for code in codes_of.get(word, ()))
    notes = [f"sans équivalent : {', '.join(lost)}"] if lost else []
    if more := codes[_MOST_THEMES:]:
        notes.append(f"au-delà du rang {_MOST_THEMES} : {', '.join(more)}")
    states = {state_of(raw), *(state_of(item) for item in items(raw))}
    state: State = "deduit" if "deduit" in states else "atteste"
    source = source_of(raw, *items(raw), record.data)
    return Answer(
        codes[:_MOST_THEMES], state if codes else "sans-equivalent", source, "; ".join(notes)
    )


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """The values without repeats, in their order."""
    return tuple(dict.fromkeys(values))
