"""Personal data is refused at the door; the refusal names column, kind and number of rows, never the value."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts import contract_of
from data_contracts.base import Contract
from pipelines.intake.identifiers import eleven_test
from pipelines.intake.personal_headings import kind_of_heading
from pipelines.intake.reading import Extract
from pipelines.intake.refusal import DeliveryRefused
from pipelines.intake.screening import Finding, refuse_personal_data, screen

JEUGD = contract_of("politie_jeugd_verdachten")
ONLINE = contract_of("politie_online_registraties")
RSIV = contract_of("rsiv_activiteiten")


def extract(**columns: Sequence[object]) -> Extract:
    height = len(next(iter(columns.values())))
    return Extract.of(pl.DataFrame({"source_row": range(2, height + 2), **columns}))


def kinds(heading: str, *values: object, contract: type[Contract] = JEUGD, name: str = "x_2026Q3.csv") -> set[str]:
    return {finding.kind for finding in screen(name, extract(**{heading: list(values)}), contract)}


def bsn(eight: str) -> str | None:
    rest = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), eight, strict=True)) % 11
    return eight + str(rest) if rest < 10 and int(eight) else None


def passes(number: str) -> bool:
    return bool(pl.DataFrame({"number": [number]}).select(eleven_test(pl.col("number"))).item())


@pytest.mark.parametrize(
    ("heading", "value", "kind"),
    [
        ("kenmerk", "111222333", "een BSN"),
        ("kenmerk", "111.222.333", "een BSN"),
        ("kenmerk", "1112.22.333", "een BSN"),
        ("kenmerk", "dossier 111 222 333 (oud)", "een BSN"),
        ("kenmerk", "111\u200b222\u200b333", "een BSN"),
        ("kenmerk", "１１１２２２３３３", "een BSN"),
        ("kenmerk", "12345684", "een BSN"),
        ("BSN", "geheim", "een BSN"),
        ("Geboortedatum", "", "een geboortedatum"),
        ("datum", "03-05-1994", "een geboortedatum"),
        ("delict", "geb. 3 mei 1994", "een geboortedatum"),
        ("kenmerk", "19940503", "een geboortedatum"),
        ("plaats", "2511 CB", "een volledige postcode"),
        ("plaats", "2511cb", "een volledige postcode"),
        ("plaats", "2511 CB 14", "een volledige postcode"),
        ("plaats", "Kerkstraat 14a", "een adres"),
        ("contact", "jan@voorbeeld.nl", "een e-mailadres"),
        ("contact", "jan (at) voorbeeld.nl", "een e-mailadres"),
        ("contact", "bel 06-12345678", "een telefoonnummer"),
        ("contact", "+31 70 1234567", "een telefoonnummer"),
        ("contact", "+49 30 901820", "een telefoonnummer"),
        ("rekening", "NL91 ABNA 0417 1643 00", "een IBAN"),
        ("Achternaam", "x", "een naam"),
        ("kolom", "Fatima el Amrani", "een naam"),
        ("kolom", "J. de Vries", "een naam"),
        ("kolom", "verslag door mevrouw Xquil", "een naam"),
        ("delict", "Xaviera Quispel", "een naam"),
        ("leeftijd", "de jongen is door zijn oom meegenomen", "vrije tekst"),
    ],
)
def test_what_looks_like_personal_data_is_refused_without_its_value(heading: str, value: str, kind: str) -> None:
    with pytest.raises(DeliveryRefused, match=f"lijkt {kind} te bevatten") as refused:
        refuse_personal_data("x_2026Q3.csv", extract(**{heading: ["gewoon", value]}), JEUGD)
    assert refused.value.rule == "persoonsgegevens"
    assert f"kolom '{heading}'" in str(refused.value)
    assert len(value) < 3 or value not in str(refused.value)


@pytest.mark.parametrize(
    "value",
    [
        *("Webinar 2025 in Delft", "WEBINAR 2025 IN DELFT", "1500 VO leerlingen", "GM0518", "2026Q3", "202509", "20260912", "RSIV-2026-014", "S-4f2a9c81"),
        *("1.234.567,89", "03-05-2026", "06-12-2026 10:30", "123456789012", "18-23", "123456789", "09/123456-26", "PL1500-2026123456", "0,123456782"),
        *("Johan de Witt College", "Jan Hendrikstraat", "Alphen aan den Rijn", "Week van de veiligheid", "Stichting de Haven", "sinds 1 januari 2009"),
    ],
)
def test_ordinary_cells_pass(value: str) -> None:
    assert kinds("kolom", value) == set()


def test_every_hit_of_a_file_is_named_at_once_with_its_number_of_rows() -> None:
    found = screen("x.csv", extract(kenmerk=["111222333", "a", "111222333"], contact=["06-12345678", "b", "jan@voorbeeld.nl"], plaats=["c", "d", "e"]), JEUGD)
    assert found == [Finding("'kenmerk'", "een BSN", 2), Finding("'contact'", "een telefoonnummer", 1), Finding("'contact'", "een e-mailadres", 1)]


def test_a_heading_that_holds_personal_data_is_told_by_its_place() -> None:
    with pytest.raises(DeliveryRefused, match="kolom nummer 2 lijkt") as refused:
        refuse_personal_data("x.csv", extract(**{"gewoon": ["a"], "jan@voorbeeld.nl": ["piet@voorbeeld.nl"]}), JEUGD)
    assert "voorbeeld" not in str(refused.value)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("Geb. datum verdachte", "een geboortedatum"), ("voorNaam", "een naam"), ("Naam slachtoffer", "een naam"), ("tel.nr", "een telefoonnummer")],
)
def test_a_heading_alone_says_that_a_column_is_personal(heading: str, kind: str) -> None:
    assert kind_of_heading(heading) == kind


@pytest.mark.parametrize("heading", ["Naam school", "gemeentenaam", "aantal", "datum", "adressering", "Naam activiteit"])
def test_a_heading_of_something_else_says_nothing(heading: str) -> None:
    assert kind_of_heading(heading) is None


@pytest.mark.parametrize(
    "sums",
    [
        ["123.456.782,00", "98.765,00", "500,50"],
        ["123456782", "223456783", "323456784", "423456785"],
        ["1234567,82", "1000,50"],
        [str(120_000_000 + 1013 * number) for number in range(500)],
    ],
)
def test_a_sum_of_nine_digits_that_passes_the_eleven_test_is_no_bsn_in_a_column_of_sums(sums: list[str]) -> None:
    assert kinds("schadebedrag", *sums, contract=ONLINE) == set()


@pytest.mark.parametrize("sums", [["111222333", "98.765,00", "500,50"], ["111222333", "9800", "1500"]])
def test_a_bsn_that_does_not_belong_among_the_sums_is_found(sums: list[str]) -> None:
    assert kinds("schadebedrag", *sums, contract=ONLINE) == {"een BSN"}


def test_serial_numbers_of_which_one_in_eleven_passes_are_no_bsns_but_a_column_of_bsns_is() -> None:
    serial = [str(120_000_000 + 1013 * number) for number in range(500)]
    real = [number for number in (bsn(f"{11_000_000 + 37 * place}") for place in range(80)) if number]
    assert kinds("kenmerk", *serial) == set()
    assert kinds("kenmerk", *serial[: len(real)], *real) == {"een BSN"}


def test_hexadecimal_pseudonyms_are_neither_bsn_nor_postcode() -> None:
    assert kinds("kenmerk", "1b1e3056", "12345684", "1998ba68", "a741acea", "6e096fc4", "653f7cd5") == set()


def test_a_column_of_names_is_found_by_its_share_of_listed_names() -> None:
    assert kinds("kolom", "Jan", "Zwaantje", "Mohammed", "Roelfien", "Fatima", "Sjoukje") == {"een naam"}


def test_typed_columns_of_parquet_are_looked_at_as_well() -> None:
    assert kinds("kenmerk", 111222333, 4, 5) == {"een BSN"}
    assert kinds("aantal", 111222333.0, 4.5, 5.0) == {"een BSN"}
    assert kinds("datum", dt.date(1994, 5, 3), dt.date(2026, 7, 1)) == {"een geboortedatum"}
    assert kinds("vlag", True, None) == set()


def test_a_file_of_which_not_every_row_can_be_seen_does_not_pass() -> None:
    whole = extract(kenmerk=["a", "b"])
    with pytest.raises(DeliveryRefused, match="beschadigd"):
        screen("x.csv", dataclasses.replace(whole, height=3), JEUGD)


def test_dates_are_old_beside_the_year_that_the_file_name_tells() -> None:
    assert kinds("datum", "03-05-2015", name="x_2026Q3.csv") == {"een geboortedatum"}
    assert kinds("datum", "03-05-2015", name="x_2016Q3.csv") == set()


def test_a_contract_may_allow_contact_details_in_a_column_but_never_a_bsn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RSIV, "_terms", dataclasses.replace(RSIV.terms(), allowed={"doelgroep": "reden"}))
    assert kinds("doelgroep", "bel Jan de Vries, 06-12345678", "jan@voorbeeld.nl", contract=RSIV) == set()
    assert kinds("doelgroep", "Jan de Vries, 111222333", contract=RSIV) == {"een BSN"}
    assert kinds("activiteit", "bel 06-12345678", contract=RSIV) == {"een telefoonnummer"}


def test_sentences_may_stand_in_a_text_column_of_the_contract_only() -> None:
    sentence = "Het is een training over wat je ziet en wie je dan belt"
    assert kinds("activiteit", sentence, contract=RSIV) == set()
    assert kinds("gemeente", sentence, contract=RSIV) == {"vrije tekst"}


@given(st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_every_number_that_the_tax_office_could_issue_is_caught(eight: str) -> None:
    number = bsn(eight)
    if number is not None:
        assert passes(number)
        assert "een BSN" in kinds("delict", number)


@given(st.from_regex(r"[0-9]{8}", fullmatch=True), st.integers(min_value=1, max_value=9))
def test_one_wrong_last_digit_is_no_bsn(eight: str, shift: int) -> None:
    number = bsn(eight)
    if number is not None:
        assert not passes(number[:8] + str((int(number[8]) + shift) % 10))
