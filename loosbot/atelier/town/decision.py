"""A proposal as a referent meets it: on top of what is published now, read, then decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from loosbot.atelier.desk.drafts import Draft, new_id
from loosbot.atelier.desk.saving import elsewhere, written
from loosbot.atelier.forms.answers import Problem, flat
from loosbot.atelier.forms.conversation import QUESTIONNAIRES
from loosbot.atelier.forms.known import RecordNames
from loosbot.atelier.forms.merge import merge
from loosbot.atelier.forms.showing import asked_at
from loosbot.atelier.town.branches import Branches
from loosbot.atelier.town.desks import TownDesk
from loosbot.atelier.town.proposals import Proposal
from loosbot.corpus.check.load import judged
from loosbot.corpus.model import Corpus
from loosbot.corpus.paths import is_attached, place
from loosbot.corpus.tree import Overlay
from loosbot.corpus.yaml import reader
from loosbot.diff.compare import compare
from loosbot.diff.consent import quotable
from loosbot.diff.differences import Comparison
from loosbot.errors import UserError
from loosbot.fields.dictionary import dictionary
from loosbot.history.tree import contents

_OTHERS = (
    "Cette proposition change autre chose que des fiches.",
    "Elle ne peut être reprise que par une personne qui connaît git.",
)


@dataclass(slots=True)
class IncomingChange:
    """What a proposal makes of the published version. ``files`` are those that change, by path;
    ``corpus`` the whole as it would be, None while something stands in the way."""

    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    corpus: Corpus | None = None


def incoming(desk: TownDesk, proposal: Proposal) -> IncomingChange:
    """A proposal brought together with what was published since. Raises UserError."""
    branches = desk.town.branches
    result = IncomingChange()
    for path, (base, mine) in _changed(branches, proposal).items():
        current = desk.content(path)
        if current == base or (current is None and base is None):
            result.files[path] = mine
        elif current != mine:
            _bring(path, base, mine, current, result)
    result.files = {path: data for path, data in result.files.items() if data != desk.content(path)}
    records = [path for path in result.files if path.endswith(".yaml")]
    reading, faults = judged(Overlay(desk.tree, result.files), records, desk.held)
    result.problems += [
        Problem("", fault.message, fault.hint)
        for path in records
        for fault in faults.get(path, ())
        if fault.severity == "error"
    ]
    result.problems += elsewhere(desk.moment().reading, reading, records)
    result.corpus = None if result.problems else reading.corpus
    return result


def _changed(branches: Branches, proposal: Proposal) -> dict[str, tuple[bytes | None, bytes]]:
    """Path -> the bytes that a proposal was written on, and those that it makes of them."""
    blobs = branches.files(proposal)
    if not all(blobs.values()) or not all(_may_change(path) for path in blobs):
        raise UserError(*_OTHERS)
    repository = branches.repository
    before = repository.blob_ids(branches.base(proposal), list(blobs)) if blobs else {}
    new = dict(zip(blobs, contents(repository, blobs.values(), _LONGEST), strict=True))
    old = dict(zip(before, contents(repository, before.values(), _LONGEST), strict=True))
    return {path: (old.get(path), data) for path, data in new.items()}


_LONGEST = 9 << 20


def _may_change(path: str) -> bool:
    beside = path.startswith("narratives/") and is_attached(path)
    return place(path).kind == "record" or beside


def _bring(
    path: str, base: bytes | None, mine: bytes, current: bytes | None, result: IncomingChange
) -> None:
    """Three versions of one file; what two people said differently waits for one of them."""
    values = [reader.mapping(data, path) for data in (base, mine, current)]
    type_name = place(path).type
    old, new, now = values
    if old is None or new is None or now is None or type_name not in QUESTIONNAIRES:
        result.problems.append(_twice(path, new))
        return
    merged = merge(dictionary(type_name), old, new, now, {})
    if merged.clashes:
        titles = " ; ".join(f"« {asked_at(type_name, clash.path)} »" for clash in merged.clashes)
        result.problems.append(
            Problem(
                "", f"La fiche publiée a changé depuis, et dit autre chose pour {titles}.", _MEND
            )
        )
        return
    text = written(type_name, current, now, merged.data, result.problems)
    if text is not None:
        result.files[path] = text


_MEND = "« Reprendre le texte » ouvre le formulaire, où les deux réponses se choisissent."


def _twice(path: str, new: Mapping[str, Any] | None) -> Problem:
    title = str(new.get("titre", path)) if new else path
    return Problem("", f"Une autre fiche a été publiée depuis sous le nom de « {title} ».", _MEND)


def sentences(desk: TownDesk, after: Corpus) -> Comparison | None:
    """What a proposal changes, in the sentences of ``loosbot diff``, for the person who decides on
    it; None where what is published has errors.

    Nothing is masked: it is read by somebody who sees every record.
    """
    before = desk.moment().corpus
    if before is None:
        return None
    names = ("ce qui est publié", "la proposition")
    return compare(before, after, after, names, quotable(before) | quotable(after))


def taken_up(desk: TownDesk, proposal: Proposal) -> Draft:
    """A draft that says what a proposal says, to be mended; kept. Raises UserError."""
    of_it = (draft for draft in desk.drafts.all() if draft.branch == proposal.id)
    known = next((draft for draft in of_it if draft.tree in ("", proposal.tree)), None)
    if known is not None:
        return known
    changed = _changed(desk.town.branches, proposal)
    path = next((path for path in changed if place(path).id == proposal.record), "")
    data = reader.mapping(changed[path][1], path) if path else None
    type_name = place(path).type
    if data is None or type_name not in QUESTIONNAIRES:
        raise UserError(*_OTHERS)
    titles = dict(desk.moment().titles)
    along = []
    for other, (base, mine) in changed.items():
        values = reader.mapping(mine, other) if other.endswith(".yaml") and other != path else None
        # a record without a base was made on the spot, and will be again when this is saved
        if values and base is None:
            titles[place(other).id] = str(values.get("titre", ""))
            along.append({key: text for key, text in values.items() if isinstance(text, str)})
    answers = flat(dictionary(type_name), data, RecordNames(titles))
    draft = Draft(
        *(new_id(), type_name),
        answers=answers,
        made=tuple(along),
        branch=proposal.id,
        tree=proposal.tree,
    )
    if changed[path][0] is not None:
        base_commit = desk.town.branches.base(proposal)
        blob = desk.repository.blob_ids(base_commit, [path]).get(path, "")
        draft = replace(draft, record=proposal.record, blob=blob)
    for other, (_, mine) in changed.items():
        if not other.endswith(".yaml"):
            desk.drafts.add_file(draft.id, other.rpartition("/")[2], mine)
    return desk.drafts.save(draft, 0)
