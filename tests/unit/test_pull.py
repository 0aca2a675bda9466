"""Every field of every page, changed on the wiki, comes back into its file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from corpora import write
from fiches import FILES
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_render_portal import FILES as PORTAL

from loosbot.corpus.check.load import load_corpus
from loosbot.corpus.model import Corpus, Tree
from loosbot.corpus.paths import place
from loosbot.corpus.tree import FolderTree, Overlay
from loosbot.pull.carry import carry_back
from loosbot.pull.edits import EditedPage, PullResult, RenamedPage, WikiEdit, WikiEdits
from loosbot.pull.proof import PublishedCorpus
from loosbot.render.pages import default_titles, render
from loosbot.wikitext.blocks import UNNAMED, opened_region

PLACEHOLDER = "TEXTE"
COUNT = sum(text.count(PLACEHOLDER) for text in FILES.values())
NOT_FROM_THE_WIKI = re.compile(r"relectures: |suite: \{quoi: |unite: TEXTE, note: ")
"""Reviews have their own command; two texts are shown in words that several fields make."""


def numbered(change: Callable[[int, str], str]) -> dict[str, str]:
    """The files, each placeholder replaced by ``change(number, file)``."""
    number = -1
    texts = {}
    for path, text in FILES.items():

        def filled(_: re.Match[str], path: str = path) -> str:
            nonlocal number
            number += 1
            return change(number, path)

        texts[path] = re.sub(PLACEHOLDER, filled, text)
    return texts


def tree_of(folder: Path, files: Mapping[str, str]) -> Tree:
    return FolderTree(write(folder, files))


def corpus_of(tree: Tree) -> Corpus:
    reading = load_corpus(tree)
    assert reading.corpus is not None, reading.findings
    return reading.corpus


def bodies(corpus: Corpus) -> dict[str, str]:
    return {id_: page.body for id_, page in render(corpus, default_titles(corpus)).items()}


def published(tree: Tree) -> PublishedCorpus:
    corpus = corpus_of(tree)
    titles = default_titles(corpus)
    return PublishedCorpus(tree, corpus, lambda whole: whole, titles, render(corpus, titles))


def pulled(base: PublishedCorpus, theirs: Mapping[str, str]) -> PullResult:
    """Pull into the files of ``base``, whose pages were given these bodies by a person."""
    edited = tuple(
        EditedPage(
            id_,
            base.titles[id_],
            (WikiEdit(7, "Camille", "", "", base.rendered[id_].body, body),),
        )
        for id_, body in sorted(theirs.items())
    )
    return carry_back(base, WikiEdits(edited, (), ()), one_by_one=False)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> PublishedCorpus:
    tree = tree_of(tmp_path_factory.mktemp("base"), numbered(lambda n, _: f"texte {n}"))
    return published(tree)


def _line(number: int) -> str:
    lines = (line for text in FILES.values() for line in text.splitlines())
    each = (line for line in lines for _ in range(line.count(PLACEHOLDER)))
    return next(line for n, line in enumerate(each) if n == number)


# each is a whole pull; make quick plays one in ten, make test all
EACH = [
    pytest.param(number, marks=[pytest.mark.slow] if number % 10 else []) for number in range(COUNT)
]


@pytest.mark.parametrize("number", EACH)
def test_each_field_comes_back(number: int, base: PublishedCorpus, tmp_path: Path) -> None:
    where: list[str] = []

    def changed(n: int, path: str) -> str:
        if n == number:
            where.append(path)
        return "autre chose" if n == number else f"texte {n}"

    wanted = tree_of(tmp_path, numbered(changed))
    [path] = where
    id_ = place(path).id
    after = bodies(corpus_of(wanted))
    shown = {id_: body for id_, body in after.items() if body != base.rendered[id_].body}
    assert shown
    if id_ not in after:  # its row is on a page that many files make
        assert not pulled(base, shown).files
        return

    carried = pulled(base, {id_: after[id_]})

    [page] = carried.pages
    # what a page shows twice is read in one place; here the other one has changed as well
    left = [passage for passage in page.left if passage.path[:1] != ("§",)]
    if left or not carried.files:
        assert NOT_FROM_THE_WIKI.search(_line(number)), page.left
        assert not carried.files
        return
    assert not page.conflicts
    now = Overlay(base.tree, carried.files)
    assert bodies(corpus_of(now)) == after
    [(_, old)], [(_, new)] = base.tree.read([path]), now.read([path])
    assert len(set(old.splitlines()) ^ set(new.splitlines())) == 2


def test_a_bullet_with_nothing_behind_it_says_nothing(base: PublishedCorpus) -> None:
    """Somebody pressed Enter once more, or took the words of an item away."""
    body = base.rendered["fifty-fifty/chemins"].body
    told, file = "* texte 59\n", "narratives/fifty-fifty/chemins.yaml"
    assert told in body

    for more in ("*\n", "* \n*\n"):
        carried = pulled(base, {"fifty-fifty/chemins": body.replace(told, told + more)})
        assert carried.files == {}
        assert carried.pages[0].left == []

    carried = pulled(base, {"fifty-fifty/chemins": body.replace(told, "*\n")})
    assert carried.pages[0].left == []
    assert "texte 59" in dict(base.tree.read([file]))[file].decode()
    assert "texte 59" not in carried.files[file].decode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| Année = depuis 2015\n", "| Année = depuis 2015}}\n"),
        ("| Année = depuis 2015\n", "| Année = depuis 2015\n}}\n"),
        ("| Taille = Lourd\n", "| Taille = Lourd {{Source}} }}\n"),
        ("{{Statut|déduit}}", '{{Statut<ref name="a" />|déduit}}'),
        ("{{Source|referentiel|passage=§ 2", "{{Source<ref>a</ref>|referentiel|passage=§ 2"),
        ("| Lieu = ", "}}\n\n| Lieu = "),
        ("{{Voix\n| Qui = ", "{{Voix}}\n| Qui = "),
    ],
)
def test_braces_that_end_a_box_early_empty_no_field(
    old: str, new: str, base: PublishedCorpus
) -> None:
    """What stands behind them is on the page as it was, and no more in the box."""
    body = base.rendered["fifty-fifty/chemins"].body
    assert old in body

    carried = pulled(base, {"fifty-fifty/chemins": body.replace(old, new, 1)})

    [page] = carried.pages
    assert [one.label for one in page.taken if one.removed] == []
    assert page.left
    assert not carried.files


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("| Taille = Lourd\n", "| Tailles = Lourd\n"),
        ("| Taille = Lourd\n", "| Taille<references /> = Lourd\n"),
        ("* '''Risques''' : Engins\n", "'''Risques''' : Engins\n"),
        ("| Diagnostic\n|\n", "| Diagnostic\n| une note\n|\n"),
        ("= {{Quantité|valeur=", "= {{|valeur="),
        ("= [[L’association foncière]] ; ", "= [[L’association foncière|L’association ; "),
    ],
)
def test_a_value_whose_name_is_spoiled_stays_in_its_field(
    old: str, new: str, base: PublishedCorpus
) -> None:
    body = base.rendered["fifty-fifty/chemins"].body
    assert old in body

    carried = pulled(base, {"fifty-fifty/chemins": body.replace(old, new, 1)})

    assert not carried.files
    assert carried.pages[0].left


def test_a_source_taken_out_of_a_voice_leaves_it(base: PublishedCorpus) -> None:
    """Be it emptied before the braces on its line, or given to another voice."""
    body = base.rendered["fifty-fifty/chemins"].body
    source = "| Sources = {{Source|referentiel|passage=§ 4|titre=Le référentiel}}\n"
    assert f"{source}}}}}" in body
    without = body.replace(f"{source}}}}}", "}}", 1)
    elsewhere = without.replace("| Date = 2018\n", f"| Date = 2018\n{source}", 1)
    assert elsewhere != without

    [emptied] = pulled(
        base, {"fifty-fifty/chemins": body.replace(f"{source}}}}}", "| Sources = }}", 1)}
    ).pages
    [given] = pulled(base, {"fifty-fifty/chemins": elsewhere}).pages

    assert [one.path for one in emptied.taken if one.removed] == [("voix", 1, "sources")]
    assert {one.path for one in given.taken} == {("voix", 0, "sources"), ("voix", 1, "sources")}
    assert not emptied.left
    assert not given.left


def test_what_is_computed_is_no_text_of_the_page_under_another_title(tmp_path: Path) -> None:
    front = "---\ntitre: La méthode\nrubrique: methode\nsources: [referentiel § 2]\n---\n\n"
    files = numbered(lambda n, _: f"texte {n}") | {"pages/methode.md": f"{front}Un texte.\n"}
    base = published(tree_of(tmp_path, files))
    body = base.rendered["page/methode"].body
    assert "\n== Sources ==\n" in body

    carried = pulled(base, {"page/methode": body.replace("== Sources ==", "== Références ==")})

    assert not carried.files
    assert carried.pages[0].left


def test_a_list_that_is_moved_above_other_parts_takes_nothing_of_them(
    base: PublishedCorpus,
) -> None:
    """Put between the table of the stages and what is told of each, below a title of its own."""
    body = base.rendered["fifty-fifty/chemins"].body
    part = "== Ce qui peut être amélioré ==\n\n* texte 58\n\n"
    below = "|}\n</div>\n\n=== Le déroulé ===\n"
    assert part in body
    assert below in body
    moved = body.replace(part, "").replace(below, below.replace("===", f"{part}===", 1))

    carried = pulled(base, {"fifty-fifty/chemins": moved})

    assert not carried.files
    assert carried.pages[0].left


def test_a_section_that_is_emptied_is_no_parameter_of_its_name(base: PublishedCorpus) -> None:
    body = base.rendered["recit/chantier"].body
    assert "| Effets = Confiance" in body
    before, _, rest = body.partition("== Effets ==\n\n")
    emptied = f"{before}== Effets ==\n\n{rest.partition(chr(10))[2]}"
    assert len(emptied) < len(body)

    [page] = pulled(base, {"recit/chantier": emptied}).pages

    assert [one.label for one in page.taken if one.removed] == ["Effets"]


def test_text_behind_a_title_on_its_line_is_still_that_of_its_field(base: PublishedCorpus) -> None:
    body = base.rendered["reunion/soir"].body
    for glue in ("", " "):
        spoiled = body.replace("== Le compte rendu ==\n\n", f"== Le compte rendu =={glue}", 1)
        assert spoiled != body
        carried = pulled(base, {"reunion/soir": spoiled})
        assert not carried.files
        assert all("remettez ce titre" in one.reason for one in carried.pages[0].left)


def test_a_title_that_another_record_has_stays_on_the_wiki(tmp_path: Path) -> None:
    base = published(tree_of(tmp_path, PORTAL))
    renamed = RenamedPage("recit/un", "Les bancs", "Camille", "")

    carried = carry_back(base, WikiEdits((), (renamed,), ()), one_by_one=False)

    assert carried.files == {}
    [left] = carried.pages[0].left
    assert "Le titre « Les bancs » est déjà celui de" in left.reason


@pytest.mark.parametrize("typed", ["2 mars 2018\n<br>", "2 mars 2018<br>", "2018 <br>"])
def test_a_date_with_a_line_behind_it_is_told(typed: str, base: PublishedCorpus) -> None:
    body = base.rendered["reunion/soir"].body
    assert "| Date = 2 mars 2018\n" in body

    carried = pulled(base, {"reunion/soir": body.replace("= 2 mars 2018\n", f"= {typed}\n", 1)})

    assert carried.files == {}
    [left] = carried.pages[0].left
    assert left.reason == "une date tient sur une ligne"


def test_a_value_that_the_file_cannot_hold_is_told_what_to_write(tmp_path: Path) -> None:
    record = "type: projet\ntitre: Un quai\nannee: 2018\n"
    base = published(tree_of(tmp_path, {"narratives/projet/quai.yaml": record, **PORTAL}))
    body = base.rendered["projet/quai"].body
    assert "| Année = 2018\n" in body
    for typed, mend in (("12/05/2018", "2018-05-12"), ("2018 environ", "vers 2018")):
        carried = pulled(base, {"projet/quai": body.replace("= 2018\n", f"= {typed}\n", 1)})
        assert carried.files == {}
        [left] = carried.pages[0].left
        assert f"« {typed} » n’est pas une date que l’on sait lire." in left.reason
        assert mend in left.reason


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("du 4 au 5 mai 2018", "du 4 au 5 mai 2018"),
        ("du 30 avril au 2 mai 2018", "du 30 avril au 2 mai 2018"),
        ("le 4 mai 2018", "le 4 mai 2018"),
        ("vendredi 4 mai 2018", "vendredi 4 mai 2018"),
        ("avant le 4 mai 2018", "avant le 4 mai 2018"),
        ("de mars à mai 2018", "de mars à mai 2018"),
        ("4-5 mai 2018", "4-5 mai 2018"),
        ("mi-mai 2018", "mi-mai 2018"),
        ("depuis mai 2018", "depuis 2018-05"),
        ("4 mai 2018 ?", "2018-05-04 ?"),
    ],
)
def test_a_date_that_people_type_in_words_is_one_in_the_file(
    typed: str, written: str, tmp_path: Path
) -> None:
    record = "type: projet\ntitre: Un quai\nannee: 2018\n"
    base = published(tree_of(tmp_path, {"narratives/projet/quai.yaml": record, **PORTAL}))
    body = base.rendered["projet/quai"].body

    carried = pulled(base, {"projet/quai": body.replace("= 2018\n", f"= {typed}\n", 1)})

    assert carried.complete
    assert f"annee: {written}\n".encode() in carried.files["narratives/projet/quai.yaml"]


TABLES = """---
titre: Les niveaux
---

