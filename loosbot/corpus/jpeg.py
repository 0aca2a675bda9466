"""A JPEG rebuilt from its frame: tables, scans, colours, which side is up (ISO 10918-1, B.1).

No comment, no thumbnail, no place, no maker, nothing after the end. The scans are copied as they
are: the pixels are the same to the bit.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO

from loosbot.corpus import colours

_FRAMES = frozenset(
    (*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0))
)
_TABLES = frozenset((0xC4, 0xCC, 0xDB, 0xDC, 0xDD))
_SCAN, _END, _ALONE = 0xDA, 0xD9, 0x01
_APP0, _APP2, _APP14 = 0xE0, 0xE2, 0xEE
_ORIENTATION = 0x0112
_EXIF = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"
"""An Exif block that says one thing: which side is up; its number follows, and zeros."""
_ICC = b"ICC_PROFILE\0"
_PART = 65_519
"""Bytes of a profile in one segment (ICC.1, B.4)."""
_DENSITY = slice(7, 12)


def size(data: bytes) -> tuple[int, int]:
    """Width and height. Raises ValueError, also where two frames differ in size."""
    sizes = {
        (int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"))
        for marker, body in _segments(data)
        if marker in _FRAMES
    }
    if len(sizes) != 1:
        raise ValueError("no frame, or several")
    return sizes.pop()


def rebuilt(data: bytes) -> bytes:
    """The picture without metadata. Raises ValueError, OSError for a damaged one."""
    frame = bytearray()
    density = transform = b""
    profile: dict[int, bytes] = {}
    count = 0
    for marker, body in _segments(data):
        if marker in _FRAMES | _TABLES or marker == _SCAN:
            frame += _segment(marker, body)
        elif marker == _APP0 and body.startswith(b"JFIF\0"):
            density = density or body
        elif marker == _APP14 and body.startswith(b"Adobe") and len(body) >= 12:
            transform = transform or body[11:12]
        elif marker == _APP2 and body.startswith(_ICC) and len(body) > len(_ICC) + 2:
            rank, of = body[len(_ICC)], body[len(_ICC) + 1]
            count = count or of
            if rank <= count == of:
                profile.setdefault(rank, body[len(_ICC) + 2 :])
    out = bytearray(b"\xff\xd8")
    if density:
        resolution = density[_DENSITY] if len(density) >= _DENSITY.stop else b"\0\0\1\0\1"
        out += _segment(_APP0, b"JFIF\0\1\2" + resolution + b"\0\0")
    side = _side(data)
    if side in range(2, 9):
        out += _segment(0xE1, _EXIF + bytes((side,)) + bytes(6))
    out += _colours(colours.rebuilt(b"".join(part for _, part in sorted(profile.items()))))
    if transform:
        # the Adobe segment: without it decoders take some pictures for another colour space
        out += _segment(_APP14, b"Adobe\0\x64\0\0\0\0" + transform)
    return bytes(out + frame + b"\xff\xd9")


def _side(data: bytes) -> int:
    """The Exif orientation (1 to 8); 1 where it is missing or malformed."""
    from PIL import Image  # imported late: a corpus without pictures does not need it

    try:
        with warnings.catch_warnings(), Image.open(BytesIO(data)) as picture:
            # Pillow warns of faults in metadata, which are left out here
            warnings.simplefilter("ignore")
            turn = picture.getexif().get(_ORIENTATION, 1)
    except Exception:
        # an Exif block can be wrong in more ways than Pillow names; the picture is rebuilt, and
        # judged, without it
        return 1
    return turn if isinstance(turn, int) else 1


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment up to the end of the picture; a scan comes with its pixels.

    Raises ValueError.
    """
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    at = 2
    while True:
        # any marker may begin with more than one FF (B.1.1.2)
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if at + 2 > len(data) or data[at] != 0xFF:
            raise ValueError("a segment was expected")
        marker = data[at + 1]
        if marker == _END:
            return
        if marker == _ALONE:
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise ValueError("a segment is cut")
        if marker == _SCAN:
            end = _end_of_scan(data, end)
        yield marker, data[at + 4 : end]
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next segment begins after the pixels at ``at``: at a marker that is no restart."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if data[at + 1] == 0xFF else 2
    raise ValueError("the picture has no end")


def _segment(marker: int, body: bytes) -> bytes:
    """``body`` with its length; the pixels of a scan stand after what its own length counts."""
    if marker == _SCAN:
        return b"\xff\xda" + _scan_header(body) + body
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body


def _scan_header(body: bytes) -> bytes:
    """The length of a scan header (B.2.3): a count, two bytes for each component, three more."""
    return (6 + 2 * body[0]).to_bytes(2, "big")


def _colours(profile: bytes) -> bytes:
    parts = [profile[at : at + _PART] for at in range(0, len(profile), _PART)]
    return b"".join(
        _segment(_APP2, _ICC + bytes((rank, len(parts))) + part)
        for rank, part in enumerate(parts, 1)
    )
