"""Two hundred texts made of the shapes that staff write: read as meant, and pulled as written."""

from __future__ import annotations

import random
import re

import pytest
from structure import expected, shown

from loosbot.canonical import canonical
from loosbot.decode.merging import Splice
from loosbot.pull.prose import Languages, spliced
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.unmarkdown import split_blocks, to_markdown

SHAPES = (
    "Il nous faut :\n- des outils\n- de la terre",
    "Les étapes :\n1. demander\n2. creuser\n3. planter",
    "1) d'abord l'eau\n2) ensuite le bois",
    "- la ville\n  - le bois\n  - les vis\n- les voisins",
    "- la ville\n   - le bois\n- les voisins",
    "1. la ville\n   - le bois\n2. les voisins",
    "* un\n\t* deux\n\t\t* trois",
    "- un élément\n\n  qui a deux paragraphes\n- un autre",
    "Qui fait quoi :\n| Tâche | Qui |\n|---|---|\n| le bois | la ville |\n| les vis | nous |",
    "tâche | qui\n:-: | -:\nbois | ville",
    "Le courrier :\n> Madame, Monsieur,\n> merci du banc.",
    "> une citation\n>\n> - avec un point\n> - et un autre",
    "```\n  une ligne   gardée\n\n# telle quelle\n```",
    "~~~\nune adresse\nune ville\n~~~",
    "- à copier :\n\n  ```\n  nom = valeur\n  ```\n- puis à vérifier",
    "Les suites\n----------\n\nOn continue.",
    "### Le banc, en fa#\n\nOn s'assoit.",
    "Un mot *important*, un mot **fort**, un mot _penché_, un mot ***les deux***.",
    "Le fichier nom_de_fichier_long et 2 * 3 * 4 restent.",
    "Une ligne gardée,  \nune autre,\\\net la dernière.",
    "Voir [le site][1] et [l'atlas](https://a.fr/atlas).\n\n[1]: https://a.fr/site",
    "Le 1<sup>er</sup> mai, 30 m<sup>2</sup>, « tout » ; l'été & l'hiver.",
    "Dit en réunion[^a].\n\n[^a]: Le 12 mars.",
    "Prix : 25 000 €, 50 % d'aide ; voir www.a.fr ou a@b.fr.",
    "---",
    "Un `code` et `` un `accent` ``.",
)
TAIL = "Voilà la fin du texte."
DRAWN = random.Random(2018)  # noqa: S311 - the same two hundred at each run
TEXTS = ["\n\n".join([*DRAWN.sample(SHAPES, DRAWN.randint(2, 6)), TAIL]) for _ in range(200)]
LANGUAGES = Languages(
    lambda source: MarkdownRenderer().to_wikitext(
        canonical(source), level=2, resolve=lambda _: None
    ),
    lambda wikitext: to_markdown(wikitext, level=2, link=lambda *_: None),
)


@pytest.mark.parametrize("part", range(4))
def test_each_text_is_read_as_commonmark_reads_it(part: int) -> None:
    for text in TEXTS[part::4]:
        # notes and raised letters are of the guide, not of CommonMark
        plain = re.sub(r"</?sup>|\[\^a\](?:: Le 12 mars\.)?", "", text)
        assert shown(plain) == expected(plain), plain


@pytest.mark.parametrize("part", range(4))
def test_each_text_comes_back_and_shows_the_same(part: int) -> None:
    for text in TEXTS[part::4]:
        wikitext = LANGUAGES.to_wikitext(text)
        assert LANGUAGES.to_wikitext(LANGUAGES.to_markdown(wikitext)) == wikitext, text


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_a_word_changed_on_the_wiki_changes_nothing_else_of_the_file(part: int) -> None:
    for text in TEXTS[part::4]:
        blocks = split_blocks(LANGUAGES.to_wikitext(text))
        changed = [block.replace("la fin du", "la suite du") for block in blocks]
        splices = [
            Splice(number, number + 1, (old,), (new,))
            for number, (old, new) in enumerate(zip(blocks, changed, strict=True))
            if old != new
        ]
        assert len(splices) == 1
        assert spliced(text, blocks, splices, LANGUAGES) == text.replace("la fin", "la suite")
