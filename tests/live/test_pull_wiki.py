"""What people change inside the published text comes back into the files, from a real wiki."""

from __future__ import annotations

import re
from itertools import pairwise

import faults
import pytest
from desk import Desk, Published
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from markdowns import SOURCES
from proxy import Proxy
from wikis import Person, Wiki

from loosbot.canonical import canonical
from loosbot.wikitext.encoding import Context, encode
from loosbot.wikitext.markdown import MarkdownRenderer

RECIT = "narratives/recit/la-haie.yaml"
JARDIN = "narratives/fifty-fifty/jardin.yaml"
FILES = {
    "loosbot.yaml": "corpus: essai\nauteurs:\n  Camille: Camille Durand <camille@loos.example>\n",
    JARDIN: """\
# Relu avec le service des espaces verts.
type: fifty-fifty
titre: Le jardin du coron
resume: Une friche devient un jardin.   # à développer
annee: 2018
statut: en-cours

demande:
  date: 2017-03
  canal: reunion
convention: inconnu

texte: |
  La friche attendait depuis dix ans. Les riverains ont demandé
  à la mairie le droit de la cultiver, et la mairie a dit oui.

  Personne n’avait de brouette. La ville en a prêté **deux**,
  que l’on se passait le samedi.

  - des outils
  - de la terre

frottements:
- Les clés se perdaient.    # dit par Célia
- texte: Le robinet fuyait.
  date: 2018-06
""",
    RECIT: """\
type: recit
titre: La haie
projet: fifty-fifty/jardin
voix:
- qui: Célia C.
  role: habitant
  consentement: {etat: public}
  nature: rapporte
  texte: |
    Elle raconte que la haie est venue plus tard.

    Tout le monde n’en voulait pas.
""",
    "pages/accueil.md": "---\ntitre: Bienvenue\nrubrique: accueil\n---\n\nBonjour à tous.\n",
}
TITLE = "Le jardin du coron"


@pytest.fixture(scope="module")
def published(shared_wiki: Wiki, tmp_path_factory: pytest.TempPathFactory) -> Published:
    return Published.new(tmp_path_factory.mktemp("jardin"), shared_wiki, FILES)


def edit(person: Person, title: str, *changes: tuple[str, str]) -> int:
    text = person.text(title)
    assert text is not None
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} in {text}"
        text = text.replace(old, new)
    return person.edit(title, text)


def read(desk: Desk, path: str) -> str:
    return (desk.folder / path).read_text(encoding="utf-8")


def settled(desk: Desk) -> None:
    """After pull and commit, sync has nothing more to carry back."""
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--allow-empty", "--message", "Repris du wiki")
    assert desk.sync().code == 0
    assert desk.sync().json["edits"] == 0
    again = desk.run("pull", "--format", "json")
    assert (again.code, again.json["pages"]) == (0, [])


def test_parameters_prose_and_lists_come_back_and_nothing_else_moves(
    desk: Desk, person: Person
) -> None:
    edit(
        person,
        TITLE,
        ("| Année = 2018", "| Année = depuis 2018"),
        ("| Statut = En cours", "| Statut = Abouti\n| Récurrence = chaque printemps"),
        ("dix ans", "douze ans"),
        ("* de la terre", "* de la terre\n* des graines"),
        ("* Les clés se perdaient.", "* Les clés se perdaient souvent.\n* Le portail grinçait."),
    )
    before = read(desk, JARDIN)

    done = desk.run("pull")

    assert done.code == 0, done.out + done.err
    after = read(desk, JARDIN)
    expected = (
        before.replace("annee: 2018", "annee: depuis 2018")
        .replace("statut: en-cours", "statut: abouti")
        .replace("dix ans", "douze ans")
        .replace("  - de la terre\n", "  - de la terre\n  - des graines\n")
        .replace("- Les clés se perdaient.    #", "- Les clés se perdaient souvent.    #")
        .replace("- texte: Le robinet", "- Le portail grinçait.\n- texte: Le robinet")
    )
    added = [line for line in after.splitlines() if line not in expected.splitlines()]
    assert added == ["recurrence: chaque printemps"], after
    assert [line for line in after.splitlines() if line not in added] == expected.splitlines()
    settled(desk)


