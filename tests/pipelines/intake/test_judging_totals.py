"""Totals rows: recognised, held against every column that they fill, and left out; a wrong one refuses the file."""

from __future__ import annotations

import pytest

from data_contracts import contract_of
from data_contracts.base import Contract
from pipelines.intake.checking import Verdict, judge
from pipelines.intake.reading import read_extract
from pipelines.intake.refusal import DeliveryRefused
from tests.pipelines.intake.extracts import jeugd_csv, jeugd_rows

JEUGD, ONLINE, HALT, CBS = (contract_of(name) for name in ("politie_jeugd_verdachten", "politie_online_registraties", "halt_verwijzingen", "cbs_bevolking"))
ROWS = jeugd_rows()  # A1: 4 × 7, D1: 4 × 8, onbekend: 4 × 9


def verdict_of(contract: type[Contract], *lines: str) -> Verdict:
    content = ("\n".join([";".join(contract.kinds()), *lines]) + "\n").encode()
    name = f"{contract.terms().delivery}.csv"
    return judge(name, read_extract(name, content, contract), contract)


def counted(contract: type[Contract], *lines: str) -> tuple[int, int, int]:
    verdict = verdict_of(contract, *lines)
    return verdict.accepted, verdict.quarantined, verdict.totals


def refused(contract: type[Contract], *lines: str) -> str:
    with pytest.raises(DeliveryRefused) as error:
        verdict_of(contract, *lines)
    assert error.value.rule == "totaal"
    return error.value.sentence


@pytest.mark.parametrize("word", ["Totaal", "TOTAAL:", " totaal ", "Eindtotaal", "Totaal generaal", "Subtotaal", "Total"])
def test_a_total_of_all_rows_is_recognised_in_many_words(word: str) -> None:
    assert counted(JEUGD, *ROWS, f"{word};;;;;96") == (12, 0, 1)
    assert "de totaalregel (regel 14) klopt niet met de som van kolom 'aantal'" in refused(JEUGD, *ROWS, f"{word};;;;;97")


def test_a_total_may_stand_in_any_label_and_above_its_rows() -> None:
    assert counted(JEUGD, ";;Totaal;;;96", *ROWS) == (12, 0, 1)
    assert counted(JEUGD, *ROWS, "Alle teams;Totaal;;;;96") == (12, 0, 1)


def test_subtotals_by_label_are_held_against_the_rows_of_that_label() -> None:
    subtotals = ("A1;2026Q3;Totaal;drugs;;28", "onbekend;2026Q3;Totaal;;;36", "Totaal;2026Q3;12-17;;;48", "Totaal D1 Zoetermeer;;;;;32")
    assert counted(JEUGD, *ROWS, *subtotals, "Totaal;;;;;96") == (12, 0, 5)
    for place, line in enumerate(subtotals):
        wrong = [*subtotals[:place], line[:-2] + "11", *subtotals[place + 1 :]]
        assert f"(regel {14 + place})" in refused(JEUGD, *ROWS, *wrong)


def test_a_subtotal_below_its_rows_needs_no_label() -> None:
    lines = (*ROWS[:4], "Subtotaal;;;;;28", *ROWS[4:8], "Subtotaal;;;;;32", *ROWS[8:], "Subtotaal;;;;;36", "Eindtotaal;;;;;96")
    assert counted(JEUGD, *lines) == (12, 0, 4)
    assert "2 totaalregels (de eerste: regel 10) kloppen niet" in refused(JEUGD, *lines[:6], *lines[7:])  # a row is missing


def test_every_count_and_amount_of_a_total_is_held_against_its_parts() -> None:
    rows = [f"A{team};2026-09;bankhelpdeskfraude;melding;60+;{team};{team},05" for team in range(1, 4)]
    assert counted(ONLINE, *rows, "Totaal;;;;;6;6,15") == (3, 0, 1)
    assert counted(ONLINE, *rows, "Totaal;;;;;6;6,16") == (3, 0, 1)  # each amount was rounded to a cent
    assert counted(ONLINE, *rows, "Totaal;;;;;6;") == (3, 0, 1)
    assert "kolom 'schadebedrag' over" in refused(ONLINE, *rows, "Totaal;;;;;6;7,15")
    assert "kolom 'aantal' en 'schadebedrag' over" in refused(ONLINE, *rows, "Totaal;;;;;5;7,15")


def test_a_bounded_part_leaves_the_total_room() -> None:
    rows = ["Delft;2026Q3;12-13;drugs;<5;<5;<5", "Delft;2026Q3;14-15;drugs;10;8;7"]
    for said in ("10;8;7", "14;12;11", "12;<15;9"):
        assert counted(HALT, *rows, f"Totaal;;;;{said}") == (2, 0, 1)
    for said in ("15;8;7", "9;8;7", "12;13;9"):
        refused(HALT, *rows, f"Totaal;;;;{said}")


def test_a_category_that_is_called_totaal_is_no_totals_row() -> None:
    assert counted(CBS, "GM0518;2026;totaal;totaal;560000", "GM0503;2026;totaal;totaal;106000") == (2, 0, 0)


def test_an_unreadable_part_is_told_as_such_and_not_as_a_wrong_total() -> None:
    many = jeugd_rows(teams=tuple(f"{district}{number}" for district in "ABC" for number in range(1, 8)))
    total = sum(int(row.rsplit(";", 1)[1]) for row in many)
    assert counted(JEUGD, *many, "A9;2026Q3;12-17;drugs;ja;veel", f"Totaal;;;;;{total + 5}") == (84, 1, 1)
    refused(JEUGD, *many, "A9;2026Q3;12-17;drugs;ja;veel", f"Totaal;;;;;{total - 5}")


def test_a_file_of_totals_rows_only_is_empty() -> None:
    with pytest.raises(DeliveryRefused) as error:
        judge("x.csv", read_extract("x.csv", jeugd_csv("Totaal;;;;;0"), JEUGD), JEUGD)
    assert error.value.rule == "leeg"
