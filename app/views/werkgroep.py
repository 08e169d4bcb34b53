"""The meeting of the werkgroep: may these figures be published, what changed, what is still open, and what is decided."""

import datetime as dt

import streamlit as st

from app import address, detail, frame, review, sign_in, tiles, wording
from app.cooperation import ALL, choices, slug
from app.decisions import Finding
from app.download_menu import take_along
from app.markup import plain
from app.release import DamagedReleaseError
from app.review import SEVERITIES, NotForThisReader
from app.werkgroep import form, history, pack, parts, questions, sections, standing
from app.werkgroep.meeting import Meeting, meet

PER_PAGE = 8  # forms on one page: 40 of them took the browser seconds
STANDS = {ALL: "Met en zonder besluit", "zonder": "Nog zonder besluit", "met": "Met besluit"}


def show_for_everybody() -> None:
    """Say for whom this page is, and where others find what they need."""
    frame.show_html(frame.note("Deze pagina is voor de leden van de werkgroep. Zij besluiten hier of cijfers mogen worden gepubliceerd.", "uitleg"))
    frame.show_html("<p>Hoe goed de cijfers zijn, leest u op de pagina Datakwaliteit. Bent u lid van de werkgroep? Vraag de beheerder om die rol.</p>")
    st.page_link("views/datakwaliteit.py", label="Naar Datakwaliteit")


def show_summary(meeting: Meeting) -> None:
    """The first screen: may it be published, what was found and decided, what is late; and the pack."""
    st.header("Mag dit worden gepubliceerd?", anchor=False)
    kind, said = standing.publication(meeting.report, meeting.decisions)
    frame.show_html(frame.note(said, kind), tiles.terms(standing.summary(meeting.report, meeting.release, meeting.decisions)))
    if late := sections.late(meeting):
        frame.show_html(late)
    if meeting.report.remark:
        frame.show_html(frame.note(meeting.report.remark, "uitleg"))
    rights = frame.reader().rights
    st.download_button(
        "Download het vergaderstuk (om te printen)",
        data=take_along(meeting.release, "", "html", "werkgroep", lambda: pack.make_pack(meet(meeting.release, rights)), may=lambda who: who.signing),
        file_name=pack.file_name(meeting.report),
        mime="text/html",
        on_click="ignore",
    )


def show_lights(meeting: Meeting) -> None:
    """A light per partner and per indicator."""
    st.header("Stoplichten", anchor=False)
    for title, shown in sections.lights(meeting):
        st.subheader(title, anchor=False)
        frame.show_html(shown)


def show_changes(meeting: Meeting) -> None:
    """What changed in the figures since the release before, and why."""
    st.header("Wat is er veranderd, en waardoor?", anchor=False)
    frame.show_html(sections.changes(meeting))


def show_questions(meeting: Meeting) -> None:
    """Questions to partners by their age, and findings that stand long."""
    st.header("Open vragen aan partners", anchor=False)
    today = dt.datetime.now(dt.UTC).date()
    frame.show_html(parts.questions(questions.open_questions(meeting.report, meeting.decisions, today), meeting.stale))
    if waiting := questions.long_undecided(meeting.report, meeting.decisions, meeting.past):
        with st.expander(f"Staat al langer zonder besluit ({len(waiting)})"):
            frame.show_html(parts.standing(waiting))


def show_history(meeting: Meeting) -> None:
    """Quality over time, of one partner (`?verloop=`) or of all."""
    st.header("Kwaliteit door de tijd", anchor=False)
    if meeting.unread:
        frame.show_html(frame.note(f"Niet te lezen, en daarom hier weggelaten: {wording.join_words(list(meeting.unread))}."))
    partners = {slug(one): one for one in history.partners(meeting.past)}
    options = {ALL: "Alle partners"} | partners
    address.seed("verloop", list(options), ALL)
    st.selectbox("Verloop van", list(options), format_func=lambda code: options[code], key="verloop", width=420)
    chosen = address.publish("verloop", ALL)
    st.subheader("Bevindingen en leveringen per release", anchor=False)
    for draw in (history.draw_findings, history.draw_on_time):
        detail.show_drawing(draw(meeting.past, partners.get(chosen, "")))
    with st.expander("Alle partners naast elkaar, per release"):
        frame.show_html(history.matrix(meeting.past))


