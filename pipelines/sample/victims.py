"""The records of CoMensha: victims first, then the meldingen about them; in the calibrated year exactly as published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import polars as pl

from pipelines.sample.allocation import allocate, deal
from pipelines.sample.areas import ELSEWHERE, GEMEENTEN
from pipelines.sample.published import CALIBRATED_YEAR, PUBLISHED_FIGURES, trend

COLUMNS = (
    "pseudoniem",
    "meldkwartaal",
    "melder",
    "zorgregio",
    "gemeente",
    "leeftijdsgroep",
    "geslacht",
    "nationaliteitsgroep",
    "uitbuitingsvormen",
    "sector",
)
FORMS = ("crimineel", "arbeid", "seksueel")
TOGETHER = (("crimineel", "seksueel"), ("arbeid", "crimineel"), ("arbeid", "seksueel"))
MELDERS = ("politie", "zorgcoördinatie", "arbeidsinspectie", "marechaussee", "opvang", "gemeente", "overig")
MELDER_SHARES: Mapping[str, tuple[float, ...]] = {
    "crimineel": (0.55, 0.14, 0.03, 0.04, 0.1, 0.1, 0.04),
    "arbeid": (0.25, 0.08, 0.46, 0.06, 0.05, 0.06, 0.04),
    "seksueel": (0.52, 0.2, 0.0, 0.05, 0.14, 0.05, 0.04),
}
SECTORS: Mapping[str, Mapping[str | None, float]] = {
    "crimineel": {"drugs": 0.62, "overig": 0.1, "onbekend": 0.18, None: 0.1},
    "arbeid": {"land- en tuinbouw": 0.34, "horeca": 0.2, "bouw": 0.14, "huishouden": 0.1, "transport": 0.1, "overig": 0.12},
    "seksueel": {"prostitutie": 0.74, "overig": 0.06, "onbekend": 0.1, None: 0.1},
}
ADULT_AGES = {"18-22": 0.22, "23-29": 0.3, "30-39": 0.26, "40-59": 0.19, "60+": 0.03}
NATIONALITIES = {"Nederlands": 0.36, "EU": 0.32, "buiten EU": 0.32}
SHARE_HAAGLANDEN = 0.64
KNOWN_FROM_LAST_YEAR = 2  # victims a year that were reported the year before as well, under the same pseudonym
# Letters and digits take turns: no run of nine digits that could pass for a BSN, no four digits and two letters (a postcode).
LETTERS, DIGITS = "BCDFGHJKMNPQRSTVWXZ", "23456789"


def comensha_slachtoffers(year: int, seed: int, scale: float = 1.0) -> pl.DataFrame:
    """One year of comensha_slachtoffers: a row per victim, quarter and melder; areas as codes, forms joined by `|`.

    Several rows can be about one victim: another melder in the same quarter, or a later quarter. The forms of a victim are
    the union of its rows, because one melder sees what another does not. In the calibrated year the distinct victims, the
    minors and the victims per form are the published ones; in other years they follow a trend, times `scale`.
    """
    scale = 1.0 if year == CALIBRATED_YEAR else scale
    generator = np.random.default_rng([seed, year, 3])
    people, minors, unknown, per_form = _sizes(year, scale, generator)
    forms = _spread_forms(people, per_form)
    quarters = deal(allocate(people, [1.0, 1.0, 1.0, 1.0]), start=float(generator.random()))
    regions = deal(allocate(people, [SHARE_HAAGLANDEN, 1 - SHARE_HAAGLANDEN]), start=float(generator.random()), step=1)
    rows: list[tuple[str | None, ...]] = []
    for place, number in enumerate(generator.permutation(people)):
        last_year = number >= people - KNOWN_FROM_LAST_YEAR
        # Persons 10 and 11 of last year (at scale 1): adults of known age then too, so that nothing about them contradicts itself.
        home, own = (year - 1, round(10 * scale) + people - 1 - int(number)) if last_year else (year, int(number))
        sex, nationality, adult_age = _describe(home, own, seed)
        age = "0-17" if number < minors else "onbekend" if number < minors + unknown else adult_age
        region = ("HGL", "HM")[regions[place]]
        gemeente = None if number % 5 == 0 else ELSEWHERE if number % 17 == 3 else _pick_gemeente(region, generator)
        main = forms[place][-1]
        sector = _pick(SECTORS[main], generator)
        quarter = 1 if last_year else int(quarters[place]) + 1
        for when, melder, seen in _report(quarter, forms[place], generator):
            rows.append((pseudonym(home, own, seed), f"{year}Q{when}", melder, region, gemeente, age, sex, nationality, "|".join(seen), sector))
    frame = pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")
    return frame.sort("meldkwartaal", "pseudoniem", "melder")


def early_fourth_quarter(year: pl.DataFrame, *, seed: int) -> pl.DataFrame:
    """The fourth quarter of a year as first delivered, incomplete: three in five of the rows, not one with a gemeente yet,
    and one victim whose registration was withdrawn before the final delivery."""
    final = year.filter(pl.col("meldkwartaal").str.ends_with("Q4"))
    early = final.head(max(1, len(final) * 3 // 5)).with_columns(pl.lit(None, dtype=pl.String).alias("gemeente"))
    withdrawn = early.head(1).with_columns(pl.lit(pseudonym(CALIBRATED_YEAR, 999, seed)).alias("pseudoniem"))
    return pl.concat([early, withdrawn])


def pseudonym(year: int, number: int, seed: int) -> str:
    """`CM-K4T7M2X`: the same for the same person, and never the same for two of 500,000 a year (the step over the range is
    coprime to it)."""
    size = len(LETTERS) ** 4 * len(DIGITS) ** 3  # 66.7 million
    person = year * 1000 + number if number < 1000 else 3_000_000 + (year - 2000) * 500_000 + number
    code = (person * 38_196_601 + seed * 7_368_787) % size
    text = ""
    for place in range(7):
        signs = LETTERS if place % 2 == 0 else DIGITS
        code, rest = divmod(code, len(signs))
        text += signs[rest]
    return f"CM-{text}"


def _sizes(year: int, scale: float, generator: np.random.Generator) -> tuple[int, int, int, dict[str, int]]:
    """Distinct victims, minors among them, victims of unknown age, and victims per form."""
    published = {form: PUBLISHED_FIGURES[f"slachtoffers {form}"].value for form in FORMS}
    whole, minors = PUBLISHED_FIGURES["slachtoffers"].value, PUBLISHED_FIGURES["slachtoffers minderjarig"].value
    if year == CALIBRATED_YEAR:
        return whole, minors, 0, published
    people = round(scale * (max(48, round(whole * trend(1.08, year))) + int(generator.integers(-2, 3))))
    # A higher share of crimineel than published, so that after three quarters of a year ten victims are counted.
    per_form = {"crimineel": round(people * 0.27), "arbeid": round(people * 0.39), "seksueel": round(people * 0.52)}
    return people, round(scale * (2 + int(generator.integers(0, 3)))), round(scale * int(generator.integers(0, 3))), per_form


def _spread_forms(people: int, per_form: Mapping[str, int]) -> list[tuple[str, ...]]:
    """Forms per victim: as many victims with two as the counts exceed the victims, the others with one; the counts exact."""
    left = dict(per_form)
    forms: list[tuple[str, ...]] = []
    for number in range(sum(per_form.values()) - people):
        forms.append(TOGETHER[number % len(TOGETHER)])
        for form in forms[-1]:
            left[form] -= 1
    return forms + [(form,) for form in FORMS for _ in range(left[form])]


def _describe(home: int, number: int, seed: int) -> tuple[str, str, str]:
    """What does not change about a person from one year to the next: sex, nationality, age when adult."""
    generator = np.random.default_rng([seed, home, number, 5])
    return "vrouw" if generator.random() < 0.58 else "man", str(_pick(NATIONALITIES, generator)), str(_pick(ADULT_AGES, generator))


def _report(quarter: int, forms: tuple[str, ...], generator: np.random.Generator) -> list[tuple[int, str, tuple[str, ...]]]:
    """The meldingen about one victim: quarter, melder and the forms that this melder saw; the last one saw them all."""
    first, second = generator.choice(len(MELDERS), 2, replace=False, p=MELDER_SHARES[forms[-1]])
    chance = generator.random()
    if chance < 0.16:
        return [(quarter, MELDERS[first], forms[-1:]), (quarter, MELDERS[second], tuple(sorted(forms)))]
    if chance < 0.3 and quarter < 4:
        melder = MELDERS[first if chance < 0.23 else second]
        return [(quarter, MELDERS[first], forms[:1]), (int(generator.integers(quarter + 1, 5)), melder, tuple(sorted(forms)))]
    return [(quarter, MELDERS[first], tuple(sorted(forms)))]


def _pick_gemeente(region: str, generator: np.random.Generator) -> str:
    return str(_pick({gemeente.code: gemeente.people for gemeente in GEMEENTEN if gemeente.zorgregio == region}, generator))


def _pick(shares: Mapping[str, float] | Mapping[str | None, float], generator: np.random.Generator) -> str | None:
    weights = np.array(list(shares.values()), dtype=np.float64)
    options: list[str | None] = list(shares)
    return options[int(generator.choice(len(options), p=weights / weights.sum()))]


MAKERS: Mapping[str, Callable[[int, int, float], pl.DataFrame]] = MappingProxyType({"comensha_slachtoffers": comensha_slachtoffers})
