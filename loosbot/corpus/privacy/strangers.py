"""Undeclared persons: words that look like the name of a private person whom no record declares.

A name is taken for that of a private person when it is written as the house writes one (first
name and initial: « Paul D. »), after a civility (« Mme Durand »), or when a first name that many
bear, or that some declared person does, is followed by a surname (« Audrey Martin »). That misses
rare first names rather than accuse places: what follows « rue » or « école » is their name, unless
it ends with an initial.

Declared are the names of the persons, organisations and places that may be told, not the title of
a récit or of a project: it is a text like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from loosbot import lazy
from loosbot.corpus.model import Corpus, Record
from loosbot.corpus.privacy.firstnames import FIRST_NAMES
from loosbot.corpus.privacy.folding import plain
from loosbot.corpus.wording import slug
from loosbot.frozen import dataclass

CIVILITIES = (
    "M.", "MM.", "Mr", "Mme", "Mmes", "Mlle", "Mlles", "Dr", "Monsieur", "Messieurs", "Madame",
    "Mesdames", "Mademoiselle", "Mesdemoiselles", "Docteur",
)  # fmt: skip
"""What stands before the name of a person."""

_CAPITAL = "[A-ZÀ-ÖØ-ÞŒŸĄĆČĐĘĚĞİŁŃŘŚŞŠŹŻŽ]"
_SMALL = "[a-zà-öø-ÿœąćčđęěğıłńřśşšźżž]"
_NAME = rf"{_CAPITAL}{_SMALL}+(?:[-’']{_CAPITAL}{_SMALL}+)*"
_INITIALED = rf"{_NAME} {_CAPITAL}\.(?!\w)"
_PARTICLE = (
    r"(?:(?:[dD]e (?:[lL]a )?|[dD]u |[dD]es |[dD][’']|[dD]a |[lL][ea] |v[oa]n |[bB]en |[eE]l )?)"
)
_SURNAME = rf"(?:{_PARTICLE}(?:{_NAME}|{_CAPITAL}[\w’'-]*[A-Za-z]\w*|{_CAPITAL}{{2,}}))(?![\w-])"
_HEAD = re.compile(rf"{_CAPITAL}[\w]+(?:-{_CAPITAL}[\w]+)*")
_AT_HEAD = lazy.pattern(r"(?<![\w-])")
"""Asked of a first name alone: a pattern that looks back is tried at every letter."""
_NAMED = lazy.pattern(rf" (?:{_CAPITAL}\. ?)?{_SURNAME}")
_WORD = rf"{_CAPITAL}[\w’'-]+"
_CIVIL = (
    rf"(?:{_CAPITAL}\. )?(?:d[’']|de la |de |du |des )?{_WORD}"
    rf"(?: (?:[dD]e |[dD]u |[dD][’']|L[ae] )?{_WORD})?"
)
_WHOLE = re.compile(rf"{_NAME}(?: (?:de |du |d’|d'|le |la )?(?:{_NAME}|{_CAPITAL}{{2,}})){{1,2}}")
"""A field that holds nothing but a first name and a name."""
_BODY = lazy.pattern(
    r"La Poste\Z|(?:L[ae] |L[’'])?"
    "(?:Les|Villes?|Mairie|Commune|Communauté|Région|Département|Préfecture|Conseil"
    "|Service|Association|Collectif|Comité|Club|Centre|École|Collège|Lycée|Crèche|Maison|Agence"
    "|Banque|Pôle|Caisse|Chambre|Syndicat|Union|Fédération|Fondation|Office|Parc|Secours|Restos"
    "|Amis|Compagnie|Musée|Théâtre|Université|Voisins|Habitants|Parents|Élus|Agents|Enfants"
    "|Jeunes) "
)
"""How the name of a group or of a service begins, which is written like that of a person."""
_ARTICLE = lazy.pattern(r"\A(?:L(?:es?|a) |L['’])", re.IGNORECASE)
"""Of « Les Anges Gardins », who are « Anges Gardins » too."""
_SOVEREIGN = lazy.pattern(
    "(?:Albert|Baudouin|Beno[iî]t|Charles|[EÉ]douard|[EÉ]lisabeth|François|Georges|Guillaume|Henri"
    "|Jean|Jean-Paul|Léopold|Louis|Napoléon|Paul|Philippe|Pie) "
    "(?:Ier|Ire|I{2,3}|IV|VI{1,3}|IX|X[IVX]{1,5})"
)
"""A king, a queen or a pope, by the number that stands for their name."""
BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""Every blank but the space."""
_BETWEEN = "\0"
_FUNCTION_WORDS = frozenset(
    """
    a apres au aux avec car ce ces cet cette chez comme contre dans de des depuis donc
    du elle elles en entre et hier il ils la le les leur mais ni nous ou par pas pour
    puis quand que qui sa sans selon ses si son sous sur tous tout un une vers voici
    vous
    """.split()  # noqa: SIM905 - forty words read better as words
)
"""Words that may begin a sentence before « M. »: « Selon M. le maire » names nobody."""
_PLACE = lazy.pattern(
    r"(?:rue|avenue|boulevard|allée|impasse|chemin|place|square|parc|quartier|cité|résidence|école"
    r"|collège|lycée|crèche|salle|stade|gymnase|piscine|centre|maison|foyer|fosse|terril|église"
    r"|chapelle|ferme|cinéma|théâtre|espace|pôle|médiathèque|bibliothèque|hôpital|clinique|pont"
    r"|gare|musée|groupe|fondation|institut|prix|médaille|loi|saint|sainte)s?"
    r"(?: (?:social|sociale|sportif|culturel|culturelle|scolaire|municipal|municipale))?"
    r" (?:du )?$",
    re.IGNORECASE,
)
"""What stands before the name of somebody whom a place or a law is called after: « la rue du
docteur Calmette », but « la maison de Mme Durand » is hers."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A candidate name: its pattern, its text without civility, and its span with it."""

    form: str
    name: str
    start: int
    end: int


