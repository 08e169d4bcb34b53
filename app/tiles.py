"""The tile of one figure and the terms of one indicator, as HTML. Pure; every text from the release goes through `escape`."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl

from app import figures, outline, palette, wording
from app.catalogue import Breakdown, Indicator
from app.figures import Area, Cell
from app.mapchart import LegendEntry
from app.release import Release
from app.remembered import remembered

SHORT_ORIGIN = {"synthetic": "synthetisch", "service": "open data", "recorded": "open data", "landed": "eerdere levering"}
PARTS_IN_TILE = 4


@remembered(256)
def sources_text(release: Release, indicator: Indicator) -> str:
    """`CoMensha (synthetisch), CBS (open data)`: the partners behind an indicator and where their files came from."""
    said = []
    for delivery in indicator.sources:
        partner = str(release.contract(delivery).get("partner", delivery))
        origins = release.origins(delivery)
        if "synthetic" in origins and len(origins) > 1:
            more = "deels synthetisch"
        else:
            more = ", ".join(dict.fromkeys(SHORT_ORIGIN[origin] for origin in origins if origin in SHORT_ORIGIN and SHORT_ORIGIN[origin] not in partner))
        said.append(partner if not more else f"{partner[:-1]}; {more})" if partner.endswith(")") else f"{partner} ({more})")
    return ", ".join(said)


@remembered(256)
def newest(release: Release, indicator: Indicator) -> tuple[str, str] | None:
    """Grain and period that a tile shows: the newest that is over, of the coarsest grain; None without figures."""
    values = release.values_of(indicator.id)
    grain = next(iter(figures.periods_by_grain(values)), None)
    period = figures.default_period(values, grain, outline.created_on(release)) if grain else None
    return (grain, period) if grain and period else None


def newest_period(release: Release, indicator: Indicator) -> str | None:
    """The period of `newest`."""
    found = newest(release, indicator)
    return found[1] if found else None


@remembered(8000)
def tile(release: Release, indicator: Indicator, area: Area, region: Area, kicker: str = "") -> str:
    """Name, value, one plain sentence, period, state, source and limitation of the newest figure for an area. Where the
    indicator does not know the area, the region's figure stands there and the tile says so."""
    values, found = outline.of_areas(release, indicator, area, region), newest(release, indicator)
    if found is None:
        return f'<div class="km-tile"><h3>{escape(indicator.name)}</h3><p>Deze release heeft nog geen cijfers voor deze indicator.</p></div>'
    grain, period = found
    above = f'<p class="km-kicker">{escape(kicker)}</p>' if kicker else ""
    head = f'<div class="km-tile" data-indicator="{escape(indicator.id)}">{above}<h3>{escape(indicator.name)}</h3>'
    by = outline.main_breakdown(release, indicator)
    parts = [
        head,
        *(
            _body(release, indicator, values, area, region, grain, period)
            if by is None
            else _body_of_parts(release, indicator, values, by, area, region, period)
        ),
    ]
    return "".join([*parts, _limit(indicator)]) + "</div>"


def _limit(indicator: Indicator) -> str:
    """What a reader must know first, and what the figure does not show of what happened."""
    first, _, more = indicator.limitations.partition(". ")
    if not first:
        return ""
    said = list(dict.fromkeys([f"{first.rstrip('.')}.", *indicator.unreported[:1]]))
    rest = "Lees verder bij het cijfer, onder Over dit cijfer." if more else ""
    return f'<p class="km-limit">Let op: {escape(" ".join([*said, rest]).strip())}</p>'


def _missing(area: Area) -> str:
    return f"<p><strong>Voor {escape(area.in_sentence)} is er geen cijfer; u ziet de hele regio.</strong></p>"


@remembered(256)
def dates_text(release: Release, indicator: Indicator) -> str:
    """When the first source of an indicator last brought something, and when the next is due: `Bijgewerkt 28 november 2026. Volgende levering: ...`"""
    mine = release.deliveries.filter(pl.col("delivery") == indicator.sources[0]).to_dicts() if indicator.sources else []
    if not mine or not mine[0]["received_at"]:
        return ""
    due = wording.format_date(mine[0]["due_at"])
    coming = f"De volgende levering is te laat; verwacht uiterlijk {due}." if mine[0]["status"] == "te laat" else f"Volgende levering uiterlijk {due}."
    return f"Bijgewerkt {wording.format_date(mine[0]['received_at'])}. {coming}"


def _source(release: Release, indicator: Indicator, state: str, period: str) -> str:
    said = f"{wording.label(wording.format_period(period))}. Bron: {sources_text(release, indicator)}. {dates_text(release, indicator)}"
    return f'<p class="km-meta">{_badge(state)}{escape(said.strip())}</p>'


