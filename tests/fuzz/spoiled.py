"""Bytes that were sound before somebody spoilt them: where the drawing of inputs begins."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

_ANYWHERE = (
    *("9" * 5000, "²", "٣", "1e999", "-1", "0000-00-00", "2026-99-99", "\0", "\x1b]0;x\x07"),
    *("\u009b2J", "\u202e", "\u2028", "\ufeff", "\ud7ff", "e\u0301" * 9, "'" * 99, "a" * 999),
    *(" " * 99, "\n" * 99, "\r", "../../x", "file:///etc/passwd", "=1+1", "&amp;", "&#x110000;"),
    *("<", ">", "\\", "%00"),
)
_WORDS = {
    "yaml": (
        *("---\n", "...\n", "- ", "? ", ": ", "&a ", "*a", "<<: *a", "!!python/object:os.system "),
        *("!!binary ", "%YAML 1.1\n", "|\n", ">-\n", "[", "]", "{", "}", "\t", "# ", '"', "'"),
        *("inconnu", "type: recit\n", "[^1]", "[^1]: ", "```", "> " * 45, "* " * 45, "![", "]("),
        *("| a |\n|---|\n", "**", "~~~"),
    ),
    "wikitext": (
        *(
            "{{",
            "}}",
            "[[",
            "]]",
            "{|",
            "|}",
            "|-",
            "||",
            "!",
            "|",
            "=",
            "'''''",
            "<ref>",
            "</ref>",
        ),
        *("<ref name=a/>", "<nowiki>", "</nowiki>", "<pre>", "<!--", "-->", "<br>", "<b", "</b>"),
        *("<table>", "<li>", "* ", "# ", ": ", "; ", "----", "== a ==", "~~~~", "__TOC__", "{{{1|"),
        *("}}}", "<gallery>", "[http://a ", "<math>"),
    ),
    "dump": (
        *('"', ",", ";", "{", "}", "[", "]", "null", "true", "<a>", "</a>", "<!DOCTYPE a ["),
        *("<!ENTITY b 'c'>", "PK\x03\x04", "SQLite format 3", "PAR1", "startPosition="),
        *("primaryKey", "foreignKeys"),
    ),
}


@st.composite
def inputs(draw: st.DrawFn, language: str, seeds: Mapping[str, bytes]) -> tuple[str, bytes]:
    """One of ``seeds``, with its name, after a few cuts, copies, insertions and noise."""
    name = draw(st.sampled_from(sorted(seeds)))
    data = seeds[name]
    words = [word.encode() for word in (*_WORDS[language], *_ANYWHERE)]
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 200)))
        match draw(st.sampled_from(("word", "many", "cut", "twice", "noise"))):
            case "word":
                data = data[:start] + draw(st.sampled_from(words)) + data[start:]
            case "many":
                piece = draw(st.sampled_from(words))[:40]
                data = data[:start] + piece * draw(st.sampled_from((2, 50, 3_000))) + data[start:]
            case "cut":
                data = data[:start] + data[end:]
            case "twice":
                place = draw(st.integers(0, len(data)))
                data = data[:place] + data[start:end] + data[place:]
            case _:
                data = data[:start] + draw(st.binary(min_size=1, max_size=8)) + data[end:]
    return name, data
