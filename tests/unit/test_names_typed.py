"""A name is a name however it is typed: found in every spelling, and nothing else with it."""

from __future__ import annotations

import random
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from spelled import INITIALED, NAMES, left_of, spelled

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.privacy.hidden import Hidden, Words, hidden
from loosbot.corpus.privacy.names import Names
from loosbot.corpus.privacy.nearby import add, first_name
from loosbot.corpus.privacy.spellings import tokens
from loosbot.corpus.tree import FolderTree
from loosbot.corpus.values import leaves

ROOT = Path(__file__).parents[2]
NEUTRAL = "personne retirée"


@cache
def _hiding(*names: str) -> Hidden:
    return hidden(dict.fromkeys(names, NEUTRAL))


@pytest.mark.parametrize("seed", range(3))
def test_whether_a_text_holds_a_name_is_what_taking_it_out_says(seed: int) -> None:
    """Where another bears the name, and where a longer name that stays covers it, too."""
    drawn = random.Random(seed)  # noqa: S311 - sentences, no secret
    words = [word for name in NAMES for word in name.split()] + ["de la", "et", "Le", "maire", "."]
    for _ in range(400):
        hides, stays = (drawn.sample(NAMES, drawn.randrange(1, 4)) for _ in range(2))
        hiding = hidden(
            dict.fromkeys([*hides, "acteur/lea"], NEUTRAL),
            [*stays, f"{drawn.choice(hides)} {drawn.choice(words)}"],
        )
        drawn_words = drawn.choices([*words, *hides, *stays, "acteur/lea"], k=drawn.randrange(9))
        text = drawn.choice((" ", "-", "", " ")).join(drawn_words)
        assert hiding.within(text) == (hiding.hide(text) != text), text


@pytest.mark.parametrize("seed", range(3))
def test_every_spelling_is_found_and_the_sentence_around_it_stays(seed: int) -> None:
    """6,000 sentences a run."""
    missed, hurt = Counter[str](), Counter[str]()
    for sentence in spelled(2000, seed):
        hidden = _hiding(sentence.name).hide(sentence.text)
        missed[sentence.how] += left_of(sentence.name, hidden)
        hurt[sentence.how] += not (
            hidden.startswith(sentence.before) and hidden.endswith(sentence.after)
        )
    assert +missed == Counter()
    assert +hurt == Counter()


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("M. et Mme Wartelle", "Mme Petit et Mme Wartelle", "Mme Petit et {}"),
        ("M. et Mme Wartelle", "M. et Mme Wartelle, les Wartelle", "{}, les {}"),
        (
            "Ada et Rémi Wartelle",
            "Rémi Loncle, Rémi W. et Ada Wartelle",
            "Rémi Loncle, {} et Ada {}",
        ),
        ("Ada E. & Rémi P.", "Rémi vient ; Rémi P., Ada E.", "Rémi vient ; {}, {}"),
    ],
)
def test_a_couple_is_two_persons_and_no_surname_made_of_both(
    name: str, text: str, left: str
) -> None:
    assert _hiding(name).hide(text) == left.replace("{}", NEUTRAL)


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<b>", "</b>"),
        ("<i><u>", "</u></i>"),
        ("[", "](https://exemple.fr/x)"),
        ("**[", "](x)**"),
        ("[[", "]]"),
        ("''[[Le jardin|", "]]''"),
        ("[https://exemple.fr ", "]"),
        ("<!-- a -->", "<ref>Le voisin</ref>"),
        ("[^1]", ""),
    ],
)
@pytest.mark.parametrize("name", ["Rémi P.", "Jean-Loup Grévisse", "Zélie de la Bruyandière"])
def test_marks_anywhere_in_a_name_are_seen_as_where_another_name_stands(
    name: str, opening: str, closing: str
) -> None:
    """The name beside has the whole text looked through, so that the quick test is not asked."""
    names = Names({name: "X", "Odile Vandamme": "Y"})
    for start in range(len(name) + 1):
        for end in range(start, len(name) + 1):
            marked = f"avec {name[:start]}{opening}{name[start:end]}{closing}{name[end:]} hier"
            beside = names.replace(f"Odile Vandamme. {marked}")[1] - 1
            assert names.replace(marked)[1] == beside, marked


