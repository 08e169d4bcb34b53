"""Working together: what to do with a suspicion, the menukaart and its agenda, the partners, and the actions of the year plans."""

import textwrap
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from app import address, calendar_file, cards, chain, chain_diagram, cooperation, frame, outline, wording
from app.cooperation import ALL, Event
from app.markup import plain
from app.release import Release

FIELDS: Mapping[str, tuple[str, ...]] = {"meldroutes": ("voor",), "menukaart": ("doelgroep", "soort"), "partners": ("partner",), "acties": ()}
OPEN_AT_ONCE = 3  # routes: so few are read faster than opened


def choose(where: DeltaGenerator, label: str, key: str, options: Mapping[str, str], default: str = ALL) -> str:
    """One choice, by its code in the address."""
    address.seed(key, list(options), default)
    where.selectbox(label, list(options), format_func=lambda code: options[code], key=key, width=340)
    return address.publish(key, default)


def choose_part() -> str:
    """The part of the page (`?onderdeel=`). What was chosen in another part leaves the address."""
    address.seed("onderdeel", list(cooperation.PARTS), "meldroutes")
    st.radio("Onderdeel", list(cooperation.PARTS), format_func=lambda code: cooperation.PARTS[code], key="onderdeel", horizontal=True)
    part = address.publish("onderdeel", "meldroutes")
    for key in (field for fields in FIELDS.values() for field in fields if field not in FIELDS[part]):
        st.query_params.pop(key, None)
    return part


def show_routes(release: Release, theme: str, chooser: DeltaGenerator) -> None:
    """For each suspicion the signals and the steps, the urgent ones first."""
    register = release.registers["meldroutes"]
    reader = choose(chooser, "Voor wie", "voor", cooperation.choices(register["voor_wie"], "Voor iedereen", cooperation.READERS))
    st.header("Wat te doen bij een vermoeden", anchor=False)
    frame.show_html(frame.note("Is er nu gevaar? Bel 112.", "fout"))
    frame.show_html("<p>Kies hieronder wat het beste past bij wat u ziet of hoort. U hoeft het niet zeker te weten.</p>")
    found = cooperation.routes(register, theme, reader)
    if not found:
        show_nothing("Voor deze keuze staat er geen meldroute in deze release. Kies een ander thema, of kies voor iedereen.")
    for route in found:
        with st.expander(plain(cards.route_title(route)), expanded=route.is_urgent or len(found) <= OPEN_AT_ONCE):
            frame.show_html(cards.route(route))


def show_menu(release: Release, theme: str, chooser: DeltaGenerator) -> None:
    """What is on the agenda and what one can ask for."""
    register = release.registers["activiteiten"]
    coming = cooperation.events(release.registers, outline.created_on(release))
    group = choose(chooser, "Doelgroep", "doelgroep", cooperation.choices([*register["doelgroep"], *(one.group for one in coming)], "Alle doelgroepen"))
    kind = choose(chooser, "Soort", "soort", cooperation.choices([*register["soort"], *(one.kind for one in coming)], "Alle soorten"))
    st.header("Agenda", anchor=False)
    show_agenda(release, cooperation.events_for(coming, theme, group, kind))
    st.header("Menukaart", anchor=False)
    found = cooperation.offers(register, theme, group, kind)
    if not found:
        show_nothing("Voor deze keuze is er geen aanbod in deze release. Kies een ander thema, een andere doelgroep of een andere soort.")
        return
    frame.show_html(f"<p>{len(found)} {'activiteit' if len(found) == 1 else 'activiteiten'} om aan mee te doen of om aan te vragen.</p>")
    districts = {code: wording.area_label(level, code, name) for (level, code), name in release.names.items() if level == "district"}
    for start in range(0, len(found), 2):
        for column, row in zip(st.columns(2), found[start : start + 2], strict=False):
            with column, st.container(border=True, height="stretch"):
                frame.show_html(cards.offer(row, districts))


def show_agenda(release: Release, found: Sequence[Event]) -> None:
    """What comes after the day of the release, with a calendar file for each and for all together."""
    day = wording.format_date(outline.created_on(release))
    if not found:
        show_nothing(f"Voor deze keuze staat er na {day}, de dag van deze release, niets op de agenda.")
        return
    frame.show_html(f"<p>Wat er komt na {frame.safe(day)}, de dag van deze release.</p>")
    if len(found) > 1:
        show_calendar_button(f"Zet deze {len(found)} in mijn agenda", release, found, "agenda")
    for one in found:
        with st.container(border=True):
            frame.show_html(cards.event(one))
            show_calendar_button(f"Zet in mijn agenda: {textwrap.shorten(one.title, 45, placeholder=' …')}", release, [one], one.id)


