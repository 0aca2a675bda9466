"""Where the links of a Markdown text lead. The renderer resolves them with the same function."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from urllib.parse import unquote

from loosbot import lazy
from loosbot.corpus.addresses import scheme
from loosbot.corpus.paths import ID, id_of
from loosbot.frozen import dataclass

# Every repetition is bounded or stops at the next match: a file of brackets costs one pass
_INLINE = lazy.pattern(r"(?<!\\)(?:\\\\){0,50}\]\([ \t]*(?:<([^<>\n]{0,500})>|([^)\s<>]*))")
_SHOWN_BEFORE = lazy.pattern(r"(?<!\\)(?:\\\\){0,50}\\\[[^\]\[\n]{0,300}\Z")
"""« \\[les mots » before « ](projet/haie) »: both are shown as they are typed."""
_DEFINITION = lazy.pattern(
    r"^ {0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*<?([^\s<>]{1,2000})", re.MULTILINE
)
_TITLE = r"(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|\([^()\n]{0,500}\))"
_INLINE_END = lazy.pattern(rf"\s*(?:{_TITLE}\s*)?\)")
_DEFINITION_END = lazy.pattern(rf"[ \t]*(?:{_TITLE}[ \t]*)?(?:\n|\Z)")
_LABEL_BEFORE = lazy.pattern(r"\[([^\]\n]{1,200})\]:\Z")
_ADDRESS = lazy.pattern(r"[/#]|\.\w")
"""Something of the target of a link that is meant as one."""
_AUTOMATIC = lazy.pattern(r"<([A-Za-z][A-Za-z0-9+.-]{1,30}:[^\s<>]{0,500})>")
_CODE = lazy.pattern(r"(?<![\\`])(`+)(?!`)[^\n]{1,300}?(?<!`)\1(?!`)")
_FENCE = lazy.pattern(r"(?:[ >]|[-+*] |[0-9]{1,9}[.)] ){0,40}+(`{3,}+(?=[^`]*\Z)|~{3,}+)")
_MARGIN = lazy.pattern(r"[ >]*+")
_INDENTED = lazy.pattern(r" {4}| {0,3}\t")
_HOLDS = lazy.pattern(r" {0,3}(?:(?:[-+*]|[0-9]{1,9}[.)])\s|\[\^|>)")
"""What begins a list, a note or a quote: lines moved in below it belong to it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads, as written; ``index`` is its place in the text, from 0."""

    index: int
    text: str


def targets(text: str) -> list[Target]:
    """Targets of the links of a Markdown text in order, those shown as code left out."""
    if "](" not in text and "]:" not in text and "<" not in text:
        return []
    prose = without_code(text)
    places = []
    has_shown = "\\[" in prose
    for match in _INLINE.finditer(prose):
        start = match.start()
        if has_shown and _SHOWN_BEFORE.search(prose, max(0, start - 400), start):
            continue
        group = 1 if match[1] is not None else 2
        places.append(Target(match.start(group), match[group]))
    for pattern in (_DEFINITION, _AUTOMATIC):
        places += (Target(match.start(1), match[1]) for match in pattern.finditer(prose))
    return sorted(places, key=lambda target: target.index)


def is_typed(text: str, target: Target) -> bool:
    """Whether what looks like the target of a link is words that a page shows as they were typed:
    « [rendu](le 3 mars) », « [Le maire]: Bonjour à tous », a definition that nothing cites.

    A target that looks like an address is none: whoever wrote it meant a link.
    """
    if _ADDRESS.search(target.text):
        return False
    before, end = text[: target.index].rstrip(" \t"), target.index + len(target.text)
    if before.endswith("<"):
        return False
    if before.endswith("("):
        return _INLINE_END.match(text, end) is None
    label = _LABEL_BEFORE.search(before)
    if label is None or not _DEFINITION_END.match(text, end):
        return True
    cited = re.compile(rf"\[{re.escape(label[1])}\](?!:)", re.IGNORECASE)
    return cited.search(text) is None


def without_code(text: str) -> str:
    """The text with its code blanked, every other character where it was."""
    if not any(sign in text for sign in ("`", "~~~", "    ", "\t")):
        return text
    lines = []
    fence, column = "", 0
    after_blank, held = True, False
    for line in text.splitlines(keepends=True):
        if not fence:
            if after_blank and not held and _INDENTED.match(line):
                lines.append(re.sub(r"[^\r\n]", " ", line))
                continue
            if _HOLDS.match(line):
                held = True
            elif after_blank and line[0] not in " \t\r\n":
                held = False
            after_blank = not line.strip()
        margin = _MARGIN.match(line)
        content = line[margin.end() :].strip() if margin else ""
        if fence and content and margin and margin.end() < column:
            # the list or the quote that held the fence is over, and the fence with it
            fence = ""
        mark = _FENCE.match(line) if not fence else None
        if fence:
            if content.startswith(fence) and not content.strip(fence[0]):
                fence = ""
            line = re.sub(r"[^\r\n]", " ", line)
        elif mark:
            fence, column = mark[1], mark.start(1)
            line = re.sub(r"[^\r\n]", " ", line)
        else:
            line = _CODE.sub(lambda code: " " * len(code[0]), line)
        lines.append(line)
    return "".join(lines)


def is_internal(target: str) -> bool:
    """Whether the target is meant to be in the corpus: no scheme, and not just an anchor."""
    return bool(target) and not scheme(target) and target[0] not in "#?" and target[:2] != "//"


def resolve_markdown_target(corpus_ids: Collection[str], from_path: str, target: str) -> str | None:
    """The id that a link's target means, or None when the corpus has no such id.

    ``target`` is an id (``fifty-fifty/x``) or a path relative to the file ``from_path``
    (``../lieu/x.yaml``); an ``#anchor`` is left aside. ``corpus_ids`` may hold former ids too
    (see ``links.current_ids``): the id is returned as the target names it.
    """
    if not is_internal(target):
        return None
    name = unquote(target.partition("#")[0])
    if ID.fullmatch(name) and name in corpus_ids:
        return name
    folder = posixpath.dirname(from_path)
    path = name[1:] if name.startswith("/") else posixpath.join(folder, name)
    id_ = id_of(posixpath.normpath(path))
    return id_ if id_ and id_ in corpus_ids else None
