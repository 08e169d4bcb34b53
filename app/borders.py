"""Real borders for the map, from a GeoJSON file that whoever runs the dashboard may configure (KETENMONITOR_BORDERS).

The file comes from outside, so it is read with suspicion and fails closed: a fault gives one line in the log, and the map stays one of tiles.
What the browser gets is made here once, under a name that is its hash, so that it can be kept for ever and is never sent with a page.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from app.release import Release, borders_file

LOG = logging.getLogger("ketenmonitor.app")


class BordersError(Exception):
    """The file cannot be used; the message is an English sentence without its content."""


@dataclass(frozen=True)
class Borders:
    """Borders of gemeenten: what the browser gets (a FeatureCollection of areas and of their hatches), its hash, and where the text of each area stands."""

    sha: str
    content: bytes
    middles: dict[str, tuple[float, float]]

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
    from app.outlines import read_borders  # here, for shapely takes 5 MB of memory, and most run without such a file

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
