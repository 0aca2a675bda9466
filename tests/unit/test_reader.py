"""Bytes of a YAML file -> plain values, findings, positions."""

import time
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from loosbot.corpus.model import Mark
from loosbot.corpus.yaml import events
from loosbot.corpus.yaml.reader import Span, locate, read

MEBIBYTE = 1 << 20


def value(text: str) -> Any:
    document = read(text.encode(), "a.yaml")
    assert document.findings == ()
    return document.data


def faults(data: bytes) -> list[tuple[str, int, int]]:
    return [(f.code, f.line, f.column) for f in read(data, "a.yaml").findings]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("+3", 3),
        ("2018", 2018),
        ("1.5", 1.5),
        ("-0.25", -0.25),
        ("999999999999999999", 999999999999999999),
        ("1000000000000000000", "1000000000000000000"),
        ("18:30", "18:30"),
        ("012", "012"),
        ("00", "00"),
        ("2018-06-04", "2018-06-04"),
        ("2018-06-04T10:00:00Z", "2018-06-04T10:00:00Z"),
        ("oui", "oui"),
        ("non", "non"),
        ("on", "on"),
        ("no", "no"),
        ("True", "True"),
        ("NULL", "NULL"),
        ("1_000", "1_000"),
        ("1 000", "1 000"),
        ("0x1f", "0x1f"),
        ("0o17", "0o17"),
        ("1e5", "1e5"),
        (".5", ".5"),
        ("5.", "5."),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("+", "+"),
        ("-", None),
        ("٣", "٣"),
        ("=", "="),
        ("'true'", "true"),
        ('"12"', "12"),
        ("''", ""),
        ('"l\\u2028eau"', "l\u2028eau"),
        ("il dit\n  oui", "il dit oui"),
        ("|\n  un\n  deux\n", "un\ndeux\n"),
        (">-\n  un\n  deux\n", "un deux"),
    ],
)
def test_a_plain_scalar_has_the_type_that_was_meant(written: str, meant: Any) -> None:
    if written == "-":
        assert value("-") == [None]
        return
    read_back = value(f"a: {written}\n")["a"]
    assert read_back == meant
    assert type(read_back) is type(meant)


def test_a_whole_record_is_read() -> None:
    assert value(
        "---\r\n"
        "titre: Abris des pêcheurs\r\n"
        "voix:\r\n"
        "  - qui: acteur/jean-d\r\n"
        "    texte: |\r\n"
        "      Première ligne.\r\n"
        "\r\n"
        "      Seconde : « oui ».\r\n"
        "lieux: [lieu/a, lieu/b]\r\n"
        "cout: {montant: 120.5, unite: EUR}\r\n"
        "vide: []\r\n"
    ) == {
        "titre": "Abris des pêcheurs",
        "voix": [
            {"qui": "acteur/jean-d", "texte": "Première ligne.\n\nSeconde : « oui ».\n"},
        ],
        "lieux": ["lieu/a", "lieu/b"],
        "cout": {"montant": 120.5, "unite": "EUR"},
        "vide": [],
    }


