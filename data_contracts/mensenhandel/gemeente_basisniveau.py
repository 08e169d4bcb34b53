"""27 gemeenten: het basisniveau van de aanpak van mensenhandel en de bestuurlijke weerbaarheid, zelfopgave."""

from __future__ import annotations

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Terms


class GemeenteBasisniveau(Contract):
    """One row per gemeente and year: which parts of the basisniveau it says are in place."""

    _terms = Terms(
        delivery="gemeente_basisniveau",
        title="Basisniveau aanpak mensenhandel en weerbaarheid per gemeente",
        partner="Gemeenten (verzameld door het RSIV)",
        owner="RSIV, ketenregisseur mensenhandel",
        theme="mensenhandel",
        grain=Grain.RECORD,
        rhythm=Rhythm.YEAR,
        due_days=60,
        period_column="jaar",
        law=Law(
            doel="Voortgang van de gemeentelijke aanpak volgen",
            grondslag="Geen persoonsgegevens; afspraak in het RBO",
            convenant="Te bevestigen: besluit RBO juni 2021",
            dpia="Niet nodig: geen persoonsgegevens",
            bewaartermijn_maanden=120,
            smallest_area="gemeente",
            smallest_group={"professional": 1, "publiek": 1},
        ),
        aliases={"beleid_mensenhandel": ("beleid",), "zorgcoordinatie": ("zorgcoördinatie",), "apv_ondermijningsproof": ("apv",)},
    )

    gemeente: str = fields.area("gemeente")
    jaar: str = fields.year()
    beleid_mensenhandel: bool = fields.flag("Er is vastgesteld beleid tegen mensenhandel")
    aandachtsfunctionaris: bool = fields.flag("Er is een aandachtsfunctionaris mensenhandel")
    zorgcoordinatie: bool = fields.flag("Zorgcoördinatie en opvang zijn geregeld")
    actieve_signalering: bool = fields.flag("De gemeente signaleert actief")
    intern_signalenoverleg: bool = fields.flag("Er is een intern signalenoverleg of meldpunt")
    bibob_beleid: bool = fields.flag("Er is actueel Bibob-beleid")
    damocles_beleid: bool = fields.flag("Er is actueel Damocles-beleid")
    apv_ondermijningsproof: bool = fields.flag("De APV is ondermijningsproof")

    class Config(Contract.Config):
        unique = ["gemeente", "jaar"]
