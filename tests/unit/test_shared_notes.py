"""A note that several places of a page cite comes back with each of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_pull import bodies, corpus_of, published, pulled, tree_of

from loosbot.corpus.tree import Overlay
from loosbot.pull.proof import PublishedCorpus
from loosbot.wikitext.notes import cited_in_full, name_of

ID = "fifty-fifty/jardin"
FILE = "narratives/fifty-fifty/jardin.yaml"
SOURCE = """\
type: fifty-fifty
titre: Le jardin
resume: Une friche devient un jardin.
texte: |
  Le premier paragraphe parle
  du jardin[^cahier] et de ses clés.

  Le deuxième parle de la haie.

  Le troisième cite encore le cahier[^cahier],
  et finit là.

  - une chose[^cahier]
  - une autre

  [^cahier]: Cahier de Camille, page 3.
"""
NAME = name_of("Cahier de Camille, page 3.")
FULL = f'<ref name="{NAME}">Cahier de Camille, page 3.</ref>'
SHORT = f'<ref name="{NAME}" />'
FIRST = f"Le premier paragraphe parle du jardin{FULL} et de ses clés.\n\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> PublishedCorpus:
    return published(tree_of(tmp_path_factory.mktemp("base"), {FILE: SOURCE}))


def replaced(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def edited(base: PublishedCorpus, *changes: tuple[str, str]) -> str:
    return replaced(base.rendered[ID].body, *changes)


# what is changed on the wiki, what is changed in the file
BACK = [
    ([("premier", "tout premier")], [("premier", "tout premier")]),
    ([("encore le cahier", "toujours le cahier")], [("encore le cahier", "toujours le cahier")]),
    ([("parle du", "dit du"), ("cite encore", "cite aussi")],
     [("parle\n", "dit\n"), ("cite encore", "cite aussi")]),
    ([("page 3", "page 4")], [("page 3", "page 4")]),
    ([("page 3", "page 4"), ("cite encore", "cite aussi")],
     [("page 3", "page 4"), ("cite encore", "cite aussi")]),
    ([("la haie.", f"la haie{SHORT}.")], [("la haie.", "la haie[^cahier].")]),
    ([(f"cahier{SHORT}", "cahier")], [("cahier[^cahier]", "cahier")]),
    ([(f"jardin{FULL}", "jardin"), (f"cahier{SHORT}", f"cahier{FULL}")],
     [("jardin[^cahier]", "jardin")]),
    ([(FIRST, ""), (f"cahier{SHORT}", f"cahier{FULL}")],
     [("  Le premier paragraphe parle\n  du jardin[^cahier] et de ses clés.\n\n", "")]),
    ([(f"jardin{FULL}", "jardin"), (f"cahier{SHORT}", "cahier"), (f"chose{SHORT}", "chose")],
     [("jardin[^cahier]", "jardin"), ("cahier[^cahier]", "cahier"), ("chose[^cahier]", "chose"),
      ("\n  [^cahier]: Cahier de Camille, page 3.\n", "")]),
    ([("la haie.", "la haie<ref>Dit par Paul.</ref>.")],
     [("la haie.", "la haie[^1]."), ("page 3.\n", "page 3.\n\n  [^1]: Dit par Paul.\n")]),
    ([(f"cahier{SHORT}", "cahier<ref>Cahier de Paul.</ref>")],
     [("cahier[^cahier]", "cahier[^1]"), ("page 3.\n", "page 3.\n\n  [^1]: Cahier de Paul.\n")]),
    ([("la haie.", f"la haie.\n\nUn nouveau{SHORT}.")],
     [("la haie.\n", "la haie.\n\n  Un nouveau[^cahier].\n")]),
    ([("jardin.", f"jardin{SHORT}.")],
     [("Une friche devient un jardin.",
       "|-\n  Une friche devient un jardin[^1].\n\n  [^1]: Cahier de Camille, page 3.")]),
]  # fmt: skip


@pytest.mark.parametrize(("on_the_wiki", "in_the_file"), BACK)
def test_an_edit_beside_a_shared_note_changes_its_own_lines(
    base: PublishedCorpus, on_the_wiki: list[tuple[str, str]], in_the_file: list[tuple[str, str]]
) -> None:
    theirs = edited(base, *on_the_wiki)

    carried = pulled(base, {ID: theirs})

    assert carried.files[FILE].decode() == replaced(SOURCE, *in_the_file)
    assert [page.left for page in carried.pages] == [[]]
    shown = bodies(corpus_of(Overlay(base.tree, carried.files)))[ID]
    assert words(cited_in_full(shown)) == words(cited_in_full(theirs))


ALONE = SOURCE.replace("jardin[^cahier]", "jardin").replace("chose[^cahier]", "chose")
PLAIN = "<ref>Cahier de Camille, page 3.</ref>"
NAMED = '<ref name=":0">Cahier de Camille, page 3.</ref>'
AGAIN = '<ref name=":0" />'
# the visual editor names the note that is cited again; who copies its text does not
CITED_AGAIN = [
    ([(PLAIN, NAMED), ("la haie.", f"la haie{AGAIN}.")], [("la haie.", "la haie[^cahier].")]),
    ([(PLAIN, NAMED), ("* une chose", f"* une chose{AGAIN}")],
     [("- une chose", "- une chose[^cahier]")]),
    ([(PLAIN, AGAIN), ("la haie.", f"la haie{NAMED}.")], [("la haie.", "la haie[^cahier].")]),
    ([(PLAIN, NAMED.replace("3", "4")), ("* une chose", f"* une chose{AGAIN}")],
     [("- une chose", "- une chose[^cahier]"), ("page 3", "page 4")]),
    ([("la haie.", f"la haie{PLAIN}.")],
     [("la haie.", "la haie[^1]."),
      ("page 3.\n", "page 3.\n\n  [^1]: Cahier de Camille, page 3.\n")]),
    ([("troisième cite", f"troisième{PLAIN} cite")],
     [("troisième cite", "troisième[^cahier] cite"), ("le cahier[^cahier]", "le cahier[^1]"),
      ("page 3.\n", "page 3.\n\n  [^1]: Cahier de Camille, page 3.\n")]),
    ([("la haie.", 'la haie<ref name="a&amp;b">Vu.</ref>.'),
      ("une autre", 'une autre<ref name="a&b"/>')],
     [("la haie.", "la haie[^1]."), ("- une autre", "- une autre[^1]"),
      ("page 3.\n", "page 3.\n\n  [^1]: Vu.\n")]),
    ([("la haie.", 'la haie<ref name="a">Vu.</ref>.'), ("une autre", 'une autre<ref name="a"/>')],
     [("la haie.", "la haie[^1]."), ("- une autre", "- une autre[^1]"),
      ("page 3.\n", "page 3.\n\n  [^1]: Vu.\n")]),
]  # fmt: skip


@pytest.mark.parametrize(("on_the_wiki", "in_the_file"), CITED_AGAIN)
def test_a_note_that_is_cited_again_leaves_the_rest_of_the_text(
    on_the_wiki: list[tuple[str, str]], in_the_file: list[tuple[str, str]], tmp_path: Path
) -> None:
    base = published(tree_of(tmp_path, {FILE: ALONE}))
    theirs = edited(base, *on_the_wiki)

    carried = pulled(base, {ID: theirs})

    assert carried.files[FILE].decode() == replaced(ALONE, *in_the_file)
    assert [page.left for page in carried.pages] == [[]]
    shown = bodies(corpus_of(Overlay(base.tree, carried.files)))[ID]
    assert cited_in_full(shown) == cited_in_full(theirs)


def words(body: str) -> str:
    """The text of a page as a reader has it, who sees no name of a note."""
    text = body.partition("== En détail ==")[2].partition("\n== ")[0]
    return re.sub(r'<ref name="note-\w+">', "<ref>", text)


@pytest.mark.parametrize(
    "changes",
    [
        [(FULL, SHORT), (f"cahier{SHORT}", f"cahier{FULL}")],
        [(f"jardin{FULL}", f"jardin{SHORT}"), (f"chose{SHORT}", f"chose{FULL}")],
        [(f'"{NAME}"', '":0"')],
        [(SHORT, f"<ref name={NAME} />")],
        [(SHORT, f'<REF NAME="{NAME}"></REF>')],
        [(SHORT, FULL)],
    ],
)
def test_where_the_words_of_a_note_stand_says_nothing(
    base: PublishedCorpus, changes: list[tuple[str, str]]
) -> None:
    carried = pulled(base, {ID: edited(base, *changes)})

    assert carried.files == {}
    assert [page.left for page in carried.pages] == [[]]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        (("page 3", "page {{Boîte}}"), "Boîte"),
        ((f"cahier{SHORT}", 'cahier<ref name="autre" />'), "autre"),
        ((f"cahier{SHORT}", f'cahier<ref name="{NAME}" group="g">A</ref>'), "group"),
        (("Cahier de Camille, page 3.", ""), "citée sans être écrite"),
    ],
)
def test_a_note_that_no_file_can_say_leaves_the_other_paragraphs(
    base: PublishedCorpus, typed: tuple[str, str], why: str
) -> None:
    carried = pulled(base, {ID: edited(base, typed, ("de la haie", "de la vieille haie"))})

    assert carried.files[FILE].decode() == SOURCE.replace("de la haie", "de la vieille haie")
    assert any(why in left.reason for left in carried.pages[0].left)


def test_what_is_shown_as_it_is_typed_is_no_citation() -> None:
    shown = f"<nowiki>{SHORT}</nowiki> <!-- {SHORT} --> <pre>{SHORT}</pre>"

    assert cited_in_full(f"{FULL} {shown}") == f"{FULL} {shown}"


def test_a_long_note_cited_a_thousand_times_stays_where_it_is() -> None:
    text = f'<ref name="a">{"mot " * 2000}</ref>' + '<ref name="a" />' * 1000

    assert cited_in_full(text) == text
