"""The rules of the house, read from dbt's manifest: layers, names, descriptions, unit tests and the catalogue. No exceptions list."""

from __future__ import annotations

import csv
import re
from typing import Any

from data_contracts import all_contracts
from tests.dbt_project import accepted

Node = dict[str, Any]

#: What a model of each layer may read; seeds are read by dimensions only, so that everything else sees one harmonised form.
MAY_READ = {
    "stg": {"source"},
    "int": {"stg", "int", "dim"},
    "dim": {"seed", "stg", "int", "dim"},
    "fct": {"int", "dim"},
    "mart": {"fct", "dim"},
}
FOLDER = {"stg": "staging", "int": "intermediate", "dim": "dimensions", "fct": "indicators", "mart": "marts"}
VALUES_COLUMNS = [
    "indicator_id",
    "area_level",
    "area_code",
    "period_grain",
    "period",
    "dimension_1",
    "category_1",
    "dimension_2",
    "category_2",
    "state",
    "value",
    "numerator",
    "denominator",
    "lower",
    "upper",
]


def models(manifest: dict[str, Any]) -> list[Node]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def layer(name: str) -> str:
    return name.split("_")[0]


def layer_of(unique_id: str) -> str:
    kind, *_, name = unique_id.split(".")
    return layer(name) if kind == "model" else kind


def catalogue() -> list[dict[str, str]]:
    with (accepted.ROOT / "dbt_project/seeds/catalogue.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_each_layer_reads_only_what_the_house_allows(manifest: dict[str, Any]) -> None:
    wrong = [
        f"{node['name']} reads {parent}"
        for node in models(manifest)
        for parent in node["depends_on"]["nodes"]
        if layer_of(parent) not in MAY_READ[layer(node["name"])]
    ]
    assert not wrong


def test_a_staging_model_reads_one_source_of_its_own_name_and_joins_nothing(manifest: dict[str, Any]) -> None:
    staging = [node for node in models(manifest) if layer(node["name"]) == "stg"]
    assert staging
    for node in staging:
        (source,) = node["depends_on"]["nodes"]
        assert node["name"] == f"stg_{source.split('.')[-1]}"
        assert not re.search(r"\b(join|union|group by|where)\b", node["raw_code"], re.IGNORECASE), node["name"]


def test_every_contract_has_its_source_and_its_staging_model(manifest: dict[str, Any]) -> None:
    deliveries = {contract.terms().delivery for contract in all_contracts()}
    sources = {source["name"] for source in manifest["sources"].values() if source["source_name"] == "accepted"}
    assert sources == deliveries
    stages = {node["name"] for node in models(manifest) if layer(node["name"]) == "stg"}
    assert stages - {"stg_delivery_calendar"} == {f"stg_{delivery}" for delivery in deliveries}


def test_a_model_stands_in_the_folder_of_its_layer(manifest: dict[str, Any]) -> None:
    for node in models(manifest):
        assert node["path"].split("/")[0] == FOLDER[layer(node["name"])], node["name"]


def test_names_tell_layer_and_deed(manifest: dict[str, Any]) -> None:
    for node in models(manifest):
        assert re.fullmatch(r"(stg|int|dim|fct|mart)_[a-z0-9_]+", node["name"]), node["name"]
        if layer(node["name"]) == "int":
            verbs = "harmonised|grouped|counted_by_area|split_by_[a-z]+|joined_to_[a-z]+|side_by_side"
            assert re.search(rf"_({verbs})$", node["name"]), f"{node['name']} names no verb"


def test_every_description_starts_with_the_grain(manifest: dict[str, Any]) -> None:
    described = [*models(manifest), *manifest["sources"].values(), *(node for node in manifest["nodes"].values() if node["resource_type"] == "seed")]
    wrong = [node["name"] for node in described if not node["description"].startswith("One row per ")]
    assert not wrong


def test_every_own_test_is_a_sentence(manifest: dict[str, Any]) -> None:
    tests = list((accepted.ROOT / "dbt_project/tests").rglob("*.sql"))
    assert tests
    assert [test.name for test in tests if not test.stem.startswith("assert_")] == []


def test_every_indicator_model_has_a_unit_test(manifest: dict[str, Any]) -> None:
    tested = {test["model"] for test in manifest["unit_tests"].values()}
    assert {node["name"] for node in models(manifest) if layer(node["name"]) == "fct"} <= tested


def test_every_catalogue_row_has_its_model_and_the_reverse(manifest: dict[str, Any]) -> None:
    facts = {node["name"] for node in models(manifest) if layer(node["name"]) == "fct"}
    assert facts == {f"fct_{row['indicator_id']}" for row in catalogue()}


def test_every_mart_promises_its_columns(manifest: dict[str, Any]) -> None:
    marts = [node for node in models(manifest) if layer(node["name"]) == "mart"]
    assert marts
    for node in marts:
        assert node["config"]["contract"]["enforced"], node["name"]
    (indicators,) = (node for node in marts if node["name"] == "mart_indicators")
    assert list(indicators["columns"]) == VALUES_COLUMNS


def test_sql_files_stay_short() -> None:
    for path in (accepted.ROOT / "dbt_project").rglob("*.sql"):
        if "target" not in path.parts:
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 80, path.name
