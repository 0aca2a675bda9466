"""Which licence covers which file, and what no licence covers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from loosbot import resources
from loosbot.dump.filtered import Edition
from loosbot.dump.tables.table import TOWN, VOICES


@dataclass(frozen=True, slots=True)
class Licence:
    """``name`` is the SPDX identifier."""

    name: str
    title: str
    path: str


LICENCES = {
    TOWN: Licence(
        TOWN,
        "Licence Ouverte 2.0",
        "https://www.etalab.gouv.fr/wp-content/uploads/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf",
    ),
    VOICES: Licence(
        VOICES,
        "Creative Commons Attribution - Partage dans les mêmes conditions 4.0",
        "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    ),
}
NAME = "LICENCES.md"


@dataclass(frozen=True, slots=True)
class Licensing:
    """The licence of each file of one edition.

    ``declared`` is what a format says of its own files. Any other one has the licence that covers
    the whole: a new format that forgets to say is too strict, never too free.
    """

    whole: Licence
    declared: Mapping[str, str]

    def of(self, path: str) -> Licence:
        """The licence of one file."""
        name = self.declared.get(path, self.whole.name)
        return LICENCES[TOWN] if self.whole.name == TOWN else LICENCES[name]


def covering(edition: Edition) -> Licence:
    """The one licence under which all that is in an edition may be taken."""
    has_words = any(passage.end or passage.frictions for passage in edition.passages)
    return LICENCES[VOICES if has_words else TOWN]


def licences_md(edition: Edition, paths: list[str], licensing: Licensing) -> bytes:
    """``LICENCES.md``: a line for each file."""
    text = resources.text("dump/licences.md").format(
        town=edition.snapshot.commune,
        day=edition.snapshot.date or "non datée",
        voices=LICENCES[VOICES],
        records=LICENCES[TOWN],
        whole=licensing.whole,
        rows="\n".join(f"| `{path}` | {licensing.of(path).name} |" for path in paths),
    )
    return text.encode()
