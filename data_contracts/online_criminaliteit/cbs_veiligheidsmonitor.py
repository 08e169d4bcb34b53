"""CBS: slachtofferschap van online criminaliteit volgens de Veiligheidsmonitor, een enquête om de twee jaar."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms


class CbsVeiligheidsmonitor(Contract):
    """One row per gemeente or police unit, survey year and kind of victimisation: an estimate with its margin."""

    _terms = Terms(
        delivery="cbs_veiligheidsmonitor",
        title="Slachtofferschap van online criminaliteit (Veiligheidsmonitor)",
        partner="CBS",
        owner="CBS, Veiligheidsmonitor",
        theme="online_criminaliteit",
        grain=Grain.SURVEY,
        rhythm=Rhythm.TWO_YEARS,
        due_days=75,  # the survey of 2023 came out on 1 March 2024
        period_column="jaar",
        confidential=False,
        tolerance=0.0,
        law=Law(
            doel="Omvang van slachtofferschap en bereidheid om te melden, naast de geregistreerde cijfers",
            grondslag="Open data, CC BY 4.0",
            convenant="Niet nodig",
            dpia="Niet nodig: open data",
            bewaartermijn_maanden=240,
            smallest_area="gemeente",
            smallest_group={"professional": 0, "publiek": 0},
        ),
        aliases={
            "gebied": ("gemeente", "regio", "regio's", "gemeente of eenheid"),
            "jaar": ("perioden", "enquêtejaar", "meetjaar"),
            "soort_slachtofferschap": ("soort", "delictsoort", "vorm van slachtofferschap"),
            "percentage": ("slachtoffers", "slachtoffers (%)", "% slachtoffers", "schatting"),
            "ondergrens": ("ondergrens 95%-interval", "ondergrens (%)", "ondermarge"),
            "bovengrens": ("bovengrens 95%-interval", "bovengrens (%)", "bovenmarge"),
            "meldingspercentage": ("melding", "gemeld (%)", "% gemeld", "meldingsbereidheid"),
            "aangiftepercentage": ("aangifte", "aangifte (%)", "% aangifte", "aangiftebereidheid"),
        },
        quirks=(
            "Een schatting uit een enquête: nooit op één as met geregistreerde aantallen.",
            "De soorten overlappen: een slachtoffer van twee soorten telt in het totaal één keer.",
            "Melden en aangifte staan alleen bij de eenheid: per gemeente zijn er te weinig slachtoffers in de steekproef. Leeg is daar goed.",
            "De vragenlijst is in 2021 vernieuwd: eerdere jaren zijn niet vergelijkbaar en worden niet geleverd.",
        ),
    )
    _rules = (
        Rule(
            "marge_om_schatting",
            ("ondergrens", "percentage", "bovengrens"),
            "spreken elkaar tegen: de ondergrens mag niet boven het percentage liggen en het percentage niet boven de bovengrens",
            pl.col("percentage").is_between(pl.col("ondergrens"), pl.col("bovengrens")),
        ),
        Rule(
            "aangifte_is_ook_melding",
            ("aangiftepercentage", "meldingspercentage"),
            "spreken elkaar tegen: wie aangifte doet heeft ook gemeld, dus het aangiftepercentage is niet hoger dan het meldingspercentage",
            pl.col("aangiftepercentage") <= pl.col("meldingspercentage"),
        ),
        Rule(
            "jaar_van_de_enquete",
            ("jaar",),
            "is geen jaar waarin de vernieuwde enquête is gehouden: dat is om de twee jaar, in oneven jaren vanaf 2021",
            (pl.col("jaar") >= "2021") & pl.col("jaar").str.contains("[13579]$"),
        ),
    )

    gebied: str = fields.area("gemeente", description="Gemeente, of de regionale eenheid zoals het CBS die schrijft: Den Haag (RE)")
    jaar: str = fields.year("Jaar waarin de enquête is gehouden, bijvoorbeeld 2023")
    soort_slachtofferschap: str = fields.category(
        "Soort slachtofferschap",
        ("online criminaliteit totaal", "online oplichting en fraude", "hacken", "online bedreiging en intimidatie", "overige online criminaliteit"),
        aliases={
            "totaal online criminaliteit": "online criminaliteit totaal",
            "online criminaliteit": "online criminaliteit totaal",
            "oplichting en fraude": "online oplichting en fraude",
            "online bedreiging": "online bedreiging en intimidatie",
            "overig": "overige online criminaliteit",
        },
    )
    percentage: float = fields.percentage("Deel van de inwoners van 15 jaar en ouder dat in twaalf maanden slachtoffer was")
    ondergrens: float = fields.percentage("Ondergrens van het 95%-betrouwbaarheidsinterval")
    bovengrens: float = fields.percentage("Bovengrens van het 95%-betrouwbaarheidsinterval")
    meldingspercentage: float = fields.percentage("Deel van de slachtoffers dat het ergens meldde, met of zonder aangifte", nullable=True)
    aangiftepercentage: float = fields.percentage("Deel van de slachtoffers dat aangifte deed bij de politie", nullable=True)

    class Config(Contract.Config):
        unique = ["gebied", "jaar", "soort_slachtofferschap"]
