"""The corpus accounts for everything that its source document holds.

``tests/data/couverture.txt`` lists the source's projects, fifty-fifties, narratives, figures,
dates, notes, devices, actors, sheets and words, each with the record or page that tells it and
with what must be read there: a number, a name, a link, a few words.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.privacy.consent import for_channel
from loosbot.corpus.tree import FolderTree
from loosbot.render.pages import render
from loosbot.render.rendered import RenderedPage

ROOT = Path(__file__).parents[2]
COVERAGE = ROOT / "tests" / "data" / "couverture.txt"

IDENTIFIERS = {
    "P": 45,
    "P46": 24,
    "FF": 19,
    "B": 7,
    "voix": 40,
    "lieu": 26,
    "chiffre": 68,
    "note": 43,
    "acteur": 102,
    "D": 46,
    "texte": 153,
    "hors": 3,
    "effet": 32,
    "limite": 26,
    "vigilance": 15,
    "levier": 13,
    "theme": 14,
    "dispositif": 34,
    "demande": 8,
    "date": 76,
    "notion": 18,
    "page": 15,
    "ambiguite": 67,
    "manque": 29,
    "methode": 7,
}
"""How many different things of each family the source holds."""

VOCABULARIES = {
    "effet": ("resultats", "effets"),
    "limite": ("limites",),
    "vigilance": ("vigilances",),
    "levier": ("leviers",),
}
"""Vocabulary -> the indexes that define its values and gather the records that have them."""


def _lines() -> list[tuple[str, str, str]]:
    lines = []
    for line in COVERAGE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            identifier, target, *words = line.split("\t")
            lines.append((identifier, target, words[0] if words else ""))
    return lines


def _path(target: str) -> Path:
    """``pages/notions`` is a Markdown file, ``pages/index/limites`` an index, others records."""
    if target.startswith("pages/index/"):
        return ROOT / f"{target}.yaml"
    if target.startswith("pages/"):
        return ROOT / f"{target}.md"
    return ROOT / "narratives" / f"{target}.yaml"


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").split()).casefold()


def _holds(text: str, words: str) -> bool:
    """A value is the whole of its field: ``valeur: 8`` is not in ``valeur: 8 à 12``."""
    if words.startswith("valeur: "):
        return re.search(rf"(?m)(?:^|[ {{,]){re.escape(words)}(?:$|[,}}])", text) is not None
    pattern = rf"(?<![\w-]){re.escape(_plain(words))}(?!\w|\.\d)"
    return re.search(pattern, _plain(text)) is not None


def _family(identifier: str) -> str:
    match = re.match(r"P46|P|FF|B|D|[a-z]+", identifier)
    assert match, f"no family: {identifier}"
    return match[0]


def test_every_identifier_of_the_source_is_listed() -> None:
    families = Counter(
        _family(identifier) for identifier in {identifier for identifier, _, _ in _lines()}
    )
    assert families == IDENTIFIERS


def test_every_target_exists() -> None:
    missing = [
        f"{identifier} -> {target}"
        for identifier, target, _ in _lines()
        if not _path(target).is_file()
    ]
    assert missing == []


def test_every_target_tells_what_is_expected() -> None:
    silent = [
        f"{identifier} -> {target}: {words}"
        for identifier, target, words in _lines()
        if words and not _holds(_path(target).read_text(encoding="utf-8"), words)
    ]
    assert silent == []


def test_all_is_checked_by_its_words_but_whole_pages() -> None:
    """What a record holds is asked of it: its facts and the sections that it comes from."""
    loose = [
        identifier
        for identifier, _, words in _lines()
        if not words and _family(identifier) not in {"hors", "page"}
    ]
    assert loose == []


@pytest.fixture(scope="module")
def shown() -> dict[str, RenderedPage]:
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus is not None
    return render(for_channel(corpus, "wiki", date(2020, 1, 1)), {})


@pytest.mark.parametrize("name", sorted(VOCABULARIES))
def test_every_word_of_a_vocabulary_has_its_part_with_definition_section_and_records(
    name: str, shown: dict[str, RenderedPage]
) -> None:
    schema = json.loads((ROOT / "schemas" / "vocabulaires" / f"{name}.json").read_text("utf-8"))
    text = "".join(shown[f"index/{index}"].body for index in VOCABULARIES[name])
    for value in schema["oneOf"]:
        head = f"== {value['title']} ==\n\n{value['description']} <small>(référentiel, § "
        assert f"{head}{value['x-section']})</small>" in text
        assert value["x-section"]


def test_every_dated_line_of_the_source_is_in_the_chronology(
    shown: dict[str, RenderedPage],
) -> None:
    """Each of them is written in a record, and the chronology has gathered that record."""
    body = shown["index/chronologie"].body
    targets: dict[str, list[str]] = {}
    for identifier, target, _ in _lines():
        if _family(identifier) == "date":
            targets.setdefault(identifier, []).append(target)
    corpus = load_corpus(FolderTree(ROOT)).corpus
    assert corpus is not None
    missing = [
        identifier
        for identifier, records in targets.items()
        if not any(f"{corpus.records[id_].title}]]" in body for id_ in records)
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("valeur: 8\nunite: axes\n", "valeur: 8", True),
        ("valeur: 82\n", "valeur: 8", False),
        ("valeur: 8 à 12\n", "valeur: 8", False),
        ("- {quoi: axes, valeur: 8, unite: axes}\n", "valeur: 8", True),
        ("date: 2018-06-15\n", "2018-06-15", True),
        ("date: 12018\n", "2018", False),
        ("sources: [referentiel § 4.2.2]\n", "referentiel § 4.2", False),
        ("- Ch’ti  TAIDx\n", "ch'ti taidx", True),
        ("rien\n", "2018", False),
    ],
)
def test_words_are_looked_for_as_wholes(text: str, words: str, expected: bool) -> None:
    assert _holds(text, words) is expected


def test_figures_that_disagree_point_at_each_other() -> None:
    contradicts = {}
    for path in sorted((ROOT / "narratives" / "indicateur").glob("*.yaml")):
        match = re.search(r"^contredit: (\S+)$", path.read_text("utf-8"), re.MULTILINE)
        if match:
            contradicts[f"indicateur/{path.stem}"] = match[1]
    assert len(contradicts) >= 12
    assert [
        figure for figure, other in contradicts.items() if contradicts.get(other) != figure
    ] == []
