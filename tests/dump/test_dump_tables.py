"""Tables, descriptor and papers, checked by the tools that researchers have."""

from __future__ import annotations

import codecs
import csv
import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dplib
import frictionless
import jsonschema
import pytest
import town

from loosbot.corpus.model import RECORD_TYPES
from loosbot.corpus.schema import shape
from loosbot.corpus.walk import values
from loosbot.dump import build as whole
from loosbot.dump.filtered import KINDS, Edition, Kind
from loosbot.dump.tables.fields import columns_of, fields, precision
from loosbot.dump.tables.normative import tables
from loosbot.history.moments import at
from loosbot.trace.reports.source import report
from loosbot.trace.words import state

BOTH = pytest.mark.parametrize("dump", ["public_dump", "research_dump"])


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(dump: str, request: pytest.FixtureRequest) -> Path:
    path: Path = request.getfixturevalue(dump)
    return path


@BOTH
def test_frictionless_finds_no_fault(folder: Path) -> None:
    report = frictionless.validate(str(folder / "datapackage.json"))

    assert report.valid, report.flatten(["type", "message"])
    assert report.stats["tasks"] >= 20


@BOTH
def test_the_descriptor_is_a_data_package_v2(folder: Path) -> None:
    profile = Path(dplib.__file__).parent / "profiles/2.0/datapackage.json"
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))

    jsonschema.Draft7Validator(json.loads(profile.read_text("utf-8"))).validate(described)
    names = [resource["name"] for resource in described["resources"]]
    assert len(names) == len(set(names))
    assert all(resource.get("licenses") for resource in described["resources"])


@BOTH
def test_encodings_have_the_names_that_iana_gives_them(folder: Path) -> None:
    """readr 2.1.4 for R refuses "utf-8-sig", a name of Python's, and reads past the mark."""
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    tables = [resource for resource in described["resources"] if "schema" in resource]

    assert {resource["encoding"] for resource in tables} == {"utf-8"}
    starts = {resource["path"]: (folder / resource["path"]).read_bytes()[:3] for resource in tables}
    assert [path for path, start in starts.items() if start == codecs.BOM_UTF8] == [
        "participedia/cases.csv"
    ]


def test_frictionless_finds_no_fault_in_the_shipped_corpus(checkout: Path, tmp_path: Path) -> None:
    whole.write(town.edition(checkout), tmp_path / "dump", None, lambda: None)

    report = frictionless.validate(str(tmp_path / "dump/datapackage.json"))

    assert report.valid, report.flatten(["type", "message"])


@pytest.mark.parametrize(
    ("table", "fault", "code"),
    [
        ("projets", lambda text: text + "x,y\n", "hash-count"),
        ("engagements", lambda text: text.replace('"tenu"', '"bof"'), "constraint-error"),
        ("liens", lambda text: text.replace("source/f", "source/g"), "foreign-key"),
    ],
)
def test_frictionless_sees_a_table_that_was_changed(
    public: Edition, tmp_path: Path, table: str, fault: Any, code: str
) -> None:
    whole.write(public, tmp_path / "dump", None, lambda: None)
    path = tmp_path / f"dump/data/{table}.csv"
    before = path.read_text("utf-8")
    path.write_text(fault(before), encoding="utf-8")
    assert path.read_text("utf-8") != before

    report = frictionless.validate(str(tmp_path / "dump/datapackage.json"))

    assert code in {type_ for (type_,) in report.flatten(["type"])}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("type_", RECORD_TYPES)
def test_every_column_says_what_it_holds(kind: Any, type_: str) -> None:
    for column in (column for field in fields(type_) for column in columns_of(field, kind)):
        assert column.title.strip() and len(column.description) > 5, column.name


@BOTH
def test_columns_are_plain_words_and_all_described(folder: Path) -> None:
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))

    for resource in described["resources"]:
        for field in resource.get("schema", {}).get("fields", ()):
            assert field["description"], (resource["name"], field["name"])
            assert field["name"].isascii() and " " not in field["name"]


@BOTH
def test_no_column_of_a_key_may_be_empty(folder: Path) -> None:
    """goodtables 2.5.4 counts each empty cell of a primary key as a fault, as Table Schema has it;
    frictionless does not."""
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    schemas = {
        resource["name"]: resource["schema"]
        for resource in described["resources"]
        if "schema" in resource
    }

    for name, schema in schemas.items():
        required = {
            field["name"]
            for field in schema["fields"]
            if field.get("constraints", {}).get("required")
        }
        assert required.issuperset(schema.get("primaryKey", [])), name
    assert [name for name, schema in schemas.items() if "primaryKey" not in schema] == [
        "participedia_correspondance"
    ]