def show_calendar_button(label: str, release: Release, found: Sequence[Event], key: str) -> None:
    """A button that gives the calendar file; it is built at the click."""
    st.download_button(
        plain(label),
        data=lambda: calendar_file.make_calendar(release, found),
        file_name=calendar_file.file_name(release, found),
        mime=calendar_file.MIME,
        on_click="ignore",
        key=f"ics-{key}",
    )


def show_partners(release: Release, theme: str, _: DeltaGenerator) -> None:
    """Who passes what on to whom as a diagram, and everything of each partner in a list."""
    register = release.registers["partners"]
    rows = [row for row in register.to_dicts() if cooperation.has(row, theme)]
    names, mine = chain.partner_names(register), {str(row["partner_id"]) for row in rows}
    options = {ALL: "Alle partners"} | {code: name for code, name in names.items() if code in mine}
    st.header("Wie geeft wat door aan wie", anchor=False)
    partner = choose(st.container(), "Schema van", "partner", options, chain.busiest(register, theme))
    show_diagram(chain.within(register, theme, partner), "" if partner == ALL else chain.short_names(names)[partner])
    st.header("De partners", anchor=False)
    all_passes = chain.passes(register)
    if not rows:
        show_nothing("Voor dit thema staan er geen partners in deze release.")
    for row in sorted(rows, key=lambda row: [*names].index(str(row["partner_id"]))):
        with st.expander(plain(f"{row['organisatie']}: {str(row['rol'])[:1].lower()}{str(row['rol'])[1:]}")):
            frame.show_html(cards.partner(row, names, all_passes))


def show_diagram(found: Sequence[chain.Pass], focus: str) -> None:
    """The diagram, and the same in words."""
    if not found:
        show_nothing("Hiervan is niet bekend wat er wordt doorgegeven.")
        return
    about = f"Van en naar {focus}" if focus else "Alle partners"
    order = (
        f" Boven staat van wie {focus} iets krijgt, onder aan wie {focus} iets doorgeeft." if focus else " Kies hierboven één partner voor een rustiger beeld."
    )
    frame.show_html(f"<p>Een pijl gaat van wie iets doorgeeft naar wie het krijgt.{frame.safe(order)}</p>")
    with st.container(width=760):
        st.vega_lite_chart(
            spec=chain_diagram.diagram(found, focus),
            theme=None,
            alt=f"{about}: schema met {len(found)} pijlen van wie iets doorgeeft naar wie het krijgt. Dezelfde gegevens staan hieronder in woorden.",
        )
    with st.expander(f"Dit schema in woorden ({len(found)})"):
        frame.show_html(f"<ul>{''.join(f'<li>{frame.safe(one.sentence)}</li>' for one in found)}</ul>")


def show_actions(release: Release, theme: str, _: DeltaGenerator) -> None:
    """The actions by theme and action line."""
    st.header("Acties uit de jaarplannen", anchor=False)
    grouped = cooperation.actions(release.registers["acties"], theme)
    if not grouped:
        show_nothing("Voor dit thema staan er geen acties in deze release.")
    for code, lines in grouped.items():
        st.subheader(plain(wording.theme_title(code)), anchor=False)
        frame.show_html(f"<p>{frame.safe(cooperation.action_summary([row for rows in lines.values() for row in rows]))}</p>")
        for line, rows in lines.items():
            frame.show_heading(line)
            table = pd.DataFrame([{name: plain(text) for name, text in row.items()} for row in cooperation.action_rows(rows)])
            st.table(table.set_index("Actie"), border="horizontal", alt=f"Acties van {line}")


def show_nothing(text: str) -> None:
    """Say that there is nothing to show, and what to do."""
    frame.show_html(frame.note(text, "uitleg"))


SHOW = {"meldroutes": show_routes, "menukaart": show_menu, "partners": show_partners, "acties": show_actions}
release = frame.release_in_view()
st.title("Samenwerking")
part = choose_part()
chooser = st.container(horizontal=True)
theme = choose(chooser, "Thema", "thema", cooperation.theme_choices(release.registers))
SHOW[part](release, theme, chooser)
frame.show_rejected_address()
