"""What is made from the tables is compared with them, under sums that somebody wrote again."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import town
from altered import sealed, spoilt

from loosbot.dump.build import write
from loosbot.dump.check.announced import ANNOUNCED
from loosbot.dump.check.bounds import LONGEST_TEXT
from loosbot.dump.check.derived import FORMATS
from loosbot.dump.check.folder import faults
from loosbot.dump.check.received import ReceivedDump, open_dump
from loosbot.dump.report import FORMAT
from loosbot.dump.tables.normative import tables

RICH: Mapping[str, str] = {
    **town.FILES,
    "loosbot.yaml": """
corpus: trifouilly
commune: Trifouilly
insee: '62999'
ajouts:
  mots:
    theme: [{mot: eau-de-pluie, titre: Eau de pluie, definition: Les fossés et les mares.}]
    quartier: [{mot: nord, titre: Le nord, definition: Au nord de la voie ferrée.}]
  champs:
    - cle: quartier
      fiches: [projet]
      titre: Quartier
      aide: Le côté de la voie ferrée.
      genre: mot
      vocabulaire: quartier
""",
    "narratives/lieu/mare.yaml": """
type: lieu
titre: La mare
genre: equipement
coordonnees: {latitude: 50, longitude: -0.00005}
""",
    "narratives/lieu/nulle-part.yaml": """
type: lieu
titre: Nulle part
genre: equipement
coordonnees: inconnu
""",
    "narratives/projet/mare.yaml": """
type: projet
titre: Une mare
resume: Creusée à la pelle, un « dimanche ».
annee: vers 2015
statut: abouti
niveau: coproduction
lieu: [lieu/nulle-part, lieu/mare, lieu/verger]
quartier: nord
parent: fifty-fifty/verger
themes: [biodiversite]
demande: {date: 2014-03}
realisation: {date: du 4 au 15 juin 2016, participants: {valeur: 0, unite: personnes}}
deroule: [{date: avant 2012, texte: Un trou.}, {date: depuis 2017, texte: Des grenouilles.}]
""",
    "narratives/projet/sans-date.yaml": """
type: projet
titre: =Sans date
annee: inconnu
statut: en-cours
niveau: information
themes: [biodiversite]
demande: {date: inconnu}
realisation: sans-objet
""",
    "narratives/projet/seule-annee.yaml": """
type: projet
titre: Une année seule
annee: "1995-2000"
statut: abandonne
niveau: information
themes: [biodiversite]
""",
    "narratives/fifty-fifty/inconnus.yaml": """
type: fifty-fifty
titre: Ce que l'on ne sait pas
annee: 2015
statut: abouti
lieu: [lieu/verger]
initiative: ["Les gens | du coin", acteur/mairie]
referents: [{qui: acteur/celia-c, du: 2015}, {qui: acteur/ali-d}]
demande: {canal: inconnu}
diagnostic: {date: sans-objet}
convention: {signature: inconnu, parties: inconnu, objet: inconnu,
  engagements: [{id: y, qui: [acteur/mairie, acteur/ali-d], quoi: Faire., issue: tenu}]}
realisation: {date: inconnu, niveau: inconnu, part_au_faire: inconnu, texte: inconnu}
suivi: {etat: inconnu, visites: [{date: 2016, constat: Rien.}]}
evaluation: {qui: inconnu, methode: inconnu, date: inconnu, constats: [Bien., {texte: Mal.}]}
resultats: [inconnu, Un | deux, {texte: inconnu, date: 2016}]
frottements: inconnu
enseignements: [{texte: x, suite: inconnu}, {texte: y, suite: {quoi: z, fait: non}}, simple]
effets: [{valeur: cout-reduit, statut: deduit, sources: [cahier p. 9]}, confiance]
chiffres: [{valeur: inconnu, unite: mètres, quoi: Haie}]
relectures: [{qui: Jeanne Relit, date: 2020-01-05}]
sources: [cahier]
""",
    "narratives/fifty-fifty/annonce.yaml": """
type: fifty-fifty
titre: Une serre annoncée
annee: {valeur: 2019, statut: prevu}
statut: annonce
lieu: lieu/mare
demande: {date: 2018-05, besoin: Semer plus tôt}
realisation: {date: 2030, statut: prevu, participants: {valeur: 50, unite: personnes}}
effets: [{valeur: confiance, statut: prevu, sources: [cahier p. 2]}]
relectures: [{qui: Jeanne Relit, date: 2020-01-05}]
""",
    "narratives/fifty-fifty/rien.yaml": """
