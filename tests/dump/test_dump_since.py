"""What a dump says of the one before: renamed, withdrawn, moved by who withdrew."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
import town
from altered import sealed

from loosbot.dump.build import write
from loosbot.dump.check.compare import differences
from loosbot.dump.check.folder import faults
from loosbot.dump.check.received import open_dump
from loosbot.dump.filtered import Kind

AGREED = "consentement: {etat: public, portee: [wiki, dump-recherche, dump-public]}"
TALE = "narratives/recit/trois-voix.yaml"
VOICES = ("acteur/ali-d", "acteur/ali-d", "acteur/elue")


def tale(*voices: str) -> str:
    lines = "\n".join(f"  - {voice}" for voice in voices)
    return (
        "type: recit\ntitre: Trois voix\nannee: 2019\nplume: acteur/elue\n"
        f"voix:\n{lines}\nrelectures: [{{qui: Jeanne Relit, date: 2020-01-05}}]\n"
    )


def voice(rank: int, text: str = "", consent: str = AGREED) -> str:
    return (
        f"qui: {VOICES[rank]}\n    role: habitant\n    {consent}\n"
        f"    texte: {text or f'Les mots de la voix {rank}.'}"
    )


def built(
    folder: Path, name: str, files: Mapping[str, str], kind: Kind, since: Path | None = None
) -> Path:
    """A dump of both a corpus that lacks nothing and one that was renamed is sound."""
    corpus = town.write(folder / f"corpus-{name}", {**town.FILES, **files})
    write(town.edition(corpus, kind), folder / name, since, lambda: None)
    assert list(faults(open_dump(folder / name))) == []
    return folder / name


def gone(folder: Path) -> list[tuple[str, str, str, str]]:
    with (folder / "RETRAITS.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["objet"], row["id"], row["motif"], row["devenu"]) for row in csv.DictReader(file)
        ]


def ids(folder: Path, table: str = "fiches") -> list[str]:
    with (folder / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


ABSENT, RENAMED = "absent-de-cette-edition", "renomme"
TO_RENAME = "narratives/recit/conte.yaml"


def renamed(former: str) -> dict[str, str]:
    """The tale under another name of its file."""
    content = tale(voice(0), voice(2))
    return {TALE: f"{content}anciens_ids: [{former}]\n"}


def test_a_file_that_was_renamed_is_not_withdrawn(tmp_path: Path) -> None:
    before = built(tmp_path, "a", {TO_RENAME: tale(voice(0), voice(2))}, "recherche")
    after = built(tmp_path, "b", renamed("recit/conte"), "recherche", before)
    later = built(tmp_path, "c", renamed("recit/conte"), "recherche", after)

    assert gone(after) == gone(later) == [
        ("fiche", "recit/conte", RENAMED, "recit/trois-voix"),
        ("voix", "recit/conte/voix-1", RENAMED, "recit/trois-voix/voix-1"),
        ("voix", "recit/conte/voix-2", RENAMED, "recit/trois-voix/voix-2"),
    ]  # fmt: skip
    sentences = list(differences(open_dump(before), open_dump(after)))
    assert "Renommée : recit/conte, maintenant recit/trois-voix « Trois voix »." in sentences
    assert not [line for line in sentences if line.startswith(("Ajoutée", "Retirée"))]


def test_the_words_that_left_with_the_old_name_are_withdrawn(tmp_path: Path) -> None:
    before = built(tmp_path, "a", {TO_RENAME: tale(voice(0), voice(2))}, "recherche")
    content = renamed("recit/conte")[TALE].replace(AGREED, "consentement: {etat: interne}", 1)
    after = built(tmp_path, "b", {TALE: content}, "recherche", before)

    assert gone(after)[1:] == [
        ("texte", "recit/conte/voix-1", ABSENT, ""),
        ("voix", "recit/conte/voix-2", RENAMED, "recit/trois-voix/voix-2"),
    ]


def test_a_code_outlives_the_name_of_a_file(tmp_path: Path) -> None:
    """Of a record, and of a person who is not named: the docs promise it from dump to dump."""
    person = "narratives/acteur/celia-c.yaml"
    before = built(tmp_path, "a", {TO_RENAME: tale(voice(0), voice(2))}, "publique")
    files = {path: text.replace("acteur/celia-c", "acteur/celia") for path, text in
             town.FILES.items()}  # fmt: skip
    text = f"{files.pop(person)}anciens_ids: [acteur/celia-c]\n"
    corpus = town.write(tmp_path / "later", {**files, **renamed("recit/conte"),
                                             "narratives/acteur/celia.yaml": text})  # fmt: skip
    write(town.edition(corpus), tmp_path / "b", before, lambda: None)

    assert ids(tmp_path / "b") == ids(before)
    assert gone(tmp_path / "b") == []
    assert not [
        line
        for line in differences(open_dump(before), open_dump(tmp_path / "b"))
        if line.startswith(("Ajoutée", "Retirée"))
    ]


def test_a_name_in_the_old_id_is_not_told_as_a_new_name(tmp_path: Path) -> None:
    """A code stood for the id that held it: what it was is not said beside what it is."""
    path = "narratives/recit/celia-carpentier-conte.yaml"
    before = built(tmp_path, "a", {path: tale(voice(0), voice(2))}, "recherche")
    after = built(tmp_path, "b", renamed("recit/celia-carpentier-conte"), "recherche", before)

    assert "carpentier" not in (after / "RETRAITS.csv").read_text("utf-8")
    assert [(kind, motive, became) for kind, _, motive, became in gone(after)] == [
        ("fiche", ABSENT, ""), ("voix", ABSENT, ""), ("voix", ABSENT, "")
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["publique", "recherche"])
@pytest.mark.parametrize("left", [0, 1, 2])
def test_who_withdraws_takes_the_own_words_along_and_no_others(
    tmp_path: Path, kind: Kind, left: int
) -> None:
    """The voices behind it move up: the recipient was told to erase the last one's words."""
    every = [voice(0), voice(1), voice(2)]
    before = built(tmp_path, "a", {TALE: tale(*every)}, kind)
    every[left] = voice(left, consent="consentement: {etat: retire}")
    after = built(tmp_path, "b", {TALE: tale(*every)}, kind, before)
    later = built(tmp_path, "c", {TALE: tale(*every)}, kind, after)

    with (before / "data/passages.csv").open(encoding="utf-8", newline="") as file:
        texts = {row["id"]: row["texte"] for row in csv.DictReader(file)}
    erased = [texts[id_] for _, id_, motive, _ in gone(after) if motive == ABSENT]
    assert erased == [f"Les mots de la voix {left}."]
    kept = {texts[id_]: became for _, id_, motive, became in gone(after) if motive == RENAMED}
    with (after / "data/passages.csv").open(encoding="utf-8", newline="") as file:
        now = {row["texte"]: row["id"] for row in csv.DictReader(file)}
    assert kept == {text: now[text] for text in kept}
    assert gone(later) == gone(after)


