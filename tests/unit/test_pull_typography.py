"""What French typography puts beside the signs of a page comes back as the signs alone do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_pull import published, pulled, tree_of

from loosbot.decode.regions import FACT_SPOILT
from loosbot.pull.proof import PublishedCorpus
from loosbot.pull.report import PullReport, as_json, as_text

ID = "fifty-fifty/jardin"
FILE = "narratives/fifty-fifty/jardin.yaml"
SOURCE = """\
type: fifty-fifty
titre: Le jardin
parties_prenantes: [acteur/velo]
demande:
  canal: reunion
  besoin: Des légumes.
realisation:
  couts:
  - {quoi: Bois, valeur: 120, unite: €}
"""
FILES = {
    FILE: SOURCE,
    "narratives/acteur/velo.yaml": "type: acteur\ntitre: Le club\ngenre: association\n",
}
CANAL = "* '''Canal''' : Réunion\n"
BOIS = "| 120\N{NO-BREAK SPACE}€\n"
CLUB = "| Parties prenantes = [[Le club]]\n"
MAIL = ("canal: reunion", "canal: courrier")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> PublishedCorpus:
    return published(tree_of(tmp_path_factory.mktemp("base"), FILES))


def typed(base: PublishedCorpus, old: str, new: str) -> str:
    body = base.rendered[ID].body
    assert body.count(old) == 1
    return body.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (CANAL, "* '''Canal'''&nbsp;: Courrier\n", MAIL),
        (CANAL, "* '''Canal'''\N{NO-BREAK SPACE}: Courrier\n", MAIL),
        (CANAL, "* '''Canal'''&#8239;:&nbsp;Courrier\n", MAIL),
        (CANAL, "* '''Canal''': Courrier\n", MAIL),
        (CANAL, "* '''Canal :''' Courrier\n", MAIL),
        (CANAL, "* '''Canal&nbsp;:''' Courrier\n", MAIL),
        (
            CANAL,
            f"{CANAL}* '''Demandeurs&nbsp;:''' Des voisins\n",
            ("  besoin: Des légumes.\n", "  besoin: Des légumes.\n  demandeurs: Des voisins\n"),
        ),
        (BOIS, "| 130&nbsp;€\n", ("120", "130")),
        (BOIS, "| 1&nbsp;250&nbsp;€\n", ("120", "1250")),
        (BOIS, "| 1&#8239;250&#160;€\n", ("120", "1250")),
        (
            CLUB,
            f"{CLUB[:-1]}&nbsp;; Le service voirie\n",
            ("[acteur/velo]", "[acteur/velo, Le service voirie]"),
        ),
        (
            CLUB,
            f"{CLUB[:-1]}\N{NARROW NO-BREAK SPACE}; Le service voirie\n",
            ("[acteur/velo]", "[acteur/velo, Le service voirie]"),
        ),
    ],
)
def test_blanks_beside_a_sign(
    base: PublishedCorpus, old: str, new: str, change: tuple[str, str]
) -> None:
    theirs = typed(base, old, new)

    carried = pulled(base, {ID: theirs})

    assert carried.files[FILE].decode() == SOURCE.replace(*change)
    assert [page.left for page in carried.pages] == [[]]


@pytest.mark.parametrize(
    "new", ["* '''Canal'''&nbsp;: Réunion\n", "* '''Canal :''' Réunion\n", "*'''Canal''':Réunion\n"]
)
def test_another_way_to_type_the_sign_of_a_fact_is_no_change(
    base: PublishedCorpus, new: str
) -> None:
    carried = pulled(base, {ID: typed(base, CANAL, new)})

    assert carried.files == {}
    assert [page.left for page in carried.pages] == [[]]


@pytest.mark.parametrize("new", ["* Canal : Courrier\n", "* Canal&nbsp;: Réunion\n"])
def test_who_takes_the_bold_from_a_name_has_not_deleted_its_fact(
    base: PublishedCorpus, new: str
) -> None:
    carried = pulled(base, {ID: typed(base, CANAL, new)})

    assert carried.files == {}
    assert [left.reason for left in carried.pages[0].left] == [FACT_SPOILT]


def test_a_fact_that_somebody_took_out_is_deleted(base: PublishedCorpus) -> None:
    carried = pulled(base, {ID: typed(base, CANAL, "")})

    assert carried.files[FILE].decode() == SOURCE.replace("  canal: reunion\n", "")


@pytest.mark.parametrize(
    "typed_list",
    ["[[Le club]] et Paul", "[[Le club]], Paul", "[[Le club]]<br>Paul", "\n* [[Le club]]\n* Paul"],
)
def test_a_list_without_its_separator_is_told_how_to_part_it(
    base: PublishedCorpus, typed_list: str
) -> None:
    carried = pulled(base, {ID: typed(base, CLUB, f"| Parties prenantes = {typed_list}\n")})

    assert carried.files == {}
    [left] = carried.pages[0].left
    assert "séparés par « ; »" in left.reason


def test_a_signature_in_a_text_is_told_from_a_link(tmp_path: Path) -> None:
    text = {FILE: f"{SOURCE}texte: Une friche devient un jardin.\n"}
    base = published(tree_of(tmp_path, {**FILES, **text}))
    signed = "un jardin. [[Utilisateur:Camille|Camille]] ([[Discussion utilisateur:Camille|d]])"

    carried = pulled(base, {ID: typed(base, "un jardin.", signed)})

    assert carried.files == {}
    [left] = carried.pages[0].left
    assert left.reason.startswith("une signature (ôtez-la")


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\u2028", "\ufeff", "\u3164"])
def test_a_sign_that_nobody_sees_is_told_when_it_comes(base: PublishedCorpus, sign: str) -> None:
    theirs = typed(base, "Des légumes.", f"Des lé{sign}gumes.")
    before = {FILE: SOURCE.encode()}

    carried = pulled(base, {ID: theirs})
    lines = list(as_text(PullReport(carried, dry=False), before))

    assert f"Des lé{sign}gumes." in carried.files[FILE].decode()
    (told,) = (line for line in lines if "À RELIRE" in line)
    assert told.startswith(f"    À RELIRE dans {FILE} : Ce texte contient")
    assert f"U+{ord(sign):04X}" in told
    assert told.endswith(": légumes.")
    # a program is told the same, and so it is of a new file, which a page proposed
    for known in (before, {}):
        reread = json.loads(as_json(PullReport(carried, dry=False), known))["reread"]
        [finding] = [each for each in reread if f"U+{ord(sign):04X}" in str(each)]
        assert (finding["path"], finding["hint"][-10:]) == (FILE, ": légumes.")
        assert finding["code"] and finding["message"] in told
    # what a file had before does not come from the wiki
    again = list(as_text(PullReport(carried, dry=False), carried.files))
    assert not any("À RELIRE" in line for line in again)
