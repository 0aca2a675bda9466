"""From a title and some answers to a new file: its name, its duplicates, what it still needs;
and what it takes from a record that exists: where, about what, with whom. Never a voice. Every
key that was not answered is a comment to fill in."""

from __future__ import annotations

import copy
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from loosbot.corpus import schema, titles
from loosbot.corpus.check import checkedfile, validate
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.entries import sorted_out
from loosbot.corpus.model import Config, Corpus, Finding, Record, Tree
from loosbot.corpus.paths import RECORDS, id_of
from loosbot.corpus.privacy.withdrawals import withdrawn_people
from loosbot.corpus.tree import Overlay
from loosbot.corpus.types import ROW_TYPES
from loosbot.corpus.wording import slug
from loosbot.corpus.yaml.yamltext import Style, mapping_lines
from loosbot.errors import UsageError, UserError
from loosbot.fields.dictionary import Field, about, dictionary, title
from loosbot.fields.saying import is_common, what_it_takes
from loosbot.frozen import dataclass

WORKS = frozenset({"recit", "projet", "fifty-fifty", "reunion"})
"""Types that hold voices."""
_FIRST_WORD = {"acteur": "groupe", "lieu": "site", "role": "habitant"}
"""What stands for a word that nobody chose: the widest, to be looked at again."""
_TO_DO = "À écrire."
_LOOK = "À vérifier : mis par loosbot, faute de réponse."


@dataclass(frozen=True, slots=True)
class ExistingTitles:
    """What the corpus holds already: the file of each title that a page has, whatever its
    case, accents and signs, and every record by id."""

    titles: Mapping[str, str]
    records: Mapping[str, Record]


def known(tree: Tree) -> ExistingTitles:
    """Read the corpus, whatever is wrong in it: a record can be begun beside a broken one."""
    places, _, _ = sorted_out(tree.entries())
    by_path = {place.path: place for place in places}
    taken: dict[str, str] = {}
    records: dict[str, Record] = {}
    for path, source in tree.read(by_path):
        checked = checkedfile.read(by_path[path], source)
        if not isinstance(checked.data, dict) or not isinstance(checked.data.get("titre"), str):
            continue
        if checked.place.kind == "record" and checked.id:
            records[checked.id] = Record(checked.id, checked.name, path, checked.data)
        if checked.place.kind != "config" and checked.has_page:
            taken.setdefault(slug(checked.data["titre"]), path)
    return ExistingTitles(taken, records)


def gone(there: ExistingTitles) -> Callable[[str], bool]:
    """Whether a text names somebody who withdrew, by id or however it is typed."""
    corpus = Corpus(Config(""), there.records, {}, {}, {}, (), {})
    people = [person for person in withdrawn_people(corpus) if not person.field]
    ids = {person.id for person in people}
    return lambda text: text in ids or any(person.unshared_name_in(text) for person in people)


def file_of(type_name: str, name: str) -> str:
    """The path of a record with this file name."""
    return f"{RECORDS}/{type_name}/{name}.yaml"


def require_new(type_name: str, title: str, name: str, there: ExistingTitles) -> None:
    """Raises UserError where this record is there already, with the way to it."""
    same = there.titles.get(slug(title)) if type_name not in ROW_TYPES else None
    other = there.records.get(f"{type_name}/{name}")
    path = same or (other.path if other else "")
    if path:
        whose = f"« {title} »" if same else f"« {other.title if other else name} »"
        raise UserError(
            f"Cette fiche existe déjà : {whose}, {id_of(path)} (dans {path}).",
            "Ouvrez-la pour la compléter. Si c’est autre chose, donnez un titre plus précis, "
            "avec le lieu ou l’année.",
        )


def require_title(type_name: str, title: str) -> None:
    """Raises UsageError for a title that no page can have."""
    fault = titles.fault(title) if type_name not in ROW_TYPES else None
    if fault:
        raise UsageError(fault.message, fault.hint)
    if not slug(title):
        raise UsageError(
            f"« {title} » ne donne pas de nom de fichier.", "Mettez-y une lettre ou un chiffre."
        )


def lacking(type_name: str, data: Mapping[str, Any]) -> Iterator[Field]:
    """The fields that the type requires and that nothing has answered, ``titre`` aside.

    Of a required list of groups: what its first group requires.
    """
    for field in dictionary(type_name):
        if not field.required or field.key == "titre":
            continue
        value = data.get(field.key)
        if field.kind == "items" and not field.short:
            first = value[0] if isinstance(value, list) and value else value or {}
            if not isinstance(first, Mapping):
                continue  # no group of keys: ``faults`` says what it should be
            yield from (
                inner for inner in field.fields if inner.required and inner.key not in first
            )
        elif value is None:
            yield field


def refused(type_name: str, data: Mapping[str, Any], field: Field) -> str:
    """What ``check`` says to write in the place of the answer to ``field`` in ``data``; "" where it
    accepts it."""
    for fault in validate.faults(schema.load(type_name), data):
        keys = tuple(key for key in fault.path if isinstance(key, str))
        if keys[: len(field.path)] == field.path:
            return fault.hint or fault.message
    return ""