type: fifty-fifty
titre: Tout est inconnu
annee: inconnu
demande: inconnu
realisation: inconnu
suivi: sans-objet
evaluation: inconnu
""",
    "narratives/recit/film.yaml": """
type: recit
titre: La mare filmée
resume: Trois minutes au bord de l'eau.
annee: 2017
projet: projet/mare
plume: acteur/elue
video: https://vimeo.com/123
themes: [biodiversite]
voix:
  - qui: acteur/ali-d
    role: habitant
    consentement: {etat: public, portee: [wiki, dump-recherche, dump-public, reutilisation-tiers]}
    de: "0:05"
    a: "1:10"
    texte: |
      On entend des grenouilles & des **rires**.

      Puis plus rien.
    themes: [biodiversite, eau-de-pluie]
    effets: [confiance]
    frottements: [Le talus | la boue., inconnu]
relectures: [{qui: Jeanne Relit, date: 2020-01-05}]
""",
}
KINDS = ("publique", "recherche")


@pytest.fixture(scope="module")
def rich_dumps(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Both editions of a town with dates of every sort; read them, never change them."""
    folder = tmp_path_factory.mktemp("rich")
    corpus = town.write(folder / "town", RICH)
    for kind in ("publique", "recherche"):
        write(town.edition(corpus, kind), folder / kind, None, lambda: None)
    return {kind: folder / kind for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_a_dump_as_it_was_written_is_sound(rich_dumps: Mapping[str, Path], kind: str) -> None:
    assert list(faults(open_dump(rich_dumps[kind]))) == []
    missing = {name for name in ANNOUNCED if not (rich_dumps[kind] / name).is_file()}
    # the research edition is in no catalogue
    assert missing == (
        set() if kind == "publique" else {"catalogue.jsonld", "catalogue/jeu-de-donnees.csv"}
    )


_MADE = {
    # by format, then by the rooms of FORMATS: of both editions, without the version of the tool
    3: {
        "textes": "86ddbf6e12c9",
        "iramuteq": "fef43fd95b06",
        "qda/recits.qdpx": "e80eadfc0490",
        "qda": "eb6d38750244",
        "catalogue/recits-dublin-core.csv": "32a109c900b7",
        "reseau": "7fca7814ccce",
        "catalogue/lieux.geojson": "a708e7d86ede",
        "projets-territoire.csv": "0371699ef496",
        "ohms": "cb07f087420a",
        "participedia": "dd1f1943f340",
    },
}


def test_what_is_made_from_the_tables_has_its_format(tmp_path: Path) -> None:
    """``dump check`` would call every dump spoilt that was written before a change: raise FORMAT in
    ``dump/report.py``, and put its line here. Where RICH alone changed, the line alone."""
    corpus = town.write(tmp_path, RICH)
    digests = {name: sha256() for name in FORMATS}
    for kind in KINDS:
        edition = town.edition(corpus, kind)
        edition = replace(edition, snapshot=replace(edition.snapshot, tool="loosbot 0"))
        written_tables = tables(edition)
        for name, files in FORMATS.items():
            for path, data in files(edition, written_tables):
                digests[name].update(path.encode())
                digests[name].update(data if isinstance(data, bytes) else b"".join(data))

    assert {name: digest.hexdigest()[:12] for name, digest in digests.items()} == _MADE[FORMAT]


def test_a_dump_of_another_version_is_sound(tmp_path: Path) -> None:
    """Code books name the version that wrote them, which was told as a fault by the next one."""
    edition = town.edition(town.write(tmp_path / "town", RICH), "recherche")
    later = replace(edition, snapshot=replace(edition.snapshot, tool="loosbot 99.1"))
    write(later, tmp_path / "dump", None, lambda: None)

    assert list(faults(open_dump(tmp_path / "dump"))) == []


def test_who_follows_a_project_is_staff_and_an_unknown_friction_no_code(
    rich_dumps: Mapping[str, Path],
) -> None:
    folder = rich_dumps["recherche"]
    with (folder / CASES).open(encoding="utf-8-sig", newline="") as file:
        staff = {row["id"]: row["staff"] for row in csv.DictReader(file)}
    # its follower is an agent; nobody else named there works for the town
    assert staff["trifouilly:fifty-fifty/inconnus"] == "1"
    assert staff["trifouilly:projet/mare"] == ""
    with zipfile.ZipFile(folder / "qda/recits.qdpx") as archive:
        project = archive.read("project.qde").decode("utf-8")
    assert "Frottement : Le talus | la boue." in project and "Frottement : inconnu" not in project


def test_what_is_as_it_should_be_is_read_once(rich_dumps: Mapping[str, Path]) -> None:
    """For its sum: only what differs is taken apart."""
    dump = open_dump(rich_dumps["publique"])
    read: list[str] = []

    class Watched(ReceivedDump):
        def read(self, name: str, most: int = LONGEST_TEXT) -> bytes:
            read.append(name)
            return super().read(name, most)

    assert list(faults(Watched(dump.root))) == []
    assert "data/fiches.csv" in read and "rapport.json" in read
    assert not {"qda/recits.qdpx", "iramuteq/recits.txt", NOTICES, "qda/taguette.csv"} & {*read}


def test_a_small_number_is_written_with_its_digits(rich_dumps: Mapping[str, Path]) -> None:
    """« -5e-05 », a longitude beside Greenwich, was a fault to our own check."""
    folder = rich_dumps["recherche"]
    for name in ("data/lieux.csv", "participedia/cases.csv"):
        text = (folder / name).read_text("utf-8")
        assert "-0.00005" in text and "e-05" not in text, name


def test_a_number_with_an_exponent_is_a_number(
    rich_dumps: Mapping[str, Path], tmp_path: Path
) -> None:
    """As earlier versions wrote it, and Table Schema allows."""
    folder = tmp_path / "dump"
    shutil.copytree(rich_dumps["publique"], folder)
    spoilt("data/lieux.csv", lambda text: text.replace("-0.00005", "-5e-05"))(folder)
    sealed(folder)

    assert list(faults(open_dump(folder))) == []


def _cell(name: str, row: int, column: str, text: str) -> Callable[[Path], None]:
    """A cell of the row of that rank, from 1."""

    def change(folder: Path) -> None:
        path = folder / name
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        rank = next(rank for rank, key in enumerate(header) if key.removeprefix("\ufeff") == column)
        assert rows[row - 1][rank] != text
        rows[row - 1][rank] = text
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])

    return change


