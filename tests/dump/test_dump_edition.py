"""What leaves the town: who is named, who has a code, what is left out."""

from __future__ import annotations

import re
import stat
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas
import pytest
import town
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pycanon import anonymity

from loosbot.corpus.values import STATES
from loosbot.dump.edition.edition import UndeclaredNames
from loosbot.dump.edition.groups import generalised, grouping
from loosbot.dump.edition.key import Pseudonyms, key_file, load_key
from loosbot.dump.edition.months import to_month, without_days
from loosbot.dump.filtered import WITHHELD, Edition, Kind
from loosbot.errors import UserError


def the(edition: Edition, type_: str, word: str) -> dict[str, object]:
    records = [record for record in edition.of_type(type_) if word in record.title]
    assert len(records) == 1, [record.title for record in edition.of_type(type_)]
    return dict(records[0].data)


def test_only_what_was_accepted_and_reviewed_is_told(public: Edition) -> None:
    texts = [passage.text for passage in public.passages]

    assert [text for text in texts if text is not WITHHELD] == [public.stories[0].text]
    assert "pommiers 🍎 avec v" in public.stories[0].text
    assert "CANARI" not in repr(public)


def test_research_needs_no_reviewer_but_needs_consent(research: Edition) -> None:
    texts = repr(research)

    assert "CANARI-NON-RELU" in texts
    assert not [mark for mark in ("AGENT", "RETIRE", "SCELLE") if f"CANARI-{mark}" in texts]


@pytest.mark.parametrize("kind", ["public", "research"])
def test_who_did_not_agree_has_a_code_in_texts_links_and_ids(
    kind: str, request: pytest.FixtureRequest
) -> None:
    edition: Edition = request.getfixturevalue(kind)
    (code,) = edition.people

    project = the(edition, "fifty-fifty", "verger")
    assert project["initiative"] == [code]
    assert project["frottements"] == [f"{code.removeprefix('acteur/')} trouve le délai long."]
    assert "Célia" not in repr(edition.records) and "celia-c" not in repr(edition.records)
    assert any(tie.target == code and tie.path == ("initiative", 0) for tie in edition.ties)


@pytest.mark.parametrize("kind", ["public", "research"])
def test_who_withdrew_is_nowhere(kind: str, request: pytest.FixtureRequest) -> None:
    edition: Edition = request.getfixturevalue(kind)
    seen = repr((edition.records, edition.passages, edition.ties))

    for word in ("Rémi", "remi-p", "retir", "Odile", "odile-s"):
        assert word not in seen
    assert len(edition.people) == 1


def test_those_who_agreed_and_public_offices_are_named(public: Edition) -> None:
    titles = {actor.title for actor in public.of_type("acteur")}

    assert {"Ali D.", "Hélène Maire", "La mairie"} <= titles
    assert the(public, "acteur", "Hélène Maire")["fonction"] == "Maire de 2008 à 2020"


def test_public_edition_has_no_way_back(public: Edition) -> None:
    ids = {path.stem for path in map(Path, town.FILES)}
    published = {id_.partition("/")[2] for id_ in public.records}

    assert not ids & published
    assert public.snapshot.commit == "" and not list(public.pages) and not public.origins
    assert all(record.path == "" for record in public.records.values())
    assert "video.example.org" not in repr(public.records)
    assert "Jeanne Relit" not in repr(public.records)


def test_public_dates_stop_at_the_month(public: Edition) -> None:
    project = the(public, "fifty-fifty", "verger")

    assert project["annee"] == "depuis 2018"
    assert project["demande"]["date"] == "2018-02"  # type: ignore[index]  # a group
    assert project["realisation"]["date"] == "2018-06"  # type: ignore[index]  # a group
    assert "En février 2018" in str(project["texte"])


def test_research_is_exact(research: Edition) -> None:
    project = research.records["fifty-fifty/verger"].data

    assert project["demande"]["date"] == "2018-02-03"
    assert len(research.snapshot.commit) == 40
    assert (research.recipient, research.expires) == ("Laboratoire X", "2027-12-31")


def test_the_number_of_who_is_masked_goes_however_it_is_typed(tmp_path: Path) -> None:
    files = {
        **town.FILES,
        "narratives/acteur/odette-v.yaml": "type: acteur\ntitre: Odette V.\ngenre: personne\n"
        "role: habitant\nvariantes: [06 44 55 66 77, odette@exemple.fr]\n",
        "narratives/projet/puits.yaml": "type: projet\ntitre: Le puits\nstatut: en-cours\n"
        "texte: Au +33 (0)6.44.55.66.77 ou à Odette@Exemple.fr, le soir.\n",
    }
    edition = town.edition(town.write(tmp_path, files), "recherche")
    told = str(edition.records["projet/puits"].data["texte"])
    assert told.endswith(", le soir.") and "55" not in told and "xemple" not in told


