"""The files in the inbox: which there are, in what dress, and that the house's own reader gets back what was made."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from pipelines.intake.convert import convert
from pipelines.intake.reading import headings_of, normalise, read_extract
from pipelines.intake.screening import refuse_personal_data
from pipelines.sample import write_sample
from pipelines.sample.files import dress
from pipelines.sample.writing import PartnerFile, plan_files

TODAY = dt.date(2026, 11, 22)
SEEDS = Path(__file__).parents[3] / "dbt_project" / "seeds"


@pytest.fixture(scope="module")
def files() -> list[PartnerFile]:
    return plan_files(2023, 1.0, TODAY)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    write_sample(folder, today=TODAY)
    return folder


def periods(paths: list[PartnerFile], delivery: str) -> list[str]:
    return sorted(file.period for file in paths if file.contract.terms().delivery == delivery)


def test_past_years_are_one_file_and_the_current_year_a_file_per_period_that_is_due(files: list[PartnerFile]) -> None:
    years = ["2022", "2023", "2024", "2025"]
    assert periods(files, "comensha_slachtoffers") == sorted([*years, "2023Q4", "2026Q1", "2026Q2", "2026Q3"])
    assert periods(files, "politie_online_registraties") == [*years, *(f"2026-{month:02d}" for month in range(1, 11))]
    assert periods(files, "politie_jeugd_verdachten") == [*years, "2026Q1", "2026Q2", "2026Q3"]
    assert periods(files, "gemeente_basisniveau") == years
    assert periods(files, "rsiv_activiteiten") == [*years, "2026Q1", "2026Q2", "2026Q3"]


def test_in_january_the_last_year_is_not_whole_yet_and_comes_in_parts() -> None:
    files = plan_files(2023, 1.0, dt.date(2026, 1, 10))
    assert periods(files, "comensha_slachtoffers")[-3:] == ["2025Q1", "2025Q2", "2025Q3"]
    assert "2025-11" in periods(files, "politie_online_registraties")
    assert "2025-12" not in periods(files, "politie_online_registraties")


def test_files_were_sent_one_after_another_and_never_after_today(inbox: Path, files: list[PartnerFile]) -> None:
    sent = [(inbox / file.name).stat().st_mtime for file in files]
    assert sent == sorted(set(sent))
    assert dt.datetime.fromtimestamp(sent[-1], dt.UTC).date() <= TODAY
    assert not [path for path in inbox.iterdir() if path.name not in {file.name for file in files}]  # no half-written file left


def test_the_early_fourth_quarter_came_before_the_year_that_replaces_it(inbox: Path) -> None:
    early, final = (next(inbox.glob(f"comensha_slachtoffers_{period}.*")) for period in ("2023Q4", "2023"))
    assert early.stat().st_mtime < final.stat().st_mtime


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(inbox: Path, files: list[PartnerFile]) -> None:
    for file, other in zip(files, plan_files(1, 1.0, TODAY), strict=True):
        if file.rows.height > 500:
            continue  # the large ones are made by the same code, at ten times the cost
        assert dress(file.rows, file.contract, file.period, file.layout, seed=2023) == (inbox / file.name).read_bytes(), file.name
        assert not file.rows.equals(other.rows), file.name


def test_the_file_of_a_month_does_not_change_when_time_goes_on(files: list[PartnerFile]) -> None:
    earlier = next(file for file in plan_files(2023, 1.0, dt.date(2026, 7, 1)) if file.name == "politie_online_registraties_2026-05.csv")
    now = next(file for file in files if file.name == earlier.name)
    assert earlier.rows.equals(now.rows)


def test_a_file_as_partners_send_it_reads_with_plain_polars(inbox: Path, files: list[PartnerFile]) -> None:
    path = inbox / "politie_online_registraties_2022.csv"
    raw = pl.read_csv(path.read_bytes(), separator=";", infer_schema=False, encoding="cp1252")
    assert b"\r\n" in path.read_bytes()
    assert raw.columns[0] == "Periode"
    assert raw["Periode"][0] == "01-2022"
    assert raw["Basisteam"][-1] == "Totaal"
    made = next(file for file in files if file.name == path.name).rows
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


def test_every_heading_is_a_name_or_an_alias_of_the_contract(files: list[PartnerFile]) -> None:
    for file in files:
        known = headings_of(file.contract)
        headings = (file.layout.headings or {column: column for column in file.rows.columns}).items()
        assert {known[normalise(heading)] for _, heading in headings} == set(file.contract.kinds()), file.name
        assert all(known[normalise(heading)] == column for column, heading in headings), file.name


def test_the_reader_of_the_house_gets_back_what_was_made(inbox: Path, files: list[PartnerFile]) -> None:
    codes = area_codes()
    for file in files:
        extract = read_extract(file.name, (inbox / file.name).read_bytes(), file.contract)
        refuse_personal_data(file.name, extract)
        known = headings_of(file.contract)
        texts = extract.rows.rename({heading: known[normalise(heading)] for heading in extract.rows.columns if heading != "source_row"})
        areas = [column for column, field in file.contract.kinds().items() if field["kind"] == "area"]
        texts = texts.filter(pl.col(areas[0]).fill_null("") != "Totaal")
        typed, failures = convert(texts, file.contract)
        spelled = {column: typed[column].str.to_lowercase().replace_strict(codes[str(file.contract.kinds()[column]["level"])]) for column in areas}
        read = typed.drop("source_row").with_columns(**spelled)
        strange = file.rows.filter(pl.col("delictsoort") == "datingfraude").height if "delictsoort" in file.rows.columns else 0
        assert failures.height == strange, file.name
        made = file.rows.select(read.columns).head(file.rows.height - strange)
        assert read.head(read.height - strange).equals(made), file.name


def test_one_row_of_the_whole_sample_breaks_a_rule(files: list[PartnerFile]) -> None:
    strange = [(file.name, file.rows.filter(pl.col("delictsoort") == "datingfraude").height) for file in files if "delictsoort" in file.rows.columns]
    assert [(name, count) for name, count in strange if count] == [("politie_online_registraties_2024.csv", 1)]


def test_no_file_writes_figures_about_hlt(inbox: Path) -> None:
    assert not [path.name for path in inbox.glob("*.csv") if b"HLT" in path.read_bytes().upper()]


def test_a_scale_of_three_gives_about_three_times_the_rows_and_the_same_2023() -> None:
    counted = ("politie_online_registraties", "politie_jeugd_verdachten")
    plain, larger = ({file.name: file.rows for file in plan_files(2023, scale, TODAY) if file.contract.terms().delivery in counted} for scale in (1.0, 3.0))
    ratio = sum(rows.height for rows in larger.values()) / sum(rows.height for rows in plain.values())
    assert 2.7 < ratio < 3.3
    assert all(larger[name].equals(plain[name]) for name in plain if name.split(".")[0].endswith("_2023"))


def test_a_scale_of_twenty_adds_rows_that_count_nothing() -> None:
    from pipelines.sample.counts import online_registraties

    plain, denser = (online_registraties(2025, seed=2023, rows=rows) for rows in (1.0, 4.0))
    assert denser.height == pytest.approx(4 * plain.height, rel=0.01)
    assert denser["aantal"].sum() == plain["aantal"].sum()


@pytest.mark.parametrize(("scale", "seed", "today"), [(0.5, 1, TODAY), (1.0, -1, TODAY), (1.0, 1, dt.date(2022, 1, 20))])
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