@pytest.mark.parametrize("seed", range(3, 5))
def test_many_hidden_persons_do_not_hide_each_other(seed: int) -> None:
    for sentence in spelled(500, seed):
        hidden = _hiding(*NAMES, *INITIALED).hide(sentence.text)
        assert not left_of(sentence.name, hidden), sentence
        assert hidden.startswith(sentence.before), sentence
        assert hidden.endswith(sentence.after), sentence


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Le banc vient de Rémi\nP. qui l'a fait.", "Le banc vient de X qui l'a fait."),
        ("Rémi\u00a0Pontarlier, RÉMI PONTARLIER, Remi Pontarlier", "X, X, X"),
        ("Rémi '''Pontarlier''' et **Rémi** P.", "X et X"),
        ("Rémi P puis R. Pontarlier et M. Pontarlier", "X puis X et M. X"),
        ("Pontarlier Rémi", "X"),
        ("Ré\u00admi Pon\u200btarlier", "X"),
        ("voir https://exemple.fr/remi-pontarlier, merci", "voir X, merci"),
        ("écrire à remi-pontarlier@exemple.fr.", "écrire à X."),
        ("écrire à rpontarlier@exemple.fr", "écrire à X"),
        ("écrire à remi.pontarlier59@exemple.fr ou à pontarlier.r@exemple.fr", "écrire à X ou à X"),
        ("IMG_RemiPontarlier2019.jpg, remi-pontarlier1.jpg", "IMG_X2019.jpg, X1.jpg"),
        ("le banc de Pontar-\nlier sèche", "le banc de X sèche"),
        ("Rémi [Pontarlier](https://exemple.fr) plante", "X plante"),
        ("Rémi (Pontarlier) plante", "X plante"),
        ("avec [Rémi](https://exemple.fr/r) P. et [Rémi](u) [P.](v).", "avec X et X."),
        ("Rémi[^1] P. [^2], Rémi<ref>Le voisin</ref> P., et [un banc]", "X [^2], X, et [un banc]"),
        ("[[Le jardin|Rémi]] P., [[Rémi]] [[P.]] et [https://exemple.fr Rémi] P.", "X, X et X"),
        ("| Rémi | P. | oui |\n|Rémi|Pontarlier|non|", "| X | | oui |\n|X ||non|"),
        ("le banc de <b>Rémi</b> <i>P.</i> sèche", "le banc de X sèche"),
        ("<b>R</b>émi Pontarlier, Pon<wbr>tarlier et Rémi<!-- lui --> P.", "X, X et X"),
        ("Avec<br>Rémi<br>P., Rémi<br />\nP.<br>puis", "Avec<br>X, X<br>puis"),
        ("<b>Titre</b>Pontarlier, a<b et b>c Rémi P.", "<b>Titre</b>X, a<b et b>c X"),
    ],
)
def test_spellings_seen_on_a_published_page(typed: str, expected: str) -> None:
    looking = hidden({"Rémi P.": "X", "Rémi Pontarlier": "X"})
    assert looking.hide(typed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Sylvie d'abord, puis les autres.",
        "Marie a dit oui ; Marie-Charlotte bat des mains.",
        "Audrey m'a répondu.",
        "Il est venu avec Rémi. Pendant ce temps, le banc sèche.",
        "Rémi, Paul et Marie.",
        "Rémi\n\nP. est la lettre du plan.",
        "Le banc de Rémi<br>Pendant ce temps",
        "| Luc | Rémi |\n| P. Martin | non |",
        "[Rémi](https://exemple.fr). [P. 3](https://exemple.fr)",
        "Loïc l’aime, Loïc La Fontaine, Maud d’abord, Maud D’abord.",
        "Célia c'est la chorale.",
        "Les pontons de Pontarlieu.",
        "Alain Bernard n'est pas Alain.",
        "un mig de fer",
    ],
)
def test_what_only_looks_like_a_name_stays(text: str) -> None:
    names = ("Sylvie D.", "Marie A.", "Audrey M.", "Rémi P.", "Célia C.", "Marie-Charlotte B.",
             "Alain B.", "Rémi Pontarlier", "MIG", "Loïc Le Goffic", "Maud D’Hautcœur")  # fmt: skip
    assert _hiding(*names).hide(text) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Martin E.", "Martine est venue, et MARTINE aussi : martine@exemple.fr."),
        ("Michel E.", "Michèle plante."),
        ("Romain E.", "Une salade romaine, une tuile Romaine."),
        ("Paul Laine", "La plaine est verte, de la Plaine à Basse-plaine : la-plaine-verte."),
        ("Claude Hameau", "Un chameau au carnaval."),
        ("Marc O.", "Marco vient."),
        ("Rémi Boulet", "Un chamboulement, un tourneboulet.fr"),
        ("Luc Bernard", "centrebernard.fr, saint-bernard"),
    ],
)
def test_a_word_that_a_name_and_an_initial_would_make_together_stays(name: str, text: str) -> None:
    assert _hiding(name).hide(text) == text


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Loïc Le Goffic", "Loïc L., Loïc G., Loïc L.G."),
        ("Zélie de la Bruyandière", "Zélie B., Zélie D., zelie.d@exemple.fr"),
        ("Maud D’Hautcœur", "Maud H., Maud D., MAUD D."),
        ("Inès Wartelle-Bouquillon", "Inès W., Inès B., Inès W.-B."),
    ],
)
def test_the_initial_may_be_that_of_a_particle_or_of_either_half(name: str, typed: str) -> None:
    assert hidden({name: "X"}).hide(typed) == "X, X, X"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("MartinE, PLaine et JbLaine sont venus", "X, X et X sont venus"),
        ("plaine@exemple.fr ou plaine59@exemple.fr", "X ou X"),
        ("sur https://exemple.fr/plaine", "sur X"),
        ("@plaine, #plaine et IMG_plaine2019.jpg", "@X, #X et IMG_X2019.jpg"),
        ("jblaine@exemple.fr, mlaine@exemple.fr", "X, X"),
        ("M. Laine", "M. X"),
        ("lucr@exemple.fr, @lucr, #LucR mais lucr", "X, @X, #X mais lucr"),
    ],
)
def test_a_name_and_an_initial_in_one_word(typed: str, expected: str) -> None:
    looking = hidden(
        dict.fromkeys(("Martin E.", "Paul Laine", "Jean-Baptiste Laine", "Luc R."), "X")
    )
    assert looking.hide(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("#MerciRémiPontarlier et @fanderemipontarlier", "#X et @X"),
        ("sur lebancderemipontarlier.fr, remipontarlierofficiel", "sur X.fr, X"),
        ("menuiseriepontarlier@exemple.fr, #MmePontarlier", "X, #X"),
        ("https://www.lamenuiseriepontarlier.fr/a, merci", "X, merci"),
        ("IMG_BancRemiPontarlier.jpg", "IMG_X.jpg"),
        ("saintepontarlier.fr, Montpontarlier, lepontarlier.fr", "saintepontarlier.fr, "
         "Montpontarlier, lepontarlier.fr"),
    ],
)  # fmt: skip
def test_a_name_glued_to_another_word(typed: str, expected: str) -> None:
    looking = hidden({"Rémi Pontarlier": "X"})
    assert looking.hide(typed) == expected
    assert looking.within("bancremipontarlier") and looking.within("chez-menuiseriepontarlier")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Jean Moulin", "la rue Jean-Moulin, l’école Jean-Moulin, rue-jean-moulin.jpg"),
        ("Marie Pasteur", "rue Pasteur, rue Louis-Pasteur, rue Louis Pasteur, l’institut Pasteur"),
        ("Luc Calmette", "la rue du docteur Calmette et la place du Docteur-Calmette"),
        ("Anne de Gaulle", "l’avenue du Général-de-Gaulle"),
        ("Paul Moulin", "la rue du Moulin"),
        ("Sophie Martin", "l’église Saint-Martin, rue Saint-Martin"),
        ("Luc Petit", "Petit à petit, la place change."),
        ("Luc Noël", "À Noël, le marché de Noël ; la-fete-de-noel.jpg"),
    ],
)
def test_streets_schools_saints_and_feasts_keep_their_name(name: str, text: str) -> None:
    assert _hiding(name).hide(text) == text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("la rue Rémi Pontarlier, qui y habite", "la rue X, qui y habite"),
        ("la rue de Rémi Pontarlier et celle des Pontarlier", "la rue de X et celle des X"),
        ("l’école. Pontarlier y vient", "l’école. X y vient"),
        ("la rue où Pontarlier habite", "la rue où X habite"),
        ("sur la place Monsieur Pontarlier a parlé", "sur la place Monsieur X a parlé"),
        ("la maison Pontarlier, le jardin Pontarlier", "la maison X, le jardin X"),
        ("Luc Noël, M. Noël et la famille Noël", "X, M. X et la famille X"),
    ],
)
def test_what_stands_near_a_street_or_a_feast_is_somebody_still(typed: str, expected: str) -> None:
    assert hidden({"Rémi Pontarlier": "X", "Luc Noël": "X"}).hide(typed) == expected


