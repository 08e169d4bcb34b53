"""Reads a file of borders and makes of it what a map draws. The only module with shapely: import it where there is such a file.

Coordinates are in degrees, rounded to `GRID`; rings run clockwise around an area, as d3 wants them and GeoJSON does not.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from app.borders import Borders, BordersError

LARGEST = 5_000_000  # bytes; the 27 gemeenten have 61,000, all of the country at the same detail about a million
MOST_POINTS = 100_000
GRID = 0.0001  # degrees: eleven metres to the north, seven to the east
REPAIRED = 0.01  # the part of an area that may change where a border touches or crosses itself and is mended
HATCHES = 70  # lines over all areas together, for Vega-Lite knows no patterns


def read_borders(path: Path, known: frozenset[str]) -> Borders:
    """The borders of the `known` gemeenten in a file. Raises BordersError for a file that is too large, no GeoJSON in degrees, or without any of them."""
    found: dict[str, BaseGeometry] = {}
    for feature in _features(path):
        code = _code(feature)
        if code in known:
            if code in found:
                raise BordersError(f"{code} is there twice; give each gemeente one MultiPolygon")
            found[code] = _read(feature.get("geometry"), code)
    if not found:
        raise BordersError("no feature has the code of a gemeente of the release in a property `code` or `gemeentecode`")
    if sum(map(shapely.get_num_coordinates, found.values())) > MOST_POINTS:
        raise BordersError(f"the borders have more than {MOST_POINTS} points")
    codes = sorted(found)
    areas = [_mend(found[code], code) for code in codes]
    drawn = {"vlak": areas, "/": _hatch(areas, "/"), "\\": _hatch(areas, "\\")}
    features = [
        {"type": "Feature", "properties": {"code": code, "soort": kind}, "geometry": mapping(shape)}
        for kind, shapes in drawn.items()
        for code, shape in zip(codes, shapes, strict=True)
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode()
    widest = shapely.get_point(shapely.maximum_inscribed_circle(areas), 0)  # has more room than the centre of gravity, and lies inside
    return Borders(hashlib.sha256(content).hexdigest()[:32], content, {code: (point.x, point.y) for code, point in zip(codes, widest, strict=True)})


def _features(path: Path) -> list[Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise BordersError(f"the file is larger than {LARGEST} bytes")
        collection = json.loads(path.read_bytes())
    except OSError:
        raise BordersError("the file cannot be opened") from None
    except (ValueError, RecursionError):
        raise BordersError("the file is no JSON") from None
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise BordersError("the file is no FeatureCollection")
    return features


def _code(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    found = (properties.get(name) for name in ("code", "gemeentecode", "statcode")) if isinstance(properties, dict) else iter(())
    return next((code for code in found if isinstance(code, str)), "")


def _read(geometry: Any, code: str) -> BaseGeometry:
    """A geometry by the strict reader of GEOS, which closes no open ring as `shapely.geometry.shape` does."""
    try:
        area = shapely.force_2d(shapely.from_geojson(json.dumps(geometry)))
    except (shapely.GEOSException, RecursionError):
        raise BordersError(f"{code} has a geometry that is no GeoJSON") from None
    if area.geom_type not in ("Polygon", "MultiPolygon"):
        raise BordersError(f"{code} is no Polygon or MultiPolygon")
    if area.area == 0:
        raise BordersError(f"{code} has no area")
    west, south, east, north = area.bounds
    if max(-west, east) > 180 or max(-south, north) > 85:
        raise BordersError(f"{code} has a coordinate that is no longitude and latitude (EPSG:4326)")
    return area


def _mend(area: BaseGeometry, code: str) -> BaseGeometry:
    """An area made valid where that hardly changes it, rounded, and turned as d3 wants it."""
    valid = area if area.is_valid else shapely.make_valid(area, method="structure", keep_collapsed=False)
    if abs(valid.area - area.area) > REPAIRED * area.area:
        raise BordersError(f"{code} crosses itself")
    rounded = shapely.set_precision(valid, GRID)
    if rounded.is_empty:
        raise BordersError(f"{code} has no area")
    return shapely.orient_polygons(rounded, exterior_cw=True)


def _hatch(areas: Sequence[BaseGeometry], direction: str) -> list[BaseGeometry]:
    """Per area the parts inside it of parallel lines over all areas, rising (`/`) or falling at 45 degrees on a map."""
    west, south, east, north = shapely.total_bounds(areas)
    stretch = math.cos(math.radians((south + north) / 2))  # a degree of longitude is that much shorter than one of latitude
    slope = stretch if direction == "/" else -stretch
    gap = max(east - west, north - south) / HATCHES * stretch * math.sqrt(2)
    low, high = south - max(slope * west, slope * east), north - min(slope * west, slope * east)
    levels = [low + number * gap for number in range(1, math.ceil((high - low) / gap))]
    lines = shapely.multilinestrings([[(west, slope * west + level), (east, slope * east + level)] for level in levels])
    inside = shapely.intersection(areas, lines, grid_size=GRID)
    return [shapely.multilinestrings([part for part in shapely.get_parts(cut) if part.geom_type == "LineString"]) for cut in inside]
