"""An embedded wiki taken to a newer MediaWiki, with a town's pages and people's edits in it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desk import GARDEN, JARDIN, PLACE, Desk
from wikis import CHECKOUT, Wiki, running

from loosbot.errors import UserError
from loosbot.wiki import embedded
from loosbot.wiki.instance import Instance
from loosbot.wiki.upgrade import upgrade

NEW = CHECKOUT / ".loosbot" / "mediawiki-1.43"
NAMESPACES = (0, 1, 2, 3, 4, 6, 8, 10, 14)


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Wiki]:
    """A wiki of the oldest supported release, of this test alone."""
    with running(tmp_path / "old", "1.39") as wiki:
        yield wiki


def again(wiki: Wiki) -> Wiki:
    """The same wiki where it is now, to which everybody logs in anew."""
    now = embedded.status(wiki.dir)
    assert now
    at = {"api": now.url_api, "home": now.url_home, "port": now.port, "release": now.release}
    accounts = {
        name: replace(getattr(wiki, name), api=now.url_api)
        for name in ("credentials", "human", "admin")
    }
    return replace(wiki, **at, **accounts, logins={})


def test_pages_edits_and_logins_come_along_and_the_robot_sees_no_difference(
    old: Wiki, tmp_path: Path
) -> None:
    desk = Desk.new(tmp_path / "corpus", old)
    assert desk.sync().code == 0
    person, admin = old.person(), old.person(old.admin)
    garden = person.page(JARDIN)
    person.edit(JARDIN, garden.replace("devient un jardin", "devient un verger"))
    person.edit(PLACE, f"Un mot au-dessus.\n{person.page(PLACE)}\nUn mot 🍎 en dessous.")
    person.edit(f"Discussion:{JARDIN}", "Qui a la clé ? ~~~~")
    person.edit("Utilisateur:Camille", "Agente au service des espaces verts.")
    admin.edit("MediaWiki:Common.css", ".a { color: #123456 }")
    admin.act(action="move", **{"from": PLACE, "to": "La place du marché (centre)"})
    admin.edit("Page à effacer", "texte")
    admin.act(action="delete", title="Page à effacer")
    old.jobs()
    texts, planned = person.texts(NAMESPACES), desk.plan().json["pages"]
    before = person.histories(texts)
    assert {"human-edit", "update"} <= {page["action"] for page in planned}

    kept = upgrade(old.dir, code=NEW)

    new = again(old)
    assert new.release == "1.43"
    asked = {"action": "query", "meta": "siteinfo"}
    generator = new.reader().call(**asked)["query"]["general"]["generator"]
    assert generator.startswith("MediaWiki 1.43.")
    assert new.person().texts(NAMESPACES) == texts
    assert new.person().histories(texts) == before
    assert replace(desk, wiki=new).plan().json["pages"] == planned
    assert kept == old.dir / "data-1.39"
    assert (kept / "wiki.sqlite").is_file()

    # and it works on: people's edit is carried back, the robot writes, and nothing is left to do
    staff = replace(desk, wiki=new)
    assert staff.run("pull").code == 0
    staff.git("commit", "--quiet", "--all", "--message", "Reprendre")
    assert "devient un verger" in (staff.folder / GARDEN).read_text(encoding="utf-8")
    assert staff.sync().code == 0
    assert {page["action"] for page in staff.plan().json["pages"]} == {"none"}
    assert upgrade(new.dir) is None


def test_what_fails_leaves_the_wiki_as_it_was(old: Wiki) -> None:
    old.person().edit("Chemins ruraux", "Un texte.")
    own = old.dir / "LocalSettings.local.php"
    breaks = "if ( version_compare( MW_VERSION, '1.43', '>=' ) ) { throw new Exception( 'non' ); }"
    own.write_text(f"{own.read_text()}\n{breaks}\n")

    with pytest.raises(UserError, match=r"reste en 1\.39, tel qu’il était") as failure:
        upgrade(old.dir, code=NEW)

    assert failure.value.exit_code == 1
    assert "non" in failure.value.hint
    same = again(old)
    assert same.release == "1.39"
    assert same.person().text("Chemins ruraux") == "Un texte."
    assert not [path for path in old.dir.iterdir() if path.name.startswith((".upgrade", "data-"))]


def test_one_that_was_killed_in_the_exchange_is_put_back(old: Wiki) -> None:
    old.person().edit("Chemins ruraux", "Un texte.")
    old.settle()
    embedded.stop(old.dir)
    data = Instance(old.dir).data
    data.rename(old.dir / "data-1.39")  # killed here: nothing in its place yet
    embedded.start(old.dir)
    assert again(old).person().text("Chemins ruraux") == "Un texte."

    embedded.stop(old.dir)
    data.rename(old.dir / "data-1.39")
    data.mkdir()  # killed here: another content is there, and credentials tell of the old release
    (data / "wiki.sqlite").write_bytes(b"")
    embedded.start(old.dir)
    assert again(old).person().text("Chemins ruraux") == "Un texte."


def test_a_folder_without_a_wiki_is_told_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [CHECKOUT / ".venv" / "bin" / "loosbot", "wiki", "upgrade", "--dir", tmp_path],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )

    assert done.returncode == 1
    assert "Aucun wiki n’est installé ici." in done.stderr