def test_statements_that_nobody_reviewed_are_left_out(public: Edition) -> None:
    meeting = the(public, "reunion", "soir")

    assert meeting["decisions"] == [{"texte": WITHHELD, "suite": WITHHELD}]
    assert meeting["presents"] == "inconnu"


def test_a_review_by_nobody_is_no_review(tmp_path: Path) -> None:
    path = "narratives/recit/non-relu.yaml"
    files = dict(town.FILES)
    for name in STATES:
        files[path] = town.FILES[path] + f"relectures: [{{qui: {name}, date: 2020-01-05}}]\n"
        edition = town.edition(town.write(tmp_path / name, files))
        assert "CANARI" not in repr(edition.passages)

    files[path] = town.FILES[path] + "relectures: [{qui: Jo Relit, date: 2020-01-05}]\n"
    edition = town.edition(town.write(tmp_path / "relu", files))
    assert "CANARI-NON-RELU" in repr(edition.passages)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Gaston L. passe au verger.", "Gaston L."),
        ("Mme Durand a donné les outils.", "Durand"),
        ("M. J. Lefort aussi.", "J. Lefort"),
    ],
)
def test_an_undeclared_name_stops_the_public_edition(
    tmp_path: Path, sentence: str, name: str
) -> None:
    path = "narratives/recit/le-verger-de-celia-c.yaml"
    text = town.FILES[path].replace("Le 22 mai, il pleuvait.", sentence)
    root = town.write(tmp_path, {**town.FILES, path: text})

    with pytest.raises(UndeclaredNames) as stopped:
        town.edition(root)
    (finding,) = stopped.value.findings
    assert finding.path == path and f"« {name} »" in finding.message
    assert text.splitlines()[finding.line - 1].strip() == "texte: |"

    assert sentence in repr(town.edition(root, "recherche").passages)


def test_a_bare_name_in_a_persons_field_stops_the_public_edition(tmp_path: Path) -> None:
    path = "narratives/reunion/soir.yaml"
    text = town.FILES[path].replace("animation: acteur/celia-c", "animation: Gaston Lagaffe")

    with pytest.raises(UndeclaredNames, match="1 undeclared"):
        town.edition(town.write(tmp_path, {**town.FILES, path: text}))


def test_codes_depend_on_the_person_the_key_and_the_edition_alone() -> None:
    codes = Pseudonyms(town.KEY, "publique")

    assert codes.person("acteur/celia-c") == codes.person("acteur/celia-c")
    assert codes.person("Célia C.") == codes.person("célia  c")
    several = {
        codes.person("acteur/celia-c"),
        codes.person("acteur/ali-d"),
        codes.record("acteur/celia-c"),
        Pseudonyms(town.KEY, "recherche").person("acteur/celia-c"),
        Pseudonyms(town.KEY[::-1], "publique").person("acteur/celia-c"),
    }
    assert len(several) == 5
    assert town.KEY.hex() not in repr(codes) and repr(town.KEY) not in repr(codes)


def test_the_key_is_made_once_private_and_outside_the_corpus(tmp_path: Path) -> None:
    messages: list[str] = []
    path = key_file("trifouilly", {"XDG_CONFIG_HOME": str(tmp_path / "config")})
    corpus = tmp_path / "corpus"

    first = load_key(path, "publique", corpus, messages.append)
    assert load_key(path, "publique", corpus, messages.append) == first
    assert len(messages) == 1 and "Perdue" in messages[0] and "Divulguée" in messages[0]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

    path.chmod(0o640)
    with pytest.raises(UserError, match="D’autres personnes que vous"):
        load_key(path, "publique", corpus, messages.append)
    path.chmod(0o600)
    path.write_text("secret\n")
    with pytest.raises(UserError, match="pas une clé"):
        load_key(path, "publique", corpus, messages.append)
    with pytest.raises(UserError, match="serait dans le corpus"):
        load_key(corpus / "cle", "publique", corpus, messages.append)
    assert not (corpus / "cle").exists()


def each_of_one(rows: Sequence[object]) -> list[frozenset[str]]:
    """Every row tells of somebody else."""
    return [frozenset({str(rank)}) for rank in range(len(rows))]