| Avant | Rien |
|---|---|
| a | b |

# Trois *niveaux* & plus[^1]

Texte.

| Niveau | Sens |
| --- | --- |
| informer | dire |

# Encore

Rien.

[^1]: Une note.
"""


def test_a_table_has_its_heading_as_caption_and_comes_back(tmp_path: Path) -> None:
    base = published(tree_of(tmp_path, {**PORTAL, "pages/niveaux.md": TABLES}))
    body = base.rendered["page/niveaux"].body
    assert body.count("|+ ") == body.count('tabindex="0"') == 2
    assert '" role="region" aria-label="&#84;rois &#110;iveaux' in body
    assert '|+ Les niveaux\n|-\n! scope="col" | Avant' in body
    assert '|+ Trois niveaux & plus\n|-\n! scope="col" | Niveau' in body

    edited = body.replace("| dire", "| dire et montrer").replace("''niveaux''", "''degrés''")
    carried = pulled(base, {"page/niveaux": edited})

    wanted = TABLES.replace("| dire", "| dire et montrer").replace("*niveaux*", "*degrés*")
    assert carried.files["pages/niveaux.md"].decode().split() == wanted.split()
    assert carried.pages[0].left == []


LISTED = """\
type: projet
titre: Le banc
resultats:
  - 'Le banc sert
    tous les jours.'
  - >
    La rue est plus
    calme depuis.
  - "Les voisins
    se parlent enfin."
