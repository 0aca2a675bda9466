"""A difference on a page as changes of its file. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from loosbot.corpus.model import KeyPath
from loosbot.corpus.values import STATES, at
from loosbot.corpus.yaml.patch import Change, Insert, Put, Remove
from loosbot.decode.merging import apart
from loosbot.decode.threeway import Difference
from loosbot.decode.voicing import MOVED_ON
from loosbot.fields.parameters import STATED_TOGETHER
from loosbot.fields.slots import Slot
from loosbot.frozen import dataclass
from loosbot.pull.prose import Languages, spliced
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable, Verbatim

BODY: KeyPath = ("",)
"""Path of the Markdown under the front matter of a page: it is no field of it."""

_MAIN = ("texte", "valeur")
"""Keys of a mapping that hold what a bare value would say."""


_ALIKE = 0.5
"""Of the letters of an item; two sentences about other things share less."""
_COMPARED = 400
_FIRST = ("qui", "role", "accord", "nature")
"""Keys of a voice that stand above its consent."""
NO_ROLE = (
    "on ne sait pas d’où parle cette voix : écrivez-le dans son titre, derrière un point médian "
    "(« Marie D. · habitante »), ou dans un encadré « Voix »"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to read a slot back: the file's ``data``, and its prose in both forms."""

    data: Mapping[str, Any]
    names: Names
    languages: Languages


def changes(difference: Difference, reading: Reading) -> list[Change]:
    """What to change in ``reading.data``, for a difference that is no fixed one; of one that
    also clashes, the part that does not.

    Raises ``wikicode.Undecodable`` where YAML cannot say what the page says.
    """
    slot = difference.slot
    if difference.voice:
        return _voice(difference, reading)
    present = at(reading.data, slot.path)
    if difference.splices and difference.ours:
        if slot.kind == "prose":
            text = spliced(
                str(present), difference.ours.texts, difference.splices, reading.languages
            )
            return [Put(slot.path, text) if text else Remove(slot.path)]
        return _items(difference, difference.ours, present, reading.names)
    if difference.kind == "clash" and not difference.splices:
        return []
    if difference.theirs is None or not difference.theirs.texts:
        if present is None:
            return _emptied(slot.path, reading.data)
        return [Remove(slot.path)]
    new = whole(difference.theirs, reading)
    old = whole(difference.base, reading) if difference.base else None
    if old is None or type(old) is not type(new) or slot.kind == "prose":
        return [_put(slot.path, _sayable(new), reading.data)]
    return _granular(slot.path, old, new, present, reading.data)


def at_once(wanted: list[Change], group: KeyPath, after: Mapping[str, Any]) -> list[Change]:
    """The changes of several keys of a group, which then says what it says in ``after``.

    One that holds nothing any more goes, and one of which all is unknown is that word.
    """
    now = at(after, group)
    if now == {}:
        return [Remove(group)]
    keys = STATED_TOGETHER.get(group, ())
    if keys and now in [dict.fromkeys(keys, word) for word in STATES]:
        return [Put(group, now[keys[0]])]
    return wanted


def _voice(difference: Difference, reading: Reading) -> list[Change]:
    """A voice that was put in. Nobody's agreement is supposed: it is written as unknown.

    Nothing where the file has it at its place already.
    """
    key, rank = difference.slot.path
    values = {slot.path[2:]: _sayable(whole(slot, reading)) for slot in difference.voice}
    present = reading.data.get(str(key))
    voices = present if isinstance(present, list) else []
    if difference.waiting:
        written = voices[int(rank)] if int(rank) < len(voices) else {}
        if str(written.get("texte", "")).strip() == str(values.get(("texte",), "")).strip():
            return []
        raise Undecodable(MOVED_ON)
    if ("role",) not in values:
        raise Undecodable(NO_ROLE)
    first = {name: values.pop((name,)) for name in _FIRST if (name,) in values}
    if any(len(path) > 1 for path in values):
        raise Undecodable("cette voix dit plus qu’une voix nouvelle ne peut dire")
    voice = {
        **first,
        "consentement": {"etat": "inconnu"},
        **{str(p[0]): v for p, v in values.items()},
    }
    return [Insert((key, min(int(rank), len(voices))), voice)]


def whole(slot: Slot, reading: Reading) -> Any:
    """The value that a slot shows. Raises ``wikicode.Undecodable``."""
    if slot.kind == "prose":
        return reading.languages.to_markdown("\n\n".join(slot.texts)) + "\n"
    values = [_decoded(text, slot, reading.names) for text in slot.texts]
    return values if slot.kind == "items" else values[0]


def _decoded(text: str, slot: Slot, names: Names) -> Any:
    if slot.decode is None:
        raise Undecodable("ce texte ne vient d’aucun champ de la fiche")
    return slot.decode(text, names)


