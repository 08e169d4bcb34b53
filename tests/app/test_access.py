"""Who may see what: roles in, rights out, and settings that fail closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import access
from app.access import NEEDED, PUBLIC, BadSettings, RoleMap, Scope, read_role_map, rights_of, settings_from_environment

ROLE_FILE = """
claim = "groups"
[roles]
"riec" = "professional"
"delft" = "gemeente:GM0503"
"beide" = ["gemeente:GM0503", "gemeente:GM0534"]
"""


@pytest.mark.parametrize(
    ("roles", "scope", "protection", "signing"),
    [
        ([], Scope(), False, False),
        (["publiek"], Scope(), False, False),
        (["professional"], Scope("professional"), False, False),
        (["analist"], Scope("professional"), False, False),
        (["werkgroep"], Scope("professional"), True, True),
        (["privacy"], Scope("professional"), True, False),
        (["beheer"], Scope(), True, False),
        (["gemeente:GM0503"], Scope("professional", ("GM0503",)), False, False),
        (["gemeente:GM0534", "gemeente:GM0503"], Scope("professional", ("GM0503", "GM0534")), False, False),
        (["gemeente:GM0503", "professional"], Scope("professional"), False, False),
        (["gemeente:GM0503", "beheer"], Scope("professional", ("GM0503",)), True, False),
    ],
)
def test_a_role_gives_its_rights_and_no_more(roles: list[str], scope: Scope, protection: bool, signing: bool) -> None:
    rights = rights_of(roles)
    assert (rights.scope, rights.protection, rights.signing) == (scope, protection, signing)


@pytest.mark.parametrize(
    "role",
    ["Professional", "professional ", "", "gemeente:", "gemeente:GM05", "gemeente:GM0503 ", "gemeente:*", "admin", "../professional", "gemeente:GM0503\n"],
)
def test_anything_but_an_exact_role_gives_nothing(role: str) -> None:
    assert rights_of([role]) == PUBLIC


@given(st.lists(st.sampled_from([*sorted(access.ROLES), "gemeente:GM0503"])), st.lists(st.sampled_from(sorted(access.ROLES))))
def test_one_more_role_never_takes_a_right_away(roles: list[str], more: list[str]) -> None:
    fewer, wider = rights_of(roles), rights_of(roles + more)
    assert wider.protection >= fewer.protection
    assert wider.signing >= fewer.signing
    assert (fewer.scope.audience, wider.scope.audience) != ("professional", "publiek")
    assert not wider.scope.gemeenten or set(wider.scope.gemeenten) >= set(fewer.scope.gemeenten)


def role_file(folder: Path, text: str = ROLE_FILE) -> Path:
    path = folder / "roles.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("claim", "roles"),
    [
        ("riec", {"professional"}),
        (["riec", "delft"], {"professional", "gemeente:GM0503"}),
        (["beide"], {"gemeente:GM0503", "gemeente:GM0534"}),
        ("professional", set()),
        ({"riec": True}, set()),
        ([["riec"]], set()),
        ([{"name": "riec"}, None, 3], set()),
        (True, set()),
        (None, set()),
    ],
)
def test_only_a_text_or_texts_in_a_list_count_as_a_claim(claim: object, roles: set[str], tmp_path: Path) -> None:
    assert read_role_map(role_file(tmp_path)).roles_of({"groups": claim, "other": "riec"}) == roles


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_no_claim_of_any_shape_gives_a_role_that_the_file_does_not_give(claim: object) -> None:
    assert RoleMap("groups", {"riec": ("professional",)}).roles_of({"groups": claim}) <= {"professional"}


@pytest.mark.parametrize(
    "text",
    [
        "claim = 3\n[roles]\n",
        "[roles]\na = 'professional'",
        "claim = 'groups'",
        "claim = 'g'\n[roles]\na = 'admin'",
        "claim = 'g'\n[roles]\na = 1",
        "not toml [",
    ],
)
def test_a_mapping_that_cannot_be_right_is_refused_without_its_content(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadSettings) as refused:
        read_role_map(role_file(tmp_path, text))
    assert "admin" not in str(refused.value)


@pytest.fixture
def given_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A sign-in that is set in full."""
    values = dict.fromkeys(NEEDED, "s" * 40) | {
        "KETENMONITOR_OIDC_URL": "https://inloggen.example.nl/.well-known/openid-configuration",
        "KETENMONITOR_ADDRESS": "https://monitor.example.nl/",
        "KETENMONITOR_ROLES": str(role_file(tmp_path)),
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return values


def test_settings_in_full_give_what_streamlit_asks_for(given_settings: dict[str, str]) -> None:
    known = settings_from_environment()
    assert known.secrets["auth"]["redirect_uri"] == "https://monitor.example.nl/oauth2callback"
    assert known.secrets["auth"]["riec"]["client_kwargs"] == {"scope": "openid", "prompt": "select_account"}
    assert "s" * 40 not in repr(known).replace(repr(known.provider), "")


@pytest.mark.parametrize("name", list(NEEDED))
def test_half_a_sign_in_is_refused_and_says_what_is_missing(name: str, given_settings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name)
    with pytest.raises(BadSettings, match=name):
        settings_from_environment()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KETENMONITOR_COOKIE_SECRET", "x7x7x7"),
        ("KETENMONITOR_SUBJECT_KEY", "x7x7x7"),
        ("KETENMONITOR_ADDRESS", "http://monitor.example.nl"),
        ("KETENMONITOR_OIDC_URL", "http://inloggen.example.nl/x"),
        ("KETENMONITOR_ROLES", "/nowhere/roles.toml"),
    ],
)
def test_a_setting_that_cannot_be_right_is_refused_without_its_value(
    name: str, value: str, given_settings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings, match=name) as refused:
        settings_from_environment()
    assert value not in str(refused.value)


def test_without_settings_nobody_can_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NEEDED:
        monkeypatch.delenv(name, raising=False)
    assert settings_from_environment().provider is None
    monkeypatch.setenv("KETENMONITOR_ADDRESS", "https://monitor.example.nl")  # which open data needs too
    assert settings_from_environment().provider is None
