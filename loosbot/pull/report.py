"""What a pull did, as text for people and as JSON. Pure."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from loosbot.corpus.check.checkedfile import read
from loosbot.corpus.french import counted
from loosbot.corpus.paths import place
from loosbot.frozen import dataclass
from loosbot.pull.edits import PageResult, PullResult
from loosbot.sync.advice import take_back

_SHOWN_LINES = 12
"""Lines of a passage shown on a terminal; the whole is on the wiki."""


@dataclass(frozen=True, slots=True)
class PullReport:
    """A result and where it went: ``branch`` and its ``tip``, or files of the folder."""

    carried: PullResult
    dry: bool
    branch: str = ""
    tip: str = ""


def as_json(shown: PullReport, before: Mapping[str, bytes]) -> str:
    """The whole result; paths are relative to the corpus. ``before`` holds the files as they
    were."""
    carried = shown.carried
    document = {
        "pages": [_page(page) for page in carried.pages],
        "files": sorted(carried.files),
        "reread": [
            {"path": path, "code": code, "message": message, "hint": hint}
            for path, code, message, hint in _to_reread(carried.files, before)
        ],
        "branch": shown.branch,
        "commits": len(carried.changes) if shown.branch else 0,
        "tip": shown.tip,
        "dry_run": shown.dry,
        "complete": carried.complete,
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _page(page: PageResult) -> dict[str, Any]:
    return {
        "id": page.id,
        "title": page.title,
        "path": page.path,
        "users": list(page.users),
        "revision": page.revision,
        "taken": [
            {
                "field": _field(taken.path),
                "label": taken.label,
                "before": taken.before,
                "after": taken.after,
                "removed": taken.removed,
            }
            for taken in page.taken
        ],
        "conflicts": [
            {
                "field": _field(conflict.path),
                "label": conflict.label,
                "base": conflict.base,
                "wiki": conflict.wiki,
                "file": conflict.file,
            }
            for conflict in page.conflicts
        ],
        "left": [
            {"label": left.label, "before": left.before, "after": left.after, "reason": left.reason}
            for left in page.left
        ],
    }


def _field(path: tuple[str | int, ...]) -> str:
    return ".".join(str(key) for key in path if key != "")


def as_text(shown: PullReport, before: Mapping[str, bytes]) -> Iterator[str]:
    """The result for the eyes; ``before`` holds the files as they were, for ``--dry-run``."""
    carried = shown.carried
    if not carried.pages:
        yield "Rien à reprendre : personne n’a modifié le texte publié."
        return
    for page in carried.pages:
        yield from _page_text(page)
    for path, _, message, hint in _to_reread(carried.files, before):
        yield f"    À RELIRE dans {path} : {message} {hint}".rstrip()
    if shown.dry:
        for path, data in sorted(carried.files.items()):
            yield from _diff(path, before.get(path, b""), data)
    yield from _summary(shown)


def _page_text(page: PageResult) -> Iterator[str]:
    who = f", par {', '.join(page.users)}" if page.users else ""
    yield f"« {page.title} » ({page.id}){who}"
    for label in dict.fromkeys(taken.label for taken in page.taken if not taken.removed):
        yield f"    repris : {label}"
    for label in dict.fromkeys(taken.label for taken in page.taken if taken.removed):
        yield f"    supprimé : {label}"
    for voice in page.waiting:
        yield (
            f"    EN ATTENTE : {voice.label}, dans {page.path}, attend l’accord de qui parle "
            "(consentement). Jusque-là ses mots restent sur le wiki tels qu’ils sont."
        )
    for conflict in page.conflicts:
        yield (
            f"    CONFLIT : {conflict.label} a changé des deux côtés ; le fichier garde sa version."
        )
        yield from _passage("sur le wiki", conflict.wiki)
        yield from _passage("dans le fichier", conflict.file)
        yield f"      Écrivez dans {page.path} ce qui doit rester. Si c’est la version du fichier :"
        yield f"      {take_back([page.id])}"
    if page.left and page.path:
        yield f"    fichier : {page.path}"
    for left in page.left:
        yield f"    NON REPRIS : {left.label} : {left.reason.rstrip('.')}."
        if left.before:
            yield from _passage("avait été publié", left.before)
        if left.after:
            yield from _passage("est sur le wiki", left.after)


def _to_reread(
    files: Mapping[str, bytes], before: Mapping[str, bytes]
) -> Iterator[tuple[str, str, str, str]]:
    """Path, code, message and hint of what ``check`` warns of in a file and came with the words of
    the wiki: a sign that nobody sees is not the fault of who commits it."""
    for path, data in sorted(files.items()):
        document = place(path)
        if document.kind == "template":
            continue
        known, now = (
            Counter(
                (finding.code, finding.message, finding.hint)
                for finding in read(document, source).all_findings()
            )
            for source in (before.get(path, b""), data)
        )
        yield from ((path, *finding) for finding in now - known)


def _passage(title: str, text: str) -> Iterator[str]:
    yield f"      {title} :"
    lines = text.split("\n") if text else ["(rien)"]
    for line in lines[:_SHOWN_LINES]:
        yield f"        {line}"
    if len(lines) > _SHOWN_LINES:
        more = counted(len(lines) - _SHOWN_LINES, "ligne")
        yield f"        … et {more} de plus, à lire sur le wiki"


def _diff(path: str, before: bytes, after: bytes) -> Iterator[str]:
    old, new = (data.decode("utf-8", "replace").splitlines() for data in (before, after))
    yield from difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="")


def _summary(shown: PullReport) -> Iterator[str]:
    carried = shown.carried
    files, changes = len(carried.files), len(carried.changes)
    if not files:
        yield "Aucun fichier n’a changé."
    elif shown.dry:
        yield f"{counted(files, 'fichier changerait', 'fichiers changeraient')} ; rien n’est écrit."
    elif shown.branch:
        count = counted(changes, "modification reprise", "modifications reprises")
        yield f"{count} dans la branche « {shown.branch} »."
        yield f"Relisez-la (git log -p HEAD..{shown.branch}), fusionnez-la, puis publiez."
    else:
        yield f"{counted(files, 'fichier modifié', 'fichiers modifiés')} :"
        yield from (f"    {path}" for path in sorted(carried.files))
        yield "Relisez (git diff), enregistrez (git commit), puis publiez (loosbot sync)."
    # a title is left without an edit: there is no text to publish over
    ids = [page.id for page in carried.pages if page.revision and (page.conflicts or page.left)]
    if ids:
        yield (
            "Le reste est encore sur le wiki, et sync n’y touchera pas : corrigez-le sur le wiki "
            "ou dans le fichier. Pour publier tout de même la version du dépôt :"
        )
        yield f"    {take_back(ids)}"
        if len(ids) > 1:
            yield "Retirez de cette commande les pages qui doivent attendre."