def test_the_columns_do_not_depend_on_the_rows(public: Edition, tmp_path: Path) -> None:
    few = {path: text for path, text in town.FILES.items() if "narratives" not in path}
    empty = town.edition(town.write(tmp_path, few))

    assert [(table.name, table.columns) for table in tables(empty)] == [
        (table.name, table.columns) for table in tables(public)
    ]
    assert all(not table.rows for table in tables(empty))


@BOTH
def test_every_word_of_a_closed_list_is_defined_where_its_vocabulary_defines_it(
    folder: Path,
) -> None:
    package = json.loads((folder / "datapackage.json").read_text("utf-8"))
    listed = {
        (table["name"], field["name"]): {
            word["value"]: word.get("description", "") for word in field["categories"]
        }
        for table in package["resources"]
        for field in table.get("schema", {}).get("fields", ())
        if "categories" in field
    }
    worth = listed["engagements", "statut"]
    assert worth["calcule"] == "Obtenu par une opération sur des chiffres de la source."
    states = listed["trace", "etat"]
    assert all(worth.values()) and all(states.values()) and all(listed["mesures", "date_motif"])
    readme = (folder / "README.md").read_text("utf-8")
    for word, meaning in (worth | states).items():
        assert f"`{word}`" in readme
        assert meaning in readme


def test_three_nothings_and_silence_are_four_things(public_dump: Path) -> None:
    (row,) = rows(public_dump, "fifty_fifty")

    assert (row["demande_canal"], row["demande_canal_motif"]) == ("", "inconnu")
    assert (row["suivi_etat"], row["suivi_etat_motif"]) == ("", "sans-objet")
    assert (row["evaluation_methode"], row["evaluation_methode_motif"]) == ("", "inconnu")
    assert (row["taille"], row["taille_motif"]) == ("", "")
    tale = next(row for row in rows(public_dump, "recits") if "verger" in row["titre"])
    assert (tale["video"], tale["video_motif"]) == ("", "masque")
    figure = next(row for row in rows(public_dump, "mesures") if row["champ"] == "presents")
    assert (figure["valeur"], figure["valeur_nombre"], figure["valeur_motif"]) == (
        "",
        "",
        "inconnu",
    )


UNSAID = {
    "narratives/acteur/elue.yaml": f"{town.FILES['narratives/acteur/elue.yaml']}accord: élue\n",
    "narratives/projet/banc.yaml": """
type: projet
titre: Un banc
deroule: [{titre: Une phrase, texte: Posé., statut: inconnu, sources: inconnu}]
referents: [{qui: acteur/celia-c, role: Suivre le banc, du: 2018, sources: [cahier]}]
enseignements: [{texte: Trop long., statut: inconnu, sources: inconnu, suite: inconnu}]
""",
}
"""What is unknown, and what the public edition does not say of a person."""
_NEVER_EMPTY_ALONE = re.compile(
    "id|fiche|champ|rang|genre|passage|autres|.*_(motif|debut|fin|precision|nombre)"
)


@BOTH
def test_every_column_of_a_part_that_may_be_empty_has_one_that_says_why(folder: Path) -> None:
    for table in ("evenements", "engagements", "mesures", "enonces"):
        columns = [*rows(folder, table)[0]]
        silent = [column for column in columns if f"{column}_motif" not in columns]
        assert [column for column in silent if not _NEVER_EMPTY_ALONE.fullmatch(column)] == []


