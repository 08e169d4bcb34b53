"""Workbooks: the best sheet, and the cells as a reader sees them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from data_contracts import contract_of
from pipelines.intake.convert import convert
from pipelines.intake.reading import read_extract
from pipelines.intake.reading.archives import open_archive
from pipelines.intake.reading.workbook_look import column_number, look_at_workbook
from pipelines.intake.refusal import DeliveryRefused
from tests.pipelines.intake.workbooks import HEADER, ROW, ods, ods_row, read, table, xlsx

JEUGD = contract_of("politie_jeugd_verdachten")
ACTIVITEITEN = contract_of("rsiv_activiteiten")


def test_a_workbook_is_read_from_the_sheet_and_row_that_hold_the_header() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Toelichting").write(0, 0, "Synthetische voorbeelddata")
        page = book.add_worksheet("Gegevens")
        page.merge_range(0, 0, 0, 3, "Jeugdige verdachten")
        page.write_row(3, 0, HEADER)
        page.write_row(4, 0, ["A1", "2026Q3", "12-17", "drugs", True, 7])

    extract = read(xlsx(fill))
    assert extract.guesses == {"blad": "Gegevens", "kopregel": 4}
    assert extract.headings == HEADER
    assert extract.rows.collect().rows(named=True) == [{"source_row": 5, **dict(zip(HEADER, ["A1", "2026Q3", "12-17", "drugs", "ja", "7"], strict=True))}]


def test_ods_reads_as_xlsx_does() -> None:
    extract = read(ods(ods_row(*HEADER) + ods_row(*ROW) + '<table:table-row table:number-rows-repeated="1048000"/>'), "x.ods")
    assert extract.rows.collect().equals(read(table(HEADER, ROW)).rows.collect())


def test_hidden_rows_are_read_and_their_number_is_told() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        for number, row in enumerate([HEADER, ROW, ROW, ROW]):
            page.write_row(number, 0, row)
        page.set_row(2, None, None, {"hidden": True})

    extract = read(xlsx(fill))
    assert (extract.height, extract.guesses["verborgen rijen, meegelezen"]) == (3, 1)


@pytest.mark.parametrize("visible_too", [True, False])
def test_a_hidden_sheet_is_read_only_when_no_visible_one_fits(visible_too: bool) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet("Open")
        if visible_too:
            page.write_row(0, 0, HEADER)
            page.write_row(1, 0, ROW)
        hidden = book.add_worksheet("Dicht")
        hidden.write_row(0, 0, HEADER)
        hidden.write_row(1, 0, ROW)
        hidden.hide()

    guesses = read(xlsx(fill)).guesses
    assert (guesses["blad"], "verborgen blad" in guesses) == (("Open", False) if visible_too else ("Dicht", True))


def test_a_label_merged_over_rows_counts_for_each_and_a_number_does_not() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ROW)
        page.write_row(2, 1, ROW[1:5])
        page.merge_range("A2:A3", "A1")
        page.merge_range("F2:F3", 7)

    rows = read(xlsx(fill)).rows.collect()
    assert rows["basisteam_woonplaats"].to_list() == ["A1", "A1"]
    assert rows["aantal"].to_list() == ["7", None]


def test_formulas_count_by_their_stored_value_and_errors_are_missing_and_told() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        for number in (1, 2, 3):
            page.write_row(number, 0, ROW)
        page.write_formula("F2", "=3+4", value=7)
        page.write_formula("F3", "=NA()", value="#N/A")
        page.write_formula("F4", "=1/0", value="#DIV/0!")

    extract = read(xlsx(fill))
    assert extract.rows.collect()["aantal"].to_list() == ["7", None, None]
    assert extract.guesses["foutwaarden, gelezen als ontbrekend"] == 2


def test_numbers_keep_their_value_whatever_dots_they_would_have() -> None:
    rows = read(table(HEADER, [*ROW[:5], 1.234], [*ROW[:5], "007"], [*ROW[:5], 1234567.0], [*ROW[:5], 1e-7])).rows.collect()
    assert rows["aantal"].to_list() == ["1,234", "007", "1234567", "0,0000001"]
    typed, failures = convert(rows, JEUGD)
    assert typed["aantal"].to_list() == [None, 7, 1234567, None]
    assert failures.height == 2


@pytest.mark.parametrize("from_1904", [False, True])
def test_a_number_in_a_column_of_dates_is_the_day_that_excel_counts(from_1904: bool) -> None:
    columns = list(ACTIVITEITEN.kinds())
    day = next(name for name, field in ACTIVITEITEN.kinds().items() if field["kind"] == "date")

    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, columns)
        page.write(1, columns.index(day), 46115 - (1462 if from_1904 else 0))
        page.write_datetime(2, columns.index(day), dt.date(2026, 4, 3), book.add_format({"num_format": "dd-mm-yyyy"}))
        page.write(3, columns.index(day), "3 april 2026")

    rows = read_extract("x.xlsx", xlsx(fill, date_1904=from_1904), ACTIVITEITEN).rows.collect()
    assert convert(rows, ACTIVITEITEN)[0][day].to_list() == [dt.date(2026, 4, 3)] * 3


def test_a_percent_format_counts_and_a_column_with_some_is_refused() -> None:
    def fill(book: xlsxwriter.Workbook, share: bool = True) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ROW[:5])
        page.write_row(2, 0, ROW[:5])
        percent = book.add_format({"num_format": "0.0%"})
        page.write(1, 5, 0.164, percent)
        page.write(2, 5, 0.07, percent if share else None)

    assert read(xlsx(fill)).rows.collect()["aantal"].to_list() == ["16,4", "7"]
    with pytest.raises(DeliveryRefused, match="kolom 6 van het blad heeft procentopmaak bij 1 van de 2 getallen"):
        read(xlsx(lambda book: fill(book, share=False)))


def test_spacer_columns_without_heading_are_left_out_and_filled_ones_refused() -> None:
    spaced = [None, *HEADER[:3], None, *HEADER[3:]]
    extract = read(table(spaced, [None, *ROW[:3], None, *ROW[3:]]))
    assert extract.headings == HEADER
    with pytest.raises(DeliveryRefused, match=r"1 kolomkop\(pen\) komen dubbel voor of zijn leeg"):
        read(table(spaced, ["iets", *ROW[:3], None, *ROW[3:]]))


def test_letters_of_columns_are_counted_as_excel_does() -> None:
    assert [column_number(letters) for letters in (b"A", b"Z", b"AA", b"XFD")] == [1, 26, 27, 16384]


def test_a_workbook_that_pads_its_names_is_read(open_data: Any) -> None:
    content = (open_data / "messy" / "rubensan19_KoppelCodes.xlsx").read_bytes()
    with open_archive("x", content) as archive:
        assert look_at_workbook("x", archive).sheets
    with pytest.raises(DeliveryRefused, match="geen kopregel"):
        read(content)


def test_every_cell_of_a_workbook_is_text() -> None:
    assert set(read(table(HEADER, ROW)).rows.collect_schema().values()) == {pl.String(), pl.Int64()}
