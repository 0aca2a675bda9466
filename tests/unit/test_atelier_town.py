"""A town's atelier: everybody proposes, a referent decides, the wiki tells who is who."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from forms import git
from test_atelier import TOLD
from townhall import Guest, TownHall, UserInfo

from loosbot.corpus.yaml import reader


@pytest.fixture(scope="module")
def wiki() -> Iterator[UserInfo]:
    server = UserInfo()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def hall(tmp_path: Path, wiki: UserInfo) -> Iterator[TownHall]:
    wiki.asked.clear()
    yield TownHall.at(tmp_path, wiki)
    wiki.silent = False


NEW = "narratives/recit/un-banc-pour-la-rue.yaml"


def _proposed(hall: TownHall, author: Guest) -> tuple[str, str]:
    """The branch of the one proposal, ``TOLD`` by ``author``, and the path of its page."""
    author.fill(author.get("/ecrire/recit"), TOLD, "enregistrer")
    (branch,) = hall.proposals()
    return branch, branch.replace("refs/heads/propositions/", "/proposition/")


@pytest.mark.slow
def test_a_proposal_is_a_branch_by_the_person_on_what_is_published(hall: TownHall) -> None:
    before = git(hall.repo, "rev-parse", "principale")
    marie = hall.guest("marie")
    page = marie.fill(marie.get("/ecrire/recit"), TOLD, "enregistrer")
    assert "C’est proposé." in page.text
    (branch,) = hall.proposals()
    assert branch.startswith("refs/heads/propositions/un-banc-pour-la-rue-")
    assert git(hall.repo, "log", "--format=%an <%ae>: %s", f"principale..{branch}") == (
        "Marie <Marie@wiki.invalid>: Atelier : écrit « Un banc pour la rue » (Récit)"
    )
    assert git(hall.repo, "diff", "--name-only", "principale", branch) == NEW
    assert git(hall.repo, "rev-parse", "principale") == before
    assert "en attente d’une réponse" in marie.get("/").text


@pytest.mark.slow
def test_declined_with_a_word_mended_and_accepted(hall: TownHall) -> None:
    marie, agnes = hall.guest("marie"), hall.guest("agnes")
    branch, place = _proposed(hall, marie)
    assert "À lire, et à décider" in agnes.get("/").text
    page = agnes.get(place)
    assert "Le récit « Un banc pour la rue » est ajouté." in page.text
    assert "Marie D." in page.text and "Oui, tout le monde peut les lire" in page.text
    refused = agnes.press(page, "decliner", mot=" ")
    assert refused.status == 422 and "Dites un mot" in refused.text
    assert "Accepter et publier" in refused.text
    long = "Il manque une date. " * 101
    assert "maxlength" not in page.answer.get_data(as_text=True)
    refused = agnes.press(page, "decliner", mot=long)
    assert refused.status == 422 and "Votre mot a 2019 signes : 2000 au plus." in refused.text
    assert long.strip() in refused.text
    agnes.press(page, "decliner", mot="Qui\tétait\u202flà\u00a0?\nCompte : 8\n\nFiche : recit/x")
    assert "on vous a répondu" in marie.get("/").text
    answered = marie.get(place)
    assert "Agnès a répondu" in answered.text
    assert "Qui était là ?\nCompte : 8\n\nFiche : recit/x" in answered.text
    assert hall.guest("paul").get(place).status == 404

    form = marie.press(answered, "reprendre")
    assert form.fields["voix.0.texte"] == ["Elle voulait un banc.\n\nElle l’a eu."]
    page = marie.fill(form, {"occasion": "Une fête de rue"}, "enregistrer")
    assert "C’est proposé." in page.text
    assert hall.proposals() == [branch]
    done = agnes.press(agnes.get(place), "accepter")
    assert "est accepté" in done.text, done.text
    assert "Le bilan" in done.text and "rattrapera tout" in done.text
    assert "occasion: Une fête de rue" in hall.published(NEW)
    assert "Acceptée" in marie.get(place).text
    log = git(hall.repo, "log", "-2", "--topo-order", "--format=%an: %s", "principale")
    assert log == (
        "Agnès: Atelier : accepte « Un banc pour la rue » (Marie)\n"
        "Marie: Atelier : écrit « Un banc pour la rue » (Récit)"
    )


@pytest.mark.slow
def test_what_is_sent_twice_is_proposed_and_accepted_once(hall: TownHall) -> None:
    marie, agnes = hall.guest("marie"), hall.guest("agnes")
    form = marie.get("/ecrire/recit")
    for _ in range(2):
        assert "C’est proposé." in marie.fill(form, TOLD, "enregistrer").text
    (branch,) = hall.proposals()
    # other words on the page that was left open are another version of the same proposal
    marie.fill(form, {**TOLD, "occasion": "Une fête de rue"}, "enregistrer")
    assert hall.proposals() == [branch]
    assert "occasion: Une fête de rue" in git(hall.repo, "show", f"{branch}:{NEW}")

    page = agnes.get(branch.replace("refs/heads/propositions/", "/proposition/"))
    assert "est accepté" in agnes.press(page, "accepter").text
    again = agnes.press(page, "accepter")
    assert again.status == 200 and "Acceptée" in again.text


@pytest.mark.slow
def test_who_publishes_may_publish_at_once_and_nobody_else(hall: TownHall) -> None:
    marie, agnes = hall.guest("marie"), hall.guest("agnes")
    form = marie.get("/corriger/lieu/chemins-ruraux")
    assert 'value="publier"' not in form.text
    refused = marie.fill(form, {"resume": "Des chemins."}, "publier")
    assert refused.status == 403
    form = agnes.get("/corriger/lieu/chemins-ruraux")
    done = agnes.fill(form, {"resume": "Des chemins creux."}, "publier")
    assert done.status == 200 and "est accepté" in done.text
    assert "Des chemins creux." in hall.published("narratives/lieu/chemins-ruraux.yaml")


@pytest.mark.slow
def test_two_people_on_one_record_are_brought_together(hall: TownHall) -> None:
    agnes, paul = hall.guest("agnes"), hall.guest("paul")
    forms = [browser.get("/corriger/lieu/chemins-ruraux") for browser in (paul, agnes)]
    paul.fill(forms[0], {"resume": "Des chemins creux."}, "enregistrer")
    agnes.fill(forms[1], {"genre": "rue"}, "publier")
    waiting = [branch for branch in hall.town.branches.all() if branch.state == "waiting"]
    assert [branch.account for branch in waiting] == [8]
    page = agnes.get(f"/proposition/{waiting[0].id}")
    changes = page.text.partition('id="change"')[2].partition("</section>")[0]
    assert "Le lieu « La fiche chemins-ruraux »" in changes and "Genre" not in changes
    done = agnes.press(page, "accepter")
    assert "est accepté" in done.text
    data = reader.read(hall.published("narratives/lieu/chemins-ruraux.yaml").encode(), "").data
    assert (data["resume"].strip(), data["genre"]) == ("Des chemins creux.", "rue")


@pytest.mark.slow
def test_two_people_who_take_up_one_proposal_lose_nothing_and_it_stays_its_author_s(
    hall: TownHall,
) -> None:
    marie, agnes = hall.guest("marie"), hall.guest("agnes")
    branch, place = _proposed(hall, marie)
    forms = [browser.press(browser.get(place), "reprendre") for browser in (marie, agnes)]
    marie.fill(forms[0], {"occasion": "Une fête de rue"}, "enregistrer")
    page = agnes.fill(forms[1], {"occasion": "La fête des voisins"}, "enregistrer")
    assert "Une autre proposition attend pour la même fiche" in page.text
    assert f'href="/atelier{place}"' in page.text
    (other,) = set(hall.proposals()) - {branch}
    assert "Une fête de rue" in git(hall.repo, "show", f"{branch}:{NEW}")
    assert "La fête des voisins" in git(hall.repo, "show", f"{other}:{NEW}")
    last = git(hall.repo, "log", "-1", "--format=%an|%B", other)
    assert last.startswith("Agnès|") and "\nCompte : 7\nAuteur : Marie\n" in last
    assert last.endswith("\nCo-authored-by: Marie <Marie@wiki.invalid>")
    seen = marie.get(other.replace("refs/heads/propositions/", "/proposition/")).text
    assert "Proposé par Marie, le" in seen and "et complété par Agnès." in seen
    agnes.fill(agnes.press(page, "reprendre"), {"occasion": "Un dimanche"}, "publier")
    assert "Acceptée" in marie.get(other.replace("refs/heads/propositions/", "/proposition/")).text
    assert marie.get("/").text.count("acceptée") == 1


@pytest.mark.slow
def test_a_proposal_that_somebody_adds_to_with_git_stays_its_author_s(hall: TownHall) -> None:
    marie, agnes = hall.guest("marie"), hall.guest("agnes")
    branch, place = _proposed(hall, marie)
    left_open = marie.press(marie.get(place), "reprendre")
    git(hall.work, "fetch", "-q", str(hall.repo), branch)
    git(hall.work, "checkout", "-q", "FETCH_HEAD")
    (hall.work / NEW).write_text((hall.work / NEW).read_text() + "occasion: Une fête de rue\n")
    git(hall.work, "commit", "-qam", "Dire à quelle occasion")
    git(hall.work, "push", "-q", str(hall.repo), f"HEAD:{branch}")
    assert "Un banc pour la rue</a> – en attente" in marie.get("/").text
    page = marie.get(place)
    assert "Proposé par Marie, le" in page.text and "et complété par" in page.text
    form = marie.press(page, "reprendre")
    assert form.fields["occasion"] == ["Une fête de rue"]
    marie.fill(form, {"titre": "Un banc pour tous"}, "enregistrer")
    assert hall.proposals() == [branch]
    log = git(hall.repo, "log", "--format=%an|%B", f"principale..{branch}")
    assert log.startswith("Marie|") and log.count("Co-authored-by: ") == 1
    marie.fill(left_open, {"titre": "Un banc pour eux"}, "enregistrer")
    assert len(hall.proposals()) == 2
    assert "est accepté" in agnes.press(agnes.get(place), "accepter").text


@pytest.mark.slow
def test_a_proposal_that_somebody_adds_to_with_git_is_told_accepted_to_its_author(
    hall: TownHall,
) -> None:
    marie, agnes = hall.guest("marie"), hall.guest("agnes")
    branch, place = _proposed(hall, marie)
    git(hall.work, "fetch", "-q", str(hall.repo), branch)
    git(hall.work, "checkout", "-q", "FETCH_HEAD")
    (hall.work / NEW).write_text((hall.work / NEW).read_text() + "occasion: Une fête de rue\n")
    git(hall.work, "commit", "-qam", "Dire à quelle occasion")
    git(hall.work, "push", "-q", str(hall.repo), f"HEAD:{branch}")
    assert "est accepté" in agnes.press(agnes.get(place), "accepter").text
    assert "Un banc pour la rue</a> – acceptée" in marie.get("/").text
    assert "Acceptée" in marie.get(place).text
    assert hall.guest("paul").get(place).status == 404


@pytest.mark.slow
@pytest.mark.parametrize("more", ["", "occasion: Une fête de rue\n"])
def test_a_proposal_whose_files_were_published_without_its_versions_is_accepted(
    hall: TownHall, more: str
) -> None:
    """By ``git merge --squash``; with other words beside it, somebody still has to decide."""
    marie, agnes = hall.guest("marie"), hall.guest("agnes")
    branch, place = _proposed(hall, marie)
    git(hall.work, "fetch", "-q", str(hall.repo), branch)
    git(hall.work, "merge", "-q", "--squash", "FETCH_HEAD")
    (hall.work / NEW).write_text((hall.work / NEW).read_text() + more)
    git(hall.work, "add", NEW)
    git(hall.work, "commit", "-qm", "Le banc")
    git(hall.work, "push", "-q", str(hall.repo), "HEAD:principale")
    state = "en attente" if more else "acceptée"
    assert f"Un banc pour la rue</a> – {state}" in marie.get("/").text
    assert ("À lire, et à décider" in agnes.get("/").text) == bool(more)
    # what is published later takes nothing back
    (hall.work / NEW).write_text((hall.work / NEW).read_text() + "prononce: oui\n")
    git(hall.work, "commit", "-qam", "Prononcé")
    git(hall.work, "push", "-q", str(hall.repo), "HEAD:principale")
    assert f"Un banc pour la rue</a> – {state}" in marie.get("/").text
    assert ("Acceptée" in marie.get(place).text) == (not more)


@pytest.mark.slow
def test_a_proposal_amended_with_git_and_published_so_is_accepted(hall: TownHall) -> None:
    marie, agnes = hall.guest("marie"), hall.guest("agnes")
    marie.fill(marie.get("/ecrire/recit"), TOLD, "enregistrer")
    marie.fill(marie.get("/ecrire/recit"), {**TOLD, "titre": "Un bac"}, "enregistrer")
    (branch,) = (name for name in hall.proposals() if "un-banc" in name)
    git(hall.work, "fetch", "-q", str(hall.repo), branch)
    git(hall.work, "checkout", "-q", "FETCH_HEAD")
    (hall.work / NEW).write_text((hall.work / NEW).read_text() + "occasion: Une fête de rue\n")
    git(hall.work, "commit", "-qa", "--amend", "--no-edit")
    git(hall.work, "push", "-q", str(hall.repo), "HEAD:principale")
    page = marie.get("/").text
    assert "Un banc pour la rue</a> – acceptée" in page and "Un bac</a> – en attente" in page
    waiting = agnes.get("/").text.partition("À lire, et à décider")[2]
    assert "Un bac" in waiting and "Un banc pour la rue" not in waiting.partition("</section>")[0]


@pytest.mark.slow
def test_where_a_proposal_and_what_is_published_differ_the_question_is_told(
    hall: TownHall,
) -> None:
    agnes, paul = hall.guest("agnes"), hall.guest("paul")
    forms = [browser.get("/corriger/lieu/chemins-ruraux") for browser in (paul, agnes)]
    paul.fill(forms[0], {"genre": "rue"}, "enregistrer")
    agnes.fill(forms[1], {"genre": "commune"}, "publier")
    (waiting,) = (branch for branch in hall.town.branches.all() if branch.state == "waiting")
    page = agnes.get(f"/proposition/{waiting.id}").text
    assert "dit autre chose pour « Quel genre de lieu ? »" in page


@pytest.mark.slow
def test_what_was_not_read_is_not_accepted(hall: TownHall) -> None:
    marie, agnes = hall.guest("marie"), hall.guest("agnes")
    _, place = _proposed(hall, marie)
    read = agnes.get(place)
    form = marie.press(marie.get(place), "reprendre")
    marie.fill(form, {"titre": "Autre chose"}, "enregistrer")
    answer = agnes.press(read, "accepter")
    assert answer.status == 409 and "a changé depuis que vous l’avez lue" in answer.text
    answer = agnes.press(read, "decliner", mot="Il manque une date.")
    assert answer.status == 409 and "a changé depuis que vous l’avez lue" in answer.text
    assert "Il manque une date." in answer.text  # typed, and not sent
    assert "Autre chose" in answer.text
    assert "un-banc" not in git(hall.repo, "ls-tree", "-r", "--name-only", "principale")


@pytest.mark.slow
def test_nothing_kept_for_the_town_hall_is_shown_to_who_only_proposes(hall: TownHall) -> None:
    """« De grands pas » has a voice that stays at the town hall: the wiki is open."""
    marie, agnes = hall.guest("marie"), hall.guest("agnes")
    refused = marie.get("/corriger/recit/de-grands-pas")
    assert refused.status == 409
    assert "des mots qui ne sont pas pour tous" in refused.text
    assert agnes.get("/corriger/recit/de-grands-pas").status == 200
    paths = ("/", "/fiches", "/noms?q=de&types=acteur", "/fiche/recit/de-grands-pas")
    shown = "".join(marie.get(path).text for path in paths)
    assert "Le maire dit oui et propose une maison" in shown
    assert "Pour elle le projet est allé vite" not in shown and "Célia" not in shown


@pytest.mark.slow
@pytest.mark.parametrize(
    ("who", "status", "words"),
    [
        ("", 403, "Le wiki ne vous reconnaît pas, ou plus."),
        ("perdu", 403, "Le wiki ne vous reconnaît pas, ou plus."),
        ("passage", 403, "Pour écrire ici, il faut un compte du wiki."),
        ("bloque", 403, "Votre compte est bloqué sur le wiki"),
    ],
)
def test_who_is_not_known_is_told_why_and_keeps_the_text(
    hall: TownHall, who: str, status: int, words: str
) -> None:
    marie = hall.guest("marie")
    form = marie.get("/ecrire/recit")
    somebody = hall.guest(who)
    seen = somebody.get("/")
    assert (seen.status, words in seen.text) == (status, True)
    if who == "bloque":
        assert "Jusqu’au 1 mars 2027" in seen.text.replace("1er", "1") and "vandalisme" in seen.text
    posted = somebody.post(form.action, {**form.fields, **TOLD, "_action": "enregistrer"})
    assert posted.status == status and words in posted.text
    assert "Elle voulait un banc." in posted.text
    kept = somebody.post(f"{form.action}/garder", {**form.fields, **TOLD})
    reply = json.loads(kept.answer.data)
    assert kept.status == status and words in reply["erreur"]
    assert hall.proposals() == []


@pytest.mark.slow
def test_a_wiki_that_is_down_lets_nobody_in_and_loses_nothing(hall: TownHall) -> None:
    marie = hall.guest("marie")
    form = marie.get("/ecrire/recit")
    hall.wiki.silent = True
    posted = marie.post(form.action, {**form.fields, **TOLD, "_action": "enregistrer"})
    assert posted.status == 503
    assert "l’atelier ne sait pas qui vous êtes" in posted.text
    assert "Elle voulait un banc." in posted.text and "Marie" not in posted.text.replace(
        "Marie D.", ""
    )
    hall.wiki.silent = False
    again = marie.post(form.action, posted.fields)  # once is enough
    assert "C’est proposé." in again.text


def test_the_wiki_is_asked_at_every_request_with_its_own_cookies_alone(hall: TownHall) -> None:
    marie = hall.guest("marie")
    marie.get("/")
    marie.get("/fiches")
    assert len(hall.wiki.asked) == 2
    assert {headers["Cookie"] for headers in hall.wiki.asked} == {"wiki_session=marie"}
    assert "meta=userinfo" in hall.wiki.asked[0]["path"]
    # a login that ends in between is seen at once, and no cookie of the wiki is handed on
    answer = marie.get("/").answer
    assert "wiki_session" not in answer.headers.get("Set-Cookie", "")
    hall.wiki.accounts.pop("marie")
    try:
        assert marie.get("/").status == 403
    finally:
        hall.wiki.accounts["marie"] = {"id": 7, "name": "Marie", "groups": ["*", "user"]}


@pytest.mark.slow
def test_the_draft_of_another_is_not_found(hall: TownHall) -> None:
    marie, paul = hall.guest("marie"), hall.guest("paul")
    form = marie.fill(marie.get("/ecrire/recit"), TOLD, "garder")
    address = form.action.removeprefix("/atelier")
    assert marie.get(address).status == 200
    assert paul.get(address).status == 404
    assert paul.get(f"{address}/effacer").status == 404
    assert "Un banc pour la rue" not in paul.get("/").text
    forged = paul.post(form.action, {**form.fields, "_action": "garder"})
    assert forged.status == 409  # the token of Marie's page is hers
    assert marie.get(address).fields["titre"] == ["Un banc pour la rue"]


def test_cross_site_requests_are_refused(hall: TownHall) -> None:
    marie = hall.guest("marie")
    form = marie.get("/ecrire/recit")
    for headers in (
        {"Origin": "https://mechant.exemple"},
        {"Origin": "http://ville.exemple"},
        {"Origin": "https://ville.exemple", "Sec-Fetch-Site": "same-site"},
    ):
        answer = marie.post(form.action, {**form.fields, **TOLD}, headers=headers)
        assert answer.status == 403
    assert hall.proposals() == []


@pytest.mark.slow
def test_nothing_of_the_cookies_is_written_anywhere(hall: TownHall, tmp_path: Path) -> None:
    hall.wiki.accounts["jeton-tres-secret"] = hall.wiki.accounts["marie"]
    guest = hall.guest("jeton-tres-secret")
    guest.fill(guest.get("/ecrire/recit"), TOLD, "enregistrer")
    guest.get("/proposition/rien")
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert [file for file in files if b"jeton-tres-secret" in file.read_bytes()] == []
    assert len(files) > 50


@pytest.mark.slow
def test_taking_a_proposal_back_asks_first_and_leaves_nothing_of_it(hall: TownHall) -> None:
    marie = hall.guest("marie")
    marie.fill(marie.get("/ecrire/recit"), TOLD, "enregistrer")
    (branch,) = hall.proposals()
    place = branch.replace("refs/heads/propositions/", "/proposition/")
    assert f'{place}/retirer">Retirer ma proposition</a>' in marie.get(place).text
    asked = marie.get(f"{place}/retirer")
    assert "Retirer votre proposition ?" in asked.text
    assert f"« {TOLD['titre']} », proposé le" in asked.text
    assert hall.guest("agnes").get(f"{place}/retirer").status == 404
    assert hall.proposals() == [branch]
    marie.press(asked, "retirer")
    assert hall.proposals() == []
    assert "Vos propositions" not in marie.get("/").text


@pytest.mark.slow
def test_a_person_made_on_the_spot_never_takes_the_place_of_one_kept_from_sight(
    hall: TownHall,
) -> None:
    hidden = "narratives/acteur/marie-d.yaml"
    (hall.work / hidden).write_text(
        "type: acteur\ntitre: Marie Dubois\ngenre: personne\nconsentement: {etat: interne}\n"
    )
    git(hall.work, "add", "-A")
    git(hall.work, "commit", "-qm", "Une personne")
    git(hall.work, "push", "-q", str(hall.repo), "HEAD:principale")
    marie, agnes = hall.guest("marie"), hall.guest("agnes")
    form = marie.fill(marie.get("/ecrire/recit"), TOLD, "creer:voix.n0.qui")
    form = marie.fill(form, {"_neuf.acteur.genre": "personne"}, "nouvelle:voix.n0.qui")
    marie.fill(form, {}, "enregistrer")
    (branch,) = hall.proposals()
    changed = git(hall.repo, "diff", "--name-only", "principale", branch).split()
    assert changed == ["narratives/acteur/marie-d-2.yaml", NEW]
    page = agnes.get(branch.replace("refs/heads/propositions/", "/proposition/"))
    assert "est accepté" in agnes.press(page, "accepter").text
    assert "Marie Dubois" in hall.published(hidden)


def test_a_branch_that_somebody_pushed_is_read_and_left_to_git_where_it_must(
    hall: TownHall,
) -> None:
    git(hall.work, "checkout", "-qb", "propositions/par-git")
    (hall.work / "loosbot.yaml").write_text("corpus: essai\npublient: [user]\n")
    git(hall.work, "commit", "-qam", "Tout le monde publie")
    git(hall.work, "push", "-q", str(hall.repo), "HEAD")
    agnes = hall.guest("agnes")
    page = agnes.get("/proposition/par-git")
    assert "change autre chose que des fiches" in page.text
    assert "Accepter et publier" not in page.text


@pytest.mark.parametrize("count", [3, pytest.param(50, marks=pytest.mark.slow)])
def test_many_people_who_write_at_once_lose_nothing(hall: TownHall, count: int) -> None:
    for number in range(count):
        account = {"id": 100 + number, "name": f"Personne {number}", "groups": ["*", "user"]}
        hall.wiki.accounts[f"personne-{number}"] = account

    def write(number: int) -> int:
        guest = hall.guest(f"personne-{number}")
        form = guest.get("/ecrire/recit")
        for words in ("Un", "Un banc", f"Un banc pour {number}"):
            form = guest.fill(form, {**TOLD, "titre": words}, "garder")
        page = guest.fill(form, {"voix.0.texte": f"Les mots de {number}."}, "enregistrer")
        assert form.fields["titre"] == [f"Un banc pour {number}"]
        return page.status

    with ThreadPoolExecutor(count) as people:
        assert set(people.map(write, range(count))) == {200}
    branches = hall.proposals()
    assert len(branches) == count
    for number in range(count):
        (branch,) = [name for name in branches if f"/un-banc-pour-{number}-" in name]
        path = f"narratives/recit/un-banc-pour-{number}.yaml"
        assert git(hall.repo, "diff", "--name-only", "principale", branch) == path
        author = git(hall.repo, "log", "-1", "--format=%an", branch)
        assert author == f"Personne {number}"


@pytest.mark.slow
def test_whoever_comes_next_takes_the_words_of_who_withdrew_out_of_every_draft(
    hall: TownHall,
) -> None:
    marie = hall.guest("marie")
    marie.fill(marie.get("/ecrire/recit"), {**TOLD, "resume": "MARIE D. l’a demandé."}, "garder")
    person = "type: acteur\ntitre: Marie D.\ngenre: personne\nconsentement: {etat: retire}\n"
    (hall.work / "narratives/acteur/marie-d.yaml").write_text(person)
    git(hall.work, "add", "-A")
    git(hall.work, "commit", "-qm", "Elle a changé d’avis")
    git(hall.work, "push", "-q", str(hall.repo), "HEAD:principale")
    hall.guest("paul").get("/")
    kept = [file.read_text() for file in hall.town.private.rglob("*.json")]
    assert len(kept) == 1 and "Un banc pour la rue" in kept[0]
    assert "Marie D" not in kept[0] and "MARIE" not in kept[0] and "voulait" not in kept[0]
