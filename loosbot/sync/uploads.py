"""Uploading files: which ones the wiki lacks, by SHA-1, and sending them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from loosbot.frozen import dataclass
from loosbot.render.rendered import File
from loosbot.sync import summary
from loosbot.sync.advice import explain
from loosbot.sync.aim import Aim
from loosbot.sync.outcome import Failure, HumanEdit, Outcome
from loosbot.sync.plan import FullPlan
from loosbot.sync.planned import Action
from loosbot.sync.stop import Watch
from loosbot.sync.summary import Origin
from loosbot.wiki.reader import Reader
from loosbot.wiki.revisions import FileState, Upload, WikiRefusal
from loosbot.wiki.writer import Writer

_STANDS: frozenset[Action] = frozenset({"create", "update", "move", "none", "human-edit"})
"""Actions planned for a page whose file may be sent: its own text matters little then."""
_REPLACED = (
    "Une personne a envoyé une autre version de ce fichier : elle reste. Pour remettre celle du "
    "dépôt : loosbot sync --take-back {id}"
)


@dataclass(frozen=True, slots=True)
class PendingUpload:
    """A file to send under ``title``; ``over`` is the SHA-1 of the version there, "" for none."""

    id: str
    title: str
    file: File
    over: str = ""


def lacking(
    reader: Reader, aim: Aim, draft: FullPlan
) -> tuple[tuple[PendingUpload, ...], tuple[HumanEdit, ...]]:
    """The files of a plan that the wiki has not, and those that a person replaced.

    One request for 500 files, none where there are no files. Raises WikiUnavailable.
    """
    wanted = []
    for page in draft.plan.pages:
        rendered = draft.rendered.get(page.id)
        if rendered is not None and rendered.file is not None and page.action in _STANDS:
            wanted.append(PendingUpload(page.id, page.to, rendered.file))
    if not wanted:
        return (), ()
    known = reader.files(upload.title for upload in wanted)
    account = reader.session.account().name
    sending, replaced = [], []
    for upload in wanted:
        state = known.get(upload.title)
        if state is not None and state.sha1 == upload.file.sha1:
            continue
        if (
            state is None
            or not state.sha1
            or state.user == account
            or upload.id in aim.overrides.take_back
        ):
            sending.append(replace(upload, over=state.sha1 if state else ""))
        else:
            replaced.append(_replaced(upload, state))
    return tuple(sending), tuple(replaced)


def _replaced(file: PendingUpload, state: FileState) -> HumanEdit:
    reason = _REPLACED.format(id=file.id)
    return HumanEdit(file.id, file.title, state.user, 0, reason)


def _newer(writer: Writer, file: PendingUpload) -> FileState | None:
    """The version that somebody else sent since the plan, if any."""
    now = writer.files([file.title]).get(file.title)
    mine = now is None or now.user == writer.session.account().name
    return None if mine or now is None or now.sha1 in ("", file.over, file.file.sha1) else now


def send(
    writer: Writer,
    watch: Watch,
    origin: Origin,
    files: Iterable[PendingUpload],
    outcome: Outcome,
    tick: Callable[[], None],
) -> None:
    """Send each file; one that the wiki refuses fails alone. Stops as writing pages does.

    MediaWiki has no base for a file as it has for a text: what is there is asked right before.
    """
    failed = {failure.id for failure in outcome.failed}
    with outcome.stopping():
        for file in files:
            if file.id in failed:
                continue
            watch.look()
            if newer := _newer(writer, file):
                outcome.human_edits.append(_replaced(file, newer))
                continue
            comment = summary.write(origin, file.id)
            try:
                if writer.upload(Upload(file.title, file.file.load(), comment)):
                    outcome.uploads.append(file.title)
            except WikiRefusal as refusal:
                outcome.failed.append(Failure(file.id, file.title, explain(refusal)))
            tick()