def test_line_separators_are_text() -> None:
    """U+2028 and U+2029 are ordinary characters in YAML 1.2, line breaks in libyaml."""
    assert value("a: b # x\u2028c: d\n") == {"a": "b"}
    assert value("a: un\u2028deux\u2029trois\nb\u2028: |\n  x\u2028y\n") == {
        "a": "un\u2028deux\u2029trois",
        "b\u2028": "x\u2028y\n",
    }
    assert faults("a: \u2028x\nb: *c\n".encode()) == [("yaml-ancre", 2, 4)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ("fichier-vide", 1, 1)),
        (b"\n  \n# rien\n", ("fichier-vide", 1, 1)),
        (b"---\n", ("fichier-vide", 1, 1)),
        (b"\xef\xbb\xbftitre: A\n", ("bom", 1, 1)),
        ("titre: A\n".encode("utf-16"), ("encodage", 1, 1)),
        ("titre: A\nresume: à l’été\n".encode("cp1252"), ("encodage", 2, 9)),
        ("é: é\n".encode() + b"\xff", ("encodage", 2, 1)),
        (b"a: \xed\xa0\x80\n", ("encodage", 1, 4)),
        (b"a: b\x00c\n", ("caractere-interdit", 1, 5)),
        (b"a: 1\r\nb: \x1b[0m\n", ("caractere-interdit", 2, 4)),
        ("é: \x85\n".encode(), ("caractere-interdit", 1, 4)),
        (b"a: \x7f\n", ("caractere-interdit", 1, 4)),
        ("a: é\ufffe\n".encode(), ("caractere-interdit", 1, 5)),
        (b'a: "\\a"\n', ("caractere-interdit", 1, 4)),
        (b'a: "\\N"\n', ("caractere-interdit", 1, 4)),
        (b'"\\0": 1\n', ("caractere-interdit", 1, 1)),
        (b"x" * (MEBIBYTE + 1), ("trop-gros", 1, 1)),
        (b"a: 1\n---\nb: 2\n", ("plusieurs-documents", 2, 1)),
        (b"a: 1\n...\nb: 2\n", ("plusieurs-documents", 3, 1)),
        (b"a: &x 1\n", ("yaml-ancre", 1, 4)),
        (b"a: *x\n", ("yaml-ancre", 1, 4)),
        (b"*x : 1\n", ("yaml-ancre", 1, 1)),
        (b"&x a: 1\n", ("yaml-ancre", 1, 1)),
        (b"a: &x {b: 1}\n", ("yaml-ancre", 1, 4)),
        (b"a: !x 1\n", ("yaml-etiquette", 1, 4)),
        (b"a: !!str 1\n", ("yaml-etiquette", 1, 4)),
        (b"!x\na: 1\n", ("yaml-etiquette", 1, 1)),
        (b"a: !!python/object/apply:os.system [ls]\n", ("yaml-etiquette", 1, 4)),
        (b"!!python/name:os.system : 1\n", ("yaml-etiquette", 1, 1)),
        (b"? [a]\n: 1\n", ("cle-non-texte", 1, 3)),
        (b"{a: 1}: 1\n", ("cle-non-texte", 1, 1)),
        (b"{a, : 1}\n", ("yaml-signe", 1, 5)),
        (b"<<: {a: 1}\n", ("cle-fusion", 1, 1)),
    ],
)
def test_what_cannot_be_read_is_one_error_at_its_place(
    data: bytes, expected: tuple[str, int, int]
) -> None:
    document = read(data, "a.yaml")
    assert document.data is None
    assert [(f.code, f.line, f.column) for f in document.findings] == [expected]
    (finding,) = document.findings
    assert finding.path == "a.yaml"
    assert finding.severity == "error"
    assert finding.message.endswith(".")
    assert finding.hint


@pytest.mark.parametrize(
    ("data", "expected", "kept"),
    [
        (b"12: 1\n", (1, 1), {"12": 1}),
        (b"a:\n  true: 1\n", (2, 3), {"a": {"true": 1}}),
        (b"~: 1\n", (1, 1), {"~": 1}),
    ],
)
def test_a_key_that_is_no_word_is_an_error_and_its_group_is_read(
    data: bytes, expected: tuple[int, int], kept: dict[str, object]
) -> None:
    document = read(data, "a.yaml")
    assert document.data == kept
    (finding,) = document.findings
    assert (finding.code, finding.severity) == ("cle-non-texte", "error")
    assert (finding.line, finding.column) == expected


def test_quoted_keys_are_text() -> None:
    assert value("\"12\": 1\n'true': 2\n") == {"12": 1, "true": 2}


def test_duplicate_keys_name_both_lines_and_leave_the_first() -> None:
    document = read(b"titre: A\nvoix:\n  - qui: x\n    'qui': y\ntitre: B\n", "a.yaml")
    assert document.data == {"titre": "A", "voix": [{"qui": "x"}]}
    inner, outer = document.findings
    assert (inner.code, inner.line, inner.column) == ("cle-en-double", 4, 5)
    assert (outer.code, outer.line, outer.column) == ("cle-en-double", 5, 1)
    assert "« titre »" in outer.message
    assert "ligne 1" in outer.message
    assert "ligne 5" in outer.message


def test_every_fault_of_a_file_in_one_run() -> None:
    assert faults(b"a: &x 1\na: 2\nb: !t 3\nc: 'x'y\n") == [
        ("yaml-ancre", 1, 4),
        ("cle-en-double", 2, 1),
        ("yaml-etiquette", 3, 4),
        ("yaml-guillemet", 4, 6),
    ]


