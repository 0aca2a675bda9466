"""What a link inside a sentence is everywhere but on the page of its record: its words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from corpora import corpus, reading, write
from gits import commit, git
from test_every_value import COLORS, MINIMAL, WORDS, everything, picture, put
from test_inline_links import NEVER_SHOWN, keys, linked

from loosbot.cli import main
from loosbot.corpus.current import with_current_ids
from loosbot.corpus.inlinelinks import corpus_without_links
from loosbot.corpus.model import RECORD_TYPES
from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.values import at
from loosbot.fields.parameters import FICHES
from loosbot.render import pages
from loosbot.render.pagecache import Renderings

CONSENT = {"etat": "public", "portee": ["wiki", "dump-public", "dump-recherche"]}
SIGNS = ("](lieu", "](../lieu")
DAY = date(2020, 6, 15)


def sentence(path: tuple[str, ...]) -> str:
    return f"Voir [les mots](lieu/deux) de {'.'.join(path)}"


def whole_record(kind: str) -> dict[str, Any]:
    """A record with a link in each of its sentences."""
    data = dict(everything(kind).data)
    for path in linked(kind):
        if not set(keys(path)) & set(NEVER_SHOWN) and isinstance(at(data, path), str):
            data = put(data, path, sentence(keys(path)))
    data["titre"] = f"{kind} tout"
    if isinstance(data.get("engagements"), list):
        data["engagements"][0]["id"] = "autre"
    for voice in data.get("voix", ()):
        voice.update(consentement=CONSENT, qui="acteur/un")
    return {key: value for key, value in data.items() if key not in ("relectures", "anciens_ids")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("liens")
    for kind in RECORD_TYPES:
        for word in WORDS:
            record = {"type": kind, "titre": f"{kind} {word}", **MINIMAL.get(kind, {})}
            text = yaml.safe_dump(record, allow_unicode=True)
            joined = {f"narratives/{kind}/{word}.png": picture(COLORS[word])}
            write(root, {f"narratives/{kind}/{word}.yaml": text, **joined})
        text = yaml.safe_dump(whole_record(kind), allow_unicode=True, sort_keys=False)
        write(root, {f"narratives/{kind}/tout.yaml": text})
    commit(root, "Premier état du corpus")
    return root


def loosbot(root: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--corpus", str(root)])
    assert result.exit_code == 0, result.output
    return str(result.output)


COMMANDS = (
    *(("trace", "--format", kind) for kind in ("text", "json", "csv", "html")),
    *(("rappels", "--format", kind) for kind in ("ics", "atom", "text")),
    *(("handover", "--format", kind) for kind in ("text", "json", "html")),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: "-".join(words[::2]))
def test_a_report_says_the_words_and_no_sign(command: tuple[str, ...], folder: Path) -> None:
    output = loosbot(folder, *command)
    if command[0] != "rappels":
        assert "les mots" in output
    assert not any(sign in output for sign in SIGNS)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "holds"),
    [
        (("dump", "build", "{}", "--edition", "recherche", "--recipient", "x",
          "--expires", "2099-01-01"), "data/projets.csv"),
        (("dump", "build", "{}"), "data/lieux.csv"),
        (("site", "{}"), "projet/tout.html"),
    ],
    ids=("recherche", "publique", "site"),
)  # fmt: skip
def test_a_folder_says_the_words_and_no_sign(
    command: tuple[str, ...], holds: str, folder: Path, tmp_path: Path
) -> None:
    loosbot(folder, *(word.format(tmp_path / "la") for word in command))
    assert (tmp_path / "la" / holds).is_file()
    files = [path for path in (tmp_path / "la").rglob("*") if path.is_file()]
    spoiled = [path.name for path in files for sign in SIGNS if sign.encode() in path.read_bytes()]
    assert spoiled == []
    if command[0] == "site":
        page = (tmp_path / "la" / holds).read_text(encoding="utf-8")
        assert 'Voir <a href="../lieu/deux.html">les mots</a> de resultats.texte' in page
    if "recherche" in command:
        assert "Voir les mots de" in (tmp_path / "la" / holds).read_text(encoding="utf-8")


def test_every_page_of_the_wiki_shows_no_sign(folder: Path) -> None:
    whole = corpus(folder, {})
    bodies = {page.id: page.body for page in pages.each(whole, {}, DAY)}
    assert [id_ for id_, body in bodies.items() if any(sign in body for sign in SIGNS)] == []
    assert all("|les mots]]" in bodies[f"{kind}/tout"] for kind in FICHES)
    assert any("les mots" in body for id_, body in bodies.items() if id_.startswith("index/"))


@pytest.mark.slow
def test_a_comparison_quotes_the_words(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copie"
    git(tmp_path, "clone", "--quiet", str(folder), str(copy))
    file = copy / "narratives/projet/tout.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[les mots](lieu/deux) de recurrence", "[ceux](lieu/un) d’ici"))
    commit(copy, "Une autre récurrence")
    file.write_text(text.replace("[les mots](lieu/deux) de recurrence", "[ceux](lieu/deux) d’ici"))
    commit(copy, "Un autre lien")

    output = loosbot(copy, "diff", "HEAD~2", "HEAD")
    assert "passe de « Voir les mots de recurrence » à « Voir ceux d’ici »" in output
    assert "est réécrit : « Voir ceux d’ici »" in loosbot(copy, "diff", "HEAD~1", "HEAD")


PROJECT = "type: projet\ntitre: Les bancs\nthemes: [voirie]\nannee: 2018\n"
PLACE = "type: lieu\ntitre: La place\ngenre: site\nanciens_ids: [lieu/marche]\n"


def files(text: str, **more: str) -> dict[str, str]:
    return {
        "narratives/projet/banc.yaml": f"{PROJECT}resultats:\n- {text}\n",
        "narratives/lieu/place.yaml": PLACE,
        **{f"narratives/{name.replace('_', '/')}.yaml": text for name, text in more.items()},
    }


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Sur la [place](lieu/plasse).", "Vouliez-vous écrire « lieu/place » ?"),
        ("Sur la [place](lieu/zzz).", "Créez narratives/lieu/zzz.yaml, ou retirez ce lien."),
        ("Sur la [place](../lieu/plasse.yaml).", "Vouliez-vous écrire « lieu/place » ?"),
    ],
)
def test_a_link_that_leads_nowhere_is_a_fault(tmp_path: Path, text: str, hint: str) -> None:
    [fault] = reading(tmp_path, files(text)).findings
    assert (fault.code, fault.severity, fault.line) == ("lien-inconnu", "error", 6)
    assert fault.column == 3 + text.index("(") + 1
    assert fault.hint == hint


@pytest.mark.parametrize("text", ["Voir [1](p. 3).", "Il a dit « [sic] ».", "[un site](a/b)"])
def test_brackets_that_are_no_link_are_no_fault(tmp_path: Path, text: str) -> None:
    read = reading(tmp_path, files(f'"{text}"'))
    assert read.findings == ()
    assert read.corpus
    assert corpus_without_links(read.corpus) is read.corpus


@pytest.mark.parametrize(
    "target", ["lieu/place", "lieu/marche", "../lieu/place.yaml", "/narratives/lieux/place.yaml"]
)
def test_a_link_by_path_or_by_a_former_id_is_one(tmp_path: Path, target: str) -> None:
    whole = corpus(tmp_path, files(f"Sur la [place]({target})."))
    assert [link.path for link in whole.backlinks["lieu/place"]] == [("resultats", 0)]
    shown = with_current_ids(whole).records["projet/banc"].data["resultats"]
    assert shown == ["Sur la [place](lieu/place)."]
    body = pages.render(whole, {})["projet/banc"].body
    assert "* Sur la [[La place|place]]." in body
    assert corpus_without_links(whole).records["projet/banc"].data["resultats"] == ["Sur la place."]
    assert whole.records["projet/banc"].data["resultats"] == [f"Sur la [place]({target})."]


@pytest.mark.parametrize(
    ("state", "words"), [("retire", "personne retirée"), ("interne", "personne non nommée")]
)
def test_a_link_to_who_is_masked_goes_with_its_words(
    tmp_path: Path, state: str, words: str
) -> None:
    person = f"type: acteur\ntitre: Zoé Q.\ngenre: personne\nconsentement: {{etat: {state}}}\n"
    them = "[la voisine](acteur/zoe-q) et [elle](../acteur/zoe-q.yaml)"
    text = f"Avec {them}, sur la [place](lieu/place)."
    whole = corpus(tmp_path, files(text, **{"acteur_zoe-q": person}))
    shown = for_channel(whole, "wiki-ouvert", DAY)
    assert shown.records["projet/banc"].data["resultats"] == [
        f"Avec {words} et {words}, sur la [place](lieu/place)."
    ]
    assert "acteur/zoe-q" not in shown.backlinks
    assert [link.source for link in shown.backlinks["lieu/place"]] == ["projet/banc"]


def test_a_spreadsheet_holds_the_link_as_it_is_typed(tmp_path: Path) -> None:
    text = "Au printemps, sur la [place](lieu/place)"
    corpus(tmp_path, files(f"Oui.\nrecurrence: {text}"))
    commit(tmp_path, "Premier état du corpus")
    loosbot(tmp_path, "export", "projet", "--format", "csv", "--out", str(tmp_path / "p.csv"))
    assert text in (tmp_path / "p.csv").read_text(encoding="utf-8-sig")


def test_a_kept_page_is_made_again_where_a_link_leads_elsewhere(tmp_path: Path) -> None:
    renderings = Renderings()
    bodies = []
    for target in ("lieu/place", "projet/banc", "lieu/place"):
        whole = corpus(tmp_path, files(f"Sur la [place]({target})."))
        fresh = pages.render(whole, {})
        kept = pages.render(whole, {}, renderings=renderings)
        assert {id_: page.body for id_, page in kept.items()} == {
            id_: page.body for id_, page in fresh.items()
        }
        bodies.append(kept["projet/banc"].body)
    assert "* Sur la [[La place|place]]." in bodies[0]
    assert "* Sur la [[Les bancs|place]]." in bodies[1]
    assert bodies[2] == bodies[0]
