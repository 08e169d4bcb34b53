"""The registers of a small release, written by hand: what there is to do, with whom, where to report, and what the werkgroep says."""

from __future__ import annotations

import datetime as dt

import polars as pl

DAY = dt.date


def registers() -> dict[str, pl.DataFrame]:
    """A frame per register, with the columns that the marts give it. Organisations and addresses are invented."""
    return {
        "activiteiten": pl.DataFrame(
            [
                ("mh-training", "2026Q4", "Training Signalen zien", "training", "mensenhandel", None, "baliemedewerkers", "Wat u aan de balie ziet", "RSIV"),
                ("ja-les", "2026Q4", "Les Snel geld", "les", "jonge aanwas", "Voorkomen", "leerlingen", "Waarom snel geld je vastzet", "Dealbreakers (RIEC)"),
            ],
            schema=["aanbod_id", "kwartaal", "titel", "soort", "thema", "actielijn", "doelgroep", "inhoud", "aanbieder"],
            orient="row",
        ).with_columns(vorm=pl.lit("op locatie"), duur=pl.lit(1.5), district_code=pl.lit(None, pl.String), aanmelden=pl.lit("Mail aanmelden@example.nl")),
        "agenda": pl.DataFrame(
            [
                ("A-1", "Les Snel geld", "les", "jonge aanwas", "Voorkomen", "leerlingen", "gemeente", "GM0503", "Delft", DAY(2026, 12, 10), None, None),
                ("A-2", "Training Signalen zien", "training", "mensenhandel", None, "balie", "gemeente", "GM0553", "Lisse", DAY(2026, 3, 1), 20, 8.1),
                ("A-3", "Bijeenkomst keten", "bijeenkomst", "mensenhandel", None, "partners", "regio", "DH", "Den Haag", DAY(2027, 1, 20), None, None),
            ],
            schema=[
                *("activiteit_id", "activiteit", "soort", "thema", "actielijn", "doelgroep", "area_level", "area_code", "area_name"),
                *("datum", "deelnemers", "waardering"),
            ],
            orient="row",
        ),
        "partners": pl.DataFrame(
            [
                (
                    "politie",
                    "Politie",
                    "politie",
                    "mensenhandel|jonge aanwas",
                    "regio",
                    "Opsporing",
                    "Onderzoekt",
                    "Bel 0900-8844",
                    "0900-8844",
                    None,
                    None,
                    "om",
                ),
                ("om", "Openbaar Ministerie", "justitie", "mensenhandel", "regio", "Vervolging", "Vervolgt", "Via de politie", None, None, None, None),
            ],
            schema=[
                *("partner_id", "organisatie", "soort", "themas", "werkgebied", "rol", "taak", "contactroute", "telefoon", "email", "website"),
                "geeft_door_aan",
            ],
            orient="row",
        ).with_columns(wat_wordt_doorgegeven=pl.lit("dossiers")),
        "meldroutes": pl.DataFrame(
            [
                (
                    "acuut",
                    1,
                    "mensenhandel",
                    "Iemand is nu in gevaar",
                    "Iemand vraagt om hulp",
                    "professional",
                    "Politie",
                    "politie",
                    "Bel direct.",
                    "112",
                    True,
                ),
                ("acuut", 2, "mensenhandel", "Iemand is nu in gevaar", "Iemand vraagt om hulp", "professional", "Zorg", None, "Vraag een bed.", None, True),
                (
                    "online",
                    1,
                    "online criminaliteit",
                    "Iemand is opgelicht",
                    "Geld is weg",
                    "inwoner",
                    "Politie",
                    "politie",
                    "Doe aangifte.",
                    "0900-8844",
                    False,
                ),
            ],
            schema=["route_id", "stap", "thema", "vermoeden", "signalen", "voor_wie", "meld_bij", "partner_id", "hoe", "telefoon", "spoed"],
            orient="row",
        ).with_columns(email=pl.lit(None, pl.String), website=pl.lit(None, pl.String), anoniem=pl.lit(value=False)),
        "acties": pl.DataFrame(
            [("2026-01", "2026Q3", "2026", "mensenhandel", "Signaleren", "Het meldpunt evalueren", "2026Q2", "2026Q4", "RSIV", "loopt", None, None)],
            schema=[
                *("actie_id", "kwartaal", "jaarplan", "thema", "actielijn", "actie", "gepland_van", "gepland_tot", "eigenaar", "status"),
                *("gereed_op", "toelichting"),
            ],
            schema_overrides={"gereed_op": pl.Date, "toelichting": pl.String},
            orient="row",
        ),
        "kwartaalthemas": pl.DataFrame(
            [("2026Q4", "Digitale veiligheid", "online criminaliteit", "Campagne in de hele eenheid", "inwoners", "RSIV", None, None)],
            schema=["kwartaal", "titel", "themas", "omschrijving", "doelgroep", "trekker", "bijeenkomst", "bijeenkomst_op"],
            schema_overrides={"bijeenkomst": pl.String, "bijeenkomst_op": pl.Date},
            orient="row",
        ),
        "duiding": pl.DataFrame(
            [("D-1", DAY(2026, 5, 12), "alg_misdrijven", "regio", "DH", "2023", "Minder misdrijven", "De aangifte ging anders.", "Werkgroep", "iedereen")],
            schema=["duiding_id", "datum", "indicator_id", "area_level", "area_code", "period", "titel", "tekst", "opgesteld_door", "zichtbaar_voor"],
            orient="row",
        ),
        "gebeurtenissen": pl.DataFrame(
            [("alg_misdrijven", DAY(2022, 7, 1), "trendbreuk", None, None, "Nieuwe telwijze", "De politie telt sindsdien anders.", "Politie")],
            schema=["indicator_id", "datum", "soort", "area_level", "area_code", "titel", "zin", "bron"],
            schema_overrides={"area_level": pl.String, "area_code": pl.String},
            orient="row",
        ),
    }
