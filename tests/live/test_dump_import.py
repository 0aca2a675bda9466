"""The pages of a dump, imported by MediaWiki's own script, are the pages that sync published."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from desk import Desk
from lxml import etree
from wikis import Wiki

from loosbot.dump.edition.edition import EditionRequest, build
from loosbot.dump.edition.key import Pseudonyms
from loosbot.dump.edition.source import read
from loosbot.dump.forked import beside
from loosbot.dump.formats import wikixml
from loosbot.wiki.install import php_environment
from loosbot.wiki.instance import Instance
from loosbot.wikitext.unsearched import searched


@pytest.mark.older("importing")
def test_import_dump_gives_back_the_published_pages(
    desk: Desk, shared_wiki: Wiki, tmp_path: Path
) -> None:
    source = read(desk.folder)
    order = EditionRequest("recherche", "Essai", "2100-01-01")
    codes = Pseudonyms(bytes(32), "recherche")
    ordered = source, order, codes, None, beside
    ((_, data),) = wikixml.files(build(*ordered))
    (tmp_path / "pages.xml").write_bytes(b"".join(data))
    bot = desk.wiki.person(desk.wiki.credentials)
    published = {page.title: bot.text(page.title) for page in build(*ordered).pages}
    assert len(published) > 20
    assert None not in published.values()

    shared_wiki.reset()  # now it is a second wiki, where nothing was ever published
    # an imported revision never goes over a newer one, and the fresh wiki's own page is of today
    shared_wiki.person(shared_wiki.admin).act(action="delete", title="Accueil")
    shared_wiki.settle()
    instance = Instance(shared_wiki.dir)
    secrets = instance.read_secrets()
    assert secrets
    subprocess.run(
        ["php", "maintenance/importDump.php", "--no-updates", str(tmp_path / "pages.xml")],
        cwd=secrets.code,
        env=php_environment(secrets.code, instance.settings),
        capture_output=True,
        check=True,
    )

    reader = shared_wiki.reader()
    # a dump is no wiki to search: its texts hold whole words, and the marks say so
    expected = {title: _unmarked(searched(text or "")) for title, text in published.items()}
    assert {title: _unmarked(reader.text(title) or "") for title in published} == expected


def test_the_dump_that_the_docs_show_is_imported_as_they_print(
    shared_wiki: Wiki, tmp_path: Path
) -> None:
    docs = Path(__file__).resolve().parents[2] / "docs/dumps.md"
    (line,) = [
        line for line in docs.read_text("utf-8").splitlines() if "importDump.php wiki" in line
    ]
    for words in (
        ["init", "villexemple", "--commune", "Villexemple", "--insee", "01999", "--yes"],
        [
            *("dump", "build", "export-labo", "--corpus", "villexemple"),
            *("--edition", "recherche", "--recipient", "Un labo", "--expires", "2100-01-01"),
        ],
    ):
        subprocess.run(
            [sys.executable, "-m", "loosbot", *words],
            cwd=tmp_path,
            env=os.environ | {"XDG_CONFIG_HOME": str(tmp_path / "config")},
            check=True,
            capture_output=True,
        )
    pages = tmp_path / "export-labo/wiki/pages.xml"
    shared_wiki.reset()
    shared_wiki.person(shared_wiki.admin).act(action="delete", title="Accueil")
    shared_wiki.settle()
    instance = Instance(shared_wiki.dir)
    secrets = instance.read_secrets()
    assert secrets
    subprocess.run(
        # the line of our own documentation, as a reader pastes it
        ["sh", "-c", line.replace("wiki/pages.xml", str(pages))],
        cwd=secrets.code,
        env=php_environment(secrets.code, instance.settings),
        capture_output=True,
        check=True,
    )
    texts = {
        str(page.findtext("{*}title")): str(page.findtext("{*}revision/{*}text"))
        for page in etree.parse(pages).getroot().findall("{*}page")
    }
    reader = shared_wiki.reader()
    assert len(texts) > 20 and "Accueil" in texts
    kept = {title: reader.text(title) or "" for title in texts}
    assert {title: text.strip() for title, text in kept.items()} == {
        title: text.strip() for title, text in texts.items()
    }


def _unmarked(text: str) -> str:
    return re.sub(r"<!-- loosbot [0-9a-f-]+ -->", "", text)
