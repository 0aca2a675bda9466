"""Words of a vocabulary, one a line, each with what it was here: written, and read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from loosbot.corpus.french import typographic
from loosbot.fields.certainty import beyond_certainty, certainty, with_certainty
from loosbot.fields.codecs import Codec
from loosbot.fields.linked import read_linked, write_linked
from loosbot.fields.site import bare
from loosbot.fields.vocabulary import vocabulary
from loosbot.wikitext import wikicode
from loosbot.wikitext.encoding import Context, Markup, encode
from loosbot.wikitext.names import Names
from loosbot.wikitext.wikicode import Undecodable

_WORD = re.compile(r"'''(?P<label>.*?)'''\s*(?::\s*(?P<said>.*))?", re.DOTALL)
_LINKED = re.compile(r"\[\[(?P<target>[^]|]*)\|(?P<label>[^]]*)\]\]")


def word_line(name: str) -> Codec:
    """``'''Label''' : what it was here``, and how sure it is.

    The definition is one gesture away, on the index that holds it or on the page of all
    vocabularies, and never beside the word: it would read as what happened here. Pages of before
    have it there: read back, it belongs to the vocabulary. Reading raises Undecodable for a word of
    no list.
    """

    def write(item: Any, names: Names) -> str:
        value = str(bare(item))
        term = vocabulary(name).terms.get(value)
        label = term.title if term else value
        link = _defined(name, value, label, names)
        note = item.get("note", "") if isinstance(item, Mapping) else ""
        line = f"'''{link or encode(label, Context.LIST_ITEM)}'''"
        line += f" : {write_linked(note, Context.LIST_ITEM, names)}" if note else ""
        return line + (certainty(item, names) if isinstance(item, Mapping) else "")

    def read(line: str, names: Names) -> Any:
        rest, certainty = with_certainty(line, names)
        notes, rest = wikicode.take_templates(rest, {names.template("Précision")})
        if notes:
            certainty["note"] = read_linked(notes[0].values.get("texte", ""), names)
            beyond = beyond_certainty(notes, names)
            certainty |= {"{{Précision}}": beyond} if beyond else {}
        match = _WORD.fullmatch(wikicode.trim(rest))
        label = match["label"] if match else wikicode.trim(rest)
        linked = _LINKED.fullmatch(label.strip())
        label = wikicode.plain_inside(linked["label"] if linked else label)
        value = vocabulary(name).word(label)
        if value is None:
            raise Undecodable(f"« {label} » n’est pas dans le vocabulaire « {name} »")
        ours = _defined(name, value, label, names) if linked else None
        if linked and (ours is None or linked[0].strip() != ours):
            raise Undecodable("le lien d’un mot mène à sa définition, et nulle part ailleurs")
        note = read_linked((match["said"] or "").strip(), names) if match else ""
        term = vocabulary(name).terms.get(value)
        defined = small_first(term.description) if term else ""
        if note and typographic(note) != typographic(defined):
            if "note" in certainty:
                raise Undecodable("un mot n’a qu’une précision")
            certainty["note"] = note
        return {"valeur": value, **certainty} if certainty else value

    return Codec(write, read)


def _defined(name: str, word: str, label: str, names: Names) -> Markup | None:
    """A link to where a word of the vocabulary ``name`` is defined, if the wiki says it."""
    return names.definition(name, word, label) or names.glossary(vocabulary(name).title, label)


def small_first(sentence: str) -> str:
    """A definition goes on after a colon; ``DICRIM`` and the like keep their capitals."""
    if len(sentence) > 1 and sentence[1].isupper():
        return sentence
    return sentence[:1].lower() + sentence[1:]
