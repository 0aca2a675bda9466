"""Voices that people take out, put in or put in another order on the wiki."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from test_pull import bodies, corpus_of, published, pulled, tree_of

from loosbot.decode.frame import outstanding, read_page
from loosbot.pull.carry import carry_back
from loosbot.pull.edits import EditedPage, PullResult, WikiEdit, WikiEdits
from loosbot.pull.proof import site_with

TALE = "narratives/recit/haie.yaml"
WHO = ("une habitante", "un habitant", "une agente", "un élu")
ROLES = {"une agente": "agent", "un élu": "elu"}
_VOICES = re.compile(r"(?<=^== Les voix ==\n\n).*?(?=\n\n{{Fiche récit)", re.DOTALL | re.MULTILINE)
Voice = tuple[str, str, int]
"""Who speaks, their words, and the day of May on which they agreed: each has a day of their own."""


def tale(voices: list[Voice]) -> dict[str, str]:
    lines = "".join(
        f"  - qui: {who}\n    role: {ROLES.get(who, 'habitant')}\n    nature: rapporte\n"
        f"    consentement: {{etat: public, date: 2024-05-{day:02}, portee: [wiki]}}\n"
        f"    texte: {text}\n"
        for who, text, day in voices
    )
    return {
        "loosbot.yaml": "corpus: essai\n",
        TALE: f"type: recit\ntitre: La haie\ndate: 2024-06\nvoix:\n{lines}",
    }


def voices_of(carried: PullResult, before: list[Voice]) -> list[Voice]:
    """The voices that the file holds after a pull, those that came with it left out."""
    if TALE not in carried.files:
        return before
    data = yaml.safe_load(carried.files[TALE])
    return [
        (voice["qui"], voice["texte"].strip(), voice["consentement"]["date"].day)
        for voice in data.get("voix", ())
        if voice["consentement"]["etat"] != "inconnu"
    ]


def pull_voices(
    folder: Path, file: list[Voice], wiki: list[Voice]
) -> tuple[PullResult, list[Voice]]:
    """What a pull makes of a récit with the voices of ``file``, left with those of ``wiki``."""
    base = published(tree_of(folder / "base", tale(file)))
    theirs = bodies(corpus_of(tree_of(folder / "theirs", tale(wiki))))["recit/haie"]
    # a person changes the voices, not what the page computes from them at its foot
    [voices] = _VOICES.findall(theirs)
    theirs = _VOICES.sub(lambda _: voices, base.rendered["recit/haie"].body)
    carried = pulled(base, {"recit/haie": theirs})
    return carried, voices_of(carried, file)


ALL: list[Voice] = [(who, f"Elle dit {n}.", n + 1) for n, who in enumerate(WHO)]


@pytest.mark.parametrize("gone", [{0}, {1}, {3}, {0, 2}, {1, 2, 3}])
def test_a_voice_taken_out_leaves_the_file_with_its_consent(gone: set[int], tmp_path: Path) -> None:
    wiki = [voice for n, voice in enumerate(ALL) if n not in gone]

    carried, left = pull_voices(tmp_path, ALL, wiki)

    assert left == wiki
    assert carried.complete


def typed(body: str, words: str) -> str:
    """A body with a passage that somebody typed between two voices."""
    before = "=== un habitant"
    assert before in body
    return body.replace(before, f"{words}\n\n{before}", 1)


HERS = "=== Marie D. · habitante ===\n\nElle voulait un '''banc'''.\n\nElle l’a eu."
ALONE = HERS.replace(" · habitante", "")
BOX = "{{Voix\n| Qui = Marie D.\n| Rôle = Habitant\n}}"
NEW = {
    "a heading and paragraphs": (HERS, {"accord": "habitante"}),
    "a heading with the word of the list": (HERS.replace("habitante", "Habitant"), {}),
    "a box": (f"{ALONE}\n\n{BOX}", {}),
    "a heading and a box": (f"{HERS}\n\n{BOX}", {"accord": "habitante"}),
    "a box with more": (
        f"{ALONE}\n\n" + BOX.replace("}}", "| Nature = Verbatim\n}}"),
        {"nature": "verbatim"},
    ),
}


@pytest.mark.parametrize(("words", "more"), NEW.values(), ids=NEW)
def test_a_voice_put_in_comes_back_and_its_consent_is_asked(
    words: str, more: dict[str, str], tmp_path: Path
) -> None:
    base = published(tree_of(tmp_path, tale(ALL[:2])))
    carried = pulled(base, {"recit/haie": typed(base.rendered["recit/haie"].body, words)})

    assert carried.complete, carried.pages[0].left
    voices = yaml.safe_load(carried.files[TALE])["voix"]
    assert [voice["qui"] for voice in voices] == [WHO[0], "Marie D.", WHO[1]]
    assert voices[1] == {
        "qui": "Marie D.",
        "role": "habitant",
        **more,
        "consentement": {"etat": "inconnu"},
        "texte": "Elle voulait un **banc**.\n\nElle l’a eu.\n",
    }


@pytest.mark.parametrize("sign", ["''", "'''", "'''''"])
def test_a_heading_in_bold_is_no_form_of_a_role(sign: str, tmp_path: Path) -> None:
    """Half its signs stand behind the role: they went into the file, and onto the page."""
    base = published(tree_of(tmp_path, tale(ALL[:2])))
    heading = f"=== {ALL[0][0]} ==="
    body = base.rendered["recit/haie"].body
    assert heading in body
    marked = body.replace(heading, f"=== {sign}{ALL[0][0]} · habitante{sign} ===")

    carried = pulled(base, {"recit/haie": marked})

    assert carried.files == {}
    [passage] = carried.pages[0].left
    assert f"habitante{sign}" in passage.after


def test_a_voice_without_a_place_to_speak_from_is_named(tmp_path: Path) -> None:
    base = published(tree_of(tmp_path, tale(ALL[:2])))
    carried = pulled(base, {"recit/haie": typed(base.rendered["recit/haie"].body, ALONE)})

    assert carried.files == {}
    [passage] = carried.pages[0].left
    assert "Marie D. · habitante" in passage.reason and "un '''banc'''" in passage.after


@pytest.mark.parametrize(
    ("wiki", "agreed"),
    [
        (HERS, True),
        (HERS.replace("l’a eu", "ne l’a pas eu"), False),
        (f"{HERS}\n\n* Et ceci.", False),
        (HERS.replace("Marie D.", "Paulette"), False),
        (HERS.replace("habitante", "élue"), False),
        (f"{HERS}\n\n{{{{Autre|Un mot.}}}}", False),
        (f"{HERS}\n\n{BOX}\n\nEncore ses mots.", False),
    ],
    ids=["the same", "other words", "more", "somebody else", "another place", "a box", "behind"],
)
def test_a_page_is_written_over_only_where_its_file_says_the_whole_voice(
    wiki: str, agreed: bool, tmp_path: Path
) -> None:
    base = published(tree_of(tmp_path / "base", tale(ALL[:2])))
    files = tale(
        [
            ALL[0],
            ("Marie D.", "|\n      Elle voulait un **banc**.\n\n      Elle l’a eu.", 9),
            ALL[1],
        ]
    )
    files[TALE] = files[TALE].replace("Marie D.\n", "Marie D.\n    accord: habitante\n")
    files[TALE] = files[TALE].replace(
        "rapporte\n    consentement: {etat: public, date: 2024-05-09",
        "verbatim\n    consentement: {etat: public, date: 2024-05-09",
    )
    now = published(tree_of(tmp_path / "now", files))
    names = site_with(now, now.corpus).names
    body = base.rendered["recit/haie"].body
    pages = (body, typed(body, wiki), now.rendered["recit/haie"].body)
    differences, regions = outstanding(
        *(read_page("recit/haie", page, names) for page in pages), names
    )
    assert (not differences and not regions) is agreed


def test_a_name_put_into_the_middle_of_a_voice_is_told(tmp_path: Path) -> None:
    """Her words stay hers: the box below says so. Who is named above half of them is told."""
    voices = [("une habitante", '"Elle dit un.\\n\\nElle dit deux."', 1), *ALL[1:]]
    base = published(tree_of(tmp_path, tale(voices)))
    body = base.rendered["recit/haie"].body
    heading = "=== Zoé P. · élue ===\n\n"

    carried = pulled(
        base, {"recit/haie": body.replace("Elle dit deux.", f"{heading}Elle dit deux.")}
    )

    assert carried.files == {}
    assert any("Zoé P." in left.after for left in carried.pages[0].left)


def test_voices_in_another_order_are_named(tmp_path: Path) -> None:
    carried, left = pull_voices(tmp_path, ALL[:2], [ALL[1], ALL[0]])

    assert left == ALL[:2]
    [passage] = carried.pages[0].left
    assert "consentement" in passage.reason


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_nobody_s_words_go_under_another_s_consent(data: st.DataObject) -> None:
    file = data.draw(st.lists(st.sampled_from(ALL), min_size=1, max_size=4, unique=True))
    wiki = data.draw(st.lists(st.sampled_from(ALL), min_size=1, max_size=4, unique=True))
    number = data.draw(st.integers(0, len(wiki) - 1))
    who, text, day = wiki[number]
    wiki[number] = data.draw(
        st.sampled_from([wiki[number], (who, f"{text} Et plus.", day), ("un voisin", text, day)])
    )

    with tempfile.TemporaryDirectory() as folder:
        carried, left = pull_voices(Path(folder), file, wiki)

    agreed = {day: (who, text) for who, text, day in file}
    for who, text, day in left:
        assert who == agreed[day][0] or text == agreed[day][1]
        assert text.startswith(agreed[day][1].rstrip("."))
    if not carried.complete:
        assert {day for *_, day in left} == set(agreed)


def test_edit_after_edit_the_voices_that_stay_keep_their_rank(tmp_path: Path) -> None:
    """As ``pull --branch`` does: a voice goes, then another one is corrected."""
    base = published(tree_of(tmp_path, tale(ALL[:3])))
    body = base.rendered["recit/haie"].body
    first, second = (body.index(f"=== {who} ") for who in WHO[:2])
    less = body[:first] + body[second:]
    more = less.replace("Elle dit 2.", "Elle dit deux.")
    edits = tuple(
        WikiEdit(number, "Camille", "", "", *sides)
        for number, sides in enumerate(((body, less), (less, more)), 7)
    )
    gathered = WikiEdits((EditedPage("recit/haie", "La haie", edits),), (), ())

    carried = carry_back(base, gathered, one_by_one=True)

    assert carried.complete
    assert [change.labels for change in carried.changes] == [("Voix 1",), ("Voix 2",)]
    assert voices_of(carried, ALL) == [ALL[1], (ALL[2][0], "Elle dit deux.", ALL[2][2])]
