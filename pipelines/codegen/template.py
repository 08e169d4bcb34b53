"""The workbook that a partner without a data team fills in: one row of headings with lists and checks below it.

The first sheet holds the delivery and nothing else, since that is what is read. Excel makes a date of `12-17` and of
`2026-09`: columns of words and periods are text. Every text is written as text (`write_string`), so that no cell is a formula.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterator
from typing import Any

from data_contracts.base import Contract
from pipelines.codegen.areas import Areas
from pipelines.codegen.columns import BOUND, Column, columns_of
from pipelines.codegen.text import contact_of

SHEET, EXPLANATION, LISTS = "Levering", "Uitleg", "Lijsten"
LAST_ROW = 5_000  # rows that have their list and check; a partner with more has an export of its own
WRITTEN = dt.datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook has no time zone; fixed, so that the same contract gives the same file
TEXT, PLAIN, DATE = "@", "General", "dd-mm-yyyy"
FORMATS = {"count": PLAIN, "number": PLAIN, "date": DATE}
LONGEST_MESSAGE = 255  # Excel's own limit
LINE_HEIGHT = 15


def template_xlsx(contract: type[Contract], areas: Areas) -> bytes:
    """The workbook: sheets Levering, Uitleg and (hidden) Lijsten."""
    import xlsxwriter

    terms, columns = contract.terms(), columns_of(contract, areas)
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.set_properties({"title": f"Sjabloon {terms.delivery}", "subject": f"versie {terms.version}", "created": WRITTEN})
        sheet, explanation, lists = (book.add_worksheet(name) for name in (SHEET, EXPLANATION, LISTS))
        bold = {wanted: book.add_format({"bold": True, "bg_color": "#DDE5F2" if wanted else "#F1F1F1", "border": 1}) for wanted in (True, False)}
        formats = {form: book.add_format({"num_format": form}) for form in (TEXT, PLAIN, DATE)}
        for index, column in enumerate(columns):
            sheet.set_column(index, index, max(14, len(column.name) + 4), formats[FORMATS.get(column.kind, TEXT)])
            sheet.write_string(0, index, column.name, bold[column.is_mandatory])
            sheet.write_comment(0, index, _comment(column), {"x_scale": 2, "y_scale": 1.5, "author": "Ketenmonitor"})
            _write_list(lists, index, column)
            if check := _check(column, index):
                sheet.data_validation(1, index, LAST_ROW, index, check)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        for printed in (sheet, explanation):
            printed.set_paper(9)  # A4
            printed.set_landscape()
            printed.fit_to_pages(1, 0)
        lists.hide()
        _explain(explanation, book, contract, columns)
    return data.getvalue()


def _comment(column: Column) -> str:
    lines = [column.description, f"{'Verplicht' if column.is_mandatory else 'Mag leeg zijn'}: {column.form}."]
    return "\n".join([*lines, f"Keuze: {', '.join(column.values)}"] if column.kind == "several" else lines)


def _write_list(lists: Any, index: int, column: Column) -> None:
    for row, value in enumerate(_choices(column)):
        lists.write_string(row, index, value)


def _choices(column: Column) -> tuple[str, ...]:
    return ("ja", "nee") if column.kind == "flag" else column.values if column.kind in ("category", "area") else ()


def _check(column: Column, index: int) -> dict[str, Any] | None:
    """What Excel checks while typing; None for a column that takes any text or several words of a list."""
    from xlsxwriter.utility import xl_col_to_name

    letter, choices = xl_col_to_name(index), _choices(column)
    rule = {"validate": "list", "source": f"={LISTS}!${letter}$1:${letter}${len(choices)}"} if choices else _rule(column, f"{letter}2")
    return rule and rule | {
        "ignore_blank": not column.is_mandatory,
        "error_title": "Dit past niet",
        "error_message": f"Vul in: {column.form}."[:LONGEST_MESSAGE],
        # an area may merge or be split before there is a new template: there the list warns and does not forbid
        "error_type": "warning" if column.kind == "area" else "stop",
    }


def _rule(column: Column, cell: str) -> dict[str, Any] | None:
    limits = column.limits
    match column.kind:
        case "count" if column.is_bounded:
            return _formula(f'OR({cell}="{BOUND}",IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),FALSE))')
        case "count":
            return {"validate": "integer", "criteria": ">=", "value": 0}
        case "number" if "maximum" in limits:
            return {"validate": "decimal", "criteria": "between", "minimum": limits["minimum"], "maximum": limits["maximum"]}
        case "number":
            return {"validate": "decimal", "criteria": ">=", "value": limits["minimum"]}
        case "date":
            first, last = (dt.date.fromisoformat(str(limits[option])) for option in ("minimum", "maximum"))
            return {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}
        case "year":
            return _formula(f"AND(LEN({cell})=4,ISNUMBER(VALUE({cell})))")
        case "quarter":
            return _formula(f'AND(LEN({cell})=6,MID({cell},5,1)="Q",ISNUMBER(VALUE(LEFT({cell},4))),ISNUMBER(FIND(RIGHT({cell},1),"1234")))')
        case "month":
            return _formula(f'AND(LEN({cell})=7,MID({cell},5,1)="-",ISNUMBER(VALUE(LEFT({cell},4))),VALUE(RIGHT({cell},2))<=12)')
        case "school_year":
            return _formula(f'AND(LEN({cell})=7,MID({cell},5,1)="/",VALUE(RIGHT({cell},2))=MOD(VALUE(LEFT({cell},4))+1,100))')
        case _:
            return None


def _formula(formula: str) -> dict[str, Any]:
    return {"validate": "custom", "value": f"={formula}"}


def _explanation(contract: type[Contract], columns: list[Column]) -> Iterator[tuple[str, str, str]]:
    terms = contract.terms()
    yield (terms.title, "", "")
    yield ("Levering", terms.delivery, f"versie {terms.version}")
    yield ("Bestandsnaam", f"{terms.delivery}_<periode>.xlsx", "Laat de naam zo beginnen en zet de periode erachter.")
    yield ("Vragen", contact_of(terms), "")
    yield ("Let op", "Nooit een BSN, naam, geboortedatum, adres, e-mailadres of telefoonnummer van een persoon.", "")
    yield ("", "", "")
    yield ("Kolom", "Betekenis", "Wat u invult")
    for column in columns:
        choice = f": {', '.join(column.values)}" if column.values and column.kind != "area" else ""
        yield (column.name, column.description, f"{'Verplicht' if column.is_mandatory else 'Mag leeg zijn'}: {column.form}{choice}.")
    for rule in contract.rules():
        yield ("Regel", " + ".join(rule.columns), f"Een rij wordt afgekeurd met de melding: {rule.sentence}.")


def _explain(sheet: Any, book: Any, contract: type[Contract], columns: list[Column]) -> None:
    wrapped, heading = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 2, 60)
    for row, cells in enumerate(_explanation(contract, columns)):
        sheet.set_row(row, LINE_HEIGHT * max(1, *(math.ceil(len(text) / 55) for text in cells)))  # not every program fits rows by itself
        for index, text in enumerate(cells):
            sheet.write_string(row, index, text, heading if row == 0 or cells[0] == "Kolom" else wrapped)