def _json(name: str, change: Callable[[Any], object]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        content = json.loads((folder / name).read_text("utf-8"))
        change(content)
        (folder / name).write_text(json.dumps(content), "utf-8")

    return spoil


def _without_last(name: str) -> Callable[[Path], None]:
    return spoilt(name, lambda text: text.rstrip("\n").rpartition("\n")[0] + "\n")


def _project(before: str, after: str) -> Callable[[Path], None]:
    """The project of REFI-QDA, inside its archive, with other words."""

    def change(folder: Path) -> None:
        path, stream = folder / "qda/recits.qdpx", io.BytesIO()
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w") as new:
            texts = {name: old.read(name).decode("utf-8") for name in old.namelist()}
            assert any(before in text for text in texts.values())
            for name, text in texts.items():
                new.writestr(name, text.replace(before, after))
        path.write_bytes(stream.getvalue())

    return change


def _first(pattern: str, before: str, after: str) -> Callable[[Path], None]:
    """The first file of a pattern that holds some words, with others."""

    def change(folder: Path) -> None:
        texts = ((file, file.read_text("utf-8")) for file in sorted(folder.glob(pattern)))
        path, text = next((file, text) for file, text in texts if before in text)
        path.write_text(text.replace(before, after, 1), "utf-8")

    return change


def _stray(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text("<x/>")


GEOJSON, NOTICES = "catalogue/lieux.geojson", "catalogue/recits-dublin-core.csv"
CASES, STATES = "participedia/cases.csv", "participedia/etats.csv"
SKOS = "catalogue/vocabulaires.jsonld"


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (_cell("reseau/noeuds.csv", 1, "Label", "X"), "Label : « X », ailleurs dans l’export « Al"),
        (_cell("reseau/noeuds.csv", 1, "type_fiche", "lieu"), "type_fiche : « lieu », ailleurs"),
        (_cell("reseau/noeuds.csv", 1, "Id", "lieu/x"), "« lieu/x », rien de tel dans les tables"),
        (_without_last("reseau/noeuds.csv"), "reseau/noeuds.csv : « source/"),
        (_cell("reseau/liens.csv", 1, "Weight", "7"), "Weight : « 7 », ailleurs dans l’export « "),
        (_cell("reseau/liens.csv", 1, "Target", "lieu/x"), " lieu/x », rien de tel"),
        (_without_last("reseau/liens.csv"), "» n’y est pas"),
        (
            _json(GEOJSON, lambda d: d["features"][0]["geometry"]["coordinates"].reverse()),
            "geometry.coordinates.2 : « ",
        ),
        (_json(GEOJSON, lambda d: d["features"].pop()), "lieux.geojson : « "),
        (_json(GEOJSON, lambda d: d["features"].append(d["features"][0])), "deux fois"),
        (
            _json(GEOJSON, lambda d: d["features"][-1]["properties"].update(date="2003")),
            "date : « 2003 », ailleurs",
        ),
        (_json(GEOJSON, lambda d: d.update(features=3)), "lieux.geojson : « lieu/"),
        (_cell(NOTICES, 1, "dcterms:title", "X"), "title : « X », ailleurs"),
        (_cell(NOTICES, 1, "dcterms:date", "2001"), "date : « 2001 », ailleurs"),
        (_without_last(NOTICES), "recits-dublin-core.csv : « recit/"),
        (_cell(CASES, 1, "title", "X"), "title : « X », ailleurs"),
        (_cell(CASES, 1, "start_date", "2001-01-01"), "start_date : « 2001-01-01 », ailleurs"),
        (_cell(CASES, 2, "end_date", "2001-01-01"), "end_date : « 2001-01-01 », ailleurs"),
        (_cell(CASES, 1, "latitude", "9"), "latitude : « 9 », ailleurs"),
        (_cell(CASES, 1, "number_of_participants_1", "13"), "participants_1 : « 13 », ailleurs"),
        (_cell(CASES, 1, "ongoing", "9"), "ongoing : « 9 », ailleurs"),
        (_cell(CASES, 1, "id", "trifouilly:projet/x"), "trifouilly:projet/x », rien de tel"),
        (_cell(STATES, 3, "valeur", "X"), " title », valeur : « X », ailleurs"),
        (_cell("participedia/organizations.csv", 1, "title", "X"), "title : « X », ailleurs"),
        (_cell("projets-territoire.csv", 1, "nom", "X"), "nom : « X », ailleurs"),
        (
            _cell("projets-territoire.csv", 1, "dateDebutPrevisionnelle", "2003-01-01"),
            "dateDebutPrevisionnelle : « 2003-01-01 », ailleurs",
        ),
        (_cell("textes/metadata.csv", 1, "signes", "9"), "signes : « 9 », ailleurs"),
        (spoilt("CITATION.cff", lambda t: t.replace("Trifouilly :", "X :")), "titre : « X : proj"),
        (spoilt("CITATION.cff", lambda t: t.replace("2020.06", "2021.06")), "version : « 2021.06"),
        (spoilt("CITATION.cff", lambda t: t.replace("2020-06", "2021-06")), "jour : « 2021-06-15"),
        (spoilt("CITATION.cff", lambda t: t.replace("license: CC", "license: X")), "licence : « X"),
        (spoilt("CITATION.cff", lambda t: "- x\n"), "CITATION.cff : pas lisible"),
        (_json("rapport.json", lambda d: d.update(date="2003-01-01")), "jour : « 2003-01-01 »"),
        (_json("rapport.json", lambda d: d["passages"].update(avec_texte=9)), "compte 9 voix avec"),
        (_json("catalogue.jsonld", lambda d: d["dataset"].update(title="X")), "titre : « X »"),
        (_json("catalogue.jsonld", lambda d: d["dataset"].update(issued="19")), "jour : « 19 »"),
        (_cell("catalogue/jeu-de-donnees.csv", 1, "DATE_PUBL", "2003"), "jour : « 2003 »"),
        (
            spoilt("ro-crate-metadata.json", lambda t: t.replace("Trifouilly : p", "X : p")),
            "ro-crate-metadata.json : titre : « X : p",
        ),
        (_cell(CASES, 2, "body", "X"), "body : « X », ailleurs dans l’export « "),
        (_cell(STATES, 3, "etat", "absent"), "etat : « absent », ailleurs"),
        (_cell("qda/taguette.csv", 1, "description", "X"), "description : « X », ailleurs"),
        (_cell("qda/vocabulaires.csv", 1, "libelle", "X"), "qda/vocabulaires.qdc : « "),
        (_json(SKOS, lambda d: d["@graph"][1].update(prefLabel="X")), "prefLabel : « X », aill"),
        (_json(SKOS, lambda d: d["@graph"][1].pop("notation")), "notation : «  », ailleurs"),
        (_json(SKOS, lambda d: d["@graph"].pop()), "vocabulaires.jsonld : « https://"),
        (_json(SKOS, lambda d: d["@context"].update(notation="x")), "@context.notation : « x »"),
        (_first("ohms/*.xml", "Eau de pluie", "X"), "nature en ville\\u000aX », aill"),
        (_first("ohms/*.xml", "Trois minutes", "X"), "record.description : « X au bord"),
        (_first("ohms/*.xml", "vimeo.com/123", "vimeo.com/9"), "record.media_url : « https"),
        (_first("ohms/*.vtt", "00:01:10", "00:01:11"), "texte : « "),
        (_first("ohms/*.xml", "<title>La mare", "<titre>La mare"), "XML mal formé"),
        (_stray("parquet/x"), "n’annonce pas parquet/x"),
        (_stray("ohms/x.xml"), "ohms/x.xml : rien de tel dans les tables"),
        (_stray("participedia/x.csv"), "participedia/x.csv : rien de tel dans les tables"),
        (lambda f: next(f.glob("ohms/*.xml")).unlink(), "il n’y est pas"),
        (_first("textes/*.txt", "Puis plus", "Alors"), "Alors rien. », ailleurs"),
        (_project("Une mare", "Un trou"), "qda/recits.qdpx : « "),
        (_project("<TextValue>2017", "<TextValue>2016"), "VariableValue.TextValue : « 2016"),
        (_project("Le talus | la boue", "La boue"), "name : « Frottement : La boue"),
        (_project("On entend", "On voit"), "texte : « On voit des"),
    ],
)  # fmt: skip
def test_check_sees_what_a_derived_file_says_otherwise(
    rich_dumps: Mapping[str, Path], tmp_path: Path, spoil: Callable[[Path], None], fault: str
) -> None:
    folder = tmp_path / "dump"
    shutil.copytree(rich_dumps["publique"], folder)
    spoil(folder)
    sealed(folder)

    text = "\n".join(faults(open_dump(folder)))

    assert fault in text and "modifié depuis" not in text, text
    assert "contenu inattendu" not in text


