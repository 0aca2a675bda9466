"""A folder from strangers: each fault is told, within bounds, and hides none of the others."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import sqlite3
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import town
from altered import with_passages
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from loosbot.cli import main
from loosbot.dump.check import bounds
from loosbot.dump.check.bounds import Budget, LimitReached
from loosbot.dump.check.folder import faults
from loosbot.dump.check.received import ReceivedDump, folder, open_dump

Spoil = Callable[[Path], None]
LAST = "README.md : modifié depuis qu’il a été écrit"
"""The fault that every spoilt dump has beside its own."""


@pytest.fixture
def dump(public_dump: Path, tmp_path: Path) -> Path:
    """A copy of a public dump; one file of it is not as it was written."""
    target = tmp_path / "dump"
    shutil.copytree(public_dump, target)
    (target / "README.md").write_text("x")
    return target


def loosbot(*arguments: str | Path, config: Path) -> Result:
    words = ["dump", *map(str, arguments)]
    return CliRunner().invoke(main, words, env={"XDG_CONFIG_HOME": str(config)})


def described(change: Callable[[dict[str, Any]], None]) -> Spoil:
    """Another descriptor; ``change`` gets the resource of the first table."""

    def spoil(dump: Path) -> None:
        path = dump / "datapackage.json"
        package = json.loads(path.read_text("utf-8"))
        change(next(resource for resource in package["resources"] if resource["name"] == "fiches"))
        path.write_text(json.dumps(package), "utf-8")

    return spoil


def schema(key: str, value: Any) -> Spoil:
    return described(lambda table: table["schema"].update({key: value}))


def column(key: str, value: Any) -> Spoil:
    return described(lambda table: table["schema"]["fields"][0].update({key: value}))


def written(name: str, data: bytes | Callable[[], bytes]) -> Spoil:
    """``data`` may be what makes it: what is large is made in its test alone."""
    return lambda dump: (dump / name).write_bytes(data() if callable(data) else data) and None


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def qdpx(start: str = "0", end: str = "1", *, text: bytes = b"texte", cited: int = 1) -> bytes:
    """A project whose passage is said to be from ``start`` to ``end``."""
    passage = f'<PlainTextSelection startPosition="{start}" endPosition="{end}"/>'
    source = f'<TextSource plainTextPath="internal://a.txt">{passage}</TextSource>'
    project = f'<Project xmlns="urn:QDA-XML:project:1.0" origin="x">{source * cited}</Project>'
    return packed({"project.qde": project.encode(), "sources/a.txt": text})


def spoilt_member(offset: int, value: bytes) -> bytes:
    """A project whose first member has other bytes at a place of its two headers, or after."""
    data = bytearray(qdpx())
    if offset > 30:
        data[offset : offset + len(value)] = value
        return bytes(data)
    for at in (data.index(b"PK\3\4"), data.index(b"PK\1\2") + 2):
        data[at + offset : at + offset + len(value)] = value
    return bytes(data)


def packed_otherwise(name: str) -> Spoil:
    """An archive whose members are packed as no dump of ours is."""

    def spoil(dump: Path) -> None:
        with zipfile.ZipFile(dump / name) as archive:
            members = {member: archive.read(member) for member in archive.namelist()}
        (dump / name).write_bytes(packed(members, zipfile.ZIP_LZMA))

    return spoil


def many_passages(dump: Path) -> None:
    """A passage of one word, 60,000 times, and IRaMuTeQ's text of them."""
    with_passages(dump, ({"texte": f"mot{number}"} for number in range(60_000)))
    texts = (f"**** *x_{number}\nmot{number}\n\n" for number in range(60_000))
    (dump / "iramuteq/recits.txt").write_text("".join(texts), "utf-8")


def a_pipe(name: str) -> Spoil:
    def spoil(dump: Path) -> None:
        (dump / name).unlink(missing_ok=True)
        os.mkfifo(dump / name)

    return spoil


def a_link(name: str, target: str) -> Spoil:
    def spoil(dump: Path) -> None:
        (dump / name).unlink(missing_ok=True)
        (dump / name).symlink_to(target)

    return spoil


