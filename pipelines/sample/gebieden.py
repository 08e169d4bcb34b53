"""A synthetic stand-in for cbs_gebieden, in the form in which the service's answer lands, for when nothing real can be had."""

from __future__ import annotations

import json

from pipelines.sample.areas import GEMEENTEN, Gemeente

REGIOS = {"HGL": "Haaglanden", "HM": "Hollands Midden"}
PEOPLE_A_WIJK = 12_000  # a wijk of these 27 gemeenten has 8,600 inhabitants on average, one of Den Haag 12,500


def stand_in_gebieden() -> bytes:
    """cbs_gebieden of 2022: made-up wijken (`Wijk 03 (synthetisch)`) that divide each of the 27 gemeenten evenly.

    A code has an S where CBS has a digit (`WK0518S3`), so that a made-up wijk is never taken for a real one.
    """
    answer = {
        "table": "85318NED",
        "measure": "AantalInwoners_5",
        "slice": "",
        "source": "synthetisch",
        "value": [row for each in GEMEENTEN for row in _wijken(each)],
    }
    return json.dumps(answer, ensure_ascii=False).encode()


def _wijken(gemeente: Gemeente) -> list[dict[str, object]]:
    parts = max(1, min(10, round(gemeente.people / PEOPLE_A_WIJK)))
    return [
        {
            "Measure": "AantalInwoners_5",
            "Value": 5 * round(gemeente.people / parts / 5),
            "ValueAttribute": "None",
            "WijkenEnBuurten": f"WK{gemeente.code[2:]}S{number}",
            "Gemeentenaam_1": gemeente.name,
            "naam": f"Wijk {number + 1:02d} (synthetisch)",
            "gemeente": gemeente.code,
            "regio": REGIOS[gemeente.zorgregio],
        }
        for number in range(parts)
    ]
