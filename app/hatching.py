"""Lines over a polygon, because Vega-Lite knows no patterns; and the point inside it where its text stands. Pure geometry, in degrees."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

Point = tuple[float, float]
Ring = list[Point]

LINES = 70  # hatch lines over the width of all areas together


def signed_area(ring: Sequence[Point]) -> float:
    """The area of a closed ring; positive when it runs against the clock."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring)) / 2


def hatch(rings: Sequence[Ring], direction: str, step: float, decimals: int) -> list[list[Point]]:
    """Parallel lines inside the rings (holes stay empty), `step` degrees of longitude apart, rising or falling at 45 degrees on a map."""
    stretch = math.cos(math.radians(rings[0][0][1]))  # a degree of longitude is that much shorter than one of latitude
    slope = stretch if direction == "/" else -stretch

    def height(point: Point) -> float:
        return point[1] - slope * point[0]

    heights = [height(point) for ring in rings for point in ring]
    gap = step * stretch * math.sqrt(2)
    found = []
    for number in range(math.ceil(min(heights) / gap), math.floor(max(heights) / gap) + 1):
        for start, end in cut(rings, height, number * gap):
            line = [(round(x, decimals), round(y, decimals)) for x, y in (start, end)]
            found += [line] if line[0] != line[1] else []
    return found


def cut(rings: Sequence[Ring], height: Callable[[Point], float], level: float) -> list[tuple[Point, Point]]:
    """The parts of the line `height` = `level` that lie inside the rings, by the even-odd rule."""
    crossings = []
    for ring in rings:
        for start, end in itertools.pairwise(ring):
            low, high = height(start), height(end)
            if (low <= level) != (high <= level):
                part = (level - low) / (high - low)
                crossings.append((start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])))
    crossings.sort()
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def middle(polygons: Sequence[Sequence[Ring]]) -> Point:
    """A point inside the largest polygon: its centre of gravity, or where that lies outside the middle of the widest part beside it."""
    largest = max(polygons, key=lambda polygon: abs(signed_area(polygon[0])))
    ring, area = largest[0], signed_area(largest[0])
    pairs = list(itertools.pairwise(ring))
    east, north = (sum((a[axis] + b[axis]) * (a[0] * b[1] - b[0] * a[1]) for a, b in pairs) / (6 * area) for axis in (0, 1))
    inside = cut(largest, lambda point: point[1], north)
    if not inside or any(start[0] <= east <= end[0] for start, end in inside):
        return round(east, 4), round(north, 4)
    start, end = max(inside, key=lambda part: part[1][0] - part[0][0])
    return round((start[0] + end[0]) / 2, 4), round(north, 4)
