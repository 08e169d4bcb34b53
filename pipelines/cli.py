"""The `ketenmonitor` command: thin, every verb one call. Heavy imports happen inside the verbs (`--help` in 0.5 s)."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.resources import Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Ketenmonitor: from partner extracts to a published release and its dashboard.",
)
releases_app = typer.Typer(no_args_is_help=True, help="The published releases: list, show, verify, compare, withdraw, point at.")
app.add_typer(releases_app, name="releases")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output, for machines.")]


@app.callback()
def choose_data_dir(
    context: typer.Context,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", envvar="KETENMONITOR_DATA_DIR", help="Folder of all state (default ./data).")] = None,
) -> None:
    """Every verb works on one data folder."""
    context.obj = Settings.from_environment(data_dir)


def _say(document: Any, lines: list[str], *, as_json: bool) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=2, default=str) if as_json else "\n".join(lines))


def _fail(message: str, *, as_json: bool = False, **extra: Any) -> typer.Exit:
    if as_json:
        print(json.dumps({"error": message, **extra}, ensure_ascii=False, indent=2, default=str))
    else:
        print(message, file=sys.stderr)
    return typer.Exit(1)


@app.command()
def sample(
    context: typer.Context,
    seed: Annotated[int, typer.Option(help="Seed of the generator; the published figures are met whatever it is.")] = 2023,
    scale: Annotated[float, typer.Option(min=1.0, help="Volume of the years outside the calibrated one.")] = 1.0,
    as_json: AsJson = False,
) -> None:
    """Write synthetic extracts of the confidential deliveries into the inbox, and land the open data."""
    from pipelines.sampling import SampleRefused, fill_with_sample

    try:
        files, notices = fill_with_sample(context.obj, seed=seed, scale=scale, today=date.today())
    except SampleRefused as error:
        raise _fail(str(error), as_json=as_json) from None
    lines = [f"{len(files)} synthetische bestanden in {context.obj.inbox}", *(notice.sentence for notice in notices)]
    _say({"files": [path.name for path in files], "open_data": [notice.sentence for notice in notices]}, lines, as_json=as_json)


@app.command()
def pull(context: typer.Context, as_json: AsJson = False) -> None:
    """Fetch open data from their services; where one is not reached, what is recorded or landed stays in use."""
    from data_contracts import all_contracts
    from pipelines.intake.opendata import gather_open_data

    notices = [
        notice for contract in all_contracts() if not contract.terms().confidential for notice in gather_open_data(context.obj, contract, ask_service=True)
    ]
    _say([vars(notice) for notice in notices], [notice.sentence for notice in notices], as_json=as_json)


@app.command()
def run(context: typer.Context, as_json: AsJson = False) -> None:
    """From the inbox to a published release; the last good release stays when something fails."""
    from pipelines.progress import follow_run
    from pipelines.running import AnotherRun, run_pipeline

    try:
        with follow_run(quiet=as_json) as listener:
            report = run_pipeline(context.obj, listener)
    except (AnotherRun, RuntimeError) as error:
        raise _fail(str(error), as_json=as_json) from None
    if report.failure:
        kept = f"release {report.release} stays in place" if report.release else "there is no release yet"
        raise _fail(f"not published: {report.failure} ({kept})", as_json=as_json, **vars(report))
    lines = [f"release {report.release} is published ({report.seconds} s)"]
    lines += [f"te laat: {line}" for line in report.stale] + [f"{len(report.problems)} bestand(en) geweigerd, zie hierboven"] * bool(report.problems)
    _say(vars(report), lines, as_json=as_json)


@app.command()
def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The file to test.")],
    delivery: Annotated[str, typer.Option("--delivery", help="Delivery id, for example comensha_slachtoffers.")],
    as_json: AsJson = False,
) -> None:
    """Test a file before sending it: nothing is stored, the answer is in Dutch."""
    from data_contracts import contract_of
    from pipelines.intake.feedback import accepted_answer, refused_answer
    from pipelines.intake.refusal import DeliveryRefused
    from pipelines.intake.trial import try_file

    try:
        contract = contract_of(delivery)
    except KeyError as error:
        raise typer.BadParameter(str(error.args[0]), param_hint="--delivery") from None
    try:
        judgement = try_file(file, contract)
    except DeliveryRefused as refusal:
        document = {"accepted": False, "rule": refusal.rule, "sentence": str(refusal)}
        _say(document, [refused_answer(file.name, contract, refusal)], as_json=as_json)
        raise typer.Exit(1) from None
    document = {
        "accepted": True,
        "rows": judgement.rows_in,
        "quarantined": judgement.quarantined.height,
        "periods": judgement.periods,
        "broken": judgement.broken.to_dicts(),
    }
    _say(document, [accepted_answer(file.name, contract, judgement)], as_json=as_json)


@app.command("app")
def app_(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8501,
    audience: Annotated[
        str, typer.Option(help="Which tables to show: publiek or professional (the latter on a loopback address only, until there is a login).")
    ] = "publiek",
) -> None:
    """Start the dashboard on the published releases."""
    from pipelines.serving import UnsafeAudience, serve_dashboard

    try:
        serve_dashboard(context.obj, host=host, port=port, audience=audience)
    except UnsafeAudience as error:
        raise typer.BadParameter(str(error), param_hint="--audience") from None


@app.command()
def dev(context: typer.Context, port: Annotated[int, typer.Option(help="Port of Dagster's page.")] = 3000) -> None:
    """Start Dagster's own page on the graph of assets (127.0.0.1)."""
    from pipelines.serving import serve_dagster

    raise typer.Exit(serve_dagster(context.obj, port=port))


