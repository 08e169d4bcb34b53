"""`ketenmonitor decisions …`: what the werkgroep decided on findings. Every verb is one call."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli_output import AsJson, failed, say

decisions_app = typer.Typer(no_args_is_help=True, help="Decisions of the werkgroep on findings: list them, and decide by a form.")


@decisions_app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """All decisions and signatures, oldest first; fails when the file was changed by hand."""
    from pipelines.decisions import CannotDecide, DecisionsBroken
    from pipelines.signing import decisions_in_force, newest_findings

    try:
        decisions = decisions_in_force(context.obj)
        findings = newest_findings(context.obj)
    except (CannotDecide, DecisionsBroken) as error:
        raise failed(str(error), as_json=as_json) from None
    stale = {entry["finding"] for entry in decisions.stale(findings)}
    lines = []
    for entry in decisions.entries:
        what = f"{entry['decision']}  {entry['finding']}" if entry["kind"] == "besluit" else f"ondertekening  {len(entry['findings'])} fout"
        gone = "  (vervallen)" if entry.get("finding") in stale else ""
        lines.append(f"{entry['number']:>4}  {entry['at'][:16]}  {entry['role']:<12} {what}{gone}  {entry['text']}".rstrip())
    blocking = [finding["id"] for finding in decisions.blocking(findings)]
    lines += [f"holds up publication: {finding}" for finding in blocking] or ["nothing holds up publication"]
    say({"entries": [dict(entry) for entry in decisions.entries], "stale": sorted(stale), "blocking": blocking}, lines, as_json=as_json)


@decisions_app.command()
def form(context: typer.Context, file: Annotated[Path, typer.Argument(dir_okay=False, help="The CSV file to write.")], as_json: AsJson = False) -> None:
    """Write the findings of the newest run as a form: fill in the columns besluit and toelichting."""
    from pipelines.decisions import CannotDecide, DecisionsBroken
    from pipelines.signing import write_form

    try:
        number = write_form(context.obj, file)
    except (CannotDecide, DecisionsBroken, OSError) as error:
        raise failed(str(error), as_json=as_json) from None
    say({"findings": number, "file": str(file)}, [f"{number} finding(s) in {file}"], as_json=as_json)


@decisions_app.command()
def add(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The form, filled in.")],
    role: Annotated[str, typer.Option("--role", help="Who decided, as a function: werkgroep.")],
    as_json: AsJson = False,
) -> None:
    """Keep what a form decides and was not decided yet: akkoord, uitgesloten, vraag aan partner or toelichting; all of it or none."""
    from pipelines.decisions import CannotDecide, DecisionsBroken
    from pipelines.signing import add_form

    try:
        number = add_form(context.obj, file, role=role)
    except (CannotDecide, DecisionsBroken) as error:
        raise failed(str(error), as_json=as_json) from None
    say({"added": number}, [f"{number} decision(s) kept"], as_json=as_json)
