"""A contract of fifteen columns that no partner has, and large files for it, good but for one row in three hundred."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl

from data_contracts import fields
from data_contracts.base import Contract, Grain, Law, Rhythm, Rule, Terms

AGES = ("0-17", "18-24", "25-39", "40-59", "60+", "onbekend")
FORMS = ("seksueel", "arbeid", "crimineel", "onbekend")
SECTORS = ("horeca", "bouw", "land- en tuinbouw", "transport", "prostitutie", "drugs", "overig")
KINDS = ("melding", "aangifte", "signaal", "incident")
TEAMS = [f"{district}{number}" for district in "ABCDEFG" for number in range(1, 5)]
BAD_SHARE = 0.0036
BATCH = 1_000_000


class Wide(Contract):
    """One row per made-up case: every kind of field once, a key of three columns and two rules over columns."""

    _terms = Terms(
        delivery="wide",
        title="Proeflevering van vijftien kolommen",
        partner="Proef",
        owner="Proef",
        theme="context",
        grain=Grain.RECORD,
        rhythm=Rhythm.YEAR,
        due_days=30,
        period_column="maand",
        tolerance=0.02,
        law=Law("Meten", "Geen", "Niet nodig", "Niet nodig", 12, "gemeente", {"professional": 5, "publiek": 10}),
    )
    _rules = (
        Rule("opvang", ("nachten", "wachtdagen"), "meer wachtdagen dan nachten", pl.col("wachtdagen") <= pl.col("nachten")),
        Rule("schade", ("schade", "aantal"), "schade zonder aantal", (pl.col("aantal") > 0) | (pl.col("schade") == 0)),
    )

    pseudoniem: str = fields.pseudonym("Pseudoniem")
    maand: str = fields.month()
    datum: pl.Date = fields.date()  # type: ignore[valid-type]
    basisteam: str = fields.area("basisteam")
    soort: str = fields.category("Soort", KINDS)
    leeftijd: str = fields.category("Leeftijd", AGES)
    geslacht: str = fields.category("Geslacht", ("man", "vrouw", "anders", "onbekend"))
    vormen: str = fields.several("Vormen", FORMS)
    sector: str = fields.category("Sector", SECTORS, nullable=True)
    eerste: bool = fields.flag("Eerste keer")
    aantal: int = fields.count("Aantal")
    nachten: int = fields.count("Nachten", unit="nachten")
    wachtdagen: int = fields.count("Wachtdagen", unit="dagen", nullable=True)
    schade: float = fields.money("Schade")
    aandeel: float = fields.percentage("Aandeel")

    class Config(Contract.Config):
        unique = ["pseudoniem", "maand", "soort"]


def rows(start: int, height: int) -> pl.DataFrame:
    """`height` typed rows from number `start`; one in 280 breaks one of nine rules, some by a key that stands twice."""
    generator = np.random.default_rng([7, start])
    number = np.arange(start, start + height)
    bad = np.where(generator.random(height) < BAD_SHARE, generator.integers(0, 9, height), -1)
    month, kind = (np.repeat(generator.integers(0, most, height // 2 + 1), 2)[:height] for most in (12, len(KINDS)))  # a pair of rows shares both

    def pick(values: tuple[str, ...] | list[str]) -> pl.Series:
        return pl.Series(values).gather(generator.integers(0, len(values), height))

    nights = generator.integers(3, 90, height)
    amount = generator.integers(1, 40, height)
    frame = pl.DataFrame({"number": number, "bad": bad, "month": month, "nachten": nights, "aantal": amount}).with_columns(
        (pl.lit("P") + pl.when(pl.col("bad") == 0).then((pl.col("number") - 1).clip(0)).otherwise("number").cast(pl.String).str.zfill(9)).alias("pseudoniem"),
        soort=pl.Series(KINDS).gather(kind),
        basisteam=pick(TEAMS),
        leeftijd=pick(AGES),
        geslacht=pick(("man", "vrouw", "anders", "onbekend")),
        vormen=pick(("arbeid", "crimineel", "seksueel", "onbekend", "arbeid|seksueel")),
        sector=pick((*SECTORS, "overig")),
        eerste=pl.Series(generator.random(height) < 0.6),
        wachtdagen=pl.Series(generator.integers(0, 4, height)),
        schade=pl.Series(np.round(generator.gamma(2, 900, height), 2)),
        aandeel=pl.Series(np.round(generator.random(height) * 100, 1)),
    )
    wrong = pl.col("bad")
    return frame.select(
        "pseudoniem",
        (pl.lit("2026-") + (pl.col("month") + 1).cast(pl.String).str.zfill(2)).alias("maand"),
        pl.date(2026, pl.col("month") + 1, 1 + pl.col("number") % 28).alias("datum"),
        pl.when(wrong == 1).then(None).otherwise("basisteam").alias("basisteam"),
        "soort",
        pl.when(wrong == 2).then(pl.lit("jong")).otherwise("leeftijd").alias("leeftijd"),
        pl.when(wrong == 3).then(pl.lit("?")).otherwise("geslacht").alias("geslacht"),
        "vormen",
        pl.when(pl.col("number") % 9 == 0).then(None).otherwise("sector").alias("sector"),
        "eerste",
        pl.when(wrong == 4).then(-pl.col("aantal")).otherwise("aantal").alias("aantal"),
        "nachten",
        pl.when(wrong == 5).then(pl.col("nachten") + 1).when(pl.col("number") % 5 == 0).then(None).otherwise("wachtdagen").alias("wachtdagen"),
        pl.when(wrong == 6).then(-pl.col("schade")).when(wrong == 7).then(None).otherwise("schade").alias("schade"),
        pl.when(wrong == 8).then(pl.col("aandeel") + 101).otherwise("aandeel").alias("aandeel"),
    )


def write_parquet(path: Path, height: int) -> None:
    """A typed Parquet file, zstd, written a million rows at a time."""
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, rows(0, 1).to_arrow().schema, compression="zstd") as writer:
        for start in range(0, height, BATCH):
            writer.write_table(rows(start, min(BATCH, height - start)).to_arrow(), row_group_size=250_000)


def write_dirty_csv(path: Path, height: int) -> None:
    """The same rows as a partner sends them: cp1252, semicolons, decimal comma, dd-mm-jjjj, ja and nee, stray spaces and capitals."""
    with path.open("wb") as file:
        for start in range(0, height, BATCH):
            part = rows(start, min(BATCH, height - start)).with_columns(
                pl.col("datum").dt.strftime("%d-%m-%Y"),
                pl.when(pl.col("eerste")).then(pl.lit("Ja")).otherwise(pl.lit("nee")).alias("eerste"),
                pl.col("schade", "aandeel").cast(pl.String).str.replace(".", ",", literal=True),
                pl.when(pl.col("leeftijd") == "onbekend").then(pl.lit(" Onbekend")).otherwise("leeftijd").alias("leeftijd"),
                pl.when(pl.col("sector") == "horeca").then(pl.lit("Horéca")).otherwise("sector").alias("sector"),
            )
            file.write(part.write_csv(separator=";", include_header=not start, line_terminator="\r\n").encode("cp1252"))
