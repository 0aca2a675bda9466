"""What a schema refuses, as one fault per thing to mend."""

from __future__ import annotations

from typing import Any

import pytest

from loosbot.corpus import schema
from loosbot.corpus.check.validate import faults, type_fault
from loosbot.corpus.model import RECORD_TYPES
from loosbot.corpus.wording import Fault, folded, joined_slug, nearest, slug
from loosbot.dump.edition.key import Pseudonyms
from loosbot.render.charts.catalogue import chart_id

RECIT = {
    "type": "recit",
    "titre": "A",
    "voix": [{"qui": "B", "role": "elu", "texte": "C"}],
}


def _faults(**more: Any) -> list[Fault]:
    return faults(schema.load("recit"), {**RECIT, **more})


def test_a_good_record_has_none() -> None:
    assert _faults() == []


def test_unknown_and_not_applicable_are_values_anywhere() -> None:
    for state in ("inconnu", "sans-objet"):
        assert _faults(annee=state, lieu=state, effets=state, sources=state, prononce=state) == []


def test_a_plain_value_may_become_a_small_group() -> None:
    assert _faults(prononce={"valeur": "oui", "statut": "deduit", "sources": ["ici § 1"]}) == []


@pytest.mark.parametrize(
    ("key", "value", "code", "path"),
    [
        ("prononce", {"valeur": "peut-etre"}, "vocabulaire", ("prononce", "valeur")),
        ("prononce", {"statut": "deduit"}, "cle-manquante", ("prononce",)),
        ("prononce", ["oui"], "type-de-valeur", ("prononce",)),
        ("effets", ["confiance", 3], "type-de-valeur", ("effets", 1)),
        ("enseignements", [{"texte": ""}], "valeur-vide", ("enseignements", 0, "texte")),
        ("enseignements", [{"texte": "a", "suite": "inconue"}], "type-de-valeur", None),
        ("langue", "Français", "forme", ("langue",)),
        ("anciens_ids", ["Recit/A"], "forme", ("anciens_ids", 0)),
        ("titre", None, "valeur-vide", ("titre",)),
        ("voix", [], "valeur-vide", ("voix",)),
        ("voix", "personne", "type-de-valeur", ("voix",)),
    ],
)
def test_each_wrong_value_is_one_fault(
    key: str, value: Any, code: str, path: tuple[str | int, ...] | None
) -> None:
    faults = _faults(**{key: value})
    assert [fault.code for fault in faults] == [code]
    assert path is None or faults[0].path == path


def test_several_faults_of_one_record_are_all_told() -> None:
    faults = _faults(themess=["energie"], annee="hier", effets=["joie"], x=1)
    assert sorted((fault.code, fault.path) for fault in faults) == [
        ("cle-inconnue", ("themess",)),
        ("cle-inconnue", ("x",)),
        ("date-illisible", ("annee",)),
        ("vocabulaire", ("effets", 0)),
    ]


def test_hints_name_the_nearest_word_or_the_form() -> None:
    def hint(**more: Any) -> str:
        return _faults(**more)[0].hint

    assert hint(thème=[]) == "Vouliez-vous écrire « themes » ?"
    assert hint(Année=2018) == "Vouliez-vous écrire « annee » ?"
    assert hint(effets=["Confiance"]) == (
        "Vouliez-vous écrire « confiance » ? Ce mot s’écrit en minuscules."
    )
    assert hint(effets="confiance") == "Mettez des crochets : [confiance]"
    assert hint(titre=2018) == 'Mettez des guillemets : "2018"'
    assert "« inconnu »" in hint(effets=None)
    assert "une adresse web" in _faults(video=["a"])[0].message


def test_the_type_is_asked_for_before_anything_else() -> None:
    assert type_fault(RECIT, RECORD_TYPES) is None
    for data, code, message in (
        ({"titre": "A"}, "type-manquant", "fifty-fifty"),
        ({"Type": "recit"}, "cle-inconnue", "« type »"),
        ({"type": "récits"}, "type-inconnu", "« recit »"),
        ({"type": ["recit"]}, "type-inconnu", "reunion"),
        ("recit", "type-de-valeur", "groupe de clés"),
    ):
        fault = type_fault(data, RECORD_TYPES)
        assert fault is not None
        assert fault.code == code
        assert message in f"{fault.message} {fault.hint}"


def test_misspellings_share_their_folded_form() -> None:
    assert folded("Thèmes") == folded("theme")
    assert folded("opérateur économique") == folded("operateur-economique")
    assert folded("parts_au_faire") == folded("part-au-faire")
    assert nearest("reuinon", ("recit", "reunion", "lieu")) == "reunion"
    assert nearest("zzz", ("recit", "reunion", "lieu")) is None
    assert nearest("Habitante", {"Habitant": "habitant", "Élu": "elu"}) == "habitant"
    assert slug("Ch'ti TAIDx, l'œuvre n°1") == "ch-ti-taidx-l-oeuvre-n1"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("L’école d’été", "l-ecole-d-ete"),
        ("L'école d'été", "l-ecole-d-ete"),
        ("Carrot’Mob", "carrot-mob"),
        ("Bilan 2018–2019 — la suite…fin", "bilan-2018-2019-la-suite-fin"),
        ("Le « vélo·bus » d’aujourd’hui", "le-velo-bus-d-aujourd-hui"),
        ("Une éco\u00adle", "une-ecole"),
        ("L’", "l"),
        ("Ch'ti TAIDx, l'œuvre n°1", "ch-ti-taidx-l-oeuvre-n1"),
    ],
)
def test_signs_of_print_part_the_words_of_a_file_name(title: str, name: str) -> None:
    assert slug(title) == name


def test_what_was_published_keeps_its_name() -> None:
    assert joined_slug("L’école d’été") == "lecole-dete"
    assert chart_id("index/dates", "D’un an à l’autre") == "fichier/dates-dun-an-a-lautre"
    key = Pseudonyms(b"k" * 32, "public")
    assert key.person("Léa d’Arc") == key.person("lea-darc")
