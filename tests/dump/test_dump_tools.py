"""Three towns side by side, and what catalogues want, in the tools that researchers have.

The snippets are those that docs/dumps.md prints.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import duckdb
import geojson
import pandas
import pytest
import rdflib
import town
from office import Office
from rdflib.namespace import DCTERMS, RDF, RDFS, SKOS

from loosbot.dump import build as whole
from loosbot.dump.check.folder import faults
from loosbot.dump.check.received import open_dump
from loosbot.dump.citation import citation
from loosbot.dump.filtered import Edition
from loosbot.dump.formats import vocabularies
from loosbot.dump.formats.catalogue import dcat, period, row
from loosbot.dump.licences import Licensing, covering
from loosbot.dump.tables.normative import tables
from loosbot.dump.tables.table import TOWN
from loosbot.dump.writer import DumpFile

CODES = ("62528", "01001", "2A004")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DOCS = Path(__file__).resolve().parents[2] / "docs/dumps.md"


@pytest.fixture(scope="module", params=[CODES, CODES[:2]], ids=["trois", "deux chiffrés"])
def side_by_side(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Parquet folders of towns whose codes begin with a zero or hold a letter, as one."""
    folder = tmp_path_factory.mktemp("towns")
    for code in request.param:
        files = {
            **town.FILES,
            "loosbot.yaml": f"corpus: c{code.lower()}\ncommune: C\ninsee: '{code}'\n",
        }
        edition = town.edition(town.write(folder / f"town-{code}", files))
        whole.write(edition, folder / f"dump-{code}", None, lambda: None)
        shutil.copytree(folder / f"dump-{code}/parquet", folder / "parquet", dirs_exist_ok=True)
    return folder


def codes(folder: Path) -> list[str]:
    return sorted(path.name.removeprefix("dump-") for path in folder.glob("dump-*"))


