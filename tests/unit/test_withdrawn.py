"""Words of somebody who withdrew, found in what a page shows."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from loosbot.corpus.model import Config, Corpus, Record
from loosbot.corpus.privacy.withdrawals import (
    WithdrawnPerson,
    anyone,
    mark_of,
    search_mark,
    withdrawn_people,
)
from loosbot.render.rendered import RenderedPage
from loosbot.sync.withdrawal.duties import reason_of
from loosbot.sync.withdrawal.searched import SearchedPages
from loosbot.sync.withdrawal.words import WithdrawnWords, as_if_nobody_had, lost_words

ID = "recit/banc"
TEXT = "Je voulais un banc à l'ombre depuis longtemps."


def corpus(state: str, text: str = TEXT) -> Corpus:
    voices = [
        {"qui": "Zélie D., riveraine", "texte": text, "consentement": {"etat": state}},
        {"qui": "Un agent", "texte": "Le bois vient de la ville et de ses forêts."},
    ]
    record = Record(ID, "recit", "narratives/recit/banc.yaml", {"titre": "T", "voix": voices})
    return Corpus(Config("essai"), {ID: record}, {}, {}, {}, (), {})


def page(body: str) -> dict[str, RenderedPage]:
    return {ID: RenderedPage(ID, "Un banc", body)}


def lost(
    before: dict[str, RenderedPage], after: dict[str, RenderedPage], *people: WithdrawnPerson
) -> dict[str, WithdrawnWords]:
    path, named = "narratives/recit/banc.yaml", anyone(people).within
    return {
        id_: words
        for id_, page in before.items()
        if (words := lost_words(page, after.get(id_), list(people), named, path))
    }


def test_nobody_withdrew() -> None:
    assert as_if_nobody_had(corpus("public")) is None
    assert withdrawn_people(corpus("public")) == []


@pytest.mark.parametrize(
    ("voice", "fields"),
    [
        ({}, ["", "voix[0]"]),
        # who leaves as a whole takes with her what she had agreed to for these very words
        ({"consentement": {"etat": "public"}}, ["", "voix[0]"]),
        ({"consentement": {"etat": "public"}, "qui": ["la ville", "Zélie D."]}, ["", "voix[0]"]),
        ({"consentement": {"etat": "public"}, "qui": "Une autre"}, [""]),
        ({"consentement": {"etat": "retire"}}, ["", "voix[0]"]),
    ],
)
def test_a_voice_goes_with_who_speaks_and_left_as_a_whole(
    voice: dict[str, object], fields: list[str]
) -> None:
    whole = {"qui": "acteur/zelie", "texte": TEXT, **voice}
    records = {
        ID: Record(ID, "recit", "narratives/recit/banc.yaml", {"titre": "T", "voix": [whole]}),
        "acteur/zelie": Record(
            "acteur/zelie",
            "acteur",
            "narratives/acteur/zelie.yaml",
            {"titre": "Zélie D.", "genre": "personne", "consentement": {"etat": "retire"}},
        ),
    }

    people = withdrawn_people(Corpus(Config("essai"), records, {}, {}, {}, (), {}))

    assert sorted(person.field for person in people) == fields
    quoting = any(person.mentioned_in(f"On l’a noté : « {TEXT} »") for person in people)
    assert quoting == ("voix[0]" in fields)


def test_the_corpus_as_if_nobody_had_withdrawn() -> None:
    given = as_if_nobody_had(corpus("retire"))

    assert given
    assert given.records[ID].data["voix"][0]["consentement"] == {"etat": "public"}
    assert given.records[ID].data["voix"][1] == corpus("retire").records[ID].data["voix"][1]


def test_six_words_in_a_row_and_the_name_are_found_whatever_people_did_around() -> None:
    [person] = withdrawn_people(corpus("retire"))
    assert (person.who, person.field) == ("Zélie D., riveraine", "voix[0]")
    before = page(f"Zélie D., riveraine\n{TEXT}\nLe bois vient de la ville et de ses forêts.")
    after = page("Voix retirée\nLe bois vient de la ville et de ses forêts.")

    withdrawn = lost(before, after, person)[ID]

    assert withdrawn.within("Elle a dit : ''je voulais un banc\nà l&#39;ombre'', oui")
    assert withdrawn.within("Merci à Zélie D., riveraine")
    assert withdrawn.lines(f"Rien.\n* {TEXT}\nRien.") == [f"* {TEXT}"]
    assert not withdrawn.within("Un banc à l'ombre")
    assert not withdrawn.within("Le bois vient de la ville et de ses forêts.")
    assert lost(after, after, person) == {}


def test_a_page_that_is_gone_is_not_searched_for_the_name_in_its_title() -> None:
    [person] = withdrawn_people(corpus("retire"))
    withdrawn = lost(page(f"Zélie D., riveraine\n{TEXT}"), {}, person)[ID]

    assert not withdrawn.within("Zélie D., riveraine")
    assert withdrawn.within(TEXT)


def test_a_voice_of_a_few_words_is_found_whole_and_one_word_is_nobody_s() -> None:
    for text, held in (("Plus jamais ça.", True), ("Oui.", False)):
        [person] = withdrawn_people(corpus("retire", text))
        by_id = lost(page(f"X\n{text}"), page("X"), person)
        assert (ID in by_id) is held


def test_a_person_s_own_page_is_told_though_nothing_else_was_said_of_her() -> None:
    data = {"titre": "Zélie D.", "genre": "personne", "consentement": {"etat": "retire"}}
    person = Record("acteur/zelie-d", "acteur", "narratives/acteur/zelie-d.yaml", data)
    whole = Corpus(Config("essai"), {person.id: person}, {}, {}, {}, (), {})
    shown = {person.id: RenderedPage(person.id, "Zélie D.", "Une habitante.")}

    withdrawn = lost(shown, {}, *withdrawn_people(whole))[person.id]

    assert [person.who for person in withdrawn.people] == ["Zélie D."]


def test_an_old_version_is_told_though_the_name_stands_elsewhere_too() -> None:
    [person] = withdrawn_people(corpus("retire"))
    before = page(f"Zélie D., riveraine\n{TEXT}\nUne autre Zélie D. aussi.")
    after = page("Voix retirée\nUne autre Zélie D. aussi.")

    withdrawn = lost(before, after, person)[ID]

    assert withdrawn.was_within("Merci à Zélie D., riveraine")
    assert not withdrawn.within("Une autre Zélie D. aussi.")


@pytest.mark.parametrize(
    "typed",
    [
        "Merci à ZÉLIE D.",
        "Merci à Zelie\u00a0D.",
        "Merci à Zélie\nD. et aux autres",
        "Merci à '''Zélie''' D.",
        "voir https://exemple.fr/zelie-d",
        "Ze\u0301lie D.",
    ],
)
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    [person] = withdrawn_people(corpus("retire"))
    withdrawn = lost(page(f"Zélie D., riveraine\n{TEXT}"), page("Voix retirée"), person)[ID]

    assert withdrawn.within(typed)
    assert withdrawn.was_within(typed)
    assert withdrawn.lines(typed)
    assert person.mentioned_in(typed)
    assert not withdrawn.within("Merci à Zélie, de rien.")


@pytest.mark.parametrize(
    ("text", "named", "alone"),
    [
        ("Zélie Dumoulin tient le four.", True, True),
        ("Jean Dumoulin tient le four.", False, False),
        ("ZÉLIE, Jean Dumoulin et JeanDumoulin", False, False),
        ("zelie-dumoulin.jpg, Jean Dumoulin", True, True),
        ("Zé tient le four, Jean Dumoulin aussi.", True, False),
        ("Le four de la rue haute", False, False),
    ],
)
def test_a_name_of_hers_and_one_that_somebody_else_bears(
    text: str, named: bool, alone: bool
) -> None:
    she = replace(
        withdrawn_people(corpus("retire"))[0],
        names=frozenset({"Zélie Dumoulin", "Zé"}),
        shown=frozenset({"Jean Dumoulin", "Zé"}),
    )
    assert (she.named_in(text), she.unshared_name_in(text)) == (named, alone)
    assert (she.finder.within(text), she.unshared_finder.within(text)) == (named, alone)


def test_what_keeps_the_page_apart_is_no_word_of_hers() -> None:
    [person] = withdrawn_people(corpus("retire"))
    withdrawn = replace(
        lost(page(f"Zélie D., riveraine\n{TEXT}"), page("Voix retirée"), person)[ID],
        id="recit/zelie-d",
        path="narratives/recit/zelie-d.yaml",
    )
    text = (
        "<!-- loosbot essai recit/zelie-d 0123 | x -->\nVoix retirée\n"
        "{{Provenance|fichier=narratives/recit/zelie-d.yaml}}\n"
        "[[Catégorie:Fiches loosbot|essai:recit/zelie-d]]\n<!-- /loosbot essai recit/zelie-d -->"
    )

    assert not withdrawn.within(text)
    assert withdrawn.kept_in_key
    assert withdrawn.within(f"{text}\nMerci à Zélie D.")


def test_a_page_whose_id_alone_names_her_is_told() -> None:
    [person] = withdrawn_people(corpus("retire"))
    same = {"projet/banc-de-zelie-d": RenderedPage("projet/banc-de-zelie-d", "Un banc", "Un banc.")}

    withdrawn = lost(same, same, person)["projet/banc-de-zelie-d"]

    assert withdrawn.kept_in_key
    assert not withdrawn.in_title("Un banc")
    assert [person.who for person in withdrawn.people] == ["Zélie D., riveraine"]


def test_the_mark_changes_when_her_words_leave_the_file() -> None:
    marks = [
        mark_of(withdrawn_people(corpus("retire", text))) for text in (TEXT, "Autre chose ici.")
    ]
    assert len({*marks, mark_of([])}) == 3


def test_a_page_that_was_found_clear_is_so_at_that_head_and_for_those_withdrawals() -> None:
    notes: dict[str, object] = {}
    people = withdrawn_people(corpus("retire"))
    looked = SearchedPages(notes, people)
    looked.note(7, 70, None)
    looked.note(8, 80, [78, 75])
    looked.note(9, 90, [88])
    looked.note(9, 91, None)

    again = SearchedPages(json.loads(json.dumps(notes)), people)

    assert [again.clear(7, 70), again.clear(7, 71), again.clear(8, 80)] == [True, False, False]
    assert (again.clear(9, 91), again.old_versions(9, 90)) == (True, None)
    assert (again.old_versions(8, 80), again.old_versions(8, 81)) == ([78, 75], None)
    others = SearchedPages(
        dict(notes), withdrawn_people(corpus("retire", "Autre chose ici, dit ce jour-là."))
    )
    assert not others.clear(7, 70)


@pytest.mark.parametrize(
    "odd",
    [
        None,
        [],
        {},
        {"mark": 3},
        "texte",
    ],
)
def test_odd_notes_are_no_notes(odd: object) -> None:
    looked = SearchedPages({"pages-retraits": odd}, withdrawn_people(corpus("retire")))
    assert not looked.clear(7, 70)


@pytest.mark.parametrize(
    "spoiled",
    [
        {"pages": None},
        {"clear": ["7"]},
        {"clear": {"7": "x"}},
        {"pages": {"8": 80}},
        {"pages": {"8": [80, None]}},
    ],
    ids=str,
)
def test_notes_that_were_spoiled_are_no_notes(spoiled: dict[str, object]) -> None:
    notes: dict[str, Any] = {}
    people = withdrawn_people(corpus("retire"))
    SearchedPages(notes, people).note(7, 70, None)
    assert SearchedPages(notes, people).clear(7, 70)

    notes["pages-retraits"].update(spoiled)

    assert not SearchedPages(notes, people).clear(7, 70)


def test_a_page_is_looked_at_again_once_others_are_shown() -> None:
    notes: dict[str, Any] = {}
    [she] = withdrawn_people(corpus("retire"))
    SearchedPages(notes, [replace(she, shown=frozenset({"Zélie D."}))]).note(7, 70, None)
    assert not SearchedPages(notes, [she]).clear(7, 70)


@pytest.mark.parametrize(
    ("shown", "again"),
    [
        ("Jean Dumoulin", True),
        ("Zélie Martin", True),
        ("DUMOULIN-PETIT Anne", True),
        ("Les Dumoulins", True),
        ("Jean-Du Moulin", True),
        ("Rémi P.", False),
        ("Les jardiniers du coron", False),
    ],
)
def test_the_wiki_is_searched_again_only_once_one_with_a_like_name_is_shown(
    shown: str, again: bool
) -> None:
    [she] = withdrawn_people(corpus("retire"))
    she = replace(she, names=frozenset({"Zélie Dumoulin"}), shown=frozenset({"Le maire"}))
    other = replace(she, shown=frozenset({"Le maire", shown}))

    assert (search_mark([other]) != search_mark([she])) is again
    if not again:
        for text in (f"{shown} et Dumoulin", f"Zélie, {shown}", f"{shown} Dumoulin Zélie"):
            assert anyone([other]).within(text) is anyone([she]).within(text)


def test_who_is_shown_is_no_more_when_others_are() -> None:
    """In one process, for one person who withdrew: who bears her name may have left the corpus."""
    [she] = withdrawn_people(corpus("retire"))
    she = replace(she, names=frozenset({"Zélie Dumoulin"}))
    for shown, named in ((frozenset({"Jean Dumoulin"}), False), (frozenset(), True)):
        assert anyone([replace(she, shown=shown)]).within("Chez Dumoulin") is named


def test_where_nobody_withdrew_nothing_is_noted() -> None:
    notes: dict[str, object] = {"pages-retraits": {"mark": "autre"}}
    SearchedPages(notes, [])
    assert notes == {}


@pytest.mark.parametrize(("name", "expected"), [("Zoé Q.", "Zoé Q."), ("Zoé", "Zoé.")])
def test_an_initial_ends_the_sentence_that_says_who_withdrew(name: str, expected: str) -> None:
    person = replace(withdrawn_people(corpus("retire"))[0], who=name)
    assert (
        reason_of(WithdrawnWords(ID, frozenset(), (person,))) == f"Consentement retiré : {expected}"
    )
