"""Values of a record as template parameters, and back.

What a person sees and may type by hand, one form per kind of value:

- text, as it is; ``inconnu`` and ``sans objet`` are the two states of knowledge;
- a word of a vocabulary by its label (``En cours``), whatever the case;
- a date in French (``15 juin 2018``, ``juin 2018``) or as YAML has it (``depuis 2015``);
- a link ``[[Titre|texte]]``; several values are separated by `` ; ``;
- what is known about a fact follows it: ``Coproduction {{Statut|déduit}}
  {{Source|referentiel|passage=§ 5.5.3}} {{Précision|texte=...}}``;
- a quantity is in :mod:`loosbot.fields.quantities`.

``decode(encode(v)) == v`` for every value that the schemas allow. Where two values would look
the same (the number 2018 and the text "2018", one link and a list of one link), the rarer one
carries a character reference or an empty comment that readers do not see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from typing import Any

from loosbot.corpus.dates import display
from loosbot.corpus.french import count, read_count
from loosbot.corpus.values import UNKNOWN
from loosbot.fields import frenchdates
from loosbot.fields.agreement import unagreed
from loosbot.fields.linked import read_linked_value, write_linked
from loosbot.fields.vocabulary import STATES, fold, vocabulary
from loosbot.frozen import dataclass
from loosbot.guarded import whole_number
from loosbot.harmless import beginning
from loosbot.wikitext import wikicode
from loosbot.wikitext.call import inline_call
from loosbot.wikitext.encoding import Context, Markup, compose, encode
from loosbot.wikitext.names import Names, anchor
from loosbot.wikitext.plaintext import decode
from loosbot.wikitext.wikicode import Undecodable

SEPARATOR = " ; "
LIST_OF_ONE = "<!-- liste -->"
BARE_FACT = "<!-- fait -->"
_SOURCE = re.compile(r"(?P<id>[^ ]+)(?: (?P<passage>.*))?", re.DOTALL)


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


def _hidden(text: str, context: Context = Context.PARAM) -> str:
    """``text`` with its first character as a reference: no decoder takes it for anything else."""
    return f"&#{ord(text[0])};" + encode(text[1:], context)


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
    return wikitext if _date_of(wikitext) == value else _hidden(value)


def _decode_date(wikitext: str, _names: Names) -> str | int:
    return _date_of(wikitext)


def _date_of(wikitext: str) -> str | int:
    wikitext = wikicode.trim(wikitext)
    if state := _state(wikitext):
        return state
    if re.fullmatch(r"-?(?:0|[1-9][0-9]*)", wikitext):
        number = whole_number(wikitext)
        return wikitext if number is None else number
    if wikitext.startswith("&#"):
        return wikicode.plain(wikitext)
    return frenchdates.parsed(wikicode.plain(wikitext))


DATE = Codec(_encode_date, _decode_date)


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
    link = names.link(value)
    if link is not None:
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
    wikitext = SEPARATOR.join(
        _hidden_item(entry) if entry in STATES else _encode_link(entry, names) for entry in value
    )
    return wikitext + LIST_OF_ONE if len(value) == 1 else wikitext


def _decode_links(wikitext: str, names: Names) -> Any:
    wikitext = wikicode.trim(wikitext)
    if state := _state(wikitext):
        return state
    single = wikitext.removesuffix(LIST_OF_ONE)
    items = [_decode_link(entry, names) for entry in wikicode.split(single)]
    return items[0] if len(items) == 1 and single == wikitext else items


def _encode_link_list(value: str | list[str], names: Names) -> str:
    if isinstance(value, str):
        return STATES[value]
    return _encode_links(value, names).removesuffix(LIST_OF_ONE)


def _decode_link_list(wikitext: str, names: Names) -> Any:
    wikitext = wikicode.trim(wikitext)
    return _state(wikitext) or [_decode_link(entry, names) for entry in wikicode.split(wikitext)]


LINKS = Codec(_encode_links, _decode_links)
"""One reference or free text, or several."""
LINK_LIST = Codec(_encode_link_list, _decode_link_list)
"""Always a list."""


def encode_source(value: str, names: Names) -> Markup:
    """One reference, as ``{{Source|referentiel|passage=§ 5.6|titre=...}}``: a footnote."""
    match = _SOURCE.fullmatch(value)
    assert match is not None  # noqa: S101 - the schema asks for one word at least
    id_ = match["id"]
    record = id_ if id_.startswith("source/") else f"source/{id_}"
    named = {"passage": encode(match["passage"] or "", Context.PARAM)}
    if record in names.labels:
        named["titre"] = encode(names.label(record), Context.LINK_LABEL)
    home = names.titles.get(names.rows.get(record, ""), "Sources")
    if home != "Sources":
        named["page"] = home
    if id_ == record:
        named["ancre"] = anchor(record)
    return inline_call(names, "Source", id_, **named)


def _encode_sources(value: list[str] | str, names: Names) -> str:
    if isinstance(value, str):
        return str(inline_call(names, "Source", état=STATES[value]))
    return "".join(encode_source(source, names) for source in value)


def _decode_sources(wikitext: str, names: Names) -> Any:
    sources, rest = wikicode.take_templates(wikitext, {names.template("Source")})
    beyond = beyond_certainty(sources, names)
    if wikicode.plain(rest) or beyond:
        raise Undecodable("une source s’écrit {{Source|nom|passage=§ …}}")
    return sources_of(sources)


def beyond_certainty(calls: Iterable[wikicode.Call], names: Names) -> wikicode.Verbatim | None:
    """What ``{{Source}}``, ``{{Statut}}`` and ``{{Précision}}`` say that no field of a file holds.

    The title of a source comes from its record: another one is a person's words. None for
    nothing.
    """
    sources, statuses, notes = (
        names.template(template) for template in ("Source", "Statut", "Précision")
    )
    rest: list[str] = []
    seen: set[str] = set()
    for call in calls:
        known = _computed(call, names) if call.name == sources else ("1", "texte")
        rest.append(call.beyond(*known))
        if call.name in (statuses, notes) and call.name in seen:
            rest.append(str(call.values))  # only the first call is read
        seen.add(call.name)
    return wikicode.Verbatim(" ; ".join(rest)) if any(rest) else None


def require_last(text: str, calls: Collection[str]) -> None:
    """Raises ``wikicode.Undecodable`` where words come behind one of these calls."""
    behind = wikicode.behind(text, calls)
    if behind:
        raise Undecodable(
            f"« {beginning(behind, 60)} » suit la source ou le statut, que la fiche garde à la "
            "fin : écrivez ces mots devant"
        )


def _computed(call: wikicode.Call, names: Names) -> tuple[str, ...]:
    """The parameters of one ``{{Source}}`` that its fields give, or that are as we write them."""
    if "état" in call.values:
        return ("état",)
    given = ("1", "passage")
    source = " ".join(filter(None, (call.values.get(name, "") for name in given)))
    if not source.strip():
        return given
    [ours], _ = wikicode.take_templates(encode_source(source, names), {call.name})
    same = (name for name, text in ours.values.items() if call.values.get(name) == text)
    return (*given, *same)


def sources_of(calls: list[wikicode.Call]) -> Any:
    """A list of references, or a state, from these calls. Raises Undecodable without a name."""
    sources: list[str] = []
    for call in calls:
        if "état" in call.values:
            return vocabulary("statut-fait").word(call.values["état"])
        name = wikicode.plain(call.values.get("1", ""))
        passage = wikicode.plain(call.values.get("passage", ""))
        if not name:
            raise Undecodable("{{Source}} sans nom de source")
        sources.append(f"{name} {passage}" if passage else name)
    return sources


SOURCES = Codec(_encode_sources, _decode_sources)


def status_call(value: str, names: Names) -> Markup:
    """``{{Statut|estimé}}``."""
    return inline_call(names, "Statut", vocabulary("statut-fait").label(value).lower())


def encode_note(value: str, names: Names) -> Markup:
    """``{{Précision|texte=...}}``."""
    return inline_call(names, "Précision", texte=write_linked(value, Context.PARAM, names))


def fact(main: Codec) -> Codec:
    """A value of ``main``, alone or with ``statut``, ``sources`` and ``note``."""

    def encode_fact(value: Any, names: Names) -> str:
        if not isinstance(value, dict):
            return main.encode(value, names)
        parts = [main.encode(value["valeur"], names)]
        if "statut" in value:
            parts.append(status_call(value["statut"], names))
        if "sources" in value:
            parts.append(_encode_sources(value["sources"], names))
        if "note" in value:
            parts.append(encode_note(value["note"], names))
        return " ".join(parts) if len(parts) > 1 else parts[0] + BARE_FACT

    def decode_fact(wikitext: str, names: Names) -> Any:
        wikitext = wikicode.trim(wikitext)
        bare = wikitext.removesuffix(BARE_FACT)
        known = {
            names.template(template): template for template in ("Statut", "Source", "Précision")
        }
        require_last(bare, known)
        calls, rest = wikicode.take_templates(bare, set(known))
        value = main.decode(rest, names)
        if not calls and bare == wikitext:
            return value
        details: dict[str, Any] = {"valeur": value}
        by_name: dict[str, list[wikicode.Call]] = {}
        for call in calls:
            by_name.setdefault(known[call.name], []).append(call)
        if "Statut" in by_name:
            details["statut"] = word("statut-fait").decode(
                by_name["Statut"][0].values.get("1", ""), names
            )
        if "Source" in by_name:
            details["sources"] = sources_of(by_name["Source"])
        if "Précision" in by_name:
            text = by_name["Précision"][0].values.get("texte", "")
            details["note"] = read_linked_value(text, names)
        beyond = beyond_certainty(calls, names)
        return {**details, "au-delà": beyond} if beyond else details

    return Codec(encode_fact, decode_fact)
