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
    folder: Path,
    name: str,
    files: Mapping[str, str],
    kind: Kind,
    since: Path | None = None,
    day: str = town.DAY,
) -> Path:
    """A dump of both a corpus that lacks nothing and one that was renamed is sound."""
    corpus = town.write(folder / f"corpus-{name}", {**town.FILES, **files}, day)
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
    corrected = tale(voice(0, "Les mots de la voix 0, corrigés."), voice(2))
    assert gone(built(tmp_path, "b", {TALE: corrected}, "recherche", before)) == []


def chain(
    folder: Path, kind: Kind, *states: Mapping[str, str], day: str = "2020-{:02}-15"
) -> list[Path]:
    """Dumps of a corpus in each of these states, a month apart or all of one ``day``, each made
    since the one before."""
    dumps: list[Path] = []
    for month, files in enumerate(states, 1):
        since = dumps[-1] if dumps else None
        dumps.append(built(folder, f"d{month}", files, kind, since, day.format(month)))
    return dumps


def words(folder: Path) -> dict[str, str]:
    with (folder / "data/passages.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["texte"] for row in csv.DictReader(file)}


def told_to(recipient: Path, last: Path) -> tuple[set[str], dict[str, str]]:
    """As docs/dumps.md says: what who has an earlier dump erases, and what is called otherwise."""
    version = json.loads((recipient / "datapackage.json").read_text("utf-8"))["version"]
    with (last / "RETRAITS.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sums = (recipient / "SHA256SUMS").read_text("utf-8").splitlines()
    (name,) = (line[:12] for line in sums if line.endswith(" datapackage.json"))
    day = min((row["depuis"] for row in rows if row["depuis"] > version), default="")
    mine = [row for row in rows if row["export"] == name] or [
        row for row in rows if row["depuis"] == day
    ]
    assert len({row["id"] for row in mine}) == len(mine)
    erased = {row["id"] for row in mine if row["motif"] == ABSENT}
    return erased, {row["id"]: row["devenu"] for row in mine if row["devenu"]}


RETIRED, INTERNAL = (f"consentement: {{etat: {state}}}" for state in ("retire", "interne"))
FIRST, SECOND, LAST = (voice(rank) for rank in range(3))
HISTORIES = {
    "one after the other": (
        [FIRST, voice(1, consent=RETIRED), LAST],
        [voice(0, consent=RETIRED), voice(1, consent=RETIRED), LAST],
    ),
    "another takes the place": (
        [FIRST, SECOND, voice(2, consent=RETIRED)],
        [FIRST, SECOND, voice(2, consent=RETIRED), voice(2, "Une voix nouvelle.")],
    ),
    "the next one moves to the place": (
        [FIRST, voice(1, consent=INTERNAL), LAST],
        [voice(0, consent=RETIRED), voice(1, consent=INTERNAL), LAST],
    ),
    "only later": ([FIRST, SECOND, LAST], [FIRST, voice(1, consent=RETIRED), LAST]),
    "something else by the same person": (
        [voice(0, consent=RETIRED), SECOND, LAST, voice(0, "Il pleuvait des cordes.")],
        [SECOND, LAST, voice(0, "Il pleuvait des cordes.")],
    ),
}


@pytest.mark.parametrize("day", ["2020-{:02}-15", "2020-01-15"])
@pytest.mark.parametrize("kind", ["publique", "recherche"])
@pytest.mark.parametrize("history", HISTORIES)
def test_every_earlier_recipient_is_told_of_their_own_ids(
    tmp_path: Path, kind: Kind, history: str, day: str
) -> None:
    """The rank of a voice is that of another after two withdrawals, or of a voice that came."""
    later = [{TALE: tale(*voices)} for voices in HISTORIES[history]]
    *earlier, last = chain(tmp_path, kind, {TALE: tale(FIRST, SECOND, LAST)}, *later, day=day)

    now = words(last)
    for recipient in earlier:
        erased, renamed = told_to(recipient, last)
        kept = {id_: text for id_, text in words(recipient).items() if id_ not in erased}
        assert {renamed.get(id_, id_): text for id_, text in kept.items() if text} == {
            id_: text for id_, text in now.items() if text in kept.values() and text
        }
        assert {words(recipient)[id_] for id_ in erased}.isdisjoint(now.values())


def test_who_says_the_same_words_is_not_taken_for_who_withdrew(tmp_path: Path) -> None:
    both = [voice(0, "Oui."), voice(2, "Oui.")]
    before = built(tmp_path, "a", {TALE: tale(*both)}, "recherche")
    both[0] = voice(0, "Oui.", RETIRED)
    after = built(tmp_path, "b", {TALE: tale(*both)}, "recherche", before)

    tale_id = "recit/trois-voix"
    assert gone(after) == [
        ("voix", f"{tale_id}/voix-1", ABSENT, ""),
        ("voix", f"{tale_id}/voix-2", RENAMED, f"{tale_id}/voix-1"),
    ]


def test_a_record_that_was_renamed_twice_is_found_under_its_name_of_now(tmp_path: Path) -> None:
    again = tale(FIRST, LAST) + "anciens_ids: [recit/conte, recit/trois-voix]\n"
    first, second, third = chain(
        tmp_path,
        "recherche",
        {TO_RENAME: tale(FIRST, LAST)},
        renamed("recit/conte"),
        {"narratives/recit/fin.yaml": again},
    )

    for recipient, former in ((first, "recit/conte"), (second, "recit/trois-voix")):
        erased, names = told_to(recipient, third)
        assert not erased
        assert names == {
            f"{former}{part}": f"recit/fin{part}" for part in ("", "/voix-1", "/voix-2")
        }
        sentences = list(differences(open_dump(recipient), open_dump(third)))
        assert f"Renommée : {former}, maintenant recit/fin « Trois voix »." in sentences
        assert not [line for line in sentences if line.startswith(("Ajoutée", "Retirée", "Table"))]


def test_a_former_name_that_was_forgotten_is_told_once_it_is_there(tmp_path: Path) -> None:
    _, second, third = chain(
        tmp_path, "recherche", {TO_RENAME: tale(FIRST)}, {TALE: tale(FIRST)},
        {TALE: tale(FIRST) + "anciens_ids: [recit/conte]\n"},
    )  # fmt: skip

    assert ("fiche", "recit/conte", ABSENT, "") in gone(second)
    assert ("fiche", "recit/conte", RENAMED, "recit/trois-voix") in gone(third)


def test_the_difference_names_the_voice_that_left(tmp_path: Path) -> None:
    before = built(tmp_path, "a", {TALE: tale(FIRST, SECOND, LAST)}, "recherche")
    after = built(tmp_path, "b", {TALE: tale(voice(0, consent=RETIRED), SECOND, LAST)}, "recherche")

    sentences = list(differences(open_dump(before), open_dump(after)))
    tale_id = "recit/trois-voix"
    assert [line for line in sentences if "voix-" in line] == [
        f"Retirée : {tale_id}/voix-1 (passages).",
        f"Renommée : {tale_id}/voix-2, maintenant {tale_id}/voix-1 (passages).",
        f"Renommée : {tale_id}/voix-3, maintenant {tale_id}/voix-2 (passages).",
    ]


def test_what_an_insertion_moved_did_not_change(tmp_path: Path) -> None:
    path = "narratives/fifty-fifty/verger.yaml"
    visit = "{date: 2019-04-20, constat: Trois pommiers ont repris.}"
    earlier = "{date: 2019-01-10, constat: Rien encore.}"
    before = built(tmp_path, "a", {}, "recherche")
    text = town.FILES[path].replace(f"[{visit}]", f"[{earlier}, {visit}]")
    after = built(tmp_path, "b", {path: text}, "recherche")
    text = text.replace("Trois pommiers", "Deux pommiers")
    other = built(tmp_path, "c", {path: text}, "recherche")

    lines = list(differences(open_dump(before), open_dump(after)))
    assert [line for line in lines if "evenements" in line] == [
        "Table evenements : 1 ligne nouvelle ou changée, 0 de moins."
    ]
    lines = list(differences(open_dump(after), open_dump(other)))
    assert [line for line in lines if "evenements" in line] == [
        "Changée : fifty-fifty/verger/suivi-visites-2 (evenements) : texte."
    ]


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
