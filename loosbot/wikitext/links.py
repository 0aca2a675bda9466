"""Small pieces of wikitext around an encoded text: links, categories, headings."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from loosbot import lazy
from loosbot.corpus.titles import ENTITY_NAME
from loosbot.wikitext.encoding import BLANK_SEPARATORS, Context, Markup, encode
from loosbot.wikitext.unsearched import unsearched

LINKED_TITLE = lazy.pattern(r"\[\[:?([^][|#<>{}\n]+)")
"""The title that a link of a page leads to."""
_ALLOWED_SCHEMES = lazy.pattern(r"(?:https?://|mailto:)(?=[^\s/])", re.IGNORECASE)
_URL_UNSAFE = lazy.pattern(
    rf'[][<>"{{}}|\\^`\x00-\x20\x7f-\x9f{BLANK_SEPARATORS}\u2028\u2029\u200b-\u200f\u00ad\ufeff]'
    r"|(?<=')'|(?<=_)_|(?<=~~)~"
)
_URL_ENTITY = lazy.pattern(rf"&(?=(?:{ENTITY_NAME}|#[0-9]+|#[xX][0-9A-Za-z]+);)")
# A link to one of these without a leading colon puts the page in it, or shows the file.
_NEEDS_COLON = re.compile(r"(?:cat[ée]gor(?:ie|y)|fichier|file|image)\s*:", re.IGNORECASE)
_FRAGMENT_UNSAFE = re.compile(r"[][{}|<>\x00-\x1f\x7f]")


@lru_cache(maxsize=16_384)
def link(title: str, label: str = "", fragment: str = "") -> Markup:
    """An internal link; ``title`` is a legal wiki title, ``label`` any text (default: title)."""
    return link_to(title, encode(label or title, Context.LINK_LABEL), fragment)


def link_to(title: str, label: str, fragment: str = "") -> Markup:
    """As :func:`link`, with a label already encoded for ``Context.LINK_LABEL``."""
    target = f":{title}" if _NEEDS_COLON.match(title) else title
    if fragment:
        target += "#" + _FRAGMENT_UNSAFE.sub("_", fragment)
    return Markup(f"[[{target}]]" if target == label else f"[[{target}|{label}]]")


def external_target(url: str) -> str | None:
    """``url`` as it can stand in ``[url label]``; None unless http, https or mailto."""
    url = url.strip()
    if not _ALLOWED_SCHEMES.match(url):
        return None
    return _URL_ENTITY.sub("&amp;", _URL_UNSAFE.sub(lambda sign: _percent(sign.group()), url))


def _percent(char: str) -> str:
    return f"%{ord(char):02X}" if ord(char) < 128 else quote(char)


def external_link(url: str, label: str, context: Context = Context.PROSE) -> Markup:
    """A link out of the wiki. Any other scheme (``javascript:``) gives the label as mere text,
    encoded for ``context``."""
    target = external_target(url)
    if target is None:
        return Markup(encode(label, context))
    return Markup(f"[{target} {encode(label or url, Context.EXTERNAL_LABEL)}]")


def category(name: str, sort_key: str = "") -> Markup:
    """Puts the page in ``Catégorie:name``. ``name`` has no namespace and is a legal title."""
    return _filed(name, encode(sort_key, Context.SORT_KEY))


def tracking_category(name: str, key: str) -> Markup:
    """As :func:`category`, with a sort key that no search finds; the API gives it back unchanged.

    The visual editor does not list such a category: with references in its key, Parsoid makes
    of it what only wikitext can change. Nobody takes it out by accident.
    """
    return _filed(name, unsearched(encode(key, Context.SORT_KEY)))


def _filed(name: str, key: str) -> Markup:
    return Markup(f"[[Catégorie:{name}|{key}]]" if key else f"[[Catégorie:{name}]]")


@lru_cache(maxsize=4096)
def heading(level: int, text: str) -> Markup:
    """A heading of level 1 to 6, on a line of its own. A heading without text is meaningless."""
    return heading_of(level, encode(text, Context.HEADING))


def heading_of(level: int, wikitext: str) -> Markup:
    """As :func:`heading`, with text already encoded for ``Context.HEADING``."""
    bars = "=" * max(1, min(level, 6))
    return Markup(f"{bars} {wikitext} {bars}")


def preformatted(text: str) -> Markup:
    """``text`` line for line in a ``<pre>``; not inside a list item."""
    return Markup(f"<pre>\n{encode(text, Context.PRE)}</pre>")