def test_nesting_is_bounded() -> None:
    assert value("[" * 50 + "]" * 50) != []
    assert faults(b"[" * 51 + b"]" * 51) == [("profondeur", 1, 51)]
    deep = b"".join(b" " * level + b"a:\n" for level in range(51))
    assert faults(deep) == [("profondeur", 51, 51)]


def test_number_of_values_is_bounded() -> None:
    assert len(value("[" + "a," * 49_999 + "]")) == 49_999
    assert faults(b"[" + b"a," * 50_001 + b"]") == [("trop-gros", 1, 100_000)]


HOSTILE = {
    "brackets": b"[" * 900_000,
    "closed brackets": b"[" * 450_000 + b"]" * 450_000,
    "brackets as a value": b"a: " + b"[" * 900_000,
    "braces": b"{" * MEBIBYTE,
    "nested pairs": b"{a: " * 250_000,
    "anchors": b"&a " * 300_000,
    "anchors in a list": b"[" + b"&a x," * 180_000,
    "one long anchor": b"&" * 900_000,
    "aliases": b"[&a x," + b"*a," * 300_000,
    "bomb": b"a: &a [x]\n" + b"".join(b"k%d: &k%d [*a, *a]\n" % (n, n) for n in range(50_000)),
    "dashes": b"- " * (MEBIBYTE // 2),
    "lines of dashes": b"-\n" * (MEBIBYTE // 2),
    "question marks": b"? " * (MEBIBYTE // 2),
    "lines of question marks": b"?\n" * (MEBIBYTE // 2),
    "quotes": b'"' * MEBIBYTE,
    "open quote": b'a: "' + b"x" * (MEBIBYTE - 4),
    "one line": b"a: " + b"x " * (MEBIBYTE // 2 - 2),
    "digits": b"a: " + b"9" * 900_000,
    "decimals": b"a: 9." + b"9" * 900_000,
    "colons": b":" * MEBIBYTE,
    "pairs on one line": b"a: " * (MEBIBYTE // 3),
    "deep blocks": b"".join(b" " * level + b"a:\n" for level in range(1400)),
    "keys": b"".join(b"k%d: 1\n" % number for number in range(80_000)),
    "one key again and again": b"a: 1\n" * 200_000,
    "comments": b"#\n" * (MEBIBYTE // 2),
    "line feeds": b"\n" * MEBIBYTE,
    "carriage returns": b"\r" * MEBIBYTE,
    "tabs": b"\t" * MEBIBYTE,
    "tags": b"!" + b"a" * 900_000,
    "documents": b"---\n" * (MEBIBYTE // 4),
    "escapes": b'a: "' + b"\\u0041" * 170_000 + b'"',
    "line separators": "\u2028".encode() * (MEBIBYTE // 3),
    "not text": bytes(range(256)) * 4096,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_soon(name: str) -> None:
    start = time.process_time()
    document = read(HOSTILE[name], "a.yaml")
    locate(HOSTILE[name])
    assert time.process_time() - start < 2
    assert document.data is None or document.findings == ()
    assert len(document.findings) <= 20


@pytest.mark.slow
@given(st.one_of(st.binary(max_size=60), st.text("ab:-[]{}\"'|>&*!%@`#?,~ \n\t\r1é", max_size=60)))
@settings(max_examples=300, deadline=None)
def test_whatever_the_bytes(data: bytes | str) -> None:
    """Nothing raises; a file without value has a fault; places are inside the file."""
    raw = data.encode() if isinstance(data, str) else data
    document = read(raw, "a.yaml")
    locate(raw)
    if document.data is None:
        assert any(finding.severity == "error" for finding in document.findings)
    lines = raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in document.findings:
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.mark.slow
@given(st.dictionaries(st.text(min_size=1, max_size=8), json_values, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_reads_what_pyyaml_writes(data: dict[str, Any]) -> None:
    """Another implementation's output, with every text quoted, means the same here."""
    written = yaml.safe_dump(data, default_style='"', allow_unicode=True)
    # that style tags what is no text
    plain = written.replace('!!int "', '"').replace('!!null "', '"').replace('!!bool "', '"')
    document = read(plain.encode(), "a.yaml")
    if any(finding.code == "caractere-interdit" for finding in document.findings):
        return
    expected = yaml.load(plain, yaml.BaseLoader)  # noqa: S506 - builds nothing but texts
    assert document.data == expected


def test_without_the_c_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "Parser", yaml.BaseLoader)
    text = "titre: été\nvoix:\n  - qui: a/b\n    date: 2018-06-04\nvide:\nn: 12\n"
    assert value(text) == {
        "titre": "été",
        "voix": [{"qui": "a/b", "date": "2018-06-04"}],
        "vide": None,
        "n": 12,
    }
    assert faults(b"a: 1\n\tb: 2\n")[0][1:] == (2, 1)
    assert faults(b"[" * 900_000) == [("profondeur", 1, 51)]
    assert locate(text.encode()).value(("voix", 0, "date")) == Mark(4, 11)


RECORD = """\
# une fiche
titre: Été « à Loos »
voix:
  - qui: acteur/jean-d
    texte: |
      Une ligne.
      Une autre.

  - "qui" : 'l''autre'
vide:
lieux: [lieu/a, "lieu/b"]
"""


def test_places_of_keys_and_values() -> None:
    places = locate(RECORD.encode())
    assert places.value(()) == Mark(2, 1)
    assert places.key(()) == Mark(2, 1)
    assert (places.key(("titre",)), places.value(("titre",))) == (Mark(2, 1), Mark(2, 8))
    assert places.key(("voix", 0)) == places.value(("voix", 0)) == Mark(4, 5)
    assert places.value(("voix", 0, "texte")) == Mark(5, 12)
    assert places.key(("voix", 1, "qui")) == Mark(9, 5)
    assert places.value(("lieux", 1)) == Mark(11, 17)
    assert places.value(("vide",)) == Mark(10, 6)
    assert ("voix", 1, "qui") in places
    assert ("voix", 2) not in places
    with pytest.raises(KeyError):
        places.value(("voix", 2))


def test_an_absent_path_has_the_place_of_its_ancestor() -> None:
    places = locate(RECORD.encode())
    assert places.nearest(("voix", 0, "texte")) == Mark(5, 12)
    assert places.nearest(("voix", 0, "consentement", "etat")) == Mark(4, 5)
    assert places.nearest(("absent",)) == Mark(2, 1)
    assert locate(b"\xff").nearest(("titre",)) == Mark(1, 1)


def test_spans_cover_the_text_of_values_and_keys() -> None:
    places = locate(RECORD.encode())

    def text(span: Span | None) -> tuple[str, str] | None:
        return span and (RECORD[span.start : span.end], span.style)

    assert text(places.span(("titre",))) == ("Été « à Loos »", "")
    assert text(places.key_span(("titre",))) == ("titre", "")
    assert text(places.span(("voix", 1, "qui"))) == ("'l''autre'", "'")
    assert text(places.key_span(("voix", 1, "qui"))) == ('"qui"', '"')
    assert text(places.span(("lieux",))) == ('[lieu/a, "lieu/b"]', "collection")
    assert text(places.span(("vide",))) == ("", "")
    assert places.key_span(("lieux", 0)) is None
    block = text(places.span(("voix", 0, "texte")))
    assert block is not None
    assert block[1] == "|"
    assert block[0].rstrip() == "|\n      Une ligne.\n      Une autre."


def test_positions_count_characters_whatever_the_line_ends() -> None:
    places = locate("é: 😀\r\nà: [😀, b]\r\n".encode())
    assert places.value(("à", 1)) == Mark(2, 8)
    assert places.span(("à", 1)) == Span(13, 14, "")


def test_places_as_far_as_the_file_can_be_read() -> None:
    places = locate(b"a: 1\nb: {c: 2\nd: 3\n")
    assert places.value(("a",)) == Mark(1, 4)
    assert places.nearest(("b", "x")) == Mark(1, 1)


def test_front_matter_is_read_as_it_stands() -> None:
    page = "---\ntitre: Le socle\nniveau: *x\n---\n# Texte\n"
    front = page[: page.index("---\n#")]
    assert faults(front.encode()) == [("yaml-ancre", 3, 9)]
