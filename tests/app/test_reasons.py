"""Why figures differ from those of the release before, as far as two releases tell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from app.release import Release
from app.werkgroep import reasons

INDICATOR, SOURCE, NAME = "mh_slachtoffers", "comensha_slachtoffers", "Geregistreerde (mogelijke) slachtoffers mensenhandel"


def before(release: Release, *, late: bool = False, figures: bool = True, quality: dict[str, Any] | None = None, **manifest: Any) -> Release:
    """The release as it could have been a month ago: the figures of one indicator other, and parts of its manifest."""
    values = release.values_of(INDICATOR)
    if figures:
        values = values.with_columns(pl.col("value") + 1)
    deliveries = release.deliveries
    if late:
        deliveries = deliveries.with_columns(pl.when(pl.col("delivery") == SOURCE).then(pl.lit("te laat")).otherwise("status").alias("status"))
    held = release.manifest | manifest
    return replace(release, by_indicator=release.by_indicator | {INDICATOR: values}, deliveries=deliveries, manifest=held, quality=quality or release.quality)


def files(release: Release, **other: Any) -> list[dict[str, Any]]:
    return [one | other if one["delivery"] == SOURCE else one for one in release.manifest["deliveries"]]


def catalogue(release: Release, **other: Any) -> list[dict[str, Any]]:
    return [one | other if one["indicator_id"] == INDICATOR else one for one in release.manifest["catalogue"]]


def told(new: Release, old: Release) -> list[tuple[str, list[str]]]:
    return [(one.change.name, one.kinds) for one in reasons.explain(new, old)]


def test_a_new_file_of_periods_that_were_there_is_a_revision(release: Release) -> None:
    old = before(release, deliveries=files(release, sha256="1" * 64))
    assert told(release, old) == [(NAME, ["Revisie"])]
    assert "over 3e kwartaal 2021 tot en met 3e kwartaal 2026, ontvangen op 20 november 2026" in reasons.explain(release, old)[0].row["Waardoor"]


@pytest.mark.parametrize(("late", "kind"), [(True, "Te late levering"), (False, "Nieuwe levering")])
def test_a_file_of_new_periods_is_late_when_it_was_owed_before(late: bool, kind: str, release: Release) -> None:
    old = before(release, late=late, deliveries=files(release, sha256="1" * 64, periods=["2019Q1", "2020Q4"]))
    assert told(release, old) == [(NAME, [kind])]


def test_a_first_file_is_a_new_delivery(release: Release) -> None:
    old = before(release, deliveries=[one for one in release.manifest["deliveries"] if one["delivery"] != SOURCE])
    assert told(release, old) == [(NAME, ["Nieuwe levering"])]


@pytest.mark.parametrize("change", [{"version": "0.9.0"}, {"definition": "Anders."}, {"per": 1000.0}])
def test_another_catalogue_entry_is_another_definition(change: dict[str, Any], release: Release) -> None:
    assert told(release, before(release, catalogue=catalogue(release, **change))) == [(NAME, ["Definitie"])]


def test_another_version_of_a_contract_is_another_definition(release: Release) -> None:
    contracts = [one | {"version": "0.9.0"} if one["delivery"] == SOURCE else one for one in release.manifest["contracts"]]
    assert told(release, before(release, contracts=contracts)) == [(NAME, ["Definitie"])]


def test_a_mended_error_at_the_source_is_a_correction(release: Release) -> None:
    finding = {"id": f"delivery_without_corrections:{SOURCE}", "delivery": SOURCE, "severity": "let op", "sentence": "Hersteld: 1."}
    assert told(release, before(release, quality={"findings": [finding]})) == [(NAME, ["Correctie"])]


@pytest.mark.parametrize("about", [{"indicator_id": INDICATOR, "delivery": SOURCE}, {"indicator_id": None, "delivery": SOURCE}])
def test_an_exclusion_is_a_decision_and_so_is_its_end(about: dict[str, Any], release: Release) -> None:
    excluded = [{"finding": "x", "decision": "uitgesloten", "area_code": None, "period": None} | about]
    assert told(release, before(release, decisions=excluded)) == [(NAME, ["Besluit"])]
    assert told(before(release, decisions=excluded), release) == [(NAME, ["Besluit"])]


def test_what_only_became_final_or_was_withheld_has_that_as_its_reason(release: Release) -> None:
    def with_states(now: str, then: str, *, number: bool) -> Release:
        values = release.values_of(INDICATOR)
        gone = pl.col("state") == then
        columns = [pl.when(gone).then(pl.lit(now)).otherwise("state").alias("state")]
        columns += [] if number else [pl.when(gone).then(None).otherwise(name).alias(name) for name in ("value", "numerator", "denominator")]
        return replace(release, by_indicator=release.by_indicator | {INDICATOR: values.with_columns(columns)})

    assert told(with_states("waarde", "voorlopig", number=True), release) == [(NAME, ["Vastgesteld"])]
    assert told(with_states("geheim", "voorlopig", number=False), release) == [(NAME, ["Bescherming"])]


def test_what_nobody_can_explain_says_so_and_comes_first(release: Release) -> None:
    old = before(release)
    assert told(release, old) == [(NAME, ["Onbekend waardoor"])]
    halt = release.values_of("oc_registraties").with_columns(pl.col("value") + 1)
    other = replace(old, by_indicator=old.by_indicator | {"oc_registraties": halt}, manifest=old.manifest | {"deliveries": files(release, sha256="1" * 64)})
    found = reasons.explain(release, other)
    assert [one.kinds for one in found] == [["Onbekend waardoor"], ["Revisie"]]
    assert reasons.totals(found) == "Onbekend waardoor: 1 indicator. Revisie: 1 indicator."


def test_equal_releases_have_nothing_to_explain(release: Release) -> None:
    assert reasons.explain(release, before(release, figures=False)) == ()
