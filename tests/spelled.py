"""The ways in which people type a name, and sentences around it; always the same for a seed."""

from __future__ import annotations

import functools
import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

NAMES = (
    "Rémi Pontarlier", "Célia Carpentier", "Jean-Baptiste Quévremont", "Zélie de la Bruyandière",
    "Inès Wartelle-Bouquillon", "Maud D’Hautcœur", "Françoise Grévisse", "Loïc Le Goffic",
    "Anne-Sophie Mézières", "Noël Tirlemont", "Océane Vandenbroucke", "Éloïse Du Parquet",
)  # fmt: skip
INITIALED = (
    "Rémi P.", "Célia C.", "Jean-Luc M.", "Marie-Charlotte B.", "Océane T.", "Zoé Q.", "Loïc V.",
)  # fmt: skip
BLANKS = " \u00a0\u202f\u2009\u2002\u2003\u3000\u205f\u1680\t"
LATIN = "aeopcxyiABEKMHOPCTXY"
ALIKE = ("аеорсхуіАВЕКМНОРСТХУ", "αεορcχyιΑΒΕΚΜΗΟΡCΤΧΥ")
"""The same to the eye, in Cyrillic and in Greek."""
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
TITLES = ("M.", "Mme", "Mlle", "monsieur", "Madame", "MADAME", "Dr")

_TYPED_ALIKE = tuple(str.maketrans(LATIN, letters) for letters in ALIKE)
_SEEN_ALIKE = {ord(odd): plain for odd, plain in zip("".join(ALIKE), LATIN * 2, strict=True)} | {
    ord("ı"): "i"
}
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
SMALL_CAPITALS = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘqʀꜱᴛᴜᴠᴡxʏᴢ"
_SMALL = {ord(small): letter for letter, small in zip(_ALPHABET, SMALL_CAPITALS, strict=True)}

Spell = Callable[[str, random.Random], str]


@dataclass(frozen=True, slots=True)
class Spelled:
    """``text`` is ``before``, the name spelled in one way (``how``), then ``after``."""

    name: str
    how: str
    typed: str
    before: str
    after: str

    @property
    def text(self) -> str:
        return f"{self.before}{self.typed}{self.after}"


def _bare(name: str) -> str:
    return name.replace("Œ", "OE").replace("œ", "oe").replace("’", "'")


def _ascii(name: str) -> str:
    return unicodedata.normalize("NFD", _bare(name)).encode("ascii", "ignore").decode()


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", _ascii(name).lower()).strip("-")


def _parted(blank: Callable[[random.Random], str]) -> Spell:
    return lambda name, draw: blank(draw).join(name.split(" "))


def _last(name: str) -> str:
    return name.split(" ", 1)[1]


def _first(name: str) -> str:
    return name.split(" ", 1)[0]


