"""``docs/controles.md``: every code of a finding, with an example and a near neighbour."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from clerk import RECIT, named
from click.testing import CliRunner
from codes import codes_of_the_source
from corpora import CONFIG, write

from loosbot.cli import main

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs/controles.md").read_text("utf-8")
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_SIGN = re.compile(r"⟨(?:(\d+) × )?(?:U\+([0-9A-F]{4,5})|([^⟩]+))⟩")


class Row(NamedTuple):
    """A line of a table; an example that begins with ``*`` is in words."""

    code: str
    severity: str
    example: str
    neighbour: str

    @property
    def is_in_words(self) -> bool:
        return self.example.startswith("*")


def _rows() -> Iterator[Row]:
    for line in re.findall(r"^\| `.*\|$", GUIDE, re.MULTILINE):
        code, severity, _, example, neighbour = re.split(r" \| ", line.strip("| "))
        severity = {"erreur": "error", "avertissement": "warning"}[severity]
        yield Row(code.strip("`"), severity, example, neighbour)


ROWS = list(_rows())
RUN = [pytest.param(row, id=f"{row.code}-{row.severity}") for row in ROWS if not row.is_in_words]
AROUND: dict[str, str | bytes] = {
    **named("projet", "haie"),
    **named("acteur", "amis-du-four", "genre: association\nvariantes: [ADF]\n"),
    **named("source", "referentiel", "sections: [{repere: '2'}]\n"),
    "narratives/acteur/ada.yaml": "type: acteur\ntitre: Ada Lefebvre\ngenre: personne\n"
    "public: oui\n",
    "narratives/acteur/yvonne-d.yaml": "type: acteur\ntitre: Yvonne Delattre\n"
    "genre: personne\nconsentement: {etat: retire}\n",
    "narratives/recit/plan.pdf": b"%PDF-1.7\n",
    "narratives/recit/plan.jpg": b"%PDF-1.7\n",
    "narratives/recit/vide.png": b"",
    "narratives/recit/lettre.pdf": b"Chers voisins,\n",
}
BASES = {
    "": (RECIT, re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)[0]),
    "fiche entière": (RECIT, ""),
    "projet": ("narratives/projet/essai.yaml", "type: projet\ntitre: Un essai\n"),
    "acteur": ("narratives/acteur/essai.yaml", "type: acteur\ntitre: Ada E.\ngenre: personne\n"),
    "lieu": ("narratives/lieu/essai.yaml", "type: lieu\ntitre: Un essai\ngenre: equipement\n"),
    "réunion": ("narratives/reunion/essai.yaml", "type: reunion\ntitre: Un essai\n"),
    "index": (
        "pages/index/essai.yaml",
        "type: index\ntitre: Un essai\nenregistrements: {types: [projet]}\ncolonnes: [titre]\n",
    ),
    "page": ("pages/essai.md", ""),
    "versions": ("pages/versions.yaml", ""),
    "réglages": ("loosbot.yaml", CONFIG),
}
"""What a cell begins with -> the file to which its lines are added, and what is in it already."""


def test_every_code_has_its_row() -> None:
    codes, unknown = codes_of_the_source()
    assert unknown == []
    assert sorted({row.code for row in ROWS}) == sorted(codes)


def test_what_is_in_words_is_tried_elsewhere() -> None:
    others = [
        path for path in Path(__file__).parent.glob("test_*.py") if path.name != "test_controles.py"
    ]
    tests = "".join(path.read_text("utf-8") for path in others)
    assert [row.code for row in ROWS if row.is_in_words and f'"{row.code}"' not in tests] == []


def _files(cell: str) -> dict[str, str | bytes]:
    where = cell.partition("`")[0].strip(" :")
    lines = [
        "".join(span[1] for span in _SPAN.findall(line)).replace("\\|", "|")
        for line in cell.split("<br>")
    ]
    if where == "nom":
        return {**AROUND, lines[0]: BASES[""][1]}
    path, base = BASES[where]
    text = _SIGN.sub(
        lambda sign: (chr(int(sign[2], 16)) if sign[2] else sign[3]) * int(sign[1] or 1),
        "\n".join(lines) + "\n",
    )
    # a key of the example takes the place of the same key
    for key in re.findall(r"^[a-z_]+(?=:)", text, re.MULTILINE):
        base = re.sub(rf"^{key}:.*\n(?:[ -].*\n)*", "", base, flags=re.MULTILINE)
    return {**AROUND, path: base + text}


def _told(root: Path, cell: str) -> set[tuple[str, str]]:
    write(root, _files(cell))
    result = CliRunner().invoke(main, ["check", "--corpus", str(root), "--format", "json"])
    return {(told["code"], told["severity"]) for told in json.loads(result.stdout)["findings"]}


@pytest.mark.slow
@pytest.mark.parametrize("row", RUN)
def test_the_example_is_told(row: Row, tmp_path: Path) -> None:
    told = _told(tmp_path, row.example)
    assert (row.code, row.severity) in told
    assert {code for code, severity in told if severity == "error"} <= {row.code}


@pytest.mark.slow
@pytest.mark.parametrize("row", RUN)
def test_its_neighbour_is_not(row: Row, tmp_path: Path) -> None:
    assert row.code not in {code for code, _ in _told(tmp_path, row.neighbour)}
