"""What a doctor finds: one sentence, how grave it is, and the next step."""

from __future__ import annotations

from typing import Literal

from loosbot.frozen import dataclass

Severity = Literal["error", "warning", "ok"]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """``error`` needs action, ``warning`` is worth knowing, ``ok`` is as it should be."""

    code: str
    severity: Severity
    message: str
    hint: str = ""


def days(number: int) -> str:
    """``aujourd’hui``, ``hier``, ``il y a 12 jours``."""
    if number <= 0:
        return "aujourd’hui"
    return "hier" if number == 1 else f"il y a {number} jours"
