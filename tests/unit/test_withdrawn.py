"""Words of somebody who withdrew, found in what a page shows."""

from __future__ import annotations

from loosbot.corpus.model import Config, Corpus, Record
from loosbot.render.model import RenderedPage
from loosbot.sync.withdrawn import as_if_nobody_had, sources_of, withdrawn_words

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


def test_nobody_withdrew() -> None:
    assert as_if_nobody_had(corpus("public")) is None
    assert sources_of(corpus("public")) == []


def test_the_corpus_as_if_nobody_had_withdrawn() -> None:
    given = as_if_nobody_had(corpus("retire"))

    assert given
    assert given.records[ID].data["voix"][0]["consentement"] == {"etat": "public"}
    assert given.records[ID].data["voix"][1] == corpus("retire").records[ID].data["voix"][1]


def test_six_words_in_a_row_and_the_name_are_found_whatever_people_did_around() -> None:
    [source] = sources_of(corpus("retire"))
    assert (source.who, source.field) == ("Zélie D., riveraine", "voix[0]")
    before = page(f"Zélie D., riveraine\n{TEXT}\nLe bois vient de la ville et de ses forêts.")
    after = page("Voix retirée\nLe bois vient de la ville et de ses forêts.")

    found = withdrawn_words(before, after, [source])[ID]

    assert found.within("Elle a dit : ''je voulais un banc\nà l&#39;ombre'', oui")
    assert found.within("Merci à Zélie D., riveraine")
    assert found.lines(f"Rien.\n* {TEXT}\nRien.") == [f"* {TEXT}"]
    assert not found.within("Un banc à l'ombre")
    assert not found.within("Le bois vient de la ville et de ses forêts.")
    assert withdrawn_words(after, after, [source]) == {}


def test_a_page_that_is_gone_is_not_searched_for_the_name_in_its_title() -> None:
    [source] = sources_of(corpus("retire"))
    found = withdrawn_words(page(f"Zélie D., riveraine\n{TEXT}"), {}, [source])[ID]

    assert not found.within("Zélie D., riveraine")
    assert found.within(TEXT)


def test_a_voice_of_a_few_words_is_found_whole_and_one_word_is_nobody_s() -> None:
    for text, held in (("Plus jamais ça.", True), ("Oui.", False)):
        [source] = sources_of(corpus("retire", text))
        found = withdrawn_words(page(f"X\n{text}"), page("X"), [source])
        assert (ID in found) is held


def test_a_person_s_own_page_is_told_though_nothing_else_was_said_of_her() -> None:
    data = {"titre": "Zélie D.", "genre": "personne", "consentement": {"etat": "retire"}}
    person = Record("acteur/zelie-d", "acteur", "narratives/acteur/zelie-d.yaml", data)
    whole = Corpus(Config("essai"), {person.id: person}, {}, {}, {}, (), {})
    shown = {person.id: RenderedPage(person.id, "Zélie D.", "Une habitante.")}

    found = withdrawn_words(shown, {}, sources_of(whole))[person.id]

    assert [one.who for one in found.sources] == ["Zélie D."]


def test_an_old_version_is_told_though_the_name_stands_elsewhere_too() -> None:
    [source] = sources_of(corpus("retire"))
    before = page(f"Zélie D., riveraine\n{TEXT}\nUne autre Zélie D. aussi.")
    after = page("Voix retirée\nUne autre Zélie D. aussi.")

    found = withdrawn_words(before, after, [source])[ID]

    assert found.was_within("Merci à Zélie D., riveraine")
    assert not found.within("Une autre Zélie D. aussi.")