"""


def test_each_item_keeps_its_layout_where_all_of_them_change(tmp_path: Path) -> None:
    """One goes and the others change: each stays in its own quotes, on its own lines."""
    base = published(tree_of(tmp_path, {"narratives/projet/banc.yaml": LISTED}))
    body = base.rendered["projet/banc"].body
    edited = body.replace("* Le banc sert tous les jours.\n", "")
    edited = edited.replace("plus calme", "très calme").replace("parlent", "saluent")

    carried = pulled(base, {"projet/banc": edited})

    gone = "  - 'Le banc sert\n    tous les jours.'\n"
    wanted = LISTED.replace(gone, "").replace("plus\n", "très\n").replace("parlent", "saluent")
    assert carried.files["narratives/projet/banc.yaml"].decode() == wanted


def test_an_item_that_changes_keeps_its_comment_where_one_like_it_goes(tmp_path: Path) -> None:
    green = "  - Le banc vert tient bien.  # dit par Ada\n"
    blue = "  - Le banc bleu tient bien.  # dit par Basile\n"
    record = f"type: projet\ntitre: Le banc\nresultats:\n{green}{blue}"
    base = published(tree_of(tmp_path, {"narratives/projet/banc.yaml": record}))
    body = base.rendered["projet/banc"].body
    edited = body.replace("* Le banc vert tient bien.\n", "").replace(
        "tient bien", "tient très bien"
    )

    carried = pulled(base, {"projet/banc": edited})

    wanted = record.replace(green, "").replace("tient bien", "tient très bien")
    assert carried.files["narratives/projet/banc.yaml"].decode() == wanted


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("Le banc vert tient mal.", "  - Le banc vert tient mal.  # dit par Ada\n"),
        ("Une kermesse a eu lieu.", "  - Une kermesse a eu lieu.\n"),
    ],
)
@pytest.mark.parametrize("others", ["", "  # de plus\n  - Il reste à peindre.\n"])
def test_another_item_in_the_place_of_one_has_not_its_comment(
    words: str, line: str, others: str, tmp_path: Path
) -> None:
    then, before = "Le banc vert tient bien.", "  - Le banc vert tient bien.  # dit par Ada\n"
    path = "narratives/projet/banc.yaml"
    text = f"type: projet\ntitre: Banc\nresultats:\n{before}{others}limites: [temps-long]\n"
    base = published(tree_of(tmp_path, {path: text}))
    body = bodies(base.corpus)["projet/banc"]

    result = pulled(base, {"projet/banc": body.replace(then, words)})

    assert result.complete
    assert result.files[path].decode() == text.replace(before, line)


def test_the_caption_of_a_table_is_not_a_text_of_the_file(tmp_path: Path) -> None:
    base = published(tree_of(tmp_path, {**PORTAL, "pages/niveaux.md": TABLES}))
    body = base.rendered["page/niveaux"].body

    carried = pulled(base, {"page/niveaux": body.replace("|+ Trois", "|+ Les trois")})

    assert carried.files == {}
    assert [passage.label for passage in carried.pages[0].left] == ["Titres des tableaux"]


def test_a_table_in_the_frame_of_before_comes_back(tmp_path: Path) -> None:
    """Its page was published before the frame had a name and the keyboard reached it."""
    text = LISTED + "texte: |\n  | Mois | Visites |\n  | --- | --- |\n  | mai | 3 |\n"
    base = published(tree_of(tmp_path, {"narratives/projet/banc.yaml": text}))
    body = base.rendered["projet/banc"].body
    now = f'{opened_region(UNNAMED)}\n{{| class="wikitable"'
    assert now in body
    before = body.replace(now, '<div style="overflow-x:auto">\n{| class="wikitable"')
    edit = WikiEdit(7, "Camille", "", "", before, before.replace("| 3\n", "| 4\n"))
    page = EditedPage("projet/banc", base.titles["projet/banc"], (edit,))

    carried = carry_back(base, WikiEdits((page,), (), ()), one_by_one=False)

    assert carried.complete, carried.pages[0].left
    wanted = text.replace("| 3 |", "| 4 |")
    assert carried.files["narratives/projet/banc.yaml"].decode() == wanted


STAGE = """\
type: projet
titre: Un banc
realisation:
  texte: |
    Posé en mai.

    {}
    Fin des travaux.
