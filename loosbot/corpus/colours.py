"""ICC profiles of pictures: what turns numbers into colours, and no word beside it (ICC.1:2022)."""

from __future__ import annotations

_HEADER, _ENTRY, _MOST_TAGS = 128, 12, 64
_COLORIMETRIC = frozenset(
    b"wtpt bkpt chad lumi rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 "
    b"D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 gamt cicp".split()
)
_DESCRIPTION = b"Profil"
LARGEST = 4 << 20


def rebuilt(profile: bytes) -> bytes:
    """The colour profile without metadata on its maker; b"" for a malformed profile.

    Of the header stays what a colour depends on: not the day, the maker, the device nor the sum.
    """
    if len(profile) < _HEADER + 4 or len(profile) > LARGEST or profile[36:40] != b"acsp":
        return b""
    if int.from_bytes(profile[:4], "big") != len(profile):
        return b""
    count = int.from_bytes(profile[_HEADER : _HEADER + 4], "big")
    if not 0 < count <= _MOST_TAGS or _HEADER + 4 + count * _ENTRY > len(profile):
        return b""
    tags: dict[bytes, bytes] = {}
    for rank in range(count):
        at = _HEADER + 4 + rank * _ENTRY
        name = profile[at : at + 4]
        start, size = (int.from_bytes(profile[at + n : at + n + 4], "big") for n in (4, 8))
        if start < _HEADER or start + size > len(profile):
            return b""
        if name in _COLORIMETRIC:
            tags[name] = profile[start : start + size]
    if not tags:
        return b""
    four = profile[8] >= 4
    tags[b"desc"] = _words(_DESCRIPTION) if four else _old_description(_DESCRIPTION)
    tags[b"cprt"] = _words(b"-") if four else b"text\0\0\0\0-\0"
    return _packed(profile, tags)


def _packed(profile: bytes, tags: dict[bytes, bytes]) -> bytes:
    header = bytearray(_HEADER)
    # version, class, spaces; then the signature; then intent and illuminant
    for part in (slice(8, 24), slice(36, 40), slice(64, 80)):
        header[part] = profile[part]
    table = bytearray(len(tags).to_bytes(4, "big"))
    body = bytearray()
    begin = _HEADER + 4 + len(tags) * _ENTRY
    places: dict[bytes, int] = {}
    for name, data in sorted(tags.items()):
        # the curves of three colours are often one
        if data not in places:
            places[data] = begin + len(body)
            body += data + bytes(-len(data) % 4)
        table += name + places[data].to_bytes(4, "big") + len(data).to_bytes(4, "big")
    header[:4] = (_HEADER + len(table) + len(body)).to_bytes(4, "big")
    return bytes(header + table + body)


def _words(text: bytes) -> bytes:
    """A ``multiLocalizedUnicodeType`` of one text."""
    encoded = text.decode("ascii").encode("utf-16-be")
    place = (12).to_bytes(4, "big") + b"enUS" + len(encoded).to_bytes(4, "big")
    return b"mluc\0\0\0\0" + (1).to_bytes(4, "big") + place + (28).to_bytes(4, "big") + encoded


def _old_description(text: bytes) -> bytes:
    """A ``textDescriptionType`` (ICC.1:2001-04, 6.5.17): ASCII, no Unicode, no ScriptCode."""
    return b"desc\0\0\0\0" + (len(text) + 1).to_bytes(4, "big") + text + bytes(1 + 4 + 4 + 3 + 67)
