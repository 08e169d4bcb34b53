"""`ketenmonitor readers …`: whose access to the dashboard was withdrawn. Every verb is one call."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from pipelines.cli_output import AsJson, failed, say

readers_app = typer.Typer(no_args_is_help=True, help="Readers of the dashboard: take access away at once, give it back, list who has none.")

Subject = Annotated[str, typer.Argument(help="The reader's pseudonym, from access/audit.jsonl.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept, and shown to nobody in the dashboard.")]


def _note(context: typer.Context, action: Literal["withdraw", "restore"], subject: str, reason: str, *, as_json: bool) -> None:
    from pipelines.readers import UnknownReader, note_reader

    try:
        note_reader(context.obj.data_dir, action, subject, reason)
    except (UnknownReader, ValueError) as error:
        raise failed(str(error), as_json=as_json) from None
    say({action: subject}, [f"{subject}: {'withdrawn, from the next click on' if action == 'withdraw' else 'restored'}"], as_json=as_json)


@readers_app.command()
def withdraw(context: typer.Context, subject: Subject, reason: Reason, as_json: AsJson = False) -> None:
    """Take a reader's roles away at the next click, whatever the provider says; what is public stays visible."""
    _note(context, "withdraw", subject, reason, as_json=as_json)


@readers_app.command()
def restore(context: typer.Context, subject: Subject, reason: Reason, as_json: AsJson = False) -> None:
    """Let the provider's word count again for a reader."""
    _note(context, "restore", subject, reason, as_json=as_json)


@readers_app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """Readers who are withdrawn now, with the reason."""
    from pipelines.readers import withdrawn_readers

    rows = withdrawn_readers(context.obj.data_dir)
    say(rows, [f"{row['subject']}  {row['at']}  {row['reason']}" for row in rows] or ["nobody is withdrawn"], as_json=as_json)
