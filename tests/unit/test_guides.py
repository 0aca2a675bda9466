"""The guides: each link leads somewhere, each command is one, each example passes ``check``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from corpora import reading

from loosbot import __version__
from loosbot.cli import COMMANDS
from loosbot.sync.planned import WAITS, Action

ROOT = Path(__file__).resolve().parents[2]
GUIDES = sorted([*ROOT.glob("docs/*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)")
_COMMAND = re.compile(r"(?:^|`|&& |bin/)loosbot ([a-z]+)", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def _anchor(heading: str) -> str:
    """The fragment that a forge gives to a heading."""
    words = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return "#" + words.replace(" ", "-")


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_loosbot_is_installed_from_where_it_is(guide: Path) -> None:
    # it is on no registry, where somebody else may take its name
    for line in guide.read_text("utf-8").splitlines():
        if "pip install" in line and "pip install loosbot` ne trouve rien" not in line:
            assert re.search(r"pip install (--\S+ )*('?\.|.* @ git\+)", line), line


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_each_link_of_a_guide_leads_somewhere(guide: Path) -> None:
    lost = []
    for target, anchor in _LINK.findall(_FENCE.sub("", guide.read_text("utf-8"))):
        file = (guide.parent / target).resolve() if target else guide
        if target.split("/")[0] in ("projet", "lieu"):
            continue  # an example of a link between records
        if not file.exists():
            lost.append(target)
        elif anchor and file.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", file.read_text("utf-8"), re.MULTILINE)
            if anchor not in map(_anchor, headings):
                lost.append(target + anchor)
    assert lost == []


@pytest.mark.parametrize(
    "guide",
    ["README.md", "docs/README.md", "docs/passer-la-main.md", "docs/nouveautes.md"],
)
def test_each_command_of_a_guide_is_one(guide: str) -> None:
    named = set(_COMMAND.findall((ROOT / guide).read_text("utf-8")))
    assert named
    assert named <= COMMANDS.keys()


def test_the_guide_names_every_action_of_a_plan() -> None:
    text = (ROOT / "docs/exploitation.md").read_text("utf-8")
    table = text.partition("| Action | Sens |")[2].partition("\n\n")[0]
    rows = [re.findall(r"`([a-z-]+)`", row.split("|")[1]) for row in table.splitlines()[2:]]
    assert sorted(name for row in rows for name in row) == sorted(get_args(Action))
    assert {name for row in rows[-6:] for name in row} == WAITS


def test_the_door_asks_who_you_are_and_answers_briefly() -> None:
    text = (ROOT / "docs/README.md").read_text("utf-8")
    parts = text.split("\n## ")[1:]

    assert len(parts) == 6
    for part in parts:
        lines = [line for line in part.splitlines()[1:] if line.strip()]
        assert len(lines) <= 10, part
        assert _LINK.search(part), part


def test_the_readme_is_in_french_first() -> None:
    french, _, english = (ROOT / "README.md").read_text("utf-8").partition("\n# In English\n")

    assert "La mémoire d’une commune" in french
    assert "docs/README.md" in french
    assert "make demo" in french
    assert "make test" in english


def test_a_town_can_read_what_is_new_in_this_version() -> None:
    text = (ROOT / "docs/nouveautes.md").read_text("utf-8")

    assert f"\n## {__version__}\n" in text
    assert f"\n## {__version__} " in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("guide", ["autre-commune.md", "serveur.md", "trace.md"])
def test_the_settings_that_a_guide_shows_are_taken(guide: str, tmp_path: Path) -> None:
    text = (ROOT / "docs" / guide).read_text("utf-8")
    [block] = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)

    for settings, codes in ((block, []), (f"{block}inconnu: 1\n", ["cle-inconnue"])):
        findings = reading(tmp_path, {"loosbot.yaml": f"corpus: essai\n{settings}"}).findings
        assert [finding.code for finding in findings] == codes, findings


def test_the_example_of_a_reply_passes(tmp_path: Path) -> None:
    [example] = re.findall(
        r"^```yaml\n(type: recit.*?)^```$",
        (ROOT / "docs/personnes.md").read_text("utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    first = example.replace("repond_a: recit/un-banc-pour-la-rue\n", "").replace(
        "Ce que", "Ce qu’un"
    )
    files = {
        "narratives/recit/reponse.yaml": example,
        "narratives/recit/un-banc-pour-la-rue.yaml": first,
    }

    findings = reading(tmp_path, files).findings

    assert [finding for finding in findings if finding.severity == "error"] == []
