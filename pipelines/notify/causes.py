"""What can be wrong, as causes: a key that stays the same as long as the cause does, and a state that says when it is another one.

Sentences are Dutch and say what a professional may read: of figures about persons that something stands out, and not what.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pipelines.intake.opendata import NOT_REACHED
from pipelines.intake.receiving import Notice
from pipelines.resources import Settings

Severity = Literal["fout", "waarschuwing", "let op"]
SEVERITIES: tuple[Severity, ...] = ("fout", "waarschuwing", "let op")

#: The kinds of causes; a look at one of them tells of all its causes, so that what is not among them was solved.
DELIVERY, QUALITY, RUN, SOURCE = "levering", "kwaliteit", "run", "bron"


@dataclass(frozen=True)
class Cause:
    """One thing that is wrong. `key` is unique within its kind; told again when `state` differs; `hint` is for who runs the pipeline."""

    kind: str
    key: str
    state: str
    severity: Severity
    sentence: str
    hint: str


def find_standing(settings: Settings) -> dict[str, Sequence[Cause]]:
    """Per kind what is wrong with deliveries and in the newest quality report, as they stand; no report says nothing of quality."""
    found: dict[str, Sequence[Cause]] = {DELIVERY: list(_late(settings))}
    if settings.quality_report.exists():
        found[QUALITY] = list(_faults(json.loads(settings.quality_report.read_bytes())))
    return found


def _late(settings: Settings) -> Iterator[Cause]:
    from pipelines.intake.overview import overview_deliveries

    for row in overview_deliveries(settings, settings.today).iter_rows(named=True):
        due = dt.date.fromisoformat(row["due_at"])
        if row["status"] == "te laat":
            sentence = f"De levering ‘{row['title']}’ van {row['partner']} is te laat: zij werd uiterlijk {due:%d-%m-%Y} verwacht."
        elif row["status"] == "ontbreekt":
            sentence = f"De levering ‘{row['title']}’ van {row['partner']} is nog nooit ontvangen."
        else:
            continue
        yield Cause(
            DELIVERY, row["delivery"], f"{row['status']} {row['newest_period']}", "waarschuwing", sentence, f"ketenmonitor deliveries; {row['delivery']}"
        )


def _faults(report: dict[str, Any]) -> Iterator[Cause]:
    from pipelines.catalogue import describe_contracts, load_catalogue
    from pipelines.release.findings import findings_for

    if report["verdict"] == "fout":
        sentence = "Het kwaliteitsoordeel is fout: er wordt niets gepubliceerd, tenzij de werkgroep ondertekent."
        yield Cause(QUALITY, "oordeel", "fout", "fout", sentence, "quality/docs/index.html in de gegevensmap")
    told = findings_for("professional", report, load_catalogue(), describe_contracts())["findings"]
    for whole, finding in zip(report["findings"], told, strict=True):
        if finding["severity"] == "fout":
            yield Cause(QUALITY, finding["id"], whole["sentence"], "fout", finding["sentence"], f"toets {finding['id'].split(':')[0]}")


def of_run(failure: str | None) -> list[Cause]:
    """What went wrong in a run, by its failure (English, without a value of a row); none when it went well."""
    return [Cause(RUN, "run", failure, "fout", "De verwerking is mislukt; de release in gebruik blijft zoals zij was.", failure)] if failure else []


def of_pull(notices: Iterable[Notice]) -> list[Cause]:
    """Sources of partners and open-data services that were not reached."""
    return [
        Cause(SOURCE, notice.delivery or notice.file, "niet bereikt", "waarschuwing", notice.sentence, "ketenmonitor pull")
        for notice in notices
        if notice.status == "failed" or notice.rule == NOT_REACHED
    ]
