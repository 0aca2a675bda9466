"""A role is said as it is said of the person: « habitante », « agentes », « élus »."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from corpora import corpus
from test_pull import published, pulled, tree_of

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.tree import FolderTree
from loosbot.fields.voices import place_of, speaking_roles
from loosbot.render.pages import default_titles, render

ROOT = Path(__file__).parents[2]


def tale(*more: str) -> dict[str, str]:
    voice = "\n".join(f"    {line}" for line in ("role: habitant", *more))
    who = "  - qui: Marie B.\n"
    if more and more[0].startswith("qui:"):
        who, voice = f"  - {more[0]}\n", "    role: habitant"
    return {
        "loosbot.yaml": "corpus: essai\n",
        "narratives/recit/banc.yaml": "type: recit\ntitre: Un banc\nvoix:\n"
        f"{who}{voice}\n"
        "    consentement: {etat: public, portee: [wiki]}\n    texte: Elle voulait un banc.\n",
    }


@pytest.mark.parametrize(
    ("more", "heading", "parameter"),
    [
        ((), "=== Marie B. · habitant ===", False),
        (("accord: habitante",), "=== Marie B. · habitante ===", True),
        (("qui: Une habitante",), "=== Une habitante ===", False),
        (("accord: voisine d’en face",), "=== Marie B. · voisine d’en face ===", True),
    ],
)
def test_the_heading_of_a_voice_says_the_agreed_word(
    tmp_path: Path, more: tuple[str, ...], heading: str, parameter: bool
) -> None:
    town = corpus(tmp_path, tale(*more))
    body = render(town, default_titles(town))["recit/banc"].body
    assert heading in body
    assert "| Rôle = Habitant\n" in body
    assert ("| Accord = " in body) is parameter


@pytest.mark.parametrize(
    ("voices", "expected"),
    [
        ([{"role": "habitant"}], ["habitant"]),
        ([{"role": "habitant", "accord": "habitantes"}], ["habitantes"]),
        (
            [
                {"role": "agent", "accord": "agente"},
                {"role": "habitant"},
                {"role": "habitant", "accord": "habitante"},
            ],
            ["habitant", "agente"],
        ),
        ([{"qui": "Une voix"}], []),
    ],
)
def test_the_roles_of_several_voices(voices: list[Mapping[str, Any]], expected: list[str]) -> None:
    assert speaking_roles(voices) == expected


def test_a_word_corrected_on_the_wiki_comes_back(tmp_path: Path) -> None:
    base = published(tree_of(tmp_path / "base", tale("accord: habitante")))
    page = base.rendered["recit/banc"].body
    assert page.count("| Accord = habitante") == 1
    carried = pulled(
        base, {"recit/banc": page.replace("| Accord = habitante", "| Accord = riveraine")}
    )
    assert "accord: riveraine" in str(carried.files["narratives/recit/banc.yaml"])


def test_the_shipped_corpus_says_no_woman_in_the_masculine() -> None:
    read = load_corpus(FolderTree(ROOT)).corpus
    assert read is not None
    women = {
        name
        for name, record in read.records.items()
        if str(record.data.get("accord", "")).endswith("e")
    }
    assert len(women) == 15
    for record in read.records.values():
        for voice in record.data.get("voix", ()):
            who = voice["qui"] if isinstance(voice["qui"], list) else [voice["qui"]]
            if women.issuperset(who):
                assert place_of(voice).rstrip("s").endswith("e"), record.id
            elif len(who) > 1:
                assert place_of(voice).endswith("s"), record.id
