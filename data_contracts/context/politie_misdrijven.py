"""Politie open data: geregistreerde misdrijven per gemeente (table 47013NED: OData v3, or the StatLine CSV as downloaded)."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Lookup, ODataTable, Rhythm, Terms


class PolitieMisdrijven(Contract):
    """One row per gemeente or police unit and year: registered crimes of all kinds."""

    _terms = Terms(
        delivery="politie_misdrijven",
        title="Geregistreerde misdrijven",
        partner="Politie (open data)",
        owner="Politie, open data tabel 47013NED",
        theme="context",
        grain=Grain.COUNT,
        rhythm=Rhythm.YEAR,
        due_days=90,
        final_days=400,  # StatLine marks a year voorlopig until the figures of the next one come out; te bevestigen
        period_column="jaar",
        confidential=False,
        tolerance=0.0,
        odata=ODataTable(
            table="47013NED",
            version=3,
            service="politie",
            measure="GeregistreerdeMisdrijven_1",
            value_column="misdrijven",
            columns={"Perioden": "jaar"},
            lookups={"regio": Lookup("RegioS", "47013NED/RegioS")},  # names, as in the download: 's-Gravenhage (gemeente), Den Haag (RE)
            where="SoortMisdrijf eq '0.0.0 ' and substring(Perioden,4,2) eq 'JJ' and Perioden ge '2019JJ00'",
            scope={"RegioS": "^(NL|GM|RE)", "Perioden": "JJ00$"},
        ),
        law=Law(
            doel="Context bij de thema's",
            grondslag="Open data",
            convenant="Niet nodig",
            dpia="Niet nodig: open data",
            bewaartermijn_maanden=240,
            smallest_area="gemeente",
            smallest_group={"professional": 0, "publiek": 0},
        ),
        recorded="crime/politie_47013NED_*.csv",
        aliases={"jaar": ("perioden",), "regio": ("regio's", "regios"), "misdrijven": ("geregistreerde misdrijven",)},
    )

    regio: str = fields.area("gemeente", description="Gemeente, regionale eenheid (RE) of Nederland, zoals StatLine die schrijft")
    jaar: str = fields.year()
    misdrijven: int = fields.count("Geregistreerde misdrijven", unit="misdrijven")

    class Config(Contract.Config):
        unique = ["regio", "jaar"]
