"""What we keep beside the corpus is rid of the words of whoever withdrew."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from loosbot.corpus.check.filecache import write_cache
from loosbot.corpus.model import Config, Corpus, Record
from loosbot.corpus.privacy.earlier import with_earlier
from loosbot.corpus.privacy.mentions import MentionTest
from loosbot.corpus.privacy.withdrawals import withdrawn_people
from loosbot.erasure import forget
from loosbot.files import private_folder
from loosbot.push.publish import PublicationResult
from loosbot.sync import planfile
from loosbot.sync.block import Key
from loosbot.sync.facts import FactCache
from loosbot.sync.outcome import Outcome
from loosbot.sync.planned import PageFact, Plan, PlannedPage
from loosbot.wiki.revisions import PageState, Revision

WORDS = "Je voulais un banc à l'ombre depuis la mort de mon mari."


def corpus(state: str, text: str = WORDS) -> Corpus:
    voices = [{"qui": "Zélie D.", "texte": text, "consentement": {"etat": state}}]
    record = Record(
        "recit/banc", "recit", "narratives/recit/banc.yaml", {"titre": "T", "voix": voices}
    )
    return Corpus(Config("essai"), {record.id: record}, {}, {}, {}, (), {})


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    cache = tmp_path / "cache/loosbot"
    (cache / "fiches").mkdir(parents=True)
    (cache / "faits-1.json").write_text(WORDS)
    (cache / "fiches/banc.json").write_text(WORDS)
    return {"XDG_CACHE_HOME": str(tmp_path / "cache")}


def kept(env: dict[str, str]) -> set[str]:
    cache = Path(env["XDG_CACHE_HOME"], "loosbot")
    return {path.name for path in cache.rglob("*") if path.is_file()}


def test_the_caches_are_emptied_once_for_each_withdrawal(env: dict[str, str]) -> None:
    assert forget(corpus("public"), env) == []
    assert kept(env) == {"faits-1.json", "banc.json"}

    forget(corpus("retire"), env)
    assert kept(env) == {"oublis"}
    marks = Path(env["XDG_CACHE_HOME"], "loosbot/oublis")
    assert "banc" not in marks.read_text()

    marks.with_name("faits-2.json").write_text("{}")
    forget(corpus("retire"), env)
    assert kept(env) == {"oublis", "faits-2.json"}

    # her words left the file: what was kept of it goes as well
    forget(corpus("retire", "x"), env)
    assert kept(env) == {"oublis"}


def test_what_a_clone_of_before_a_withdrawal_writes_after_it_goes_too(env: dict[str, str]) -> None:
    cache = Path(env["XDG_CACHE_HOME"], "loosbot")
    for before in (corpus("public"), corpus("retire", "x")):
        forget(corpus("retire"), env)
        forget(before, env)
        (cache / "faits-2.json").write_text(WORDS)
        forget(corpus("retire"), env)
        assert kept(env) == {"oublis"}


def test_what_was_read_and_kept_since_stays(env: dict[str, str]) -> None:
    cache = Path(env["XDG_CACHE_HOME"], "loosbot")
    since = {"mark": MentionTest(corpus("retire")).mark}
    for folder, stored in (
        ("lus-since", [since, since]),
        ("lus-before", [since, {"mark": "another"}]),
        ("lus-odd", [since, []]),
        ("pages-since", [since]),
    ):
        (cache / folder).mkdir()
        (cache / folder / "rien.json").write_text("{}")
        for rank, entries in enumerate(stored):
            write_cache(cache / folder / f"{rank}.json", entries)
    (cache / "lus-elsewhere").symlink_to(cache / "lus-since")

    forget(corpus("retire"), env)
    assert {path.name for path in cache.iterdir()} == {"oublis", "lus-since"}
    assert len(list((cache / "lus-since").iterdir())) == 3


def test_a_draft_loses_her_words_and_nothing_else(env: dict[str, str], tmp_path: Path) -> None:
    drafts = tmp_path / ".loosbot/brouillons"
    drafts.mkdir(parents=True)
    (drafts / "a.json").write_text(
        json.dumps({"texte": f"Elle a dit : « {WORDS} » Merci, ZÉLIE\u00a0D. !", "an": 2018})
    )
    (drafts / "b.yaml").write_text("texte: |\n  Le banc est à l'ombre, dit Zélie\n  D. hier.\n")
    (drafts / "c.json").write_text('{"texte": "Le banc"}')
    (drafts / "d.bin").write_bytes(b"\xff\xfe")

    messages = forget(corpus("retire"), env, tmp_path)

    assert len(messages) == 2 and all(
        name in message for name, message in zip("ab", messages, strict=True)
    )
    first = json.loads((drafts / "a.json").read_text())
    assert first == {
        "texte": "Elle a dit : « [passage non publié]. » Merci, personne retirée !",
        "an": 2018,
    }
    assert (drafts / "b.yaml").read_text() == (
        "texte: |\n  Le banc est à l'ombre, dit personne retirée hier.\n"
    )
    assert (drafts / "c.json").read_text() == '{"texte": "Le banc"}'
    assert forget(corpus("retire"), env, tmp_path) == []


def test_the_drafts_of_the_atelier_lose_them_when_anybody_publishes(
    env: dict[str, str], tmp_path: Path
) -> None:
    env |= {"XDG_STATE_HOME": str(tmp_path / "state")}
    drafts = private_folder(env, tmp_path)
    drafts.mkdir(parents=True)
    answers = {"voix.0.qui": ["Zélie D."], "resume": ["Le banc de Zélie D."]}
    for name, record in (("new", ""), ("corrects", "recit/banc"), ("hers", "acteur/zelie-d")):
        draft = {"id": name, "type": "recit", "record": record, "answers": answers}
        (drafts / f"{name}.json").write_text(json.dumps(draft))
    town = corpus("retire")
    her = {"titre": "Zélie D.", "genre": "personne", "consentement": {"etat": "retire"}}
    own = Record("acteur/zelie-d", "acteur", "narratives/acteur/zelie-d.yaml", her)
    town = replace(town, records={**town.records, own.id: own})

    assert len(forget(town, env, tmp_path)) == 3

    assert not (drafts / "hers.json").exists()
    kept = {
        name: json.loads((drafts / f"{name}.json").read_text())["answers"]
        for name in ("new", "corrects")
    }
    assert kept["new"] == {"voix.0.qui": ["personne retirée"],
                           "resume": ["Le banc de personne retirée"]}  # fmt: skip
    # her name stands in the file that this one corrects, and her words are looked for by it
    assert kept["corrects"]["voix.0.qui"] == ["Zélie D."]
    assert kept["corrects"]["resume"] == ["Le banc de personne retirée"]
    assert forget(town, env, tmp_path) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Zélie D.", False), ("Mme Zélie DUMOULIN, voisine", False), ("Zélie Durand", True)],
)
def test_a_voice_in_a_draft_goes_however_her_name_is_typed(
    env: dict[str, str], tmp_path: Path, typed: str, *, kept: bool
) -> None:
    drafts = tmp_path / ".loosbot/brouillons"
    drafts.mkdir(parents=True)
    answers = {"voix.0.qui": [typed], "voix.0.texte": ["Rien que je n’aie dit ailleurs."]}
    (drafts / "a.json").write_text(json.dumps({"answers": answers}))
    data = {"titre": "Zélie Dumoulin", "genre": "personne", "consentement": {"etat": "retire"}}
    own = Record("acteur/z", "acteur", "narratives/acteur/z.yaml", data)

    forget(Corpus(Config("essai"), {own.id: own}, {}, {}, {}, (), {}), env, tmp_path)

    assert ("voix.0.texte" in json.loads((drafts / "a.json").read_text())["answers"]) is kept


def test_what_was_said_of_earlier_pushes_loses_her_name(
    env: dict[str, str], tmp_path: Path
) -> None:
    env |= {"XDG_STATE_HOME": str(tmp_path / "state")}
    depot = tmp_path / "corpus.git"
    depot.mkdir()
    logs = {
        depot / "loosbot.log": "  « Zélie D. » (acteur/zelie-d) : modifiée par Paul.\n",
        depot / "loosbot.manques": f"Le 3 : {WORDS}\n",
        tmp_path / "state/loosbot/erreur-1.log": "KeyError: 'ZELIE D.'\n",
    }
    (tmp_path / "state/loosbot").mkdir(parents=True)
    for file, text in logs.items():
        file.write_text(text)

    assert len(forget(corpus("retire"), env, depot)) == 3

    left = "".join(file.read_text() for file in logs)
    assert "lie" not in left.lower() and "tilleul" not in left and "mari" not in left
    assert "modifiée par Paul" in left


def test_a_log_loses_the_name_that_she_had_before(env: dict[str, str], tmp_path: Path) -> None:
    log, town = tmp_path / "loosbot.log", corpus("retire")
    log.write_text("« Zélie Quénardel » : renommée en « Zélie D. ».\n1 page mise à jour.\n")
    earlier = {"titre": "T", "voix": [{"qui": "Zélie Quénardel", "texte": WORDS}]}
    (person,) = withdrawn_people(town)
    known = with_earlier(person, town.records["recit/banc"].data, [earlier])

    assert len(forget(town, env, tmp_path, [known])) == 1

    assert "nardel" not in log.read_text() and "1 page mise à jour" in log.read_text()


def test_a_draft_loses_what_she_had_said_otherwise(env: dict[str, str], tmp_path: Path) -> None:
    town = corpus("retire")
    former = "On nous avait promis la lumière jusqu’au bout du chemin des Prés."
    draft = tmp_path / ".loosbot/brouillons/a.json"
    draft.parent.mkdir(parents=True)
    draft.write_text(json.dumps({"answers": {"texte": [f"Elle dit : « {former} » Et puis ?"]}}))
    (person,) = withdrawn_people(town)
    now = town.records["recit/banc"].data
    earlier = {"titre": "T", "voix": [{**now["voix"][0], "texte": former}]}

    assert forget(town, env, tmp_path) == []
    assert len(forget(town, env, tmp_path, [with_earlier(person, now, [earlier])])) == 1

    left = draft.read_text()
    assert "promis" not in left and "chemin" not in left and "Et puis ?" in left


def test_the_log_of_a_push_keeps_nothing_of_who_withdrew() -> None:
    outcome = Outcome("run")
    outcome.duties = (f"    hors du texte publié, à retirer à la main : « {WORDS} »",)
    lines = [*outcome.duties, "« Zélie D. » (acteur/zelie-d) : modifiée.", "1 page mise à jour."]
    done = PublicationResult(outcome, "", tuple(withdrawn_people(corpus("retire"))))

    assert list(done.loggable(lines)) == [
        "Un accord a pris fin, et il reste à faire : « loosbot plan » dit quoi.",
        "1 page mise à jour.",
    ]


def test_a_home_that_cannot_be_written_to_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder")
    assert forget(corpus("retire"), {"XDG_CACHE_HOME": str(tmp_path / "cache")}) == []


def test_no_fact_of_her_page_is_kept(tmp_path: Path) -> None:
    cache = FactCache(tmp_path, "http://wiki/api.php", "Loosbot", "essai")
    cache.keep_not(lambda text: "zelie" in text)
    for id_ in ("acteur/zelie-d", "projet/banc"):
        revision = Revision(7, 0, "Loosbot", "2020-01-01T00:00:00Z", "", 1, "a")
        cache.put(
            Key("essai", id_),
            PageState("T", 0, 3, redirect=False, revision=revision),
            PageFact(7, "block", "", "", 7, "", "T", record=id_),
        )
    cache.save()

    [file] = tmp_path.iterdir()
    assert "projet/banc" in file.read_text()
    assert "zelie" not in file.read_text()


def test_a_plan_file_names_nobody(tmp_path: Path) -> None:
    page = PlannedPage("acteur/zelie-d", "Zélie D.", "Zélie D.", "retire", "Zélie D.", base=1)
    planfile.save(tmp_path / "plan.json", Plan((page,), ()), "http://wiki/api.php", "essai", "1a2b")

    assert "lie" not in (tmp_path / "plan.json").read_text(encoding="utf-8")
    kept = planfile.load(tmp_path / "plan.json", "http://wiki/api.php", "essai")
    assert planfile.moved_on(page, kept) == ""
