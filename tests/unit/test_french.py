"""The French that is generated: each line reads as a person would have written it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import loosbot
from loosbot.corpus import french

TODAY = date(2026, 11, 28)
SPACE = "\N{NO-BREAK SPACE}"


MOMENTS = [
    # a date alone, when it took place, since then, until then
    ("2019", "2019", "en 2019", "depuis 2019", "jusqu’en 2019"),
    ("2000-05", "mai 2000", "en mai 2000", "depuis mai 2000", "jusqu’en mai 2000"),
    ("2018-06-15", "15 juin 2018", "le 15 juin 2018", "depuis le 15 juin 2018",
     "jusqu’au 15 juin 2018"),
    ("2018-08-01", "1er août 2018", "le 1er août 2018", "depuis le 1er août 2018",
     "jusqu’au 1er août 2018"),
    ("fin 2017", "fin 2017", "fin 2017", "depuis fin 2017", "jusqu’à fin 2017"),
    ("années 1980", "années 1980", "dans les années 1980", "depuis les années 1980",
     "jusqu’aux années 1980"),
    ("été 2018", "été 2018", "à l’été 2018", "depuis l’été 2018", "jusqu’à l’été 2018"),
    ("printemps 2018", "printemps 2018", "au printemps 2018", "depuis le printemps 2018",
     "jusqu’au printemps 2018"),
    ("vers 2010", "vers 2010", "vers 2010", "depuis 2010 environ", "jusque vers 2010"),
    ("vers 2018-06-15", "vers le 15 juin 2018", "vers le 15 juin 2018",
     "depuis le 15 juin 2018 environ", "jusque vers le 15 juin 2018"),
    ("avant 2018", "avant 2018", "avant 2018", "depuis avant 2018", "jusqu’à une date avant 2018"),
    ("entre 2011 et 2013", "entre 2011 et 2013", "entre 2011 et 2013",
     "depuis une date entre 2011 et 2013", "jusqu’à une date entre 2011 et 2013"),
    ("2018 ou 2019", "2018 ou 2019", "en 2018 ou 2019", "depuis 2018 ou 2019",
     "jusqu’en 2018 ou 2019"),
    ("fin des années 1980", "fin des années 1980", "à la fin des années 1980",
     "depuis la fin des années 1980", "jusqu’à la fin des années 1980"),
    ("15 juin 2018", "15 juin 2018", "le 15 juin 2018", "depuis le 15 juin 2018",
     "jusqu’au 15 juin 2018"),
    ("depuis 2018", "depuis 2018", "depuis 2018", "depuis 2018", "depuis 2018"),
    ("depuis 2018-06", "depuis juin 2018", "depuis juin 2018", "depuis juin 2018", ""),
    # what lasted is over since its end, and went on until then
    ("jusqu'au 2000-05", "jusqu’en mai 2000", "jusqu’en mai 2000", "depuis mai 2000",
     "jusqu’en mai 2000"),
    ("1995-2000", "de 1995 à 2000", "de 1995 à 2000", "depuis 2000", "jusqu’en 2000"),
    ("2018-06-04 au 2018-06-15", "du 4 au 15 juin 2018", "du 4 au 15 juin 2018",
     "depuis le 15 juin 2018", "jusqu’au 15 juin 2018"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "alone", "inside", "beginning", "end"), MOMENTS)
def test_a_date_alone_and_inside_a_sentence(
    text: str, alone: str, inside: str, beginning: str, end: str
) -> None:
    assert french.when(text) == alone
    assert french.at(text) == inside
    if beginning:
        assert french.since(text) == beginning
    if end:
        assert french.until(text) == end


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2018-06-04", "2018-06-15", "du 4 au 15 juin 2018"),
        ("2018-06-01", "2018-06-02", "du 1er au 2 juin 2018"),
        ("2018-02-02", "2018-05-22", "du 2 février au 22 mai 2018"),
        ("2018-12-30", "2019-01-02", "du 30 décembre 2018 au 2 janvier 2019"),
        ("2015-12-04", "2015-12-04", "4 décembre 2015"),
        ("2018-04", "2018-06", "d’avril à juin 2018"),
        ("2009-10", "2010-09", "d’octobre 2009 à septembre 2010"),
        ("2018-11", "2019-06", "de novembre 2018 à juin 2019"),
        ("2019", "2019", "2019"),
        ("2009", "2012", "de 2009 à 2012"),
        ("début 2018", "2018-05-22", "de début 2018 au 22 mai 2018"),
        ("2018-05-22", "fin 2018", "du 22 mai 2018 à fin 2018"),
        ("2017", "2018-04", "de 2017 à avril 2018"),
    ],
)
def test_two_dates_make_a_period(first: str, last: str, expected: str) -> None:
    assert french.period(first, last) == expected
    if first != last:
        assert french.when(f"{first} au {last}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # known to the year, it may be either; less sure, it is at least so old
        ("2018", "il y a sept ou huit ans"),
        ("2025", "il y a moins de deux ans"),
        ("années 1990", "il y a plus de 26 ans"),
        ("avant 2003", "il y a plus de 23 ans"),
        # what lasted is as old as its end
        ("2009-10 au 2010-09", "il y a seize ans"),
        ("du 4 au 15 juin 2018", "il y a huit ans"),
        ("2018-06-15", "il y a huit ans"),
        ("2025-11-28", "il y a un an"),
        ("2026-03", "il y a moins d’un an"),
        ("1953", "il y a 72 ou 73 ans"),
        ("depuis 2018", ""),
        ("2027", ""),
        ("on ne sait plus", ""),
    ],
)
def test_how_long_ago_a_date_is(text: str, expected: str) -> None:
    assert french.ago(text, TODAY) == expected
    assert french.ago(text, None) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-06-15", "pour le 15 juin 2018"),
        ("2020-04", "pour avril 2020"),
        ("printemps 2020", "pour le printemps 2020"),
        ("vers 2020", "pour 2020 environ"),
        ("avant 2020", "avant 2020"),
        ("2018-06-04 au 2018-06-15", "du 4 au 15 juin 2018"),
    ],
)
def test_when_something_is_expected(text: str, expected: str) -> None:
    assert french.due(text) == expected


@pytest.mark.parametrize(
    ("town", "expected", "there"),
    [
        ("Loos-en-Gohelle", "de Loos-en-Gohelle", "à Loos-en-Gohelle"),
        ("Arras", "d’Arras", "à Arras"),
        ("Étaples", "d’Étaples", "à Étaples"),
        ("Yvetot", "d’Yvetot", "à Yvetot"),
        ("Le Havre", "du Havre", "au Havre"),
        ("Les Ulis", "des Ulis", "aux Ulis"),
        ("La Rochelle", "de La Rochelle", "à La Rochelle"),
        ("L’Isle-Adam", "de L’Isle-Adam", "à L’Isle-Adam"),
    ],
)
def test_articles_of_towns_contract(town: str, expected: str, there: str) -> None:
    assert (french.of(town), french.to(town)) == (expected, there)


@pytest.mark.parametrize(
    ("several", "singular"),
    [
        ("Décisions", "Décision"),
        ("Effets utiles", "Effet utile"),
        ("Autres faits", "Autre fait"),
        ("Points de vigilance", "Point de vigilance"),
        ("Notes pour les rédacteurs", "Note pour les rédacteurs"),
        ("Voix", "Voix"),
        ("Avis des riverains", "Avis des riverains"),
        ("Accès", "Accès"),
        ("Déroulé", "Déroulé"),
    ],
)
def test_one_of_what_a_title_names(several: str, singular: str) -> None:
    assert french.singular(several) == singular


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2016", "de 2016"),
        ("avril 2019", "d’avril 2019"),
        ("Inconnu", "d’Inconnu"),
        ("habitant", "d’habitant"),
        ("œuvre", "d’œuvre"),
        ("Yvetot", "d’Yvetot"),
        ("un banc", "d’un banc"),
        ("oui", "de oui"),
        ("huit toits", "de huit toits"),
        ("onze", "de onze"),
        ("hors normes", "de hors normes"),
        ("« Oui »", "de « Oui »"),
    ],
)
def test_de_is_elided_before_a_vowel(words: str, expected: str) -> None:
    assert french.de(words) == expected


@pytest.mark.parametrize(
    ("number", "singular", "several", "expected"),
    [
        (0, "jour", "", "0 jour"),
        (1, "jour", "", "1 jour"),
        (1.5, "jour", "", "1,5 jour"),
        (2, "jour", "", "2 jours"),
        (2, "mois", "", "2 mois"),
        (1200, "habitante", "", f"1{SPACE}200 habitantes"),
        (1, "compte rendu", "comptes rendus", "1 compte rendu"),
        (3, "compte rendu", "comptes rendus", "3 comptes rendus"),
    ],
)
def test_a_count_agrees_with_its_noun(
    number: float, singular: str, several: str, expected: str
) -> None:
    assert french.counted(number, singular, several) == expected


def test_words_keep_their_gender_and_their_one_plural() -> None:
    """« Un astérisque » is masculine, « fifty-fifty » has no plural; read in what people read."""
    root = Path(loosbot.__file__).parents[1]
    wrong = re.compile(
        r"\bune astérisque|astérisques (?:seront|sont|étaient) \w+ées|\brendu rendu\b|fifties\b"
    )
    files = [*root.glob("docs/*.md"), *root.glob("pages/**/*.*"), *root.glob("schemas/**/*.json")]
    files += [file for file in root.glob("loosbot/**/*") if file.suffix in {".html", ".md"}]
    files += [*root.glob("loosbot/corpus/check/*.py")]
    in_english = {"architecture.md", "performance.md", "misplaced.py"}
    texts = [file for file in files if file.is_file() and file.name not in in_english]
    assert len(texts) > 100
    assert [file.name for file in texts if wrong.search(file.read_text("utf-8"))] == []


def test_what_is_left_of_a_list_agrees_with_its_number() -> None:
    """« et 1 autres », « 2 jour(s) »: the number is known, so that the word can follow it."""
    careless = re.compile(r"(?:\}|\}\}) autres\b(?! projets)|\} [^\W\d_]+\(s\)")
    faults = {
        path.name: careless.findall(text)
        for path in sorted(Path(loosbot.__file__).parent.rglob("*"))
        if path.suffix in {".py", ".html"}
        and careless.search(text := path.read_text("utf-8").replace("{MAX_DEPTH} autres", ""))
    }
    assert faults == {}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["les écoles"], "les écoles"),
        (["les écoles", "la mairie"], "les écoles et la mairie"),
        (["les écoles", "la mairie", "le club"], "les écoles, la mairie et le club"),
    ],
)
def test_names_are_listed_with_et(names: list[str], expected: str) -> None:
    assert french.listed(names) == expected


@pytest.mark.parametrize(
    ("number", "known", "whole", "expected"),
    [
        (3, 4, 4, f"3 sur 4 (75{SPACE}%)"),
        (0, 4, 4, f"0 sur 4 (0{SPACE}%)"),
        (0, 0, 12, "issue inconnue pour les 12"),
        (0, 0, 1, "issue inconnue pour le seul"),
        (1, 1, 5, "1 sur 1 connu, issue inconnue pour 4"),
        (3, 4, 31, "3 sur 4 connus, issue inconnue pour 27"),
        (0, 0, 0, "aucun engagement"),
        # rounded, never to nobody nor to all of them
        (1, 300, 300, f"1 sur 300 (moins de 1{SPACE}%)"),
        (299, 300, 300, f"299 sur 300 (plus de 99{SPACE}%)"),
        (199, 200, 200, f"199 sur 200 (plus de 99{SPACE}%)"),
        # a half as who counts again has it
        (1, 8, 8, f"1 sur 8 (13{SPACE}%)"),
        (3, 8, 8, f"3 sur 8 (38{SPACE}%)"),
    ],
)
def test_an_unknown_is_never_a_zero(number: int, known: int, whole: int, expected: str) -> None:
    shown = french.share(number, known, whole, unit="engagement", unknown="issue inconnue")
    assert shown == expected
