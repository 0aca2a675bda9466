"""How the report's own words are said in French, whatever the form."""

from __future__ import annotations

from collections.abc import Mapping

from loosbot.corpus import schema
from loosbot.corpus.stages import State
from loosbot.trace.model import MinutesStatus, Outcome, Severity

SIGNS: Mapping[State, str] = {
    "attested": "✓",
    "unknown": "?",
    "missing": "·",
    "not-applicable": "–",
}
STATES: Mapping[State, str] = {
    "attested": "attesté",
    "unknown": "inconnu",
    "missing": "manque",
    "not-applicable": "sans objet",
}
STAGE_NAMES = {
    "demande": "demande",
    "diagnostic": "diagnostic",
    "convention": "convention",
    "realisation": "réalisation",
    "suivi": "suivi",
    "evaluation": "évaluation",
    "recit": "récit",
}
SEVERITIES: Mapping[Severity, str] = {
    "error": "erreur",
    "warning": "à compléter",
    "info": "si possible",
}
OUTCOMES: Mapping[Outcome, str] = {
    "kept": "tenu",
    "late": "en retard",
    "open": "en cours",
    "dropped": "abandonné",
    "dropped-without-reason": "abandonné, sans raison écrite",
    "unverifiable": "on ne sait pas",
    "told": "suite écrite",
}
LESSONS: Mapping[Outcome, str] = {
    **OUTCOMES,
    "kept": "suivi d’effet",
    "open": "suite prévue",
    "unverifiable": "sans suite connue",
}
KINDS = {"engagement": "engagement", "decision": "décision", "enseignement": "enseignement"}
MINUTES: Mapping[MinutesStatus, str] = {
    "in-time": "rendu à temps",
    "late": "rendu tard",
    "not-published": "pas rendu",
    "not-dated": "rendu, sans date assez précise",
    "unknown": "on ne sait pas",
    "not-due": "délai en cours",
}
ROLES = {
    "habitant": "habitants",
    "agent": "agents",
    "elu": "élus",
    "operateur-economique": "opérateurs économiques",
}


def outcome(kind: str, found: Outcome) -> str:
    """What became of a promise; a lesson is followed rather than kept."""
    return (LESSONS if kind == "enseignement" else OUTCOMES)[found]


def upkeep(state: str) -> str:
    """A word of the vocabulary of upkeep, as people read it."""
    words = schema.shape("fifty-fifty").at(("suivi", "etat")).words
    return next((one.title for one in words if one.value == state), state).lower()


def share(numerator: int, denominator: int) -> str:
    """``3 sur 4 (75 %)``; no percentage of nothing."""
    part = f" ({round(100 * numerator / denominator)} %)" if denominator else ""
    return f"{numerator} sur {denominator}{part}"
