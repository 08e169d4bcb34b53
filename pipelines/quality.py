"""Stage 8 as an asset: Great Expectations judges the marts and the deliveries, and the werkgroep's report is made."""

import json
from datetime import date

import dagster as dg  # resolves annotations of assets itself: no `from __future__ import annotations` here
import polars as pl

from pipelines.catalogue import load_catalogue
from pipelines.intake.landing import write_whole
from pipelines.intake.overview import overview_deliveries
from pipelines.intake.register import now
from pipelines.resources import Settings
from validation.checks import Result
from validation.suites import all_suites

KEY = dg.AssetKey(["judged", "quality"])
MARTS = ("mart_indicators", "mart_reconciliation", "mart_areas")


@dg.asset(
    key=KEY,
    deps=[dg.AssetKey(["marts", mart]) for mart in MARTS],
    group_name="quality",
    kinds={"greatexpectations"},
    owners=["team:riec-data"],
    description="The werkgroep's quality report: verdict and findings, with Data Docs beside it.",
    check_specs=[dg.AssetCheckSpec(name, asset=KEY, description="Great Expectations suite") for name in all_suites()],
)
def quality_report(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Runs the suites over mart frames and the delivery overview; writes quality.json and docs/ in the data folder."""
    from validation.runner import run_suites
    from validation.summary import summarise

    frames = {mart: pl.read_parquet(settings.marts / f"{mart}.parquet") for mart in MARTS}
    frames["leveringen"] = overview_deliveries(settings, date.today())
    results = run_suites(frames, settings.quality / "docs", load_catalogue())
    summary = summarise(results, now().isoformat(timespec="seconds"))
    write_whole(settings.quality / "quality.json", json.dumps(summary, ensure_ascii=False, indent=2).encode())
    context.log.info(f"quality: {summary['verdict']}, {len(summary['findings'])} findings")
    return dg.MaterializeResult(
        metadata={"verdict": summary["verdict"], "findings": len(summary["findings"]), "docs": dg.MetadataValue.path(str(settings.quality / "docs"))},
        check_results=[_check_suite(name, [result for result in results if result.suite == name]) for name in all_suites()],
    )


def _check_suite(name: str, results: list[Result]) -> dg.AssetCheckResult:
    findings = [finding for result in results for finding in result.findings]
    worst = dg.AssetCheckSeverity.ERROR if any(finding.severity == "fout" for finding in findings) else dg.AssetCheckSeverity.WARN
    metadata: dict[str, int | str] = {"checks": len(results), "findings": len(findings), "sentences": "\n".join(finding.sentence for finding in findings)}
    return dg.AssetCheckResult(passed=bool(results) and not findings, asset_key=KEY, check_name=name, severity=worst, metadata=metadata)
