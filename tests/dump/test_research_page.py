"""The page of docs/ that shows how to count: each block is run, and prints what the page prints."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
import town

from loosbot.dump import build as whole

PAGE = Path(__file__).resolve().parents[2] / "docs/recherche.md"
PROMISES = {
    # slug: level, request, deed, what became of each promise ("" where the record says nothing)
    "haie": ("coproduction", "2016-03-01", "2016-05-31", ("tenu", "tenu", "inconnu")),
    "four": ("coproduction", "2017-01", "2017-11", ("tenu", "abandonne", "")),
    "bancs": ("consultation", "2015", "2016-06-15", ("inconnu", "inverifiable", "tenu")),
    "mare": ("consultation", "2018-02-03", "inconnu", ("inconnu", "en-cours")),
    "fresque": ("information", "2019-04-02", "", ("", "inconnu")),
}
SEALED = "scellé"
VOICES = {
    "haie": ("biodiversite", "lieu/verger", ("habitant", "habitant", "agent", SEALED, SEALED)),
    "four": ("biodiversite", "lieu/verger", ("habitant", "elu")),
    "bancs": ("mobilite-voirie", "inconnu", ("habitant", SEALED)),
}
HIDDEN = "consentement: {etat: scelle, jusquau: 2050}"
SPOKEN = "consentement: {etat: public, portee: [wiki, dump-recherche]}"


def corpus() -> dict[str, str]:
    files = {
        path: text
        for path, text in town.FILES.items()
        if path == "loosbot.yaml" or "/lieu/" in path or "/acteur/mairie" in path
    }
    for slug, (level, asked, done, issues) in PROMISES.items():
        promises = "".join(
            f"    - {{id: p{rank}, quoi: Promesse {rank}, qui: acteur/mairie"
            f"{f', issue: {issue}' if issue else ''}"
            f"{', motif: Plus de budget' if issue == 'abandonne' else ''}}}\n"
            for rank, issue in enumerate(issues)
        )
        files[f"narratives/fifty-fifty/{slug}.yaml"] = (
            f"type: fifty-fifty\ntitre: Un projet, {slug}\nniveau: {level}\n"
            f"demande: {{date: {asked}}}\n"
            + (f"realisation: {{date: {done}}}\n" if done else "")
            + f"convention:\n  engagements:\n{promises}"
        )
    for slug, (theme, place, roles) in VOICES.items():
        voices = "".join(
            f"  - qui: Une voix\n    role: {'habitant' if role == SEALED else role}\n"
            f"    {HIDDEN if role == SEALED else SPOKEN}\n    texte: Nous en parlons encore.\n"
            for role in roles
        )
        files[f"narratives/recit/{slug}.yaml"] = (
            f"type: recit\ntitre: Le récit, {slug}\nannee: 2019\nthemes: [{theme}]\n"
            f"lieu: {place}\nprojet: fifty-fifty/{slug}\nvoix:\n{voices}"
        )
    return files


def test_each_block_prints_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = town.edition(town.write(tmp_path / "corpus", corpus()), "recherche")
    whole.write(edition, tmp_path / "export", None, lambda: None)
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```(python|text)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert [kind for kind, _ in blocks].count("text") >= 6
    names: dict[str, Any] = {}
    output = ""
    for kind, block in blocks:
        if kind == "text":
            assert output == block
        else:
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(block, names)  # noqa: S102 - our own documentation
            output = printed.getvalue()
