"""Markup of other languages in a Markdown text: wikitext, BBCode, TODO notes, reversed links.

Pages would show it as typed. Each rule is a pattern with its message and hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loosbot import lazy
from loosbot.corpus.check.signs import DIALECT_SUSPECT, DIALECTS, MOST, Sign, sign, signs
from loosbot.corpus.yaml.lookalikes import NO_BREAK
from loosbot.corpus.yaml.pasted import Misreading
from loosbot.escaping import beginning

_IN_A_WORD = r"\*(?<=\w\*)\w"
SUSPECT = (
    r"''|\[\[|\{[{|%#]|%%|/\*|\[/|\] \(|\)\[|\]\(\)|\]\(https?:|\[https?:|\[(?://|comment)\]:"
    r"|^[ ]*(?:==|\*\*+ |//|#{7}|# |\+(?:[-=]| [0-9])|\||[0-9]{1,9}[.)] )|\*\*|;[^\s]"
    "|(?:[-*+.)#|]|^[ >]*)[\u00a0\u2007\u202f]|\\|[\u00a0\u2007\u202f]"
    rf"|{DIALECT_SUSPECT}|{_IN_A_WORD}"
)
"""A text without any of these has nothing of the kind."""
LINES = r"(?:==|//|#{7}|# |\+(?:[-=]| [0-9])|>* *:::|[0-9]{1,9}[.)] )"
"""Those that begin a line, and hold none of the signs that Markdown has."""
_PRIVATE = "Retirez-la du texte. Une note pour vous se met au-dessus de la clé, ou dans l’en-tête "
_PRIVATE += "d’une page, sur une ligne qui commence par « # »."
_ENDING = r"(?:e|es|ne|nes|le|les|te|tes|rice|rices|trice|trices|euse|euses|ère|ères|ive|ives|s)\b"
"""Of a word that says both genders: « les habitant*es et agent*es »."""


def _escaped(match: re.Match[str]) -> str:
    shown = match[0].replace("*", "\\*")
    return f"Mettez une barre oblique inverse devant chaque astérisque : {shown}"


_SIGNS = (
    *DIALECTS,
    *signs(
        "texte-commentaire",
        "Cette note n’est pas cachée : tous les lecteurs la verront.",
        (r"\[(?://|comment)\]: ?(?:#|<>|/).*", _PRIVATE),
        (r"%%(?=[^%\s]| ).{0,200}?%%", _PRIVATE),
        (r"\{[#%] .{0,200}? [#%]\}", _PRIVATE),
        (r"/\*(?= ).{0,200}?\*/", _PRIVATE),
        (r"\A *// .*", _PRIVATE),
    ),
    *signs(
        "texte-wiki",
        "Cette écriture est celle du wiki, et sera montrée telle quelle : ici, on écrit en "
        "Markdown.",
        (
            r"(?<!')'{5}(?P<a>[^'\n](?:[^'\n]|'(?!'))*)'{5}(?!')",
            "En gras et en italique : ***{a}***",
        ),
        (r"(?<!')'''(?P<a>[^'\n](?:[^'\n]|'(?!'))*)'''(?!')", "En gras : **{a}**"),
        (r"(?<![\w'])''(?P<a>[^'\s](?:[^'\n]|'(?!'))*)(?<!\s)''(?![\w'])", "En italique : *{a}*"),
        (
            r"(?<!\\)\[\[(?P<b>[^][|\n]{1,200})(?:\|(?P<a>[^][\n]{1,200}))?\]\](?!\()",
            "Un lien vers une fiche : [le texte](projet/nom-du-fichier).",
        ),
        (
            r"(?<!\\)\[(?P<b>https?://[^][\s]{1,300}) (?P<a>[^][\n]{1,200})\](?!\()",
            "Écrivez le lien ainsi : [{a}]({b})",
        ),
        (r"\A *(?P<b>={2,6}) *(?P<a>[^=\n].*?) *={2,6} *\Z", "Un titre : ## {a}"),
        (r"\A *\*{2,} (?P<a>[^*\n]+)\Z", "Une sous-liste se décale de deux espaces : « - {a} »."),
        (
            r"\A *\{\|.*",
            "Écrivez le tableau avec des « | », et une ligne | --- | --- | sous la première.",
        ),
    ),
    sign(
        r"(?<!\\)\{\{[^{}\n]{1,300}\}\}",
        "texte-wiki",
        "Ces accolades seront montrées telles quelles.",
        "Écrivez à leur place ce qu’elles devaient montrer.",
    ),
    *signs(
        "texte-signe",
        "Ces crochets seront montrés : ils viennent d’un forum.",
        (
            r"\[url=[\"']?(?P<b>https?://[^][\s\"']{1,200})[\"']?\](?P<a>[^\n]{0,200}?)\[/url\]",
            "Écrivez le lien ainsi : [{a}]({b})",
        ),
        (r"\[b\] *(?P<a>[^\n]{1,200}?) *\[/b\]", "En gras : **{a}**"),
        (r"\[i\] *(?P<a>[^\n]{1,200}?) *\[/i\]", "En italique : *{a}*"),
        (
            r"\[img(?:=[^][\n]{0,200})?\](?P<a>[^\n]{0,200}?)\[/img\]",
            "Joignez l’image à la fiche, sous « documents », ou faites-en un lien : [l’image]({a})",
        ),
        (
            r"\[(?P<b>u|s|url|quote|list|center|color|size)(?:=[^][\n]{0,200})?\]"
            r"(?P<a>[^\n]{0,200}?)\[/(?P=b)\]",
            "Retirez-les : {a}",
        ),
        (
            r"\[/?(?:url|img|quote|list|center|color|size|code|email|left|right|font|spoiler)"
            r"(?:=[^][\n]{0,200})?\](?![(\[:])|\[/[a-z]{1,10}\]|(?<!\S)\[\*\](?=\S)",
            "Retirez-les tous les deux, au début et à la fin. Une liste s’écrit avec des tirets, "
            "une citation avec « > » devant chaque ligne.",
        ),
    ),
    *signs(
        "texte-lien",
        "Ce lien ne sera pas lu : ses signes seront montrés.",
        (
            r"(?<![!\\])\[(?P<a>[^][\n]{1,200})\] +\((?P<b>https?://[^\s()]{1,300})\)",
            "Retirez l’espace entre le texte et l’adresse : [{a}]({b})",
        ),
        (
            r"\((?P<a>[^()\n]{1,200})\)\[(?P<b>https?://[^][\s]{1,300})\]",
            "Le texte va entre crochets, l’adresse entre parenthèses : [{a}]({b})",
        ),
        (
            r"(?<![!\\])\[(?P<a>[^][\n]{1,200})\]\((?P<b>https?://[^\s()]{1,300})(?=\s|\Z)(?![^\n]{0,200}\))",
            "Refermez la parenthèse après l’adresse : [{a}]({b})",
        ),
    ),
    Sign(
        lazy.pattern(  # of an address: « l’avis [rendu](le 3 mars) » is shown as it is meant
            r"(?<!!)\[(?P<a>[^][\n]{1,200})\]\((?!<)(?=[^)\n]{0,900}(?:[/#]|\.\w))"
            r"(?P<b>(?:[^()\s]{1,300} +){1,20}[^()\s\"']{1,300})\)"
        ),
        "texte-lien",
        "L’adresse de ce lien contient une espace : le lien ne sera pas lu.",
        lambda link: (
            f"Remplacez chaque espace par %20 : [{link['a']}]({'%20'.join(link['b'].split())})"
        ),
    ),
    sign(
        r"(?<![!\\])\[(?P<a>[^][\n]{1,200})\]\( *\)",
        "texte-lien",
        "Ce lien n’a pas d’adresse : on n’en verra que le texte.",
        "Écrivez l’adresse entre les parenthèses, ou retirez les signes : {a}",
    ),
    sign(
        r"(?<![~\\])~~(?=[^\s~])(?P<a>[^~\n]{1,300})~~(?!~)",
        "texte-signe",
        "Le texte barré n’est pas lu : les signes ~~ seront montrés.",
        "Retirez les « ~~ » : {a}",
    ),
    sign(
        r"\A[ \t>]*(?:[-*+]|[0-9]{1,9}[.)]) \[[ xX]\](?: |\Z)",
        "texte-signe",
        "La case à cocher n’est pas lue : ses crochets seront montrés.",
        "Retirez « [ ] » ou « [x] », et dites en mots ce qui est fait.",
    ),
    sign(
        r"\A *#{7,} *(?P<a>\S.*)",
        "texte-titre",
        "Un titre a six « # » au plus : ceux-ci seront montrés.",
        "Écrivez par exemple : ### {a}",
    ),
    sign(
        r"\A *\+(?:[-=]{2,}\+)+ *\Z",
        "texte-tableau",
        "Ce tableau ne sera pas lu : ses bords ne sont que des signes.",
        "Retirez les lignes de bord, et mettez | --- | --- | sous la première ligne.",
    ),
    *(
        Sign(
            lazy.pattern(form),
            "texte-signe",
            "Ces astérisques ne seront pas montrés : ce qui est entre eux sera en italique.",
            mend,
        )
        for form, mend in (
            (
                r"\b[0-9]+(?:[.,][0-9]+)?\*[0-9][^*\n]{0,200}?\*[0-9]+(?:[.,][0-9]+)?",
                lambda match: (
                    f"Écrivez × à la place des astérisques : {match[0].replace('*', ' × ')}"
                ),
            ),
            (
                rf"(?<![^\W\d_])[^\W\d_]{{1,40}}\*{_ENDING}[^*\n]{{0,200}}?[^\W\d_]\*{_ENDING}",
                _escaped,
            ),
        )
    ),
)


_ANY = lazy.pattern(rf"''|[\[{{%=^~]|/[*/]|\*\*|#######|\+[-=]|:::|{_IN_A_WORD}")


def foreign(lines: list[str]) -> Iterator[Misreading]:
    """The foreign markup of each line; each place once."""
    for line in lines:
        if not _ANY.search(line):
            continue
        taken: list[tuple[int, int]] = []
        for known in _SIGNS:
            for match in known.form.finditer(line):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                taken.append(match.span())
                if len(taken) > MOST:
                    return
                yield known.misread(match)


def titles_for_notes(lines: list[str]) -> Iterator[Misreading]:
    """A note to oneself that became a title: ``# `` amid a paragraph, in small letters; and two
    titles one under the other, which are the items of a list on the wiki."""
    for number, line in enumerate(lines):
        if not line.startswith("# "):
            continue
        above = lines[number - 1] if number else ""
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if below.startswith("# ") or above.startswith("# "):
            yield Misreading(
                "texte-titre",
                "Ces lignes deviennent des titres l’une sous l’autre.",
                f"Si c’est une liste numérotée, écrivez : 1. {beginning(line[2:].strip())}",
                line.strip(),
            )
        elif above.strip() and below.strip() and line[2:].lstrip()[:1].islower():
            yield Misreading(
                "texte-commentaire",
                "Cette ligne devient un titre, que tous les lecteurs verront.",
                f"Si c’est une note pour vous : {_PRIVATE[0].lower()}{_PRIVATE[1:]} Si c’est un "
                "titre, laissez une ligne vide au-dessus.",
                line.strip(),
            )


_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_UNSEEN = lazy.pattern(
    rf"[ >]*(?:(?P<margin>[{NO_BREAK}][ {NO_BREAK}]*)(?={_MARKER}[ {NO_BREAK}])"
    rf"|(?P<sign>{_MARKER}|#{{1,6}})[{NO_BREAK}]"
    rf"|(?P<row>\|[ {NO_BREAK}:|-]*[{NO_BREAK}][ {NO_BREAK}:|-]*\Z))"
)
_BOLD = lazy.pattern(r"(?<![\\*/])\*\*(?![*/])")
_NUMBERED = lazy.pattern(r" {0,3}([0-9]{1,9})[.)] +\S")


def unseen(lines: list[str]) -> Iterator[Misreading]:
    """No-break spaces where Markdown wants a space: after a dash, a number, the sign of a title."""
    for line in lines:
        match = _UNSEEN.match(line) if any(blank in line for blank in NO_BREAK) else None
        if match is None:
            continue
        if match["sign"]:
            where = f"après « {match['sign']} »"
        else:
            where = "au début de cette ligne" if match["margin"] else "dans cette ligne de tirets"
        yield Misreading(
            "espace-insecable",
            f"Une espace insécable, que l’on ne voit pas, est {where} : la ligne ne sera pas lue "
            "comme vous le voulez.",
            "Effacez-la, puis tapez à sa place une espace ordinaire.",
            line.strip(),
        )


def bold_left_open(lines: list[str]) -> Iterator[Misreading]:
    """Two asterisks that nothing closes before the end of their paragraph."""
    last, count = "", 0
    for line in [*lines, ""]:
        if line.strip(" >\t"):
            signs = _BOLD.findall(line)
            count += len(signs)
            last = line if signs else last
            continue
        if count % 2 and not re.match(r" *\*\* ", last):
            yield Misreading(
                "texte-signe",
                "Ce gras n’est pas refermé : ses deux astérisques seront montrés.",
                "Ajoutez ** à la fin du passage en gras, ou retirez ceux-ci.",
                last.strip(),
            )
        last, count = "", 0


def lists_run_on(lines: list[str]) -> Iterator[Misreading]:
    """A numbered list that goes on from another number cannot follow a sentence at once."""
    for number, line in enumerate(lines[1:], 1):
        item = _NUMBERED.match(line)
        if item is None or int(item[1]) == 1 or not lines[number - 1].strip(" >\t"):
            continue
        before = lines[number - 1]
        below = _NUMBERED.match(lines[number + 1]) if number + 1 < len(lines) else None
        if below and int(below[1]) == int(item[1]) + 1 and not before.lstrip(" ").startswith(">"):
            start = number - 1
            while start >= 0 and lines[start].strip() and not _MARKED.match(lines[start]):
                start -= 1
            if start >= 0 and _MARKED.match(lines[start]):
                continue  # the sentence is itself in an item of a list
            yield Misreading(
                "texte-puce",
                f"« {item[1]}. » ne commence pas une liste juste sous une phrase.",
                "Laissez une ligne vide au-dessus.",
                line.strip(),
            )


_MARKED = lazy.pattern(rf" *{_MARKER}(?: |\Z)")
_LONE_PLUS = lazy.pattern(r" {0,3}\+ [0-9]")


def lone_pluses(lines: list[str]) -> Iterator[Misreading]:
    """« + 30 personnes » alone, which Markdown reads as a list of one."""
    for number, line in enumerate(lines):
        beside = [*lines[max(0, number - 1) : number], *lines[number + 1 : number + 2]]
        if _LONE_PLUS.match(line) and not any(other.strip(" >\t") for other in beside):
            text = line.strip()
            yield Misreading(
                "texte-puce",
                "Ce « + » ne sera pas montré : il fait une puce de cette ligne.",
                f"Écrivez-le en mots (« plus de »), ou ainsi : \\{beginning(text)}",
                text,
            )


def lone_rows(lines: list[str]) -> Iterator[Misreading]:
    """A row that a blank line parts from its table."""
    for number, line in enumerate(lines):
        row = line.strip(" >\t")
        if not (row.startswith("|") and row.endswith("|") and row.count("|") > 2):
            continue
        beside = (lines[number - 1] if number else "", (*lines[number + 1 : number + 2], "")[0])
        if not any(other.strip(" >\t") for other in beside):
            yield Misreading(
                "texte-tableau",
                "Cette ligne n’est dans aucun tableau : ses traits seront montrés.",
                "Retirez la ligne vide qui la sépare du tableau.",
                line.strip(),
            )


RULES = (
    foreign,
    titles_for_notes,
    unseen,
    bold_left_open,
    lists_run_on,
    lone_pluses,
    lone_rows,
)
