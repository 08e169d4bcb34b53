"""The `ketenmonitor` command: thin, every verb one call. Heavy imports happen inside the verbs (`--help` in 0.5 s)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli_contracts import contracts_app
from pipelines.cli_decisions import decisions_app
from pipelines.cli_output import AsJson, failed, say
from pipelines.cli_readers import readers_app
from pipelines.cli_releases import releases_app
from pipelines.resources import Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Ketenmonitor: from partner extracts to a published release and its dashboard.",
)
CHANGING = ("sample", "pull", "run", "retention", "dev")  # verbs that take in or delete files
app.add_typer(contracts_app, name="contracts")
app.add_typer(releases_app, name="releases")
app.add_typer(decisions_app, name="decisions")
app.add_typer(readers_app, name="readers")


@app.callback()
def choose_data_dir(
    context: typer.Context,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="Folder of all state (default KETENMONITOR_DATA_DIR, else ./data).")] = None,
) -> None:
    """Every verb works on one data folder."""
    context.obj = Settings.from_environment(data_dir)
    if context.obj.as_of and context.invoked_subcommand in CHANGING:
        known = f"{context.obj.data_dir} holds what was known at {context.obj.as_of:%Y-%m-%d %H:%M} (UTC)"
        raise failed(f"{known}: `{context.invoked_subcommand}` needs the folder that it was made from")


@app.command()
def sample(
    context: typer.Context,
    seed: Annotated[int, typer.Option(help="Seed of the generator; the published figures are met whatever it is.")] = 2023,
    scale: Annotated[float, typer.Option(min=1.0, help="Volume: 1 is the region, 1000 a national load test; years with published figures stay.")] = 1.0,
    broken: Annotated[bool, typer.Option("--broken", help="Add faulty files, one of each kind that partners meet.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write synthetic extracts of all deliveries and registers since 2021 into the inbox, and land the open data."""
    from pipelines.sampling import SampleRefused, fill_with_sample

    try:
        files, notices = fill_with_sample(context.obj, seed=seed, scale=scale, today=date.today(), broken=broken)
    except SampleRefused as error:
        raise failed(str(error), as_json=as_json) from None
    lines = [f"{len(files)} synthetische bestanden in {context.obj.inbox}", *(notice.sentence for notice in notices)]
    say({"files": [path.name for path in files], "open_data": [notice.sentence for notice in notices]}, lines, as_json=as_json)


@app.command()
def pull(context: typer.Context, as_json: AsJson = False) -> None:
    """Fetch files from the partners' SFTP servers and buckets, and open data from its services; one that fails stops no other."""
    from pipelines.intake.pulling import AnotherPull, pull_everything
    from pipelines.intake.sources import SourcesRefused

    try:
        notices = pull_everything(context.obj)
    except (AnotherPull, SourcesRefused) as error:
        raise failed(str(error), as_json=as_json) from None
    say([vars(notice) for notice in notices], [notice.sentence for notice in notices], as_json=as_json)
    if any(notice.status == "failed" for notice in notices):
        raise typer.Exit(1)


@app.command()
def run(
    context: typer.Context,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Make the figures as known then, in a folder of their own: a date or moment (UTC).")] = None,
    as_json: AsJson = False,
) -> None:
    """From the inbox to a published release; the last good release stays when something fails."""
    from pipelines.as_of import AsOfRefused, read_moment
    from pipelines.progress import follow_run
    from pipelines.running import AnotherRun, run_pipeline

    try:
        moment = read_moment(as_of) if as_of else None
    except ValueError:
        raise typer.BadParameter(f"{as_of!r} is no date (2026-06-30) or moment (2026-06-30T12:00)", param_hint="--as-of") from None
    try:
        with follow_run(quiet=as_json) as listener:
            report = run_pipeline(context.obj, listener, moment)
    except (AnotherRun, AsOfRefused, RuntimeError) as error:
        raise failed(str(error), as_json=as_json) from None
    if report.failure:
        kept = f"release {report.release} stays in place" if report.release else "there is no release yet"
        raise failed(f"not published: {report.failure} ({kept})", as_json=as_json, **vars(report))
    lines = [f"release {report.release} is published ({report.seconds} s)"]
    lines += [f"these are the figures as known at {moment:%Y-%m-%d %H:%M} (UTC), in {report.folder}; the release in use is as it was"] if moment else []
    lines += [f"te laat: {line}" for line in report.stale] + [f"{len(report.problems)} bestand(en) geweigerd, zie hierboven"] * bool(report.problems)
    say(vars(report), lines, as_json=as_json)


