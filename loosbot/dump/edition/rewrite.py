"""One walk through a record: what an edition may say of each of its values.

The same walk finds the links, since what a text linked to is no longer in the text afterwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from loosbot.corpus import inlinelinks, schema
from loosbot.corpus.links import source_id
from loosbot.corpus.markdown import Target, resolve_markdown_target, targets
from loosbot.corpus.model import Corpus, KeyPath, Link, Record
from loosbot.corpus.privacy.films import Films
from loosbot.corpus.privacy.names import Names
from loosbot.corpus.privacy.nearby import Nearby
from loosbot.corpus.privacy.strangers import Strangers
from loosbot.corpus.privacy.tombstones import VOICES
from loosbot.corpus.schema import Shape
from loosbot.corpus.values import STATES
from loosbot.dump.edition.contacts import without_contacts
from loosbot.dump.edition.months import to_month, without_days
from loosbot.dump.edition.reviews import signed
from loosbot.dump.filtered import WITHHELD
from loosbot.wikitext.markdown import MarkdownRenderer

_INTERNAL = frozenset({"accord", "anciens_ids", "consentement", "documents"})
"""Keys which the public edition does not have. How a role is said of somebody tells more than the
role; what else is here is the town's own housekeeping: a document is told by the path of its file,
which leads back, and a photograph shows people."""
_PROSE = frozenset({"texte", "note", "constat"})


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that nobody declared, and where it stands."""

    record: str
    path: KeyPath
    name: str


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom a record is rewritten. ``strangers`` is None where names are not looked for."""

    public: bool
    ids: Mapping[str, str]
    """Every id, former ones too -> the published id."""
    people: frozenset[str]
    """Published ids of those who are told by pseudonym."""
    names: Names
    strangers: Strangers | None
    films: Films
    """Films to leave out: they show a person's face and voice."""
    outdated: frozenset[str] = frozenset()
    """Ids of records that changed after their last review: it says nothing of them."""


@dataclass(slots=True)
class RewriteCounts:
    """Counts and ties collected during the walk."""

    ties: list[Link] = field(default_factory=list)
    strangers: list[Stranger] = field(default_factory=list)
    withheld: Counter[str] = field(default_factory=Counter)
    replaced: Counter[str] = field(default_factory=Counter)

    def add(self, tally: RewriteCounts) -> None:
        """What was seen in one more record."""
        self.ties += tally.ties
        self.strangers += tally.strangers
        self.withheld.update(tally.withheld)
        self.replaced.update(tally.replaced)


