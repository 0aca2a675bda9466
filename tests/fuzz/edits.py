"""What a person may do to a published text, anywhere in it: small edits drawn by a seed."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

TOKEN = "MOTHUMAIN"
"""A word that no page of ours holds."""

_PARAMETER = re.compile(r"^\| (?P<name>[^=|\n]+) = (?P<value>.+)$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Edited:
    """A body after one edit: ``kind`` names what was done, ``place`` is the offset."""

    id: str
    kind: str
    place: int
    body: str


Edit = Callable[[str, random.Random], tuple[int, str] | None]
"""The place and the new body; None where the body has nothing of the kind."""


def at_a_line(body: str, draw: random.Random) -> tuple[int, str]:
    """A token at the start or the end of a line, or on a line of its own."""
    start = body.rfind("\n", 0, draw.randrange(len(body) + 1)) + 1
    token = draw.choice([TOKEN, f"{TOKEN} ", f"{TOKEN}\n", f"\n{TOKEN}\n\n", f"* {TOKEN}\n"])
    return start, body[:start] + token + body[start:]


def anywhere(body: str, draw: random.Random) -> tuple[int, str]:
    """A token inside a line: a word, a cell, a parameter, an attribute, a comment."""
    place = draw.randrange(len(body) + 1)
    token = draw.choice([TOKEN, f" {TOKEN} ", f"<!-- {TOKEN} -->", f'<b class="{TOKEN}">x</b>'])
    return place, body[:place] + token + body[place:]


def a_word(body: str, draw: random.Random) -> tuple[int, str] | None:
    """Another word for one of the text."""
    words = list(_WORD.finditer(body))
    if not words:
        return None
    word = draw.choice(words)
    return word.start(), body[: word.start()] + TOKEN + body[word.end() :]


def a_line_less(body: str, draw: random.Random) -> tuple[int, str] | None:
    """A line with something on it deleted; the first ``|-`` of a table shows nothing."""
    lines = body.split("\n")
    some = [
        n
        for n, line in enumerate(lines)
        if line.strip() and not (line == "|-" and lines[n - 1].startswith(("|+", "{|")))
    ]
    if len(some) < 2:
        return None
    gone = draw.choice(some)
    return gone, "\n".join(lines[:gone] + lines[gone + 1 :])


def two_lines_exchanged(body: str, draw: random.Random) -> tuple[int, str] | None:
    """Two neighbours in the other order; the order of two parameters is nobody's words."""
    lines = body.split("\n")
    some = [
        n
        for n, (line, other) in enumerate(itertools.pairwise(lines))
        if line.strip() != other.strip()
        and line.strip()
        and other.strip()
        and not (_PARAMETER.match(line) and _PARAMETER.match(other))
    ]
    if not some:
        return None
    n = draw.choice(some)
    lines[n], lines[n + 1] = lines[n + 1], lines[n]
    return n, "\n".join(lines)


def a_parameter(body: str, draw: random.Random) -> tuple[int, str] | None:
    """Another value for a parameter of a box, or the same parameter given once more above it."""
    parameters = list(_PARAMETER.finditer(body))
    if not parameters:
        return None
    parameter = draw.choice(parameters)
    if draw.random() < 0.3:
        doubled = f"| {parameter['name']} = {TOKEN}\n"
        return parameter.start(), body[: parameter.start()] + doubled + body[parameter.start() :]
    value = draw.choice([TOKEN, f"{parameter['value']} {TOKEN}", "1999", "inconnu"])
    if value == parameter["value"]:
        value = TOKEN
    start, end = parameter.span("value")
    return parameter.start(), body[:start] + value + body[end:]


