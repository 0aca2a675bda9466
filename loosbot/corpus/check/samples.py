"""A value that was given in the wrong form, written in the right one, ready to copy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from loosbot import lazy
from loosbot.corpus.check.amounts import parted
from loosbot.corpus.dategrammar import DateError
from loosbot.corpus.dates import is_date
from loosbot.corpus.dateslips import in_digits
from loosbot.corpus.schema import Shape
from loosbot.corpus.unwritten import cited
from loosbot.corpus.values import leaves
from loosbot.corpus.wording import folded, nearest, slug, without_accents
from loosbot.corpus.yaml.pasted import BULLETS, DASHES

_LONGEST = 300
_FEW = 16
"""Words of a vocabulary that a hint has room for."""
MAIN = (
    *("valeur", "texte", "constat", "quoi", "etat", "document", "faits", "objet"),
    *("repere", "titre", "message", "qui"),
)
"""Keys that hold what a group is about, the first one that it has."""
_PLAIN = lazy.pattern(r"[A-Za-zÀ-ÿ0-9][\w/.-]*", re.UNICODE)
_FILE = lazy.pattern(r"[^\n]{1,200}\.[A-Za-z]{3,4}")
_AROUND = lazy.pattern(rf"\A[(\[{{\s“‘{BULLETS}{DASHES}-]+|[)\]}}.\s”’]+\Z")
_BETWEEN = lazy.pattern(rf"[,;{BULLETS}]|\s[{DASHES}/-]\s|\set\s")
_LETTERS = "olvqüØ§~_+"
"""What bullets become in a plain text."""
_MARK = lazy.pattern(
    r"(?:\A|\s)\(?(?:(?P<number>[1-9]\d?)(?:\s?[.)/°]\)?|\s?[:–—-](?=\s))"
    r"|(?P<letter>[a-z])[.)/])\s*(?=\S)",
    re.ASCII,
)
"""The number or the letter of an item."""
_ROW = lazy.pattern(
    r"(?P<what>[^\W\d_][^\d;|]{0,80}?)[\s;|:=–—-]+(?P<number>\d{1,3}(?:[.\u00a0\u202f ]\d{3})*"
    r"(?:[.,]\d{1,2})?|\d{1,15}(?:[.,]\d{1,2})?)"
    r"[\s;|]*(?P<unit>k?€|euros?|%|h|heures?|jours?|m²|kg|m)?(?=[\s;|]|\Z)[\s;|]*"
)
"""A row of a pasted table: what, and how much."""
_DATE_FIRST = lazy.pattern(r"([^:–—]{4,40}?)\s*(?::|[–—-]|,)\s+(\S.*)")
_NAMES = lazy.pattern(r"\s*[;,]\s*|\s+[/|]\s+")
_COMMAS = lazy.pattern(r"[,;]")
_NAME = lazy.pattern(r"[A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'.-]*){0,2}")
_DEGREES = lazy.pattern(r"(-?[0-9]{1,3}[.,][0-9]{1,9})°?\s*[,;/ ]\s*(-?[0-9]{1,3}[.,][0-9]{1,9})°?")
_ANGLE = (
    r"(?P<d{0}>[0-9]{{1,3}})\s*°\s*(?P<m{0}>[0-9]{{1,2}})\s*['’′]"
    r"\s*(?:(?P<s{0}>[0-9]{{1,2}}(?:\.[0-9]{{1,4}})?)\s*(?:[\"”″]|''))?"
)
_ANGLES = lazy.pattern(
    rf"(?P<north>{_ANGLE.format(1)}\s*[NS])\s*[,;/]?\s*(?P<east>{_ANGLE.format(2)}\s*[EOW])"
)
_NUMBER = lazy.pattern(r"\s*(-?[0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*°?\s*([NSEOW]?)\s*", re.ASCII)
_ANGLE_ALONE = lazy.pattern(rf"{_ANGLE.format(1)}\s*(?P<way>[NSEOW])?")
_YES = frozenset(("oui", "o", "yes", "true", "vrai", "ok", "accord", "accorde", "donne", "signe"))
_NO = frozenset(
    (
        *("non", "no", "n", "false", "faux", "pas", "jamais", "sans", "contre", "retrait"),
        *("refus", "refuse", "refusee", "oppose", "opposee", "opposition", "retire", "retiree"),
    )
)


def explained(shape: Shape) -> str:
    """What a value means, and the words that it is written with, where they are few."""
    words = shape.words or (shape.items.words if shape.items else ())
    if not 0 < len(words) <= _FEW:
        return shape.description
    return f"{shape.description} Mots possibles : {', '.join(word.value for word in words)}."


def as_list(value: Any, items: Shape) -> str:
    """``value`` as the list that it should have been: ``["Le bac est plein, sauf en août."]``."""
    if isinstance(value, dict):
        return f"[{_flow(value)}]"
    text = " ".join(str(value).split())
    if items.words or items.links:
        known = {folded(word.title): word.value for word in items.words}
        known |= {folded(word.value): word.value for word in items.words}
        # a list that was pasted with its signs: « (voirie, energie) », « • voirie • energie »
        bare = _AROUND.sub("", text)
        # a title may have « et » in it: « Déchets et propreté, Énergie »
        for sign in (_COMMAS, _BETWEEN):
            parts = [part.strip() for part in sign.split(bare) if part.strip()]
            if all(folded(part) in known for part in parts):
                break
        if all(folded(word) in known for word in bare.split()):
            parts = bare.split()
        if items.links or all(folded(part) in known for part in parts):
            return f"[{', '.join(_scalar(known.get(folded(part), part)) for part in parts)}]"
    if items.types == {"string"} and not (items.linked or items.markdown or items.leads):
        # other names of a record, each of which is looked for
        return f"[{', '.join(_scalar(name) for name in _NAMES.split(text) if name)}]"
    if items.source:
        words, passage = cited(text)
        return f"[{_scalar(f'{words}{passage}')}]"
    if several := _several(text, items):
        return f"[{', '.join(several)}]"
    if "champs" in items.properties:  # the columns of an index, each the name of a field
        return f"[{', '.join(_scalar(name) for name in _NAMES.split(text) if name)}]"
    if items.properties and "string" not in items.types:
        return f"[{as_group(text, items)}]"
    return f"[{_scalar(text)}]"


def _several(text: str, items: Shape) -> list[str]:
    """Each of the quantities or of the persons of « 300 €, 20 h » or « Ada E. et Jean D. »; none
    where it is one person, or a sentence."""
    if {"valeur", "unite"} <= items.properties.keys():
        pairs = [parted(part.strip()) for part in re.split(r", |;| et ", text)]
        if all(pairs):
            return [f"{{{pair}}}" for pair in pairs]
        rows = [
            (row["what"], parted(f"{row['number']} {row['unit'] or '€'}"), row["unit"])
            for row in _ROW.finditer(text)
        ]
        if _ROW.sub("", text).strip(" |;") or len(rows) < 2 or not all(pair for _, pair, _ in rows):
            return []
        return [
            f"{{quoi: {_scalar(what)}, {pair if unit else pair.partition(',')[0]}}}"
            for what, pair, unit in rows
        ]
    if items.required == ("qui",) or set(items.required) == {"qui"}:
        names = [name.strip() for name in re.split(r",|;| et ", text)]
        if len(names) > 1 and all(map(_NAME.fullmatch, names)):
            return [f"{{qui: {_scalar(name)}}}" for name in names]
    return []


def bulleted(value: str) -> list[str]:
    """The sentences of a list that was pasted with its signs, « • un banc • un bac » or « o un banc
    o un bac »; none where the value does not begin with one."""
    sign = value.lstrip()[:1]
    if not sign or sign not in BULLETS + DASHES + _LETTERS:
        return []
    signs = BULLETS if sign in BULLETS else sign
    parts = [part for part in re.split(rf"(?:\A|\s)[{signs}]\s", value) if part.strip()]
    return (
        [] if sign in _LETTERS and len(parts) == 1 else [" ".join(part.split()) for part in parts]
    )


def counted_items(value: str) -> list[str]:
    """The sentences of a list that was pasted with its numbers or letters, « 1/ un banc 2/ un
    bac »; none where there are not two that follow each other from the first one on."""
    starts: list[re.Match[str]] = []
    for mark in _MARK.finditer(value):
        rank = len(starts)
        if mark["number"] == str(rank + 1) or mark["letter"] == "abcdefghijklmnopqrstuvwxyz"[rank]:
            starts.append(mark)
    if len(starts) < 2 or starts[0].start():
        return []
    ends = [*(mark.start() for mark in starts[1:]), len(value)]
    return [
        " ".join(value[mark.end() : end].split()) for mark, end in zip(starts, ends, strict=True)
    ]


def day_of(text: str) -> str:
    """A date as it is to be written, also for 15/06/2018; "" for anything else."""
    if is_date(text):
        return text
    try:
        return in_digits(text.strip())
    except DateError:
        return ""


def no_day(text: str) -> DateError | None:
    """What is wrong with a day in digits that no calendar has; None for anything else."""
    try:
        in_digits(text.strip())
    except DateError as error:
        return error
    return None


def _dated(text: str, shape: Shape) -> str:
    """« 2021 - la fête » or « 12/05/2022 : rien » as its date and what happened then; "" for
    anything else."""
    what = next((key for key in ("constat", "texte") if key in shape.required), "")
    parts = _DATE_FIRST.fullmatch(text)
    if not (what and parts and "date" in shape.properties and (day := day_of(parts[1]))):
        return ""
    return f"{{date: {day}, {what}: {_scalar(parts[2])}}}"


def as_group(value: Any, shape: Shape) -> str:
    """``value`` under the key that it is about, beside the keys that must be there."""
    if dated := _dated(str(value), shape):
        return dated
    if "etat" in shape.properties and not isinstance(value, list):
        state = consent_meant(value, (word.value for word in shape.properties["etat"].words))
        if state is not None:
            return _consent(state, " ".join(str(value).split()))
    if {"latitude", "longitude"} <= shape.properties.keys() and (point := _point(str(value))):
        return f"{{latitude: {point[0]}, longitude: {point[1]}}}"
    main = _place_of(value, shape) or main_key(shape)
    keys = [key for key in shape.properties if key in shape.required or key == main]
    if not keys:
        keys = list(shape.properties)[:2]
    filled = [f"{key}: {_filled(key, main, value, shape.properties[key])}" for key in keys]
    return "{" + ", ".join(filled) + "}"


def in_one_line(item: Any) -> str:
    """An item of a list, with the words that its colons made keys."""
    if not isinstance(item, dict):
        return ", ".join(map(str, leaves(item)))
    return ", ".join(f"{key} : {in_one_line(value)}" for key, value in item.items())


def main_key(shape: Shape) -> str:
    """The key of a group that holds what it is about, "" where it has none."""
    alone = shape.required[0] if len(shape.required) == 1 else ""
    return next((key for key in MAIN if key in shape.properties), alone)


def _point(text: str) -> tuple[float, float] | None:
    """The latitude and the longitude of « 50,45 ; 2.79 » or « 50°27'12"N 2°47'E »; None for
    anything else."""
    if parts := _ANGLES.fullmatch(text.strip().upper()):
        north, east = degrees(parts["north"]), degrees(parts["east"])
        return (north, east) if north is not None and east is not None else None
    if parts := _DEGREES.fullmatch(text.strip(" ()[]")):
        north, east = (float(part.replace(",", ".")) for part in parts.groups())
        return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None
    return None


def degrees(text: str) -> float | None:
    """The degrees of one angle, « 2°47'36\"E »; None for anything else."""
    parts = _ANGLE_ALONE.fullmatch(text.strip().upper())
    if parts is None:
        return None
    if int(parts["m1"]) > 59 or float(parts["s1"] or 0) >= 60:
        return None
    size = float(parts["d1"]) + float(parts["m1"]) / 60 + float(parts["s1"] or 0) / 3600
    return round(-size if parts["way"] in ("S", "O", "W") else size, 5)


