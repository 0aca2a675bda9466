"""Whether a speaker is given by full name: a first name with a surname, however typed.

An inhabitant is « Marie D. », « une voisine » or « Les amis du four ». What has an article, or one
of the words by which groups and places are called, is nobody's name.
"""

from __future__ import annotations

import re
import unicodedata

from loosbot import lazy
from loosbot.corpus.privacy.firstnames import FIRST_NAMES
from loosbot.corpus.privacy.folding import plain
from loosbot.corpus.privacy.nearby import CIVIL
from loosbot.corpus.privacy.spellings import PARTICLES

_PARTICLES = PARTICLES | {"ben", "bin", "dos", "der", "den", "el", "al", "mc", "st"}
_ARTICLES = frozenset(
    """
    le la les l un une des deux trois quatre cinq six sept huit neuf dix plusieurs quelques du de d
    mon ma mes son sa ses notre nos votre vos leur leurs ce cet cette ces tous toute toutes chaque
    """.split()  # noqa: SIM905 - words read better as words
)
_GROUPS = frozenset(
    """
    academie agence amicale amis ape asso association atelier ateliers bar base batterie
    bibliotheque boulangerie bureau cafe centre chorale cite club coin collectif college comite
    commerce commission compagnie conseil coron creche ecole eleves enfants entreprise equipe
    espace federation ferme fete fondation foot foyer fraternelle front garage groupe groupement
    gymnase habitants harmonie institut jardin jardins jeunes joueurs laique ligue lycee mairie
    maison maternelle mediatheque mission musee office parc parents paroisse pole populaire
    popular quartier reseau residence restaurant rue salle secours service services societe stade
    syndicat team terril theatre troupe union usagers village ville voisins
    """.split()  # noqa: SIM905 - words read better as words
)
"""Words of which the name of a group or of a place is made."""
_UNSEEN = lazy.pattern("[\u00ad\u200b-\u200d\u2060\ufeff]")
_PARTS = lazy.pattern(r"[,;()/«»\"“”]| et | & | avec | dite? | alias | [-–—] ")
_WORD = lazy.pattern(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*\.?")
_COMPOUND = lazy.pattern(
    "(?:jean|pierre) (?:alain|andre|baptiste|bernard|charles|christophe|claude|daniel|denis"
    "|emmanuel|eric|francois|gabriel|guy|henri|jacques|jose|joseph|louis|loup|luc|marc|marie|michel"
    "|noel|paul|philippe|pierre|rene|robert|yves)"
    "|(?:marie|anne) (?:ange|anne|cecile|christine|claire|claude|france|francoise|helene|jeanne"
    "|jose|laure|line|louise|madeleine|marie|noelle|odile|paule|pierre|rose|sophie|therese)"
)
"""First names of two words that many bear."""
_SHORT = 2
"""Letters of an initial, with its point: « D. », « D »."""
_TWO, _MOST = 2, 4
"""Words of a name."""


def whole_name(who: str) -> str:
    """How it is to be written instead, « Marie D. »; "" where no whole name is told.

    ``who`` is what stands in ``qui``: one person, or several.
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", who))
    for part in _PARTS.split(" ".join(text.split())):
        if short := _short(_WORD.findall(part)):
            return short
    return ""


def is_first_name(who: str) -> bool:
    """Whether somebody is given by a first name that is known, alone or with an initial."""
    words = _WORD.findall(who)
    return 0 < len(words) <= _TWO and words[0][0].isupper() and _is_known(words[0])


def _short(words: list[str]) -> str:
    civil = words[0] if words and plain(words[0]).removesuffix(".") in CIVIL else ""
    words = words[1:] if civil else words
    if not words or (not civil and _is_group(words)):
        return ""
    named = [re.sub(r"^[dDlL][’']", "", word) for word in words if plain(word) not in _PARTICLES]
    if civil and len(named) == 1 and _is_long(named[0]) and named[0][0].isupper():
        # « Mme Dupont »
        return f"{civil} {named[0][0]}."
    if not _is_whole(words, named):
        return ""
    named = _joined(named)
    # « DUPONT Marie » is turned, and « Jean-Pierre Martin » is not, though Martin is one too
    if _certainty(named[-1]) > _certainty(named[0]):
        named = [named[-1], *named[:-1]]
    return f"{_first(named)} {named[1][0].upper()}."


def _joined(named: list[str]) -> list[str]:
    """The words of a name with those of a first name that lacks its hyphen as one: « Jean Pierre
    Martin ». Of a woman with two surnames, « Marie Martin Dupont », none is taken for one."""
    for rank in range(len(named) - 1 if len(named) > _TWO else 0):
        if _COMPOUND.fullmatch(plain(" ".join(named[rank : rank + _TWO]))):
            both = " ".join(named[rank : rank + _TWO])
            return [*named[:rank], both, *named[rank + _TWO :]]
    return named


def _certainty(word: str) -> int:
    """How surely a word is a first name: 2 for a compound of known ones, which few families have,
    1 for a known one, 0 for any other."""
    return ("-" in word or " " in word) + 1 if _is_known(word) else 0


def _is_whole(words: list[str], named: list[str]) -> bool:
    if not 1 < len(named) <= _MOST or not any(map(_is_long, named[1:])):
        return False
    if not all(word[0].isupper() for word in named):
        # « marie dupont », recognised by the first name alone
        return len(words) == _TWO and _is_known(named[0])
    if not _is_long(named[0]):
        # « P. Rémi » is Rémi P.
        return not all(map(_is_known, named[1:]))
    # but « Marie D. de la MAM »
    if _is_long(words[1]) or plain(words[1]) in _PARTICLES or len(words) == _TWO:
        return True
    return plain(words[2]) not in _PARTICLES


def _is_long(word: str) -> bool:
    """Whether this is no initial."""
    return len(word) > _SHORT


def _is_known(word: str) -> bool:
    return re.split("[- ]", plain(word))[0] in FIRST_NAMES


def _first(named: list[str]) -> str:
    return re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), named[0])


def _is_group(words: list[str]) -> bool:
    folded = [plain(word) for word in words]
    return re.split("[’']", folded[0])[0] in _ARTICLES or not _GROUPS.isdisjoint(folded)
