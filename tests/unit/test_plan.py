from __future__ import annotations

import json
from pathlib import Path

import pytest

from loosbot.errors import UserError
from loosbot.history.removed import LastVersion
from loosbot.render.categories import RETIRED
from loosbot.render.rendered import RenderedPage
from loosbot.sync import planfile, report
from loosbot.sync.advice import what_to_do
from loosbot.sync.block import Key, make, title_tag, write
from loosbot.sync.facts import FactCache, read_fact
from loosbot.sync.farewell import farewell, retired_page
from loosbot.sync.observe import WikiState
from loosbot.sync.outcome import Failure, HumanEdit, Outcome, WrittenRevision
from loosbot.sync.planned import ObservedPage, PageFact, Plan, PlannedPage
from loosbot.sync.selection import as_planned, narrowed, require_few_retired
from loosbot.sync.titles import Move, ordered, resolve
from loosbot.wiki.revisions import PageState, Revision
from loosbot.wikitext.names import Names

KEY = Key("essai", "recit/pince")
NAMES = Names({RETIRED: "Catégorie:Loos – Fiches retirées"}, {})


def page(title: str, pageid: int = 0, redirect: bool = False) -> PageState:
    head = (
        Revision(pageid * 10, 0, "Loosbot", "2026-01-01T00:00:00Z", "", 1, "") if pageid else None
    )
    return PageState(title, 0, pageid, redirect, head)


def published_as(title: str) -> PageFact:
    return PageFact(10, "block", "s", "b", 10, "s", title_tag(title))


def sight(*pages: tuple[str, str, PageState, PageFact | None, PageState]) -> WikiState:
    """From (id, wanted title, page found, its fact, page at the wanted title)."""
    seen = {id_: ObservedPage(id_, wanted, state, fact) for id_, wanted, state, fact, _ in pages}
    return WikiState(seen, {}, {id_: target for id_, _, _, _, target in pages}, (), (), frozenset())


def test_a_title_changed_in_the_corpus_moves_the_page() -> None:
    titles = resolve(
        sight(("recit/a", "Neuf", page("Ancien", 1), published_as("Ancien"), page("Neuf")))
    )

    assert titles.actual == {"recit/a": "Neuf"}
    assert titles.moves["recit/a"].source == "Ancien"
    assert titles.moves["recit/a"].redirect


def test_a_page_that_only_a_person_moved_stays_where_it_is() -> None:
    titles = resolve(
        sight(("recit/a", "Ancien", page("Ailleurs", 1), published_as("ancien"), page("Ancien")))
    )

    assert titles.actual == {"recit/a": "Ailleurs"}
    assert titles.moves == {}
    assert "Ancien" in titles.followed["recit/a"]


def test_where_both_moved_the_corpus_wins_and_it_is_said() -> None:
    titles = resolve(
        sight(("recit/a", "Neuf", page("Ailleurs", 1), published_as("Ancien"), page("Neuf")))
    )

    assert titles.actual == {"recit/a": "Neuf"}
    assert "l’emporte" in titles.moves["recit/a"].reason


def test_a_page_that_people_changed_is_not_moved() -> None:
    theirs = PageFact(10, "block", "autre", "b", 9, "s", "Ancien")

    titles = resolve(sight(("recit/a", "Neuf", page("Ancien", 1), theirs, page("Neuf"))))

    assert titles.moves == {}
    assert titles.actual == {"recit/a": "Ancien"}


def test_a_taken_title_stops_the_move_and_those_that_wait_for_it() -> None:
    titles = resolve(
        sight(
            ("recit/a", "B", page("A", 1), published_as("A"), page("B", 2)),
            ("recit/b", "Prise", page("B", 2), published_as("B"), page("Prise", 9)),
        )
    )

    assert titles.moves == {}
    assert titles.actual == {"recit/a": "A", "recit/b": "B"}
    assert titles.seen["recit/a"].action == titles.seen["recit/b"].action == "error"
    assert "Prise" in titles.seen["recit/b"].trouble


