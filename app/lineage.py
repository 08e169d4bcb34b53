"""The way that a figure came, one step per room of the house that it went through: from the partner's file to the release. Pure.

What stands here is for every reader, with three exceptions. The sha256 of a confidential file would let anybody test a guess of the small counts in
it, so it is for those who guard the protection (`Rights.protection`). What a correction was about is for professionals: the public part of a release
does not hold it. A decision to agree with a finding can say how withheld figures move: its words are for the werkgroep, its area for nobody.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

import polars as pl

from app import signs, tiles, wording
from app.access import Rights
from app.catalogue import Indicator
from app.figures import Area, Cell
from app.release import Release

FINDINGS_SHOWN = 5
AUDIENCES = {"professional": "professionals", "publiek": "iedereen"}
INTERVALS = {
    "poisson": "95 procent, naar de toevalsverdeling van zeldzame gebeurtenissen (Poisson)",
    "wilson": "95 procent, voor een aandeel (Wilson)",
    "enquete": "de marge van de enquête zelf",
}
COMBINED = (
    "De leveringen zijn samengebracht in één database. Van elke periode telt de nieuwste levering. Gemeenten van vroeger zijn omgerekend naar de "
    "gemeenten van nu. Wat bij geen gebied hoort, telt mee als onbekend of als buiten de regio."
)


class Part(NamedTuple):
    """What a reader can open below a step: terms with what they mean."""

    summary: str
    terms: Sequence[tuple[str, str]]


class Step(NamedTuple):
    """One room: what happened there, in plain words."""

    title: str
    text: str
    parts: Sequence[Part] = ()


def steps(release: Release, indicator: Indicator, area: Area, period: str, cell: Cell | None, rights: Rights) -> list[Step]:
    """The steps of the figure of an indicator in an area and period, in the order in which it went; cell: that figure, None where there is none."""
    return [
        _received(release, indicator, period, rights),
        _checked(release, indicator),
        Step("Samengebracht", COMBINED),
        _measured(indicator),
        _judged(release, indicator, area, period, rights),
        _protected(release, indicator, cell),
        _published(release),
    ]


def html(found: Iterable[Step]) -> str:
    """The steps as a numbered list, with what is long below words to open it."""

    def part(one: Part) -> str:
        return f'<details class="km-cijfers"><summary>{escape(one.summary)}</summary>{tiles.terms(one.terms)}</details>'

    items = (f'<li><h3 class="km-kop">{escape(one.title)}</h3><p>{escape(one.text)}</p>{"".join(map(part, one.parts))}</li>' for one in found)
    return f'<ol class="km-steps">{"".join(items)}</ol>'


def _name(release: Release, delivery: str) -> str:
    contract = release.contract(delivery)
    return f"{contract.get('title', delivery)} ({contract.get('partner', 'partner onbekend')})"


def _received(release: Release, indicator: Indicator, period: str, rights: Rights) -> Step:
    names = wording.join_words([_name(release, delivery) for delivery in indicator.sources])
    text = f"Dit cijfer komt uit {len(indicator.sources)} {'levering' if len(indicator.sources) == 1 else 'leveringen'}: {names}."
    return Step("Ontvangen", text, [_files(release, delivery, period, rights) for delivery in indicator.sources])


def _files(release: Release, delivery: str, period: str, rights: Rights) -> Part:
    """The files of a delivery that are about the period."""
    every = [one for one in release.manifest.get("deliveries", []) if one.get("delivery") == delivery and one.get("used", True)]
    mine = [one for one in every if one.get("periods") and _overlap(one["periods"], period)]
    named = {0: "geen bestand", 1: "1 bestand"}.get(len(mine), f"{len(mine)} bestanden")
    is_open = release.contract(delivery).get("confidential") is False or rights.protection
    rest = [("Andere perioden", f"{len(every) - len(mine)} bestanden")] if len(every) > len(mine) else []
    return Part(f"{_name(release, delivery)}: {named} over deze periode", [*(_file(one, with_hash=is_open) for one in mine), *rest])


def _file(one: Mapping[str, Any], *, with_hash: bool) -> tuple[str, str]:
    """Periods of a file, and when it came, from where, and its hash."""
    ends = [wording.format_period(each) for each in dict.fromkeys((one["periods"][0], one["periods"][-1]))]
    said = [
        f"ontvangen op {wording.format_date(one.get('received_at'))}",
        str(one.get("origin_note") or wording.ORIGINS.get(str(one.get("origin")), "herkomst onbekend")),
        f"sha256 {one.get('sha256')}" if with_hash else "",
    ]
    return " tot en met ".join(ends) + (f", {one['slice']}" if one.get("slice") else ""), "; ".join(filter(None, said))


def _overlap(periods: Sequence[str], period: str) -> bool:
    first, last = wording.start_of_period(periods[0]), wording.end_of_period(periods[-1])
    return first <= wording.end_of_period(period) and wording.start_of_period(period) <= last


def _checked(release: Release, indicator: Indicator) -> Step:
    text = "Elk bestand is getoetst aan een contract: de afspraak met de partner over wat erin staat en wat ermee mag. Rijen die niet kloppen, tellen niet mee."
    return Step("Getoetst aan de afspraak", text, [_contract(release, delivery) for delivery in indicator.sources])


def _contract(release: Release, delivery: str) -> Part:
    """What the contract promises, and which known errors were mended."""
    contract = release.contract(delivery)
    smallest = [f"{group} voor {AUDIENCES.get(audience, audience)}" for audience, group in (contract.get("smallest_group") or {}).items() if group]
    terms = [
        ("Eigenaar", str(contract.get("owner", ""))),
        ("Ritme", str(contract.get("rhythm", ""))),
        ("Kleinste gebied", wording.LEVELS.get(str(contract.get("smallest_area")), "")),
        ("Kleinste aantal personen", wording.join_words(smallest)),
        ("Wie de cijfers mag zien", AUDIENCES["publiek" if "publiek" in contract.get("audiences", []) else "professional"]),
        ("Vertrouwelijk", {"True": "ja", "False": "nee"}.get(str(contract.get("confidential")), "")),
        ("Correcties", _corrections(release, delivery)),
    ]
    return Part(f"Contract {contract.get('version', '')} voor {_name(release, delivery)}", terms)


def _corrections(release: Release, delivery: str) -> str:
    """How many known errors were mended or expired, and for professionals which; nothing of a release from before that was told."""
    if "corrections" not in release.deliveries.columns:
        return ""
    rows = release.deliveries.filter(pl.col("delivery") == delivery, pl.col("corrections") > 0).to_dicts()
    return " ".join(filter(None, [f"{rows[0]['correction_state']}.", rows[0].get("correction_text")])) if rows else "geen"


def _measured(indicator: Indicator) -> Step:
    per = f" × {wording.format_number(indicator.per)}" if indicator.per and indicator.per != 1 else ""
    terms = [
        ("Formule", f"teller ÷ noemer{per}" if indicator.denominator else "de teller"),
        ("Teller", indicator.numerator or indicator.unit),
        ("Noemer", indicator.denominator),
        ("Marge", INTERVALS.get(indicator.interval_kind, "")),
        ("Let op", indicator.limitations),
        ("Beheerder", indicator.steward),
        ("Kenmerk", indicator.id),
    ]
    return Step("Berekend", indicator.definition, [Part(f"Formule en versie {indicator.version}", [*terms, ("Versie", indicator.version)])])


def _judged(release: Release, indicator: Indicator, area: Area, period: str, rights: Rights) -> Step:
    found = [one for one in release.quality.get("findings", []) if _is_about(one, indicator)]
    verdict = wording.VERDICTS.get(str(release.quality.get("verdict")), "")
    number = {0: "geen bevindingen", 1: "1 bevinding"}.get(len(found), f"{len(found)} bevindingen")
    shown = [(str(one.get("severity", "")), str(one.get("sentence", ""))) for one in found[:FINDINGS_SHOWN]]
    rest = [("En verder", f"{len(found) - FINDINGS_SHOWN} bevindingen op de pagina Datakwaliteit")] if len(found) > FINDINGS_SHOWN else []
    decided = list(_decisions(release, indicator, area, period, rights))
    parts = [Part("Bevindingen", [*shown, *rest])] * bool(found) + [Part(f"Besluiten van de werkgroep ({len(decided)})", decided)] * bool(decided)
    return Step("Beoordeeld", f"{verdict} Over deze indicator en zijn leveringen zijn er {number}.".strip(), parts)


def _is_about(one: Mapping[str, Any], indicator: Indicator) -> bool:
    """Whether a finding or decision is about an indicator, or about a delivery behind it and no other indicator."""
    return one.get("indicator_id") == indicator.id or (not one.get("indicator_id") and one.get("delivery") in indicator.sources)


def _decisions(release: Release, indicator: Indicator, area: Area, period: str, rights: Rights) -> Iterator[tuple[str, str]]:
    """What the werkgroep decided that steers this figure; none of a release from before decisions were kept."""
    for one in release.manifest.get("decisions", []):
        excluded = one.get("decision") == "uitgesloten"
        here = one.get("area_code") in (None, "", area.code) and one.get("period") in (None, "", period)
        if _is_about(one, indicator) and (here or not excluded):
            said = one.get("text") if excluded or rights.signing else "met een bevinding van ernst ‘fout’"
            yield f"{wording.label(str(one.get('decision')))}, {wording.format_date(one.get('at'))}", f"{said or 'zonder toelichting'} ({one.get('role')})"


def _protected(release: Release, indicator: Indicator, cell: Cell | None) -> Step:
    state = wording.STATE_MEANING.get(cell.state if cell else "onbekend", "")
    if not indicator.person_related:
        return Step("Beschermd", f"Dit cijfer gaat niet over personen en hoeft niet te worden beschermd. Stand: {state}.")
    rule = release.manifest.get("disclosure") or {}
    said = [("Regel", str(rule.get("rule", ""))), ("Drempel", signs.threshold_sentence([indicator], release.audience))]
    return Step("Beschermd", f"Dit cijfer gaat over personen. Stand: {state}.", [Part("Wat wordt niet getoond", said)])


def _published(release: Release) -> Step:
    made = release.manifest.get("created_at")
    audience = "publiek" if release.scope.gemeenten else release.audience
    terms = [
        ("Release", release.id),
        ("Gemaakt op", _moment(made)),
        ("Versie van de software", str(release.manifest.get("code_version") or "")),
        ("Hash van de release", str(release.manifest.get("content_sha256") or "")),
        ("Hash van de cijfers", str(release.manifest.get("files", {}).get(f"{audience}/values.parquet", ""))),
    ]
    text = f"Dit cijfer staat in release {release.id}, gemaakt op {wording.format_date(made)}. Een release verandert nooit."
    return Step("Gepubliceerd", text, [Part("Kenmerken van de release", terms)])


def _moment(made: object) -> str:
    try:
        return f"{wording.format_date(made)}, {dt.datetime.fromisoformat(str(made)).astimezone(dt.UTC):%H:%M} uur (UTC)"
    except ValueError:
        return wording.format_date(made)
