"""A partner that fills in the template gets past our own door and contract, and nothing in the workbook is a formula."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import polars as pl
import pytest
from typer.testing import CliRunner

from data_contracts import all_contracts
from data_contracts.base import Contract
from pipelines.cli import app
from pipelines.codegen.areas import areas_by_level
from pipelines.codegen.columns import columns_of
from pipelines.codegen.generating import ROOT
from pipelines.codegen.template import SHEET, template_xlsx
from pipelines.sample.makers import MAKERS

AREAS = areas_by_level(ROOT / "dbt_project" / "seeds" / "areas.csv")
DELIVERED = [contract for contract in all_contracts() if not contract.terms().is_fetched]
EACH = pytest.mark.parametrize("contract", DELIVERED, ids=lambda contract: contract.terms().delivery)
DATA, EXPLANATION, LISTS = (f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3))
SERIAL_ZERO = dt.date(1899, 12, 30)


def members(workbook: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def cell(value: object, style: str) -> str:
    """A cell as Excel writes it when somebody types a value in a column of the template."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f'<c s="{style}"><v>{(value - SERIAL_ZERO).days}</v></c>'
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'<c s="{style}"><v>{value}</v></c>'
    text = {True: "ja", False: "nee"}.get(value, value) if isinstance(value, bool) else value
    return f'<c s="{style}" t="inlineStr"><is><t>{escape(str(text))}</t></is></c>'


def filled(workbook: bytes, rows: pl.DataFrame) -> bytes:
    """The template with rows below its headings."""
    parts = members(workbook)
    styles = ["0"] * rows.width
    for first, last, style in re.findall(r'<col min="(\d+)" max="(\d+)"[^>]*style="(\d+)"', parts[DATA]):
        styles[int(first) - 1 : int(last)] = [style] * (int(last) - int(first) + 1)
    lines = []
    for number, row in enumerate(rows.iter_rows(), start=2):
        cells = (
            cell(value, style).replace("<c ", f'<c r="{chr(65 + index)}{number}" ', 1) for index, (value, style) in enumerate(zip(row, styles, strict=True))
        )
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    parts[DATA] = parts[DATA].replace("</sheetData>", f"{''.join(lines)}</sheetData>")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return data.getvalue()


@EACH
def test_good_rows_in_the_template_pass_the_door_and_the_contract(contract: type[Contract], tmp_path: Path) -> None:
    delivery = contract.terms().delivery
    rows = MAKERS[delivery](2025, 1, 1.0).head(12).select(list(contract.kinds()))
    file = tmp_path / f"{delivery}.xlsx"
    file.write_bytes(filled(template_xlsx(contract, AREAS), rows))
    checked = CliRunner().invoke(app, ["--data-dir", str(tmp_path / "data"), "check", str(file), "--delivery", delivery, "--json"])
    assert checked.exit_code == 0, checked.output
    answer = json.loads(checked.output)
    assert (answer["rows"], answer["quarantined"]) == (rows.height, 0)


@EACH
def test_the_template_is_small_and_the_same_on_every_run(contract: type[Contract]) -> None:
    first, second = (template_xlsx(contract, AREAS) for _ in range(2))
    assert first == second
    assert len(first) < 15_000


@EACH
def test_every_column_has_its_heading_comment_and_check(contract: type[Contract]) -> None:
    parts, columns = members(template_xlsx(contract, AREAS)), columns_of(contract, AREAS)
    texts = re.findall(r"<t[^>]*>([^<]*)</t>", parts["xl/sharedStrings.xml"])
    headings = [texts[int(index)] for index in re.findall(r"<v>(\d+)</v>", parts[DATA])]
    assert headings == [column.name for column in columns]
    assert parts["xl/comments1.xml"].count("<comment ") == len(columns)
    free = [column for column in columns if column.kind in ("text", "several")]
    assert parts[DATA].count("<dataValidation ") == len(columns) - len(free)
    assert "<pane " in parts[DATA]


@EACH
def test_no_cell_of_the_template_is_a_formula(contract: type[Contract]) -> None:
    parts = members(template_xlsx(contract, AREAS))
    assert not [name for name in (DATA, EXPLANATION, LISTS) if "<f>" in parts[name]]
    assert not [name for name in parts if "external" in name.lower()]


def test_the_data_stand_on_the_first_sheet_and_the_lists_are_hidden() -> None:
    book = members(template_xlsx(DELIVERED[0], AREAS))["xl/workbook.xml"]
    names = re.findall(r'<sheet name="(\w+)"[^>]*?(state="hidden")?(?: r:id|/)', book)
    assert names[0] == (SHEET, "")
    assert ("Lijsten", 'state="hidden"') in names


def test_every_area_of_a_list_is_an_area_that_the_house_knows() -> None:
    aliases = pl.read_csv(ROOT / "dbt_project" / "seeds" / "area_aliases.csv")
    known = set(zip(aliases["area_level"], aliases["alias"], strict=True))
    used = {str(field["level"]) for contract in DELIVERED for field in contract.kinds().values() if field["kind"] == "area"}
    assert used <= set(AREAS)
    assert [(level, name) for level in used for name in AREAS[level] if (level, name.lower()) not in known] == []
