"""Stage 8 as an asset: Great Expectations judges the marts and the deliveries, and the werkgroep's report is made."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg  # resolves annotations of assets itself: no `from __future__ import annotations` here

from pipelines.judgement import MARTS, judge_quality
from pipelines.resources import Settings
from validation.declared import all_declared

KEY = dg.AssetKey(["judged", "quality"])
DECLARED = {f"{suite}__{check.id}": (suite, check) for suite, checks in all_declared().items() for check in checks}


@dg.asset(
    key=KEY,
    deps=[dg.AssetKey(["marts", mart]) for mart in MARTS],
    group_name="quality",
    kinds={"greatexpectations"},
    owners=["team:riec-data"],
    description="The werkgroep's quality report: verdict and findings, with Data Docs beside it.",
    check_specs=[
        dg.AssetCheckSpec(
            name,
            asset=KEY,
            description=check.description,
            metadata={"suite": suite, "expectation": check.id, "severity": check.severity, "dimension": check.dimension},
        )
        for name, (suite, check) in DECLARED.items()
    ],
)
def quality_report(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Runs the suites over mart frames and the delivery overview; writes quality.json and docs/ in the data folder."""
    summary = judge_quality(settings)
    context.log.info(f"quality: {summary['verdict']}, {len(summary['findings'])} findings")
    return dg.MaterializeResult(
        metadata={"verdict": summary["verdict"], "findings": len(summary["findings"]), "docs": dg.MetadataValue.path(str(settings.quality / "docs"))},
        check_results=list(check_expectations(summary)),
    )


def check_expectations(summary: Mapping[str, Any]) -> Iterator[dg.AssetCheckResult]:
    """One result per declared expectation, of the content of quality.json. One that did not run, or that the report does not know, is an error."""
    findings = {finding["id"]: finding for finding in summary["findings"]}
    told = {(suite, one["id"]): one for suite, counts in summary["checked"].items() for one in counts["expectations"]}
    for name, (suite, check) in DECLARED.items():
        one = told.get((suite, check.id), {"ran": False, "severity": "fout", "description": check.description, "rows": 0, "failed": 0, "findings": []})
        own = [findings[id_] for id_ in one["findings"]]
        yield dg.AssetCheckResult(
            passed=one["ran"] and not one["failed"],
            asset_key=KEY,
            check_name=name,
            severity=dg.AssetCheckSeverity.ERROR if one["severity"] == "fout" else dg.AssetCheckSeverity.WARN,
            description=one["description"] if one["ran"] else f"Niet uitgevoerd: {one['description']}",
            metadata={
                "severity": one["severity"],
                "dimension": check.dimension,
                "rows": one["rows"],
                "failed": one["failed"],
                "findings": len(own),
                "sentences": "\n".join(finding["sentence"] for finding in own),
                "partners": ", ".join(sorted({finding["partner"] for finding in own if finding["partner"]})),
            },
        )
