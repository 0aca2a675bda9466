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
def trace(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return report(tmp_path_factory.mktemp("ville"))


def lines(trace: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(to_csv(trace))))


def words_of(cell: Cell, titles: dict[str, str]) -> Iterator[str]:
    """Each text of a cell, and of what stands under it."""
    # a source stands there by its id
    named = cell.record if cell.record.startswith(("source/", "recit/")) else ""
    yield from filter(None, (cell.text, named or titles.get(cell.record, cell.record)))
    for under in cell.under:
        yield from words_of(under, titles)
    for stand, ids in cell.lists.items():
        yield stand
        yield from ids


def all_of(trace: Report) -> Iterator[Table]:
    yield from contents.tables(trace)
    yield from contents.silences(trace)
    yield waiting.gaps(trace.records)


def test_every_word_of_every_table_is_in_it(trace: Report) -> None:
    text = to_csv(trace)
    titles = dict(trace.titles)
    # a date stands there as its record has it, a place in its two columns
    words = {
        word
        for table in all_of(trace)
        for row in table.rows
        for cell in row.cells
        for word in words_of(cell, titles)
    }
    dates = {
        cell.text
        for table in all_of(trace)
        for row in table.rows
        for cell in (*row.cells, *(under for above in row.cells for under in above.under))
        if cell.date or {"fichier", "date"} & cell.parts.keys()
    }
    missing = {word for word in words - dates if word.replace('"', '""') not in text}
    assert missing == set()
    for table in all_of(trace):
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
    ids=lambda line: f"{line.get('genre', 'dit')}-{line.get('sujet', '')}",
)
def test_a_line_is_what_it_tells(trace: Report, wanted: dict[str, str]) -> None:
    assert [line for line in lines(trace) if wanted.items() <= line.items()]


def test_each_line_says_what_it_is_and_no_label_stands_alone(trace: Report) -> None:
    for line in lines(trace):
        assert line["genre"]
        assert not line["message"].endswith(" :")
