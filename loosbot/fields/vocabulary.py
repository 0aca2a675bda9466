"""The controlled vocabularies as people read them: labels and definitions."""

from __future__ import annotations

from collections.abc import Mapping

from loosbot.corpus import schema
from loosbot.corpus.additions import BASE, per_town
from loosbot.corpus.schema import Word
from loosbot.corpus.values import STATE_WORDS as STATES
from loosbot.corpus.wording import without_accents
from loosbot.fields.agreement import unagreed
from loosbot.frozen import dataclass

__all__ = ["STATES", "Vocabulary", "field_titles", "fold", "vocabulary"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of words, in the order of its file."""

    name: str
    title: str
    description: str
    terms: Mapping[str, Word]

    def label(self, word: str) -> str:
        """How ``word`` is shown; a word that is no term is shown as it is."""
        if word in STATES:
            return STATES[word]
        term = self.terms.get(word)
        return term.title if term else word

    def widest(self, word: str) -> str:
        """The word that takes this one in, or itself; a word that is no term stays as it is."""
        term = self.terms.get(word)
        return term.wider if term and term.wider else word

    def word(self, label: str) -> str | None:
        """The word that a person meant, whatever the case and the accents; None when none fits."""
        wanted = fold(label)
        for state, shown in STATES.items():
            if unagreed(wanted) in (fold(state), fold(shown)):
                return state
        for term in self.terms.values():
            if wanted in (fold(term.value), fold(term.title)):
                return term.value
        return None


@per_town
def vocabulary(name: str) -> Vocabulary:
    """The vocabulary of ``schemas/vocabulaires/<name>.json``, with the town's own words."""
    data = schema.documents()[f"{BASE}vocabulaires/{name}.json"]
    terms = {word.value: word for word in schema.words(data)}
    return Vocabulary(name, data["title"], data.get("description", ""), terms)


@per_town
def field_titles(record_type: str) -> Mapping[str, str]:
    """Key of a record -> its title in the schema (``annee`` -> ``Année``)."""
    properties = schema.documents()[f"{BASE}{record_type}.json"]["properties"]
    return {key: shape.get("title", key) for key, shape in properties.items()}


def fold(text: str) -> str:
    """``text`` without case, accents and doubled blanks, to compare what people type."""
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(without_accents(text).split())
