"""Every field of every type through the form: written, read back unchanged, cleared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from loosbot.atelier.forms import conversation
from loosbot.atelier.forms.answers import STATE, flat, record
from loosbot.atelier.forms.form import FormContext, build
from loosbot.atelier.forms.known import RecordNames
from loosbot.atelier.forms.posted import answers_of
from loosbot.atelier.forms.showing import walk as nodes_of
from loosbot.atelier.forms.spoken import date_understood, date_value, number_value
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import RECORD_TYPES
from loosbot.corpus.tree import FolderTree
from loosbot.corpus.yaml import reader
from loosbot.corpus.yaml.changes import same
from loosbot.fields.dictionary import Field, dictionary, find

DAY = date(2026, 11, 28)
TITLES = {f"{name}/la-fiche": f"La fiche de {name}" for name in RECORD_TYPES}
KNOWN = RecordNames(TITLES)
SCALARS: dict[str, Any] = {
    "line": "Une ligne",
    "plain": "Une phrase.\nEt une autre.",
    "text": "Du *texte*.\n\n- un point\n",
    "date": "2018-05-12",
    "number": 25000,
    "address": "https://exemple.fr/",
    "reference": "la-fiche § 5.6",
    "references": ["la-fiche § 5.6", "la-fiche n. 35"],
    "lines": ["Un", "Deux"],
    "file": "image.png",
}


def value_of(field: Field) -> Any:
    """A whole value of a field, with all that it may hold."""
    if field.kind in ("choice", "flag"):
        return field.words[-1].value
    if field.kind == "choices":
        return [word.value for word in field.words[:2]]
    if field.kind == "link":
        return f"{field.targets[0]}/la-fiche"
    if field.kind == "links":
        return [f"{target}/la-fiche" for target in field.targets][:2]
    if field.kind == "group":
        return {inner.key: value_of(inner) for inner in field.fields}
    if field.kind == "items":
        return [{inner.key: value_of(inner) for inner in field.fields} for _ in range(2)]
    return SCALARS[field.kind]


def variants(field: Field) -> Iterator[Any]:
    """The forms that the file may give to a field."""
    whole = value_of(field)
    yield whole
    yield from field.states
    inner = field.field(field.short)
    if inner is not None:
        short = value_of(inner)
        yield [short, {field.short: short}] if field.kind == "items" else short
        yield [{field.short: short}] if field.kind == "items" else {field.short: short}
        if inner.states and field.kind == "group":
            yield {field.short: inner.states[0], "note": "On a cherché."}
    if field.alone and field.kind == "links":
        yield whole[0]
    if field.kind == "items":
        yield [whole[0], whole[0], whole[0]]
    if field.kind == "number" and field.free:
        yield "10 à 15"


CASES = [(name, field.key) for name in RECORD_TYPES for field in dictionary(name)]


def _field(type_name: str, key: str) -> Field:
    field = find(type_name, key)
    assert field is not None
    return field


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("les jardins", ["Jardin partagé"]),
        ("les écoles de Loos", ["Les écoles de Loos"]),
        ("le partagé", ["Jardin partagé"]),
        ("JARDIN", ["Jardin partagé"]),
        ("chemin rural", ["Les chemins ruraux"]),
        ("l’école", ["Les écoles de Loos"]),
        ("jardin de la cité", []),
        # a small word alone is the beginning of another
        ("le", ["Les chemins ruraux", "Les écoles de Loos"]),
    ],
)
def test_a_record_is_found_in_the_other_number_of_its_words(typed: str, found: list[str]) -> None:
    names = ("Jardin partagé", "Les chemins ruraux", "Les écoles de Loos")
    known = RecordNames({f"lieu/{rank}": name for rank, name in enumerate(names)})
    assert [named.title for named in known.search(typed, ["lieu"])] == found


@pytest.mark.parametrize(("type_name", "key"), CASES)
def test_what_a_field_holds_is_written_read_back_and_cleared(type_name: str, key: str) -> None:
    field = _field(type_name, key)
    for value in variants(field):
        base = {"type": type_name, "titre": "Le titre", key: value}
        answers = flat(dictionary(type_name), base, KNOWN)
        posted = answers_of(dictionary(type_name), answers)
        assert posted == answers  # the form asks for all of it

        untouched = record(dictionary(type_name), posted, base, KNOWN, DAY)
        assert same(untouched.data, base)
        assert not untouched.problems

        begun = {"type": type_name}
        anew = record(dictionary(type_name), posted, begun, KNOWN, DAY)
        again = flat(dictionary(type_name), anew.data, KNOWN)
        assert again == answers
        assert not anew.problems

        left = {name: texts for name, texts in posted.items() if name.split(".")[0] == "titre"}
        cleared = record(dictionary(type_name), left, base, KNOWN, DAY)
        assert cleared.data.get(key) == (value if key == "titre" else None)


@pytest.mark.slow
@pytest.mark.parametrize(("type_name", "key"), CASES)
def test_each_part_of_a_field_changes_alone(type_name: str, key: str) -> None:
    field = _field(type_name, key)
    base = {"type": type_name, "titre": "Le titre", key: value_of(field)}
    answers = flat(dictionary(type_name), base, KNOWN)
    for name in [each for each in answers if not each.endswith(("_items", STATE))]:
        changed = {**answers, name: ["12/05/2019", *answers[name][1:]]}
        data = record(dictionary(type_name), changed, base, KNOWN, DAY).data
        shown = flat(dictionary(type_name), data, KNOWN)
        different = {each for each in {**shown, **answers} if shown.get(each) != answers.get(each)}
        assert different == {name}


@pytest.mark.parametrize("type_name", RECORD_TYPES)
def test_the_form_asks_for_every_field(type_name: str) -> None:
    whole = {"type": type_name, **{field.key: value_of(field) for field in dictionary(type_name)}}
    answers = flat(dictionary(type_name), whole, KNOWN)
    form = build(type_name, FormContext(answers, DAY))
    asked = {node.name for node in nodes_of(form)}
    answered = {name for name in answers if not name.endswith(("_items", STATE))}
    assert answered <= asked
    names = [node.name for node in nodes_of(form)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("type_name", RECORD_TYPES)
def test_few_questions_come_first_and_each_is_a_field(type_name: str) -> None:
    questions = conversation.QUESTIONNAIRES[type_name].questions
    assert len(questions) <= 9  # as many as a form asks first, for one voice
    assert all(find(type_name, question.field) for question in questions)
    required = {field.key for field in dictionary(type_name) if field.required}
    assert required <= {question.field.partition(".")[0] for question in questions}


@pytest.mark.parametrize("type_name", RECORD_TYPES)
def test_the_whole_example_of_a_type_goes_through_its_form(type_name: str) -> None:
    base = reader.shipped(f"exemples/{type_name}.yaml")
    fields = dictionary(type_name)
    answers = flat(fields, base, KNOWN)
    assert same(record(fields, answers, base, KNOWN, DAY).data, base)


@pytest.mark.slow
def test_every_shipped_record_goes_through_its_form_unchanged() -> None:
    corpus = load_corpus(FolderTree(Path(__file__).parents[2])).corpus
    assert corpus is not None
    titles = RecordNames({id_: record.title for id_, record in corpus.records.items()})
    for shipped in corpus.records.values():
        fields = dictionary(shipped.type)
        data = record(fields, flat(fields, shipped.data, titles), shipped.data, titles, DAY).data
        assert same(data, dict(shipped.data)), shipped.id


@pytest.mark.parametrize(
    ("typed", "value", "heard"),
    [
        ("12/05/2018", "2018-05-12", "12 mai 2018"),
        ("le 1.2.2018", "2018-02-01", "1er février 2018"),
        ("05/2018", "2018-05", "du 1er au 31 mai 2018"),
        ("2018", 2018, "du 1er janvier au 31 décembre 2018"),
        ("été 2018", "été 2018", "à peu près du 21 juin au 22 septembre 2018"),
        ("depuis 2015", "depuis 2015", "à partir du 1er janvier 2015"),
        ("avant 1990", "avant 1990", "jusqu’au 31 décembre 1989"),
        ("hier", "2026-11-27", "27 novembre 2026"),
        ("31/02/2018", "2018-02-31", ""),
        ("un jour", "un jour", ""),
    ],
)
def test_dates_are_understood_as_people_say_them(typed: str, value: str | int, heard: str) -> None:
    assert date_value(typed, DAY) == value
    assert date_understood(typed, DAY) == heard


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("25 000", 25000),
        ("25\u202f000", 25000),
        ("3,5", 3.5),
        ("10 à 15", "10 à 15"),
        ("12 34", "12 34"),
        ("²", "²"),
        ("9" * 30, "9" * 30),
        ("-4", -4),
    ],
)
def test_numbers_are_understood_as_people_write_them(typed: str, value: object) -> None:
    assert number_value(typed) == value


@pytest.mark.parametrize(
    ("type_name", "name", "typed", "value"),
    [
        ("indicateur", "valeur", "12.500", "12.500"),
        ("indicateur", "valeur", "12,500", 12.5),
        ("indicateur", "valeur", "12.5", 12.5),
        ("reunion", "engagements.n0.article", "3.10", "3.10"),
        ("reunion", "engagements.n0.article", "3", 3),
        ("lieu", "coordonnees.latitude", "50.451", 50.451),
    ],
)
def test_a_number_that_may_be_another_one_stays_as_it_was_typed(
    type_name: str, name: str, typed: str, value: object
) -> None:
    answers = {name: [typed], "engagements._items": ["n0"]}
    given = record(dictionary(type_name), answers, {"type": type_name}, KNOWN, DAY)
    (path,) = [path for path, answer in given.names.items() if answer == name]
    read: Any = given.data
    for key in path:
        read = read[key]
    assert read == value
    assert type(read) is type(value)


def test_a_name_is_the_record_that_bears_it() -> None:
    fields = dictionary("recit")
    answers = {"projet": ["la fiche de projet"], "plume": ["Marie D."], "titre": ["Un titre"]}
    given = record(fields, answers, {"type": "recit"}, KNOWN, DAY)
    assert given.data["projet"] == "projet/la-fiche"
    assert given.data["plume"] == "Marie D."
    assert given.unknown == {"plume": "Marie D."}


def test_a_name_that_nobody_bears_is_told_where_it_stands() -> None:
    given = record(
        dictionary("recit"), {"projet": ["La fiche du projet"]}, {"type": "recit"}, KNOWN, DAY
    )
    assert [(problem.name, problem.message) for problem in given.problems] == [
        ("projet", "« La fiche du projet » n’est pas le nom d’un projet ou d’un fifty-fifty."),
    ]


def test_two_records_of_one_name_are_told_apart_by_their_ids() -> None:
    twins = RecordNames({"source/a": "Le journal", "source/b": "Le journal"})
    assert twins.name("source/b", ("source",)) == "Le journal (source/b)"
    assert twins.meant("Le journal (source/b)", ("source",)) == "source/b"
    assert twins.meant("Le journal", ("source",)) is None


def test_an_answer_and_a_tick_of_unknown_are_told_not_chosen_between() -> None:
    answers = {"occasion": ["Une soirée"], "occasion._etat": ["inconnu"]}
    given = record(dictionary("recit"), answers, {"type": "recit"}, KNOWN, DAY)
    assert given.data["occasion"] == "Une soirée"
    assert [problem.name for problem in given.problems] == ["occasion"]


def test_keys_that_no_form_knows_stay() -> None:
    base = {"type": "lieu", "titre": "Un lieu", "couleur": "vert"}
    data = record(dictionary("lieu"), {"titre": ["Une rue"]}, base, KNOWN, DAY).data
    assert data == {"type": "lieu", "titre": "Une rue", "couleur": "vert"}


def test_a_promise_gets_the_name_that_it_needs() -> None:
    answers = {
        "engagements._items": ["n0", "n1"],
        "engagements.n0.quoi": ["Fournir le bac à la rue"],
        "engagements.n1.quoi": ["Fournir le bac à la rue"],
    }
    data = record(dictionary("reunion"), answers, {"type": "reunion"}, KNOWN, DAY).data
    ids = [promise["id"] for promise in data["engagements"]]
    assert ids == ["fournir-le-bac-a-la", "fournir-le-bac-a-la-2"]


def test_nothing_of_what_was_posted_is_cut() -> None:
    long = "mot " * 150_000 + "fin"
    words = [f"Nom {number}" for number in range(500)]
    keys = [f"n{number}" for number in range(500)]
    posted = {
        "texte": [long],
        "variantes": words,
        "voix._items": keys,
        **{f"voix.{key}.texte": [f"Parole {key}"] for key in keys},
    }
    answers = answers_of(dictionary("recit"), posted)
    assert answers["texte"] == [long]
    assert answers["variantes"] == words
    assert answers["voix._items"] == keys
    assert answers["voix.n499.texte"] == ["Parole n499"]


def test_words_that_were_ticked_come_behind_the_items_that_are_there() -> None:
    posted = {"voix._items": ["0", "n3"], "voix._ajout": ["Léa", " ", "Paul", "Léa"]}
    short = _field("recit", "voix").short
    answers = answers_of(dictionary("recit"), posted)
    assert answers["voix._items"] == ["0", "n3", "n4", "n5"]
    assert (answers[f"voix.n4.{short}"], answers[f"voix.n5.{short}"]) == (["Léa"], ["Paul"])


def test_a_question_names_the_words_to_choose_as_they_are_shown() -> None:
    form = build("fifty-fifty", FormContext({}, DAY))
    helps = " ".join(node.help for node in nodes_of(form))
    assert "« Léger »" in helps
    assert "« leger »" not in helps


@pytest.mark.parametrize("type_name", list(conversation.QUESTIONNAIRES))
def test_no_question_speaks_of_the_keys_of_a_file(type_name: str) -> None:
    form = build(type_name, FormContext({}, DAY))
    jargon = re.compile(r"Markdown|sans cette clé|base: |« (?:atteste|deduit|\w+_\w+) »")
    assert [node.help for node in nodes_of(form) if jargon.search(node.help)] == []
    asked = [node.name for node in nodes_of(form) if node.required]
    assert [name for name in asked if name.endswith(".id")] == []  # made from what is said


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("annee.valeur", "Quand était-ce ?"),
        ("voix.n0.role", "À quel titre ?"),
        ("voix.0.consentement.etat", "Qui peut lire ?"),
        ("voix.0.themes", ""),
    ],
)
def test_an_answer_is_known_by_its_question(name: str, question: str) -> None:
    assert conversation.question_of("recit", name) == question


@pytest.mark.parametrize(
    ("code", "hint", "within", "said"),
    [
        ("source-inconnue", "Créez narratives/source/moi.yaml.", False, "Choisissez une source"),
        ("lien-inconnu", 'Commencez sa fiche : loosbot new lieu --titre "X"', False, "Choisissez"),
        ("lien-inconnu", "Écrivez un fichier (../lieu/nom.yaml)", True, "Écrivez l’adresse"),
        (
            "nom-sans-lien",
            "Plusieurs fiches s’écrivent entre crochets : service: [acteur/a, acteur/b]",
            False,
            "Choisissez un nom",
        ),
        (
            "nombre-et-unite",
            "Séparez le nombre de son unité : {valeur: 30.5, unite: pers.}",
            False,
            "Séparez le nombre de son unité : 30,5, et « pers. » sous « Unité »",
        ),
        (
            "nombre-et-unite",
            'Séparez le nombre de son unité : {valeur: 120, unite: €, quoi: "Bois"}',
            False,
            "Séparez le nombre de son unité : 120, et « € » sous « Unité », et « Bois » sous",
        ),
        (
            "type-de-valeur",
            "Un nombre s’écrit sans guillemets, avec un point : 2.79",
            False,
            "Un nombre s’écrit avec un point : 2.79",
        ),
        ("texte-gras", "Collez-les au texte : **gras**", True, "Collez-les au texte : **gras**"),
        (
            "texte-a-finir",
            "Écrivez ce qui manque. Une note pour vous se met au-dessus de la clé, sur une ligne "
            "qui commence par « # ».",
            False,
            "Écrivez ce qui manque.",
        ),
    ],
)
def test_what_is_to_be_done_is_told_to_who_sees_no_file(
    code: str, hint: str, within: bool, said: str
) -> None:
    mend = conversation.mend(code, hint, within=within)
    assert mend.startswith(said)
    assert "loosbot" not in mend and ".yaml" not in mend and "« # »" not in mend
