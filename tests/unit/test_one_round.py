"""No fault of a file hides the others: they are told in one round."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import reading

RECIT = """\
type: recit
titre: Un banc
annee: 31/02/2018
projet: projet/haies
voix:
  - qui: Une voisine
    role: habitante
    texte: |
      Elle voulait un été.
"""
OTHERS = ["date-impossible", "lien-inconnu", "vocabulaire"]
HAIE = "type: projet\ntitre: La haie\nannee: 2018\n"


def _codes(folder: Path, recit: bytes) -> list[str]:
    files: dict[str, str | bytes] = {"narratives/projet/haie.yaml": HAIE}
    read = reading(folder, {**files, "narratives/recit/banc.yaml": recit})
    return [finding.code for finding in read.findings if finding.severity == "error"]


@pytest.mark.parametrize("sign", ["> ", "+", "| ", "{}  ", "{}: ", "recit/banc.yaml:{}:"])
def test_what_stands_before_each_line_hides_nothing(tmp_path: Path, sign: str) -> None:
    lines = [f"{sign.format(n)}{line}\n" for n, line in enumerate(RECIT.splitlines(), 1)]
    assert sorted(_codes(tmp_path, "".join(lines).encode())) == sorted(["yaml-signe", *OTHERS])


def test_only_what_is_no_part_of_the_record_is_told_to_go(tmp_path: Path) -> None:
    before = "# $schema: x\nVoici la fiche :\n\n# à relire\n"
    [finding, *_] = reading(tmp_path, {"narratives/recit/banc.yaml": before + RECIT}).findings
    assert finding.hint.startswith("Effacez la ligne 2 ;")
    for key in ("annee 2018\n", "Annee: 2018\n", "nom: Un banc\n", "tpye: recit\n"):
        found = reading(tmp_path, {"narratives/recit/banc.yaml": key + RECIT}).findings
        assert not [finding for finding in found if "Effacez" in finding.hint]


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        ("type: recit", "type: récit", "type-inconnu"),
        ("type: recit\n", "", "type-manquant"),
        ("type: recit", "Type: recit", "cle-inconnue"),
        ("type: recit", "type: 3", "type-inconnu"),
        ("annee:", "<<: {a: b}\nannee:", "cle-fusion"),
        ("annee:", "effets: [{2018: fierte}]\nannee:", "cle-non-texte"),
        ("Un banc", '"Un\\x07 banc"', "caractere-interdit"),
        ("Un banc", "!banc", "yaml-etiquette"),
        ("type: recit", "/* à revoir */\ntype: recit", "yaml-commentaire"),
        ("type: recit", "<pre>\ntype: recit", "yaml-commentaire"),
        ("type: recit", "// note pour Lou\ntype: recit", "yaml-commentaire"),
        ("type: recit", "Bonjour,\n\nVoici la fiche :\n\ntype: recit", "yaml-commentaire"),
        ("type: recit", "Bonjour, voici la fiche :\n\ntype: recit", "yaml-commentaire"),
        (
            "type: recit",
            "De : Lou\nÀ : Ada\nDate : 9 mars\nObjet : le banc\n\ntype: recit",
            "yaml-commentaire",
        ),
        ("type: recit", "Le récit du banc\ntype: recit", "yaml-commentaire"),
        ("annee:", "// à revoir\nannee:", "yaml-commentaire"),
        ("annee:", "---\nannee:", "plusieurs-documents"),
        ("Elle", "Elle\x0b", "caractere-interdit"),
    ],
)
def test_a_fault_of_a_record_hides_no_other(
    tmp_path: Path, right: str, wrong: str, code: str
) -> None:
    assert RECIT.count(right) == 1
    codes = _codes(tmp_path, RECIT.replace(right, wrong).encode())
    assert sorted(codes) == sorted([code, *OTHERS])


@pytest.mark.parametrize(
    ("encoding", "code"),
    [("cp1252", "encodage"), ("utf-16", "encodage"), ("utf-8-sig", "bom")],
)
def test_an_encoding_hides_no_other_fault(tmp_path: Path, encoding: str, code: str) -> None:
    assert sorted(_codes(tmp_path, RECIT.encode(encoding))) == sorted([code, *OTHERS])


@pytest.mark.parametrize("letter", ["é", "’", "œ"])
def test_a_letter_of_another_encoding_hides_no_other_fault(tmp_path: Path, letter: str) -> None:
    """One field was pasted by another program: saved again as a whole, the file would lose the
    other letters."""
    text = RECIT.replace("Un banc", "Un banc\0").encode().replace(b"\0", letter.encode("cp1252"))
    files = {"narratives/projet/haie.yaml": HAIE.encode(), "narratives/recit/banc.yaml": text}
    read = reading(tmp_path, files)
    errors = {finding.code: finding for finding in read.findings if finding.severity == "error"}
    assert sorted(errors) == sorted(["encodage", *OTHERS])
    assert (errors["encodage"].line, errors["encodage"].column) == (2, 15)
    assert errors["encodage"].hint.startswith(
        f"Effacez ce signe et tapez-le de nouveau : {letter}. Ne changez pas l’encodage"
    )


def test_of_signs_that_no_french_has_nothing_is_guessed(tmp_path: Path) -> None:
    text = RECIT.encode() + "# été\n".encode("cp850")
    assert _codes(tmp_path, text) == ["encodage"]


def test_two_records_in_one_file_are_not_one(tmp_path: Path) -> None:
    assert _codes(tmp_path, f"{RECIT}---\n{RECIT}".encode()) == ["plusieurs-documents"]


def test_a_sign_that_cannot_be_published_is_told_on_all_its_lines(tmp_path: Path) -> None:
    text = RECIT.replace("Elle", "\x0bElle").replace("un été", "un\x0bété\n      là\x0b")
    read = reading(tmp_path, {"narratives/recit/banc.yaml": text.replace("Un banc", "Un\x0b banc")})
    [finding] = [finding for finding in read.findings if finding.code == "caractere-interdit"]
    assert finding.line == 2
    assert finding.hint.endswith("Ceux des lignes 9 et 10 aussi.")


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        (
            "titre: La fête : le bal\nrubrique: méthode\nthemes: energie",
            ["yaml-deux-points", "vocabulaire", "type-de-valeur", "lien-inconnu"],
        ),
        (
            "titre: La fête\nresume:\n\tUn bal\nrubrique: méthode",
            ["yaml-tabulation", "vocabulaire", "lien-inconnu"],
        ),
        (
            "titre: La fête\x0b\nrubrique: méthode",
            ["caractere-interdit", "vocabulaire", "lien-inconnu"],
        ),
    ],
)
def test_a_slip_of_a_header_hides_neither_the_rest_of_it_nor_the_text(
    tmp_path: Path, header: str, codes: list[str]
) -> None:
    page = f"---\n{header}\n---\n\nVoir [la haie](projet/haies).\n"
    read = reading(tmp_path, {"pages/fete.md": page})
    assert [finding.code for finding in read.findings] == codes


def test_a_type_that_lacks_is_that_of_the_folder(tmp_path: Path) -> None:
    text = RECIT.replace("type: recit\n", "")
    read = reading(tmp_path, {"narratives/recit/banc.yaml": text})
    [finding] = [finding for finding in read.findings if finding.code == "type-manquant"]
    assert finding.hint.startswith("Ajoutez « type: recit »")


@pytest.mark.parametrize("first", ["—", "***", "+++", "–––"])
def test_a_line_of_a_header_that_another_tool_wrote_is_told_to_be_replaced(
    tmp_path: Path, first: str
) -> None:
    """A second header above it would leave the keys of the first in the text of the page."""
    read = reading(tmp_path, {"pages/fete.md": f"{first}\ntitre: La fête\n{first}\n\nUn bal.\n"})
    [finding] = read.findings
    assert (finding.code, finding.line) == ("en-tete-manquant", 1)
    assert finding.hint == "Écrivez trois tirets du clavier, « --- », à la place de cette ligne."


def test_a_header_without_its_first_line_is_told_that_line(tmp_path: Path) -> None:
    page = "titre: La fête\n---\n\nUn bal.\n"
    [finding] = reading(tmp_path / "a", {"pages/fete.md": page}).findings
    assert finding.hint == "Ajoutez « --- », seul sur une ligne, au-dessus de celle-ci."
    assert reading(tmp_path / "b", {"pages/fete.md": f"---\n{page}"}).findings == ()


def test_a_wrong_key_hides_no_wrong_value(tmp_path: Path) -> None:
    """Each is told where it was typed."""
    text = RECIT.replace("projet:", "projett:").replace("annee:", "year:").replace("role:", "rôle:")
    text = text.replace("texte: |", "paroles: |").replace("un été", "un [été](projet/haies)")
    read = reading(
        tmp_path, {"narratives/recit/banc.yaml": text, "narratives/projet/haie.yaml": HAIE}
    )
    errors = [finding for finding in read.findings if finding.severity == "error"]
    assert [(finding.line, finding.column, finding.code) for finding in errors] == [
        (3, 1, "cle-inconnue"),
        (3, 7, "date-impossible"),
        (4, 1, "cle-inconnue"),
        (4, 10, "lien-inconnu"),
        (7, 5, "cle-inconnue"),
        (7, 11, "vocabulaire"),
        (8, 5, "cle-inconnue"),
        (9, 29, "lien-inconnu"),
    ]


def test_two_keys_that_were_meant_for_one_are_two_faults(tmp_path: Path) -> None:
    text = RECIT.replace("projet: ", "projett: ").replace("voix:", "projets: projet/bancs\nvoix:")
    assert sorted(_codes(tmp_path, text.encode())) == sorted([*OTHERS, *["cle-inconnue"] * 2])


def test_a_slip_made_in_each_voice_hides_no_value_of_any(tmp_path: Path) -> None:
    voices = "".join(f"  - qui: {name}\n    roel: habitan\n    texte: Oui.\n" for name in "AB")
    text = f"type: recit\ntitre: Un banc\nannee: 2019\nvoix:\n{voices}"
    read = reading(tmp_path, {"narratives/recit/banc.yaml": text})
    wrong = [finding.line for finding in read.findings if finding.code == "vocabulaire"]
    assert wrong == [6, 9]


def test_an_index_whose_types_lack_has_its_other_fields_told(tmp_path: Path) -> None:
    index = "type: index\ntitre: Fêtes\nenregistrements: {type: recit}\ncolonnes: [titre, cout]\n"
    read = reading(tmp_path, {"pages/index/fetes.yaml": index})
    assert [finding.code for finding in read.findings] == ["cle-manquante", "champ-inconnu"]


def test_a_year_for_a_key_hides_nothing_of_its_group(tmp_path: Path) -> None:
    text = (
        "type: projet\ntitre: La haie\nderoule:\n  - 2019: création\n  - dat: 2020\n"
        "    texte: Rien.\n  - {date: 31/02/2019, texte: 12}\n2018: un bal\n"
    )
    findings = reading(tmp_path, {"narratives/projet/haie.yaml": text}).findings
    assert [(finding.line, finding.column, finding.code) for finding in findings] == [
        (4, 5, "cle-non-texte"),
        (5, 5, "cle-inconnue"),
        (7, 12, "date-impossible"),
        (7, 31, "type-de-valeur"),
        (8, 1, "cle-non-texte"),
    ]
    assert findings[0].hint == 'Écrivez : {date: 2019, texte: "création"}'


def test_a_value_of_another_kind_hides_nothing_of_what_it_says(tmp_path: Path) -> None:
    """A list without its brackets or its dash is read as its hint writes it."""
    text = (
        "type: projet\ntitre: La haie\nsources: registre p 4\nliens: projet/a et projet/b\n"
        "documents: photo.jpg\nvoix:\n  qui: Une voisine\n  role: habitante\n"
        "  conentement: {etat: publique}\n  texte: Voir [le banc](projet/c).\n"
    )
    findings = reading(tmp_path, {"narratives/projet/haie.yaml": text}).findings
    assert [(finding.line, finding.column, finding.code) for finding in findings] == [
        (3, 10, "source-inconnue"),
        (3, 10, "type-de-valeur"),
        (4, 8, "lien-inconnu"),
        (4, 8, "lien-inconnu"),
        (4, 8, "type-de-valeur"),
        (5, 12, "fichier-absent"),
        (5, 12, "type-de-valeur"),
        (7, 3, "type-de-valeur"),
        (8, 9, "vocabulaire"),
        (9, 3, "cle-inconnue"),
        (9, 23, "vocabulaire"),
        (10, 25, "lien-inconnu"),
    ]


@pytest.mark.parametrize(
    ("path", "text", "codes"),
    [
        (
            "pages/index/fetes.yaml",
            "type: index\ntitre: Fêtes\nenregistrements: {types: projet}\n"
            "colonnes: titre, cout\ngraphiques: frise\n",
            [
                "type-de-valeur",
                "champ-inconnu",
                "type-de-valeur",
                "cle-manquante",
                "type-de-valeur",
            ],
        ),
        (
            "loosbot.yaml",
            "corpus: essai\najouts:\n  regles: oui\n",
            ["ajout-impossible", "type-de-valeur"],
        ),
    ],
)
def test_what_a_chart_or_a_rule_still_lacks_is_told_with_its_brackets(
    tmp_path: Path, path: str, text: str, codes: list[str]
) -> None:
    read = reading(tmp_path, {path: text})
    assert [finding.code for finding in read.findings if finding.path == path] == codes


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("registre p 4", 'source --titre "registre" ; puis écrivez ici : registre p. 4'),
        ("Le registre, page 4", '"Le registre" ; puis écrivez ici : le-registre p. 4'),
        ("Le registre (§ 3.2)", '"Le registre" ; puis écrivez ici : le-registre § 3.2'),
        ("carnets p. 4", "Vouliez-vous écrire « carnet p. 4 » ?"),
        ("carnet article 2", "Écrivez : carnet art. 2"),
        ("Délibération n° 2018-12", 'source --titre "Délibération n° 2018-12"'),
    ],
)
def test_a_source_cited_as_people_say_it_keeps_its_page(
    tmp_path: Path, typed: str, hint: str
) -> None:
    files: dict[str, str | bytes] = {
        "narratives/source/carnet.yaml": "type: source\ntitre: Un carnet\n",
        "narratives/projet/haie.yaml": f'type: projet\ntitre: La haie\nsources: ["{typed}"]\n',
    }
    told = {finding.code: finding.hint for finding in reading(tmp_path, files).findings}
    assert hint in (told.get("source-inconnue") or told["source-mal-ecrite"])


@pytest.mark.parametrize(
    ("slips", "codes"),
    [
        (["  - qui : Jean, role : agent, texte : Oui"], [(7, "yaml-deux-points")]),
        (["  - qui: Jean", "   role: agent", "    texte: Oui."], [(8, "yaml-retrait")]),
        (
            ["  - qui: Jean", "    role: agent", "    texte: Il dit : oui", "  - qui: @lou"],
            [(9, "yaml-deux-points"), (10, "yaml-signe")],
        ),
        (
            ["  - qui: Jean", "    role: agent", "    texte: |", "  Il a livré."],
            [(10, "yaml-retrait")],
        ),
        (["  - qui: Jean", '    role: "agent', "    texte: Oui."], [(8, "yaml-guillemet")]),
    ],
)
def test_a_slip_in_one_voice_hides_no_fault_of_the_others(
    tmp_path: Path, slips: list[str], codes: list[tuple[int, str]]
) -> None:
    first = ["type: recit", "titre: Un banc", "voix:", "  - qui: Une voisine"]
    first += ["    role: parent", "    texte: Oui."]
    last = ["  - qui: Lou", "    role: maçonne", "    texte: Voir [le banc](projet/bancs)."]
    text = "\n".join([*first, *slips, *last]) + "\n"
    read = reading(tmp_path, {"narratives/recit/banc.yaml": text})
    errors = [finding for finding in read.findings if finding.severity == "error"]
    assert [(finding.line, finding.code) for finding in errors] == [
        (5, "vocabulaire"),
        *codes,
        (len(first) + len(slips) + 2, "vocabulaire"),
        (len(first) + len(slips) + 3, "lien-inconnu"),
    ]


@pytest.mark.parametrize(
    ("odd", "code"),
    [("2019: création", "cle-non-texte"), ("titre: un\n    titre: deux", "cle-en-double")],
)
def test_a_slip_elsewhere_leaves_what_could_be_read_of_an_odd_key(
    tmp_path: Path, odd: str, code: str
) -> None:
    text = (
        f"type: projet\ntitre: La haie\nderoule:\n  - {odd}\n    etape: plantation\n"
        "resume: Il dit : oui\n"
    )
    read = reading(tmp_path, {"narratives/projet/haie.yaml": text})
    codes = [finding.code for finding in read.findings if finding.severity == "error"]
    assert codes == [code, "vocabulaire", "yaml-deux-points"]


@pytest.mark.parametrize(
    "marks",
    [
        "<<<<<<< HEAD\ntitre: Un banc\n=======\ntitre: Un four\n>>>>>>> autre",
        "<<<<<<< HEAD\ntitre: Un banc\n||||||| base\ntitre: Un\n=======\ntitre: Le\n>>>>>>> autre",
        "titre: Un banc\n>>>>>>> autre",
    ],
)
def test_a_conflict_of_git_hides_no_fault_beside_it(tmp_path: Path, marks: str) -> None:
    spoiled = RECIT.replace("titre: Un banc", marks)
    assert sorted(_codes(tmp_path, spoiled.encode())) == sorted([*OTHERS, "conflit-git"])


def test_a_voice_without_its_dash_is_told_at_its_first_key(tmp_path: Path) -> None:
    voice = "    qui: Paul\n    role: agent\n    texte: Non.\n"
    assert sorted(_codes(tmp_path, (RECIT + voice).encode())) == sorted([*OTHERS, "cle-en-double"])


def test_two_slips_in_one_voice_are_told_at_once(tmp_path: Path) -> None:
    spoiled = RECIT.replace("Une voisine", 'Une "voisine" du banc').replace("|\n      ", "")
    spoiled = spoiled.replace("qui: ", 'qui: "Lou" et ').replace("Elle voulait", '"Elle" voulait')
    assert sorted(_codes(tmp_path, spoiled.encode())) == [*OTHERS, *["yaml-guillemet"] * 2]


def test_a_slip_in_a_group_hides_no_fault_beside_it(tmp_path: Path) -> None:
    asked = "demande:\n  besoin: 'L'eau'\n  canal: fax\n  objet: 'L'été'\n"
    project = f"type: projet\ntitre: La mare\nannee: 2018\n{asked}"
    read = reading(tmp_path, {"narratives/projet/mare.yaml": project})
    assert [(finding.line, finding.code) for finding in read.findings] == [
        (5, "yaml-guillemet"),
        (6, "vocabulaire"),
        (7, "yaml-guillemet"),
    ]


def test_a_type_without_its_space_is_that_of_the_folder(tmp_path: Path) -> None:
    spoiled = RECIT.replace("type: ", "type:").replace("titre: ", "titre:")
    assert sorted(_codes(tmp_path, spoiled.encode())) == sorted(
        [*OTHERS, *["yaml-deux-points"] * 2]
    )


def test_a_file_without_any_colon_is_told_what_each_key_lacks(tmp_path: Path) -> None:
    read = reading(
        tmp_path, {"narratives/recit/banc.yaml": RECIT.replace(":", "").replace("|\n      ", "")}
    )
    [finding] = read.findings
    assert (
        finding.hint == "Chaque clé de la fiche est suivie de « : » et d’une espace : type: recit"
    )
