"""Real borders for the map, from a GeoJSON file that whoever runs the dashboard may configure (KETENMONITOR_BORDERS).

The file comes from outside, so it is read with suspicion and fails closed: a fault gives one line in the log, and the map stays one of tiles.
What the browser gets is made here once, under a name that is its hash, so that it can be kept for ever and is never sent with a page.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from app import hatching
from app.hatching import Point, Ring
from app.release import Release, borders_file

LOG = logging.getLogger("ketenmonitor.app")
LARGEST = 5_000_000  # bytes; the 27 gemeenten have 61,000, all of the country at the same detail about a million
MOST_POINTS = 100_000
DECIMALS = 4  # eleven metres to the north, seven to the east


class BordersError(Exception):
    """The file cannot be used; the message is an English sentence without its content."""


@dataclass(frozen=True)
class Borders:
    """Borders of gemeenten: what the browser gets (a FeatureCollection of areas and of their hatches), its hash, and where the text of each area stands."""

    sha: str
    content: bytes
    middles: dict[str, Point]

    @property
    def url(self) -> str:
        """Relative to a page, as all addresses of the app are."""
        return f"grenzen/{self.sha}.geojson"


_SERVED: dict[str, Borders] = {}


def borders_of(release: Release) -> Borders | None:
    """The configured borders of the gemeenten of a release, or None."""
    path = borders_file()
    return _load(path, frozenset(code for level, code in release.names if level == "gemeente")) if path else None


@lru_cache(maxsize=4)
def _load(path: Path, known: frozenset[str]) -> Borders | None:
    try:
        found = read_borders(path, known)
    except BordersError as fault:
        LOG.error("KETENMONITOR_BORDERS is not used, maps stay tiles: %s", fault)
        return None
    _SERVED[found.sha] = found
    return found


async def answer(request: Request) -> Response:
    """`/grenzen/<sha>.geojson`: borders that a page has spoken of; 404 for anything else."""
    found = _SERVED.get(str(request.path_params["sha"]))
    if found is None:
        return Response("niet gevonden", 404, media_type="text/plain")
    return Response(found.content, media_type="application/geo+json", headers={"cache-control": "public, max-age=31536000, immutable"})


def read_borders(path: Path, known: frozenset[str]) -> Borders:
    """The borders of the `known` gemeenten in a file. Raises BordersError for a file that is too large, no GeoJSON in degrees, or without any of them."""
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
    areas: dict[str, list[list[Ring]]] = {}
    for feature in features:
        code = _code(feature)
        if code in known:
            if code in areas:
                raise BordersError(f"{code} is there twice; give each gemeente one MultiPolygon")
            areas[code] = _polygons(feature.get("geometry"), code)
    if not areas:
        raise BordersError("no feature has the code of a gemeente of the release in a property `code` or `gemeentecode`")
    if sum(len(ring) for polygons in areas.values() for polygon in polygons for ring in polygon) > MOST_POINTS:
        raise BordersError(f"the borders have more than {MOST_POINTS} points")
    content = json.dumps({"type": "FeatureCollection", "features": _features(areas)}, separators=(",", ":")).encode()
    return Borders(hashlib.sha256(content).hexdigest()[:32], content, {code: hatching.middle(polygons) for code, polygons in areas.items()})


def _code(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    found = (properties.get(name) for name in ("code", "gemeentecode", "statcode")) if isinstance(properties, dict) else iter(())
    return next((code for code in found if isinstance(code, str)), "")


def _polygons(geometry: Any, code: str) -> list[list[Ring]]:
    kind, coordinates = (geometry.get("type"), geometry.get("coordinates")) if isinstance(geometry, dict) else (None, None)
    if kind not in ("Polygon", "MultiPolygon"):
        raise BordersError(f"{code} is no Polygon or MultiPolygon")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not all(isinstance(polygon, list) for polygon in polygons):
        raise BordersError(f"{code} has no coordinates")
    rings = [[_ring(ring, code, is_hole=number > 0) for number, ring in enumerate(polygon)] for polygon in polygons]
    found = [[ring for ring in polygon if ring] for polygon in rings if polygon and polygon[0]]
    if not found:
        raise BordersError(f"{code} has no area")
    return found


def _ring(ring: Any, code: str, *, is_hole: bool) -> Ring:
    """A ring rounded, and turned as d3 wants it: clockwise around an area, the other way around a hole. Too small to have an area: empty."""
    points = [_point(point, code) for point in ring] if isinstance(ring, list) else []
    thin = [point for number, point in enumerate(points) if number == 0 or point != points[number - 1]]
    if len(thin) < 4 or thin[0] != thin[-1]:
        return []
    turns = hatching.signed_area(thin)
    return [] if turns == 0 else thin[::-1] if (turns > 0) != is_hole else thin


def _point(point: Any, code: str) -> Point:
    if not isinstance(point, list) or len(point) < 2 or not all(isinstance(part, int | float) and math.isfinite(part) for part in point[:2]):
        raise BordersError(f"{code} has a coordinate that is no pair of numbers")
    east, north = float(point[0]), float(point[1])
    if abs(east) > 180 or abs(north) > 85:
        raise BordersError(f"{code} has a coordinate that is no longitude and latitude (EPSG:4326)")
    return round(east, DECIMALS), round(north, DECIMALS)


def _features(areas: dict[str, list[list[Ring]]]) -> Iterable[dict[str, Any]]:
    """Per gemeente its area (`soort` vlak) and a hatch in each direction (`soort` / and backslash)."""
    east = [point[0] for polygons in areas.values() for polygon in polygons for point in polygon[0]]
    step = (max(east) - min(east)) / hatching.LINES or 0.01
    found = []
    for code, polygons in sorted(areas.items()):
        found.append(_feature(code, "vlak", "MultiPolygon", polygons))
        rings = [ring for polygon in polygons for ring in polygon]
        found += [_feature(code, way, "MultiLineString", hatching.hatch(rings, way, step, DECIMALS)) for way in "/\\"]
    return found


def _feature(code: str, kind: str, shape: str, coordinates: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"code": code, "soort": kind}, "geometry": {"type": shape, "coordinates": coordinates}}