class Strangers:
    """Finds what looks like the name of a private person and is nobody's that may be told.

    ``firsts`` are the first names that somebody bears; of ``persons`` and ``others`` (what else
    has a name: organisations, places) the names may be told.
    """

    def __init__(
        self, firsts: Iterable[str], persons: Iterable[str], others: Iterable[str] = ()
    ) -> None:
        firsts, persons, others = tuple(firsts), tuple(persons), tuple(others)
        self.declared = (*firsts, "", *persons, "", *others)
        """All that decides who is a stranger."""
        self._names = {_tokens(name) for name in (*persons, *others)}
        self._names |= {_tokens(_ARTICLE.sub("", name)) for name in others}
        self._within = [f"-{slug(name)}-" for name in (*persons, *others)]
        self._after_civility = {form for name in persons for form in _formal(name)}
        self._firsts = {plain(first) for first in firsts if re.fullmatch(_NAME, first)}

    def spares(self, texts: Sequence[str]) -> bool:
        """Whether none of these texts names a stranger, in whichever kind of field; they are
        searched as one text, joined by a character that no name crosses."""
        return not self.in_text(_BETWEEN.join(texts)) and not any(
            text[:1].isupper() and _WHOLE.fullmatch(_plain(text)) for text in texts
        )

    def in_text(self, text: str) -> list[str]:
        """Undeclared names, in their order and without their civility."""
        text = _plain(text)
        names: list[str] = []
        reached = 0
        for seen in sorted((*self._marked(text), *self._named(text)), key=lambda seen: seen.start):
            if seen.start >= reached:
                reached = seen.end
                if self._is_stranger(seen, text):
                    names.append(seen.name)
        return names

    def _marked(self, text: str) -> Iterator[_Candidate]:
        """After a civility, or with an initial."""
        if not any(sign.search(text) for sign in _SIGNS):
            return
        for match in _PATTERN.finditer(text):
            form = match.lastgroup or ""
            yield _Candidate(form, match[form], match.start(), match.end())

    def _named(self, text: str) -> Iterator[_Candidate]:
        """A first name with a surname; « Marie-Claire » is known by its first half."""
        for head in _HEAD.finditer(text):
            first = plain(head[0]).partition("-")[0]
            if (
                (first in FIRST_NAMES or first in self._firsts)
                and (after := _NAMED.match(text, head.end()))
                and _AT_HEAD.match(text, head.start())
            ):
                name = f"{head[0]}{after[0]}"
                yield _Candidate("named", name, head.start(), after.end())

    def in_field(self, text: str) -> list[str]:
        """As :meth:`in_text`, for a field that holds a person: a first name and a name alone
        count."""
        whole = _plain(text)
        is_alone = _WHOLE.fullmatch(whole) and not _BODY.match(whole)
        if is_alone and _tokens(whole) not in self._names:
            return [whole]
        return self.in_text(text)

    def _is_stranger(self, seen: _Candidate, text: str) -> bool:
        name = _tokens(seen.name)
        if name in self._names or (seen.form == "civil" and name in self._after_civility):
            return False
        if _SOVEREIGN.fullmatch(seen.name):
            return False
        if seen.form == "initialed":
            return name[0] not in _FUNCTION_WORDS
        if _PLACE.search(text, max(0, seen.start - 30), seen.start):
            return False
        slugged = slug(text[seen.start : seen.end])
        return not any(f"-{slugged}-" in place for place in self._within)


