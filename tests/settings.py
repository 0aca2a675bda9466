"""Other settings for a running wiki of the tests, for a while."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator

from wikis import Wiki


@contextlib.contextmanager
def settings(wiki: Wiki, php: str) -> Iterator[None]:
    """``php`` at the end of the wiki's own settings: the next request has it."""
    if "wfLoadExtension" in php:
        # with other extensions MediaWiki makes its messages anew, and again without them
        name = hashlib.sha256(php.encode()).hexdigest()[:8]
        php = f"{php}\n$wgCacheDirectory .= '/{name}';"
    file = wiki.dir / "more.txt"
    file.write_text(php, encoding="utf-8")
    try:
        yield
    finally:
        wiki.settle()
        file.unlink()


def clock(hours: int) -> str:
    """The setting of a wiki whose clock is that far ahead of ours, or behind."""
    fake = "Wikimedia\\Timestamp\\ConvertibleTimestamp::setFakeTime"
    return f"{fake}( static fn () => time() + {hours * 3600} );"
