"""The pages of a dump, imported by MediaWiki's own script, are the pages that sync writes."""

from __future__ import annotations

import subprocess
from pathlib import Path

from desk import Desk
from wikis import Wiki

from loosbot.dump import wikixml
from loosbot.dump.edition import Order, build
from loosbot.dump.key import Pseudonyms
from loosbot.dump.source import read
from loosbot.wiki.install import php_environment
from loosbot.wiki.instance import Instance


def test_import_dump_gives_back_the_pages(wiki: Wiki, tmp_path: Path) -> None:
    desk = Desk.new(tmp_path / "corpus", wiki)
    source = read(desk.folder)
    order = Order("recherche", "Essai", "2100-01-01")
    codes = Pseudonyms(bytes(32), "recherche")
    ordered = source.corpus, source.tree, source.snapshot, order, codes
    # what is compared with is not what is written: pages are gone through once
    pages = {one.title: one.text for one in build(*ordered).pages}
    ((_, data),) = wikixml.files(build(*ordered))
    (tmp_path / "pages.xml").write_bytes(b"".join(data))
    instance = Instance(wiki.dir)
    secrets = instance.read_secrets()
    assert secrets
    # an imported revision never goes over a newer one, and the fresh wiki's own page is of today
    wiki.person(wiki.admin).act(action="delete", title="Accueil")
    wiki.settle()

    subprocess.run(
        ["php", "maintenance/importDump.php", "--no-updates", str(tmp_path / "pages.xml")],
        cwd=secrets.code,
        env=php_environment(secrets.code, instance.settings),
        capture_output=True,
        check=True,
    )

    person = wiki.person(wiki.credentials)
    assert pages
    assert {title: person.text(title) for title in pages} == pages
