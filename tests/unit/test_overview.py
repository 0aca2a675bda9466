"""The plan on one screen: a line a page, grouped, with what made it change."""

from __future__ import annotations

from pathlib import Path

from corpora import corpus, write
from gits import commit

from loosbot.history.git import Repository
from loosbot.sync.causes import Change, causes, changes
from loosbot.sync.overview import overview
from loosbot.sync.planned import Action, Plan, PlannedPage

BENCH = Change("projet/banc", "changée", "Le banc")
TALE = Change("recit/au-banc", "nouvelle", "Au banc")


def page(
    id_: str,
    title: str,
    action: Action = "update",
    to: str = "",
    text: str = "un",
    before: str = "",
) -> PlannedPage:
    return PlannedPage(id_, title, to or title, action, "", text=text, before=before)


def test_a_small_plan_is_shown_whole_by_cause() -> None:
    plan = Plan(
        (
            page("index/projets", "Tous les projets"),
            page("page/accueil", "Accueil"),
            page("projet/banc", "Le banc"),
            page("rapport/fil", "Le fil"),
            page("recit/au-banc", "Au banc", "create"),
            page("lieu/place", "La place", "none"),
        ),
        ("Une copie.",),
    )
    why = {
        "index/projets": [BENCH, TALE],
        "page/accueil": [TALE],
        "projet/banc": [BENCH],
        "recit/au-banc": [TALE],
    }
    assert overview(plan, why) == [
        "À créer (1) :",
        "  « Au banc » (recit/au-banc, fiche nouvelle)",
        "À mettre à jour (1) :",
        "  « Le banc » (projet/banc, fiche changée)",
        "À mettre à jour à cause de projet/banc (changée) et 1 autre (1) :",
        "  « Tous les projets » (index/projets)",
        "À mettre à jour à cause de recit/au-banc (nouvelle) (1) :",
        "  « Accueil » (page/accueil)",
        "À mettre à jour aussi (1) :",
        "  « Le fil » (rapport/fil)",
        "Une copie.",
        "1 page à créer, 4 pages à mettre à jour, 1 page à jour.",
        "Le détail : loosbot plan --diff. Une seule page : loosbot plan --only ID",
    ]


def test_what_waits_for_a_person_comes_first_with_what_to_do() -> None:
    edited = PlannedPage(
        "projet/place", "La place", "La place", "human-edit", "Modifiée.", user="Camille"
    )
    plan = Plan((page("projet/banc", "Le banc"), edited), ())
    lines = overview(plan, {}, ("Un consentement est retiré.",))
    assert lines[:3] == [
        "Un consentement est retiré.",
        "modifiée sur le wiki par Camille : « La place » (projet/place)",
        "    Modifiée.",
    ]


def test_pages_up_to_date_are_only_counted() -> None:
    plan = Plan((page("projet/banc", "Le banc", "none"),), ())
    assert overview(plan, {}) == ["1 page à jour."]


def test_a_page_that_is_renamed() -> None:
    plan = Plan((page("projet/banc", "Le banc", "move", to="Les bancs"),), ())
    why = {"projet/banc": [BENCH]}
    assert overview(plan, why)[:2] == [
        "À renommer (1) :",
        "  « Le banc » → « Les bancs » (projet/banc, fiche changée)",
    ]


def test_a_first_publication_fits_a_screen() -> None:
    pages = [page(f"recit/r{number}", f"Récit {number}", "create") for number in range(400)]
    lines = overview(Plan(tuple(pages), ()), {}, rows=24)
    assert len(lines) <= 24
    assert lines[0] == "À créer (400) :"
    assert lines[-3].startswith("  … et 3")
    assert lines[-2] == "400 pages à créer."


def test_many_reasons_fit_a_screen_too() -> None:
    changed = [Change(f"projet/p{number:02}", "changée", f"P{number}") for number in range(40)]
    pages = [
        page(f"index/{reason.id[7:]}-{number}", f"Index {number}")
        for reason in changed
        for number in range(5)
    ]
    why = {page.id: [changed[index // 5]] for index, page in enumerate(pages)}
    lines = overview(Plan(tuple(pages), ()), why, rows=24)
    assert len(lines) <= 24
    assert any("autres raisons." in line for line in lines)


def test_a_page_changes_because_of_the_record_that_its_lines_name(tmp_path: Path) -> None:
    town = corpus(
        tmp_path,
        {
            "narratives/projet/banc.yaml": "type: projet\ntitre: Le banc\n",
            "narratives/recit/au-banc.yaml": (
                "type: recit\ntitre: Au banc\nprojet: projet/banc\n"
                "voix: [{qui: Ali, role: agent, texte: Oui.}]\n"
            ),
        },
    )
    changed = [BENCH, TALE]
    own = page("projet/banc", "Le banc")
    assert causes(own, changed, town) == [BENCH]
    named = page("index/tout", "Tout", before="rien", text="* [[Au banc]]")
    assert causes(named, changed, town) == [TALE]
    linked = page("projet/banc", "Le banc", text="aucune", before="une")
    assert causes(linked, [TALE], town) == [TALE]
    other = page("index/tout", "Tout")
    assert causes(other, changed, town) == []


def test_what_differs_from_the_published_version(tmp_path: Path) -> None:
    place = "narratives/lieu/place.yaml"
    files = {place: "type: lieu\ntitre: La place\ngenre: rue\n"}
    old = {"narratives/lieu/coron.yaml": "type: lieu\ntitre: Le coron\ngenre: cite\n"}
    write(tmp_path, {**files, **old})
    published = commit(tmp_path, "Avant")
    (tmp_path / "narratives/lieu/coron.yaml").unlink()
    stade = {"narratives/lieu/stade.yaml": "type: lieu\ntitre: Le stade\ngenre: site\n"}
    town = corpus(tmp_path, {**stade, place: files[place].replace("rue", "site")})

    repository = Repository.open(tmp_path)
    assert changes(repository, published, town) == [
        Change("lieu/coron", "retirée", ""),
        Change("lieu/place", "changée", "La place"),
        Change("lieu/stade", "nouvelle", "Le stade"),
    ]
    assert changes(repository, "f" * 40, town) == []
    assert changes(None, published, town) == []
