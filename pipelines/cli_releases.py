"""`ketenmonitor releases …`: the published releases. Every verb is one call."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import typer

from pipelines.cli_output import AsJson, failed, say

releases_app = typer.Typer(no_args_is_help=True, help="The published releases: list, show, verify, compare, sign, withdraw, point at.")


@releases_app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """All releases, the newest first; a star marks the one in use."""
    from pipelines.release import list_releases

    releases = list_releases(context.obj.releases)
    lines = [
        f"{'*' if row['is_current'] else ' '} {row['id']}  {row['quality_verdict'] or '?'}{'  synthetic' if row['synthetic'] else ''}"
        + (f"  withdrawn: {row['withdrawn']}" if row["withdrawn"] else "")
        for row in releases
    ]
    say(releases, lines or ["nothing has been published yet: run `ketenmonitor run`"], as_json=as_json)


Fold = Literal["area", "indicator"]
Release = Annotated[str | None, typer.Argument(help="Release id (default: the one in use).")]


@releases_app.command()
def show(context: typer.Context, release: Release = None, as_json: AsJson = False) -> None:
    """What a release is made of."""
    from pipelines.release import ReleaseError, read_release

    try:
        manifest = read_release(context.obj.releases, release)
    except ReleaseError as error:
        raise failed(str(error), as_json=as_json) from None
    lines = [f"{field}: {manifest[field]}" for field in ("id", "created_at", "code_version", "synthetic", "synthetic_note", "quality_verdict")]
    lines += [f"  {row['delivery']} {' to '.join(row['periods'])} {row['origin']}: {row['origin_note']}" for row in manifest["deliveries"]]
    say(manifest, [*lines, f"{len(manifest['files'])} files, {len(manifest['catalogue'])} indicators"], as_json=as_json)


@releases_app.command()
def verify(context: typer.Context, release: Release = None, as_json: AsJson = False) -> None:
    """Check hashes, format, certificates and proofs of a release, and say how much of each indicator about persons it shows."""
    from pipelines.release import ReleaseError, read_release, shown_figures, verify_release

    try:
        chosen = read_release(context.obj.releases, release)["id"]
        problems = verify_release(context.obj.releases / chosen)
    except ReleaseError as error:
        raise failed(str(error), as_json=as_json) from None
    if problems:
        raise failed("\n".join([f"release {chosen} does not verify:", *problems]), as_json=as_json, release=chosen, problems=problems)
    shown = shown_figures(context.obj.releases, chosen)
    lines = [
        f"{row['audience']:<12} {row['indicator_id']:<36} {row['figures_shown']:>6,} of {row['figures']:>6,} figures,"
        f" {row['tables_shown']:>3} of {row['tables']:>3} tables"
        for row in shown
    ]
    held = f"release {chosen} verifies: hashes, format, certificates and proofs hold"
    say({"release": chosen, "problems": [], "shown": shown}, [*lines, held], as_json=as_json)


@releases_app.command()
def diff(
    context: typer.Context,
    old: Annotated[str | None, typer.Argument(help="Release id (default: the one in use, beside what the newest run would publish).")] = None,
    new: Release = None,
    by: Annotated[
        Fold | None, typer.Option("--by", help="Add up per area or indicator (default: every cell of two releases, the newest run per indicator).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Which published figures changed between two releases, or what the newest run would change in the one in use, before it is published."""
    from pipelines.release import ReleaseError, diff_releases, read_release, summarise_changes

    try:
        if old and by is None:
            changes = diff_releases(context.obj.releases, old, read_release(context.obj.releases, new)["id"]).to_dicts()
        else:
            changes = summarise_changes(context.obj.releases, context.obj.marts, old, new, by=by or "indicator").to_dicts()
    except ReleaseError as error:
        raise failed(str(error), as_json=as_json) from None
    if old and by is None:
        lines = [*(" ".join("-" if value is None else str(value) for value in change.values()) for change in changes), f"{len(changes)} cells differ"]
    else:
        lines = [*map(_summary_line, changes), f"{len(changes)} {by or 'indicator'}(s) with a difference"]
    say(changes, lines, as_json=as_json)


def _summary_line(change: dict[str, Any]) -> str:
    where = " ".join(str(change[name]) for name in ("indicator_id", "area_level", "area_code") if name in change)
    counts = ", ".join(f"{change[name]} {name.replace('_', ' ')}" for name in ("new", "gone", "changed", "became_final"))
    largest = "" if change["largest_change"] is None else f", largest change {change['largest_change']:+.0%}"
    return f"{where}: {counts}{largest}"


@releases_app.command()
def withdraw(
    context: typer.Context, release: str, reason: Annotated[str, typer.Option("--reason", help="Why; readers see it.")], as_json: AsJson = False
) -> None:
    """Withdraw a release: it stays on disk, is never pointed at again, and the newest good one takes its place."""
    from pipelines.release import ReleaseError, withdraw_release

    try:
        current = withdraw_release(context.obj.releases, release, reason)
    except (ReleaseError, ValueError) as error:
        raise failed(str(error), as_json=as_json) from None
    say({"withdrawn": release, "current": current}, [f"release {release} is withdrawn; in use: {current or 'none'}"], as_json=as_json)


@releases_app.command()
def use(context: typer.Context, release: str, as_json: AsJson = False) -> None:
    """Point the dashboard at a release that verifies."""
    from pipelines.release import ReleaseError, use_release

    try:
        use_release(context.obj.releases, release)
    except ReleaseError as error:
        raise failed(str(error), as_json=as_json) from None
    say({"current": release}, [f"release {release} is in use"], as_json=as_json)


@releases_app.command()
def sign(
    context: typer.Context,
    role: Annotated[str, typer.Option("--role", help="Who signs, as a function: voorzitter van de werkgroep.")],
    text: Annotated[str, typer.Option("--text", help="A remark; it goes into release.json.")] = "",
    as_json: AsJson = False,
) -> None:
    """Sign the newest quality report for the werkgroep, so that the next run publishes it; every finding of severity fout must be decided first."""
    from pipelines.decisions import CannotDecide, DecisionsBroken
    from pipelines.signing import sign_report

    try:
        signed = sign_report(context.obj, role=role, text=text)
    except (CannotDecide, DecisionsBroken) as error:
        raise failed(str(error), as_json=as_json) from None
    say({"signed": signed}, [*signed, f"signed, with {len(signed)} finding(s) of severity fout; `ketenmonitor run` publishes it"], as_json=as_json)
