"""A quantity in a parameter: a number alone, or a call that says of what and how it was counted."""

from __future__ import annotations

from typing import Any

from loosbot.fields.certainty import SOURCES
from loosbot.fields.codecs import DATE, NUMBER, SENTENCE, TEXT, Codec, word
from loosbot.fields.vocabulary import fold
from loosbot.wikitext import wikicode
from loosbot.wikitext.blocks import inline_call
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable

_QUANTITY: tuple[tuple[str, str, Codec], ...] = (
    ("valeur", "valeur", NUMBER),
    ("unité", "unite", TEXT),
    ("quoi", "quoi", SENTENCE),
    ("comptage", "comptage", SENTENCE),
    ("date", "date", DATE),
    ("statut", "statut", word("statut-fait")),
    ("sources", "sources", SOURCES),
    ("note", "note", SENTENCE),
)


def _encode_quantity(value: Any, names: Names) -> str:
    if not isinstance(value, dict):
        return NUMBER.encode(value, names)
    named = {
        parameter: codec.encode(value[key], names)
        for parameter, key, codec in _QUANTITY
        if key in value
    }
    return str(inline_call(names, "Quantité", **named))


def _decode_quantity(wikitext: str, names: Names) -> Any:
    calls, rest = wikicode.take_templates(wikitext, {names.template("Quantité")})
    if not calls:
        return NUMBER.decode(wikitext, names)
    if len(calls) > 1 or rest or calls[0].hidden:
        raise Undecodable("une seule quantité par paramètre")
    values = calls[0].values
    known = {fold(parameter): (key, codec) for parameter, key, codec in _QUANTITY}
    quantity: dict[str, Any] = {}
    for parameter, text in values.items():
        if fold(parameter) not in known:
            raise Undecodable(f"{{{{Quantité}}}} n’a pas de paramètre « {parameter} »")
        key, codec = known[fold(parameter)]
        if text:
            quantity[key] = codec.decode(text, names)
    if "valeur" not in quantity:
        raise Undecodable("{{Quantité}} sans valeur")
    return quantity


QUANTITY = Codec(_encode_quantity, _decode_quantity)
