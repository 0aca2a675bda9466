"""Two thousand spellings of hidden names through every channel: none of them comes out."""

from __future__ import annotations

import html
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet
import pytest
import town
from spelled import INITIALED, NAMES, Spelled, left_of, spelled

from loosbot.booklet import contents
from loosbot.booklet.build import Cover, document
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import Channel, for_channel
from loosbot.corpus.tree import FolderTree
from loosbot.diff.compare import compare
from loosbot.diff.consent import under_consents_of
from loosbot.diff.text import to_text as diff_text
from loosbot.due.atom import to_atom
from loosbot.due.ics import to_ics
from loosbot.due.mail import to_text as to_mail
from loosbot.due.source import read as reminder
from loosbot.dump import build as whole
from loosbot.html.edition import read
from loosbot.render.pages import render
from loosbot.site import build as site
from loosbot.site.build import Kind
from loosbot.trace.handover.printed import dossier
from loosbot.trace.handover.printed import to_html as handover_html
from loosbot.trace.handover.printed import to_text as handover_text
from loosbot.trace.layout.html import to_html
from loosbot.trace.layout.text import to_text
from loosbot.trace.reports.whole import build
from loosbot.trace.rules import load_rules

pytestmark = pytest.mark.slow
DAY = date.fromisoformat(town.DAY)
PEOPLE = NAMES + INITIALED
SENTENCES = list(spelled(2000, 7))
EACH = 20
"""Sentences of one record."""


def _files() -> Iterator[tuple[str, str]]:
    yield "loosbot.yaml", "corpus: essai\ncommune: Trifouilly\ninsee: '62999'\n"
    yield "narratives/source/livre.yaml", "type: source\ntitre: Le livre\ngenre: livre\n"
    for rank, name in enumerate(PEOPLE):
        data = {"type": "acteur", "titre": name, "genre": "personne"}
        yield (
            f"narratives/acteur/personne-{rank}.yaml",
            json.dumps({**data, "consentement": {"etat": "retire"}}, ensure_ascii=False),
        )
    for start in range(0, len(SENTENCES), EACH):
        mine = SENTENCES[start : start + EACH]
        data = {
            "type": "projet",
            "titre": f"Projet {start}, par {mine[0].name.upper()}",
            "resume": _paragraphs(mine[:4]),
            "statut": "en-cours",
            "frottements": [_line(sentence) for sentence in mine[4:7]],
            "enseignements": [{"texte": _line(sentence)} for sentence in mine[7:9]],
            "notes": [_line(mine[9])],
            "sources": [f"livre § {_line(mine[10])}"],
            "engagements": [
                {
                    "id": "e1",
                    "qui": mine[11].name,
                    "quoi": _line(mine[11]),
                    "echeance": "2018-06-01",
                }
            ],
            "texte": _paragraphs(mine[12:]),
            "relectures": [{"qui": "Jeanne Relit", "date": "2020-01-05"}],
        }
        # JSON is YAML, and says a blank that cannot be seen as it is
        yield f"narratives/projet/projet-{start}.yaml", json.dumps(data)


def _mark(sentence: Spelled) -> str:
    return f"repère{SENTENCES.index(sentence)}"


def _line(sentence: Spelled) -> str:
    return f"{_mark(sentence)} {' '.join(sentence.text.split())} fin"


def _paragraphs(some: list[Spelled]) -> str:
    return "\n\n".join(f"{_mark(sentence)} {sentence.text} fin" for sentence in some)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return town.write(tmp_path_factory.mktemp("noms"), dict(_files()))


@pytest.fixture(scope="module")
def corpus(folder: Path) -> Corpus:
    reading = load_corpus(FolderTree(folder))
    assert reading.corpus, reading.findings[:5]
    return reading.corpus


def _assert_no_name(text: str) -> None:
    plain = html.unescape(text)
    named = [name for name in PEOPLE if left_of(name, plain)]
    assert named == []


def _unpacked(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and what they hold where they are packed."""
    yield path.read_bytes()
    if path.suffix == ".parquet":
        yield json.dumps(
            pyarrow.parquet.read_table(path).to_pylist(), default=str, ensure_ascii=False
        ).encode()
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield name.encode() + b"\n" + archive.read(name)


@pytest.mark.parametrize("channel", ["wiki", "wiki-ouvert"])
def test_no_page_of_the_wiki_tells_a_name(corpus: Corpus, channel: Channel) -> None:
    pages = render(for_channel(corpus, channel, DAY), {}, DAY)
    text = "\n".join(f"{page.title}\n{page.body}" for page in pages.values())
    _assert_no_name(text)
    for sentence in SENTENCES:
        assert _mark(sentence) in text


def test_no_report_tells_a_name(corpus: Corpus, folder: Path) -> None:
    shown = for_channel(corpus, "rapport", DAY)
    report = build(shown, FolderTree(folder), load_rules(), DAY, "c0ffee", lambda _: ())
    for text in (to_text(report), to_html(report)):
        _assert_no_name(text)


@pytest.mark.parametrize("kind", ["publique", "interne"])
def test_no_file_of_the_static_site_tells_a_name(folder: Path, tmp_path: Path, kind: Kind) -> None:
    site.build(folder, tmp_path / "site", kind)
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    text = "\n".join(f"{path.name}\n{path.read_text('utf-8')}" for path in files)
    _assert_no_name(text)
    assert sum(_mark(sentence) in text for sentence in SENTENCES) > len(SENTENCES) * 0.9


def test_no_booklet_reminder_or_handover_tells_a_name(folder: Path) -> None:
    shown = read(folder, public=True)
    ids = [id_ for id_ in shown.corpus.records if id_.startswith("projet/")]
    chapters = contents.chapters(shown.corpus, [*ids, "passation"], shown.today)
    booklet = document(Cover("Livret", shown.town, shown.day, shown.commit, ""), chapters, ())
    due = reminder(folder, "")
    handover = dossier(folder, None, "")
    for text in (booklet, to_ics(due, events=False).replace("\r\n ", ""), to_atom(due),
                 to_mail(due), handover_text(handover), handover_html(handover)):  # fmt: skip
        _assert_no_name(text)
        assert _mark(SENTENCES[11]) in text or text is booklet


def test_no_difference_between_versions_tells_a_name(corpus: Corpus) -> None:
    before = under_consents_of(corpus, corpus, "rapport", DAY)
    nothing = Corpus(corpus.config, {}, {}, {}, {}, (), {})
    for old, new in ((nothing, before), (before, nothing)):
        _assert_no_name(diff_text(compare(old, new, before, ("avant", "après"))))


def test_no_byte_of_the_public_dump_tells_a_name(folder: Path, tmp_path: Path) -> None:
    whole.write(town.edition(folder), tmp_path / "dump", None, lambda: None)
    read = 0
    for path in sorted((tmp_path / "dump").rglob("*")):
        _assert_no_name(path.name)
        if path.is_file():
            read += 1
            for data in _unpacked(path):
                _assert_no_name(data.decode("utf-8", errors="replace"))
    assert read > 20
