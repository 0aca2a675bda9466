"""A map: a numbered dot for each place; the numbers are those of the list below the picture.

Only a point with its source is drawn. There is no ground of anybody else's: the north is above, a
rule says how far things are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from loosbot.corpus.french import counted
from loosbot.corpus.links import source_id
from loosbot.corpus.model import Record
from loosbot.corpus.values import point
from loosbot.fields.collation import sort_key
from loosbot.frozen import dataclass
from loosbot.render.charts.canvas import GREY, INK, MARGIN, SMALL, WIDTH, Canvas
from loosbot.render.charts.chart import ChartSpec, Figures, MapMarker

_DEGREE = 111_320.0
"""Metres of a degree of latitude; of longitude, along the equator."""
_LEAST = 400.0
"""Metres across, at least: one place alone is no town."""
_TALLEST = 1.25
"""Height of the map, in widths: a town along a road still fits a screen."""
_SIDE = 31
"""Units of a number's disc with the air around it: a finger's width on a phone."""
_RADIUS = 13
_INNER = WIDTH - 2 * MARGIN - 2 * _SIDE
_FOOT = 32
"""Height of what stands under the map."""
_RINGS = 12
_NUMBERED = 60
"""Places of a map with numbers; among more of them nobody would find one."""
_RULES = (100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 1_000_000)
"""Metres that the rule may stand for."""

SourceName = Callable[[str], str]
"""What readers see of a source, with its licence."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place, where it is (``x``, ``y``, in units of the sheet) and where its number stands."""

    id: str
    title: str
    x: float
    y: float
    disc: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Map:
    """``metres``: of one unit of the sheet. ``sources``: what the points were taken from."""

    places: tuple[Place, ...]
    height: float
    metres: float
    sources: tuple[str, ...]


def mapped(records: Sequence[Record], source_name: SourceName) -> Map | None:
    """The places that have a point with its source, by title; None where there are none."""
    points = [(record, *point) for record in records if (point := _point(record.data)) is not None]
    if not points:
        return None
    points.sort(key=lambda point: (sort_key(point[0].title), point[0].id))
    longitudes = _unrolled([point[2] for point in points])
    middle = (min(point[1] for point in points) + max(point[1] for point in points)) / 2
    # near a pole a degree of longitude is nothing: the map would be infinitely narrow
    narrow = max(math.cos(math.radians(middle)), 0.01)
    east = [longitude * _DEGREE * narrow for longitude in longitudes]
    north = [point[1] * _DEGREE for point in points]
    wide, tall = max(east) - min(east), max(north) - min(north)
    metres = max(wide / _INNER, tall / (_INNER * _TALLEST), _LEAST / _INNER)
    height = max(tall / metres, _INNER / 2) + 2 * _SIDE
    left = MARGIN + _SIDE + (_INNER - wide / metres) / 2
    top = MARGIN + _SIDE + (height - 2 * _SIDE - tall / metres) / 2
    spots = [
        (left + (x - min(east)) / metres, top + (max(north) - y) / metres)
        for x, y in zip(east, north, strict=True)
    ]
    discs = _discs(spots, height)
    return Map(
        tuple(
            Place(record.id, record.title, *spot, disc)
            for (record, *_), spot, disc in zip(points, spots, discs, strict=True)
        ),
        height,
        metres,
        tuple(
            dict.fromkeys(
                source_name(source) for record, *_ in points for source in _sources(record.data)
            )
        ),
    )


def located(record: Record) -> bool:
    """Whether a map can show it."""
    return _point(record.data) is not None


def _point(data: Mapping[str, Any]) -> tuple[float, float] | None:
    """Latitude and longitude; None without a source, by which alone they can be checked."""
    place = point(data.get("coordonnees"))
    return (float(place[0]), float(place[1])) if place and _sources(data) else None


def _sources(data: Mapping[str, Any]) -> list[str]:
    sources = data["coordonnees"].get("sources")
    return (
        list(dict.fromkeys(source_id(str(source)) for source in sources))
        if isinstance(sources, list)
        else []
    )