def test_a_summary_a_stage_and_a_voice_come_back(desk: Desk, person: Person) -> None:
    edit(
        person,
        TITLE,
        ("Une friche devient un jardin.", "Une friche devient un ''beau'' jardin."),
        ("* '''Canal''' : Réunion", "* '''Besoin''' : Des légumes\n* '''Canal''' : Réunion"),
        ("\n|}\n</div>\n", "\n|-\n! Convention\n|\n* '''Signature''' : 4 juin 2018\n|}\n</div>\n"),
    )
    edit(person, "La haie", ("Tout le monde", "Presque tout le monde"))

    done = desk.run("pull", "--format", "json")

    assert done.code == 0, done.out + done.err
    garden = read(desk, JARDIN)
    assert "resume: Une friche devient un *beau* jardin.   # à développer" in garden
    assert "  besoin: Des légumes" in garden
    assert "signature: 2018-06-04" in garden
    assert "Presque tout le monde n’en voulait pas." in read(desk, RECIT)
    assert [page["users"] for page in done.json["pages"]] == [["Camille"], ["Camille"]]
    settled(desk)


def test_a_bullet_left_empty_waits_for_nobody(desk: Desk, person: Person) -> None:
    edit(person, TITLE, ("* Les clés se perdaient.", "* Les clés se perdaient.\n*"))
    before = read(desk, JARDIN)

    done = desk.run("pull", "--format", "json")

    assert done.code == 0, done.out + done.err
    assert read(desk, JARDIN) == before
    settled(desk)


def test_a_note_that_two_paragraphs_share_comes_back_with_each(desk: Desk, person: Person) -> None:
    cited = (
        read(desk, JARDIN).replace("dix ans.", "dix ans[^ici].").replace("samedi.", "samedi[^ici].")
    )
    desk.write({JARDIN: cited.replace("la terre\n", "la terre\n\n  [^ici]: Le cahier.\n")})
    assert desk.sync().code == 0
    edit(
        person,
        TITLE,
        ("Le cahier.", "Le cahier bleu."),
        ("le samedi", "chaque samedi"),
        (
            "* des outils",
            '* des outils<ref name="autre">Vu.</ref>\n* des seaux<ref name="autre" />',
        ),
    )
    before = read(desk, JARDIN)

    done = desk.run("pull")

    assert done.code == 0, done.out + done.err
    after = (
        before.replace("[^ici]: Le cahier.\n", "[^ici]: Le cahier bleu.\n\n  [^1]: Vu.\n")
        .replace("le samedi", "chaque samedi")
        .replace("- des outils\n", "- des outils[^1]\n  - des seaux[^1]\n")
    )
    assert read(desk, JARDIN) == after
    settled(desk)


def test_a_field_changed_on_both_sides_is_a_conflict_and_the_rest_is_taken(
    desk: Desk, person: Person
) -> None:
    edit(person, TITLE, ("| Année = 2018", "| Année = 2019"), ("dix ans", "douze ans"))
    desk.change(JARDIN, "annee: 2018", "annee: 2017")

    done = desk.run("pull", "--format", "json")

    assert done.code == 1
    [page] = done.json["pages"]
    assert [change["field"] for change in page["taken"]] == ["texte"]
    [conflict] = page["conflicts"]
    assert (conflict["field"], conflict["wiki"], conflict["file"]) == ("annee", "2019", "2017")
    assert "annee: 2017" in read(desk, JARDIN)
    assert "douze ans" in read(desk, JARDIN)
    assert "CONFLIT" in desk.run("pull").out


