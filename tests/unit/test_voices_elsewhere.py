"""Voices that stand on a project, a fifty-fifty or a meeting: what is true of those of a récit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from corpora import corpus, reading
from test_pull import bodies, corpus_of, published, pulled, tree_of

from loosbot.corpus.privacy.consent import Channel, for_channel
from loosbot.diff.consent import under_consents_of
from loosbot.pull.edits import PullResult
from loosbot.render.pages import default_titles, render
from loosbot.trace.reports import whole as trace
from loosbot.trace.rules import load_rules

PLACES = {
    "projet/haie": "type: projet\n",
    "fifty-fifty/haie": "type: fifty-fifty\n",
    "reunion/haie": "type: reunion\ndate: 2024-06-01\n",
}
SECRET = "Elle a replanté chaque nuit."
TODAY = date(2026, 1, 1)


def _record(
    id_: str, *voices: tuple[str, str, str], titre: str = "La haie", more: str = ""
) -> dict[str, str]:
    """A record with voices: who speaks, the state of their consent, and what they say."""
    items = "".join(
        f"  - qui: {who}\n    role: habitant\n    consentement: {{etat: {state}}}\n"
        f"    texte: {text}\n"
        for who, state, text in voices
    )
    return {f"narratives/{id_}.yaml": f"{PLACES[id_]}titre: {titre}\n{more}voix:\n{items}"}


@pytest.mark.parametrize("id_", PLACES)
@pytest.mark.parametrize(
    ("state", "channel", "shown"),
    [
        ("public", "wiki-ouvert", True),
        ("interne", "wiki", True),
        ("interne", "wiki-ouvert", False),
        ("retire", "wiki", False),
        ("scelle", "wiki", False),
        ("public", "dump-public", False),
    ],
)
def test_a_voice_is_shown_where_it_accepted(
    tmp_path: Path, id_: str, state: str, channel: Channel, shown: bool
) -> None:
    town = corpus(tmp_path, _record(id_, ("Rose Vidal", state, SECRET)))
    seen = for_channel(town, channel, TODAY)
    body = render(seen, default_titles(seen))[id_].body

    assert (SECRET in body, "Rose Vidal" in body) == (shown, shown)
    assert "{{Voix\n" in body


@pytest.mark.parametrize("id_", PLACES)
def test_a_voice_withdrawn_since_is_withdrawn_in_the_past_too(tmp_path: Path, id_: str) -> None:
    old = corpus(tmp_path / "old", _record(id_, ("Rose Vidal", "public", SECRET)))
    now = corpus(tmp_path / "now", _record(id_, ("Rose Vidal", "retire", SECRET)))

    [voice] = under_consents_of(old, now, "wiki", TODAY).records[id_].data["voix"]

    assert voice == {"qui": "Voix retirée", "role": "habitant", "consentement": {"etat": "retire"}}


@pytest.mark.parametrize("id_", PLACES)
def test_a_voice_answers_another_of_the_same_record(tmp_path: Path, id_: str) -> None:
    answers = _record(id_, ("Rosalie", "public", SECRET), ("Un voisin", "public", "Il le savait."))
    path = f"narratives/{id_}.yaml"
    good = {path: f"{answers[path]}    repond_a: Rosalie\n"}
    lost = {path: f"{answers[path]}    repond_a: Rosalia\n"}

    assert reading(tmp_path / "good", good).findings == ()
    [finding] = reading(tmp_path / "lost", lost).findings
    assert (finding.code, finding.severity) == ("voix-inconnue", "warning")
    assert "Rosalie" in finding.hint


TALE = {
    "narratives/recit/nuit.yaml": "type: recit\ntitre: La nuit\nprojet: projet/haie\nvoix:\n"
    "  - {qui: Une voisine, role: habitant, texte: Elle regardait., "
    "consentement: {etat: public}}\n"
}
VOICES = (("une habitante", "public", "Elle plante."), ("un habitant", "public", "Il arrose."))


def _pull(folder: Path, id_: str, old: str, new: str) -> PullResult:
    files = {"loosbot.yaml": "corpus: essai\n", **_record(id_, *VOICES), **TALE}
    if id_ != "projet/haie":
        files |= {"narratives/projet/haie.yaml": "type: projet\ntitre: Une autre haie\n"}
    base = published(tree_of(folder / "base", files))
    body = bodies(corpus_of(tree_of(folder / "theirs", files)))[id_]
    assert body.count(old) == 1
    return pulled(base, {id_: body.replace(old, new)})


@pytest.mark.parametrize("id_", PLACES)
def test_what_people_change_in_a_voice_comes_back(tmp_path: Path, id_: str) -> None:
    carried = _pull(tmp_path, id_, "Elle plante.", "Elle plante et taille.")

    voices = yaml.safe_load(carried.files[f"narratives/{id_}.yaml"])["voix"]
    assert [voice["texte"].strip() for voice in voices] == ["Elle plante et taille.", "Il arrose."]
    assert carried.complete


@pytest.mark.parametrize("id_", PLACES)
def test_a_voice_taken_out_leaves_the_file(tmp_path: Path, id_: str) -> None:
    files = {"loosbot.yaml": "corpus: essai\n", **_record(id_, *VOICES)}
    body = bodies(corpus_of(tree_of(tmp_path / "see", files)))[id_]
    start = body.index("=== ", body.index("== Ce qu’ils en disent =="))
    end = body.index("=== ", body.index("{{Voix\n"))

    base = published(tree_of(tmp_path / "base", files))
    carried = pulled(base, {id_: body[:start] + body[end:]})

    voices = yaml.safe_load(carried.files[f"narratives/{id_}.yaml"])["voix"]
    assert [voice["texte"] for voice in voices] == ["Il arrose."]
    assert carried.complete


def test_a_voice_of_another_page_is_changed_there(tmp_path: Path) -> None:
    carried = _pull(tmp_path, "projet/haie", "Elle regardait.", "Elle regardait sans bruit.")

    assert carried.files == {}
    [left] = carried.pages[0].left
    assert "d’autres fiches" in left.reason


def test_every_place_where_somebody_speaks_of_a_project_counts(tmp_path: Path) -> None:
    files = {
        **_record("projet/haie", ("une habitante", "public", "Elle plante.")),
        **_record(
            "reunion/haie",
            ("un habitant", "public", "Il arrose."),
            titre="Le soir",
            more="projet: projet/haie\n",
        ),
        **TALE,
        "narratives/projet/mare.yaml": "type: projet\ntitre: La mare\n",
    }
    town = corpus(tmp_path, files)

    voices = trace.build(town, None, load_rules({}), TODAY, "").voices

    assert {project.id: dict(project.roles) for project in voices.projects} == {
        "projet/haie": {"habitant": 3},
        "projet/mare": {},
    }
