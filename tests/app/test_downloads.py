"""The CSV that readers take along: opens in Dutch Excel, carries its origin, and holds no formula and no withheld number."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import downloads, tiles, wording
from app.catalogue import Indicator
from app.release import Release
from tests.app.release_fixture import NOTE, RELEASE_ID


def indicator_of(release: Release, indicator_id: str) -> Indicator:
    return next(one for one in release.indicators if one.id == indicator_id)


def export(release: Release, indicator: Indicator) -> tuple[list[str], list[dict[str, str]]]:
    """Header lines and rows of an export."""
    content = downloads.indicator_csv(release, indicator, sources=tiles.sources_text(release, indicator))
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    head = [line[0] for line in lines if line[0].startswith("# ")]
    names, *rows = lines[len(head) :]
    assert names == downloads.HEADINGS
    return head, [dict(zip(names, row, strict=True)) for row in rows]


def test_an_export_carries_source_release_licence_and_the_synthetic_statement(release: Release) -> None:
    head, rows = export(release, indicator_of(release, "mh_slachtoffers"))
    said = "\n".join(head)
    for part in (f"# let op: {NOTE}", f"# release: {RELEASE_ID}", "# bron: CoMensha (synthetisch), CBS (open data)", "# licentie: ", "geheim = "):
        assert part in said
    assert len(rows) == release.values_of("mh_slachtoffers").height


def test_an_export_holds_every_published_number_and_none_that_is_withheld(release: Release) -> None:
    indicator = indicator_of(release, "mh_slachtoffers")
    _, rows = export(release, indicator)
    for row in rows:
        numbers = [row[name] for name in ("waarde", "teller", "noemer", "ondergrens", "bovengrens")]
        assert (row["onderdrukt"] == "ja") == (row["stand"] == "geheim")
        if row["stand"] in ("geheim", "onbekend"):
            assert numbers == [""] * 5
    region = next(row for row in rows if (row["gebiedscode"], row["periode"], row["uitsplitsing_1"]) == ("DH", "2023", ""))
    assert (region["teller"], region["waarde"]) == ("56", "2,871795")


def test_the_file_name_of_a_synthetic_release_says_so(release: Release) -> None:
    assert downloads.file_name(release, indicator_of(release, "alg_misdrijven")) == f"ketenmonitor_alg_misdrijven_{RELEASE_ID}_synthetisch.csv"


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_excel_could_run_is_made_text(text: str) -> None:
    assert downloads.safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-3", "-3,5", "Delft", "'s-Gravenhage", "", "12-17"])
def test_a_plain_text_or_number_stays_as_it_is(text: str) -> None:
    assert downloads.safe_cell(text) == text


def test_a_hostile_category_is_neutralised_in_the_file(release: Release) -> None:
    indicator = indicator_of(release, "mh_slachtoffers")
    hostile = release.values_of(indicator.id).with_columns(pl.lit("=HYPERLINK(1)").alias("category_1"))
    _, rows = export(replace(release, by_indicator={indicator.id: hostile}), indicator)
    assert {row["categorie_1"] for row in rows} == {"'=HYPERLINK(1)"}


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9))
def test_an_exported_number_reads_back(value: float) -> None:
    written = downloads.csv_number(value)
    assert "." not in written or "e" in written
    assert float(written.replace(",", ".")) == pytest.approx(value, abs=1e-6)


def test_an_absent_number_is_empty_and_never_zero() -> None:
    assert downloads.csv_number(None) == ""
    assert wording.format_number(None) == ""
