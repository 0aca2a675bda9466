"""The command line: a folder written whole or not at all, checked alone, compared."""

from __future__ import annotations

import csv
import gc
import io
import json
import os
import pty
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import processes
import pytest
import town
from altered import sealed, spoilt, with_passages
from click.testing import CliRunner, Result
from pyarrow import concat_tables, parquet

from loosbot.cli import main
from loosbot.dump.check.folder import faults
from loosbot.dump.check.received import open_dump


def loosbot(*arguments: str | Path, config: Path) -> Result:
    """One command in this process; a process of its own costs more than what it does."""
    words = ["dump", *map(str, arguments)]
    return CliRunner().invoke(main, words, env={"XDG_CONFIG_HOME": str(config)})


def elsewhere(*arguments: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own."""
    return processes.loosbot("dump", *arguments, **env)


RESEARCH = ("--edition", "recherche", "--recipient", "Labo X", "--expires", "2027-12-31")


def test_a_dump_is_built_checked_and_zipped(small_town: Path, tmp_path: Path) -> None:
    target = tmp_path / "export"
    built = loosbot("build", target, "--zip", "--corpus", small_town, config=tmp_path / "cfg")

    assert built.exit_code == 0, built.stderr
    assert "Édition publique écrite" in built.stdout and "1 voix sur 4" in built.stdout
    assert "Une clé de pseudonymes vient d’être créée" in built.stderr
    checked = loosbot("check", target, config=tmp_path)
    assert (checked.exit_code, checked.stdout) == (0, "Export intact.\n")
    with zipfile.ZipFile(tmp_path / "export.zip") as archive:
        prefix = "trifouilly_2020-06-15_publique/"
        members = {
            member.removeprefix(prefix): archive.read(member) for member in archive.namelist()
        }
    assert members == {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file()
    }
    assert not [path for path in tmp_path.iterdir() if "en-cours" in path.name]
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=small_town, capture_output=True, check=True
    )
    assert status.stdout == b""


def test_two_machines_write_the_same_bytes(small_town: Path, tmp_path: Path) -> None:
    shutil.copytree(small_town, tmp_path / "elsewhere/town")
    for name, corpus, env in (
        ("a", small_town, {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        ("b", tmp_path / "elsewhere/town", {"TZ": "America/Lima", "PYTHONHASHSEED": "2"}),
    ):
        for kind, more in (("publique", ()), ("recherche", RESEARCH)):
            done = elsewhere("build", tmp_path / f"{kind}-{name}", "--zip", *more, "--corpus",
                             corpus, XDG_CONFIG_HOME=str(tmp_path / "cfg"), **env)  # fmt: skip
            assert done.returncode == 0, done.stderr
    for kind in ("publique", "recherche"):
        first, second = ((tmp_path / f"{kind}-{name}.zip").read_bytes() for name in "ab")
        assert first == second


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--edition", "recherche"), "remise à quelqu’un"),
        (("--edition", "recherche", "--recipient", "X"), "remise à quelqu’un"),
        (("--edition", "recherche", "--recipient", " ", "--expires", "2027-12-31"), "remise à"),
        (("--edition", "recherche", "--recipient", "X", "--expires", "demain"), "pas un jour"),
        (("--edition", "recherche", "--recipient", "X", "--expires", "2019-01-01"), "avant"),
        ((*RESEARCH, "--adresse", "https://example.org/"), "n’est dans aucun catalogue"),
        (("--adresse", "donnees.example.org"), "pas l’adresse d’un dossier"),
        (("--adresse", "file:///srv/export"), "pas l’adresse d’un dossier"),
        (("--adresse", "https://example.org/?dossier=1"), "pas l’adresse d’un dossier"),
        (("--recipient", "X"), "ni destinataire ni fin"),
        (("--edition", "secrete"), "publique, recherche"),
    ],
)
def test_a_wrong_order_is_a_usage_error(
    small_town: Path, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = loosbot("build", tmp_path / "x", *arguments, "--corpus", small_town, config=tmp_path)

    assert done.exit_code == 2, done.stdout
    assert message in done.stderr
    assert not (tmp_path / "x").exists()


def test_a_folder_that_holds_something_is_left_alone(small_town: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("précieux", "utf-8")

    done = loosbot("build", tmp_path, "--corpus", small_town, config=tmp_path / "cfg")

    assert done.exit_code == 1 and "n’est pas vide" in done.stderr
    assert (tmp_path / "mine").read_text("utf-8") == "précieux"


@pytest.mark.parametrize("place", [".", "", "/", "lien", f"{'x' * 300}"])
def test_a_place_where_no_folder_can_be_is_told(
    small_town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "lien").symlink_to("nulle-part")
    monkeypatch.chdir(tmp_path)

    done = loosbot("build", place, "--zip", "--corpus", small_town, config=tmp_path / "cfg")

    assert done.exit_code == 1, done.stderr
    assert f"« {place or '.'} » " in done.stderr and "Choisissez un autre dossier." in done.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {"lien", "cfg"}


def test_a_link_to_an_empty_folder_and_the_folder_of_the_shell_are_filled(
    small_town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vide").mkdir()
    (tmp_path / "lien").symlink_to("vide")
    (tmp_path / "ici").mkdir()
    monkeypatch.chdir(tmp_path / "ici")

    for place in (tmp_path / "lien", "."):
        done = loosbot("build", place, "--corpus", small_town, config=tmp_path / "cfg")
        assert done.exit_code == 0, done.stderr

    assert (tmp_path / "vide/datapackage.json").is_file()
    assert (tmp_path / "ici/datapackage.json").is_file()


def test_an_archive_that_exists_is_left_alone(small_town: Path, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("précieux", "utf-8")

    done = loosbot("build", tmp_path / "x", "--zip", "--corpus", small_town, config=tmp_path)

    assert done.exit_code == 1 and "existe déjà" in done.stderr
    assert (tmp_path / "x.zip").read_text("utf-8") == "précieux"
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(("blocks", "file"), [(4, "data/"), (200, "data.sqlite")])
def test_a_disk_that_takes_no_more_leaves_nothing(
    small_town: Path, tmp_path: Path, blocks: int, file: str
) -> None:
    words = ("dump", "build", tmp_path / "x", "--corpus", small_town)
    done = processes.loosbot(*words, blocks=blocks, XDG_CONFIG_HOME=str(tmp_path / "cfg"))

    assert done.returncode == 1, done.stderr
    assert file in done.stderr and "ne peut pas être écrit" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["cfg"]


def test_a_disk_without_room_for_the_key_leaves_no_empty_one(
    small_town: Path, tmp_path: Path
) -> None:
    words = ("dump", "build", tmp_path / "x", "--corpus", small_town)
    done = processes.loosbot(*words, blocks=0, XDG_CONFIG_HOME=str(tmp_path / "cfg"))

    assert done.returncode == 1, done.stderr
    assert "La clé des pseudonymes ne peut être ni lue ni créée" in done.stderr
    assert "ce disque ne prend pas de fichier aussi grand" in done.stderr
    assert list((tmp_path / "cfg/loosbot").iterdir()) == []


def test_a_bar_shows_how_far_it_is(small_town: Path, tmp_path: Path) -> None:
    """On a terminal, which only a pseudo-terminal can stand for."""
    ours, theirs = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "loosbot", "dump", "build", tmp_path / "x", "--corpus", small_town],
        env=os.environ | {"XDG_CONFIG_HOME": str(tmp_path / "cfg"), "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        check=True,
    )
    os.close(theirs)
    shown = os.read(ours, 1 << 16).decode("utf-8")
    os.close(ours)

    assert "Export" in shown and "100%" in shown
    assert len(re.findall(r"\d+%", shown)) > 5


def test_a_broken_corpus_gives_no_dump(tmp_path: Path) -> None:
    broken = {**town.FILES, "narratives/lieu/verger.yaml": "type: lieu\n"}

    done = loosbot("build", tmp_path / "x", "--corpus", town.write(tmp_path / "t", broken),
                   config=tmp_path)  # fmt: skip

    assert done.exit_code == 1 and "verger.yaml:1:" in done.stderr
    assert not (tmp_path / "x").exists()


def test_an_undeclared_name_gives_no_dump_and_its_place(tmp_path: Path) -> None:
    path = "narratives/lieu/verger.yaml"
    named = {**town.FILES, path: town.FILES[path].replace("de l'église", "de Gaston L.")}

    done = loosbot("build", tmp_path / "x", "--corpus", town.write(tmp_path / "t", named),
                   config=tmp_path)  # fmt: skip

    assert done.exit_code == 1 and f"{path}:3:" in done.stderr and "Gaston L." in done.stderr
    assert not (tmp_path / "x").exists()


BLANKS = b'<text:s text:c="9999"/>'
"""Twenty-three bytes that stand for ten thousand."""


def _sqlite(folder: Path) -> None:
    with sqlite3.connect(folder / "data.sqlite") as base:
        base.execute("DELETE FROM passages")


def _qdpx(change: Callable[[str, bytes], bytes]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / "qda/recits.qdpx"
        stream = io.BytesIO()
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w") as new:
            for member in old.namelist():
                new.writestr(member, change(member, old.read(member)))
        path.write_bytes(stream.getvalue())

    return spoil


def _themes(folder: Path) -> None:
    """Each passage has a theme of its own, and IRaMuTeQ a variable for each."""
    with_passages(folder, ({"themes": f"t{number}"} for number in range(10_000)))


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda f: (f / "README.md").write_text("x"), "README.md : modifié"),
        (lambda f: (f / "README.md").unlink(), "README.md : annoncé"),
        (lambda f: (f / "intrus").write_text("x"), "intrus : présent"),
        (lambda f: (f / "SHA256SUMS").unlink(), "SHA256SUMS manque"),
        (spoilt("SHA256SUMS", lambda t: t + "0" * 64 + "  ../../etc/passwd\n"), "etc/passwd : ann"),
        (spoilt("data/fiches.csv", lambda t: "\ufeff" + t), "ordre des octets"),
        (spoilt("data/fiches.csv", lambda t: t.replace("id,", "ID,", 1)), "ses colonnes"),
        (spoilt("data/fiches.csv", lambda t: t + "x\n"), "1 case au lieu de"),
        (spoilt("data/fiches.csv", lambda t: t + t.splitlines()[1] + "\n"), "même identifiant"),
        (spoilt("data/fiches.csv", lambda t: t.replace('"acteur"', '"acteuse"')), "pas une valeur"),
        (spoilt("data/fiches.csv", lambda t: t.replace('"acteur"', "")), "colonne type : vide"),
        (spoilt("data/liens.csv", lambda t: t.replace("source/f", "source/g")), "pas dans fiches"),
        (spoilt("data/mesures.csv", lambda t: t.replace("1250.5", "beau")), "pas du type number"),
        (spoilt("data/evenements.csv", lambda t: t.replace("2018-02", "2018-13")), "yearmonth"),
        (spoilt("data/passages.csv", lambda t: t.replace("pommiers", "poiriers")), "ses mots"),
        (spoilt("datapackage.json", lambda t: t.replace('"bytes": ', '"bytes": 1')), "taille"),
        (spoilt("iramuteq/recits.txt", lambda t: "\ufeff" + t), "p0001 » n’y est pas"),
        (spoilt("iramuteq/recits.txt", lambda t: t + "\n**** *a_b\nmots\n"), "rien de tel dans"),
        (_sqlite, "data.sqlite : passages n’a pas"),
        (lambda f: (f / "data.sqlite").write_bytes(b"non"), "data.sqlite : illisible"),
        (
            lambda f: (f / "parquet/fiches/commune=62999/part.parquet").write_bytes(b"non"),
            "part.parquet : illisible",
        ),
        (
            _qdpx(lambda n, d: d.replace(b"endPosition=\"", b"endPosition=\"9")),
            "endPosition : « 9",
        ),
        (_qdpx(lambda n, d: b"\xef\xbb\xbf" + d if n[-1] == "t" else d), "texte : « \ufeffOn a"),
        (_qdpx(lambda n, d: re.sub(rb'targetGUID="[^"]', b'targetGUID="z', d)), "targetGUID : « z"),
        (_qdpx(lambda n, d: re.sub(rb' origin="[^"]*"', b"", d)), "Project.origin : «  »"),
    ],
)  # fmt: skip
def test_check_sees_what_was_spoilt(
    public_dump: Path, tmp_path: Path, spoil: Callable[[Path], None], fault: str
) -> None:
    folder = tmp_path / "dump"
    shutil.copytree(public_dump, folder)
    spoil(folder)

    assert fault in "\n".join(faults(open_dump(folder)))


def _base(statement: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        with sqlite3.connect(folder / "data.sqlite") as base:
            base.execute(statement)
        with closing(sqlite3.connect(folder / "data.sqlite", isolation_level=None)) as base:
            base.execute("VACUUM")

    return spoil


def _parquet(
    change: Callable[[Any], Any], packed: str = "snappy", table: str = "lieux"
) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        [path] = (folder / "parquet" / table).rglob("*.parquet")
        # as one file: read from its folder it would get that folder's column
        parquet.write_table(change(parquet.ParquetFile(path).read()), path, compression=packed)

    return spoil


def _workbook(change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / "donnees.ods"
        stream = io.BytesIO()
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(stream, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                new.writestr(name, change(data) if name == "content.xml" else data)
        path.write_bytes(stream.getvalue())

    return spoil


def _gone(name: str) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return spoil


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (spoilt("data/lieux.csv", lambda t: t.replace("verger", "vergey")), "data.sqlite : lieux"),
        (spoilt("data/lieux.csv", lambda t: t.replace("verger", "vergey")), "donnees.ods : lieux"),
        (spoilt("data/fifty_fifty.csv", lambda t: t.replace('"inconnu"', "")), "data.sqlite : fif"),
        (_base("UPDATE lieux SET titre = 'x'"), "data.sqlite : lieux, « "),
        (_base("UPDATE mesures SET valeur_nombre = 0 WHERE valeur_nombre IS NULL"), "mesures, « "),
        (_base("DROP TABLE trace"), "data.sqlite : la table trace n’y est pas"),
        (_base("CREATE TABLE autre (a)"), "data.sqlite : la table autre n’est dans aucun CSV"),
        (_parquet(lambda t: t.set_column(t.column_names.index("titre"), "titre", [["x"]])),
         "lieux, « lieu/"),
        (_parquet(lambda t: t.drop_columns(["titre"])), "n’a pas les colonnes du CSV"),
        (_parquet(lambda t: t.set_column(0, "insee", [["01001"]])), "celui du dossier, « 62999 »"),
        (_parquet(lambda t: t, "zstd"), "comprimé autrement qu’à l’écriture"),
        (_parquet(lambda t: concat_tables([t.slice(0, 1)] * t.num_rows), table="fiches"),
         "fiches, « "),
        (_parquet(lambda t: t.set_column(t.column_names.index("titre"), "titre",
                                         [["x" * 1_000] * t.num_rows])), "sont plus longs que"),
        (_gone("parquet/lieux"), "annonce parquet/lieux/commune=62999/part.parquet, qui"),
        (_gone("donnees.ods"), "annonce donnees.ods, qui est absent"),
        (_workbook(lambda d: d.replace(b"verger", b"vergey")), "donnees.ods : lieux, « "),
        (_workbook(lambda d: d[: len(d) // 2]), "donnees.ods : XML mal formé"),
        (_workbook(lambda d: d.replace(b'name="trace"', b'name="x"')), "la feuille « x » n’est"),
        (_workbook(lambda d: d.replace(b'name="trace"', b'name="x"')), "1 table n’y est pas : t"),
        (_workbook(lambda d: d.replace(b"?>", b"?><!DOCTYPE a>", 1)), "contient une déclaration"),
        (_workbook(lambda d: d[:400] + b"<a/>" * 200_000 + d[400:]), "donnees.ods : "),
        (
            _workbook(lambda d: d.replace(b"<text:p>", b"<text:p>" + BLANKS * 2_000, 1)),
            "donnees.ods : pas relu jusqu’au bout, une case a plus de 16777216 signes",
        ),
        (lambda f: (f / "donnees.ods").write_bytes(b"non"), "donnees.ods : illisible"),
        (spoilt("iramuteq/recits.txt", lambda t: t.replace("pommiers", "poires")), "p0001 », mots"),
        (spoilt("iramuteq/recits.txt", lambda t: t.replace("_2018", "_201")), "annee : « 201 »"),
        (spoilt("iramuteq/recits.txt", lambda t: t.replace("_oui", "_non")), "ite : « non »"),
        (spoilt("iramuteq/variables.csv", lambda t: t.replace(",1\n", ",2\n")), "textes : « 2 »"),
        (_themes, "ce qui est tiré des tables : pas relu, trop de thèmes"),
        (spoilt("rapport.json", lambda t: t.replace('"liens": ', '"liens": 9')), "lignes de liens"),
        (lambda f: (f / "rapport.json").write_text("{"), "rapport.json : pas lisible"),
        (lambda f: (f / "catalogue/lieux.geojson").write_text("{"), "lieux.geojson : pas lisible"),
        (lambda f: (f / "qda/vocabulaires.qdc").write_text("<"), "aires.qdc : XML mal formé"),
        (lambda f: (f / "qda/taguette.csv").write_bytes(b"\xff"), "taguette.csv : pas en UTF-8"),
        (lambda f: (f / "data/x.csv").write_bytes(b"a\n"), "x.csv : datapackage.json ne la décrit"),
    ],
)  # fmt: skip
def test_check_sees_what_was_spoilt_under_sums_written_again(
    public_dump: Path, tmp_path: Path, spoil: Callable[[Path], None], fault: str
) -> None:
    """Each copy of a table says what the others say."""
    folder = tmp_path / "dump"
    shutil.copytree(public_dump, folder)
    spoil(folder)
    sealed(folder)

    text = "\n".join(faults(open_dump(folder)))

    assert fault in text and "modifié depuis" not in text


def test_a_dump_that_names_its_encoding_as_python_does_is_sound(
    public_dump: Path, tmp_path: Path
) -> None:
    """So did dumps until November 2026, of the file that begins with a byte order mark."""
    folder = tmp_path / "dump"
    shutil.copytree(public_dump, folder)
    package = folder / "datapackage.json"
    described = json.loads(package.read_text("utf-8"))
    [cases] = [one for one in described["resources"] if one["path"] == "participedia/cases.csv"]
    cases["encoding"] = "utf-8-sig"
    package.write_text(json.dumps(described), "utf-8")
    sealed(folder)

    assert list(faults(open_dump(folder))) == []


def test_a_row_that_is_too_short_is_told_of_the_csv_and_of_its_copies(
    public_dump: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "dump"
    shutil.copytree(public_dump, folder)
    path = folder / "data/lieux.csv"
    path.write_text(path.read_text("utf-8").rpartition(",")[0] + "\n", "utf-8")
    sealed(folder)

    told = list(faults(open_dump(folder)))

    assert told[0].startswith("data/lieux.csv : ligne 2 : ") and len(told) == 4, told
    assert all("« lieu/" in fault and "pas ce que dit le CSV" in fault for fault in told[1:])


@pytest.mark.parametrize(
    "spoil",
    [
        _workbook(lambda d: d.replace(b' table:style-name="mots"', b"")),
        _parquet(lambda t: t.sort_by([("id", "descending")]), table="fiches"),
        _base("UPDATE lieux SET genre_motif = '' WHERE genre_motif IS NULL"),
        spoilt("data/mesures.csv", lambda t: t.replace("1250.5,", "1250.50,")),
    ],
)
def test_the_same_rows_in_another_writing_are_no_fault(
    public_dump: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """They are looked at one by one, where the others are compared many at a time."""
    folder = tmp_path / "dump"
    shutil.copytree(public_dump, folder)
    spoil(folder)
    sealed(folder)

    assert list(faults(open_dump(folder))) == []


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_look_at_the_database_that_ends_early_leaves_nothing_behind(
    public_dump: Path, tmp_path: Path
) -> None:
    """Python complained on the terminal of a cursor that outlived its database."""
    folder = tmp_path / "dump"
    shutil.copytree(public_dump, folder)
    # the last table: what begins another one lets go of the one before
    _base("UPDATE trace SET etat = 'x'")(folder)

    text = "\n".join(faults(open_dump(folder)))
    gc.collect()

    assert text.count("data.sqlite : trace, « ") == 3


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda t: t.replace("  ", " *"), ""),
        (lambda t: t.replace("  ", "  ./"), ""),
        (lambda t: re.sub("^[0-9a-f]{64}", lambda m: m[0].upper(), t, flags=re.M), ""),
        (lambda t: t.replace("\n", "\r\n"), "fins de ligne de Windows"),
        (lambda t: f"{'0' * 64}  README.md\n{t}", "README.md : SHA256SUMS lui donne deux"),
    ],
)
def test_sums_are_read_as_sha256sum_reads_them(
    public_dump: Path, tmp_path: Path, change: Callable[[str], str], fault: str
) -> None:
    folder = tmp_path / "dump"
    shutil.copytree(public_dump, folder)
    spoilt("SHA256SUMS", change)(folder)

    text = "\n".join(faults(open_dump(folder)))

    assert fault in text and bool(fault) is bool(text)


def test_what_is_spoilt_is_said_and_is_an_exit_of_1(public_dump: Path, tmp_path: Path) -> None:
    shutil.copytree(public_dump, tmp_path / "dump")
    (tmp_path / "dump/README.md").write_text("x")

    done = elsewhere("check", tmp_path / "dump")

    assert done.returncode == 1 and done.stderr.endswith(" fautes.\n")
    assert "README.md : modifié depuis qu’il a été écrit.\n" in done.stdout


def test_check_needs_a_dump(tmp_path: Path) -> None:
    for text in (None, "[]", "{", "{}"):
        if text is not None:
            (tmp_path / "datapackage.json").write_text(text)
        assert loosbot("check", tmp_path, config=tmp_path).exit_code == 1


def test_diff_and_withdrawals_tell_what_left(tmp_path: Path) -> None:
    config = tmp_path / "cfg"
    recit = "narratives/recit/le-verger-de-celia-c.yaml"
    first = town.write(tmp_path / "first")
    after = dict(town.FILES)
    del after["narratives/indicateur/arbres.yaml"]
    after[recit] = after[recit].replace("portee: [wiki, dump-recherche, dump-public]", "portee: []")
    after["narratives/lieu/mare.yaml"] = "type: lieu\ntitre: La mare\ngenre: equipement\n"
    after["narratives/source/cahier.yaml"] = town.FILES["narratives/source/cahier.yaml"].replace(
        "2018", "2019"
    )
    second = town.write(tmp_path / "second", after)
    a, b, c = (tmp_path / name for name in "abc")
    assert loosbot("build", a, "--corpus", first, config=config).exit_code == 0
    done = loosbot("build", b, "--since", a, "--corpus", second, config=config)
    assert done.exit_code == 0, done.stderr

    with (b / "RETRAITS.csv").open(encoding="utf-8", newline="") as file:
        gone = list(csv.DictReader(file))
    assert sorted((row["objet"], row["id"].partition("/")[0]) for row in gone) == [
        ("fiche", "indicateur"),
        ("texte", "recit"),
    ]
    assert all(re.fullmatch(r"\w+/f[a-z2-7]{10}(/voix-\d+)?", row["id"]) for row in gone)
    assert "pommiers" not in (b / "RETRAITS.csv").read_text("utf-8")
    # a consent ends on the real day, though nobody committed since
    assert {row["date"] for row in gone} == {
        json.loads((b / "rapport.json").read_text())["consentements_au"]
    }
    assert town.DAY not in {row["date"] for row in gone}

    # what left once stays told in the next ones, until it comes back
    loosbot("build", c, "--since", b, "--corpus", second, config=config)
    assert (c / "RETRAITS.csv").read_bytes() == (b / "RETRAITS.csv").read_bytes()
    back = loosbot("build", tmp_path / "d", "--since", c, "--corpus", first, config=config)
    assert back.exit_code == 0
    left = (tmp_path / "d/RETRAITS.csv").read_text("utf-8")
    assert "indicateur/" not in left and "texte," not in left

    result = loosbot("diff", a, b, config=config)
    assert result.exit_code == 0, result.stderr
    assert re.search(r"^Ajoutée : lieu/f\w+ « La mare »\.$", result.stdout, re.MULTILINE)
    assert re.search(r"^Retirée : indicateur/f\w+\.$", result.stdout, re.MULTILINE)
    assert re.search(r"^Changée : source/f\w+ \(sources\) : annee, ", result.stdout, re.MULTILINE)
    assert re.search(r"^Changée : recit/f\w+/voix-1 \(passages\) : ", result.stdout, re.MULTILINE)
    same = loosbot("diff", b, c, config=config)
    assert same.stdout == "Les deux exports disent la même chose.\n"


def test_a_dump_that_lacks_a_table_is_not_compared(public_dump: Path, tmp_path: Path) -> None:
    shutil.copytree(public_dump, tmp_path / "part")
    (tmp_path / "part/data/fiches.csv").unlink()

    done = loosbot("diff", public_dump, tmp_path / "part", config=tmp_path)

    assert done.exit_code == 1 and done.stdout == "" and "incomplet" in done.stderr


def test_since_wants_a_dump_of_the_same_series(small_town: Path, tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    loosbot("build", a, "--corpus", small_town, config=tmp_path)

    done = loosbot("build", b, *RESEARCH, "--since", a, "--corpus", small_town, config=tmp_path)

    assert done.exit_code == 1 and "trifouilly-recherche" in done.stderr
    assert not b.exists()


def test_another_team_is_not_told_who_withdrew_without_a_word(tmp_path: Path) -> None:
    tale = "narratives/recit/le-verger-de-celia-c.yaml"
    first = town.write(tmp_path / "first")
    agreed = "portee: [wiki, dump-recherche, dump-public]"
    after = {**town.FILES, tale: town.FILES[tale].replace(agreed, "portee: []")}
    second = town.write(tmp_path / "second", after)
    a, b, c, d = (tmp_path / name for name in "abcd")
    another = [word.replace("Labo X", "Labo Y") for word in RESEARCH]
    loosbot("build", a, *RESEARCH, "--corpus", first, config=tmp_path)

    same = loosbot("build", b, *RESEARCH, "--since", a, "--corpus", second, config=tmp_path)
    other = loosbot("build", c, *another, "--since", a, "--corpus", second, config=tmp_path)
    nobody = loosbot("build", d, *another, "--since", a, "--corpus", first, config=tmp_path)

    assert (same.exit_code, other.exit_code, nobody.exit_code) == (0, 0, 0)
    assert "« Labo Y » qui s’est retiré depuis l’export remis à « Labo X »" in other.stderr
    assert "RETRAITS" not in same.stderr + nobody.stderr
