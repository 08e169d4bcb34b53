"""The stages as OpenLineage jobs: what each reads and writes. Each is a generator: it gives its step before the work, and completes it from the result."""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

from openlineage.client.event_v2 import InputDataset, OutputDataset

from data_contracts import all_contracts
from data_contracts.base import Contract
from pipelines import judgement, publication
from pipelines.lineage.datasets import give, of_accepted, of_landed, of_mart, take, version
from pipelines.resources import Settings

JUDGED, REGISTER = "judged/quality", "register/deliveries"


@dataclass
class Step:
    """A stage as it is told: its job and what that reads; at its end also what it wrote, and its failure where it says one itself."""

    job: str
    doc: str
    inputs: list[InputDataset]
    outputs: list[OutputDataset] = field(default_factory=list)
    failure: str | None = None


Telling = Generator[Step, Any, None]


def receive(settings: Settings, delivery: str | None = None) -> Telling:
    """From the inbox to `landed/<delivery>`; files that belong to no delivery are no stage."""
    if delivery:
        step = Step(f"receive/{delivery}", "Takes the files of a delivery from the inbox", [take(f"inbox/{delivery}")])
        yield step
        step.outputs = [give(f"landed/{delivery}", of_landed(settings, delivery))]


def fetch(settings: Settings, contract: type[Contract], **_: Any) -> Telling:
    """From an open-data service, or what was recorded of it, to `landed/<delivery>`."""
    delivery = contract.terms().delivery
    if contract.terms().is_fetched:
        step = Step(f"fetch/{delivery}", "Takes open data from its service, or from what was recorded of it", [take(f"open_data/{delivery}")])
        yield step
        step.outputs = [give(f"landed/{delivery}", of_landed(settings, delivery))]


def check(settings: Settings, contract: type[Contract]) -> Telling:
    """From `landed/<delivery>` to `accepted/<delivery>`."""
    delivery = contract.terms().delivery
    step = Step(f"check/{delivery}", "Judges what landed by its contract", [take(f"landed/{delivery}", of_landed(settings, delivery))])
    yield step
    step.outputs = [give(f"accepted/{delivery}", of_accepted(settings, delivery))]


def models(settings: Settings, *_: Any, **__: Any) -> Telling:
    """From all that is accepted to the marts."""
    deliveries = [contract.terms().delivery for contract in all_contracts()]
    step = Step("models", "Builds the warehouse and its marts", [take(f"accepted/{each}", of_accepted(settings, each)) for each in deliveries])
    built = yield step
    step.failure = built.failure
    if not step.failure:
        step.outputs = [give(f"marts/{mart}", of_mart(settings, mart)) for mart in sorted(built.rows)]


def judge(settings: Settings) -> Telling:
    """From marts and register to the quality report; the expectations are told with what they judged."""
    step = Step("judge", "Judges marts and deliveries by their expectations", [*(take(f"marts/{mart}") for mart in judgement.MARTS), take(REGISTER)])
    summary = yield step
    checked = [{"suite": suite, **one} for suite, counts in summary["checked"].items() for one in counts["expectations"]]
    facets = {f"marts/{mart}": of_mart(settings, mart) for mart in judgement.MARTS}
    step.inputs = [take(one.name, facets.get(one.name), [each for each in checked if _about(each["suite"]) == one.name]) for one in step.inputs]
    step.outputs = [give(JUDGED, version(summary["created_at"]))]


def _about(suite: str) -> str:
    """The dataset that a suite judges: the register for the deliveries, the mart in its name, else the figures."""
    if suite == "leveringen":
        return REGISTER
    return "marts/mart_reconciliation" if suite.startswith("mart_reconciliation") else "marts/mart_indicators"


def publish(settings: Settings, *_: Any) -> Telling:
    """From marts, register and quality report to `release/<id>`."""
    marts = [take(f"marts/{mart}", of_mart(settings, mart)) for mart in publication.MARTS]
    step = Step("publish", "Protects figures about persons, proves it and publishes", [*marts, take(REGISTER), take(JUDGED)])
    release = yield step
    manifest = json.loads((settings.releases / release / "release.json").read_bytes())
    step.outputs = [give(f"release/{release}", version(manifest["content_sha256"]))]


STAGES = {told.__name__: told for told in (receive, fetch, check, models, judge, publish)}
