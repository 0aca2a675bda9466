"""Who may be met in each room: persons planted in every field, in every command that tells of them.

``docs/personnes.md`` prints the same table for clerks.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from corpora import write
from fiches import FILES
from gits import commit

from loosbot.booklet.build import Cover, document
from loosbot.booklet.contents import chapters, sources
from loosbot.cli import main
from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import Corpus
from loosbot.corpus.privacy.consent import Channel, for_channel
from loosbot.corpus.tree import FolderTree
from loosbot.html.edition import read
from loosbot.render.pages import render

DAY = date(2026, 1, 5)
GONE, SEALED, OVER = "Zélie Quénardel", "Edmond Tancrez", "Clovis Harduin"
INSIDE, SUPPOSED = "Ursule Vanbremeersch", "Odile Prévostat"
CONSENTS = {
    GONE: "{etat: retire}",
    SEALED: "{etat: scelle, jusquau: 2080-01-01}",
    OVER: "{etat: public, jusquau: 2025-12-31}",
    INSIDE: "{etat: interne}",
    SUPPOSED: "{etat: public, statut: deduit, preuve: Filmée}",
}
NOBODY: frozenset[str] = frozenset()
STAFF = frozenset({INSIDE, SUPPOSED})
"""Whom the town hall may read of."""
ALL = " et ".join(CONSENTS)


def _slug(name: str) -> str:
    return _plain(name).replace(" ", "-")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", html.unescape(text)).casefold()
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


def _met(text: str) -> frozenset[str]:
    """Who is told in a text, by name or by what only their record or their voice says."""
    letters = re.sub(r"[\W_]+", "", _plain(text))
    return frozenset(
        name
        for name in CONSENTS
        if _plain(name.split()[1]) in letters or f"mot{_plain(name.split()[0])}" in letters
    )


def _files() -> dict[str, str]:
    files = {
        path: re.sub("§ TEXTE", f"§ 2 chez {GONE} et {INSIDE}", text).replace("TEXTE", ALL)
        for path, text in FILES.items()
    }
    files["loosbot.yaml"] = "corpus: essai\ncommune: Trifouilly\n"
    voices = ""
    for name, consent in CONSENTS.items():
        word = f"MOT{name.split()[0]}"
        files[f"narratives/acteur/{_slug(name)}.yaml"] = (
            f"type: acteur\ntitre: {name}\ngenre: personne\nfonction: Tient {word}\n"
            f"texte: Dans la rue {word}.\nconsentement: {consent}\n"
        )
        voices += (
            f"- {{qui: acteur/{_slug(name)}, role: habitant, date: 2018-05-01,\n"
            f"   texte: '{word} voulait un banc à l’ombre du grand tilleul.',\n"
            f"   consentement: {consent}}}\n"
        )
        files[f"narratives/projet/maison-de-{_slug(name)}.yaml"] = (
            f"type: projet\ntitre: La maison de {name}\nstatut: en-cours\nannee: 2018\n"
            f"referents: [{{qui: acteur/{_slug(name)}, role: Suivi, du: 2018}}]\n"
            f"lieu: [lieu/champ, lieu/chez-{_slug(name)}]\n"
            f"engagements: [{{id: huiler, qui: acteur/{_slug(name)},\n"
            f"  quoi: Huiler le banc de {name}, echeance: 2026-01-20}}]\n"
            f"sources: [note-de-{_slug(name)} § 2, source/note-de-{_slug(name)}]\n"
            f"liens: [recit/conte]\ntexte: Voir [elle](../acteur/{_slug(name)}.yaml).\n"
        )
        files[f"narratives/lieu/chez-{_slug(name)}.yaml"] = (
            f"type: lieu\ntitre: Le champ de {name}\ngenre: site\ndans: lieu/champ\n"
        )
        files[f"narratives/source/note-de-{_slug(name)}.yaml"] = (
            f"type: source\ntitre: Note de {name}\ngenre: document\nannee: 2018\n"
        )
        files[f"narratives/indicateur/bancs-de-{_slug(name)}.yaml"] = (
            f"type: indicateur\ntitre: Bancs de {name}\nvaleur: 3\nunite: bancs\ndate: 2018\n"
            f"projet: projet/maison-de-{_slug(name)}\nsources: [note-de-{_slug(name)}]\n"
        )
    files[f"narratives/recit/ce-que-dit-{_slug(GONE)}.yaml"] = (
        "type: recit\ntitre: Un banc qui penche\nannee: 2018\nvoix:\n"
        "- {qui: des riverains, role: habitant, texte: Il penche.,\n"
        "   consentement: {etat: public, portee: [wiki]}}\n"
    )
    files["narratives/recit/conte.yaml"] = (
        f"type: recit\ntitre: Le conte de {ALL}\nannee: 2018\nplume: acteur/{_slug(GONE)}\n"
        f"relectures: [{{qui: {GONE}, date: 2019-01-01}}]\nvoix:\n{voices}"
    )
    return files


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("rooms") / "corpus", _files())
    commit(root, day=DAY.isoformat())
    return root


@pytest.fixture(scope="module")
def corpus(folder: Path) -> Corpus:
    reading = load_corpus(FolderTree(folder))
    assert reading.corpus, reading.findings
    return reading.corpus


def _run(folder: Path, *words: str) -> str:
    name, *rest = words
    result = CliRunner().invoke(main, [name, "--corpus", str(folder), *rest])
    assert result.exit_code == 0, result.output
    return result.stdout


def _wiki(corpus: Corpus, channel: Channel) -> Iterator[str]:
    for page in render(for_channel(corpus, channel, DAY), {}, DAY).values():
        # the key, by which the page is found again, is refused before the page is made
        yield f"{page.title}\n{re.sub(r'essai:[^]]*', '', html.unescape(page.body))}"


@pytest.mark.parametrize(
    ("channel", "who"), [("wiki", STAFF), ("wiki-ouvert", NOBODY)], ids=["closed", "open"]
)
def test_who_is_named_on_the_wiki(corpus: Corpus, channel: Channel, who: frozenset[str]) -> None:
    assert frozenset().union(*map(_met, _wiki(corpus, channel))) == who


def test_who_is_named_in_a_report(folder: Path) -> None:
    assert _met(_run(folder, "trace", "--format", "html")) == STAFF


@pytest.mark.parametrize("form", ["text", "html"])
def test_who_is_named_in_a_handover(folder: Path, form: str) -> None:
    assert _met(_run(folder, "handover", "--format", form)) == STAFF


@pytest.mark.parametrize("form", ["text", "ics", "atom"])
def test_who_is_named_in_a_reminder(folder: Path, form: str) -> None:
    output = _run(folder, "rappels", "--format", form).replace("\r\n ", "")
    assert "Huiler le banc" in output
    assert _met(output) == STAFF


@pytest.mark.parametrize(("kind", "who"), [("publique", NOBODY), ("interne", STAFF)])
def test_who_is_named_in_the_static_site(
    folder: Path, tmp_path: Path, kind: str, who: frozenset[str]
) -> None:
    result = CliRunner().invoke(
        main, ["site", str(tmp_path / "site"), "--edition", kind, "--corpus", str(folder)]
    )
    assert result.exit_code == 0, result.output
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert len(files) > 15
    text = "".join(f"{file.relative_to(tmp_path)}\n{file.read_text('utf-8')}" for file in files)
    assert "grand champ" in text
    assert _met(text) == who


@pytest.mark.parametrize(("public", "who"), [(True, NOBODY), (False, STAFF)])
def test_who_is_named_in_a_booklet(folder: Path, public: bool, who: frozenset[str]) -> None:
    shown = read(folder, public=public)
    houses = (f"projet/maison-de-{_slug(name)}" for name in CONSENTS)
    ids = ("recit/conte", "fifty-fifty/chemins", "passation", *houses)
    parts = chapters(shown.corpus, ids, shown.today)
    cited = sources(shown.corpus, [part.id for part in parts])
    text = document(Cover("Livret", shown.town, shown.day, shown.commit, ""), parts, cited)
    assert "Le conte de" in text and "La maison de" in text
    assert _met(text) == who


def test_in_a_spreadsheet_is_everything_since_it_comes_back(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "recits.csv"
    words = ["export", "recit", "--out", str(file), "--corpus", str(folder)]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0
    assert _met(file.read_text("utf-8")) == frozenset(CONSENTS)
    assert "ne l’envoyez pas hors de la mairie" in done.stderr


def test_whoever_withdrew_comes_into_no_new_file(folder: Path) -> None:
    for slug, kept in ((_slug(GONE), None), (_slug(INSIDE), f"acteur/{_slug(INSIDE)}")):
        _run(folder, "new", "projet", "--titre", "Un autre", "--depuis",
             f"projet/maison-de-{slug}", "--yes")  # fmt: skip
        file = folder / "narratives/projet/un-autre.yaml"
        made = yaml.safe_load(file.read_text(encoding="utf-8"))
        file.unlink()
        assert made["lieu"][0] == "lieu/champ"
        assert [referent["qui"] for referent in made.get("referents", ())] == (
            [kept] if kept else []
        )


def test_a_file_that_bears_a_name_is_told_by_check(folder: Path) -> None:
    output = (
        CliRunner().invoke(main, ["check", "--format", "github", "--corpus", str(folder)]).output
    )
    named = re.findall(r"file=([^,]*),[^\n]*nom-dans-le-fichier", output)
    assert named == sorted(
        [
            f"narratives/recit/ce-que-dit-{_slug(GONE)}.yaml",
            *(
                f"narratives/{kind}-{_slug(name)}.yaml"
                for kind in (
                    "projet/maison-de",
                    "lieu/chez",
                    "source/note-de",
                    "indicateur/bancs-de",
                )
                for name in CONSENTS
            ),
        ]
    )


def _check(root: Path, name: str, slug: str, consent: str) -> list[str]:
    files = {
        "narratives/acteur/elle.yaml": f"type: acteur\ntitre: {name}\ngenre: personne\n{consent}\n",
        f"narratives/projet/{slug}.yaml": "type: projet\ntitre: Un banc\n",
    }
    done = CliRunner().invoke(main, ["check", "--corpus", str(write(root, files))])
    return re.findall(r"\[(nom-[\w-]*)\]", done.output)


@pytest.mark.parametrize(
    ("name", "slug", "consent", "warned"),
    [
        ("Angélique C.", "le-banc-d-angelique-c", "consentement: {etat: interne}", True),
        ("Angélique C.", "le-banc-d-angelique-c", "consentement: {etat: public}", False),
        ("Angélique C.", "angelique-carpentier", "consentement: {etat: interne}", False),
        ("Angélique C.", "angelique-a-dit", "consentement: {etat: interne}", False),
        ("Jean Roger", "place-jean-roger", "public: oui", False),
        ("Marie Rose", "le-jardin-des-roses", "consentement: {etat: interne}", False),
        ("Marie Dubrulle", "chez-les-dubrulle", "consentement: {etat: interne}", True),
    ],
)
def test_which_files_bear_a_name(
    tmp_path: Path, name: str, slug: str, consent: str, warned: bool
) -> None:
    assert _check(tmp_path, name, slug, consent) == (["nom-dans-le-fichier"] if warned else [])
