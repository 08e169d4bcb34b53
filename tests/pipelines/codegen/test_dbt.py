"""dbt's sources and staging descriptions follow from the contracts."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
import yaml

from data_contracts import all_contracts, contract_of, versions_of
from pipelines.codegen.dbt import LANDING_COLUMNS, SQL_TYPES, sources_yaml, staged_columns, staging_yaml


@functools.cache
def tables() -> dict[str, list[str]]:
    source = yaml.safe_load(sources_yaml(all_contracts()))["sources"][0]
    return {table["name"]: [column["name"] for column in table["columns"]] for table in source["tables"]}


def test_a_contract_without_a_staging_model_yet_gets_a_source_and_no_model_text(tmp_path: Path) -> None:
    assert "stg_" not in staging_yaml(all_contracts(), tmp_path)
    assert "cbs_bevolking" in tables()


def test_a_source_has_the_columns_of_every_version_once() -> None:
    landed = [name for name, _, _ in LANDING_COLUMNS]
    for contract in all_contracts():
        delivery = contract.terms().delivery
        promised = {name for version in versions_of(delivery) for name in version.to_schema().columns}
        columns = tables()[delivery]
        assert set(columns) == promised | set(landed)
        assert len(columns) == len(set(columns))
        assert columns[-len(landed) :] == landed


def test_a_count_that_may_be_bounded_brings_both_its_bounds() -> None:
    bounded = [(contract.terms().delivery, name) for contract in all_contracts() for name, field in contract.kinds().items() if field.get("bounded")]
    assert bounded
    assert all({f"{name}_minstens", f"{name}_hoogstens"} <= set(tables()[delivery]) for delivery, name in bounded)


def test_every_type_that_a_contract_uses_has_an_sql_type() -> None:
    assert {str(column.dtype) for contract in all_contracts() for column in contract.to_schema().columns.values()} <= set(SQL_TYPES)


def test_a_staged_column_is_described_by_the_delivered_column_that_it_renames() -> None:
    contract = contract_of("helpwanted_sextortion")
    sql = "select\n    kwartaal as period,\n    coalesce(eerste_contact, platform) as eerste_contact,\n    aantal as report_count\nfrom x\n"
    columns = {column["name"]: column["description"] for column in staged_columns(contract, sql)}
    assert columns == {
        "period": "Kwartaal van de melding, bijvoorbeeld 2026Q3",
        "eerste_contact": columns["eerste_contact"],
        "report_count": "Aantal meldingen",
    }
    assert columns["eerste_contact"]


def test_a_staging_model_that_makes_a_column_of_its_own_is_refused() -> None:
    with pytest.raises(ValueError, match="nieuw"):
        staged_columns(contract_of("helpwanted_sextortion"), "select\n    1 as nieuw\nfrom x\n")


def test_every_source_says_when_it_is_stale() -> None:
    source = yaml.safe_load(sources_yaml(all_contracts()))["sources"][0]
    assert source["config"]["loaded_at_field"] == "received_at"
    days = {table["name"]: table["config"]["freshness"]["warn_after"]["count"] for table in source["tables"]}
    assert days["comensha_slachtoffers"] == 92 + 42
    assert min(days.values()) >= 1
