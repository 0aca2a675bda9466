#!/bin/sh
# limepy counts no answers of a LimeSurvey survey whose codes are numbers, and turns "jamais" into "pas content".
#
# Guess: a question with one word in bold loses words. The guess held; the counts and the two scales were noticed on the
# way.
#
# It makes tables of a LimeSurvey survey, from its structure (.lss) and its answers as codes in a CSV, which its page
# reads with pandas.read_csv. A survey of three people, handled as that page shows:
#
# 1. The answers "Oui" and "Non" have the codes 1 and 2. Two said yes and one no; the summary has 0 and 0, for three who
#    answered. readable_df, "with long responses as values", has 1 and 2. With A1 and A2 it is right.
# 2. An array with two scales asks for each place how often one goes (A1 "Jamais") and how it is (A1 "Pas content"). In
#    readable_df whoever never goes is not content: the words of the second scale are used for both.
# 3. strip_tags=True, "to remove html tags from the questions", keeps only what follows the last tag: "Le banc de la
#    <strong>place Foch</strong> est-il utile ?" becomes " est-il utile ?". This affects question_list and the column
#    names, so that questions with the same ending become one.
#
# No error or warning. Its page asks in general to check the results. No issue was found about this; one (17) had zeroes
# because it passed answers instead of codes.
#
# Source: summarise counts answer['code'], a text, in a column in which pandas has numbers (limepy/wrangle.py); in
# create_readable_df one mapping holds the codes of all scales; StripTags keeps only the last text that handle_data
# receives.
#
# Why it matters here: a town's survey takes codes as they come, 1 to 5. A table that nobody answered gets noticed, one
# with two mixed scales does not.
#
# Seen with limepy 0.1.15, pandas 2.3.3 and xmltodict 1.0.4, Python 3.11. Exits 0 where all is still so, else 1.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check limepy==0.1.15 pandas==2.3.3 xmltodict==1.0.4
cd "$folder"
venv/bin/python - <<'PYTHON'
import io
import sys
from importlib.metadata import version

import pandas
from limepy.wrangle import Question, Survey

print("limepy", version("limepy"))
SAME = {"sid": 1, "gid": 1, "other": "N", "mandatory": "N"}


def table(name: str, *rows: dict[str, object]) -> str:
    cells = ["".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in row.items()) for row in rows]
    return f"<{name}><rows>{''.join(f'<row>{row}</row>' for row in cells)}</rows></{name}>"


def structure(codes: tuple[str, str]) -> str:
    words = [(1, 0, codes[0], "Oui"), (1, 0, codes[1], "Non")]
    words += [(2, 0, "A1", "Jamais"), (2, 0, "A2", "Souvent"), (2, 1, "A1", "Pas content"), (2, 1, "A2", "Content")]
    asked = {
        1: "<p>Le banc de la <strong>place Foch</strong> est-il utile ?</p>",
        2: "Ces lieux",
        11: "Le marché",
        12: "Le parc",
    }
    parts = [
        table(
            "answers",
            *(
                {"aid": aid, "qid": question, "code": code, "sortorder": aid, "scale_id": scale}
                for aid, (question, scale, code, _) in enumerate(words)
            ),
        ),
        table(
            "answer_l10ns",
            *({"id": aid, "aid": aid, "answer": word, "language": "fr"} for aid, (*_, word) in enumerate(words)),
        ),
        table("groups", {"gid": 1, "sid": 1, "group_order": 1}),
        table("group_l10ns", {"id": 1, "gid": 1, "group_name": "Lieux", "language": "fr"}),
        table(
            "questions",
            {"qid": 1, "parent_qid": 0, "type": "L", "title": "banc", "scale_id": 0, **SAME},
            {"qid": 2, "parent_qid": 0, "type": "1", "title": "lieux", "scale_id": 0, **SAME},
        ),
        table(
            "subquestions",
            {"qid": 11, "parent_qid": 2, "type": "T", "title": "SQ001", "scale_id": 0, **SAME},
            {"qid": 12, "parent_qid": 2, "type": "T", "title": "SQ002", "scale_id": 0, **SAME},
        ),
        table(
            "question_l10ns",
            *({"id": qid, "qid": qid, "question": text, "help": "", "language": "fr"} for qid, text in asked.items()),
        ),
    ]
    head = "<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>500</DBVersion><languages><language>fr</language></languages>"
    return f'<?xml version="1.0" encoding="UTF-8"?><document>{head}{"".join(parts)}</document>'


def answers(codes: tuple[str, str]) -> pandas.DataFrame:
    yes, no = codes
    lines = [
        "id;banc;lieux[SQ001][1];lieux[SQ001][2];lieux[SQ002][1];lieux[SQ002][2]",
        f"1;{yes};A1;A2;A1;A2",
        f"2;{no};A2;A1;A1;A2",
        f"3;{yes};A2;A2;A1;A2",
    ]
    return pandas.read_csv(io.StringIO("\n".join(lines)), sep=";")


SEEN = {
    # two said yes, one no
    ("1", "2"): ({"Oui": 0, "Non": 0}, [1, 2, 1]),
    ("A1", "A2"): ({"Oui": 2, "Non": 1}, ["Oui", "Non", "Oui"]),
}
still = True
for codes, seen in SEEN.items():
    survey = Survey(answers(codes), structure(codes))
    counts = Question(survey, 1).summary["Count"].astype(int).to_dict()
    found = counts, survey.readable_df.iloc[:, 1].tolist()
    print(*codes, "->", *found)
    still = still and found == seen
# of the first scale: how often the three go to the market, and how content they are
often, content = (survey.readable_df.iloc[:, column].tolist() for column in (2, 3))
print(often, content)
still = still and often == ["Pas content", "Content", "Content"] and content == ["Content", "Pas content", "Content"]
bare = Survey(answers(codes), structure(codes), strip_tags=True).question_list["question"].tolist()
print(bare)
still = still and bare == [" est-il utile ?", "Ces lieux"]
print("still so" if still else "changed")
sys.exit(0 if still else 1)
PYTHON
