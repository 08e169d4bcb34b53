"""What changed in the figures since the release before, and why, as far as the two releases tell. Pure but for opening that other release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from app import changes, wording
from app.access import Rights
from app.catalogue import Indicator
from app.changes import Change
from app.release import Release, open_release
from app.remembered import remembered

#: What of a catalogue entry says what is counted; the rest (policy, limitations, steward) changes no number by itself.
DEFINING = (
    *("definition", "unit", "value_unit", "numerator", "denominator", "per", "interval_kind", "sources", "area_levels", "period_grains"),
    *("breakdowns", "universe", "additivity", "version"),
)
PROTECTING = ("policy", "elsewhere", "threshold_professional", "threshold_publiek")
WAS_LATE = ("te laat", "ontbreekt")
CORRECTED = "delivery_without_corrections"
UNKNOWN = "Onbekend waardoor"


class Reason(NamedTuple):
    """Why figures are other than before: a kind, and what is known of it."""

    kind: str
    said: str


class Explained(NamedTuple):
    """One indicator that changed, with the reasons that are known of it."""

    change: Change
    reasons: tuple[Reason, ...]

    @property
    def kinds(self) -> list[str]:
        """The kinds of reason, each once."""
        return list(dict.fromkeys(reason.kind for reason in self.reasons)) or [UNKNOWN]

    @property
    def row(self) -> dict[str, str]:
        """A row for a table."""
        why = " ".join(f"{reason.kind}: {reason.said}" for reason in self.reasons) or f"{UNKNOWN}: zoek dit uit voordat u besluit."
        return {"Indicator": self.change.name, "Wat": what_changed(self.change), "Waardoor": why}


def what_changed(change: Change) -> str:
    """`4 nieuwe cijfers, 12 andere getallen`."""
    counts = [(number, words) for number, words in zip(change[1:], WORDS, strict=True) if number]
    return wording.label(wording.join_words([f"{wording.format_number(number)} {words[number != 1]}" for number, words in counts]))


WORDS = (
    ("nieuw cijfer", "nieuwe cijfers"),
    ("vervallen cijfer", "vervallen cijfers"),
    ("ander getal", "andere getallen"),
    ("cijfer vastgesteld", "cijfers vastgesteld"),
    ("cijfer nu geheim", "cijfers nu geheim"),
    ("cijfer nu getoond", "cijfers nu getoond"),
)


@remembered(4)
def explained(release: Release, before: str) -> tuple[Explained, ...]:
    """Per indicator that changed since the release `before`, the reasons; those without a known reason first. Raises ReleaseError when that
    release cannot be opened."""
    return explain(release, open_release(before, Rights(scope=release.scope)))


def explain(new: Release, old: Release) -> tuple[Explained, ...]:
    """The same of two releases."""
    indicators = {one.name: one for one in (*old.indicators, *new.indicators)}
    found = [Explained(change, tuple(_reasons(indicators[change.name], change, new, old))) for change in changes.changes(new, old)]
    return tuple(sorted(found, key=lambda one: bool(one.reasons)))


def _reasons(indicator: Indicator, change: Change, new: Release, old: Release) -> Iterator[Reason]:
    yield from _definition(indicator, new, old)
    for source in indicator.sources:
        yield from _arrivals(source, new, old)
        yield from _corrections(source, new, old)
    yield from _decisions(indicator, new, old)
    if change.withheld or change.shown:
        yield from _protection(indicator, new, old)
    if not any((change.new, change.gone, change.changed)):
        if change.final:
            yield Reason("Vastgesteld", "de termijn voor aanvullingen is voorbij.")
        elif _entry(new, indicator) == _entry(old, indicator):
            yield Reason("Bescherming", "geen getal is anders, maar er zijn meer of minder cijfers geheim.")


def _entry(release: Release, indicator: Indicator) -> Mapping[str, Any]:
    return next((one for one in release.manifest.get("catalogue", []) if one.get("indicator_id") == indicator.id), {})


def _definition(indicator: Indicator, new: Release, old: Release) -> Iterator[Reason]:
    now, before = _entry(new, indicator), _entry(old, indicator)
    if not before:
        yield Reason("Definitie", "deze indicator is nieuw.")
    elif not now:
        yield Reason("Definitie", "deze indicator is vervallen.")
    elif any(now.get(field) != before.get(field) for field in DEFINING):
        versions = [str(one.get("version", "onbekend")) for one in (before, now)]
        yield Reason("Definitie", f"wat wordt geteld is veranderd (versie {versions[0]} werd {versions[1]}).")
    for source in indicator.sources:
        contracts = [str(release.contract(source).get("version", "")) for release in (old, new)]
        if all(contracts) and contracts[0] != contracts[1]:
            yield Reason("Definitie", f"de afspraken over ‘{_title(source, new)}’ zijn veranderd (versie {contracts[0]} werd {contracts[1]}).")


def _arrivals(source: str, new: Release, old: Release) -> Iterator[Reason]:
    """New files of a delivery: of periods that the older release had too, late, or simply new."""
    before = _files(source, old)
    known = {one.get("sha256") for one in before}
    fresh = [one for one in _files(source, new) if one.get("sha256") not in known]
    again = [one for one in fresh if any(_overlap(one.get("periods", []), other.get("periods", [])) for other in before)]
    if again:
        yield Reason("Revisie", _arrived(source, again, new))
    if first := [one for one in fresh if one not in again]:
        yield Reason("Te late levering" if _status(source, old) in WAS_LATE else "Nieuwe levering", _arrived(source, first, new))


def _arrived(source: str, files: Sequence[Mapping[str, Any]], release: Release) -> str:
    periods = sorted({period for one in files for period in one.get("periods", [])}, key=wording.end_of_period)
    ends = " tot en met ".join(wording.format_period(period) for period in dict.fromkeys([*periods[:1], *periods[-1:]]))
    last = wording.format_date(max(str(one.get("received_at", "")) for one in files))
    return f"‘{_title(source, release)}’{f' over {ends}' if ends else ''}, ontvangen op {last}."


def _overlap(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two spans of periods (first and last) share a day, as far as their ends tell."""
    if not one or not other:
        return False
    spans = [(wording.end_of_period(span[0]), wording.end_of_period(span[-1])) for span in (one, other)]
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _corrections(source: str, new: Release, old: Release) -> Iterator[Reason]:
    told = [
        {one["sentence"] for one in release.quality.get("findings", []) if one["id"].partition(":")[0] == CORRECTED and one.get("delivery") == source}
        for release in (new, old)
    ]
    if told[0] != told[1]:
        yield Reason("Correctie", f"bekende fouten in ‘{_title(source, new)}’ zijn hersteld, of een herstel is vervallen.")


