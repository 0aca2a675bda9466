"""Write into pages/modeles/ what the visual editor must know of each parameter: its type, and the
words it may be.

Derived from the schemas through the dictionary of fields, so that a word added to a vocabulary is
offered in the dialog of the template too. Run it after a change of a vocabulary or of a field: a
test says when it is due. With ``--check`` nothing is written; the files that differ are named, and
the exit code tells whether there are any.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache

from loosbot import resources
from loosbot.corpus.stages import PLANNED, UNPROVED
from loosbot.corpus.types import TYPES
from loosbot.fields import dictionary
from loosbot.fields.dictionary import Kind
from loosbot.fields.parameters import CLAUSES, FICHES, PROMISE, STAGES, STOP, VOICE, Field
from loosbot.fields.vocabulary import STATES, vocabulary
from loosbot.frozen import dataclass

_TYPES: Mapping[Kind, str] = {
    "line": "line",
    "plain": "string",
    "choice": "string",
    "choices": "string",
    "flag": "string",
    "date": "date",
    "number": "number",
    "address": "url",
}
"""Kind of a field -> TemplateData's type; any other is wikitext (links, notes): ``content``."""
_DATA = re.compile(
    r"(?<=<templatedata>\n)\{\n.*?^\}(?=\n</templatedata>)", re.DOTALL | re.MULTILINE
)
_FACT = "statut-fait"


@dataclass(frozen=True, slots=True)
class Parameter:
    """``type`` as TemplateData has it; ``words`` are offered, and others may still be typed."""

    type: str
    words: tuple[str, ...] = ()


@cache
def parameters(template: str) -> Mapping[str, Parameter]:
    """The parameters of a template that comes with the tool; none for one that we do not know."""
    described = dict(_OTHERS.get(template, {}))
    for record_type, place, fields in _uses(template):
        for field in fields:
            described[field.parameter] = _described(record_type, (*place, *field.path))
    return described


def filled(template: str, text: str) -> str:
    """The template's file with the types and words of its parameters as the schemas have them."""
    known = parameters(template)

    def written(block: re.Match[str]) -> str:
        data = json.loads(block[0])
        for name, about in data["params"].items():
            parameter = known.get(name, Parameter("string"))
            suggested = about.pop("suggested")
            about.pop("suggestedvalues", None)
            about["type"] = parameter.type
            if parameter.words:
                about["suggestedvalues"] = list(parameter.words)
            about["suggested"] = suggested
        return json.dumps(data, ensure_ascii=False, indent=1)

    return _DATA.sub(written, text)


def _uses(template: str) -> Iterator[tuple[str, tuple[str, ...], tuple[Field, ...]]]:
    """Where a template shows fields: type of record, the place in it, the fields there."""
    for record_type, fields in FICHES.items():
        if TYPES[record_type].box == template:
            yield record_type, (), fields
    if template == "Étape":
        for stage in (*STAGES, STOP):
            yield "fifty-fifty", (stage.key,), stage.fields
    if template == "Convention":
        yield "fifty-fifty", ("convention",), CLAUSES
    if template == "Engagement":
        yield "fifty-fifty", ("convention", "engagements"), PROMISE
    if template == "Voix":
        yield "recit", ("voix",), VOICE


def _described(record_type: str, path: tuple[str | int, ...]) -> Parameter:
    field = dictionary.find(record_type, ".".join(map(str, path)))
    assert field is not None  # noqa: S101 - a parameter shows a field of its schema
    quantity = field.kind == "group" and any(inner.key == "comptage" for inner in field.fields)
    field = field.simple
    # a number that says how it was counted stands in a template of its own
    type_ = "content" if quantity else _TYPES.get(field.kind, "content")
    words = [word.title for word in field.words]
    if words:
        words += [STATES[state] for state in field.states]
    return Parameter(type_, tuple(dict.fromkeys(words)))


def _labels(name: str, low: bool = False) -> tuple[str, ...]:
    labels = (term.title for term in vocabulary(name).terms.values())
    return tuple(label.lower() if low else label for label in labels)


_STANDS = tuple(dict.fromkeys(
    (*_labels(_FACT, low=True), *STATES.values(), "non renseigné", UNPROVED, PLANNED)
))  # fmt: skip
"""How a stage may stand."""
_OTHERS: Mapping[str, Mapping[str, Parameter]] = {
    "Étape": {
        "N": Parameter("number"),
        "Étape": Parameter("line", tuple(stage.name for stage in (*STAGES, STOP))),
        "État": Parameter("line", _STANDS),
    },
    "Fil": {stage.name: Parameter("line", _STANDS) for stage in (*STAGES, STOP)},
    "Quantité": {
        "unité": Parameter("line"),
        "quoi": Parameter("line"),
        "date": Parameter("date"),
        "statut": Parameter("line", _labels(_FACT)),
        "sources": Parameter("content"),
    },
    "Source": {
        "1": Parameter("line"),
        "passage": Parameter("line"),
        "titre": Parameter("line"),
        "page": Parameter("wiki-page-name"),
        "ancre": Parameter("line"),
        "état": Parameter("line", tuple(STATES.values())),
    },
    "Statut": {"1": Parameter("line", _labels(_FACT, low=True))},
    "Voix": {"Récit": Parameter("content")},
    "Voix absente": {"Rôle": Parameter("line", _labels("role"))},
    "Provenance": {
        **dict.fromkeys(("fichier", "noms", "mots"), Parameter("line")),
        "identifiant": Parameter("line"),
        "type": Parameter("line", tuple(name for name in TYPES if name in FICHES)),
        "année": Parameter("number"),
        "statut": Parameter("line", _labels("statut-projet")),
        "niveau": Parameter("line", _labels("niveau")),
        "thèmes": Parameter("line", _labels("theme")),
    },
    "Pilier": {"titre": Parameter("content"), "texte": Parameter("content")},
    "Socle et piliers": {"piliers": Parameter("content"), "socle": Parameter("content")},
    "Précision": {"texte": Parameter("content")},
    "Notice": {
        "identifiant": Parameter("line"),
        "titre": Parameter("line"),
        "date": Parameter("date"),
        "langue": Parameter("line"),
        "film": Parameter("url"),
        "commune": Parameter("line"),
    },
}
"""The parameters that no field of a record fills alone."""


def main() -> int:
    differing = [
        (file, now)
        for file in sorted(resources.templates().glob("*.wiki"))
        if (now := filled(file.stem, text := file.read_text(encoding="utf-8"))) != text
    ]
    is_check = sys.argv[1:] == ["--check"]
    for file, now in differing:
        sys.stdout.write(f"{file}\n")
        if not is_check:
            file.write_text(now, encoding="utf-8")
    return int(is_check and bool(differing))


if __name__ == "__main__":
    sys.exit(main())
