"""One line of a list back to what it says: statements, lessons, words, people, terms of office.

Each function is the inverse of the one that writes the line (``fields.statements``,
``fields.stages``, ``render.projet``, ``render.acteur``). A line is given without its bullet.
"""

from __future__ import annotations

import re
from typing import Any

from loosbot.corpus.dates import is_date
from loosbot.corpus.french import typographic
from loosbot.corpus.model import KeyPath
from loosbot.fields.codecs import DATE, LINKS, beyond_certainty, fact, sources_of, word
from loosbot.fields.slots import Decoder, Slot, fixed
from loosbot.fields.statements import small_first, state_of
from loosbot.fields.vocabulary import STATES, fold, vocabulary
from loosbot.wikitext import wikicode
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable, Verbatim

_SAID = re.compile(r"(?P<text>.*?)[ \t\n]*<small>\((?P<said>.*)\)</small>", re.DOTALL)
_EVENT = re.compile(r"(?:<b>(?P<head>.*?)</b>\s*:\s*)?(?P<text>.*)", re.DOTALL)
_AXES = re.compile(r"(?P<text>.*?)[ \t\n]*<small>\[(?P<axes>.*)\]</small>", re.DOTALL)
_WORD = re.compile(r"'''(?P<label>.*?)'''\s*(?::\s*(?P<said>.*))?", re.DOTALL)
_LINKED = re.compile(r"\[\[(?P<target>[^]|]*)\|(?P<label>[^]]*)\]\]")
_FOLLOW_UP = re.compile(r"^\*\*\s*Suite\s*:\s*", re.MULTILINE)


def listed(text: str, path: KeyPath, label: str, decode: Decoder) -> list[Slot]:
    """The slot of a bulleted list, or of the sentence that stands for it (``inconnu``)."""
    state = state_said(text)
    if state:
        return [Slot(path, "value", (text.strip(),), label, lambda one, names: state_said(one))]
    before, lines = bullet_lines(text)
    found = [Slot(path, "items", tuple(lines), label, decode)] if lines else []
    return found + fixed(before, label)


def bullet_lines(text: str) -> tuple[str, list[str]]:
    """What comes before the first bullet, and the items without theirs.

    An item holds the lines after it, up to the next item of the first level.
    """
    before, *items = re.split(
        r"^\*(?![*#:;])[ \t]*", f"\n{wikicode.trim(text)}", flags=re.MULTILINE
    )
    return before.strip(), [wikicode.trim(one) for one in items]


def state_said(text: str) -> str:
    """``inconnu`` or ``sans-objet`` where the text is the sentence that says so; else ""."""
    said = fold(text.strip(" \n'."))
    return next(
        (
            state
            for state, shown in STATES.items()
            if said in (fold(shown), fold(state_of(state).strip(" '.")))
        ),
        "",
    )


def statement(line: str, names: Names) -> Any:
    """An ``enonce``: its text alone, or a mapping with who, when, status and sources."""
    rest, found = _certainty(line, names)
    said = _SAID.fullmatch(rest)
    if said:
        found = {**_who_and_when(said["said"], names), **found}
        rest = said["text"]
    text = plain_inside(wikicode.trim(rest))
    if not text:
        raise Undecodable("une ligne de la liste est vide")
    return {"texte": text, **found} if found else text


def lesson(line: str, names: Names) -> Any:
    """An ``enseignement``; its follow-up must stay as it was written."""
    first, *others = _FOLLOW_UP.split(line)
    if len(others) > 1:
        raise Undecodable("une leçon n’a qu’une suite")
    value = statement(wikicode.trim(first), names)
    if not others:
        return value
    # what a follow-up says is written in words: it is compared, never taken apart
    kept = {"suite": Verbatim(others[0].strip())}
    return {**value, **kept} if isinstance(value, dict) else {"texte": value, **kept}