WHOLE: dict[str, Spell] = {
    "as it is": lambda name, _: name,
    "capitals": lambda name, _: name.upper(),
    "small letters": lambda name, _: name.lower(),
    "surname in capitals": lambda name, _: f"{_first(name)} {_last(name).upper()}",
    "no accent": lambda name, _: _ascii(name),
    "decomposed": lambda name, _: unicodedata.normalize("NFD", name),
    "other blanks": _parted(lambda draw: draw.choice(BLANKS)),
    "several blanks": _parted(lambda draw: "".join(draw.choices(BLANKS, k=draw.randint(2, 4)))),
    "end of line": _parted(lambda draw: draw.choice(("\n", "\n  ", "  \n", " \n", "\r\n"))),
    "quoted lines": _parted(lambda draw: draw.choice(("\n> ", "\n      ", "\n>> "))),
    "emphasis around": lambda name, draw: (lambda mark: f"{mark}{name}{mark}")(
        draw.choice(("*", "**", "***", "`", "~~", "''", "'''"))
    ),
    "emphasis inside": lambda name, draw: (
        lambda mark: f"{_first(name)} {mark}{_last(name)}{mark}"
    )(draw.choice(("*", "**", "***", "`", "''", "'''"))),
    "first name in emphasis": lambda name, draw: (
        lambda mark: f"{mark}{_first(name)}{mark} {_last(name)}"
    )(draw.choice(("*", "**", "***", "'''"))),
    "emphasis in a word": lambda name, draw: f"{name[:2]}**{name[2:4]}**{name[4:]}",
    "signs that cannot be seen": lambda name, draw: "".join(
        letter + (draw.choice(UNSEEN) if draw.random() < 0.4 else "") for letter in name
    ),
    "soft hyphens": lambda name, _: "\u00ad".join(name),
    "letters of other alphabets": lambda name, draw: "".join(
        letter.translate(draw.choice((*_TYPED_ALIKE, {}))) for letter in name
    ),
    "dotless": lambda name, _: name.replace("i", "ı"),
    "apostrophe that is a letter": lambda name, _: name.replace("’", "\u02bc"),
    "small capitals": lambda name, _: (
        _ascii(name)
        .lower()
        .translate(
            {ord(letter): small for letter, small in zip(_ALPHABET, SMALL_CAPITALS, strict=True)}
        )
    ),
    "tags around the first name": lambda name, draw: (
        lambda tag: f"<{tag}>{_first(name)}</{tag}> {_last(name)}"
    )(draw.choice(("b", "i", "small", "span"))),
    "tags around the second name": lambda name, draw: (
        lambda tag: f"{_first(name)} <{tag}>{_last(name)}</{tag}>"
    )(draw.choice(("b", "u", "sup"))),
    "tags in a word": lambda name, draw: (
        f"{name[:2]}{draw.choice(('<wbr>', '<nowiki/>'))}{name[2:]}"
    ),
    "a comment in a word": lambda name, _: f"{name[:2]}<!-- ici -->{name[2:]}",
    "underscores": lambda name, _: name.replace(" ", "_"),
    "hyphens": lambda name, _: name.replace(" ", "-"),
    "entities": lambda name, _: name.replace("é", "&eacute;").replace(" ", "&nbsp;"),
    "after a title": lambda name, draw: f"{draw.choice(TITLES)} {name}",
    "address": lambda name, draw: draw.choice(
        ("https://exemple.fr/{}", "http://www.exemple.fr/a/{}.html", "www.exemple.fr/equipe/{}?a=1")
    ).format(_slug(name)),
    "quoted address": lambda name, _: f"https://exemple.fr/{quote(name)}",
    "e-mail": lambda name, draw: _slug(name).replace("-", draw.choice("._-")) + "@exemple.fr",
    "name of a file": lambda name, draw: f"photo-{_slug(name)}.{draw.choice(('jpg', 'pdf'))}",
}
WITH_SURNAME: dict[str, Spell] = {
    "surname first": lambda name, _: f"{_last(name)} {_first(name)}",
    "surname first, capitals": lambda name, _: f"{_last(name).upper()} {_first(name)}",
    "surname, first name": lambda name, _: f"{_last(name)}, {_first(name)}",
    "title and surname": lambda name, draw: f"{draw.choice(TITLES)} {_last(name)}",
    "initial": lambda name, draw: (
        f"{name[0]}{draw.choice(('.', '. ', ' ', chr(160), '.-', ''))}".rstrip("-").ljust(2)
        + _last(name)
    ),
    "surname alone": lambda name, _: _last(name),
    "initials of the first name": lambda name, _: (
        ".-".join(part[0] for part in _first(name).split("-")) + f". {_last(name)}"
    ),
    "initial in an e-mail": lambda name, draw: (
        f"{_slug(name)[0]}{draw.choice('._-')}{_slug(_last(name))}@exemple.fr"
    ),
    "initial in an e-mail, in one word": lambda name, draw: (
        f"{draw.choice((_slug(name)[0], 'm'))}{_slug(_last(name)).replace('-', '')}"
        f"{draw.choice(('', 59))}@exemple.fr"
    ),
    "e-mail with a number": lambda name, draw: (
        _slug(name).replace("-", draw.choice(("", ".", "_"))) + f"{draw.choice((2, 59, 1975))}@a.fr"
    ),
    "account": lambda name, draw: draw.choice(
        ("@{}59", "https://exemple.fr/{}62", "IMG_{}2019.jpg", "{}1.jpg")
    ).format(_slug(name).replace("-", "")),
    "surname and a number": lambda name, draw: (
        _slug(_last(name)).replace("-", "") + draw.choice(("59@a.fr", ".j@a.fr", "2.pdf"))
    ),
    "surname in an address": lambda name, _: f"https://exemple.fr/blog/{_slug(_last(name))}",
}
WITH_INITIAL: dict[str, Spell] = {
    "no point": lambda name, _: name.removesuffix("."),
    "no point, capitals": lambda name, _: name.removesuffix(".").upper(),
    "e-mail in one word": lambda name, draw: (
        f"{_slug(name).replace('-', '')}{draw.choice(('', 59))}@exemple.fr"
    ),
    "account in one word": lambda name, draw: (
        draw.choice(("@", "#")) + _slug(name).replace("-", "")
    ),
    "capitals in one word": lambda name, _: re.sub(r"\W", "", _ascii(name)),
    "initial first": lambda name, _: f"{name.split(' ')[1]} {_first(name)}",
}
NOT_IN_INITIALED = frozenset({"small letters", "emphasis in a word"})
"""« marie a » may be a sentence; « celia c. » is looked for below."""

