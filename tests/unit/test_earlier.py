"""What older versions of their files said of those who withdrew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from gits import commit, git

from loosbot.corpus.privacy.consent import Channel
from loosbot.corpus.privacy.withdrawals import WithdrawnPerson, withdrawn_people
from loosbot.sync.source import for_readers, read_source
from loosbot.sync.withdrawal.ended import ended
from loosbot.sync.withdrawal.pasts import with_pasts

HER, TALE = "narratives/acteur/zelie-d.yaml", "narratives/recit/eau.yaml"
PERSON = "type: acteur\ntitre: {}\ngenre: personne\nconsentement: {{etat: {}}}\n"
SPRING = "La fontaine restait à sec du printemps à la fête du village."
AUTUMN = "On manquait d’eau, voilà tout, et personne ne disait rien à la mairie."
CELLAR = "Chez nous la cave était pleine chaque hiver, jusqu’à la troisième marche."


def _voice(who: str, text: str, state: str = "public") -> str:
    return f"- qui: {who}\n  role: habitant\n  texte: {text}\n  consentement: {{etat: {state}}}\n"


def _tale(*voices: str) -> str:
    return "type: recit\ntitre: L’eau\nannee: 2018\nvoix:\n" + "".join(voices)


def _told(folder: Path, *versions: dict[str, str]) -> tuple[WithdrawnPerson, ...]:
    """Those who withdrew in the last of these versions, each of which is a commit."""
    for files in versions:
        for path, text in {"loosbot.yaml": "corpus: eau\n", **files}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
        commit(folder)
    read = read_source(folder)
    return with_pasts(withdrawn_people(read.whole), read.whole, read.repository, read.head)


def test_a_former_name_and_a_former_id_are_hers(tmp_path: Path) -> None:
    old = "narratives/acteur/zelie-quenardel.yaml"
    _told(tmp_path, {old: PERSON.format("Zélie Quénardel", "public")})
    git(tmp_path, "rm", "-q", old)
    last = PERSON.format("Zélie D.", "retire") + "anciens_ids: [acteur/zelie-quenardel]\n"
    (person,) = _told(tmp_path, {HER: PERSON.format("Mémé Quénardel", "public")}, {HER: last})
    assert {"Zélie Quénardel", "Mémé Quénardel"} <= person.names
    assert person.named_in("La rue de Mme Quénardel")


@pytest.mark.parametrize(
    "before",
    [
        [_tale(_voice("Une habitante", SPRING), _voice("Luc B.", CELLAR))],
        # by her rank, where she was named and said otherwise
        [_tale(_voice("Zélie Quénardel", SPRING), _voice("Luc B.", CELLAR))],
        # by her words, in a récit of three that were in another order
        [
            _tale(_voice("Zélie Quénardel", SPRING), _voice("Luc B.", CELLAR)),
            _tale(
                _voice("A. B.", "Rien."), _voice("Luc B.", CELLAR), _voice("Zoé", f"{SPRING} Oui.")
            ),
        ],
    ],
)
def test_a_voice_is_followed(tmp_path: Path, before: list[str]) -> None:
    now = _tale(_voice("Une habitante", AUTUMN, "retire"), _voice("Luc B.", CELLAR))
    if len(before) > 1:
        now = _tale(_voice("Une habitante", SPRING, "retire"), _voice("Luc B.", CELLAR))
    (person,) = _told(tmp_path, *({TALE: text} for text in before), {TALE: now})
    assert person.mentioned_in(f"Elle disait : « {SPRING.lower()} »")
    assert not person.mentioned_in(CELLAR) and not person.mentioned_in("Luc B.")
    if "Quénardel" in before[0]:
        assert person.mentioned_in("Zélie Quénardel")


def test_a_voice_that_none_was_before_takes_nobody_elses(tmp_path: Path) -> None:
    (person,) = _told(
        tmp_path,
        {TALE: _tale(_voice("Luc B.", CELLAR))},
        {TALE: _tale(_voice("Une habitante", AUTUMN, "retire"), _voice("Paul", "Oui."))},
        {TALE: "type: [illisible\n"},
        {TALE: _tale(_voice("Une habitante", AUTUMN, "retire"), _voice("Luc B.", "Oui."))},
    )
    assert person.mentioned_in(AUTUMN) and not person.mentioned_in(CELLAR)


@pytest.mark.parametrize("how", ["--filter=blob:none", "--depth=1"])
def test_a_clone_of_a_part_tells_what_it_holds(tmp_path: Path, how: str) -> None:
    whole = tmp_path / "whole"
    public, gone = PERSON.format("Zélie Quénardel", "public"), PERSON.format("Zélie D.", "retire")
    _told(whole, {HER: public}, {HER: gone})
    git(whole, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", how, whole.as_uri(), "part")
    read = read_source(tmp_path / "part")
    (person,) = with_pasts(withdrawn_people(read.whole), read.whole, read.repository, read.head)
    assert "Zélie D." in person.names


def test_what_older_versions_alone_hold_is_told(tmp_path: Path) -> None:
    paper, joined = (
        "narratives/acteur/portrait.pdf",
        "documents: [{fichier: portrait.pdf, alt: A}]\n",
    )
    old, tale = "narratives/acteur/zelie-q.yaml", "narratives/recit/puits.yaml"
    hers = PERSON.format("Zélie Q.", "public") + joined
    _told(tmp_path, {paper: "%PDF-1.7", old: hers, tale: _tale(_voice("acteur/zelie-q", SPRING))})
    git(tmp_path, "rm", "-q", old, tale, paper)
    person, voice = _told(
        tmp_path,
        {
            HER: PERSON.format("Zélie Q.", "retire") + "anciens_ids: [acteur/zelie-q]\n",
            TALE: _tale(_voice("acteur/zelie-d", SPRING)) + "anciens_ids: [recit/puits]\n",
        },
    )
    assert person.former == (old, paper)
    assert voice.former == (tale,)


ENDED = "{etat: public, portee: [wiki], jusquau: 2020-01-01}"
ELSEWHERE = "{etat: public, portee: [soiree]}"


@pytest.mark.parametrize(
    ("before", "now", "channel", "is_told"),
    [
        ("{etat: public}", ENDED, "wiki-ouvert", True),
        (ENDED, ENDED, "wiki", True),
        ("{etat: public}", ELSEWHERE, "wiki-ouvert", True),
        ("{etat: public}", "{etat: interne}", "wiki-ouvert", True),
        # a closed wiki shows what is internal; nothing was ever shown of who never agreed; what
        # is supposed was not, and who withdrew is told as such
        ("{etat: public}", "{etat: interne}", "wiki", False),
        (ELSEWHERE, "{etat: interne}", "wiki-ouvert", False),
        ("{etat: public, statut: deduit}", "{etat: interne}", "wiki-ouvert", False),
        ("{etat: public}", "{etat: retire}", "wiki-ouvert", False),
        ("{etat: interne}", "{etat: public}", "wiki-ouvert", False),
    ],
)
def test_an_agreement_that_ended_or_was_reduced(
    tmp_path: Path, before: str, now: str, channel: Channel, *, is_told: bool
) -> None:
    def files(consent: str, words: str) -> dict[str, str]:
        her = f"type: acteur\ntitre: Zélie Quénardel\ngenre: personne\nconsentement: {consent}\n"
        voice = _voice("Une habitante", words).replace("{etat: public}", consent)
        return {HER: her, TALE: _tale(_voice("Luc B.", CELLAR), voice)}

    _told(tmp_path, files(before, SPRING), files(now, AUTUMN))
    source = for_readers(read_source(tmp_path), channel)
    notes: dict[str, Any] = {}
    told = [(person.id, person.field) for person in ended(source, notes)]

    places = [("acteur/zelie-d", ""), ("recit/eau", "voix[1]")]
    assert told == (places if is_told else [])
    # what is kept says the same, and names nobody
    assert ended(source, notes) == ended(source, {})
    assert "eau" not in str(notes) and "zelie" not in str(notes)


SHOWN, INSIDE = "consentement: {etat: public}\n", "consentement: {etat: interne}\n"


@pytest.mark.parametrize(
    ("before", "now", "own", "places"),
    [
        # she is shown still, and one voice of hers no longer is
        (SHOWN, SHOWN, INSIDE, [("recit/eau", "voix[0]")]),
        ("public: oui\n", "public: oui\n", INSIDE, [("recit/eau", "voix[0]")]),
        (SHOWN, INSIDE, INSIDE, [("acteur/zelie-d", ""), ("recit/eau", "voix[0]")]),
        (SHOWN, INSIDE, "", [("acteur/zelie-d", ""), ("recit/eau", "voix[0]")]),
        # an office that was held in public, and is not
        ("public: oui\n", "", "", [("acteur/zelie-d", ""), ("recit/eau", "voix[0]")]),
        (INSIDE, INSIDE, INSIDE, []),
        ("", "", "", []),
    ],
)
def test_a_voice_that_followed_who_speaks(
    tmp_path: Path, before: str, now: str, own: str, places: list[tuple[str, str]]
) -> None:
    def files(hers: str, consent: str) -> dict[str, str]:
        voice = f"- qui: acteur/zelie-d\n  role: habitant\n  texte: {SPRING}\n"
        her = f"type: acteur\ntitre: Zélie Quénardel\ngenre: personne\n{hers}"
        return {HER: her, TALE: _tale(voice + (consent and f"  {consent}"))}

    _told(tmp_path, files(before, ""), files(now, own))
    source = for_readers(read_source(tmp_path), "wiki-ouvert")
    notes: dict[str, Any] = {}

    assert [(person.id, person.field) for person in ended(source, notes)] == places
    assert ended(source, notes) == ended(source, {})


def test_without_git_the_files_of_today_are_all_there_is(tmp_path: Path) -> None:
    (tmp_path / HER).parent.mkdir(parents=True)
    (tmp_path / HER).write_text(PERSON.format("Zélie D.", "retire"), "utf-8")
    (tmp_path / "loosbot.yaml").write_text("corpus: eau\n", "utf-8")
    read = read_source(tmp_path)
    people = withdrawn_people(read.whole)
    assert with_pasts(people, read.whole, None, None) == tuple(people)
