"""The public edition under attack: what must stay unknown changes not one byte of it.

Fifty invented persons, who agreed to different things. Each secret is told in another way, or not
at all, and the dump is built again: were anything of it in an order, a count, a length, an offset,
a row id, a hash, a date, a size or the state of a cell, a byte would differ.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import town

from loosbot.dump import build as whole
from loosbot.dump.edition.groups import covered, generalised
from loosbot.dump.filtered import THRESHOLD, WITHHELD

Files = dict[str, str]
ROLES = ("habitant", "agent", "elu", "operateur-economique")
STATES = ("public", "interne", "retire", "scelle", "inconnu")
ALL = "portee: [wiki, dump-recherche, dump-public]"


def consent(number: int) -> str:
    """Ten persons in each state; the sealed ones until a day that is far."""
    state = STATES[number % 5]
    more = {"public": f", {ALL}", "scelle": ", jusquau: 2050"}.get(state, "")
    return f"{{etat: {state}{more}}}"


def role(number: int) -> str:
    """Most are inhabitants, few are anything else."""
    return ROLES[0] if number % 7 else ROLES[1 + number % 3]


def name(number: int) -> str:
    first = ("Aline", "Basile", "Cyprien", "Doriane", "Edmée", "Fulbert", "Gisèle", "Hector",
             "Ismérie", "Jocelyn")[number % 10]  # fmt: skip
    last = ("Quennehen", "Wallart", "Xhonneux", "Yvernault", "Zègre")[number // 10]
    return f"{first} {last}"


def person(number: int) -> str:
    return f"narratives/acteur/p{number:02}.yaml"


def story(number: int) -> str:
    return f"narratives/recit/r{number:02}.yaml"


def files() -> Files:
    """Fifty persons, ten récits of five voices, two projects, and the rest of the small town."""
    texts = dict(town.FILES)
    for number in range(50):
        texts[person(number)] = (
            f"type: acteur\ntitre: {name(number)}\ngenre: personne\nrole: {role(number)}\n"
            f"fonction: Voisinage\nconsentement: {consent(number)}\n"
        )
    for number in range(10):
        voices = "".join(
            f"  - qui: acteur/p{who:02}\n    role: {role(who)}\n"
            f"    date: 2018-05-{who % 27 + 1:02}\n    themes: [energie]\n"
            f"    consentement: {consent(who)}\n"
            f"    texte: Ce que dit la voix {who}, en secret ou non.\n"
            for who in range(number * 5, number * 5 + 5)
        )
        texts[story(number)] = (
            f"type: recit\ntitre: Conte {number}\nannee: {2016 + number // 8}\n"
            f"projet: fifty-fifty/verger\nrelectures: [{{qui: Jo Relit, date: 2020-01-05}}]\n"
            f"date: 2018-09-{number + 1:02}\nvoix:\n{voices}"
        )
    return {**texts, **elsewhere()}


ROAD, EVENING = "narratives/projet/route.yaml", "narratives/reunion/place.yaml"


def elsewhere() -> Files:
    """A project and a meeting with voices of their own, who follow it, who promised."""
    voices = "".join(
        f"- qui: acteur/p{who:02}\n  role: {role(who)}\n  consentement: {consent(who)}\n"
        f"  texte: Ce que dit la voix {who}, en secret ou non.\n"
        for who in range(10)
        if STATES[who % 5] != "retire"
    )
    hidden_ = (1, 3, 4)
    followers = "".join(
        f"- {{qui: acteur/p{who:02}, role: Poste {who}, du: 2016}}\n" for who in hidden_
    )
    promises = "".join(
        f"- {{id: e{who}, qui: acteur/p{who:02}, quoi: Pour {name(who)}, echeance: 2018-06}}\n"
        for who in hidden_
    )
    return {
        ROAD: f"type: projet\ntitre: La route\nannee: 2018\nstatut: en-cours\n"
        f"sources: [cahier p. 4 chez {name(1)}]\nresume: Avec {name(1)} et {name(3)}.\n"
        "relectures: [{qui: Jo Relit, date: 2020-01-05}]\n"
        f"referents:\n{followers}engagements:\n{promises}voix:\n{voices}",
        EVENING: "type: reunion\ntitre: Place\ndate: 2018-03-03\nprojet: projet/route\n"
        f"animation: acteur/p01\nvoix:\n{voices}",
    }


def renamed() -> Files:
    """Those who did not agree have other names, wherever they are told."""
    texts = files()
    for number in range(50):
        if STATES[number % 5] != "public":
            texts = {
                path: text.replace(name(number), f"Marie-{name(number)}")
                for path, text in texts.items()
            }
    return texts


def changed(path: str, *changes: tuple[str, str]) -> Callable[[], Files]:
    """One file with words changed."""

    def change() -> Files:
        texts = files()
        for old, new in changes:
            assert old in texts[path]
            texts[path] = texts[path].replace(old, new)
        return texts

    return change


def built(root: Path, target: Path, texts: Mapping[str, str], *, hour: str = "12:00:00") -> Path:
    """The public dump of a corpus, committed on the town's day."""
    town.write(root, texts, moment=f"{town.DAY}T{hour}Z")
    whole.write(town.edition(root), target, None, lambda: None)
    return target


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plain")
    return built(folder / "town", folder / "dump", files())


