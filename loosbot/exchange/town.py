"""Another town's corpus: the files of ``commune/``, with the name of the town in them.

They hold a portal, reading paths, indexes and pages of method that are no town's own, and
examples from a town that does not exist, so that every page, report and dump has something to
show. Every example's file begins with ``exemple-``: a town takes them all away at once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from loosbot import resources
from loosbot.corpus.paths import CONFIG
from loosbot.corpus.wording import slug
from loosbot.errors import UsageError, UserError
from loosbot.files import replace_file, writing
from loosbot.frozen import dataclass
from loosbot.history.git import Repository

# letters that need no quoting in a YAML string or in Markdown, whatever stands around them
_COMMUNE = re.compile(r"[^\W\d_](?:[^\W_]|[ '’().-])*")
_INSEE = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{3}")
_LONGEST = 80
_RENAMED = {"gitignore": ".gitignore"}
"""Names in the package -> names in the corpus: tools that pack a wheel leave out dot files."""


@dataclass(frozen=True, slots=True)
class Town:
    """Who the new corpus is for. ``day`` is when it begins."""

    commune: str
    insee: str
    day: date

    @property
    def corpus(self) -> str:
        """The name of the corpus, which the wiki's pages are found by."""
        return slug(self.commune)


def town(commune: str, insee: str, day: date) -> Town:
    """The town of this name and code. Raises UsageError for what is neither."""
    name = unicodedata.normalize("NFC", " ".join(commune.split()))
    if not _COMMUNE.fullmatch(name) or len(name) > _LONGEST or not slug(name):
        raise UsageError(
            f"« {commune} » n’est pas un nom de commune.",
            'Écrivez-le comme sur la mairie : --commune "Saint-Exemple-sur-Mer".',
        )
    code = insee.strip().upper()
    if not _INSEE.fullmatch(code):
        raise UsageError(
            f"« {insee} » n’est pas un code INSEE.",
            "C’est celui de la commune, en cinq signes (01004, 2A004), et non le code postal.",
        )
    return Town(name, code, day)


def files(of: Town) -> Mapping[str, bytes]:
    """Every file of the new corpus, by path; ``loosbot.yaml``, which makes it one, comes last."""
    values = {
        "@COMMUNE@": of.commune,
        "@INSEE@": of.insee,
        "@CORPUS@": of.corpus,
        "@ANNEE@": str(of.day.year),
        "@JOUR@": of.day.isoformat(),
    }
    root = resources.commune()
    made: dict[str, bytes] = {}
    for file in sorted(root.rglob("*")):
        if file.is_file() and (file.suffix in _SUFFIXES or not file.suffix):
            path = file.relative_to(root).as_posix()
            text = file.read_text(encoding="utf-8")
            for sign, value in values.items():
                text = text.replace(sign, value)
            made[_RENAMED.get(path, path)] = text.encode()
    made[CONFIG] = made.pop(CONFIG)
    return made


_SUFFIXES = (".md", ".yaml")


def write(folder: Path, made: Mapping[str, bytes]) -> None:
    """Write the files into a folder that is missing or empty (a clone of an empty one too), or
    that an earlier run began to fill.

    Raises UserError, and a folder that holds anything else is left as it is.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if not _is_to_fill(folder, made):
            raise UserError(
                f"« {folder} » n’est pas vide : rien n’y est écrit.",
                "Donnez un dossier qui n’existe pas encore.",
            )
        for path, data in made.items():
            replace_file(folder / path, data)


def _is_to_fill(folder: Path, made: Mapping[str, bytes]) -> bool:
    """Whether it holds nothing, or nothing but what a run that ended too soon wrote there."""
    names = {entry.name for entry in folder.iterdir()} - {".git"}
    if names - {path.partition("/")[0] for path in made}:
        return False
    repository = Repository.open(folder) if names else None
    if repository is not None and repository.head() is not None:
        return False
    files = (file for name in names for file in (folder / name, *(folder / name).rglob("*")))
    return all(
        made.get(file.relative_to(folder).as_posix()) == file.read_bytes()
        for file in files
        if not file.is_dir()
    )
