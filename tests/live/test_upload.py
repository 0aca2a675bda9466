"""Files on a real wiki: put there once, replaced only when they differ, drawn by the browser."""

from __future__ import annotations

import hashlib
import http.client
from urllib.parse import urlsplit

import pytest
from faults import dropped_after, dropped_before
from patience import LONG, next_second
from proxy import Fault, nth, standing
from wikis import Wiki

from loosbot.wiki.credentials import Credentials
from loosbot.wiki.revisions import FileState, Upload, WikiRefusal
from loosbot.wiki.session import Session
from loosbot.wiki.writer import Writer

pytestmark = pytest.mark.older("how files are taken, kept and shown")

TITLE = "Fichier:Essai-par-annee.svg"
OLD, NEW = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<svg xmlns="http://www.w3.org/2000/svg" width="360" height="90" viewBox="0 0 360 90">'
    f'<rect width="{width}" height="40" fill="#1f5c99"/></svg>\n'
    for width in (40, 80)
)


def writer(wiki: Wiki, api: str = "") -> Writer:
    known = wiki.credentials
    return Writer(Session(Credentials(api or known.api, known.user, known.password)))


def uploads(wiki: Wiki) -> int:
    """How many times a file was put under the title."""
    answer = wiki.person().call(
        action="query", titles=TITLE, prop="imageinfo", iiprop="sha1", iilimit=50
    )
    return len(answer["query"]["pages"][0].get("imageinfo", []))


def sha1(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def test_a_wiki_tells_which_files_it_takes(wiki: Wiki) -> None:
    assert {"svg", "png", "jpg", "pdf"} <= writer(wiki).site().media


def test_a_file_is_put_there_once_and_replaced_when_it_differs(wiki: Wiki) -> None:
    bot = writer(wiki)
    assert bot.files([TITLE]) == {TITLE: FileState(TITLE, "", "")}
    assert bot.upload(Upload(TITLE, OLD.encode(), "premier"))
    assert bot.files([TITLE]) == {TITLE: FileState(TITLE, sha1(OLD), "Loosbot")}
    next_second()  # MediaWiki names the versions of a file by the second
    assert not bot.upload(Upload(TITLE, OLD.encode(), "le même"))
    assert uploads(wiki) == 1
    next_second()
    assert bot.upload(Upload(TITLE, NEW.encode(), "second"))
    wiki.settle()
    assert bot.files([TITLE])[TITLE].sha1 == sha1(NEW)
    assert uploads(wiki) == 2


def test_the_page_of_a_file_keeps_its_text(wiki: Wiki) -> None:
    person = wiki.person()
    person.edit(TITLE, "Ce que montre l’image.")
    writer(wiki).upload(Upload(TITLE, OLD.encode(), "image"))
    newest, oldest = person.revisions(TITLE)
    assert newest["slots"]["main"]["content"] == "Ce que montre l’image."
    assert newest["user"] == "Loosbot"
    assert oldest["user"] == "Camille"


def test_what_the_wiki_refuses_is_told_in_its_own_words(wiki: Wiki) -> None:
    hostile = OLD.replace("<rect", "<script>1</script><rect")
    with pytest.raises(WikiRefusal) as caught:
        writer(wiki).upload(Upload(TITLE, hostile.encode(), "script"))
    assert caught.value.info
    assert uploads(wiki) == 0


@pytest.mark.parametrize("fault", [dropped_before, dropped_after])
@pytest.mark.older(False)
def test_a_lost_answer_never_makes_two_versions(wiki: Wiki, fault: Fault) -> None:
    with standing(wiki) as proxy:
        proxy.on(nth("upload", 1), fault)
        bot = writer(wiki, proxy.api)
        assert bot.upload(Upload(TITLE, NEW.encode(), "perdu"))
    wiki.settle()
    assert uploads(wiki) == 1
    assert writer(wiki).files([TITLE])[TITLE].sha1 == sha1(NEW)


def fetched(wiki: Wiki, path: str) -> tuple[int, str, bytes]:
    """Status, type and content of what somebody without an account gets."""
    address = urlsplit(wiki.api)
    line = http.client.HTTPConnection(address.hostname or "", address.port, timeout=LONG)
    line.request("GET", path)
    answer = line.getresponse()
    return answer.status, answer.getheader("Content-Type", ""), answer.read()


def test_browsers_are_given_the_drawing_itself(wiki: Wiki) -> None:
    writer(wiki).upload(Upload(TITLE, OLD.encode(), "image"))
    person = wiki.person()
    parsed = person.call(
        action="parse", text=f"[[{TITLE}|frameless|480px|alt=Deux barres]]", contentmodel="wikitext"
    )["parse"]["text"]
    assert 'alt="Deux barres"' in parsed
    source = parsed.partition('src="')[2].partition('"')[0]
    assert source.endswith("/Essai-par-annee.svg")
    status, kind, content = fetched(wiki, urlsplit(source).path)
    assert (status, kind, content.decode()) == (200, "image/svg+xml", OLD)


def test_a_closed_wiki_shows_its_files_to_nobody(closed_wiki: Wiki) -> None:
    closed_wiki.reset()
    writer(closed_wiki).upload(Upload(TITLE, OLD.encode(), "image"))
    answer = closed_wiki.person().call(action="query", titles=TITLE, prop="imageinfo", iiprop="url")
    url = answer["query"]["pages"][0]["imageinfo"][0]["url"]
    status, _, content = fetched(closed_wiki, urlsplit(url).path)
    assert status == 403
    assert b"<svg" not in content