def test_small_groups_are_left_out_as_pycanon_counts_them() -> None:
    rows = [("habitant", "centre")] * 6 + [("habitant", "ouest")] * 2 + [("agent", "ouest")] * 5
    rows += [("elu", "centre")]

    shown = generalised(rows, each_of_one(rows))
    report = grouping("essai", ("role", "quartier"), rows, shown, each_of_one(rows))

    whole = [row for row in shown if WITHHELD not in row]
    frame = pandas.DataFrame([(*row, rank) for rank, row in enumerate(whole)])
    assert anonymity.k_anonymity(frame, [0, 1]) == 5 == report.smallest
    assert shown[6] == (WITHHELD, WITHHELD) and shown[-1] == (WITHHELD, WITHHELD)
    assert report.hidden == {"role": 3, "quartier": 3}


def test_what_another_table_tells_counts_in_every_group() -> None:
    rows = [("2018", "habitant")] * 5 + [("2019", "habitant")] * 4

    shown = generalised(rows, each_of_one(rows), fixed=1)
    report = grouping("essai", ("annee", "role"), rows, shown, each_of_one(rows), fixed=1)

    assert shown == [("2018", "habitant")] * 5 + [("2019", WITHHELD)] * 4
    assert report.hidden == {"annee": 0, "role": 4}


def test_a_group_is_as_large_as_the_persons_in_it() -> None:
    """Three rows tell of five persons: « plus_petit_groupe » was 3, below the k beside it."""
    rows = [("2019", "habitant")] * 3
    persons = [frozenset("ab"), frozenset("cd"), frozenset("e")]

    shown = generalised(rows, persons, fixed=1)

    assert shown == rows
    assert grouping("essai", ("annee", "role"), rows, shown, persons, fixed=1).smallest == 5


@given(st.lists(st.tuples(*[st.sampled_from("abc")] * 3), max_size=60), st.integers(0, 2))
def test_no_small_group_is_ever_shown(rows: list[tuple[str, ...]], fixed: int) -> None:
    shown = generalised(rows, each_of_one(rows), fixed=fixed)

    filled = [row for row in shown if any(cell is not WITHHELD for cell in row[fixed:])]
    assert all(size >= 5 for size in Counter(filled).values())
    for old, new in zip(rows, shown, strict=True):
        assert new[:fixed] == old[:fixed]
        assert all(b is WITHHELD or a == b for a, b in zip(old, new, strict=True))


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2018-06-15", "2018-06"),
        ("15 juin 2018", "2018-06"),
        ("du 4 au 15 juin 2018", "2018-06"),
        ("2018-06-15 au 2018-07-02", "2018-06 à 2018-07"),
        ("2018", "2018"),
        ("1995-2000", "1995-2000"),
        ("depuis 2015", "depuis 2015"),
        ("depuis 2015-03-04", "depuis 2015-03"),
        ("avant 2018-06-15", "avant 2018-06"),
        ("vers 1989", "vers 1989"),
        ("été 2018", "vers 2018-06 à 2018-09"),
    ],
)
def test_days_become_months(written: str, month: str) -> None:
    assert to_month(written) == month
    assert to_month(month) == month


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le 2 février 2018, tôt", "en février 2018, tôt"),
        ("Le 1er mai, il neige", "En mai, il neige"),
        ("du 4 au 15 juin 2018", "en juin 2018"),
        ("le mardi 22 mai 2018", "en mai 2018"),
        ("vu le 2018-05-22.", "vu le 2018-05."),
        ("le 22/05/2018", "le 05/2018"),
        ("en mai 2018, 22 mairies", "en mai 2018, 22 mairies"),
    ],
)
def test_texts_tell_no_day(text: str, expected: str) -> None:
    assert without_days(text) == expected


def test_the_readme_tells_every_file(public_dump: Path, research_dump: Path) -> None:
    """By its name, or by the beginning of its path."""
    for folder in (public_dump, research_dump):
        readme = (folder / "README.md").read_text(encoding="utf-8")
        spans = re.findall(r"`([^`\n]+)`", readme)
        starts = [word.split("…")[0] for span in spans for word in span.split()]
        untold: list[str] = []
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and name != "README.md":
                untold += [] if any(name.startswith(start) for start in starts if start) else [name]
        assert untold == []


