"""The dark number: what is said beside each registered figure of all that nobody reported or found. Pure; every word and figure is the release's."""

from __future__ import annotations

from app import figures, tiles, wording
from app.catalogue import Indicator
from app.figures import NUMERIC, Area
from app.release import Release
from app.remembered import remembered

#: The indicator of a theme whose id ends so says which part of the victims went to the police, according to a survey.
WILLINGNESS = "_aangiftebereidheid"


@remembered(256)
def note(release: Release, indicator: Indicator, region: Area) -> str:
    """What to say beside a figure: the catalogue's words, and the share of victims that reported in the newest survey of the theme."""
    said = indicator.unreported
    return " ".join(["Niet alles is bekend.", *said, *_willingness(release, indicator, region)]) if said else ""


def _willingness(release: Release, indicator: Indicator, region: Area) -> list[str]:
    survey = next((one for one in release.indicators if one.theme == indicator.theme and one.id.endswith(WILLINGNESS)), None)
    period = tiles.newest_period(release, survey) if survey and survey != indicator else None
    cell = figures.find(release.values_of(survey.id), region, period) if survey and period else None
    if survey is None or cell is None or cell.state not in NUMERIC:
        return []
    about = f"{survey.name}, {wording.format_period(cell.period)}, {region.in_sentence}"
    return [f"{about}: {cell.text(survey)} {wording.unit_behind(survey.value_unit)}."]
