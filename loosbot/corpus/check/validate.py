"""What a schema finds in one document, as one fault per thing to mend, in plain French."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice, takewhile
from typing import Any

import jsonschema_rs

from loosbot.corpus import dates
from loosbot.corpus.check import elsewhere
from loosbot.corpus.check.samples import as_group, as_list, consent_meant
from loosbot.corpus.model import RECORD_TYPES, KeyPath
from loosbot.corpus.schema import Schema, Shape
from loosbot.corpus.values import STATES
from loosbot.corpus.wording import (
    KINDS,
    MAX_FAULTS,
    Fault,
    did_you_mean,
    either,
    folded,
    hidden_in,
    kind,
    nearest,
    quoted,
    retype,
)

_SHORT_PHRASE = 2
"""Words of a value beyond which it is a sentence, and no slip in a word."""
_NAMES = {
    "page": "l’en-tête d’une page",
    "index": "un index",
    "configuration": "loosbot.yaml",
}

_GLUED = re.compile(r"([a-z_][a-z0-9_-]*)[ ]*[:=][ ]*(.+)")
"""A key and its value with nothing, or an equals sign, between them: ``{etat:public}``."""


def type_fault(data: Any, known: tuple[str, ...] = RECORD_TYPES) -> Fault | None:
    """Why no schema can be chosen for a document, or None."""
    if not isinstance(data, dict):
        return Fault(
            (),
            "type-de-valeur",
            f"Une fiche est un groupe de clés, et ce fichier est {kind(data)}.",
            "Écrivez par exemple « titre: Jamais sans ma pince », une clé par ligne.",
        )
    if "type" not in data:
        slip = nearest("type", [key for key in data if key in ("Type", "types", "TYPE", "typ")])
        if slip:
            return Fault(
                (slip,),
                "cle-inconnue",
                f"La clé {quoted(slip)} n’existe pas.",
                did_you_mean("type"),
                on="key",
            )
        return Fault(
            (),
            "type-manquant",
            "Il manque la clé « type » : on ne sait pas de quelle fiche il s’agit.",
            f"Ajoutez par exemple « type: {known[0]} ». Types possibles : {either(known)}.",
        )
    given = data["type"]
    if given in known:
        return None
    near = nearest(given, known) if isinstance(given, str) else None
    return Fault(
        ("type",),
        "type-inconnu",
        f"{quoted(given)} n’est pas un type de fiche.",
        _meant(str(given), near) if near else f"Types possibles : {either(known)}.",
    )


def _meant(typed: str, near: str) -> str:
    """How to write ``near``, where what is wrong with the word that was typed may not be seen."""
    if code := hidden_in(typed):
        return retype(near, code)
    if typed.strip(" ") == near:
        return f"Retirez les espaces autour du mot : {near}"
    return did_you_mean(near)


def faults(schema: Schema, data: Any) -> list[Fault]:
    """What the schema refuses in ``data``, at most one fault per value; the first ones of many."""
    if schema.validator.is_valid(data):
        return []
    wrong: list[Fault] = []
    spoiled: set[KeyPath] = set()
    errors = list(islice(schema.validator.iter_errors(data), 2 * MAX_FAULTS))
    # "a, not b" first: a value of the wrong type is outside its vocabulary too, which is no news
    errors.sort(key=lambda error: error.kind.name != "type")
    unknown = [
        (tuple(error.instance_path), key, error.instance)
        for error in errors
        if error.kind.name == "additionalProperties"
        for key in error.kind.as_dict()["unexpected"]
    ][: MAX_FAULTS + 1]
    suggested: set[Any] = set()
    for path, key, group in unknown:
        shape = schema.shape.at(path)
        near = _known_key(key, shape)
        suggested.add((*path, near))
        whole = "" if near else _cut_value(group, key, shape)
        if whole not in suggested:  # two commas in one value are one slip
            wrong.append(_unknown(path, key, near, shape, schema, whole))
        suggested |= {whole} - {""}
    for error in errors:
        if len(wrong) > MAX_FAULTS:
            break
        path = tuple(error.instance_path)
        shape = schema.shape.at(path)
        if error.kind.name == "required":
            key = error.kind.as_dict()["property"]
            # "titel" for "titre" is one fault, not an unknown key and a missing one
            if (*path, key) not in suggested:
                wrong.append(_missing(path, key, shape, schema))
        elif error.kind.name != "additionalProperties" and path not in spoiled:
            spoiled.add(path)
            wrong += _value(error, path, shape)
    return wrong


def _known_key(key: str, shape: Shape) -> str | None:
    if (glued := _GLUED.fullmatch(key)) and glued[1] in shape.properties:
        return glued[1]
    titles = {child.title: name for name, child in shape.properties.items() if child.title}
    return nearest(key, {**titles, **{name: name for name in shape.properties}})


def _cut_value(group: Any, key: str, shape: Shape) -> str:
    """The pair that a comma cut, whole and between its signs, where ``key`` is only a piece of its
    value: between braces a comma parts two keys, and such a piece has no value of its own."""
    pieces = list(group.items())
    at = list(group).index(key)
    first = next((n for n in range(at, -1, -1) if pieces[n][1] is not None), at)
    name, value = pieces[first]
    if first == at or not isinstance(value, str | int | float):
        return ""
    rest = takewhile(lambda piece: piece[1] is None, pieces[first + 1 :])
    sentence = ", ".join([str(value), *(end for end, _ in rest)])
    if name in shape.properties and shape.properties[name].items:
        return f"des crochets : {name}: [{sentence}]"
    return "" if '"' in sentence else f'des guillemets : {name}: "{sentence}"'


def _unknown(
    path: KeyPath, key: str, near: str | None, shape: Shape, schema: Schema, whole: str
) -> Fault:
    """``whole`` is the pair that a comma cut in two, where the key is the end of it."""
    where = f"dans « {path[-1]} »" if path else f"dans {_name(schema)}"
    if path and isinstance(path[-1], int):
        where = f"dans un élément de « {path[-2]} »"
    hint = f"Clés possibles : {', '.join(shape.properties)}."
    if not near:
        other = "" if path else elsewhere.of_another_type(key, schema.name)
        hint = elsewhere.of_a_group(key, shape) or other or hint
    if whole:
        hint = f"Une virgule sépare deux clés ; si c’est la suite de la valeur, mettez {whole}"
    elif near and (code := hidden_in(key)):
        hint = retype(near, code)
        near = None
    elif near and (glued := _GLUED.fullmatch(key)):
        hint = f"Mettez « : » et une espace entre les deux : {near}: {glued[2]}"
        near = None
    if key == "id" and not path:
        near = None
        hint = "Retirez-la : l’identifiant d’une fiche est le nom de son fichier."
    return Fault(
        (*path, key),
        "cle-inconnue",
        f"La clé {quoted(key)} n’existe pas {where}.",
        did_you_mean(near) if near else hint,
        on="key",
    )


def _missing(path: KeyPath, key: str, shape: Shape, schema: Schema) -> Fault:
    wanted = shape.properties.get(key, Shape())
    where = "" if path else f" dans {_name(schema)}"
    return Fault(
        path,
        "cle-manquante",
        f"Il manque la clé « {key} »{where}.",
        f"{wanted.title} : {wanted.description}" if wanted.description else "",
    )


def _name(schema: Schema) -> str:
    return _NAMES.get(schema.name, f"une fiche {schema.name}")


def _value(error: jsonschema_rs.ValidationError, path: KeyPath, shape: Shape) -> Iterator[Fault]:
    """The fault of one value; none when the links say it better."""
    value: Any = error.instance
    match error.kind.name:
        case "type":
            yield _wrong_kind(value, path, shape)
        case "enum" | "const":
            yield _outside_vocabulary(value, path, shape)
        case "pattern":
            if not (shape.links or shape.source):
                yield _wrong_form(value, path, shape)
        case "format":
            yield date_fault(value, path) if shape.date else _bad_address(value, path)
        case "minLength" | "minItems":
            yield Fault(path, "valeur-vide", f"{_subject(path)} est vide.", _if_empty(shape))
        case "minimum" | "maximum":
            yield Fault(
                path,
                "hors-limites",
                f"{quoted(value)} est hors des limites de {_subject(path, article=False)}.",
                shape.description,
            )
        case "uniqueItems":
            yield _repeated(value, path)
        case _:
            yield Fault(
                path,
                "valeur-refusee",
                f"{_subject(path)} n’accepte pas cette valeur.",
                shape.description,
            )


def _subject(path: KeyPath, *, article: bool = True) -> str:
    names = [key for key in path if isinstance(key, str)]
    if not names:
        return "Ce fichier" if article else "ce fichier"
    if path and isinstance(path[-1], int):
        return f"Un élément de « {names[-1]} »" if article else f"« {names[-1]} »"
    return f"« {names[-1]} »"


def _if_empty(shape: Shape) -> str:
    unknown = ", écrivez « inconnu » si les sources ne le disent pas" if shape.state else ""
    return f"Écrivez une valeur{unknown}, ou supprimez la clé."


def _wrong_kind(value: Any, path: KeyPath, shape: Shape) -> Fault:
    subject = _subject(path)
    if value is None:
        return Fault(path, "valeur-vide", f"{subject} est vide.", _if_empty(shape))
    wanted = either(_wanted(shape))
    # from the likeliest slip to the least: the first mend that fits is the one that is said
    hint = ""
    if isinstance(value, str) and shape.state and "string" not in shape.types:
        state = nearest(value, STATES)
        if state and "array" not in shape.types:
            hint = did_you_mean(state)
    if not hint and isinstance(value, str | int | float | dict) and shape.items:
        hint = _as_list(value, shape.items)
    elif not hint and "string" in shape.types and isinstance(value, bool) and shape.words:
        words = [word.value for word in shape.words]
        meant = consent_meant(value, words)
        hint = did_you_mean(meant) if meant else "Écrivez oui ou non."
    elif not hint and "string" in shape.types and isinstance(value, int | float | bool):
        hint = f'Mettez des guillemets : "{value}"'.replace("True", "true").replace(
            "False", "false"
        )
    if not hint and "object" in shape.types and isinstance(value, str | int | list):
        text = value if not isinstance(value, list) else ", ".join(map(str, value))
        hint = f"{_example(path)}{as_group(text, shape)}"
    if not hint and shape.types == {"string"} and isinstance(value, list):
        joined = ", ".join(str(item) for item in value)[:200].replace('"', "'")
        hint = f'Écrivez un seul texte, sans crochets ni tirets : "{joined}"'
        if shape.markdown:
            hint += ". Pour garder une liste écrite avec des tirets, ajoutez « | » après la clé."
    if not hint:
        states = " « inconnu » et « sans-objet » sont admis aussi." if shape.state else ""
        hint = shape.description + states
    return Fault(
        path, "type-de-valeur", f"{subject} attend {wanted}, et c’est {kind(value)}.", hint
    )


def _as_list(value: str | float | dict[str, Any], items: Shape) -> str:
    if isinstance(value, int | float):
        as_it_is = {"number", "integer"} & items.types
        return f"Mettez des crochets : {[value] if as_it_is else as_list(str(value), items)}"
    if isinstance(value, dict):
        first = next(iter(value), "qui")
        return (
            f"Mettez un tiret devant la première clé, les autres alignées sous elle : - {first}: …"
        )
    # the dash of a list, glued to its word
    glued = re.split(r"(?:\A|\s)-(?=[^\W\d_])", value)
    if len(glued) > 2 and not glued[0]:
        return f"Mettez une espace après chaque tiret : - {glued[1]}"
    value = glued[-1] if not glued[0] else value
    lines = [line for line in value.split("\n") if line.strip()]
    if len(lines) > 1 and all(line.lstrip().startswith("- ") for line in lines):
        return "Retirez le signe « | » ou « > » après la clé : la liste se lit telle quelle."
    return f"Mettez des crochets : {as_list(value, items)}"


def _example(path: KeyPath) -> str:
    last = path[-1] if path else ""
    return f"Écrivez : {last}: " if isinstance(last, str) else "Écrivez à sa place : "


def _wanted(shape: Shape) -> list[str]:
    if shape.date and "object" not in shape.types:
        return ["une date"]
    if shape.url:
        return ["une adresse web"]
    order = ("string", "integer", "number", "boolean", "array", "object")
    types = [name for name in order if name in shape.types]
    if "number" in types and "integer" in types:
        types.remove("integer")
    if shape.words and "string" in types:
        return ["un mot du vocabulaire", *(KINDS[name] for name in types if name != "string")]
    return [KINDS[name] for name in types] or ["autre chose"]


def _outside_vocabulary(value: Any, path: KeyPath, shape: Shape) -> Fault:
    subject = _subject(path, article=False)
    names = {word.title: word.value for word in shape.words}
    names.update({word.value: word.value for word in shape.words})
    if shape.state:
        names.update({state: state for state in STATES})
    near = None
    words = [word.value for word in shape.words]
    if isinstance(value, str | bool) and (state := consent_meant(value, words)) is not None:
        near = state
    elif isinstance(value, str):
        near = nearest(value, names) or elsewhere.by_definition(value, shape.words)
    hint = (
        _meant(str(value), near)
        if near
        else f"Valeurs possibles : {', '.join(words)}" + (", ou inconnu." if shape.state else ".")
    )
    if several := _several(value, names):
        hint = f"Séparez ces valeurs par des virgules : {', '.join(several)}"
    elif not near and isinstance(value, str) and len(value.split()) > _SHORT_PHRASE:
        hint += " Une phrase se met sous « notes: », entre crochets et guillemets."
    return Fault(
        path, "vocabulaire", f"{quoted(value)} n’est pas une valeur possible de {subject}.", hint
    )


def _several(value: Any, names: Mapping[str, str]) -> list[str]:
    """The words of a vocabulary of which one value is made: ``energie voirie``, ``energie;voirie``;
    none where it is one of them misspelled."""
    written = re.split(r"[\s;,/+]+", value) if isinstance(value, str) else []
    exact = {folded(word): known for word, known in names.items()}
    found = [exact[folded(word)] for word in written if folded(word) in exact]
    return found if 1 < len(found) == len(written) else []


def _wrong_form(value: Any, path: KeyPath, shape: Shape) -> Fault:
    if isinstance(value, str) and "\n" in value:
        return Fault(
            path,
            "une-ligne",
            f"{_subject(path)} doit tenir sur une ligne.",
            "Écrivez le texte juste après « : », sans « | ».",
        )
    return Fault(
        path,
        "forme",
        f"{quoted(value)} n’a pas la forme attendue pour {_subject(path, article=False)}.",
        shape.description
        or "Des minuscules sans accent, des chiffres et des tirets : recit/jamais-sans-ma-pince.",
    )


def date_fault(value: str | int, path: KeyPath) -> Fault:
    """The fault of a value that ``dates.parse`` refuses."""
    try:
        dates.parse(value)
    except dates.DateError as error:
        return Fault(path, error.code, error.message, error.hint)
    raise AssertionError(f"{value!r} is a date")


def _bad_address(value: str, path: KeyPath) -> Fault:
    return Fault(
        path,
        "adresse-refusee",
        f"{quoted(value)} n’est pas une adresse web complète.",
        "Écrivez-la en entier, sans espace, depuis https:// ou http://.",
    )


def _repeated(values: list[Any], path: KeyPath) -> Fault:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if repr(value) in seen:
            return Fault(
                (*path, index),
                "doublon",
                f"{quoted(value)} est déjà dans cette liste.",
                "Gardez une seule des deux.",
            )
        seen.add(repr(value))
    # 1 and 1.0 are equal for JSON Schema
    return Fault(path, "doublon", "Cette liste contient deux fois la même valeur.")