def every(path: Callable[[int], str], numbers: range, old: str, new: str) -> Callable[[], Files]:
    """The same corpus, with words changed in some of its files, and really changed."""

    def change() -> Files:
        texts = files()
        for number in numbers:
            before = texts[path(number)]
            texts[path(number)] = before.replace(old.format(number), new.format(number))
            assert texts[path(number)] != before
        return texts

    return change


def hidden(old: str, new: str) -> Callable[[], Files]:
    """Words changed in the records of those who did not agree."""

    def change() -> Files:
        texts = files()
        touched = 0
        for number in range(50):
            if STATES[number % 5] != "public":
                before = texts[person(number)]
                texts[person(number)] = before.replace(old, new)
                touched += texts[person(number)] != before
        assert touched
        return texts

    return change


def voices(change: Callable[[str, int], str]) -> Callable[[], Files]:
    """Another voice for those who did not agree; ``change`` gets the voice's lines."""

    def changed() -> Files:
        texts = files()
        for number in range(10):
            head, *passages = texts[story(number)].split("  - qui: ")
            again = []
            for rank, passage in enumerate(passages):
                who = number * 5 + rank
                again.append(passage if STATES[who % 5] == "public" else change(passage, who))
            texts[story(number)] = head + "".join(f"  - qui: {passage}" for passage in again)
        assert texts != files()
        return texts

    return changed


def withdrawn(*, there: bool) -> Files:
    """With or without ten persons who withdrew, and their voices; nobody else speaks of them."""
    texts = files()
    for number in range(10):
        gone = [who for who in range(number * 5, number * 5 + 5) if STATES[who % 5] == "retire"]
        head, *passages = texts[story(number)].split("  - qui: ")
        kept = [passage for rank, passage in enumerate(passages) if number * 5 + rank not in gone]
        if not there:
            texts[story(number)] = head + "".join(f"  - qui: {passage}" for passage in kept)
            for who in gone:
                del texts[person(who)]
    return texts


