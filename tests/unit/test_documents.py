"""``loosbot import recit`` and ``reunion``: a draft that asks, and makes nobody say or accept."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml

from loosbot.cli import main
from loosbot.corpus.yaml import reader
from loosbot.errors import UserError
from loosbot.exchange import drafts


def fiche(draft: drafts.Draft) -> dict[str, object]:
    document = reader.read(draft.data, draft.path)
    assert not [finding for finding in document.findings if finding.severity == "error"]
    data: dict[str, object] = document.data
    return data


def word() -> bytes:
    made = docx.Document()
    made.add_heading("Un banc pour la rue", 1)
    made.add_paragraph("Le samedi, tout le monde est là.")
    paragraph = made.add_paragraph()
    paragraph.add_run("Ada E. : ").bold = True
    paragraph.add_run("J'ai écrit *trois* fois. ")
    paragraph.add_run("Vraiment ").bold = True
    paragraph.add_run("trois.")
    made.add_paragraph("Et puis plus rien.")
    paragraph = made.add_paragraph()
    paragraph.add_run("Basile").bold = True
    paragraph.add_run(" : On a promis trop vite.")
    made.add_paragraph("le bois", style="List Bullet")
    made.add_paragraph("la vis", style="List Bullet")
    table = made.add_table(2, 2)
    for row, column, text in ((0, 0, "Qui"), (0, 1, "Quoi"), (1, 0, "La ville"), (1, 1, "a | b")):
        table.cell(row, column).text = text
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.slow
def test_a_word_file_is_a_tale_with_a_voice_for_each_who_is_marked() -> None:
    data = fiche(drafts.recit(drafts.read(word(), "banc.docx"), "banc.docx"))

    assert data == {
        "type": "recit",
        "titre": "Un banc pour la rue",
        "voix": [
            {
                "qui": "Ada E.",
                "texte": "J'ai écrit \\*trois\\* fois. **Vraiment** trois.\n\nEt puis plus rien.\n",
            },
            {
                "qui": "Basile",
                "texte": "On a promis trop vite.\n\n- le bois\n- la vis\n\n"
                "| Qui | Quoi |\n| --- | --- |\n| La ville | a \\| b |\n",
            },
        ],
        "texte": "Le samedi, tout le monde est là.\n",
    }


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        pytest.param(
            '<w:fldSimple w:instr=" DATE "><w:r><w:t>2 mars</w:t></w:r></w:fldSimple>',
            "Le 2 mars.",
            id="field",
        ),
        pytest.param("<w:r><w:t>banc</w:t><w:cr/><w:t>vert</w:t></w:r>", "Le banc  \n", id="line"),
        pytest.param('<w:bdo w:val="ltr"><w:r><w:t>banc</w:t></w:r></w:bdo>', "Le banc.", id="bdo"),
        pytest.param(
            "<w:r><w:ruby><w:rt><w:r><w:t>ban</w:t></w:r></w:rt>"
            "<w:rubyBase><w:r><w:t>banc</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "Le banc.",
            id="ruby",
        ),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
            '<w:listEntry w:val="sol"/><w:listEntry w:val="banc"/></w:ddList></w:ffData>'
            "</w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>"
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "Le banc.",
            id="drop-down",
        ),
    ],
)
def test_no_word_of_a_word_file_is_left_out(inner: str, text: str) -> None:
    """mammoth 1.13.0 leaves each of these out; Word writes the first for a date, a reference."""
    draft = drafts.recit(drafts.read(word_of(inner), "x.docx"), "x.docx")
    assert text in draft.data.decode()


def test_a_formula_of_a_word_file_is_asked_about() -> None:
    formula = f'<m:oMath xmlns:m="{MATH}"><m:r><m:t>x=2</m:t></m:r></m:oMath>'
    draft = drafts.recit(drafts.read(word_of(formula), "x.docx"), "x.docx")
    assert any("image 1 (« formule x=2 »)" in question for question in draft.questions)


def test_a_box_to_tick_of_a_word_file_keeps_its_sign() -> None:
    """mammoth makes an element of a form of it, whose sign is nowhere in its HTML."""
    made = [
        f'<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="{WORD_2010}"><w14:checked w14:val="{ticked}"/>'
        f"</w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>{sign}</w:t></w:r></w:sdtContent></w:sdt>"
        for ticked, sign in ((1, "☒"), (0, "☐"))
    ]
    inner = "<w:r><w:t> oui </w:t></w:r>".join(made)
    draft = drafts.recit(drafts.read(word_of(inner), "x.docx"), "x.docx")
    assert "Le ☒ oui ☐." in draft.data.decode()


@pytest.mark.parametrize(
    ("inner", "text", "words"),
    [
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>nom de Z</w:t></w:r>", "Le .", 3),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>banc</w:t></w:r>', "Le banc.", 0),
        ("<w:r><w:rPr><w:webHidden/></w:rPr><w:t>banc</w:t></w:r>", "Le banc.", 0),
        ('<w:r><w:rPr><w:rStyle w:val="Cache"/></w:rPr><w:t>Z</w:t></w:r>', "Le .", 1),
    ],
)
def test_what_a_word_file_hides_is_counted_and_not_taken(inner: str, text: str, words: int) -> None:
    read = drafts.read(word_of(inner), "x.docx")
    assert [passage.text for passage in read.passages] == [text]
    draft = drafts.reunion(read, "x.docx")
    assert read.hidden == words
    assert any("que le document cache" in question for question in draft.questions) is bool(words)


def word_of(inner: str) -> bytes:
    """A paragraph « Le … . » with these elements in it; the style « Cache » hides its words."""
    made = docx.Document()
    made.styles.add_style("Cache", WD_STYLE_TYPE.CHARACTER).font.hidden = "Cache" in inner or None
    paragraph = made.add_paragraph("Le ")
    for element in parse_xml(f'<w:p xmlns:w="{WORD}">{inner}</w:p>'):
        paragraph._p.append(element)
    paragraph.add_run(".")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
ODT = f"""<office:document-content xmlns:office="{OFFICE}office:1.0" xmlns:text="{OFFICE}text:1.0"
 xmlns:style="{OFFICE}style:1.0" xmlns:draw="{OFFICE}drawing:1.0" xmlns:dc="http://x/"
 xmlns:svg="{OFFICE}svg-compatible:1.0" xmlns:fo="{OFFICE}xsl-fo-compatible:1.0">
