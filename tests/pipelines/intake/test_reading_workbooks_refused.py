"""Workbooks that are refused: more than cells, entities, more cells than can be opened safely, and half a file."""

from __future__ import annotations

import pytest
import xlsxwriter

from pipelines.intake import limits
from pipelines.intake.reading.archives import open_archive
from pipelines.intake.reading.workbook_look import look_at_workbook
from pipelines.intake.refusal import DeliveryRefused
from tests.pipelines.intake.workbooks import HEADER, ROW, ods, ods_row, read, table, with_part, xlsx


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("xl/vbaProject.bin", "macro's"),
        ("xl/macrosheets/sheet1.xml", "macro's"),
        ("xl/externalLinks/externalLink1.xml", "koppelingen naar andere bestanden"),
        ("xl/connections.xml", "koppelingen naar andere bestanden"),
        ("xl/embeddings/oleObject1.bin", "ingesloten objecten"),
    ],
)
def test_a_workbook_with_more_than_cells_is_refused_by_name(part: str, says: str) -> None:
    with pytest.raises(DeliveryRefused, match=says):
        read(with_part(table(HEADER, ROW), part, b"<x/>"))


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml", "docProps/core.xml"])
@pytest.mark.parametrize("text", [BOMB, BOMB.decode().encode("utf-16")])
def test_a_document_type_with_entities_is_refused_before_it_is_read(part: str, text: bytes) -> None:
    with pytest.raises(DeliveryRefused, match="documenttype of entiteiten"):
        read(with_part(table(HEADER, ROW), part, text))


def test_a_link_to_another_file_among_the_relations_is_refused() -> None:
    relation = b'<Relationships><Relationship Id="r1" Type="x/attachedTemplate" Target="file://server/x" TargetMode="External"/></Relationships>'
    with pytest.raises(DeliveryRefused, match="koppelingen naar andere bestanden"):
        read(with_part(table(HEADER, ROW), "xl/worksheets/_rels/sheet1.xml.rels", relation))


def test_a_hyperlink_in_an_explanation_is_no_reason_to_refuse() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("Uitleg").write_url(0, 0, "https://example.org")
        page = book.add_worksheet()
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ROW)

    assert read(xlsx(fill)).height == 1


@pytest.mark.parametrize("extra", ['<!DOCTYPE x [<!ENTITY a "b">]>'])
def test_ods_with_entities_scripts_or_sources_is_refused(extra: str) -> None:
    for content in (
        ods(ods_row(*HEADER) + ods_row(*ROW), extra),
        ods(ods_row(*HEADER) + ods_row(*ROW), Basic__script_xml="<x/>"),
        ods('<table:table-source table:table-name="elders"/>' + ods_row(*HEADER) + ods_row(*ROW)),
    ):
        with pytest.raises(DeliveryRefused, match="wordt niet geopend"):
            read(content, "x.ods")


def test_a_small_workbook_that_declares_billions_of_cells_is_refused_before_it_is_opened() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write("A1", 1)
        page.write("XFD1048576", 1)

    with pytest.raises(DeliveryRefused, match="te groot om veilig te openen"):
        read(xlsx(fill))


@pytest.mark.parametrize(
    "rows",
    [
        ods_row(7, repeated=5_000_000),
        '<table:table-row><table:table-cell office:value-type="float" office:value="7" table:number-columns-repeated="5000000"/></table:table-row>',
    ],
)
def test_an_ods_that_repeats_a_cell_without_end_is_refused(rows: str) -> None:
    with pytest.raises(DeliveryRefused, match="te groot om veilig te openen"):
        read(ods(ods_row(*HEADER) + rows), "x.ods")


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
@pytest.mark.parametrize(("over", "refused"), [(-1, False), (0, False), (1, True)])
def test_the_limit_on_cells_holds_at_one_below_at_and_above(monkeypatch: pytest.MonkeyPatch, suffix: str, over: int, refused: bool) -> None:
    content = table(HEADER, ROW) if suffix == "xlsx" else ods(ods_row(*HEADER) + ods_row(*ROW))
    monkeypatch.setattr(limits, "MOST_CELLS", 12 - over)
    with open_archive("x", content) as archive:
        if refused:
            with pytest.raises(DeliveryRefused, match="te groot"):
                look_at_workbook("x", archive)
        else:
            assert len(look_at_workbook("x", archive).sheets) == 1


def test_half_a_workbook_and_an_old_one_are_refused_with_a_sentence() -> None:
    whole = table(HEADER, ROW)
    for content, says in ((whole[: len(whole) // 2], "niet te lezen als .xlsx"), (b"\xd0\xcf\x11\xe0" + bytes(600), "wachtwoord beveiligd of een oude xls")):
        with pytest.raises(DeliveryRefused, match=says):
            read(content)
