"""The open data of a release: the public figures as CSV, and descriptions by which others find and read them.

All files lie in `publiek/`, beside the figures that they are about, and name each other by name alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import durable
from pipelines.release.metadata.facts import FIGURES_CSV, FIGURES_PARQUET, NOBODY, Publisher, gather_facts
from pipelines.release.metadata.open_csv import open_csv, same_figures
from pipelines.release.metadata.tables import csv_on_the_web, data_package
from pipelines.release.writing import as_json

AUDIENCE, PACKAGE = "publiek", "datapackage.json"

__all__ = ["NOBODY", "Publisher", "describe_openly", "open_data_problems"]


def describe_openly(folder: Path, manifest: Mapping[str, Any], publisher: Publisher) -> None:
    """Write the open data of the release in `folder`; manifest: its release.json, with id and created_at, in which these files do not stand yet.
    The same release and publisher give the same bytes."""
    from pipelines.release.metadata.dcat import DESCRIBED_BY, as_json_ld, as_turtle, catalogue  # rdflib takes half a second to import

    public = folder / AUDIENCE
    values = pl.read_parquet(public / FIGURES_PARQUET)
    durable.write_bytes(public / FIGURES_CSV, open_csv(values))
    facts = gather_facts(public, manifest, values)
    graph = catalogue(facts, publisher)
    described = {
        PACKAGE: as_json(data_package(facts, publisher)),
        DESCRIBED_BY: as_json(csv_on_the_web(facts)),
        "catalogus.ttl": as_turtle(graph),
        "catalogus.jsonld": as_json_ld(graph),
    }
    for name, content in described.items():
        durable.write_bytes(public / name, content)


def open_data_problems(folder: Path, files: Mapping[str, str], values: pl.DataFrame) -> Iterator[str]:
    """One sentence per thing in the open data that is not so; none for a release from before there was any. files: path and sha256 of the files
    of the release, which are as they were published; values: the public figures."""
    if f"{AUDIENCE}/{PACKAGE}" not in files:
        return
    if not same_figures((folder / AUDIENCE / FIGURES_CSV).read_bytes(), values):
        yield f"{FIGURES_CSV} holds other figures than {FIGURES_PARQUET}"
    for resource in json.loads((folder / AUDIENCE / PACKAGE).read_text(encoding="utf-8"))["resources"]:
        name = f"{AUDIENCE}/{resource['path']}"
        if resource["hash"] != f"sha256:{files.get(name)}" or resource["bytes"] != (folder / name).stat().st_size:
            yield f"{PACKAGE} says another size or sha256 of {resource['path']} than the file has"
