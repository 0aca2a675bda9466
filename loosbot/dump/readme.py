"""``README.md``: French, then English (``readme.fr.md``, ``readme.en.md``), every number from the
data.

What is not promised is said as plainly as what is.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

from loosbot import resources
from loosbot.corpus import french
from loosbot.corpus.dates import display
from loosbot.dump.edition.traces import STATES
from loosbot.dump.filtered import THRESHOLD, Edition
from loosbot.dump.report import SHOWN_ALONE
from loosbot.dump.tables.table import Table
from loosbot.fields.vocabulary import vocabulary

NAME = "README.md"


Formats = Sequence[tuple[str, str, str]]
"""What the folder holds beside the tables: path, French and English words."""


def readme(edition: Edition, tables: Sequence[Table], formats: Formats) -> bytes:
    """Both languages in one file."""
    statuses = vocabulary("statut-fait").terms.values()
    french_page = _page(
        "fr",
        edition,
        display,
        edition=edition.kind,
        dated="au {} | sans date (corpus hors de git)",
        rows="\n".join(
            f"| `{table.path}` | {table.description} | {len(table.rows)} |" for table in tables
        ),
        others="\n".join(f"- `{path}` : {words}" for path, words, _ in formats),
        worth="\n".join(f"- `{word.value}` : {word.description}" for word in statuses),
        states="\n".join(
            f"- `{word.value}` ({word.title}) : {word.description}" for word in STATES
        ),
        shown_alone=textwrap.fill(SHOWN_ALONE, 98),
        pseudonyms=french.counted(edition.privacy.pseudonyms, "personne"),
        of_commune=french.of(edition.snapshot.commune),
    )
    english_page = _page(
        "en",
        edition,
        str,
        edition={"publique": "public", "recherche": "research"}[edition.kind],
        dated="as of {} | undated (no git)",
        rows="\n".join(f"| `{table.path}` | {len(table.rows)} |" for table in tables),
        others="\n".join(f"- `{path}`: {words}" for path, _, words in formats),
        pseudonyms=str(edition.privacy.pseudonyms),
    )
    return f"{french_page}\n---\n\n{english_page}".encode()


def _page(
    language: str, of: Edition, shown: Callable[[str], str], *, dated: str, **values: str
) -> str:
    """One language. Its file holds the page, then the passages that stand in it or do not, each
    under its name; ``shown`` is how a day is written."""
    page, *passages = resources.text(f"dump/readme.{language}.md").split("\n===== ")
    snapshot, with_day, without_day = of.snapshot, *dated.split(" | ")
    judged = snapshot.consents or snapshot.date
    facts = {
        "commune": snapshot.commune,
        "day": with_day.format(shown(snapshot.date)) if snapshot.date else without_day,
        "judged_on": shown(judged) if judged else "",
        "recipient": of.recipient,
        "expires": shown(of.expires) if of.expires else "",
        "threshold": str(THRESHOLD),
        "with_text": str(sum(bool(passage.end) for passage in of.passages)),
        "voices": str(len(of.passages)),
        **values,
    }
    named = dict(passage.split("\n", 1) for passage in passages)
    told = {name: text.format(**facts) for name, text in named.items()}
    public = of.kind == "publique"
    privacy = " ".join((told["codes"], told["publique"])) if public else told["codes"]
    return page.format(
        **facts,
        judged=f"{told['accords']}\n" if judged else "",
        handed_over="" if public else f"\n{told['remise']}\n",
        which_voices=told.get("voix publiques" if public else "voix de recherche", ""),
        privacy=privacy,
    )
