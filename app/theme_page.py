"""The page of a theme, the same for all themes: tiles, then one indicator in depth (detail.py). What it shows comes from the catalogue,
so a new entry appears without a change here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app import address, frame, outline, tiles, wording
from app.catalogue import Indicator
from app.detail import show_detail
from app.figures import Area
from app.notes import quarter_theme
from app.release import Release


def show_theme(theme: str, inside: Mapping[str, str] | None = None) -> None:
    """A whole theme page; `inside` has the pages that are reached from it, with the text of their links."""
    release = frame.release_in_view()
    indicators = [indicator for indicator in release.indicators if indicator.theme == theme]
    st.title(wording.theme_title(theme))
    for page, label in (inside or {}).items():
        st.page_link(page, label=label)
    if not indicators:
        frame.show_html(frame.note("Deze release heeft nog geen indicatoren voor dit thema.", "uitleg"))
        return
    if said := quarter_theme(release, theme):
        frame.show_html(frame.note(said, "uitleg"))
    area, region = choose_area(release)
    st.header("In het kort", anchor=False)
    show_tiles(release, indicators, area, region)
    st.header("Nader bekeken", anchor=False)
    show_detail(release, indicators, area, region)
    frame.show_rejected_address()


def choose_area(release: Release) -> tuple[Area, Area]:
    """The area of the page (`?gebied=`), and the region to compare with."""
    areas = outline.areas(release)
    region = next((area for area in areas.values() if area.level == "regio"), None)
    if region is None:
        region = Area("regio", "DH", "regio")
        areas = {region.code: region, **areas}
    address.seed("gebied", list(areas), region.code)
    st.selectbox("Gebied", list(areas), format_func=lambda code: areas[code].label, key="gebied", width=420)
    chosen = areas[address.publish("gebied", region.code)]
    frame.show_whose_figures(release, chosen.level, chosen.code)
    return chosen, region


def show_tiles(release: Release, indicators: Sequence[Indicator], area: Area, region: Area, pages: Mapping[str, str] | None = None) -> None:
    """A tile per indicator, at most three beside each other; `pages` names the page of a theme, to which the tile then links. Without links all
    tiles are one piece of HTML: 22 tiles as elements of their own cost a click as much as all charts together."""
    if pages is None:
        found = (tiles.tile(release, indicator, area, region) for indicator in indicators)
        frame.show_html('<div class="km-tiles">', *(f'<div class="km-card">{tile}</div>' for tile in found), "</div>")
        return
    for start in range(0, len(indicators), 3):
        row = indicators[start : start + 3]
        for column, indicator in zip(st.columns(3), row, strict=False):
            with column:
                show_tile(release, indicator, area, region, pages.get(indicator.theme), wording.theme_title(indicator.theme))


def show_tile(release: Release, indicator: Indicator, area: Area, region: Area, page: str | None, kicker: str) -> None:
    """One tile, with a few words above its name, and a link to the page where the figure is shown in depth."""
    with st.container(border=True, height="stretch"):
        frame.show_html(tiles.tile(release, indicator, area, region, kicker))
        if page:
            st.page_link(page, label="Kaart, verloop en tabel", query_params={"indicator": indicator.id})
