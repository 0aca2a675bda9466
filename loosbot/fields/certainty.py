"""A fact and what is known about it: its status, its sources and a note. Encoding and decoding.

These follow the value: ``Coproduction {{Statut|déduit}} {{Source|referentiel|passage=§ 5.5.3}}
{{Précision|texte=...}}``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from loosbot.escaping import beginning
from loosbot.fields.codecs import Codec, word
from loosbot.fields.linked import read_linked_value, write_linked
from loosbot.fields.vocabulary import STATES, vocabulary
from loosbot.wikitext import wikicode
from loosbot.wikitext.blocks import inline_call
from loosbot.wikitext.encoding import Context, Markup, encode
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable

BARE_FACT = "<!-- fait -->"
_SOURCE = re.compile(r"(?P<id>[^ ]+)(?: (?P<passage>.*))?", re.DOTALL)


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
        named["ancre"] = names.anchor(record)
    written = names.written(record)
    called = written if id_ == record else written.removeprefix("source/")
    return inline_call(names, "Source", called, **named)


def _encode_sources(value: list[str] | str, names: Names) -> str:
    if isinstance(value, str):
        return str(inline_call(names, "Source", état=STATES[value]))
    return "".join(encode_source(source, names) for source in value)


def _decode_sources(wikitext: str, names: Names) -> Any:
    sources, rest = wikicode.take_templates(wikitext, {names.template("Source")})
    beyond = beyond_certainty(sources, names)
    if wikicode.plain(rest) or beyond:
        raise Undecodable("une source s’écrit {{Source|nom|passage=§ …}}")
    return sources_of(sources, names)


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
    if behind := wikicode.behind(text, calls):
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


def sources_of(calls: list[wikicode.Call], names: Names) -> Any:
    """A list of references, or a state, from these calls. Raises Undecodable without a name."""
    sources: list[str] = []
    for call in calls:
        if "état" in call.values:
            return vocabulary("statut-fait").word(call.values["état"])
        name = wikicode.plain(call.values.get("1", ""))
        passage = wikicode.plain(call.values.get("passage", ""))
        if not name:
            raise Undecodable("{{Source}} sans nom de source")
        name = _named(name, names)
        sources.append(f"{name} {passage}" if passage else name)
    return sources


def _named(written: str, names: Names) -> str:
    """The source that ``written`` names, with its type where that was written."""
    if written.startswith("source/"):
        return names.named(written)
    return names.named(f"source/{written}").removeprefix("source/")


SOURCES = Codec(_encode_sources, _decode_sources)


def status_call(value: str, names: Names) -> Markup:
    """``{{Statut|estimé}}``."""
    return inline_call(names, "Statut", vocabulary("statut-fait").label(value).lower())


def worth(fact: object) -> str:
    """``, déduit`` behind a fact in brackets that is deduced, estimated or the like; "" behind any
    other."""
    status = fact.get("statut") if isinstance(fact, Mapping) else None
    if not isinstance(status, str) or status == "atteste":
        return ""
    return f", {vocabulary('statut-fait').label(status).lower()}"


def encode_note(value: str, names: Names) -> Markup:
    """``{{Précision|texte=...}}``."""
    return inline_call(names, "Précision", texte=write_linked(value, Context.PARAM, names))


def fact(main: Codec) -> Codec:
    """A value of ``main``, alone or with ``statut``, ``sources`` and ``note``."""

    def encode_fact(value: Any, names: Names) -> str:
        if not isinstance(value, dict):
            return main.encode(value, names)
        behind = certainty(value, names)
        if "note" in value:
            behind += f" {encode_note(value['note'], names)}"
        return main.encode(value["valeur"], names) + (behind or BARE_FACT)

    def decode_fact(wikitext: str, names: Names) -> Any:
        wikitext = wikicode.trim(wikitext)
        bare = wikitext.removesuffix(BARE_FACT)
        rest, details = with_certainty(bare, names, "Précision")
        value = main.decode(rest, names)
        return {"valeur": value, **details} if details or bare != wikitext else value

    return Codec(encode_fact, decode_fact)


def certainty(item: Mapping[str, Any], names: Names) -> str:
    """To write behind a fact: ``{{Statut|estimé}} {{Source|…}}``, "" where nothing is known."""
    out = ""
    if "statut" in item:
        out += f" {status_call(item['statut'], names)}"
    if "sources" in item:
        out += f" {SOURCES.encode(item['sources'], names)}"
    return out


def with_certainty(text: str, names: Names, *more: str) -> tuple[str, dict[str, Any]]:
    """A text without its status and its sources, and what these say (``statut``, ``sources``);
    with ``Précision`` among ``more``, the same of its ``note``.

    Raises ``wikicode.Undecodable`` where words come behind these: in the field they would stand
    before them, under a source that does not say them.
    """
    known = {names.template(name): name for name in ("Statut", "Source", *more)}
    require_last(text, known)
    calls, rest = wikicode.take_templates(text, set(known))
    by_name: dict[str, list[wikicode.Call]] = {}
    for call in calls:
        by_name.setdefault(known[call.name], []).append(call)
    certainty: dict[str, Any] = {}
    if states := by_name.get("Statut"):
        certainty["statut"] = word("statut-fait").decode(states[0].values.get("1", ""), names)
    if sources := by_name.get("Source"):
        certainty["sources"] = sources_of(sources, names)
    if notes := by_name.get("Précision"):
        certainty["note"] = read_linked_value(notes[0].values.get("texte", ""), names)
    beyond = beyond_certainty(calls, names)
    return rest, {**certainty, "au-delà": beyond} if beyond else certainty
