"""The traceability report as pages of the wiki."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import mwparserfromhell
import pytest
from corpora import corpus
from traced import FILES, TODAY

from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import for_channel
from loosbot.render.pages import default_titles, render
from loosbot.render.rendered import RenderedPage
from loosbot.render.reports.report import PAGES, published
from loosbot.trace.reports.whole import build
from loosbot.trace.rules import load_rules
from loosbot.wikitext.unsearched import unsearched

CODE = '<code style="overflow-wrap:anywhere">'
HOME = {"pages/accueil.md": "---\ntitre: Bienvenue\nrubrique: accueil\n---\nTexte.\n"}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    whole = corpus(tmp_path_factory.mktemp("corpus"), {**FILES, **HOME})
    return for_channel(whole, "wiki", TODAY)


@pytest.fixture(scope="module")
def pages(town: Corpus) -> Mapping[str, RenderedPage]:
    return render(town, {}, TODAY)


def reports(pages: Mapping[str, RenderedPage]) -> dict[str, str]:
    return {id_: page.body for id_, page in pages.items() if id_ in PAGES}


def row(body: str, *cells: str) -> bool:
    """Whether a line of a table has these cells, one after the other."""
    return "\n".join(f"| {cell}" for cell in cells) in body


def test_every_report_is_a_page_with_its_title(
    town: Corpus, pages: Mapping[str, RenderedPage]
) -> None:
    assert sorted(reports(pages)) == sorted(PAGES)
    titles = default_titles(town)
    assert {id_: titles[id_] for id_ in PAGES} == {id_: page.title for id_, page in PAGES.items()}


def test_reports_lead_to_each_other_and_the_portal_to_all(
    pages: Mapping[str, RenderedPage],
) -> None:
    for id_, body in {**reports(pages), "page/accueil": pages["page/accueil"].body}.items():
        links = {str(link.title) for link in mwparserfromhell.parse(body).filter_wikilinks()}
        assert {page.title for other, page in PAGES.items() if other != id_} <= links


def test_a_corpus_without_anything_to_follow_has_no_report(tmp_path: Path) -> None:
    place = "type: lieu\ntitre: A\ngenre: site\n"
    town = corpus(tmp_path, {**HOME, "narratives/lieu/a.yaml": place})
    pages = render(town, {}, TODAY)
    assert reports(pages) == {}
    assert "==" not in pages["page/accueil"].body
    assert published(town) == {}


def test_what_each_report_says(pages: Mapping[str, RenderedPage]) -> None:
    texts = reports(pages)
    life = texts["rapport/fil"]
    proved = (
        "| ● attesté<br><small>du 4 au 15 juin 2018</small><br><small>[[Sources#source-registre"
    )
    assert proved in life
    assert "L’assurance ne suit pas." in life
    assert row(life, "✕ non renseigné", "✕ non renseigné", "raison non écrite", "")
    ledger = texts["rapport/promesses"]
    assert row(ledger, "Fournir le bois", "Le service", "", "tenu", "", "Facture")
    assert row(ledger, "Le bois clair tache.", "", "", "sans suite connue", "")
    assert row(texts["rapport/comptes-rendus"], "16 jours", "1er trimestre 2019", "rendu tard")
    assert "lattes : 8" not in texts["rapport/sources"]
    assert "| Lattes du banc : 9" in texts["rapport/sources"]
    assert "* [[La cour]]" in texts["rapport/voix"]
    upkeep = '| érodé\n| data-sort-value="2018-09-01" | 1er septembre 2018\n| plus d’un an'
    assert upkeep in texts["rapport/entretien"]


def test_each_gap_is_under_what_to_do_and_ends_with_the_file_to_open(
    town: Corpus, pages: Mapping[str, RenderedPage]
) -> None:
    private = {"personne-sans-consentement", "personne-non-declaree"}
    report = build(town, None, load_rules(), TODAY)
    gaps = [gap for record in report.records for gap in record.gaps if gap.code not in private]
    rules = {(rule.what, rule.todo): rule for rule in load_rules().all}
    parts = [part for body in reports(pages).values() for part in body.split("\n=== ")[1:]]
    listed = 0
    for part in parts:
        title, _, text = part.partition(" ===\n")
        [rule] = [rule for (what, todo), rule in rules.items() if what == title and todo in text]
        files = [line.rpartition(CODE)[2] for line in text.splitlines() if line[:1] == "*"]
        assert files == [f"{unsearched(gap.path)}</code>" for gap in gaps if gap.code == rule.code]
        listed += len(files)
    assert listed == len(gaps) > 20


def test_a_long_list_of_gaps_is_cut_and_says_so(tmp_path: Path) -> None:
    town = corpus(
        tmp_path,
        {f"narratives/projet/p{n}.yaml": f"type: projet\ntitre: P{n}\n" for n in range(201)},
    )
    body = render(town, {}, TODAY)["rapport/fil"].body
    part = body[body.index("=== Rien n’est dit de la demande") :].split("\n=== ")[0]
    assert part.count(f"{CODE}&#110;arratives/") == 200
    assert "Les 200 premières fiches sur 201" in part


def test_persons_and_revisions_are_never_published(pages: Mapping[str, RenderedPage]) -> None:
    whole = "\n".join(reports(pages).values())
    assert "Paul D." not in whole
    assert "accord de cette personne" not in whole
    assert "consentement" not in whole


def test_a_withdrawn_voice_leaves_no_word(tmp_path: Path) -> None:
    hidden = FILES["narratives/recit/banc.yaml"].replace(
        "role: habitant,", "role: habitant, consentement: {etat: retire},"
    )
    town = corpus(tmp_path, {**FILES, "narratives/recit/banc.yaml": hidden})
    assert "cloué" not in "\n".join(reports(render(for_channel(town, "wiki", TODAY), {}, TODAY)))


def test_another_day_changes_only_what_a_delay_passed(
    town: Corpus, pages: Mapping[str, RenderedPage]
) -> None:
    before = reports(pages)
    assert reports(render(town, {}, date(2020, 2, 1))) == before
    later = reports(render(town, {}, date(2020, 2, 10)))
    changed = {id_ for id_ in before if before[id_] != later[id_]}
    assert changed == {"rapport/comptes-rendus"}


def test_without_a_day_nothing_is_late(town: Corpus) -> None:
    texts = reports(render(town, {}))
    assert "plus d’un an" not in texts["rapport/entretien"]
    assert row(texts["rapport/promesses"], "Peindre", "Les voisins")
    assert 'data-sort-value="2018-06-15" | 15 juin 2018\n| en cours' in texts["rapport/promesses"]


def test_a_title_already_taken_says_that_it_is_a_report(tmp_path: Path) -> None:
    place = f"type: lieu\ngenre: site\ntitre: {PAGES['rapport/fil'].title!r}\n"
    town = corpus(
        tmp_path,
        {"narratives/lieu/a.yaml": place, "narratives/projet/p.yaml": "type: projet\ntitre: P\n"},
    )
    assert default_titles(town)["rapport/fil"] == "Traçabilité : le fil des projets (rapport)"
