"""A white sheet of 360 units, as wide as a phone, on which charts are drawn.

Texts stay texts: sharp at any size, and read in the reader's own font. The sheet brings its own
white ground, so that it is as readable where the skin is dark. Nothing is told by colour alone.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import drawsvg

WIDTH = 360
SHOWN = 600
"""Pixels that it takes where there is room: the width of a text."""
MARGIN = 8
LINE = 17
"""Height of a line of text."""
SIZE = 13
SMALL = 12.5
"""A phone shows the sheet on some 325 pixels: what is smaller cannot be read there."""

INK = "#202122"
GREY = "#54595d"
RULE = "#c8ccd1"
BLUE = "#1f5c99"
PALE = "#8fbbe8"

_FONT = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_ADVANCE = 0.56
"""Mean width of a letter in these fonts, in sizes of the font."""


class Canvas:
    """A drawing that is begun at its top; its height is known at the end.

    All coordinates and sizes are in units of the drawing, one CSS pixel where it is shown as wide
    as it is drawn; x grows to the right, y downwards.
    """

    def __init__(self, title: str) -> None:
        import drawsvg  # imported late: drawsvg loads an HTTP client

        self._drawsvg = drawsvg
        self._title = title
        self._shapes: list[drawsvg.DrawingElement] = []

    def text(
        self,
        words: str,
        x: float,
        y: float,
        *,
        size: float = SIZE,
        anchor: str = "start",
        fill: str = INK,
        bold: bool = False,
    ) -> None:
        """``y`` is the line on which the letters stand."""
        more = {"font_weight": "bold"} if bold else {}
        self._shapes.append(
            self._drawsvg.Text(
                words, size, _round(x), _round(y), text_anchor=anchor, fill=fill, **more
            )
        )

    def disc(self, x: float, y: float, radius: float, *, full: bool) -> None:
        """A dot, or a white disc with a border on which a number is written."""
        self._shapes.append(
            self._drawsvg.Circle(
                _round(x), _round(y), radius, fill=BLUE if full else "#fff", stroke=BLUE
            )
        )

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        """A ground with a thin border."""
        self._rectangle(x, y, width, height, fill="#f8f9fa", stroke=RULE)

    def box(self, x: float, y: float, width: float, height: float, *, known: bool = True) -> None:
        """A full box, or a hollow one with a dashed border for what is not known for sure."""
        style = {"fill": BLUE} if known else {"fill": "#fff", "stroke_dasharray": "3,2"}
        self._rectangle(x, y, width, height, stroke=BLUE, **style)

    def tile(self, x: float, y: float, width: float, height: float, strength: float) -> None:
        """A cell of a grid, the darker the stronger it is (0 to 1); its number is written on it."""
        fill, opacity = (PALE, _round(0.1 + 0.9 * strength)) if strength else ("#fff", 1)
        self._rectangle(x, y, width, height, fill=fill, fill_opacity=opacity, stroke=RULE)

    def _rectangle(
        self, x: float, y: float, width: float, height: float, **style: str | float
    ) -> None:
        place = map(_round, (x, y, width, height))
        self._shapes.append(self._drawsvg.Rectangle(*place, **style))

    def line(
        self, x1: float, y1: float, x2: float, y2: float, *, stroke: str = RULE, width: float = 1
    ) -> None:
        """A straight line, in units of the sheet."""
        self._shapes.append(
            self._drawsvg.Line(
                _round(x1), _round(y1), _round(x2), _round(y2), stroke=stroke, stroke_width=width
            )
        )

    def arrow(self, x: float, y: float, step: int) -> None:
        """A point at ``x`` towards the right (``step`` 1) or the left (-1)."""
        self._shapes.append(
            self._drawsvg.Lines(
                _round(x), _round(y - 5), _round(x + 6 * step), _round(y), _round(x), _round(y + 5),
                close=True, fill=BLUE,
            )
        )  # fmt: skip

    def svg(self, height: float) -> bytes:
        """The whole file; nothing in it depends on the day or on the machine."""
        drawing = self._drawsvg.Drawing(WIDTH, _round(height), role="img", font_family=_FONT)
        # a wiki shows no picture wider than it says it is
        drawing.set_render_size(w=SHOWN)
        drawing.append_title(self._title)
        drawing.append(self._drawsvg.Rectangle(0, 0, WIDTH, _round(height), fill="#fff"))
        drawing.extend(self._shapes)
        return f"{drawing.as_svg().rstrip()}\n".encode()


def wrapped(words: str, width: float, size: float = SIZE) -> list[str]:
    """``words`` in lines that fit into ``width`` units."""
    return textwrap.wrap(words, max(8, int(width / (size * _ADVANCE)))) or [""]


def shortened(words: str, width: float, size: float = SIZE) -> str:
    """``words`` in one line that fits, cut with an ellipsis."""
    most = max(4, int(width / (size * _ADVANCE)))
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _round(number: float) -> float | int:
    rounded = round(number, 1)
    return int(rounded) if rounded == int(rounded) else rounded
