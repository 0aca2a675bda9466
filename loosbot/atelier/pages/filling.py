"""The forms: shown, kept as drafts at each word, looked at, and saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from loosbot.atelier.desk.drafts import Draft, is_id, new_id
from loosbot.atelier.desk.pictures import take_pictures
from loosbot.atelier.desk.saves import SavedDraft
from loosbot.atelier.desk.saving import Outcome, judge, known_to, save
from loosbot.atelier.desk.waiting import faulty
from loosbot.atelier.forms import conversation
from loosbot.atelier.forms.answers import Problem, clean, flat, record
from loosbot.atelier.forms.form import build
from loosbot.atelier.forms.posted import (
    add_item,
    answers_of,
    raise_item,
    remove_item,
    says,
    set_answer,
)
from loosbot.atelier.forms.showing import of_item, walk
from loosbot.atelier.pages import room
from loosbot.atelier.pages.deciding import publish
from loosbot.atelier.pages.formpage import context_of, creatable, form_page
from loosbot.atelier.pages.reading import shown_page
from loosbot.atelier.pages.room import atelier
from loosbot.atelier.town.desks import TownDesk
from loosbot.corpus.types import PROJECTS, TYPES
from loosbot.corpus.yaml import reader
from loosbot.errors import UserError
from loosbot.fields.dictionary import dictionary, find, title
from loosbot.parsing import whole_number

blueprint = Blueprint("filling", __name__)
_CHOICE = "_choix."
_WHOLE = "_fin"
"""The last field of every form: without it the browser did not send all of it."""


@blueprint.get("/ecrire/<type_name>")
def begin(type_name: str) -> str:
    """An empty form; its draft is made at the first word."""
    if type_name not in conversation.QUESTIONNAIRES:
        abort(404)
    draft = Draft(new_id(), type_name)
    about = request.args.get("projet", "")
    known = atelier().desk.moment().known
    if about and find(type_name, "projet") is not None:
        draft = replace(draft, answers={"projet": [known.name(about, PROJECTS)]})
    return form_page(draft)


@blueprint.get("/corriger/<type_name>/<slug>")
def correct(type_name: str, slug: str) -> str:
    """The form of a record, as its last version has it. Raises UserError where there is none."""
    desk = atelier().desk
    id_ = f"{type_name}/{slug}"
    path = desk.path_of(id_) if type_name in conversation.QUESTIONNAIRES else ""
    if path:
        desk.require_readable(id_)
    blob = desk.blob(path) if path else ""
    if path and not blob:
        raise UserError(
            "Cette fiche n’est pas encore enregistrée.",
            "Demandez à la personne qui l’a importée, ou écrite à la main, de l’enregistrer ; "
            "revenez ensuite la compléter ici.",
        )
    data = desk.at_blob(blob) if blob else None
    values = reader.mapping(data, path)
    if values is None:
        abort(404)
    answers = flat(dictionary(type_name), values, desk.moment().known)
    draft = Draft(new_id(), type_name, record=id_, blob=blob, answers=answers)
    if not faulty(desk.moment().reading, path):
        return form_page(draft)
    # an imported record may lack required values: show these faults from the start
    with desk.lock:
        return form_page(draft, judge(desk, draft, {}), looked=True)


@blueprint.get("/brouillon/<id_>")
def draft_form(id_: str) -> Answer | str:
    """The form of a draft; with what is to be mended where that was asked."""
    saved = atelier().saves.find(room.mine(id_))
    if saved is not None and atelier().desk.drafts.find(id_) is None:
        return redirect(saved.address, 303)  # reached by the browser's back button after saving
    draft = room.draft_of(id_)
    if request.args.get("verifier") != "1":
        return form_page(draft, opened=request.args.get("creer", ""))
    with atelier().desk.lock:
        outcome = judge(atelier().desk, draft, {})
    return form_page(draft, outcome, looked=True)


@blueprint.post("/brouillon/<id_>")
def fill(id_: str) -> Answer | tuple[str, int]:
    """Keep what was typed, then do what the button says; once, however often it was sent."""
    with atelier().saves.turn(room.mine(id_)) as saved:
        if saved is not None and (saved.fingerprint == room.sent() or _WHOLE not in request.form):
            return redirect(saved.address, 303)
        return _fill(id_)


def _fill(id_: str) -> Answer | tuple[str, int]:
    draft = _keep(id_)
    action, _, name = request.form.get("_action", "garder").partition(":")
    if action in ("enregistrer", "publier"):
        atelier().desk.sign(request.form.get("_qui", ""))
        return _save(draft, published=action == "publier")
    if action == "apercu":
        return redirect(url_for("filling.look", id_=draft.id), 303)
    if action == "verifier":
        return redirect(url_for("filling.draft_form", id_=draft.id, verifier="1"), 303)
    if action == "creer":
        place = url_for("filling.draft_form", id_=draft.id, creer=name)
        return redirect(f"{place}#neuf-titre", 303)
    answers = {key: list(texts) for key, texts in draft.answers.items()}
    added = list(draft.made)
    if action == "ajouter" and _is_list(draft.type, name):
        name = add_item(answers, name)
    elif action == "retirer":
        if says(answers, name) and "_oui" not in request.form:
            return redirect(url_for("filling.ask_to_remove", id_=draft.id, name=name), 303)
        remove_item(answers, name)
        name = name.rpartition(".")[0]
    elif action == "monter":
        raise_item(answers, name)
    elif action == "nouvelle":
        added += _new_record(name, answers)
    if answers != draft.answers or added != list(draft.made):
        changed = replace(draft, answers=answers, made=tuple(added))
        draft = atelier().desk.drafts.save(changed, draft.version)
    place = url_for("filling.draft_form", id_=draft.id)
    if action == "garder":
        return redirect(f"{place}#etat", 303)  # where it is told, beside the button
    return redirect(f"{place}#c-{name.replace('.', '-')}" if name else place, 303)


@blueprint.post("/brouillon/<id_>/garder")
def keep(id_: str) -> Response | tuple[Response, int]:
    """Keep what is being typed, for a script; says what was understood of it."""
    try:
        with atelier().saves.turn(room.mine(id_)):
            draft = _keep(id_)
    except UserError as error:
        return jsonify({"erreur": error.message, "conseil": error.hint}), 409
    desk = atelier().desk
    known = known_to(desk, draft)
    answered = record(dictionary(draft.type), draft.answers, room.base(draft), known, desk.today)
    form = build(draft.type, context_of(draft, answered.problems, answered.unknown))
    understood = {node.name: node.understood for node in walk(form) if node.understood}
    return jsonify(
        {
            "id": draft.id,
            "version": draft.version,
            "adresse": url_for("filling.draft_form", id_=draft.id),
            "jumeau": draft.twin,
            "entendu": understood,
        }
    )


@blueprint.get("/brouillon/<id_>/apercu")
def look(id_: str) -> Answer | str:
    """The page as it will be, and what else would change."""
    draft = room.draft_of(id_)
    here = atelier()
    with here.desk.lock:
        outcome = judge(here.desk, draft, {})
    if outcome.corpus is None:
        return form_page(draft, outcome, looked=True, wanted="apercu")
    preview = here.previews.of(here.desk, outcome.id, outcome.corpus, changed=True)
    return shown_page(preview, id="", saved="", back=draft.id, draft=draft)


@blueprint.get("/brouillon/<id_>/effacer")
def ask_to_erase(id_: str) -> str:
    """Whether a draft is to be erased."""
    draft = room.draft_of(id_)
    return render_template(
        "effacer.html",
        question="Effacer ce brouillon ?",
        title=draft.title,
        about=title(draft.type).lower(),
        published=bool(draft.record),
        verb="Effacer",
        address=url_for("filling.erase", id_=id_),
        back=url_for("filling.draft_form", id_=id_),
    )


@blueprint.post("/brouillon/<id_>/effacer")
def erase(id_: str) -> Answer:
    """Erase a draft, at once and for good."""
    atelier().desk.drafts.erase(id_)
    return redirect(url_for("pages.start"), 303)


@blueprint.get("/brouillon/<id_>/retirer/<name>")
def ask_to_remove(id_: str, name: str) -> str:
    """Whether an item is to be taken out of a draft, with all that it says."""
    draft = room.draft_of(id_)
    label, words = of_item(build(draft.type, context_of(draft, (), {})), name)
    if not label:
        abort(404)
    return render_template("retirer.html", draft=draft, label=label, name=name, words=words)


def _save(draft: Draft, *, published: bool) -> Answer | tuple[str, int]:
    choices = {
        name.removeprefix(_CHOICE): text
        for name, text in request.form.items()
        if name.startswith(_CHOICE)
    }
    try:
        outcome = save(atelier().desk, draft, choices)
    except UserError as error:
        problem = Problem("", error.message, error.hint)
        return form_page(draft, refused=[problem]), 409
    if not outcome.ready:
        return form_page(draft, outcome, looked=True, wanted="enregistrer"), 422
    type_name, _, slug = outcome.id.partition("/")
    if not outcome.files:
        atelier().desk.drafts.erase(draft.id)
    desk = atelier().desk
    if outcome.place and isinstance(desk, TownDesk):
        place = url_for("deciding.show", id_=outcome.place)
        proposal = desk.town.branches.find(outcome.place)
        _note(draft, outcome, place, proposal.tree if proposal else "")
        if proposal is not None and published:
            return publish(desk, proposal)
        return redirect(place, 303)
    saved = "1" if outcome.files else "0"
    place = url_for("pages.record", type_name=type_name, slug=slug, enregistre=saved)
    _note(draft, outcome, place)
    return redirect(place, 303)


def _note(draft: Draft, outcome: Outcome, address: str, tree: str = "") -> None:
    atelier().saves.note(
        room.mine(draft.id), SavedDraft(outcome.id, outcome.place, tree, room.sent(), address)
    )


def _keep(id_: str) -> Draft:
    """The draft with what was posted, kept. Aborts for what is no draft."""
    if not is_id(id_):
        abort(404)
    drafts = atelier().desk.drafts
    stored = drafts.find(id_)
    type_name = stored.type if stored else request.form.get("_type", "")
    if type_name not in conversation.QUESTIONNAIRES:
        abort(404 if stored is None else 400)
    draft = stored or room.new_draft(id_, type_name)
    answers = answers_of(dictionary(type_name), dict(request.form.lists()))
    if _WHOLE not in request.form:
        # a truncated post must not delete answers
        answers = {**{name: list(texts) for name, texts in draft.answers.items()}, **answers}
    seen = whole_number(request.form.get("_version", "")) or 0
    try:
        answers = take_pictures(drafts, draft.id, answers, request.files)
    except UserError as error:
        draft = _kept(draft, answers, stored, seen)
        abort(Response(form_page(draft, refused=[Problem("", error.message, error.hint)]), 409))
    return _kept(draft, answers, stored, seen)


def _kept(draft: Draft, answers: dict[str, list[str]], stored: Draft | None, seen: int) -> Draft:
    if stored is not None and stored.version == seen and dict(stored.answers) == answers:
        return stored
    return atelier().desk.drafts.save(replace(draft, answers=answers), seen)


def _new_record(name: str, answers: dict[str, list[str]]) -> list[Mapping[str, str]]:
    """The record that was asked for at an answer, to be made along with this one."""
    type_name = request.form.get("_neuf.type", "")
    called = clean(request.form.get("_neuf.titre", ""), "line")
    old = clean(request.form.get("_neuf.nom", ""), "line")
    if type_name not in creatable(TYPES) or not called:
        return []
    values = {"type": type_name, "titre": called}
    for field in dictionary(type_name):
        if field.required and field.words:
            word = request.form.get(f"_neuf.{type_name}.{field.key}", "")
            if word not in {choice.value for choice in field.words}:
                return []
            values[field.key] = word
    set_answer(answers, name, old, called)
    return [values]


def _is_list(type_name: str, name: str) -> bool:
    keys = [part for part in name.split(".") if not part.lstrip("n").isdigit()]
    field = find(type_name, ".".join(keys))
    return field is not None and field.kind == "items"