def test_swapped_titles_leave_no_redirect_and_go_through_a_third() -> None:
    titles = resolve(
        sight(
            ("recit/a", "B", page("A", 1), published_as("A"), page("B", 2)),
            ("recit/b", "A", page("B", 2), published_as("B"), page("A", 1)),
        )
    )

    steps = ordered(titles.moves)

    assert titles.actual == {"recit/a": "B", "recit/b": "A"}
    assert len(steps) == 3
    assert not any(step.redirect for step in steps)
    at = {1: "A", 2: "B"}
    for step in steps:
        assert at[step.pageid] == step.source
        assert step.target not in at.values()
        at[step.pageid] = step.target
    assert at == {1: "B", 2: "A"}


def test_a_chain_of_moves_begins_at_its_free_end() -> None:
    moves = {
        "recit/a": Move("recit/a", 1, "A", "B", ""),
        "recit/b": Move("recit/b", 2, "B", "C", ""),
        "recit/c": Move("recit/c", 3, "C", "D", ""),
    }

    assert [step.id for step in ordered(moves)] == ["recit/c", "recit/b", "recit/a"]


def revision(number: int, text: str | None, user: str = "Loosbot") -> Revision:
    return Revision(number, number - 1, user, "2026-01-01T00:00:00Z", "", 1, "", (), text)


def test_a_block_is_ours_only_if_it_is_the_one_we_wrote_last() -> None:
    old, new = (write(make(KEY, "T", body)) for body in ("Ancien.", "Nouveau."))
    last = revision(2, new)

    assert read_fact(KEY, last, last).ours
    assert read_fact(KEY, revision(3, f"Bonjour\n{new}\nÀ nous", "Camille"), last).ours
    assert not read_fact(KEY, revision(3, old, "Camille"), last).ours
    assert not read_fact(KEY, revision(3, "", "Camille"), last).ours
    assert not read_fact(KEY, revision(3, None, ""), last).ours


def test_a_revision_of_ours_that_holds_a_person_s_words_is_not_ours() -> None:
    merged = revision(3, write(make(KEY, "T", "Nouveau.")).replace("Nouveau", "Nouveau et beau"))

    fact = read_fact(KEY, merged, merged)

    assert not fact.ours
    assert fact.published == title_tag("T")


def test_a_page_that_we_never_wrote_was_never_published() -> None:
    copied = revision(1, write(make(KEY, "T", "Nouveau.")), "Camille")

    assert read_fact(KEY, copied, None).published == ""


def test_facts_are_kept_for_one_head_and_a_broken_file_is_no_fault(tmp_path: Path) -> None:
    cache = FactCache(tmp_path, "http://wiki/api.php", "Loosbot", "essai")
    fact = published_as("T")
    cache.put(KEY, page("T", 1), fact)
    cache.save()

    assert (
        FactCache(tmp_path, "http://wiki/api.php", "Loosbot", "essai").get(KEY, page("T", 1))
        == fact
    )
    other = FactCache(tmp_path, "http://autre/api.php", "Loosbot", "essai")
    assert other.get(KEY, page("T", 1)) is None
    [file] = tmp_path.iterdir()
    file.write_text('{"a": 1', encoding="utf-8")
    broken = FactCache(tmp_path, "http://wiki/api.php", "Loosbot", "essai")
    assert broken.get(KEY, page("T", 1)) is None


def planned(id_: str, action: str, text: str | None = None, **more: object) -> PlannedPage:
    return PlannedPage(id_, id_, id_, action, "", text=text, **more)  # type: ignore[arg-type] # short calls


def test_only_takes_along_the_templates_that_the_wiki_lacks() -> None:
    bodies = {
        "recit/a": ("A", "{{Voix|qui=x}} {{ Provenance }}"),
        "recit/b": ("B", ""),
        "modele/Voix": ("Modèle:Voix", "{{Précision|1}}"),
        "modele/Précision": ("Modèle:Précision", "x"),
        "modele/Provenance": ("Modèle:Provenance", "x"),
    }
    rendered = {
        id_: RenderedPage(id_, title, body, "template" if id_.startswith("modele") else "page")
        for id_, (title, body) in bodies.items()
    }
    pages = [planned(id_, "create", "x") for id_ in bodies if id_ != "modele/Provenance"]
    plan = Plan((*pages, planned("modele/Provenance", "none"), planned("recit/z", "retire")), ())

    chosen = narrowed(plan, ["recit/a"], rendered)

    assert {page.id for page in chosen.pages} == {"recit/a", "modele/Voix", "modele/Précision"}
    assert narrowed(plan, [], rendered) == plan


