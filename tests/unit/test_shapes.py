"""Two hundred texts as staff write them: read as GitHub reads them, and back from the wiki.

Lists, tables and quotes right under a sentence, sub-lists of 2, 3, 4 blanks and tabulations,
fences, underlined titles, reference links, underscores, hard breaks, notes, exponents.
"""

from __future__ import annotations

from random import Random

import pytest
from structure import expected, shown

from loosbot.corpus.check.misreadings import misreadings
from loosbot.pull.prose import Languages, spliced
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.unmarkdown import split_blocks, to_markdown

_RENDERER = MarkdownRenderer()
_LANGUAGES = Languages(
    to_wikitext=lambda text: _RENDERER.to_wikitext(text, level=2, resolve=lambda target: None),
    to_markdown=lambda text: to_markdown(text, level=2, link=lambda title, fragment: None),
)
_SENTENCES = [
    "La mairie a reçu la demande en mars 2018.",
    "Les voisins, réunis à l'école, ont dit oui !",
    "Coût estimé : 2 500 € (dont la moitié pour le bois).",
    "On verra en juin, si le temps le permet…",
    "« C'est notre rue », dit une habitante.",
    "Le plan est dans mon_fichier_2018, version 3.",
    "Il a fallu **trois réunions** et *beaucoup* de patience.",
    "Un _mot_ souligné, un __autre__ : l'_eau_ de pluie.",
    "Voir [la page](https://a.fr/b) ou <https://a.fr/c>.",
    "Écrire à <mairie@a.fr> avant le 12.",
    "La règle `a | b` reste, 3 * 4 = 12 aussi.",
    "Première ligne  \net deuxième.",
    "Première ligne\\\net deuxième.",
    "Une phrase coupée\nau milieu, puis\nreprise.",
]
_WORDS = ["le bois", "les vis", "deux bancs", "un *grand* arbre", "la clé", "l'eau", "**tout**"]
_ONLY_OURS = ["Le 1<sup>er</sup> prix, 50 m<sup>2</sup>.", "Dit ainsi[^a].\n\n[^a]: Au marché."]


def _items(draw: Random, marker: str, indent: str) -> list[str]:
    return [f"{indent}{marker} {draw.choice(_WORDS)}" for _ in range(draw.randint(2, 4))]


def _nested(draw: Random) -> str:
    outer, inner, width = draw.choice(
        [
            ("-", "-", 2),
            ("-", "-", 4),
            ("*", "-", 3),
            ("1.", "-", 3),
            ("1.", "*", 4),
            ("-", "1.", 2),
        ]
    )
    blanks = "\t" if width == 4 and draw.random() < 0.5 else " " * width
    lines: list[str] = []
    for item in _items(draw, outer, ""):
        lines.append(item)
        if draw.random() < 0.6:
            lines += _items(draw, inner, blanks)
    return "\n".join(lines)


def _table(draw: Random) -> str:
    rule = draw.choice(["|---|---|", "| :--- | ---: |", "|:-:|---|"])
    rows = [f"| {draw.choice(_WORDS)} | {draw.randint(1, 99)} |" for _ in range(draw.randint(1, 3))]
    return "\n".join(["| Quoi | Combien |", rule, *rows])


def _fence(draw: Random) -> str:
    sign = draw.choice(["```", "~~~", "```yaml", "````"])
    lines = ["titre: Un banc", "  - la ville", "", "Bonjour,", "    décalé", "# non", "| a |"]
    inner = [draw.choice(lines) for _ in range(draw.randint(1, 5))]
    return "\n".join([sign, "début", *inner, sign.removesuffix("yaml")])


def _block(draw: Random) -> str:
    match draw.randint(0, 11):
        case 0:
            return "\n".join(_items(draw, draw.choice(["-", "*", "+"]), ""))
        case 1:
            return "\n".join(
                f"{number}{draw.choice('.')} {draw.choice(_WORDS)}" for number in range(1, 4)
            )
        case 2:
            return "\n".join(f"{number}) {draw.choice(_WORDS)}" for number in range(1, 4))
        case 3:
            return _nested(draw)
        case 4:
            return _table(draw)
        case 5:
            return _fence(draw)
        case 6:
            return f"> {draw.choice(_SENTENCES[:6])}\n>\n> - {draw.choice(_WORDS)}"
        case 7:
            return "- " + draw.choice(_WORDS) + "\n\n  " + draw.choice(_SENTENCES[:6])
        case 8:
            return f"- {draw.choice(_WORDS)}\n  ```\n  un\n    deux\n  ```\n- {draw.choice(_WORDS)}"
        case 9:
            return f"- une ligne\n  coupée\n- {draw.choice(_WORDS)}"
        case 10:
            return f"* {draw.choice(_WORDS)}\n\n* {draw.choice(_WORDS)}"
        case _:
            return "---"


def _text(number: int) -> str:
    draw = Random(number)  # noqa: S311 - the same texts at each run
    parts: list[str] = []
    for _ in range(draw.randint(2, 5)):
        kind = draw.randint(0, 4)
        if kind == 0:
            title = draw.choice(["Le besoin", "Ce qui *reste*", "Choeur en fa#"])
            parts.append(draw.choice([f"## {title}", f"# {title} #", f"{title}\n-----"]))
        block = _block(draw)
        glued = kind > 1 and block != "---"
        parts.append(draw.choice(_SENTENCES) + ("\n" if glued else "\n\n") + block)
    if draw.random() < 0.3:
        parts.append(
            "Voir [le plan][1] et [Plan].\n\n[1]: https://a.fr/p 'Plan'\n[plan]: <https://a.fr>"
        )
    if number % 2:
        parts.append(draw.choice(_ONLY_OURS))
    return "\n\n".join(parts)


@pytest.mark.parametrize("number", range(200))
def test_a_text_is_read_as_meant_and_comes_back(number: int) -> None:
    source = _text(number)
    if not number % 2:
        assert shown(source) == expected(source)
    wikitext = _LANGUAGES.to_wikitext(source)
    assert _LANGUAGES.to_wikitext(_LANGUAGES.to_markdown(wikitext)) == wikitext
    assert "\n\n".join(split_blocks(wikitext)) == wikitext
    assert spliced(source, split_blocks(wikitext), [], _LANGUAGES) == source
    assert misreadings(source) == []
