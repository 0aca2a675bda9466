"""The Dublin Core of a récit, read back from the HTML that a real MediaWiki makes."""

from __future__ import annotations

import html
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from published import loaded
from wikis import Wiki

from loosbot.render.pages import default_titles, render

pytestmark = pytest.mark.live

TALE = "recit/chantier"
SAID = "L'« eau » & le \"feu\" à 50 % d'été"


def test_software_reads_the_notice_of_a_tale(shared_wiki: Wiki, tmp_path: Path) -> None:
    shared_wiki.reset()
    found = loaded(tmp_path, SAID)
    pages = render(found, default_titles(found))
    person = shared_wiki.person(shared_wiki.credentials)
    for id_ in ("modele/Notice", TALE):
        person.edit(pages[id_].title, pages[id_].body)
    answer = person.call(action="parse", page=pages[TALE].title, prop="text", disablelimitreport=1)

    (span,) = re.findall(r'<span[^>]*class="Z3988"[^>]*>', answer["parse"]["text"])
    title = re.search(r'title="([^"]*)"', span)
    assert title
    told = parse_qs(html.unescape(title[1]), strict_parsing=True)
    assert told["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
    assert told["rft.identifier"] == [TALE]
    assert told["rft.title"] == ["Le chantier vu de la mairie"]
    assert told["rft.source"] == [SAID]
    assert told["rft.type"] == ["MovingImage"]
    assert "https://example.org/v" in told["rft.relation"]
