"""dbt's sources and the union of indicators follow from the contracts and the catalogue."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest
import yaml

from data_contracts import all_contracts, versions_of
from pipelines.codegen.dbt import LANDING_COLUMNS, SQL_TYPES, indicator_ids, mart_sql, sources_yaml, staging_yaml


@functools.cache
def tables() -> dict[str, list[str]]:
    source = yaml.safe_load(sources_yaml(all_contracts()))["sources"][0]
    return {table["name"]: [column["name"] for column in table["columns"]] for table in source["tables"]}


def test_a_new_catalogue_row_enters_the_mart_without_an_edit(tmp_path: Path) -> None:
    seed = tmp_path / "catalogue.csv"
    seed.write_text("indicator_id,name\nalg_een,Een\nmh_twee,Twee\n", encoding="utf-8")
    sql = mart_sql(indicator_ids(seed))
    assert re.findall(r"ref\('(\w+)'\)", sql) == ["fct_alg_een", "fct_mh_twee"]
    assert sql.count("union all") == 1


def test_an_indicator_that_stands_twice_is_refused(tmp_path: Path) -> None:
    seed = tmp_path / "catalogue.csv"
    seed.write_text("indicator_id\nalg_een\nalg_een\n", encoding="utf-8")
    with pytest.raises(ValueError, match="alg_een"):
        indicator_ids(seed)


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