def _unrolled(longitudes: list[float]) -> list[float]:
    """Longitudes shifted so that places on both sides of the 180th meridian are close."""
    if max(longitudes) - min(longitudes) <= 180:
        return longitudes
    return [longitude + 360 if longitude < 0 else longitude for longitude in longitudes]


def _discs(spots: Sequence[tuple[float, float]], height: float) -> list[tuple[float, float]]:
    """The position of each number: on its place, or as near as earlier numbers allow."""
    taken: list[tuple[float, float]] = []
    for spot in spots:
        taken.append(
            next((place for place in _around(spot, height) if _free(place, taken)), spot)
            if len(spots) <= _NUMBERED
            else spot
        )
    return taken


def _free(disc: tuple[float, float], taken: Sequence[tuple[float, float]]) -> bool:
    return all(math.dist(disc, other) >= _SIDE for other in taken)


def _around(spot: tuple[float, float], height: float) -> Iterator[tuple[float, float]]:
    """The spot itself, then rings around it, wider and wider, within the sheet."""
    yield spot
    for ring in range(1, _RINGS):
        for step in range(8 * ring):
            turn = 2 * math.pi * step / (8 * ring)
            x = spot[0] + ring * _SIDE * math.cos(turn)
            y = spot[1] + ring * _SIDE * math.sin(turn)
            edge = MARGIN + _RADIUS
            if edge <= x <= WIDTH - edge and edge <= y <= height + 2 * MARGIN - edge:
                yield x, y


def figures(order: ChartSpec, map_: Map) -> Figures:
    """The list behind the picture: a number and a place a row."""
    rows = tuple((str(number), place.title) for number, place in enumerate(map_.places, 1))
    number_said = counted(len(rows), "lieu", "lieux")
    return Figures(
        ("Numéro", "Lieu"),
        rows,
        f"Carte, {order.title}, le nord en haut : {number_said}, dans la liste qui suit.",
        f"{number_said}. Les points viennent de : {' ; '.join(map_.sources)}.",
    )


def spots(map_: Map) -> tuple[MapMarker, ...]:
    """The clickable spot of each place, in order."""
    whole = _sheet(map_)
    return tuple(
        MapMarker(
            place.id,
            place.title,
            left=100 * place.disc[0] / WIDTH,
            top=100 * place.disc[1] / whole,
            numbered=len(map_.places) <= _NUMBERED,
        )
        for place in map_.places
    )


def draw(order: ChartSpec, map_: Map) -> bytes:
    """The picture: a dot a place, and its number on it or beside it, at the end of a line."""
    canvas = Canvas(order.title)
    canvas.frame(MARGIN, MARGIN, WIDTH - 2 * MARGIN, map_.height)
    for place in map_.places:
        if place.disc != (place.x, place.y):
            canvas.line(place.x, place.y, *place.disc, stroke=GREY)
        canvas.disc(place.x, place.y, 3, full=True)
    for number, place in enumerate(map_.places, 1):
        if len(map_.places) <= _NUMBERED:
            canvas.disc(*place.disc, _RADIUS, full=False)
            canvas.text(str(number), place.disc[0], place.disc[1] + 4.5, anchor="middle", bold=True)
    _rule(canvas, map_)
    return canvas.svg(_sheet(map_))


def _sheet(map_: Map) -> int:
    """Whole units, so that the links over the picture stand where it is drawn."""
    return math.ceil(map_.height + 2 * MARGIN + _FOOT)


def _rule(canvas: Canvas, map_: Map) -> None:
    """How long a walk is, and where the north is."""
    y = MARGIN + map_.height + 20
    metres = next(
        (length for length in reversed(_RULES) if length / map_.metres <= WIDTH / 3), _RULES[0]
    )
    end = MARGIN + metres / map_.metres
    canvas.line(MARGIN, y, end, y, stroke=INK, width=2)
    for x in (MARGIN, end):
        canvas.line(x, y - 4, x, y + 4, stroke=INK, width=2)
    label = f"{metres // 1000} km" if metres >= 1000 else f"{metres} m"
    canvas.text(label, end + 8, y + 4.5, size=SMALL)
    canvas.text("Nord ↑", WIDTH - MARGIN, y + 4.5, size=SMALL, anchor="end")
