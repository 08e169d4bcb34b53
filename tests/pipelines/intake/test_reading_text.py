"""CSV as it comes: any encoding, delimiter and line end, quotes as the csv module reads them, and torn rows by their line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from data_contracts import contract_of
from pipelines.intake import limits
from pipelines.intake.reading import open_extract, read_extract
from pipelines.intake.reading.delimited import grid_of
from pipelines.intake.refusal import DeliveryRefused
from tests.pipelines.intake.extracts import JEUGD_HEADER, jeugd_csv, jeugd_rows
from tests.pipelines.intake.text_files import NAME, rows_of, text_file

JEUGD = contract_of("politie_jeugd_verdachten")
COLUMNS = JEUGD_HEADER.split(";")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"])
@pytest.mark.parametrize("delimiter", [*";,\t|~^:#", "§"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_text_file_reads_the_same_in_any_encoding_delimiter_and_line_end(encoding: str, delimiter: str, newline: str) -> None:
    text = newline.join(["Titel jeugd, één bestand", "", JEUGD_HEADER, *jeugd_rows(teams=("Één", "B1"))]).replace(";", delimiter)
    extract = read_extract(NAME, text.encode(encoding), JEUGD)
    assert extract.headings == COLUMNS
    assert extract.height == 8
    assert extract.rows.collect().row(0) == (4, "Één", "2026Q3", "12-17", "drugs", "ja", "7")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xef\xbb\xbf" + text_file(JEUGD_HEADER, "Één;2026Q3;12-17;drugs;ja;7", encoding="cp1252"), "cp1252"),
        (b"\xff\xfe" + text_file(JEUGD_HEADER, "Één;2026Q3;12-17;drugs;ja;7"), "utf-8"),
        (text_file(JEUGD_HEADER, "Één;2026Q3;12-17;drugs;ja;7") + "€één;2026Q3;12-17;drugs;ja;7\n".encode("cp1252"), "utf-8 en cp1252 door elkaar"),
    ],
)
def test_an_encoding_that_is_declared_wrongly_is_not_believed(content: bytes, says: str) -> None:
    extract = read_extract(NAME, content, JEUGD)
    assert extract.guesses["codering"] == says
    assert extract.rows.collect()["basisteam_woonplaats"][0] == "Één"


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02binary",
        jeugd_csv() + b"\x00",
        b"\x89PNG\r\n\x1a\n" + bytes(range(1, 250)),
        b"PK\x03\x04" + jeugd_csv(),
        b"%PDF-1.7\n" + jeugd_csv(),
        b"PAR1" + jeugd_csv(),
        jeugd_csv() + b"caf\x81\x9d\n",
        bytes(range(1, 32)) * 20 + jeugd_csv(),
    ],
)
def test_what_is_no_text_is_refused_and_named_so(content: bytes) -> None:
    with pytest.raises(DeliveryRefused, match="niet te lezen als tekst") as refused:
        read_extract(NAME, content, JEUGD)
    assert refused.value.rule == "onleesbaar"


def test_mixed_line_ends_part_the_same_rows() -> None:
    rows = jeugd_rows()
    mixed = JEUGD_HEADER + "\r\n" + "\r".join(rows[:4]) + "\r" + "\n".join(rows[4:8]) + "\n" + "\r\n".join(rows[8:])
    assert rows_of(mixed.encode()).equals(rows_of(jeugd_csv(*rows)))


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    content = text_file("titel", "", JEUGD_HEADER, "", '"A1\nmet een regel erbij";2026Q3;12-17;drugs;ja;7', "", "B1;2026Q3;12-17;drugs;ja;7")
    found = rows_of(content)
    assert found["source_row"].to_list() == [5, 8]
    assert found["basisteam_woonplaats"].to_list() == ["A1\nmet een regel erbij", "B1"]


@pytest.mark.parametrize(("broken", "line"), [("A1;2026Q3;12-17;drugs;ja", 6), ("A1;2026Q3;12-17;drugs;ja;7;8", 6), ("A1", 6)])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_torn_row_is_named_by_its_line(broken: str, line: int, quote: str) -> None:
    good = f"{quote}D1{quote};2026Q3;12-17;drugs;ja;7"
    with pytest.raises(DeliveryRefused, match=rf"1 rij\(en\) .* de eerste is regel {line}\.") as refused:
        rows_of(text_file(JEUGD_HEADER, good, "", good, good, broken, good))
    assert refused.value.rule == "half"


def test_trailing_delimiters_are_no_torn_rows() -> None:
    assert rows_of(text_file(JEUGD_HEADER + ";;", *(row + ";" for row in jeugd_rows()))).height == 12


def test_a_quote_that_is_never_closed_means_half_a_file() -> None:
    with pytest.raises(DeliveryRefused) as refused:
        rows_of(text_file(JEUGD_HEADER, 'A1;2026Q3;12-17;drugs;ja;"7'))
    assert refused.value.rule in {"half", "onleesbaar"}


def test_quotes_inside_a_cell_stay_where_they_are() -> None:
    content = text_file(JEUGD_HEADER, '5" buis;2026Q3;12-17;drugs;ja;7', '"""B1"" West";2026Q3;12-17;drugs;ja;7')
    assert rows_of(content)["basisteam_woonplaats"].to_list() == ['5" buis', '"B1" West']


