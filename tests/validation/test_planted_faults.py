"""The machinery of the benchmark of planted faults (`python -m tests.benchmarks faults`) plants one, and knows what names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.faults import DOOR, Fault, Said, false_alarms, how_found, sort_into_worlds, write_world
from tests.benchmarks.planted import FAULTS, never_came, times
from validation.checks import Finding

YOUTH = Fault("a halved quarter", "politie_jeugd_verdachten", times("aantal", 0.5))


def said(severity: str = "waarschuwing", delivery: str = YOUTH.delivery, partner: str = YOUTH.partner) -> Said:
    finding = Finding("figures_in_line_with_past:x", severity, "plausibiliteit", delivery, partner, "x", None, "2026Q3", "Zin.", 1)  # type: ignore[arg-type]
    return Said({finding.id: finding}, {"nla_meldingen": "te_veel_fouten"})


def test_a_fault_changes_the_newest_file_of_its_delivery_and_no_other(tmp_path: Path) -> None:
    for name, faults in (("right", ()), ("wrong", (YOUTH,))):
        write_world(tmp_path / name, 1, faults, only=(YOUTH.delivery,))
    differ = [path.name for path in sorted((tmp_path / "right").iterdir()) if path.read_bytes() != (tmp_path / "wrong" / path.name).read_bytes()]
    assert [name.split(".")[0] for name in differ] == ["politie_jeugd_verdachten_2026Q3"]


def test_a_file_that_never_came_is_not_there_and_a_fault_needs_its_file(tmp_path: Path) -> None:
    late = Fault("late", YOUTH.delivery, never_came)
    write_world(tmp_path, 1, [late], only=(YOUTH.delivery,))
    assert not list(tmp_path.glob("*2026Q3*"))
    with pytest.raises(ValueError, match="has no file 1999"):
        write_world(tmp_path, 1, [Fault("none", YOUTH.delivery, never_came, file="1999")], only=(YOUTH.delivery,))


@pytest.mark.parametrize(
    ("world", "faultless", "found"),
    [
        (said(), Said(), "figures_in_line_with_past"),
        (said(), said(), None),
        (said("let op"), Said(), None),
        (said(partner="Halt"), Said(), None),
        (said(delivery="om_zaken"), Said(), None),
    ],
)
def test_only_a_new_finding_with_delivery_partner_and_severity_counts(world: Said, faultless: Said, found: str | None) -> None:
    assert how_found(YOUTH, world, faultless) == found


def test_a_fault_for_the_door_counts_when_its_file_is_refused() -> None:
    assert how_found(Fault("signs", "nla_meldingen", times("aantal", -1), DOOR), said(), Said()) == "te_veel_fouten"
    assert how_found(Fault("signs", "om_zaken", times("aantal", -1), DOOR), said(), Said()) is None


def test_late_open_data_is_the_samples_own_design_and_any_other_warning_a_false_alarm() -> None:
    late = {
        f"delivery_on_time:{name}": Finding(f"delivery_on_time:{name}", "waarschuwing", "tijdigheid", name, "CBS", None, None, None, "Zin.", 1)
        for name in ("cbs_gebieden", "om_zaken")
    }
    assert [finding.delivery for finding in false_alarms(Said(late))] == ["om_zaken"]
    assert false_alarms(said("let op")) == []


def test_at_least_forty_faults_of_twelve_deliveries_are_planted_each_once_in_a_world() -> None:
    assert len(FAULTS) >= 40
    assert len({fault.delivery for fault in FAULTS}) >= 12
    assert sum(fault.severity != DOOR for fault in FAULTS) >= 25
    assert len({(fault.delivery, fault.name) for fault in FAULTS}) == len(FAULTS)
    worlds = sort_into_worlds(FAULTS)
    assert sum(map(len, worlds)) == len(FAULTS)
    assert all(len({fault.delivery for fault in world}) == len(world) for world in worlds)
