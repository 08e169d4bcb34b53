"""The house's addresses as OpenLineage datasets, with what is known of them: schema, version, files, contract."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Mapping, Sequence
from typing import Any

import attr
import polars as pl
from openlineage.client.event_v2 import InputDataset, OutputDataset, set_producer
from openlineage.client.facet_v2 import DatasetFacet, data_quality_assertions_dataset, dataset_version_dataset, documentation_dataset, schema_dataset

from data_contracts import contract_of
from pipelines.intake import register
from pipelines.intake.checking import accepted_schema
from pipelines.resources import Settings

NAMESPACE = "ketenmonitor"
VERSION = importlib.metadata.version("ketenmonitor")
set_producer(f"urn:ketenmonitor:{VERSION}")


@attr.define
class DeliveryDatasetFacet(DatasetFacet):
    """A facet of our own: the contract of a delivery, and its files (sha256, periods, origin, received_at)."""

    contract_version: str
    partner: str
    files: list[dict[str, Any]]

    @staticmethod
    def _get_schema() -> str:
        return "urn:ketenmonitor:facet:delivery:1"


def take(name: str, facets: Mapping[str, Any] | None = None, checked: Sequence[Mapping[str, Any]] = ()) -> InputDataset:
    """A dataset that is read; `checked` are the expectations of quality.json (with their suite) that judged it."""
    assertions = [
        data_quality_assertions_dataset.Assertion(
            assertion=one["id"],
            success=one["ran"] and not one["failed"],
            severity="error" if one["severity"] == "fout" else "warn",
            name=f"{one['suite']}.{one['id']}",
            description=one["description"],
        )
        for one in checked
    ]
    judged: dict[str, Any] = {"dataQualityAssertions": data_quality_assertions_dataset.DataQualityAssertionsDatasetFacet(assertions)} if assertions else {}
    return InputDataset(NAMESPACE, name, facets=dict(facets or {}), inputFacets=judged)


def give(name: str, facets: Mapping[str, Any] | None = None) -> OutputDataset:
    """A dataset that is written."""
    return OutputDataset(NAMESPACE, name, facets=dict(facets or {}))


def of_landed(settings: Settings, delivery: str) -> dict[str, Any]:
    """Facets of `landed/<delivery>`: all files that were received and not deleted."""
    query = "select * from received r where delivery = ? and not exists (select 1 from deleted where received_id = r.id) order by id"
    with register.open_register(settings.register) as lines:
        return _of_files(delivery, [dict(line) for line in lines.execute(query, (delivery,))])


def of_accepted(settings: Settings, delivery: str) -> dict[str, Any]:
    """Facets of `accepted/<delivery>`: the files that count, the columns of the contract and what a row is."""
    contract = contract_of(delivery)
    with register.open_register(settings.register) as lines:
        files = [dict(line) for line in register.accepted_lines(lines, delivery, contract.terms().version)]
    doc = documentation_dataset.DocumentationDatasetFacet((contract.__doc__ or contract.terms().title).strip())
    return {**_of_files(delivery, files), "schema": _schema(accepted_schema(contract)), "documentation": doc}


def of_mart(settings: Settings, mart: str) -> dict[str, Any]:
    """Facets of `marts/<mart>`: its columns, and as version what the warehouse was built from."""
    file = next((settings.marts / mart).glob("*.parquet"))
    return {"schema": _schema(pl.read_parquet_schema(file)), **version(hashlib.sha256(settings.warehouse_mark.read_bytes()).hexdigest())}


def version(text: str) -> dict[str, Any]:
    """The facet that tells one state of a dataset from another."""
    return {"version": dataset_version_dataset.DatasetVersionDatasetFacet(text)}


def _of_files(delivery: str, files: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The version is the sha256 of the file, or of the sorted list of sha256s (one a line) where there are more."""
    terms, hashes = contract_of(delivery).terms(), sorted(file["sha256"] for file in files)
    told = [
        {**{name: file[name] for name in ("sha256", "origin", "received_at")}, **({"periods": json.loads(file["periods"])} if "periods" in file else {})}
        for file in files
    ]
    whole = hashes[0] if len(hashes) == 1 else hashlib.sha256("\n".join(hashes).encode()).hexdigest()
    return {"ketenmonitor_delivery": DeliveryDatasetFacet(terms.version, terms.partner, told), **(version(whole) if hashes else {})}


def _schema(columns: Mapping[str, Any]) -> schema_dataset.SchemaDatasetFacet:
    return schema_dataset.SchemaDatasetFacet([schema_dataset.SchemaDatasetFacetFields(name, str(kind)) for name, kind in columns.items()])