"""


def test_a_table_in_the_text_of_a_stage_stays_where_somebody_edits_that_text(
    tmp_path: Path,
) -> None:
    text = STAGE.format("| Mois | Bancs |\n    |---|---|\n    | mai | 3 |\n")
    base = published(tree_of(tmp_path, {"narratives/projet/banc.yaml": text}))
    body = base.rendered["projet/banc"].body

    for old, new in (("Posé en mai.", "Posé en juin."), ("| mai |", "| juin |")):
        cell = old.replace("| mai |", "| mai\n"), new.replace("| juin |", "| juin\n")
        carried = pulled(base, {"projet/banc": body.replace(*cell)})
        assert carried.complete
        assert carried.files["narratives/projet/banc.yaml"].decode() == text.replace(old, new)


def test_a_text_that_its_page_shows_in_part_is_not_written_anew(tmp_path: Path) -> None:
    """A title of ours in bold opens a list of its own on the page."""
    text = STAGE.format("**Les risques**\n\n    - Un trou.\n")
    base = published(tree_of(tmp_path, {"narratives/projet/banc.yaml": text}))
    body = base.rendered["projet/banc"].body

    carried = pulled(base, {"projet/banc": body.replace("Fin des", "La fin des")})

    assert carried.files == {}
    [left] = carried.pages[0].left
    assert left.reason == "la page ne montre pas tout le texte du fichier"


def test_a_computed_page_is_named_once_with_the_lines_that_changed(
    base: PublishedCorpus,
) -> None:
    body = base.rendered["rapport/mots"].body
    lines = body.split("\n")
    changed = [n for n, line in enumerate(lines) if line.startswith("| ") and "e" in line][::50]
    assert len(changed) > 3
    theirs = "\n".join(f"{line}!" if n in changed else line for n, line in enumerate(lines))

    [page] = pulled(base, {"rapport/mots": theirs}).pages

    [left] = page.left
    assert left.reason.startswith("aucun fichier de ce corpus ne donne cette page")
    assert left.before.split("\n") == [lines[n] for n in changed]
    assert left.after.split("\n") == [f"{lines[n]}!" for n in changed]


def test_the_words_of_a_portal_come_back_and_what_is_computed_stays(tmp_path: Path) -> None:
    base = published(tree_of(tmp_path, PORTAL))
    body = base.rendered["page/accueil"].body
    assert "[[Zélé]] (2019)" in body

    carried = pulled(
        base,
        {
            "page/accueil": body.replace("Lire.", "Lire tout.").replace(
                "[[Zélé]] (2019)", "[[Zélé]] (2020)"
            )
        },
    )

    head = PORTAL["pages/accueil.md"]
    assert carried.files == {"pages/accueil.md": head.replace("Lire.", "Lire tout.").encode()}
    assert {passage.label for passage in carried.pages[0].left} == {"Ce qui est calculé"}


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@example(text="\xa0")
@example(text="*BG<")
@example(text="0\xa0")
@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_in_every_field_at_once(
    text: str, base: PublishedCorpus, tmp_path_factory: pytest.TempPathFactory
) -> None:
    quoted = "'" + text.replace("'", "''") + "'"
    tree = tree_of(tmp_path_factory.mktemp("any"), numbered(lambda n, _: quoted))
    reading = load_corpus(tree)
    if reading.corpus is None:
        return
    after = bodies(reading.corpus)
    records = {id_: record for id_, record in after.items() if id_ in reading.corpus.records}

    carried = pulled(
        base, {id_: body for id_, body in records.items() if body != base.rendered[id_].body}
    )

    for page in carried.pages:
        assert not page.conflicts
    now = corpus_of(Overlay(base.tree, carried.files))
    again = bodies(now)
    left = {page.id for page in carried.pages if page.left}
    for id_, body in records.items():
        if id_ not in left and id_ in now.records:
            assert again[id_] == body


NOTED = """---
titre: Les niveaux
---