class Rewriter:
    """Rewrites the records of one edition, and keeps what it found in ``tally``."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience
        self._markdown = MarkdownRenderer()
        self.tally = RewriteCounts()

    def record(self, record: Record, nearby: Nearby) -> Record:
        """``record`` as its audience may have it; ``nearby``: see :meth:`Names.replace`."""
        # nearly no record names anybody hidden: one search over all its texts tells
        rewriting = _Rewriting(self._audience, self._markdown, record, nearby, look=False)
        rewritten = rewriting.rewritten()
        if self._audience.names.suspects("\n".join(rewriting.texts), nearby):
            rewriting = _Rewriting(self._audience, self._markdown, record, nearby, look=True)
            rewritten = rewriting.rewritten()
        self.tally.add(rewriting.tally)
        return rewritten


class _Rewriting:
    """One record. Without ``look`` it is taken for one that names nobody; ``texts`` are then all
    that a name might stand in, to be looked through at once."""

    def __init__(
        self,
        audience: Audience,
        markdown: MarkdownRenderer,
        record: Record,
        nearby: Nearby,
        *,
        look: bool,
    ) -> None:
        self._audience = audience
        self._markdown = markdown
        self.tally = RewriteCounts()
        self.texts: list[str] = []
        self._look = look
        self._record = record
        self._nearby = nearby
        self._reviewed = not audience.public or (
            record.id not in audience.outdated and bool(signed(record))
        )
        self._id = audience.ids[record.id]

    def rewritten(self) -> Record:
        """The record as its audience may have it, under the id that is published."""
        data = dict(self._record.data)
        if isinstance(data.get("voix"), list):
            data["voix"] = _voices(data["voix"], public=self._audience.public)
        if self._audience.public and isinstance(data.get("relectures"), list):
            data["relectures"] = [{"date": review["date"]} for review in data["relectures"]]
        if self._audience.public and isinstance(data.get("referents"), list):
            data["referents"] = [self._follower(person) for person in data["referents"]]
        data = self._value(data, schema.shape(self._record.type), ())
        if self._audience.public and "accord" in self._record.data:
            data["accord"] = self._withheld()
        # a path that holds a name stays with the town, as the id does
        path = "" if self._audience.public or self._id != self._record.id else self._record.path
        return replace(self._record, id=self._id, path=path, data=data)

    def _follower(self, referent: Any) -> Any:
        """Who follows a project; of somebody who is not named, neither the post nor its years:
        there is one such person in a town."""
        who = referent.get("qui") if isinstance(referent, dict) else None
        named = (
            isinstance(who, str) and who in self._audience.ids and who not in self._audience.people
        )
        if named or who is None:
            return referent
        return {key: who if key == "qui" else self._withheld() for key in referent}

    def _withheld(self) -> Any:
        """WITHHELD, counted: a value about a person that the public edition leaves out."""
        self.tally.withheld["personne"] += 1
        return WITHHELD

    def _value(self, value: Any, shape: Shape, path: KeyPath, prose: bool = False) -> Any:
        """``prose``: inside a statement, where every text is somebody's sentence."""
        if value is WITHHELD:
            return value
        if isinstance(value, dict):
            return {
                key: self._value(inner, shape.child(key) or Shape(), (*path, key), prose)
                for key, inner in value.items()
                if not (self._audience.public and key in _INTERNAL)
            }
        if isinstance(value, list):
            items = shape.items or Shape()
            prose = prose or ("texte" in items.properties and path != ("voix",))
            return [
                self._value(item, items, (*path, rank), prose) for rank, item in enumerate(value)
            ]
        if shape.date and value not in STATES:
            return to_month(value) if self._audience.public else value
        if not isinstance(value, str) or shape.words or value in STATES:
            return value
        if path == ("type",):
            return value
        if shape.links:
            return self._link(value, shape, path)
        if shape.source:
            return self._source(value, path)
        if shape.url:
            return self._address(value)
        if shape.markdown or prose or path[-1] in _PROSE:
            return self._prose(value, shape, path)
        return self._text(self._unlinked(value, shape, path), path)

    def _link(self, value: str, shape: Shape, path: KeyPath) -> str:
        target = value if value in self._audience.people else self._audience.ids.get(value)
        if target is not None:
            self.tally.ties.append(Link(self._id, path, target))
            return target
        return self._text(value, path, person="acteur" in shape.links)

    def _source(self, value: str, path: KeyPath) -> str:
        """``referentiel § 5.6`` -> the published id of the source, then the same section."""
        target = self._audience.ids.get(source_id(value))
        if target is None:
            return self._text(value, path)
        self.tally.ties.append(Link(self._id, path, target))
        _, _, section = value.partition(" ")
        return f"{target} {self._text(section, path)}" if section else target

    def _address(self, value: str) -> str:
        if self._audience.films.led_to(value):
            self.tally.withheld["adresse"] += 1
            return WITHHELD
        if not self._look:
            self.texts.append(value)
        # names are recognised by capitals, which an address does not have
        elif self._audience.names.within(value):
            self.tally.withheld["adresse"] += 1
            return WITHHELD
        return value

    def _prose(self, value: str, shape: Shape, path: KeyPath) -> str:
        if not self._reviewed:
            self.tally.withheld["relecture"] += 1
            return WITHHELD
        if shape.markdown:
            self._tie(targets(value), path)
            value = self._markdown.plain_text(value)
        return self._text(self._unlinked(value, shape, path), path)

    def _unlinked(self, value: str, shape: Shape, path: KeyPath) -> str:
        """The sentence without its links, which become ties."""
        if not shape.linked:
            return value
        self._tie(inlinelinks.targets(value), path)
        return inlinelinks.without_links(value)

    def _tie(self, targets: Iterable[Target], path: KeyPath) -> None:
        for target in targets:
            named = resolve_markdown_target(self._audience.ids, self._record.path, target.text)
            if named is not None:
                self.tally.ties.append(Link(self._id, path, self._audience.ids[named]))

    def _text(self, value: str, path: KeyPath, *, person: bool = False) -> str:
        if self._look:
            text, count = self._audience.names.replace(value, self._nearby)
            self.tally.replaced["noms"] += count
        else:
            text = value
            self.texts.append(value)
        text = self._audience.films.hide(text, "[adresse]")
        if not self._audience.public:
            return text
        text = without_days(without_contacts(text, self.tally.replaced))
        if self._audience.strangers is not None:
            look = self._audience.strangers.in_field if person else self._audience.strangers.in_text
            self.tally.strangers += (Stranger(self._record.id, path, name) for name in look(text))
        return text


def without_withdrawn(corpus: Corpus) -> Corpus:
    """A filtered corpus in which nothing counts the voices that were withdrawn."""
    records = {
        record.id: replace(record, data={**record.data, "voix": _voices(record.data["voix"])})
        for record in corpus.records.values()
        if isinstance(record.data.get("voix"), list)
    }
    return replace(corpus, records={**corpus.records, **records})


def _voices(voices: list[Any], *, public: bool = False) -> list[dict[str, Any]]:
    return [_voice(voice, public) for voice in voices if not _withdrawn(voice)]


def _withdrawn(voice: Any) -> bool:
    consent = voice.get("consentement", {})
    return "texte" not in voice and consent.get("etat") == "retire"


def _voice(voice: Mapping[str, Any], public: bool) -> dict[str, Any]:
    """A voice without a reply to a withdrawn one; in the public edition, without its date where its
    text is not shown."""
    kept = dict(voice)
    if voice.get("repond_a") == VOICES["withdrawn"]:
        del kept["repond_a"]
    if public and "texte" not in voice:
        kept.pop("date", None)
    return kept