SECRETS: dict[str, Callable[[], Files]] = {
    "les mots d’une voix sans accord": voices(
        lambda voice, who: voice.replace("en secret ou non", "court")
    ),
    "leur longueur": voices(lambda voice, who: voice.replace("en secret", "en secret " * 400)),
    "ses thèmes": voices(lambda voice, who: voice.replace("energie", "biodiversite")),
    "ses effets": voices(lambda voice, who: f"{voice}    effets: [confiance]\n"),
    "ses frottements": voices(lambda voice, who: f"{voice}    frottements: [Trop long.]\n"),
    "sa nature": voices(lambda voice, who: f"{voice}    nature: verbatim\n"),
    "le jour où elle parle": voices(lambda voice, who: voice.replace("2018-05-", "2018-06-")),
    "si l’on sait quand": voices(lambda voice, who: voice.replace("date: 2018-05-", "# ")),
    "la preuve de l’accord": voices(
        lambda voice, who: voice.replace("etat: interne", "preuve: formulaire 12, etat: interne")
    ),
    "interne ou inconnu": voices(
        lambda voice, who: voice.replace("etat: inconnu", "etat: interne")
    ),
    "jusqu’à quand": voices(lambda voice, who: voice.replace("2050", "2060")),
    "la fonction d’une personne masquée": hidden("Voisinage", "Facteur de la rue du Four"),
    "son nom": renamed,
    "ses autres noms": hidden("genre: personne", "genre: personne\nvariantes: [Le Grand]"),
    "une note sur elle": hidden("genre: personne", "genre: personne\nnotes: [Malade en 2019.]"),
    "l’état de son accord": hidden("etat: inconnu", "etat: interne"),
    "le poste de qui suit un projet, et depuis quand": changed(
        ROAD, ("Poste 1, du: 2016", "Cheffe du service, du: 2009"), ("Poste 3", "Garde champêtre")
    ),
    "une voix d’un projet": changed(
        ROAD, ("voix 1, en secret", "voix 1, et bien plus long que cela, en secret"),
        ("voix 3, en", "voix 3, sans"), ("{etat: interne}", "{base: publie, section: cahier § 2}"),
        (f"chez {name(1)}", f"chez {name(1).upper()}"),
    ),
    "une voix d’une réunion": changed(
        EVENING, ("voix 4, en secret", "voix 4"),
        ("{etat: interne}", "{etat: public, statut: deduit, preuve: Filmée}"),
    ),
    "qui a relu": every(story, range(10), "Jo Relit", "Camille Autre"),
    "le jour de la relecture": every(story, range(10), "2020-01-05", "2020-01-28"),
    "le jour d’un récit": every(story, range(9), "date: 2018-09-0", "date: 2018-09-1"),
    "une note pour soi": every(story, range(10), "type: recit", "# ne pas montrer\ntype: recit"),
    "l’ordre des clés": every(story, range(10), "type: recit\ntitre: Conte {}\n",
                              "titre: Conte {}\ntype: recit\n"),
}  # fmt: skip


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_changes_no_byte(plain: Path, tmp_path: Path, secret: str) -> None:
    other = built(tmp_path / "town", tmp_path / "dump", SECRETS[secret]())

    before, after = content(plain), content(other)

    assert {name for name in before | after if before.get(name) != after.get(name)} == set()


def test_nothing_tells_when_and_by_whom_it_was_committed(plain: Path, tmp_path: Path) -> None:
    root = tmp_path / "town"
    built(
        root, tmp_path / "first", SECRETS["la fonction d’une personne masquée"](), hour="01:00:00"
    )
    other = built(root, tmp_path / "dump", files(), hour="23:00:00")
    assert content(other) == content(plain)


def test_nothing_tells_that_somebody_withdrew(tmp_path: Path) -> None:
    there = built(tmp_path / "a", tmp_path / "there", withdrawn(there=True))
    never = built(tmp_path / "b", tmp_path / "never", withdrawn(there=False))

    before, after = content(there), content(never)

    assert {name for name in before | after if before.get(name) != after.get(name)} == set()


def table(folder: Path, name_: str) -> list[dict[str, str]]:
    with (folder / f"data/{name_}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_is_told_of_the_unnamed_covers_enough_of_them(plain: Path) -> None:
    """Counted in persons, not in rows, over both tables that tell it; what is left out as well."""
    actors = {row["id"]: row for row in table(plain, "acteurs")}
    unnamed = {id_ for id_, row in actors.items() if row["pseudonyme"] == "oui"}
    shown: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in table(plain, "passages"):
        who = set(row["voix"].split("|")) & unnamed
        roles = {row["role"], *(actors[actor]["role"] for actor in who)} - {""}
        for role_ in roles or {""}:
            shown[row["annee"], role_] |= who
    for id_ in unnamed:
        shown["", actors[id_]["role"]].add(id_)
    assert {role_ for _, role_ in shown} == {"habitant", ""}
    assert all(len(who) >= THRESHOLD for (_, role_), who in shown.items() if role_), shown
    assert len(shown["", ""]) >= THRESHOLD


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ("aaaaaa bbbbb", "aaaaaa bbbbb"),
        ("aaaaaa bbbbb c", "aaaaaa _____ _"),
        ("aaaaa b c", "_____ _ _"),
        ("aaaaaa bbbbbb ccc dd", "aaaaaa bbbbbb ___ __"),
    ],
)
def test_whoever_is_left_out_is_not_alone(rows: str, shown: str) -> None:
    asked = [(letter,) for letter in rows.replace(" ", "")]
    persons = [frozenset({str(rank)}) for rank in range(len(asked))]
    kept = covered(asked, generalised(asked, persons), persons)
    letters = "".join("_" if row[0] is WITHHELD else row[0] for row in kept)
    assert letters == shown.replace(" ", "")


def test_one_who_speaks_five_times_is_one_person() -> None:
    rows = [("2018", "agent")] * 5
    shown = generalised(rows, [frozenset("a")] * 5, fixed=1)
    assert shown == [("2018", WITHHELD)] * 5
