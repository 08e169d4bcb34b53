"""Who sees what: one setting, which fails closed."""

from __future__ import annotations

import pytest

from app.access import audience, may_see_protection


@pytest.mark.parametrize("setting", [None, "", "iedereen", "Professional", "professional ", "../professional", "beheer"])
def test_anything_but_an_exact_audience_is_the_public(setting: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if setting is None:
        monkeypatch.delenv("KETENMONITOR_AUDIENCE", raising=False)
    else:
        monkeypatch.setenv("KETENMONITOR_AUDIENCE", setting)
    assert audience() == "publiek"


def test_professional_is_seen_only_when_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETENMONITOR_AUDIENCE", "professional")
    assert audience() == "professional"


def test_how_persons_are_protected_is_for_professionals() -> None:
    assert may_see_protection("professional")
    assert not may_see_protection("publiek")
