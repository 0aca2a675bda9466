"""Links to the former title of a page: what people wrote before it was renamed still means it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from loosbot.wiki.reader import Reader
from loosbot.wikitext.names import Names

_LINK = re.compile(r"\[\[:?([^][|#<>{}\n]+)")


def with_redirects(reader: Reader, bodies: Iterable[str], names: Names) -> Names:
    """``names`` that also know the redirects which these texts link to.

    One request where a text links to a title that is none of ours, none otherwise.
    """
    linked = {link.strip() for body in bodies for link in _LINK.findall(body)}
    unknown = sorted(title for title in linked if names.identify(title) is None)
    targets = reader.redirects(unknown) if unknown else {}
    return replace(names, redirects=targets) if targets else names
