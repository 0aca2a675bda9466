"""The filter at the root: what a person did not accept is nowhere in what a channel gets."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from corpora import corpus

from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import Channel, for_channel, verdict
from loosbot.corpus.privacy.nearby import by_record
from loosbot.corpus.privacy.withdrawals import withdrawn_people
from loosbot.diff.consent import under_consents_of

TODAY = date(2020, 6, 15)
PICTURE = (Path(__file__).parents[2] / "docs/images/fifty-fifty.png").read_bytes()
CHANNELS: tuple[Channel, ...] = (
    "wiki", "wiki-ouvert", "rapport", "dump-recherche", "dump-public",
)  # fmt: skip


@pytest.mark.parametrize(
    ("consent", "shown_in"),
    [
        (None, "wiki rapport"),
        ({"etat": "interne"}, "wiki rapport"),
        ({"etat": "inconnu"}, "wiki rapport"),
        ({"etat": "public"}, "wiki wiki-ouvert rapport"),
        ({"etat": "public", "portee": ["soiree"]}, ""),
        (
            {"etat": "public", "portee": ["wiki", "dump-recherche"]},
            "wiki wiki-ouvert rapport dump-recherche",
        ),
        (
            {"etat": "public", "portee": ["wiki", "dump-public"]},
            "wiki wiki-ouvert rapport dump-recherche dump-public",
        ),
        ({"etat": "interne", "portee": ["wiki", "dump-public"]}, "wiki rapport dump-recherche"),
        ({"etat": "public", "portee": ["wiki"], "jusquau": 2019}, ""),
        ({"etat": "public", "portee": ["wiki"], "jusquau": "2020-06-14"}, ""),
        ({"etat": "public", "jusquau": "2020-06-15"}, "wiki wiki-ouvert rapport"),
        ({"etat": "public", "jusquau": "inconnu"}, "wiki wiki-ouvert rapport"),
        ({"etat": "retire", "portee": ["wiki", "dump-public"]}, ""),
        ({"etat": "scelle", "portee": ["wiki", "dump-public"]}, ""),
        ({"etat": "scelle", "portee": ["wiki"], "jusquau": 2040}, ""),
        ({"etat": "scelle", "portee": ["wiki"], "jusquau": 2019}, "wiki rapport"),
        # what the published référentiel says: the wiki, whoever reads it, and nothing else
        ({"base": "publie"}, "wiki wiki-ouvert rapport"),
        ({"etat": "public", "base": "publie"}, "wiki wiki-ouvert rapport"),
        ({"etat": "interne", "base": "publie"}, "wiki rapport"),
        ({"base": "publie", "portee": ["wiki", "dump-public"]}, "wiki wiki-ouvert rapport"),
        ({"base": "publie", "portee": ["dump-public"]}, ""),
        ({"base": "publie", "jusquau": "2020-06-14"}, ""),
        ({"etat": "retire", "base": "publie"}, ""),
        ({"etat": "scelle", "base": "publie", "jusquau": 2040}, ""),
        # supposed, for somebody having been filmed
        ({"etat": "public", "statut": "deduit"}, "wiki rapport"),
        ({"etat": "public", "statut": "deduit", "portee": ["wiki", "dump-public"]}, "wiki rapport"),
        ({"etat": "public", "statut": "atteste"}, "wiki wiki-ouvert rapport"),
    ],
)
def test_what_a_block_allows(consent: dict[str, Any] | None, shown_in: str) -> None:
    shown = [channel for channel in CHANNELS if verdict(consent, channel, TODAY) == "shown"]
    assert shown == shown_in.split()


RECIT = """\
type: recit
titre: Le puits, par {name}
resume: "{name} et [une autre](acteur/{slug}) racontent ; voir acteur/{slug}."
voix:
  - qui: {name}, puisatier
    role: habitant
    date: 2018
    consentement: {consent}
    texte: CANARI raconte le puits.
    themes: [energie]
  - qui: Une voisine
    role: agent
    repond_a: "{name}, puisatier"
    texte: Elle répond à {name}.
frottements:
  - {{texte: Le puits déborde., qui: "{name}, puisatier"}}