def fill(type_name: str, data: dict[str, Any], fields: Iterable[Field]) -> dict[str, str]:
    """Put something in the place of what was not answered; remarks by key, for the file."""
    notes: dict[str, str] = {}
    for field in fields:
        group = data
        for key in field.path[:-1]:
            group = group.setdefault(key, [{}])[0]
        if field.words:
            wanted = _FIRST_WORD.get(type_name if field.key == "genre" else field.key, "")
            words = [word.value for word in field.words]
            group[field.key] = wanted if wanted in words else words[0]
        else:
            group[field.key] = "inconnu" if field.kind in ("number", "links", "link") else _TO_DO
        notes[field.path[0]] = _LOOK
    return notes


def guard(type_name: str, data: dict[str, Any]) -> None:
    """Set each missing consent to ``interne``: nobody is published without having agreed."""
    for voice in (data.get("voix") or ()) if type_name in WORKS else ():
        if isinstance(voice, dict) and "consentement" not in voice:
            before = dict(voice)
            voice.clear()
            for key in ("qui", "role", "nature"):
                if key in before:
                    voice[key] = before.pop(key)
            voice["consentement"] = {"etat": "interne"}
            voice.update(before)
    if type_name == "acteur" and data.get("genre") == "personne":
        data.setdefault("consentement", {"etat": "interne"})


def faults(tree: Tree, path: str, text: str) -> list[Finding]:
    """What ``check`` would call an error in this file."""
    reading = load_corpus(Overlay(tree, {path: text.encode()}), only=[path])
    return [finding for finding in reading.findings if finding.severity == "error"]


KEPT = frozenset(
    {
        "animation", "auteurs", "comptage", "dans", "editeur", "genre", "initiative", "langue",
        "lieu", "niveau", "organisation", "parent", "part_au_faire", "parties_prenantes", "projet",
        "recurrence", "referents", "role", "service", "taille", "themes", "unite",
    }
)  # fmt: skip
"""Keys that a record of the same kind is likely to share. Not its dates, words, figures or sources,
which are of the one thing that it tells; not its consents, which are of one person."""
_SUBJECT = {"projet": "projet", "fifty-fifty": "projet", "lieu": "lieu", "acteur": "organisation"}
"""Type of the record it starts from -> the key that names it."""


def like(type_name: str, base: Record, gone: Callable[[str], bool]) -> dict[str, Any]:
    """The values to begin with; a record of another type is named in the new one.

    ``gone`` tells whether a text names somebody who withdrew: they come into no new file.
    """
    fields = {field.key: field for field in dictionary(type_name)}
    theirs = {field.key: field for field in dictionary(base.type)}
    data = {
        key: kept
        for key in fields
        if key in KEPT and key in base.data and fields[key].simple.words == theirs[key].simple.words
        if (kept := _without(base.data[key], gone)) is not None
    }
    if base.type != type_name:
        key = _SUBJECT.get(base.type, "liens")
        field = fields.get(key)
        if field is None or base.type not in field.simple.targets:
            key = "liens"
        data[key] = [base.id]
    return data


def _without(value: Any, gone: Callable[[str], bool]) -> Any:
    """A copy of a value, None where it is about somebody who withdrew."""
    if isinstance(value, str):
        return None if gone(value) else value
    if isinstance(value, list):
        items = [left for item in value if (left := _without(item, gone)) is not None]
        return items or None
    if isinstance(value, dict):
        left = {key: _without(part, gone) for key, part in value.items()}
        return None if None in left.values() else left
    return copy.deepcopy(value)


HEAD = """\
Les lignes qui commencent par « # » sont des aides : le wiki ne les voit pas. Pour remplir une clé,
retirez son « # » et écrivez derrière les deux-points. Effacez ce qui ne sert pas.
Puis : loosbot check"""
_WIDTH = 100


def sheet(type_name: str, data: Mapping[str, Any], notes: Mapping[str, str], schema: str) -> str:
    """The whole file. ``notes`` are remarks by key; ``schema`` is the path of its schema."""
    lines = [f"# $schema: {schema}"] if schema else []
    lines += _comment(f"{title(type_name)}. {about(type_name)}")
    lines += [f"# {line}" for line in HEAD.split("\n")]
    lines += ["", f"type: {type_name}"]
    for field in dictionary(type_name):
        if field.key in data:
            lines += _comment(notes[field.key]) if field.key in notes else []
            lines += mapping_lines({field.key: data[field.key]}, 0, Style())
    lines.append("")
    for field in dictionary(type_name):
        if field.key not in data:
            lines += _suggested(field)
    return "\n".join(lines).rstrip("\n") + "\n"


def _suggested(field: Field) -> Iterator[str]:
    yield from _comment(f"{field.title} : {field.help}")
    yield f"# {field.key}:{_takes(field)}"
    if field.fields and not is_common(field):
        sign = "- " if field.kind == "items" else "  "
        for inner in field.fields:
            yield f"#   {sign}{inner.key}:{_takes(inner)}"
            sign = "  "
    yield ""


def _takes(field: Field) -> str:
    if field.kind in ("group", "items") and not field.short:
        return ""
    state = " ; inconnu, sans-objet" if field.states else ""
    return f"   # {what_it_takes(field).replace('`', '')}{state}"


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, _WIDTH - 2, break_long_words=False)]
