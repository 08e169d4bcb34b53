"""CBS open data: vestigingen van bedrijven op 1 januari per gemeente (StatLine table 81578NED, OData v3)."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, ODataTable, Rhythm, Terms


class CbsBedrijven(Contract):
    """One row per gemeente and year: establishments of businesses on 1 January, of all trades together."""

    _terms = Terms(
        delivery="cbs_bedrijven",
        title="Vestigingen van bedrijven op 1 januari per gemeente",
        partner="CBS",
        owner="CBS, StatLine tabel 81578NED",
        theme="context",
        grain=Grain.COUNT,
        rhythm=Rhythm.YEAR,
        due_days=-150,  # provisional figures of 1 January come out in the first half of the same year
        period_column="jaar",
        confidential=False,
        tolerance=0.0,
        odata=ODataTable(
            table="81578NED",
            version=3,
            service="cbs_feed",
            measure="Vestigingen_1",
            value_column="vestigingen",
            columns={"RegioS": "gemeente", "Perioden": "jaar"},
            where="BedrijfstakkenBranchesSBI2008 eq 'T001081' and startswith(RegioS,'GM') and Perioden ge '2019JJ00'",
            scope={"RegioS": "^GM", "Perioden": "JJ00$"},
        ),
        law=Law(
            doel="Noemer van cijfers per bedrijf",
            grondslag="Open data, CC BY 4.0",
            convenant="Niet nodig",
            dpia="Niet nodig: open data",
            bewaartermijn_maanden=240,
            smallest_area="gemeente",
            smallest_group={"professional": 0, "publiek": 0},
        ),
        quirks=(
            "De namen en codes van de tabel zijn overgenomen uit openbare programma's die haar lezen en nog niet tegen de dienst gezien: "
            "klopt er een niet, dan weigert het ophalen met de naam ervan.",
            "Een vestiging is een adres waar een bedrijf werkt: een zzp'er telt als één, een keten met tien winkels als tien.",
            "CBS rondt vestigingen af op vijf; het nieuwste jaar is voorlopig.",
        ),
    )

    gemeente: str = fields.area("gemeente", description="CBS-code van de gemeente (GM0518)")
    jaar: str = fields.year()
    vestigingen: int = fields.count("Vestigingen van bedrijven op 1 januari, afgerond op vijf", unit="vestigingen")

    class Config(Contract.Config):
        unique = ["gemeente", "jaar"]
