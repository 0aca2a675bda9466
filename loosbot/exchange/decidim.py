"""Drafts from the open data of a Decidim platform: proposals, meetings and results.

The archive is a ZIP of CSV files named ``<host>-open-data-<what>.csv``, separated by « ; », whose
columns are the paths of what is exported (``title/fr``, ``body/fr``, ``start_time``); the texts
are HTML. No name of a participant is taken, and nothing is decided: what became of a proposal is
a question. The drafts lie beside the records, where nothing publishes them.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace

from loosbot.corpus import addresses, dates
from loosbot.corpus.french import counted
from loosbot.corpus.wording import slug
from loosbot.errors import UserError
from loosbot.exchange import drafts
from loosbot.exchange.docx import passages_of
from loosbot.exchange.drafts import Draft
from loosbot.exchange.passages import markdown
from loosbot.exchange.received import LONGEST_READ, MOST_ROWS
from loosbot.exchange.unpacked import require_sound

FOLDER = "brouillons"
"""Beside ``narratives/``: a draft becomes a record when somebody moves it there."""
WHAT: Mapping[str, tuple[str, str]] = {
    "proposals": ("projet", "proposition"),
    "meetings": ("reunion", "réunion"),
    "results": ("projet", "réalisation"),
}
"""What a file of the archive holds -> the type of its drafts, and what Decidim calls one."""
_NAME = re.compile(r"(?:^|/)[^/]*open-data-([a-z_]+)\.csv\Z")
_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_UNUSED_KEYS = ("state", "status/name", "answer", "answer/fr", "progress", "attendees", "address")
"""What is shown to whom completes the draft, and not taken."""

Row = Mapping[str, str]


def read(data: bytes, name: str) -> list[Draft]:
    """A draft for each proposal, meeting and result, in the order of the archive.

    Raises UserError.
    """
    require_sound(data, name)
    made: list[Draft] = []
    seen: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            part_name = _NAME.search(part)
            if part_name and part_name[1] in WHAT:
                for row in _rows(archive.read(part), part):
                    if (draft := _draft(row, *WHAT[part_name[1]], part)) is not None:
                        made.append(_apart(draft, row, seen))
    if not made:
        raise UserError(
            f"« {name} » ne contient ni proposition, ni réunion, ni réalisation de Decidim.",
            "Prenez l’archive des données ouvertes de la plateforme, telle quelle : un ZIP dont "
            "les fichiers s’appellent …-open-data-proposals.csv.",
        )
    return made


def _rows(data: bytes, part: str) -> Iterator[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"« {part} » n’est pas en UTF-8.") from error
    head = text.partition("\n")[0]
    csv.field_size_limit(LONGEST_READ)
    try:
        table = csv.reader(
            io.StringIO(text, newline=""), delimiter=max(";,", key=head.count), strict=True
        )
        keys = next(table, [])
        for number, row in enumerate(table):
            if number >= MOST_ROWS:
                raise UserError(f"« {part} » a plus de {MOST_ROWS} lignes.")
            yield dict(zip(keys, row, strict=False))
    except csv.Error as error:
        raise UserError(f"« {part} » est un CSV mal formé ({error}).") from error


def _text(row: Row, key: str) -> str:
    """A text in French where there is one, else in the first language that has it."""
    french = row.get(f"{key}/fr") or row.get(key)
    others = (value for name, value in row.items() if name.startswith(f"{key}/") and value)
    return (french or next(others, "")).strip()


def _draft(row: Row, type_: str, noun: str, part: str) -> Draft | None:
    title = " ".join(markdown_of(_text(row, "title"))[0].split())
    if not slug(title):
        return None  # entries without a title were withdrawn, or hidden by moderation
    text, pictures = markdown_of(_text(row, "body") or _text(row, "description"))
    data: dict[str, object] = {"titre": title}
    day = _day(row)
    if type_ == "reunion" and day:
        data["date"] = day
    elif noun == "proposition":
        data["statut"] = "demande"
        data["demande"] = {"date": day} if day else {}
    elif day:
        data["annee"] = {"valeur": day, "statut": "prevu"}
    if not data.get("demande", True):
        del data["demande"]
    if text:
        data["texte"] = f"{text}\n"
    questions = [*_questions(row, noun, pictures)]
    return drafts.draft_of(type_, data, part, questions)


def markdown_of(html: str) -> tuple[str, int]:
    """The Markdown of an HTML text, and how many pictures it has."""
    text = passages_of(html)
    return markdown(text.passages, text.notes), len(text.pictures)


def _day(row: Row) -> str:
    for key in ("start_time", "start_date", "published_at", "created_at"):
        day = _DAY.match(row.get(key, ""))
        if day and dates.is_date(day[0]):
            return day[0]
    return ""


def _questions(row: Row, noun: str, pictures: int) -> Iterator[str]:
    url = row.get("url", "")
    where = f", {url}" if addresses.is_web_address(url) else ""
    yield f"Reprise de Decidim : {noun} {row.get('reference') or row.get('id', '')}{where}"
    for key in _UNUSED_KEYS:
        if row.get(key):
            yield f"Decidim en dit : {key} = {markdown_of(row[key])[0]}"
    yield "qu’est-ce que la commune en a fait ? Ni statut ni décision n’en sont repris."
    yield "le texte nomme-t-il quelqu’un ? A-t-il donné son accord ? Sinon, retirez son nom."
    if pictures:
        yield f"{counted(pictures, 'image')} du texte, à reprendre à la main."
    yield f"une fois relue, rangez-la dans narratives/ (elle est dans {FOLDER}/)."


def _apart(draft: Draft, row: Row, seen: set[str]) -> Draft:
    """The draft under a unique name, in the folder of the drafts."""
    path = f"{FOLDER}/{draft.path.removeprefix('narratives/')}"
    if path in seen:
        number = slug(row.get("id", "")) or str(len(seen))
        path = f"{path.removesuffix('.yaml')}-{number}.yaml"
    seen.add(path)
    return replace(draft, path=path)