<office:automatic-styles><style:style style:name="T1" style:family="text">
<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>
<office:body><office:text><text:tracked-changes><text:changed-region><text:deletion>
<office:change-info><dc:creator>Léa M</dc:creator></office:change-info>
<text:p>supprimé</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:p text:style-name="Heading_20_1">Le banc</text:p>
<text:p><text:span text:style-name="T1">gras </text:span>et<text:s/>suite
<office:annotation><dc:creator>X</dc:creator><text:p>commentaire</text:p>
</office:annotation>.<text:note><text:note-body><text:p>Une note.</text:p></text:note-body>
</text:note></text:p>
<text:p><draw:frame><draw:image/><svg:desc>Un banc</svg:desc></draw:frame></text:p>
<text:list><text:list-item><text:p>un</text:p></text:list-item></text:list>
</office:text></office:body></office:document-content>"""


def test_an_odt_is_read_without_what_was_deleted_or_commented() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", ODT)

    draft = drafts.recit(drafts.read(stream.getvalue(), "x.odt"), "x.odt")
    data = fiche(draft)

    assert data["titre"] == "Le banc"
    [voice] = data["voix"]  # type: ignore[misc] # a list, as the next line shows
    assert voice["qui"] == "inconnu"
    assert voice["texte"].startswith("**gras** et")
    assert "- un" in voice["texte"] and voice["texte"].count("Une note.") == 1
    assert "supprimé" not in voice["texte"] and "commentaire" not in voice["texte"]
    assert any("image 1 (« Un banc »)" in question for question in draft.questions)


def test_a_table_in_a_cell_is_said_once_in_that_cell() -> None:
    """Word, LibreOffice and the library docx of npm (9.15.2) write such tables."""
    made = docx.Document()
    made.add_paragraph("Avant.")
    table = made.add_table(2, 2)
    table.cell(0, 0).text = "Qui"
    table.cell(0, 1).text = "Quoi"
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "le bois", "la vis"
    table.cell(1, 0).text = "Ada"
    word = io.BytesIO()
    made.save(word)
    odt = io.BytesIO()
    start, end = ODT.index("<text:tracked"), ODT.index("</office:text>")
    row = "<table:table-row>{}</table:table-row>".format
    cell = "<table:table-cell>{}</table:table-cell>".format
    words = "<text:p>{}</text:p>".format
    nested = row(cell(words("le bois")) + cell(words("la vis")))
    rows = row(cell(words("Qui")) + cell(f"{words('Quoi')}<table:table>{nested}</table:table>"))
    body = f"<table:table>{rows}{row(cell(words('Ada')) + cell(''))}</table:table>"
    with zipfile.ZipFile(odt, "w") as archive:
        text = f"{ODT[:start]}{words('Avant.')}{body}{ODT[end:]}"
        known = f'xmlns:table="{OFFICE}table:1.0" xmlns:style='
        archive.writestr("content.xml", text.replace("xmlns:style=", known, 1))

    for data, name in ((word.getvalue(), "x.docx"), (odt.getvalue(), "x.odt")):
        draft = drafts.recit(drafts.read(data, name), name).data.decode()
        assert "| Qui | Quoi / le bois / la vis |" in draft, draft
        assert draft.count("le bois") == draft.count("la vis") == 1
        assert "| Ada |  |" in draft


def test_what_stands_in_a_frame_of_an_odt_comes_after_its_paragraph() -> None:
    """LibreOffice puts a picture and its caption in a frame of text; a page may hold a picture."""
    picture = "<draw:frame><draw:image/><svg:desc>Un banc</svg:desc></draw:frame>"
    caption = f"<text:p>{picture}Illustration 1 : Le banc</text:p><text:p>Photo : Ada E.</text:p>"
    shape = "<draw:custom-shape><text:p>Ici</text:p></draw:custom-shape>"
    frame = f"<draw:frame><draw:text-box>{caption}</draw:text-box></draw:frame>"
    body = f"{picture}<text:p>Avant {frame}après{shape}.</text:p><text:p>Fin.</text:p>"
    start, end = ODT.index("<text:tracked"), ODT.index("</office:text>")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", f"{ODT[:start]}{body}{ODT[end:]}")

    text = drafts.read(stream.getvalue(), "x.odt")

    assert [passage.text for passage in text.passages] == [
        "Avant après.", "Illustration 1 : Le banc", "Photo : Ada E.", "Ici", "Fin.",
    ]  # fmt: skip
    assert [picture.alt for picture in text.pictures] == ["Un banc", "Un banc"]


def test_what_an_odt_hides_is_counted_and_not_taken() -> None:
    """As LibreOffice 7.4 writes it: the style, the field, a paragraph and a section."""
    cache = '<text:span text:style-name="T9">nom de Z </text:span>'
    hidden = '<text:hidden-paragraph text:is-hidden="true"/>'
    body = (
        f'<text:p>Un {cache}banc<text:hidden-text text:is-hidden="true">x</text:hidden-text>.'
        "</text:p>"
        f"<text:p>{hidden}caché</text:p>"
        '<text:section text:display="none"><text:p>aussi</text:p></text:section>'
        '<text:p>Fin<text:hidden-text text:is-hidden="false">ale</text:hidden-text>.</text:p>'
    )
    style = (
        '<style:style style:name="T9" style:family="text"><style:text-properties '
        'text:display="none"/></style:style></office:automatic-styles>'
    )
    start, end = ODT.index("<text:tracked"), ODT.index("</office:text>")
    content = f"{ODT[:start]}{body}{ODT[end:]}".replace("</office:automatic-styles>", style)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", content)

    read = drafts.read(stream.getvalue(), "x.odt")

    assert [passage.text for passage in read.passages] == ["Un banc.", "Finale."]
    assert read.hidden == 6


def test_an_odt_may_have_an_empty_part() -> None:
    """OpenOffice, and odfdo 3.27.3 after it, leave one for the keys of a document that has none."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", ODT)
        archive.writestr("Configurations2/accelerator/current.xml", "")

    assert drafts.read(stream.getvalue(), "x.odt").passages


