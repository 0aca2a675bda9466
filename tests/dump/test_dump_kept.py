"""The pages of an earlier dump change no byte of the next one, and hold nobody who is masked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import town
from calls import calls_of
from click.testing import CliRunner

from loosbot.cli import main
from loosbot.corpus.privacy.films import Films
from loosbot.corpus.privacy.names import Names
from loosbot.dump import build as whole
from loosbot.dump.edition import source
from loosbot.dump.edition.pages import pages as rendered
from loosbot.dump.filtered import WikiPage
from loosbot.dump.forked import beside
from loosbot.dump.formats.participedia import body
from loosbot.fields.prose import story
from loosbot.sync import block
from loosbot.sync.pagestore import PageStore

MAIRIE = "narratives/acteur/mairie.yaml"
ALI = "narratives/acteur/ali-d.yaml"
AGREED = "{etat: public, portee: [wiki, dump-recherche, dump-public]}"
QUIET = {
    f"narratives/projet/banc-{rank}.yaml": f"type: projet\ntitre: Banc {rank}\nannee: 2019\n"
    "niveau: consultation\ninitiative: acteur/mairie\n"
    for rank in range(9)
}
"""Projects that tell of nobody."""


def store(cache: Path) -> Callable[[str], PageStore]:
    return lambda scope: PageStore(cache, "here", scope=scope)


def pages(root: Path, cache: Path | None = None) -> list[WikiPage]:
    return list(town.edition(root, "recherche", kept=store(cache) if cache else None).pages)


@pytest.fixture(scope="module")
def quiet_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return town.write(tmp_path_factory.mktemp("quiet"), {**town.FILES, **QUIET})


def rewritten(tmp_path: Path, path: str, before: str, after: str) -> Path:
    assert before in town.FILES[path]
    return town.write(
        tmp_path / "again", {**town.FILES, **QUIET, path: town.FILES[path].replace(before, after)}
    )


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        pytest.param(MAIRIE, "La mairie", "La mairie", id="nothing"),
        pytest.param(MAIRIE, "La mairie", "L’hôtel de ville", id="a title"),
        pytest.param(ALI, AGREED, "{etat: interne}", id="somebody who is masked now"),
        pytest.param(ALI, AGREED, "{etat: retire}", id="somebody who withdrew"),
    ],
)
def test_a_dump_after_another_has_the_same_bytes_as_without(
    tmp_path: Path, quiet_town: Path, path: str, before: str, after: str
) -> None:
    assert pages(quiet_town, tmp_path / "cache") == pages(quiet_town)
    root = rewritten(tmp_path, path, before, after)
    assert pages(root, tmp_path / "cache") == pages(root)
    assert pages(root, tmp_path / "cache") == pages(root)


def test_pages_that_another_process_makes_have_the_same_bytes_and_are_kept_the_same(
    tmp_path: Path, quiet_town: Path
) -> None:
    for _ in range(2):
        edition = town.edition(
            quiet_town, "recherche", kept=store(tmp_path / "beside"), begun=beside
        )
        assert list(edition.pages) == pages(quiet_town, tmp_path / "here")
        here, there = (
            {file.name: file.read_bytes() for file in tmp_path.glob(f"{name}/*/*.json")}
            for name in ("here", "beside")
        )
        assert here == there != {}


def test_only_the_sample_and_what_may_not_be_kept_is_made_again(
    tmp_path: Path, quiet_town: Path
) -> None:
    def made() -> int:
        return calls_of(story, lambda: pages(quiet_town, tmp_path))

    every, again = made(), made()
    # the bancs are kept, four pages are looked at again, and those with somebody masked are made
    assert len(QUIET) <= every - again + 4
    assert again < every


def test_nothing_of_whom_the_dump_masks_is_kept(tmp_path: Path, quiet_town: Path) -> None:
    edition = town.edition(quiet_town, "recherche", kept=store(tmp_path))
    assert len(list(edition.pages)) > 20
    files = [file.read_text("utf-8") for file in tmp_path.glob("pages-*/*.json")]
    assert any("Banc 3" in text for text in files)
    codes = [id_.partition("/")[2] for id_ in edition.people]
    assert codes
    hidden = ("lia C", "celia-c", "Rémi", "remi-p", "Odile", "odile-s", "CANARI-RETIRE", *codes)
    assert [word for word in hidden if any(word in text for text in files)] == []


def test_a_dump_of_any_edition_rids_the_cache_of_who_withdrew(tmp_path: Path) -> None:
    with_him = "type: projet\ntitre: Le banc d’Ali D.\ninitiative: acteur/ali-d\n"
    root = town.write(tmp_path / "town", {**town.FILES, "narratives/projet/banc.yaml": with_him})
    homes = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_CACHE_HOME": str(tmp_path / "kept")}
    research = ("--edition", "recherche", "--recipient", "X", "--expires", "2999-12-31")

    def dump(name: str, *options: str) -> str:
        words = ["dump", "build", str(tmp_path / name), "--corpus", str(root), *options]
        done = CliRunner().invoke(main, words, env=homes)
        assert done.exit_code == 0, done.output
        return done.output

    def kept() -> list[str]:
        files = [file for file in (tmp_path / "kept").rglob("*") if file.is_file()]
        assert files
        return [file.parent.name for file in files if "Ali D." in file.read_text("utf-8")]

    dump("before", *research)
    assert any(name.startswith("pages-") for name in kept())
    draft = root / ".loosbot/brouillons/banc.yaml"
    draft.parent.mkdir(parents=True)
    draft.write_text("texte: Ali D. était là.\n", "utf-8")
    town.write(root, {ALI: town.FILES[ALI].replace(AGREED, "{etat: retire}")})
    assert "Brouillon banc.yaml" in dump("after")
    assert kept() == []
    # what was read of the others just now is not read once more
    assert list((tmp_path / "kept/loosbot").glob("lus-*/0.json"))
    assert "Ali D." not in draft.read_text("utf-8")
    dump("later", *research)
    assert kept() == []


def test_another_key_or_another_name_to_hide_makes_every_page_again(
    tmp_path: Path, quiet_town: Path
) -> None:
    pages(quiet_town, tmp_path)
    scopes: list[str] = []

    def asked(scope: str) -> PageStore:
        scopes.append(scope)
        return PageStore(tmp_path, "here", scope=scope)

    for key in (town.KEY, bytes(32)):
        town.edition(quiet_town, "recherche", key, kept=asked)
    masked = rewritten(tmp_path, ALI, AGREED, "{etat: interne}")
    town.edition(masked, "recherche", kept=asked)
    assert len(set(scopes)) == 3
    assert len(asked(scopes[0]).read()) > len(asked(scopes[1]).read()) == 0


def test_each_case_is_built_once(tmp_path: Path, quiet_town: Path) -> None:
    edition = town.edition(quiet_town)
    folder = tmp_path / "dump"
    built = calls_of(body.body, lambda: whole.write(edition, folder, None, lambda: None))
    lines = (folder / "participedia/cases.csv").read_text("utf-8-sig").count('\n"trifouilly:')
    assert built == lines > 0


def test_a_key_that_sorts_many_cells_is_looked_at_once(quiet_town: Path) -> None:
    pages: list[WikiPage] = []
    edition = town.edition(quiet_town, "recherche")
    asked = calls_of(Names.within, lambda: pages.extend(edition.pages))
    keys = re.findall(' data-sort-value="([^"]*)"', "\n".join(page.text for page in pages))
    # and the id of each page, which may hold a name too
    assert len({*keys}) <= asked <= len({*keys}) + len(pages) < len(keys) + len(pages)


def test_titles_that_become_alike_are_told_apart_in_the_marker_too(tmp_path: Path) -> None:
    people = {"projet/coin-0": "Jean Dupont", "projet/coin-1": "Luc Martin"}
    made = {
        f"narratives/{id_}.yaml": f"type: projet\ntitre: Le coin de {name}\n"
        for id_, name in people.items()
    }
    corpus = source.read(town.write(tmp_path, {**town.FILES, **made})).corpus
    names = Names(dict.fromkeys(people.values(), "quelqu’un"), set())
    alike = [page for page in rendered(corpus, {}, names, {}, Films()) if page.id in people]
    title = "Le coin de quelqu’un"
    assert [page.title for page in alike] == [title, f"{title} (coin-1)"]
    for page in alike:
        marked = block.find(page.text, block.Key(corpus.config.corpus, page.id))
        assert isinstance(marked, block.MarkedBlock)
        assert marked.block.intact
        assert marked.block.titled == block.title_tag(page.title)