BEFORE = (
    "Hier, ", "Le banc vient de ", "Avec ", "Il demande à ", "On remercie ", "(", "« ", "Selon ",
    "Le maire et ", "La réunion de mai : ",
)  # fmt: skip
AFTER = (
    " est venu au jardin.", ", puis la pluie.", " ; le chemin est refait.", ")", " »",
    " et les voisins ont planté.", " dit que le bac est plein.", "\n\nUn autre paragraphe.", " !",
)  # fmt: skip


def spelled(count: int, seed: int, names: tuple[str, ...] = NAMES + INITIALED) -> Iterator[Spelled]:
    """``count`` sentences, each with one of the names, spelled in one of the ways."""
    draw = random.Random(seed)  # noqa: S311 - the same sentences each time
    for _ in range(count):
        name = draw.choice(names)
        initialed = name.endswith(".")
        ways = {**WHOLE, **(WITH_INITIAL if initialed else WITH_SURNAME)}
        if initialed:
            ways = {how: way for how, way in ways.items() if how not in NOT_IN_INITIALED}
            # « M. Jean-Luc » is mister Jean-Luc, whoever he is
            if name.endswith("M."):
                ways.pop("initial first")
        how = draw.choice(sorted(ways))
        typed = ways[how](name, draw)
        yield Spelled(name, how, typed, draw.choice(BEFORE), draw.choice(AFTER))


def left_of(name: str, text: str) -> bool:
    """Whether a text still tells the name, in whatever way: looked for letter by letter."""
    return any(_is_left_of(name, seen) for seen in (text, _untagged(text)))


def _is_left_of(name: str, text: str) -> bool:
    letters = _letters(text)
    first, last = _letters(_first(name)), _letters(_last(name))
    if len(last) > 1:
        return last in letters
    return re.search(rf"(?<![a-z]){first}\W*{last}(?![a-z])", _sounds(text)) is not None


@functools.lru_cache(maxsize=4)
def _untagged(text: str) -> str:
    return re.sub("<[^<>]*>", "", text)


@functools.lru_cache(maxsize=4)  # a text is asked for every name in turn
def _sounds(text: str) -> str:
    seen = _bare(text).translate(_SEEN_ALIKE | _SMALL).replace("\u02bc", "'")
    folded = unicodedata.normalize("NFKD", seen).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign) not in ("Mn", "Cf"))


@functools.lru_cache(maxsize=48)  # those names, and the text
def _letters(text: str) -> str:
    return "".join(sign for sign in _sounds(text) if sign.isalnum())