def test_what_yaml_cannot_hold_is_shown_and_stays_on_the_wiki(desk: Desk, person: Person) -> None:
    revision = edit(
        person, TITLE, ("dix ans", "dix {{Citation nécessaire}} ans"), ("des outils", "des bêches")
    )
    before = person.text(TITLE)

    done = desk.run("pull", "--format", "json")

    assert done.code == 1
    [page] = done.json["pages"]
    [left] = page["left"]
    assert "{{Citation nécessaire}}" in left["after"]
    assert "des bêches" in read(desk, JARDIN)
    desk.git("commit", "--quiet", "--all", "--message", "Repris")
    after = desk.sync()
    assert after.code == 1
    assert [page["revision"] for page in after.json["human_edits"]] == [revision]
    assert person.text(TITLE) == before


def test_a_dry_run_writes_nothing_and_a_second_pull_adds_nothing(
    desk: Desk, person: Person
) -> None:
    # more edits than are read together with those of other pages
    for old, new in pairwise(
        ("dix ans", "onze ans", "dix ans", "neuf ans", "dix ans", "douze ans")
    ):
        edit(person, TITLE, (old, new))
    before = read(desk, JARDIN)

    shown = desk.run("pull", "--dry-run")

    assert "+  La friche attendait depuis douze ans." in shown.out
    assert read(desk, JARDIN) == before
    assert desk.git("status", "--porcelain") == ""
    assert desk.run("pull").code == 0
    once = read(desk, JARDIN)
    assert desk.run("pull").code == 0
    assert read(desk, JARDIN) == once


def test_a_file_that_somebody_saves_meanwhile_is_left_as_it_is(desk: Desk, person: Person) -> None:
    edit(person, TITLE, ("Une friche devient", "Un pré devient"))
    saved = read(desk, JARDIN).replace("Une friche devient", "Un champ devient")
    file = desk.folder / JARDIN
    proxy = Proxy(desk.wiki)
    # what people changed is asked for once the files are read
    proxy.script = lambda request: (
        faults.meanwhile(lambda: file.write_text(saved)) if "pageids" in request.params else None
    )
    try:
        done = proxy.before(desk).run("pull")
    finally:
        proxy.close()

    assert done.code == 1
    assert f"Changé pendant la reprise : « {JARDIN} »" in done.err
    assert read(desk, JARDIN) == saved
    [page] = desk.run("pull", "--format", "json").json["pages"]
    assert [conflict["wiki"] for conflict in page["conflicts"]] == ["Un pré devient un jardin."]


def test_a_branch_has_one_commit_for_each_edit_under_its_author(desk: Desk, person: Person) -> None:
    first = edit(person, TITLE, ("dix ans", "douze ans"))
    edit(person, TITLE, ("| Année = 2018", "| Année = 2019"))
    edit(person, "La haie", ("plus tard", "bien plus tard"))
    head = desk.git("rev-parse", "HEAD")
    (desk.folder / "brouillon.txt").write_text("pas fini", encoding="utf-8")

    done = desk.run("pull", "--branch", "retours", "--format", "json")

    assert done.code == 0, done.out + done.err
    assert done.json["commits"] == 3
    log = desk.git("log", "--reverse", "--format=%an <%ae>|%s", f"{head}..retours")
    assert log.splitlines() == [
        f"Camille Durand <camille@loos.example>|Wiki : {what}"
        for what in (
            "Le jardin du coron – En détail",
            "Le jardin du coron – Fiche fifty-fifty : Année",
            "La haie – Voix 1",
        )
    ]
    assert f"diff={first}" in desk.git("log", "--format=%B", "retours")
    assert desk.git("rev-parse", "HEAD") == head
    assert desk.git("status", "--porcelain") == "?? brouillon.txt"
    again = desk.run("pull", "--branch", "retours", "--format", "json")
    assert (again.code, again.json["commits"]) == (0, 0)
    desk.git("merge", "--quiet", "retours")
    (desk.folder / "brouillon.txt").unlink()
    assert desk.sync().code == 0
    assert desk.sync().json["edits"] == 0


