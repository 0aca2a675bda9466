"""Any text that check lets through is rendered in little time; the others are told at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from corpora import reading

from loosbot.corpus.decoding import MAX_BYTES, MOST_SIGNS
from loosbot.render.pages import render


def in_paragraphs(piece: str) -> Callable[[int], str]:
    """A text of ``size`` signs in paragraphs just short of the longest that is formatted."""

    def text(size: int) -> str:
        block = piece * (15_000 // len(piece))
        rest = size % 15_000 // len(piece)
        return "\n\n".join([block] * (size // 15_000) + [piece * rest])

    return text


def repeated(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece))


SHAPES: dict[str, Callable[[int], str]] = {
    "words": in_paragraphs("mot "),
    "bold that never ends": in_paragraphs("***a "),
    "italics": in_paragraphs("*a*b "),
    "overlapping": in_paragraphs("**a* "),
    "code that never ends": in_paragraphs("``a "),
    "line breaks": in_paragraphs("a  \n"),
    "links that never end": in_paragraphs("["),
    "links": in_paragraphs("[a](livre.md) "),
    "tags": in_paragraphs("<b>"),
    "escapes": in_paragraphs("\\*"),
    "apostrophes": in_paragraphs("'"),
    "addresses": in_paragraphs("http://a.fr/x "),
    "items": repeated("- a\n"),
    "quotes": repeated("> a\n"),
    "deep quotes": repeated(">" * 40 + " a\n\n"),
    "notes": repeated("mot[^1]\n\n"),
    "rows": lambda size: "| a | b |\n|---|---|\n" + "| a | b |\n" * (size // 10),
    "code": repeated("    a\n\n"),
    "fences": repeated("```\na\n```\n"),
    "headings": repeated("## a\n\n"),
    "paragraphs": repeated("a\n\n"),
}


def page(text: str) -> dict[str, str]:
    return {
        "loosbot.yaml": "corpus: essai\n",
        "pages/livre.md": f"---\ntitre: Le livre\n---\n\n{text}\n",
    }


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_what_check_lets_through_is_rendered_in_time(shape: str, tmp_path: Path) -> None:
    size = MAX_BYTES - 1000
    codes: set[str] = set()
    # the largest text of this shape that is read: half as much again and again
    for attempt in range(16):
        text = SHAPES[shape](size)
        begun = time.process_time()
        read = reading(tmp_path / str(attempt), page(text))
        if read.corpus is not None:
            render(read.corpus, {})
        assert time.process_time() - begun < 5, (shape, size)
        if read.corpus is not None:
            break
        codes |= {finding.code for finding in read.findings if finding.severity == "error"}
        size = size * 3 // 4
    assert read.corpus is not None
    assert codes <= {"trop-de-signes", "texte-trop-long"}


@pytest.mark.parametrize("signs", [MOST_SIGNS - 20, MOST_SIGNS + 1])
def test_one_sign_too_many_is_told_with_its_place(signs: int, tmp_path: Path) -> None:
    # the lines and the dashes at its head count too
    read = reading(tmp_path, page("a*" * signs))

    findings = [finding for finding in read.findings if finding.code == "trop-de-signes"]
    assert bool(findings) is (signs > MOST_SIGNS)
    if findings:
        assert (findings[0].path, findings[0].line) == ("pages/livre.md", 5)
        assert "Répartissez" in findings[0].hint
