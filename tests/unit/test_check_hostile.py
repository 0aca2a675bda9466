"""Files that nobody would write: ``loosbot check`` neither raises nor takes long."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clerk import RECIT
from corpora import reading, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loosbot.corpus.types import RECORD_TYPES
from loosbot.corpus.yaml import reader

_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["inconnu", "acteur/a", "recit/essai", "[x](y)"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "titre", "voix", "qui", "texte", "date", "sources", "portee", "zz"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@pytest.mark.slow
@given(value=_VALUES, type_=st.sampled_from(["recit", "fifty-fifty", "reunion", "acteur"]))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_structure_raises(value: object, type_: str, tmp_path: Path) -> None:
    data = {**value, "type": type_} if isinstance(value, dict) else value
    # JSON is YAML, with every type of value
    reading(tmp_path, {f"narratives/{type_}/essai.yaml": json.dumps(data, ensure_ascii=False)})


@given(data=st.binary(max_size=200), page=st.booleans())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_bytes_raise(data: bytes, page: bool, tmp_path: Path) -> None:
    path = "pages/essai.md" if page else RECIT
    read = reading(tmp_path, {path: b"---\n" + data + b"\n---\n" + data if page else data})
    assert all(finding.line > 0 and finding.column > 0 for finding in read.findings)


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        "type: recit\n" + "".join(f"cle{n}: 1\n" for n in range(45_000)),
        "type: recit\ntitre: a\neffets: [" + ", ".join(f"mot{n}" for n in range(45_000)) + "]\n",
        "type: recit\ntitre: a\nliens: ["
        + ", ".join(f"recit/mot{n}" for n in range(45_000))
        + "]\n",
        "type: recit\ntitre: a\nliens: [" + ", ".join(["mais un mot"] * 45_000) + "]\n",
        "type: recit\ntitre: a\nliens: [" + ", ".join(["Le mot (dit)"] * 45_000) + "]\n",
        "type: recit\ntitre: a\nliens: [" + ", ".join(["1,5"] * 20_000) + "]\n",
        "type: recit\ntitre: a\nvoix:\n"
        + "".join(
            f"  - {{qui: n{n}, role: elu, texte: a, repond_a: m{n}}}\n" for n in range(5_000)
        ),
        "type: recit\ntitre: a\ntexte: |\n  " + "[" * 900_000 + "\n",
        "type: recit\ntitre: a\ntexte: |\n  " + "](" * 400_000 + "\n",
        "type: recit\ntitre: a\ntexte: |\n  " + "](<" * 300_000 + "\n",
        "type: recit\ntitre: a\ntexte: |\n  " + "`" * 900_000 + "\n",
        "type: recit\ntitre: a\ntexte: |\n  " + "` " * 400_000 + "[a](b)\n",
        "type: recit\ntitre: a\ntexte: |\n  " + "[a](b) " * 140_000 + "\n",
        "type: recit\ntitre: " + "&a" * 400_000 + "\n",
        "type: recit\ntitre: " + "a:" * 400_000 + "\n",
        "type: recit\ntitre: a\nannee: " + "à " * 400_000 + "\n",
        'type: recit\ntitre: a\nlieu: "[[' + " " * 400_000 + 'a"\n',
    ],
    ids=lambda content: f"{content[:60]!r}…{content[-10:]!r}",
)
def test_no_file_takes_long(content: str, tmp_path: Path) -> None:
    write(tmp_path, {RECIT: content})
    begun = time.process_time()
    findings = reading(tmp_path, {}).findings
    # a half on a core of its own, minutes where the time grows with the square; where much else is
    # at work, a core does less in each second
    assert time.process_time() - begun < 10
    assert 0 < len(findings) <= 130


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(item, (*path, key))
    else:
        yield path


def _with(value: Any, path: tuple[Any, ...], new: str) -> Any:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = _with(value[path[0]], path[1:], new)
    return copy


DIGITS = "9" * 5000
ODD = [
    *(DIGITS, f"-{DIGITS}", f"1.{DIGITS}", f"1e{DIGITS}", "²", "٣٣", "1²/0²/2018", "² mars 2018"),
    *(f"{DIGITS}/01/2018", f"depuis {DIGITS}", f"essai n. {DIGITS}", "essai n. ²", "essai n. ٣"),
    *(
        f"essai § {DIGITS}",
        f"source/essai p. {DIGITS}",
        f"[^{DIGITS}]",
        f"{DIGITS}. a",
        f"&#{DIGITS};",
    ),
    *("32/13/2018", "0000-00-00", "2018-02-30", f"acteur/{'a' * 5000}", "\u202e", "a" * 5000),
]
SOURCE = "type: source\ntitre: Essai\ngenre: livre\nnotes_de_bas_de_page: 35\n"


@pytest.mark.slow
@pytest.mark.parametrize("type_", RECORD_TYPES)
def test_no_odd_text_in_any_field_raises(type_: str, checkout: Path, tmp_path: Path) -> None:
    example = (checkout / "schemas" / "exemples" / f"{type_}.yaml").read_bytes()
    data = reader.read(example, "essai.yaml").data
    assert isinstance(data, dict)
    path = f"narratives/{type_}/fiche.yaml"
    write(tmp_path, {"narratives/source/essai.yaml": SOURCE})
    for leaf in _leaves(data):
        for text in ODD if leaf != ("type",) else ():
            changed = json.dumps(_with(data, leaf, text), ensure_ascii=False)
            read = reading(tmp_path, {path: changed})
            assert read.files, (leaf, text[:40])
