"""The pages that only show: the start, the records, one record, names to choose."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for

from loosbot.atelier.desk.drafts import KEPT_DAYS, Draft
from loosbot.atelier.desk.preview import Preview
from loosbot.atelier.desk.waiting import unfinished
from loosbot.atelier.desk.withdrawals import without
from loosbot.atelier.forms.conversation import QUESTIONNAIRES
from loosbot.atelier.pages.deciding import of
from loosbot.atelier.pages.room import Atelier, atelier
from loosbot.atelier.town.desks import TownDesk
from loosbot.corpus.french import agreed
from loosbot.corpus.types import TYPES
from loosbot.fields import dictionary

blueprint = Blueprint("pages", __name__)
_MOST = 60
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+", re.ASCII)


@blueprint.get("/")
def start() -> str:
    """Where one begins, and what waits."""
    here = atelier()
    mine, proposed = of(here.desk) if isinstance(here.desk, TownDesk) else ([], [])
    return render_template(
        "debut.html",
        drafts=current_drafts(here),
        mine=mine,
        proposed=proposed,
        unfinished=unfinished(here.desk),
        waiting=here.waits.now(here.desk),
        broken=here.desk.moment().corpus is None,
        errors=here.desk.moment().reading.errors,
        titles=here.desk.moment().titles,
        days=KEPT_DAYS,
        others=[
            (name, dictionary.title(name), dictionary.about(name))
            for name in ("projet", "source", "indicateur")
        ],
    )


def current_drafts(here: Atelier) -> list[Draft]:
    """The drafts, without the words of who withdrew since."""
    corpus = here.desk.moment().corpus
    if corpus is None:
        return here.desk.drafts.all()
    known = here.desk.moment().known
    kept = []
    for draft in here.desk.drafts.all():
        left = without(draft, corpus, known)
        if left is None:
            here.desk.drafts.erase(draft.id)
        elif left is not draft:
            kept.append(here.desk.drafts.save(left, draft.version))
        else:
            kept.append(draft)
    return kept


@blueprint.get("/fiches")
def records() -> str:
    """The records, to be read and corrected."""
    asked = request.args.get("q", "")[:200].strip()
    wanted = request.args.get("type", "")
    types = [wanted] if wanted in TYPES else list(TYPES)
    known = atelier().desk.moment().known
    listed = known.search(asked, types) if asked else known.of(types)
    return render_template(
        "fiches.html",
        asked=asked,
        wanted=wanted if wanted in TYPES else "",
        types=TYPES,
        found=listed[:_MOST],
        more=max(0, len(listed) - _MOST),
    )


@blueprint.get("/fiche/<type_name>/<slug>")
def record(type_name: str, slug: str) -> Response | tuple[str, int]:
    """One record as the wiki shows it."""
    here = atelier()
    id_ = f"{type_name}/{slug}"
    if type_name not in QUESTIONNAIRES:
        abort(404)
    corpus = here.desk.moment().corpus
    if corpus is None:
        return _faults(here), 409
    if id_ not in here.desk.moment().titles:
        abort(404)
    preview = here.previews.of(here.desk, id_, corpus, changed=False)
    return shown_page(preview, id=id_, saved=request.args.get("enregistre", ""), back="")


def _faults(here: Atelier) -> str:
    """Why a record is not shown: the errors of the corpus, to whom its files belong."""
    findings = here.desk.moment().reading.findings
    errors = [finding for finding in findings if finding.severity == "error"]
    town = isinstance(here.desk, TownDesk)
    demonstrative = agreed("celle-ci", len(errors), "celles-ci")
    return render_template(
        "refus.html",
        message="Aucune fiche ne peut être montrée tant que le corpus a une faute.",
        hint="Prévenez la personne qui s’occupe de l’atelier."
        if town
        else f"Corrigez {demonstrative}, puis rechargez cette page :",
        faults=[] if town else errors[:_MOST],
    )


def shown_page(seen: Preview | None, **more: object) -> Response:
    """A page as it will be; the wiki's own styles and pictures are let in where it made it.

    Of scripts that of our buttons alone, by its whole address: a wiki may be of the same origin,
    and people write scripts there.
    """
    text = render_template("apercu.html", seen=seen, **more)
    response = Response(text)
    origin = seen.parsed.origin if seen and seen.parsed else ""
    if _ORIGIN.fullmatch(origin):
        script = url_for("static", filename="gestes.js", _external=True)
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; style-src 'self' {origin} 'unsafe-inline'; img-src 'self' "
            f"{origin} data:; font-src {origin}; media-src {origin}; form-action 'self'; "
            f"base-uri {origin}; frame-ancestors 'none'; script-src {script}"
        )
    return response


@blueprint.get("/noms")
def names() -> Response:
    """Names that are like what is being typed, for the lists of the forms."""
    types = [name for name in request.args.get("types", "").split(" ") if name in TYPES]
    asked = request.args.get("q", "")[:200].strip()
    known = atelier().desk.moment().known
    near = known.search(asked, types) if asked else []
    return jsonify(
        [
            {"nom": known.name(named.id, types), "genre": named.noun, "fiche": named.id}
            for named in near
        ]
    )


@blueprint.get("/aide")
def help_() -> str:
    """What is good to know before writing."""
    return render_template("aide.html", days=KEPT_DAYS)
