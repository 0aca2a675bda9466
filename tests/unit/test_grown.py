"""A change of a corpus that is held: read, checked and masked as if everything were read anew."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

import corpora
import fiches
import pytest
from calls import calls_during
from test_spared import DAY, PEOPLE

from loosbot.corpus.check import checkedfile
from loosbot.corpus.check.load import held_corpus, judged
from loosbot.corpus.check.parsedtree import ParsedTree
from loosbot.corpus.links import Linker
from loosbot.corpus.model import Corpus, Reading
from loosbot.corpus.privacy.consent import EVERY_DAY, Channel, for_channel, for_days
from loosbot.corpus.privacy.mask import Mask
from loosbot.corpus.tree import FolderTree, Overlay

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
import corpus as made_up

Files = Mapping[str, str]
LISE = PEOPLE["narratives/acteur/lise.yaml"]
FOUR = PEOPLE["narratives/projet/four.yaml"]
TALE = """type: recit
titre: Le soir
voix:
  - qui: acteur/jean
    role: habitant
    texte: Nous avions porté toutes les planches du four jusque sous la halle.
  - {qui: Mme Durand, role: agent, repond_a: Paul, texte: Il pleuvait.}
"""
CHANGES: dict[str, Files] = {
    "nothing": {},
    "a text": {"narratives/projet/vis.yaml": "type: projet\ntitre: Des vis\ntexte: Rien.\n"},
    "a text that names who is masked": {
        "narratives/projet/four.yaml": f"{FOUR}  Lise Q. l’allume, Lise le dit.\n"
    },
    "a link to who is masked": {
        "narratives/projet/vis.yaml": "type: projet\ntitre: Des vis\ninitiative: [acteur/lise-q]\n"
    },
    "who withdraws": {
        "narratives/acteur/lise.yaml": LISE.replace("interne, portee: [soiree]", "retire")
    },
    "who is shown from now on": {
        "narratives/acteur/lise.yaml": LISE.replace("interne, portee: [soiree]", "public")
    },
    "a name of who is masked": {"narratives/acteur/lise.yaml": f"{LISE}variantes: [Le plan]\n"},
    "somebody shown of a like name": {
        "narratives/acteur/lise-r.yaml": "type: acteur\ntitre: Lise Roux\ngenre: personne\n"
        "public: oui\n"
    },
    "words of a voice that is masked": {
        "narratives/recit/soir.yaml": TALE.replace("Nous avions", "Jean et moi avions"),
        "narratives/projet/vis.yaml": "type: projet\ntitre: Des vis\ntexte: |\n"
        "  Elles ont porté toutes les planches du four jusque sous la halle.\n",
    },
    "a voice that is not his": {
        "narratives/recit/soir.yaml": TALE.replace("acteur/jean", "acteur/lise")
    },
    "another title": {
        "narratives/projet/banc.yaml": PEOPLE["narratives/projet/banc.yaml"].replace(
            "Un banc", "Le banc de Lise"
        )
    },
    "a former id": {
        "narratives/projet/vis.yaml": PEOPLE["narratives/projet/vis.yaml"]
        + "anciens_ids: [projet/vieilles-vis]\n"
    },
    "a former id that is no more": {
        "narratives/projet/ensemble.yaml": "type: projet\ntitre: Ensemble\n"
    },
    "a new record": {"narratives/recit/matin.yaml": "type: recit\ntitre: Le matin\n"},
    "a link to nothing": {
        "narratives/projet/banc.yaml": "type: projet\ntitre: Un banc\nliens: [projet/rien]\n"
    },
    "a title that is taken": {
        "narratives/projet/banc.yaml": "type: projet\ntitre: Le four\n",
    },
    "a file that is no YAML": {"narratives/projet/banc.yaml": "type: [\n"},
    "an abbreviation": {
        "narratives/acteur/afr.yaml": "type: acteur\ntitre: Les amis du four\ngenre: association\n"
        "variantes: [LADF]\n",
    },
    "sections of a source": {
        "narratives/source/plan.yaml": "type: source\ntitre: Le plan\nsections:\n"
        "  - {repere: '2', titre: Deux}\n",
    },
}
WARNED = "type: projet\ntitre: Des clous\ninitiative: [LADF]\nsources: [plan § 1]\n"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> tuple[FolderTree, ParsedTree]:
    folder = tmp_path_factory.mktemp("town")
    texts = {path: text.replace("TEXTE", "Un mot") for path, text in fiches.FILES.items()}
    source = {"narratives/source/plan.yaml": "type: source\ntitre: Le plan\n"}
    here = {**texts, **PEOPLE, **source, "narratives/recit/soir.yaml": TALE}
    tree = FolderTree(corpora.write(folder, {**here, "narratives/projet/clous.yaml": WARNED}))
    return tree, held_corpus(tree)[1]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_read_and_masked_as_if_nothing_were_known(
    change: Files, town: tuple[FolderTree, ParsedTree]
) -> None:
    tree, held = town
    assert held.corpus is not None
    for channel in get_args(Channel):
        for_days(held.corpus, channel, (DAY, *EVERY_DAY))
    files = {path: text.encode() for path, text in change.items()}
    for overlay in (files, {}, files):
        fresh = judged(Overlay(tree, overlay), list(overlay))
        grown = judged(Overlay(held, overlay), list(overlay), held)
        assert _but_joined(grown[0]) == _but_joined(fresh[0])
        assert grown[1] == fresh[1]
        if grown[0].corpus is None or fresh[0].corpus is None:
            continue
        for channel in get_args(Channel):
            for day in (DAY, *EVERY_DAY):
                shown = for_channel(grown[0].corpus, channel, day)
                assert _but_files(shown) == _but_files(for_channel(fresh[0].corpus, channel, day))


def _but_joined(reading: Reading) -> tuple[Any, ...]:
    corpus = _but_files(reading.corpus) if reading.corpus else None
    return corpus, reading.findings, reading.files, reading.records


def _but_files(corpus: Corpus) -> tuple[Any, ...]:
    """All that a corpus holds; how the bytes of a joined file are read again is never the same."""
    joined = {path: (file.kind, file.sha1) for path, file in corpus.attached.items()}
    parts = (corpus.records, corpus.pages, corpus.indexes, corpus.templates, corpus.config)
    return *parts, corpus.links, corpus.backlinks, corpus.versions, corpus.unsaid, joined


def test_only_what_changed_is_read_checked_and_asked(tmp_path: Path) -> None:
    made_up.write(corpora.write(tmp_path, PEOPLE), 150)
    corpus, held = held_corpus(FolderTree(tmp_path))
    for_channel(corpus, "wiki", DAY)
    path = "narratives/projet/vis.yaml"
    files = {path: PEOPLE[path].replace("encore", "et encore").encode()}

    def grown() -> Corpus:
        reading, _ = judged(Overlay(held, files), (), held)
        assert reading.corpus is not None
        return for_channel(reading.corpus, "wiki", DAY)

    shown = grown()
    calls = calls_during(grown)
    others = len(shown.pages) + len(shown.indexes)
    masked = sum(corpus.records.get(id_) is not record for id_, record in shown.records.items())
    assert calls[checkedfile.read.__code__] == 1
    # one file that was changed, and what the mask changes anyhow
    assert calls[Linker.check.__code__] <= 1 + masked + others
    assert calls[Mask._names_nobody.__code__] < 10