CELL = st.text(alphabet=st.sampled_from("ab1é€ \u00a0;,\n\r\"'=-"), max_size=5)
ROWS = st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=8)


def by_the_csv_module(text: str) -> list[tuple[int, int, list[str]]]:
    """Line, number of cells and stripped cells of every row, blank ones included: what the reader must give."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    found, line = [], 1
    for row in reader:
        found.append((line, max(len(row), 1), [cell.strip().replace("\r\n", "\n") for cell in row]))
        line = reader.line_num + 1
    return found


def by_our_reader(text: str) -> list[tuple[int, int, list[str]]]:
    grid = grid_of("x.csv", [text.encode()], ";")
    return [(row[-2], row[-1], [cell or "" for cell in row[: min(row[-1], len(row) - 2)]]) for row in grid.rows()]


@settings(max_examples=300)
@given(ROWS, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from(["\n", "\r\n"]))
@example([["a"], [""], ["b", "c"]], csv.QUOTE_MINIMAL, "\n")
@example([['"'], [' "a" ', ";"]], csv.QUOTE_ALL, "\r\n")
def test_the_fast_reader_gives_the_rows_and_lines_of_the_csv_module(rows: list[list[str]], quoting: int, end: str) -> None:
    rows = [[cell.replace("\r", "") for cell in row] for row in rows]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";", quoting=quoting, lineterminator=end).writerows(rows)  # type: ignore[arg-type]
    expected = [(line, count, cells + [""] * (count - len(cells))) for line, count, cells in by_the_csv_module(buffer.getvalue())]
    assert by_our_reader(buffer.getvalue()) == expected


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from('ab;\n" '), max_size=30))
@example('a"b;c\n"d";e')
@example('"a"b;c')
@example('"a;b\n')
def test_any_quotes_are_read_as_the_csv_module_does_or_refused(text: str) -> None:
    text = text if text.endswith("\n") else text + "\n"
    try:
        expected = [(line, count, cells + [""] * (count - len(cells))) for line, count, cells in by_the_csv_module(text)]
    except csv.Error:
        with pytest.raises((csv.Error, DeliveryRefused)):
            by_our_reader(text)
        return
    assert by_our_reader(text) == expected


def test_many_pieces_give_the_same_rows_and_lines_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f'"A{number}\n{number}";2026Q3;12-17;drugs;ja;{number}' for number in range(3000)]
    content = text_file(JEUGD_HEADER, *rows)
    whole = rows_of(content)
    monkeypatch.setattr("pipelines.intake.reading.decoding.BLOCK", 1000)
    monkeypatch.setattr("pipelines.intake.reading.delimited.PIECE", 5000)
    assert rows_of(content).equals(whole)
    assert whole["source_row"].to_list() == list(range(2, 6002, 2))


def test_a_file_on_disk_reads_as_its_bytes_do(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(jeugd_csv())
    assert open_extract(tmp_path / "x", NAME, JEUGD).rows.collect().equals(rows_of(jeugd_csv()))


@pytest.mark.parametrize(("over", "refused"), [(-1, False), (0, False), (1, True)])
def test_the_limits_on_a_text_file_hold_at_one_below_at_and_above(monkeypatch: pytest.MonkeyPatch, over: int, refused: bool) -> None:
    content = jeugd_csv()
    for limit, size in {"MOST_BYTES_TEXT": len(content), "MOST_COLUMNS": 6, "MOST_CELLS_TEXT": 13 * 6, "MOST_ROWS_TEXT": 13}.items():
        monkeypatch.setattr(limits, limit, size - over)
        if refused:
            with pytest.raises(DeliveryRefused, match=r"meer dan|groter dan"):
                read_extract(NAME, content, JEUGD)
        else:
            assert read_extract(NAME, content, JEUGD).height == 12
        monkeypatch.undo()


@pytest.mark.parametrize(("over", "refused"), [(-1, False), (0, False), (1, True)])
def test_the_longest_line_that_is_read_is_the_limit(monkeypatch: pytest.MonkeyPatch, over: int, refused: bool) -> None:
    monkeypatch.setattr("pipelines.intake.reading.decoding.BLOCK", 10)
    line = "A" * 100 + ";2026Q3;12-17;drugs;ja;7"
    monkeypatch.setattr(limits, "MOST_BYTES_LINE", len(line) - over)
    content = text_file(JEUGD_HEADER, line)
    if refused:
        with pytest.raises(DeliveryRefused, match="langer dan"):
            rows_of(content)
    else:
        assert rows_of(content).height == 1
