"""A page that is kept with what it read is the page that a rendering without it gives."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fiches import FILES

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.tree import FolderTree
from loosbot.render.pages import each
from loosbot.render.readings import Kept, Renderings
from loosbot.render.rendered import RenderedPage
from loosbot.sync.pagestore import PageStore

DAY = date(2026, 5, 4)
SETTINGS = "corpus: essai\n"
MORE = {
    "loosbot.yaml": (
        "corpus: essai\nprefixe_pages: 'Loos:'\n",
        "corpus: essai\nreferentiel: non\n",
    ),
    "narratives/recit/suite.yaml": (
        "type: recit\ntitre: La suite\nprojet: projet/ensemble\nlieu: lieu/champ\n",
        "type: recit\ntitre: La suite\nprojet: fifty-fifty/chemins\nthemes: [eau]\n",
    ),
    "narratives/acteur/lise.yaml": (
        "type: acteur\ntitre: Lise Q.\ngenre: personne\nconsentement: {etat: retire}\n",
        "type: acteur\ntitre: Lise Q.\ngenre: personne\norganisation: acteur/afr\n"
        "consentement: {etat: public, portee: [wiki]}\n",
    ),
    "narratives/projet/plus.yaml": (
        "type: projet\ntitre: Plus loin\nparent: projet/ensemble\nresume: Avec Lise Q. au champ\n",
        "type: projet\ntitre: Plus loin\nanciens_ids: [projet/moins]\ninitiative: acteur/afr\n",
    ),
    "pages/index/parcours.yaml": (
        "titre: Par où commencer\nparcours: [{fiche: recit/chantier}, {fiche: lieu/champ}]\n",
        "titre: Par où finir\nparcours: [{fiche: projet/ensemble, pourquoi: Tout y est}]\n",
    ),
    "pages/methode.md": (
        "---\ntitre: La méthode\n---\nVoir [le champ](../narratives/lieu/champ.yaml).\n",
        "---\ntitre: La manière\n---\nVoir [la source](../narratives/source/referentiel.yaml).\n",
    ),
}
"""Files that a history puts beside the others, each as two people might write it."""
TITLES: tuple[dict[str, str], ...] = (
    {},
    {"projet/ensemble": "Déplacé", "modele/Source": "Modèle:Réf"},
    {"recit/chantier": "Le chantier (récit)"},
)
MEDIA = (frozenset[str](), frozenset({"svg", "png", "jpg"}))


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, text in {**FILES, "loosbot.yaml": SETTINGS}.items():
        write(tmp_path / "corpus", path, text)
    return tmp_path / "corpus"


def corpus_of(folder: Path) -> Corpus | None:
    read = load_corpus(FolderTree(folder)).corpus
    return for_channel(read, "wiki", DAY) if read else None


def changed(folder: Path, drawn: random.Random) -> None:
    """One thing that somebody may do to a corpus: add a file, take one away, change some words."""
    path = drawn.choice((*MORE, *FILES))
    now = (folder / path).read_text("utf-8") if (folder / path).exists() else None
    if path in MORE and (now is None or drawn.random() < 0.7):
        write(folder, path, drawn.choice(MORE[path]))
    elif now is not None and path not in FILES:
        (folder / path).unlink()
    elif now is not None:
        old, new = drawn.choice(
            (("TEXTE", "Un mot"), ("Un mot", "TEXTE"), ("titre: ", "titre: Ô "))
        )
        at = drawn.choice([place for place in range(len(now)) if now.startswith(old, place)] or [0])
        write(folder, path, now[:at] + now[at:].replace(old, new, 1))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_history_gives_the_same_pages_with_and_without(
    folder: Path, tmp_path: Path, seed: int
) -> None:
    drawn = random.Random(seed)  # noqa: S311 - a history, no secret
    rendered = spared = 0
    for _ in range(30):
        before = {path: path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}
        changed(folder, drawn)
        corpus = corpus_of(folder)
        if corpus is None:
            # nothing is published of a corpus with a fault
            for path in [path for path in folder.rglob("*") if path.is_file()]:
                path.unlink()
            for path, text in before.items():
                path.write_text(text, "utf-8")
            continue
        titles, media = drawn.choice(TITLES), drawn.choice(MEDIA)
        store = PageStore(tmp_path / "cache", "here")
        renderings = Renderings(store.read())
        pages = records_of(each(corpus, titles, DAY, None, media, renderings), corpus)
        assert pages == records_of(each(corpus, titles, DAY, None, media), corpus)
        store.write(renderings.used, ())
        rendered += renderings.made
        spared += len(renderings.used)
    assert rendered < spared


def records_of(pages: Iterator[RenderedPage], corpus: Corpus) -> list[RenderedPage]:
    """The pages of records, which are made first; the reports after them are never kept."""
    return list(itertools.takewhile(lambda page: page.id in corpus.records, pages))


def kept_of(folder: Path) -> tuple[Corpus, Renderings]:
    corpus = corpus_of(folder)
    assert corpus is not None
    renderings = Renderings()
    records_of(each(corpus, {}, renderings=renderings), corpus)
    return corpus, renderings


def retitled(corpus: Corpus, id_: str) -> Corpus:
    record = corpus.records[id_]
    told = replace(record, data={**record.data, "titre": "Un autre titre"})
    return replace(corpus, records={**corpus.records, id_: told})


def made_again(folder: Path, change: str) -> set[str]:
    """The pages that are not what they were once the title of a record is another."""
    corpus, renderings = kept_of(folder)
    beside = renderings.beside()
    records_of(each(retitled(corpus, change), {}, renderings=beside), corpus)
    return {id_ for id_, kept in beside.used.items() if kept != renderings.used[id_]}


def test_one_title_makes_the_pages_again_that_show_it(folder: Path) -> None:
    for number in range(9):
        write(
            folder,
            f"narratives/lieu/l{number}.yaml",
            f"type: lieu\ntitre: L{number}\ngenre: site\n",
        )
    write(folder, "narratives/lieu/l9.yaml", "type: lieu\ntitre: L9\ngenre: site\ndans: lieu/l8\n")
    assert made_again(folder, "lieu/l0") == {"lieu/l0"}
    assert made_again(folder, "lieu/l8") == {"lieu/l8", "lieu/l9"}
    assert {"lieu/champ", "fifty-fifty/chemins"} <= made_again(folder, "lieu/champ")


def test_what_another_corpus_needs_stays_out_of_the_first(folder: Path) -> None:
    corpus, renderings = kept_of(folder)
    before = dict(renderings.used)
    other = retitled(corpus, "lieu/champ")
    records_of(each(other, {}, renderings=renderings.beside()), other)
    assert renderings.used == before


def test_nothing_is_made_twice_but_a_sample(folder: Path) -> None:
    corpus, renderings = kept_of(folder)
    made = renderings.made
    records_of(each(corpus, {}, renderings=renderings), corpus)
    assert renderings.made <= made + 4


def test_a_page_that_was_kept_otherwise_is_not_believed(folder: Path) -> None:
    corpus, renderings = kept_of(folder)
    spoiled = {id_: replace(kept, body="Autre chose.") for id_, kept in renderings.used.items()}
    again = records_of(each(corpus, {}, renderings=Renderings(spoiled)), corpus)
    assert again == records_of(each(corpus, {}), corpus)


def stored(folder: Path, cache: Path, gone: tuple[str, ...] = ()) -> dict[str, Kept]:
    store = PageStore(cache, "here")
    store.read()
    store.write(kept_of(folder)[1].used, gone)
    return PageStore(cache, "here").read()


def test_the_store_gives_back_what_it_was_given(folder: Path, tmp_path: Path) -> None:
    assert stored(folder, tmp_path / "cache") == kept_of(folder)[1].used
    assert PageStore(tmp_path / "cache", "elsewhere").read() == {}


def test_no_page_that_reads_of_who_withdrew_is_stored(folder: Path, tmp_path: Path) -> None:
    assert "acteur/afr" in repr(stored(folder, tmp_path / "cache"))
    left = stored(folder, tmp_path / "cache", ("acteur/afr",))
    assert left and "acteur/afr" not in repr(left)


def test_the_store_is_for_the_eyes_of_its_owner(folder: Path, tmp_path: Path) -> None:
    stored(folder, tmp_path / "cache")
    (place,) = (tmp_path / "cache").iterdir()
    assert place.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("spoiled", [b"", b"[]", b'{"scope": 1}', b"\xff", b"null"])
def test_an_odd_file_is_as_none(folder: Path, tmp_path: Path, spoiled: bytes) -> None:
    stored(folder, tmp_path)
    for file in tmp_path.rglob("?.json"):
        file.write_bytes(spoiled)
    assert PageStore(tmp_path, "here").read() == {}


def test_an_entry_of_another_form_is_as_none(folder: Path, tmp_path: Path) -> None:
    stored(folder, tmp_path)
    for file in tmp_path.rglob("?.json"):
        data = json.loads(file.read_text("utf-8"))
        data["pages"] = {id_: ["titre", "texte"] for id_ in data["pages"]}
        file.write_text(json.dumps(data), "utf-8")
    assert PageStore(tmp_path, "here").read() == {}
