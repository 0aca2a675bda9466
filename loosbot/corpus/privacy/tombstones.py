"""What stands for somebody who is masked, and what is left of a voice of theirs. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

from loosbot.corpus.values import STATES, speakers

Verdict = Literal["shown", "withdrawn", "sealed", "masked"]
Alias = Callable[[str], str]
"""From the id or the name of somebody masked to the id that stands for them in a dump."""

NEUTRAL: Mapping[Verdict, str] = {
    "withdrawn": "personne retirée",
    "sealed": "personne non nommée",
    "masked": "personne non nommée",
}
VOICES: Mapping[Verdict, str] = {
    "withdrawn": "Voix retirée",
    "sealed": "Voix scellée",
    "masked": "Voix non publiée",
}


def tombstone(voice: Mapping[str, Any], judgement: Verdict, alias: Alias | None) -> dict[str, Any]:
    """The placeholder for a masked voice: never its words, and never why it was withdrawn."""
    left: dict[str, Any] = {"qui": VOICES[judgement]}
    if judgement == "sealed":
        # a role identifies, in a town of this size
        consent = voice.get("consentement", {})
        kept = {key: consent[key] for key in ("motif", "jusquau") if key in consent}
        return {**left, **_only(voice, ("date",)), "consentement": {"etat": "scelle", **kept}}
    if alias is not None and judgement == "masked":
        left["qui"] = [
            alias(speaker) for speaker in speakers(voice) if speaker not in STATES
        ] or left["qui"]
    state = "retire" if judgement == "withdrawn" else "interne"
    return {**left, **_only(voice, ("role",)), "consentement": {"etat": state}}


def _only(voice: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: voice[key] for key in keys if key in voice}
