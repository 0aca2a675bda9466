"""The rules that recognise an author's slip behind a syntax error of libyaml; messages in
French."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import takewhile

from loosbot import lazy
from loosbot.corpus import schema
from loosbot.corpus.french import also
from loosbot.corpus.wording import nearest
from loosbot.corpus.yaml.brackets import bracket
from loosbot.corpus.yaml.columns import (
    KEY_LIKE,
    OPENS_TEXT,
    dash,
    first_of_a_group,
    indentation,
    misaligned_item,
)
from loosbot.corpus.yaml.complaints import Complaint, Slip
from loosbot.corpus.yaml.lookalikes import NOT_A_DASH, hidden_margin, hidden_space, lookalike
from loosbot.corpus.yaml.pasted import BULLETS, DASHES
from loosbot.escaping import beginning

_PAIR_WITHOUT_SPACE = lazy.pattern(r"[ \t]*(?:- +)*([A-Za-z_][\w-]*)( ?):(?!//)\S", re.ASCII)
_FIRST_WORD = lazy.pattern(
    r" *(?:- +)*([A-Za-z_][\w-]*)(?:(?: *(?:[=-]>|[=>,;\u2013\u2014-]) +| +)(?P<value>\S.*?))? *$",
    re.ASCII,
)
_SHORTEST = 3
"""Letters of the words of a sentence that a key is as near to as a slip is: « des », « une »."""
_GLUED_DASH = lazy.pattern(r" *-(?=[^\W\d_])")
_KEY_OF_A_GROUP = lazy.pattern(r" *(?:- +)*[\w-]+ *: +\(?([a-z_]+) *:\Z", re.ASCII)
_BULLET = lazy.pattern(rf" *([{BULLETS}{DASHES}])[ \u00a0]")
_FOREIGN_COMMENT = lazy.pattern(r" *(//|--|/\*|<!--|%|;|')(?=[^\W\d_]| )")
_FAR = 5
"""Lines between a slip and the place where libyaml stumbles over it."""


def _tabulation(complaint: Complaint) -> Slip | None:
    number, column = complaint.at
    line = complaint.line(number)
    margin = line[: len(line) - len(line.lstrip(" \t-"))]
    if line[column - 1 : column] != "\t" and "\t" not in margin:
        return None
    if "\t" in margin:
        column = margin.index("\t") + 1
    return Slip(
        number,
        column,
        "yaml-tabulation",
        "Cette ligne est décalée par une tabulation.",
        "Remplacez-la par des espaces, deux par niveau.",
    )


def _quote_left_open(complaint: Complaint) -> Slip | None:
    if "quoted scalar" not in complaint.context or complaint.since is None:
        return None
    if "stream" in complaint.problem or "document" in complaint.problem:
        return _open_quote(complaint, *complaint.since)
    return Slip(
        *complaint.at,
        "yaml-guillemet",
        "Entre guillemets doubles, la barre oblique inverse « \\ » a un sens particulier.",
        "Doublez-la (« \\\\ »), ou mettez le texte entre apostrophes.",
    )


def _quote_closed_early(complaint: Complaint) -> Slip | None:
    """Text right after a closing quote: that quote was meant as part of the text."""
    if complaint.before is None or complaint.before[2] not in ("'", '"'):
        return None
    start, end, quote = complaint.before
    number, column = complaint.at
    if number != end[0] or complaint.line(number)[end[1] - 1 : column - 1].strip(" "):
        return None
    if any(KEY_LIKE.match(complaint.line(line)) for line in range(start[0] + 1, end[0] + 1)):
        return _open_quote(complaint, *start)
    return Slip(
        number,
        end[1] - 1,
        "yaml-guillemet",
        "Ce guillemet referme le texte, mais la ligne continue.",
        "Dans un texte entre apostrophes, doublez chaque apostrophe ; "
        "le plus simple est d’écrire le texte sous « | »."
        if quote == "'"
        else "Dans le texte, mettez des guillemets français « » ; ou écrivez le texte sous « | ».",
    )


def _open_quote(complaint: Complaint, line: int, column: int) -> Slip:
    quote = complaint.line(line)[column - 1 : column]
    return Slip(
        line,
        column,
        "yaml-guillemet",
        f"Le guillemet {quote} ouvert ici n’est pas refermé.",
        f"Ajoutez {quote} à la fin du texte, ou retirez celui-ci.",
    )


def _space_after_colon(complaint: Complaint) -> Slip | None:
    """``titre:Jamais`` is one word for YAML: the complaint comes on a later line."""
    if "could not find expected ':'" in complaint.problem and complaint.since:
        suspects = [complaint.since[0]]
    elif "mapping values are not allowed" in complaint.problem and complaint.before:
        suspects = list(range(complaint.before[0][0], complaint.at[0]))
    else:
        return None
    for number in suspects:
        if pair := _PAIR_WITHOUT_SPACE.match(complaint.line(number)):
            return Slip(
                number,
                pair.end(2) + 1,
                "yaml-deux-points",
                "Il manque une espace après « : ».",
                f"Écrivez « {pair[1]}: » puis une espace et la valeur.",
            )
    return None


def _space_after_dash(complaint: Complaint) -> Slip | None:
    """``-qui: Zoé`` is a key called « -qui » for YAML: the complaint may come on a later line."""
    number = complaint.at[0]
    for place in (complaint.since, complaint.before[0] if complaint.before else None):
        number = min(number, place[0]) if place else number
    for suspect in range(max(number, complaint.at[0] - _FAR), complaint.at[0] + 1):
        if glued := _GLUED_DASH.match(complaint.line(suspect)):
            others = _in_a_row(complaint, suspect, _GLUED_DASH)
            return Slip(
                suspect,
                glued.end(),
                "yaml-tiret",
                "Il manque une espace après ce tiret.",
                "Écrivez le tiret, une espace, puis la suite, dans la colonne des autres tirets de "
                f"la liste ; si c’est du texte, écrivez-le sous « | ».{also(others)}",
            )
    return None


def _in_a_row(complaint: Complaint, number: int, form: re.Pattern[str]) -> list[int]:
    """The lines right below this one that begin in the same way."""
    return [
        number + rank for rank, _ in enumerate(takewhile(form.match, complaint.lines[number:]), 1)
    ]


def _foreign_comment(complaint: Complaint) -> Slip | None:
    """A comment with the sign of another language: ``//``, ``;``…"""
    if "could not find expected ':'" not in complaint.problem or complaint.since is None:
        return None
    number = complaint.since[0]
    note = _FOREIGN_COMMENT.match(complaint.line(number))
    return note and Slip(
        number,
        note.start(1) + 1,
        "yaml-commentaire",
        f"« {note[1]} » ne commence pas une note.",
        "Une note pour vous commence par « # » et une espace ; si c’est la suite d’un texte, "
        "décalez-la de deux espaces de plus que sa clé.",
    )


