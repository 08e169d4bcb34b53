"""The open data of releases, for programs that collect it: what is public, for everybody, without signing in.

`/open-data/catalogus.ttl` and `.jsonld` lead to the catalogue of the release in use, where its relative addresses hold; `/open-data/<release>/<file>`
gives a file of any release that was not withdrawn. All else below `/open-data/` is not there.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from app.release import Release, current_id, public_file
from app.release_files import NoReleaseError, ReleaseError, UnknownReleaseError, WithdrawnReleaseError

CATALOGUE = "/open-data/catalogus.ttl"
CATALOGUES = {"catalogus.ttl": "text/turtle; charset=utf-8", "catalogus.jsonld": "application/ld+json"}
FIGURES = {"values.csv": "text/csv; charset=utf-8; header=present", "values.parquet": "application/vnd.apache.parquet"}
FILES = FIGURES | {"datapackage.json": "application/json", "values.csv-metadata.json": "application/csvm+json"} | CATALOGUES
#: What a file is for, in the order in which a page names them.
LABELS = {
    "values.csv": "De cijfers als CSV",
    "values.parquet": "De cijfers als Parquet, voor Python en R",
    "datapackage.json": "Beschrijving van kolommen, indicatoren en gebieden (Data Package)",
    "catalogus.ttl": "Beschrijving voor datacatalogi (DCAT-AP-NL)",
}
STATUS = {NoReleaseError: 404, UnknownReleaseError: 404, WithdrawnReleaseError: 410}


def answer(request: Request) -> Response:
    """The answer to an address below `/open-data/`."""
    asked = str(request.path_params["rest"])
    try:
        if asked in CATALOGUES:
            return RedirectResponse(f"{current_id()}/{asked}", headers={"cache-control": "no-cache"})
        release_id, _, name = asked.partition("/")
        if name not in FILES:
            raise UnknownReleaseError("Dit bestand bestaat niet.")
        content, is_synthetic = public_file(release_id, name)
        headers = {"cache-control": "no-cache"}  # a withdrawn release must be gone
        if name in FIGURES:
            told = "_synthetisch" if is_synthetic else ""
            headers["content-disposition"] = f'attachment; filename="ketenmonitor_{release_id}{told}_{name}"'
        return Response(content, media_type=FILES[name], headers=headers)
    except ReleaseError as problem:
        return PlainTextResponse(str(problem), STATUS.get(type(problem), 503))


def files_of(release: Release) -> list[tuple[str, str]]:
    """Address (relative to the pages) and label of the open data of a release; none for a release from before there was any."""
    here = release.manifest.get("files", {})
    return [(f"open-data/{release.id}/{name}", label) for name, label in LABELS.items() if f"publiek/{name}" in here and "publiek/datapackage.json" in here]