def test_what_is_unknown_and_what_is_withheld_of_a_part_is_no_silence(tmp_path: Path) -> None:
    root = town.write(tmp_path / "town", {**town.FILES, **UNSAID})

    def by_field(kind: Kind) -> dict[str, dict[str, str]]:
        whole.write(town.edition(root, kind), tmp_path / kind, None, lambda: None)
        both = rows(tmp_path / kind, "evenements") + rows(tmp_path / kind, "enonces")
        return {row["champ"]: row for row in both if row["fiche"].startswith("projet/")}

    research, public = by_field("recherche"), by_field("publique")
    for edition in (research, public):
        event, lesson = edition["deroule"], edition["enseignements"]
        assert {event[f"{key}_motif"] for key in ("statut", "sources")} == {"inconnu"}
        after = ("suite", "suite_qui", "suite_echeance", "suite_fait", "suite_date", "suite_preuve")
        unknown = ("statut", "sources", *after)
        assert {lesson[f"{key}_motif"] for key in unknown} == {"inconnu"}
    assert (research["deroule"]["nom"], research["deroule"]["nom_motif"]) == ("Une phrase", "")
    assert (public["deroule"]["nom"], public["deroule"]["nom_motif"]) == ("", "masque")
    follower = public["referents"]
    assert {follower[f"{key}_motif"] for key in ("texte", "sources")} == {"masque"}
    assert json.loads(follower["autres"]) == {"du": "masque"}
    (decided,) = (
        row for row in rows(tmp_path / "publique", "enonces") if row["champ"] == "decisions"
    )
    assert (decided["suite_motif"], decided["suite_qui_motif"]) == ("masque", "")
    (elected,) = (row for row in rows(tmp_path / "publique", "acteurs") if "Maire" in row["titre"])
    assert (elected["accord"], elected["accord_motif"]) == ("", "masque")


def test_a_date_has_its_bounds_as_fine_as_the_edition(
    public_dump: Path, research_dump: Path
) -> None:
    def signature(folder: Path) -> list[str]:
        (row,) = rows(folder, "fifty_fifty")
        return [row[f"convention_signature{end}"] for end in ("", "_debut", "_fin")]

    assert signature(public_dump) == ["2018-03", "2018-03", "2018-03"]
    assert signature(research_dump) == ["2018-03-05", "2018-03-05", "2018-03-05"]


@pytest.mark.parametrize(
    ("date", "grain"),
    [
        ("2018-06-15", "jour"), ("2018-02", "mois"), ("du 1er au 29 février 2020", "mois"),
        ("du 1er au 28 février 2020", "periode"), ("du 1er au 30 mars 2018", "periode"),
        ("2018", "annee"), ("2018-2019", "periode"), ("depuis 2018", "ouverte"),
        ("vers 2018-06-15", "environ"),
    ],
)  # fmt: skip
def test_a_date_is_as_fine_as_it_is_written(date: str, grain: str) -> None:
    assert precision(date) == grain


def test_bounds_promise_no_more_than_they_hold(research_dump: Path) -> None:
    """« vers 2010 » has those of 2010, which were told as the only days possible."""
    described = json.loads((research_dump / "datapackage.json").read_text("utf-8"))
    bounds = [
        field["description"]
        for resource in described["resources"]
        for field in resource.get("schema", {}).get("fields", ())
        if resource["path"].startswith("data/")
        and re.search(r" jour .*(possible|désigner)", field["description"])
    ]
    assert len(bounds) > 20
    assert all("« vers 2010 » a les bornes de 2010, et peut en sortir." in text for text in bounds)


def test_events_promises_figures_and_statements_have_their_tables(research_dump: Path) -> None:
    events = {(row["genre"], row["nom"]): row for row in rows(research_dump, "evenements")}
    assert events["etape", "demande"]["date"] == "2018-02-03"
    assert events["etape", "evaluation"]["date_motif"] == "inconnu"
    assert events["etape", "realisation"]["date_precision"] == "periode"
    assert events["visite", ""]["texte"] == "Trois pommiers ont repris."
    assert events["reunion", "La réunion du soir"]["niveau"] == "consultation"
    assert events["compte-rendu", "compte rendu"]["date"] == "2018-03-09"

    promises = {row["nom"]: row for row in rows(research_dump, "engagements")}
    assert promises["plants"]["qui"] == "acteur/mairie"
    assert (promises["arrosage"]["issue"], promises["arrosage"]["issue_motif"]) == ("", "inconnu")

    costs = next(row for row in rows(research_dump, "mesures") if row["quoi"] == "Plants")
    assert (costs["valeur"], costs["valeur_nombre"]) == ("1250,50", "1250.5")

    (trees,) = rows(research_dump, "indicateurs")
    assert (trees["valeur"], trees["valeur_nombre"]) == ("30", "30")

    statements = {row["champ"]: row for row in rows(research_dump, "enonces")}
    assert (statements["enseignements"]["suite"], statements["enseignements"]["suite_fait"]) == (
        "Une note",
        "oui",
    )
    assert statements["voix.frottements"]["passage"].endswith("/voix-1")
    assert statements["decisions"]["suite"] == "C'est fait."


