"""Synthetic stand-ins for yearly counts of the gemeenten beside their inhabitants: households and establishments of businesses."""

from __future__ import annotations

import json

import numpy as np

from data_contracts.base import ODataTable
from pipelines.sample.areas import GEMEENTEN
from pipelines.sample.stand_ins import POPULATION_YEARS, STUDENT_TOWNS

# About what the whole country has for each inhabitant: rounded, and only for stand-ins.
PER_INHABITANT = {"71486ned": 0.45, "81578NED": 0.115}
GROWTH = {"71486ned": 1.01, "81578NED": 1.04}  # a year
ROUNDED_TO = {"71486ned": 1, "81578NED": 5}


def stand_in_denominator(table: ODataTable) -> bytes:
    """The table as the service would answer: 27 gemeenten, 1 January of 2019 to 2026; `source` is `synthetisch`.

    Sizes are the country's number per inhabitant with a scatter of a tenth per gemeente, and more households in student
    towns. Raises KeyError for a table that has no stand-in.
    """
    per_inhabitant, growth, rounded = PER_INHABITANT[table.table], GROWTH[table.table], ROUNDED_TO[table.table]
    rows = []
    for gemeente in GEMEENTEN:
        scatter = float(np.random.default_rng([int(gemeente.code[2:]), int(table.table[:5])]).normal(1.0, 0.1))
        students = STUDENT_TOWNS.get(gemeente.code, 1.0) ** 0.25 if table.table == "71486ned" else 1.0
        for year in POPULATION_YEARS:
            count = gemeente.people * per_inhabitant * min(1.25, max(0.75, scatter)) * students * growth ** (year - 2023)
            observation = {"Measure": table.measure, "Value": rounded * round(count / rounded), "ValueAttribute": "None"}
            rows.append(observation | {"RegioS": gemeente.code, "Perioden": f"{year}JJ00"})
    answer = {"table": table.table, "measure": table.measure, "slice": "", "source": "synthetisch", "value": rows}
    return json.dumps(answer, ensure_ascii=False).encode()
