"""Ways to reach or to identify somebody that a text may hold: replaced in the public edition."""

from __future__ import annotations

import re
from collections.abc import Mapping

from loosbot.corpus.privacy.folding import folded, plain

_SEP = r"[\s./\-–·  ]{0,3}"
_PATTERNS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "courriels": (
        re.compile(
            r"[\w.+\-]{1,64}\s?(?:@|\(at\)|\[at\]|\s+arobase\s+)\s?[\w\-]{1,63}"
            r"(?:\s?(?:\.|\(dot\)|\[dot\]|\(point\)|\[point\])\s?[\w\-]{1,63})+"
        ),
        "[courriel]",
    ),
    "iban": (
        re.compile(r"\b[a-z]{2}\d{2}(?:\s?[0-9a-z]{4}){3,7}(?:\s?[0-9a-z]{1,3})?\b"),
        "[IBAN]",
    ),
    "nir": (
        re.compile(
            rf"(?<!\d)[12]{_SEP}\d{{2}}{_SEP}(?:0[1-9]|1[0-2]|[2-9]\d){_SEP}(?:\d{{2}}|2[ab])"
            rf"{_SEP}\d{{3}}{_SEP}\d{{3}}(?:{_SEP}\d{{2}})?(?!\d)"
        ),
        "[numéro de sécurité sociale]",
    ),
    "telephones": (
        re.compile(
            rf"(?<![\w+])(?:(?:\+|00){_SEP}33{_SEP}(?:\(0\){_SEP})?|0)[1-9](?:{_SEP}\d{{2}}){{4}}(?!\d)"
            rf"|(?<![\w+])(?:\+|00){_SEP}(?!33)[1-9]\d{{0,2}}(?:{_SEP}\d{{2,4}}){{3,5}}(?!\d)"
        ),
        "[téléphone]",
    ),
    "adresses": (
        re.compile(
            r"\b\d{1,4}\s?(?:bis|ter|quater)?,?\s+(?=(?:rue|avenue|boulevard|place|allee|impasse|"
            r"chemin|route|cite|square|sentier|residence|cour)\b)"
        ),
        "",
    ),
}
_SUSPECT = re.compile(r"\d|@|arobase|\bat\b|%40|&#0*64;|&commat;|&#x0*40;", re.IGNORECASE)


def without_contacts(text: str, counts: dict[str, int]) -> str:
    """``text`` without e-mail addresses, telephone, IBAN and social security numbers.

    A street keeps its name and loses its number. ``counts`` is added to, by kind.
    """
    if not _SUSPECT.search(text):
        return text
    seen = plain(text)
    if not any(pattern.search(seen) for pattern, _ in _PATTERNS.values()):
        return text
    for kind, (pattern, instead) in _PATTERNS.items():
        view = folded(text)
        for match in reversed(list(pattern.finditer(view.text))):
            start, end = view.starts[match.start()], view.ends[match.end() - 1]
            text = f"{text[:start]}{instead}{text[end:]}"
            counts[kind] = counts.get(kind, 0) + 1
    return text
