"""The mart is judged before disclosure control: what comes out must not depend on how many persons a cell counts."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.validation import frames as given
from validation.docs import refuse_outside_hosts
from validation.runner import run_suites
from validation.summary import summarise

PLANTED = 73519  # a count that no threshold, period or number of rows can equal by chance


def judged(folder: Path, mart: pl.DataFrame, **changed: Any) -> tuple[dict[str, Any], str]:
    """quality.json and all Data Docs as one text."""
    results = run_suites(given.good_frames(mart_indicators=mart, **changed), folder, given.catalogue(), given.NOW)
    pages = "\n".join(page.read_text(encoding="utf-8") for page in sorted(folder.rglob("*")) if page.is_file())
    return summarise(results, given.NOW.isoformat()), pages


def spoiled(indicator: str, period: str, change: pl.Expr, area: str | None = None) -> pl.DataFrame:
    here = (pl.col("indicator_id") == indicator) & (pl.col("period") == period)
    return given.with_numerator(given.good_mart(), here & (pl.col("area_code") == area) if area else here, change)


@pytest.mark.parametrize(("first", "second"), [(PLANTED, PLANTED + 7), (300, 340)])
def test_findings_about_persons_do_not_depend_on_the_count(first: int, second: int, tmp_path: Path) -> None:
    one = judged(tmp_path / "one", spoiled("mh_slachtoffers", "2026Q3", pl.lit(float(first)), "GM0503"))
    other = judged(tmp_path / "other", spoiled("mh_slachtoffers", "2026Q3", pl.lit(float(second)), "GM0503"))
    assert one[0]["findings"]
    assert one == other


def test_no_raw_value_stands_in_the_built_pages_or_the_report(tmp_path: Path) -> None:
    report, pages = judged(tmp_path, spoiled("mh_slachtoffers", "2026Q3", pl.lit(float(PLANTED)), "GM0503"))
    text = json.dumps(report, ensure_ascii=False) + pages
    assert "standaardafwijkingen" in text  # the check that fails is on the page
    assert str(PLANTED) not in text
    assert "73.519" not in text


def test_no_count_of_any_cell_about_persons_stands_in_a_sentence(tmp_path: Path) -> None:
    # Every count is given six digits of its own, so that a digit run in a sentence can be traced to a cell.
    mart = given.good_mart().with_row_index("cell")
    mart = given.with_numerator(mart, pl.col("indicator_id") != "alg_misdrijven", 100003.0 + 17 * pl.col("cell")).drop("cell")
    report, pages = judged(tmp_path, mart, mart_reconciliation=given.reconciliation(2).with_columns(pl.lit("mh_slachtoffers").alias("indicator_id")))
    counts = {f"{count:.0f}" for count in mart.filter(pl.col("indicator_id") != "alg_misdrijven")["numerator"]}
    text = (json.dumps(report, ensure_ascii=False) + pages).replace(".", "")
    assert report["findings"]
    assert not counts & set(re.findall(r"\d{6,}", text))


def test_no_number_of_any_cell_about_persons_stands_on_a_page_or_in_the_report(tmp_path: Path) -> None:
    # As above, for all five numbers of a cell, as written in Dutch or English, and for the totals that a partner states; and no category.
    mart = given.good_mart().with_row_index("cell")
    numbers = {name: 300000.1 + pl.col("cell") * 1.7e-3 + 151 * place for place, name in enumerate(("value", "lower", "upper"))}
    newest = 5_000_000 * pl.col("period").is_in(["2026Q3", "2026-10"])
    numbers |= {"numerator": 200003.0 + 17 * pl.col("cell") + newest, "denominator": 70000019.0 + 501300 * pl.col("cell")}
    persons = pl.col("indicator_id") != "alg_misdrijven"
    planted = [pl.when(persons).then(made).otherwise(pl.col(name)).alias(name) for name, made in numbers.items()]
    mart = mart.with_columns(*planted, pl.when(persons).then(pl.lit("GEPLANT-SOORT")).otherwise("category_2").alias("category_2")).drop("cell")
    stated = given.reconciliation(654321).with_columns(pl.lit("mh_slachtoffers").alias("indicator_id"))
    report, pages = judged(tmp_path, mart, mart_reconciliation=stated)
    text = json.dumps(report, ensure_ascii=False) + pages
    told = {_digits(number) for number in re.findall(r"\d[\d.,]*\d", text)}
    raw = {_digits(f"{number:.6f}") for name in numbers for number in mart.filter(persons)[name].drop_nulls()}
    failing = {one["id"] for counts in report["checked"].values() for one in counts["expectations"] if one["failed"]}
    assert {"figures_in_line_with_past", "regional_total_of_usual_size", "rates_possible", "population_steady", "parts_equal_stated_total"} <= failing
    assert len(raw) > 4 * mart.filter(persons).height
    assert not (raw | {"654321", "748412"}) & told  # of the totals the difference and the sum
    assert "GEPLANT-SOORT" not in text


def _digits(number: str) -> str:
    return re.sub(r"[.,]", "", number).rstrip("0")


def test_a_difference_in_counts_of_persons_is_told_without_numbers(tmp_path: Path) -> None:
    reconciled = given.reconciliation(2).with_columns(pl.lit("mh_slachtoffers").alias("indicator_id"), pl.lit("som van de gemeenten").alias("parts_name"))
    report, _ = judged(tmp_path, given.good_mart(), mart_reconciliation=reconciled)
    (finding,) = report["findings"]
    assert finding["sentence"] == "‘Slachtoffers mensenhandel’: de som van de gemeenten verschilt in 2022 van Den Haag (RE): vraag na bij CoMensha."


def test_an_indicator_outside_the_catalogue_counts_as_persons(tmp_path: Path) -> None:
    unknown = given.reconciliation(2).with_columns(pl.lit("x_nieuw").alias("indicator_id"))
    report, _ = judged(tmp_path, given.good_mart(), mart_reconciliation=unknown)
    assert "94" not in report["findings"][0]["sentence"]


def test_below_the_region_not_even_the_direction_is_told(tmp_path: Path) -> None:
    report, _ = judged(tmp_path, spoiled("oc_registraties", "2026-10", pl.lit(0.0), "A1"))
    series, mixture = [finding for finding in report["findings"] if "onbekend" not in finding["sentence"]]  # the region was left as it was
    assert "heel anders dan eerdere perioden" in series["sentence"]
    assert "heel anders verdeeld over basisteams" in mixture["sentence"]
    assert not {"lager", "hoger", "minder", "meer"} & set((series["sentence"] + mixture["sentence"]).split())


def test_the_direction_at_the_region_names_no_smaller_area(tmp_path: Path) -> None:
    report, _ = judged(tmp_path, spoiled("oc_registraties", "2026-10", (pl.col("numerator") * 0.4).round()))
    (finding,) = report["findings"]
    assert "veel lager dan eerdere perioden laten verwachten (Eenheid Den Haag" in finding["sentence"]
    assert not re.search(r"\b[A-G]\d\b", finding["sentence"])


def test_the_pages_refer_to_no_other_host_and_run_no_script(tmp_path: Path) -> None:
    judged(tmp_path, given.good_mart())
    pages = sorted(tmp_path.rglob("*"))
    assert {page.suffix for page in pages} == {".html"}
    for page in pages:
        text = page.read_text(encoding="utf-8")
        refuse_outside_hosts(page.name, text)
        assert not re.search(r"""(?:src|href|action|data)\s*=\s*["'](?!#|[\w.-]+\.html["'])""", text)
        assert '<html lang="nl">' in text


@pytest.mark.parametrize("outside", ['<img src="https://example.org/a.png">', '<link href="//example.org/a.css">', "<script>1</script>", "@import 'a'"])
def test_a_page_that_would_reach_outside_is_not_written(outside: str) -> None:
    with pytest.raises(ValueError, match="reach outside"):
        refuse_outside_hosts("index", outside)


def test_findings_have_exactly_the_fields_of_the_house(tmp_path: Path) -> None:
    results = run_suites(given.good_frames(mart_reconciliation=given.reconciliation(2)), tmp_path, given.catalogue(), given.NOW)
    finding = next(finding for result in results for finding in result.findings)
    fields = ["id", "severity", "dimension", "delivery", "partner", "indicator_id", "area_code", "period", "sentence", "rows"]
    assert list(dataclasses.asdict(finding)) == fields
