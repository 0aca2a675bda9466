"""``loosbot import decidim``: drafts from the open data of a platform, which decide nothing."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from loosbot.cli import main

PROPOSALS = """id;category/id;category/name/fr;title/fr;body/fr;state;reference;answer/fr;\
published_at;url
12;3;Voirie;Un banc rue des Essais;"<div class=""ql-editor""><p>Un <strong>banc</strong> &amp; de \
l’ombre.</p><ul><li>du bois</li><li>des vis</li></ul><script>alert(1)</script><img src=x></div>";\
accepted;ex-PROP-12;"<p>ANSWER</p>";2024-03-02 10:00:00 UTC;https://decidim.example/p/12
13;;;Un banc rue des Essais;"Première ligne.

Deuxième = ligne.";rejected;ex-PROP-13;;2024-03-03 10:00:00 UTC;https://decidim.example/p/13
""".replace("\\\n", "").replace("ANSWER", "Oui, la mairie le veut bien. " * 20 + "Fin.")
MEETINGS = """id;title/fr;description/fr;start_time;attendees;address;url
4;Réunion sur la place;<p>Ordre du jour</p>;2024-03-12 18:30:00;20;Place;https://decidim.example/m/4
"""
RESULTS = """id;title/fr;description/fr;start_date;status/name/fr;progress;url
7;La place refaite;<p>En chantier</p>;2024-05-01;En cours;40.0;https://decidim.example/r/7
"""


def archive(**more: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        files = {"proposals": PROPOSALS, "meetings": MEETINGS, "results": RESULTS, **more}
        for name, text in {**files, "users": "id;name\n1;Ada"}.items():
            made.writestr(f"decidim.example-open-data-{name}.csv", text)
        made.writestr("README.md", "# Open data")
    return stream.getvalue()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "loosbot.yaml").write_text("corpus: essai\n")
    return folder


def brought_in(corpus: Path, data: bytes, *words: str) -> tuple[int, str]:
    file = corpus.parent / "archive.zip"
    file.write_bytes(data)
    done = CliRunner().invoke(
        main, ["import", "--corpus", str(corpus), "decidim", str(file), *words]
    )
    return done.exit_code, done.output


def test_each_proposal_meeting_and_result_is_a_draft_beside_the_records(corpus: Path) -> None:
    code, output = brought_in(corpus, archive())

    assert (code, "4" in output) == (0, True), output
    drafts = {
        file.relative_to(corpus).as_posix(): file for file in corpus.rglob("brouillons/*/*.yaml")
    }
    assert sorted(drafts) == [
        "brouillons/projet/la-place-refaite.yaml",
        "brouillons/projet/un-banc-rue-des-essais-13.yaml",
        "brouillons/projet/un-banc-rue-des-essais.yaml",
        "brouillons/reunion/reunion-sur-la-place.yaml",
    ]
    text = drafts["brouillons/projet/un-banc-rue-des-essais.yaml"].read_text("utf-8")
    bench = yaml.safe_load(text)
    assert bench["texte"] == "Un **banc** & de l’ombre.\n\n- du bois\n- des vis\n"
    assert (bench["statut"], str(bench["demande"]["date"])) == ("demande", "2024-03-02")
    assert "# - Decidim en dit : state = accepted" in text
    assert f"# - Decidim en dit : answer/fr = {'Oui, la mairie le veut bien. ' * 20}Fin." in text
    assert "alert" not in text and "Ada" not in text
    second = drafts["brouillons/projet/un-banc-rue-des-essais-13.yaml"].read_text("utf-8")
    assert yaml.safe_load(second)["texte"] == "Première ligne.\n\nDeuxième = ligne.\n"
    meeting = yaml.safe_load(drafts["brouillons/reunion/reunion-sur-la-place.yaml"].read_text())
    assert str(meeting["date"]) == "2024-03-12"

    # nothing of it is read, until somebody moves one to the records; then check has no fault
    assert CliRunner().invoke(main, ["check", "--corpus", str(corpus)]).exit_code == 0
    (corpus / "narratives").mkdir()
    (corpus / "brouillons" / "projet").rename(corpus / "narratives" / "projet")
    (corpus / "narratives" / "projet" / "un-banc-rue-des-essais-13.yaml").unlink()
    done = CliRunner().invoke(main, ["check", "--corpus", str(corpus)])
    assert done.exit_code == 0, done.output


def test_a_draft_that_is_there_stays(corpus: Path) -> None:
    brought_in(corpus, archive())
    file = corpus / "brouillons/projet/la-place-refaite.yaml"
    file.write_text("relu")

    code, output = brought_in(corpus, archive())

    assert (code, file.read_text()) == (0, "relu")
    assert "restent : 4" in output


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK", "abîmé"),
        (archive(proposals="id\n", meetings="id\n", results="id\n"), "ne contient ni"),
        (archive(proposals='id;title/fr\n1;"a'), "mal formé"),
        (archive(proposals="id;title/fr;body/fr\n1;a;" + "<b>" * 99), "trop de balises"),
    ],
    ids=["damaged", "empty", "open-quote", "deep"],
)
def test_what_is_no_archive_writes_nothing(corpus: Path, data: bytes, message: str) -> None:
    code, output = brought_in(corpus, data)

    assert code == 1
    assert message in output
    assert not (corpus / "brouillons").exists()


def test_a_long_title_is_taken_whole_under_a_name_that_a_disk_takes(corpus: Path) -> None:
    title = "Un banc " + "et encore un banc " * 30 + "pour finir"
    rows = f"id;title/fr;body/fr;published_at\n1;{title};Un banc.;2024-03-02\n"
    code, output = brought_in(corpus, archive(proposals=rows), "--yes")
    assert code == 0, output
    (path,) = (corpus / "brouillons/projet").glob("un-banc-*.yaml")
    assert yaml.safe_load(path.read_text("utf-8"))["titre"] == title
