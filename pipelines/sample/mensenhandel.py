"""The records of the contact point and of the HEIT, and every maker of the theme mensenhandel.

No figure of these two is published: the sizes are plausible only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
import polars as pl

from pipelines.sample.areas import ELSEWHERE
from pipelines.sample.cases import MONTHS, case_numbers, draw, draw_days
from pipelines.sample.grids import GEMEENTE_PEOPLE, Axis
from pipelines.sample.mensenhandel_counts import nla_meldingen, om_zaken, politie_mensenhandel, riec_casuistiek
from pipelines.sample.published import CALIBRATED_YEAR
from pipelines.sample.shelter import avim_opvang, opvang_bedden

REPORTERS: Axis = {
    "gemeente": 0.19,
    "politie": 0.13,
    "zorg": 0.2,
    "onderwijs": 0.08,
    "opvang": 0.09,
    "toezichthouder": 0.06,
    "bedrijf": 0.04,
    "burger": 0.08,
    "slachtoffer": 0.06,
    "anoniem": 0.04,
    "overig": 0.03,
}
FORMS: Axis = {"seksueel": 0.46, "arbeid": 0.28, "crimineel": 0.16, "onbekend": 0.1}
REFERRED: Mapping[str, Axis] = {
    "seksueel": {"politie": 0.36, "SHOP": 0.24, "zorgcoördinatie": 0.18, "CoMensha": 0.06, "Veilig Thuis": 0.05, "niet doorverwezen": 0.11},
    "arbeid": {"arbeidsinspectie": 0.48, "politie": 0.15, "zorgcoördinatie": 0.1, "gemeente": 0.12, "niet doorverwezen": 0.15},
    "crimineel": {"politie": 0.47, "gemeente": 0.15, "Veilig Thuis": 0.1, "zorgcoördinatie": 0.1, "niet doorverwezen": 0.18},
    "onbekend": {"gemeente": 0.22, "politie": 0.2, "overig": 0.08, "niet doorverwezen": 0.5},
}
REGION = sum(GEMEENTE_PEOPLE.values())
REPORTS_A_YEAR = 74
CONTACT_POINT, MORE_REPORTS = dt.date(2024, 9, 1), 2.2  # the year plan of 2024 has it set up in its second half
WAITING = 0.06  # share of the reports about which nothing is done yet
INSPECTIONS_A_YEAR = 430
TRADES: Axis = {
    "avondwinkel of supermarkt": 0.2,
    "garage": 0.14,
    "shishalounge": 0.08,
    "café": 0.12,
    "restaurant": 0.13,
    "beautysalon": 0.12,
    "massagesalon": 0.07,
    "prostitutie": 0.06,
    "hotel": 0.03,
    "uitzendbureau": 0.03,
    "overig": 0.02,
}
ABUSES: Axis = {
    "illegale tewerkstelling": 0.2,
    "onderbetaling": 0.09,
    "slechte huisvesting": 0.07,
    "illegale sigaretten": 0.13,
    "illegale medicijnen": 0.05,
    "illegaal gokken": 0.08,
    "fiscale overtreding": 0.12,
    "vergunning niet op orde": 0.12,
    "brandveiligheid": 0.06,
    "overig": 0.02,
}
SEX_TRADES = ("prostitutie", "massagesalon", "hotel")
SEX_ABUSES: Axis = {"onvergunde prostitutie": 0.48, "illegale tewerkstelling": 0.2, "slechte huisvesting": 0.12, "vergunning niet op orde": 0.2}
ABUSE_SHARE, SECOND_ABUSE_SHARE = 0.56, 0.3
# How often there is a signal of trafficking, where something was wrong; half of it where nothing was.
SIGNAL_SHARES = {"massagesalon": 0.2, "prostitutie": 0.14, "beautysalon": 0.1, "uitzendbureau": 0.14, "restaurant": 0.06}
OTHER_SIGNAL_SHARE = 0.02
INTERVENTIONS: Axis = {
    "geen": 0.14,
    "waarschuwing": 0.32,
    "bestuurlijke boete": 0.25,
    "last onder dwangsom": 0.08,
    "naheffing": 0.08,
    "vergunning ingetrokken": 0.03,
    "sluiting": 0.06,
    "overgedragen aan politie": 0.04,
}


def meldpunt_meldingen(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of meldpunt_meldingen in order of date: gemeenten as codes, empty where unknown. With the regional contact
    point (September 2024) more reports come in, and a first action follows sooner."""
    generator = np.random.default_rng([seed, year, 37])
    growth = [1.06 ** (year - CALIBRATED_YEAR) * (MORE_REPORTS if dt.date(year, month, 1) >= CONTACT_POINT else 1.0) for month in range(1, 13)]
    dates = draw_days(year, REPORTS_A_YEAR * MONTHS * growth * scale, generator)
    size = len(dates)
    form = draw(FORMS, size, generator)
    gemeente = draw({**GEMEENTE_PEOPLE, ELSEWHERE: 0.03 * REGION, "": 0.14 * REGION}, size, generator)
    referred = pl.coalesce(pl.when(form == name).then(draw(shares, size, generator)) for name, shares in REFERRED.items())
    days = np.floor(generator.lognormal(np.where((dates >= CONTACT_POINT).to_numpy(), 1.1, 1.6), 0.9)).clip(0, 366).astype(np.int64)
    waiting = pl.Series(generator.random(size) < WAITING)
    return pl.select(
        case_numbers("MP", year, pl.int_range(1, size + 1, eager=True)).alias("melding_id"),
        dates,
        draw(REPORTERS, size, generator).alias("soort_melder"),
        gemeente.set(gemeente == "", None).alias("gemeente"),
        form.alias("uitbuitingsvorm"),
        pl.when(waiting).then(pl.lit("niet doorverwezen")).otherwise(referred).alias("doorverwezen_naar"),
        pl.when(~waiting).then(pl.Series(days)).alias("dagen_tot_eerste_actie"),
    )


