"""What is wrong with one value: it is of another kind, or no word of its vocabulary."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from loosbot.corpus import onlyone, unwritten
from loosbot.corpus.check import misplaced, pairs
from loosbot.corpus.check.samples import (
    as_group,
    as_list,
    as_number,
    bulleted,
    consent_meant,
    counted_items,
    explained,
    in_one_line,
    main_key,
)
from loosbot.corpus.dates import is_date
from loosbot.corpus.model import KeyPath
from loosbot.corpus.schema import Shape
from loosbot.corpus.statewords import state_meant
from loosbot.corpus.values import STATES, leaves
from loosbot.corpus.wording import (
    KINDS,
    Fault,
    by_fold,
    did_you_mean,
    either,
    folded,
    hidden_in,
    kind,
    nearest,
    quoted,
    retype,
    without_accents,
)

_NONE = frozenset(("aucun", "aucune", "neant", "rien", "non", "pas"))
"""How people write that a list has nothing."""
_NO_SUCH = re.compile(r"(?:pas d[e'’] ?|pas eu d[e'’] ?|aucune? )\w+|il n.y en a pas(?: eu)?")
_TO_COME = re.compile(
    r"(?:a (?:venir|faire|prevoir|programmer|organiser|planifier)"
    r"|(?:prevu|programme|planifie|envisage)e?s?|en projet)\b"
)
_SENTENCE = re.compile(r"\s*[A-ZÀ-Þ0-9«][^\n]*[.!?»…]\s*")
_AROUND = re.compile(
    r"\A[\s\"'«“”‘(#]*(?:(?:l[ea]s?|une?|des|du)\s+|l['’])?|[\s\"'»“”’).,;:!?…]+\Z", re.IGNORECASE
)
"""Signs of a sentence around a word, and its article: they are no part of it."""
_BOTH_GENDERS = re.compile(r"\A((\w{3,}?)\w{0,3})\s*(?:/|\bet\b|\bou\b)\s*\2\w{0,4}\Z")
"""« élue/élu », « opérateur ou opératrice »: one word, twice."""
_LAID_OUT = re.compile(r"\n[ \t]*(?:\n|[-*+>|#]|[0-9]{1,2}[.)])")
"""Paragraphs, or items of a list: one line would not say the same."""
_QUOTES = ' \u00a0\u202f«»“”".'
_SHORT_PHRASE = 2
"""Words of a value beyond which it is a sentence, and no slip in a word."""


def wrong_kind(value: Any, path: KeyPath, shape: Shape) -> Fault:
    """The fault of a value of another kind than its schema asks for, with the likeliest
    correction."""
    subject = subject_of(path)
    if value is None or (isinstance(value, list) and {*leaves(value)} <= {None}):
        return Fault(path, "valeur-vide", f"{subject} est vide.", if_empty(shape))
    message = f"{subject} attend {either(_wanted(shape))}, et c’est {kind(value)}."
    hint = next(filter(None, _corrections(value, path, shape)), "")
    return Fault(path, "type-de-valeur", message, hint)


def _corrections(value: Any, path: KeyPath, shape: Shape) -> Iterator[str]:
    """What the author may have meant, from the likeliest slip to the least; "" for a slip that it
    is not."""
    if isinstance(value, str) and shape.state and "string" not in shape.types:
        state = state_meant(value) or nearest(value, STATES)
        yield did_you_mean(state) if state else _of_a_stage(value, path, shape)
    if shape.items and isinstance(value, str | int | float | dict):
        if isinstance(value, dict):
            yield _from_group(value, shape.items)
        elif not isinstance(value, bool):
            yield _as_list(value, path, shape, shape.items)
    elif shape.words and (word := _alone(value)):
        if word not in [word_.value for word_ in shape.words]:
            yield outside_vocabulary(word, path, shape).hint
        elif isinstance(value, list):
            yield f"Retirez les crochets : {word}"
    elif isinstance(value, list) and (shape.words or shape.links):
        yield _first_of(value, path, shape)
    if "string" in shape.types and isinstance(value, bool) and shape.words:
        state = consent_meant(value, [word.value for word in shape.words])
        yield did_you_mean(state) if state else "Écrivez oui ou non."
    elif shape.source and type(value) in (int, float):
        yield (
            "Entre crochets, une virgule sépare deux sources. Pour plusieurs pages d’une seule, "
            f'mettez des guillemets : "nom-de-la-source p. 12, {value}"'
        )
    elif "string" in shape.types and isinstance(value, int | float | bool):
        yield f'Mettez des guillemets : "{json.dumps(value)}"'
    if isinstance(value, str) and shape.types <= {"number", "integer"}:
        yield as_number(value)
    if isinstance(value, list) and shape.date:
        yield _as_date(value, path)
    elif isinstance(value, list) and shape.url and value:
        more = " ; les autres se mettent dans le texte" if len(value) > 1 else ""
        yield f"Une seule adresse ici, sans crochets : {value[0]}{more}"
    elif isinstance(value, dict) and "object" not in shape.types:
        yield pairs.of_a_period(value, path, shape) or _as_text(value, shape)
    if isinstance(value, list) and {"number", "integer"} & shape.types and not shape.date:
        yield _as_amount(value, path, shape)
    if isinstance(value, str) and shape.properties:
        yield _unparted(value, shape)
    if "object" in shape.types and isinstance(value, str | int | float | list):
        text = value if not isinstance(value, list) else ", ".join(map(in_one_line, value))
        main = main_key(shape)
        if main and shape.at((main,)).markdown and _LAID_OUT.search(str(text).rstrip()):
            yield (
                f"Mettez sur une ligne à part « {main}: | », décalé de deux espaces, et décalez "
                "tout le texte de deux espaces de plus ; rien ne reste après la clé du dessus."
            )
        group = as_group(text, shape)
        if not path and len(shape.required) == 1:
            yield f"Écrivez « {shape.required[0]}: » sur une ligne, et la liste en dessous."
        # no key of the group takes it: « duree: 3 ans » gives neither beginning nor end
        is_left = re.search(r"[^\W\d_]", str(text)) and not re.sub(
            r"\w+: inconnu|[{}, ]", "", group
        )
        kept = f". « {text} » se garde dans un texte de la fiche." if is_left else ""
        yield f"{_example(path)}{group}{kept}" if shape.properties else shape.description
    if shape.types == {"string"} and isinstance(value, list):
        joined = ", ".join(map(str, leaves(value)))[:200].replace('"', "'")
        sign = "Pour garder une liste écrite avec des tirets, ajoutez « | » après la clé."
        more = f". {sign}" if shape.markdown else ""
        yield f'Écrivez un seul texte, sans crochets ni tirets : "{joined}"{more}'
    states = " « inconnu » et « sans-objet » sont admis aussi." if shape.state else ""
    yield explained(shape) + states


def outside_vocabulary(value: Any, path: KeyPath, shape: Shape) -> Fault:
    """The fault of a value that is no word of its list, with the word that was meant."""
    subject = subject_of(path, article=False)
    names = {word.title: word.value for word in shape.words}
    names.update({word.value: word.value for word in shape.words})
    if shape.state:
        names.update({state: state for state in STATES})
    near = other = None
    words = [word.value for word in shape.words]
    bare = value.strip(_QUOTES) if isinstance(value, str) else value
    if isinstance(bare, str | bool) and (state := consent_meant(bare, words)) is not None:
        near = state
    elif isinstance(value, str):
        typed = _BOTH_GENDERS.sub(r"\1", _AROUND.sub("", value))
        exact = by_fold(names).get(folded(typed))
        other = None if exact else misplaced.another_word(typed, shape.words, whole=True)
        near = exact or (None if other else nearest(typed, names))
        other = other or (None if near else misplaced.another_word(typed, shape.words))
        near = near or (None if other else misplaced.by_definition(typed, shape.words))
    hint = (
        word_meant(str(value), near)
        if near
        else f"Valeurs possibles : {', '.join(words)}" + (", ou inconnu." if shape.state else ".")
    )
    if near == "":
        hint = (
            "Accord donné : public. Pour la mairie seulement : interne. Refusé : retire. Pas "
            "encore demandé, ou pas sûr : inconnu."
        )
    if other:
        hint = f"Cela se dit « {other.value} » ici : {other.description}"
    if several := onlyone.words_in(value, shape) if isinstance(value, str) else []:
        hint = (
            f"Séparez ces valeurs par des virgules : {', '.join(several)}"
            if path and isinstance(path[-1], int)
            else onlyone.word(several, shape)
        )
    elif not (near or other) and isinstance(value, str) and len(value.split()) > _SHORT_PHRASE:
        beside = {"valeur", "note"} <= shape.properties.keys() and not set(value) & set('"\\\n')
        hint += (
            f' Écrivez le plus proche, et votre phrase à côté : {{valeur: mot, note: "{value}"}}. '
            "Si aucun ne convient, elle"
            if beside
            else " Une phrase"
        )
        hint += " se met sous « notes: », entre crochets et guillemets."
    return Fault(
        path, "vocabulaire", f"{quoted(value)} n’est pas une valeur possible de {subject}.", hint
    )


def subject_of(path: KeyPath, *, article: bool = True) -> str:
    names = [key for key in path if isinstance(key, str)]
    if not names:
        return "Ce fichier" if article else "ce fichier"
    if path and isinstance(path[-1], int):
        return f"Un élément de « {names[-1]} »" if article else f"« {names[-1]} »"
    return f"« {names[-1]} »"


def if_empty(shape: Shape, *, required: bool = False) -> str:
    """What to do with an empty value; one that is ``required`` cannot go."""
    if required:
        unknown = " ; si personne ne le sait : inconnu" if shape.state else ""
        return f"Écrivez une valeur{unknown}. {shape.description}".rstrip()
    unknown = ", écrivez « inconnu » si les sources ne le disent pas" if shape.state else ""
    return f"Écrivez une valeur{unknown}, ou supprimez la clé."


def word_meant(typed: str, near: str) -> str:
    """How to write ``near``, where what is wrong with the word that was typed may not be seen."""
    if code := hidden_in(typed):
        return retype(near, code)
    if typed.strip(" ") == near:
        return f"Retirez les espaces autour du mot : {near}"
    how = _how(typed, near)
    return f"{did_you_mean(near)} {how}" if how else did_you_mean(near)


def _how(typed: str, near: str) -> str:
    """What is wrong with the letters of a word that is the right one, "" where it is another."""
    bare = without_accents(typed)
    if bare not in (near, *(near + end for end in ("e", "s", "es"))):
        return ""
    ways = ["sans accent"] if typed.lower() != bare else []
    ways += ["en minuscules"] if typed != typed.lower() else []
    ways += ["au masculin singulier"] if bare != near else []
    return f"Ce mot s’écrit {either(ways).replace(' ou ', ' et ')}." if ways else ""


def _as_date(items: list[Any], path: KeyPath) -> str:
    """The days or years of a list as one date, « 2018 et 2019 »; "" where it has no words."""
    last = f"{path[-1]}: " if path and isinstance(path[-1], str) else ""
    text = " et ".join(map(str, items)) if len(items) <= 2 else ""
    first = items[0] if items and type(items[0]) is int else 0
    if len(items) > 2 and items == list(range(first, first + len(items))):
        text = f"{items[0]} à {items[-1]}"
    return f"Retirez les crochets : {last}{text}" if text and is_date(text) else ""


def _as_text(value: dict[str, Any], shape: Shape) -> str:
    """How to write what its colon or its braces made a group; "" where a group cannot be a text."""
    if not value or "string" not in shape.types:
        return ""
    if isinstance(alone := value.get("valeur"), str | int | float):
        return f"Écrivez la valeur seule, sans accolades : {alone}"
    if not any(value.values()):
        return f"Retirez les accolades : {', '.join(map(str, value))}"
    under = " ou écrivez « | » après la clé" if shape.markdown else ""
    return (
        "Un « : » suivi d’une espace fait une clé : mettez tout le texte entre guillemets"
        f"{under and ','}{under}."
    )


def _alone(value: Any) -> str:
    """What stands alone where a word is asked for: a number, or the only text of a list; "" for
    anything else."""
    if type(value) in (int, float):
        return str(value)
    only = value[0] if isinstance(value, list) and len(value) == 1 else ""
    return only if isinstance(only, str) else ""


def _of_a_stage(text: str, path: KeyPath, shape: Shape) -> str:
    """How to write that there was none of what a group tells, « néant », or that it is to come; ""
    for any other words. Under ``texte`` they would count as told."""
    if "texte" not in shape.properties:
        return ""
    words = without_accents(text).strip(" .!")
    if words in _NONE or _NO_SUCH.fullmatch(words):
        return f"S’il n’y en a pas eu, écrivez : {path[-1]}: sans-objet"
    if "statut" in shape.properties and _TO_COME.match(words):
        written = json.dumps(" ".join(text.split()), ensure_ascii=False)
        return f"Écrivez : {path[-1]}: {{statut: prevu, texte: {written}}}"
    return ""


def _unparted(text: str, shape: Shape) -> str:
    """How to write a group whose keys lack their colon or the space behind it, « qui:Marie D.
    role:habitant » or « qui Marie D. role habitant »; "" for any other text."""
    _, *pieces = re.split(rf"(?:\A|\s)({'|'.join(shape.properties)})(?:[:=]|\s)\s*", text)
    if len(pieces) < 2 or not text.startswith(pieces[0]):
        return ""
    is_glued = text[len(pieces[0])] in ":="
    if not is_glued and (len(pieces) < 4 or " " in text[: len(pieces[0])]):
        return ""
    return f"Mettez « : » et une espace après chaque clé, une par ligne : {pieces[0]}: {pieces[1]}"


def _first_of(items: list[Any], path: KeyPath, shape: Shape) -> str:
    """How to write the first value of a list where a field takes one; "" where it takes none of
    them."""
    texts = [item for item in items if isinstance(item, str)]
    if len(texts) < max(len(items), 2):
        return ""
    if not shape.words:
        return onlyone.record(texts, path)
    return onlyone.word(texts, shape) or outside_vocabulary(texts[0], path, shape).hint


def _from_group(value: dict[str, Any], items: Shape) -> str:
    """How to write the list that was written as one group."""
    if value and not any(value.values()) and not items.properties:
        return f"Mettez des crochets : {as_list(', '.join(map(str, value)), items)}"
    first = next(iter(value), "qui")
    words = [key for key, given in value.items() if folded(str(given)) not in _NONE]
    if items.words and words and {*value} <= {word.value for word in items.words}:
        return f"Mettez des crochets : [{', '.join(words)}]"
    pair = pairs.as_pair(first, value.get(first), items)
    if first in items.properties:
        pass
    elif pair:
        return f"Une ligne par élément, avec un tiret devant : - {pair}"
    elif "string" in items.types and not items.words and isinstance(value.get(first), str):
        sentence = json.dumps(f"{first} : {value[first]}", ensure_ascii=False)
        return f"Une phrase par élément, avec un tiret devant : - {sentence}"
    elif isinstance(value.get(first), dict) and "qui" in items.properties:
        return f"Mettez un tiret devant chaque nom, et le nom après « qui » : - qui: {first}"
    return f"Mettez un tiret devant la première clé, les autres alignées sous elle : - {first}: …"


def _as_list(value: str | float, path: KeyPath, shape: Shape, items: Shape) -> str:
    """How to write the list that was written as one text or number."""
    if isinstance(value, int | float):
        as_it_is = {"number", "integer"} & items.types
        return f"Mettez des crochets : {[value] if as_it_is else as_list(str(value), items)}"
    if folded(value) in _NONE:
        unknown = " ; si personne ne le sait, écrivez : inconnu" if shape.state else "."
        return f"S’il n’y en a pas, retirez cette clé{unknown}"
    if items.links and not items.free and (hint := unwritten.instead_of_address(value)):
        return hint
    if items.source and unwritten.instead_of_address(value):
        cited = unwritten.source(value, "", frozenset[str]().__contains__)
        return f"{cited} ; puis mettez son nom entre crochets : [nom-de-la-source]"
    if not (items.words or items.links) and (sentences := bulleted(value)):
        sign, first = value.lstrip()[0], sentences[0]
        return f"Mettez le tiret du clavier et une espace à la place de « {sign} » : - {first}"
    if numbered := counted_items(value):
        return f"Mettez un tiret à la place de chaque numéro : - {numbered[0]}"
    # the dash of a list, glued to its word
    glued = re.split(r"(?:\A|\s)-(?=[^\W\d_])", value)
    if len(glued) > 2 and not glued[0]:
        return f"Mettez une espace après chaque tiret : - {glued[1]}"
    value = glued[-1] if not glued[0] else value
    lines = [line for line in value.split("\n") if line.strip()]
    if len(lines) > 1 and all(line.lstrip().startswith("- ") for line in lines):
        return "Retirez le signe « | » ou « > » après la clé : la liste se lit telle quelle."
    if len(lines) > 1 and not (items.words or items.links) and all(map(_SENTENCE.fullmatch, lines)):
        return (
            "Retirez le signe « | » après la clé, et mettez un tiret devant chaque ligne : "
            f"- {lines[0].strip()}"
        )
    written = as_list(value, items)
    if items.words and not {*written.strip("[]").split(", ")} <= {w.value for w in items.words}:
        return f"{outside_vocabulary(value, (*path, 0), items).hint} Une liste a des crochets."
    return f"Mettez des crochets : {written}"


def _as_amount(items: list[Any], path: KeyPath, shape: Shape) -> str:
    """How many there are, where somebody made a list of them; "" where it is none of these."""
    last = path[-1] if path else ""
    lead = f"{last}: " if isinstance(last, str) else ""
    if len(items) == 1 and isinstance(items[0], int | float):
        return f"Retirez les crochets : {lead}{items[0]}"
    if not items or not all(isinstance(item, str) for item in items):
        return ""
    if not {"valeur", "note"} <= shape.properties.keys():
        return ""
    if any(character.isdigit() for item in items for character in item):
        return ""
    group = f"{{valeur: {len(items)}, note: {json.dumps(', '.join(items), ensure_ascii=False)}}}"
    return f"Ce champ dit combien, et sa note peut dire qui : {lead}{group}"


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
    if shape.words and (not types or "string" in types):
        return ["un mot du vocabulaire", *(KINDS[name] for name in types if name != "string")]
    return [KINDS[name] for name in types] or ["autre chose"]
