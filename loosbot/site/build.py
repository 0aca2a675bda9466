"""Writing the site: into an empty folder, or over one that an earlier run wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Literal

from loosbot.corpus.model import Corpus
from loosbot.errors import UserError
from loosbot.files import replace_file, writing
from loosbot.html.edition import read
from loosbot.site.layout import Frame
from loosbot.site.pages import files

MARK = "loosbot-site.json"
"""The list of our files: what is not in it is not ours."""
BEGUN = "loosbot-site.en-cours"
"""One line a file that a run is about to write, until they are listed: a run that is killed lists
nothing, and what it wrote may name somebody who withdraws the day after."""
_UNFINISHED = re.compile(r"\.(.+)\.[a-z0-9_]{8}")
"""The names that ``replace_file`` writes under."""
_ELSEWHERE = "Choisissez un autre dossier."
Kind = Literal["interne", "publique"]
_INTERNAL = (
    "Édition interne de la mairie : des personnes n’ont accepté de paraître qu’ici. "
    "Pour la donner à lire à tous : loosbot site DOSSIER --edition publique"
)


def build(folder: Path, target: Path, kind: Kind) -> int:
    """Write the whole corpus of ``folder`` as HTML into ``target``; the number of files.

    Raises BrokenCorpus, UserError.
    """
    ours = _ours(target)
    public = kind == "publique"
    shown = read(folder, public=public)
    frame = Frame(shown.town, shown.day, shown.commit, edition="" if public else _INTERNAL)
    leave_out = frozenset({"notes", "relectures"} if public else ())
    written: set[str] = set()
    # before the first file and after the last one that could be written: a run that a full disk or
    # ^C ends leaves a folder that the next one knows for ours
    _list(target, shown.corpus, ours)
    begun = target / BEGUN
    try:
        with _opened(begun) as journal:
            for path, data in files(shown.corpus, frame, leave_out):
                if path not in ours:
                    with writing(begun, _ELSEWHERE):
                        journal.write(f"{path}\n".encode())
                _write(target / path, data)
                written.add(path)
    except BaseException:
        with suppress(UserError, OSError):
            _list(target, shown.corpus, ours | written)
            begun.unlink(missing_ok=True)
        raise
    for path in sorted(ours - written):
        (target / path).unlink(missing_ok=True)
    _clear(target, ours | written)
    _list(target, shown.corpus, written)
    begun.unlink(missing_ok=True)
    return len(written)


def _ours(target: Path) -> set[str]:
    """The files that an earlier run wrote. Raises UserError for a folder of somebody else."""
    try:
        if not target.exists() or not any(target.iterdir()):
            return set()
        mark = json.loads((target / MARK).read_text(encoding="utf-8"))
        listed = {str(file) for file in mark["files"]} | _begun(target)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"« {target} » contient autre chose qu’un site écrit par loosbot.",
            "Choisissez un dossier vide, ou un nouveau.",
        ) from error
    # the list is untrusted: nothing outside the folder is ever removed
    inside = target.resolve()
    return {name for name in listed if (target / name).resolve().is_relative_to(inside)}


def _opened(journal: Path) -> FileIO:
    with writing(journal, _ELSEWHERE):
        return FileIO(journal, "a")  # each line is with the system before its file is begun


def _begun(target: Path) -> set[str]:
    """The files that a run which was killed wrote or was about to; a line that it did not end is
    no name. Raises OSError, ValueError."""
    try:
        lines = (target / BEGUN).read_bytes().split(b"\n")
    except FileNotFoundError:
        return set()
    return {line.decode() for line in lines[:-1] if line}


def _clear(target: Path, ours: Collection[str]) -> None:
    """Remove what a run that was killed in the middle of a file left beside it: a page of somebody
    may be in it, and who withdrew is shown nowhere."""
    for folder in {(target / path).parent for path in ours}:
        for left in folder.glob(".*"):
            begun = _UNFINISHED.fullmatch(left.name)
            if begun and (folder / begun[1]).relative_to(target).as_posix() in ours:
                left.unlink(missing_ok=True)


def _list(target: Path, corpus: Corpus, ours: Collection[str]) -> None:
    mark = {"corpus": corpus.config.corpus, "files": sorted(ours)}
    _write(target / MARK, f"{json.dumps(mark, ensure_ascii=False, indent=1)}\n".encode())


def _write(file: Path, data: bytes) -> None:
    with writing(file, _ELSEWHERE):
        replace_file(file, data)
