"""A release with figures of their own for every gemeente, a real OpenID provider, and one dashboard for all roles."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from app.wording import format_number
from tests.app.release_fixture import write_release
from tests.app.running import running
from tests.app.socket_tab import put_user

ROLES = """
claim = "groups"
[roles]
publiek = "publiek"
professional = "professional"
delft = "gemeente:GM0503"
werkgroep = "werkgroep"
analist = "analist"
privacy = "privacy"
beheer = "beheer"
"""
EVERYBODY = ("publiek", "professional", "delft", "werkgroep", "analist", "privacy", "beheer", "zonderrol")
SEES_ALL = {"professional", "werkgroep", "analist", "privacy"}
SEES_PROTECTION = {"werkgroep", "privacy", "beheer"}
INDICATOR, PERIOD = "mh_slachtoffers", "2025"


def mark(code: str) -> float:
    """The figure of one area, that no other has."""
    return 10_000.5 + int(code[2:]) if code.startswith("GM") else 20_000.5 + ord(code)


def marks(sent: bytes) -> set[str]:
    """The areas whose figure is in these bytes, as text of a page or file or as number of a chart."""
    written = {row["area_code"]: mark(row["area_code"]) for row in AREAS}
    return {
        code
        for code, number in written.items()
        if any(text.encode() in sent for text in (format_number(number, 1), f"{number:.1f}", f"{number:.1f}".replace(".", ",")))
    }


#: The gemeenten and districts of the release.
AREAS: list[dict[str, str]] = []


@pytest.fixture(scope="module")
def unlike(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release in which the figures of gemeenten and districts are for professionals alone."""
    data = tmp_path_factory.mktemp("roles")
    folder = write_release(data)
    manifest = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    values = pl.read_parquet(folder / "professional" / "values.parquet")
    hidden = (pl.col("indicator_id") == INDICATOR) & pl.col("area_level").is_in(["gemeente", "district"]) & ~pl.col("area_code").is_in(["onbekend", "elders"])
    AREAS[:] = values.filter(hidden).select("area_code").unique().to_dicts()
    codes = [row["area_code"] for row in AREAS]
    figure = pl.col("area_code").replace_strict(codes, [float(mark(code)) for code in codes], default=None, return_dtype=pl.Float64)
    shown = {"value": figure, "numerator": pl.lit(3.0), "denominator": pl.lit(100.0), "state": pl.lit("waarde")}
    none = {"value": pl.lit(None, pl.Float64), "numerator": pl.lit(None, pl.Float64), "denominator": pl.lit(None, pl.Float64), "state": pl.lit("geheim")}
    for audience, new in (("professional", shown), ("publiek", none)):
        path = folder / audience / "values.parquet"
        values.with_columns(pl.when(hidden).then(column).otherwise(pl.col(name)).alias(name) for name, column in new.items()).write_parquet(path)
        manifest["files"][f"{audience}/values.parquet"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "release.json").write_text(json.dumps(manifest), encoding="utf-8")
    (data / "roles.toml").write_text(ROLES, encoding="utf-8")
    return data


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """A real OpenID provider on this machine."""
    oidc_provider_mock = pytest.importorskip("oidc_provider_mock", reason="oidc-provider-mock is not installed")
    with oidc_provider_mock.run_server_in_thread() as server:
        address = f"http://localhost:{server.server_port}"
        for name in EVERYBODY:
            put_user(address, name, {"groups": [name], "name": f"Naam van {name}"})
        put_user(address, "vreemd", {"groups": {"professional": True}})
        yield address


@pytest.fixture(scope="module")
def place(unlike: Path, provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One dashboard for all roles, so that they share its caches."""
    settings = {
        "KETENMONITOR_OIDC_URL": f"{provider}/.well-known/openid-configuration",
        "KETENMONITOR_OIDC_CLIENT": "dashboard",
        "KETENMONITOR_OIDC_SECRET": "secret",
        "KETENMONITOR_COOKIE_SECRET": "c" * 40,
        "KETENMONITOR_SUBJECT_KEY": "k" * 40,
        "KETENMONITOR_ROLES": str(unlike / "roles.toml"),
    }
    with running(unlike, tmp_path_factory.mktemp("server"), **settings) as address:
        yield address
