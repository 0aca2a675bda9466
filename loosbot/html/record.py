"""One record as an article: its story first, its facts, its sections, what points to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from html import escape
from typing import Any

from loosbot.corpus.attached import path_of
from loosbot.corpus.dates import display
from loosbot.corpus.model import Record
from loosbot.corpus.types import TYPES
from loosbot.corpus.values import known
from loosbot.fields.dictionary import Field, dictionary
from loosbot.fields.parameters import VOICE
from loosbot.fields.site import by_date
from loosbot.fields.voices import place_of
from loosbot.frozen import dataclass
from loosbot.html.context import Shelf
from loosbot.html.typography import typeset
from loosbot.html.values import Values, is_long, paired

Picture = Callable[[str], str | None]
"""From the path of a joined file to where the page finds it; None where it is not there."""
_OWN = ("titre", "resume", "voix", "documents", "liens", "relectures")
"""Fields that have a place of their own."""


@dataclass(frozen=True, slots=True)
class Articles:
    """Writes records. ``leave_out`` are fields that this work does not show; ``level`` is that
    of an article's own title."""

    shelf: Shelf
    picture: Picture
    leave_out: frozenset[str] = frozenset()
    level: int = 1

    def article(self, record: Record, *, links: bool = True) -> str:
        """Everything that is shown of a record; without ``links`` what points to it stays out."""
        values = Values(self.shelf, record.id, record.path)
        fields = [
            field for field in dictionary(record.type) if field.shown and self._shows(field, record)
        ]
        parts = [self._head(record)]
        voices = self._voices(record, values, fields)
        facts = self._facts(record, values, fields)
        sections = "".join(self._sections(record, values, fields))
        # a récit begins with whoever tells it; elsewhere the facts say what it is about
        is_tale = record.type == "recit"
        parts += [voices, self._pictures(record), sections, facts] if is_tale else [
            facts, self._pictures(record), voices, sections,
        ]  # fmt: skip
        if links:
            parts.append(self._see_also(record))
        parts.append(self._reviews(record))
        return f'<article class="{record.type}">{"".join(parts)}</article>'

    def _shows(self, field: Field, record: Record) -> bool:
        return field.key in record.data and field.key not in self.leave_out

    def _heading(self, title: str, below: int = 1) -> str:
        name = f"h{min(self.level + below, 6)}"
        return f"<{name}>{typeset(title)}</{name}>"

    def _head(self, record: Record) -> str:
        noun = TYPES[record.type].noun
        lead = record.data.get("resume")
        summary = (
            f'<div class="resume">'
            f"{self.shelf.prose(record.id, record.path, lead, self.level)}</div>"
            if isinstance(lead, str)
            else ""
        )
        return (
            f'<p class="genre">{typeset(noun[:1].upper() + noun[1:])}</p>'
            f"{self._heading(record.title, 0)}{summary}"
        )

    def _facts(self, record: Record, values: Values, fields: list[Field]) -> str:
        """What the fiche holds, as pairs."""
        facts = []
        for field in fields:
            value = record.data[field.key]
            if field.key in _OWN or field.heading or is_long(field, value):
                continue
            facts.append((typeset(field.title), values.inline(field, value)))
        return paired(facts, "fiche")

    def _sections(self, record: Record, values: Values, fields: list[Field]) -> Iterator[str]:
        """What stands under a heading, each heading once."""
        by_heading: dict[str, list[Field]] = {}
        for field in fields:
            value = record.data[field.key]
            if field.key in _OWN or (not field.heading and not is_long(field, value)):
                continue
            by_heading.setdefault(field.heading or field.title, []).append(field)
        for title, several in by_heading.items():
            yield self._heading(title)
            for field in several:
                below = 1
                if len(several) > 1 and field.title != title:
                    below = 2
                    yield self._heading(field.title, below)
                yield values.block(field, record.data[field.key], self.level + below)

    def _voices(self, record: Record, values: Values, fields: list[Field]) -> str:
        field = next((field for field in fields if field.key == "voix"), None)
        if field is None:
            return ""
        voices = "".join(self._voice(voice, field, record, values) for voice in record.data["voix"])
        return (
            self._heading("Les voix" if record.type == "recit" else "Ce qu’ils en disent") + voices
        )

    def _voice(self, voice: Mapping[str, Any], field: Field, record: Record, values: Values) -> str:
        inner = {inner.key: inner for inner in field.fields}
        who = values.inline(inner["qui"], voice["qui"]) if "qui" in voice else ""
        about = [f"<b>{who}</b>"] if who else []
        if place := place_of(voice):
            about.append(typeset(place))
        if "nature" in voice:
            about.append(typeset(_NATURES.get(str(voice["nature"]), str(voice["nature"]))))
        if date := known(voice.get("date")):
            about.append(typeset(display(date)))
        text = voice.get("texte")
        words = (
            self.shelf.prose(record.id, record.path, text, self.level + 1)
            if isinstance(text, str)
            else f"<p><em>{typeset(_silent(voice))}</em></p>"
        )
        more = self._beside(voice, inner, values)
        more += "".join(
            f"{self._heading(inner[key].title, 2)}"
            f"{values.block(inner[key], voice[key], self.level + 2)}"
            for key in ("frottements",)
            if key in voice
        )
        language = known(record.data.get("langue"))
        # the screen reader of somebody who hears the page takes another voice (WCAG 2.2, 3.1.2)
        spoken = f' lang="{escape(language)}"' if language else ""
        return (
            f'<div class="voix"><blockquote{spoken}>{words}</blockquote>'
            f'<p class="qui">{" · ".join(about)}</p>{more}</div>'
        )

    def _beside(self, voice: Mapping[str, Any], inner: Mapping[str, Field], values: Values) -> str:
        """Whom a voice answers, what it is about and where it comes from, a line each, in the words
        of ``{{Voix}}``."""
        lines = []
        for key in ("repond_a", "themes", "effets", "sources"):
            if key in voice and key not in self.leave_out:
                colon = "" if key == "repond_a" else "\u00a0:"
                label = typeset(f"{_BESIDE[key].lower()}{colon}")
                value = values.inline(_in_a_sentence(inner[key]), voice[key])
                lines.append(f'<p class="qui">{label} {value}</p>')
        return "".join(lines)

    def _pictures(self, record: Record) -> str:
        pictures = []
        for document in record.data.get("documents", ()):
            path = path_of(record.path, str(document["fichier"]))
            address = self.picture(path)
            attached = self.shelf.corpus.attached.get(path)
            if address is None or attached is None:
                continue
            words = " — ".join(
                str(document[key]) for key in ("legende", "licence") if key in document
            )
            if attached.kind == "pdf":
                label = typeset(words or str(document["alt"]))
                pictures.append(f'<p><a href="{escape(address)}">{label} (PDF)</a></p>')
                continue
            caption = f"<figcaption>{typeset(words)}</figcaption>" if words else ""
            pictures.append(
                f'<figure><img src="{escape(address)}" alt="{escape(str(document["alt"]))}">'
                f"{caption}</figure>"
            )
        return "".join(pictures)

    def _see_also(self, record: Record) -> str:
        """Its own links and what points here, by type; only what this work holds."""
        corpus = self.shelf.corpus
        liens = record.data.get("liens", ())
        own = [
            self.shelf.ids.get(str(target), str(target))
            for target in liens
            if isinstance(target, str)
        ]
        pointing = [link.source for link in corpus.backlinks.get(record.id, ())]
        wanted = [
            id_ for id_ in dict.fromkeys((*own, *pointing))
            if id_ in corpus.records and id_ != record.id
        ]  # fmt: skip
        blocks = []
        for type_, row in TYPES.items():
            mine = sorted(
                (corpus.records[id_] for id_ in wanted if corpus.records[id_].type == type_),
                key=by_date,
            )
            if mine:
                items = "".join(
                    f"<li>{self.shelf.link(record.id, neighbour.id)}</li>" for neighbour in mine
                )
                blocks.append(f"{self._heading(row.plural, 2)}<ul>{items}</ul>")
        return self._heading("Voir aussi") + "".join(blocks) if blocks else ""

    def _reviews(self, record: Record) -> str:
        reviews = record.data.get("relectures")
        if not isinstance(reviews, list) or "relectures" in self.leave_out:
            return ""
        readers = " ; ".join(f"{review['qui']}, {display(review['date'])}" for review in reviews)
        return f'<p class="relu">{typeset(f"Relu par {readers}.")}</p>'


_BESIDE = {field.path[0]: field.parameter for field in VOICE}


def _in_a_sentence(field: Field) -> Field:
    """The field, its words without their capitals."""
    return replace(
        field,
        words=tuple(replace(word, title=word.title.lower()) for word in field.words),
        fields=tuple(map(_in_a_sentence, field.fields)),
    )


_NATURES = {
    "rapporte": "parole rapportée",
    "verbatim": "ses mots exacts",
    "transcription": "transcription",
}


def _silent(voice: Mapping[str, Any]) -> str:
    """Why a voice is not there; never who it is."""
    consent = voice.get("consentement", {})
    until = known(consent.get("jusquau")) if isinstance(consent, dict) else ""
    if until:
        return f"Cette voix ne sera pas publiée avant : {display(until)}."
    return "Cette voix n’est pas publiée ici."
