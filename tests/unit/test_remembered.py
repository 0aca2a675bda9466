"""What is kept of the files, and of what was said of them, changes no answer and holds nobody who
withdrew."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from loosbot.corpus.check import cachefolder, incremental
from loosbot.corpus.check.filecache import read_cache, write_cache
from loosbot.corpus.check.load import held_corpus, load_corpus
from loosbot.corpus.check.load import judged as judged_with
from loosbot.corpus.model import Corpus, Finding, Reading
from loosbot.corpus.tree import FolderTree, Overlay

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
    "narratives/source/carnet.yaml": "type: source\ntitre: Carnet\ngenre: document\n",
    "narratives/projet/plan.pdf": "%PDF-1.4\n",
    "pages/accueil.md": "---\ntitre: Accueil\nrubrique: accueil\n---\nVoir [le banc](../narratives"
    "/recit/banc.yaml).\n",
}
READ = sum(not path.endswith(".pdf") for path in FILES)
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
    "narratives/projet/vis.yaml": (
        # says something of others, or is told of because of them
        "type: projet\ntitre: Des vis\nsources: [carnet § 1]\nparties_prenantes: [AFT]\n",
        "type: projet\ntitre: Des vis\nsources: [carnet § 7]\nparties_prenantes: [AFT, UVW]\n",
        "type: projet\ntitre: Des vis\nnotes: [Voir lieu/place]\nliens: [lieu/nulle-part]\n",
        "type: projet\ntitre: Des vis\ndocuments: [{fichier: plan.pdf, alt: Le plan}]\n",
    ),
    "narratives/projet/plan.pdf": ("%PDF-1.4\nAutre\n", "rien"),
    "narratives/source/carnet.yaml": (
        "type: source\ntitre: Carnet\ngenre: document\nsections: [{repere: '1', titre: Un}]\n",
        "type: source\ntitre: Carnet\ngenre: document\nresume: Un carnet\n",
    ),
    "narratives/acteur/amis.yaml": (
        "type: acteur\ntitre: Les amis du four\ngenre: association\nvariantes: [AFT]\n",
        "type: acteur\ntitre: Les amis du four\ngenre: association\ntexte: Ils sont dix.\n",
    ),
    "narratives/recit/lise-q.yaml": (
        "type: recit\ntitre: Un récit\nvoix: [{qui: Paul D., role: habitant, texte: Bonjour}]\n",
        "type: recit\ntitre: Un récit\nvoix:\n  - {qui: Paul D., role: habitant, texte: Bonjour, "
        "consentement: {etat: public, jusquau: 2026-05-20}}\n",
    ),
    "pages/notes.txt": ("Des notes\n",),
    "pages/accueil.md": (
        FILES["pages/accueil.md"] + "\nEt [rien](../narratives/recit/rien.yaml)\n",
    ),
    "pages/versions.yaml": (
        "versions: [{nom: '2019', titre: Un, date: 2019, phrase: Le début.}]\n",
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


def answer(folder: Path, cache: Path | None, day: date = DAY) -> tuple[Reading, list[Finding]]:
    """What any command reads, and all that ``check`` says, as if each were a process of its own."""
    cachefolder.use(cache)
    tree = FolderTree(folder)
    answered = incremental.check(tree, day).reading
    reading = load_corpus(tree)
    assert (answered.files, answered.records) == (reading.files, reading.records)
    return reading, list(answered.findings)


def shown(given: object) -> str:
    """All of it, but where in memory a function is that reads a joined file."""
    return re.sub(r" at 0x[0-9a-f]+", "", repr(given))


def judged(folder: Path, cache: Path) -> int:
    """How many files a ``check`` reads in earnest."""
    cachefolder.use(cache)
    return incremental.check(FolderTree(folder), DAY).read


def kept(cache: Path) -> str:
    return "".join(path.read_text("utf-8") for path in sorted(cache.rglob("*.json")))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_the_answer_is_the_same_with_and_without(folder: Path, cache: Path, seed: int) -> None:
    drawn = random.Random(seed)  # noqa: S311 - a history, no secret
    day, broken = DAY, ""
    for _ in range(40):
        path, text = changed(drawn, broken)
        if text is None:
            (folder / path).unlink(missing_ok=True)
        else:
            write(folder, path, text)
        if drawn.random() < 0.1:
            for file in cache.rglob("*.json"):
                file.unlink()
        day += timedelta(days=drawn.choice((0, 0, 0, 0, 1, 20)))
        with_it, without = answer(folder, cache, day), answer(folder, None, day)
        assert shown(with_it) == shown(without)
        broken = "" if with_it[0].corpus else path


def changed(drawn: random.Random, broken: str) -> tuple[str, str | None]:
    """A file and its new text, None where it goes. What broke a corpus is mended soon, and half of
    the changes are words that nothing else asks for."""
    path = broken if broken and drawn.random() < 0.7 else drawn.choice(sorted(CHANGES))
    first = FILES.get(path)
    text = first if path == broken else drawn.choice((*CHANGES[path], first))
    if text is not None and drawn.random() < 0.5 and path.endswith(".yaml"):
        text = f"{text}# {drawn.random()}\n"
    return path, text


def test_only_what_changed_is_read_in_earnest(folder: Path, cache: Path) -> None:
    assert judged(folder, cache) == READ
    assert judged(folder, cache) == 0
    path = "narratives/lieu/place.yaml"
    write(folder, path, f"{FILES[path]}texte: Une place ronde.\n")
    assert judged(folder, cache) == 1
    assert judged(folder, cache) == 0
    # others may ask for its title: what was said of them is found again, and they are known
    write(folder, path, CHANGES[path][0])
    assert judged(folder, cache) == 1


def test_another_clone_of_the_town_knows_it_too(folder: Path, cache: Path, tmp_path: Path) -> None:
    assert judged(folder, cache) == READ
    clone = tmp_path / "ailleurs"
    shutil.copytree(folder, clone)
    assert judged(clone, cache) == 0

    write(clone, "loosbot.yaml", "corpus: une-autre-ville\n")
    assert judged(clone, cache) == READ


def test_what_a_command_knows_check_has_kept(folder: Path, cache: Path) -> None:
    judged(folder, cache)
    write(
        folder, "narratives/lieu/place.yaml", FILES["narratives/lieu/place.yaml"] + "notes: [A]\n"
    )
    judged(folder, cache)
    assert answer(folder, cache)[0].judged == 0


def test_a_change_that_is_only_tried_is_read_with_it_and_not_kept(
    folder: Path, cache: Path
) -> None:
    answer(folder, cache)
    before = kept(cache)
    _, held = held_corpus(FolderTree(folder))
    tried = Overlay(held, {"narratives/projet/banc.yaml": b"type: projet\ntitre: Un autre banc\n"})

    reading, _ = judged_with(tried, (), held)

    assert kept(cache) == before
    cachefolder.use(None)
    assert repr(load_corpus(tried).corpus) == repr(reading.corpus)


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
    assert answer(folder, cache)[0].judged < READ


def test_what_an_older_clone_kept_since_goes_whatever_reads_the_corpus(
    folder: Path, cache: Path, tmp_path: Path
) -> None:
    older = tmp_path / "ailleurs"
    shutil.copytree(folder, older)
    path = "narratives/recit/banc.yaml"
    write(folder, path, CHANGES[path][1])
    answer(folder, cache)
    answer(older, cache)
    assert "vieille grange" in kept(cache) and "Lise" in kept(cache)

    cachefolder.use(cache)
    assert load_corpus(FolderTree(folder)).corpus
    assert "vieille grange" not in kept(cache)
    assert not list(cache.rglob("dit.json"))


def test_it_is_for_the_eyes_of_its_owner(folder: Path, cache: Path) -> None:
    answer(folder, cache)
    (place,) = cache.iterdir()
    assert place.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("spoiled", [b"", b"[]", b'{"scope": 1}', b"\xff", b"null"])
def test_an_odd_file_is_as_none(folder: Path, cache: Path, spoiled: bytes) -> None:
    answer(folder, cache)
    for path in cache.rglob("*.json"):
        path.write_bytes(spoiled)
    assert shown(answer(folder, cache)) == shown(answer(folder, None))


def test_a_file_of_which_a_letter_changed_is_as_none(folder: Path, cache: Path) -> None:
    answer(folder, cache)
    for path in cache.rglob("*.json"):
        data = path.read_bytes()
        path.write_bytes(data.replace(b"e", b"a", 1))
        with pytest.raises(ValueError, match="damaged"):
            read_cache(path)
    assert judged(folder, cache) == READ
    assert judged(folder, cache) == 0


def test_a_store_that_says_something_else_is_thrown_away(folder: Path, cache: Path) -> None:
    for path in ("lieu/place", "acteur/amis", "projet/banc", "source/carnet"):
        (folder / f"narratives/{path}.yaml").unlink()
    write(folder, "narratives/recit/banc.yaml", TALE.replace("projet: projet/banc\n", ""))
    answer(folder, cache)
    for file in cache.rglob("?.json"):
        text = json.dumps(read_cache(file), ensure_ascii=False)
        write_cache(file, json.loads(text.replace("vieille grange", "grange voisine")))
    assert "grange voisine" in kept(cache)
    reading, _ = answer(folder, cache)
    assert "vieille grange" in repr(corpus_of(reading).records)
    assert "grange voisine" not in kept(cache)


@pytest.mark.parametrize("other", ["Audrey Matin", "rien"], ids=["another answer", "another form"])
def test_an_answer_that_does_not_hold_is_thrown_away(folder: Path, cache: Path, other: str) -> None:
    for path in ("lieu/place", "acteur/amis", "projet/banc", "source/carnet"):
        (folder / f"narratives/{path}.yaml").unlink()
    text = CHANGES["narratives/recit/banc.yaml"][2].replace("projet: projet/banc\n", "")
    write(folder, "narratives/recit/banc.yaml", text)
    (finding,) = answer(folder, cache)[1]
    assert "Audrey Martin" in finding.message
    (store,) = cache.rglob("dit.json")
    text = json.dumps(read_cache(store), ensure_ascii=False)
    spoiled = text.replace("Audrey Martin", other)
    write_cache(
        store,
        json.loads(spoiled.replace('"warning"', '"rien"') if other == "rien" else spoiled),
    )
    assert answer(folder, cache)[1] == [finding]
    assert "Audrey Martin" in store.read_text("utf-8")


def test_an_entry_of_another_form_is_read_again(folder: Path, cache: Path) -> None:
    answer(folder, cache)
    for path in cache.rglob("?.json"):
        data = read_cache(path)
        data["entries"] = {key: [1, 2] for key in data["entries"]}
        write_cache(path, data)
    assert answer(folder, cache)[0].judged == READ
    assert answer(folder, cache)[0].judged == 0


def corpus_of(reading: Reading) -> Corpus:
    assert reading.corpus is not None
    return replace(reading.corpus)
