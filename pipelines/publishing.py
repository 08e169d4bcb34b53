"""Stage 9 as an asset: marts become protected tables with a certificate, and then the pointer moves."""

import datetime as dt
import importlib.metadata
import json

import dagster as dg  # resolves annotations of assets itself: no `from __future__ import annotations` here
import polars as pl

from data_contracts import contract_of
from pipelines.catalogue import describe_contracts, load_catalogue
from pipelines.intake.overview import files_behind, overview_deliveries
from pipelines.quality import KEY as QUALITY
from pipelines.resources import Settings

KEY = dg.AssetKey(["published", "release"])
MARTS = {"mart_indicators": "values", "mart_areas": "areas", "mart_activiteiten": "activiteiten"}
ROWS = ("rows_in", "rows_accepted", "rows_quarantined")  # a number of records is a number of persons: not for readers


@dg.asset(
    key=KEY,
    deps=[QUALITY, *(dg.AssetKey(["marts", mart]) for mart in MARTS)],
    group_name="release",
    kinds={"parquet"},
    owners=["team:riec-data"],
    description="The published release: values for both audiences, registers, certificate, quality report.",
    check_specs=[dg.AssetCheckSpec("release_is_in_use", asset=KEY, description="The pointer names the release that was built and verified")],
)
def published_release(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Protects, audits, writes beside, verifies, renames, and only then points at the new release."""
    from pipelines.release import build_release, current_id, publish

    created_at = dt.datetime.now(dt.UTC)
    files = files_behind(settings)
    marts = {name: pl.read_parquet(settings.marts / f"{mart}.parquet") for mart, name in MARTS.items()}
    marts["leveringen"] = overview_deliveries(settings, created_at.date()).drop(ROWS)
    invented = list(dict.fromkeys(_describe(file) for file in files if file["origin"] == "synthetic"))
    note = f"Synthetische voorbeeldgegevens, geen echte cijfers, zijn: {'; '.join(invented)}." if invented else None
    release = build_release(
        settings.releases,
        marts=marts,
        catalogue=load_catalogue(),
        quality=json.loads(settings.quality_report.read_text()),
        docs=settings.quality / "docs",
        contracts=describe_contracts(),
        deliveries=files,
        synthetic=bool(invented),
        synthetic_note=note,
        code_version=importlib.metadata.version("ketenmonitor"),
        created_at=created_at,
    )
    publish(settings.releases, release)
    context.log.info(f"release {release}: published")
    return dg.MaterializeResult(
        metadata={"release": release, "synthetic": bool(invented), "folder": dg.MetadataValue.path(str(settings.releases / release))},
        check_results=[dg.AssetCheckResult(passed=current_id(settings.releases) == release, asset_key=KEY, check_name="release_is_in_use")],
    )


def _describe(file: dict[str, object]) -> str:
    terms = contract_of(str(file["delivery"])).terms()
    return f"{terms.title} ({terms.partner}{', ' + str(file['slice']) if file['slice'] else ''})"
