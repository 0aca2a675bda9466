"""A number written out in a title is the number of what stands under it: « Sept questions »."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NUMBERS = {
    word: number
    for number, word in enumerate(
        ("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"),
        start=2,
    )
}
_TITLE = re.compile(r"^(#+) +(.*)$", re.MULTILINE)
_KINDS = (
    re.compile(r"^(?:- |[0-9]+\. )", re.MULTILINE),  # items
    re.compile(r"^\*\*", re.MULTILINE),  # paragraphs that begin in bold
    re.compile(r"^## ", re.MULTILINE),  # titles under a title
)


def counted() -> list[tuple[str, str, int, str]]:
    """Page, title, the number that it begins with, and what stands under it."""
    sections = []
    for path in sorted((ROOT / "pages").glob("*.md")):
        text = path.read_text("utf-8")
        titles = list(_TITLE.finditer(text))
        for rank, title in enumerate(titles):
            words = re.split(r"[ ’]", title[2].lower())
            number = NUMBERS.get(words[words[0] == "les"] if len(words) > 1 else words[0])
            if number is None:
                continue
            level = len(title[1])
            end = next(
                (title.start() for title in titles[rank + 1 :] if len(title[1]) <= level), None
            )
            sections.append((path.stem, title[2], number, text[title.end() : end]))
    return sections


@pytest.mark.parametrize(("page", "title", "number", "under"), counted())
def test_what_is_counted_is_there(page: str, title: str, number: int, under: str) -> None:
    assert number in {len(kind.findall(under)) for kind in _KINDS}, (page, title)


def test_there_is_something_to_count() -> None:
    assert len(counted()) >= 6


def test_no_page_counts_the_records_in_letters() -> None:
    """« Les dix-neuf » fifty-fifties were sixteen the day after."""
    tens = re.compile(r"\b(?:dix|vingt|trente|quarante|cinquante|soixante)[- ]", re.IGNORECASE)
    records = re.compile(r"fiches|récits|projets|fifty-fifty|points|idées", re.IGNORECASE)
    named = [
        (path.stem, line)
        for path in sorted([*(ROOT / "pages").glob("*.md"), *(ROOT / "pages/index").glob("*.yaml")])
        for line in path.read_text("utf-8").splitlines()
        if line.startswith(("titre:", "resume:", "#"))
        and tens.search(line)
        and records.search(line)
    ]
    assert named == []
