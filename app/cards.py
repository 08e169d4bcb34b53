"""The parts of the page Samenwerking as HTML. Pure; every text from the release goes through `escape`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from app import wording
from app.chain import name_of
from app.cooperation import READERS_PLURAL, Event, Route, theme_names, themes_of

Row = Mapping[str, Any]
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
WEBSITE = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)+(/[\w./?=&%~#-]*)?", re.ASCII)
PHONE = re.compile(r"\+?[\d ()-]{3,}", re.ASCII)


def telephone(number: str) -> str:
    """A number as a link; a text with anything but a number stays text."""
    if not PHONE.fullmatch(number):
        return escape(number)
    return f'<a href="tel:{re.sub(r"[^0-9+]", "", number)}">{escape(number)}</a>'


def email(address: str) -> str:
    """An address as a link; what is no address stays text."""
    return f'<a href="mailto:{escape(address)}">{escape(address)}</a>' if EMAIL.fullmatch(address) else escape(address)


def website(address: str) -> str:
    """A website as a link that opens beside this page; what is no website stays text."""
    if not WEBSITE.fullmatch(address):
        return escape(address)
    whole = address if address.startswith(("http://", "https://")) else f"https://{address}"
    return f'<a href="{escape(whole)}" target="_blank" rel="noopener">{escape(address)}</a>'


def contact(row: Row) -> str:
    """Telephone, e-mail and website of a row, of what there is."""
    kinds = (("Bel", telephone, "telefoon"), ("Mail", email, "email"), ("Website:", website, "website"))
    return "".join(f"<li>{word} {link(str(row[field]).strip())}</li>" for word, link, field in kinds if row.get(field))


def terms(pairs: Sequence[tuple[str, str]]) -> str:
    """A list of terms and what they mean, of which the meaning is HTML already; empty ones are left out."""
    return f'<dl class="km-terms">{"".join(f"<dt>{escape(term)}</dt><dd>{said}</dd>" for term, said in pairs if said)}</dl>'


def route(one: Route) -> str:
    """Signals, and the steps in their order."""
    return f"<p><strong>Wat u kunt zien:</strong> {escape(one.signals.rstrip('.'))}.</p><ol class='km-steps'>{''.join(_step(step) for step in one.steps)}</ol>"


def route_title(one: Route) -> str:
    """`Spoed: Iemand is nu in gevaar (voor professionals)`; plain text."""
    return f"{'Spoed: ' if one.is_urgent else ''}{one.suspicion} (voor {READERS_PLURAL.get(one.reader, one.reader)})"


def _step(step: Row) -> str:
    ways = contact(step) + ("<li>U kunt anoniem melden.</li>" if step["anoniem"] else "")
    listed = f"<ul>{ways}</ul>" if ways else ""
    return f"<li><strong>{escape(str(step['meld_bij']))}</strong><br>{escape(str(step['hoe']))}{listed}</li>"


def offer(row: Row, district_names: Mapping[str, str]) -> str:
    """One line of the menukaart as a tile."""
    length = "duur verschilt" if row["duur"] is None else f"{wording.format_number(row['duur'], 0 if float(row['duur']).is_integer() else 1)} uur"
    where = district_names.get(str(row["district_code"]), f"District {row['district_code']}") if row["district_code"] else "Hele regio"
    by = f"Door {row['aanbieder']}." + (f" Actielijn: {row['actielijn']}." if row["actielijn"] else "")
    lines = [("Voor", str(row["doelgroep"])), ("Vorm", f"{row['vorm']}, {length}. {where}."), ("Aanmelden", str(row["aanmelden"]))]
    said = "".join(f"<p><strong>{term}:</strong> {escape(text)}</p>" for term, text in lines if text)
    return (
        f'<div class="km-tile"><p class="km-kicker">{escape(wording.label(str(row["soort"])))}, {escape(theme_names(themes_of(row)).lower())}</p>'
        f"<h3>{escape(str(row['titel']))}</h3><p>{escape(str(row['inhoud']).rstrip('.'))}.</p>{said}"
        f'<p class="km-meta">{escape(by)}</p></div>'
    )


def event(one: Event) -> str:
    """One activity of the agenda."""
    about = f"{wording.label(one.kind)} over {theme_names(one.themes).lower()}. Plaats: {one.place}."
    return (
        f'<div class="km-tile"><p class="km-kicker">{escape(wording.format_date(one.day))}</p><h3>{escape(one.title)}</h3>'
        f"<p>{escape(about)}{f' Voor {escape(one.group)}.' if one.group else ''}</p></div>"
    )


def partner(row: Row, names: Mapping[str, str], all_passes: Sequence[tuple[str, str, str]]) -> str:
    """Everything of one partner; who passes what on stands here as in the diagram."""
    mine = str(row["partner_id"])
    given = [name_of(names, receiver) for giver, receiver, _ in all_passes if giver == mine]
    received = [f"{name_of(names, giver)}: {what}" for giver, receiver, what in all_passes if receiver == mine]
    ways = contact(row)
    return terms(
        [
            ("Rol", escape(str(row["rol"]))),
            ("Taak", escape(str(row["taak"]))),
            ("Thema's", escape(theme_names(themes_of(row)))),
            ("Werkgebied", escape(wording.label(str(row["werkgebied"])))),
            ("Zo bereikt u hen", escape(str(row["contactroute"])) + (f"<ul>{ways}</ul>" if ways else "")),
            ("Geeft door", escape(wording.label(str(row["wat_wordt_doorgegeven"] or ""))) if given else ""),
            ("Geeft door aan", _list(given)),
            ("Krijgt van", _list(received)),
        ]
    )


def _list(texts: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>" if texts else ""
