"""Every page of a project says whom to ask."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import corpus

from loosbot.render.pages import render

ACTORS = {
    "narratives/acteur/technique.yaml": "type: acteur\ntitre: Services techniques\n"
    "genre: service\n",
    "narratives/acteur/anne.yaml": "type: acteur\ntitre: Anne B\ngenre: personne\n",
    "narratives/acteur/maire.yaml": "type: acteur\ntitre: Le maire\ngenre: personne\npublic: oui\n"
    "mandats: [{fonction: Maire, du: 2001}]\n",
    "narratives/acteur/ancien.yaml": "type: acteur\ntitre: L’ancien maire\ngenre: personne\n"
    "public: oui\nmandats: [{fonction: Maire, au: 2001}]\n",
}
NOBODY = "Personne n’est encore désigné pour suivre ce projet"


@pytest.mark.parametrize(
    ("project", "asked", "designated"),
    [
        ("referents: [{qui: acteur/technique}]", [], True),
        ("", ["demandez à la direction générale"], False),
        ("initiative: acteur/technique", ["* [[Services techniques]]"], False),
        ("referents: [{qui: acteur/anne, au: inconnu}]", ["demandez à la direction"], False),
        ("referents: [{qui: acteur/anne, au: 2019}]\ninitiative: acteur/maire",
         ["* [[Le maire]]"], False),
        ("parties_prenantes: [acteur/ancien, acteur/anne, des riverains]",
         ["demandez à la direction"], False),
        ("suivi: {responsable: acteur/technique}", ["* [[Services techniques]]"], False),
    ],
)  # fmt: skip
def test_a_project_says_whom_to_ask(
    tmp_path: Path, project: str, asked: list[str], designated: bool
) -> None:
    files = {**ACTORS, "narratives/projet/p.yaml": f"type: projet\ntitre: P\n{project}\n"}
    body = render(corpus(tmp_path, files), {})["projet/p"].body
    part = (
        body.partition("== Qui peut en parler ==")[2]
        .partition("\n== ")[0]
        .partition("{{Provenance")[0]
    )
    assert (NOBODY in body) is not designated
    assert [name for name in asked if name not in part] == []
    assert "Anne B" not in part
