from __future__ import annotations

from dataclasses import replace

import pytest

from loosbot.corpus.model import Config, Corpus, Record
from loosbot.sync import summary
from loosbot.sync.advice import together
from loosbot.sync.block import Key, make, reclaim, write
from loosbot.sync.note import RevertedEdit, diff_link, may_be_quoted, note
from loosbot.sync.planned import PlannedPage
from loosbot.sync.summary import Origin
from loosbot.sync.whereabouts import fields_of, way_back

KEY = Key("essai", "recit/pince")
RECLAIMED = make(KEY, "T", "Nouveau.")
OLD = write(make(KEY, "T", "Ancien."))


@pytest.mark.parametrize(
    ("text", "published", "result"),
    [
        (f"A\n{OLD.replace('Ancien', 'Changé')}\nB", "", "A\n@\nB"),
        ("", "", "@"),
        ("Des mots.", "", "@\nDes mots."),
        ("A\nAncien.\nB", "Ancien.", "A\n@\nB"),
        ("Ancien. Ancien.", "Ancien.", "@\nAncien. Ancien."),
        (f"A\n{OLD}\nB\n{OLD}\nC", "", "A\n@\nB\n\nC"),
        (f"{OLD.replace('Ancien', 'Changé')}\n{OLD}", "", "\nChangé.\n\n@"),
    ],
    ids=["changed", "blank", "missing", "unmarked", "said-twice", "two-copies", "changed-copy"],
)
def test_our_block_comes_back_and_the_rest_stays(text: str, published: str, result: str) -> None:
    new = reclaim(text, RECLAIMED, published)

    assert new == result.replace("@", write(RECLAIMED))


def test_a_template_without_its_markers_is_not_put_above_itself() -> None:
    template = make(KEY, "T", "Nouveau.", "template")
    whole = write(make(KEY, "T", "Ancien.", "template"))

    assert reclaim("Changé.", template) is None
    assert reclaim("Ancien.", template, "Ancien.") == write(template)
    assert reclaim(f"{whole}{whole}", template) == write(template)


def test_the_summary_tells_what_was_taken_back_and_which_message_that_is() -> None:
    origin = Origin("essai", "1a2b3c4d5e6f", False, "r1")
    taking = summary.write(origin, "recit/pince", summary.take_back_suffix(12))
    telling = summary.write(origin, "recit/pince", summary.message_suffix(12))

    assert (summary.taken_back_revision(taking), summary.messaged_revision(taking)) == (12, 0)
    assert (summary.taken_back_revision(telling), summary.messaged_revision(telling)) == (0, 12)
    assert summary.taken_back_revision(summary.write(origin, "recit/pince")) == 0
    for comment in (taking, telling):
        assert summary.read(comment) == (origin, KEY)
    assert len(summary.write(origin, "x" * 900, summary.take_back_suffix(12))) == summary.LIMIT


def corpus(**data: object) -> Corpus:
    record = Record("recit/pince", "recit", "narratives/recit/pince.yaml", data)
    return Corpus(Config("essai"), {"recit/pince": record}, {}, {}, {}, (), {})


def test_the_field_that_holds_the_words_is_named() -> None:
    tale = corpus(titre="La pince", resume="Une pince, longue.", voix=[{"texte": "On y va."}])

    assert fields_of(tale, "recit/pince", ["Une pince, longue."]) == ["resume"]
    assert fields_of(tale, "recit/pince", ["''On y va.''"]) == ["voix[0].texte"]
    assert fields_of(tale, "recit/pince", ["Rien de tout cela."]) == []
    assert "champ <code>resume</code>" in way_back(tale, "recit/pince", ["Une pince, longue."])
    assert "plusieurs fiches" in way_back(tale, "index/recits", [])
    assert "a quitté le dépôt" in way_back(tale, "recit/autre", [])


def test_the_message_holds_nothing_live_and_is_bounded() -> None:
    live = "{{subst:X}} ~~~~ <nowiki> [[Catégorie:A]] __TOC__ https://a.fr -{x}- '''''"
    new = "\n".join([live, *(f"{number} {'y' * 900}" for number in range(100))])
    text = note(
        RevertedEdit(
            "T", "A_B<b>", 12, "Ancien.", new, "2026-06-12T10:00:00Z", "Loosbot", "Ancien."
        ),
        "Là.",
        quoted=True,
    )

    # links, headings and <code> are ours; every line of the difference is plain
    for line in [line for line in text.splitlines() if line.startswith(" ")]:
        assert not set("{}[]<>~_'|:/-") & set(line), line
    assert len(text) < 20_000
    assert "le 12 juin 2026" in text


def test_what_we_write_no_more_is_not_quoted() -> None:
    """It may be a voice that agreed until yesterday, and so is what a person made of it."""
    taken = RevertedEdit(
        "T", "Paul", 12, "Un.\nDeux.", "Un.\n2.", "2026-06-12", "Loosbot", "Un.\nDeux."
    )
    assert may_be_quoted(taken)
    assert not may_be_quoted(replace(taken, back="Un."))
    text = note(taken, "Là.", quoted=False)
    assert "Deux" not in text and "2." not in text
    assert diff_link(12) in text


def test_the_pages_of_one_account_come_back_by_one_command() -> None:
    def edited(id_: str, user: str) -> PlannedPage:
        return PlannedPage(id_, "T", "T", "human-edit", "?", user=user)

    pages = [edited("recit/a", "Robot"), edited("recit/b", "Zoé"), edited("index/c d", "Robot")]
    lines = list(together([*pages, PlannedPage("recit/e", "T", "T", "retrait", "?", user="Robot")]))
    assert len(lines) == 2
    assert lines[0].startswith("Robot a modifié 2 pages.")
    assert lines[1] == "    loosbot sync --take-back recit/a --take-back 'index/c d'"
