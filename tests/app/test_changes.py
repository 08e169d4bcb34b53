"""What changed between two releases, counted from what an audience may see of both."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import streamlit
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from app import changes
from app.release import VALUE_COLUMNS, Release
from tests.app.conftest import page_html
from tests.app.release_fixture import RELEASE_ID, write_release

OLDER = "2026-10-20T0900-0a1b"
ONE = (pl.col("area_code") == "DH") & (pl.col("dimension_1") == "totaal")


def with_values(release: Release, indicator_id: str, values: pl.DataFrame) -> Release:
    return dataclasses.replace(release, by_indicator={**release.by_indicator, indicator_id: values})


def test_a_release_has_no_changes_beside_itself(release: Release) -> None:
    assert changes.changes(release, release) == []
    assert changes.deliveries(release, release) == []


def test_every_kind_of_change_is_counted_once(release: Release) -> None:
    old = release.values_of("alg_misdrijven").with_columns(state=pl.when(ONE & (pl.col("period") == "2021")).then(pl.lit("voorlopig")).otherwise("state"))
    at = {period: ONE & (pl.col("period") == period) for period in ("2021", "2022", "2023")}
    new = release.values_of("alg_misdrijven").with_columns(
        state=pl.when(at["2022"]).then(pl.lit("geheim")).otherwise("state"),
        value=pl.when(at["2022"]).then(None).when(at["2023"]).then(pl.col("value") + 1).otherwise("value"),
    )
    more = new.head(1).with_columns(area_code=pl.lit("GM9999"))
    newer, older = with_values(release, "alg_misdrijven", pl.concat([new, more])), with_values(release, "alg_misdrijven", old)
    (change,) = changes.changes(newer, older)
    assert change[1:] == (1, 0, 1, 1, 1, 0)
    assert change.row == {
        "Indicator": "Geregistreerde misdrijven",
        "Nieuw": "1",
        "Vervallen": "",
        "Ander getal": "1",
        "Vastgesteld": "1",
        "Nu geheim": "1",
        "Nu getoond": "",
    }
    (back,) = changes.changes(older, newer)
    assert back[1:] == (0, 1, 1, 0, 0, 1)


@given(st.lists(st.sampled_from(["waarde", "voorlopig", "geheim", "onbekend"]), min_size=2, max_size=2))
@settings(max_examples=20, deadline=None)
def test_what_is_new_from_one_side_is_gone_from_the_other(states: list[str]) -> None:
    def frame(state: str, codes: list[str]) -> pl.DataFrame:
        rows = [["i", "gemeente", code, "jaar", "2023", "totaal", "totaal", "totaal", "totaal", state, 1.0, 1.0, None, None, None] for code in codes]
        return pl.DataFrame(rows, schema=dict.fromkeys(VALUE_COLUMNS, pl.String) | dict.fromkeys(VALUE_COLUMNS[-5:], pl.Float64), orient="row")

    new, old = frame(states[0], ["A", "B"]), frame(states[1], ["B", "C"])
    there, back = changes._change("i", new, old), changes._change("i", old, new)
    assert (there.new, there.gone, there.changed) == (back.gone, back.new, back.changed)
    assert (there.withheld, there.shown) == (back.shown, back.withheld)


def test_a_delivery_that_came_is_named_with_its_periods(release: Release) -> None:
    used = release.manifest["deliveries"]
    manifest = {**release.manifest, "deliveries": [{**used[0], "sha256": "1" * 64, "periods": ["2022", "2021", "2023"]}, *used[1:]]}
    ((title, span),) = changes.deliveries(dataclasses.replace(release, manifest=manifest), release)
    assert title == release.contract(used[0]["delivery"])["title"]
    assert span == "2021 tot en met 2023"


def test_the_page_compares_with_the_release_before_and_says_why_one_was_withdrawn(own_copy: Path, open_page: Callable[..., AppTest]) -> None:
    write_release(own_copy, OLDER, point=False)
    log = own_copy / "releases" / "withdrawn.jsonl"
    log.write_text(json.dumps({"id": OLDER, "reason": "Een levering was dubbel."}) + "\nhalf", encoding="utf-8")
    app = open_page("wijzigingen")
    assert not app.exception
    assert app.selectbox(key="vergelijk").value == OLDER
    html = page_html(app)
    assert "Geen enkel cijfer is veranderd." in html
    assert "Ingetrokken: Een levering was dubbel." in html


def test_a_first_release_has_nothing_to_compare_with_and_a_damaged_one_is_said(own_copy: Path, open_page: Callable[..., AppTest]) -> None:
    streamlit.cache_data.clear()  # another test compared releases of these names
    assert "Dit is de eerste release." in page_html(open_page("wijzigingen"))
    folder = write_release(own_copy, OLDER, point=False)
    (folder / "publiek" / "values.parquet").write_bytes(b"half")
    app = open_page("wijzigingen")
    assert not app.exception
    assert "Met deze release kan niet worden vergeleken." in page_html(app)
    assert RELEASE_ID in page_html(app)
