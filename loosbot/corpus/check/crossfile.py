"""Checks across files: ids, titles and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from loosbot.corpus import titles
from loosbot.corpus.check.checkedfile import CheckedFile
from loosbot.corpus.citations import passages
from loosbot.corpus.entries import already_there
from loosbot.corpus.links import Linker
from loosbot.corpus.model import Config, Link
from loosbot.corpus.naming import abbreviations
from loosbot.corpus.values import at, items
from loosbot.corpus.wording import Fault, quoted, slug

_COPIED = re.compile(r"(?:[Cc]op(?:ie|y)(?: \(\d+\))? (?:de|of) )?([a-z0-9]+(?:-[a-z0-9]+)*)")
"""The name of the original in that of a copy, as file managers and shared folders write it."""
PORTAL = "page/accueil"
"""The page whose title on the wiki is the setting ``portail``."""
ROW_INDEXES = {"source": "Sources", "indicateur": "Chiffres"}
"""Types without a page of their own -> title of the index made for them where none is declared."""


def linker(read: list[CheckedFile], current: Mapping[str, str]) -> Linker:
    """What resolves the links of these files."""
    named = {
        checked.id: title
        for checked in read
        if checked.id and isinstance(title := at(checked.data, ("titre",)), str)
    }
    # of a file with a slip nobody knows what else it says
    data = [(checked.id, checked.data) for checked in read if checked.id and not checked.legible]
    return Linker(current, named, passages(data), abbreviations(data))


def links_of(checked: CheckedFile, linker: Linker) -> tuple[list[Link], list[Fault]]:
    """The links of one file, and their faults."""
    if checked.name and checked.name != "configuration" and isinstance(checked.data, dict):
        return linker.check(checked.owner, checked.broken)
    return [], []


def ids(read: list[CheckedFile]) -> dict[str, str]:
    """Every id that a link may name, to the id of today; two owners of one id are a fault."""
    current: dict[str, str] = {}
    owners: dict[str, str] = {}
    linkable = [checked for checked in read if checked.place.kind in ("record", "page", "index")]
    # what lies in the folder of its type first: where a copy lies elsewhere, the copy is at fault
    for checked in sorted(linkable, key=lambda checked: checked.place.id != checked.id):
        if checked.id in owners:
            # a copy in another folder is told so, with what to do: once is enough
            if not any(fault.code == "mauvais-dossier" for fault in checked.faults):
                _clash(checked, checked.id, owners[checked.id], ("type",))
        elif checked.id:
            owners[checked.id] = checked.place.path
            current[checked.id] = checked.id
        # A record in the wrong folder is one fault, not one more in every link to it
        if checked.place.id:
            current.setdefault(checked.place.id, checked.place.id)
    for checked in linkable:
        for index, old in _former_ids(checked.data):
            if owners.get(old, checked.place.path) != checked.place.path or old == checked.id:
                _clash(checked, old, owners[old], ("anciens_ids", index))
            else:
                owners[old] = checked.place.path
                current[old] = checked.id
    return current


def _former_ids(data: Any) -> Iterator[tuple[int, str]]:
    for index, old in items(at(data, ("anciens_ids",))):
        if isinstance(old, str):
            yield index, old


def _clash(checked: CheckedFile, id_: str, path: str, where: tuple[str | int, ...]) -> None:
    checked.faults.append(
        Fault(
            where,
            "id-en-double",
            f"L’identifiant {quoted(id_)} est déjà celui de {path}.",
            "Renommez l’un des deux fichiers, ou retirez l’ancien identifiant.",
        )
    )


def spare_others(read: list[CheckedFile]) -> None:
    """Change the hint of a rename whose target exists: following it would overwrite that file. A
    copy made beside a file, « banc (copie).yaml », is told to be one."""
    paths = {checked.place.path for checked in read}
    for checked in read:
        path = checked.place.path
        folder, _, name = path.rpartition("/")
        for number, finding in enumerate(checked.findings):
            wanted = finding.hint.removeprefix("Renommez-le ")
            if finding.code != "nom-de-fichier":
                continue
            original = f"{copied[1]}{name[-5:]}" if (copied := _COPIED.match(name)) else ""
            if f"{folder}/{wanted}" in paths:
                checked.findings[number] = replace(finding, hint=already_there(wanted))
            elif f"{folder}/{original}" in paths:
                hint = (
                    f"Si c’est une copie de {original}, gardez dans celui-là ce qui manque, puis "
                    f"retirez celui-ci. Sinon, renommez-le {wanted}"
                )
                checked.findings[number] = replace(finding, hint=hint)
        for number, fault in enumerate(checked.faults):
            wanted = f"narratives/{checked.name}/{name}"
            if fault.code == "mauvais-dossier" and wanted in paths:
                checked.faults[number] = replace(fault, hint=already_there(wanted))


def check_titles(read: list[CheckedFile], ages: Mapping[str, int]) -> None:
    """Two pages cannot have one title; the newer file gets the finding. Where both are of one age:
    the one that is not named after it, else the one whose name holds the other's, else the second.
    A copy keeps the title, and gets another name."""
    first = _reserved_titles(read)
    holders: dict[str, CheckedFile] = {}
    for checked in sorted(read, key=lambda checked: -ages.get(checked.place.path, 0)):
        title = at(checked.data, ("titre",))
        if checked.place.kind == "config" or not checked.has_page or not isinstance(title, str):
            continue
        if ("titre",) in checked.broken or checked.id == PORTAL:
            continue
        key = titles.normalise(title)
        other = first.setdefault(key, checked.place.path)
        holder = holders.setdefault(key, checked)
        if other != checked.place.path:
            same = holder is not checked and holder.data == checked.data
            alike = ages.get(holder.place.path, 0) == ages.get(checked.place.path, 0)
            copied = _stem(checked) in _stem(holder) or _is_named(checked, title)
            named = copied and not _is_named(holder, title)
            if holder is not checked and alike and named:
                checked, other = holder, checked.place.path
            checked.faults.append(
                Fault(
                    ("titre",),
                    "titre-en-double",
                    f"Le titre {quoted(title)} est déjà celui de {other}.",
                    "Les deux fichiers disent la même chose : gardez-en un seul."
                    if same
                    else "Changez l’un des deux, par exemple en ajoutant le lieu ou l’année.",
                )
            )


def _is_named(checked: CheckedFile, title: str) -> bool:
    """Whether the file is named after its title."""
    return _stem(checked) == slug(title)


def _stem(checked: CheckedFile) -> str:
    return checked.place.path.rpartition("/")[2].rpartition(".")[0]


def _reserved_titles(read: list[CheckedFile]) -> dict[str, str]:
    """Titles of pages that no ``titre`` gives: the portal's, and those of the indexes that the
    tool makes where a corpus declares none for its sources or its figures."""
    by_id = {checked.id: checked for checked in read}
    settings = next((checked.data for checked in read if checked.place.kind == "config"), None)
    reserved: dict[str, str] = {}
    if PORTAL in by_id:
        title = at(settings, ("portail",))
        shown = title if isinstance(title, str) else Config("").portail
        reserved[titles.normalise(shown)] = by_id[PORTAL].place.path
    indexes = (checked.data for checked in read if checked.name == "index")
    gathered = [
        kind for data in indexes for _, kind in items(at(data, ("enregistrements", "types")))
    ]
    for record_type, title in ROW_INDEXES.items():
        if record_type not in gathered and any(checked.name == record_type for checked in read):
            reserved[titles.normalise(title)] = f"la page qui rassemble les {title.lower()}"
    return reserved
