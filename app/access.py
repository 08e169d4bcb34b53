"""Who may see what. Until sign-in exists the answer is one setting, and it fails closed."""

from __future__ import annotations

import os
from typing import Literal, get_args

Audience = Literal["publiek", "professional"]


def audience() -> Audience:
    """The audience of this process: KETENMONITOR_AUDIENCE, and `publiek` for anything that is not exactly an audience."""
    asked = os.environ.get("KETENMONITOR_AUDIENCE", "")
    return next((known for known in get_args(Audience) if known == asked), "publiek")


def may_see_protection(audience: Audience) -> bool:
    """Whether a reader may see how persons are protected, for both audiences: every professional, until roles can tell the privacy officer apart."""
    return audience == "professional"