def test_a_town_keeps_its_name_whoever_bears_it_too() -> None:
    looking = hidden({"Lucie Lens": "X"}, shown=["Lens"])
    text = "À Lens, Mme Lens ou Lucie Lens ; ville-de-lens.jpg, lucie.lens@exemple.fr"
    assert looking.hide(text) == "À Lens, Mme X ou X ; ville-de-lens.jpg, X"
    assert not looking.within("ville-de-lens")


def test_a_first_name_alone_is_somebody_only_near_the_records_about_them() -> None:
    looking = hidden({"Rémi P.": NEUTRAL}, shown=["Rémi Dupont"])
    text = "Rémi plante, Rémi Dupont arrose."
    assert looking.hide(text) == text
    assert looking.hide(text, {("remi",): NEUTRAL}) == f"{NEUTRAL} plante, Rémi Dupont arrose."


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("Rémi P.", "Rémi Pontarlier et Rémi de la Pommeraie", "X et X"),
        ("Rémi P.", "Rémi PONTARLIER-DUBOIS, puis Rémi", "X, puis X"),
        ("Rémi P.", "Rémi Poulain et Rémi D. plantent", "Rémi Poulain et Rémi D. plantent"),
        ("Rémi P.", "L’ami de Rémi, Jean-Rémi et Rémi-Luc", "L’ami de X, Jean-Rémi et Rémi-Luc"),
        ("Jean-Luc M.", "Jean-Luc, Jean Luc, Jeanluc, puis Jean", "X, X, X, puis X"),
        ("Jean-Luc M.", "Jean-Luc Martin et Jean-Paul", "X et Jean-Paul"),
        ("Loïc Le Goffic", "Loïc Le Gofic, mal écrit", "X, mal écrit"),
        ("GREVISSE Maud", "Grévisse est là, Maud aussi", "X est là, X aussi"),
    ],
)
def test_a_first_name_near_is_whole_and_takes_the_surname_with_its_initial(
    name: str, typed: str, expected: str
) -> None:
    nearby: dict[tuple[str, ...], str | None] = {("remi", "d"): None}
    add(nearby, first_name(name), "X")
    assert hidden({name: "X"}, ["Rémi Poulain"]).hide(typed, nearby) == expected