def test_an_edit_from_before_the_templates_had_a_prefix_comes_back(
    desk: Desk, person: Person
) -> None:
    edit(person, TITLE, ("| Année = 2018", "| Année = 2019"))
    desk.change("loosbot.yaml", "corpus: essai\n", "corpus: essai\nprefixe_modeles: 'Loos '\n")

    done = desk.run("pull")

    assert done.code == 0, done.out + done.err
    assert "annee: 2019\n" in read(desk, JARDIN)
    settled(desk)
    assert "{{Loos Fiche fifty-fifty\n| Année = 2019" in person.page(TITLE)


def test_a_page_renamed_on_the_wiki_gives_its_title_to_the_file(desk: Desk, person: Person) -> None:
    person.act(action="move", **{"from": TITLE, "to": "Le jardin partagé", "reason": "plus juste"})

    done = desk.run("pull")

    assert done.code == 0, done.out + done.err
    assert "titre: Le jardin partagé\n" in read(desk, JARDIN)
    settled(desk)
    assert (person.text("Le jardin partagé") or "").startswith("<!-- loosbot ")


def test_a_page_renamed_twice_gives_its_last_title_a_colon_in_it(
    desk: Desk, person: Person
) -> None:
    names = (TITLE, "Le jardin partagé", "Le jardin partagé : un coron en fleurs")
    for old, new in pairwise(names):
        person.act(action="move", **{"from": old, "to": new, "reason": "plus juste"})

    done = desk.run("pull", "--format", "json")

    assert done.code == 0, done.out + done.err
    [page] = done.json["pages"]
    assert (page["title"], page["users"]) == (names[-1], ["Camille"])
    assert f'titre: "{names[-1]}"\n' in read(desk, JARDIN)
    settled(desk)


def test_a_page_renamed_into_another_namespace_is_named(desk: Desk, person: Person) -> None:
    person.act(action="move", **{"from": TITLE, "to": f"Aide:{TITLE}", "reason": "à lire"})

    done = desk.run("pull")

    assert done.code == 1
    assert "une fiche n’a pas « Aide: » dans son titre" in done.out
    assert f"titre: {TITLE}\n" in read(desk, JARDIN)


def test_a_template_changed_on_the_wiki_is_copied_into_the_corpus(
    desk: Desk, person: Person
) -> None:
    title = "Modèle:Fiche récit"
    text = person.text(title)
    assert text is not None
    assert "<includeonly>" in text
    person.edit(title, text.replace("<includeonly>", "<includeonly><!-- vu -->", 1))

    done = desk.run("pull")

    assert done.code == 0, done.out + done.err
    assert "<!-- vu -->" in read(desk, "pages/modeles/Fiche récit.wiki")
    settled(desk)


def test_damaged_marks_are_named_and_left(desk: Desk, person: Person) -> None:
    person.edit(TITLE, "Tout effacé.")

    done = desk.run("pull")

    assert done.code == 1
    assert TITLE in done.out
    assert "remettez la version d’avant" in done.out
    assert desk.git("status", "--porcelain") == ""


def test_pages_and_introductions_come_back_and_rows_are_left(desk: Desk, person: Person) -> None:
    desk.write(
        {
            "pages/index/rates.yaml": "type: index\ntitre: Les jardins\nintro: Tous les jardins.\n"
            "enregistrements: {types: [fifty-fifty]}\ncolonnes: [titre, annee]\n"
        }
    )
    assert desk.sync().code == 0
    edit(person, "Accueil", ("Bonjour à tous.", "Bonjour à toutes et à tous."))
    edit(person, "Les jardins", ("Tous les jardins.", "Tous les jardins de la ville."))

    assert desk.run("pull").code == 0

    assert read(desk, "pages/accueil.md").endswith("---\n\nBonjour à toutes et à tous.\n")
    assert "intro: Tous les jardins de la ville.\n" in read(desk, "pages/index/rates.yaml")
    settled(desk)
    edit(person, "Les jardins", ("| 2018", "| 2016"))
    done = desk.run("pull", "--format", "json")
    assert done.code == 1
    [page] = done.json["pages"]
    assert [passage["label"] for passage in page["left"]] == ["Lignes de l’index"]
    plan = desk.run("plan").out
    assert "« loosbot pull » ne peut pas la reprendre" in plan
    assert "loosbot sync --take-back index/rates" in plan
    assert desk.sync("--take-back", "index/rates").code == 0
    assert desk.run("pull", "--format", "json").json["pages"] == []


