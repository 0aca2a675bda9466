"""The one filter between the corpus and everything that is shown: who accepted what, and where.

Every channel (wiki, report, dumps) takes its corpus from :func:`for_channel`; none filters for
itself. What is masked is gone from the data (``mask.py``): names are replaced in every text,
links to the person are taken out, and the links of the corpus are counted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

from loosbot.corpus import dates
from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.mask import Mask
from loosbot.corpus.privacy.spoken import meant, typed_names
from loosbot.corpus.privacy.tombstones import Alias, Verdict
from loosbot.corpus.values import STATES, speakers
from loosbot.gcpause import collector_paused

PUBLISHED = "publie"
Channel = Literal["wiki", "wiki-ouvert", "rapport", "dump-recherche", "dump-public"]
"""``wiki`` is one that nobody reads without an account, ``wiki-ouvert`` one that anybody does."""


def for_channel(
    corpus: Corpus, channel: Channel, today: date, alias: Alias | None = None
) -> Corpus:
    """The corpus as ``channel`` may show it on that day; the same object if nothing is masked.

    With ``alias`` somebody masked keeps an id that says nothing, in links and in texts; nothing
    stands for who withdrew or is sealed, with or without it.
    """
    people = _masked_people(corpus, channel, today)
    voices = _masked_voices(corpus, people, channel, today)
    if not people and not voices:
        return corpus

    def shown() -> Corpus:
        with collector_paused():
            return Mask(corpus, people, voices, alias).corpus_shown()

    if alias is not None:
        return shown()
    # an open wiki and a closed one often show the same: the same object then
    verdicts = repr((sorted(people.items()), sorted(voices.items())))
    return corpus.once(f"shown {verdicts}", shown)


EVERY_DAY = (date.min, date.max)
"""Where no day is known: every consent that ends counts as ended, and no seal as lifted."""


def for_days(corpus: Corpus, channel: Channel, days: Iterable[date]) -> Corpus:
    """The corpus as ``channel`` may show it on every one of these days."""
    for day in dict.fromkeys(days):
        corpus = for_channel(corpus, channel, day)
    return corpus


def mask_for_ever(corpus: Corpus) -> Mask:
    """What takes out of a text whoever an open wiki may not show on some day or other."""
    return corpus.once("mask for ever", lambda: _mask_for_ever(corpus))


def _mask_for_ever(corpus: Corpus) -> Mask:
    people: dict[str, Verdict] = {}
    voices: dict[tuple[str, int], Verdict] = {}
    for day in EVERY_DAY:
        masked = _masked_people(corpus, "wiki-ouvert", day)
        voices = {**_masked_voices(corpus, masked, "wiki-ouvert", day), **voices}
        people = {**masked, **people}
    return Mask(corpus, people, voices)


def masked(corpus: Corpus, channel: Channel, today: date) -> tuple[set[str], set[tuple[str, int]]]:
    """The persons by id, and the voices by record and rank, whose agreement does not reach as far
    as ``channel``; not those who withdrew, nor what is sealed."""
    people = _masked_people(corpus, channel, today)
    voices = _masked_voices(corpus, people, channel, today)
    return (
        {id_ for id_, why in people.items() if why == "masked"},
        {place for place, why in voices.items() if why == "masked"},
    )


def unsaid(corpus: Corpus, today: date) -> frozenset[str]:
    """The ids shown on an open wiki that contain the name of somebody masked there."""
    people = _masked_people(corpus, "wiki-ouvert", today)
    voices = _masked_voices(corpus, people, "wiki-ouvert", today)
    return Mask(corpus, people, voices).unsaid() if people or voices else frozenset()


def verdict(consent: Mapping[str, Any] | None, channel: Channel, today: date) -> Verdict:
    """What a ``consentement`` block allows. No block means ``interne`` without any scope.

    The wiki and the reports are the town's own; a dump goes to somebody else, and a scope that
    is not written is never implied. What the published référentiel says itself may be told on
    the wiki, for as long as the person does not withdraw. Who was only supposed to agree has
    agreed to nothing beyond the town hall.
    """
    block = consent or {}
    published = block.get("base") == PUBLISHED
    supposed = block.get("statut") == "deduit"
    state = block.get("etat", "public" if published else "interne")
    scope = block.get("portee")
    if state == "retire":
        return "withdrawn"
    # one date, two meanings: what is sealed opens on it, any other consent ends on it
    if state == "scelle" and not _is_past(block.get("jusquau"), today):
        return "sealed"
    if state != "scelle" and _is_past(block.get("jusquau"), today):
        return "masked"
    on_the_wiki = scope is None or "wiki" in scope
    is_explicit = not published and not supposed
    if channel == "dump-public":
        allowed = is_explicit and state == "public" and "dump-public" in (scope or ())
    elif channel == "dump-recherche":
        allowed = is_explicit and not {"dump-recherche", "dump-public"}.isdisjoint(scope or ())
    elif channel == "wiki-ouvert":
        allowed = state == "public" and not supposed and on_the_wiki
    else:
        allowed = on_the_wiki
    return "shown" if allowed else "masked"


def _is_past(until: Any, today: date) -> bool:
    """Whether the last day that a date can mean is past. An unknown end never is."""
    if until is None or until in STATES:
        return False
    return dates.parse(until).latest < today


def _masked_people(corpus: Corpus, channel: Channel, today: date) -> dict[str, Verdict]:
    """Persons whose record cannot be shown. A public office needs no consent to be named, nor does
    a group; one that withdrew, or is sealed, is no more shown than a person."""
    verdicts: dict[str, Verdict] = {}
    for record in corpus.records.values():
        if record.type != "acteur":
            continue
        consent = record.data.get("consentement")
        is_person = record.data.get("genre") == "personne"
        if consent is None and (not is_person or record.data.get("public") == "oui"):
            continue
        judgement = verdict(consent, channel, today)
        if judgement != "shown" and (is_person or judgement != "masked"):
            verdicts[record.id] = judgement
    return verdicts


def _masked_voices(
    corpus: Corpus, people: Mapping[str, Verdict], channel: Channel, today: date
) -> dict[tuple[str, int], Verdict]:
    """Voices to mask, by récit and rank. Without its own block a voice follows who speaks; with
    one too, where she withdrew as a whole: what she had agreed to under a voice went with it."""
    masked: dict[tuple[str, int], Verdict] = {}
    ids = current_ids(corpus)
    typed = typed_names(corpus, sorted(people, key=lambda id_: people[id_] != "withdrawn"))
    for record in corpus.records.values():
        for index, voice in enumerate(record.data.get("voix", ())):
            judgement: Verdict = "shown"
            who: list[str] = []
            if people or "consentement" not in voice:
                who = [person for name in speakers(voice) for person in meant(name, ids, typed)]
            verdicts = [people[person] for person in who if person in people]
            if "withdrawn" in verdicts:
                judgement = "withdrawn"
            elif "consentement" in voice:
                judgement = verdict(voice["consentement"], channel, today)
            else:
                unnamed = [person for person in who if person not in ids]
                if verdicts:
                    judgement = verdicts[0]
                elif unnamed or not who:
                    judgement = verdict(None, channel, today)
            if judgement != "shown":
                masked[record.id, index] = judgement
    return masked
