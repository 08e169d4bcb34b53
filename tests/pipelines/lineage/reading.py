"""Events read back, by the classes of OpenLineage's own library: a field that they do not know, or miss, raises TypeError."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openlineage.client import facet_v2
from openlineage.client.event_v2 import InputDataset, Job, JobEvent, OutputDataset, Run, RunEvent, RunState
from openlineage.client.facet_v2 import data_quality_assertions_dataset, schema_dataset

from pipelines.lineage.datasets import DeliveryDatasetFacet

Event = RunEvent | JobEvent
NESTED = {"assertions": data_quality_assertions_dataset.Assertion, "fields": schema_dataset.SchemaDatasetFacetFields}


def facet_classes() -> dict[str, Any]:
    """The class of a facet by the address of its schema: the library's, and one of our own."""
    modules = [module for _, module in inspect.getmembers(facet_v2, inspect.ismodule)]
    known = {one for module in modules for _, one in inspect.getmembers(module, inspect.isclass) if hasattr(one, "_get_schema")}
    return {one._get_schema(): one for one in known} | {DeliveryDatasetFacet._get_schema(): DeliveryDatasetFacet}


CLASSES = facet_classes()


def _facets(told: dict[str, Any]) -> dict[str, Any]:
    return {name: _facet(dict(facet)) for name, facet in told.items()}


def _facet(facet: dict[str, Any]) -> Any:
    producer, schema = facet.pop("_producer"), facet.pop("_schemaURL")
    assert producer.startswith("urn:ketenmonitor:")
    parts = {name: [NESTED[name](**one) for one in value] if name in NESTED else value for name, value in facet.items()}
    return CLASSES[schema](**parts, producer=producer)


def _dataset(kind: Any, told: dict[str, Any], own: str) -> Any:
    return kind(told["namespace"], told["name"], facets=_facets(told["facets"]), **{own: _facets(told[own])})


def read_events(file: Path) -> Iterator[Event]:
    """The events of a file, line by line."""
    for line in file.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        parts: dict[str, Any] = {
            "eventTime": told["eventTime"],
            "producer": told["producer"],
            "job": Job(told["job"]["namespace"], told["job"]["name"], _facets(told["job"]["facets"])),
            "inputs": [_dataset(InputDataset, one, "inputFacets") for one in told["inputs"]],
            "outputs": [_dataset(OutputDataset, one, "outputFacets") for one in told["outputs"]],
        }
        if "run" in told:
            event: Event = RunEvent(**parts, run=Run(told["run"]["runId"], _facets(told["run"]["facets"])), eventType=RunState(told["eventType"]))
        else:
            event = JobEvent(**parts)
        assert event.schemaURL == told["schemaURL"]
        yield event


def ends_of(file: Path) -> set[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    """Per stage how it ended, and the names of what it read and wrote; a release by no id of its own."""
    return {
        (one.job.name, str(one.eventType), _names(one.inputs), _names(one.outputs))
        for one in read_events(file)
        if isinstance(one, RunEvent) and one.eventType is not RunState.START
    }


def _names(datasets: Any) -> tuple[str, ...]:
    return tuple("release" if one.name.startswith("release/") else one.name for one in datasets)
