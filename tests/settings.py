"""Other settings for a running wiki of the tests, for a while."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from wikis import Wiki


@contextlib.contextmanager
def settings(wiki: Wiki, php: str, right: str = "") -> Iterator[None]:
    """``php`` at the end of the wiki's own settings; with ``right``, until an admin has it.

    PHP looks at a file again after two seconds at the latest (opcache.revalidate_freq).
    """
    file = wiki.dir / "LocalSettings.local.php"
    before = file.read_text(encoding="utf-8")
    file.write_text(f"{before}\n{php}\n", encoding="utf-8")
    try:
        _until(wiki, right, True)
        yield
    finally:
        file.write_text(before, encoding="utf-8")
        _until(wiki, right, False)


def _until(wiki: Wiki, right: str, wanted: bool) -> None:
    if not right:
        time.sleep(2.5)
        return
    deadline = time.monotonic() + 20
    while (right in _rights(wiki)) is not wanted:
        assert time.monotonic() < deadline, f"{right} never came"
        time.sleep(0.2)


def _rights(wiki: Wiki) -> list[str]:
    asked = wiki.person(wiki.admin).call(action="query", meta="userinfo", uiprop="rights")
    rights: list[str] = asked["query"]["userinfo"]["rights"]
    return rights