def _decisions(indicator: Indicator, new: Release, old: Release) -> Iterator[Reason]:
    excluded = [
        {
            (one.get("finding"), one.get("area_code"), one.get("period"))
            for one in release.manifest.get("decisions", [])
            if one.get("decision") == "uitgesloten" and (one.get("indicator_id") or one.get("delivery")) in (indicator.id, *indicator.sources)
        }
        for release in (new, old)
    ]
    if excluded[0] - excluded[1]:
        yield Reason("Besluit", "de werkgroep heeft cijfers uitgesloten.")
    if excluded[1] - excluded[0]:
        yield Reason("Besluit", "cijfers die de werkgroep eerder uitsloot, staan er weer.")


def _protection(indicator: Indicator, new: Release, old: Release) -> Iterator[Reason]:
    now, before = _entry(new, indicator), _entry(old, indicator)
    if before and now and any(now.get(field) != before.get(field) for field in PROTECTING):
        yield Reason("Bescherming", "het beleid voor geheime cijfers is veranderd.")


def _files(source: str, release: Release) -> list[dict[str, Any]]:
    return [one for one in release.manifest.get("deliveries", []) if one.get("delivery") == source and one.get("used", True)]


def _status(source: str, release: Release) -> str:
    return next((str(row["status"]) for row in release.deliveries.iter_rows(named=True) if row["delivery"] == source), "")


def _title(source: str, release: Release) -> str:
    return str(release.contract(source).get("title", source))


def totals(found: Sequence[Explained]) -> str:
    """`Revisie: 12 indicatoren. Onbekend waardoor: 1 indicator.` An indicator with two reasons counts in both."""
    kinds = list(dict.fromkeys(kind for one in found for kind in one.kinds))
    counts = [(kind, sum(kind in one.kinds for one in found)) for kind in kinds]
    return " ".join(f"{kind}: {number} {'indicator' if number == 1 else 'indicatoren'}." for kind, number in counts)
