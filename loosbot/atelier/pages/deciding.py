"""The pages of a town's proposals: read, declined with a word, accepted, taken up again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from loosbot.atelier.desk.preview import article
from loosbot.atelier.forms import conversation
from loosbot.atelier.pages.room import atelier
from loosbot.atelier.town import proposals
from loosbot.atelier.town.decision import IncomingChange, incoming, sentences, taken_up
from loosbot.atelier.town.desks import TownDesk
from loosbot.atelier.town.proposals import Proposal
from loosbot.corpus.model import Corpus
from loosbot.diff.text import KINDS, headline
from loosbot.errors import UserError
from loosbot.history.saving import BranchMoved, write_commit
from loosbot.push.update import enter

blueprint = Blueprint("deciding", __name__)
PATIENCE = 25.0
"""Seconds that somebody waits for the wiki to be brought up to date; it goes on without them."""


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """What became of one record, in sentences."""

    headline: str
    sentences: tuple[str, ...]


@blueprint.get("/proposition/<id_>")
def show(id_: str) -> str:
    """One proposal: in sentences, and the record as it would be."""
    desk, proposal = _desk_and_proposal(id_)
    return _page(desk, proposal)


@blueprint.post("/proposition/<id_>/decliner")
def decline(id_: str) -> Answer | tuple[str, int]:
    """Decline a proposal with a word that its author finds again."""
    word = proposals.cleaned(request.form.get("mot", ""))
    try:
        desk, proposal = _to_decide(id_)
    except UserError as error:
        refused = f"{error.message} {error.hint}"
        return _page(*_desk_and_proposal(id_), refused=refused, word=word), 409
    if not word:
        message = "Dites un mot à la personne qui l’a écrite : ce qui manque, ou ce qui gêne."
        return _page(desk, proposal, refused=message), 422
    if len(word) > proposals.LONGEST_WORD:
        message = f"Votre mot a {len(word)} signes : {proposals.LONGEST_WORD} au plus."
        return _page(desk, proposal, refused=message, word=word), 422
    desk.town.branches.decline(proposal, word, desk.author)
    desk.town.branches.tidy()
    return redirect(url_for("deciding.show", id_=proposal.id), 303)


@blueprint.post("/proposition/<id_>/accepter")
def accept(id_: str) -> Answer | tuple[str, int]:
    """Merge a proposal into the published branch, through the hooks of a push."""
    desk, proposal = _desk_and_proposal(id_)
    if proposal.state == "accepted" and desk.publishes:
        return redirect(
            url_for("deciding.show", id_=id_), 303
        )  # the button was pressed twice: already accepted
    desk, proposal = _to_decide(id_)
    return publish(desk, proposal)


@blueprint.post("/proposition/<id_>/reprendre")
def take_up(id_: str) -> Answer:
    """Open a proposal in the form again, to be mended."""
    desk, proposal = _desk_and_proposal(id_)
    if proposal.state == "accepted":
        abort(404)
    draft = taken_up(desk, proposal)
    return redirect(url_for("filling.draft_form", id_=draft.id), 303)


@blueprint.get("/proposition/<id_>/retirer")
def ask_to_take_back(id_: str) -> str:
    """Whether one's own proposal is to be taken back, with all that it says."""
    desk, proposal = _own(id_)
    return render_template(
        "effacer.html",
        question="Retirer votre proposition ?",
        title=proposal.title,
        about=f"proposé le {proposal.day}",
        published=proposal.record in desk.moment().titles,
        verb="Retirer",
        address=url_for("deciding.take_back", id_=id_),
        back=url_for("deciding.show", id_=id_),
    )


@blueprint.post("/proposition/<id_>/retirer")
def take_back(id_: str) -> Answer:
    """Take one's own proposal back."""
    desk, proposal = _own(id_)
    desk.town.branches.take_back(proposal)
    return redirect(url_for("pages.start"), 303)


def publish(desk: TownDesk, proposal: Proposal) -> Answer | tuple[str, int]:
    """Accept a proposal where nothing stands in the way, and say what became of it."""
    if not desk.publishes:
        abort(403)
    try:
        merged = incoming(desk, proposal)
        if merged.corpus is None:
            return _page(desk, proposal, merged), 422
        start = desk.starting_point()
        commit = write_commit(
            desk.repository,
            (start, proposal.tip),
            merged.files,
            author=desk.author,
            message=proposals.accepting(proposal),
        )
        entered = enter(
            desk.repository, desk.town.published, commit, start, env=os.environ, patience=PATIENCE
        )
    except BranchMoved:
        now = desk.town.branches.find(proposal.id)
        if now is not None and now.state == "accepted" and now.tip == proposal.tip:
            return redirect(url_for("deciding.show", id_=proposal.id), 303)
        again = "Autre chose vient d’être publié. Relisez, puis recommencez."
        return _page(desk, proposal, refused=again), 409
    except UserError as error:
        return _page(desk, proposal, refused=f"{error.message} {error.hint}"), 409
    desk.town.branches.tidy()
    return render_template("publie.html", proposal=proposal, entered=entered), 200


