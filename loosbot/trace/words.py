"""The report's states and headings in French, for every output format."""

from __future__ import annotations

import re
from collections.abc import Mapping

from loosbot.corpus import french, stages
from loosbot.corpus.links import source_parts
from loosbot.corpus.stages import PLANNED, UNPROVED, UNSURE, WORDS
from loosbot.corpus.wording import folded
from loosbot.fields.vocabulary import vocabulary
from loosbot.trace.reported import (
    Gap,
    MinutesStatus,
    Outcome,
    ProjectStop,
    Promise,
    RecordTrace,
    Report,
    Severity,
    Stage,
)

STATES = WORDS
"""The same words as on the page of a project."""
SIGNS: Mapping[str, str] = {
    STATES["attested"]: "●",
    UNPROVED: "◐",
    PLANNED: "◌",
    STATES["unknown"]: "○",
    STATES["missing"]: "✕",
    STATES["not-applicable"]: "–",
    **dict.fromkeys(UNSURE.values(), "◐"),
}
"""The sign before each word: that of the page of a project (``Fil``)."""
STAGE_NAMES = {**stages.STAGE_NAMES, "recit": "récit"}
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
    "not-applicable": "sans objet",
}
UNWRITTEN = "échu, issue non écrite"
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


PARTIAL = (
    "Ce clone n’a pas toute l’histoire : un changement ancien a pu passer inaperçu "
    "(git fetch --unshallow)."
)
_FIRST = ("fifty-fifty", "projet", "reunion", "recit")


def source(reference: str, titles: Mapping[str, str]) -> str:
    """« Référentiel § 5.6.4 » of ``referentiel § 5.6.4``: the one word of an id as the title of
    the source writes it, otherwise its title."""
    id_, passage = source_parts(reference)
    title = titles.get(id_, "")
    if not title:
        return reference
    spelled = {folded(word): word for word in re.findall(r"\w+", title)}
    name = spelled.get(folded(id_.partition("/")[2]), title)
    return f"{name[:1].upper()}{name[1:]} {passage}".strip()


def heading(report: Report) -> str:
    """« Traçabilité de Lens », then what the report is limited to."""
    about = f" : {report.about}" if report.about else ""
    return f"Traçabilité {french.of(report.town)}{about}"


def order(trace: RecordTrace) -> tuple[int, str]:
    """The sort key of records: projects first, then récits and meetings about them."""
    type_ = trace.id.partition("/")[0]
    return (_FIRST.index(type_) if type_ in _FIRST else len(_FIRST), trace.id)


def state(stage: Stage) -> str:
    """The state of a stage in French; what has no source, is planned or deduced, is not
    attested."""
    return stages.word(
        stage.state, described=stage.described, planned=stage.planned, status=stage.status
    )


def quarter(name: str) -> str:
    """``1er trimestre 2019`` of ``2019-T1``."""
    year, _, number = name.partition("-T")
    return f"{'1er' if number == '1' else f'{number}e'} trimestre {year}" if number else name


def reason(stop: ProjectStop) -> str:
    """Why a project was stopped, or how little is known of it."""
    return stop.reason or ("raison inconnue" if stop.state == "unknown" else "raison non écrite")


def outcome(kind: str, state: Outcome) -> str:
    """The word for an outcome; a lesson is followed rather than kept."""
    return (LESSONS if kind == "enseignement" else OUTCOMES)[state]


def became(promise: Promise) -> str:
    """What became of a promise: nobody is told late where nobody wrote the outcome."""
    return UNWRITTEN if promise.unwritten else outcome(promise.kind, promise.outcome)


def sure(fact: object) -> str:
    """`` (déduit)`` behind a fact that its record says to be deduced, estimated or the like; ""
    behind any other."""
    status = fact.get("statut") if isinstance(fact, Mapping) else None
    if not isinstance(status, str) or status in ("", "atteste"):
        return ""
    return f" ({vocabulary('statut-fait').label(status).lower()})"


def stated(promise: Promise) -> str:
    """What was promised, decided or learnt, with how sure it is that it was."""
    what = promise.what or "on ne sait plus quoi"
    doubt = sure({"statut": promise.status})
    return f"{french.open_end(what)}{doubt}" if doubt else what


def upkeep(state: str) -> str:
    """A word of the vocabulary of upkeep, as people read it."""
    return vocabulary("entretien").label(state).lower()


def since_when(gap: Gap) -> str:
    """« depuis mai 2000 », "" where nobody knows since when."""
    return french.since(gap.since) if gap.since else ""


def shortened(text: str) -> str:
    """At most 80 signs, cut at a word: what a gap quotes of a record."""
    return text if len(text) <= 80 else text[:79].rsplit(" ", 1)[0] + "…"