def _items(difference: Difference, slot: Slot, present: Any, names: Names) -> list[Change]:
    """Changes of the list that ``slot`` shows, the last first so that the indexes before stay
    right. A page of an older format is read as it was written then."""
    if not isinstance(present, list) or len(present) != len(slot.texts):
        raise Undecodable("la page ne montre pas toute la liste du fichier")
    before, after = difference.base or slot, difference.theirs or slot
    changes: list[Change] = []
    parts = [part for splice in difference.splices for part in apart(splice)]
    for splice in reversed(parts):
        old = [_decoded(text, before, names) for text in splice.old]
        new = [_decoded(text, after, names) for text in splice.new]
        both = min(len(old), len(new))
        for extra in range(len(old) - 1, both - 1, -1):
            changes.append(Remove((*slot.path, splice.start + extra)))
        for extra in range(both, len(new)):
            changes.append(Insert((*slot.path, splice.start + extra), _sayable(new[extra])))
        for number in range(both):
            path = (*slot.path, splice.start + number)
            current = present[splice.start + number]
            if isinstance(current, Mapping) or _reworded(old[number], new[number]):
                changes += _granular(path, old[number], new[number], current, None)
            else:
                # what the author noted beside the first goes with it
                below = (*slot.path, splice.start + number + 1)
                changes += [Insert(below, _sayable(new[number])), Remove(path)]
    return changes


def _reworded(old: Any, new: Any) -> bool:
    """Whether an item is still the one that it was, and not another in its place."""
    if old == new or not (isinstance(old, str) and isinstance(new, str)):
        return True
    before, after = old[:_COMPARED].casefold(), new[:_COMPARED].casefold()
    return SequenceMatcher(None, before, after, autojunk=False).ratio() > _ALIKE


def _granular(
    path: KeyPath, old: Any, new: Any, current: Any, data: Mapping[str, Any] | None
) -> list[Change]:
    """Only what differs between two values, where the file holds a mapping."""
    if old == new:
        return []
    if not isinstance(current, Mapping):
        return [_put(path, _sayable(new), data)]
    before, after = (_as_mapping(value, current) for value in (old, new))
    changes: list[Change] = []
    for key in [*after, *(name for name in before if name not in after)]:
        if key not in after:
            if key in current:
                changes.append(Remove((*path, key)))
        elif before.get(key) != after[key]:
            sides = before.get(key), after[key], current.get(key)
            if all(isinstance(side, Mapping) for side in sides):
                changes += _granular((*path, key), *sides, None)
            else:
                changes.append(Put((*path, key), _sayable(after[key])))
    return changes


def _as_mapping(value: Any, current: Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    main = next((key for key in _MAIN if key in current), None)
    if main is None:
        raise Undecodable("la fiche dit plus à cet endroit que la page ne montre")
    return {main: value}


def _put(path: KeyPath, value: Any, data: Mapping[str, Any] | None) -> Put:
    """Put, under a group that is only a word (``inconnu``) in place of the word."""
    length = _word_above(path, data) if data is not None else 0
    if not length:
        return Put(path, value)
    for key in reversed(path[length + 1 :]):
        value = {key: value}
    return Put(path[:length], {**_as_shown(path[:length], data), str(path[length]): value})


def _emptied(path: KeyPath, data: Mapping[str, Any]) -> list[Change]:
    """What a parameter loses that shows the word of its whole group: the others keep it."""
    length = _word_above(path, data)
    shown = _as_shown(path[:length], data) if length else {}
    if path[length:] not in [(key,) for key in shown]:
        return []
    rest = {key: word for key, word in shown.items() if key != path[-1]}
    return [Put(path[:length], rest) if rest else Remove(path[:length])]


def _word_above(path: KeyPath, data: Mapping[str, Any] | None) -> int:
    """How many keys of ``path`` lead to a word in the place of a group; 0 where none does."""
    for length in range(1, len(path)):
        holder = at(data, path[:length])
        if holder is not None and not isinstance(holder, Mapping | list):
            return length
    return 0


def _as_shown(group: KeyPath, data: Mapping[str, Any] | None) -> dict[str, Any]:
    """A group that is only a word, key by key as its page shows it."""
    return dict.fromkeys(STATED_TOGETHER.get(group, ()), at(data, group))


def _sayable(value: Any) -> Any:
    """The value, if nothing in it is wikitext that was only compared."""
    if isinstance(value, Verbatim):
        raise Undecodable("ces mots se composent de plusieurs champs : modifiez le fichier")
    if isinstance(value, Mapping):
        return {key: _sayable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_sayable(item) for item in value]
    return value
