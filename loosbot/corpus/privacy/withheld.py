"""Who and what a filter takes out of a corpus: names, by record and everywhere, words and films."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from loosbot.corpus.links import current_ids
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.films import Films
from loosbot.corpus.privacy.hidden import Words, hidden, is_name, towns
from loosbot.corpus.privacy.nearby import by_record, keep
from loosbot.corpus.privacy.spellings import Tokens
from loosbot.corpus.privacy.tombstones import NEUTRAL, Alias, Verdict
from loosbot.corpus.values import STATES, speakers

_Name = TypeVar("_Name", str, Tokens)


class Withheld:
    """What there is to take out where ``people`` and ``voices`` are masked, each with why.

    ``everywhere`` are names to hide in the whole corpus, ``inside`` by récit those to hide there
    alone, ``nearby`` by record first names; ``words`` what masked voices say, ``films`` where they
    are heard. ``key`` is made of all that, for a cache of what was searched.
    """

    def __init__(
        self,
        corpus: Corpus,
        people: Mapping[str, Verdict],
        voices: Mapping[tuple[str, int], Verdict],
        alias: Alias | None,
    ) -> None:
        self._corpus = corpus
        self._alias = alias
        self._people = people
        self._voices = voices
        self._ids = current_ids(corpus)
        everywhere, self.inside = self._collect_names()
        persons = self._persons_shown() | towns(corpus.records.values())
        self.everywhere = hidden(everywhere, persons)
        quoted = [
            str(corpus.records[tale].data["voix"][index].get("texte", "")) for tale, index in voices
        ]
        self.words = Words(quoted)
        self.nearby = self._first_names()
        names = (sorted(everywhere), sorted(persons), _names(self.inside), _names(self.nearby))
        # a dump has columns for what it withholds, and leaves out the films itself
        heard = {tale for tale, _ in voices} if alias is None else set()
        self.films = Films.at(
            str(data["video"]) for tale in heard if "video" in (data := corpus.records[tale].data)
        )
        who = (list(self._ids.items()), sorted(people), sorted(voices))
        self.key = (who, quoted, names, sorted(self.films.keys))

    def instead(self, who: str, judgement: Verdict) -> str:
        """Name -> its replacement in texts."""
        if self._alias is None or judgement != "masked":
            return NEUTRAL[judgement]
        return self._alias(who).partition("/")[2]

    def _collect_names(self) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """Names to hide in the whole corpus, and those to hide in one récit only.

        The name of a masked voice stays elsewhere when it is also that of somebody who is shown
        there: a person who withdraws one story has not withdrawn the others.
        """
        everywhere: dict[str, str] = {}
        for id_, judgement in self._people.items():
            person = self._corpus.records[id_]
            ids = (id_, *person.data.get("anciens_ids", ()))
            # an id is the name of the person too, as it is written in an address
            spelled = (id_.partition("/")[2].replace("-", " ").title() for id_ in ids)
            for name in (*ids, *spelled, *person.names):
                everywhere[name] = self.instead(id_, judgement)
        shown = self._names_shown()
        inside: dict[str, dict[str, str]] = {}
        for (tale, index), judgement in self._voices.items():
            voice = self._corpus.records[tale].data["voix"][index]
            for who, name in self.spoken_names(voice):
                inside.setdefault(tale, {})[name] = self.instead(who, judgement)
                if name not in shown and is_name(name):
                    everywhere.setdefault(name, self.instead(who, judgement))
        return everywhere, inside

    def _names_shown(self) -> set[str]:
        shown: set[str] = set()
        for record in self._corpus.records.values():
            if record.type == "acteur" and record.id not in self._people:
                shown.update(record.names)
            for index, voice in enumerate(record.data.get("voix", ())):
                if (record.id, index) not in self._voices:
                    shown.update(name for _, name in self.spoken_names(voice))
        return shown

    def _persons_shown(self) -> set[str]:
        """Names of persons that stay: what may mean one of them is nobody else's shorter form."""
        return {
            name
            for record in self._corpus.records.values()
            if record.data.get("genre") == "personne" and record.id not in self._people
            for name in record.names
        }

    def _first_names(self) -> dict[str, dict[Tokens, str | None]]:
        """By record, the first names that mean somebody masked there: to whom it links, or who
        speaks."""
        people = {id_: self.instead(id_, judgement) for id_, judgement in self._people.items()}
        nearby = by_record(self._corpus, people, self.inside)
        for tale in self._corpus.records.keys() & nearby:
            for index, voice in enumerate(self._corpus.records[tale].data.get("voix", ())):
                if (tale, index) not in self._voices:
                    keep(nearby[tale], (name for _, name in self.spoken_names(voice)))
        return nearby

    def spoken_names(self, voice: Mapping[str, Any]) -> list[tuple[str, str]]:
        """(speaker, name) for each name of a speaker: ``MIG, dessinateur`` gives itself and
        ``MIG``."""
        names: list[tuple[str, str]] = []
        for who in speakers(voice):
            if (person := self._corpus.records.get(self._ids.get(who, ""))) is not None:
                names += ((person.id, name) for name in person.names)
            elif who not in STATES:
                parts = [part.strip() for part in re.split(r",| et ", who)]
                named = (part for part in parts if part[:1].isupper() and len(part) > 1)
                names += ((who, name) for name in (who, *named))
        return names


def _names(names: Mapping[str, Mapping[_Name, Any]]) -> list[tuple[str, list[_Name]]]:
    """By record, the names alone, whatever stands for them."""
    return [(id_, sorted(own)) for id_, own in sorted(names.items())]