@pytest.mark.parametrize(("retired", "kept", "asks"), [(1, 4, False), (2, 4, True), (1, 0, True)])
def test_more_than_a_fifth_of_the_pages_is_not_retired_unasked(
    retired: int, kept: int, asks: bool
) -> None:
    pages = [planned(f"recit/r{n}", "retire", "x") for n in range(retired)]
    plan = Plan((*pages, *(planned(f"recit/k{n}", "none") for n in range(kept))), ())

    if asks:
        with pytest.raises(UserError, match="retirées"):
            require_few_retired(plan, confirmed=False)
    else:
        require_few_retired(plan, confirmed=False)
    require_few_retired(plan, confirmed=True)


def test_a_retired_page_keeps_the_key_by_which_its_record_may_come_back() -> None:
    body = retired_page("essai", "recit/pince", "La pince", NAMES, None).body

    assert body.endswith(
        "[[Catégorie:Loos – Fiches retirées]]\n"
        "[[Catégorie:Fiches loosbot|&#101;ssai:&#114;ecit/&#112;ince]]"
    )


def test_a_retired_page_names_the_last_version_that_had_it() -> None:
    last = LastVersion("1a2b3c4d5e6f7a8b", "2026-06-12")

    body = retired_page("essai", "recit/pince", "La pince", NAMES, last).body

    assert "version <code>1a2b3c4d5e6f</code> du 12 juin 2026." in body


def test_a_clone_that_knows_less_leaves_the_notice_of_one_that_knew() -> None:
    last = LastVersion("1a2b3c4d5e6f7a8b", "2026-06-12")
    notice = write(make(KEY, "T", retired_page("essai", "recit/pince", "T", NAMES, last).body))
    story = write(make(KEY, "T", "Un récit."))

    ended = write(make(KEY, "T", retired_page("essai", "recit/pince", "T", NAMES, None).body))

    assert farewell(planned("recit/pince", "update", "x", before=notice), KEY, False).text is None
    for known in (True, False):
        # who withdrew would be named again, and the version that told of her
        page = planned("recit/pince", "update", "x", before=ended)
        assert farewell(page, KEY, known).text is None
    for before, known in ((notice, True), (story, False)):
        page = planned("recit/pince", "update", "x", before=before)
        assert farewell(page, KEY, known).action == "retire"


def test_a_change_on_the_page_of_a_record_that_is_gone_has_no_file_to_go_back_to() -> None:
    page = farewell(planned("recit/pince", "human-edit", None), KEY, True)

    assert "pas de fichier" in what_to_do(page)
    assert "--take-back recit/pince" in what_to_do(page)


def test_a_kept_plan_refuses_what_moved_since(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    pages = [
        planned(id_, "update", "x", base=1, rendering="r")
        for id_ in ("recit/a", "recit/b", "recit/c")
    ]
    planfile.save(file, Plan(tuple(pages), ()), "http://wiki/api.php", "essai", "1a2b3c")
    kept = planfile.load(file, "http://wiki/api.php", "essai")
    now = [
        pages[0],
        planned("recit/b", "update", "x", base=2, rendering="r"),
        planned("recit/c", "update", "x", base=1, rendering="autre"),
        planned("recit/d", "create", "x", rendering="r"),
    ]

    actions = [page.action for page in as_planned(Plan(tuple(now), ()), kept, ()).pages]

    assert actions == ["update", "error", "error", "error"]
    assert '"text"' not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"pages": [{"id": 1}]}'])
def test_a_file_that_is_no_plan(tmp_path: Path, text: str) -> None:
    file = tmp_path / "plan.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(UserError, match=r"n’est pas un plan"):
        planfile.load(file, "http://wiki/api.php", "essai")


