"""Corrections of known source errors: applied in sight, expired when the partner mended it, and refused when they are wrong."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest

from data_contracts import contract_of
from pipelines.intake import register
from pipelines.intake.corrections import CorrectionsInvalid, read_corrections
from pipelines.intake.judging import find_broken, judge_landed
from pipelines.intake.overview import overview_deliveries
from pipelines.intake.receiving import keep
from pipelines.resources import Settings
from tests.pipelines.intake.extracts import jeugd_csv, jeugd_rows

JEUGD = contract_of("politie_jeugd_verdachten")
ID = JEUGD.terms().delivery
HEADER = "delivery,period,where,column,action,found,value,reason,reported_to,reported_at,status"
ROWS = jeugd_rows(teams=tuple(f"{district}{number}" for district in "ABC" for number in range(1, 8)))
WRONG = ROWS[0].rsplit(";", 1)[0] + ";7000"  # A1, 12-17, drugs, ja
TODAY = dt.date(2026, 11, 22)
WHERE = "basisteam_woonplaats=A1; leeftijd=12-17; delict=drugs; first_offender=ja"
REPLACE = f'{ID},2026Q3,"{WHERE}",aantal,vervang,7000,7,tikfout in de bron,Politie,2026-10-20,gemeld'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


def deliver(settings: Settings, *rows: str, name: str = f"{ID}_2026Q3.csv") -> None:
    with register.open_register(settings.register) as lines:
        keep(settings, lines, JEUGD, name, jeugd_csv(*rows), origin="inbox", note="Aangeleverd via de inbox")


def correct(settings: Settings, *lines: str, header: str = HEADER) -> None:
    settings.corrections.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")


def counted(settings: Settings) -> int:
    return int(pl.read_parquet(settings.accepted / ID / "*.parquet").filter(basisteam_woonplaats="A1", leeftijd="12-17", first_offender=True)["aantal"].sum())


def test_a_value_is_replaced_counted_listed_and_told_without_the_value(settings: Settings) -> None:
    deliver(settings, WRONG, *ROWS[1:])
    correct(settings, REPLACE)
    outcome = judge_landed(settings, JEUGD)
    assert counted(settings) == 7
    assert find_broken(settings, JEUGD, outcome) == []
    (told,) = json.loads(outcome.lines[0]["corrected"])
    assert (told["rows"], told["state"], told["reason"]) == (1, "toegepast", "tikfout in de bron")
    (answer,) = (settings.feedback / ID).glob("*.txt")
    assert "tikfout in de bron (toegepast, 1 rij, gemeld aan Politie op 2026-10-20)" in answer.read_text()
    shown = answer.read_text() + json.dumps(told) + overview_deliveries(settings, TODAY).write_csv()
    assert "7000" not in shown


def test_another_correction_judges_the_delivery_again_and_the_same_one_does_not(settings: Settings) -> None:
    deliver(settings, WRONG, *ROWS[1:])
    judge_landed(settings, JEUGD)
    assert counted(settings) == 7000
    correct(settings, REPLACE)
    assert [notice.status for notice in judge_landed(settings, JEUGD).notices] == ["accepted"]
    assert judge_landed(settings, JEUGD).notices == []
    settings.corrections.unlink()
    judge_landed(settings, JEUGD)
    assert counted(settings) == 7000


def test_a_correction_has_expired_when_the_partner_mended_the_cell(settings: Settings) -> None:
    deliver(settings, WRONG, *ROWS[1:])
    deliver(settings, *ROWS, name=f"{ID}_2026Q3_verbeterd.csv")
    correct(settings, REPLACE.replace(",7,", ",8,"))
    lines = judge_landed(settings, JEUGD).lines
    assert [[each["state"] for each in json.loads(line["corrected"])] for line in lines] == [["toegepast"], ["vervallen"]]
    (row,) = overview_deliveries(settings, TODAY).filter(delivery=ID).to_dicts()
    assert "vervallen" in row["correction_text"]
    assert (row["corrections"], row["correction_state"]) == (1, "1 vervallen")


def test_an_unreadable_value_can_be_mended_and_a_cell_emptied(settings: Settings) -> None:
    deliver(settings, ROWS[0].rsplit(";", 1)[0] + ";zeven", *ROWS[1:])
    correct(settings, REPLACE.replace("7000", "zeven"))
    assert judge_landed(settings, JEUGD).total("rows_accepted") == len(ROWS)
    correct(settings, f'{ID},2026Q3,"{WHERE}",aantal,leeg,zeven,,onbruikbaar,,,open')
    assert judge_landed(settings, JEUGD).total("rows_quarantined") == 1


def test_a_row_is_left_out_and_does_not_count_as_bad(settings: Settings) -> None:
    deliver(settings, *jeugd_rows())  # one of twelve rows is more than the tolerance
    correct(settings, f'{ID},2026Q3,"basisteam_woonplaats=A1;leeftijd=12-17;first_offender=ja",,verwijder rij,,,testregel,,,open')
    outcome = judge_landed(settings, JEUGD)
    assert [outcome.total(f"rows_{what}") for what in ("in", "accepted", "quarantined")] == [12, 11, 1]


def test_a_correction_of_another_period_or_delivery_changes_nothing(settings: Settings) -> None:
    deliver(settings, WRONG, *ROWS[1:])
    other = REPLACE.replace(ID, "comensha_slachtoffers").replace(WHERE, "melder=politie").replace("aantal", "sector")
    correct(settings, REPLACE.replace("2026Q3", "2026Q2"), other)
    outcome = judge_landed(settings, JEUGD)
    assert counted(settings) == 7000
    assert json.loads(outcome.lines[0]["corrected"]) == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (REPLACE.replace(ID, "onzin"), "levering 'onzin' bestaat niet"),
        (REPLACE.replace("2026Q3", "2026Q7x"), "periode '2026Q7x' is geen periode"),
        (REPLACE.replace("aantal", "getal"), "kolom 'getal' hoort niet bij de levering"),
        (REPLACE.replace("vervang", "verander"), "actie 'verander' bestaat niet; kies uit vervang, leeg, verwijder rij"),
        (REPLACE.replace("vervang", "leeg"), "actie 'leeg' heeft geen `value`"),
        (REPLACE.replace("7000,7,", "7000,,"), "wil een nieuwe waarde"),
        (REPLACE.replace("tikfout in de bron", ""), "`reason` is leeg"),
        (REPLACE.replace("2026-10-20", "20-10-2026"), "`reported_at` is geen datum"),
        (REPLACE.replace(",gemeld", ",klaar"), "status 'klaar' bestaat niet"),
        (REPLACE.replace(WHERE, ""), "`where` is leeg"),
        (REPLACE.replace(WHERE, "basisteam"), "`where` moet de vorm"),
        (REPLACE.replace("leeftijd=", "lengte="), "`where` noemt kolom 'lengte'"),
        (REPLACE + ",te,veel", "er staan meer cellen dan kolommen"),
    ],
)
def test_a_wrong_line_stops_judging_and_is_named_without_its_values(settings: Settings, line: str, says: str) -> None:
    correct(settings, REPLACE, line)
    with pytest.raises(CorrectionsInvalid) as error:
        judge_landed(settings, JEUGD)
    assert says in str(error.value)
    assert "corrections.csv: regel 3: " in str(error.value)
    assert "7000" not in str(error.value)


def test_a_wrong_heading_is_named(settings: Settings) -> None:
    correct(settings, header=HEADER.replace("reason", "reden"))
    with pytest.raises(CorrectionsInvalid, match="de kopregel moet deze kolommen hebben"):
        read_corrections(settings.corrections)


def test_a_file_saved_by_a_spreadsheet_with_semicolons_and_a_mark_is_read(settings: Settings) -> None:
    line = ";".join([ID, "2026Q3", f'"{WHERE}"', "aantal", "vervang", "7000", "7", "tikfout", "", "", "open"])
    settings.corrections.write_bytes(b"\xef\xbb\xbf" + f"{HEADER.replace(',', ';')}\r\n{line}\r\n".encode())
    (correction,) = read_corrections(settings.corrections)
    assert correction.conditions()["leeftijd"] == "12-17"


def test_no_file_means_no_corrections(settings: Settings) -> None:
    assert read_corrections(settings.corrections) == ()
