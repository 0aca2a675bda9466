"""One value as the text of a cell, and back.

A cell that nobody changed is never read back, so what cannot be typed in a cell only has to be
shown, and refused where somebody changes it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from loosbot.corpus.check.misplaced import another_word
from loosbot.corpus.wording import did_you_mean, nearest, quoted
from loosbot.errors import LoosbotError
from loosbot.exchange.sheets import Column
from loosbot.fields.dictionary import MANY, Field
from loosbot.fields.vocabulary import STATES, fold
from loosbot.parsing import MAX_DIGITS, decimal_number, whole_number

MISSING: Any = object()
"""What stands at a place where the record has no value."""
BEYOND = "⟨à changer dans le fichier⟩"
_YEAR = re.compile(r"[0-9]{4}")
_WHOLE = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?[0-9]+[.,][0-9]+")
_BETWEEN = re.compile(r"[;,]\s*")
_ID = re.compile(r"[a-z]+(?:-[a-z]+)*/[a-z0-9]+(?:-[a-z0-9]+)*")
_REFERENCE = re.compile(r"(?:source/)?[a-z0-9]+(?:-[a-z0-9]+)+(?: (?:p|n)\. .*| § .*)?")
"""A source with its passage; a name of one word may as well be the passage of the one before."""
_POINT_OF_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_THOUSANDS = re.compile(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))")


class Unplaceable(LoosbotError, ValueError):
    """The text of a cell is no value of its field; ``str()`` is a French sentence."""


def look(node: Any, chain: tuple[Field, ...], short: str) -> Any:
    """The value at the end of ``chain``; a value alone is that of the key ``short``."""
    for field in chain:
        if isinstance(node, Mapping):
            node = node.get(field.key, MISSING)
        elif short != field.key:
            return MISSING
        short = field.short
    return MISSING if node is None else node


def written(node: Any, column: Column, short: str) -> str:
    """The text of the cell of a record, or of an item."""
    value = look(node, column.chain, short)
    if value is MISSING:
        return ""
    if column.state:
        return value if isinstance(value, str) and value in STATES else ""
    return encode(value, column.field)


def encode(value: Any, field: Field) -> str:
    """The text of a cell; :data:`BEYOND` for what no cell can hold."""
    if not isinstance(value, list):
        return _scalar(value, field)
    texts = [_scalar(item, field) for item in value]
    if not value or not all(texts) or any("\n" in text or text == BEYOND for text in texts):
        return BEYOND
    # a list of the one word « inconnu » would be read as the state of the field
    return BEYOND if len(texts) == 1 and texts[0] in STATES else "\n".join(texts)


def _scalar(value: Any, field: Field) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return BEYOND
    if isinstance(value, int | float):
        return str(value).replace(".", ",") if "e" not in str(value) else BEYOND
    if field.words and value not in STATES:
        labels = {word.value: word.title for word in field.words}
        label = labels.get(value, value)
        return label if list(labels.values()).count(label) == 1 else value
    # the line feed that ends a block of text would be an empty line in a cell
    return value.removesuffix("\n")


_BOOLEANS = {"true": "Oui", "vrai": "Oui", "false": "Non", "faux": "Non"}
"""What a spreadsheet makes of yes and no, folded."""


def decode(text: str, field: Field, old: Any) -> Any:
    """The value that a cell's text stands for; ``old`` is the one before, whose form it keeps.

    Raises Unplaceable.
    """
    if text.strip() in STATES and field.states:
        return text.strip()
    if text == BEYOND:
        raise Unplaceable("Ce qui est écrit ici ne se copie pas dans une autre case.")
    if field.kind not in MANY:
        return _value(text, field, old)
    typed = (line.strip() for line in text.split("\n"))
    lines = [part for line in typed if line for part in _parts(line, field)]
    values = [_value(line, field, MISSING) for line in lines]
    alone = field.alone and not isinstance(old, list)
    return values[0] if alone and len(values) == 1 else values


def _parts(line: str, field: Field) -> list[str]:
    """The items that somebody put on one line, « Voirie ; Énergie »; the line alone where it is
    one item, or not surely several."""
    parts = [part.strip() for part in _BETWEEN.split(line) if part.strip()]
    if len(parts) < 2:
        return [line]
    if field.words:
        known = {fold(name) for word in field.words for name in (word.value, word.title)}
        several = fold(line) not in known and all(fold(part) in known for part in parts)
    else:
        form = {"links": _ID, "references": _REFERENCE}.get(field.kind)
        several = form is not None and all(map(form.fullmatch, parts))
    return parts if several else [line]


def _value(text: str, field: Field, old: Any) -> Any:
    if field.words:
        return _word(text.strip(), field)
    if field.kind == "date":
        day = text.strip()
        return int(day) if _YEAR.fullmatch(day) and not isinstance(old, str) else day
    if field.kind == "number":
        if field.free and isinstance(old, str) and _NUMBER.fullmatch(old):
            return text  # « 1,50 » is a number as a person writes it
        return _number(text, field)
    if "\n" not in text:
        text = text.strip()
        if isinstance(old, str) and old.strip() == text:
            return old  # a blank behind a word, which nobody sees in a cell
    ending = "\n" if isinstance(old, str) and old.endswith("\n") else ""
    if field.kind == "text" and "\n" in text:
        ending = "\n"
    return text + ending


def _word(text: str, field: Field) -> str:
    wanted = fold(text)
    for word in field.words:
        if text == word.value or wanted in (fold(word.value), fold(word.title)):
            return word.value
    titles = {word.title: word.title for word in field.words}
    near = nearest(_BOOLEANS.get(wanted, text), titles)
    hint = f" {did_you_mean(near)}" if near else ""
    if other := another_word(text, field.words, whole=True):
        hint = f" Cela se dit « {other.title} » ici."
    raise Unplaceable(f"{quoted(text)} n’est pas un mot de la liste.{hint}")


def _number(text: str, field: Field) -> Any:
    plain = _THOUSANDS.sub("", text.strip())
    if field.free and _POINT_OF_THOUSANDS.fullmatch(plain):
        return text  # twelve and a half, or twelve thousand: check asks
    whole = bool(_WHOLE.fullmatch(plain))
    if whole and (count := whole_number(plain)) is not None:
        return count
    if _NUMBER.fullmatch(plain) and not field.whole:
        number = decimal_number(plain.replace(",", "."))
        if number is not None:
            return number
    if whole:
        raise Unplaceable(
            f"{quoted(text)} a plus de {MAX_DIGITS} chiffres : ce n’est pas un nombre."
        )
    if field.free:
        return text
    raise Unplaceable(f"{quoted(text)} n’est pas un nombre{' entier' if field.whole else ''}.")


def assign(holder: Any, key: Any, chain: tuple[Field, ...], short: str, value: Any) -> None:
    """Put a value (or, for MISSING, nothing) at the end of ``chain``, below ``holder[key]``.

    A fact keeps the form that it has: a value alone becomes a group only when more is known of
    it, and a group of which nothing is left goes.
    """
    node = holder.get(key, MISSING) if isinstance(holder, dict) else holder[key]
    node = MISSING if node is None else node
    if not chain:
        if value is not MISSING:
            holder[key] = value
        elif node is not MISSING:
            del holder[key]
        return
    field, rest = chain[0], chain[1:]
    if not isinstance(node, dict):
        alone = short == field.key and not rest
        if value is MISSING and (node is MISSING or not alone):
            return
        if alone:
            assign(holder, key, (), "", value)
            return
        # a group that was « inconnu » becomes a mapping
        keeps = node is not MISSING and short
        node = holder[key] = {short: node} if keeps else {}
    assign(node, field.key, rest, field.short, value)
    if not node:
        del holder[key]