def strangers(corpus: Corpus, records: Iterable[Record]) -> Strangers:
    """A finder of persons undeclared in ``corpus``, for readers who may see these
    records."""
    persons: list[str] = []
    others: list[str] = []
    for record in records:
        if record.type in ("acteur", "lieu"):
            (persons if _is_person(record) else others).extend(record.names)
    bearers = (person.title for person in corpus.records.values() if _is_person(person))
    return Strangers((name.split()[0] for name in bearers if " " in name), persons, others)


def _is_person(record: Record) -> bool:
    return record.type == "acteur" and record.data.get("genre") == "personne"


def _civility() -> str:
    # as the house writes it, or in capitals; a long one in small letters too
    spelled = {spelling for word in CIVILITIES for spelling in (word, word.upper())}
    spelled |= {word.lower() for word in CIVILITIES if len(word) > len("Mlles")}
    return "|".join(map(re.escape, sorted(spelled)))


def _pattern() -> re.Pattern[str]:
    civility = _civility()
    forms = [
        # « Mme D. » is a name too, but « Mme D. Roux » is reported whole
        rf"(?:(?:{civility}) )?(?P<initialed>(?!(?:{civility}) {_CAPITAL}\. {_WORD}){_INITIALED})",
        rf"(?:{civility}) (?P<civil>{_CIVIL})",
    ]
    return lazy.pattern(rf"(?<![\w-])(?:{'|'.join(forms)})")


_PATTERN = _pattern()
_SIGNS = (re.compile(rf" {_CAPITAL}\."), re.compile(_civility()))
"""What every name that it finds has one of; most texts have neither, which these tell sooner."""


def _formal(name: str) -> Iterable[tuple[str, ...]]:
    """What may follow a civility to mean this person: the surname, with an initial or without."""
    words = _tokens(name)
    # « M. le maire » has no surname
    if name.split()[-1][0].isupper():
        for rank in range(1, len(words)):
            yield words[rank:]
            yield (words[0][0], *words[rank:])


def _plain(text: str) -> str:
    """A text whose names are written in one way: composed, and with plain blanks."""
    text = unicodedata.normalize("NFC", text)
    for blank in BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    return text


def _tokens(name: str) -> tuple[str, ...]:
    return tuple(slug(name).split("-"))
