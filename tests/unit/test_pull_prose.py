"""A changed paragraph is rewritten, the others keep their lines."""

from __future__ import annotations

import pytest

from loosbot.decode.merging import Splice
from loosbot.pull.prose import Languages, rewrapped, spliced
from loosbot.wikitext.markdown import MarkdownRenderer
from loosbot.wikitext.unmarkdown import split_blocks, to_markdown
from loosbot.wikitext.wikicode import Undecodable

_RENDERER = MarkdownRenderer()
LANGUAGES = Languages(
    to_wikitext=lambda text: _RENDERER.to_wikitext(text, level=2, resolve=lambda target: None),
    to_markdown=lambda text: to_markdown(text, level=2, link=lambda title, fragment: None),
)
SOURCE = """\
La friche attendait depuis
dix ans.

- des outils
- de la terre

Une note[^1] et
la fin.

[^1]: Dite en 2018.
"""


def edited(source: str, *changes: tuple[str, str]) -> str:
    """The Markdown after a person replaced these words in the wikitext of ``source``."""
    shown = split_blocks(LANGUAGES.to_wikitext(source))
    splices = []
    for number, block in enumerate(shown):
        new = block
        for old, text in changes:
            new = new.replace(old, text)
        if new != block:
            blocks = tuple(split_blocks(new)) if new.strip() else ()
            splices.append(Splice(number, number + 1, (block,), blocks))
    return spliced(source, shown, splices, LANGUAGES)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([("dix ans", "douze ans")], SOURCE.replace("dix ans", "douze ans")),
        ([("* de la terre", "* du sable")], SOURCE.replace("- de la terre", "- du sable")),
        (
            [("* des outils\n* de la terre", "")],
            SOURCE.replace("- des outils\n- de la terre\n\n", ""),
        ),
        ([("la fin.", "la ''fin''.")], SOURCE.replace("la fin.", "la *fin*.")),
        ([("la fin.", "la <s>fin</s>.")], SOURCE.replace("la fin.", "la <s>fin</s>.")),
        ([("dix ans.", "<u>dix </u>ans.")], SOURCE.replace("dix ans.", "<u>dix</u> ans.")),
        (
            [("dix ans.", "dix ans.\n\nEt puis un jour.")],
            SOURCE.replace("dix ans.", "dix ans.\n\nEt puis un jour."),
        ),
    ],
)
def test_only_what_changed_is_rewritten(changes: list[tuple[str, str]], expected: str) -> None:
    assert edited(SOURCE, *changes) == expected


@pytest.mark.parametrize(
    ("source", "change", "expected"),
    [
        ("* un\n* deux\n", ("* un", "* un\n*"), "* un\n*\n* deux\n"),
        ("1. un\n1. deux\n", ("# un", "# un\n#\n# x"), "1. un\n1.\n1. x\n1. deux\n"),
        ("* un\n  suite\n\n*\n\n* trois\n", ("trois", "trois mots"), None),
        ("* un\n*\n* trois\n", ("* &nbsp;", "* deux"), "* un\n* deux\n* trois\n"),
        ("* un\n\n* deux\n\n* trois\n", ("deux", "deux mots"), None),
    ],
)
def test_the_others_of_a_list_stay_as_they_are_typed(
    source: str, change: tuple[str, str], expected: str | None
) -> None:
    assert edited(source, change) == (expected or source.replace(*change))


def test_each_paragraph_keeps_its_lines_where_all_of_them_change() -> None:
    source = (
        "La friche\nattendait là.\n\nLe banc est\nposé ici.\n\n* des\n  outils\n* du bois\n\n"
        "La ville\na payé.\n"
    )
    shown = split_blocks(LANGUAGES.to_wikitext(source))
    new = tuple(
        block.replace("là", "encore").replace("posé", "neuf").replace("bois", "sable")
        for block in shown[:-1]
    )
    whole = Splice(0, len(shown), tuple(shown), (*new, "La ville a tout payé.", "Un ajout."))

    after = spliced(source, shown, [whole], LANGUAGES)

    wanted = source.replace("là", "encore").replace("posé", "neuf").replace("bois", "sable")
    assert after == wanted.replace("a payé", "a tout payé") + "\nUn ajout.\n"


def test_a_note_that_changes_rewrites_the_text_and_keeps_its_meaning() -> None:
    after = edited(SOURCE, ("Dite en 2018.", "Dite en 2019."))

    assert "Dite en 2019." in after
    assert LANGUAGES.to_wikitext(after) == LANGUAGES.to_wikitext(SOURCE.replace("2018", "2019"))