def without_colon(line: str, *, is_key: bool = False) -> tuple[str, str] | None:
    """The key of a line on which no colon follows it, and the pair as it is to be written, which
    ends with the colon where there is no value; None for what is likelier the end of a text.

    With ``is_key`` a line that stands where a key does, and whose word may be mistyped.
    """
    word = _FIRST_WORD.match(line)
    if not word:
        return None
    key = word[1].lower()
    if word["value"] and key not in schema.key_names():
        is_slip = is_key and word[1].islower() and len(key) > _SHORTEST
        key = (is_slip and nearest(key, schema.key_names())) or ""
    return (word[1], f"{key}: {beginning(word['value'] or '')}".rstrip()) if key else None


def _no_colon(complaint: Complaint) -> Slip | None:
    if "could not find expected ':'" not in complaint.problem or complaint.since is None:
        return None
    number = complaint.since[0]
    if margin := hidden_margin(complaint.line(number)):
        return Slip(number, *margin)
    if bullet := _BULLET.match(complaint.line(number)):
        message, hint = NOT_A_DASH
        hint += also(_in_a_row(complaint, number, _BULLET))
        return Slip(number, bullet.start(1) + 1, "yaml-tiret", message.format(at=bullet[1]), hint)
    header = complaint.line(number - 1).rstrip() if number > 1 else ""
    if (key := without_colon(complaint.line(number))) and not OPENS_TEXT.search(header):
        return Slip(
            *complaint.since,
            "yaml-deux-points",
            f"Il manque « : » après « {key[0]} ».",
            f"Écrivez « {key[1]} » puis une espace et la valeur."
            if key[1].endswith(":")
            else f"Écrivez : {key[1]} ; si c’est la suite d’un texte, décalez cette ligne de deux "
            "espaces de plus que sa clé.",
        )
    return Slip(
        *complaint.since,
        "yaml-retrait",
        "Cette ligne n’est ni une clé ni la suite du texte qui précède.",
        "Si c’est la suite d’un texte, décalez-la de deux espaces de plus que sa clé ; "
        "si c’est une clé, faites-la suivre de « : » ; sinon, effacez-la.",
    )


