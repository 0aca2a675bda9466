"""The register, made from what git and the wiki said."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from corpora import corpus, write
from processes import loosbot

from loosbot.history.git import Commit
from loosbot.sync.planned import PlannedPage
from loosbot.sync.register import RegisterEntry, entries, to_csv, to_html, to_json, to_text
from loosbot.wiki.revisions import PageState, Revision

FILES = {
    "narratives/projet/banc.yaml": "type: projet\ntitre: Un banc\n",
    "narratives/projet/mur.yaml": "type: projet\ntitre: =Un mur\n",
    "narratives/projet/neuf.yaml": "type: projet\ntitre: Neuf\n",
    "narratives/source/livre.yaml": "type: source\ntitre: Un livre\ngenre: livre\n",
}
COMMIT = Commit("a" * 40, "2020-01-31T09:00:00Z", "Anne B.", "anne@mairie.example")


def state(title: str, revision: int, user: str) -> PageState:
    head = Revision(revision, 1, user, "2020-02-01T10:00:00Z", "", 10, "0" * 40)
    return PageState(title, 0, revision, False, head)


@pytest.fixture
def register(tmp_path: Path) -> tuple[RegisterEntry, ...]:
    pages = [
        PlannedPage(
            "projet/banc", "Un banc", "Un banc", "human-edit", "", user="Paul", revision=41
        ),
        PlannedPage("projet/mur", "Mur", "Mur", "none", ""),
        PlannedPage("projet/neuf", "Neuf", "Neuf", "create", ""),
        PlannedPage("index/sources", "Sources", "Sources", "none", ""),
    ]
    states = {
        "Un banc": state("Un banc", 42, "Loosbot"),
        "Mur": state("Mur", 43, "Lucie"),
        "Neuf": PageState("Neuf", 0, 0, False, None),
        "Sources": state("Sources", 44, "Loosbot"),
    }
    commits = {"narratives/projet/banc.yaml": COMMIT}
    return entries(corpus(tmp_path, FILES), commits, pages, states, "Loosbot")


def test_each_record_has_its_file_its_commit_its_page_and_who(
    register: tuple[RegisterEntry, ...],
) -> None:
    bench, wall, new, book = register
    assert bench == RegisterEntry(
        "projet/banc",
        "Un banc",
        "narratives/projet/banc.yaml",
        "a" * 40,
        "2020-01-31T09:00:00Z",
        "Anne B.",
        "Un banc",
        42,
        "2020-02-01T10:00:00Z",
        "Loosbot",
        "texte publié modifié par Paul (révision 41)",
    )
    assert wall.hand == "page modifiée par Lucie, hors du texte publié"
    assert (new.page, new.revision, new.hand) == ("", 0, "")
    assert (book.page, book.revision, book.hand) == ("Sources", 44, "")


def test_every_form_holds_every_record(register: tuple[RegisterEntry, ...]) -> None:
    assert [row["id"] for row in json.loads(to_json(register))["register"]] == [
        entry.id for entry in register
    ]
    rows = list(csv.DictReader(to_csv(register).splitlines()))
    assert [row["title"] for row in rows] == ["Un banc", "'=Un mur", "Neuf", "Un livre"]
    text = to_text(register)
    assert "  commit  : aaaaaaaaaaaa, 2020-01-31, Anne B.\n" in text
    assert "  wiki    : pas encore publiée\n" in text
    assert "  depuis  : page modifiée par Lucie, hors du texte publié\n" in text
    assert to_html(register).count("<tr>") == 5


@pytest.mark.slow
def test_the_register_is_of_now_and_needs_a_wiki(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    codes = {}
    for options in ((), ("--date", "2020-01-01"), ("--strict",)):
        home = {"XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
        done = loosbot("trace", "--registre", *options, cwd=tmp_path, **home)
        codes[options[:1]] = done.returncode
    assert codes == {(): 3, ("--date",): 2, ("--strict",): 2}
