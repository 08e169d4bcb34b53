"""CBS open data: particuliere huishoudens op 1 januari per gemeente (StatLine table 71486ned, OData v3)."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, ODataTable, Rhythm, Terms


class CbsHuishoudens(Contract):
    """One row per gemeente and year: private households on 1 January."""

    _terms = Terms(
        delivery="cbs_huishoudens",
        title="Huishoudens op 1 januari per gemeente",
        partner="CBS",
        owner="CBS, StatLine tabel 71486ned",
        theme="context",
        grain=Grain.COUNT,
        rhythm=Rhythm.YEAR,
        due_days=-120,  # figures of 1 January come out before September of the same year
        period_column="jaar",
        confidential=False,
        tolerance=0.0,
        odata=ODataTable(
            table="71486ned",
            version=3,
            service="cbs_feed",
            measure="TotaalParticuliereHuishoudens_1",
            value_column="huishoudens",
            columns={"RegioS": "gemeente", "Perioden": "jaar"},
            where="LeeftijdReferentiepersoon eq '10000' and startswith(RegioS,'GM') and Perioden ge '2019JJ00'",
            scope={"RegioS": "^GM", "Perioden": "JJ00$"},
        ),
        law=Law(
            doel="Noemer van cijfers per huishouden",
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
            "Wie in een instelling woont, hoort bij geen particulier huishouden.",
        ),
    )

    gemeente: str = fields.area("gemeente", description="CBS-code van de gemeente (GM0518)")
    jaar: str = fields.year()
    huishoudens: int = fields.count("Particuliere huishoudens op 1 januari", unit="huishoudens")

    class Config(Contract.Config):
        unique = ["gemeente", "jaar"]