@pytest.mark.parametrize("name", ["Mme Durand", "Une voisine", "Directrice de l’école", "M. P."])
def test_what_is_no_first_name_means_nobody_near(name: str) -> None:
    assert first_name(name) == ()


def test_words_of_a_voice_are_found_where_they_are_quoted() -> None:
    sentence = "Je voulais un banc à l'ombre depuis longtemps, et personne ne répondait."
    quoting = "Elle a dit : « je voulais un banc\nà l’ombre depuis longtemps », en mai."
    assert Words([sentence]).hide(quoting) == "Elle a dit : « [passage non publié] », en mai."
    innocent = "Un banc à l'ombre, c'est tout ce que le quartier demandait depuis longtemps."
    assert Words([sentence]).hide(innocent) == innocent


@pytest.mark.slow  # each declared person in each text of 400 records
def test_no_false_alarm_in_the_shipped_corpus() -> None:
    """Each declared person hidden in turn: all that is taken out is a name of theirs."""
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus
    persons = [
        person for person in corpus.records.values() if person.data.get("genre") == "personne"
    ]
    texts = [
        text
        for document in (*corpus.records.values(), *corpus.pages.values())
        for text in (*leaves(dict(document.data)), getattr(document, "text", ""))
        if isinstance(text, str)
    ]
    spelled_by = {
        person.id: [person.title, *map(str, person.data.get("variantes", ()))] for person in persons
    }
    seen = 0
    for id_, names in spelled_by.items():
        others = [name for other in spelled_by if other != id_ for name in spelled_by[other]]
        looking = Names(dict.fromkeys(names, "\x02"), others)
        theirs = {word for name in (*names, id_.replace("/", " ")) for word in tokens(name)}
        for text in texts:
            replaced, count = looking.replace(text)
            if count:
                seen += count
                around = "(.+?)".join(map(re.escape, replaced.split("\x02")))
                match = re.fullmatch(around, text, re.DOTALL)
                assert match, (id_, text)
                for taken in match.groups():
                    assert set(tokens(taken)) <= theirs, (id_, taken)
    assert seen > 200
