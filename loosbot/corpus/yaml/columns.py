"""The rules that recognise a key, a dash or a line of text out of its column; in French."""

from __future__ import annotations

import re
from itertools import takewhile

from loosbot import lazy
from loosbot.corpus.french import also
from loosbot.corpus.yaml.complaints import Complaint, Slip

KEY_LIKE = lazy.pattern(r" *(?:- +)*[\"']?[A-Za-z_][\w-]*:(?:\s|$)", re.ASCII)
OPENS_TEXT = lazy.pattern(r": *[|>][0-9+-]*\Z")


def dash(complaint: Complaint) -> Slip | None:
    """A dash out of its column, on the line of its key or below a text; None for another slip."""
    number, column = complaint.at
    if "block sequence entries are not allowed" in complaint.problem:
        return Slip(
            *complaint.at,
            "yaml-tiret",
            "Une liste ne commence pas sur la ligne de sa clé.",
            "Allez à la ligne avant le tiret ; si c’est un texte, mettez-le entre guillemets.",
        )
    expected = "expected key" in complaint.problem or "expected '-'" in complaint.problem
    line = complaint.line(number)[column - 1 :]
    if expected and (line.startswith("- ") or line == "-"):
        if number > 1 and OPENS_TEXT.search(complaint.line(number - 1).rstrip()):
            return Slip(
                *complaint.at,
                "yaml-retrait",
                "Cette liste n’est pas dans le texte que « | » ouvre au-dessus.",
                "Décalez ses lignes de deux espaces de plus que la clé ; si la clé attend une "
                "liste, retirez « | ».",
            )
        return misaligned_item(complaint, column)
    return None


def misaligned_item(complaint: Complaint, column: int) -> Slip:
    """A misaligned dash; others in its column are named too, since they would be the next
    errors."""
    first = complaint.at[0]
    others = []
    for number, line in enumerate(complaint.lines[first:], first + 1):
        margin = len(line) - len(line.lstrip(" ")) + 1
        if line.strip() and margin < column:
            break
        if margin == column and f"{line} ".startswith("- ", column - 1):
            others.append(number)
    return Slip(
        first,
        column,
        "yaml-tiret",
        "Ce tiret n’est pas aligné avec ceux de sa liste.",
        "Mettez tous les tirets d’une liste dans la même colonne, sous leur clé." + also(others),
    )


def indentation(complaint: Complaint) -> Slip | None:
    """A line out of its column, or a second document; None for another slip."""
    number, column = complaint.at
    if "document start" in complaint.problem:
        if any(line.startswith("...") for line in complaint.lines[: number - 1]):
            return Slip(
                *complaint.at,
                "plusieurs-documents",
                "Un second document commence ici ; un fichier est une seule fiche.",
                "Retirez la ligne « ... » qui précède, ou faites un second fichier.",
            )
        if slip := _first_key(complaint):
            return slip
    elif "expected key" not in complaint.problem and "expected '-'" not in complaint.problem:
        return None
    if complaint.line(number)[column - 1 :].startswith(":"):
        return Slip(
            *complaint.at,
            "cle-non-texte",
            "Il manque le nom de la clé avant « : ».",
            "Écrivez par exemple « titre: Jamais ».",
        )
    if first := _deeper_beginning(complaint):
        return Slip(
            *complaint.at,
            "yaml-retrait",
            f"Cette ligne est moins décalée que la première de son texte (ligne {first}).",
            "Donnez le même retrait à toutes les lignes du texte.",
        )
    return first_of_a_group(complaint) or Slip(
        *complaint.at,
        "yaml-retrait",
        "Le retrait de cette ligne ne correspond à aucune des lignes qui précèdent.",
        "Alignez-la, avec des espaces, sur les clés du même niveau.",
    )


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _first_key(complaint: Complaint) -> Slip | None:
    """The first key of the file, where it stands alone in its column and the others at the
    margin."""
    lines = list(enumerate(complaint.lines, 1))
    keys = [(number, _margin(line)) for number, line in lines if KEY_LIKE.match(line)]
    above = [margin for number, margin in keys if number < complaint.at[0]]
    if complaint.at[1] > 1 or len(above) != 1 or not above[0]:
        return None
    return _apart(keys[0][0], above[0], complaint.at[0])


def first_of_a_group(complaint: Complaint) -> Slip | None:
    """The first key of a group, where libyaml blames the keys that stand in one column below; None
    where it is no such key."""
    number, margin = complaint.at[0], complaint.indent - 1
    above = [
        (rank, _margin(line), line)
        for rank, line in enumerate(complaint.lines[: number - 1], 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    rank = next((rank for rank in range(len(above) - 1, -1, -1) if above[rank][1] < margin), -1)
    if rank >= 0 and above[rank][2].rstrip().endswith(":"):
        rank += 1  # what is blamed is less deep than the first key, else deeper
    elif rank >= 0:
        least = above[rank][1]
        while rank > 0 and above[rank - 1][1] >= least:
            rank -= 1
    if not 0 < rank < len(above):
        return None
    first, own, line = above[rank]
    opened = above[rank - 1][1] < min(own, margin) and above[rank - 1][2].rstrip().endswith(":")
    if not opened or own == margin or line.lstrip().startswith("- "):
        return None
    below = takewhile(
        lambda line: not line.strip() or _margin(line) >= min(own, margin), complaint.lines[first:]
    )
    columns = [_margin(line) for line in below if KEY_LIKE.match(line)]
    alike = columns.count(margin) > columns.count(own) + 1
    return _apart(first, own, number) if alike else None


def _apart(number: int, margin: int, other: int) -> Slip:
    return Slip(
        number,
        margin + 1,
        "yaml-retrait",
        "Cette ligne n’est pas dans la colonne des autres clés.",
        f"Alignez-la, avec des espaces, sur celles qui suivent (ligne {other}).",
    )


def _deeper_beginning(complaint: Complaint) -> int:
    """The first line of a text under ``|``, where the line of the complaint goes on with it."""
    if complaint.before is None or complaint.before[2] not in ("|", ">"):
        return 0
    start = complaint.before[0][0]
    lines = enumerate(complaint.lines[start : complaint.at[0] - 1], start + 1)
    first = next((number for number, line in lines if line.strip()), 0)
    header = complaint.line(start)
    margin = len(header) - len(header.lstrip(" -"))
    goes_on = complaint.indent > margin + 1 and not KEY_LIKE.match(complaint.line(complaint.at[0]))
    return first if goes_on else 0
