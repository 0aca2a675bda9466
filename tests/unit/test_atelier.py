"""The atelier on one's own machine: from the start page to a saved version."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from forms import COMMENTED, HOME, PORT, RECIT, Browser, git, town
from PIL import Image

from loosbot.atelier import serving
from loosbot.atelier.app import create_app
from loosbot.atelier.desk.desk import Desk
from loosbot.atelier.desk.drafts import KEPT_DAYS, Draft, Drafts, new_id
from loosbot.cli import main
from loosbot.corpus.yaml import reader


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return Browser.on(town(tmp_path), tmp_path / "brouillons")


TOLD = {
    "titre": "Un banc pour la rue",
    "projet": ["La fiche groupes-dechets"],
    "annee.valeur": "été 2018",
    "voix._items": ["n0"],
    "voix.n0.qui": ["Marie D."],
    "voix.n0.role": "habitant",
    "voix.n0.texte": "Elle voulait un banc.\n\nElle l’a eu.",
    "voix.n0.consentement.etat": "public",
    "voix.n0.consentement.portee": ["wiki", "soiree"],
}


@pytest.mark.slow
def test_a_recit_with_two_voices_from_the_start_page_to_a_saved_version(browser: Browser) -> None:
    start = browser.get("/")
    assert "Raconter" in start.text
    form = browser.get("/ecrire/recit")
    form = browser.fill(form, TOLD, "ajouter:voix")
    second = {
        "voix.n1.qui": "Paul M.",
        "voix.n1.role": "agent",
        "voix.n1.texte": "Il l’a posé.",
        "voix.n1.consentement.etat": "interne",
    }
    saved = browser.fill(form, second, "enregistrer")
    assert "C’est enregistré." in saved.text
    written = (browser.folder / "narratives/recit/un-banc-pour-la-rue.yaml").read_text()
    assert written == (
        "# $schema: ../../schemas/recit.json\n"
        "type: recit\n"
        "titre: Un banc pour la rue\n"
        "annee: été 2018\n"
        "projet: projet/groupes-dechets\n"
        "voix:\n"
        "  - qui: Marie D.\n"
        "    role: habitant\n"
        "    consentement:\n"
        "      etat: public\n"
        "      portee: [wiki, soiree]\n"
        "    texte: |\n"
        "      Elle voulait un banc.\n"
        "\n"
        "      Elle l’a eu.\n"
        "  - qui: Paul M.\n"
        "    role: agent\n"
        "    consentement:\n"
        "      etat: interne\n"
        "    texte: |\n"
        "      Il l’a posé.\n"
    )
    assert browser.commits()[0] == "Atelier : écrit « Un banc pour la rue » (Récit)"
    author = git(browser.folder, "log", "-1", "--format=%an <%ae>")
    assert author == "Agnès Dupont <agnes@exemple.fr>"
    assert git(browser.folder, "status", "--porcelain") == ""
    assert browser.desk.drafts.all() == []


@pytest.mark.slow
def test_comments_order_and_layout_of_a_hand_written_file_survive(browser: Browser) -> None:
    form = browser.get("/corriger/recit/de-grands-pas")
    saved = browser.fill(form, {"occasion": "Ch’ti TAIDx 2019"}, "enregistrer")
    assert saved.status == 200
    before, after = COMMENTED, (browser.folder / RECIT).read_text()
    assert after == before.replace("occasion: Ch’ti TAIDx 2018", "occasion: Ch’ti TAIDx 2019")


@pytest.mark.slow
def test_a_form_that_nobody_touched_changes_nothing(browser: Browser) -> None:
    saved = browser.fill(browser.get("/corriger/recit/de-grands-pas"), {}, "enregistrer")
    assert saved.status == 200
    assert (browser.folder / RECIT).read_text() == COMMENTED
    assert len(browser.commits()) == 1


def test_what_is_to_be_mended_stands_at_its_field_in_the_words_of_check(browser: Browser) -> None:
    form = browser.get("/ecrire/recit")
    refused = browser.fill(form, {**TOLD, "annee.valeur": "un jour"}, "enregistrer")
    assert refused.status == 422
    field = refused.text.partition('id="c-annee-valeur"')[2].partition('class="question"')[0]
    assert "« un jour » n’est pas une date que l’on sait lire." in field
    assert refused.fields["titre"] == ["Un banc pour la rue"]
    assert len(browser.commits()) == 1


def test_signs_of_command_that_word_pastes_stop_nobody(browser: Browser) -> None:
    pasted = "Les bancs\x0ble bois\x07la pelle\x0cFin dé\x02finitive."
    answers = {**TOLD, "titre": "Un\x0bbanc", "voix.n0.texte": pasted}
    saved = browser.fill(browser.get("/ecrire/recit"), answers, "enregistrer")
    assert saved.status == 200
    written = (browser.folder / "narratives/recit/un-banc.yaml").read_text()
    assert "titre: Un banc\n" in written
    lines = "Les bancs\nle bois la pelle\n\nFin définitive."
    assert all(f"      {line}\n" in written for line in lines.split("\n") if line)


def test_what_is_to_be_mended_is_told_in_the_words_of_the_form(browser: Browser) -> None:
    page = browser.get("/ecrire/source")
    answers = {"titre": "Le bulletin", "notes_de_bas_de_page": "une dizaine"}
    refused = browser.fill(page, answers, "enregistrer")
    assert refused.status == 422
    assert "« Notes de bas de page » attend un nombre entier" in refused.text
    assert "« notes_de_bas_de_page »" not in refused.text


def test_a_number_that_may_be_two_is_asked_for_and_kept_as_it_was_typed(browser: Browser) -> None:
    answers = {"titre": "Les entrées", "valeur": "12.500", "unite": "entrées"}
    told = browser.fill(browser.get("/ecrire/indicateur"), answers, "verifier")
    assert "Si le point sépare les milliers, écrivez 12500" in told.text
    assert told.fields["valeur"] == ["12.500"]


def test_a_missing_answer_is_told_at_its_field(browser: Browser) -> None:
    answers = {**TOLD, "voix.n0.role": ""}
    refused = browser.fill(browser.get("/ecrire/recit"), answers, "enregistrer")
    field = refused.text.partition('id="c-voix-n0-role"')[2].partition('class="question"')[0]
    assert "« À quel titre ? » attend une réponse." in field
    assert "Il manque la clé" not in refused.text


@pytest.mark.parametrize("name", ["Rue Hoche", "Un nom que rien ne porte"])
def test_a_name_that_leads_nowhere_is_told_once_with_what_is_asked_for(
    browser: Browser, name: str
) -> None:
    answers = {**TOLD, "projet": [name], "repond_a": [name]}
    refused = browser.fill(browser.get("/ecrire/recit"), answers, "enregistrer")
    summary = refused.text.partition("il reste à mettre en ordre")[2].partition("</section>")[0]
    assert summary.count(f"« {name} »") == 2
    assert f"« {name} » n’est pas le nom d’un projet ou d’un fifty-fifty." in summary
    assert f"« {name} » n’est pas le nom d’un récit." in summary
    page = refused.answer.get_data(as_text=True)
    assert 'value="creer:projet"' in page
    assert 'value="creer:repond_a"' not in page  # a récit asks for more than a name


def test_what_somebody_typed_is_taken_out_after_a_question_alone(browser: Browser) -> None:
    form = browser.fill(browser.get("/ecrire/recit"), TOLD, "ajouter:voix")
    form = browser.fill(form, {}, "retirer:voix.n1")  # nothing is in it
    assert form.fields["voix._items"] == ["n0"]
    asked = browser.fill(form, {}, "retirer:voix.n0")
    assert "Retirer « Voix 1 » ?" in asked.text
    assert "Elle voulait un banc.\n\nElle l’a eu." in asked.text
    address = form.action
    assert browser.get(address).fields["voix.n0.qui"][0] == "Marie D."
    shown = asked.answer.get_data(as_text=True)
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', shown))
    done = browser.post(address, {**hidden, "_action": "retirer:voix.n0"})
    assert done.fields["voix.n0.qui"] == [""] and done.fields["titre"] == [TOLD["titre"]]
    assert browser.get(f"{address}/retirer/voix.n7").status == 404


def test_no_line_begins_with_a_sign_and_what_is_typed_keeps_its_blanks(browser: Browser) -> None:
    answers = {**TOLD, "voix.n0.texte": "Qui vient ? « Nous »", "occasion": "Un soir ; dehors"}
    kept = browser.fill(browser.get("/ecrire/recit"), answers, "garder")
    shown = kept.answer.get_data(as_text=True)
    assert ">Quand était-ce\u202f?" in shown and ">Quand était-ce ?" not in shown
    assert kept.fields["voix.n0.texte"] == ["Qui vient ? « Nous »"]
    assert kept.fields["occasion"] == ["Un soir ; dehors"]


def test_a_date_is_repeated_back(browser: Browser) -> None:
    kept = browser.fill(browser.get("/ecrire/recit"), {"annee.valeur": "12/05/2018"}, "garder")
    assert "Compris : 12 mai 2018." in kept.text
    assert re.search(r'name="annee.valeur"[^>]* aria-describedby="[^"]*-entendu"', kept.text)


@pytest.mark.slow
def test_a_person_without_a_record_is_made_on_the_spot(browser: Browser) -> None:
    form = browser.fill(browser.get("/ecrire/recit"), TOLD, "garder")
    assert "« Marie D. » n’a pas de fiche" in form.text
    form = browser.fill(form, {}, "creer:voix.n0.qui")
    assert "Créer une fiche pour « Marie D. »" in form.text
    assert '<option value="personne">Personne</option>' in form.text
    form = browser.fill(form, {"_neuf.acteur.genre": "personne"}, "nouvelle:voix.n0.qui")
    assert "n’a pas de fiche" not in form.text
    saved = browser.fill(form, {}, "enregistrer")
    assert "C’est enregistré." in saved.text
    person = (browser.folder / "narratives/acteur/marie-d.yaml").read_text()
    assert person.endswith("type: acteur\ntitre: Marie D.\ngenre: personne\n")
    recit = (browser.folder / "narratives/recit/un-banc-pour-la-rue.yaml").read_text()
    assert "qui: acteur/marie-d" in recit
    assert len(browser.commits()) == 2


@pytest.mark.slow
def test_a_consent_is_never_ticked_in_advance(browser: Browser) -> None:
    fields = browser.get("/ecrire/recit").fields
    assert not [name for name in fields if "consentement" in name and any(fields[name])]
    saved = browser.fill(
        browser.get("/ecrire/recit"),
        {name: value for name, value in TOLD.items() if "consentement" not in name},
        "enregistrer",
    )
    assert "C’est enregistré." in saved.text
    text = (browser.folder / "narratives/recit/un-banc-pour-la-rue.yaml").read_text()
    assert "consentement" not in text


@pytest.mark.slow
def test_a_file_with_unsaved_changes_is_not_mixed_with_ours(browser: Browser) -> None:
    (browser.folder / RECIT).write_text(COMMENTED + "# je travaille encore\n")
    form = browser.get("/corriger/recit/de-grands-pas")
    refused = browser.fill(form, {"occasion": "Une autre"}, "enregistrer")
    assert refused.status == 409
    assert "modifié ailleurs, sans être enregistré" in refused.text
    assert refused.fields["occasion"] == ["Une autre"]
    assert (browser.folder / RECIT).read_text() == COMMENTED + "# je travaille encore\n"


@pytest.mark.slow
def test_changes_of_others_in_other_files_stay_as_they_are(browser: Browser) -> None:
    other = browser.folder / "narratives/lieu/chemins-ruraux.yaml"
    other.write_text(other.read_text() + "# à finir\n")
    (browser.folder / "LISEZMOI").write_text("essai")
    git(browser.folder, "add", "LISEZMOI")
    form = browser.get("/corriger/recit/de-grands-pas")
    browser.fill(form, {"occasion": "Une autre"}, "enregistrer")
    changed = git(browser.folder, "show", "--name-only", "--format=", "HEAD").split()
    assert changed == [RECIT]
    state = git(browser.folder, "status", "--porcelain").splitlines()
    assert sorted(state) == [" M narratives/lieu/chemins-ruraux.yaml", "A  LISEZMOI"]


def _by_somebody_else(browser: Browser, old: str, new: str) -> None:
    file = browser.folder / RECIT
    file.write_text(file.read_text().replace(old, new))
    git(browser.folder, "commit", "-qam", "Une autre main")


@pytest.mark.slow
def test_two_people_on_one_record_are_brought_together(browser: Browser) -> None:
    form = browser.get("/corriger/recit/de-grands-pas")
    _by_somebody_else(browser, "annee: 2018", "annee: 2017")
    saved = browser.fill(form, {"occasion": "Une autre"}, "enregistrer")
    assert "C’est enregistré." in saved.text
    data = reader.read((browser.folder / RECIT).read_bytes(), "").data
    assert (data["annee"], data["occasion"]) == (2017, "Une autre")


@pytest.mark.slow
@pytest.mark.parametrize(("choice", "kept"), [("mien", "La mienne"), ("autre", "La sienne")])
def test_where_two_people_differ_both_are_shown(browser: Browser, choice: str, kept: str) -> None:
    form = browser.get("/corriger/recit/de-grands-pas")
    _by_somebody_else(browser, "Ch’ti TAIDx 2018", "La sienne")
    asked = browser.fill(form, {"occasion": "La mienne"}, "enregistrer")
    assert asked.status == 422
    assert "La mienne" in asked.text and "La sienne" in asked.text
    key = re.search(r'name="(_choix\.[0-9a-f]+)"', asked.text)
    assert key
    saved = browser.fill(asked, {key[1]: choice}, "enregistrer")
    expected = {"mien": "C’est enregistré.", "autre": "la fiche disait déjà cela"}
    assert expected[choice] in saved.text
    assert reader.read((browser.folder / RECIT).read_bytes(), "").data["occasion"] == kept


@pytest.mark.slow
def test_where_two_people_differ_questions_and_answers_are_those_of_the_form(
    browser: Browser,
) -> None:
    form = browser.get("/corriger/recit/de-grands-pas")
    _by_somebody_else(browser, "role: agent", "role: elu")
    _by_somebody_else(browser, "projet: projet/mam-les-petits-pieds", "projet: projet/a-venir")
    changed = {"voix.1.role": "operateur-economique", "projet": ["La fiche groupes-dechets"]}
    asked = browser.fill(form, changed, "enregistrer").text
    for wanted in (
        "« Voix 2 – À quel titre ? » : quelle réponse garder ?",
        '<span class="texte">Opérateur économique</span>',
        '<span class="texte">Élu</span>',
        "« De quel projet parle-t-il ? » : quelle réponse garder ?",
        '<span class="texte">La fiche groupes-dechets</span>',
    ):
        assert wanted in asked, wanted


def _form_of(browser: Browser) -> tuple[str, dict[str, list[str]]]:
    form = browser.get("/ecrire/recit")
    return form.action, form.fields


@pytest.mark.slow
def test_a_draft_is_kept_at_each_pause_and_survives_a_restart(
    browser: Browser, tmp_path: Path
) -> None:
    action, fields = _form_of(browser)
    kept = browser.post(f"{action}/garder", {**fields, "titre": "Un ban"})
    reply = json.loads(kept.answer.data)
    fields["_version"] = [str(reply["version"])]
    browser.post(f"{action}/garder", {**fields, "titre": "Un banc"})
    again = Browser.on(browser.folder, tmp_path / "brouillons")
    assert "Un banc" in again.get("/").text
    form = again.get(action)
    assert form.fields["titre"] == ["Un banc"]
    assert len(again.desk.drafts.all()) == 1
    # the page that was open before the restart is still good
    cookie = browser.client.get_cookie("atelier_8910", domain="127.0.0.1")
    assert cookie
    again.client.set_cookie("atelier_8910", cookie.value, domain="127.0.0.1")
    assert again.post(f"{action}/garder", {**fields, "_version": "2"}).status == 200


def test_two_tabs_on_one_draft_keep_both_texts(browser: Browser) -> None:
    action, fields = _form_of(browser)
    browser.post(f"{action}/garder", {**fields, "titre": "Un banc"})
    first = {**fields, "titre": "Un banc bleu", "_version": "1"}
    second = {**fields, "titre": "Un banc vert", "_version": "1"}
    browser.post(f"{action}/garder", first)
    reply = json.loads(browser.post(f"{action}/garder", second).answer.data)
    assert reply["jumeau"] and reply["adresse"] != action
    titles = sorted(draft.title for draft in browser.desk.drafts.all())
    assert titles == ["Un banc bleu", "Un banc vert"]


@pytest.mark.slow
@pytest.mark.parametrize("kept", [False, True])
def test_a_form_that_is_sent_twice_is_saved_once(browser: Browser, kept: bool) -> None:
    form = browser.get("/ecrire/recit")
    if kept:
        form = browser.fill(form, TOLD, "garder")
    for _ in range(2):  # a button pressed twice; a page sent again, for no answer came back
        page = browser.fill(form, TOLD, "enregistrer")
        assert page.status == 200 and "C’est enregistré." in page.text
    assert len(browser.commits()) == 2
    assert browser.desk.drafts.all() == []
    # the way back leads to what was saved; other words on a page left open correct that very record
    assert "C’est enregistré." in browser.get(form.action).text
    again = browser.fill(form, {**TOLD, "occasion": "Une fête de rue"}, "enregistrer")
    assert "C’est enregistré." in again.text
    assert "occasion: Une fête de rue" in (
        browser.folder / "narratives/recit/un-banc-pour-la-rue.yaml"
    ).read_text("utf-8")
    assert len(list((browser.folder / "narratives/recit").iterdir())) == 2


@pytest.mark.slow
def test_two_presses_at_the_same_moment_save_once(browser: Browser) -> None:
    form = browser.fill(browser.get("/ecrire/recit"), TOLD, "garder")
    cookie = browser.client.get_cookie("atelier_8910", domain="127.0.0.1")
    assert cookie
    texts: list[str] = []

    def press() -> None:
        hand = Browser(browser.folder, browser.desk, browser.client.application.test_client())
        hand.client.set_cookie("atelier_8910", cookie.value, domain="127.0.0.1")
        texts.append(hand.fill(form, {}, "enregistrer").text)

    presses = [threading.Thread(target=press) for _ in range(4)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()
    assert ["C’est enregistré." in text for text in texts] == [True] * 4
    assert len(browser.commits()) == 2


def test_a_draft_is_private_and_in_no_version(browser: Browser, tmp_path: Path) -> None:
    browser.fill(browser.get("/ecrire/recit"), {"titre": "Un secret bien gardé"}, "garder")
    room = tmp_path / "brouillons"
    assert room.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in room.iterdir() if file.is_file()} == {0o600}
    assert git(browser.folder, "status", "--porcelain", "--ignored") == ""
    assert len(browser.commits()) == 1


@pytest.mark.slow
def test_a_draft_is_erased_on_demand(browser: Browser) -> None:
    form = browser.fill(browser.get("/ecrire/recit"), {"titre": "Un banc"}, "garder")
    (draft,) = browser.desk.drafts.all()
    asked = browser.get(f"/brouillon/{draft.id}/effacer")
    assert "Effacer ce brouillon ?" in asked.text
    assert browser.desk.drafts.find(draft.id)
    browser.post(f"/brouillon/{draft.id}/effacer", {"_jeton": form.fields["_jeton"]})
    assert browser.desk.drafts.all() == []


def test_a_draft_goes_thirty_days_after_its_last_word(tmp_path: Path) -> None:
    now = [1_000_000.0]
    drafts = Drafts(tmp_path / "brouillons", clock=lambda: now[0])
    draft = drafts.save(Draft(new_id(), "recit", answers={"titre": ["Un banc"]}), 0)
    drafts.add_file(draft.id, "image.png", b"x")
    now[0] += KEPT_DAYS * 86_400
    assert drafts.find(draft.id)
    now[0] += 1
    assert drafts.all() == []
    assert list((tmp_path / "brouillons").iterdir()) == []


@pytest.mark.slow
def test_a_draft_keeps_no_word_of_who_withdrew(browser: Browser) -> None:
    answers = {**TOLD, "resume": "MARIE\u00a0D. l’a demandé."}
    browser.fill(browser.get("/ecrire/recit"), answers, "garder")
    person = "type: acteur\ntitre: Marie D.\ngenre: personne\nconsentement: {etat: retire}\n"
    (browser.folder / "narratives/acteur/marie-d.yaml").write_text(person)
    git(browser.folder, "add", "-A")
    git(browser.folder, "commit", "-qm", "Elle a changé d’avis")
    browser.get("/")
    (draft,) = browser.desk.drafts.all()
    assert "voix.n0.texte" not in draft.answers
    assert draft.answers["titre"] == ["Un banc pour la rue"]
    assert draft.answers["resume"] == ["personne retirée l’a demandé."]
    assert "Marie" not in str(draft.answers)


def _png() -> bytes:
    out = BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return out.getvalue()


@pytest.mark.slow
def test_a_picture_is_joined_with_what_one_sees_in_it(browser: Browser) -> None:
    form = browser.fill(browser.get("/ecrire/recit"), TOLD, "ajouter:documents")
    sent = {
        **form.fields,
        "documents.n0.alt": "Un banc vert",
        "documents.n0.fichier._envoi": (BytesIO(_png()), "Le Banc été.PNG"),
        "_action": "enregistrer",
    }
    saved = browser.post(form.action, sent, content_type="multipart/form-data")
    assert "C’est enregistré." in saved.text
    assert (browser.folder / "narratives/recit/le-banc-ete.png").is_file()
    text = (browser.folder / "narratives/recit/un-banc-pour-la-rue.yaml").read_text()
    assert "fichier: le-banc-ete.png" in text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "data"), [("virus.exe", b"MZ not a picture"), ("pas-encore-là.jpg", b"")]
)
def test_a_picture_that_is_none_is_refused_and_the_text_kept(
    browser: Browser, name: str, data: bytes
) -> None:
    form = browser.fill(browser.get("/ecrire/recit"), TOLD, "ajouter:documents")
    sent = {
        **form.fields,
        "titre": "Un autre titre",
        "documents.n0.fichier._envoi": (BytesIO(data), name),
        "_action": "enregistrer",
    }
    refused = browser.post(form.action, sent, content_type="multipart/form-data")
    assert refused.status == 409
    assert "n’a pas été joint" in refused.text
    assert [draft.title for draft in browser.desk.drafts.all()] == ["Un autre titre"]


def test_a_draft_that_cannot_be_kept_is_given_back_and_sent_again(browser: Browser) -> None:
    form = browser.get("/ecrire/recit")
    shutil.rmtree(browser.desk.drafts.folder)
    browser.desk.drafts.folder.write_text("")

    refused = browser.fill(form, TOLD, "garder")

    assert refused.status == 409
    assert "Le brouillon ne peut pas être gardé" in refused.text
    browser.desk.drafts.folder.unlink()
    browser.desk.drafts.folder.mkdir()
    browser.post(refused.action, refused.fields)
    assert [draft.title for draft in browser.desk.drafts.all()] == [TOLD["titre"]]


def test_the_notice_of_a_practice_ground_is_a_landmark(tmp_path: Path) -> None:
    desk = Desk(town(tmp_path), Drafts(tmp_path / "brouillons"), practice=True)
    client = create_app(desk, PORT, {"HOME": str(tmp_path)}).test_client()
    shown = client.get("/", base_url=HOME).get_data(as_text=True)

    body = shown.partition("<body>")[2].partition("</body>")[0]
    outside = re.sub(r"<(header|aside|main)\b.*?</\1>", "", body, flags=re.DOTALL)
    assert re.sub(r"<[^>]+>", "", outside).strip() == "Aller au contenu"
    assert "écrivez sans crainte" in body


def test_a_corpus_with_a_fault_says_so_where_a_record_was_to_be_shown(browser: Browser) -> None:
    assert browser.get("/fiche/recit/nulle-part").status == 404
    (browser.folder / "narratives/recit/casse.yaml").write_text("type: recit\ntitre: [Un\n")

    for record in ("projet/groupes-dechets", "recit/casse"):
        answer = browser.get(f"/fiche/{record}")
        assert answer.status == 409
        assert "tant que le corpus a une faute" in answer.text
        assert "narratives/recit/casse.yaml</strong>, ligne 2" in answer.text

    # what waits is worked out from records that can be read
    assert "Rien, pour l’instant" not in browser.get("/").text


@pytest.mark.slow
def test_the_preview_tells_that_it_is_near_enough_and_what_does_not_show(browser: Browser) -> None:
    form = browser.fill(
        browser.get("/ecrire/recit"),
        {**TOLD, "voix.n0.consentement.etat": "retire"},
        "garder",
    )
    seen = browser.fill(form, {}, "apercu")
    assert "cette page est approchée" in seen.text
    assert "Elle voulait un banc" not in seen.text
    assert "rien n’est encore enregistré" in seen.text
    assert "La fiche groupes-dechets" in seen.text.partition("changer")[2]
    assert len(browser.commits()) == 1


def test_a_second_record_of_the_same_title_is_told(browser: Browser) -> None:
    answers = {**TOLD, "titre": "De grands pas pour les petits pieds"}
    refused = browser.fill(browser.get("/ecrire/recit"), answers, "enregistrer")
    assert refused.status == 422
    assert "est déjà celui de" in refused.text


@pytest.mark.slow
def test_an_items_order_changes_without_a_word_lost(browser: Browser) -> None:
    form = browser.fill(browser.get("/corriger/recit/de-grands-pas"), {}, "monter:voix.1")
    assert form.fields["voix._items"] == ["1", "0"]
    browser.fill(form, {}, "enregistrer")
    voices = reader.read((browser.folder / RECIT).read_bytes(), "").data["voix"]
    before = reader.read(COMMENTED.encode(), "").data["voix"]
    assert voices == before[::-1]


def test_the_folder_must_have_a_branch_to_save_on(browser: Browser) -> None:
    git(browser.folder, "checkout", "-q", "--detach")
    form = browser.get("/corriger/recit/de-grands-pas")
    refused = browser.fill(form, {"occasion": "Une autre"}, "enregistrer")
    assert refused.status == 409
    assert "au milieu d’une autre opération" in refused.text


def test_nothing_is_half_saved_while_another_program_of_git_is_at_work(browser: Browser) -> None:
    head = git(browser.folder, "rev-parse", "HEAD")
    form = browser.get("/corriger/recit/de-grands-pas")
    # as « git commit -a » has it as long as its message is open in an editor
    lock = browser.folder / ".git/index.lock"
    lock.touch()

    refused = browser.fill(form, {"occasion": "Une autre"}, "enregistrer")

    assert refused.status == 409
    assert f"Un autre programme travaille dans ce dépôt git ({lock}" in refused.text
    assert git(browser.folder, "rev-parse", "HEAD") == head
    assert (browser.folder / RECIT).read_text(encoding="utf-8") == COMMENTED
    lock.unlink()
    assert git(browser.folder, "status", "--porcelain") == ""
    assert browser.fill(form, {"occasion": "Une autre"}, "enregistrer").status < 400
    assert git(browser.folder, "status", "--porcelain") == ""


@pytest.mark.slow
def test_no_page_speaks_of_files_and_versions_as_developers_do(browser: Browser) -> None:
    pages = ["/", "/ecrire/recit", "/fiches", "/aide", "/corriger/recit/de-grands-pas"]
    for path in pages:
        text = re.sub(r"<[^>]*>", " ", browser.get(path).text)
        assert not re.findall(r"(?i)\b(yaml|git|commit|branche|schéma|dépôt)\b", text), path


def test_what_waits_is_on_the_start_page(browser: Browser) -> None:
    text = browser.get("/").text
    assert "Personne n’en a encore parlé" in text
    assert "La fiche groupes-dechets" in text


def test_what_waits_beyond_the_first_ones_is_a_click_away(tmp_path: Path) -> None:
    folder = town(tmp_path)
    for number in range(10):
        project = folder / f"narratives/projet/banc-{number}.yaml"
        project.write_text(f"type: projet\ntitre: Le banc {number}\n", encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Des bancs")
    text = Browser.on(folder, tmp_path / "brouillons").get("/").text
    first, _, rest = text.partition("<summary>et 3 autres</summary>")
    # the ten, and the project that the town has already
    assert (first.count("?projet=projet/"), rest.count("?projet=projet/")) == (8, 3)


def test_the_names_of_a_list_are_searched(browser: Browser) -> None:
    names = json.loads(browser.get("/noms?types=projet+acteur&q=groupes").answer.data)
    assert names == [
        {"nom": "La fiche groupes-dechets", "genre": "projet", "fiche": "projet/groupes-dechets"}
    ]


VISITS: tuple[dict[str, str], ...] = (
    {"demande.date": "12/05/2018", "demande.besoin": "Un jardin", "demande.demandeurs": "Marie D."},
    {
        "convention.signature": "juin 2018",
        "convention.engagements.n0.qui": "Marie D.",
        "convention.engagements.n0.quoi": "Arroser",
        "convention.engagements.n0.echeance": "2019",
    },
    {"realisation.date": "été 2018", "realisation.participants.valeur": "10 à 15"},
    {"evaluation.date": "2020", "evaluation.texte": "Il est *entretenu*."},
)


@pytest.mark.slow
def test_a_fifty_fifty_from_request_to_evaluation_in_four_visits(browser: Browser) -> None:
    first, *others = VISITS
    form = browser.get("/ecrire/fifty-fifty")
    saved = browser.fill(form, {"titre": "Le jardin de la cité", **first}, "enregistrer")
    assert "C’est enregistré." in saved.text
    for answers in others:
        form = browser.get("/corriger/fifty-fifty/le-jardin-de-la-cite")
        saved = browser.fill(form, answers, "enregistrer")
        assert "C’est enregistré." in saved.text
    file = browser.folder / "narratives/fifty-fifty/le-jardin-de-la-cite.yaml"
    data = reader.read(file.read_bytes(), "").data
    assert data["demande"] == {
        "date": "2018-05-12",
        "demandeurs": "Marie D.",
        "besoin": "Un jardin",
    }
    (promise,) = data["convention"]["engagements"]
    assert promise["id"] == "arroser" and promise["echeance"] == 2019
    assert data["realisation"] == {"participants": "10 à 15", "date": "été 2018"}
    assert data["evaluation"] == {"date": 2020, "texte": "Il est *entretenu*.\n"}
    assert len(browser.commits()) == 5


@pytest.mark.slow
def test_who_has_no_name_in_git_tells_it_once(browser: Browser) -> None:
    git(browser.folder, "config", "--unset", "user.name")
    git(browser.folder, "config", "--unset", "user.email")
    refused = browser.fill(browser.get("/ecrire/recit"), TOLD, "enregistrer")
    assert refused.status == 409
    assert "On ne sait pas encore qui écrit ici." in refused.text
    saved = browser.fill(refused, {"_qui": "Agnès <Dupont>"}, "enregistrer")
    assert "C’est enregistré." in saved.text
    author = git(browser.folder, "log", "-1", "--format=%an <%ae>")
    assert author == "Agnès Dupont <agnes-dupont@atelier.invalid>"
    assert "Qui écrit ?" not in browser.get("/ecrire/recit").text


@pytest.mark.slow
def test_an_imported_recit_leads_to_what_nobody_said_yet(browser: Browser) -> None:
    document = browser.folder.parent / "un-banc.md"
    document.write_text("# Un banc\n\n**Marie D. :** Elle voulait un banc.\n")
    done = CliRunner().invoke(
        main, ["import", "recit", str(document), "--yes", "--corpus", str(browser.folder)]
    )
    assert done.exit_code == 0, done.output
    early = browser.get("/corriger/recit/un-banc")
    assert early.status == 409 and "pas encore enregistrée" in early.text
    git(browser.folder, "add", "-A")
    git(browser.folder, "commit", "-qm", "Importer")
    assert "Un banc</a> : une réponse à donner" in browser.get("/").text
    form = browser.get("/corriger/recit/un-banc")
    assert 'href="#c-voix-0-role"' in form.text
    assert form.fields["voix.0.texte"] == ["Elle voulait un banc."]
    saved = browser.fill(form, {"voix.0.role": "habitant"}, "enregistrer")
    assert "C’est enregistré." in saved.text
    assert "À compléter" not in browser.get("/").text


def test_two_ateliers_that_open_at_once_have_a_port_each() -> None:
    with serving._bound(None) as first, serving._bound(None) as other:
        assert first.getsockname() != other.getsockname()


@pytest.mark.slow
def test_whoever_has_it_in_a_terminal_reads_no_english(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "loosbot", "atelier", "--corpus", str(town(tmp_path))]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        address = process.stdout.readline().split()[-1]
        # as a browser asks for a page and what is in it, in several tabs
        with ThreadPoolExecutor(40) as pool:
            list(pool.map(lambda _: urlopen(address).read(), range(40)))
        process.terminate()
        assert process.stderr.read() == ""
