"""A link that somebody puts into a sentence on the wiki comes back into its file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from corpora import corpus
from test_pull import bodies, corpus_of, numbered, published, pulled, tree_of

from loosbot.corpus import schema
from loosbot.corpus.model import Corpus
from loosbot.corpus.tree import Overlay
from loosbot.corpus.walk import values


def sentences(whole: Corpus) -> set[int]:
    """The numbers of the texts that may hold links, and that a page can give back."""
    numbers = set()
    for record in whole.records.values():
        for path, value, shape in values(record.data, schema.shape(record.type)):
            match = re.fullmatch(r"texte (\d+)", value) if isinstance(value, str) else None
            # how a figure was counted and its note are one cell, which is not taken apart
            if match and shape.linked and not ("couts" in path and path[-1] == "note"):
                numbers.add(int(match[1]))
    return numbers


@pytest.mark.slow
def test_a_link_in_each_sentence_comes_back(tmp_path: Path) -> None:
    before = tree_of(tmp_path / "avant", numbered(lambda n, _: f"texte {n}"))
    linked = sentences(corpus_of(before))
    assert len(linked) > 40

    def changed(n: int, _: str) -> str:
        return f'"de [ce texte {n}](source/referentiel), là"' if n in linked else f"texte {n}"

    after = corpus_of(tree_of(tmp_path / "apres", numbered(changed)))
    base = published(before)
    shown = bodies(after)
    edited = {id_: shown[id_] for id_ in base.rendered if id_ in after.records and id_ in shown}

    carried = pulled(base, edited)

    assert [left for page in carried.pages for left in page.left if left.path[:1] != ("§",)] == []
    now = corpus_of(Overlay(before, carried.files))
    for id_, record in after.records.items():
        if id_ in edited:
            assert now.records[id_].data == record.data
    assert {link.source for link in now.backlinks["source/referentiel"]} >= {
        *("fifty-fifty/chemins", "recit/chantier", "reunion/soir", "acteur/afr"),
    }


PLACE = "narratives/lieu/place.yaml"
START = {
    "narratives/projet/banc.yaml": "type: projet\ntitre: Les bancs\nthemes: [voirie]\n"
    "annee: 2018\nresultats:\n- Douze bancs sur la place.\n"
    "- {texte: Un banc près du terrain., statut: declare}\n",
    PLACE: "type: lieu\ntitre: Grand-Place\ngenre: site\n",
    "narratives/source/plan.yaml": "type: source\ntitre: Le plan\ngenre: document\n",
}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "sur la place.",
            "sur la [[Grand-Place|place]].",
            "- Douze bancs sur la [place](lieu/place).",
        ),
        (
            "du terrain.",
            "de la [[grand-Place]].",
            "- {texte: 'Un banc près de la [grand-Place](lieu/place).', statut: declare}",
        ),
        (
            "Douze bancs",
            "[[Grand-Place|Douze]] bancs",
            "- '[Douze](lieu/place) bancs sur la place.'",
        ),
    ],
)
def test_it_is_written_where_it_was_put(tmp_path: Path, old: str, new: str, line: str) -> None:
    base = published(tree_of(tmp_path, START))
    body = base.rendered["projet/banc"].body
    assert old in body

    carried = pulled(base, {"projet/banc": body.replace(old, new)})

    written = carried.files["narratives/projet/banc.yaml"].decode().splitlines()
    normal = [line.replace('"', "'") for line in written]
    assert line in normal, written
    assert [left for page in carried.pages for left in page.left] == []


def test_a_link_to_a_page_that_is_no_record_stays_and_is_named(tmp_path: Path) -> None:
    base = published(tree_of(tmp_path, START))
    body = base.rendered["projet/banc"].body

    carried = pulled(base, {"projet/banc": body.replace("sur la place", "sur la [[place]]")})

    assert carried.files == {}
    [left] = carried.pages[0].left
    assert "n’est pas une fiche du corpus : [[place]]" in left.reason


def test_words_that_the_file_would_take_for_a_link_are_not_carried(tmp_path: Path) -> None:
    base = published(tree_of(tmp_path, START))
    body = base.rendered["projet/banc"].body

    edited = body.replace("sur la place", "sur la [place](lieu/place)")
    carried = pulled(base, {"projet/banc": edited})

    assert carried.files == {}
    assert "écrire un lien vers la page, [[…]]" in carried.pages[0].left[0].reason


def test_a_link_that_is_taken_out_on_the_wiki_leaves_the_file(tmp_path: Path) -> None:
    held = START["narratives/projet/banc.yaml"].replace("la place.", "la [place](lieu/place).")
    base = published(tree_of(tmp_path, {**START, "narratives/projet/banc.yaml": held}))
    body = base.rendered["projet/banc"].body
    assert "la [[Grand-Place|place]]." in body

    carried = pulled(base, {"projet/banc": body.replace("[[Grand-Place|place]]", "place")})

    assert (
        carried.files["narratives/projet/banc.yaml"].decode()
        == START["narratives/projet/banc.yaml"]
    )


def test_the_record_that_is_named_shows_who_names_it(tmp_path: Path) -> None:
    held = START["narratives/projet/banc.yaml"].replace("la place.", "la [place](lieu/place).")
    whole = corpus(tmp_path, {**START, "narratives/projet/banc.yaml": held})
    assert [link.source for link in whole.backlinks["lieu/place"]] == ["projet/banc"]
    assert "[[Les bancs]]" in bodies(whole)["lieu/place"]