def _second_colon(complaint: Complaint) -> Slip | None:
    if "mapping values are not allowed" not in complaint.problem:
        return None
    number, column = complaint.at
    line = complaint.line(number)
    continued = complaint.before is not None and complaint.before[0][0] < number
    if continued and line.lstrip(" ").startswith("- "):
        return misaligned_item(complaint, complaint.indent)
    # where the text above begins in the column of this key, it was meant for one
    start = complaint.before[0] if continued and complaint.before else (0, 0)
    if start[1] == complaint.indent and (
        lacking := without_colon(complaint.line(start[0]), is_key=True)
    ):
        return Slip(
            *start,
            "yaml-deux-points",
            f"Il manque « : » après « {lacking[0]} ».",
            f"Chaque clé de la fiche est suivie de « : » et d’une espace : {lacking[1]}",
        )
    if continued and (key := KEY_LIKE.match(line)) and key.end() >= column:
        return first_of_a_group(complaint) or Slip(
            number,
            complaint.indent,
            "yaml-retrait",
            "Cette ligne est trop décalée : la clé au-dessus a déjà une valeur.",
            "Alignez-la avec les clés du même niveau.",
        )
    if inner := _KEY_OF_A_GROUP.match(line[:column]):
        return Slip(
            number,
            inner.start(1) + 1,
            "yaml-deux-points",
            f"« {inner[1]}: » ne peut pas suivre une autre clé sur sa ligne.",
            f"Si c’est une clé, allez à la ligne avant « {inner[1]}: » et décalez-la de deux "
            "espaces de plus ; si c’est une phrase, mettez-la entre guillemets.",
        )
    return Slip(
        *complaint.at,
        "yaml-deux-points",
        "Ce « : » au milieu d’un texte fait croire à une nouvelle clé.",
        "Mettez « » à la place des guillemets de la phrase, puis entourez-la de guillemets ; ou "
        "écrivez-la sous « | » à la ligne suivante."
        if '"' in line
        else "Mettez la phrase entre guillemets, ou écrivez-la sous « | » à la ligne suivante.",
    )


_BOLD = lazy.pattern(r" *\*\*?([A-Za-z_][\w-]*) ?(?::\*\*?|\*\*? ?:) *(.*)")
_STAR = lazy.pattern(r"[ ]*\*[ ]+\S")


def _sign(complaint: Complaint) -> Slip | None:
    """A value that begins with a reserved character of YAML."""
    problem, context = complaint.problem, complaint.context
    if "alias" in context or "anchor" in context:
        place, code = complaint.since or complaint.at, "yaml-ancre"
    elif "tag" in context or "tag" in problem:
        place, code = complaint.since or complaint.at, "yaml-etiquette"
    elif "directive" in context:
        place, code = complaint.since or complaint.at, "yaml-signe"
    elif (
        "cannot start any token" in problem
        or "expected node content" in problem
        or "mapping keys are not allowed" in problem
    ):
        place, code = complaint.at, "yaml-signe"
    else:
        return None
    sign = complaint.line(place[0])[place[1] - 1 : place[1]]
    if not sign:
        return None
    if complaint.line(place[0]).lstrip().startswith("```"):
        return Slip(
            *place,
            "yaml-signe",
            "Cette ligne entoure une fiche dans un message ou une page web ; elle n’en est pas.",
            "Effacez-la, et l’autre ligne qui commence par ``` à la fin de la fiche.",
        )
    mend = "Mettez toute la valeur entre guillemets, ou écrivez-la sous « | »."
    if bold := _BOLD.match(complaint.line(place[0])):
        others = _in_a_row(complaint, place[0], _BOLD)
        return Slip(
            *place,
            "yaml-ancre",
            "Une clé s’écrit sans astérisques.",
            f"Retirez-les.{also(others)} Écrivez : {bold[1].lower()}: {bold[2]}".rstrip(),
        )
    if _STAR.match(complaint.line(place[0])):
        mend = f"Si c’est une liste, tapez « - » à la place de « * ». {mend}"
    elif sign == "?" and not complaint.line(place[0])[place[1] :].strip():
        mend = f"Si personne ne le sait, écrivez : inconnu. Si c’est un texte : {mend.lower()}"
    return Slip(
        *place, code, f"Une valeur ne peut pas commencer par « {sign} » sans guillemets.", mend
    )


def _block_header(complaint: Complaint) -> Slip | None:
    if "block scalar" not in complaint.context or complaint.since is None:
        return None
    sign = complaint.line(complaint.since[0])[complaint.since[1] - 1 : complaint.since[1]]
    return Slip(
        *complaint.since,
        "yaml-bloc",
        f"Après « {sign} », le texte commence à la ligne suivante.",
        f"Allez à la ligne après « {sign} » et décalez le texte de deux espaces ; "
        "ou mettez-le entre guillemets.",
    )


def _version(complaint: Complaint) -> Slip | None:
    if "incompatible" not in complaint.problem and "directive" not in complaint.problem:
        return None
    return Slip(
        *complaint.at,
        "yaml-signe",
        "La ligne « % » n’a pas lieu d’être dans une fiche.",
        "Retirez-la.",
    )


def _unseen(complaint: Complaint) -> Slip | None:
    """A no-break space or a sign that looks like another: on the line of the complaint, or on one
    of those just above that it comes from."""
    first = complaint.at[0]
    for place in (complaint.since, complaint.before[0] if complaint.before else None):
        first = min(first, place[0]) if place else first
    for number in range(complaint.at[0], max(first, complaint.at[0] - _FAR) - 1, -1):
        line = complaint.line(number)
        if other := hidden_space(line) or lookalike(line):
            return Slip(number, *other)
    return None


RULES: tuple[Callable[[Complaint], Slip | None], ...] = (
    _unseen,
    _quote_left_open,
    _quote_closed_early,
    _tabulation,
    _space_after_colon,
    _space_after_dash,
    _foreign_comment,
    _no_colon,
    _second_colon,
    _block_header,
    _sign,
    bracket,
    dash,
    indentation,
    _version,
)