COUNTED = {
    "narratives/projet/arrete.yaml": """
type: projet
titre: Un projet arrêté
statut: abandonne
arret: {motif: Trop cher.}
demande: {besoin: Un banc, sources: [cahier p. 6]}
voix: [{qui: acteur/ali-d, role: habitant, texte: Dommage.,
  consentement: {etat: public, portee: [wiki, dump-recherche, dump-public]}}]
enseignements: [{texte: Demander avant., suite: inconnu}]
engagements:
  - {id: plan, qui: acteur/mairie, quoi: Un plan, issue: abandonne, echeance: 2018}
  - {id: banc, qui: acteur/mairie, quoi: Un banc, issue: tenu, echeance: 2019-03}
  - {id: demain, qui: acteur/mairie, quoi: Un autre banc, issue: en-cours, echeance: 2030}
""",
}


def test_the_report_is_counted_again_from_the_tables_alone(tmp_path: Path) -> None:
    root = town.write(tmp_path / "town", {**town.FILES, **COUNTED})
    whole.write(town.edition(root, "recherche"), tmp_path / "dump", None, lambda: None)
    names = ("trace", "engagements", "enonces", "passages", "liens", "fiches")
    table = {name: rows(tmp_path / "dump", name) for name in names}
    counted: dict[str, tuple[int, int]] = {}
    for stage in {row["etape"] for row in table["trace"]}:
        standing = [
            row["etat"]
            for row in table["trace"]
            if row["etape"] == stage
            and row["etat"] != "not-applicable"
            and (row["etat"] != "missing" or row["demandee"] == "oui")
        ]
        counted[f"etapes/{stage}"] = standing.count("attested"), len(standing)
    over = [row["issue"] for row in table["engagements"]
            if not row["echeance"] or row["echeance_fin"] < town.DAY]  # fmt: skip
    counted["engagements-tenus"] = over.count("tenu"), len(over)
    lessons = [row["suite_fait"] for row in table["enonces"] if row["champ"] == "enseignements"]
    counted["enseignements-suivis"] = lessons.count("oui"), len(lessons)
    projects = {row["id"] for row in table["fiches"] if row["type"] in ("projet", "fifty-fifty")}
    links = {(row["source"], row["cible"]) for row in table["liens"] if row["champ"] == "projet"}
    links |= {(project, project) for project in projects}
    for role in ("habitant", "agent", "elu", "operateur-economique"):
        heard = {
            project
            for row in table["passages"]
            for source, project in links
            if row["role"] == role and row["fiche"] == source
        }
        counted[f"voix/{role}"] = len(heard), len(projects)
    figures = {
        figure.code: (figure.numerator, figure.denominator)
        for figure in report(at(root, None)).figures
        if figure.code in counted
    }
    assert counted == figures
    # a stage that nothing asks for and of which nothing is said is not counted
    assert counted["etapes/realisation"] == (1, 1)


def test_life_lines_and_gaps_are_those_of_the_report(
    small_town: Path, public_dump: Path, research_dump: Path
) -> None:
    trace = report(at(small_town, None))
    stages = [
        (stage.stage, stage.state, state(stage))
        for record in trace.records
        for stage in record.stages
    ]
    gaps = [gap for record in trace.records for gap in record.gaps if "personne" not in gap.code]
    assert stages and gaps
    for folder in (public_dump, research_dump):
        written = [(row["etape"], row["etat"], row["mot"]) for row in rows(folder, "trace")]
        assert sorted(written) == sorted(stages)
        rules = [row["regle"] for row in rows(folder, "manques")]
        assert sorted(rules) == sorted(gap.code for gap in gaps)

    by_line = {(row["regle"], row["ligne"]): row for row in rows(research_dump, "manques")}
    for gap in gaps:
        assert by_line[gap.code, str(gap.line)]["section"] == f"§ {gap.section}"
    quoted = [row for row in rows(public_dump, "manques") if row["constat_motif"] == "masque"]
    assert {row["regle"] for row in quoted} >= {"promesse-inverifiable", "voix-absentes"}
    assert not any(row["constat"] for row in quoted)
    (whole,) = (row for row in by_line.values() if row["regle"] == "promesse-inverifiable")
    assert whole["constat"] == "On ne sait pas si la promesse a été tenue : Arroser l'été"


