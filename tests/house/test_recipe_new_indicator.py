"""A new indicator is one fct_ model with its unit test and one entry in the catalogue: walked through on a copy."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.dbt_project.accepted import write_schemas
from tests.dbt_project.conftest import run_dbt
from tests.house.recipe import changed_by_hand, generate, write

INDICATOR = """{{ indicator(
    'ja_verdachten_aantal',
    rows=ref('int_jeugd_verdachten_harmonised'),
    delivery='politie_jeugd_verdachten',
    base_grain='kwartaal',
    numerator='suspect_count',
) }}
"""
UNIT_TEST = """unit_tests:
  - name: suspects_are_counted_and_not_divided
    model: fct_ja_verdachten_aantal
    given:
      - input: ref('dim_indicator')
        rows:
          - {indicator_id: ja_verdachten_aantal, per: null, area_levels: "|district|", period_grains: "|kwartaal|", breakdowns: "||"}
      - input: ref('dim_area_member')
        format: csv
        fixture: zoetermeer
      - input: ref('dim_delivery_period')
        rows:
          - delivery: politie_jeugd_verdachten
            base_grain: kwartaal
            base_period: 2023Q2
            base_start_date: 2023-04-01
            period_grain: kwartaal
            period: 2023Q2
            is_complete: true
            is_final: true
      - input: ref('int_jeugd_verdachten_harmonised')
        rows:
          - {leaf_level: basisteam, leaf_code: D1, base_period: 2023Q2, suspect_count: 12}
          - {leaf_level: basisteam, leaf_code: D1, base_period: 2023Q2, suspect_count: 18}
    expect:
      rows:
        - {area_code: D, state: waarde, value: 30, numerator: 30, denominator: null}
"""
ENTRY = {
    "indicator_id": "ja_verdachten_aantal",
    "name": "Jeugdige verdachten (aantal)",
    "theme": "jonge_aanwas",
    "definition": "Het aantal verdachten van 12 tot en met 23 jaar naar woonplaats.",
    "unit": "verdachten",
    "value_unit": "verdachten",
    "numerator": "Verdachten van 12 tot en met 23 jaar naar woonplaats",
    "decimals": "0",
    "interval_kind": "poisson",
    "sources": "politie_jeugd_verdachten",
    "area_levels": "basisteam|district|regio",
    "period_grains": "kwartaal|jaar",
    "additivity": "som",
    "direction": "geen_oordeel",
    "person_related": "true",
    "threshold_professional": "5",
    "threshold_publiek": "10",
    "limitations": "Een verdachte is geen dader.",
    "steward": "Datasteward RIEC Den Haag",
    "version": "1.0.0",
}
CATALOGUE = "dbt_project/seeds/catalogue.csv"
MODEL = "dbt_project/models/indicators/fct_ja_verdachten_aantal"


@pytest.fixture(scope="module")
def with_new_indicator(tmp_path_factory: pytest.TempPathFactory, clean: Path, before: dict[str, bytes]) -> Path:
    """A copy with a new indicator, made as the recipe says: model with its unit test, catalogue entry, and codegen."""
    copy = shutil.copytree(clean, tmp_path_factory.mktemp("new_indicator") / "project")
    write(copy, {f"{MODEL}.sql": INDICATOR, f"{MODEL}.yml": UNIT_TEST})
    with (copy / CATALOGUE).open(encoding="utf-8", newline="") as file:
        columns = csv.DictReader(file).fieldnames
    assert columns
    with (copy / CATALOGUE).open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, lineterminator="\n").writerow(ENTRY)
    generate(copy)
    return copy


def test_a_new_indicator_is_a_model_with_its_unit_test_and_a_catalogue_entry(with_new_indicator: Path, before: dict[str, bytes]) -> None:
    by_hand = {f"{MODEL}.sql", f"{MODEL}.yml", CATALOGUE}
    assert changed_by_hand(with_new_indicator, before) == by_hand


def test_a_new_indicator_is_gathered_in_the_marts(with_new_indicator: Path) -> None:
    ids = (with_new_indicator / "dbt_project" / "macros" / "indicator_ids.sql").read_text(encoding="utf-8")
    assert "'ja_verdachten_aantal'" in ids


@pytest.mark.slow
def test_a_new_indicator_builds_over_deliveries_that_never_came(with_new_indicator: Path) -> None:
    data = with_new_indicator / "data"
    write_schemas(data)
    # every model, the data tests of what follows from the new one and of the catalogue, and its unit test: the others run in
    # tests/dbt_project, and took 40 s here
    follows = ["fct_ja_verdachten_aantal+,test_type:data", "catalogue+1,test_type:data"]
    chosen = ["resource_type:seed", "resource_type:model", *follows, "unit_test:suspects_are_counted_and_not_divided"]
    project = with_new_indicator / "dbt_project"
    assert run_dbt(data, "build", "--indirect-selection", "empty", "--select", *chosen, project=project).success
    results = json.loads((data / "target" / "run_results.json").read_text(encoding="utf-8"))["results"]
    statuses = {result["unique_id"]: result["status"] for result in results}
    assert statuses["unit_test.ketenmonitor.fct_ja_verdachten_aantal.suspects_are_counted_and_not_divided"] == "pass"
    assert statuses["model.ketenmonitor.mart_indicators"] == "success"
    for test in ("assert_rows_of_every_indicator_are_unique", "assert_numbers_of_every_indicator_follow_state"):
        assert statuses[f"test.ketenmonitor.{test}"] == "pass"