def as_number(text: str) -> str:
    """How to write a number between quotation marks, with a comma or a point of the compass,
    « 2,79° O »; "" for any other text."""
    if (angle := degrees(text)) is not None:
        return f"Écrivez les degrés en décimales : {angle}"
    number = _NUMBER.fullmatch(text.upper())
    if number is None:
        return ""
    sign = "-" if number[2] in ("S", "O", "W") else ""
    written = number[1].replace(",", ".")
    return f"Un nombre s’écrit sans guillemets, avec un point : {sign}{written}"


def _place_of(value: Any, shape: Shape) -> str:
    """The key that a value tells by its form, "" for none: a date, a file, a word of a list."""
    text = str(value)
    for key, child in shape.properties.items():
        if (
            (child.date and is_date(text))
            or (key == "fichier" and _FILE.fullmatch(text))
            or any(folded(text) in (folded(word.value), folded(word.title)) for word in child.words)
        ):
            return key
    return ""


def id_for(words: str) -> str:
    """An identifier of a promise, made of its first words."""
    name = "-".join(slug(words).split("-")[:5])
    return f"n-{name}" if name.isdigit() else name or "nom"


def _filled(key: str, main: str, value: Any, shape: Shape) -> str:
    if key == main:
        if key == "fichier":  # « C:\Users\Marie\banc.jpg » is the name of a file here
            value = re.split(r"[\\/]", str(value))[-1]
        words = {folded(word.value): word.value for word in shape.words}
        if not words:
            if shape.items is not None and "string" not in shape.types:
                return as_list(value, shape.items)
            return _scalar(" ".join(str(value).split()))
        return words.get(folded(str(value)), shape.words[0].value)
    if key == "id":
        return id_for(str(value))
    if key == "fichier":
        return "nom-du-fichier.jpg"
    if shape.state:
        return "inconnu"
    if key == "alt":
        return '"ce que l’on y voit"'
    if shape.words:
        return shape.words[0].value
    if shape.items is not None and shape.items.words:
        return f"[{shape.items.words[0].value}]"
    return "2018" if shape.date else "inconnu"


