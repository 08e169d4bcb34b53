"""The files in the inbox: in what dress they come, and that the house's own reader gets back what was made."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import json
import zipfile
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from data_contracts.base import AT_LEAST, AT_MOST
from pipelines.intake.convert import convert
from pipelines.intake.reading import headings_of, normalise, open_extract
from pipelines.intake.screening import refuse_personal_data
from pipelines.sample import write_sample
from pipelines.sample.files import dress, file_name
from pipelines.sample.layouts import LARGE, Layout, choose_layout
from pipelines.sample.makers import MAKERS
from pipelines.sample.plan import COPY, PartnerFile, plan_files
from pipelines.sample.spelling import BOUND
from pipelines.sample.writing import STRANGE_KIND, final_rows

TODAY = dt.date(2026, 11, 22)
SEEDS = Path(__file__).parents[3] / "dbt_project" / "seeds"


@dataclasses.dataclass(frozen=True)
class Written:
    """A file of the sample with the rows it was made of and the layout it got."""

    file: PartnerFile
    rows: pl.DataFrame
    layout: Layout

    @property
    def name(self) -> str:
        return file_name(self.file, self.layout)

    def content(self) -> bytes:
        return b"".join(dress(self.rows, self.file.contract, self.file.period, self.layout, seed=2023))


@pytest.fixture(scope="module")
def written() -> list[Written]:
    years: dict[tuple[str, int], pl.DataFrame] = {}
    found = []
    for file in plan_files(TODAY):
        delivery = file.contract.terms().delivery
        made = years.get((delivery, file.year))
        if made is None:
            made = years[delivery, file.year] = MAKERS[delivery](file.year, 2023, 1.0)
        if made.height:
            rows = final_rows(file, made, 2023)
            found.append(Written(file, rows, choose_layout(file.contract, file.period, rows.height)))
    return found


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    write_sample(folder, today=TODAY)
    return folder


def test_the_inbox_holds_the_planned_files_and_nothing_half_written(inbox: Path, written: list[Written]) -> None:
    assert sorted(path.name for path in inbox.iterdir()) == sorted(one.name for one in written)
    assert all((inbox / one.name).stat().st_mtime == one.file.sent.timestamp() for one in written)


def test_every_format_that_partners_send_is_among_the_files(written: list[Written]) -> None:
    layouts = [one.layout for one in written]
    assert {layout.suffix for layout in layouts} == {"csv", "tsv", "txt", "xlsx", "ods", "parquet", "json"}
    assert {layout.encoding for layout in layouts} == {"utf-8", "utf-8-sig", "cp1252", "utf-16"}
    assert {layout.delimiter for layout in layouts} == {";", ",", "\t", "|"}
    assert {layout.line_end for layout in layouts} == {"\r\n", "\n", "\r"}
    for trait in ("title", "groups", "units", "footer", "totals", "bounds", "date_cells", "hidden", "zipped"):
        assert any(getattr(layout, trait) for layout in layouts), trait


def test_the_same_seed_gives_the_same_bytes(inbox: Path, written: list[Written]) -> None:
    for one in written:
        if one.rows.height > 300 or one.layout.zipped:
            continue  # the large ones are made by the same code, at ten times the cost
        assert one.content() == (inbox / one.name).read_bytes(), one.name


def test_a_copy_has_the_bytes_of_the_first(inbox: Path, written: list[Written]) -> None:
    copies = [one for one in written if one.file.note == COPY]
    assert copies
    for copy in copies:
        first = inbox / copy.name.replace(f"_{COPY}", "")
        members = (lambda path: zipfile.ZipFile(path).read(zipfile.ZipFile(path).namelist()[0])) if copy.layout.zipped else Path.read_bytes
        assert members(inbox / copy.name) == members(first), copy.name


def test_the_file_of_a_month_does_not_change_when_time_goes_on(written: list[Written], tmp_path: Path) -> None:
    name = "politie_online_registraties_2026-05.csv"
    write_sample(tmp_path, today=dt.date(2026, 7, 1))
    assert (tmp_path / name).read_bytes() == next(one for one in written if one.name == name).content()


def test_a_file_as_partners_send_it_reads_with_plain_polars(inbox: Path, written: list[Written]) -> None:
    path = inbox / "politie_online_registraties_2022.csv"
    raw = pl.read_csv(path.read_bytes(), separator=";", infer_schema=False, encoding="cp1252")
    assert b"\r\n" in path.read_bytes()
    assert raw.columns[0] == "Periode"
    assert raw["Periode"][0] == "01-2022"
    assert raw["Basisteam"][-1] == "Totaal"
    made = next(one for one in written if one.name == path.name).rows
    assert int(raw["Aantal"][-1]) == made["aantal"].sum() == raw["Aantal"].head(-1).cast(pl.Int64).sum()
    assert raw["Schadebedrag (euro)"].str.contains(r"^\d+,\d\d$").all()
    assert {"C-1", "Leiden Midden"} <= set(raw["Basisteam"])


def test_thousand_points_stand_in_counts_of_a_thousand_and_more(inbox: Path) -> None:
    content = (inbox / "politie_online_registraties_2023.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[-1].endswith(";7.936")


def test_a_workbook_has_an_explanation_first_and_a_merged_title_above_the_header(inbox: Path) -> None:
    book = CalamineWorkbook.from_path(str(inbox / "comensha_slachtoffers_2023.xlsx"))
    assert book.sheet_names == ["Toelichting", "Gegevens", "Definities"]
    assert str(book.get_sheet_by_name("Toelichting").to_python()[0][0]).startswith("Synthetische voorbeelddata")
    sheet = book.get_sheet_by_name("Gegevens")
    rows = sheet.to_python(skip_empty_area=False)
    assert sheet.merged_cell_ranges == [((0, 0), (0, 9))]
    assert str(rows[1][0]).startswith("Synthetische voorbeelddata")
    assert rows[3][:2] == ["Kwartaal", "Slachtoffer ID"]
    assert len({row[1] for row in rows[4:]}) == 56
    assert {str(row[0])[0:12] for row in rows[4:]} == {f"{number}e kwartaal "[:12] for number in range(1, 5)}


def test_an_ods_and_a_json_file_open_outside_the_house(inbox: Path, written: list[Written]) -> None:
    spreadsheet = next(one for one in written if one.layout.suffix == "ods")
    records = next(one for one in written if one.layout.suffix == "json")
    rows = CalamineWorkbook.from_path(str(inbox / spreadsheet.name)).get_sheet_by_name("Gegevens").to_python()
    assert [list(spreadsheet.file.contract.kinds())] == [row for row in rows if row[0] == next(iter(spreadsheet.file.contract.kinds()))]
    assert len(json.loads((inbox / records.name).read_bytes())) == records.rows.height


def test_small_counts_are_written_as_a_bound_by_some_partners_in_the_first_two_years_only(written: list[Written]) -> None:
    can_bound = [one for one in written if any(field.get("bounded") for field in one.file.contract.kinds().values())]
    bounded = [one for one in can_bound if one.layout.bounds]
    assert {one.file.period for one in bounded} == {"2021", "2022"}
    assert 5 <= len({one.file.contract for one in bounded}) < len({one.file.contract for one in can_bound})
    assert any(b"<5" in one.content() for one in bounded if one.layout.suffix == "csv")
    assert not [one.name for one in can_bound if one.file.year >= 2023 and one.layout.suffix == "csv" and b"<5" in one.content()]


def test_every_heading_is_a_name_or_an_alias_of_the_contract(written: list[Written]) -> None:
    for one in written:
        known = headings_of(one.file.contract)
        headings = (one.layout.headings or {column: column for column in one.rows.columns}).items()
        assert {known[normalise(heading)] for _, heading in headings} == set(one.file.contract.kinds()), one.name
        assert all(known[normalise(heading)] == column for column, heading in headings), one.name


def test_the_reader_of_the_house_gets_back_what_was_made(inbox: Path, written: list[Written]) -> None:
    codes = area_codes()
    for one in written:
        contract, kinds = one.file.contract, one.file.contract.kinds()
        extract = open_extract(inbox / one.name, one.name, contract)
        refuse_personal_data(one.name, extract, contract)
        known = headings_of(contract)
        texts = extract.rows.collect().rename({heading: known[normalise(heading)] for heading in extract.headings})
        areas = [column for column, field in kinds.items() if field["kind"] == "area"]
        texts = texts.filter(pl.col(areas[0]).fill_null("") != "Totaal") if areas else texts
        typed, failures = convert(texts, contract)
        strange = one.rows.filter(pl.col("delictsoort") == STRANGE_KIND).height if "delictsoort" in one.rows.columns else 0
        assert failures.height == strange, one.name
        read = typed.with_columns(pl.col(column).str.to_lowercase().replace(codes.get(str(kinds[column]["level"]), {})).str.to_lowercase() for column in areas)
        assert read.head(read.height - strange).select(list(kinds)).equals(expected(one).head(read.height - strange)), one.name


def expected(one: Written) -> pl.DataFrame:
    """The made rows as a reader can know them: a bounded count is unknown; area codes in lower case."""
    kinds = one.file.contract.kinds()
    hidden = [column for column, field in kinds.items() if field.get("bounded") and one.layout.bounds]
    areas = [column for column, field in kinds.items() if field["kind"] == "area"]
    return one.rows.select(list(kinds)).with_columns(
        *(pl.when(pl.col(column) >= BOUND).then(pl.col(column)) for column in hidden), *(pl.col(column).str.to_lowercase() for column in areas)
    )


def test_a_bounded_count_comes_back_with_its_bounds(inbox: Path, written: list[Written]) -> None:
    one = next(one for one in written if one.layout.bounds and one.name.startswith("halt_verwijzingen"))
    typed, _ = convert(open_extract(inbox / one.name, one.name, one.file.contract).rows.collect(), one.file.contract)
    small = typed.filter(pl.col("aantal").is_null())
    assert small.height == (one.rows["aantal"] < BOUND).sum() > 0
    assert small.select(f"aantal{AT_LEAST}", f"aantal{AT_MOST}").unique().rows() == [(0, BOUND - 1)]


def test_one_row_of_the_whole_sample_breaks_a_rule(written: list[Written]) -> None:
    strange = [(one.name, one.rows.filter(pl.col("delictsoort") == STRANGE_KIND).height) for one in written if "delictsoort" in one.rows.columns]
    assert [(name, count) for name, count in strange if count] == [("politie_online_registraties_2024.csv", 1)]


def test_no_file_writes_figures_about_hlt(inbox: Path) -> None:
    registers = ("partners", "meldroutes", "activiteiten", "acties", "kwartaalthemas", "duiding")
    assert not [path.name for path in inbox.glob("*.csv") if b"HLT" in path.read_bytes().upper() and not path.name.startswith(registers)]


def test_a_very_large_delivery_comes_as_plain_text(written: list[Written]) -> None:
    contract = written[0].file.contract
    assert choose_layout(contract, "2023", LARGE + 1) == Layout()


@pytest.mark.parametrize(("scale", "seed", "today"), [(0.5, 1, TODAY), (1.0, -1, TODAY), (1.0, 1, dt.date(2021, 1, 10))])
def test_what_cannot_be_made_is_refused_before_anything_is_written(tmp_path: Path, scale: float, seed: int, today: dt.date) -> None:
    with pytest.raises(ValueError, match=r"scale must be|no delivery is due"):
        write_sample(tmp_path, seed=seed, scale=scale, today=today)
    assert not list(tmp_path.iterdir())


def area_codes() -> dict[str, dict[str, str]]:
    """Per level every spelling that the house knows, in lower case, with the code it means (the alias seed of dbt)."""
    codes: dict[str, dict[str, str]] = {}
    with (SEEDS / "area_aliases.csv").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            codes.setdefault(line["area_level"], {})[line["alias"].lower()] = line["area_code"]
    return codes
