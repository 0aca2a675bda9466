"""Dates as people write them."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loosbot.corpus.dates import DateError, display, is_date, parse
from loosbot.corpus.datewords import misnamed

FORMS = [
    ("2018", "2018-01-01", "2018-12-31", False),
    (2018, "2018-01-01", "2018-12-31", False),
    ("2018-06", "2018-06-01", "2018-06-30", False),
    ("2020-02", "2020-02-01", "2020-02-29", False),
    ("2018-06-15", "2018-06-15", "2018-06-15", False),
    ("1995-2000", "1995-01-01", "2000-12-31", False),
    ("2009-10 à 2010-09", "2009-10-01", "2010-09-30", False),
    ("de 1995 à 2000", "1995-01-01", "2000-12-31", False),
    ("entre 2001 et 2003", "2001-01-01", "2003-12-31", False),
    ("depuis 2015", "2015-01-01", "9999-12-31", False),
    ("avant 2018", "0001-01-01", "2017-12-31", False),
    ("après 2017", "2018-01-01", "9999-12-31", False),
    ("Apres 2017", "2018-01-01", "9999-12-31", False),
    ("jusqu’en 2020", "0001-01-01", "2020-12-31", False),
    ("vers 1989", "1989-01-01", "1989-12-31", True),
    ("environ 1999", "1999-01-01", "1999-12-31", True),
    ("2015 ?", "2015-01-01", "2015-12-31", True),
    ("2015 ou 2016", "2015-01-01", "2016-12-31", True),
    # two dates, each with its own beginning, middle or end
    ("fin 2018 ou début 2019", "2018-09-01", "2019-05-02", True),
    ("début 2018 à fin 2019", "2018-01-01", "2019-12-31", True),
    ("milieu des années 1990 ou début des années 2000", "1993-05-02", "2003-05-02", True),
    ("depuis 2015 ou 2016", "2015-01-01", "9999-12-31", True),
    ("début 2018", "2018-01-01", "2018-05-02", True),
    ("fin 2017", "2017-09-01", "2017-12-31", True),
    ("milieu 1995", "1995-05-02", "1995-09-01", True),
    ("fin juin 2018", "2018-06-21", "2018-06-30", True),
    ("années 1950", "1950-01-01", "1959-12-31", True),
    ("début des années 1990", "1990-01-01", "1993-05-02", True),
    ("à partir des années 1990", "1990-01-01", "9999-12-31", True),
    ("printemps 2018", "2018-03-20", "2018-06-20", True),
    ("été 2018", "2018-06-21", "2018-09-22", True),
    ("automne 2018", "2018-09-23", "2018-12-20", True),
    ("hiver 2018", "2017-12-21", "2019-03-20", True),
    ("hiver 2017-2018", "2017-12-21", "2018-03-20", True),
    ("5 juin 2010", "2010-06-05", "2010-06-05", False),
    ("mardi 5 juin 2018", "2018-06-05", "2018-06-05", False),
    ("1er août 2018", "2018-08-01", "2018-08-01", False),
    ("mars 1995", "1995-03-01", "1995-03-31", False),
    ("4 et 5 décembre 2015", "2015-12-04", "2015-12-05", False),
    ("du 4 au 15 juin 2018", "2018-06-04", "2018-06-15", False),
    ("de mars à juin 2018", "2018-03-01", "2018-06-30", False),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "approximate"), FORMS)
def test_every_form_has_a_first_and_a_last_day(
    text: str | int, earliest: str, latest: str, approximate: bool
) -> None:
    span = parse(text)
    assert (span.earliest.isoformat(), span.latest.isoformat()) == (earliest, latest)
    assert span.approximate is approximate


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("2018-02-31", "date-impossible", "31 février 2018"),
        ("31 avril 2018", "date-impossible", "31 avril 2018"),
        ("2018-13", "date-impossible", "mois 13"),
        ("2018-00", "date-impossible", "mois 00"),
        ("0012", "date-impossible", "0012"),
        ("2000-1995", "dates-inversees", "finit avant"),
        ("2010-09 à 2009-10", "dates-inversees", "finit avant"),
        ("5 juin 2010 à 4 juin 2010", "dates-inversees", "finit avant"),
        ("hier", "date-illisible", "hier"),
        ("", "date-illisible", ""),
        (12, "date-illisible", "12"),
        ("avant avant 2018", "date-illisible", "avant avant"),
    ],
)
def test_what_cannot_be_is_told(text: str | int, code: str, message: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(text)
    assert caught.value.code == code
    assert message in caught.value.message
    assert not is_date(text)


@pytest.mark.parametrize("text", ["15/06/2018", "15.6.2018", "2018/6/15", "2018-6-15"])
def test_a_date_in_figures_is_answered_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(text)
    assert "2018-06-15" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2018", "2018"),
        (2018, "2018"),
        ("2018-06", "juin 2018"),
        ("2018-06-15", "15 juin 2018"),
        ("2018-06-01", "1er juin 2018"),
        ("1995-2000", "de 1995 à 2000"),
        ("depuis 2015", "depuis 2015"),
        ("depuis 2015-08", "depuis août 2015"),
        ("2009-10 à 2010-09", "octobre 2009 à septembre 2010"),
        ("2015-12-30 à 2016-01-01", "du 30 décembre 2015 au 1er janvier 2016"),
        ("vers 1989", "vers 1989"),
    ],
)
def test_dates_are_shown_in_french(text: str | int, shown: str) -> None:
    assert display(text) == shown


@pytest.mark.slow
@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2200, 12, 31)))
@settings(max_examples=50)
def test_any_day_is_read_both_ways(day: date) -> None:
    for text in (day.isoformat(), display(day.isoformat())):
        assert parse(text).earliest == parse(text).latest == day


@given(st.text(alphabet="0123456789- àdeutvrsfin?j", max_size=120))
@settings(max_examples=200)
def test_no_text_is_slow_or_raises_anything_else(text: str) -> None:
    begun = time.process_time()
    is_date(text)
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize(
    ("typed", "mend"),
    [
        ("12/05/18", "2018-05-12, ou 1918-05-12 si c’était en 1918."),
        ("12.05.18 à 14h", "2018-05-12, ou 1918-05-12 si c’était en 1918."),
        ("05/31/18", "2018-05-31, ou 1918-05-31 si c’était en 1918."),
        ("le 1/2/68", "1968-02-01."),
        ("29/02/00", "2000-02-29."),
        ("99/12/31", "1999-12-31."),
        (
            "18-05-12",
            "2012-05-18, ou 1912-05-18 si c’était en 1912, ou 2018-05-12 si l’année est devant.",
        ),
    ],
)
def test_a_day_with_two_digits_for_its_year_is_told_in_each_reading(typed: str, mend: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(typed)
    assert caught.value.hint == f"Écrivez l’année en entier, le mois puis le jour : {mend}"


def test_a_day_that_neither_century_has_is_told() -> None:
    with pytest.raises(DateError, match="Le 29 février 2017 n’existe pas"):
        parse("29/02/17")


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("March 2018", "mars 2018"),
        ("12th March 2018", "12 mars 2018"),
        ("March 12, 2018", "12 mars 2018"),
        ("2018 March 12", "12 mars 2018"),
        ("Feb. 2018", "février 2018"),
        ("Summer 2018", "été 2018"),
        ("since 2015", "depuis 2015"),
        ("until March 12 2018", "jusqu’au 12 mars 2018"),
        ("between 2015 and 2018", "entre 2015 et 2018"),
        ("late 2018", "fin 2018"),
        ("the 1980s", "années 1980"),
        ("Q1 2018", "janvier à mars 2018"),
        ("deuxième trimestre 2018", "avril à juin 2018"),
        ("second semestre 2018", "juillet à décembre 2018"),
        ("S1 2018", "janvier à juin 2018"),
        ("semaine 12 2018", "du 19 au 25 mars 2018"),
        ("2020-W53", "2020-12-28 à 2021-01-03"),
        ("dès octobre 2018", "depuis octobre 2018"),
        ("à compter du 1er mai 2018", "depuis le 1er mai 2018"),
        ("> 2018", "après 2018"),
        (">= 2018", "depuis 2018"),
        ("2018+", "depuis 2018"),
        ("2018…", "depuis 2018"),
        ("env. 2018", "vers 2018"),
        ("≈ 2018", "vers 2018"),
        ("aux alentours de 2018", "vers 2018"),
        ("14 mars - 2 avril 2018", "du 14 mars au 2 avril 2018"),
        ("décembre 2018-janvier 2019", "décembre 2018 à janvier 2019"),
        ("2018-03 → 2018-05", "2018-03 à 2018-05"),
        ("du 12/03/2018 au 15/03/2018", "du 2018-03-12 au 2018-03-15"),
        ("mars, avril et mai 2018", "mars à mai 2018"),
        ("12 mars 2018 (matin)", "12 mars 2018"),
        ("12 mars 2018, 18 h", "12 mars 2018"),
        ("début des années 90", "début des années 1990"),
        ("mandat 2014-2020", "2014-2020"),
        ("pendant l’été 2018", "l’été 2018"),
        ("2018-O6", "2018-06"),
        ("Toussaint 2018", "1er novembre 2018"),
    ],
)
def test_a_date_in_other_words_is_told_how_to_write_it(typed: str, wanted: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(typed)
    assert caught.value.hint == f"Écrivez : {wanted}"
    assert is_date(wanted)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("12 mars", "Dites aussi l’année : 12 mars 2018, si c’était en 2018."),
        ("janvier", "Dites aussi l’année : janvier 2018, si c’était en 2018."),
        ("mai-18", "Écrivez l’année en entier : 2018 ou 1918, et non 18."),
        ("févr.-18", "Écrivez l’année en entier : 2018 ou 1918, et non 18."),
        ("mars '18", "Écrivez l’année en entier : 2018 ou 1918, et non 18."),
        ("2018-3", "Écrivez l’année puis le mois : 2018-03."),
        ("201803", "Écrivez l’année puis le mois : 2018-03."),
        ("Inconnu", "Si personne ne le sait, écrivez : inconnu"),
        ("février 30 2018", "En 2018, février a 28 jours."),
        ("décembre-janvier 2018", "écrivez : décembre 2017 à janvier 2018"),
        ("l’été dernier", "Cela dépend du jour où on le lit."),
        ("dès que possible", "Cela dépend du jour où on le lit."),
        ("2015/2016/2018", "Si c’est toute la période, écrivez : 2015-2018"),
        ("il y a deux ans", "Cela dépend du jour où on le lit."),
        ("mai 68", "Écrivez l’année en entier : 1968, et non 68."),
        ("31 déc. 18", "Écrivez l’année en entier : 2018 ou 1918, et non 18."),
        ("vacances de Noël 2018", "On y lit 2018 : si c’est la date, écrivez-la seule."),
        ("samedi matin 12 mai 2018", "On y lit 12 mai 2018 : si c’est la date"),
        ("le lendemain du 12 mai 2018", "On y lit 12 mai 2018 : si c’est la date"),
        ("printemps 2025 (prévu)", "On y lit printemps 2025 : si c’est la date"),
        ("2015, 2016 et 2018", "Si c’est toute la période, écrivez : 2015-2018"),
    ],
)
def test_a_date_that_lacks_something_is_told_what(typed: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        parse(typed)
    assert hint in caught.value.hint


def test_a_period_of_one_year_is_that_year() -> None:
    assert display("2019-2019") == "2019"


@pytest.mark.parametrize(
    ("text", "named", "right"),
    [
        ("lundi 5 juin 2018", "lundi", "mardi 5 juin 2018"),
        ("le Dimanche 1er août 2021 ?", None, None),
        ("le Samedi 1er août 2021 ?", "samedi", "dimanche 1er août 2021"),
        ("du lundi 4 au mardi 5 juin 2018", None, None),
        ("du mardi 4 au mardi 5 juin 2018", "mardi", "lundi 4 juin 2018"),
        ("du lundi 4 au jeudi 5 juin 2018", "jeudi", "mardi 5 juin 2018"),
        ("du jeudi 31 mai 2018 au samedi 1er juin 2018", "samedi", "vendredi 1er juin 2018"),
        ("mardi 29 février 2000", None, None),
        # the calendar of the day on which it was taken in France, and of the day before
        ("mardi 20 décembre 1582", "mardi", "lundi 20 décembre 1582"),
        ("mardi 9 décembre 1582", None, None),
        ("juin 2018", None, None),
    ],
)
def test_a_day_under_the_name_of_another(text: str, named: str | None, right: str | None) -> None:
    assert is_date(text)
    assert misnamed(text) == (named and right and (named, right))
