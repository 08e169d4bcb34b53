"""Stage 9 as an asset."""

import json

import dagster as dg  # resolves annotations of assets itself: no `from __future__ import annotations` here

from pipelines.publication import MARTS, publish_release
from pipelines.quality import KEY as QUALITY
from pipelines.resources import Settings

KEY = dg.AssetKey(["published", "release"])


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
    """Protects, audits, verifies and publishes; fails with the reason when a gate is closed."""
    from pipelines.release import ReleaseError, current_id

    try:
        release = publish_release(settings, lambda: json.loads(settings.quality_report.read_bytes()))
    except ReleaseError as error:
        raise dg.Failure(str(error)) from None
    context.log.info(f"release {release}: published")
    return dg.MaterializeResult(
        metadata={"release": release, "folder": dg.MetadataValue.path(str(settings.releases / release))},
        check_results=[dg.AssetCheckResult(passed=current_id(settings.releases) == release, asset_key=KEY, check_name="release_is_in_use")],
    )
