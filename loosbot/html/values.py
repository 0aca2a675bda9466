"""The value of one field as HTML, whatever its kind: a walk over the dictionary of fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from loosbot.corpus.addresses import scheme
from loosbot.corpus.dates import display
from loosbot.corpus.french import count, open_end
from loosbot.corpus.links import source_parts
from loosbot.fields.agreement import state_beside
from loosbot.fields.dictionary import Field
from loosbot.fields.languages import language
from loosbot.fields.vocabulary import STATES, vocabulary
from loosbot.frozen import dataclass
from loosbot.html.context import Shelf
from loosbot.html.typography import typeset

_MAIN = ("texte", "quoi", "valeur", "titre", "constat", "qui")
"""Which field of an item is its sentence; the others are told behind it."""
_SEMICOLON = "\N{NARROW NO-BREAK SPACE}; "
_CERTAIN = ("statut", "sources")
"""Of every item and group: how sure it is, and where it comes from."""


@dataclass(frozen=True, slots=True)
class Values:
    """Writes the values of one record: ``here`` is its id, ``path`` its file."""

    shelf: Shelf
    here: str
    path: str

    def inline(self, field: Field, value: Any) -> str:
        """A value in one line of text."""
        if isinstance(value, str) and value in STATES and field.kind not in ("choice", "flag"):
            return f"<em>{state_beside(field.title, value)}</em>"
        if isinstance(value, list):
            joined = [
                self.inline(field if isinstance(item, Mapping) else field.simple, item)
                for item in value
            ]
            return _SEMICOLON.join(joined)
        if isinstance(value, Mapping):
            return self._sentence(field, value)
        if field.fields:
            return self.inline(field.simple, value)
        return self._scalar(field, value)

    def block(self, field: Field, value: Any, level: int) -> str:
        """A value under its heading: prose, a list, or what a group holds."""
        if field.kind == "text" and isinstance(value, str) and value not in STATES:
            return self.shelf.prose(self.here, self.path, value, level)
        if isinstance(value, list) and field.kind in ("items", "lines", "choices"):
            items = "".join(f"<li>{self._item(field, item, level)}</li>" for item in value)
            return f"<ul>{items}</ul>"
        if isinstance(value, Mapping) and field.kind == "map":
            return paired((typeset(str(key)), typeset(str(text))) for key, text in value.items())
        if isinstance(value, Mapping) and not field.short:
            return self.group(field.fields, value, level)
        return f"<p>{self.inline(field, value)}</p>"

    def group(self, fields: tuple[Field, ...], value: Mapping[str, Any], level: int) -> str:
        """What a group holds: short facts as pairs, then what takes more room."""
        short, long = [], []
        for field in fields:
            inner = value.get(field.key)
            if inner is None or not field.shown:
                continue
            if is_long(field, inner):
                heading = f"h{min(level + 1, 6)}"
                title = f"<{heading}>{typeset(field.title)}</{heading}>"
                # the ``texte`` of a group is its body, without a heading
                title = "" if field.key == "texte" else title
                long.append(title + self.block(field, inner, level + 1))
            else:
                short.append((typeset(field.title), self.inline(field, inner)))
        return paired(short) + "".join(long)

    def _item(self, field: Field, value: Any, level: int) -> str:
        if not isinstance(value, Mapping):
            return self.inline(field.simple if field.fields else field, value)
        text = self._sentence(field, value)
        prose = [
            self.block(inner, value[inner.key], level)
            for inner in field.fields
            if inner.key in value and inner.kind == "text" and inner.shown
        ]
        return text + "".join(prose)

    def _sentence(self, field: Field, value: Mapping[str, Any]) -> str:
        """The sentence of an item, then what is known of it, in small."""
        inner = {part.key: part for part in field.fields if part.shown and part.kind != "text"}
        main = next((key for key in (field.short, *_MAIN) if key in value and key in inner), "")
        main_text = self.inline(inner[main], value[main]) if main else ""
        if (unit := value.get("unite")) and value.get("valeur") not in STATES:
            main_text += f"\u00a0{typeset(str(unit))}"
        more = [
            f"{typeset(inner[key].title)}\u00a0: {self.inline(inner[key], detail)}"
            for key, detail in value.items()
            if key in inner and key not in (main, "unite", "id", "note", *_CERTAIN)
        ]
        if isinstance(status := value.get("statut"), str) and "statut" in inner:
            more.append(typeset(vocabulary("statut-fait").label(status).lower()))
        if "note" in value:
            # no full stop before the semicolon of what follows
            note = open_end(str(value["note"])) if more else str(value["note"])
            more.insert(0, self.shelf.sentence(self.here, note))
        details = f" <small>({_SEMICOLON.join(more)})</small>" if more else ""
        sources = value.get("sources")
        cited = (
            f' <small class="sources">[{self.inline(inner["sources"], sources)}]</small>'
            if sources and "sources" in inner
            else ""
        )
        return main_text + details + cited

    def _scalar(self, field: Field, value: Any) -> str:
        match field.kind:
            case "choice" | "choices" | "flag":
                return typeset(_label(field, str(value)))
            case "date":
                return typeset(display(value))
            case "number":
                return typeset(count(value) if isinstance(value, int | float) else str(value))
            case "link" | "links":
                return self.shelf.link(self.here, str(value))
            case "reference" | "references":
                id_, passage = source_parts(str(value))
                words = self.shelf.link(self.here, id_)
                return f"{words}, {typeset(passage)}" if passage else words
            case "address":
                text = str(value)
                if scheme(text) not in ("http", "https", "mailto"):
                    return typeset(text)
                # paper says the address of every other link behind its words
                return f'<a class="adresse" href="{escape(text)}">{escape(text)}</a>'
            case _ if field.key == "langue":
                return typeset(language(str(value)))
            case _ if field.linked:
                return self.shelf.sentence(self.here, str(value))
            case _:
                return typeset(str(value))


def is_long(field: Field, value: Any) -> bool:
    """Whether a value wants a heading of its own."""
    if isinstance(value, str) and value in STATES:
        return False
    if field.kind in ("text", "map"):
        return True
    if isinstance(value, Mapping):
        return not field.short
    return isinstance(value, list) and field.kind in ("items", "lines")


def _label(field: Field, value: str) -> str:
    if value in STATES:
        return state_beside(field.title, value)
    return next((word.title for word in field.words if word.value == value), value)


def paired(pairs: Iterable[tuple[str, str]], kind: str = "") -> str:
    """Names and what they say, both HTML; ``kind`` is the class of the whole.

    A line ends between the two, which no browser shows: otherwise some readers of a page as text
    have one word of them (findings/html-text-words.sh).
    """
    lines = "\n".join(f"<div><dt>{name}</dt>\n<dd>{text}</dd></div>" for name, text in pairs)
    class_ = f' class="{kind}"' if kind else ""
    return f"<dl{class_}>{lines}</dl>" if lines else ""
