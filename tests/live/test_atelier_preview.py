"""A page as it will be, made by a real MediaWiki's parser before anything is published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from desk import Desk

from loosbot.atelier.app import create_app
from loosbot.atelier.desk.desk import Desk as Table
from loosbot.atelier.desk.drafts import Drafts

pytestmark = pytest.mark.older("the parser, and the styles of a skin")

HOME = "http://127.0.0.1:8910"


def test_the_wikis_own_parser_shows_the_page(desk: Desk, tmp_path: Path) -> None:
    table = Table(desk.folder, Drafts(tmp_path / "brouillons"))
    client = create_app(table, 8910, desk.wiki.env).test_client()
    page = client.get("/ecrire/projet", base_url=HOME).get_data(as_text=True)
    fields = dict(re.findall(r'name="(_[a-z]+)" value="([^"]*)"', page))
    action = re.findall(r'action="(/brouillon/[a-z0-9]+)"', page)[0]
    typed = {**fields, "titre": "Un banc neuf", "resume": "Il est **vert**.", "_action": "apercu"}
    answer = client.post(
        action, base_url=HOME, data=typed, headers={"Origin": HOME}, follow_redirects=True
    )
    text = answer.get_data(as_text=True)
    assert "approchée" not in text
    assert "mw-parser-output" in text
    assert "<b>vert</b>" in text
    assert "load.php" in text and "skins.vector" in text
    # of scripts that of our own buttons alone, by its whole address
    assert re.findall(r"<script[^>]*>", text) == [f'<script src="{HOME}/static/gestes.js" defer>']
    policy = answer.headers["Content-Security-Policy"]
    origin = desk.wiki.api.removesuffix("/api.php")
    assert policy.endswith(f"; script-src {HOME}/static/gestes.js")
    assert f"style-src 'self' {origin} " in policy
    # nothing of it is on the wiki, nor in a version
    assert desk.wiki.person().text("Un banc neuf") is None
