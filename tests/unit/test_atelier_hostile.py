"""The atelier and whoever means it harm, or sends it what no form sends."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from forms import COMMENTED, HOME, PORT, RECIT, Browser, git, town

from loosbot.atelier.desk.drafts import Draft, new_id
from loosbot.atelier.guard import POLICY
from loosbot.corpus.model import RECORD_TYPES
from loosbot.fields.dictionary import dictionary, walk


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return Browser.on(town(tmp_path), tmp_path / "brouillons")


@pytest.mark.parametrize(
    "host",
    ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:80", "192.168.1.2:8910"],
)
def test_another_name_that_leads_here_is_not_answered(browser: Browser, host: str) -> None:
    answer = browser.client.get("/", base_url=f"http://{host}")
    assert answer.status_code == 421
    assert "groupes-dechets" not in answer.get_data(as_text=True)


@pytest.mark.slow
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8911"},
        {"Origin": "https://127.0.0.1:8910"},
        {"Origin": HOME, "Sec-Fetch-Site": "same-site"},
        {"Origin": HOME, "Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_form_of_another_site_changes_nothing(browser: Browser, headers: dict[str, str]) -> None:
    form = browser.get("/ecrire/recit")
    answer = browser.post(form.action, {**form.fields, "titre": "Forgé"}, headers=headers)
    assert answer.status == 403
    assert browser.desk.drafts.all() == []


def test_a_form_without_an_origin_changes_nothing(browser: Browser) -> None:
    form = browser.get("/ecrire/recit")
    data = {**form.fields, "titre": "Forgé"}
    assert browser.client.post(form.action, base_url=HOME, data=data).status_code == 403
    assert browser.desk.drafts.all() == []


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_without_its_token_is_given_back_and_kept_nowhere(
    browser: Browser, token: str
) -> None:
    form = browser.get("/ecrire/recit")
    answer = browser.post(form.action, {**form.fields, "titre": "Un <b>banc", "_jeton": token})
    assert answer.status == 409
    assert "Un &lt;b&gt;banc" in answer.answer.get_data(as_text=True)
    assert browser.desk.drafts.all() == []


@pytest.mark.slow
def test_the_token_of_another_session_is_none(browser: Browser, tmp_path: Path) -> None:
    other = Browser.on(browser.folder, tmp_path / "brouillons")
    stolen = other.get("/ecrire/recit").fields["_jeton"]
    form = browser.get("/ecrire/recit")
    assert browser.post(form.action, {**form.fields, "_jeton": stolen}).status == 409


@pytest.mark.slow
def test_every_answer_tells_the_browser_what_it_may_do(browser: Browser) -> None:
    for path in ("/", "/ecrire/recit", "/rien", "/static/atelier.css"):
        headers = browser.get(path).answer.headers
        assert headers["Content-Security-Policy"] == POLICY
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert browser.get("/").answer.headers["Cache-Control"] == "no-store"


@pytest.mark.slow
def test_looking_changes_nothing(browser: Browser) -> None:
    paths = [rule.rule for rule in browser.client.application.url_map.iter_rules()]
    for path in paths:
        for id_ in ("x", new_id()):
            known = path.replace("<id_>", id_).replace("<type_name>", "recit")
            browser.client.get(known.replace("<slug>", "de-grands-pas"), base_url=HOME)
    assert browser.desk.drafts.all() == []
    assert len(browser.commits()) == 1
    assert git(browser.folder, "status", "--porcelain") == ""


@pytest.mark.parametrize("path", ["/brouillon/../../etc", "/brouillon/..%2f..%2fetc", "/fiche/a/b"])
def test_no_path_leads_out(browser: Browser, path: str) -> None:
    assert browser.get(path).status == 404


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_too_big_a_post_is_told(browser: Browser, kind: str) -> None:
    form = browser.get("/ecrire/recit")
    data = {**form.fields, "titre": "x" * (7 << 20)}
    answer = browser.post(form.action, data, content_type=kind)
    assert answer.status == 413
    assert "trop gros" in answer.text


def test_what_is_typed_is_shown_as_it_is_typed(browser: Browser) -> None:
    evil = '"><script>alert(1)</script>{{ 7*7 }}'
    page = browser.fill(browser.get("/ecrire/recit"), {"titre": evil, "resume": evil}, "verifier")
    raw = page.answer.get_data(as_text=True)
    assert "<script>alert" not in raw
    assert "49" not in page.fields["titre"][0]
    assert page.fields["titre"] == [evil]


TEXTS = (
    "",
    " ",
    "\0",
    "\x1b[2J",
    "\ud7ff\ue000\U0010ffff",
    "e" * 5000,  # of signs that a form sends as they are: to quote the others was most of the work
    "{{Fiche}}[[x|y]]<ref>",
    "../../../etc/passwd",
    "recit/de-grands-pas",
    "inconnu",
    "sans-objet",
    "- a\n- b: c\n\t# d",
    "!!python/object:os.system",
    "&a *a",
    "12/05/2018",
    "9" * 400,
    "1e999",
    "'\"|>%@`",
    "oui",
    "\u202eabc",
    "%00%0a",
    "n0",
    "0",
)
ACTIONS = (
    "garder",
    "verifier",
    "apercu",
    "enregistrer",
    "ajouter:voix",
    "ajouter:titre",
    "ajouter:" + "voix.n0." * 40,
    "retirer:voix.0",
    "retirer:",
    "monter:voix.n1",
    "creer:voix.n0.qui",
    "nouvelle:plume",
    "nouvelle:..",
    "",
    ":",
    "effacer-tout",
)


def _names() -> list[str]:
    names = [
        "_type",
        "_fiche",
        "_base",
        "_version",
        "_fin",
        "_neuf.type",
        "_neuf.titre",
        "_choix.x",
    ]
    for type_name in RECORD_TYPES:
        for field in walk(dictionary(type_name)):
            numbered = [
                field.name,
                field.name.replace(".", ".n0.", 1),
                field.name.replace(".", ".0.", 1),
            ]
            names += [
                *numbered,
                f"{field.name}._items",
                f"{field.name}._etat",
                f"{field.name}._ajout",
            ]
    return sorted(set(names))


@pytest.mark.parametrize("posts", [100, pytest.param(3_000, marks=pytest.mark.slow)])
def test_posts_that_no_form_sends(browser: Browser, posts: int) -> None:
    """No traceback, nothing lost, nothing written: each is answered in words."""
    kept = browser.desk.drafts.save(Draft(new_id(), "recit", answers={"titre": ["À garder"]}), 0)
    form = browser.get("/ecrire/recit")
    token = form.fields["_jeton"][0]
    chance = random.Random(21)  # noqa: S311 - the same posts at each run
    names = _names()
    seen: dict[int, int] = {}
    for _ in range(posts):
        data: dict[str, Any] = {"_jeton": token, "_type": chance.choice(RECORD_TYPES)}
        for name in chance.sample(names, chance.randint(0, 60)):
            data[name] = [chance.choice(TEXTS) for _ in range(chance.randint(1, 3))]
        # saving and looking cost a reading of the corpus each
        data["_action"] = chance.choice(ACTIONS if chance.random() < 0.05 else ACTIONS[:1])
        # what is posted for a draft that cannot be is not looked at
        odd = chance.choice(("x" * 26, "..", kept.id[:-1], "a" * 400))
        id_ = new_id() if chance.random() < 0.8 else odd
        path = chance.choice((f"/brouillon/{id_}", f"/brouillon/{id_}/garder"))
        answer = browser.post(path, data, follow_redirects=False)
        seen[answer.status] = seen.get(answer.status, 0) + 1
        assert answer.status != 500, (path, data)
        assert "Traceback" not in answer.text
        for draft in browser.desk.drafts.folder.glob("*.json"):
            if draft.stem != kept.id and chance.random() < 0.9:
                browser.desk.drafts.erase(draft.stem)
    assert set(seen) <= {200, 303, 400, 404, 409, 422}, seen
    assert browser.desk.drafts.find(kept.id) == kept
    assert (browser.folder / RECIT).read_text() == COMMENTED
    assert not (tmp := browser.desk.drafts.folder / "erreurs.log").exists(), tmp.read_text()


def test_more_items_than_a_page_can_show_are_given_back_and_kept_nowhere(browser: Browser) -> None:
    form = browser.get("/ecrire/recit")
    keys = [f"n{number}" for number in range(2_001)]
    data = {
        **form.fields,
        "titre": "Un banc",
        "voix._items": keys,
        "voix.n2000.texte": "La fin." * 9,
    }
    answer = browser.post(form.action, data)
    assert answer.status == 409
    assert "ont 2001 éléments, un formulaire en tient 2000" in answer.text
    assert "La fin." * 9 in answer.text and "Un banc" in answer.text
    kept = browser.post(f"{form.action}/garder", data)
    assert kept.status == 409 and "2001 éléments" in kept.answer.get_json()["erreur"]
    assert browser.desk.drafts.all() == []
