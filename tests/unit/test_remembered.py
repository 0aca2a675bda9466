"""What is kept of the files that were read changes no answer, and holds nobody who withdrew."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from loosbot.corpus.check import cachefolder, memory
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import Corpus, Finding, Reading
from loosbot.corpus.privacy import agreed
from loosbot.corpus.tree import FolderTree

DAY = date(2026, 5, 4)
TALE = """\
type: recit
titre: Le banc
projet: projet/banc
voix:
  - qui: acteur/lise
    role: habitant
    nature: rapporte
    texte: Les planches venaient toutes de la vieille grange du moulin.
"""
FILES = {
    "loosbot.yaml": "corpus: essai\n",
    "narratives/acteur/lise.yaml": "type: acteur\ntitre: Lise Q.\ngenre: personne\n"
    "consentement: {etat: public}\n",
    "narratives/acteur/amis.yaml": "type: acteur\ntitre: Les amis du four\ngenre: association\n",
    "narratives/projet/banc.yaml": "type: projet\ntitre: Un banc\nresume: Un banc sous le tilleul\n"
    "notes: [Lise Q. garde la clé du cabanon]\n",
    "narratives/lieu/place.yaml": "type: lieu\ntitre: La place\ngenre: site\n",
    "narratives/recit/banc.yaml": TALE,
    "pages/accueil.md": "---\ntitre: Accueil\nrubrique: accueil\n---\nVoir [le banc](../narratives"
    "/recit/banc.yaml).\n",
}
CHANGES = {
    "narratives/lieu/place.yaml": (
        "type: lieu\ntitre: La place du four\ngenre: site\n",
        "type: lieu\ntitre: Lise Q.\ngenre: site\n",
        "type: lieu\ntitre: [\n",
        "type: lieu\ntitre: La place\ngenre: inconnue\n",
    ),
    "narratives/acteur/lise.yaml": (
        "type: acteur\ntitre: Lise Q.\ngenre: personne\nconsentement: {etat: retire}\n",
        "type: acteur\ntitre: Line Q.\ngenre: personne\nconsentement: {etat: interne}\n",
    ),
    "narratives/recit/banc.yaml": (
        TALE + "sources: [inventee]\n",
        TALE + "    consentement: {etat: retire}\n",
        TALE.replace("toutes", "presque toutes, dit Audrey Martin,"),
    ),
    "narratives/projet/banc.yaml": ("type: projet\ntitre: Un banc\nannee: 2012.0\nbudget: 1\n",),
    "narratives/projet/banc-2.yaml": (
        "type: projet\ntitre: Un banc\nanciens_ids: [projet/banc]\n",
        "type: projet\ntitre: Encore un banc\nannee: 2014\nresume: Voir recit/banc\n",
    ),
    "loosbot.yaml": (
        "corpus: essai\najouts: {mots: {theme: [{mot: four, titre: Four, definition: Le four}]}}\n",
        "corpus: autre\n",
    ),
}


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "cache"
    cachefolder.use(None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        write(tmp_path / "corpus", path, text)
    return tmp_path / "corpus"


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")


def answer(folder: Path, cache: Path | None) -> tuple[Reading, list[Finding]]:
    """What ``check`` reads and says, from a process of its own as far as this store goes."""
    cachefolder.use(cache)
    tree = FolderTree(folder)
    reading = load_corpus(tree)
    said = agreed.findings(reading.corpus, tree, DAY, memory.quiet(tree)) if reading.corpus else []
    return reading, said


def kept(cache: Path) -> str:
    return "".join(one.read_text("utf-8") for one in sorted(cache.rglob("*.json")))


@pytest.mark.parametrize("seed", range(12))
def test_the_answer_is_the_same_with_and_without(folder: Path, cache: Path, seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - a history, no secret
    for _ in range(25):
        path = drawn.choice(sorted(CHANGES))
        text = drawn.choice((*CHANGES[path], FILES.get(path)))
        if text is None:
            (folder / path).unlink(missing_ok=True)
        else:
            write(folder, path, text)
        if drawn.random() < 0.1:
            for one in cache.rglob("*.json"):
                one.unlink()
        assert repr(answer(folder, cache)) == repr(answer(folder, None))


def test_only_what_changed_is_read_in_earnest(folder: Path, cache: Path) -> None:
    assert answer(folder, cache)[0].judged == len(FILES)
    # templates apart, which there are none of here, everything is known
    assert answer(folder, cache)[0].judged == 0
    write(folder, "narratives/lieu/place.yaml", CHANGES["narratives/lieu/place.yaml"][0])
    assert answer(folder, cache)[0].judged == 1


def test_what_the_corpus_has_no_more_is_not_kept(folder: Path, cache: Path) -> None:
    answer(folder, cache)
    assert "sous le tilleul" in kept(cache)
    write(folder, "narratives/projet/banc.yaml", "type: projet\ntitre: Un banc\n")
    answer(folder, cache)
    assert "tilleul" not in kept(cache)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("narratives/acteur/lise.yaml", CHANGES["narratives/acteur/lise.yaml"][0]),
        ("narratives/recit/banc.yaml", CHANGES["narratives/recit/banc.yaml"][1]),
    ],
    ids=["person", "voice"],
)
def test_nothing_of_who_withdrew_is_kept(folder: Path, cache: Path, path: str, text: str) -> None:
    answer(folder, cache)
    before = kept(cache)
    assert "Lise" in before and "vieille grange" in before
    write(folder, path, text)
    reading, _ = answer(folder, cache)
    assert reading.corpus is not None
    assert "vieille grange" not in kept(cache)
    if "acteur" in path:
        assert "lise" not in kept(cache).lower()
    assert answer(folder, cache)[0].judged < len(FILES)


def test_it_is_for_the_eyes_of_its_owner(folder: Path, cache: Path) -> None:
    answer(folder, cache)
    (place,) = cache.iterdir()
    assert place.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("spoiled", [b"", b"[]", b'{"scope": 1}', b"\xff", b"null"])
def test_an_odd_file_is_as_none(folder: Path, cache: Path, spoiled: bytes) -> None:
    answer(folder, cache)
    for one in cache.rglob("*.json"):
        one.write_bytes(spoiled)
    assert repr(answer(folder, cache)) == repr(answer(folder, None))


def test_a_store_that_says_something_else_is_thrown_away(folder: Path, cache: Path) -> None:
    for path in ("lieu/place", "acteur/amis", "projet/banc"):
        (folder / f"narratives/{path}.yaml").unlink()
    write(folder, "narratives/recit/banc.yaml", TALE.replace("projet: projet/banc\n", ""))
    answer(folder, cache)
    for one in cache.rglob("?.json"):
        text = one.read_text("utf-8")
        one.write_text(text.replace("vieille grange", "grange voisine"), "utf-8")
    assert "grange voisine" in kept(cache)
    reading, _ = answer(folder, cache)
    assert "vieille grange" in repr(corpus_of(reading).records)
    assert "grange voisine" not in kept(cache)


def test_an_entry_of_another_form_is_read_again(folder: Path, cache: Path) -> None:
    answer(folder, cache)
    for one in cache.rglob("?.json"):
        data = json.loads(one.read_text("utf-8"))
        data["entries"] = {key: [1, 2] for key in data["entries"]}
        one.write_text(json.dumps(data), "utf-8")
    assert answer(folder, cache)[0].judged == len(FILES)
    assert answer(folder, cache)[0].judged == 0


def corpus_of(reading: Reading) -> Corpus:
    assert reading.corpus is not None
    return replace(reading.corpus)
