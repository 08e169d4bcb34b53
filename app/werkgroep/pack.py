"""The pack of a meeting: one HTML file to print on A4, without script or outside request. Equal data give equal bytes, on any day."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from pathlib import Path

from app import palette, tiles, wording
from app.decisions import DECISIONS, Finding
from app.downloads.picture import draw_alone
from app.drawings import Drawing
from app.markup import note
from app.review import Report
from app.werkgroep import history, parts, questions, sections, standing
from app.werkgroep.meeting import Meeting

STYLE = Path(__file__).with_name("pack.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
BOX, NO_BREAK = "☐", "\u00a0"
SIGNATURES = 6  # lines to sign on; a meeting has a chair, a secretary and one member per organisation that must sign
AGENDA = (
    ("publiceren", "Mag dit worden gepubliceerd?"),
    ("stoplichten", "Stoplichten"),
    ("veranderd", "Wat is er veranderd, en waardoor?"),
    ("vragen", "Open vragen aan partners"),
    ("verloop", "Kwaliteit door de tijd"),
    ("bevindingen", "Bevindingen en besluiten"),
    ("handtekeningen", "Ondertekenen"),
)


def file_name(report: Report) -> str:
    """`werkgroep-2026-11-28.html`, by the day of the report."""
    return f"werkgroep-{report.day.isoformat()}.html"


def make_pack(meeting: Meeting) -> bytes:
    """The whole file, in UTF-8."""
    day = wording.format_date(meeting.day)
    title = f"Werkgroep Ketenmonitor: kwaliteitsrapport van {day}"
    shown = dict(zip(dict(AGENDA), (_publication, _lights, _changes, _questions, _history, _findings, _signing), strict=True))
    body = "".join(f'<section id="{code}"><h2>{number}. {escape(name)}</h2>{shown[code](meeting)}</section>' for number, (code, name) in enumerate(AGENDA, 1))
    agenda = "".join(f'<li><a href="#{code}">{escape(name)}</a></li>' for code, name in AGENDA)
    synthetic = meeting.release.synthetic_note
    page = (
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title><style>{_style(meeting)}</style></head>'
        f"<body><header><h1>{escape(title)}</h1>{note(synthetic, 'synthetisch') if synthetic else ''}"
        f"<p>Release in beeld: {escape(meeting.release.id)}. Alleen voor de werkgroep: deel dit stuk niet verder.</p></header>"
        f'<main><nav aria-label="Agenda"><h2>Agenda</h2><ol>{agenda}</ol></nav>{body}</main></body></html>\n'
    )
    return page.encode()


def _style(meeting: Meeting) -> str:
    """The style sheet, with the colours of the house and what stands above and below each printed page."""
    colours = "".join(f"--km-{name}:{light};" for name, (light, _) in palette.NAMED.items())
    head = f"Werkgroep Ketenmonitor, {wording.format_date(meeting.day)}"
    warning = "Synthetische voorbeeldgegevens" if meeting.release.is_synthetic else "Alleen voor de werkgroep"
    place = 'counter(page) " van " counter(pages)'
    boxes = f'@top-left{{content:"{head}";white-space:nowrap}}@top-right{{content:"{warning}"}}@bottom-right{{content:"bladzijde " {place}}}'
    return f":root{{{colours}}}@page{{size:A4;margin:20mm 15mm 18mm;{boxes}}}{STYLE.read_text(encoding='utf-8')}"


def _publication(meeting: Meeting) -> str:
    kind, said = standing.publication(meeting.report, meeting.decisions)
    remark = note(meeting.report.remark, "uitleg") if meeting.report.remark else ""
    summary = tiles.terms(standing.summary(meeting.report, meeting.release, meeting.decisions))
    return f"{note(said, kind)}{summary}{sections.late(meeting)}{remark}"


def _lights(meeting: Meeting) -> str:
    return "".join(f"<h3>{escape(title)}</h3>{shown}" for title, shown in sections.lights(meeting, folded=False))


def _changes(meeting: Meeting) -> str:
    return sections.changes(meeting, folded=False)


def _questions(meeting: Meeting) -> str:
    waiting = questions.long_undecided(meeting.report, meeting.decisions, meeting.past)
    asked = questions.open_questions(meeting.report, meeting.decisions, meeting.day)
    return f"{parts.questions(asked, meeting.stale)}<h3>Staat al langer zonder besluit</h3>{parts.standing(waiting)}"


def _history(meeting: Meeting) -> str:
    drawn = [drawing for drawing in (history.draw_findings(meeting.past), history.draw_on_time(meeting.past)) if drawing.text]
    pictures = "".join(_figure(drawing, svg) for drawing, svg in zip(drawn, draw_alone(drawn), strict=True))
    unread = note(f"Niet te lezen, en daarom weggelaten: {wording.join_words(list(meeting.unread))}.") if meeting.unread else ""
    return f"{unread}{pictures}<h3>Per partner en release</h3>{history.matrix(meeting.past)}"


def _figure(drawing: Drawing, svg: bytes) -> str:
    source = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
    table = drawing.table.replace("<details", "<details open", 1)  # what is folded is not printed
    return f'<figure><figcaption>{escape(drawing.title)}</figcaption><img src="{source}" alt="{escape(drawing.alt)}">{table}</figure>'


def _findings(meeting: Meeting) -> str:
    """Errors and warnings each with room to write, remarks in a table: there are many, and most need no decision."""
    numbered = list(enumerate(meeting.report.findings, 1))
    grave = "".join(_finding(meeting, number, one) for number, one in numbered if one["severity"] != "let op")
    rows = [_remark(meeting, number, one) for number, one in numbered if one["severity"] == "let op"]
    calm = f"<h3>Opmerkingen (let op)</h3>{parts.texts(rows, 'Opmerkingen')}" if rows else ""
    gone = f"<h3>Vervallen besluiten</h3>{parts.stale(meeting.stale)}" if meeting.stale else ""
    return f"<p>{escape(wording.label(standing.counted(meeting.report.findings)))}. De ernstigste staan bovenaan.</p>{grave}{calm}{gone}"


def _finding(meeting: Meeting, number: int, finding: Finding) -> str:
    """One finding with what was decided, and room to decide by hand."""
    colour, entries = standing.LIGHTS[finding["severity"]], meeting.decisions.by_finding.get(finding["id"], [])
    boxes = "".join(f"<span>{BOX} {escape(decision)}</span>" for decision in DECISIONS)
    severity = parts.light(colour.code, colour.sign, wording.label(finding["severity"]))
    return (
        f'<article><h3>{number}. {severity}</h3><p>{escape(finding["sentence"])}</p><p class="km-meta">{escape(parts.about(finding, meeting.release))}</p>'
        f'{parts.decided(entries, finding["sentence"])}<p class="km-hokjes">{boxes}</p><p class="km-lijn">Toelichting:</p></article>'
    )


def _remark(meeting: Meeting, number: int, finding: Finding) -> dict[str, str]:
    entry = meeting.decisions.latest.get(finding["id"])
    said = f"{wording.label(entry['decision'])}. {entry['text']}" if entry else " ".join(f"{BOX} {decision}".replace(" ", NO_BREAK) for decision in DECISIONS)
    return {"Nr.": str(number), "Bevinding": f"{finding['sentence']} ({parts.about(finding, meeting.release)})", "Besluit": said.strip()}


def _signing(meeting: Meeting) -> str:
    heads: Sequence[str] = ("Naam", "Functie", "Datum", "Handtekening")
    line = f"<tr>{'<td></td>' * len(heads)}</tr>"
    table = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return (
        f"{parts.to_sign(meeting.decisions, meeting.report.findings)}{parts.signed(meeting.decisions, meeting.report.findings)}"
        f'<table class="km-handtekeningen"><caption>Handtekeningen</caption><thead><tr>{table}</tr></thead><tbody>{line * SIGNATURES}</tbody></table>'
        "<p>Een handtekening op papier publiceert nog niets. Leg de besluiten vast op de pagina Werkgroep, en onderteken daar.</p>"
    )
