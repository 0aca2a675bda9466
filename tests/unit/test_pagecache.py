"""A page that is kept with what it read is the page that a rendering without it gives."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fiches import FILES

from loosbot.corpus.check.filecache import read_cache, write_cache
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import RECORD_TYPES, Attached, Corpus
from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.tree import FolderTree
from loosbot.render.categories import assigned
from loosbot.render.columns import ColumnWatch
from loosbot.render.pagecache import CachedPage, Renderings
from loosbot.render.pages import default_titles, each, page_by_page, site_of
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
        day = drawn.choice((DAY, DAY, None))
        pages = list(each(corpus, titles, day, None, media, renderings))
        assert pages == list(each(corpus, titles, day, None, media))
        store.write(renderings.used, ())
        rendered += renderings.made
        spared += len(renderings.used)
    assert rendered < spared


def kept_of(folder: Path) -> tuple[Corpus, Renderings]:
    corpus = corpus_of(folder)
    assert corpus is not None
    renderings = Renderings()
    rendered(corpus, renderings)
    return corpus, renderings


def rendered(corpus: Corpus, renderings: Renderings, day: date = DAY) -> list[RenderedPage]:
    return list(each(corpus, {}, day, renderings=renderings))


def told_otherwise(corpus: Corpus, id_: str, key: str = "titre") -> Corpus:
    record = corpus.records[id_]
    changed = replace(record, data={**record.data, key: "Un autre texte"})
    return replace(corpus, records={**corpus.records, id_: changed})


def made_again(folder: Path, change: str, key: str = "titre") -> set[str]:
    """The pages that are made again once a field of a record says something else."""
    corpus, renderings = kept_of(folder)
    beside = renderings.beside()
    rendered(told_otherwise(corpus, change, key), beside)
    return {id_ for id_, kept in beside.used.items() if kept != renderings.used[id_]}


def records_of(ids: set[str]) -> set[str]:
    return {id_ for id_ in ids if id_.partition("/")[0] in RECORD_TYPES}


def test_one_title_makes_the_pages_again_that_show_it(folder: Path) -> None:
    for number in range(9):
        write(
            folder,
            f"narratives/lieu/l{number}.yaml",
            f"type: lieu\ntitre: L{number}\ngenre: site\n",
        )
    write(folder, "narratives/lieu/l9.yaml", "type: lieu\ntitre: L9\ngenre: site\ndans: lieu/l8\n")
    assert records_of(made_again(folder, "lieu/l0")) == {"lieu/l0"}
    assert records_of(made_again(folder, "lieu/l8")) == {"lieu/l8", "lieu/l9"}
    assert {"lieu/champ", "fifty-fifty/chemins"} <= made_again(folder, "lieu/champ")


def test_a_text_that_is_gathered_nowhere_makes_no_report_again(folder: Path) -> None:
    again = made_again(folder, "fifty-fifty/chemins", "resume")
    assert "fifty-fifty/chemins" in again
    assert again == records_of(again)


def test_a_title_makes_the_reports_again_that_show_it(folder: Path) -> None:
    assert {"rapport/fil", "rapport/passation"} <= made_again(folder, "projet/ensemble")


def test_another_day_makes_the_reports_again_and_no_record(folder: Path) -> None:
    corpus, renderings = kept_of(folder)
    beside = renderings.beside()
    later = date(2027, 5, 4)
    assert rendered(corpus, beside, later) == list(each(corpus, {}, later))
    again = {id_ for id_, kept in beside.used.items() if kept != renderings.used[id_]}
    assert "rapport/fil" in again
    assert not records_of(again)


def test_an_index_that_asks_for_something_else_is_made_again(folder: Path) -> None:
    write(
        folder,
        "pages/index/des-lieux.yaml",
        "type: index\ntitre: Des lieux\nenregistrements: {types: [lieu]}\ncolonnes: [titre]\n",
    )
    corpus, renderings = kept_of(folder)
    index = corpus.indexes["index/des-lieux"]
    other = replace(index, data={**index.data, "colonnes": ["titre", "genre"]})
    corpus = replace(corpus, indexes={**corpus.indexes, index.id: other})
    assert rendered(corpus, renderings) == list(each(corpus, {}, DAY))


@pytest.mark.parametrize(
    ("look", "fields"),
    [
        (lambda data: data["titre"], {"titre"}),
        (lambda data: data.get("resume"), {"resume"}),
        (lambda data: "resume" in data, {"resume"}),
        (lambda data: list(data), {""}),
        (lambda data: list(reversed(data)), {""}),
        (lambda data: len(data), {""}),
        (lambda data: data.keys() & {"titre"}, {""}),
        (lambda data: list(data.values()), {"", "type", "titre"}),
        (lambda data: list(data.items()), {"", "type", "titre"}),
        (lambda data: dict(data), {"", "type", "titre"}),
        (lambda data: {**data}, {"", "type", "titre"}),
        (lambda data: data | {}, {"", "type", "titre"}),
        (lambda data: {} | data, {"", "type", "titre"}),
        (lambda data: data.copy(), {"", "type", "titre"}),
        (lambda data: data == {}, {"", "type", "titre"}),
        (lambda data: repr(data), {"", "type", "titre"}),
        (lambda data: json.dumps(data), {"", "type", "titre"}),
    ],
    ids=[
        *("item", "get", "in", "iter", "reversed", "len", "keys", "values", "items"),
        *("dict", "unpack", "or", "ror", "copy", "eq", "repr", "json"),
    ],
)
def test_however_a_record_is_looked_into_it_is_noted(
    folder: Path, look: Callable[[Any], object], fields: set[str]
) -> None:
    corpus = corpus_of(folder)
    assert corpus is not None
    watch = ColumnWatch(site_of(corpus, {}))
    _, readings = watch.noting(lambda site: look(site.corpus.records["lieu/champ"].data))
    asked = dict(readings)["records"]
    assert fields <= {field for type_, field in asked if type_ == "lieu"}


def test_a_joined_file_is_the_same_in_another_run(folder: Path) -> None:
    corpus = corpus_of(folder)
    assert corpus is not None

    def state(sha1: str) -> str:
        # how it is read again stands elsewhere in memory each time
        joined = {"plan.pdf": Attached("plan.pdf", "pdf", sha1, lambda: b"")}
        watch = ColumnWatch(site_of(replace(corpus, attached=joined), {}))
        return watch.state(watch.noting(lambda site: site.corpus.attached.get("plan.pdf"))[1])

    assert state("a") == state("a") != state("b")


def test_what_is_worked_out_of_a_corpus_is_worked_out_once(folder: Path) -> None:
    corpus = corpus_of(folder)
    assert corpus is not None
    assert default_titles(corpus) is default_titles(corpus)
    other = told_otherwise(corpus, "lieu/champ")
    assert default_titles(other)["lieu/champ"] == "Un autre texte"
    assert default_titles(corpus)["lieu/champ"] == "Le grand champ"


def test_nothing_is_worked_out_once_for_a_page_that_notes_what_it_reads(folder: Path) -> None:
    corpus = corpus_of(folder)
    assert corpus is not None
    watch = ColumnWatch(site_of(corpus, {}))
    first, second = (watch.noting(lambda site: assigned(site.corpus))[1] for _ in range(2))
    assert first == second
    assert dict(first)["records"]


def test_what_another_corpus_needs_stays_out_of_the_first(folder: Path) -> None:
    corpus, renderings = kept_of(folder)
    before = dict(renderings.used)
    rendered(told_otherwise(corpus, "lieu/champ"), renderings.beside())
    assert renderings.used == before


def test_pages_that_are_asked_for_by_id_are_those_of_all(folder: Path) -> None:
    corpus, renderings = kept_of(folder)
    changed = told_otherwise(corpus, "lieu/champ")
    pages = {page.id: page for page in each(changed, {}, DAY)}
    for known in (renderings.beside(), Renderings()):
        page = page_by_page(changed, {}, DAY, frozenset(), known)
        assert {id_: page(id_) for id_ in pages} == pages
        assert page("lieu/nulle-part") is None


def test_nothing_is_made_twice_but_a_sample(folder: Path) -> None:
    corpus, renderings = kept_of(folder)
    made = renderings.made
    rendered(corpus, renderings)
    # the reports are made together: one that is drawn makes all of them again
    assert renderings.made <= made + 4 + len([id_ for id_ in renderings.used if "rapport" in id_])


def test_a_page_that_was_kept_otherwise_is_not_believed(folder: Path) -> None:
    corpus, renderings = kept_of(folder)
    spoiled = {id_: replace(kept, text="Autre chose.") for id_, kept in renderings.used.items()}
    assert rendered(corpus, Renderings(spoiled)) == list(each(corpus, {}, DAY))


def stored(folder: Path, cache: Path, gone: tuple[str, ...] = ()) -> dict[str, CachedPage]:
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


def test_what_another_scope_kept_is_left_nowhere(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert stored(folder, cache)
    other = PageStore(cache, "here", scope="autre")
    other.read()
    other.write({}, ())
    assert list(cache.rglob("*.json")) == []


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
        data = read_cache(file)
        data["pages"] = {id_: ["titre", "texte"] for id_ in data["pages"]}
        write_cache(file, data)
    assert PageStore(tmp_path, "here").read() == {}
