"""Which files of a tree are read, and the findings on the others."""

from __future__ import annotations

import re
import shlex
from collections.abc import Collection, Iterable

from loosbot.corpus.decoding import MAX_BYTES, TOO_LARGE
from loosbot.corpus.model import Entry, Finding, of_file
from loosbot.corpus.paths import CONFIG, RECORDS, Place, folder_type, is_attached, place
from loosbot.corpus.wording import quoted

_MISNAMED = re.compile(r"\.(yaml|yml|md|markdown|wiki)(?:\.txt|\.bak|\.doc)?\Z", re.IGNORECASE)
_ENDINGS = {"yml": "yaml", "markdown": "md"}
"""How an editor ends the name of a file that was meant to be read."""


def sorted_out(entries: Iterable[Entry]) -> tuple[list[Place], list[Place], list[Finding]]:
    """The files to read, those refused, and the findings."""
    places: list[Place] = []
    refused: list[Place] = []
    findings: list[Finding] = []
    entries = list(entries)
    paths = {entry.path for entry in entries}
    for entry in entries:
        here = place(entry.path)
        if refusal := _refusal(entry, here, paths):
            findings.append(refusal)
            refused.append(here)
        elif here.kind != "other":
            places.append(here)
    if not any(known.kind == "config" for known in (*places, *refused)):
        findings.append(_no_config())
    return places, refused, findings


def _refusal(entry: Entry, here: Place, taken: Collection[str]) -> Finding | None:
    if entry.path.startswith("/") or ".." in entry.path.split("/"):
        return of_file(
            entry.path,
            "hors-corpus",
            "Ce chemin sort du corpus.",
            "Placez le fichier dans narratives/ ou dans pages/.",
        )
    if entry.kind == "symlink":
        return of_file(
            entry.path,
            "lien-symbolique",
            "C’est un lien symbolique, que l’on ne suit pas : il peut mener hors du corpus.",
            "Remplacez-le par le fichier lui-même.",
        )
    if entry.kind == "repository":
        typed = shlex.quote(entry.path)
        return of_file(
            entry.path,
            "depot-imbrique",
            "Ce dossier est un dépôt git à lui seul : git n’en garde pas les fichiers avec ceux du "
            "corpus, et personne d’autre ne les aurait.",
            f"Supprimez son dossier caché {entry.path}/.git (gardez-en une copie ailleurs s’il a "
            f"une histoire), puis : git rm -r --cached --ignore-unmatch {typed}, git add {typed}",
        )
    if entry.kind == "other":
        return of_file(
            entry.path,
            "fichier-special",
            "Ce n’est pas un fichier ordinaire, ou son nom n’est pas en UTF-8.",
            "Renommez-le en lettres sans accent, ou retirez-le du corpus.",
        )
    if here.kind == "other":
        return _not_read(entry, taken)
    if entry.size > MAX_BYTES:
        return of_file(entry.path, *TOO_LARGE)
    return None


def renamed(path: str, name: str, taken: Collection[str]) -> str:
    """The hint to give a file another name; never one by which it would replace another file."""
    if f"{path.rpartition('/')[0]}/{name}" in taken:
        return already_there(name)
    return f"Renommez-le {name}"


def already_there(name: str) -> str:
    return (
        f"{name} existe déjà : gardez dans celui-là ce qui manque, puis retirez celui-ci ; "
        "ou donnez-lui un autre nom."
    )


def _not_read(entry: Entry, taken: Collection[str]) -> Finding | None:
    if entry.path.endswith(".yml"):
        return of_file(
            entry.path,
            "nom-de-fichier",
            "Le nom d’une fiche finit par .yaml, et celui-ci par .yml.",
            renamed(entry.path, f"{entry.path.rpartition('/')[2][:-4]}.yaml", taken),
        )
    name = entry.path.rpartition("/")[2]
    if misnamed := _MISNAMED.search(name):
        meant = misnamed[1].lower()
        ending = f".{_ENDINGS.get(meant, meant)}"
        if misnamed[0] != ending:
            return of_file(
                entry.path,
                "nom-de-fichier",
                f"{quoted(name)} n’est pas lu : son nom doit finir par {ending}, "
                f"et il finit par {misnamed[0]}.",
                renamed(entry.path, f"{name[: misnamed.start()]}{ending}", taken),
            )
    if is_attached(entry.path) and not _is_among_records(entry.path, "json"):
        return None
    return of_file(
        entry.path,
        "fichier-ignore",
        "Ce fichier n’est ni une fiche, ni une page, ni un modèle : il n’est pas lu.",
        _other_mend(entry.path, taken),
        "warning",
    )


def _is_among_records(path: str, ending: str) -> bool:
    """Whether a file lies where the records of a type do, and its name ends so: "" for no ending.
    JSON is YAML, and no record can join it."""
    folder, _, name = path.rpartition("/")
    inner = folder.removeprefix(f"{RECORDS}/")
    if inner == folder or name.startswith(".") or not folder_type(inner):
        return False
    return (name.rpartition(".")[2].lower() if "." in name else "") == ending


def _other_mend(path: str, taken: Collection[str]) -> str:
    """What to do with a file beside the records that an editor or an office suite made."""
    name = path.rpartition("/")[2]
    if _is_among_records(path, ""):
        return f"Si c’est une fiche : {renamed(path, f'{name}.yaml', taken)}"
    name, _, ending = name.rpartition(".")
    record = path.startswith(f"{RECORDS}/")
    if ending.lower() == "txt" or _is_among_records(path, "json"):
        new = f"{name}.yaml" if record else f"{name}.md"
        return f"Si c’est {'une fiche' if record else 'une page'} : {renamed(path, new, taken)}"
    if record and ending.lower() in ("docx", "odt"):
        return (
            f"Un document devient une fiche par « loosbot import "
            f"{shlex.quote(path)} » ; retirez-le ensuite."
        )
    return "Les fiches sont dans narratives/<type>/ (.yaml), les pages dans pages/ (.md)."


def _no_config() -> Finding:
    return of_file(
        CONFIG,
        "configuration-absente",
        "Il manque le fichier loosbot.yaml à la racine du corpus.",
        "Créez-le avec une ligne : « corpus: nom-de-la-commune ».",
    )