"""

PAGE = """\
---
titre: Notes
---
{name} a aidé. [Lui](acteur/{slug}) et [lui][1]

[1]: acteur/{slug}
"""


def _corpus(root: Path, consent: str, *, person: str = "") -> Corpus:
    names = {"name": "Zéphyrin Q.", "slug": "zephyrin-q", "consent": consent}
    person_consent = f"consentement: {person}\n" if person else "public: oui\n"
    return corpus(
        root,
        {
            "narratives/recit/puits.yaml": RECIT.format(**names),
            "narratives/acteur/zephyrin-q.yaml": (
                "type: acteur\ntitre: Zéphyrin Q.\ngenre: personne\n"
                f"variantes: [Zéphyrin le puisatier]\n{person_consent}"
            ),
            "narratives/acteur/autre.yaml": (
                "type: acteur\ntitre: Un autre\ngenre: association\nsuccesseur: acteur/zephyrin-q\n"
            ),
            "narratives/projet/puits.yaml": (
                "type: projet\ntitre: Le puits\ninitiative: [acteur/zephyrin-q, la ville]\n"
                "liens: [acteur/zephyrin-q]\n"
                "resume: Zéphyrin le puisatier, dit Ze\u0301phyrin Q., creuse avec Zéphyrin Q.\n"
            ),
            "pages/notes.md": PAGE.format(**names),
        },
    )


def _everything(shown: Corpus) -> str:
    return repr((shown.records, shown.pages, shown.indexes, shown.links, shown.backlinks))


def test_nothing_to_mask_gives_the_same_corpus(tmp_path: Path) -> None:
    whole = _corpus(tmp_path, "{etat: public, portee: [wiki]}")
    assert for_channel(whole, "wiki", TODAY) is whole


@pytest.mark.parametrize(
    "consent",
    [
        "{etat: retire, motif: RAISON}",
        "{etat: public, portee: [soiree], preuve: RAISON}",
        "{etat: public, portee: [wiki], jusquau: 2019, preuve: RAISON}",
        "{etat: scelle, jusquau: 2040, preuve: RAISON}",
    ],
)
@pytest.mark.parametrize("channel", CHANNELS)
def test_the_words_of_a_masked_voice_are_nowhere(
    consent: str, channel: Channel, tmp_path: Path
) -> None:
    shown = for_channel(_corpus(tmp_path, consent), channel, TODAY)
    text = _everything(shown)
    assert "CANARI" not in text
    assert "RAISON" not in text
    assert "puisatier" not in repr(shown.records["recit/puits"])
    assert "Zéphyrin" not in repr(shown.records["recit/puits"])


def test_a_film_leads_to_no_voice_that_is_masked(tmp_path: Path) -> None:
    def film(consent: str, channel: Channel) -> object:
        tale = (
            "type: recit\ntitre: Un conte\nvideo: https://exemple.fr/film\nvoix:\n"
            f"- {{qui: Ada E., role: habitant, texte: Oui., consentement: {consent}}}\n"
            "- {qui: Eve F., role: habitant, texte: Non., consentement: {etat: public}}\n"
        )
        read = corpus(tmp_path, {"narratives/recit/conte.yaml": tale})
        return for_channel(read, channel, TODAY).records["recit/conte"].data.get("video")

    address = "https://exemple.fr/film"
    assert film("{etat: public}", "wiki-ouvert") == film("{etat: interne}", "wiki") == address
    assert film("{etat: interne}", "wiki-ouvert") is None
    assert film("{etat: retire}", "wiki") is film("{etat: retire}", "rapport") is None


@pytest.mark.parametrize(
    ("film", "other", "same"),
    [
        ("https://exemple.fr/film", "https://www.exemple.fr/film/#t=120", True),
        ("https://exemple.fr/film", "http://exemple.fr/film?t=20", True),
        ("https://exemple.fr/film?id=1", "https://exemple.fr/film?id=2", False),
        ("https://exemple.fr/film", "https://exemple.fr/films", False),
        ("https://youtu.be/dQw4w9WgXcQ", "https://m.youtube.com/watch?t=9&v=dQw4w9WgXcQ", True),
        ("https://youtu.be/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcq", False),
        ("https://vimeo.com/328616291/a1b2c3", "https://player.vimeo.com/video/328616291", True),
    ],
)
def test_no_other_record_leads_to_that_film(
    tmp_path: Path, film: str, other: str, same: bool
) -> None:
    linking = f"Voir [le film]({other}), {other}, et <{other}>.\n\n[1]: {other}\n"
    files = {
        "narratives/recit/conte.yaml": (
            f"type: recit\ntitre: Un conte\nvideo: {film}\nvoix:\n"
            "- {qui: Ada E., role: habitant, texte: Oui., consentement: {etat: retire}}\n"
        ),
        "narratives/recit/autre.yaml": (
            f"type: recit\ntitre: Un autre\nvideo: {other}\nresume: Sur {other}\nvoix:\n"
            "- {qui: Eve F., role: habitant, texte: Non., consentement: {etat: public}}\n"
        ),
        "narratives/source/film.yaml": (
            f"type: source\ntitre: Le film\ngenre: video\nurl: {other}\n"
        ),
        "pages/soir.md": f"---\ntitre: Un soir\n---\n\n{linking}",
    }
    shown = for_channel(corpus(tmp_path, files), "wiki", TODAY)
    left = repr((shown.records, shown.pages))
    assert (other not in left) == same
    if same:
        assert "Voir le film, [film non publié], et <#>." in left


def test_a_withdrawn_voice_leaves_a_place_and_no_reason(tmp_path: Path) -> None:
    shown = for_channel(_corpus(tmp_path, "{etat: retire, motif: RAISON}"), "wiki", TODAY)
    voices = shown.records["recit/puits"].data["voix"]
    assert voices[0] == {
        "qui": "Voix retirée",
        "role": "habitant",
        "consentement": {"etat": "retire"},
    }
    assert voices[1]["repond_a"] == "Voix retirée"
    assert voices[1]["texte"] == "Elle répond à personne retirée."
    assert shown.records["recit/puits"].data["frottements"][0]["qui"] == "personne retirée"


def test_a_sealed_voice_tells_when_it_opens_and_why(tmp_path: Path) -> None:
    whole = _corpus(tmp_path, "{etat: scelle, jusquau: 2040, motif: Procès en cours}")
    assert for_channel(whole, "wiki", TODAY).records["recit/puits"].data["voix"][0] == {
        "qui": "Voix scellée",
        "date": 2018,
        "consentement": {"etat": "scelle", "motif": "Procès en cours", "jusquau": 2040},
    }
    opened = for_channel(whole, "wiki", date(2041, 1, 1))
    assert opened.records["recit/puits"].data["voix"][0]["texte"].startswith("CANARI")


@pytest.mark.parametrize(
    "person", ["{etat: retire}", "{etat: scelle}", "{etat: interne, portee: []}"]
)
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_person_who_is_not_shown_is_nowhere(
    person: str, channel: Channel, tmp_path: Path
) -> None:
    whole = _corpus(tmp_path, "{etat: retire}", person=person)
    shown = for_channel(whole, channel, TODAY)
    text = _everything(shown)
    for token in ("Zéphyrin", "zephyrin", "CANARI"):
        assert token not in text
    assert "acteur/zephyrin-q" not in shown.records
    project = shown.records["projet/puits"].data
    assert "liens" not in project
    assert project["initiative"][0].startswith("personne ")
    assert project["initiative"][1] == "la ville"
    assert "successeur" not in shown.records["acteur/autre"].data
    assert shown.pages["page/notes"].text.startswith("personne ")


def test_a_person_without_a_block_stays_in_the_town(tmp_path: Path) -> None:
    whole = _corpus(
        tmp_path, "{etat: public, portee: [wiki, dump-public]}", person="{etat: interne}"
    )
    assert "acteur/zephyrin-q" in for_channel(whole, "wiki", TODAY).records
    public = for_channel(whole, "dump-public", TODAY)
    assert "acteur/zephyrin-q" not in public.records
    assert "Zéphyrin Q." not in _everything(public)
    # their voice was given to everybody, by its own block
    assert public.records["recit/puits"].data["voix"][0]["texte"].startswith("CANARI")


def test_a_voice_without_a_block_follows_who_speaks(tmp_path: Path) -> None:
    files = {
        "narratives/acteur/ana.yaml": (
            "type: acteur\ntitre: Ana B.\ngenre: personne\nconsentement: {etat: retire}\n"
        ),
        "narratives/acteur/maire.yaml": (
            "type: acteur\ntitre: Le maire\ngenre: personne\npublic: oui\n"
        ),
        "narratives/recit/a.yaml": (
            "type: recit\ntitre: A\nvoix:\n"
            "  - {qui: [acteur/ana], role: habitant, texte: CANARI}\n"
            "  - {qui: acteur/maire, role: elu, repond_a: Ana B., texte: Réponse}\n"
        ),
    }
    shown = for_channel(corpus(tmp_path, files), "wiki", TODAY)
    voices = shown.records["recit/a"].data["voix"]
    assert voices[0]["qui"] == "Voix retirée"
    assert voices[1] == {
        "qui": "acteur/maire",
        "role": "elu",
        "repond_a": "Voix retirée",
        "texte": "Réponse",
    }
    assert "CANARI" not in _everything(shown)
    assert [link.target for link in shown.links] == ["acteur/maire"]


@pytest.mark.parametrize(
    "who",
    [
        "acteur/ana", "Ana B.", "La petite Ana", "[acteur/maire, acteur/ana]",
        "[Ana B., le maire]", "'Ana B., jardinière'", "Lou C. et Ana B.", "'Lou C., Ana B., Zoé'",
    ],
)  # fmt: skip
@pytest.mark.parametrize("channel", CHANNELS)
def test_who_leaves_as_a_whole_takes_the_voices_that_had_their_own_consent(
    who: str, channel: Channel, tmp_path: Path
) -> None:
    given = "consentement: {etat: public, portee: [wiki, dump-recherche, dump-public]}"
    files = {
        "narratives/acteur/ana.yaml": (
            "type: acteur\ntitre: Ana B.\ngenre: personne\nvariantes: [La petite Ana]\n"
            "consentement: {etat: retire}\n"
        ),
        "narratives/acteur/maire.yaml": (
            "type: acteur\ntitre: Le maire\ngenre: personne\npublic: oui\n"
        ),
        "narratives/recit/a.yaml": (
            "type: recit\ntitre: A\nvoix:\n"
            f"  - {{qui: {who}, role: habitant, texte: CANARI, {given}}}\n"
            f"  - {{qui: acteur/maire, role: elu, texte: Réponse, {given}}}\n"
        ),
    }
    whole = corpus(tmp_path, files)
    shown = for_channel(whole, channel, TODAY)
    assert "CANARI" not in _everything(shown)
    gone, stays = shown.records["recit/a"].data["voix"]
    assert (gone["qui"], stays["texte"]) == ("Voix retirée", "Réponse")
    assert any(person.named_in("On a vu Ana B. hier.") for person in withdrawn_people(whole))


@pytest.mark.parametrize("state", ["{etat: retire}", "{etat: scelle, jusquau: 2040}"])
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_group_that_withdrew_is_shown_no_more_than_a_person(
    state: str, channel: Channel, tmp_path: Path
) -> None:
    given = "consentement: {etat: public, portee: [wiki, dump-recherche, dump-public]}"
    group = "type: acteur\ntitre: Amicale Zorglub\ngenre: association\n"
    files = {
        "narratives/acteur/amicale.yaml": f"{group}consentement: {state}\n",
        "narratives/acteur/ville.yaml": "type: acteur\ntitre: La ville\ngenre: institution\n",
        "narratives/recit/a.yaml": (
            "type: recit\ntitre: A\nresume: L’amicale de la rue, Amicale Zorglub, a planté.\n"
            "voix:\n  - {qui: acteur/amicale, role: habitant, texte: CANARI}\n"
            f"  - {{qui: acteur/ville, role: elu, texte: Réponse, {given}}}\n"
        ),
    }
    whole = corpus(tmp_path / "now", files)
    open_ = corpus(tmp_path / "then", {**files, "narratives/acteur/amicale.yaml": group})
    before = under_consents_of(open_, whole, channel, TODAY)
    for shown in (for_channel(whole, channel, TODAY), before):
        assert set(shown.records) == {"acteur/ville", "recit/a"}
        assert "Zorglub" not in _everything(shown) and "CANARI" not in _everything(shown)
        assert shown.records["recit/a"].data["resume"].startswith("L’amicale de la rue, personne ")
    # who only keeps to the town hall is named as groups are
    inner = {**files, "narratives/acteur/amicale.yaml": f"{group}consentement: {{etat: interne}}\n"}
    assert "acteur/amicale" in for_channel(corpus(tmp_path / "in", inner), channel, TODAY).records


def test_who_withdraws_one_story_keeps_the_others(tmp_path: Path) -> None:
    def tale(title: str, consent: str) -> str:
        return (
            f"type: recit\ntitre: {title}\nvoix:\n"
            f"  - {{qui: Ana B., role: habitant, texte: {title},\n"
            f"     consentement: {{etat: {consent}}}}}\n"
        )

    files = {
        "narratives/recit/a.yaml": tale("Premier", "retire"),
        "narratives/recit/b.yaml": tale("Second", "public"),
    }
    shown = for_channel(corpus(tmp_path, files), "wiki", TODAY)
    assert shown.records["recit/a"].data["voix"][0]["qui"] == "Voix retirée"
    assert shown.records["recit/b"].data["voix"][0]["qui"] == "Ana B."


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_place_is_told_though_somebody_hidden_bears_its_name(
    tmp_path: Path, channel: Channel
) -> None:
    files = {
        "narratives/acteur/l.yaml": "type: acteur\ntitre: Lucie Lens\ngenre: personne\n"
        "consentement: {etat: retire}\n",
        "narratives/lieu/lens.yaml": "type: lieu\ntitre: Lens\ngenre: commune\n",
        "narratives/projet/ville-de-lens.yaml": "type: projet\ntitre: Un banc à Lens\n"
        "resume: Mme Lens et Lucie Lens en parlent à Lens.\n",
        "narratives/acteur/d.yaml": "type: acteur\ntitre: Zoé Dumoulin\ngenre: personne\n"
        "consentement: {etat: retire}\n",
        "narratives/lieu/atelier.yaml": "type: lieu\ntitre: Dumoulin\ngenre: commerce\n",
    }
    whole = corpus(tmp_path, files)
    shown = for_channel(whole, channel, TODAY)
    project = shown.records["projet/ville-de-lens"]
    assert shown.records["lieu/lens"].title == "Lens"
    assert shown.records["lieu/atelier"].title == "personne retirée"
    assert project.title == "Un banc à Lens" and not shown.unsaid
    assert project.data["resume"] == "Mme personne retirée et personne retirée en parlent à Lens."
    assert not any(person.named_in("Un banc à Lens.") for person in withdrawn_people(whole))


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_first_name_alone_is_somebody_where_the_record_names_them_or_has_their_voice(
    tmp_path: Path, channel: Channel
) -> None:
    consent = "consentement: {etat: retire}"
    files = {
        "narratives/acteur/remi-p.yaml": "type: acteur\ntitre: Rémi P.\ngenre: personne\n"
        f"{consent}\n",
        "narratives/projet/banc.yaml": "type: projet\ntitre: Le banc de Rémi P.\n"
        "texte: Rémi l’a posé.\n",
        "narratives/projet/four.yaml": "type: projet\ntitre: Le four\ntexte: Rémi y cuit.\n",
        "narratives/recit/fete.yaml": "type: recit\ntitre: La fête\n"
        "resume: Ada chante avec Ada B.\n"
        "voix:\n"
        f"- {{qui: Ada E., role: habitant, texte: Je chante., {consent}}}\n"
        "- {qui: Club Rando, role: habitant, texte: Le Club chante.}\n"
        "- {qui: Ada B., role: habitant, texte: Moi aussi., consentement: {etat: public,\n"
        "   portee: [wiki, dump-recherche, dump-public]}}\n",
    }
    shown = for_channel(corpus(tmp_path, files), channel, TODAY).records
    assert shown["projet/banc"].data["titre"] == "Le banc de personne retirée"
    assert shown["projet/banc"].data["texte"] == "personne retirée l’a posé."
    assert shown["projet/four"].data["texte"] == "Rémi y cuit."
    tale = shown["recit/fete"].data
    assert tale["resume"] == "personne retirée chante avec Ada B."
    assert tale["voix"][2]["qui"] == "Ada B."
    assert channel not in ("wiki", "rapport") or tale["voix"][1]["texte"] == "Le Club chante."


def test_a_name_inside_a_longer_word_is_left_alone(tmp_path: Path) -> None:
    files = {
        "narratives/recit/a.yaml": (
            "type: recit\ntitre: A\nresume: MIGRER n'est pas MIG.\nvoix:\n"
            "  - {qui: 'MIG, dessinateur', role: habitant, texte: x, consentement: {etat: retire}}"
        ),
    }
    shown = for_channel(corpus(tmp_path, files), "wiki", TODAY)
    assert shown.records["recit/a"].data["resume"] == "MIGRER n'est pas personne retirée."


@pytest.mark.parametrize("name", ["Rémi Pontarlier", "rémi pontarlier", "Rémi P."])
def test_a_voice_under_the_typed_name_of_who_withdrew_goes_with_them(
    name: str, tmp_path: Path
) -> None:
    files = {
        "narratives/acteur/remi-p.yaml": "type: acteur\ntitre: Rémi P.\ngenre: personne\n"
        "role: habitant\nvariantes: [Rémi Pontarlier]\nconsentement: {etat: retire}\n",
        "narratives/projet/p.yaml": "type: projet\ntitre: Un banc\nvoix:\n"
        f"  - {{qui: {name}, role: habitant, texte: Ses mots.}}\n",
    }
    shown = for_channel(corpus(tmp_path, files), "wiki", date(2026, 1, 1))
    assert "Ses mots" not in str(shown.records["projet/p"].data)


@pytest.mark.parametrize(
    ("typed", "other", "gone"),
    [
        ("Rémi P.", "", True),
        ("M. Rémi PONTARLIER, jardinier", "", True),
        ("Ada E. et Pontarlier Rémi", "", True),
        ("R. Pontarlier", "", True),
        # somebody else may be meant
        ("Rémi P.", "Rémi Poulain", False),
        ("R. Pontarlier", "Roger Pontarlier", False),
        ("M. Pontarlier", "", True),
        ("Monsieur Pontarlier, jardinier", "Zoé Q.", True),
        # who is hers, and not his, has her own record: nobody else of that name is known
        ("Mme Pontarlier", "", True),
        ("Mme Pontarlier", "Mme Pontarlier", False),
        ("Mme Pontarlier", "Anne Pontarlier", False),
        ("M. Pontarlier", "Mme Pontarlier", True),
        ("Pontarlier", "", False),
        ("M. Pont", "", False),
        ("Rémi D.", "", False),
    ],
)
@pytest.mark.parametrize("consent", ["", ", consentement: {etat: public, portee: [wiki]}"])
def test_a_voice_goes_with_who_withdrew_however_their_name_is_typed(
    tmp_path: Path, typed: str, other: str, consent: str, *, gone: bool
) -> None:
    files = {
        "narratives/acteur/a.yaml": "type: acteur\ntitre: Rémi Pontarlier\ngenre: personne\n"
        "consentement: {etat: retire}\n",
        "narratives/acteur/b.yaml": f"type: acteur\ntitre: {other or 'Zoé Q.'}\ngenre: personne\n",
        "narratives/recit/r.yaml": "type: recit\ntitre: Un banc\nvoix:\n"
        f"  - {{qui: '{typed}', role: habitant, texte: Ses mots à lui seul{consent}}}\n",
    }
    read = corpus(tmp_path, files)
    shown = for_channel(read, "wiki", TODAY).records["recit/r"]
    assert ("Ses mots" not in str(shown.data)) is gone
    assert [person.field for person in withdrawn_people(read)] == ["", *["voix[0]"] * gone]


def test_its_words_are_looked_for_where_they_were_published(tmp_path: Path) -> None:
    files = {
        "narratives/acteur/remi-p.yaml": "type: acteur\ntitre: Rémi P.\ngenre: personne\n"
        "role: habitant\nvariantes: [Rémi Pontarlier]\nconsentement: {etat: retire}\n",
        "narratives/projet/p.yaml": "type: projet\ntitre: Un banc\nvoix:\n"
        "  - {qui: Rémi Pontarlier, role: habitant, texte: Ses mots à lui seul.}\n",
    }
    people = withdrawn_people(corpus(tmp_path, files))
    assert [person.field for person in people] == ["", "voix[0]"]


def test_first_names_stand_in_the_order_of_the_links_that_lead_to_them(tmp_path: Path) -> None:
    """A set has another order in each process: no page of an earlier dump was found again."""
    whole = corpus(
        tmp_path,
        {
            "loosbot.yaml": "corpus: essai\n",
            "narratives/acteur/ada.yaml": "type: acteur\ntitre: Ada Lefebvre\ngenre: personne\n",
            **{
                f"narratives/projet/banc-{rank}.yaml": f"type: projet\ntitre: Banc {rank}\n"
                "initiative: acteur/ada\n"
                for rank in range(12)
            },
        },
    )
    links = whole.backlinks["acteur/ada"]

    assert len(links) == 12
    assert list(by_record(whole, {"acteur/ada": "une personne"}, {})) == [
        link.source for link in links
    ]


def test_no_picture_is_shown_of_whom_its_words_name(tmp_path: Path) -> None:
    """Of one whose name would be taken out of the caption, the face would be left."""
    papers = [
        {"fichier": "a.png", "alt": "Un four"},
        {"fichier": "b.png", "alt": "Ada devant le four"},
        {"fichier": "c.png", "alt": "Une dame", "legende": "Mme Ellinor, au four"},
        {"fichier": "d.png", "alt": "Le banc", "licence": "Photo Ada Ellinor"},
        {"fichier": "ada-ellinor.png", "alt": "Une dame"},
    ]
    files = {
        "narratives/acteur/ada-ellinor.yaml": (
            "type: acteur\ntitre: Ada Ellinor\ngenre: personne\nconsentement: {etat: interne}\n"
        ),
        "narratives/projet/four.yaml": (
            f"type: projet\ntitre: Le four\nliens: [acteur/ada-ellinor]\ndocuments: {papers}\n"
        ),
        **{f"narratives/projet/{paper['fichier']}": PICTURE for paper in papers},
    }
    read = corpus(tmp_path, files)
    assert for_channel(read, "wiki", TODAY) is read
    shown = for_channel(read, "wiki-ouvert", TODAY).records["projet/four"].data["documents"]
    assert shown == [papers[0], {**papers[3], "licence": "Photo personne non nommée"}]


def test_a_page_that_names_somebody_in_full_has_no_first_name_of_theirs(tmp_path: Path) -> None:
    text = "Camille Ellinor a fait le four. Luc y cuit avec Camille le pain de Camille F."
    files = {
        "narratives/acteur/camille-ellinor.yaml": (
            "type: acteur\ntitre: Camille Ellinor\ngenre: personne\nconsentement: {etat: retire}\n"
        ),
        "narratives/acteur/camille-f.yaml": (
            "type: acteur\ntitre: Camille F.\ngenre: personne\nconsentement: {etat: public}\n"
        ),
        "pages/four.md": f"---\ntitre: Un four\n---\n\n{text}\n",
        "pages/banc.md": "---\ntitre: Un banc\n---\n\nCamille, une autre, y tient.\n",
    }
    shown = for_channel(corpus(tmp_path, files), "wiki", TODAY).pages
    assert shown["page/four"].text.strip() == (
        "personne retirée a fait le four. Luc y cuit avec personne retirée le pain de Camille F."
    )
    assert shown["page/banc"].text.strip() == "Camille, une autre, y tient."
