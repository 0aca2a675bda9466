"""A booklet: what goes in, in which order, within consent; then the PDF itself."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
import zlib
from ctypes.util import find_library
from datetime import date
from pathlib import Path

import corpora
import pytest
from click.testing import CliRunner, Result

from loosbot.booklet.build import Cover, broken, document, to_pdf
from loosbot.booklet.contents import chapters, sources
from loosbot.cli import main
from loosbot.corpus.model import Corpus
from loosbot.html.edition import read

PUBLIC = "consentement: {etat: public, portee: [wiki]}"
FILES = {
    "loosbot.yaml": "corpus: essai\ncommune: Loos-en-Gohelle\n",
    "pages/form.md": "---\ntitre: À remplir\nimpression: oui\nresume: Pour l'écran.\n---\n\n"
    "Nom : …………\n",
    "narratives/source/livre.yaml": "type: source\ntitre: Le livre\ngenre: livre\nannee: 2015\n",
    "narratives/acteur/ines.yaml": "type: acteur\ntitre: Inès K.\ngenre: personne\n"
    "consentement: {etat: interne}\n",
    "narratives/projet/place.yaml": "type: projet\ntitre: La place\nstatut: en-cours\n"
    "themes: [voirie]\nsources: [livre § 3]\nengagements:\n"
    "- {id: banc, qui: La ville, quoi: Poser le banc, echeance: 2020-03-01}\n",
    "narratives/recit/neuf.yaml": "type: recit\ntitre: Le récit neuf\nannee: 2020\nvoix:\n"
    f"- {{qui: Un voisin, role: habitant, nature: rapporte, texte: Quel banc !, {PUBLIC}}}\n"
    "- {qui: acteur/ines, role: agent, nature: rapporte, texte: Je l'ai vissé.}\n",
    "narratives/recit/vieux.yaml": "type: recit\ntitre: Le vieux récit\nannee: 1995\n"
    "projet: projet/place\nvoix:\n"
    f"- {{qui: Une voisine, role: habitant, nature: rapporte, texte: Un puits., {PUBLIC}}}\n",
}
COVER = Cover("Un livret", "Loos-en-Gohelle", "2026-01-05", "a" * 40, "")
needs_pango = pytest.mark.skipif(
    find_library("pango-1.0") is None, reason="Pango: make test installs it"
)


def _town(tmp_path: Path, *, public: bool = True) -> Corpus:
    return read(corpora.write(tmp_path, FILES), public=public).corpus


def _livret(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["livret", "--corpus", str(folder), *arguments])


@pytest.mark.parametrize(
    ("ids", "titles"),
    [
        # every récit, the oldest first
        ((), ["Le vieux récit", "Le récit neuf"]),
        (("projet/place", "recit/neuf"), ["La place", "Le récit neuf"]),
        (("recit/neuf", "recit/neuf"), ["Le récit neuf"]),
        (("page/form", "passation"), ["À remplir", "Dossier de passation"]),
        (
            ("rapport/passation-theme-mobilite-voirie",),
            ["Dossier de passation : Mobilité et voirie"],
        ),
    ],
)
def test_what_goes_in_and_in_which_order(
    tmp_path: Path, ids: tuple[str, ...], titles: list[str]
) -> None:
    assert [chapter.title for chapter in chapters(_town(tmp_path), ids, date(2026, 1, 5))] == titles


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (("recit/neuf",), "Quel banc\N{NARROW NO-BREAK SPACE}!"),
        # a link inside the booklet leads to its chapter, another one is mere words
        (("recit/vieux", "projet/place"), '<a href="#chapitre-2">La place</a>'),
        (("recit/vieux",), "<dd>La place</dd>"),
        (("passation",), "Poser le banc"),
        (("page/form",), "Nom\N{NO-BREAK SPACE}: …………"),
    ],
)
def test_what_a_chapter_says(tmp_path: Path, ids: tuple[str, ...], expected: str) -> None:
    assert expected in "".join(
        chapter.html for chapter in chapters(_town(tmp_path), ids, date(2026, 1, 5))
    )


def test_a_form_leaves_out_what_is_for_the_screen(tmp_path: Path) -> None:
    [form] = chapters(_town(tmp_path), ["page/form"], None)

    assert form.wide and "Pour l" not in form.html


def test_nobody_is_in_it_who_did_not_agree(tmp_path: Path) -> None:
    outside = "".join(chapter.html for chapter in chapters(_town(tmp_path), (), None))
    inside = "".join(chapter.html for chapter in chapters(_town(tmp_path, public=False), (), None))

    assert "vissé" not in outside and "Inès" not in outside
    assert "vissé" in inside and "Inès" in inside


def test_the_sources_of_its_chapters_are_at_the_end_each_once(tmp_path: Path) -> None:
    corpus = _town(tmp_path)

    assert list(sources(corpus, ["projet/place", "recit/vieux", "projet/place"])) == [
        "<li><cite>Le livre</cite>, 2015.</li>"
    ]
    assert list(sources(corpus, ["recit/vieux"])) == []


def test_the_document_has_contents_as_soon_as_there_is_more_than_one_chapter(
    tmp_path: Path,
) -> None:
    corpus = _town(tmp_path)
    booklet = document(COVER, chapters(corpus, ["recit/neuf"], None), ())
    two = document(COVER, chapters(corpus, ["recit/neuf", "page/form"], None), ())

    assert "Sommaire" not in booklet and "size: A5" in booklet
    assert '<li><a href="#chapitre-2">À remplir</a></li>' in two and "size: A4" in two
    assert "version aaaaaaaaaaaa" in booklet and "5 janvier 2026" in booklet


def test_a_chapter_that_does_not_exist_is_named_with_its_nearest(tmp_path: Path) -> None:
    done = _livret(corpora.write(tmp_path, FILES), "recit/neuff", "--out", str(tmp_path / "l.pdf"))

    assert done.exit_code == 2
    assert "« recit/neuff » ne peut pas entrer dans un livret" in done.output
    assert "Vouliez-vous écrire « recit/neuf » ?" in done.output
    assert not (tmp_path / "l.pdf").exists()


def _unpacked(data: bytes) -> bytes:
    """The streams of a PDF as they are before they are packed, one after the other."""
    parts = []
    for packed in re.findall(rb"stream\n(.*?)\nendstream", data, re.DOTALL):
        try:
            parts.append(zlib.decompress(packed))
        except zlib.error:
            parts.append(packed)
    return b"\n".join(parts)


@pytest.mark.slow
@needs_pango
def test_the_same_corpus_gives_the_same_tagged_pdf(tmp_path: Path) -> None:
    folder = corpora.write(tmp_path / "ville", FILES)
    for name in ("un.pdf", "deux.pdf"):
        # in a process each: nothing of the first is left for the second
        command = [sys.executable, "-m", "loosbot", "livret", "--corpus", str(folder)]
        subprocess.run([*command, "--out", str(tmp_path / name)], check=True, capture_output=True)
    data = (tmp_path / "un.pdf").read_bytes()

    assert data == (tmp_path / "deux.pdf").read_bytes()
    assert data.startswith(b"%PDF-1.7")
    data = _unpacked(data)
    assert b"/StructTreeRoot" in data and b"pdfuaid" in data
    assert re.search(rb"/Lang \(?<?(?:fr|feff00660072)", data)
    # cover, contents, two récits: no chapter begins on the page of another
    assert len(re.findall(rb"/Type /Page\b", data)) == 4


@pytest.mark.slow
@needs_pango
def test_nothing_is_fetched_for_it(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"x" * 200_000)
    plain = to_pdf('<html lang="fr"><title>t</title><p>Un')
    asked = to_pdf(f'<html lang="fr"><title>t</title><p>Un<img alt="x" src="{secret.as_uri()}">')

    assert len(asked) < len(plain) + 2_000


@pytest.mark.parametrize(
    ("html", "cut"),
    [
        ("<title>{0}</title><body><p>Un mot.", None),
        ('<body><img src="data:{0}"><p>Un mot.', None),
        ("<body><p>{1} Un mot.", None),
        ("<body><p>Un {0}.", 10),
        ("<body><p>Un {0}&amp;{0}.", 21),
    ],
)
def test_a_word_without_end_is_cut_where_the_line_ends(html: str, cut: int | None) -> None:
    given = html.format("a" * 210, "a" * 150)
    made = broken(given)

    assert made.count("&#8203;") == (cut or 0)
    assert made.replace("&#8203;", "") == given


def test_lines_are_neither_stretched_nor_hyphenated(tmp_path: Path) -> None:
    # a search in the PDF finds no word over a hyphen, and even blanks are easier to read
    html = document(COVER, chapters(_town(tmp_path, public=False), (), None), ())
    assert "hyphens" not in html
    assert "justify" not in html


@pytest.mark.slow
@needs_pango
def test_a_wide_table_keeps_to_the_paper_which_says_addresses(tmp_path: Path) -> None:
    weasyprint = pytest.importorskip("weasyprint")
    text = f"| {'Quoi | ' * 7}\n| {'- | ' * 7}\n| {'débroussaillage | ' * 6}[ici](https://a.fr) |"
    tale = FILES["narratives/recit/vieux.yaml"] + f"resume: {json.dumps(text)}\n"
    folder = corpora.write(tmp_path, {**FILES, "narratives/recit/vieux.yaml": tale})
    book = chapters(read(folder, public=True).corpus, ["recit/vieux"], None)

    pages = weasyprint.HTML(string=document(COVER, book, ())).render().pages
    # the right edge and the top of each piece of the link, in CSS pixels
    pieces = [
        (right, top, page.width)
        for page in pages
        for _, target, (_, top, right, _), _ in page.links
        if "a.fr" in target
    ]
    assert pieces and all(right < paper for right, _, paper in pieces)
    # « ici » alone takes one line of its cell, with its address it takes several
    assert len({top for _, top, _ in pieces}) > 1


@pytest.mark.slow
@needs_pango
def test_no_name_stands_on_a_page_without_the_last_words_of_its_voice(tmp_path: Path) -> None:
    weasyprint = pytest.importorskip("weasyprint")
    long = "Il faut un banc " * 30
    voices = "".join(
        f"- {{qui: Voisin {number}, role: habitant, texte: {long[: number * 8]}dit{number}.,"
        f" {PUBLIC}}}\n"
        for number in range(60)
    )
    tale = f"type: recit\ntitre: Soixante voix\nvoix:\n{voices}"
    folder = corpora.write(tmp_path, {**FILES, "narratives/recit/vieux.yaml": tale})
    book = chapters(read(folder, public=True).corpus, ["recit/vieux"], None)

    signed = 0
    for page in weasyprint.HTML(string=document(COVER, book, ())).render().pages:
        boxes = page._page_box.descendants()
        text = " ".join(box.text for box in boxes if hasattr(box, "text"))
        names = re.findall(r"Voisin (\d+)", text)
        assert set(names) <= set(re.findall(r"dit(\d+)\.", text)), text
        signed += len(names)
    assert signed == 60


@pytest.mark.slow
@needs_pango
def test_a_word_of_a_thousands_of_letters_takes_no_longer_than_others() -> None:
    began = time.process_time()
    assert to_pdf(
        f'<html lang="fr"><body style="overflow-wrap: break-word"><p>{"constitution" * 2_000}'
    )
    # whole, it would take ten times as long, and the square of its length
    assert time.process_time() - began < 5


@pytest.mark.slow
@needs_pango
def test_no_text_of_a_record_makes_the_booklet_fetch_anything(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        there = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        evil = (
            f"![une image]({there}.png) <img src='{there}.png'> [un lien]({there})\n\n"
            f"<link rel=stylesheet href='{there}.css'> <style>@import url({there}.css);</style>\n\n"
            f"<object data='{there}'></object> <{there}> <svg><image href='{there}.svg'/></svg>\n"
        )
        title = f"</title><link rel=stylesheet href={there}.css><base href={there}>"
        folder = corpora.write(
            tmp_path,
            {
                "loosbot.yaml": json.dumps({"corpus": "essai", "commune": title}),
                "narratives/recit/piege.yaml": json.dumps(
                    {
                        "type": "recit",
                        "titre": "Un piège",
                        "annee": 2018,
                        "resume": evil,
                        "texte": evil,
                        "voix": [
                            {
                                "qui": title,
                                "role": "habitant",
                                "nature": "rapporte",
                                "texte": evil,
                                "consentement": {"etat": "public", "portee": ["wiki"]},
                            }
                        ],
                    }
                ),
                "pages/piege.md": f"---\ntitre: Une page\nimpression: oui\n---\n\n{evil}",
            },
        )
        ids = ("recit/piege", "page/piege")

        done = _livret(folder, *ids, "--titre", title, "--out", str(tmp_path / "l.pdf"))

        assert done.exit_code == 0, done.output
        with pytest.raises(BlockingIOError):
            server.accept()


def test_an_empty_town_has_no_booklet(tmp_path: Path) -> None:
    folder = corpora.write(tmp_path, {"pages/form.md": FILES["pages/form.md"]})

    done = _livret(folder, "--out", str(tmp_path / "l.pdf"))
    assert done.exit_code == 1
    assert "Ce corpus n’a aucun récit" in done.output
