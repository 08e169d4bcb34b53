"""Who may see what: roles in, rights out. `rights_of` is the one place that decides, for pages, figures, downloads and caches alike.

Nothing here knows Streamlit. What is not understood gives no right, so that everything fails to what is public.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

Audience = Literal["publiek", "professional"]

GEMEENTE = re.compile(r"gemeente:(GM[0-9]{4})")
#: Roles that see all figures for professionals; a gemeente sees those of its own and the areas around it.
PROFESSIONALS = frozenset({"professional", "werkgroep", "analist", "privacy"})
PROTECTORS = frozenset({"werkgroep", "privacy", "beheer"})
ROLES = PROFESSIONALS | {"publiek", "beheer"}
SECRET_LENGTH = 32


@dataclass(frozen=True)
class Scope:
    """Which figures: those of an audience, or with `gemeenten` those for professionals about these gemeenten and the areas around them,
    and of all else what is public. Part of the key of every cache."""

    audience: Audience = "publiek"
    gemeenten: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rights:
    """What a reader may do. `roles` is sorted and known; `protection` opens how persons are protected, `signing` the full findings and the decisions
    of the werkgroep, `docs` the checks behind them (Data Docs)."""

    roles: tuple[str, ...] = ()
    scope: Scope = field(default_factory=Scope)
    protection: bool = False
    signing: bool = False
    docs: bool = False


PUBLIC = Rights()


def rights_of(roles: Iterable[str]) -> Rights:
    """The rights of who has these roles; a role that is not known gives none."""
    known = {role for role in roles if is_role(role)}
    gemeenten = tuple(sorted(found[1] for role in known if (found := GEMEENTE.fullmatch(role))))
    whole = bool(known & PROFESSIONALS)
    scope = Scope("professional" if whole or gemeenten else "publiek", () if whole else gemeenten)
    return Rights(tuple(sorted(known)), scope, bool(known & PROTECTORS), "werkgroep" in known, bool(known & {"werkgroep", "privacy"}))


def is_role(role: str) -> bool:
    """Whether a role exists: one of ROLES, or `gemeente:` with a CBS code."""
    return role in ROLES or GEMEENTE.fullmatch(role) is not None


class BadSettings(Exception):
    """The settings of sign-in cannot be used; the message names the setting and never its value."""


@dataclass(frozen=True)
class Settings:
    """How readers sign in. Without `provider` nobody can, and all see what is public; with `demo` everybody has every role,
    on releases that are synthetic and only there. `address` is where readers find the dashboard."""

    provider: Mapping[str, Any] | None = None
    address: str = ""
    cookie_secret: str = field(default="", repr=False)
    subject_key: bytes = field(default=b"", repr=False)
    roles_file: Path | None = None
    demo: bool = False

    @property
    def secrets(self) -> dict[str, Any]:
        """What Streamlit's `st.login` asks for; empty without a provider."""
        if self.provider is None:
            return {}
        return {"auth": {"redirect_uri": f"{self.address}/oauth2callback", "cookie_secret": self.cookie_secret, "riec": dict(self.provider)}}


NEEDED = {
    "KETENMONITOR_OIDC_URL": "the provider's address of .well-known/openid-configuration",
    "KETENMONITOR_OIDC_CLIENT": "the client id at the provider",
    "KETENMONITOR_OIDC_SECRET": "the client secret at the provider",
    "KETENMONITOR_ADDRESS": "the address at which readers open the dashboard",
    "KETENMONITOR_COOKIE_SECRET": f"at least {SECRET_LENGTH} random characters that sign the cookie",
    "KETENMONITOR_SUBJECT_KEY": f"at least {SECRET_LENGTH} random characters that make readers pseudonymous; never change it",
    "KETENMONITOR_ROLES": "the TOML file that says which claim gives which role",
}


def settings_from_environment() -> Settings:
    """The settings of sign-in, from the environment alone. Raises BadSettings when some are there and others not, or one cannot be right."""
    given = {name: os.environ.get(name, "").strip() for name in NEEDED}
    if not any(value for name, value in given.items() if name != "KETENMONITOR_ADDRESS"):  # which open data needs too
        return Settings()
    if missing := [f"{name} ({NEEDED[name]})" for name, value in given.items() if not value]:
        raise BadSettings(f"sign-in is half set; missing: {', '.join(missing)}")
    for name in ("KETENMONITOR_COOKIE_SECRET", "KETENMONITOR_SUBJECT_KEY"):
        if len(given[name]) < SECRET_LENGTH:
            raise BadSettings(f"{name} is too short: at least {SECRET_LENGTH} characters")
    for name in ("KETENMONITOR_OIDC_URL", "KETENMONITOR_ADDRESS"):
        parts = urlsplit(given[name])
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")):
            raise BadSettings(f"{name} is no https address; http is for a loopback address alone")
    asked = {"scope": os.environ.get("KETENMONITOR_OIDC_SCOPE", "openid"), "prompt": os.environ.get("KETENMONITOR_OIDC_PROMPT", "select_account")}
    provider = {
        "client_id": given["KETENMONITOR_OIDC_CLIENT"],
        "client_secret": given["KETENMONITOR_OIDC_SECRET"],
        "server_metadata_url": given["KETENMONITOR_OIDC_URL"],
        "client_kwargs": asked,
    }
    roles_file = Path(given["KETENMONITOR_ROLES"])
    read_role_map(roles_file)
    address, key = given["KETENMONITOR_ADDRESS"].rstrip("/"), given["KETENMONITOR_SUBJECT_KEY"].encode()
    return Settings(provider, address, given["KETENMONITOR_COOKIE_SECRET"], key, roles_file)


@dataclass(frozen=True)
class RoleMap:
    """Which value of which claim gives which roles."""

    claim: str
    roles: Mapping[str, tuple[str, ...]]

    def roles_of(self, claims: Mapping[str, Any]) -> frozenset[str]:
        """The roles that the claims of an id_token give. A claim is hostile input: only a text, or texts in a list, count."""
        value = claims.get(self.claim)
        said = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return frozenset(role for one in said if isinstance(one, str) for role in self.roles.get(one, ()))


def read_role_map(path: Path) -> RoleMap:
    """The mapping file: `claim = "groups"`, and in `[roles]` a role, or a list of roles, per value of that claim.
    Raises BadSettings, naming what is wrong, and no role of it counts."""
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise BadSettings("the file of KETENMONITOR_ROLES cannot be read as TOML") from None
    claim, table = held.get("claim"), held.get("roles")
    if not isinstance(claim, str) or not claim or not isinstance(table, dict):
        raise BadSettings('the file of KETENMONITOR_ROLES needs claim = "…" and a table [roles]')
    roles = {value: tuple([given] if isinstance(given, str) else given if isinstance(given, list) else [""]) for value, given in table.items()}
    if wrong := [value for value, given in roles.items() if not all(isinstance(role, str) and is_role(role) for role in given)]:
        raise BadSettings(
            f"the file of KETENMONITOR_ROLES gives a role that does not exist, in {len(wrong)} of its lines; known: {', '.join(sorted(ROLES))}, gemeente:GM…."
        )
    return RoleMap(claim, roles)


_settings: list[Settings] = []


def settings() -> Settings:
    """The settings of this process: those of `configure`, else nobody can sign in."""
    return _settings[0] if _settings else Settings()


def configure(new: Settings) -> None:
    """Set them, once, before the first reader comes."""
    _settings[:] = [new]