@app.command()
def notify(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be sent.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tell who must know of late deliveries and faults, and send what waited for quiet hours to end or a channel to work."""
    from pipelines.notify import NotifyRefused, preview, tell_standing

    if not dry_run:
        failures = tell_standing(context.obj)
        say({"failures": failures}, failures or ["Wat gemeld moest worden, is gemeld."], as_json=as_json)
        raise typer.Exit(1 if failures else 0)
    try:
        due = preview(context.obj)
    except NotifyRefused as error:
        raise failed(str(error), as_json=as_json) from None
    lines = []
    for one in due:
        lines += [f"{one.channel}{' (wacht tot de rustige uren voorbij zijn)' if one.is_quiet else ''}: {one.message.title}", *one.message.lines]
    document = [{"channel": one.channel, "is_quiet": one.is_quiet, "title": one.message.title, "lines": one.message.lines} for one in due]
    say(document, lines or ["Er is niets te melden."], as_json=as_json)


@app.command()
def check(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The file to test.")],
    delivery: Annotated[str, typer.Option("--delivery", help="Delivery id, for example comensha_slachtoffers.")],
    html: Annotated[Path | None, typer.Option("--html", dir_okay=False, help="Also write the answer to this file, as a page.")] = None,
    as_json: AsJson = False,
) -> None:
    """Test a file before sending it: nothing is stored or sent, the answer is in Dutch."""
    from pipelines.intake.trial import try_file

    try:
        trial = try_file(file, delivery)
    except KeyError as error:
        raise typer.BadParameter(str(error.args[0]), param_hint="--delivery") from None
    if html:
        html.write_text(trial.answer.as_html(), encoding="utf-8")
    say(trial.document, [trial.answer.as_text()], as_json=as_json)
    if not trial.accepted:
        raise typer.Exit(1)


@app.command("app")
def app_(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8501,
    demo: Annotated[bool, typer.Option("--demo", help="Show synthetic releases in full, with every role, on a loopback address only.")] = False,
) -> None:
    """Start the dashboard on the published releases: what is public, and more for who signs in (README, Signing in)."""
    from pipelines.serving import serve_dashboard

    serve_dashboard(context.obj, host=host, port=port, demo=demo)


@app.command()
def dev(context: typer.Context, port: Annotated[int, typer.Option(help="Port of Dagster's page.")] = 3000) -> None:
    """Start Dagster's own page on the graph of assets (127.0.0.1)."""
    from pipelines.serving import serve_dagster

    raise typer.Exit(serve_dagster(context.obj, port=port))


@app.command()
def deliveries(context: typer.Context, as_json: AsJson = False) -> None:
    """What came, what is due."""
    from pipelines.intake.overview import overview_deliveries

    overview = overview_deliveries(context.obj, context.obj.today).to_dicts()
    lines = []
    for row in overview:
        due = f"volgende uiterlijk {row['due_at']}  {row['origin_note'] or ''}"
        lines.append(f"{row['delivery']:<28} {row['status']:<10} {row['newest_period'] or '-':<8} {due}")
        lines += [f"  let op: {row['warning_text']}"] * bool(row["warning_text"]) + [f"  correcties: {row['correction_text']}"] * bool(row["correction_text"])
    say(overview, lines, as_json=as_json)


@app.command()
def retention(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is past its term.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete received files past their bewaartermijn; the register keeps their hash, counts and decisions."""
    from pipelines.intake.retention import DataFolderBusy, delete_overdue, find_overdue

    try:
        overdue = (find_overdue if dry_run else delete_overdue)(context.obj, date.today())
    except DataFolderBusy as error:
        raise failed(str(error), as_json=as_json) from None
    done = "te verwijderen" if dry_run else "verwijderd"
    lines = [f"{file.sentence}: {done}" for file in overdue] or ["Geen bestand is voorbij zijn bewaartermijn."]
    say([vars(file) for file in overdue], lines, as_json=as_json)


def main() -> None:
    """Entry point. Exit 0 done, 1 refused or failed with a reason, 2 wrong usage."""
    app()


if __name__ == "__main__":
    main()
