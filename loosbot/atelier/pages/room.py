"""What every page of the atelier works with: the desk, and the draft that a request speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, current_app, g, request

from loosbot.atelier.desk.desk import Desk
from loosbot.atelier.desk.drafts import Draft
from loosbot.atelier.desk.preview import Previews
from loosbot.atelier.desk.saves import SavedDrafts, fingerprint
from loosbot.atelier.desk.saving import base_of
from loosbot.atelier.desk.waiting import PendingTaskCache
from loosbot.atelier.desk.withdrawals import without
from loosbot.errors import UserError

NAME = "atelier"


@dataclass(frozen=True, slots=True)
class Atelier:
    """The desk, and what is worked out for it."""

    desk: Desk
    previews: Previews
    waits: PendingTaskCache
    saves: SavedDrafts


def atelier() -> Atelier:
    """The atelier of the application that answers: that of the person, where it is a town's."""
    theirs = g.get(NAME)
    if isinstance(theirs, Atelier):
        return theirs
    room = current_app.extensions[NAME]
    if not isinstance(room, Atelier):
        raise AssertionError("the application was made by create_app")
    return room


def mine(id_: str) -> str:
    """The draft of whoever asks: another person's is another one."""
    return f"{g.get('account', '')}:{id_}"


def sent() -> str:
    """A fingerprint of what was posted, without what another page would send otherwise."""
    ours = ("_jeton", "_version", "_action", "_qui")
    return fingerprint((name, texts) for name, texts in request.form.lists() if name not in ours)


def new_draft(id_: str, type_name: str) -> Draft:
    """A draft at its first word: of a new record, or of the version that the form was shown for."""
    desk = atelier().desk
    corrected = request.form.get("_fiche", "")
    blob = request.form.get("_base", "")
    if saved := atelier().saves.find(mine(id_)):
        # the draft was saved meanwhile: new words correct the saved record
        path = desk.path_of(saved.record)
        if not path:
            return Draft(id_, type_name, branch=saved.proposal, tree=saved.tree)
        corrected, blob = saved.record, desk.blob(path)
    if not corrected:
        return Draft(id_, type_name)
    if corrected.partition("/")[0] != type_name or corrected not in desk.moment().titles:
        abort(404)
    if not blob.isalnum() or desk.at_blob(blob) is None:
        abort(400)
    return Draft(id_, type_name, record=corrected, blob=blob)


def draft_of(id_: str) -> Draft:
    """The draft with this id, without the words of who withdrew since; aborts (404) where there is
    none."""
    desk = atelier().desk
    draft = desk.drafts.find(id_)
    corpus = desk.moment().corpus
    # the words of somebody who withdrew since are removed, however the draft is opened
    draft_shown = without(draft, corpus, desk.moment().known) if draft and corpus else draft
    if draft_shown is None:
        abort(404)
    return draft_shown


def base(draft: Draft) -> dict[str, object]:
    """The record that a draft corrects; its type alone where that version is gone."""
    try:
        return base_of(atelier().desk, draft)
    except UserError:
        return {"type": draft.type}
