"""The report for a spreadsheet is the tables of the report, and says all that they say."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from traced import report

from loosbot.trace.layout import contents, waiting
from loosbot.trace.layout.sheet import to_csv
from loosbot.trace.layout.tables import Cell, Table
from loosbot.trace.reported import Report


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report(tmp_path_factory.mktemp("ville"))


def lines(one: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(one))))


def said(cell: Cell, titles: dict[str, str]) -> Iterator[str]:
    """Each text of a cell, and of what stands under it."""
    # a source stands there by its id
    named = cell.record if cell.record.startswith(("source/", "recit/")) else ""
    yield from filter(None, (cell.text, named or titles.get(cell.record, cell.record)))
    for under in cell.under:
        yield from said(under, titles)
    for stand, ids in cell.lists.items():
        yield stand
        yield from ids


def all_of(found: Report) -> Iterator[Table]:
    yield from contents.tables(found)
    yield from contents.silences(found)
    yield waiting.gaps(found.records)


def test_every_word_of_every_table_is_in_it(found: Report) -> None:
    text = to_csv(found)
    titles = dict(found.titles)
    # a date stands there as its record has it, a place in its two columns
    told = {
        word
        for table in all_of(found)
        for row in table.rows
        for cell in row.cells
        for word in said(cell, titles)
    }
    dates = {
        cell.text
        for table in all_of(found)
        for row in table.rows
        for cell in (*row.cells, *(under for one in row.cells for under in one.under))
        if cell.date or {"fichier", "date"} & cell.parts.keys()
    }
    missing = {word for word in told - dates if word.replace('"', '""') not in text}
    assert missing == set()
    for table in all_of(found):
        assert all(note in text for note in table.notes)


@pytest.mark.parametrize(
    ("wanted"),
    [
        {"fiche": "fifty-fifty/banc", "genre": "étape", "sujet": "demande", "etat": "inconnu"},
        {
            "fiche": "fifty-fifty/banc",
            "genre": "étape",
            "sujet": "réalisation",
            "etat": "attesté",
            "date": "depuis 2018-06",
            "sources": "registre ; album",
        },
        {"fiche": "fifty-fifty/conte", "sujet": "suivi", "etat": "dit, sans source"},
        {"fiche": "fifty-fifty/mur", "genre": "arrêt", "date": "2019", "etat": "attesté"},
        {
            "fiche": "fifty-fifty/banc",
            "genre": "manque",
            "sujet": "promesse-echue",
            "etat": "erreur",
            "date": "2018-06-15",
            "message": "L’échéance est passée et l’issue n’est pas écrite : Peindre",
            "fichier": "narratives/fifty-fifty/banc.yaml",
            "ligne": "17",
        },
        {
            "fiche": "fifty-fifty/banc",
            "genre": "engagement",
            "etat": "abandonné",
            "qui": "Les voisins",
            "message": "Poser une plaque",
            "a_faire": "Trop cher",
        },
        {"genre": "chiffre", "sujet": "Étape attestée : demande", "etat": "1 sur 10"},
        {
            "fiche": "fifty-fifty/mare",
            "titre": "Une mare",
            "genre": "fiche du chiffre",
            "sujet": "Étape attestée : demande",
            "etat": "comptés",
        },
        {"fiche": "reunion/tard", "genre": "compte rendu", "etat": "rendu tard"},
        {"fiche": "fifty-fifty/banc", "genre": "voix", "sujet": "habitants", "etat": "1"},
        {"fiche": "recit/banc", "genre": "à relire", "date": "2019-10-01"},
        {"genre": "note", "sujet": "Les voix"},
    ],
    ids=lambda one: f"{one.get('genre', 'dit')}-{one.get('sujet', '')}",
)
def test_a_line_is_what_it_tells(found: Report, wanted: dict[str, str]) -> None:
    assert [one for one in lines(found) if wanted.items() <= one.items()]


def test_each_line_says_what_it_is_and_no_label_stands_alone(found: Report) -> None:
    for one in lines(found):
        assert one["genre"]
        assert not one["message"].endswith(" :")