def test_a_plan_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"n’existe pas\.") as caught:
        planfile.load(tmp_path / "plan.json", "http://wiki/api.php", "essai")

    assert "loosbot plan --out" in caught.value.hint


def test_a_plan_of_another_wiki(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    planfile.save(file, Plan((), ()), "http://wiki/api.php", "essai", "1a2b3c")

    with pytest.raises(UserError, match="autre wiki"):
        planfile.load(file, "http://ailleurs/api.php", "essai")


def test_the_plan_as_json_has_the_keys_of_the_contract() -> None:
    plan = Plan((PlannedPage("recit/a", "A", "B", "move", "Titre changé."),), ("Une copie.",))

    assert json.loads(report.plan_json(plan, 7)) == {
        "pages": [
            {"id": "recit/a", "title": "A", "to": "B", "action": "move", "reason": "Titre changé."}
        ],
        "requests": 7,
    }


def test_the_plan_as_text_shows_the_difference() -> None:
    update = PlannedPage("recit/a", "A", "A", "update", "", text="un\ntrois", before="un\ndeux")
    lines = list(report.plan_text(Plan((update, planned("recit/b", "adopt")), ()), ()))

    assert "    -deux" in lines
    assert "    +trois" in lines
    assert (
        "    Pour placer la fiche au-dessus, ce texte reste : loosbot sync --adopt recit/b" in lines
    )
    assert lines[-1] == "1 page à mettre à jour, 1 page écrite par d’autres."


def test_a_file_that_a_person_replaced_has_no_revision_to_name() -> None:
    outcome = Outcome("r", human_edits=[HumanEdit("fichier/a", "Fichier:A.svg", "Zoé", 0, "?")])

    assert "« Fichier:A.svg » (fichier/a) : modifiée par Zoé." in report.outcome_text(outcome, "")


def test_a_run_that_was_stopped_does_not_say_that_nothing_was_to_be_done() -> None:
    stopped = Outcome("r", fatal=UserError("Une autre publication est en cours.", ""), remaining=3)
    lines = list(report.outcome_text(stopped, ""))
    assert lines[0].startswith("Rien n’a été publié (") and "Il reste 3 pages à publier." in lines
    line = next(iter(report.outcome_text(Outcome("r", seconds=38.52), "")))
    assert line == "Rien à publier (38,5 s)."


def test_a_page_that_waits_without_being_edited_is_not_told_as_edited() -> None:
    """The notice of a person who withdrew: we wrote it last, and nobody changed it."""
    notice = HumanEdit("acteur/a", "Zoé", "Loosbot", 7, "Consentement retiré : Zoé.", edited=False)
    lines = list(report.outcome_text(Outcome("r", human_edits=[notice]), ""))
    assert "« Zoé » (acteur/a) : attend quelqu’un." in lines
    assert not any("Loosbot" in line for line in lines)


def test_the_outcome_as_json_has_the_keys_of_the_contract() -> None:
    outcome = Outcome("r1", moved=1, steps=2, unchanged=3, requests=9, seconds=1.5)
    outcome.written = [
        WrittenRevision(planned("recit/a", "create", "x"), "create", 1, "", merged=False),
        WrittenRevision(planned("recit/b", "update", "x"), "update", 2, "", merged=True),
    ]
    outcome.human_edits = [HumanEdit("recit/c", "C", "Camille", 5, "Modifiée.")]
    outcome.failed = [Failure("recit/d", "D", "Protégée.")]

    assert json.loads(report.outcome_json(outcome)) == {
        "run": "r1",
        "created": 1,
        "updated": 1,
        "moved": 1,
        "retired": 0,
        "adopted": 0,
        "uploads": 0,
        "unchanged": 3,
        "merged": 1,
        "human_edits": [{"id": "recit/c", "title": "C", "user": "Camille", "revision": 5}],
        "failed": [{"id": "recit/d", "title": "D", "error": "Protégée."}],
        "edits": 4,
        "requests": 9,
        "seconds": 1.5,
    }
