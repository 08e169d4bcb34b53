"""Stage 8 as an asset: Great Expectations judges the marts and the deliveries, and the werkgroep's report is made."""

from typing import Any

import dagster as dg  # resolves annotations of assets itself: no `from __future__ import annotations` here

from pipelines.judgement import MARTS, judge_quality
from pipelines.resources import Settings
from validation.suites import all_suites

KEY = dg.AssetKey(["judged", "quality"])


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
    summary = judge_quality(settings)
    context.log.info(f"quality: {summary['verdict']}, {len(summary['findings'])} findings")
    return dg.MaterializeResult(
        metadata={"verdict": summary["verdict"], "findings": len(summary["findings"]), "docs": dg.MetadataValue.path(str(settings.quality / "docs"))},
        check_results=[_check_suite(name, summary["checked"].get(name)) for name in all_suites()],
    )


def _check_suite(name: str, counts: dict[str, Any] | None) -> dg.AssetCheckResult:
    """A suite passes when it ran and found nothing; only findings of severity fout are errors."""
    worst = counts["worst"] if counts else "fout"
    severity = dg.AssetCheckSeverity.ERROR if worst == "fout" else dg.AssetCheckSeverity.WARN
    return dg.AssetCheckResult(passed=worst is None, asset_key=KEY, check_name=name, severity=severity, metadata=counts or {})