def test_links_typed_on_the_wiki(desk: Desk, person: Person) -> None:
    person.act(action="move", **{"from": "La haie", "to": "La haie du coron", "reason": ""})
    edit(
        person,
        TITLE,
        ("dix ans", "dix ans, voir [[la haie]] et [[La haie du coron|elle]]"),
        ("de la terre", "de la [[terre]]"),
        ("* Les clés se perdaient.", "* Les clés de [[la haie]] se perdaient."),
        ("* Le robinet fuyait.", "* Le robinet de [[La haie du coron|celle-ci]] fuyait."),
    )

    done = desk.run("pull", "--format", "json")

    assert done.code == 1
    text = read(desk, JARDIN)
    assert "[la haie](../recit/la-haie.yaml)" in text
    assert "[elle](../recit/la-haie.yaml)" in text
    assert "- Les clés de [la haie](recit/la-haie) se perdaient.    # dit par Célia" in text
    assert "- texte: Le robinet de [celle-ci](recit/la-haie) fuyait." in text
    [left] = [passage for page in done.json["pages"] for passage in page["left"]]
    assert "[[terre]]" in left["after"]
    assert "une page qui n’est pas une fiche" in left["reason"]
    plan = desk.run("plan").out
    assert "ne peut pas la reprendre : un lien vers une page qui n’est pas une fiche" in plan
    edit(person, TITLE, ("de la [[terre]]", "de la terre"))
    assert desk.run("pull").code == 0
    settled(desk)


def test_an_undo_on_the_wiki_goes_back_in_the_file(desk: Desk, person: Person) -> None:
    before = read(desk, JARDIN)
    desk.change(JARDIN, "dix ans", "onze ans")
    assert desk.sync().code == 0
    newest = person.revisions(TITLE, 1)[0]["revid"]
    person.act(action="edit", title=TITLE, undo=newest)

    assert desk.run("pull").code == 0

    assert read(desk, JARDIN) == before
    settled(desk)


@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.generate],  # an example lives on the wiki after it: shrinking would lie
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    source=SOURCES.map(lambda text: text.replace("](", "] (")),  # links have their own test
    year=st.sampled_from(["2015", "depuis 2016", "juin 2018", "inconnu"]),
    friction=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1),
)
def test_any_text_in_the_documented_markdown_comes_back(
    source: str, year: str, friction: str, desk: Desk, person: Person
) -> None:
    written = MarkdownRenderer().to_wikitext(source, level=2, resolve=lambda target: None)
    page = person.text(TITLE) or ""
    head, _, rest = page.partition("== En détail ==\n\n")
    between = rest[rest.index("\n\n== ") :]
    before, frictions, tail = between.partition("\n\n== Frottements ==\n\n* ")
    body = head + "== En détail ==\n\n" + written + before + frictions
    item = encode(canonical(friction).strip() or "rien", Context.LIST_ITEM)
    text = re.sub(r"\| Année = [^\n]*", f"| Année = {year}", body) + f"{item}\n* " + tail
    person.edit(TITLE, text)
    standing = person.text(TITLE) or ""

    done = desk.run("pull", "--format", "json")

    assert done.code == 0, done.out + done.err
    settled(desk)
    now = person.text(TITLE) or ""
    current, still = (
        re.sub(
            "== Sources ==.*|{{Provenance.*",
            "",
            text.partition("== En détail ==")[2],
            flags=re.DOTALL,
        )
        for text in (now, standing)
    )
    assert current == still
    assert f"| Année = {year}\n" in now