def snippets() -> dict[str, str]:
    """The Python of the documentation, by the library that it imports."""
    blocks = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    return {library: text for text in blocks for library in re.findall(r"import (\w+)", text)[:1]}


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow", "duckdb"])
def test_the_code_of_each_town_survives(
    side_by_side: Path, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(side_by_side)
    names: dict[str, Any] = {}
    exec(snippets()[library], names)  # noqa: S102 - our own documentation
    assert sorted(names["communes"]) == codes(side_by_side)


def test_towns_without_a_code_lie_side_by_side(tmp_path: Path) -> None:
    for name in ("abc", "def"):
        files = {**town.FILES, "loosbot.yaml": f"corpus: {name}\ncommune: C\n"}
        edition = town.edition(town.write(tmp_path / name, files))
        whole.write(edition, tmp_path / f"dump-{name}", None, lambda: None)
        assert list(faults(open_dump(tmp_path / f"dump-{name}"))) == []
        shutil.copytree(tmp_path / f"dump-{name}/parquet", tmp_path / "parquet", dirs_exist_ok=True)

    read = pandas.read_parquet(tmp_path / "parquet/reunions")
    assert list(read["commune"]) == ["abc", "def"]


def test_spark_keeps_the_code_of_each_town(side_by_side: Path, validators: Path) -> None:
    # in a process of its own: the folder of a running Java machine cannot change
    done = subprocess.run(
        [validators / "bin/python", "-c", f"{snippets()['pyspark']}\nprint(*sorted(communes))"],
        cwd=side_by_side, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == codes(side_by_side)


def test_each_folder_is_one_table(side_by_side: Path) -> None:
    for folder in (side_by_side / "parquet").iterdir():
        count = len(pandas.read_parquet(folder))
        each = [
            duckdb.read_parquet(str(path), hive_partitioning=False)
            for path in folder.glob("*/part.parquet")
        ]
        assert count == sum(len(relation.fetchall()) for relation in each)
        assert len({tuple(relation.columns) for relation in each}) == 1


def test_dcat_is_read_where_the_folder_lies(public_dump: Path) -> None:
    base = "https://donnees.example.org/loos/"
    graph = rdflib.Graph().parse(
        data=(public_dump / "catalogue.jsonld").read_bytes(), format="json-ld", publicID=base
    )
    (catalogue,) = graph.subjects(RDF.type, DCAT.Catalog)
    (dataset,) = graph.objects(catalogue, DCAT.dataset)
    # mandatory in DCAT-AP 3: of a catalogue, of a dataset, of a distribution
    for subject in (catalogue, dataset):
        for wanted in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher):
            assert list(graph.objects(subject, wanted)), (subject, wanted)
    # what the official shapes ask of an address (scripts/dcat-ap): its class, said in the file
    for wanted, kind in (
        (DCTERMS.license, DCTERMS.LicenseDocument),
        (DCTERMS.language, DCTERMS.LinguisticSystem),
        (DCTERMS.accessRights, DCTERMS.RightsStatement),
        (DCTERMS.spatial, DCTERMS.Location),
        (DCAT.mediaType, DCTERMS.MediaType),
        (DCAT.theme, SKOS.Concept),
    ):
        named = set(graph.objects(None, wanted))
        assert named and all((node, RDF.type, kind) in graph for node in named), wanted
    files = set(graph.objects(None, DCAT.downloadURL))
    shares = list(graph.objects(dataset, DCAT.distribution))
    for share in shares:
        assert list(graph.objects(share, DCAT.accessURL)) and list(
            graph.objects(share, DCTERMS.license)
        )
    assert len(files) == len(shares)
    for file in files:
        assert (public_dump / unquote(str(file).removeprefix(base))).is_file()
    assert not [node for node in graph.objects() if getattr(node, "ill_typed", False)]


def test_a_catalogue_that_tells_its_address_needs_no_other(public: Edition) -> None:
    """udata, the harvester of data.gouv.fr, tells its reader of RDF not where the text came from,
    knows the licences of its own list alone, and takes a format from ``dct:format`` alone."""
    licensing = Licensing(covering(public), {"data/projets.csv": TOWN})
    written = [DumpFile("data/projets.csv", 12, "0" * 64), DumpFile("README.md", 12, "0" * 64)]
    catalogue = dcat(public, [], written, licensing, "https://donnees.example.org/loos/")
    graph = rdflib.Graph().parse(data=catalogue, format="json-ld")
    assert {str(address) for address in graph.objects(None, DCAT.downloadURL)} == {
        "https://donnees.example.org/loos/data/projets.csv",
        "https://donnees.example.org/loos/README.md",
    }
    (dataset,) = graph.subjects(RDF.type, DCAT.Dataset)
    (rights,) = graph.objects(dataset, DCTERMS.rights)
    named = "Creative Commons Attribution Share-Alike"
    assert str(graph.value(rights, RDFS.label)) == named
    # CKAN (ckanext-dcat) looks for the licence of a file by its address, then by this
    titles = {
        str(graph.value(licence, DCTERMS.title))
        for licence in graph.subjects(RDF.type, DCTERMS.LicenseDocument)
    }
    assert titles == {named, "Licence Ouverte 2.0"}
    formats = {
        str(file_type).rpartition("/")[2] for file_type in graph.objects(None, DCTERMS.format)
    }
    assert formats == {"CSV"}
    # a checksum typed as DCAT-AP wants it has the whole dataset refused there
    assert not [
        node for node in graph.objects() if "hexBinary" in str(getattr(node, "datatype", ""))
    ]


def test_the_row_of_the_national_catalogue_and_the_citation_tell_the_address(
    public: Edition,
) -> None:
    table = row(public, [], [], "https://donnees.example.org/loos/").decode()
    (read,) = csv.DictReader(io.StringIO(table))
    assert read["URL"] == "https://donnees.example.org/loos/"
    cited = citation(public, "https://donnees.example.org/loos/").decode()
    assert '\nurl: "https://donnees.example.org/loos/"\n' in cited
    assert "url:" not in citation(public).decode()


def test_the_research_edition_is_in_no_catalogue(research_dump: Path) -> None:
    assert not (research_dump / "catalogue.jsonld").exists()
    assert not (research_dump / "catalogue/jeu-de-donnees.csv").exists()


@pytest.mark.parametrize("dump", ["public_dump", "research_dump"])
def test_the_crate_names_every_file(dump: str, request: pytest.FixtureRequest) -> None:
    """The rules of RO-Crate 1.3 for the descriptor, the root and the files, written out."""
    folder: Path = request.getfixturevalue(dump)
    document = json.loads((folder / "ro-crate-metadata.json").read_text("utf-8"))
    assert document["@context"] == "https://w3id.org/ro/crate/1.3/context"
    entities = {entity["@id"]: entity for entity in document["@graph"]}
    assert len(entities) == len(document["@graph"])
    descriptor, root = entities["ro-crate-metadata.json"], entities["./"]
    assert descriptor["@type"] == "CreativeWork" and descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.3"}
    assert root["@type"] == "Dataset"
    assert all(root[key] for key in ("name", "description", "datePublished", "license"))
    # rocrate-inveniordm 2.1.0 stops at an entity that has a creator and no author
    assert entities[root["author"]["@id"]]["name"].startswith("Commune d")
    assert not any("creator" in entity for entity in entities.values())
    # a program without an address of its own is refused by roc-validator 0.13.0
    kinds = {entity["@type"] for entity in entities.values()}
    assert kinds == {"CreativeWork", "Dataset", "File", "Organization"}
    files = {entity["@id"] for entity in entities.values() if entity["@type"] == "File"}
    assert {part["@id"] for part in root["hasPart"]} == files
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    after = {"ro-crate-metadata.json", "datapackage.json", "SHA256SUMS"}
    # as they stand: tinycrate looks for a file under its address
    assert files == there - after

    def targets(value: Any) -> list[str]:
        several = value if isinstance(value, list) else [value]
        return [entity["@id"] for entity in several if isinstance(entity, dict)]

    for entity in entities.values():
        for key, value in entity.items():
            assert key == "conformsTo" or set(targets(value)) <= entities.keys(), (entity, key)


def test_the_national_row_has_what_we_can_know(public_dump: Path) -> None:
    text = (public_dump / "catalogue/jeu-de-donnees.csv").read_text("utf-8")
    (row,) = csv.DictReader(io.StringIO(text))
    assert {key for key, value in row.items() if not value} == {
        "COLL_SIRET", "PRODUCTEUR_SIRET", "URL",
    }  # fmt: skip
    assert len(row["DESCRIPTION"]) <= 356 and 1 <= int(row["NB_RESSOURCES"]) <= 999
    assert row["LICENCE"] == "CC - Creative Commons"
    # the row of one catalogue counts what the other one lists
    dataset = json.loads((public_dump / "catalogue.jsonld").read_text("utf-8"))["dataset"]
    assert int(row["NB_RESSOURCES"]) == len(dataset["distribution"])
    assert row["COUV_TEMP_DEBUT"] == dataset["dct:temporal"]["startDate"] == "2018-01-01"
    assert row["COUV_TEMP_FIN"] == dataset["dct:temporal"]["endDate"] == "2019-12-31"


@pytest.mark.parametrize(
    ("year", "moment", "years"),
    [
        ("1995-2000", "avant 2012", ("1995", "2011")),
        ("1995-2000", "inconnu", ("1995", "2000")),
        ("depuis 2000", "avant 1990", ("", "")),
        ("depuis 2000", "2004-05", ("2000", "2004")),
        ("2003", "depuis 2012", ("2003", "")),
        ("inconnu", "avant 2012", ("", "2011")),
        ("2003", "2030, statut: prevu", ("2003", "2003")),
        ("{valeur: 2030, statut: prevu}", "2004", ("2004", "2004")),
    ],
)
def test_a_catalogue_tells_the_years_that_are_known(
    tmp_path: Path, year: str, moment: str, years: tuple[str, str]
) -> None:
    """It began in 2011 where the only date was « avant 2012 », and left out a year alone."""
    project = f"type: projet\ntitre: P\nannee: {year}\nderoule: [{{date: {moment}, texte: T.}}]\n"
    files = {
        "loosbot.yaml": town.FILES["loosbot.yaml"],
        "narratives/projet/p.yaml": project,
        "narratives/source/livre.yaml": "type: source\ntitre: Un livre\nannee: 1870\n",
    }
    edition = town.edition(town.write(tmp_path, files))

    assert period(tables(edition)) == years


def test_places_and_events_are_geojson(public_dump: Path) -> None:
    collection = geojson.loads((public_dump / "catalogue/lieux.geojson").read_text("utf-8"))
    assert collection.is_valid, collection.errors()
    kinds = [feature["properties"]["objet"] for feature in collection["features"]]
    assert kinds.count("lieu") == 1 and kinds.count("evenement") > 3
    assert collection["features"][0]["geometry"]["coordinates"] == [2.7933, 50.4562]
    assert len({feature["id"] for feature in collection["features"]}) == len(collection["features"])


def test_the_vocabularies_are_skos_a_code_book_and_a_table(public_dump: Path) -> None:
    data = (public_dump / vocabularies.SKOS).read_bytes()
    graph = rdflib.Graph().parse(data=data, format="json-ld")
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    for concept in concepts:
        assert list(graph.objects(concept, SKOS.prefLabel)) and list(
            graph.objects(concept, SKOS.inScheme)
        )
    wider = set(graph.subject_objects(SKOS.broader))
    assert wider and {concept for pair in wider for concept in pair} <= concepts
    assert {(wide, word) for word, wide in wider} == set(graph.subject_objects(SKOS.narrower))
    with (public_dump / vocabularies.LIST).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(concepts) > 100
    root = ElementTree.fromstring((public_dump / vocabularies.BOOK).read_bytes())  # noqa: S314 - our own
    space = "{urn:QDA-XML:codebook:1.0}"
    codable = [code for code in root.iter(f"{space}Code") if code.get("isCodable") == "true"]
    assert root.tag == f"{space}CodeBook" and len(codable) == len(rows)
    names = [code.get("name") for code in root.iter(f"{space}Code")]
    assert len(names) == len(set(names))
    assert {"theme", "role", "portee"} <= {row["vocabulaire"] for row in rows}


def test_the_code_book_is_the_same_whoever_may_be_heard(tmp_path: Path, public_dump: Path) -> None:
    few = {path: text for path, text in town.FILES.items() if "/recit/" not in path}
    whole.write(town.edition(town.write(tmp_path / "t", few)), tmp_path / "d", None, lambda: None)
    same = (public_dump / vocabularies.BOOK).read_bytes()
    assert (tmp_path / "d" / vocabularies.BOOK).read_bytes() == same


@pytest.mark.parametrize(
    ("spoken", "licence"), [(True, "CC-BY-SA-4.0"), (False, "etalab-2.0")], ids=["voix", "sans"]
)
def test_one_licence_covers_what_is_in_it(tmp_path: Path, spoken: bool, licence: str) -> None:
    files = {path: text for path, text in town.FILES.items() if spoken or "/recit/" not in path}
    whole.write(town.edition(town.write(tmp_path / "t", files)), tmp_path / "d", None, lambda: None)
    citation = (tmp_path / "d/CITATION.cff").read_text("utf-8")
    assert re.findall("(?m)^license.*$", citation) == [f"license: {licence}"]
    package = json.loads((tmp_path / "d/datapackage.json").read_text("utf-8"))
    assert [entry["name"] for entry in package["licenses"]] == [licence]
    of = {resource["path"]: resource["licenses"][0]["name"] for resource in package["resources"]}
    assert set(of.values()) == ({"CC-BY-SA-4.0", "etalab-2.0"} if spoken else {"etalab-2.0"})
    if spoken:
        # the words of voices stand in the statements too, and wherever nothing else is said
        for path in ("data/passages.csv", "data/enonces.csv", "data.sqlite", "qda/recits.qdpx",
                     "participedia/cases.csv"):  # fmt: skip
            assert of[path] == "CC-BY-SA-4.0", path
        for path in ("data/fiches.csv", "projets-territoire.csv", "catalogue/lieux.geojson"):
            assert of[path] == "etalab-2.0", path


def test_a_network_is_read_by_its_names(public_dump: Path) -> None:
    with (public_dump / "reseau/liens.csv").open(encoding="utf-8", newline="") as file:
        edges = list(csv.DictReader(file))
    with (public_dump / "reseau/noeuds.csv").open(encoding="utf-8", newline="") as file:
        nodes = {row["Id"]: row["Label"] for row in csv.DictReader(file)}
    assert list(edges[0]) == ["Source", "Target", "Type", "Weight"]
    assert {row[end] for row in edges for end in ("Source", "Target")} <= nodes.keys()


def test_a_notice_says_words_and_omeka_knows_its_headers(research_dump: Path) -> None:
    path = research_dump / "catalogue/recits-dublin-core.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(name.startswith("dcterms:") for name in rows[0])
    notice = next(row for row in rows if "Soirée" in row["dcterms:isPartOf"])
    assert notice["dcterms:creator"] == "Hélène Maire"
    assert notice["dcterms:subject"] == "Biodiversité et nature en ville"
    assert notice["dcterms:spatial"] == "Le verger de l'église"


def test_a_text_knows_its_project_and_which_nothing_a_value_is(research_dump: Path) -> None:
    with zipfile.ZipFile(research_dump / "qda/recits.qdpx") as archive:
        root = ElementTree.fromstring(archive.read("project.qde"))  # noqa: S314 - our own
    space = "{urn:QDA-XML:project:1.0}"
    names = {
        variable.get("guid"): variable.get("name") for variable in root.iter(f"{space}Variable")
    }

    def values(element: ElementTree.Element) -> dict[str | None, str | None]:
        return {
            names[value[0].get("targetGUID")]: value[1].text
            for value in element.findall(f"{space}VariableValue")
        }

    sources = [values(source) for source in root.iter(f"{space}TextSource")]
    assert {source["recit_projet"] for source in sources} == {"Un verger planté ensemble"}
    assert "Biodiversité et nature en ville" in {source.get("recit_themes") for source in sources}
    (case,) = (values(element) for element in root.iter(f"{space}Case"))
    assert case["projet_statut"] == "En cours"


FORMULAS = (
    "=1+1",
    "+33",
    "-5",
    "@somme",
    "'007",
    "00123",
    "1/2",
    "6.2.1",
    " deux  blancs ",
    "a\tb",
)


def test_the_workbook_holds_the_rows_of_the_tables(public_dump: Path) -> None:
    assert (public_dump / "donnees.ods").read_bytes()[30:38] == b"mimetype"
    with zipfile.ZipFile(public_dump / "donnees.ods") as archive:
        root = ElementTree.fromstring(archive.read("content.xml"))  # noqa: S314 - our own
        manifest = ElementTree.fromstring(archive.read("META-INF/manifest.xml"))  # noqa: S314 - ours
        # odfdo asks for the styles of a sheet in a part of their own
        assert {"content.xml", "styles.xml"} <= set(archive.namelist())
        every = {*archive.namelist()} - {"mimetype", "META-INF/manifest.xml"}
    path = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path"
    assert {entry.get(path) for entry in manifest} == {"/", *every}
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    sheets = {sheet.get(f"{table}name"): sheet for sheet in root.iter(f"{table}table")}
    assert set(sheets) == {path.stem for path in public_dump.glob("data/*.csv")}
    for name, sheet in sheets.items():
        with (public_dump / f"data/{name}.csv").open(encoding="utf-8", newline="") as file:
            assert len(list(sheet.iter(f"{table}table-row"))) == len(list(csv.reader(file)))
    assert not [cell for cell in root.iter() if cell.get(f"{table}formula")]


@pytest.fixture(scope="module")
def odd_dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump with what spreadsheets like to take for something else, and decimals."""
    folder = tmp_path_factory.mktemp("odd")
    notes = "\n".join(f"  - {json.dumps(formula)}" for formula in FORMULAS)
    record = (
        "type: lieu\ntitre: Essai\ngenre: equipement\n"
        f"coordonnees: {{latitude: 48.7, longitude: -0.00005}}\nnotes:\n{notes}\n"
    )
    charter = "type: source\ntitre: Charte\ngenre: document\nannee: 1245\n"
    files = {
        **town.FILES,
        "narratives/lieu/essai.yaml": record,
        "narratives/source/charte.yaml": charter,
    }
    edition = town.edition(town.write(folder / "town", files), "recherche")
    whole.write(edition, folder / "dump", None, lambda: None)
    return folder / "dump"


def test_libreoffice_in_french_reads_the_workbook_as_it_is(
    odd_dump: Path, office: Office, tmp_path: Path
) -> None:
    """Each text stays the text that it was, numbers are numbers, and nothing was computed."""
    office.workbook_is_the_tables(odd_dump, tmp_path)
    with (odd_dump / "data/enonces.csv").open(encoding="utf-8", newline="") as file:
        texts = {row["texte"] for row in csv.DictReader(file)}
    assert {"=1+1", "@somme", "6.2.1", "00123"} <= texts


def test_libreoffice_in_french_reads_the_csv_by_the_documented_gesture(
    odd_dump: Path, office: Office, tmp_path: Path
) -> None:
    office.tables_come_back(odd_dump, tmp_path)


def test_another_gesture_makes_texts_of_numbers_and_the_other_way_round(
    odd_dump: Path, office: Office, tmp_path: Path
) -> None:
    """Or the gesture that we print would be for nothing."""
    figures, words = odd_dump / "data/mesures.csv", odd_dump / "data/enonces.csv"
    in_french = office.read_again([figures], tmp_path / "fr", language=office.FRENCH)
    unquoted = office.read_again([words], tmp_path / "any", quoted_is_text=False)
    assert ",1250.5," in figures.read_text("utf-8") and ';"1250.5";' in in_french["mesures"]
    assert '"00123"' in words.read_text("utf-8") and '"00123"' not in unquoted["enonces"]
