"""What people do on the embedded wiki of a benchmark, in the name of its administrator."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from loosbot.wiki.credentials import Credentials
from loosbot.wiki.embedded import status
from loosbot.wiki.instance import DEFAULT, Instance
from loosbot.wiki.revisions import Edit, PageState
from loosbot.wiki.session import Session
from loosbot.wiki.writer import Writer

_TITLES = ("Projet {} du quartier", "Récit {}", "Réunion {}")
"""Pages that are mostly prose, in a corpus of ``corpus.py``."""
_PROSE = re.compile(r"^(?=[a-zé’]+ [a-zéèêàûîôç’ ]{60})", re.MULTILINE)


def correct(folder: Path, pages: int) -> None:
    """Put three words into the published text of so many pages, one edit each."""
    writer = Writer(Session(administrator(folder)))
    titles = [title.format(number) for number in range(1, pages) for title in _TITLES]
    states = [state for state in writer.pages(titles, content=True).values() if _corrected(state)]
    if len(states) < pages:
        raise SystemExit(f"only {len(states)} pages hold prose, not {pages}")

    def edit(state: PageState) -> None:
        session = writer.session.clone()
        base = state.revision.id if state.revision else 0
        corrected = Edit(state.title, _corrected(state), "Une précision", base, state.pageid)
        Writer(session).edit(corrected)
        session.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(edit, states[:pages]))
    writer.session.close()


def administrator(folder: Path) -> Credentials:
    """The administrator of the wiki that runs for the corpus in ``folder``."""
    running = status(folder / DEFAULT)
    if running is None:
        raise SystemExit("no wiki runs here")
    secrets = Instance(folder / DEFAULT).read_secrets()
    if secrets is None:
        raise SystemExit("the wiki here has no accounts")
    return Credentials(running.url_api, secrets.admin.user, secrets.admin.password)


def _corrected(state: PageState) -> str:
    text = (state.revision.text or "") if state.revision else ""
    return _PROSE.sub("Un mot corrigé, ", text, count=1) if _PROSE.search(text) else ""
