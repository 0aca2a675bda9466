"""Pseudonyms: the same code for the same person in every dump of a series, for nobody else.

A bare hash would not do: whoever has the list of the inhabitants can hash it too. The code is an
HMAC-SHA256 with a key that stays with the town, outside the repository and outside the dumps.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loosbot.corpus.wording import joined_slug, slug
from loosbot.dump.filtered import Kind
from loosbot.errors import UserError
from loosbot.files import config_folder, reason

_LENGTH = 10
_KEY = re.compile(r"[0-9a-f]{64}\n?")
WARNING = """\
Une clé de pseudonymes vient d’être créée : {path}
  Elle donne à chaque personne le même code d’un export à l’autre.
  Perdue : les prochains exports porteront d’autres codes, sans lien avec les précédents.
  Divulguée : qui connaît les habitants pourra remettre un nom sur chaque code déjà publié.
  Gardez-en une copie en lieu sûr ; ne la mettez ni dans git, ni dans un export, ni par courriel."""


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Codes made with one key, for one series of dumps. The key stays out of every repr.

    The public and the research edition are two series: who has both cannot join them by a code.
    """

    key: bytes = field(repr=False)
    series: Kind

    def person(self, who: str) -> str:
        """``acteur/v…`` for the id of a person, or for a name that no record declares."""
        return f"acteur/v{self._code('personne', who if '/' in who else joined_slug(who))}"

    def record(self, id_: str, first: str = "") -> str:
        """``recit/f…``: an id of the same type that leads nowhere, made from the ``first`` id that
        the record had: a file that is renamed keeps its code."""
        return f"{id_.partition('/')[0]}/f{self._code('fiche', first or id_)}"

    def mark(self, content: object) -> str:
        """A keyed digest of ``content``, 64 hex digits: it changes with it, and reveals nothing
        without the key."""
        text = f"{self.series}:marque:{content!r}"
        return hmac.digest(self.key, text.encode("utf-8", "replace"), hashlib.sha256).hex()

    def _code(self, purpose: str, text: str) -> str:
        digest = hmac.digest(self.key, f"{self.series}:{purpose}:{text}".encode(), hashlib.sha256)
        return base64.b32encode(digest).decode("ascii").lower()[:_LENGTH]


def key_file(corpus: str, env: Mapping[str, str]) -> Path:
    """Where the key of a corpus is, outside every repository."""
    return config_folder(env) / f"pseudonymes-{slug(corpus)}.cle"


def load_key(path: Path, series: Kind, folder: Path, warn: Callable[[str], None]) -> Pseudonyms:
    """The key in ``path``, made there on first use; ``warn`` then gets what that means.

    ``folder`` is the corpus, which must not hold the key. Raises UserError.
    """
    if path.resolve().is_relative_to(folder.resolve()):
        raise UserError(
            f"La clé des pseudonymes serait dans le corpus : {path}.",
            "Donnez à XDG_CONFIG_HOME un dossier hors du dépôt.",
        )
    try:
        if not path.exists():
            _create(path)
            warn(WARNING.format(path=path))
        mode, text = path.stat().st_mode, path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "ce n’est pas du texte"
        raise UserError(
            f"La clé des pseudonymes ne peut être ni lue ni créée : {path} ({why}).",
            "Rendez ce dossier accessible, ou donnez-en un autre à XDG_CONFIG_HOME.",
        ) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UserError(
            f"D’autres personnes que vous peuvent lire la clé des pseudonymes : {path}.",
            f"Lancez « chmod 600 {path} », puis relancez.",
        )
    if not _KEY.fullmatch(text):
        raise UserError(
            f"Ce n’est pas une clé de pseudonymes : {path}.",
            "Remettez la copie que vous en avez ; sans copie, supprimez ce fichier : une autre "
            "clé sera créée, et les codes changeront.",
        )
    return Pseudonyms(bytes.fromhex(text.strip()), series)


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # exclusive: of two concurrent first uses one fails, so that there is one key
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_hex(32)}\n")
            file.flush()
            os.fsync(descriptor)
    except BaseException:
        # an empty file would be taken for a damaged key, and block every later dump
        path.unlink(missing_ok=True)
        raise
