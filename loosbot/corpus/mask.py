"""A corpus without those who are masked: names, voices and links taken out or replaced.

What it cannot do: rename the file of a record whose id holds a name, or find a person whom a
text describes without naming.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from loosbot.corpus import schema
from loosbot.corpus.links import Linker, Owner, backlinks, current_ids, ordered
from loosbot.corpus.markdown import resolve_markdown_target, targets
from loosbot.corpus.model import Corpus, IndexPage, Link, Page, Record
from loosbot.corpus.schema import Shape
from loosbot.corpus.values import STATES
from loosbot.corpus.wording import folded

Verdict = Literal["shown", "withdrawn", "sealed", "masked"]
Alias = Callable[[str], str]
"""From the id or the name of somebody masked to the id that stands for them in a dump."""

NEUTRAL: Mapping[Verdict, str] = {
    "withdrawn": "personne retirée",
    "sealed": "personne non nommée",
    "masked": "personne non nommée",
}
VOICES: Mapping[Verdict, str] = {
    "withdrawn": "Voix retirée",
    "sealed": "Voix scellée",
    "masked": "Voix non publiée",
}
_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"(?:les?|la|une?|des|du|l['’]|d['’])\b", re.IGNORECASE)
_INLINE_LINK = re.compile(
    r"\[([^\[\]\n]{0,500})\]\([ \t]*(?:<([^<>\n]{0,500})>|([^)\s<>]{1,500}))[^)\n]{0,200}\)"
)


def speakers(voice: Mapping[str, Any]) -> list[str]:
    """Who speaks: ids and free text."""
    who = voice.get("qui")
    return [one for one in (who if isinstance(who, list) else [who]) if isinstance(one, str)]


@dataclass(frozen=True, slots=True)
class _Names:
    """Names to replace in texts: the pattern that finds them, and what to write instead."""

    pattern: re.Pattern[str] | None
    instead: Mapping[str, str]
    beginnings: frozenset[str] = frozenset()
    """First words of the names, "" where one has none: the pattern is slow, and most texts hold
    no name."""

    def hide(self, text: str) -> str:
        if self.pattern is None or self.beginnings.isdisjoint(("", *_WORD.findall(text))):
            return text
        return self.pattern.sub(lambda found: self.instead[_composed(found[0])], text)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _names(instead: Mapping[str, str]) -> _Names:
    composed = {_composed(name): neutral for name, neutral in instead.items() if name.strip()}
    forms = set(composed) | {unicodedata.normalize("NFD", name) for name in composed}
    if not forms:
        return _Names(None, {})
    longest_first = "|".join(
        # an id may be the beginning of a longer one
        re.escape(form) + (r"(?!-\w)" if "/" in form else "")
        for form in sorted(forms, key=len, reverse=True)
    )
    words = (_WORD.search(form) for form in forms)
    beginnings = frozenset(word[0] if word else "" for word in words)
    return _Names(re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)"), composed, beginnings)


class Mask:
    """Builds the filtered corpus. ``people`` and ``voices`` tell what to take out, and why."""

    def __init__(
        self,
        corpus: Corpus,
        people: Mapping[str, Verdict],
        voices: Mapping[tuple[str, int], Verdict],
        alias: Alias | None = None,
    ) -> None:
        self._corpus = corpus
        self._alias = alias
        self._people = people
        self._voices = voices
        self._ids = current_ids(corpus)
        everywhere, self._inside = self._collect_names()
        self._everywhere = _names(everywhere)

    def corpus_shown(self) -> Corpus:
        records = {
            id_: self._record(record)
            for id_, record in self._corpus.records.items()
            if id_ not in self._people
        }
        pages = {id_: self._page(page) for id_, page in self._corpus.pages.items()}
        indexes = {id_: self._index(index) for id_, index in self._corpus.indexes.items()}
        hide = self._everywhere.hide
        versions = tuple(
            replace(one, title=hide(one.title), sentence=hide(one.sentence))
            for one in self._corpus.versions
        )
        shown = replace(
            self._corpus, records=records, pages=pages, indexes=indexes, versions=versions
        )
        links = ordered(self._links(shown))
        return replace(shown, links=links, backlinks=backlinks(links))

    def _instead(self, who: str, said: Verdict) -> str:
        """What a text says in place of a name."""
        if self._alias is None or said != "masked":
            return NEUTRAL[said]
        return self._alias(who).partition("/")[2]

    def _collect_names(self) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """Names to hide in the whole corpus, and those to hide in one récit only.

        The name of a masked voice stays elsewhere when it is also that of somebody who is shown
        there: a person who withdraws one story has not withdrawn the others.
        """
        everywhere: dict[str, str] = {}
        for id_, said in self._people.items():
            data = self._corpus.records[id_].data
            former = data.get("anciens_ids", ())
            for name in (id_, *former, data["titre"], *data.get("variantes", ())):
                everywhere[name] = self._instead(id_, said)
        shown = self._names_shown()
        inside: dict[str, dict[str, str]] = {}
        for (tale, index), said in self._voices.items():
            voice = self._corpus.records[tale].data["voix"][index]
            for who, name in self._spoken_names(voice):
                inside.setdefault(tale, {})[name] = self._instead(who, said)
                if name not in shown and not _ARTICLE.match(name):
                    everywhere.setdefault(name, self._instead(who, said))
        return everywhere, inside

    def _names_shown(self) -> set[str]:
        shown: set[str] = set()
        for record in self._corpus.records.values():
            if record.type == "acteur" and record.id not in self._people:
                shown.update((record.data["titre"], *record.data.get("variantes", ())))
            for index, voice in enumerate(record.data.get("voix", ())):
                if (record.id, index) not in self._voices:
                    shown.update(name for _, name in self._spoken_names(voice))
        return shown

    def _spoken_names(self, voice: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Who speaks, with each of their names: ``MIG, dessinateur`` -> all of it, and ``MIG``."""
        names: list[tuple[str, str]] = []
        for who in speakers(voice):
            person = self._corpus.records.get(self._ids.get(who, ""))
            if person is not None:
                known = (person.data["titre"], *person.data.get("variantes", ()))
                names += ((person.id, name) for name in known)
            elif who not in STATES:
                parts = [part.strip() for part in re.split(r",| et ", who)]
                named = (part for part in parts if part[:1].isupper() and len(part) > 1)
                names += ((who, name) for name in (who, *named))
        return names

    def _record(self, record: Record) -> Record:
        data = dict(record.data)
        if "voix" in data:
            data["voix"] = self._voices_shown(record)
        names = _names(self._inside.get(record.id, {}))
        return replace(
            record, data=self._value(data, schema.shape(record.type), record.path, names)
        )

    def _voices_shown(self, record: Record) -> list[dict[str, Any]]:
        masked: dict[str, Verdict] = {}
        voices = record.data["voix"]
        for index, voice in enumerate(voices):
            if said := self._voices.get((record.id, index)):
                spoken = (name for _, name in self._spoken_names(voice))
                for name in (*speakers(voice), *spoken):
                    masked[folded(name)] = said
                masked[folded(", ".join(speakers(voice)))] = said
        shown = []
        for index, voice in enumerate(voices):
            if said := self._voices.get((record.id, index)):
                voice = _tombstone(voice, said, self._alias)
            answered = masked.get(folded(voice.get("repond_a", "")))
            shown.append({**voice, "repond_a": VOICES[answered]} if answered else voice)
        return shown

    def _page(self, page: Page) -> Page:
        data = self._value(page.data, schema.shape("page"), page.path, _names({}))
        return replace(page, data=data, text=self._markdown(page.text, page.path, _names({})))

    def _index(self, index: IndexPage) -> IndexPage:
        data = self._value(index.data, schema.shape("index"), index.path, _names({}))
        return replace(index, data=data)

    def _value(self, value: Any, shape: Shape, path: str, names: _Names) -> Any:
        """A value without any of the names; None for a link that has nothing left to say."""
        if isinstance(value, Mapping):
            shown = {
                key: self._value(one, shape.child(key) or Shape(), path, names)
                for key, one in value.items()
            }
            return {key: one for key, one in shown.items() if one is not None}
        if isinstance(value, list):
            items = [self._value(one, shape.items or Shape(), path, names) for one in value]
            kept = [one for one in items if one is not None]
            return None if value and not kept else kept
        if not isinstance(value, str) or shape.words:
            return value
        person = self._ids.get(value, "")
        if shape.links and person in self._people:
            said = self._people[person]
            if self._alias is not None and said == "masked":
                return self._alias(person)
            return NEUTRAL[said] if shape.free else None
        if shape.markdown:
            return self._markdown(value, path, names)
        return names.hide(self._everywhere.hide(value))

    def _markdown(self, text: str, path: str, names: _Names) -> str:
        def masked(target: str) -> str | None:
            named = resolve_markdown_target(self._ids, path, target)
            person = self._ids.get(named or "", "")
            return person if person in self._people else None

        def unlink(found: re.Match[str]) -> str:
            person = masked(found[2] if found[2] is not None else found[3])
            return self._instead(person, self._people[person]) if person else found[0]

        if self._people:
            text = _INLINE_LINK.sub(unlink, text)
            for target in reversed(targets(text)):
                if masked(target.text):
                    end = target.index + len(target.text)
                    text = f"{text[: target.index]}#{text[end:]}"
        return names.hide(self._everywhere.hide(text))

    def _links(self, shown: Corpus) -> Iterator[Link]:
        linker = Linker(current_ids(shown))
        for record in shown.records.values():
            owner = Owner(record.id, record.path, record.data, schema.shape(record.type))
            yield from linker.check(owner, ())[0]
        for page in shown.pages.values():
            owner = Owner(page.id, page.path, page.data, schema.shape("page"), page.text)
            yield from linker.check(owner, ())[0]
        for index in shown.indexes.values():
            owner = Owner(index.id, index.path, index.data, schema.shape("index"))
            yield from linker.check(owner, ())[0]


def _tombstone(voice: Mapping[str, Any], said: Verdict, alias: Alias | None) -> dict[str, Any]:
    """What is left of a voice: never its words, and never why it was withdrawn."""
    left: dict[str, Any] = {"qui": VOICES[said]}
    if said == "sealed":
        # a role identifies, in a town of this size
        consent = voice.get("consentement", {})
        kept = {key: consent[key] for key in ("motif", "jusquau") if key in consent}
        return {**left, **_only(voice, ("date",)), "consentement": {"etat": "scelle", **kept}}
    if alias is not None and said == "masked":
        left["qui"] = [alias(one) for one in speakers(voice) if one not in STATES] or left["qui"]
    state = "retire" if said == "withdrawn" else "interne"
    return {**left, **_only(voice, ("role",)), "consentement": {"etat": state}}


def _only(voice: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: voice[key] for key in keys if key in voice}