@pytest.mark.parametrize(
    ("name", "part"), [("x.odt", "content.xml"), ("x.docx", "word/document.xml")]
)
def test_a_document_whose_text_is_an_empty_part_is_refused(name: str, part: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(part, "")

    with pytest.raises(UserError, match="ne peut pas être lu"):
        drafts.read(stream.getvalue(), name)


SPAN = "<text:span text:style-name"
NAMED = f"""<office:document-content xmlns:office="{OFFICE}office:1.0" xmlns:text="{OFFICE}text:1.0"
 xmlns:style="{OFFICE}style:1.0"><office:body><office:text>
<text:p>{SPAN}="Strong_20_Emphasis">Ada E. :</text:span> oui,
{SPAN}="Emphasis">vraiment</text:span>.</text:p>
<text:list text:style-name="WWNum3"><text:list-item><text:p>un</text:p>
<text:list><text:list-item><text:p>et demi</text:p></text:list-item></text:list></text:list-item>
<text:list-item><text:p>deux</text:p></text:list-item></text:list>
</office:text></office:body></office:document-content>"""
STYLES = f"""<office:document-styles xmlns:office="{OFFICE}office:1.0" xmlns:text="{OFFICE}text:1.0"
 xmlns:style="{OFFICE}style:1.0" xmlns:fo="{OFFICE}xsl-fo-compatible:1.0"><office:styles>
<style:style style:name="Strong_20_Emphasis" style:family="text">
<style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Emphasis" style:family="text">
<style:text-properties fo:font-style="italic"/></style:style>
<text:list-style style:name="WWNum3">
<text:list-level-style-number text:level="1" style:num-format="1"/>
<text:list-level-style-bullet text:level="2"/></text:list-style>
</office:styles></office:document-styles>"""


def test_an_odt_has_the_styles_and_the_lists_that_have_a_name() -> None:
    """LibreOffice writes them apart: « Accentuation forte », and every list of a Word file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", NAMED)
        archive.writestr("styles.xml", STYLES)

    data = fiche(drafts.recit(drafts.read(stream.getvalue(), "x.odt"), "x.odt"))

    [voice] = data["voix"]  # type: ignore[misc] # as above
    assert voice == {
        "qui": "Ada E.",
        "texte": "oui, *vraiment*.\n\n1. un\n    - et demi\n2. deux\n",
    }


def test_a_list_that_an_odt_cuts_into_its_items_is_one() -> None:
    """As the exporter of La Suite Docs does (BlockNote 0.51.4); a numbered one says that it goes
    on, and begins anew where it does not."""
    item = "<text:list-item><text:p>{}</text:p></text:list-item></text:list>".format
    plain = '<text:list text:style-name="Points">'
    again = '<text:list text:style-name="WWNum3">'
    more = '<text:list text:style-name="WWNum3" text:continue-numbering="true">'
    lists = f"{plain}{item('a')}{plain}{item('b')}{again}{item('c')}{more}{item('d')}"
    start, end = NAMED.index("<text:p>"), NAMED.index("</office:text>")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        content = f"{NAMED[:start]}{lists}{again}{item('e')}{NAMED[end:]}"
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", STYLES)

    data = fiche(drafts.recit(drafts.read(stream.getvalue(), "x.odt"), "x.odt"))

    [voice] = data["voix"]  # type: ignore[misc] # as above
    assert voice["texte"] == "- a\n- b\n\n1. c\n2. d\n\n1) e\n"


def test_minutes_propose_and_decide_nothing() -> None:
    text = (
        "# Réunion sur la place\n\nLe 12 mars 2024, vingt personnes.\n\n"
        "Il est décidé de garder la place libre. La mairie s’engage à venir avant le 3 juin.\n"
    ).encode()

    draft = drafts.reunion(drafts.read(text, "cr.md"), "cr.md")
    data = fiche(draft)

    assert data["date"] == {
        "valeur": "2024-03-12", "statut": "deduit", "note": "Lue dans le compte rendu.",
    }  # fmt: skip
    assert not {"decisions", "engagements"} & set(data)
    assert '#   - texte: "Il est décidé de garder la place libre."' in draft.data.decode()
    assert '#   - quoi: "La mairie s’engage à venir avant le 3 juin."' in draft.data.decode()


def test_each_item_of_minutes_is_proposed_alone() -> None:
    text = (
        "Présents : M. Caron\n\nDécisions :\n- planter douze arbres ;\n- poser un banc.\nFin.\n\n"
        "1/ Point sur le parc\nIl est décidé de refaire l’allée. M. Dupont s’engage à arroser.\n"
        "2/ Divers\n→ La CALL promet une réponse.\n"
    )
    made = drafts.reunion(drafts.read(text.encode(), "cr.txt"), "cr.txt").data.decode()
    proposed = [
        line.partition('"')[2].rstrip('"') for line in made.splitlines() if "#   - " in line
    ]
    assert proposed == [
        "planter douze arbres ;",
        "poser un banc.",
        "Fin.",
        "Point sur le parc Il est décidé de refaire l’allée.",
        "M. Dupont s’engage à arroser.",
        "La CALL promet une réponse.",
    ]


def test_what_is_not_proposed_any_more_is_counted() -> None:
    text = "# Réunion\n\n" + " ".join(f"Il est décidé la chose {n}." for n in range(53)) + "\n"
    made = drafts.reunion(drafts.read(text.encode(), "cr.md"), "cr.md").data.decode()
    assert '#   - texte: "Il est décidé la chose 49."' in made
    assert '#   - texte: "Il est décidé la chose 50."' not in made
    assert "#   # Et 3 autres, à trouver dans le texte." in made


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ada E. : oui.", ["Ada E."]),
        ("Ada : oui.\n\nBasile : non.\n\nAda : si.\n\nBasile : bon.", ["Ada", "Basile"] * 2),
        ("**Ada :** oui.\n\nEncore.", ["Ada"]),
        ("Note : rien.\n\nNote : rien.", ["inconnu"]),
        ("Il dit : oui.", ["inconnu"]),
    ],
    ids=["initial", "dialogue", "bold", "note", "sentence"],
)
def test_who_speaks_is_read_only_where_it_is_marked(text: str, who: list[str]) -> None:
    data = fiche(drafts.recit(drafts.read(text.encode(), "a.txt"), "a.txt"))

    assert [voice["qui"] for voice in data["voix"]] == who  # type: ignore[attr-defined]  # a fiche is told as ``object``


@pytest.mark.slow
def test_the_command_writes_a_draft_that_check_explains_and_never_twice(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "loosbot.yaml").write_text("corpus: essai\n", encoding="utf-8")
    file = tmp_path / "banc.docx"
    file.write_bytes(word())

    def run(*words: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(main, [words[0], "--corpus", str(corpus), *words[1:]])
        return done.exit_code, done.stdout, done.stderr

    code, out, _ = run("import", "recit", str(file))
    made = corpus / "narratives/recit/un-banc-pour-la-rue.yaml"

    assert (code, made.exists()) == (0, True)
    assert "consentement" in out
    assert "consentement:" not in made.read_text(encoding="utf-8").partition("type:")[2]
    code, out, _ = run("check")
    assert code == 1
    assert "role" in out
    assert run("import", "recit", str(file))[0] == 1
    assert run("import", "codes", str(file))[0] == 2
    file.write_bytes(b"PK rien")
    assert run("import", "recit", str(file))[0] == 1


def test_minutes_are_a_draft_for_check_until_their_questions_are_gone(tmp_path: Path) -> None:
    """A meeting needs no date: nothing else would tell that it was begun and not read again."""
    (tmp_path / "loosbot.yaml").write_text("corpus: essai\n", encoding="utf-8")
    (tmp_path / "cr.txt").write_text("On pose le banc.\n", encoding="utf-8")
    where = ["--corpus", str(tmp_path)]
    done = CliRunner().invoke(main, ["import", "reunion", str(tmp_path / "cr.txt"), *where])
    assert done.exit_code == 0
    made = tmp_path / "narratives/reunion/cr.yaml"
    told = CliRunner().invoke(main, ["check", *where])
    assert "reunion/cr.yaml:2:1: avertissement [texte-a-finir]" in told.stdout
    lines = made.read_text(encoding="utf-8").splitlines(keepends=True)
    made.write_text("".join(line for line in lines if line[0] != "#"), encoding="utf-8")
    assert "texte-a-finir" not in CliRunner().invoke(main, ["check", *where]).stdout


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["recit", "cr.pdf"], "Copiez-en le texte dans un fichier .txt"),
        (["recit", "cr.doc"], "enregistrez-le en .docx ou en .odt"),
        (["recit", "cr.ods"], "sans ce mot : loosbot import "),
        (["cr.odt"], "dites d’abord ce qu’il est : loosbot import recit "),
        (["recit", "vide.txt"], "« vide.txt » n’a pas de texte."),
    ],
)
def test_a_file_that_is_no_document_is_told_what_to_do_with_it(
    tmp_path: Path, words: list[str], hint: str
) -> None:
    (tmp_path / "loosbot.yaml").write_text("corpus: essai\n", encoding="utf-8")
    *kinds, name = words
    (tmp_path / name).write_bytes(b"\n")
    arguments = ["import", *kinds, str(tmp_path / name), "--corpus", str(tmp_path)]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code in (1, 2)
    assert hint in done.stderr
    assert not (tmp_path / "narratives").exists()


SHAPES = (
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
BOX = "<w:txbxContent><w:p><w:r><w:t>banc vert</w:t></w:r></w:p></w:txbxContent>"
NEWER = (
    '<w:drawing><wp:inline><a:graphic><a:graphicData uri="x">{}</a:graphicData></a:graphic>'
    "</wp:inline></w:drawing>"
)
ALTERNATE = "<mc:AlternateContent><mc:Choice>{}</mc:Choice>{}</mc:AlternateContent>"
NEW_BOX = NEWER.format(f"<wps:wsp><wps:txbx>{BOX}</wps:txbx></wps:wsp>")
OLD_BOX = f"<w:pict><v:oval><v:textbox>{BOX}</v:textbox></v:oval></w:pict>"


def word_with(shape: str) -> bytes:
    """A paragraph with a run that holds these elements."""
    made = docx.Document()
    paragraph = made.add_paragraph("Le ")
    for element in parse_xml(f'<w:p xmlns:w="{WORD}" {SHAPES}><w:r>{shape}</w:r></w:p>'):
        paragraph._p.append(element)
    paragraph.add_run("mur.")
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param(NEW_BOX, id="newer"),
        pytest.param(OLD_BOX, id="ellipse"),
        pytest.param(OLD_BOX.replace("oval", "polyline"), id="polyline"),
        pytest.param(ALTERNATE.format(NEW_BOX, ""), id="newer alone"),
        pytest.param(ALTERNATE.format(NEW_BOX, "<mc:Fallback/>"), id="empty older"),
        pytest.param(ALTERNATE.format(NEW_BOX, f"<mc:Fallback>{OLD_BOX}</mc:Fallback>"), id="both"),
        pytest.param(
            '<w:pict><v:shape><v:textpath string="banc vert"/></v:shape></w:pict>', id="WordArt"
        ),
    ],
)
def test_words_in_a_shape_of_a_word_file_come_after_its_paragraph(shape: str) -> None:
    """Of these, mammoth 1.13.0 alone gives the one that Word writes for a rectangle."""
    read = drafts.read(word_with(shape), "x.docx")
    assert [passage.text for passage in read.passages] == ["Le mur.", "banc vert"]


def test_a_shape_within_a_shape_comes_after_it() -> None:
    inner = f"<w:p><w:r><w:t>toit</w:t>{OLD_BOX}</w:r></w:p>"
    outer = OLD_BOX.replace(BOX, f"<w:txbxContent>{inner}</w:txbxContent>")
    read = drafts.read(word_with(outer), "x.docx")
    assert [passage.text for passage in read.passages] == ["Le mur.", "toit", "banc vert"]


@pytest.mark.parametrize(
    ("shape", "alts"),
    [
        (NEWER.format("<c:chart/>"), ["graphique"]),
        ('<w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>',
         ["objet incorporé Excel.Sheet.12"]),
        (NEWER.format("<wpg:wgp><a:blip/><a:blip/></wpg:wgp>"), ["", ""]),
    ],
)  # fmt: skip
def test_what_is_drawn_in_a_word_file_is_asked_about(shape: str, alts: list[str]) -> None:
    read = drafts.read(word_with(shape), "x.docx")
    assert [picture.alt for picture in read.pictures] == alts
    assert [passage.text for passage in read.passages] == ["Le mur."]


@pytest.mark.parametrize(
    "shape", ['<w:br w:type="page"/>', '<w:ptab w:relativeTo="margin" w:alignment="center"/>']
)
def test_a_new_page_parts_two_words(shape: str) -> None:
    read = drafts.read(word_with(f"<w:t>banc</w:t>{shape}<w:t>vert, </w:t>"), "x.docx")
    assert [passage.text for passage in read.passages] == ["Le banc vert, mur."]


@pytest.mark.slow
def test_cells_stay_below_their_titles() -> None:
    """A cell over two rows, and a row that begins in its second column."""
    made = docx.Document()
    table = made.add_table(3, 3)
    for rank, text in enumerate(("Quand", "Qui", "Quoi", "mai", "Ada", "bois", "", "Léo", "vis")):
        table.cell(*divmod(rank, 3)).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    row = made.add_table(2, 2).rows[1]._tr
    made.tables[1].cell(0, 0).text, made.tables[1].cell(0, 1).text = "Quand", "Qui"
    made.tables[1].cell(1, 1).text = "Léo"
    row.remove(row.tc_lst[0])
    row.get_or_add_trPr().append(parse_xml(f'<w:gridBefore xmlns:w="{WORD}" w:val="1"/>'))
    stream = io.BytesIO()
    made.save(stream)

    text = drafts.recit(drafts.read(stream.getvalue(), "x.docx"), "x.docx").data.decode()

    assert "| mai | Ada | bois |\n" in text
    assert "|  | Léo | vis |\n" in text
    assert "|  | Léo |\n" in text


@pytest.mark.slow
def test_what_stands_around_the_text_of_a_word_file_is_asked_about() -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Le banc ")
    paragraph.add_run("vert clair").font.strike = True
    made.add_comment(paragraph.runs[0], text="à revoir", author="Léa")
    words = "<w:r><w:delText>du square</w:delText></w:r>"
    paragraph._p.append(parse_xml(f'<w:del xmlns:w="{WORD}" w:id="7">{words}</w:del>'))
    section = made.sections[0]
    section.header.paragraphs[0].text = "À ne pas diffuser"
    section.footer.paragraphs[0].text = "Page 3 sur 4"
    stream = io.BytesIO()
    made.save(stream)

    asked = "\n".join(drafts.reunion(drafts.read(stream.getvalue(), "x.docx"), "x").questions)

    assert "1 commentaire en marge" in asked
    assert "2 mots supprimés par le suivi" in asked
    assert "2 mots barrés : repris comme les autres" in asked
    assert "en-tête ou pied de page, « À ne pas diffuser » : rien" in asked


def test_what_stands_around_the_text_of_an_odt_is_asked_about() -> None:
    styles = f"""<office:document-styles xmlns:office="{OFFICE}office:1.0"
 xmlns:text="{OFFICE}text:1.0" xmlns:style="{OFFICE}style:1.0">
<office:master-styles><style:master-page>
<style:header><text:p>À ne pas diffuser</text:p></style:header>
<style:footer><text:p>Page <text:page-number>3</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles></office:document-styles>"""
    content = ODT
    for before, more in (
        ("<office:automatic-styles>", '<style:style style:name="T2" style:family="text">'
         '<style:text-properties style:text-line-through-style="solid"/></style:style>'),
        ("<office:text>", f'<office:forms xmlns:form="{OFFICE}form:1.0"><form:form>'
         '<form:text form:current-value="Ada"/></form:form></office:forms>'
         '<text:p><text:span text:style-name="T2">ôté</text:span></text:p>'),
    ):  # fmt: skip
        content = content.replace(before, before + more, 1)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", styles)

    asked = "\n".join(drafts.reunion(drafts.read(stream.getvalue(), "x.odt"), "x").questions)

    assert "1 commentaire en marge" in asked
    assert "1 mot supprimé par le suivi" in asked
    assert "1 mot barré" in asked
    assert "en-tête ou pied de page, « À ne pas diffuser » : rien" in asked
    assert "dans les champs d’un formulaire, « Ada » : rien n’en est repris." in asked


MINUTES = "Réunion du 9 mars 2018\n\nIl est décidé de poser le banc.\n"
MAIL = (
    "De : Ada E. <a@exemple.fr>\nEnvoyé : lundi 12 mars 2018\nÀ : mairie\nObjet : TR: RE: Le banc\n"
)


@pytest.mark.parametrize(
    "lines",
    [
        [MAIL, MINUTES],
        ["From: a@exemple.fr", "Date: Mon, 12 Mar 2018", "Subject: Fwd: Le banc", MINUTES],
    ],
)
def test_minutes_sent_by_mail_are_called_by_its_subject(lines: list[str]) -> None:
    document = "\n".join(lines).encode() if len(lines) == 2 else "\n\n".join(lines).encode()
    draft = drafts.reunion(drafts.read(document, "cr.txt"), "cr.txt")
    assert (draft.path, fiche(draft)["date"]) == (
        "narratives/reunion/le-banc.yaml",
        {"valeur": "2018-03-09", "statut": "deduit", "note": "Lue dans le compte rendu."},
    )
    assert fiche(draft)["compte_rendu"] == {"texte": MINUTES}
    assert "n’est pas repris" in draft.questions[0]


def test_minutes_that_say_when_and_what_are_no_mail() -> None:
    document = f"Date : 9 mars 2018\nObjet : le banc\nDe : 18 h à 20 h\n\n{MINUTES}".encode()
    draft = drafts.reunion(drafts.read(document, "cr.txt"), "cr.txt")
    assert "De : 18 h" in str(fiche(draft)["compte_rendu"])


def test_a_title_that_is_the_name_of_the_file_is_asked_for() -> None:
    draft = drafts.reunion(drafts.read(MINUTES.encode(), "cr.txt"), "cr.txt")
    assert draft.questions[0].startswith("titre : « cr » est le nom du document")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_a_text_is_read_in_the_encoding_that_it_has(encoding: str) -> None:
    text = drafts.read(MINUTES.encode(encoding), "cr.txt")
    assert [passage.text for passage in text.passages] == MINUTES.rstrip().split("\n\n")


def test_the_pages_of_a_pdf_are_parted_as_paragraphs() -> None:
    """It was told as too long: no record may hold a form feed."""
    draft = drafts.reunion(drafts.read(b"Une page.\n\fUne autre.\n", "a.txt"), "a.txt")
    assert fiche(draft)["compte_rendu"] == {"texte": "Une page.\n\nUne autre.\n"}


@pytest.mark.parametrize(
    "stamps",
    [
        ("04/06/2018 à 10:12 - ", "04/06/2018 à 10:13 - "),
        ("[04/06/2018 10:12:33] ", "\u200e[04/06/2018, 10:13:01] "),
    ],
)
def test_who_wrote_each_message_of_a_conversation_speaks(stamps: tuple[str, str]) -> None:
    first, second = stamps
    exported = f"{first}Ada: On le pose samedi ?\n{second}Lou E.: Oui,\navec plaisir\n"
    draft = drafts.recit(drafts.read(exported.encode(), "groupe.txt"), "groupe.txt")
    assert fiche(draft)["voix"] == [
        {"qui": "Ada", "texte": "On le pose samedi ?\n"},
        {"qui": "Lou E.", "texte": "Oui,\navec plaisir\n"},
    ]