def database(statement: str) -> Spoil:
    def spoil(dump: Path) -> None:
        with sqlite3.connect(dump / "data.sqlite") as base:
            base.execute("PRAGMA writable_schema = ON")
            base.execute(statement)

    return spoil


def passages(start: str) -> Spoil:
    def spoil(dump: Path) -> None:
        path = dump / "data/passages.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row["debut"] = row["debut"] and start
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    return spoil


MANY = "5" * 5000
QDPX, XML, PACKAGE = "qda/recits.qdpx", "x.xml", "datapackage.json"
HOSTILE: dict[str, tuple[Spoil, str]] = {
    # what the tables say of themselves
    "clé 5": (schema("primaryKey", 5), "sa clé est mal décrite"),
    "clé ailleurs": (schema("primaryKey", ["lune"]), "sa clé est mal décrite"),
    "clé de listes": (schema("primaryKey", [[]]), "sa clé est mal décrite"),
    "champs 5": (schema("fields", 5), "ses colonnes ne sont pas"),
    "renvois 7": (schema("foreignKeys", 7), "un renvoi vers une autre table est mal décrit"),
    "renvois de 7": (schema("foreignKeys", [7]), "un renvoi vers une autre table est mal décrit"),
    "20 000 renvois": (
        schema("foreignKeys", [{"fields": ["id"], "reference": {"resource": "fiches",
                                "fields": ["id"]}}] * 20_000),
        "ses renvois ne sont pas relus",
    ),
    "contraintes x": (column("constraints", "x"), "ses contraintes sont mal décrites"),
    "enum 5": (column("constraints", {"enum": 5}), "ses contraintes sont mal décrites"),
    "enum de listes": (column("constraints", {"enum": [[]]}), "pas une valeur prévue"),
    "type 5": (column("type", {}), LAST),
    "chemin NUL": (described(lambda file: file.update(path="a\0b")), "\\u0000b : décrit par"),
    "chemin demi": (described(lambda file: file.update(path="\ud800")), "\\ud800 : décrit par"),
    "chemin long": (described(lambda file: file.update(path="a" * 5000)), "aaa…"),
    "chemin liste": (described(lambda file: file.update(path=[])), "[] : décrit par"),
    "sommes : nom long": (written("SHA256SUMS", b"0" * 64 + b"  " + b"a" * 4000), "aaa…"),
    "sommes : NUL": (written("SHA256SUMS", b"0" * 64 + b"  a\0b"), "a\\u0000b : annoncé"),
    "sommes : binaire": (written("SHA256SUMS", bytes(range(256))), "SHA256SUMS, ligne 1"),
    # places
    "place ²": (passages("²"), "ses places ne sont pas des nombres"),
    "place longue": (passages(MANY), "ses places ne sont pas des nombres"),
    # the archive
    "qdpx ²": (written(QDPX, qdpx("²")), "rien de tel dans les tables"),
    "qdpx 5 000 chiffres": (written(QDPX, qdpx(MANY, MANY)), "rien de tel dans les tables"),
    "qdpx chiffré": (written(QDPX, spoilt_member(6, b"\1")), "project.qde est chiffré"),
    "qdpx méthode 99": (written(QDPX, spoilt_member(8, b"\x63")), "comprimé d’une façon inconnue"),
    "qdpx abîmé": (written(QDPX, spoilt_member(45, b"\xff" * 8)), "project.qde est abîmé"),
    "qdpx vide": (written(QDPX, b""), "pas une archive entière"),
    "qdpx sans projet": (written(QDPX, packed({})), "project.qde n’y est pas"),
    "qdpx sans texte": (
        written(QDPX, qdpx().replace(b"sources/a", b"sources/b")), "sources/b.txt », rien de tel",
    ),
    "qdpx cité 2 000 fois": (
        written(QDPX, lambda: qdpx(text=bytes(50 << 20), cited=2000)), LAST,
    ),
    "qdpx de zéros": (
        written(QDPX, lambda: packed({"project.qde": bytes(300 << 20)})),
        "pas relu jusqu’au bout, plus de 256 Mio",
    ),
    "projet de 3 000 000 d’éléments": (
        written(QDPX, lambda: packed({"project.qde": b"<r>" + b"<a/>" * 3_000_000 + b"</r>"})),
        "trop d’éléments",
    ),
    "30 000 membres": (
        written(QDPX, b"PK\1\2" * 30_000), "trop de fichiers dedans",
    ),
    # XML
    "xml encoding foo": (written(XML, b'<?xml version="1.0" encoding="foo"?><a/>'), "encodage"),
    "xml shift_jis": (written(XML, b'<?xml version="1.0" encoding="shift_jis"?><a/>'), "encodage"),
    "xml dossier": (lambda dump: (dump / XML).mkdir(), LAST),
    "xml profond": (written(XML, b"<a>" * 1_000_000), "trop d’éléments"),
    "xml entités": (
        written(XML, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "déclaration DOCTYPE",
    ),
    "xml mal formé": (written(XML, b"<a>\n<b>"), "XML mal formé, ligne 2"),
    # the database
    "table pas en UTF-8": (
        database("UPDATE sqlite_schema SET name = CAST(X'ff' AS TEXT) WHERE name = 'fiches'"),
        "data.sqlite",
    ),
    "base énorme": (
        database("UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL',"
                 " 'CHECK (length(zeroblob(900000000)) > 1)') WHERE name = 'fiches'"),
        "data.sqlite",
    ),
    "base sans fin": (
        lambda dump: os.truncate(dump / "data.sqlite", 1 << 40),
        "data.sqlite : pas relu, plus de 2048 Mio à lire en tout",
    ),
    "classeur compressé autrement": (
        packed_otherwise("donnees.ods"),
        "donnees.ods : content.xml est comprimé d’une façon inconnue",
    ),
    "passages sans nombre": (many_passages, "data/passages.csv : modifié"),
    "parquet énorme": (
        written("parquet/fiches/commune=62999/part.parquet", b"PAR1\0\0\0\xff\xff\xff\x7fPAR1"),
        "part.parquet : illisible",
    ),
    # what is no file
    "tuyau xml": (a_pipe(XML), "x.xml : ni fichier ni dossier, il n’est pas ouvert"),
    "tuyau descriptif": (a_pipe(PACKAGE), "datapackage.json : ni fichier ni dossier"),
    "tuyau sommes": (a_pipe("SHA256SUMS"), "SHA256SUMS manque"),
    "lien dehors": (a_link("mot.xml", "/etc/passwd"), "mot.xml : lien symbolique"),
    "lien base": (a_link("data.sqlite", "/etc/passwd"), "data.sqlite : lien symbolique"),
    "lien parquet": (a_link("parquet/x.parquet", "/etc/passwd"), "x.parquet : lien symbolique"),
    "lien dossier": (a_link("boucle", "."), "boucle : lien symbolique"),
    # the descriptor itself
    "descriptif illisible": (written(PACKAGE, b"["), "datapackage.json : pas lisible"),
    "descriptif profond": (written(PACKAGE, b"[" * 200_000), "datapackage.json : pas lisible"),
    "descriptif liste": (written(PACKAGE, b"[]"), "datapackage.json : pas lisible"),
    "descriptif nombre": (written(PACKAGE, MANY.encode()), "datapackage.json : pas lisible"),
    # what acts on a terminal
    "titre de fenêtre": (written("\x1b]0;pwn\x07", b"x"), "\\u001b]0;pwn\\u0007 : présent"),
    "ligne forgée": (written("a\nExport intact.", b"x"), "a\\u000aExport intact. : présent"),
    "C1": (written("SHA256SUMS", b"0" * 64 + b"  \xc2\x9b2J"), "\\u009b2J : annoncé"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_each_fault_is_told_and_hides_no_other(dump: Path, name: str) -> None:
    spoil, fault = HOSTILE[name]
    spoil(dump)

    began = time.process_time()
    done = loosbot("check", dump, config=dump)

    assert done.exit_code == 1, done.stderr
    assert fault in done.stdout
    lines = done.stdout.splitlines()
    sums = "SHA256SUMS" not in fault and not name.startswith(("sommes", "C1", "tuyau sommes"))
    assert not sums or f"{LAST}." in lines
    assert not set(done.stdout) & set(map(chr, (*range(10), *range(11, 32), *range(127, 160))))
    assert all(len(line) < 320 for line in lines)
    assert time.process_time() - began < 20


def test_resources_named_twice_are_read_once(dump: Path) -> None:
    path = dump / PACKAGE
    package = json.loads(path.read_text("utf-8"))
    package["resources"] *= 20
    path.write_text(json.dumps(package), "utf-8")
    received = open_dump(dump)
    # once for the sums, and what is also read for what it says
    received.budget = Budget(size=8 * sum(received.size(name) or 0 for name in received.names))

    messages = list(faults(received))

    assert any("décrit deux fois par datapackage.json" in fault for fault in messages)
    assert any("autres fautes" in fault for fault in messages)
    assert not any("à lire en tout" in fault for fault in messages)


@pytest.mark.parametrize(
    ("bound", "value", "fault"),
    [
        ("seconds", -1, "plus de -1 secondes en tout"),
        ("size", 1 << 20, "plus de 1 Mio à lire en tout"),
        ("cells", 100, "trop de cases en tout"),
    ],
)
def test_beyond_a_bound_it_says_what_was_not_read(
    public_dump: Path, bound: str, value: int, fault: str
) -> None:
    # its time runs from here, not from when the tests were collected
    budget = Budget(**{bound: value})  # type: ignore[arg-type]  # each takes a number of its own
    assert fault in "\n".join(faults(ReceivedDump(public_dump, budget)))


def test_too_many_files_are_no_dump(tmp_path: Path) -> None:
    for number in range(bounds.MOST_FILES + 1):
        (tmp_path / f"{number}").touch()
    with pytest.raises(LimitReached):
        ReceivedDump(tmp_path)
    done = loosbot("check", tmp_path, config=tmp_path)
    assert done.exit_code == 1 and "plus de 20000 fichiers" in done.stderr


@pytest.mark.parametrize("data", [b"a,b,c\n" * 800_000, b"," * 9_000_000])
def test_a_table_without_end_is_given_up_and_the_others_are_read(dump: Path, data: bytes) -> None:
    (dump / "data/fiches.csv").write_bytes(data)
    path = dump / "data/sources.csv"
    path.write_text(path.read_text("utf-8").replace("source/", "sources/"), "utf-8")

    text = "\n".join(faults(folder(dump)))

    assert "data/fiches.csv : pas relue jusqu’au bout, trop de cases" in text
    assert "data/sources.csv : modifié" in text and "parquet/fiches" not in text
    assert "trop de cases en tout" not in text


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_folder_that_cannot_be_read_is_told(dump: Path) -> None:
    (dump / "data").chmod(0)
    try:
        messages = list(faults(folder(dump)))
    finally:
        (dump / "data").chmod(0o755)
    assert "data : dossier qui ne peut pas être lu, vous n’en avez pas le droit" in messages


NOISY = (
    "datapackage.json", "SHA256SUMS", "data/passages.csv", "data/fiches.csv", "data.sqlite",
    "qda/recits.qdpx", "iramuteq/recits.txt", "parquet/fiches/commune=62999/part.parquet",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    place=st.floats(0, 1),
    noise=st.binary(min_size=1, max_size=40),
    name=st.sampled_from(NOISY),
)
def test_noise_anywhere_is_a_fault_and_no_crash(
    public_dump: Path, tmp_path_factory: pytest.TempPathFactory, place: float, noise: bytes,
    name: str,
) -> None:  # fmt: skip
    target = tmp_path_factory.mktemp("noise") / "dump"
    shutil.copytree(public_dump, target)
    data = bytearray((target / name).read_bytes())
    at = int(place * len(data))
    data[at : at + len(noise)] = noise
    if bytes(data) == (public_dump / name).read_bytes():
        return
    (target / name).write_bytes(data)

    messages = list(faults(folder(target)))

    assert messages
    assert not [fault for fault in messages if "contenu inattendu" in fault]
    shutil.rmtree(target)


BEFORE: dict[str, Spoil] = {
    "sans identifiants": written("data/fiches.csv", b"nom\nx\n"),
    "pas en UTF-8": written("data/fiches.csv", b"id,type,titre\n\xff,a,b\n"),
    "vide": written("data/fiches.csv", b""),
    "coupée": lambda dump: (dump / "data/fiches.csv").write_bytes(
        (dump / "data/fiches.csv").read_bytes()[:100]
    ) and None,
    "absente": lambda dump: (dump / "data/fiches.csv").unlink(),
    "tuyau": a_pipe("data/fiches.csv"),
    "lien": a_link("data/fiches.csv", "/etc/passwd"),
    "descriptif profond": written(PACKAGE, b"[" * 200_000),
    "descriptif en tuyau": a_pipe(PACKAGE),
    "descriptif d’ailleurs": written(PACKAGE, b'{"name": "trifouilly-publique"}'),
}  # fmt: skip


@pytest.mark.parametrize("name", BEFORE)
def test_a_dump_that_cannot_be_read_is_never_all_withdrawn(
    public_dump: Path, small_town: Path, dump: Path, tmp_path: Path, name: str
) -> None:
    BEFORE[name](dump)
    for order in (("diff", public_dump, dump), ("diff", dump, public_dump)):
        done = loosbot(*order, config=tmp_path)
        assert "Retirée" not in done.stdout and "Ajoutée" not in done.stdout
        assert done.exit_code == 1 and done.stderr

    target = tmp_path / "new"
    done = loosbot("build", target, "--since", dump, "--corpus", small_town,
                   config=tmp_path / "cfg")  # fmt: skip
    assert done.exit_code == 1 and done.stderr
    assert not target.exists()


@pytest.mark.parametrize("data", [b"objet,id\nfiche,x\n", b"\xff\n", b""])
def test_a_list_of_withdrawals_of_another_form_is_no_list(
    small_town: Path, dump: Path, tmp_path: Path, data: bytes
) -> None:
    (dump / "RETRAITS.csv").write_bytes(data)
    package = json.loads((dump / PACKAGE).read_text("utf-8"))
    own = next(resource for resource in package["resources"] if resource["path"] == "RETRAITS.csv")
    own["hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
    (dump / PACKAGE).write_text(json.dumps(package), "utf-8")
    done = loosbot("build", tmp_path / "new", "--since", dump, "--corpus", small_town,
                   config=tmp_path / "cfg")  # fmt: skip
    assert done.exit_code == 1 and "RETRAITS.csv" in done.stderr


def test_a_voice_may_be_longer_than_the_csv_module_reads(tmp_path: Path) -> None:
    path = "narratives/recit/le-verger-de-celia-c.yaml"
    long = town.FILES[path].replace("Le 22 mai, il pleuvait.", "Il pleuvait. " * 12_000)
    root = town.write(tmp_path / "town", {**town.FILES, path: long})
    config = tmp_path / "cfg"
    assert loosbot("build", tmp_path / "a", "--corpus", root, config=config).exit_code == 0

    assert loosbot("check", tmp_path / "a", config=config).exit_code == 0
    done = loosbot("build", tmp_path / "b", "--since", tmp_path / "a", "--corpus", root,
                   config=config)  # fmt: skip
    assert done.exit_code == 0, done.stderr


def test_a_table_that_was_changed_is_compared_with_a_warning(
    public_dump: Path, dump: Path, tmp_path: Path
) -> None:
    path = dump / "data/indicateurs.csv"
    text = path.read_text("utf-8")
    path.write_text(text.replace("arbres", "fleurs"), "utf-8")

    done = loosbot("diff", public_dump, dump, config=tmp_path)

    assert done.exit_code == 0 and "data/indicateurs.csv n’est plus tel" in done.stderr
