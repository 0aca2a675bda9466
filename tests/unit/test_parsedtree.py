"""A version of a corpus held in memory: what is judged on it is what would be judged without."""

from __future__ import annotations

from pathlib import Path

import pytest
from clerk import AROUND
from corpora import write

from loosbot.corpus.check.load import judged
from loosbot.corpus.check.parsedtree import ParsedTree
from loosbot.corpus.tree import FolderTree, Overlay

NEW = "narratives/recit/banc.yaml"
TALE = """type: recit
titre: Un banc
voix:
  - qui: Marie D.
    role: habitant
    texte: Elle voulait un banc.
"""
CHANGES = {
    "nothing": {},
    "a sound record": {NEW: TALE},
    "a link to nothing": {NEW: f"{TALE}projet: projet/inconnu\n"},
    "a title that is taken": {NEW: TALE.replace("Un banc", "La fiche groupes-dechets")},
    "a file that is no YAML": {NEW: "type: [\n"},
    "a record that others name, with a fault": {
        "narratives/acteur/commune.yaml": "type: acteur\ntitre: La commune\ngenre: rien\n"
    },
    "words of the town": {
        "loosbot.yaml": "corpus: essai\najouts:\n  vocabulaires:\n    theme:\n"
        "      - cle: jardins\n        titre: Jardins\n        definition: Les jardins.\n"
    },
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_judged_as_if_nothing_were_held(change: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, {**AROUND, "narratives/recit/autre.yaml": f"{TALE}themes: [inconnu]\n"})
    tree = FolderTree(tmp_path)
    held = ParsedTree(tree)
    files = {path: text.encode() for path, text in change.items()}
    for overlay in ({}, files, {}, files):
        fresh = judged(Overlay(tree, overlay), list(overlay))
        kept = judged(Overlay(held, overlay), list(overlay), held)
        assert kept == fresh


def test_it_reads_as_its_tree_and_no_file_twice(tmp_path: Path) -> None:
    write(tmp_path, AROUND)
    tree = FolderTree(tmp_path)
    held = ParsedTree(tree)
    paths = [entry.path for entry in tree.entries()]
    assert held.entries() == tree.entries()
    assert list(held.read(paths)) == list(tree.read(paths))
    assert list(held.read(paths, 3)) == list(tree.read(paths, 3))
    (tmp_path / "narratives/acteur/afr.yaml").unlink()
    assert dict(held.read(["narratives/acteur/afr.yaml"]))
    assert judged(held, [], held)[0].files == len(paths)
