"""Languages as people name them: ``pcd`` in YAML (ISO 639) is « picard » on a page. Pure."""

from __future__ import annotations

from loosbot.fields.codecs import TEXT, Codec
from loosbot.fields.vocabulary import fold
from loosbot.wikitext.names import Names

_NAMES = {
    "fr": "français", "pcd": "picard", "fsl": "langue des signes française", "ar": "arabe",
    "br": "breton", "ca": "catalan", "co": "corse", "de": "allemand", "en": "anglais",
    "es": "espagnol", "eu": "basque", "it": "italien", "kab": "kabyle", "nl": "néerlandais",
    "oc": "occitan", "pl": "polonais", "pt": "portugais", "ro": "roumain", "ru": "russe",
    "tr": "turc", "uk": "ukrainien",
}  # fmt: skip
"""What is told in a French town; any other code is shown as it is."""
_CODES = {fold(name): code for code, name in _NAMES.items()}


def language(code: str) -> str:
    """The French name of a language, or its code where we have no name."""
    return _NAMES.get(code, code)


def _encode(value: str, names: Names) -> str:
    return TEXT.encode(language(value), names)


def _decode(wikitext: str, names: Names) -> str:
    text: str = TEXT.decode(wikitext, names)
    return _CODES.get(fold(text), text)


LANGUAGE = Codec(_encode, _decode)
