"""The report on a corpus with every state of every part of it, compared whole."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from corpora import corpus, reading
from traced import FILES, SUSPECTS, TODAY, report

from loosbot.corpus.decoding import MAX_BYTES
from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.schema import shape
from loosbot.corpus.tree import FolderTree
from loosbot.history.moments import DatedTree
from loosbot.trace.layout import waiting
from loosbot.trace.layout.as_json import to_json
from loosbot.trace.layout.html import to_html
from loosbot.trace.layout.sheet import to_csv
from loosbot.trace.layout.text import to_text
from loosbot.trace.observed.stages import WRITTEN
from loosbot.trace.reports import source
from loosbot.trace.reports.source import compared
from loosbot.trace.reports.whole import build
from loosbot.trace.rules import load_rules
from loosbot.trace.words import MINUTES, OUTCOMES, ROLES, STATES, became

EXPECTED = Path(__file__).parent / "trace_expected.txt"


def stages(root: Path, text: str) -> dict[str, tuple[str, str]]:
    head = "type: fifty-fifty\ntitre: Un essai\n"
    trace = report(root, essai=head + text)
    (record,) = [record for record in trace.records if record.id == "fifty-fifty/essai"]
    return {stage.stage: (stage.state, stage.date) for stage in record.stages}


def test_the_whole_text_report(tmp_path: Path) -> None:
    assert to_text(report(tmp_path)) == EXPECTED.read_text(encoding="utf-8")


def test_a_report_of_nothing_has_no_heading_without_a_line(tmp_path: Path) -> None:
    town = for_channel(corpus(tmp_path, {}), "rapport", TODAY)
    text = to_text(build(town, None, load_rules(), TODAY))
    assert text.splitlines()[1:] == ["", "Rien à compléter."]


def test_the_whole_json_report(tmp_path: Path) -> None:
    """Indented in the file, so that a change of the report reads as one."""
    expected = json.loads(EXPECTED.with_suffix(".json").read_text(encoding="utf-8"))
    assert json.loads(to_json(report(tmp_path))) == expected


def test_the_way_made_never_makes_a_zero_of_what_nobody_knows(tmp_path: Path) -> None:
    learnt = "type: fifty-fifty\ntitre: Un essai\nenseignements: [Demander avant.]\n"
    before, now = report(tmp_path / "a"), report(tmp_path / "b", essai=learnt)
    both = compared(before, now, load_rules())
    share = "1 sur 3 connus, suite inconnue pour {}".format
    text = " ".join(to_text(both).split())
    assert f"Enseignements suivis d’effet : {share(2)} → {share(3)} " in text
    cells = f'<td data-nom="Alors">{share(2)}</td><td data-nom="Maintenant">{share(3)}</td>'
    assert cells in to_html(both)
    same = compared(now, now, load_rules()).progress
    assert same and not [change for change in same.figures if change.moved]


def test_a_count_of_claims_names_records_as_records(tmp_path: Path) -> None:
    (claims,) = [
        figure for figure in report(tmp_path).figures if figure.code == "affirmations-sourcees"
    ]
    assert len(claims.counted) < claims.numerator
    assert next(iter(claims.standing)) == "fiches où ils sont"
    (heard,) = [figure for figure in report(tmp_path).figures if figure.code == "etapes/demande"]
    assert next(iter(heard.standing)) == "comptés"


@pytest.mark.parametrize(
    ("more", "counted"),
    [
        ("", False), ("issue: en-cours", False), ("echeance: 2099", False),
        ("issue: en-cours, echeance: 2099", False), ("issue: en-cours, echeance: 2001", True),
        ("echeance: 2001", True), ("issue: tenu, echeance: 2099", True), ("issue: tenu", True),
        ("issue: abandonne, echeance: 2099", True), ("issue: inconnu", True),
    ],
)  # fmt: skip
def test_the_rule_of_the_share_of_promises_kept_says_which_are_counted(
    more: str, counted: bool, tmp_path: Path
) -> None:
    """It said « échus ou sans terme » of one that is kept before its day, and left out others."""
    head = "type: fifty-fifty\ntitre: Un essai\nconvention:\n  engagements:\n"
    promise = f"    - {{id: un, qui: La mairie, quoi: Un banc, {more}}}\n".replace(", }", "}")
    (before,) = [
        figure for figure in report(tmp_path / "a").figures if figure.code == "engagements-tenus"
    ]
    figures = report(tmp_path / "b", essai=head + promise).figures
    (kept,) = [figure for figure in figures if figure.code == "engagements-tenus"]
    assert kept.denominator - before.denominator == counted
    assert "sauf ceux qui sont en cours ou sans issue écrite, et dont le terme" in kept.rule


def test_what_is_no_matter_is_not_unknown_and_what_nobody_knows_is_not_planned(
    tmp_path: Path,
) -> None:
    learnt = """type: fifty-fifty