_TYPED = (
    "<nowiki>{}</nowiki>", "<ref>{}</ref>", '<ref name="a">{}</ref>', "{{{{{}}}}}", "[[{}]]",
    " [https://exemple.fr {}]", "<sup>{}</sup>", "''{}''", "<br>{}",
    " {}--[[Utilisateur:Camille|Camille]] 3 mai 2020 à 10:00 (CEST)",
    '<span style="color: rgb(32, 33, 34);">{}</span>',
)  # fmt: skip
_ON_A_LINE = (
    "== {} ==", "=== {} ===", "# {}", "; {}", "|-\n| {}", "|-\n! x\n| {}", "[[Catégorie:{}]]",
    "[[Fichier:{}.jpg|vignette]]", "<gallery>\nFichier:{}.jpg\n</gallery>", "<p>{}</p>",
    '{{| class="wikitable"\n| {}\n|}}', "----\n{}", "{{{{DEFAULTSORT:{}}}}}", "[[en:{}]]",
)  # fmt: skip
_AROUND = ("del", "small", "ref", "noinclude", "pre", "div", "blockquote")
_TITLE = re.compile(r"^(=+) (.*?) \1$", re.MULTILINE)


def behind_a_word(body: str, draw: random.Random) -> tuple[int, str] | None:
    """Markup of every sort behind a word."""
    words = list(_WORD.finditer(body))
    if not words:
        return None
    place = draw.choice(words).end()
    return place, body[:place] + draw.choice(_TYPED).format(TOKEN) + body[place:]


def a_line_more(body: str, draw: random.Random) -> tuple[int, str]:
    """A line of its own: a title, a row, a category, a picture, a table."""
    lines = body.split("\n")
    place = draw.randrange(len(lines) + 1)
    lines.insert(place, draw.choice(_ON_A_LINE).format(TOKEN))
    return place, "\n".join(lines)


def a_tag_around_a_line(body: str, draw: random.Random) -> tuple[int, str] | None:
    """A line with a tag around it."""
    lines = body.split("\n")
    some = [n for n, line in enumerate(lines) if line.strip()]
    if not some:
        return None
    place, tag = draw.choice(some), draw.choice(_AROUND)
    lines[place] = f"<{tag}>{lines[place]}</{tag}>"
    return place, "\n".join(lines)


def a_title_changed(body: str, draw: random.Random) -> tuple[int, str] | None:
    """Another level, other words, or bold in its place."""
    titles = list(_TITLE.finditer(body))
    if not titles:
        return None
    title = draw.choice(titles)
    bars, words = title.groups()
    new = draw.choice(
        [
            f"={title[0]}=",
            f"{bars} {words} {TOKEN} {bars}",
            f"'''{words}'''",
            f"{bars} x {bars}",
            "",
        ]
    )
    return title.start(), body[: title.start()] + new + body[title.end() :]


def a_paragraph_split(body: str, draw: random.Random) -> tuple[int, str] | None:
    """A blank between two words becomes the end of a paragraph, of a line, or an item."""
    blanks = [blank.start() for blank in re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", body)]
    if not blanks:
        return None
    place = draw.choice(blanks)
    new = draw.choice(["\n\n", "<br>", "\n* ", "\n: "])
    return place, body[:place] + new + body[place + 1 :]


def a_part_moved(body: str, draw: random.Random) -> tuple[int, str] | None:
    """A passage between blank lines cut, and pasted with a word more below another one."""
    parts = body.split("\n\n")
    if len(parts) < 3:
        return None
    source, target = draw.sample(range(len(parts)), 2)
    passage = parts[source]
    if not _WORD.search(passage):
        return None
    parts[target] += f"\n\n{passage} {TOKEN}"
    return source, "\n\n".join(parts[:source] + parts[source + 1 :])


EDITS: Mapping[str, Edit] = {
    "token at a line": at_a_line,
    "token anywhere": anywhere,
    "word changed": a_word,
    "line deleted": a_line_less,
    "lines exchanged": two_lines_exchanged,
    "parameter": a_parameter,
    "markup behind a word": behind_a_word,
    "line more": a_line_more,
    "tag around a line": a_tag_around_a_line,
    "title changed": a_title_changed,
    "paragraph split": a_paragraph_split,
    "part moved": a_part_moved,
}


def drawn(bodies: Mapping[str, str], count: int, seed: int) -> Iterator[Edited]:
    """``count`` edits of these pages, the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 - the same edits each time, nothing secret
    ids = sorted(bodies)
    while count:
        id_ = draw.choice(ids)
        kind = draw.choice(list(EDITS))
        made = EDITS[kind](bodies[id_], draw)
        if made is not None and made[1] != bodies[id_]:
            count -= 1
            yield Edited(id_, kind, *made)
