"""How to cite a récit, and its Dublin Core in the page."""

from __future__ import annotations

import re
from pathlib import Path

import mwparserfromhell
from corpora import corpus
from fiches import FILES

from loosbot import resources
from loosbot.decode.body import read_body
from loosbot.render.dublincore import ELEMENTS
from loosbot.render.pages import default_titles, names_of, render

TALE = "recit/chantier"
PATH = f"narratives/{TALE}.yaml"


def _notice(folder: Path, more: str = "") -> dict[str, str]:
    keys = {line.partition(":")[0] for line in more.splitlines()}
    kept = [line for line in FILES[PATH].splitlines() if line.partition(":")[0] not in keys]
    town = corpus(folder, {**FILES, PATH: "\n".join(kept) + f"\n{more}"})
    page = render(town, default_titles(town))[TALE]
    (call,) = [
        template
        for template in mwparserfromhell.parse(page.body).filter_templates()
        if str(template.name).strip() == "Notice"
    ]
    return {str(param.name).strip(): str(param.value).strip() for param in call.params}


def test_a_tale_says_how_to_cite_it(tmp_path: Path) -> None:
    notice = _notice(tmp_path, "occasion: Soirée des récits\nplume: Jeanne Plume\nlangue: pcd\n")

    assert notice["identifiant"] == TALE
    assert notice["titre"] == corpus(tmp_path, FILES).records[TALE].title
    assert (notice["plume"], notice["occasion"], notice["langue"]) == (
        "Jeanne Plume",
        "Soirée des récits",
        "pcd",
    )
    assert notice["commune"]
    assert notice["film"] == "https://example.org/v"


def test_each_person_and_each_subject_is_an_element_of_its_own(tmp_path: Path) -> None:
    """Zotero took « Ada E. ; Basile T. » for one person, of the first name « Ada E. ; Basile », and
    two subjects for one tag."""
    neighbours = [f"Voisin {letter}." for letter in "ABCDEFGHIJKLMNOPQRSTU"]
    voices = "".join(
        f"  - {{qui: {name}, role: habitant, nature: rapporte, texte: Oui.}}\n"
        for name in neighbours
    )
    tale = (
        "type: recit\ntitre: La rue\nannee: 2020\nplume: [Ada Plume, Basile Plume]\n"
        f"themes: [energie, mobilite-voirie]\nvoix:\n{voices}"
    )
    town = corpus(tmp_path, {**FILES, "narratives/recit/rue.yaml": tale})
    body = render(town, default_titles(town))["recit/rue"].body.partition("{{Notice\n")[2]
    template = (resources.templates() / "Notice.wiki").read_text("utf-8")
    shown = {
        "voix": neighbours[:20],
        "plume": ["Ada Plume", "Basile Plume"],
        "thèmes": ["Énergie", "Mobilité et voirie"],
    }
    element = {"voix": "contributor", "plume": "creator", "thèmes": "subject"}

    for name, count in ELEMENTS.items():
        assert re.findall(rf"^\| {name}(?: \d+)? = (.*)$", body, re.MULTILINE) == shown[name]
        asked = re.findall(
            rf"&rft\.{element[name]}=\{{\{{urlencode:\{{\{{\{{([^|}}]*)\}}\}}\}}\|PATH\}}\}}",
            template,
        )
        assert asked == [name, *(f"{name} {rank}" for rank in range(2, count + 1))]
    # what people read
    assert "\n| plumes = Ada Plume ; Basile Plume\n" in body


def test_the_year_that_is_told_is_no_date_of_the_text(tmp_path: Path) -> None:
    told = _notice(tmp_path, "annee: 1987\n")
    written = _notice(tmp_path, "annee: 1987\ndate: 2019-05-03\n")

    assert ("date" in told, told["quand"]) == (False, "1987")
    assert (written["date"], written["quand"]) == ("2019-05-03", "3 mai 2019")


def test_nothing_is_said_for_what_is_unknown(tmp_path: Path) -> None:
    notice = _notice(tmp_path, "plume: inconnu\n")

    assert "plume" not in notice and "inconnu" not in notice.values()


def test_only_tales_have_a_notice(tmp_path: Path) -> None:
    town = corpus(tmp_path, FILES)
    with_notice = {
        id_ for id_, page in render(town, default_titles(town)).items() if "{{Notice\n" in page.body
    }

    assert with_notice == {id_ for id_ in town.records if id_.startswith("recit/")}


def test_the_template_writes_every_element_percent_encoded() -> None:
    text = (resources.templates() / "Notice.wiki").read_text("utf-8").partition("<noinclude>")[0]
    match = re.search(r'<span class="Z3988" title="([^"]*)"></span>', text)

    assert match and match[1].startswith("ctx_ver=Z39.88-2004&rft_val_fmt=info%3Aofi%2Ffmt%3Akev")
    elements = re.findall(r"rft\.([a-z]+)=", match[1])
    assert {"identifier", "title", "creator", "contributor", "subject", "date", "rights"} <= set(
        elements
    )
    # a bare quote, ampersand or space in a value would end the attribute or the element
    assert not re.search(r"rft\.\w+=\{\{\{", match[1])


FORM = """\
---
titre: Une convention
resume: À faire relire.
{}sources: [carnet § 2]
---

# Article 1

……
"""


def test_what_explains_a_form_is_not_printed_with_it(tmp_path: Path) -> None:
    """Every skin leaves the class out on paper; the page reads back as any other."""
    files = {"narratives/source/carnet.yaml": "type: source\ntitre: Le carnet\n"}
    read = {}
    for printed in ("", "impression: oui\n"):
        town = corpus(tmp_path, {**files, "pages/convention.md": FORM.format(printed)})
        body = render(town, {})["page/convention"].body
        assert body.count("noprint") == (2 if printed else 0)
        assert ('<div class="noprint">\n== Sources ==' in body) is bool(printed)
        slots = read_body("page/convention", body, names_of(town, default_titles(town)))
        read[printed] = [(path, slot.texts) for path, slot in slots.items() if slot.kind == "prose"]
    assert read[""] == read["impression: oui\n"]
    assert [path for path, _ in read[""]] == [("resume",), ("",)]