titre: Un essai
convention:
  document: source/registre
  sources: [registre]
  engagements:
    - {id: un, qui: La mairie, quoi: Un banc, issue: sans-objet}
    - {id: deux, qui: La mairie, quoi: Un bac, echeance: 2001}
    - {id: trois, qui: La mairie, quoi: Un mur, issue: tenu, date_issue: 2099}
realisation:
  couts: [{quoi: Le bois, valeur: inconnu, unite: €}]
enseignements:
  - {texte: Un., suite: sans-objet}
  - {texte: Deux., suite: {quoi: Un mot., fait: inconnu}}
  - {texte: Trois., suite: {quoi: Un mot., fait: oui, date: 2099}}
"""
    before, now = report(tmp_path / "a"), report(tmp_path / "b", essai=learnt)

    def grown(code: str) -> tuple[int, int]:
        one, two = (
            next(figure for figure in trace.figures if figure.code == code)
            for trace in (before, now)
        )
        return two.denominator - one.denominator, (two.known or 0) - (one.known or 0)

    assert grown("engagements-tenus") == (1, 0)
    # what is written of a day to come is no deed: it stands among those that are planned
    assert grown("enseignements-suivis") == (2, 1)
    # what nobody knows claims nothing, and so needs no source
    assert grown("affirmations-sourcees")[0] == 0
    mine = {
        promise.name: (promise.outcome, became(promise))
        for promise in now.promises
        if promise.record == "fifty-fifty/essai"
    }
    assert mine == {
        "un": ("not-applicable", "sans objet"),
        "deux": ("late", "échu, issue non écrite"),
        "trois": ("open", "en cours"),
        "enseignement-1": ("not-applicable", "sans objet"),
        "enseignement-2": ("unverifiable", "sans suite connue"),
        "enseignement-3": ("open", "suite prévue"),
    }
    told = [row for row in json.loads(to_json(now))["promises"] if row.get("unwritten")]
    assert [row["name"] for row in told if row["record"] == "fifty-fifty/essai"] == ["deux"]


def test_one_document_is_one_proof_however_it_is_named(tmp_path: Path) -> None:
    twice = "convention: {document: source/registre, sources: [registre, registre p. 2]}\n"
    trace = report(tmp_path, essai=f"type: fifty-fifty\ntitre: Un essai\n{twice}")
    (record,) = [record for record in trace.records if record.id == "fifty-fifty/essai"]
    (convention,) = [stage for stage in record.stages if stage.stage == "convention"]
    assert convention.sources == ("source/registre", "registre p. 2")


@pytest.mark.parametrize(("reason", "asked"), [("", True), (", motif: La pluie.", False)])
def test_a_late_promise_is_asked_for_its_reason_once(
    tmp_path: Path, reason: str, asked: bool
) -> None:
    late = f"engagements: [{{id: a, qui: Ville, quoi: Semer, issue: en-retard{reason}}}]\n"
    trace = report(tmp_path, essai=f"type: fifty-fifty\ntitre: Un essai\n{late}")
    (mine,) = [record for record in trace.records if record.id == "fifty-fifty/essai"]
    (gap,) = [gap for gap in mine.gaps if gap.code == "promesse-en-retard"]
    assert ("« motif »" in gap.todo) is asked and "« issue »" in gap.todo


def test_every_rule_has_its_case_in_this_corpus(tmp_path: Path) -> None:
    codes = {gap.code for record in report(tmp_path).records for gap in record.gaps}
    rules = load_rules()
    assert sorted(codes) == sorted(rule.code for rule in rules.all)


def test_every_state_of_every_rule_has_its_case_in_this_corpus(tmp_path: Path) -> None:
    shown = for_channel(corpus(tmp_path, FILES), "rapport", TODAY)
    rules = load_rules()
    split = replace(
        rules,
        all=tuple(
            replace(rule, code=f"{rule.code}/{state}", states=frozenset([state]))
            for rule in rules.all
            for state in rule.states
        ),
    )
    trace = build(shown, None, split, TODAY, past=lambda _: SUSPECTS)
    codes = {gap.code for record in trace.records for gap in record.gaps}
    assert sorted(codes) == sorted(rule.code for rule in split.all)


def test_every_word_of_the_report_has_its_case_in_this_corpus(tmp_path: Path) -> None:
    trace = report(tmp_path)
    states = {(stage.stage, stage.state) for record in trace.records for stage in record.stages}
    # a récit is there or not: nobody can write that it is unknown
    assert states == {
        *((stage, state) for stage in WRITTEN for state in STATES),
        ("recit", "attested"),
        ("recit", "missing"),
    }
    assert {record.stop.state for record in trace.records if record.stop} == {*STATES} - {
        "not-applicable"
    }
    assert {meeting.status for meeting in trace.minutes} == {*MINUTES}
    assert {promise.outcome for promise in trace.promises if promise.kind == "engagement"} == {
        *OUTCOMES
    } - {"told", "not-applicable"}
    assert {promise.outcome for promise in trace.promises if promise.kind == "enseignement"} == {
        "kept",
        "late",
        "open",
        "unverifiable",
    }
    assert {role for project in trace.voices.projects for role in project.roles} == {*ROLES}
    assert {entry.state for entry in trace.upkeep} >= {"erode", "abandonne", ""}


def test_no_message_keeps_a_placeholder(tmp_path: Path) -> None:
    gaps = [gap for record in report(tmp_path).records for gap in record.gaps]
    assert not [gap for gap in gaps if "{" in gap.message + gap.who + gap.todo]
    whats = [rule.what for rule in load_rules().all]
    assert not [what for what in whats if not what or "{" in what]
    assert len(set(whats)) == len(whats)


def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path) -> None:
    assert to_json(report(tmp_path / "a")) == to_json(report(tmp_path / "b"))


@pytest.mark.parametrize(
    ("text", "state", "day"),
    [
        ("", "missing", ""),
        ("demande: inconnu", "unknown", ""),
        ("demande: sans-objet", "not-applicable", ""),
        ("demande: {date: inconnu}", "unknown", ""),
        ("demande: {date: inconnu, besoin: Un abri}\nsources: [registre]", "unknown", ""),
        ("demande: {besoin: Un abri}", "missing", ""),
        ("demande: {besoin: Un abri}\nsources: [registre]", "attested", ""),
        ("demande: {date: 2018, besoin: inconnu}", "missing", "2018"),
        ("demande: {date: 2018}\nsources: [registre]", "attested", "2018"),
        ("demande: {date: inconnu, sources: [registre]}", "attested", ""),
        ("demande: {date: inconnu, preuve: Un courrier}", "attested", ""),
        ("demande: {date: sans-objet}", "not-applicable", ""),
        (
            "demande: {du: 2018-06-04, au: 2018-06-15, preuve: Un courrier}",
            "attested",
            "2018-06-04 au 2018-06-15",
        ),
        ("demande: {du: 2015}", "missing", "depuis 2015"),
        ("demande: {date: 2020-02-01, besoin: inconnu}", "unknown", ""),
    ],
)
def test_a_stage_is_attested_by_a_date_or_a_source(
    tmp_path: Path, text: str, state: str, day: str
) -> None:
    assert stages(tmp_path, text)["demande"] == (state, day)


def test_a_due_date_does_not_attest_a_convention(tmp_path: Path) -> None:
    text = "convention: {engagements: [{id: a, qui: moi, quoi: Peindre, echeance: 2018}]}"
    assert stages(tmp_path, text)["convention"] == ("missing", "")


def test_without_a_day_no_delay_is_judged(tmp_path: Path) -> None:
    trace = report(tmp_path, None)
    codes = {gap.code for record in trace.records for gap in record.gaps}
    assert trace.date == ""
    assert not codes & {"compte-rendu-absent", "promesse-echue", "sans-nouvelles"}
    assert "compte-rendu-absent-consultation" not in codes
    assert "compte-rendu-tardif" in codes  # both of its dates are written
    assert "recit-absent" in codes


def test_json_follows_the_contract(tmp_path: Path) -> None:
    data = json.loads(to_json(report(tmp_path)))
    assert (data["date"], data["commit"]) == ("2020-01-31", "c0ffee")
    (wall,) = [record for record in data["records"] if record["id"] == "fifty-fifty/mur"]
    assert wall["title"] == "Un mur"
    assert wall["stop"] == {
        "reason": "L’assurance ne suit pas.",
        "date": "2019",
        "sources": [],
        "state": "attested",
    }
    assert wall["stages"][2] == {
        "stage": "convention",
        "state": "missing",
        "date": "",
        "sources": [],
    }
    assert [(gap["code"], gap["severity"], gap["line"]) for gap in wall["gaps"]] == [
        ("diagnostic-absent", "warning", 1),
        ("evaluation-absente", "warning", 1),
        ("demande-sans-preuve", "warning", 4),
        ("affirmation-sans-source", "warning", 6),
        ("recit-absent", "info", 1),
    ]
    assert {gap["path"] for gap in wall["gaps"]} == {"narratives/fifty-fifty/mur.yaml"}
    assert data["minutes"]["late"] == [
        "reunion/avis-tard",
        "reunion/perdu",
        "reunion/rien",
        "reunion/tard",
    ]
    assert data["voices"]["groups_never_named"] == ["acteur/jeunes"]


def test_every_figure_has_its_lists(tmp_path: Path) -> None:
    for figure in report(tmp_path).figures:
        assert set(figure.counted) <= set(figure.among)
        assert figure.numerator <= figure.denominator
        assert figure.rule
        rest = [id_ for ids in figure.others.values() for id_ in ids]
        if not figure.code.startswith("affirmations"):  # several claims may stand in one record
            assert sorted((*figure.counted, *rest)) == sorted(figure.among)
            assert figure.numerator == len(figure.counted)


def test_a_spreadsheet_runs_nothing_of_the_csv(tmp_path: Path) -> None:
    text = to_csv(report(tmp_path, essai="type: fifty-fifty\ntitre: =1+1\n"))
    assert ',"\'=1+1",' in text
    assert text.splitlines()[0].startswith("fiche,titre,")


def test_a_withdrawn_voice_leaves_no_word(tmp_path: Path) -> None:
    hidden = FILES["narratives/recit/banc.yaml"].replace(
        "role: habitant,", "role: habitant, consentement: {etat: retire},"
    )
    files = {**FILES, "narratives/recit/banc.yaml": hidden}
    shown = for_channel(corpus(tmp_path, files), "rapport", TODAY)
    trace = build(shown, FolderTree(tmp_path), load_rules(), TODAY)
    assert "Paul" not in to_json(trace)
    assert not any(gap.code == "personne-non-declaree" for r in trace.records for gap in r.gaps)


def test_a_town_tunes_the_rules(tmp_path: Path) -> None:
    changes = {
        "recit-absent": {"active": "non"},
        "compte-rendu-absent": {"delai": 16, "active": "non"},
        "demande-inconnue": {"gravite": "erreur"},
    }
    shown = for_channel(corpus(tmp_path, FILES), "rapport", TODAY)
    trace = build(shown, None, load_rules(changes), TODAY)
    gaps = [gap for record in trace.records for gap in record.gaps]
    assert not {"recit-absent", "compte-rendu-absent"} & {gap.code for gap in gaps}
    assert {gap.severity for gap in gaps if gap.code == "demande-inconnue"} == {"error"}
    # the delay by which all minutes are measured is that of a rule that does not apply
    (late,) = [meeting for meeting in trace.minutes if meeting.id == "reunion/tard"]
    assert (late.days, late.status) == (16, "in-time")


def test_the_configuration_knows_every_rule_and_no_other() -> None:
    known = shape("configuration").properties["regles"].properties
    rules = {rule.code: rule.delay is not None for rule in load_rules().all}
    assert {code: "delai" in shape.properties for code, shape in known.items()} == rules


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("demande-absante: {active: non}", "cle-inconnue"),
        ("demande-absente: {delai: 3}", "cle-inconnue"),
        ("demande-absente: {gravite: grave}", "vocabulaire"),
        ("compte-rendu-absent: {delai: -1}", "hors-limites"),
        ("compte-rendu-absent: {delai: 30, gravite: erreur}", None),
    ],
)
def test_check_validates_what_a_town_tunes(tmp_path: Path, text: str, code: str | None) -> None:
    read = reading(tmp_path, {"loosbot.yaml": f"corpus: essai\nregles:\n  {text}\n"})
    assert [(finding.path, finding.line, finding.code) for finding in read.findings] == (
        [("loosbot.yaml", 3, code)] if code else []
    )


class _Page(HTMLParser):
    """What a browser would make of a page: ids, rows, addresses, and whether tags balance."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "br", "wbr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_html_page_holds_every_gap_and_needs_nothing(tmp_path: Path) -> None:
    hostile = "type: fifty-fifty\ntitre: Un mur & co\narret: {motif: '<script>x</script>'}\n"
    trace = report(tmp_path, essai=hostile)
    page = _Page()
    page.feed(to_html(trace))
    page.close()
    assert page.open == []
    rows = [attrs for tag, attrs in page.seen if tag == "tr" and "data-gravite" in attrs]
    assert len(rows) == sum(len(record.gaps) for record in trace.records)
    assert sum(tag == "script" for tag, _ in page.seen) == 1
    assert not any("src" in attrs for _, attrs in page.seen)
    assert "Un mur & co" in page.text
    assert "<script>x</script>" in page.text
    names = {attrs["id"] for _, attrs in page.seen if "id" in attrs}
    assert {attrs["for"] for tag, attrs in page.seen if tag == "label"} <= names
    addresses = [str(attrs["href"]) for _, attrs in page.seen if "href" in attrs]
    assert addresses
    assert {address.removeprefix("#") for address in addresses} <= names


