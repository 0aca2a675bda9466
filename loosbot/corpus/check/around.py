"""What stands around a whole record that was copied from a mail, a screen or a tool. Pure."""

from __future__ import annotations

import re

from loosbot import lazy
from loosbot.corpus import mailhead, schema
from loosbot.corpus.model import Finding, of_file
from loosbot.corpus.wording import nearest

_BEGUN = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(?:(?:#[^\r\n]*|---[ \t]*|[ \t]*)(?>\r\n?|\n))*[ \t]*(?:type|titre)\b"
)
"""How nearly every record begins: nothing is looked for in these."""
_FIRST_KEY = lazy.pattern(r"^(?:type|titre):[ \t]", re.MULTILINE)
_MOST_LINES = 100
"""Of a mail above a record."""
_PAIR = lazy.pattern(
    r"^[^\w\n]*(?:[0-9]+[^\w\n]+)?[^\W\d]\w*[^\w\n]{0,3}[:=>-]+[ \t]+\S", re.MULTILINE
)
_FIRST_WORD = lazy.pattern(
    r"^[ \t\"'*«“]*(?:- )?(?:[0-9]+[^\w\n]+)?([^\W\d]\w{2,})\b", re.MULTILINE
)
_BEFORE = lazy.pattern(
    r"^(?P<before>(?:[>+|»]+|(?:[\w./-]+\.yaml[:-])?[ ]*(?:[0-9]{1,4}[ ]?[:|.)-]?)?)[ \t]?)"
    r"type:[ ]",
    re.MULTILINE,
)


def around(source: bytes, path: str) -> tuple[Finding, bytes] | None:
    """The finding on what is no part of the record, and the file without it, line for line: the
    lines of a mail above it, the sign that quotes each line, their numbers. None for all others."""
    if _BEGUN.match(source):
        return None
    # each byte a sign: which encoding it is is told elsewhere; a lone CR ends a line for YAML too
    text = re.sub(r"\r(?!\n)", "\n", source.decode("latin-1"))
    if (quoted := _BEFORE.search(text)) and quoted["before"].strip():
        return _quoted(text, quoted["before"], path)
    key = _FIRST_KEY.search(text)
    head = text[: key.start()] if key else ""
    # its comments are the record's own
    lines = head.split("\n")
    ours = [rank for rank, line in enumerate(lines) if line.strip() and line[0] != "#"]
    if not ours or len(lines) > _MOST_LINES or "```" in head:
        return None
    first, end = ours[0], ours[-1] + 1
    if not _is_apart(lines[first:end]):
        return None
    finding = Finding(
        path,
        first + 1,
        1,
        "error",
        "yaml-commentaire",
        "La fiche ne commence pas ici : ce qui est au-dessus n’en est pas.",
        (
            f"Effacez la ligne {end}"
            if end == first + 1
            else f"Effacez les lignes {first + 1} à {end}"
        )
        + " ; une note pour vous commence par « # » et une espace.",
    )
    blank = [*lines[:first], *[""] * (end - first), *lines[end:]]
    return finding, ("\n".join(blank) + text[len(head) :]).encode("latin-1")


def _is_apart(lines: list[str]) -> bool:
    """Whether these lines are the header of a mail, or none of them looks like a key."""
    head = "\n".join(lines)
    read = head.encode("latin-1").decode("utf-8", "replace")
    if mailhead.header(re.split(r"\n[ \t\r]*\n", read))[0]:
        return True
    words = map(str.lower, _FIRST_WORD.findall(read))
    known = schema.key_names()
    return not _PAIR.search(read) and not any(
        word in known or nearest(word, ("type", "titre")) for word in words
    )


def _quoted(text: str, before: str, path: str) -> tuple[Finding, bytes] | None:
    """The same for a sign or a number before each line; None where some line has none."""
    sign = before.strip()
    form = re.sub("[0-9]+", "[0-9]+", re.escape(sign))
    lead = re.compile(rf"[ ]*{form}[ \t]?")
    lines = text.split("\n")
    if not all(lead.match(line) for line in lines if line.strip()):
        return None
    finding = of_file(
        path,
        "yaml-signe",
        "Chaque ligne commence par un numéro : la fiche vient d’un écran ou d’un autre programme."
        if sign[0].isdigit()
        else f"Chaque ligne commence par « {sign} » : la fiche vient d’un courriel ou d’un autre "
        "programme.",
        "Retirez-le au début de chaque ligne.",
    )
    return finding, "\n".join(lead.sub("", line, count=1) for line in lines).encode("latin-1")
