"""What a file of a corpus is, judged by its path alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Literal

from loosbot.corpus.model import RECORD_TYPES
from loosbot.corpus.wording import slug
from loosbot.frozen import dataclass

CONFIG = "loosbot.yaml"
VERSIONS = "pages/versions.yaml"
RECORDS = "narratives"
PAGES = "pages"
INDEXES = "pages/index"
TEMPLATES = "pages/modeles"

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
ID_WITHIN = re.compile(rf"\b(?:{'|'.join(RECORD_TYPES)})/{SLUG.pattern}")
"""The id of a record inside a text."""
ID = re.compile(rf"({'|'.join(RECORD_TYPES)}|page|index)/([a-z0-9/-]+)", re.ASCII)

_LONGEST_NAME = 60
_PLURALS = {**{f"{name}s": name for name in RECORD_TYPES}, "lieux": "lieu"}
_ATTACHED = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".pdf", ".csv", ".json")

Kind = Literal["config", "record", "page", "index", "template", "versions", "other"]


@dataclass(frozen=True, slots=True)
class Place:
    """What kind of file a path is. ``id`` is "" where it cannot have one."""

    path: str
    kind: Kind
    id: str = ""
    type: str = ""


def place(path: str) -> Place:
    """The kind of a file and the id that it gives to what is in it."""
    if path == CONFIG:
        return Place(path, "config")
    if path == VERSIONS:
        return Place(path, "versions")
    folder, _, name = path.rpartition("/")
    stem, _, ending = name.rpartition(".")
    if not (stem and ending):
        return Place(path, "other")
    if folder == TEMPLATES and ending == "wiki":
        return Place(path, "template", f"modele/{stem}")
    if folder == INDEXES and ending == "yaml":
        return Place(path, "index", f"index/{stem}", "index")
    if path.startswith(f"{PAGES}/") and ending == "md" and name != "README.md":
        return Place(path, "page", f"page/{path.removeprefix(f'{PAGES}/').removesuffix('.md')}")
    if ending == "yaml" and path.startswith(f"{RECORDS}/"):
        inner = folder.removeprefix(f"{RECORDS}/")
        type_ = folder_type(inner) if "/" not in inner and inner != folder else ""
        return Place(path, "record", f"{type_}/{stem}" if type_ else "", type_)
    return Place(path, "other")


def folder_type(name: str) -> str:
    """The type of the records of a folder: its name, or its plural (``recits``); "" if none."""
    return name if name in RECORD_TYPES else _PLURALS.get(name, "")


def free_id(type_name: str, title: str, is_taken: Callable[[str], bool]) -> str:
    """The id of a new record, after its title: ``recit/un-banc``, ``recit/un-banc-2``."""
    stem = slug(title)[:_LONGEST_NAME].strip("-") or "sans-titre"
    id_, number = f"{type_name}/{stem}", 1
    while is_taken(id_):
        number += 1
        id_ = f"{type_name}/{stem}-{number}"
    return id_


def record_path(id_: str) -> str:
    """The file of a record that bears the name of its id."""
    return f"{RECORDS}/{id_}.yaml"


def id_of(path: str) -> str:
    """The id of a file that may be linked to; "" for any other file."""
    here = place(path)
    return here.id if here.kind in ("record", "page", "index") else ""


def id_in(typed: str) -> str:
    """The id that somebody meant who wrote a path: ``../lieu/ecole.yaml``, ``lieu\\ecole.yml``."""
    bare = re.sub(r"\.(?:ya?ml|md)$", "", typed.strip().replace("\\", "/"))
    return "/".join(bare.split("/")[-2:])


def is_attached(path: str) -> bool:
    """Whether a file beside the records is left unread without a warning: an image, a note, a
    list."""
    pure = PurePosixPath(path)
    return pure.suffix.lower() in _ATTACHED or pure.name.startswith(".") or pure.name == "README.md"
