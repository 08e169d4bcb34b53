"""A file that was sent as another delivery than it is: the answer names the right one."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_contracts import contract_of
from pipelines.intake.fitting import open_fitting
from pipelines.intake.refusal import DeliveryRefused
from tests.pipelines.intake.extracts import jeugd_csv

JEUGD = contract_of("politie_jeugd_verdachten")
ONLINE = b"basisteam;maand;delictsoort;soort;leeftijdsgroep_slachtoffer;aantal;schadebedrag\nA1;2026-09;hulpvraagfraude;melding;18-23;3;120\n"
VERWIJZINGEN = "naam;telefoon;adres\na;b;c\n".encode("cp1252")


def refusal(tmp_path: Path, content: bytes, delivery: str) -> DeliveryRefused:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(DeliveryRefused) as refused:
        open_fitting(path, "a.csv", contract_of(delivery))
    return refused.value


@pytest.mark.parametrize("delivery", ["politie_jeugd_verdachten", "halt_verwijzingen", "comensha_slachtoffers"])
def test_a_file_with_the_columns_of_another_delivery_is_told_which(tmp_path: Path, delivery: str) -> None:
    refused = refusal(tmp_path, ONLINE, delivery)
    assert refused.rule == "andere_levering"
    assert "de kolommen van de levering politie_online_registraties" in refused.sentence
    assert "hulpvraagfraude" not in refused.sentence


def test_a_file_that_is_of_no_delivery_gets_the_sentence_of_its_own(tmp_path: Path) -> None:
    assert refusal(tmp_path, VERWIJZINGEN, "politie_jeugd_verdachten").rule == "kolom_ontbreekt"


def test_a_file_that_lacks_one_column_is_not_taken_for_another_delivery(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\n".join(line.rpartition(b";")[0] for line in jeugd_csv().splitlines()))
    assert open_fitting(path, "a.csv", JEUGD).height == 12


def test_a_good_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(jeugd_csv())
    assert open_fitting(path, "a.csv", JEUGD).height == 12
