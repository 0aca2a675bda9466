"""Pictures that somebody joins: kept with the draft, without the place and the camera."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from werkzeug.datastructures import FileStorage, MultiDict

from loosbot.atelier.desk.drafts import Drafts
from loosbot.corpus.attached import MAX_BYTES, cleaned, kind_of
from loosbot.corpus.wording import slug
from loosbot.errors import UserError
from loosbot.escaping import beginning

SENT = "_envoi"
_NAME = re.compile(r"documents\.n?\d{1,4}\.fichier", re.ASCII)
_LONGEST = 50


def take_pictures(
    drafts: Drafts, id_: str, answers: dict[str, list[str]], sent: MultiDict[str, FileStorage]
) -> dict[str, list[str]]:
    """The answers with the names of the pictures that were sent, which are kept.

    Raises UserError for a file that is none, or too big.
    """
    with_picture = dict(answers)
    for name, file in sent.items():
        place = name.removesuffix(f".{SENT}")
        if not file.filename or not _NAME.fullmatch(place):
            continue
        data = file.stream.read(MAX_BYTES + 1)
        kind = kind_of(data)
        shown = beginning(file.filename, 80)
        if len(data) > MAX_BYTES or not kind:
            raise UserError(
                f"« {shown} » n’a pas été joint : il faut une image JPEG ou PNG, ou un PDF, de "
                f"{MAX_BYTES >> 20} Mio au plus.",
                "Le reste est gardé. Enregistrez l’image dans l’un de ces formats, et recommencez.",
            )
        try:
            data = cleaned(data, kind)
        except ValueError as error:
            raise UserError(
                f"L’image « {shown} » ne peut pas être lue : elle est abîmée.",
                "Le reste est gardé. Enregistrez l’image de nouveau, puis joignez-la.",
            ) from error
        stored = f"{_stem(file.filename)}.{kind}"
        others = drafts.files(id_)
        number = 1
        while stored in others and others[stored] != data:
            number += 1
            stored = f"{_stem(file.filename)}-{number}.{kind}"
        drafts.add_file(id_, stored, data)
        with_picture[place] = [stored]
        _require_item(with_picture, place)
    return with_picture


def _stem(filename: str) -> str:
    return slug(PurePosixPath(filename.replace("\\", "/")).stem)[:_LONGEST].strip("-") or "image"


def _require_item(answers: dict[str, list[str]], place: str) -> None:
    """A picture alone makes its item: nothing else of it may have been answered yet."""
    name, key, _ = place.split(".")
    keys = list(answers.get(f"{name}._items", []))
    if key not in keys:
        answers[f"{name}._items"] = [*keys, key]
