"""Checks across files: ids, titles and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from loosbot.corpus import titles
from loosbot.corpus.check.drafts import Draft
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


def linker(read: list[Draft], current: Mapping[str, str]) -> Linker:
    """What resolves the links of these files."""
    named = {
        draft.id: title
        for draft in read
        if draft.id and isinstance(title := at(draft.data, ("titre",)), str)
    }
    # of a file with a slip nobody knows what else it says
    data = [(draft.id, draft.data) for draft in read if draft.id and not draft.legible]
    return Linker(current, named, passages(data), abbreviations(data))


def links_of(draft: Draft, linker: Linker) -> tuple[list[Link], list[Fault]]:
    """The links of one file, and their faults."""
    if draft.name and draft.name != "configuration" and isinstance(draft.data, dict):
        return linker.check(draft.owner, draft.broken)
    return [], []


def ids(read: list[Draft]) -> dict[str, str]:
    """Every id that a link may name, to the id of today; two owners of one id are a fault."""
    current: dict[str, str] = {}
    owners: dict[str, str] = {}
    linkable = [draft for draft in read if draft.place.kind in ("record", "page", "index")]
    # what lies in the folder of its type first: where a copy lies elsewhere, the copy is at fault
    for draft in sorted(linkable, key=lambda draft: draft.place.id != draft.id):
        if draft.id in owners:
            # a copy in another folder is told so, with what to do: once is enough
            if not any(fault.code == "mauvais-dossier" for fault in draft.faults):
                _clash(draft, draft.id, owners[draft.id], ("type",))
        elif draft.id:
            owners[draft.id] = draft.place.path
            current[draft.id] = draft.id
        # A record in the wrong folder is one fault, not one more in every link to it
        if draft.place.id:
            current.setdefault(draft.place.id, draft.place.id)
    for draft in linkable:
        for index, old in _former_ids(draft.data):
            if owners.get(old, draft.place.path) != draft.place.path or old == draft.id:
                _clash(draft, old, owners[old], ("anciens_ids", index))
            else:
                owners[old] = draft.place.path
                current[old] = draft.id
    return current


def _former_ids(data: Any) -> Iterator[tuple[int, str]]:
    for index, old in items(at(data, ("anciens_ids",))):
        if isinstance(old, str):
            yield index, old


def _clash(draft: Draft, id_: str, path: str, where: tuple[str | int, ...]) -> None:
    draft.faults.append(
        Fault(
            where,
            "id-en-double",
            f"L’identifiant {quoted(id_)} est déjà celui de {path}.",
            "Renommez l’un des deux fichiers, ou retirez l’ancien identifiant.",
        )
    )


def spare_others(read: list[Draft]) -> None:
    """Change the hint of a rename whose target exists: following it would overwrite that file. A
    copy made beside a file, « banc (copie).yaml », is told to be one."""
    paths = {draft.place.path for draft in read}
    for draft in read:
        path = draft.place.path
        folder, _, name = path.rpartition("/")
        for number, finding in enumerate(draft.findings):
            wanted = finding.hint.removeprefix("Renommez-le ")
            if finding.code != "nom-de-fichier":
                continue
            original = f"{copied[1]}{name[-5:]}" if (copied := _COPIED.match(name)) else ""
            if f"{folder}/{wanted}" in paths:
                draft.findings[number] = replace(finding, hint=already_there(wanted))
            elif f"{folder}/{original}" in paths:
                hint = (
                    f"Si c’est une copie de {original}, gardez dans celui-là ce qui manque, puis "
                    f"retirez celui-ci. Sinon, renommez-le {wanted}"
                )
                draft.findings[number] = replace(finding, hint=hint)
        for number, fault in enumerate(draft.faults):
            wanted = f"narratives/{draft.name}/{name}"
            if fault.code == "mauvais-dossier" and wanted in paths:
                draft.faults[number] = replace(fault, hint=already_there(wanted))


def check_titles(read: list[Draft], ages: Mapping[str, int]) -> None:
    """Two pages cannot have one title; the newer file gets the finding. Where both are of one age:
    the one that is not named after it, else the one whose name holds the other's, else the second.
    A copy keeps the title, and gets another name."""
    first = _reserved_titles(read)
    holders: dict[str, Draft] = {}
    for draft in sorted(read, key=lambda draft: -ages.get(draft.place.path, 0)):
        title = at(draft.data, ("titre",))
        if draft.place.kind == "config" or not draft.has_page or not isinstance(title, str):
            continue
        if ("titre",) in draft.broken or draft.id == PORTAL:
            continue
        key = titles.normalise(title)
        other = first.setdefault(key, draft.place.path)
        holder = holders.setdefault(key, draft)
        if other != draft.place.path:
            same = holder is not draft and holder.data == draft.data
            alike = ages.get(holder.place.path, 0) == ages.get(draft.place.path, 0)
            copied = _stem(draft) in _stem(holder) or _is_named(draft, title)
            named = copied and not _is_named(holder, title)
            if holder is not draft and alike and named:
                draft, other = holder, draft.place.path
            draft.faults.append(
                Fault(
                    ("titre",),
                    "titre-en-double",
                    f"Le titre {quoted(title)} est déjà celui de {other}.",
                    "Les deux fichiers disent la même chose : gardez-en un seul."
                    if same
                    else "Changez l’un des deux, par exemple en ajoutant le lieu ou l’année.",
                )
            )


def _is_named(draft: Draft, title: str) -> bool:
    """Whether the file is named after its title."""
    return _stem(draft) == slug(title)


def _stem(draft: Draft) -> str:
    return draft.place.path.rpartition("/")[2].rpartition(".")[0]


def _reserved_titles(read: list[Draft]) -> dict[str, str]:
    """Titles of pages that no ``titre`` gives: the portal's, and those of the indexes that the
    tool makes where a corpus declares none for its sources or its figures."""
    by_id = {draft.id: draft for draft in read}
    settings = next((draft.data for draft in read if draft.place.kind == "config"), None)
    reserved: dict[str, str] = {}
    if PORTAL in by_id:
        title = at(settings, ("portail",))
        shown = title if isinstance(title, str) else Config("").portail
        reserved[titles.normalise(shown)] = by_id[PORTAL].place.path
    indexes = (draft.data for draft in read if draft.name == "index")
    gathered = [
        kind for data in indexes for _, kind in items(at(data, ("enregistrements", "types")))
    ]
    for record_type, title in ROW_INDEXES.items():
        if record_type not in gathered and any(draft.name == record_type for draft in read):
            reserved[titles.normalise(title)] = f"la page qui rassemble les {title.lower()}"
    return reserved
