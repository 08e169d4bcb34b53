"""Partners' files are read as they come, and what cannot be read is refused with a sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from data_contracts import contract_of
from pipelines.intake.reading import read_extract
from pipelines.intake.refusal import DeliveryRefused
from tests.pipelines.intake.extracts import JEUGD_HEADER, jeugd_csv, jeugd_rows

JEUGD = contract_of("politie_jeugd_verdachten")
MISDRIJVEN = contract_of("politie_misdrijven")
NAME = "politie_jeugd_verdachten_2026Q3.csv"


def workbook(*rows: list[object], title_block: bool = True, sheet: str = "Gegevens") -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("Toelichting").write(0, 0, "Synthetische voorbeelddata")
        page = book.add_worksheet(sheet)
        if title_block:
            page.merge_range(0, 0, 0, 3, "Jeugdige verdachten")
            page.write(1, 0, "Peildatum")
        for number, row in enumerate(rows, start=3 if title_block else 0):
            page.write_row(number, 0, row)
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_text_file_reads_the_same_in_any_encoding_delimiter_and_line_end(encoding: str, delimiter: str, newline: str) -> None:
    text = newline.join(["Titel: jeugd, één bestand", "", JEUGD_HEADER, *jeugd_rows()]).replace(";", delimiter)
    extract = read_extract(NAME, text.encode(encoding), JEUGD)
    assert extract.rows.columns == ["source_row", *JEUGD_HEADER.split(";")]
    assert extract.rows.height == 12
    assert extract.rows.row(0)[1:] == ("A1", "2026Q3", "12-17", "drugs", "ja", "7")


def test_what_was_guessed_is_recorded() -> None:
    guesses = read_extract(NAME, jeugd_csv(), JEUGD).guesses
    assert guesses == {"codering": "utf-8", "scheidingsteken": ";", "kopregel": 1}


def test_a_workbook_is_read_from_the_sheet_and_row_that_hold_the_header() -> None:
    extract = read_extract("x.xlsx", workbook(JEUGD_HEADER.split(";"), ["A1", "2026Q3", "12-17", "drugs", True, 7]), JEUGD)
    assert extract.guesses == {"blad": "Gegevens", "kopregel": 4}
    assert extract.rows.row(0) == (5, "A1", "2026Q3", "12-17", "drugs", "ja", "7")


def test_quoted_cells_may_hold_delimiters_and_line_ends() -> None:
    extract = read_extract(NAME, jeugd_csv('"A1\nJan; Hendrikstraat";2026Q3;12-17;drugs;ja;7'), JEUGD)
    assert extract.rows["basisteam_woonplaats"].to_list() == ["A1\nJan; Hendrikstraat"]


def test_a_statline_download_becomes_one_row_per_region_and_year(open_data: Path) -> None:
    (path,) = open_data.glob("crime/politie_47013NED_*.csv")
    rows = read_extract(path.name, path.read_bytes(), MISDRIJVEN).rows
    assert rows.filter(pl.col("Regio's") == "'s-Gravenhage (gemeente)").select("Perioden", "Geregistreerde misdrijven").rows() == [
        ("2022", "37463"),
        ("2023", "37483"),
    ]
    assert not rows["Regio's"].str.starts_with("Bron:").any()


@pytest.mark.parametrize(
    ("content", "rule", "says"),
    [
        (b"", "leeg", "leeg"),
        (b"\r\n  \r\n", "leeg", "leeg"),
        ((JEUGD_HEADER + "\r\n").encode(), "leeg", "geen gegevens onder de kopregel"),
        (jeugd_csv()[:-20], "half", "half geschreven"),
        (b"een;heel;ander;bestand\r\n1;2;3;4\r\n", "kolom_ontbreekt", "geen kopregel"),
        (b"\x00\x01\x02binary", "kolom_ontbreekt", "geen kopregel"),
    ],
)
def test_a_file_that_is_not_a_table_is_refused_with_a_sentence(content: bytes, rule: str, says: str) -> None:
    with pytest.raises(DeliveryRefused, match=says) as refused:
        read_extract(NAME, content, JEUGD)
    assert refused.value.rule == rule
    assert str(refused.value).startswith(NAME)


def test_half_a_workbook_is_unreadable_and_says_so() -> None:
    whole = workbook(JEUGD_HEADER.split(";"), ["A1", "2026Q3", "12-17", "drugs", True, 7])
    with pytest.raises(DeliveryRefused, match="niet te lezen"):
        read_extract("x.xlsx", whole[: len(whole) // 2], JEUGD)


def test_a_small_workbook_that_declares_billions_of_cells_is_refused_before_it_is_opened() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as bomb:
        for entry in zipfile.ZipFile(io.BytesIO(workbook(["x"]))).infolist():
            bomb.writestr(entry.filename, b"")
        bomb.writestr(
            "xl/worksheets/sheet9.xml", b'<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row></sheetData></worksheet>'
        )
    with pytest.raises(DeliveryRefused, match="te groot om veilig te openen"):
        read_extract("x.xlsx", buffer.getvalue(), JEUGD)


@given(st.binary(max_size=400))
def test_no_bytes_at_all_end_in_another_error_than_a_refusal(content: bytes) -> None:
    for name in ("x.csv", "x.xlsx", "x.json", "x.exe"):
        try:
            read_extract(name, content, JEUGD)
        except DeliveryRefused as refused:
            assert str(refused).startswith(name)


@given(st.lists(st.sampled_from(jeugd_rows()), min_size=1, max_size=30), st.integers(min_value=1, max_value=40))
def test_a_file_cut_inside_its_last_row_is_never_taken_for_whole(rows: list[str], cut: int) -> None:
    content = jeugd_csv(*rows, end="\n").rstrip(b"\n")
    missing = content[: -min(cut, len(rows[-1]) - 1)]
    if missing.rsplit(b"\n", 1)[-1].count(b";") == 5:
        return  # cut inside the last cell: only a totals row can tell
    with pytest.raises(DeliveryRefused):
        read_extract(NAME, missing, JEUGD)
