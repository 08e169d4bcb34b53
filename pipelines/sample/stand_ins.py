"""Synthetic stand-ins for the two open-data deliveries, in the shape of the services, for when nothing real can be had."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

import numpy as np

from data_contracts.context.cbs_bevolking import SLICES, YEARS
from pipelines.sample.areas import GEMEENTEN, Gemeente

POPULATION_YEARS = range(2019, 2027)
STATLINE_NAMES = {"GM0518": "'s-Gravenhage (gemeente)", "GM0603": "Rijswijk (ZH.)"}
STUDENT_TOWNS = {"GM0503": 2.2, "GM0546": 1.9}  # Delft and Leiden: so many times the usual share at 19 to 23, and less so up to 27
MADE_AT = "2026-01-01T00:00:00+00:00"  # a fixed moment: the same call gives the same bytes, so the same landed copy


def stand_in_misdrijven(years: Iterable[int]) -> bytes:
    """politie_misdrijven as StatLine would give it: title, three header rows, a row per region, a source line.

    Regions: Nederland, the 27 gemeenten as StatLine writes them, and `Den Haag (RE)`, which is exactly their sum. The
    title and the source line say that it is synthetic. Raises ValueError when `years` is empty.
    """
    columns = [str(year) for year in sorted(set(years))]
    if not columns:
        raise ValueError("at least one year is needed")
    counts = {gemeente.code: [_crimes(gemeente, int(year)) for year in columns] for gemeente in GEMEENTEN}
    whole = [sum(of_year) for of_year in zip(*counts.values(), strict=True)]
    regions = {STATLINE_NAMES.get(gemeente.code, gemeente.name): counts[gemeente.code] for gemeente in GEMEENTEN}
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["Geregistreerde misdrijven en aangiften; soort misdrijf, gemeente (synthetisch)"])
    writer.writerow(["Soort misdrijf: Totaal misdrijven"])
    writer.writerow([""])
    writer.writerow(["Onderwerp", *("Geregistreerde misdrijven" for _ in columns)])
    writer.writerow(["Perioden", *columns])
    writer.writerow(["Regio's", *("aantal" for _ in columns)])
    writer.writerow(["Nederland", *(round(count * 8.55) for count in whole)])
    writer.writerows([name, *regions[name]] for name in sorted(regions, key=lambda name: name.removeprefix("'s-")))
    writer.writerow(["Den Haag (RE)", *whole])
    writer.writerow(["Bron: synthetische voorbeelddata"])
    return buffer.getvalue().encode()


def stand_in_bevolking(slice_: str, totals: Mapping[tuple[str, int], int] | None = None) -> bytes:
    """cbs_bevolking as the OData service would answer for one slice: 27 gemeenten, 1 January of 2019 to 2026.

    The slices are those of the contract: all inhabitants together, men and women, and years of age (CBS code 11200 is 12
    years). `totals` maps (CBS code, year) to real inhabitants; sexes and ages are then shares of those, else of rounded, made-up
    numbers. `source` is `synthetisch` either way. Raises ValueError for another slice.
    """
    if slice_ not in SLICES:
        raise ValueError(f"unknown slice {slice_!r}: {', '.join(SLICES)}")
    ages, rows = SLICES[slice_]["Leeftijd"], []
    for gemeente in GEMEENTEN:
        for year in POPULATION_YEARS:
            people = (totals or {}).get((gemeente.code, year), _people(gemeente, year))
            match slice_:
                case "totaal":
                    rows.append(_observation(gemeente.code, year, people))
                case "geslacht":
                    men = _men(gemeente, people)
                    rows += [_observation(gemeente.code, year, men, sex="3000"), _observation(gemeente.code, year, people - men, sex="4000")]
                case _:
                    rows += [_observation(gemeente.code, year, _of_age(gemeente, year, int(YEARS[code]), people), code) for code in ages]
    answer = {"table": "03759ned", "measure": "M000352", "slice": slice_, "source": "synthetisch", "retrieved_at": MADE_AT, "value": rows}
    return json.dumps(answer, ensure_ascii=False).encode()


def _crimes(gemeente: Gemeente, year: int) -> int:
    generator = np.random.default_rng([int(gemeente.code[2:]), year, 8])
    return round(gemeente.crimes * 0.995 ** (year - 2023) * float(generator.normal(1.0, 0.03)))


def _people(gemeente: Gemeente, year: int) -> int:
    return 100 * round(gemeente.people * 1.007 ** (year - 2023) / 100)


def _men(gemeente: Gemeente, people: int) -> int:
    return round(people * float(np.random.default_rng([int(gemeente.code[2:]), 10]).normal(0.495, 0.004)))


def _of_age(gemeente: Gemeente, year: int, age: int, people: int) -> int:
    """Inhabitants of an age. A birth year keeps its size as it grows older; students come at 18 and later, and leave before 28.
    All ages below 60 together are 72% of the inhabitants, as in the Netherlands."""
    born = np.random.default_rng([int(gemeente.code[2:]), year - age, 9])
    share = (0.0112 + 0.00012 * (min(age, 24) - 12)) * float(born.normal(1.0, 0.03))
    if age >= 18:
        share *= 1 + (STUDENT_TOWNS.get(gemeente.code, 1.0) - 1) * max(0.0, min(1.0, (age - 17) / 2, (28 - age) / 5))
    return round(people * share)


def _observation(code: str, year: int, count: int, age: str = "10000", sex: str = "T001038") -> dict[str, object]:
    return {
        "Measure": "M000352",
        "ValueAttribute": "None",
        "Value": count,
        "StringValue": None,
        "BurgerlijkeStaat": "T001019",
        "Geslacht": sex,
        "Leeftijd": age,
        "RegioS": code,
        "Perioden": f"{year}JJ00",
    }