def vocabulary_word(name: str) -> Decoder:
    """``'''Label''' : what it was here``; a definition there belongs to the vocabulary."""

    def decode(line: str, names: Names) -> Any:
        rest, found = _certainty(line, names)
        notes, rest = wikicode.take_templates(rest, {names.template("Précision")})
        if notes:
            found["note"] = plain_inside(notes[0].values.get("texte", ""))
            beyond = beyond_certainty(notes, names)
            found |= {"{{Précision}}": beyond} if beyond else {}
        match = _WORD.fullmatch(wikicode.trim(rest))
        label = match["label"] if match else wikicode.trim(rest)
        linked = _LINKED.fullmatch(label.strip())
        label = plain_inside(linked["label"] if linked else label)
        value = vocabulary(name).word(label)
        if value is None:
            raise Undecodable(f"« {label} » n’est pas dans le vocabulaire « {name} »")
        ours = names.definition(name, value, label) if linked else None
        if linked and (ours is None or linked[0].strip() != ours):
            raise Undecodable("le lien d’un mot mène à sa définition, et nulle part ailleurs")
        said = plain_inside((match["said"] or "").strip()) if match else ""
        term = vocabulary(name).terms.get(value)
        defined = small_first(term.definition) if term else ""
        if said and typographic(said) != typographic(defined):
            if "note" in found:
                raise Undecodable("un mot n’a qu’une précision")
            found["note"] = said
        return {"valeur": value, **found} if found else value

    return decode


def event(line: str, names: Names) -> Any:
    """One step of ``deroule``."""
    rest, found = _certainty(line, names)
    value: dict[str, Any] = {}
    axes = _AXES.fullmatch(wikicode.trim(rest))
    if axes:
        rest = axes["text"]
    match = _EVENT.fullmatch(wikicode.trim(rest))
    assert match is not None  # noqa: S101 - every text matches
    if match["head"]:
        value |= _when_and_title(match["head"], names)
    value["texte"] = plain_inside(wikicode.trim(match["text"]))
    if axes:
        value |= _axes(axes["axes"], names)
    return {**value, **found}


def plain_inside(wikitext: str) -> str:
    """The text of a piece that does not begin its line: a star at its start is no bullet."""
    return wikicode.plain(f"x{wikitext}")[1:]


def text_line(line: str, names: Names) -> Any:
    """A line that is nothing but text."""
    return plain_inside(line)


def with_certainty(text: str, names: Names) -> tuple[str, dict[str, Any]]:
    """A text without its status and its sources, and what these say (``statut``, ``sources``)."""
    return _certainty(text, names)


def _certainty(line: str, names: Names) -> tuple[str, dict[str, Any]]:
    known = {names.template(one): one for one in ("Statut", "Source")}
    calls, rest = wikicode.take_templates(line, set(known))
    found: dict[str, Any] = {}
    states = [call for call in calls if known[call.name] == "Statut"]
    sources = [call for call in calls if known[call.name] == "Source"]
    if states:
        found["statut"] = word("statut-fait").decode(states[0].values.get("1", ""), names)
    if sources:
        found["sources"] = sources_of(sources)
    beyond = beyond_certainty(calls, names)
    return rest, {**found, "au-delà": beyond} if beyond else found


def _who_and_when(said: str, names: Names) -> dict[str, Any]:
    date = _date(said, names)
    if date is not None:
        return {"date": date}
    who, comma, when = said.rpartition(", ")
    date = _date(when, names) if comma else None
    if date is not None:
        return {"qui": LINKS.decode(who, names), "date": date}
    return {"qui": LINKS.decode(said, names)}


def _when_and_title(head: str, names: Names) -> dict[str, Any]:
    date = _date(head, names)
    if date is not None:
        return {"date": date}
    when, dash, title = head.partition(" – ")
    date = _date(when, names) if dash else None
    if date is not None:
        return {"date": date, "titre": plain_inside(title)}
    return {"titre": plain_inside(head)}


def _date(wikitext: str, names: Names) -> Any:
    """A date as YAML has it, None where these words are no date."""
    try:
        value = DATE.decode(wikitext, names)
    except Undecodable:
        return None
    return value if value in STATES or is_date(value) else None


def _axes(text: str, names: Names) -> dict[str, Any]:
    """``niveau`` and ``part_au_faire``: two vocabularies without a word in common."""
    found: dict[str, Any] = {}
    for one in text.split(", "):
        for key, name in (("niveau", "niveau"), ("part_au_faire", "part-au-faire")):
            try:
                found.setdefault(key, fact(word(name)).decode(one, names))
                break
            except Undecodable:
                continue
        else:
            raise Undecodable(f"« {one} » n’est ni un niveau ni une part au faire")
    return found
