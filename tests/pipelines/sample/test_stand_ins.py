"""The stand-ins for open data have the shape of the services and say that they are synthetic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data_contracts.context.cbs_bevolking import CbsBevolking
from data_contracts.context.politie_misdrijven import PolitieMisdrijven
from pipelines.intake.convert import convert
from pipelines.intake.reading import read_extract
from pipelines.sample import stand_in_bevolking, stand_in_misdrijven
from pipelines.sample.areas import GEMEENTEN


def test_the_region_of_the_crime_stand_in_is_the_sum_of_its_gemeenten() -> None:
    lines = [line.split(";") for line in stand_in_misdrijven([2022, 2023]).decode().replace('"', "").splitlines()]
    assert "synthetisch" in ";".join(lines[0])
    assert lines[4] == ["Perioden", "2022", "2023"]
    values = {line[0]: [int(number) for number in line[1:]] for line in lines[6:-1]}
    assert len(values) == 27 + 2
    gemeenten = [numbers for name, numbers in values.items() if name not in {"Nederland", "Den Haag (RE)"}]
    assert values["Den Haag (RE)"] == [sum(column) for column in zip(*gemeenten, strict=True)]
    assert {"'s-Gravenhage (gemeente)", "Rijswijk (ZH.)"} <= values.keys()


def test_the_crime_stand_in_starts_and_ends_like_the_real_download(open_data: Path) -> None:
    real = (open_data / "crime" / "politie_47013NED_misdrijven_gemeente_2022_2023.csv").read_text(encoding="utf-8").splitlines()
    made = stand_in_misdrijven([2022, 2023]).decode().splitlines()
    assert made[1:6] == real[1:6]
    assert made[6].startswith('"Nederland";"')
    assert made[-1].startswith('"Bron: ')


def test_the_reader_of_the_house_reads_the_crime_stand_in() -> None:
    extract = read_extract("stand_in.csv", stand_in_misdrijven(range(2022, 2026)), PolitieMisdrijven)
    assert extract.height == 29 * 4


@pytest.mark.parametrize(("slice_", "groups"), [("totaal", 1), ("geslacht", 2), ("kinderen", 12), ("jongeren", 12), ("24-41", 18), ("42-59", 18)])
def test_the_reader_of_the_house_reads_the_population_stand_in(slice_: str, groups: int) -> None:
    content = stand_in_bevolking(slice_)
    assert content == stand_in_bevolking(slice_)
    assert json.loads(content)["source"] == "synthetisch"
    typed, failures = convert(read_extract("stand_in.json", content, CbsBevolking).rows.collect(), CbsBevolking)
    assert failures.is_empty()
    assert typed.height == 27 * 8 * groups
    CbsBevolking.validate(typed.drop("source_row"), lazy=True)


def test_the_young_are_a_plausible_share_of_the_totals_that_are_given() -> None:
    rows = json.loads(stand_in_bevolking("jongeren", {("GM0503", 2023): 106_086, ("GM0637", 2023): 126_998}))["value"]
    share = {
        (code, age): next(row["Value"] for row in rows if row["RegioS"] == code and row["Perioden"] == "2023JJ00" and row["Leeftijd"] == age) / people
        for code, people in (("GM0503", 106_086), ("GM0637", 126_998))
        for age in ("11400", "12000")
    }
    assert 0.010 < share["GM0503", "11400"] < 0.013
    assert 0.010 < share["GM0637", "12000"] < 0.013
    assert share["GM0503", "12000"] > 0.02  # students of Delft


def test_a_stand_in_of_everybody_keeps_to_the_totals_that_are_given() -> None:
    totals = {(gemeente.code, 2024): 1_000 + place for place, gemeente in enumerate(GEMEENTEN)}
    rows = json.loads(stand_in_bevolking("totaal", totals))["value"]
    assert {row["RegioS"]: row["Value"] for row in rows if row["Perioden"] == "2024JJ00"} == {code: people for (code, _), people in totals.items()}


def test_men_and_women_are_everybody_and_a_plausible_part_is_60_or_older() -> None:
    def people(slice_: str) -> dict[str, int]:
        """By gemeente, on 1 January 2024."""
        rows = [row for row in json.loads(stand_in_bevolking(slice_))["value"] if row["Perioden"] == "2024JJ00"]
        return {gemeente.code: sum(row["Value"] for row in rows if row["RegioS"] == gemeente.code) for gemeente in GEMEENTEN}

    everybody, ages = people("totaal"), [people(slice_) for slice_ in ("kinderen", "jongeren", "24-41", "42-59")]
    assert people("geslacht") == everybody
    assert all(0.15 < 1 - sum(part[code] for part in ages) / count < 0.35 for code, count in everybody.items())  # 27% in the Netherlands


def test_another_slice_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown slice"):
        stand_in_bevolking("ouderen")