def _body(release: Release, indicator: Indicator, values: pl.DataFrame, area: Area, region: Area, grain: str, period: str) -> list[str]:
    """The tile of an indicator with a total."""
    cell, shown = figures.find(values, area, period), area
    if cell is None:
        cell, shown = figures.find(values, region, period), region
    text, state = (".", "onbekend") if cell is None else (cell.text(indicator), cell.state)
    partner = str(release.contract(indicator.sources[0]).get("partner", "")) if indicator.sources else ""
    parts = [f'<p class="km-value">{escape(text)}</p><p class="km-unit">{escape(_unit(indicator, state))}</p>']
    if shown != area:
        parts.append(_missing(area))
    parts.append(f"<p>{escape(figures.sentence(indicator, cell, shown, period, partner))}</p>")
    compare = [figures.change(indicator, cell, figures.series(values, shown, grain))]
    if shown.level != "regio" and indicator.is_rate and (whole := figures.find(values, region, period)) is not None:
        compare.append(f"Regio: {whole.text(indicator)}")
    if any(compare):
        parts.append(f'<p class="km-meta">{escape(". ".join(said for said in compare if said))}</p>')
    return [*parts, _source(release, indicator, state, period)]


def _body_of_parts(release: Release, indicator: Indicator, values: pl.DataFrame, by: Breakdown, area: Area, region: Area, period: str) -> list[str]:
    """The tile of an indicator whose categories overlap, so that it has no total: its largest categories side by side."""
    cells, shown = figures.breakdown(values, by, area, period), area
    if not cells:
        cells, shown = figures.breakdown(values, by, region, period), region
    items = "".join(
        f"<li><strong>{escape(cell.text(indicator))}</strong> {escape(wording.label(cell.category).lower())}</li>" for cell in cells[:PARTS_IN_TILE]
    )
    parts = [f'<ul class="km-parts">{items}</ul><p class="km-unit">{escape(indicator.value_unit)}</p>']
    if shown != area:
        parts.append(_missing(area))
    parts.append(f"<p>{escape(figures.breakdown_sentence(indicator, by, cells, shown, period))}</p>")
    states = {cell.state for cell in cells}
    return [*parts, _source(release, indicator, "voorlopig" if "voorlopig" in states else "geheim" if states == {"geheim"} else "waarde", period)]


def _unit(indicator: Indicator, state: str) -> str:
    if state in ("waarde", "voorlopig"):
        return wording.unit_behind(indicator.value_unit)
    return wording.STATES.get(state, "onbekend")


def _badge(state: str) -> str:
    return "" if state == "waarde" else f'<span class="km-badge">{escape(wording.STATES.get(state, "onbekend"))}</span>'


def legend(entries: Sequence[LegendEntry], title: str) -> str:
    """The legend of a map as a list: swatch and words, so that colour is never the only sign."""
    angles = {"/": "135deg", "\\": "45deg"}
    items = []
    for entry in entries:
        fill = palette.both(entry.fill)
        paint = fill if not entry.hatch else f"repeating-linear-gradient({angles[entry.hatch]}, {fill} 0 4px, var(--km-edge) 4px 5px)"
        items.append(f'<li><i style="background:{paint}"></i>{escape(entry.text)}</li>')
    return f'<p class="km-meta" style="margin:0 0 .3rem">{escape(title)}</p><ul class="km-legend">{"".join(items)}</ul>'


def terms(pairs: Sequence[tuple[str, str]], kind: str = "") -> str:
    """A list of terms and what they mean; empty ones are left out."""
    lines = "".join(f"<dt>{escape(term)}</dt><dd>{escape(said)}</dd>" for term, said in pairs if said)
    return f'<dl class="km-terms {kind}">{lines}</dl>'


def indicator_terms(release: Release, indicator: Indicator) -> list[tuple[str, str]]:
    """Every field of a catalogue entry, with its Dutch name, for the definitions page and below each figure."""
    thresholds = [f"{audience}: onder {wording.format_number(limit)}" for audience, limit in indicator.thresholds.items() if limit and limit > 1]
    return [
        ("Definitie", indicator.definition),
        ("Eenheid", indicator.value_unit),
        ("Teller", indicator.numerator),
        ("Noemer", indicator.denominator),
        ("Per", wording.format_number(indicator.per) if indicator.per else ""),
        ("Decimalen", str(indicator.decimals)),
        ("Thema", wording.theme_title(indicator.theme)),
        ("Bronnen", sources_text(release, indicator)),
        ("Gebieden", wording.join_words([wording.LEVELS.get(level, level) for level in indicator.area_levels])),
        ("Perioden", wording.join_words([wording.GRAINS.get(grain, grain) for grain in indicator.period_grains])),
        ("Uitsplitsingen", wording.join_words([wording.label(b.dimension) + (" (overlapt)" if b.overlaps else "") for b in indicator.breakdowns]) or "geen"),
        ("Richting", wording.DIRECTIONS.get(indicator.direction, indicator.direction)),
        ("Telt personen", "ja" if indicator.person_related else "nee"),
        ("Geheim", wording.join_words(thresholds) or "geen drempel"),
        ("Let op", indicator.limitations),
        ("Beheerder", indicator.steward),
        ("Versie", indicator.version),
        ("Kenmerk", indicator.id),
    ]


def value_row(indicator: Indicator, cell: Cell) -> dict[str, str]:
    """One row of a figure table: value, numerator, denominator and state, as text in Dutch notation."""
    row = {wording.label(indicator.value_unit): cell.text(indicator)}
    if indicator.is_rate:
        row[wording.label(indicator.numerator or indicator.unit)] = wording.format_value(cell.numerator, cell.state, 0)
        row[wording.label(indicator.denominator or "noemer")] = wording.format_number(cell.denominator)
    return row | {"Stand": wording.STATES.get(cell.state, "onbekend")}