def choose_findings(meeting: Meeting) -> list[Finding]:
    """Findings of a severity, partner and theme, with or without decision (`?ernst= &partner= &thema= &besluit=`)."""
    found = list(meeting.report.findings)
    severities = [one for one in SEVERITIES if any(finding["severity"] == one for finding in found)]
    themes = sorted({standing.theme_of(one, meeting.release) for one in found} - {""})
    every: list[tuple[str, str, dict[str, str]]] = [
        ("ernst", "Ernst", {ALL: "Alles"} | {slug(one): wording.label(one) for one in severities}),
        ("partner", "Partner", choices([standing.partner_of(one) for one in found], "Alle partners")),
        ("thema", "Thema", {ALL: "Alle thema's"} | {slug(one): wording.theme_title(one) for one in themes}),
        ("besluit", "Besluit", STANDS),
    ]
    chosen = {}
    for (key, label, options), column in zip(every, st.columns(4), strict=True):
        address.seed(key, list(options), ALL)
        column.selectbox(label, list(options), format_func=options.__getitem__, key=key)
        chosen[key] = address.publish(key, ALL)

    def fits(one: Finding) -> bool:
        mine = {
            "ernst": slug(one["severity"]),
            "partner": slug(str(one.get("partner") or "")),
            "thema": slug(standing.theme_of(one, meeting.release)),
            "besluit": "met" if one["id"] in meeting.decisions.latest else "zonder",
        }
        return all(code in (ALL, mine[key]) for key, code in chosen.items())

    return [one for one in found if fits(one)]


def show_findings(meeting: Meeting) -> None:
    """Findings with their decisions, and a form for each."""
    st.header("Bevindingen en besluiten", anchor=False)
    found = choose_findings(meeting)
    pages = [str(number + 1) for number in range(max(1, -(-len(found) // PER_PAGE)))]
    address.seed("bladzijde", pages, "1")
    if len(pages) > 1:
        st.selectbox(f"Bladzijde (van {len(pages)})", pages, key="bladzijde", width=160)
    start = PER_PAGE * (int(address.publish("bladzijde", "1")) - 1)
    frame.show_html(f"<p>{frame.safe(wording.label(standing.counted(found)))}. De ernstigste staan bovenaan. Open een bevinding om te besluiten.</p>")
    for one in found[start : start + PER_PAGE]:
        show_finding(meeting, one)
    if meeting.stale:
        with st.expander(f"Vervallen besluiten ({len(meeting.stale)})"):
            frame.show_html("<p>Deze besluiten gaan over bevindingen die niet meer in het rapport staan. Zij blijven bewaard.</p>", parts.stale(meeting.stale))


def show_finding(meeting: Meeting, finding: Finding) -> None:
    """One finding: what it is about, all decisions on it, and the form."""
    light, decision = standing.LIGHTS[finding["severity"]], meeting.decisions.latest.get(finding["id"])
    stand = decision["decision"] if decision else "nog geen besluit"
    title = f"{light.sign} {wording.label(finding['severity'])}, {stand}: {finding['sentence']}"
    with st.expander(plain(title), expanded=form.was_answered(finding["id"])):
        form.show_answer(finding["id"])
        decided = parts.decided(meeting.decisions.by_finding.get(finding["id"], []), finding["sentence"])
        frame.show_html(f'<p class="km-meta">{frame.safe(parts.about(finding, meeting.release))}</p>', decided)
        if not meeting.decisions.broken:
            form.show_form(finding)


def show_signing(meeting: Meeting) -> None:
    """What is signed, by whom it was signed, and the button once every finding of severity fout was settled."""
    st.header("Ondertekenen", anchor=False)
    form.show_answer("rapport")
    frame.show_html(parts.to_sign(meeting.decisions, meeting.report.findings), parts.signed(meeting.decisions, meeting.report.findings))
    if meeting.decisions.broken:
        frame.show_html(frame.note(meeting.decisions.broken, "fout"))
    elif left := meeting.decisions.open(meeting.report.findings):
        frame.show_html(frame.note(f"Ondertekenen kan nog niet. {standing.still_to_do(left)}"))
    else:
        rights = frame.reader().rights
        form.show_signing(meeting.report.findings, lambda: review.newest_report(meeting.release, rights).findings)


def show_meeting() -> None:
    """The whole page."""
    meeting = meet(frame.release_in_view(), frame.reader().rights)
    made = wording.format_date(meeting.day)
    frame.show_html(f"<p>Alles voor de vergadering van de werkgroep. U leest het kwaliteitsrapport van {frame.safe(made)}.</p>")
    if meeting.decisions.broken:
        frame.show_html(frame.note(meeting.decisions.broken, "fout"))
    for show in (show_summary, show_lights, show_changes, show_questions, show_history, show_findings, show_signing):
        show(meeting)
    st.page_link("views/datadocs.py", label="Alle controles, stuk voor stuk (Data Docs)")
    frame.show_rejected_address()


st.title("Werkgroep")
if frame.reader().rights.signing:
    try:
        show_meeting()
    except NotForThisReader:
        frame.show_html(frame.note(review.DEMO_CLOSED, "uitleg"))
    except DamagedReleaseError as problem:
        frame.show_html(frame.note(f"{problem} Waarschuw de beheerder.", "fout"))
else:
    sign_in.refuse("werkgroep", frame.reader())
    show_for_everybody()
