"""The faults that a schema finds in one document, one for each correction, in plain French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, takewhile
from typing import Any

import jsonschema_rs

from loosbot.corpus import dates
from loosbot.corpus.check import misplaced, pairs
from loosbot.corpus.check.amounts import parted
from loosbot.corpus.check.samples import explained
from loosbot.corpus.check.wrongvalues import (
    if_empty,
    outside_vocabulary,
    subject_of,
    word_meant,
    wrong_kind,
)
from loosbot.corpus.model import RECORD_TYPES, KeyPath
from loosbot.corpus.schema import Schema, Shape
from loosbot.corpus.wording import (
    MAX_FAULTS,
    Fault,
    bare_key,
    by_fold,
    closest,
    did_you_mean,
    either,
    folded,
    hidden_in,
    kind,
    nearest,
    quoted,
    retype,
    slug,
)
from loosbot.corpus.yaml.doubts import in_word_quotes
from loosbot.corpus.yaml.scalars import plain_value

_NAMES = {
    "page": "l’en-tête d’une page",
    "index": "un index",
    "configuration": "loosbot.yaml",
}

_LANGUAGES = {
    **{"francai": "fr", "fr-fr": "fr", "french": "fr", "anglai": "en", "english": "en"},
    **{"neerlandai": "nl", "flamand": "nl", "polonai": "pl", "allemand": "de", "espagnol": "es"},
    **{"italien": "it", "portugai": "pt", "arabe": "ar", "picard": "pcd", "ch-ti": "pcd"},
}
"""Languages as people name them, folded."""
_WRAPPED = re.compile(r"(?:[<(]|^)(https?://[^\s<>()]+)(?:[>)]| \()")
"""An address between the signs of a link, or with a remark behind it."""
_BARE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,10}(?:/[^\s\"'<>]*)?")
_GLUED = re.compile(r"([a-z_][a-z0-9_-]*)[ ]*[:=][ ]*(.+)")
"""A key and its value with nothing, or an equals sign, between them: ``{etat:public}``."""


def type_key(data: dict[Any, Any]) -> Any:
    """The key of a document that says its type, even mistyped; None for none."""
    names = ("type",) if "type" in data else data
    return next((key for key in names if nearest(bare_key(str(key)), ("type",))), None)


def type_fault(data: Any, known: tuple[str, ...], folder: str = "") -> Fault | None:
    """Why no schema can be chosen for a document, or None. ``folder`` is the type of records that
    lie where it lies."""
    if not isinstance(data, dict):
        return Fault(
            (),
            "type-de-valeur",
            f"Une fiche est un groupe de clés, et ce fichier est {kind(data)}.",
            "Retirez le tiret devant chaque clé : titre: Jamais sans ma pince"
            if isinstance(data, list)
            else "Une clé par ligne, suivie de « : » et d’une espace : titre: Jamais sans ma pince",
        )
    if "type" not in data:
        if slip := type_key(data):
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
            f"Ajoutez « type: {folder} », comme dans les autres fichiers de ce dossier."
            if folder in known
            else f"Ajoutez par exemple « type: {known[0]} ». Types possibles : {either(known)}.",
        )
    given = data["type"]
    if given in known:
        return None
    near = nearest(given, known) if isinstance(given, str) else None
    hint = word_meant(str(given), near) if near else f"Types possibles : {either(known)}."
    if (other := misplaced.type_called(str(given))) in known:
        hint = f"Cela se dit « {other} » ici."
    return Fault(("type",), "type-inconnu", f"{quoted(given)} n’est pas un type de fiche.", hint)


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
    whole_items: set[KeyPath] = set()
    for path, key, group in unknown:
        shape = schema.shape.at(path)
        value = group.get(key) if isinstance(group, dict) else None
        near = misplaced.of_an_address(key, value, shape) or _known_key(key, group, shape)
        itself = misplaced.of_its_list(key, shape, path)
        called = itself or misplaced.called(key, shape)
        suggested.add((*path, near or called))
        if period := pairs.of_a_period(group, path, shape):
            if path not in whole_items:
                whole_items.add(path)
                wrong.append(_unknown(path, key, None, shape, schema, "", period))
            continue
        if path and not isinstance(plain_value(key), str):
            whole_items.add(path)  # « 2019: le bal » is its whole item: nothing lacks beside it
        whole = "" if near else _cut_value(group, key, shape)
        pair = "" if near or called else pairs.of_a_pair(group, key, shape)
        if pair:
            named = ("id", "date", "qui", "quoi", "valeur", "texte", "constat", "fiche")
            suggested |= {(*path, name) for name in named}
        elif not (near or itself) and (sentence := _cut_by_a_colon(group, key, shape)):
            whole_items.add(path)
            pair = f"Si c’est une phrase, mettez-la entre guillemets{sentence}"
        elif not near and isinstance(group, dict) and called in group:
            pair = f"Cela se dit dans « {called} », qui est déjà là : réunissez les deux."
        if whole not in suggested:  # two commas in one value are one slip
            fault = _unknown(path, key, near, shape, schema, whole, pair)
            meant = "" if whole or pair else near or called
            wrong.append(replace(fault, meant=meant))
        suggested |= {whole} - {""}
    for error in errors:
        if len(wrong) > MAX_FAULTS:
            break
        path = tuple(error.instance_path)
        shape = schema.shape.at(path)
        if error.kind.name == "required":
            key = error.kind.as_dict()["property"]
            # "titel" for "titre" is one fault, not an unknown key and a missing one
            if (*path, key) not in suggested and path not in whole_items:
                wrong.append(_missing(path, key, shape, schema, error.instance))
        elif error.kind.name != "additionalProperties" and path not in spoiled:
            spoiled.add(path)
            told = list(_value(error, path, shape, schema))
            if path and path[-1] in schema.shape.at(path[:-1]).required:
                told = [
                    replace(fault, hint=if_empty(shape, required=True))
                    if fault.code == "valeur-vide"
                    else fault
                    for fault in told
                ]
            wrong += told
    return wrong


def _known_key(key: str, group: Any, shape: Shape) -> str | None:
    """The key of this group that was meant; None where it has it already, and for another thing
    than a slip of the keyboard."""
    if (glued := _GLUED.fullmatch(key)) and glued[1] in shape.properties:
        return glued[1]
    titles = {child.title: name for name, child in shape.properties.items() if child.title}
    known = by_fold({**titles, **{name: name for name in shape.properties}})
    key = bare_key(key)
    if folded(key) not in known and (
        misplaced.called(key, shape) or misplaced.of_no_key(key, shape)
    ):
        return None  # a word of its own, however near another key is: « parole » is no « role »
    near = closest(key, known)
    return near if near not in group or folded(key) in known else None


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
    # before a comma a point parts the thousands: « 12.500,50 » begins with 12.5
    cut = [f"{value:.3f}" if isinstance(value, float) else str(value), *(end for end, _ in rest)]
    if name == "valeur" and (amount := parted(",".join(cut))):
        return f"un point : {amount}"
    sentence = ", ".join(cut)
    is_bracketed = any(piece.count("(") != piece.count(")") for piece in cut)
    if name in shape.properties and shape.properties[name].items and not is_bracketed:
        return f"des crochets : {name}: [{sentence}]"
    if in_word_quotes(sentence):
        return f'les guillemets du clavier : {name}: "{sentence[1:-1]}"'
    return "" if '"' in sentence else f'des guillemets : {name}: "{sentence}"'


def _cut_by_a_colon(group: Any, key: str, shape: Shape) -> str:
    """A sentence that its colon made a key and a value, « - Le bac : il est plein », with what
    comes before it in a message; "" for any other key."""
    value, alone = group[key], len(group) == 1
    in_a_text = "string" not in shape.types and shape.required == ("texte",)
    if ("string" not in shape.types and not in_a_text) or not (
        alone or {"texte", *group} - {*group} == {"texte"}
    ):
        return ""
    if " " not in key.strip() and not key[:1].isupper() and not (alone and in_a_text):
        return ""
    if not isinstance(value, str | int | float | None):
        return ""
    sentence = f"{key.strip()} : {'' if value is None else value}".rstrip()
    if '"' in sentence or "\n" in sentence:
        return "."
    lead = ("- texte:" if in_a_text else "-") if alone else "texte:"
    return f' : {lead} "{sentence}"'


def _unknown(
    path: KeyPath, key: str, near: str | None, shape: Shape, schema: Schema, whole: str, pair: str
) -> Fault:
    """``whole`` is the pair that a comma cut in two, where the key is the end of it; ``pair`` the
    mend of a key that is somebody."""
    where = f"dans « {path[-1]} »" if path else f"dans {_name(schema)}"
    if path and isinstance(path[-1], int):
        where = f"dans un élément de « {path[-2]} »"
    hint = f"Clés possibles : {', '.join(shape.properties)}."
    if not near:
        other = "" if path else misplaced.of_another_type(key, schema.name)
        named = misplaced.of_another_name(key, shape, path)
        in_a_group = misplaced.of_a_group(key, shape)
        hint = named or in_a_group or misplaced.of_no_key(key, shape) or other or hint
    if whole:
        hint = f"Une virgule sépare deux clés ; si c’est la suite de la valeur, mettez {whole}"
    elif pair:
        hint = pair
    elif near and (code := hidden_in(key)):
        hint = retype(near, code)
        near = None
    elif near and (glued := _GLUED.fullmatch(key)):
        hint = f"Mettez « : » et une espace entre les deux : {near}: {glued[2]}"
        near = None
    elif not near and " " in key.strip() and not misplaced.of_another_name(key, shape):
        hint = (
            "Si c’est la suite d’un texte, décalez cette ligne de deux espaces de plus que la clé "
            "du texte, ou mettez tout le texte entre guillemets."
        )
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


def _missing(path: KeyPath, key: str, shape: Shape, schema: Schema, group: Any) -> Fault:
    wanted = shape.properties.get(key, Shape())
    where = "" if path else f" dans {_name(schema)}"
    # a key that is there, where any name may be, and looks like the one that lacks
    near = nearest(key, [other for other in group if other not in shape.properties])
    return Fault(
        path,
        "cle-manquante",
        f"Il manque la clé « {key} »{where}.",
        f"Est-ce {quoted(near)} ? Écrivez : {key}"
        if near
        else f"{wanted.title} : {explained(wanted)}"
        if wanted.description
        else "",
    )


def _name(schema: Schema) -> str:
    return _NAMES.get(schema.name, f"une fiche {schema.name}")


def _value(
    error: jsonschema_rs.ValidationError, path: KeyPath, shape: Shape, schema: Schema
) -> Iterator[Fault]:
    """The fault of one value; None where the check of links reports it better."""
    value: Any = error.instance
    match error.kind.name:
        case "type":
            yield wrong_kind(value, path, shape)
        case "enum" | "const" if isinstance(value, list | dict):
            yield wrong_kind(value, path, shape)
        case "enum" | "const":
            yield outside_vocabulary(value, path, shape)
        case "pattern":
            if not (shape.links or shape.source):
                yield _wrong_form(value, path, shape, schema)
        case "format":
            yield date_fault(value, path, shape) if shape.date else _bad_address(value, path)
        case "minLength" | "minItems" | "minProperties" if not value:
            yield Fault(path, "valeur-vide", f"{subject_of(path)} est vide.", if_empty(shape))
        case "minimum" | "maximum":
            yield Fault(
                path,
                "hors-limites",
                f"{quoted(value)} est hors des limites de {subject_of(path, article=False)}.",
                shape.description,
            )
        case "uniqueItems":
            yield _repeated(value, path)
        case _:
            yield Fault(
                path,
                "valeur-refusee",
                f"{subject_of(path)} n’accepte pas cette valeur.",
                shape.description,
            )


def _wrong_form(value: Any, path: KeyPath, shape: Shape, schema: Schema) -> Fault:
    if isinstance(value, str) and "\n" in value:
        return Fault(
            path,
            "une-ligne",
            f"{subject_of(path)} doit tenir sur une ligne.",
            "Écrivez le texte juste après « : », sans « | ».",
        )
    code = _LANGUAGES.get(folded(str(value)), "") if path[-1:] == ("langue",) else ""
    if not code and shape.pattern.startswith("^[a-z0-9]"):
        code = slug(str(value))
    if shape.pattern.startswith("^[a-z-]+/"):  # the id of a record, by its path or name
        *folders, name = str(value).split("/")
        type_ = folders[-1] if folders and folders[-1] in RECORD_TYPES else schema.name
        code = f"{type_}/{slug(name.removesuffix('.yaml'))}"
    return Fault(
        path,
        "forme",
        f"{quoted(value)} n’a pas la forme attendue pour {subject_of(path, article=False)}.",
        (did_you_mean(code) if code else shape.description) or "Des minuscules et des tirets.",
    )


def date_fault(value: str | int, path: KeyPath, shape: Shape) -> Fault:
    """The fault of a value that ``dates.parse`` refuses."""
    try:
        dates.parse(value)
    except dates.DateError as error:
        hint = error.hint
        if path[-1:] == ("au",) and hint.startswith(("Dites depuis quand", "Écrivez : depuis")):
            hint = "Si ce n’est pas fini, retirez « au »."
        if not shape.state and hint.endswith((": inconnu", "ou inconnu.")):
            hint = f"Il faut ici une date. Formes possibles : {dates.EXAMPLES}."
        return Fault(path, error.code, error.message, hint)
    raise AssertionError(f"{value!r} is a date")


def _bad_address(value: str, path: KeyPath) -> Fault:
    inside = _WRAPPED.search(value)
    return Fault(
        path,
        "adresse-refusee",
        f"{quoted(value)} n’est pas une adresse web complète.",
        f"Gardez l’adresse seule : {inside[1]}"
        if inside
        else f"Écrivez-la depuis https:// : https://{value}"
        if _BARE.fullmatch(value)
        else "Écrivez-la en entier, sans espace, depuis https:// ou http://.",
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
