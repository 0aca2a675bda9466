"""Récits and evaluations to read again, told from real histories."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType

import gits
import pytest
from corpora import write
from gits import git

from loosbot.corpus.yaml import reader
from loosbot.history import moments
from loosbot.trace.layout.as_json import to_json
from loosbot.trace.observed import suspects
from loosbot.trace.reported import Gap, Suspect
from loosbot.trace.reports import source

BENCH = "narratives/fifty-fifty/banc.yaml"
TALE = "narratives/recit/banc.yaml"
HEAD = "type: fifty-fifty\ntitre: Un banc\n"
STORY = """\
type: recit
titre: Le banc raconté
projet: fifty-fifty/banc
voix:
  - {qui: des voisins, role: habitant, texte: On a cloué.}
"""


def commit(root: Path, day: str, **files: str) -> str:
    """Commit these files on that day: ``banc`` is the project, ``recit`` its récit."""
    paths = {"banc": BENCH, "recit": TALE}
    write(root, {paths[name]: text for name, text in files.items()})
    return gits.commit(root, day=day)


def suspects_of(root: Path) -> list[Suspect]:
    return list(source.report(moments.at(root, None)).suspects)


def of(root: Path) -> list[tuple[str, str, str, str, bool]]:
    return [
        (suspect.kind, suspect.field, suspect.date, suspect.since, suspect.reviewed)
        for suspect in suspects_of(root)
    ]


def test_a_tale_is_suspect_when_a_watched_field_changed_after_it(tmp_path: Path) -> None:
    commit(tmp_path, "2019-01-01", banc=HEAD, recit=STORY)
    assert of(tmp_path) == []
    last = commit(tmp_path, "2019-02-01", banc=HEAD + "statut: en-cours\n")
    commit(tmp_path, "2019-03-01", banc=HEAD + "statut: en-cours\nnotes: [Rien]\n")
    assert suspects_of(tmp_path) == [
        Suspect(
            "recit/banc",
            "recit",
            "fifty-fifty/banc",
            "statut",
            "2019-02-01",
            last,
            "2019-01-01",
            False,
        )
    ]
    report = source.report(moments.at(tmp_path, None))
    assert f'"commit": "{last}"' in to_json(report)
    (gap,) = [
        gap for record in report.records for gap in record.gaps if gap.code == "recit-a-relire"
    ]
    assert gap == Gap(
        code="recit-a-relire",
        severity="info",
        message="Le récit est à relire : « statut » de « Un banc » a changé (1er février 2019, "
        f"version {last[:12]}) depuis la dernière écriture (1er janvier 2019).",
        todo="Relisez-le, corrigez s’il le faut, puis lancez : loosbot review recit/banc",
        who="qui tient la plume",
        since="",
        section="6.2.1",
        path=TALE,
        line=3,
    )


def test_only_versions_that_may_tell_are_read(tmp_path: Path) -> None:
    for number in range(6):
        commit(tmp_path, f"2019-01-0{number + 1}", banc=f"{HEAD}annee: {2000 + number}\n")
    commit(tmp_path, "2019-01-07", recit=STORY)
    assert _read(tmp_path) == 0
    for number in range(3):
        noted = f"{HEAD}annee: 2005\nnotes: [Note {number}]\n"
        commit(tmp_path, f"2019-02-0{number + 1}", banc=noted)
    # the last version and the one that the author of the récit saw; those between where they differ
    assert _read(tmp_path) == 2
    commit(tmp_path, "2019-03-01", banc=f"{HEAD}annee: 2005\nstatut: en-cours\n")
    assert len(suspects_of(tmp_path)) == 1
    assert _read(tmp_path) == 3


def _read(root: Path) -> int:
    """How many versions are read as YAML, beside the files of today."""
    counted = 0

    def seen(frame: FrameType, event: str, _given: object) -> None:
        nonlocal counted
        asked = frame.f_back is not None and frame.f_back.f_code.co_filename == suspects.__file__
        counted += event == "call" and frame.f_code is reader.read.__code__ and asked

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        suspects_of(root)
    finally:
        sys.setprofile(before)
    return counted


def test_a_review_clears_what_came_before_it(tmp_path: Path) -> None:
    commit(tmp_path, "2019-01-01", banc=HEAD, recit=STORY)
    commit(tmp_path, "2019-02-01", banc=HEAD + "statut: en-cours\n")
    review = "relectures: [{qui: Anne, date: 2019-02-15}]\n"
    commit(tmp_path, "2019-02-20", recit=STORY + review)
    assert of(tmp_path) == []
    commit(tmp_path, "2019-04-01", banc=HEAD + "statut: entretien-erode\n")
    assert of(tmp_path) == [("recit", "statut", "2019-04-01", "2019-02-15", True)]


def test_a_change_between_a_review_and_its_commit_was_not_seen(tmp_path: Path) -> None:
    commit(tmp_path, "2019-01-01", banc=HEAD, recit=STORY)
    commit(tmp_path, "2019-02-18", banc=HEAD + "statut: en-cours\n")
    review = "relectures: [{qui: Anne, date: 2019-02-15}]\n"
    commit(tmp_path, "2019-02-20", recit=STORY + review)
    assert of(tmp_path) == [("recit", "statut", "2019-02-18", "2019-02-15", True)]


def test_a_change_of_the_very_day_of_the_review_was_not_seen_either(tmp_path: Path) -> None:
    review = "relectures: [{qui: Anne, date: 2019-02-15}]\n"
    commit(tmp_path, "2019-01-01", banc=HEAD, recit=STORY)
    commit(tmp_path, "2019-02-15", recit=STORY + review)
    commit(tmp_path, "2019-02-15", banc=HEAD + "statut: en-cours\n")
    assert of(tmp_path) == [("recit", "statut", "2019-02-15", "2019-02-15", True)]


def test_what_is_again_as_it_was_is_no_change(tmp_path: Path) -> None:
    commit(tmp_path, "2019-01-01", banc=HEAD, recit=STORY)
    commit(tmp_path, "2019-02-01", banc=HEAD + "statut: en-cours\n")
    commit(tmp_path, "2019-03-01", banc=HEAD)
    assert of(tmp_path) == []


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ("suivi: {etat: bon}", "suivi: {etat: erode}", "suivi.etat"),
        ("suivi: {etat: bon}", "suivi: {etat: bon, texte: Vu.}", None),
        ("demande: inconnu", "demande: {date: 2018}", "demande"),
    ],
)
def test_an_evaluation_is_suspect_too(
    tmp_path: Path, before: str, after: str, field: str | None
) -> None:
    judged = "evaluation: {date: 2018, texte: On a bien fait.}\n"
    commit(tmp_path, "2019-01-01", banc=HEAD)
    commit(tmp_path, "2019-02-01", banc=HEAD + judged + before + "\n")
    commit(tmp_path, "2019-03-01", banc=HEAD + judged + after + "\n")
    expected = [("evaluation", field, "2019-03-01", "2019-02-01", False)] if field else []
    assert of(tmp_path) == expected
    commit(tmp_path, "2019-04-01", banc=HEAD + judged.replace("bien", "mal") + after + "\n")
    assert of(tmp_path) == []


def test_what_a_branch_brought_is_a_change_of_its_merge(tmp_path: Path) -> None:
    commit(tmp_path, "2019-01-01", banc=HEAD, recit=STORY)
    git(tmp_path, "checkout", "-q", "-b", "autre")
    commit(tmp_path, "2019-01-02", banc=HEAD + "statut: en-cours\n")
    git(tmp_path, "checkout", "-q", "main")
    review = "relectures: [{qui: Anne, date: 2019-01-03}]\n"
    commit(tmp_path, "2019-01-03", recit=STORY + review)
    git(tmp_path, "merge", "-q", "--no-ff", "-m", "Rassembler", "autre", day="2019-01-10")
    assert of(tmp_path) == [("recit", "statut", "2019-01-10", "2019-01-03", True)]


def test_a_corpus_below_the_repository_and_its_past(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    write(root, {BENCH: HEAD, TALE: STORY})
    for day, text in (("2019-01-01", HEAD), ("2019-02-01", HEAD + "statut: en-cours\n")):
        write(root, {BENCH: text})
        gits.commit(tmp_path, day=day)
    assert [suspect[1] for suspect in of(root)] == ["statut"]


def test_without_git_nothing_is_suspect(tmp_path: Path) -> None:
    write(tmp_path, {BENCH: HEAD, TALE: STORY})
    assert of(tmp_path) == []