def test_a_seal_that_is_over_is_over_on_the_day_of_the_commit(tmp_path: Path) -> None:
    path = "narratives/acteur/odile-s.yaml"
    over = town.FILES[path].replace("jusquau: 2050", "jusquau: 2019, portee: [dump-recherche]")
    edition = town.edition(town.write(tmp_path, {**town.FILES, path: over}), "recherche")

    assert date.fromisoformat(edition.snapshot.date) == date(2020, 6, 15)
    assert "acteur/odile-s" in edition.records
    assert "CANARI-SCELLE" in repr(edition.passages)


def test_papers_and_photographs_stay_with_the_town(tmp_path: Path) -> None:
    path = "narratives/fifty-fifty/verger.yaml"
    paper = "documents: [{fichier: plantation-du-verger.jpg, alt: Le verger un matin}]\n"
    (tmp_path / path).parent.mkdir(parents=True)
    Image.new("RGB", (2, 2)).save((tmp_path / path).with_name("plantation-du-verger.jpg"))

    edition = town.edition(town.write(tmp_path, {**town.FILES, path: town.FILES[path] + paper}))

    assert "plantation-du-verger" not in repr(edition)


@pytest.mark.parametrize(("kind", "shown"), [("publique", False), ("recherche", True)])
def test_how_a_role_is_said_stays_out_of_the_public_edition(
    tmp_path: Path, kind: Kind, shown: bool
) -> None:
    """« riveraine » tells more than « habitant », and that may be withheld."""
    mayor = "narratives/acteur/elue.yaml"
    files = {**town.FILES, mayor: town.FILES[mayor] + "accord: riveraine-canari\n"}
    edition = town.edition(town.write(tmp_path, files), kind)

    assert ("riveraine-canari" in repr(edition.records)) is shown


@pytest.mark.parametrize("kind", ["publique", "recherche"])
def test_a_voice_of_nobody_in_particular_takes_no_word_from_other_texts(
    kind: Kind, tmp_path: Path
) -> None:
    told = "Ergéo et des habitants ont creusé avec Ada Quénardel et Luc Wartelle."
    voices = ("Des habitants", "Un riverain qui travaille chez Ergéo", "Ada Quénardel et Luc W.",
              "Luc Wartelle, puisatier")  # fmt: skip
    files = {
        **town.FILES,
        "narratives/acteur/ergeo.yaml": "type: acteur\ntitre: Ergéo\ngenre: entreprise\n",
        "narratives/projet/puits.yaml": f"type: projet\ntitre: Le puits\nresume: {told}\n"
        "relectures: [{qui: Jeanne Relit, date: 2020-01-05}]\n",
        "narratives/recit/puits.yaml": "type: recit\ntitre: Le puits creusé\nannee: 2018\nvoix:\n"
        + "".join(f"- {{qui: '{who}', role: habitant, texte: CANARI.}}\n" for who in voices),
    }
    edition = town.edition(town.write(tmp_path, files), kind)

    pattern = r"Ergéo et des habitants ont creusé avec (v\w{10}) et (v\w{10})\."
    codes = re.fullmatch(pattern, str(the(edition, "projet", "puits")["resume"]))
    assert codes and len(set(codes.groups())) == 2
    # nobody wrote whether such a speaker is one person
    kinds = Counter(
        str(record.data["genre"])
        for id_, record in edition.records.items()
        if id_ in edition.people
    )
    assert kinds == {"personne": 1, "inconnu": 4}
    assert "Ergéo" in [record.title for record in edition.records.values()]


def test_a_surname_is_hidden_where_only_an_organisation_bears_it_too(tmp_path: Path) -> None:
    more = {
        "narratives/acteur/zoe.yaml": "type: acteur\ntitre: Zoé Vanderelst\ngenre: personne\n",
        "narratives/acteur/club.yaml": "type: acteur\ntitre: Éclub Vanderelst\n"
        "genre: association\n",
        "pages/index/acteurs.yaml": "type: index\ntitre: Tous les acteurs\n"
        "enregistrements: {types: [acteur]}\ncolonnes: [titre, genre]\n",
    }
    edition = town.edition(town.write(tmp_path, {**town.FILES, **more}), "recherche")

    titles = [record.title for record in edition.records.values()]
    assert any(re.fullmatch(r"Éclub v[a-z2-7]{10}", title) for title in titles)
    # the keys by which MediaWiki sorts a category or a table have no capitals
    words = "".join(f"{page.id} {page.title} {page.text}" for page in edition.pages)
    assert "[[Éclub v" in words and "vanderelst" not in words.lower()
