"""How one figure came: from the files of partners to this release, in the order in which it went."""

import streamlit as st

from app import address, detail, figures, frame, lineage, outline, theme_page, wording
from app.markup import plain
from app.release import Release


def show(release: Release) -> None:
    """The figure of the address (`?indicator=&gebied=&periode=`, and `categorie=` of an indicator without a total), and its steps."""
    by_id = {one.id: one for one in release.indicators}
    chooser = st.container(horizontal=True)
    first = next(iter(by_id))
    address.seed("indicator", list(by_id), first)
    chooser.selectbox("Indicator", list(by_id), format_func=lambda code: by_id[code].name, key="indicator", width=420)
    indicator = by_id[address.publish("indicator", first)]
    area, _ = theme_page.choose_area(release)
    by, category = detail.choose_category(release, indicator, chooser)
    periods = outline.periods(release, indicator, by, category)
    if not periods:
        frame.show_html(frame.note("Deze release heeft nog geen cijfers voor deze indicator.", "uitleg"))
        return
    usual = outline.default_period(release, indicator, by, category, next(iter(periods))) or next(iter(periods.values()))[0]
    every = [period for of_grain in periods.values() for period in of_grain]
    address.seed("periode", every, usual)
    chooser.selectbox("Periode", every, format_func=wording.format_period, key="periode", width=220)
    period = address.publish("periode", usual)
    values = outline.drawn_of(release, indicator, by, category, area)
    cell = figures.find(values, area, period)
    name = f"{indicator.name}{category and ': ' + wording.label(category).lower()}"
    st.header(plain(f"{name}, {area.label}, {wording.format_period(period)}"), anchor=False)
    partner = str(release.contract(indicator.sources[0]).get("partner", "")) if indicator.sources else ""
    frame.show_html(
        f"<p>{frame.safe(figures.sentence(indicator, cell, area, period, partner))}</p>",
        lineage.html(lineage.steps(release, indicator, area, period, cell, frame.reader().rights)),
    )
    with st.container(horizontal=True):
        st.page_link("views/definities.py", label="Alles over deze indicator", query_params={"indicator": indicator.id}, width="content")
        st.page_link("views/wijzigingen.py", label="Wat er in deze release is veranderd", width="content")


release = frame.release_in_view()
st.title("Herkomst")
frame.show_html("<p>Hier leest u hoe een cijfer is gemaakt: van het bestand van de partner tot de release die u nu bekijkt.</p>")
if release.indicators:
    show(release)
frame.show_rejected_address()