Bonjour à
tous.[^1]

* un
* deux

| A | B |
|---|:-:|
|  c | d |

> cite
> encore

Fin _la_.[^livre]

[^1]: Une note.

[^livre]: Un livre.
"""


@pytest.mark.parametrize(
    ("edits", "lines"),
    [
        ([("* un\n", "* un<ref>Trois.</ref>\n")], {"* un[^2]", "[^2]: Trois."}),
        (
            [("* un\n", '* un<ref name="a">Trois.</ref>\n* bis<ref name="a" />\n')],
            {"* un[^2]", "* bis[^2]", "[^2]: Trois."},
        ),
        (
            [("* deux\n", "* deux<ref>Trois.</ref>\n"), ("| d", "| d<ref>Quatre.</ref>")],
            {"* deux[^2]", "|  c | d[^3] |", "[^2]: Trois.", "[^3]: Quatre."},
        ),
        (
            [("* un\n", "* un<ref>Trois.</ref>\n"), ("Fin ", "Fin<ref>Trois.</ref> ")],
            {"* un[^2]", "Fin[^3] *la*.[^livre]", "[^2]: Trois.", "[^3]: Trois."},
        ),
    ],
)
def test_a_note_that_somebody_adds_changes_its_paragraph_alone(
    edits: list[tuple[str, str]], lines: set[str], tmp_path: Path
) -> None:
    base = published(tree_of(tmp_path, {**PORTAL, "pages/niveaux.md": NOTED}))
    body = base.rendered["page/niveaux"].body
    for old, new in edits:
        assert old in body
        body = body.replace(old, new, 1)

    carried = pulled(base, {"page/niveaux": body})

    assert carried.complete, carried.pages[0].left
    text = carried.files["pages/niveaux.md"].decode()
    assert lines <= set(text.splitlines()), text
    kept = {
        "Bonjour à",
        "tous.[^1]",
        "> cite",
        "> encore",
        "[^1]: Une note.",
        "[^livre]: Un livre.",
    }
    assert kept <= set(text.splitlines())


PARTED = "---\ntitre: Niveaux\n---\nIl y avait foule.\n\nLe soir, un bal.\n\nFin.\n"


@pytest.mark.parametrize(
    ("old", "new", "markdown"),
    [
        ("bal.\n", "bal :\n* un\n* deux\n", "Le soir, un bal :\n\n- un\n- deux\n\nFin."),
        ("Fin.", "# un\nFin.", "1. un\n\nFin."),
        ("bal.\n", "bal.\n----\n", "Le soir, un bal.\n\n---\n\nFin."),
        ("bal.\n", "bal.\n== Après ==\n", "Le soir, un bal.\n\n# Après\n\nFin."),
        ("Fin.", "==Après==\n\nFin.", "Le soir, un bal.\n\n# Après\n\nFin."),
        ("bal.\n", "bal.\n<pre>\nun\n  deux</pre>\n", "un bal.\n\n```\nun\n  deux\n```\n\nFin."),
        ("bal.\n", "bal.\n<blockquote>un mot</blockquote>\n", "un bal.\n\n> un mot\n\nFin."),
        (
            "bal.\n",
            'bal.\n{| class="wikitable"\n|+\n!a\n!b\n|-\n|c\n|d\n|}\n',
            "bal.\n\n| a | b |\n| --- | --- |\n| c | d |\n\nFin.",
        ),
    ],
)
def test_what_people_put_right_under_a_sentence_comes_back(
    old: str, new: str, markdown: str, tmp_path: Path
) -> None:
    base = published(tree_of(tmp_path, {**PORTAL, "pages/niveaux.md": PARTED}))
    body = base.rendered["page/niveaux"].body
    assert old in body

    carried = pulled(base, {"page/niveaux": body.replace(old, new, 1)})

    assert carried.complete, carried.pages[0].left
    assert markdown in carried.files["pages/niveaux.md"].decode()
