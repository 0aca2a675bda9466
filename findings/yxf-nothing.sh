#!/bin/sh
# yxf, which keeps questionnaires as text in git, drops every 0: the answer "Non" has no code, a count no default.
#
# Guess: codes with a leading zero lose it. The guess was wrong: typed as text they keep it. The 0 itself and the
# patterns were noticed on the way.
#
# XLSForm is how ODK, KoboToolbox and Enketo describe questionnaires: a workbook with the questions and the code of each
# answer. yxf turns it into YAML or Markdown "and back", to keep forms in version control.
#
# 1. A cell with the number 0 is empty in the YAML, in the Markdown and in the workbook made from either: of 1 "Oui" and
#    0 "Non" the second has no code, and a question with the default 0 has none.
# 2. Markdown doubles each backslash: "regex(., '^\d{5}$')", which asks for a postal code, becomes '^\\d{5}$', which no
#    postal code matches. YAML keeps it.
#
# No error or warning, except that it warns of the lines of a cell, which Markdown joins. pyxform, which makes the form
# itself from the workbook, accepts the original workbook and refuses the one without a code; if only the default was 0
# it accepts the loss, and it accepts the changed pattern. Neither its page nor its issues mention this.
#
# Source: stringify_value (yxf/xlsform.py) is str(v) if v else ""; write_markdown (markdown.py) doubles each backslash,
# and read_markdown takes the cell as typed.
#
# Why it matters here: a town surveys passers-by; "no" is 0 in most questionnaires, so that answers can be added up.
#
# Seen with yxf 1.1.0, pyxform 4.5.0 and openpyxl 3.1.5, Python 3.11. Exits 0 where both are still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check yxf==1.1.0 pyxform==4.5.0 openpyxl==3.1.5
cd "$folder"
venv/bin/python - <<'PYTHON'
import io
import logging
import sys
from importlib.metadata import version

from openpyxl import Workbook, load_workbook
from pyxform.xls2xform import convert
from yxf import excel, markdown
from yxf import yaml as yxf_yaml

logging.basicConfig(level=logging.WARNING, format="said: %(message)s")
print("yxf", version("yxf"), "pyxform", version("pyxform"))
CODE = r"regex(., '^\d{5}$')"


def workbook(code: int | str) -> bytes:
    book = Workbook()
    survey = book.active
    survey.title = "survey"
    for row in [
        ["type", "name", "label", "constraint", "default"],
        ["select_one oui_non", "banc", "Y a-t-il un banc ?", None, None],
        ["text", "code", "Code postal", CODE, None],
        ["integer", "arbres", "Combien d’arbres ?", None, 0],
    ]:
        survey.append(row)
    choices = book.create_sheet("choices")
    for row in [["list_name", "name", "label"], ["oui_non", 1, "Oui"], ["oui_non", code, "Non"]]:
        choices.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def by_yaml(file: bytes) -> bytes:
    text = yxf_yaml.write_yaml(excel.read_xlsform(io.BytesIO(file)))
    made = io.BytesIO()
    excel.write_xlsform(yxf_yaml.read_yaml(text), made)
    return made.getvalue()


def by_markdown(file: bytes) -> bytes:
    text = markdown.write_markdown(excel.read_xlsform(io.BytesIO(file)))
    made = io.BytesIO()
    excel.write_xlsform(markdown.read_markdown(text), made)
    return made.getvalue()


def told(file: bytes) -> tuple[object, ...]:
    """The code of Non, the pattern, the start, and whether pyxform takes the form."""
    book = load_workbook(io.BytesIO(file))
    tables = {}
    for sheet in book:
        header, *rows = sheet.iter_rows(values_only=True)
        tables[sheet.title] = [dict(zip(header, row, strict=True)) for row in rows if any(cell is not None for cell in row)]
    [no] = [row for row in tables["choices"] if row["label"] == "Non"]
    [code] = [row for row in tables["survey"] if row["name"] == "code"]
    [trees] = [row for row in tables["survey"] if row["name"] == "arbres"]
    try:
        form = convert(io.BytesIO(file), file_type=".xlsx", form_name="a", validate=False).xform
    except Exception as refused:
        form = f"refused: {refused}"
    start = "0" if "<arbres>0</arbres>" in form else "none" if "<arbres/>" in form else form[:40]
    return no["name"], code["constraint"], trees["default"], start


DOUBLED = r"regex(., '^\\d{5}$')"
seen = {
    ("0", "as it is"): (workbook(0), (0, CODE, 0, "0")),
    ("0", "by YAML"): (by_yaml(workbook(0)), (None, CODE, None, "refused: [row : 3] On the 'choices' shee")),
    ("0", "by Markdown"): (by_markdown(workbook(0)), (None, DOUBLED, None, "refused: [row : 3] On the 'choices' shee")),
    # with another code than 0 pyxform takes the form, without its start and with a pattern that nothing meets
    ("non", "by YAML"): (by_yaml(workbook("non")), ("non", CODE, None, "none")),
    ("non", "by Markdown"): (by_markdown(workbook("non")), ("non", DOUBLED, None, "none")),
}
still = True
for (code, way), (file, expected) in seen.items():
    found = told(file)
    print(f"Non = {code}, {way} ->", *found, sep=" | ")
    still = still and found == expected
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
