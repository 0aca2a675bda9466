"""Warnings on records and pages in folders that are not read, and so not published."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import Final

from loosbot.corpus.entries import already_there
from loosbot.corpus.model import RECORD_TYPES, Finding, of_file
from loosbot.corpus.paths import CONFIG, PAGES, RECORDS, folder_type
from loosbot.corpus.tree import CORPUS_PATHS, FolderTree, is_leftover
from loosbot.corpus.wording import nearest, slug
from loosbot.errors import UserError

_MOST: Final = 50
"""Findings: whoever misnamed a folder is told of that many of its files."""
_NAMED = re.compile(r"\.(?:(?P<record>ya?ml)|md)\Z", re.IGNORECASE)
_OF_A_REPOSITORY = re.compile(
    r"(?:readme|lisez-?moi|licen[cs]e|contributing|contribuer|changelog|security|mkdocs|_config)\b",
    re.IGNORECASE,
)
"""Files that forges and makers of sites look for, with a title of their own."""
_TITLE = re.compile(rb"^titre[ \t]*:", re.MULTILINE)
_TYPE = re.compile(rb"^type[ \t]*:[ \t]*([a-z-]+)", re.MULTILINE)


def strays(root: Path) -> list[Finding]:
    """A warning for each file with a title beside ``narratives/`` and ``pages/``, or in a folder
    whose name was meant for one of theirs; 50 at most. What cannot be read is passed over."""
    tree = FolderTree(root)
    findings = (_finding(root, path, _content(tree, path)) for path in _candidates(root))
    return list(islice(filter(None, findings), _MOST))


def _candidates(root: Path) -> list[str]:
    tops = [name for name in _names(root) if name not in CORPUS_PATHS and _is_meant(name)]
    inner = [f"{top}/{name}" for top in tops for name in _names(root / top)]
    return [
        f"{folder}/{name}" if folder else name
        for folder in ("", *tops, *inner)
        for name in _names(root / folder)
        if name != CONFIG and _NAMED.search(name)
    ]


def _names(folder: Path) -> list[str]:
    """What a folder holds; nothing of what is no folder, or leads elsewhere."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    try:
        return sorted(path.name for path in folder.iterdir() if not is_leftover(path.name))
    except OSError:
        return []


def _is_meant(folder: str) -> bool:
    """``recits``, ``Narratives``, ``page``: a folder of records or of pages, nearly."""
    return bool(folder_type(slug(folder)) or nearest(folder, (RECORDS, PAGES)))


def _content(tree: FolderTree, path: str) -> bytes:
    try:
        return next(data for _, data in tree.read([path]))
    except UserError:
        return b""


def _finding(root: Path, path: str, data: bytes) -> Finding | None:
    folder, _, name = path.rpartition("/")
    named = _NAMED.search(name)
    if named is None or _OF_A_REPOSITORY.match(name) or not _TITLE.search(data):
        return None
    stem = slug(name[: named.start()]) or "nom"
    if named["record"]:
        match = _TYPE.search(data)
        word = match[1].decode() if match else slug(folder.rpartition("/")[2])
        kind = word if word in RECORD_TYPES else folder_type(word)
        what, target = "Cette fiche", f"{RECORDS}/{kind or '<type>'}/{stem}.yaml"
    elif data.startswith(b"---"):
        what, target = "Cette page", f"{PAGES}/{stem}.md"
    else:
        return None
    return of_file(
        path,
        "hors-dossier",
        f"{what} n’est ni lue ni publiée : elle est hors de {RECORDS}/ et de {PAGES}/.",
        already_there(target) if (root / target).exists() else f"Déplacez-la : {target}",
        "warning",
    )
