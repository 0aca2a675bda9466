"""Which titles a wiki accepts, decided without a wiki.

Rules: MediaWiki's MediaWikiTitleCodec::splitTitleString, tried on 1.39 and 1.43. Records, pages
and indexes live in the main namespace only, so every prefix that leaves it is refused; the wiki
itself is asked again before anything is written (it may know more prefixes).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from loosbot.corpus.french import counted
from loosbot.corpus.wording import Fault
from loosbot.escaping import beginning

MAX_BYTES = 255

_NAMESPACES = frozenset(
    name
    for subject in re.split(
        ", ",
        "media, special, user, project, file, image, mediawiki, template, help, category, module, "
        "gadget, gadget definition, média, spécial, utilisateur, utilisatrice, projet, fichier, "
        "modèle, aide, catégorie, wiki communal",
    )
    for name in (subject, f"{subject} talk", f"discussion {subject}")
) | {"talk", "discussion", "discuter"}
"""French and English names of MediaWiki's namespaces, in lower case, with their talk pages."""

# maintenance/interwiki.list of 1.39 and of 1.43, what a new wiki knows
_INTERWIKIS = frozenset(
    re.findall(
        r"\S+",
        """
acronym advogato arxiv c2 c2find cache commons dictionary doi drumcorpswiki dwjwiki elibre
emacswiki fandom foldoc foxwiki freebsdman gentoo-wiki google googlegroups hammondwiki hrwiki
imdb kmwiki linuxwiki lojban lqwiki meatball mediawikiwiki memoryalpha metawiki metawikimedia
mozillawiki mw oeis openwiki pmid pythoninfo rfc s23wiki seattlewireless senseislibrary shoutwiki
squeak theopedia tmbw tmnet twiki uncyclopedia unreal usemod wiki wikia wikibooks wikidata wikif1
wikihow wikimedia wikinews wikinfo wikipedia wikiquote wikisource wikispecies wikiversity
wikivoyage wikiwikiweb wikt wiktionary
""",
    )
)

_BLANKS = re.compile("[ _\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e]")
_ILLEGAL = re.compile("[#<>\\[\\]|{}\ufffd\x00-\x1f\x7f-\x9f]")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
ENTITY_NAME = r"[^\x00-/:-@\[-`{-\x7f]+"
"""ASCII letters, digits, and all that is not ASCII. Told by what it is not: Python, which compiles
it for many a pattern, would look at each of the million signs from U+0080 on."""
_ENTITY = re.compile(rf"&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|{ENTITY_NAME});")
_DOTS = re.compile(r"(?:^|/)\.{1,2}(?:/|$)")
_PREFIX = re.compile(r"([^:]+?) *: *")
_WRITE_INSTEAD = {
    "#": "Écrivez « n° » ou « numéro ».",
    "|": "Écrivez « - » ou « / ».",
    "<": "Écrivez « moins de » ou des guillemets.",
    ">": "Écrivez « plus de » ou des guillemets.",
    "[": "Écrivez des parenthèses.",
    "]": "Écrivez des parenthèses.",
    "{": "Écrivez des parenthèses.",
    "}": "Écrivez des parenthèses.",
}


@lru_cache(maxsize=32_768)
def normalise(title: str) -> str:
    """The title as MediaWiki stores it: NFC, one blank between words, a capital at the start. Two
    titles of which it is the same are one page."""
    text = unicodedata.normalize("NFC", _BIDI.sub("", title))
    text = _BLANKS.sub(" ", text).strip(" ")
    # "ß" has no single capital, and MediaWiki's versions disagree on what to do with it
    first = text[:1].upper()
    return (first if len(first) == 1 else text[:1]) + text[1:]


def fault(title: str) -> Fault | None:
    """Why no page of the main namespace can have this title, as a fault of ``titre``; or None."""
    text = normalise(title)
    if not text:
        return _refused("Le titre est vide.", "Écrivez quelques mots.")
    return _bad_text(text) or _bad_prefix(text) or _too_long(text)


def _bad_text(text: str) -> Fault | None:
    if match := _PERCENT.search(text):
        return _refused(
            f"Le wiki prendrait « {match[0]} » pour un autre caractère.",
            "Laissez une espace après « % », ou écrivez « pour cent ».",
        )
    if match := _ENTITY.search(text):
        return _refused(
            f"Le wiki prendrait « {match[0]} » pour un autre caractère.",
            "Écrivez le caractère lui-même, ou « et » au lieu de « & ».",
        )
    if match := _ILLEGAL.search(text):
        char = match[0]
        shown = f"« {char} »" if char.isprintable() else f"U+{ord(char):04X}"
        return _refused(
            f"Un titre de page ne peut pas contenir {shown}.",
            _WRITE_INSTEAD.get(char, "Retirez ce caractère."),
        )
    if "~~~" in text:
        return _refused(
            "Un titre de page ne peut pas contenir « ~~~ ».", "N’en gardez pas plus de deux."
        )
    if _DOTS.search(text):
        return _refused(
            "Une partie du titre n’est faite que de points.",
            "Retirez « . » ou « .. » au début, à la fin ou entre deux barres « / ».",
        )
    return None


def _bad_prefix(text: str) -> Fault | None:
    if text.startswith(":"):
        return _refused("Un titre ne peut pas commencer par « : ».", "Retirez les deux-points.")
    match = _PREFIX.match(text)
    if not match or match[1].casefold() not in _NAMESPACES | _INTERWIKIS:
        return None
    return _refused(
        f"Devant « : », le wiki prend « {match[1]} » pour un espace du wiki ou un autre site.",
        f"Écrivez par exemple « {match[1]} - {beginning(text[match.end() :])} ».",
    )


def _too_long(text: str) -> Fault | None:
    size = len(text.encode("utf-8", "replace"))
    if size <= MAX_BYTES:
        return None
    return Fault(
        ("titre",),
        "titre-trop-long",
        f"Ce titre occupe {size} octets, le wiki en accepte {MAX_BYTES} "
        "(une lettre accentuée en compte deux).",
        f"Raccourcissez-le : {counted(size - MAX_BYTES, 'octet')} de trop.",
    )


def _refused(message: str, hint: str) -> Fault:
    return Fault(("titre",), "titre-interdit", message, hint)