def _consent(state: str, words: str) -> str:
    """A consent with this state, "" for what is not clear, and what was said of it."""
    is_state = " " not in words and state and nearest(words, (state,))
    if is_state or folded(words) in ("oui", "non", "true", "false"):
        return f"{{etat: {state}}}"
    where = "motif" if state == "retire" else "preuve"
    return f"{{etat: {state or 'inconnu'}, {where}: {_scalar(words)}}}"


def consent_meant(value: Any, words: Iterable[str]) -> str | None:
    """The state of a consent written in other words: ``oui, signé`` is ``public``, ``refus`` is
    ``retire``; "" where it says neither or both, None for the words of another vocabulary.

    Nobody is shown because of a guess: what is not clear is no yes.
    """
    states = list(words)
    if not {"public", "retire"} <= set(states):
        return None
    tokens = set(re.findall(r"\w+", without_accents(str(value))))
    yes, no = tokens & _YES, tokens & _NO
    if no:
        return "" if yes - {"accord"} else "retire"
    if yes:
        return "public"
    return (nearest(str(value), states) if " " not in str(value).strip() else "") or ""


def _scalar(text: str) -> str:
    """A text as it stands between brackets: quoted unless it is one word."""
    shortened = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    if _PLAIN.fullmatch(shortened) and not shortened.replace(".", "").isdigit():
        return shortened
    return json.dumps(shortened, ensure_ascii=False)


def _flow(group: dict[str, Any]) -> str:
    pairs = [
        f"{key}: {_scalar(' '.join(str(value).split()))}"
        for key, value in group.items()
        if isinstance(value, str | int)
    ]
    return "{" + ", ".join(pairs[:4]) + (", …" if len(pairs) > 4 else "") + "}"
