"""`ketenmonitor contracts …`: what partners promised, and the documents that they get of it. Every verb is one call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli_output import AsJson, failed, say

if TYPE_CHECKING:
    from data_contracts.base import Contract

contracts_app = typer.Typer(no_args_is_help=True, help="The data contracts: list, show, and the template and instruction for a partner.")
Delivery = Annotated[str, typer.Argument(help="Delivery id, for example comensha_slachtoffers.")]


@contracts_app.command("list")
def list_(as_json: AsJson = False) -> None:
    """Every delivery with its version, partner and rhythm."""
    from data_contracts import all_contracts

    rows = [
        {"delivery": terms.delivery, "version": terms.version, "partner": terms.partner, "rhythm": terms.rhythm.value, "fetched": terms.is_fetched}
        for terms in (contract.terms() for contract in all_contracts())
    ]
    say(rows, [f"{row['delivery']:<28} {row['version']:<8} {row['rhythm']:<10} {row['partner']}" for row in rows], as_json=as_json)


@contracts_app.command()
def show(
    delivery: Delivery,
    period: Annotated[str | None, typer.Option("--period", help="The version by which this period is judged (default: the newest).")] = None,
    as_json: AsJson = False,
) -> None:
    """One contract, as a document of the Open Data Contract Standard."""
    from pipelines.codegen.odcs import odcs, odcs_yaml

    contract = _contract(delivery, period)
    say(odcs(contract), [odcs_yaml(contract)], as_json=as_json)


@contracts_app.command()
def template(
    delivery: Delivery, out: Annotated[Path, typer.Option("--out", file_okay=False, help="Folder to write to.")] = Path(), as_json: AsJson = False
) -> None:
    """Write the delivery instruction (HTML) and the template to fill in (XLSX) for a partner."""
    from pipelines.codegen.generating import partner_files

    contract = _contract(delivery)
    if contract.terms().is_fetched:
        raise failed(f"{delivery} is open data that the monitor fetches itself: nobody delivers it", as_json=as_json)
    out.mkdir(parents=True, exist_ok=True)
    files = {out / name: content for name, content in partner_files(contract).items()}
    for path, content in files.items():
        path.write_bytes(content)
    say([str(path) for path in files], [f"written: {path}" for path in files], as_json=as_json)


def _contract(delivery: str, period: str | None = None) -> type[Contract]:
    from data_contracts import contract_of

    try:
        return contract_of(delivery, period)
    except KeyError as error:
        raise typer.BadParameter(str(error.args[0]), param_hint="DELIVERY") from None
