"""CSV as it comes: titles, headers, units and footers around the table are told from its rows, in StatLine downloads too."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from data_contracts import contract_of
from pipelines.intake.convert import convert
from pipelines.intake.reading import open_extract, read_extract
from pipelines.intake.refusal import DeliveryRefused
from tests.pipelines.intake.extracts import JEUGD_HEADER, jeugd_rows
from tests.pipelines.intake.text_files import NAME, guesses_of, rows_of, text_file

JEUGD = contract_of("politie_jeugd_verdachten")
MISDRIJVEN = contract_of("politie_misdrijven")


@pytest.mark.parametrize(
    "footer",
    [
        ["Bron: Politie"],
        ["", "Bron: Politie; peildatum 1 juli"],
        ["Toelichting:", "de cijfers zijn voorlopig", "en worden herzien"],
        ["© CBS"],
        ["* voorlopige cijfers"],
        ["Bron: Politie;;;;;"],
        ["Peildatum 01-07-2026", ""],
    ],
)
def test_footers_are_left_out(footer: list[str]) -> None:
    assert rows_of(text_file(JEUGD_HEADER, *jeugd_rows(), *footer)).height == 12


def test_a_gemeente_that_begins_like_a_footer_stays() -> None:
    assert rows_of(text_file("Regio's;Perioden;Geregistreerde misdrijven", "Bronckhorst;2023;", "Delft;2023;5"), MISDRIJVEN).height == 2


def test_a_units_row_below_the_header_is_left_out_and_recorded() -> None:
    content = text_file(JEUGD_HEADER, ";;;;;aantal", *jeugd_rows())
    assert rows_of(content).height == 12
    assert guesses_of(content)["eenhedenregel"] == 2


def test_a_header_over_two_rows_is_put_together() -> None:
    content = text_file("basisteam_woonplaats;kwartaal;Verdachte;;first;", ";;leeftijd;delict;offender;aantal", *jeugd_rows())
    extract = read_extract(NAME, content, JEUGD)
    assert [heading.lower() for heading in extract.headings][:4] == ["basisteam_woonplaats", "kwartaal", "leeftijd", "delict"]
    assert extract.height == 12


def test_a_column_that_stands_above_the_table_is_a_column() -> None:
    content = text_file("Misdrijven", "Perioden: 2023*", "Regio's;Geregistreerde misdrijven", "Delft;5", "Gouda;7")
    extract = read_extract("x.csv", content, MISDRIJVEN)
    assert extract.guesses["uit het titelblok"] == "Perioden"
    assert extract.rows.collect()["Perioden"].to_list() == ["2023*", "2023*"]


def test_what_stands_above_the_table_does_not_replace_a_column() -> None:
    content = text_file("Perioden: 2020", "Regio's;Perioden;Geregistreerde misdrijven", "Delft;2023;5")
    assert rows_of(content, MISDRIJVEN)["Perioden"].to_list() == ["2023"]


def test_a_statline_download_becomes_one_row_per_region_and_year(open_data: Path) -> None:
    (path,) = open_data.glob("crime/politie_47013NED_*.csv")
    rows = open_extract(path, path.name, MISDRIJVEN).rows.collect()
    assert rows.filter(pl.col("Regio's") == "'s-Gravenhage (gemeente)").select("Perioden", "Geregistreerde misdrijven").rows() == [
        ("2022", "37463"),
        ("2023", "37483"),
    ]
    assert not rows["Regio's"].str.starts_with("Bron:").any()
    assert rows["source_row"].n_unique() == rows.height


STATLINE = ['"Misdrijven; gemeente"', '"Perioden: 2024*"', '"";"Onderwerp"', '"";"Geregistreerde misdrijven"', '"Regio\'s";"aantal"']


def test_a_statline_download_of_one_year_takes_the_year_from_its_title() -> None:
    extract = read_extract("x.csv", text_file(*STATLINE, '"Delft";"5"', '"Urk";"."', '"Bron: CBS"'), MISDRIJVEN)
    rows = extract.rows.collect()
    assert rows.select("source_row", "Regio's", "Geregistreerde misdrijven", "Perioden").rows() == [(6, "Delft", "5", "2024*")]
    typed, failures = convert(rows.rename({"Regio's": "regio", "Perioden": "jaar", "Geregistreerde misdrijven": "misdrijven"}), MISDRIJVEN)
    assert typed.select("regio", "jaar", "misdrijven").rows() == [("Delft", "2024", 5)]
    assert failures.is_empty()


def test_a_torn_row_of_a_statline_download_is_refused() -> None:
    with pytest.raises(DeliveryRefused, match="regel 7"):
        rows_of(text_file(*STATLINE, '"Delft";"5"', '"Gouda"', '"Leiden";"6"'), MISDRIJVEN)


def test_missing_signs_in_number_columns_are_counted() -> None:
    rows = ["A1;2026Q3;12-17;drugs;ja;x", "B1;2026Q3;12-17;drugs;ja;n.b.", "C1;2026Q3;12-17;drugs;ja;-", "D1;2026Q3;12-17;drugs;ja;5"]
    assert guesses_of(text_file(JEUGD_HEADER, *rows))["tekens voor ontbrekend"] == 3