def test_a_record_that_is_told_as_withdrawn_is_in_no_table(
    rich_dumps: Mapping[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "dump"
    shutil.copytree(rich_dumps["recherche"], folder)
    row = "fiche,lieu/mare,2019-01-01,2020-06-15,absent-de-cette-edition,,\n"
    spoilt("RETRAITS.csv", lambda text: text + row + row.replace("mare", "etang"))(folder)
    sealed(folder)

    assert list(faults(open_dump(folder))) == [
        "RETRAITS.csv : « lieu/mare », retiré, est encore dans les tables"
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        spoilt("reseau/liens.csv", lambda t: re.sub(r",[^,\n]*$", "", t, flags=re.M)),
        spoilt("reseau/noeuds.csv", lambda t: re.sub(r"$", ",x", t.rstrip("\n"), flags=re.M)),
        spoilt(NOTICES, lambda t: t.replace("dcterms:", "dc_")),
        spoilt("CITATION.cff", lambda t: t.replace("2020.06.15", "2020-06-15")),
        spoilt("CITATION.cff", lambda t: t.replace("CC-BY-SA-4.0", "[etalab-2.0, CC-BY-SA-4.0]")),
        _json(GEOJSON, lambda d: [f["properties"].pop("titre") for f in d["features"]]),
        _json(GEOJSON, lambda d: [f["properties"].update(rue="x") for f in d["features"]]),
        _json(GEOJSON, lambda d: d["features"].reverse()),
    ],
)
def test_what_another_version_writes_otherwise_is_no_fault(
    rich_dumps: Mapping[str, Path], tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    folder = tmp_path / "dump"
    shutil.copytree(rich_dumps["publique"], folder)
    _json("rapport.json", lambda d: d.pop("format"))(folder)
    spoil(folder)
    sealed(folder)

    assert list(faults(open_dump(folder))) == []