def heit_controles(year: int, seed: int, scale: float) -> pl.DataFrame:
    """One year of heit_controles in order of date; Den Haag, where the team is from, has twice its share."""
    generator = np.random.default_rng([seed, year, 38])
    dates = draw_days(year, INSPECTIONS_A_YEAR * 1.02 ** (year - CALIBRATED_YEAR) * MONTHS * scale, generator)
    size = len(dates)
    branche = draw(TRADES, size, generator)
    wrong, more = (pl.Series(generator.random(size) < share) for share in (ABUSE_SHARE, SECOND_ABUSE_SHARE))
    first, second = (draw(SEX_ABUSES, size, generator).zip_with(branche.is_in(SEX_TRADES), draw(ABUSES, size, generator)) for _ in range(2))
    found = pl.concat_list(first, second.zip_with(more, first)).list.unique().list.sort().list.join("|")
    chance = branche.replace_strict(SIGNAL_SHARES, default=OTHER_SIGNAL_SHARE).to_numpy() * np.where(wrong.to_numpy(), 1.0, 0.5)
    signal = pl.Series(generator.random(size) < chance)
    return pl.select(
        case_numbers("HEIT", year, pl.int_range(1, size + 1, eager=True)).alias("controle_id"),
        dates,
        draw({**GEMEENTE_PEOPLE, "GM0518": 2 * GEMEENTE_PEOPLE["GM0518"]}, size, generator).alias("gemeente"),
        branche.alias("branche"),
        pl.when(wrong).then(found).otherwise(pl.lit("geen")).alias("misstanden"),
        signal.alias("signaal_mensenhandel"),
        pl.when(wrong | signal).then(draw(INTERVENTIONS, size, generator)).otherwise(pl.lit("geen")).alias("interventie"),
    )


MAKERS: Mapping[str, Callable[[int, int, float], pl.DataFrame]] = MappingProxyType(
    {
        "politie_mensenhandel": politie_mensenhandel,
        "avim_opvang": avim_opvang,
        "opvang_bedden": opvang_bedden,
        "om_zaken": om_zaken,
        "nla_meldingen": nla_meldingen,
        "meldpunt_meldingen": meldpunt_meldingen,
        "heit_controles": heit_controles,
        "riec_casuistiek": riec_casuistiek,
    }
)
