"""Values of a record as template parameters, and back.

What a person sees and may type by hand, one form per kind of value:

- text, as it is; ``inconnu`` and ``sans objet`` are the two states of knowledge;
- a word of a vocabulary by its label (``En cours``), whatever the case;
- a date in French (``15 juin 2018``, ``juin 2018``) or as YAML has it (``depuis 2015``);
- a link ``[[Titre|texte]]``; several values are separated by `` ; ``;
- a fact is in :mod:`loosbot.fields.certainty`, a quantity in :mod:`loosbot.fields.quantities`.

``decode(encode(v)) == v`` for every value that the schemas allow. Where two values would look
the same (the number 2018 and the text "2018", one link and a list of one link), the rarer one
carries a character reference or an empty comment that readers do not see.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from loosbot.corpus.dates import display, in_figures, undisplayed
from loosbot.corpus.french import count, read_count
from loosbot.corpus.values import UNKNOWN
from loosbot.fields.agreement import unagreed
from loosbot.fields.linked import read_linked_value, write_linked
from loosbot.fields.vocabulary import STATES, fold, vocabulary
from loosbot.frozen import dataclass
from loosbot.parsing import whole_number
from loosbot.wikitext import wikicode
from loosbot.wikitext.encoding import Context, Markup, compose, encode
from loosbot.wikitext.names import Names
from loosbot.wikitext.plaintext import decode
from loosbot.wikitext.wikicode import Undecodable

SEPARATOR = " ; "
LIST_OF_ONE = "<!-- liste -->"
_IN_WORDS = "<!-- du au -->"
"""Behind the rarer of two periods that look the same: ``du 2018-06-15 au 2018-07-02`` in YAML."""


@dataclass(frozen=True, slots=True)
class Codec:
    """``encode(value, names)`` gives wikitext, ``decode(wikitext, names)`` the value again.

    ``decode`` raises :class:`Undecodable` where a person wrote what YAML cannot hold.
    """

    encode: Callable[[Any, Names], str]
    decode: Callable[[str, Names], Any]


def _state(wikitext: str) -> str | None:
    """The state of knowledge that this value is; None when it is a value."""
    if wikitext.startswith(STATES[UNKNOWN]):
        wikitext = unagreed(wikitext)
    for word, shown in STATES.items():
        if wikitext in (word, shown):
            return word
    return None


def _hidden(text: str) -> str:
    """``text`` with its first character as a reference: no decoder takes it for anything else."""
    return f"&#{ord(text[0])};" + encode(text[1:], Context.PARAM)


def _encode_text(value: str, _names: Names) -> str:
    if value in STATES:
        return STATES[value]
    wikitext = encode(value, Context.PARAM)
    return _hidden(value) if _state(wikitext) else wikitext


def _decode_text(wikitext: str, _names: Names) -> str:
    wikitext = wikicode.trim(wikitext)
    return _state(wikitext) or wikicode.plain(wikitext)


TEXT = Codec(_encode_text, _decode_text)


def _encode_sentence(value: str, names: Names) -> str:
    if "](" in value:
        return write_linked(value, Context.PARAM, names)
    return _encode_text(value, names)


def _decode_sentence(wikitext: str, names: Names) -> str:
    wikitext = wikicode.trim(wikitext)
    return _state(wikitext) or read_linked_value(wikitext, names)


SENTENCE = Codec(_encode_sentence, _decode_sentence)
"""A text with links to records in it."""


def _encode_date(value: str | int, _names: Names) -> str:
    if isinstance(value, int):
        return str(value)
    return STATES.get(value) or _date_text(value)


@lru_cache(maxsize=4096)
def _date_text(value: str) -> str:
    wikitext = encode(display(value), Context.PARAM)
    if _date_of(wikitext) == value:
        return wikitext
    if value.startswith("du ") and _date_of(wikitext + _IN_WORDS) == value:
        return wikitext + _IN_WORDS
    return _hidden(value)


def _date_of(wikitext: str) -> str | int:
    wikitext = wikicode.trim(wikitext)
    if state := _state(wikitext):
        return state
    if re.fullmatch(r"-?(?:0|[1-9][0-9]*)", wikitext):
        number = whole_number(wikitext)
        return wikitext if number is None else number
    if wikitext.startswith("&#"):
        return wikicode.plain(wikitext)
    text = wikicode.plain(wikitext.removesuffix(_IN_WORDS))
    if "\n" in text:
        raise Undecodable("une date tient sur une ligne")
    return (in_figures if wikitext.endswith(_IN_WORDS) else undisplayed)(text)


DATE = Codec(_encode_date, lambda wikitext, _names: _date_of(wikitext))


def _encode_number(value: str | float, _names: Names) -> str:
    if not isinstance(value, str):
        return count(value)
    wikitext = _encode_text(value, _names)
    return _hidden(value) if read_count(wikitext) is not None else wikitext


def _decode_number(wikitext: str, names: Names) -> Any:
    number = read_count(wikicode.trim(wikitext))
    return _decode_text(wikitext, names) if number is None else number


NUMBER = Codec(_encode_number, _decode_number)


def word(name: str) -> Codec:
    """One word of the vocabulary ``name``; reading raises Undecodable for any other."""

    def encode_word(value: str, _names: Names) -> str:
        return encode(vocabulary(name).label(value), Context.PARAM)

    def decode_word(wikitext: str, _names: Names) -> str:
        label = wikicode.plain(wikicode.trim(wikitext))
        key = vocabulary(name).word(label)
        if key is None:
            raise Undecodable(f"« {label} » n’est pas dans le vocabulaire « {name} »")
        return key

    return Codec(encode_word, decode_word)


def listed(item: Codec) -> Codec:
    """A list of ``item``, or a state."""

    def encode_list(value: list[Any] | str, names: Names) -> str:
        if isinstance(value, str):
            return STATES[value]
        return SEPARATOR.join(item.encode(entry, names) for entry in value)

    def decode_list(wikitext: str, names: Names) -> Any:
        return _state(wikicode.trim(wikitext)) or [
            item.decode(entry, names) for entry in wikicode.split(wikitext)
        ]

    return Codec(encode_list, decode_list)


def _encode_link(value: str, names: Names) -> str:
    if (link := names.link(value)) is not None:
        return link
    pieces = value.split(";")
    parts: list[str | Markup] = [pieces[0]]
    for piece in pieces[1:]:
        parts += (wikicode.SEMICOLON, piece)
    wikitext = str(compose(parts, Context.PARAM))
    return _hidden_item(value) if _state(wikitext) else wikitext


def _hidden_item(value: str) -> str:
    return f"&#{ord(value[0])};{value[1:]}"


def _decode_link(wikitext: str, names: Names) -> str:
    wikitext = wikicode.trim(wikitext)
    target = wikicode.sole_link(wikitext)
    if target is None and "[[" in wikitext:
        raise Undecodable(
            "ce champ est une liste, dont les éléments sont séparés par « ; », un lien tout seul "
            f"à chaque fois : {' '.join(wikitext.split())}"
        )
    if target is None:
        return _free_text(wikicode.plain(wikitext), names)
    id_ = names.identify(target.title, target.fragment)
    if id_ is None:
        raise Undecodable(f"la page « {target.title} » n’est pas une fiche du corpus")
    known = (names.label(id_), target.title, target.title.lstrip(": "), "")
    if fold(decode(target.label, Context.LINK_LABEL)) not in map(fold, known):
        # the label must be the title of the record: another one would be lost
        raise Undecodable(
            f"un lien porte ici le titre de la fiche : « {target.label} » n’y tiendrait pas"
        )
    return id_


def _free_text(text: str, names: Names) -> str:
    """A person may type a title without brackets only where it cannot be taken for an id."""
    if names.link(text) is not None:
        raise Undecodable(f"« {text} » : écrire un lien vers la page, [[…]]")
    return text


def _encode_links(value: str | list[str], names: Names) -> str:
    if isinstance(value, str):
        return STATES[value] if value in STATES else _encode_link(value, names)
    wikitext = LINK_LIST.encode(value, names)
    return wikitext + LIST_OF_ONE if len(value) == 1 else wikitext


def _decode_links(wikitext: str, names: Names) -> Any:
    wikitext = wikicode.trim(wikitext)
    if state := _state(wikitext):
        return state
    single = wikitext.removesuffix(LIST_OF_ONE)
    items = [_decode_link(entry, names) for entry in wikicode.split(single)]
    return items[0] if len(items) == 1 and single == wikitext else items


def _encode_item(value: str, names: Names) -> str:
    return _hidden_item(value) if value in STATES else _encode_link(value, names)


LINKS = Codec(_encode_links, _decode_links)
"""One reference or free text, or several."""
LINK_LIST = listed(Codec(_encode_item, _decode_link))
"""Always a list."""
