"""CBS open data: wijken met hun gemeente en regio (StatLine tables 85318NED and 85067NED of 2022, OData v3)."""

from __future__ import annotations

import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Lookup, ODataTable, Rhythm, Rule, Terms

EDITION, WIJKEN, GEBIEDEN = "2022", "85318NED", "85067NED"  # CBS gives every year its own table, with its own column numbers


class CbsGebieden(Contract):
    """One row per wijk and year: the gemeente and the regio that it lies in, and its inhabitants."""

    _terms = Terms(
        delivery="cbs_gebieden",
        title="Wijken, gemeenten en regio's",
        partner="CBS",
        owner=f"CBS, StatLine tabellen {WIJKEN} (Kerncijfers wijken en buurten) en {GEBIEDEN} (Gebieden in Nederland)",
        theme="context",
        grain=Grain.REFERENCE,
        rhythm=Rhythm.YEAR,
        due_days=-90,  # the division of a year comes out before October of that year
        period_column="jaar",
        confidential=False,
        tolerance=0.0,
        odata=ODataTable(
            table=WIJKEN,
            version=3,
            service="cbs_feed",
            measure="AantalInwoners_5",
            value_column="inwoners",
            columns={"WijkenEnBuurten": "wijk"},
            lookups={
                "naam": Lookup("WijkenEnBuurten", f"{WIJKEN}/WijkenEnBuurten"),
                "gemeente": Lookup("Gemeentenaam_1", f"{GEBIEDEN}/TypedDataSet", match="Naam_2", text="RegioS"),
                "regio": Lookup("Gemeentenaam_1", f"{GEBIEDEN}/TypedDataSet", match="Naam_2", text="Naam_15"),  # GGD-regio: the borders of the veiligheidsregio
            },
            constants={"jaar": EDITION},
            codes={"regio": {"VR15": "Haaglanden", "VR16": "Hollands Midden"}},  # how the recorded list of gemeenten writes them
            where="startswith(WijkenEnBuurten,'WK')",
            scope={"WijkenEnBuurten": "^WK"},
        ),
        recorded=f"geo/wijken27_{EDITION}.geojson",
        law=Law(
            doel="Ligging van wijken, voor de indeling van cijfers",
            grondslag="Open data, CC BY 4.0",
            convenant="Niet nodig",
            dpia="Niet nodig: open data",
            bewaartermijn_maanden=240,
            smallest_area="wijk",
            smallest_group={"professional": 0, "publiek": 0},
        ),
        quirks=(
            "CBS geeft elk jaar een nieuwe tabel uit, met andere kolomnummers: een volgend jaar is een nieuwe versie van dit contract.",
            "CBS rondt inwoners per wijk af op vijf; een wijk zonder inwoners heeft 0.",
            "De regio is de GGD-regio, met dezelfde grenzen als de veiligheidsregio.",
        ),
    )

    _rules = (
        Rule(
            "wijk_in_gemeente",
            ("wijk", "gemeente"),
            "horen niet bij elkaar: een wijkcode bevat de vier cijfers van haar gemeente",
            pl.col("wijk").str.slice(2, 4) == pl.col("gemeente").str.slice(2, 4),
        ),
    )

    jaar: str = fields.year()
    wijk: str = fields.area("wijk", description="CBS-code van de wijk (WK051801)")
    naam: str = fields.text("Naam van de wijk")
    gemeente: str = fields.area("gemeente", description="CBS-code van de gemeente (GM0518)")
    regio: str = fields.area("zorgregio", nullable=True, description="Regio waarin de gemeente ligt")
    inwoners: int = fields.count("Inwoners op 1 januari, afgerond op vijf", unit="inwoners", nullable=True)

    class Config(Contract.Config):
        unique = ["jaar", "wijk"]