def of(desk: TownDesk) -> tuple[list[Proposal], list[Proposal]]:
    """The proposals of somebody, and those that wait for them as a referent."""
    listed = desk.town.branches.all()
    mine = [proposal for proposal in listed if proposal.account == desk.person.id]
    waiting = (
        [proposal for proposal in listed if proposal.state == "waiting"] if desk.publishes else []
    )
    return mine, waiting


def _desk_and_proposal(id_: str) -> tuple[TownDesk, Proposal]:
    """A proposal that may be read: by its author, and by who decides of it."""
    desk = atelier().desk
    if not isinstance(desk, TownDesk) or not proposals.is_id(id_):
        abort(404)
    proposal = desk.town.branches.find(id_)
    if proposal is None or not (desk.publishes or proposal.account == desk.person.id):
        abort(404)
    return desk, proposal


def _own(id_: str) -> tuple[TownDesk, Proposal]:
    """A proposal of the person who asks, not accepted yet."""
    desk, proposal = _desk_and_proposal(id_)
    if proposal.state == "accepted" or proposal.account != desk.person.id:
        abort(404)
    return desk, proposal


def _to_decide(id_: str) -> tuple[TownDesk, Proposal]:
    """The proposal, for somebody with the right to decide, at the version that they read."""
    desk, proposal = _desk_and_proposal(id_)
    if not desk.publishes:
        abort(403)
    if proposal.state != "waiting" or request.form.get("_lu") != proposal.tip:
        raise UserError(
            "Cette proposition a changé depuis que vous l’avez lue.",
            "Relisez-la : rien n’a été décidé.",
        )
    return desk, proposal


def _page(
    desk: TownDesk,
    proposal: Proposal,
    merged: IncomingChange | None = None,
    refused: str = "",
    word: str = "",
) -> str:
    if merged is None and proposal.state != "accepted":
        try:
            merged = incoming(desk, proposal)
        except UserError as error:
            refused = refused or f"{error.message} {error.hint}"
    after = merged.corpus if merged else None
    shown = after is not None and (desk.publishes or proposal.account == desk.person.id)
    return render_template(
        "proposition.html",
        proposal=proposal,
        others=_others(desk, proposal),
        own=proposal.account == desk.person.id,
        decides=desk.publishes and proposal.state == "waiting",
        acceptable=merged is not None,
        problems=merged.problems if merged else [],
        refused=refused,
        word=word,
        outcomes=list(_outcomes(desk, after)) if after is not None and desk.publishes else [],
        consents=consents(after, proposal.record) if after is not None and shown else [],
        article=article(proposal.record, after, level=3)
        if after is not None and shown and proposal.record in after.records
        else Markup(""),
    )


def _outcomes(desk: TownDesk, after: Corpus) -> Iterator[RecordOutcome]:
    comparison = sentences(desk, after)
    for kind, _ in KINDS:
        for changes in comparison.of(kind) if comparison else ():
            yield RecordOutcome(
                headline(changes, f"« {changes.title} »"),
                tuple(change.sentence for change in changes.changes),
            )


def consents(corpus: Corpus, id_: str) -> list[tuple[str, str]]:
    """The consent of each voice of a record, shown first to the person who decides."""
    record = corpus.records.get(id_)
    words = conversation.ANSWERS["consentement"]
    places = conversation.ANSWERS["portee"]
    lines = []
    for voice in record.data.get("voix", ()) if record else ():
        who = voice.get("qui", "?")
        name = corpus.records[who].title if who in corpus.records else str(who)
        consent = voice.get("consentement") or {}
        state = words.get(consent.get("etat", ""), "rien n’est dit de son accord")
        where = [places.get(place, place) for place in consent.get("portee", ())]
        lines.append((name, f"{state}{' : ' + ', '.join(where) if where else ''}"))
    return lines


def _others(desk: TownDesk, proposal: Proposal) -> list[Proposal]:
    """What else waits about the same record, of what the reader may see."""
    mine, waiting = of(desk)
    return [
        other
        for other in dict.fromkeys([*waiting, *mine])
        if other.record == proposal.record != ""
        and other.id != proposal.id
        and other.state == proposal.state == "waiting"
    ]
