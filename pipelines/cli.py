"""The `ketenmonitor` command: thin, every verb one call. Heavy imports happen inside the verbs (`--help` in 0.5 s)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli_output import AsJson, failed, say
from pipelines.cli_releases import releases_app
from pipelines.resources import Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Ketenmonitor: from partner extracts to a published release and its dashboard.",
)
app.add_typer(releases_app, name="releases")


@app.callback()
def choose_data_dir(
    context: typer.Context,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="Folder of all state (default KETENMONITOR_DATA_DIR, else ./data).")] = None,
) -> None:
    """Every verb works on one data folder."""
    context.obj = Settings.from_environment(data_dir)


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
        raise failed(str(error), as_json=as_json) from None
    lines = [f"{len(files)} synthetische bestanden in {context.obj.inbox}", *(notice.sentence for notice in notices)]
    say({"files": [path.name for path in files], "open_data": [notice.sentence for notice in notices]}, lines, as_json=as_json)


@app.command()
def pull(context: typer.Context, as_json: AsJson = False) -> None:
    """Fetch open data from their services; where one is not reached, what is recorded or landed stays in use."""
    from data_contracts import all_contracts
    from pipelines.intake.opendata import gather_open_data

    notices = [
        notice for contract in all_contracts() if not contract.terms().confidential for notice in gather_open_data(context.obj, contract, ask_service=True)
    ]
    say([vars(notice) for notice in notices], [notice.sentence for notice in notices], as_json=as_json)


@app.command()
def run(context: typer.Context, as_json: AsJson = False) -> None:
    """From the inbox to a published release; the last good release stays when something fails."""
    from pipelines.progress import follow_run
    from pipelines.running import AnotherRun, run_pipeline

    try:
        with follow_run(quiet=as_json) as listener:
            report = run_pipeline(context.obj, listener)
    except (AnotherRun, RuntimeError) as error:
        raise failed(str(error), as_json=as_json) from None
    if report.failure:
        kept = f"release {report.release} stays in place" if report.release else "there is no release yet"
        raise failed(f"not published: {report.failure} ({kept})", as_json=as_json, **vars(report))
    lines = [f"release {report.release} is published ({report.seconds} s)"]
    lines += [f"te laat: {line}" for line in report.stale] + [f"{len(report.problems)} bestand(en) geweigerd, zie hierboven"] * bool(report.problems)
    say(vars(report), lines, as_json=as_json)


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
        say(document, [refused_answer(file.name, contract, refusal)], as_json=as_json)
        raise typer.Exit(1) from None
    document = {
        "accepted": True,
        "rows": judgement.rows_in,
        "quarantined": judgement.quarantined.height,
        "periods": judgement.periods,
        "broken": judgement.broken.to_dicts(),
    }
    say(document, [accepted_answer(file.name, contract, judgement)], as_json=as_json)


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
    say(overview, lines, as_json=as_json)


def main() -> None:
    """Entry point. Exit 0 done, 1 refused or failed with a reason, 2 wrong usage."""
    app()


if __name__ == "__main__":
    main()
