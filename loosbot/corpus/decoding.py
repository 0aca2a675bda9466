"""Bytes of a file -> text, or the one finding that says why they are not text."""

from __future__ import annotations

import re
from itertools import islice

from loosbot.corpus.french import also, count
from loosbot.corpus.model import Finding, Mark

MAX_BYTES = 1 << 20
"""The largest file that is read: a record is a few kilobytes, this is a book."""

MOST_SIGNS = 40_000
"""Lines and signs of markup in one file. Each costs some tens of microseconds to render, on every
desk and at every push; a book of 500 pages has fewer."""
_SIGN = re.compile(r"[\n*_`<>#&\\|~-]|\]\(")

_BREAKS = "\x0b\x0c\x85"
"""Those with which a line ends elsewhere."""
_MANY = 100
"""Characters of :data:`FORBIDDEN` whose lines are looked for."""
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
"""Characters that MediaWiki or XML cannot hold, or would silently change."""

LINE_BREAK = re.compile("\r\n|\r|\n")

_CONFLICT = re.compile(
    r"(?:\A|[\r\n])[ \t]*"
    r"(<{7}(?= |[\r\n])|<{6}(?=(?: \S+| Updated upstream)?[\r\n])"
    r"|>{7}(?=(?: \S+| [0-9a-f]{7,40} \([^\r\n]*\)| Stashed changes)?[\r\n])"
    r"|>{6}(?=(?: \S+)?[\r\n])|\|{7} (?=[^|\r\n]+[\r\n]))"
)
"""A line that git writes where two branches changed the same words, and people forget; moved to
the right too, as somebody does who is told that a line of a text is not indented enough. One of
the seven signs may be lost; « > » before a sentence quote a mail, however many they are."""
_FENCE = re.compile(r"(?:\A|[\r\n])[ \t]*(?:```|~~~)")
_CONFLICT_SIGNS = ("<<<<<<", ">>>>>>", "||||||| ")
_CONFLICT_MIDDLE = re.compile(r"(?:\A|[\r\n])(={6,7})(?=[\r\n]|\Z)")
"""What parts two versions, where the other marks were taken away; in a page it may be a title's."""
_BOM = b"\xef\xbb\xbf"
_OTHERS = tuple(
    (re.compile(start, re.IGNORECASE), name)
    for start, name in (
        (rb"PK\x03\x04", "un document de Word, un tableur ou une archive"),
        (rb"%PDF-", "un PDF"),
        (rb"\{\\rtf", "un document RTF"),
        (rb"\xd0\xcf\x11\xe0", "un document d’un ancien Word ou Excel"),
        (rb"\s*<(?:!doctype html|html|\?xml)", "une page web"),
        (rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF....WEBP", "une image"),
    )
)
"""How files of other programs begin, that were given the name of a record."""
_UTF8_LETTER = re.compile(
    rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
"""A file that holds one, and no UTF-8 elsewhere, is in two encodings at once."""
_STRAY = re.compile("[\udc80-\udcff]+")
_OF_FRENCH = frozenset("éèêëàâäîïôöùûüçœæÉÈÊÀÂÎÔÙÇŒ’‘“”«»–—…°€²·\u00a0")
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


TOO_LARGE = (
    "trop-gros",
    "Ce fichier dépasse 1 Mio, c’est trop pour une fiche.",
    "Répartissez son contenu en plusieurs fiches, et les documents joints à part.",
)
"""Code, message and hint for a file of more than :data:`MAX_BYTES`."""


def mark_at(text: str, index: int) -> Mark:
    """The line and column (from 1) of a character index. A line ends with LF, CRLF or CR."""
    line, start = 1, 0
    for line_break in LINE_BREAK.finditer(text, 0, index):
        line, start = line + 1, line_break.end()
    return Mark(line, index - start + 1)


def decode(data: bytes, path: str) -> str | Finding:
    """The text of a file, or the error that prevents reading it."""
    if unread := _unread(data, path):
        return unread
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, path, error.start)
    if text.count("\0") > len(text) // 3:
        # UTF-16 without a byte order mark: every other byte of an ASCII text is zero
        return _not_utf8(_UTF16_BOMS[0], path, 0)
    return _forbidden(text, path) or _conflict(text, path) or text


def mended(data: bytes, code: str) -> bytes | None:
    """The bytes without what :func:`decode` refused under this code, line for line, so that what
    else is wrong with the file can be told in the same round; None where nobody can know what was
    meant."""
    if code == "bom":
        return data.removeprefix(_BOM)
    if code == "caractere-interdit":
        clean, number = FORBIDDEN.subn(
            lambda sign: " " if sign[0] in _BREAKS else "", data.decode("utf-8", "replace")
        )
        return clean.encode() if number else None  # else an escape between quotation marks
    if code == "conflit-git":
        ours = _of_the_first(data.decode("utf-8", "replace"))
        return None if _conflict(ours, ".yaml") else ours.encode()
    if code != "encodage":
        return None
    if _UTF8_LETTER.search(data):
        return _in_one_encoding(data)
    other = "utf-16-le" if b"\0" in data else "cp1252"
    try:
        return data.decode("utf-16" if data.startswith(_UTF16_BOMS) else other).encode()
    except UnicodeDecodeError:
        return None


def _of_the_first(text: str) -> str:
    """The first of the versions between marks of git, line for line."""
    lines, is_open, is_kept = [], False, True
    for line in text.split("\n"):
        mark = line[:7]
        is_mark = mark in ("<" * 7, "|" * 7, "=" * 7, ">" * 7)
        if is_mark:  # « ======= » without its first version parts nothing
            is_open = mark[0] == "<" or (is_open and mark[0] != ">")
            is_kept = mark[0] == "<" or not is_open
        lines.append("" if is_mark or not is_kept else line)
    return "\n".join(lines)


def _in_one_encoding(data: bytes) -> bytes | None:
    """A UTF-8 file whose other bytes are letters of French as Windows writes them, with these in
    UTF-8; None where they are not."""
    text = data.decode("utf-8", "surrogateescape")
    strays = {stray: _windows(stray) for stray in {*_STRAY.findall(text)}}
    if not all(letters and _OF_FRENCH.issuperset(letters) for letters in strays.values()):
        return None
    return _STRAY.sub(lambda stray: strays[stray[0]], text).encode()


def _windows(stray: str) -> str:
    """The letters of bytes that are no UTF-8, as Windows writes them; "" where it has none."""
    return stray.encode("utf-8", "surrogateescape").decode("cp1252", "ignore")


def _unread(data: bytes, path: str) -> Finding | None:
    """Why the bytes are not decoded: too many, or another encoding or format."""
    if len(data) > MAX_BYTES:
        return _fault(path, Mark(1, 1), *TOO_LARGE)
    if len(data) > MOST_SIGNS and (mark := _over(data)):
        return _fault(
            path,
            mark,
            "trop-de-signes",
            f"Ce fichier a plus de {count(MOST_SIGNS)} lignes et signes de mise en forme "
            "(* _ ` < > # & \\ | ~ -, liens) : le lire prendrait trop de temps à tous.",
            "Répartissez son contenu en plusieurs fiches ou pages.",
        )
    if data.startswith(_BOM):
        return _fault(
            path,
            Mark(1, 1),
            "bom",
            "Le fichier commence par une marque invisible (BOM) que l’éditeur a ajoutée.",
            "Enregistrez-le en « UTF-8 » et non en « UTF-8 avec BOM ».",
        )
    if (other := next((name for start, name in _OTHERS if start.match(data)), "")) and not (
        path.endswith(".wiki")
    ):
        return _fault(
            path,
            Mark(1, 1),
            "autre-format",
            f"Ce fichier est {other} : seul son nom est celui d’une fiche ou d’une page.",
            "Rendez-lui la fin de son nom et rangez-le ailleurs. Pour en reprendre le texte, "
            "copiez-le dans une fiche neuve, ou : loosbot import recit FICHIER (.docx, .odt).",
        )
    return None


def _forbidden(text: str, path: str) -> Finding | None:
    """The finding on the first character that no page can hold."""
    match = FORBIDDEN.search(text)
    if match is None:
        return None
    places = [mark_at(text, other.start()) for other in islice(FORBIDDEN.finditer(text), _MANY)]
    lines = sorted({place.line for place in places} - {places[0].line})
    return _fault(
        path,
        places[0],
        "caractere-interdit",
        f"Le caractère invisible {code_point(match[0])} ne peut pas être publié.",
        (
            "Remplacez-le par une fin de ligne ; il vient d’un copier-coller depuis Word."
            if match[0] in _BREAKS
            else "Supprimez-le ; il vient souvent d’un copier-coller."
        )
        + also(lines),
    )


def _conflict(text: str, path: str) -> Finding | None:
    """The finding on the first conflict marker of git."""
    conflict = None
    if any(sign in text for sign in _CONFLICT_SIGNS):
        marks = _CONFLICT.finditer(text)
        conflict = next((mark for mark in marks if not _is_shown(text, mark)), None)
    if not conflict and path.endswith(".yaml") and "======" in text:
        conflict = _CONFLICT_MIDDLE.search(text)
    if not conflict:
        return None
    return _fault(
        path,
        mark_at(text, conflict.start(1)),
        "conflit-git",
        "Cette ligne est une marque de conflit laissée par git : deux versions sont à réunir.",
        "Gardez le bon texte, puis retirez les lignes qui commencent par « <<<<<<< », "
        "« ||||||| », « ======= » et « >>>>>>> ».",
    )


def _is_shown(text: str, mark: re.Match[str]) -> bool:
    """Whether a mark stands in a block of code, where somebody explains what git writes."""
    return len(_FENCE.findall(text, 0, mark.start())) % 2 == 1 and bool(
        _FENCE.search(text, mark.end())
    )


def _over(data: bytes) -> Mark | None:
    """The index of the first character over the limit."""
    text = data.decode("utf-8", "replace")
    sign = next(islice(_SIGN.finditer(text), MOST_SIGNS, None), None)
    return mark_at(text, sign.start()) if sign else None


def code_point(character: str) -> str:
    """``U+00AB``"""
    return f"U+{ord(character):04X}"


def _not_utf8(data: bytes, path: str, start: int) -> Finding:
    if data.startswith(_UTF16_BOMS):
        mark = Mark(1, 1)
        message = "Le fichier est enregistré en UTF-16 (« Unicode »), pas en UTF-8."
    else:
        before = data[:start].decode("utf-8")
        mark = mark_at(before, len(before))
        message = f"L’octet 0x{data[start]:02X} montre que le fichier n’est pas en UTF-8."
        if _UTF8_LETTER.search(data):
            return _two_encodings(data, path, mark)
    return _fault(path, mark, "encodage", message, "Enregistrez en UTF-8 (menu « Encodage »).")


def _two_encodings(data: bytes, path: str, mark: Mark) -> Finding:
    """The finding on letters of another encoding in a UTF-8 file: saved again as a whole, it would
    spoil all the others."""
    text = data.decode("utf-8", "surrogateescape")
    strays = list(islice(_STRAY.finditer(text), _MANY))
    lines = sorted({mark_at(text, stray.start()).line for stray in strays} - {mark.line})
    letters = _windows(strays[0][0])
    meant = f" : {letters}" if letters and _OF_FRENCH.issuperset(letters) else ""
    return _fault(
        path,
        mark,
        "encodage",
        "Ce signe n’est pas en UTF-8, et le reste du fichier l’est : il vient d’ailleurs.",
        f"Effacez ce signe et tapez-le de nouveau{meant}. Ne changez pas l’encodage du fichier."
        + also(lines),
    )


def _fault(path: str, mark: Mark, code: str, message: str, hint: str) -> Finding:
    return Finding(path, mark.line, mark.column, "error", code, message, hint)
