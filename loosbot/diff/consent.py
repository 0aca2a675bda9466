"""An old corpus under the consents of today: looking back must not show withdrawn words.

Who withdrew since is withdrawn in the past too. A person or a voice whose record or text is
gone today counts as withdrawn: nothing tells that they still agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.privacy.consent import Channel, for_channel
from loosbot.corpus.values import leaves

_WITHDRAWN: Mapping[str, Any] = {"etat": "retire"}
_TODAY = "--aujourd-hui"
"""Ends the ids of today's records while they lend their names to the filter; no slug has it."""


def under_consents_of(old: Corpus, now: Corpus, channel: Channel, day: date) -> Corpus:
    """``old`` as ``channel`` may show it on ``day``; neither corpus is filtered yet."""
    shown = for_channel(_with_consents(old, now), channel, day)
    kept = {id_: record for id_, record in shown.records.items() if not id_.endswith(_TODAY)}
    return replace(shown, records=kept)


def quotable(corpus: Corpus) -> frozenset[str]:
    """Every text that a filtered corpus holds: what may be quoted of another version."""
    holders = (
        *(record.data for record in corpus.records.values()),
        *(page.data for page in corpus.pages.values()),
        *(index.data for index in corpus.indexes.values()),
    )
    return frozenset(
        text for consent in holders for text in leaves(dict(consent)) if isinstance(text, str)
    )


def _with_consents(old: Corpus, now: Corpus) -> Corpus:
    ids = current_ids(now)
    records = {
        id_: _record(record, now.records.get(ids.get(id_, id_)))
        for id_, record in old.records.items()
    }
    # names masked by today's records only are hidden in old texts too
    records |= {
        f"{id_}{_TODAY}": replace(record, id=f"{id_}{_TODAY}")
        for id_, record in now.records.items()
        if record.type == "acteur" or "voix" in record.data
    }
    return replace(old, records=records)


def _record(record: Record, now: Record | None) -> Record:
    if record.type == "acteur" and record.data.get("genre") == "personne":
        return replace(record, data=_person(record.data, now))
    if record.type == "acteur" and now is not None and "consentement" in now.data:
        return replace(record, data={**record.data, "consentement": now.data["consentement"]})
    if "voix" in record.data:
        voices = list(_voices(record.data["voix"], now.data.get("voix", ()) if now else ()))
        return replace(record, data={**record.data, "voix": voices})
    return record


def _person(data: Mapping[str, Any], now: Record | None) -> Mapping[str, Any]:
    if now is None:
        return data if data.get("public") == "oui" else {**data, "consentement": _WITHDRAWN}
    kept = {key: value for key, value in data.items() if key not in ("consentement", "public")}
    today = {key: now.data[key] for key in ("consentement", "public") if key in now.data}
    return {**kept, **today}


def _voices(old: Any, now: Any) -> Iterator[Mapping[str, Any]]:
    """The old voices, each with the consent of the voice of the same speakers today."""
    left = list(now)
    for voice in old:
        same = next((other for other in left if other.get("qui") == voice.get("qui")), None)
        if same is None:
            yield {**voice, "consentement": _WITHDRAWN}
            continue
        left.remove(same)
        kept = {key: value for key, value in voice.items() if key != "consentement"}
        yield {**kept, "consentement": same["consentement"]} if "consentement" in same else kept
