"""Every pair of example files: the good one passes whole, the bad one breaks many rules, and no answer shows a value."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from pandera.errors import SchemaErrors
from typer.testing import CliRunner, Result

from data_contracts import all_contracts, contract_of
from pipelines.cli import app
from pipelines.intake.convert import convert
from pipelines.intake.reading import headings_of, normalise, read_extract

EXAMPLES = Path(__file__).parent / "examples"
EVERY = pytest.mark.parametrize("delivery", sorted(path.name.removesuffix("_good.csv") for path in EXAMPLES.glob("*_good.csv")))
PERIOD = re.compile(r"20\d{2}(Q[1-4]|-\d{2}|/\d{2})?")  # an answer may name the period of a file


def check(delivery: str, example: str, *options: str) -> Result:
    """What `ketenmonitor check` says of an example file."""
    return CliRunner().invoke(app, ["check", str(EXAMPLES / f"{delivery}_{example}.csv"), "--delivery", delivery, *options])


def rows_of(delivery: str, example: str) -> list[list[str]]:
    with (EXAMPLES / f"{delivery}_{example}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines, delimiter=";"))[1:]


def broken_rules(delivery: str) -> set[tuple[str, str]]:
    """Column and rule of everything that the bad example breaks: unreadable cells, and what the contract's schema says."""
    contract, path = contract_of(delivery), EXAMPLES / f"{delivery}_bad.csv"
    known, extract = headings_of(contract), read_extract(path.name, path.read_bytes(), contract)
    texts = extract.rows.rename({heading: known[normalise(heading)] for heading in extract.headings}).collect()
    typed, unreadable = convert(texts, contract)
    with pytest.raises(SchemaErrors) as raised:
        contract.validate(typed.drop("source_row"), lazy=True)
    return {
        (str(column), str(check)) for part in (unreadable["column", "rule"], raised.value.failure_cases["column", "check"]) for column, check in part.rows()
    }


def secrets_of(delivery: str) -> set[str]:
    """Cells of the bad rows that no answer can hold by chance: three signs or more, no period, and no word of the contract."""
    words = {word.lower() for field in contract_of(delivery).kinds().values() for name in ("values", "aliases") for word in (field.get(name) or ())}
    good = {cell for row in rows_of(delivery, "good") for cell in row}
    cells = {cell for row in rows_of(delivery, "bad") for cell in row}
    return {cell for cell in cells - good if len(cell) > 2 and not PERIOD.fullmatch(cell) and cell.lower() not in words}


def test_every_delivery_that_partners_send_has_a_pair_of_examples() -> None:
    sent = {contract.terms().delivery for contract in all_contracts() if not contract.terms().is_fetched}
    pairs = {path.stem for path in EXAMPLES.glob("*.csv")}
    assert sorted(f"{delivery}_{kind}" for delivery in sent for kind in ("good", "bad")) == sorted(pairs)


@EVERY
def test_the_good_example_is_accepted_whole(delivery: str) -> None:
    said = check(delivery, "good", "--json")
    answer = json.loads(said.output)
    assert said.exit_code == 0, said.output
    assert (answer["accepted"], answer["rows"], answer["quarantined"]) == (True, len(rows_of(delivery, "good")), 0)


@EVERY
def test_the_bad_example_is_not_accepted_whole(delivery: str) -> None:
    answer = json.loads(check(delivery, "bad", "--json").output)
    assert not answer["accepted"] or answer["quarantined"] > 0


@EVERY
def test_the_bad_example_breaks_every_rule_over_columns_and_four_rules_or_more(delivery: str) -> None:
    broken = broken_rules(delivery)
    assert {rule.name for rule in contract_of(delivery).rules()} <= {rule for _, rule in broken}
    assert len(broken) >= 4


@EVERY
def test_no_answer_shows_a_value_of_a_bad_row(delivery: str) -> None:
    said = check(delivery, "bad").output + check(delivery, "bad", "--json").output
    secrets = secrets_of(delivery)
    assert secrets
    assert [secret for secret in secrets if re.search(rf"(?<![\w-]){re.escape(secret)}(?!\w)", said)] == []