def test_what_markdown_cannot_say_is_refused() -> None:
    with pytest.raises(Undecodable, match="Boîte"):
        edited(SOURCE, ("dix ans", "dix {{Boîte}} ans"))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("un deux\ntrois quatre", "un DEUX trois quatre", "un DEUX\ntrois quatre"),
        ("un deux\ntrois quatre", "un deux trois quatre cinq", "un deux\ntrois quatre cinq"),
        ("un deux\ntrois", "zéro", "zéro"),
        ("un deux trois", "un deux quatre", "un deux quatre"),
        ("un\ndeux\ntrois", "un trois", "un\ntrois"),
        ("un deux\ntrois quatre", "un deux six quatre", "un deux\nsix quatre"),
        ("un\n", "deux trois", "deux trois"),
    ],
)
def test_lines_break_where_they_did(before: str, after: str, expected: str) -> None:
    assert rewrapped(before, after, LANGUAGES) == expected


# what is typed, what is changed on the wiki, the line that goes and those that come
LAYOUTS = [
    ("Avant.\n\n * un\n * deux\n\n\nMilieu.\n\nFin.\n", ("Fin.", "Fini."), "Fin.", "Fini."),
    ("| Action | Qui      | Coût |\n|:-------|:---------|-----:|\n| Banc   | la ville |   50 |\n",
     ("50", "120"), "| Banc   | la ville |   50 |", "| Banc   | la ville |  120 |"),
    ("Venez nous aider !\n\nFin.\n", ("nous", "tous"), "Venez nous aider !", "Venez tous aider !"),
    ("Un banc[^marche] neuf.\n\n[^marche]: Vu au marché.\n", ("Vu au", "Vu près du"),
     "[^marche]: Vu au marché.", "[^marche]: Vu près du marché."),
    ("* un\n* deux\n* trois\n", ("* deux", "* deux\n* autre"), "", "* autre"),
    ("1. un\n1. deux\n1. trois\n", ("# deux", "# deux\n# autre"), "", "1. autre"),
    ("1) un\n2) deux\n", ("# deux", "# deux\n# trois"), "", "3) trois"),
    ("- a\n  - b\n  - c\n- d\n", ("** c", "** c\n** e"), "", "  - e"),
    ("- a qui est\n  long\n- d, qui est\n  plus long\n", ("* d", "* e"),
     "- d, qui est", "- e, qui est"),
    ("- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n", ("* b", "* b\n* c"), "", "- c"),
    ("Titre\n=====\n\nUn _mot_.\n", ("mot", "motif"), "Un _mot_.", "Un *motif*."),
    ("Voici :\n\n~~~yaml\na: b\n\n  c: d\n~~~\n\nFin.\n", ("c: d", "c: e"), "  c: d", "  c: e"),
    ("Voir [page][1].\n\nFin.\n\n[1]: https://a.fr\n", ("Fin.", "Fini."), "Fin.", "Fini."),
    ("un\\\ndeux\n\nfin\n", ("fin", "la fin"), "fin", "la fin"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "change", "gone", "come"), LAYOUTS)
def test_what_is_rewritten_keeps_the_layout_of_its_author(
    source: str, change: tuple[str, str], gone: str, come: str
) -> None:
    before, after = source.split("\n"), edited(source, change).split("\n")
    changed = [line for line in after if line not in before]
    assert changed == [come]
    lost = [line for line in before if line not in after]
    assert lost == ([gone] if gone else [])


NOTES = "Un banc[^marche] neuf.\n\nUn four[^b].\n\n[^marche]: Vu au marché.\n[^b]: Seconde note.\n"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([("Vu au marché", "Vu à Loos")], NOTES.replace("Vu au marché", "Vu à Loos")),
        ([("Un banc", "Un long banc")], NOTES.replace("Un banc", "Un long banc")),
        (
            [("Un four", "Un four<ref>Neuf.</ref>, là")],
            NOTES.replace("Un four", "Un four[^1], là") + "[^1]: Neuf.\n",
        ),
        (
            [("banc<ref>Vu au marché.</ref>", "banc")],
            NOTES.replace("[^marche]: Vu au marché.\n", "").replace("[^marche]", ""),
        ),
        (
            [("Un four<ref>Seconde note.</ref>.", "")],
            "Un banc[^marche] neuf.\n\n[^marche]: Vu au marché.\n",
        ),
        (
            [("note.</ref>.", "note.</ref>.\n\nFin.")],
            NOTES.replace("Un four[^b].", "Un four[^b].\n\nFin."),
        ),
    ],
)
def test_notes_on_lines_that_follow_each_other_keep_their_names_and_lines(
    changes: list[tuple[str, str]], expected: str
) -> None:
    assert edited(NOTES, *changes) == expected


@pytest.mark.parametrize(
    "source",
    [
        "Un[^a].\n[^a]: A.\n\nDeux[^b].\n[^b]: B.\n",
        "Un[^a].\n\n[^a]: A.\n\n    Sa suite.\n\n[^b]: B.\n\nDeux[^b].\n",
        "[^a]: A.\n[^b]: B.\n\nUn[^a]. Deux[^b].\n",
        "Un[^a], deux[^b].\n\n```\n[^c]: du code\n```\n\n[^a]: A\n  sa suite\n[^b]: B.\n",
    ],
)
def test_notes_keep_their_names_wherever_they_stand(source: str) -> None:
    assert edited(source, ("Un<", "Un mot<")) == source.replace("Un[", "Un mot[")
