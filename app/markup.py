"""Text from a release made safe for the two languages in which Streamlit shows text."""

from __future__ import annotations

import re


def plain(text: str) -> str:
    """Text that Streamlit must not read as Markdown: a lone `-` would become a list, a `*` emphasis, `[a](b)` a link."""
    return re.sub(r"([\\`*_{}\[\]()#+\-!|<>~:$&])", r"\\\1", " ".join(text.split()))