def _leaves(edition: Edition) -> Iterator[tuple[str, str]]:
    for record in edition.records.values():
        for path, value, _ in values(record.data, shape(record.type)):
            inside = {"type", "consentement", "relectures", "coordonnees"} & set(map(str, path))
            if isinstance(value, str) and not inside and value not in ("inconnu", "sans-objet"):
                yield record.id, value


def test_nothing_of_a_record_is_lost(research: Edition) -> None:
    cells = "\n".join(
        str(cell) for table in tables(research) for row in table.rows for cell in row if cell
    )

    assert [leaf for leaf in _leaves(research) if leaf[1] not in cells] == []


@BOTH
def test_files_are_utf8_with_line_feeds_and_without_mark(folder: Path) -> None:
    for path in folder.glob("data/*.csv"):
        data = path.read_bytes()
        data.decode("utf-8")
        assert not data.startswith(b"\xef\xbb\xbf") and b"\r" not in data, path.name


@BOTH
def test_sums_are_what_sha256sum_checks(folder: Path) -> None:
    subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=folder, check=True)
    named = {line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert named == present - {"SHA256SUMS"}


def test_the_papers_say_what_is_there_and_what_is_not_promised(
    public_dump: Path, research_dump: Path
) -> None:
    public = (public_dump / "README.md").read_text("utf-8")
    assert "Voix qui ont ici leur texte : 1 sur 4." in public and "text here: 1 of 4." in public
    assert "**pas anonymes**" in public and "not anonymous" in public
    assert "Laboratoire X" not in public
    on_one_line = " ".join(public.split())
    assert "« loosbot trace », à la mairie, peut donc donner d’autres nombres." in on_one_line
    assert "The town’s own report may have other figures." in on_one_line

    for name in ("README.md", "rapport.json", "datapackage.json"):
        assert "Laboratoire X" in (research_dump / name).read_text("utf-8"), name
    report = json.loads((public_dump / "rapport.json").read_text("utf-8"))
    assert report["tables"]["fiches"] == len(rows(public_dump, "fiches"))
    assert report["comptes"].startswith("Comptés sur ce que cette édition montre : ")
    (gaps,) = (
        one
        for one in json.loads((public_dump / "datapackage.json").read_text("utf-8"))["resources"]
        if one["name"] == "manques"
    )
    assert "Jugé sur ce que cette édition montre" in gaps["description"]
    assert report["passages"] == {"voix": 4, "avec_texte": 1, "recits_avec_texte": 1}
    assert [group["table"] for group in report["confidentialite"]["groupes"]] == [
        "acteurs",
        "passages",
    ]


def test_the_same_commit_and_key_give_the_same_bytes(public: Edition, public_dump: Path,
                                                     tmp_path: Path) -> None:  # fmt: skip
    town_again = town.write(tmp_path / "elsewhere")
    whole.write(town.edition(town_again), tmp_path / "dump", None, lambda: None)

    def sums(folder: Path) -> dict[str, str]:
        return {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*")
            if path.is_file()
        }

    assert sums(tmp_path / "dump") == sums(public_dump)
    whole.write(town.edition(town_again, key=b"x" * 32), tmp_path / "other", None, lambda: None)
    assert sums(tmp_path / "other")["data/fiches.csv"] != sums(public_dump)["data/fiches.csv"]


@BOTH
def test_the_citation_is_valid(folder: Path, validators: Path) -> None:
    done = subprocess.run(
        [validators / "bin/cffconvert", "--validate", "-i", folder / "CITATION.cff"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0 and "are valid" in done.stdout, done.stdout + done.stderr


@BOTH
def test_a_version_is_one_number_to_who_cites_it(folder: Path) -> None:
    """Of figures with hyphens CSL makes several: « Versions 2026-11-29 » (citeproc 2.4.63)."""
    text = (folder / "CITATION.cff").read_text("utf-8")
    [version] = re.findall('(?m)^version: "(.*)"$', text)
    [day] = re.findall("(?m)^date-released: (.*)$", text)
    assert version.split(".") == day.split("-")


def test_a_citation_without_authors_is_not(public_dump: Path, validators: Path,
                                           tmp_path: Path) -> None:  # fmt: skip
    text = (public_dump / "CITATION.cff").read_text("utf-8")
    (tmp_path / "CITATION.cff").write_text(text.replace("authors:", "auteurs:"), "utf-8")

    done = subprocess.run(
        [validators / "bin/cffconvert", "--validate"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )

    assert done.returncode != 0
