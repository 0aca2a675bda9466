"""What a style sets that a dark skin would make unreadable."""

from __future__ import annotations

import re

LEAST = 4.5
"""Contrast that WCAG 2.2 asks of text (1.4.3)."""
_STYLE = re.compile(
    r"""style=(?:"([^"]*)"|'([^']*)')|bgcolor=["']?(?P<old>[^"'\s>]+)""", re.IGNORECASE
)
_HEX = re.compile(r"#(?:[0-9a-f]{3}){1,2}", re.IGNORECASE)


def unreadable(markup: str) -> list[str]:
    """The styles of some wikitext or HTML whose colours do not stand on their own.

    A background without a text colour, or the other way round, is half a choice: the skin makes
    the other half, by day and by night.
    """
    faults = []
    for match in _STYLE.finditer(markup):
        style = f"background:{match['old']}" if match["old"] else match[1] or match[2] or ""
        if fault(style):
            faults.append(f"{style}: {fault(style)}")
    return faults


def fault(style: str) -> str:
    """What is wrong with the colours of a style; "" when nothing is."""
    parts = (declaration.partition(":") for declaration in style.split(";"))
    set_ = {name.strip().lower(): value.strip() for name, _, value in parts}
    ground = set_.get("background", set_.get("background-color"))
    ink = set_.get("color")
    if ground is None and ink is None:
        return ""
    if ground is None or ink is None:
        return "a colour of text and a background go together"
    if not (_HEX.fullmatch(ground) and _HEX.fullmatch(ink)):
        return "a colour is written #rrggbb, for its contrast to be known"
    contrast = _contrast(ground, ink)
    return "" if contrast >= LEAST else f"contrast {contrast:.1f}"


def _contrast(colour: str, other: str) -> float:
    lighter, darker = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