class Watched(FolderTree):
    """A folder that notes which of its files are opened."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.opened: list[str] = []

    def read(self, paths: Iterable[str], most: int = MAX_BYTES + 1) -> Iterator[tuple[str, bytes]]:
        for path in paths:
            self.opened.append(path)
            yield from super().read([path], most)


def test_a_report_opens_no_record_twice(tmp_path: Path) -> None:
    report(tmp_path)
    tree = Watched(tmp_path)
    made = source.report(DatedTree(tree, TODAY, None, None))
    assert any(gap.line > 1 for record in made.records for gap in record.gaps)
    # the settings are opened before all others, for what a town adds to the schemas
    records = [path for path in tree.opened if path != "loosbot.yaml"]
    assert set(records) >= FILES.keys() - {"loosbot.yaml"}
    assert len(records) == len(set(records))


def test_a_deduced_stage_is_counted_nowhere_as_attested(tmp_path: Path) -> None:
    files = {
        "narratives/source/cahier.yaml": "type: source\ntitre: Cahier\n",
        "narratives/projet/four.yaml": "type: projet\ntitre: Le four\nsources: [cahier]\n"
        "realisation: {date: 2019-04, statut: deduit}\n"
        "demande: {date: 2018, sources: [cahier]}\n",
    }
    seen = build(corpus(tmp_path, files), None, load_rules(), TODAY)
    told = json.loads(to_json(seen))
    line = {stage["stage"]: stage for stage in told["records"][0]["stages"]}
    assert line["realisation"]["state"] == "attested"
    assert line["realisation"]["status"] == "deduit"
    assert "status" not in line["demande"]
    counted = {figure["code"]: figure["counted"] for figure in told["figures"]}
    assert (counted["etapes/demande"], counted["etapes/realisation"]) == (["projet/four"], [])
    text = to_text(seen)
    assert "● demande" in text
    assert "◐ réalisation" in text


def test_a_consent_and_a_search_in_papers_are_no_news_of_a_place(tmp_path: Path) -> None:
    files = {
        "narratives/projet/four.yaml": "type: projet\ntitre: Le four\n"
        "realisation: {date: 2015-04}\n"
        "recherches: {demande: [{texte: Les archives, date: 2019-03-01}]}\n"
        "voix: [{qui: Des voisins, role: habitant, texte: Il tire., consentement: "
        "{etat: public, portee: [wiki], date: 2019-05-03, preuve: Courriel}}]\n",
    }
    seen = build(corpus(tmp_path, files), None, load_rules(), TODAY)
    assert [kept.last_news for kept in seen.upkeep] == ["2015-04"]


@pytest.mark.parametrize(
    ("course", "shown"),
    [
        ("{date: 2019-05, texte: Il tire., statut: deduit}", "mai 2019 (déduit)"),
        ("{date: 2019-05, texte: Il tire., statut: atteste}", "mai 2019"),
        # what one passage attests is attested
        (
            "{date: 2019-05, texte: Il tire., statut: deduit}, {date: 2019-05, texte: Il cuit.}",
            "mai 2019",
        ),
    ],
)
def test_the_last_news_say_whether_their_date_is_deduced(
    tmp_path: Path, course: str, shown: str
) -> None:
    files = {
        # what became of the project is no word about its dates
        "narratives/projet/four.yaml": "type: projet\ntitre: Le four\nstatut: en-cours\n"
        f"realisation: {{date: 2015-04}}\nderoule: [{course}]\n"
    }
    seen = build(corpus(tmp_path, files), None, load_rules(), TODAY)
    assert [row.cells[3].text for row in waiting.kept(seen.upkeep).rows] == [shown]


def test_the_year_of_a_story_that_is_deduced_makes_deduced_news(tmp_path: Path) -> None:
    files = {
        "narratives/projet/four.yaml": "type: projet\ntitre: Le four\nannee: 2014\n"
        "realisation: {date: 2015-04}\n",
        "narratives/recit/four.yaml": "type: recit\ntitre: Le pain\nprojet: projet/four\n"
        "annee: {valeur: 2018, statut: deduit}\n"
        "voix: [{qui: Des voisins, role: habitant, texte: Il tire., consentement: {etat: public, "
        "portee: [wiki], date: 2019-05-03, preuve: Courriel}}]\n",
    }
    seen = build(corpus(tmp_path, files), None, load_rules(), TODAY)
    assert [(kept.last_news, kept.news_status) for kept in seen.upkeep] == [("2018", "deduit")]
    assert [kept["news_status"] for kept in json.loads(to_json(seen))["upkeep"]] == ["deduit"]