def test_a_word_that_was_corrected_is_no_withdrawal(tmp_path: Path) -> None:
    before = built(tmp_path, "a", {TALE: tale(voice(0), voice(2))}, "recherche")
    corrected = tale(voice(0, "Les mots corrigés."), voice(2))
    assert gone(built(tmp_path, "b", {TALE: corrected}, "recherche", before)) == []


def without(folder: Path, table: str, column: str) -> None:
    """A dump of a version that had no such column."""
    path, package = folder / f"data/{table}.csv", folder / "datapackage.json"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    rank = header.index(column)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = ([*row[:rank], *row[rank + 1 :]] for row in (header, *rows))
        csv.writer(file, lineterminator="\n").writerows(lines)
    described = json.loads(package.read_text("utf-8"))
    (resource,) = (entry for entry in described["resources"] if entry["name"] == table)
    fields = resource["schema"]["fields"]
    resource["schema"]["fields"] = [field for field in fields if field["name"] != column]
    package.write_text(json.dumps(described), "utf-8")
    sealed(folder)


def test_a_column_that_another_version_has_changed_no_record(
    research_dump: Path, tmp_path: Path
) -> None:
    older = tmp_path / "older"
    shutil.copytree(research_dump, older)
    without(older, "lieux", "genre")
    without(older, "trace", "mot")

    changes = list(differences(open_dump(older), open_dump(research_dump)))
    assert changes == [
        "Table lieux, colonne nouvelle : genre.",
        "Table trace, colonne nouvelle : mot.",
    ]
    assert list(differences(open_dump(research_dump), open_dump(older))) == [
        "Table lieux, colonne disparue : genre.",
        "Table trace, colonne disparue : mot.",
    ]
