"""Drafts: what people type before they save, kept on this machine and for them alone.

One file a draft, in a folder that only this account reads; never in a commit, a log or a cache.
A draft goes thirty days after its last word, or at once when it is asked for.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from loosbot.errors import UserError
from loosbot.files import PRIVATE, reason, replace_file
from loosbot.parsing import json_value

KEPT_DAYS = 30
_DAY = 86_400
_ID = re.compile(r"[a-z0-9]{26}", re.ASCII)
_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
_FILE = re.compile(r"[a-z0-9][a-z0-9.-]{0,80}", re.ASCII)
_MOST = 2_000
"""Drafts of one atelier; a program that posts without end fills no disk."""
_MOST_FILES = 40


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is writing. ``record`` is the record that it corrects, "" for a new one, and
    ``blob`` the version of its file that the form was shown for.

    ``version`` counts its saves: a tab that shows an older one would write over the newer words.
    ``made`` are records to be made along with it, by answer; ``twin`` is the draft that another
    tab wrote from the same beginning. ``branch`` is the proposal that it takes up again, and
    ``tree`` the id of the files of that one as it was then.
    """

    id: str
    type: str
    record: str = ""
    blob: str = ""
    answers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    made: Sequence[Mapping[str, str]] = ()
    version: int = 0
    created: int = 0
    touched: int = 0
    twin: str = ""
    owner: str = ""
    branch: str = ""
    tree: str = ""

    @property
    def title(self) -> str:
        """What it calls itself so far, "" for nothing yet."""
        return next((text.strip() for text in self.answers.get("titre", ()) if text.strip()), "")


def new_id() -> str:
    """An id that nobody guesses: whoever has it may read the draft."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(26))


def is_id(text: str) -> bool:
    """Whether this may name a draft, and so a file."""
    return _ID.fullmatch(text) is not None


class Drafts:
    """The drafts of one corpus, in ``folder``."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._clock = clock
        _private(folder)

    def find(self, id_: str) -> Draft | None:
        """The draft with this id; None where there is none, or none any more."""
        if not is_id(id_):
            return None
        try:
            draft = _draft(json_value((self.folder / f"{id_}.json").read_bytes()))
        except (OSError, ValueError):
            return None
        return draft if draft.id == id_ and not self._is_old(draft) else None

    def save(self, draft: Draft, seen: int) -> Draft:
        """Keep a draft that was shown at version ``seen``.

        Where another tab saved meanwhile, both are kept: this one becomes a draft of its own.
        Raises UserError where it cannot be kept.
        """
        stored = self.find(draft.id)
        now = int(self._clock())
        if stored is not None and stored.version != seen:
            if _same(stored, draft):
                return stored
            draft = replace(draft, id=new_id(), twin=stored.id, version=0, created=now)
            self._copy_files(stored.id, draft.id)
        if stored is None and len(list(self.folder.glob("*.json"))) >= _MOST:
            raise UserError("Il y a trop de brouillons ici.", "Effacez-en quelques-uns.")
        saved = replace(draft, version=draft.version + 1, touched=now, created=draft.created or now)
        data = json.dumps(asdict(saved), ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            replace_file(self.folder / f"{saved.id}.json", data, PRIVATE)
        except OSError as error:
            raise UserError(
                f"Le brouillon ne peut pas être gardé : {reason(error)}.",
                "Copiez votre texte ailleurs avant de fermer cette page.",
            ) from error
        return saved

    def erase(self, id_: str) -> None:
        """Erase a draft and the pictures that go with it."""
        if is_id(id_):
            (self.folder / f"{id_}.json").unlink(missing_ok=True)
            shutil.rmtree(self.folder / id_, ignore_errors=True)

    def all(self) -> list[Draft]:
        """Every draft, the latest first; those that are too old are erased."""
        drafts = []
        for file in self.folder.glob("*.json"):
            draft = self.find(file.stem)
            if draft is None:
                self.erase(file.stem)
            else:
                drafts.append(draft)
        return sorted(drafts, key=lambda draft: (-draft.touched, draft.id))

    def add_file(self, id_: str, name: str, data: bytes) -> None:
        """Keep a picture with its draft. Raises UserError for a name that is none, or too many."""
        room = self.folder / id_
        if not is_id(id_) or not _FILE.fullmatch(name):
            raise UserError("Ce nom de fichier ne va pas.")
        _private(room)
        if len(list(room.iterdir())) >= _MOST_FILES:
            raise UserError("Il y a trop d’images dans ce brouillon.", "Retirez-en une.")
        replace_file(room / name, data, PRIVATE)

    def files(self, id_: str) -> dict[str, bytes]:
        """The pictures of a draft, by name."""
        room = self.folder / id_
        if not is_id(id_) or not room.is_dir():
            return {}
        return {file.name: file.read_bytes() for file in sorted(room.iterdir()) if file.is_file()}

    def _copy_files(self, old: str, new: str) -> None:
        if (self.folder / old).is_dir():
            shutil.copytree(self.folder / old, self.folder / new, dirs_exist_ok=True)
            (self.folder / new).chmod(0o700)

    def _is_old(self, draft: Draft) -> bool:
        return self._clock() - draft.touched > KEPT_DAYS * _DAY


def _private(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def _same(stored: Draft, draft: Draft) -> bool:
    return dict(stored.answers) == dict(draft.answers) and tuple(stored.made) == tuple(draft.made)


def _draft(stored: Any) -> Draft:
    """Raises ValueError for what is no draft of ours."""
    if not isinstance(stored, dict) or not isinstance(stored.get("answers"), dict):
        raise ValueError("no draft")
    known = {key: stored[key] for key in Draft.__slots__ if key in stored}
    known["made"] = tuple(known.get("made", ()))
    if not isinstance(known.get("id"), str) or not isinstance(known.get("type"), str):
        raise ValueError("no draft")
    return Draft(**known)
