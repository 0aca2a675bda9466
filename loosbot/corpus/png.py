"""A PNG rebuilt from what is needed to show it (PNG specification, third edition).

No text, no private part, no film, nothing after the pixels or after the end; the same bytes on any
machine, since nothing is compressed anew.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from loosbot.corpus import colours

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = {b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"cICP": 4, b"pHYs": 9}
"""Parts that say how to show the pixels, with their only size."""
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
          (0, 1, 1, 2))  # fmt: skip
"""Of each pass: the first column and row, and the steps to the next ones."""
_PORTION, _INFLATED = 1 << 16, 1 << 20
_STORED = 0xFFFF
"""Bytes of a block of deflate that is not compressed."""


def size(data: bytes) -> tuple[int, int]:
    """Width and height. Raises ValueError."""
    if data[:8] != SIGNATURE or data[12:16] != b"IHDR" or len(data) < 33:
        raise ValueError("no PNG")
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def rebuilt(data: bytes) -> bytes:
    """The picture without metadata. Raises ValueError for a damaged one."""
    parts: dict[bytes, bytes] = {}
    pixels = bytearray()
    for name, body in _parts(data):
        if name == b"IDAT":
            pixels += body
        elif name not in parts and not (pixels and name != b"IEND"):
            parts[name] = body
    if b"IEND" not in parts or len(parts[b"IHDR"]) != 13:
        raise ValueError("a part is missing")
    header = parts[b"IHDR"]
    depth, kind = header[8], header[9]
    if depth not in _DEPTHS.get(kind, ()) or header[10:12] != b"\0\0" or header[12] > 1:
        raise ValueError("no such kind of PNG")
    out = bytearray(SIGNATURE)
    for name, body in ((b"IHDR", header), *_shown(parts, depth, kind)):
        out += _part(name, body)
    out += _part(b"IDAT", _only(pixels, _length(header)))
    return bytes(out + _part(b"IEND", b""))


def _parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each part up to the end of the picture, its sum checked."""
    size(data)
    at = len(SIGNATURE)
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        end = at + 8 + length
        if zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            raise ValueError("a sum is wrong")
        yield name, body
        if name == b"IEND":
            return
        at = end + 4


def _shown(parts: dict[bytes, bytes], depth: int, kind: int) -> Iterator[tuple[bytes, bytes]]:
    """The parts that say how the pixels are shown, in the order of the specification."""
    for name, length in _KEPT.items():
        if len(parts.get(name, b"")) == length and name != b"pHYs":
            yield name, parts[name]
    if profile := _profile(parts.get(b"iCCP", b"")):
        yield b"iCCP", b"ICC\0\0" + _uncompressed(profile)
    colours_ = parts.get(b"PLTE", b"")
    if kind == 3:
        if not colours_ or len(colours_) % 3 or len(colours_) > 3 << depth:
            raise ValueError("the palette is wrong")
        yield b"PLTE", colours_
    alpha = parts.get(b"tRNS", b"")
    most = {0: 2, 2: 6}.get(kind)
    if (most and len(alpha) == most) or (kind == 3 and 0 < len(alpha) <= len(colours_) // 3):
        yield b"tRNS", alpha
    if len(parts.get(b"pHYs", b"")) == _KEPT[b"pHYs"]:
        yield b"pHYs", parts[b"pHYs"]


def _profile(part: bytes) -> bytes:
    _, _, rest = part.partition(b"\0")
    try:
        profile = zlib.decompressobj().decompress(rest[1:], colours.LARGEST + 1)
    except zlib.error:
        return b""
    return colours.rebuilt(profile)


def _length(header: bytes) -> int:
    """Bytes of the pixels, each line with its filter."""
    width, height = (int.from_bytes(header[n : n + 4], "big") for n in (0, 4))
    bits = header[8] * _CHANNELS[header[9]]
    passes = _ADAM7 if header[12] else ((0, 0, 1, 1),)
    total = 0
    for left, top, across, down in passes:
        columns, lines = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and lines > 0:
            total += lines * (1 + (columns * bits + 7) // 8)
    return total


def _only(pixels: bytearray, wanted: int) -> bytes:
    """The compressed pixels without what stands after them. Raises ValueError for another size."""
    reader, seen, used = zlib.decompressobj(), 0, 0
    try:
        while used < len(pixels) and not reader.eof:
            portion = bytes(pixels[used : used + _PORTION])
            used += len(portion)
            waiting, more = portion, True
            while (waiting or more) and not reader.eof:
                shown = len(reader.decompress(waiting, _INFLATED))
                # a full portion came out: more may wait inside, without any further input
                waiting, more = reader.unconsumed_tail, shown == _INFLATED
                seen += shown
                if seen > wanted:
                    raise ValueError("more than its pixels")
    except zlib.error as error:
        raise ValueError("the pixels are damaged") from error
    if not reader.eof or seen != wanted:
        raise ValueError("pixels are missing")
    return bytes(pixels[: used - len(reader.unused_data)])


def _uncompressed(data: bytes) -> bytes:
    """A zlib stream of stored blocks: two builds of zlib do not compress to the same bytes."""
    out = bytearray(b"\x78\x01")
    for at in range(0, len(data), _STORED):
        block = data[at : at + _STORED]
        out.append(at + _STORED >= len(data))
        out += len(block).to_bytes(2, "little") + (len(block) ^ 0xFFFF).to_bytes(2, "little")
        out += block
    return bytes(out + zlib.adler32(data).to_bytes(4, "big"))


def _part(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")
