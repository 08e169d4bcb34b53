"""dbt's list, descriptions and tests of the indicators follow from the catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from pipelines.codegen.indicators import COLUMNS, ids_sql, indicators_yaml, read_catalogue
from pipelines.release.layout import COLUMNS as RELEASE_COLUMNS

HEADER = "indicator_id,name,theme,definition,additivity,steward\n"


def written(folder: Path, rows: str) -> Path:
    seed = folder / "catalogue.csv"
    seed.write_text(HEADER + rows, encoding="utf-8")
    return seed


def test_a_new_catalogue_row_enters_the_mart_without_an_edit(tmp_path: Path) -> None:
    rows = read_catalogue(written(tmp_path, "alg_een,Een,context,Iets.,som,Iemand\nmh_twee,Twee,mensenhandel,Iets.,niet,Iemand\n"))
    assert re.findall(r"'(\w+)'", ids_sql(rows)) == ["alg_een", "mh_twee"]


def test_an_indicator_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="alg_een"):
        read_catalogue(written(tmp_path, "alg_een,,,,,\nalg_een,,,,,\n"))


def test_sums_are_tested_where_the_catalogue_says_that_they_hold(tmp_path: Path) -> None:
    rows = read_catalogue(written(tmp_path, "a,A,context,Iets.,som,I\nb,B,context,Iets.,personen,I\nc,C,context,Iets.,niet,I\nd,D,context,Iets.,som,I\n"))
    for name in "abc":
        (tmp_path / f"fct_{name}.sql").touch()
    models = {model["name"]: model for model in yaml.safe_load(indicators_yaml(rows, tmp_path))["models"]}
    assert models.keys() == {"fct_a", "fct_b", "fct_c"}, "a model that is not written yet is left out, which dbt would warn of"
    sums = {name: [test for test in model.get("data_tests", []) if "assert_parts_and_rests_sum_to_region" in test] for name, model in models.items()}
    assert [test["assert_parts_and_rests_sum_to_region"]["arguments"]["persons"] for tests in sums.values() for test in tests] == [False, True]
    assert models["fct_a"]["description"] == "One row per area, period and category. A: Iets."


def test_the_columns_of_an_indicator_are_those_of_the_release() -> None:
    assert tuple(name for name, _, _ in COLUMNS) == RELEASE_COLUMNS
