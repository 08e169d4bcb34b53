"""Stage 9, without Dagster: marts become protected tables with a certificate, and then the pointer moves."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from data_contracts import contract_of
from pipelines.lineage import as_stage
from pipelines.resources import Settings

REGISTERS = ("activiteiten", "agenda", "partners", "meldroutes", "acties", "kwartaalthemas", "duiding", "gebeurtenissen")
MARTS = {"mart_indicators": "values", "mart_areas": "areas", **{f"mart_{register}": register for register in REGISTERS}}
#: Not for readers: a number of records is a number of persons, and what is odd is for the werkgroep (quality.json).
INTERNAL = ("rows_in", "rows_accepted", "rows_quarantined", "rows_totals", "warnings", "warning_text")


@as_stage("publish")
def publish_release(settings: Settings, quality: Callable[[], Mapping[str, Any]]) -> str:
    """Protects, audits, writes beside, verifies, renames, and only then points at the new release; gives its id.

    `quality` gives (or waits for) the quality report, which is a gate and a part of the release.
    Raises pipelines.release.ReleaseError when a gate is closed; the release before stays in use.
    """
    import polars as pl

    from pipelines.catalogue import describe_contracts, load_catalogue
    from pipelines.decisions import DecisionsBroken
    from pipelines.intake.overview import files_behind, overview_deliveries
    from pipelines.release import CatalogueBroken, GateFailed, Memory, Publisher, build_release, publish
    from pipelines.signing import decisions_in_force

    try:
        catalogue = load_catalogue()
    except ValueError as error:
        raise CatalogueBroken(f"no release: {error}; the last release stays in place") from None
    try:
        decisions = decisions_in_force(settings)
    except DecisionsBroken as error:
        raise GateFailed(f"no release: {error}; the last release stays in place") from None
    created_at = dt.datetime.now(dt.UTC)
    files = files_behind(settings)
    marts = {name: pl.read_parquet(settings.marts / mart) for mart, name in MARTS.items()}
    marts["leveringen"] = overview_deliveries(settings, settings.today).drop(INTERNAL)
    note = synthetic_note(files)
    release = build_release(
        settings.releases,
        marts=marts,
        catalogue=catalogue,
        quality=quality,
        docs=settings.quality / "docs",
        contracts=describe_contracts(),
        deliveries=files,
        synthetic=note is not None,
        synthetic_note=note,
        code_version=importlib.metadata.version("ketenmonitor"),
        created_at=created_at,
        memory=Memory(settings.told),
        as_of=settings.as_of,
        decisions=decisions,
        publisher=Publisher(settings.address, settings.contact),
    )
    publish(settings.releases, release)
    return release


def synthetic_note(files: Sequence[Mapping[str, object]]) -> str | None:
    """Which of the files behind a release (`delivery`, `slice`, `origin`) are made up, in Dutch, for the banner of every page;
    None when none is. Names the shorter of the two lists: of thirty deliveries the sample makes up twenty-eight."""
    invented = dict.fromkeys(_describe(file) for file in files if file["origin"] == "synthetic")
    real = [name for name in dict.fromkeys(map(_describe, files)) if name not in invented]
    if not invented:
        return None
    if not real:
        return "Synthetische voorbeeldgegevens: geen enkel cijfer is echt."
    if len(real) < len(invented):
        return f"Synthetische voorbeeldgegevens, geen echte cijfers. Echt zijn alleen: {'; '.join(real)}."
    return f"Synthetische voorbeeldgegevens, geen echte cijfers, zijn: {'; '.join(invented)}."


def _describe(file: Mapping[str, object]) -> str:
    terms = contract_of(str(file["delivery"])).terms()
    return f"{terms.title} ({terms.partner}{', ' + str(file['slice']) if file['slice'] else ''})"