@app.command()
def deliveries(context: typer.Context, as_json: AsJson = False) -> None:
    """What came, what is due."""
    from pipelines.intake.overview import overview_deliveries

    overview = overview_deliveries(context.obj, date.today()).to_dicts()
    lines = [
        f"{row['delivery']:<28} {row['status']:<10} {row['newest_period'] or '-':<8} volgende uiterlijk {row['due_at']}  {row['origin_note'] or ''}"
        for row in overview
    ]
    _say(overview, lines, as_json=as_json)


@releases_app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """All releases, the newest first; a star marks the one in use."""
    from pipelines.release import store

    current = store.current_id(context.obj.releases)
    withdrawn = store.withdrawn_ids(context.obj.releases)
    releases = [{"id": release, "current": release == current, "withdrawn": withdrawn.get(release)} for release in store.list_releases(context.obj.releases)]
    lines = [f"{'*' if row['current'] else ' '} {row['id']}" + (f"  ingetrokken: {row['withdrawn']}" if row["withdrawn"] else "") for row in releases]
    _say(releases, lines or ["no release yet: run `ketenmonitor run`"], as_json=as_json)


def _chosen(settings: Settings, release: str | None) -> str:
    from pipelines.release import store

    chosen = release or store.current_id(settings.releases)
    if chosen is None:
        raise store.ReleaseError("there is no release yet: run `ketenmonitor run`")
    return chosen


@releases_app.command()
def show(
    context: typer.Context, release: Annotated[str | None, typer.Argument(help="Release id (default: the one in use).")] = None, as_json: AsJson = False
) -> None:
    """What a release is made of."""
    from pipelines.release import store

    try:
        manifest = store.read_release(context.obj.releases, _chosen(context.obj, release))
    except store.ReleaseError as error:
        raise _fail(str(error), as_json=as_json) from None
    lines = [f"{field}: {manifest[field]}" for field in ("id", "created_at", "code_version", "synthetic", "synthetic_note", "quality_verdict")]
    lines += [f"  {row['delivery']} {'/'.join(row['periods'])} {row['origin']}: {row['origin_note']}" for row in manifest["deliveries"]]
    _say(manifest, [*lines, f"{len(manifest['files'])} files, {len(manifest['catalogue'])} indicators"], as_json=as_json)


@releases_app.command()
def verify(
    context: typer.Context, release: Annotated[str | None, typer.Argument(help="Release id (default: the one in use).")] = None, as_json: AsJson = False
) -> None:
    """Check hashes, format and certificates of a release."""
    from pipelines.release import store

    try:
        chosen = _chosen(context.obj, release)
        problems = store.verify_release(store.release_path(context.obj.releases, chosen))
    except store.ReleaseError as error:
        raise _fail(str(error), as_json=as_json) from None
    if problems:
        raise _fail("\n".join([f"release {chosen} does not verify:", *problems]), as_json=as_json, release=chosen, problems=problems)
    _say({"release": chosen, "problems": []}, [f"release {chosen} verifies: hashes, format and certificates hold"], as_json=as_json)


@releases_app.command()
def diff(
    context: typer.Context, old: str, new: Annotated[str | None, typer.Argument(help="Default: the release in use.")] = None, as_json: AsJson = False
) -> None:
    """Which published figures changed between two releases."""
    from pipelines.release import store

    try:
        changes = store.diff_releases(context.obj.releases, old, _chosen(context.obj, new)).to_dicts()
    except store.ReleaseError as error:
        raise _fail(str(error), as_json=as_json) from None
    lines = [" ".join("" if value is None else str(value) for value in change.values()) for change in changes]
    _say(changes, [*lines, f"{len(changes)} cells differ"], as_json=as_json)


@releases_app.command()
def withdraw(context: typer.Context, release: str, reason: Annotated[str, typer.Option("--reason", help="Why; readers see it.")]) -> None:
    """Withdraw a release: it stays on disk, is never pointed at again, and the newest good one before it takes its place."""
    from pipelines.release import store

    try:
        current = store.withdraw_release(context.obj.releases, release, reason)
    except store.ReleaseError as error:
        raise _fail(str(error)) from None
    print(f"release {release} is withdrawn; in use: {current or 'none'}")


@releases_app.command()
def use(context: typer.Context, release: str) -> None:
    """Point the dashboard at a release that verifies."""
    from pipelines.release import store

    try:
        store.use_release(context.obj.releases, release)
    except store.ReleaseError as error:
        raise _fail(str(error)) from None
    print(f"release {release} is in use")


def main() -> None:
    """Entry point. Exit 0 done, 1 refused or failed with a reason, 2 wrong usage."""
    app()


if __name__ == "__main__":
    main()
