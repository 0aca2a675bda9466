"""Hints for a group that was written as one key and its value, ``ville: le bois``, or as one word
between braces."""

from __future__ import annotations

import json
import re
from typing import Any

from loosbot import lazy
from loosbot.corpus.check.amounts import parted
from loosbot.corpus.check.samples import consent_meant, day_of, id_for, no_day
from loosbot.corpus.dates import is_date
from loosbot.corpus.model import KeyPath
from loosbot.corpus.schema import Shape
from loosbot.corpus.wording import folded

_PAIRS = (("qui", "quoi"), ("quoi", "valeur"), ("qui", "texte"), ("qui", "fiche"))
_DATED = (("date", "constat"), ("date", "texte"))
"""What two keys of a group ask for that people write as one key and its value."""
_PLAIN = lazy.pattern(r"\w+(?:[ ’'-]\w+)*")


def of_a_pair(group: Any, key: str, shape: Shape) -> str:
    """``ville: le bois`` where somebody and something are asked for: who was taken for a key."""
    pair = as_pair(key, group[key], shape) if len(group) == 1 else ""
    if len(group) == 1 and not pair and (error := no_day(key)):
        month = re.search(r"\d{4}(-\d\d)?(?= si)", error.hint)
        pair = as_pair(month[0] if month else "inconnu", group[key], shape)
        pair = f"{pair}. {error.message}" if pair else ""
    noted = shape.properties.get("valeur")
    if len(group) == 1 and noted and "note" in shape.properties and isinstance(group[key], str):
        word = next((word.value for word in noted.words if folded(word.value) == folded(key)), "")
        note = json.dumps(group[key], ensure_ascii=False)
        pair = f"{{valeur: {word}, note: {note}}}" if word else pair
    if group == {key: None} and noted:
        return f"Retirez les accolades : {key}"
    if group == {key: None} and "etat" in shape.properties:
        state = consent_meant(key, (word.value for word in shape.properties["etat"].words))
        pair = f"{{etat: {state or 'inconnu'}}}" if state is not None else ""
    return f"Écrivez : {pair}" if pair else ""


def of_a_period(group: Any, path: KeyPath, shape: Shape) -> str:
    """The mend of a date that was written as a group with its two ends, ``{du: 2018, au: 2019}``;
    "" for anything else."""
    if not shape.date or not isinstance(group, dict) or len(group) != 2:
        return ""
    first, last = map(folded, group)
    begins = first in ("du", "de", "debut", "depui", "date-debut", "date-de-debut")
    ends = last in ("au", "a", "fin", "jusque", "date-fin", "date-de-fin")
    text = " à ".join(map(str, group.values()))
    return f"Écrivez : {path[-1]}: {text}" if begins and ends and is_date(text) else ""


def as_pair(key: str, value: Any, shape: Shape) -> str:
    """What somebody wrote as ``key: value``, under the two keys of a group that ask for it:
    ``{quoi: le bois, valeur: 300, unite: €}``; "" for none."""
    day = day_of(key)
    pairs = _DATED if day else _PAIRS
    names = next((pair for pair in pairs if set(pair) <= shape.properties.keys()), None)
    if names == ("qui", "texte") and "qui" not in shape.required:
        return ""  # a text that may say who: the words before its colon are a part of it
    if not names or not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    if set(f"{key}{value}") & set('{}[]"\n'):
        return ""
    name = day or (key if _PLAIN.fullmatch(key) else f'"{key}"')
    if names[1] != "valeur":
        id_ = f"id: {id_for(str(value))}, " if "id" in shape.required else ""
        return f'{{{id_}{names[0]}: {name}, {names[1]}: "{value}"}}'
    amount = parted(value) if isinstance(value, str) else f"valeur: {value}"
    return f"{{{names[0]}: {name}, {amount or f'valeur: {value}'}}}"
