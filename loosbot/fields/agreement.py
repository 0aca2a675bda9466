"""How a state of knowledge reads beside the name of a field: « Suite : inconnue »."""

from __future__ import annotations

from loosbot import lazy
from loosbot.corpus.values import STATE_WORDS, UNKNOWN

_FEMININE = frozenset(
    (
        *("adresse", "année", "assurance", "caducité", "casse", "compétence", "date", "demande"),
        *("durée", "fin", "limite", "méthode", "note", "part", "personne", "plume", "preuve"),
        *("signature", "source", "suite", "taille", "unité", "valeur", "vidéo", "visite"),
        *("coordonnée", "échéance", "issue", "initiative", "licence", "partie", "récurrence"),
    )
)
_FEMININE_END = ("tion", "sion", "ance", "ence", "ture")
"""Of a field that a town adds, and of most others."""
_SINGULAR = frozenset(("accès", "dans", "prix", "cours", "depuis"))
"""Words that end as a plural does."""
_NO_NOUN = frozenset(("partie de", "fait"))
_HEAD = lazy.pattern(r"(?:autres? )?(?P<noun>[^\W\d_]+)")
_UNKNOWN = STATE_WORDS[UNKNOWN]
_SHOWN = lazy.pattern(rf"{_UNKNOWN}(?P<ending>e?s?)(?= \{{\{{|\Z)")


def agreed(name: str, shown: str) -> str:
    """``shown`` behind the name of a field; « inconnu », alone or before how sure it is, agrees."""
    word = _SHOWN.match(shown)
    return f"{_UNKNOWN}{ending(name)}{shown[word.end() :]}" if word else shown


def unagreed(shown: str) -> str:
    """The inverse of :func:`agreed`: the form that codecs write and read."""
    word = _SHOWN.match(shown)
    return f"{_UNKNOWN}{shown[word.end() :]}" if word else shown


def state_beside(name: str, state: str) -> str:
    """A state of ``values.STATES`` beside a name: « inconnue », « sans objet »."""
    return agreed(name, STATE_WORDS[state])


def ending(name: str) -> str:
    """What « inconnu » takes beside this name: nothing, « e », « s » or « es »."""
    low = name.casefold()
    head = _HEAD.match(low)
    if head is None or low in _NO_NOUN:
        return ""
    noun = head["noun"]
    plural = noun.endswith("s") and noun not in _SINGULAR
    singular = noun.removesuffix("s") if plural else noun
    feminine = singular in _FEMININE or singular.endswith(_FEMININE_END)
    return f"{'e' if feminine else ''}{'s' if plural else ''}"
