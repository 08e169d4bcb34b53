"""Text made safe for the two languages in which Streamlit shows text."""

from __future__ import annotations

import re
from html import escape


def plain(text: str) -> str:
    """Text that Streamlit must not read as Markdown: a lone `-` would become a list, a `*` emphasis, `[a](b)` a link."""
    return re.sub(r"([\\`*_{}\[\]()#+\-!|<>~:$&])", r"\\\1", " ".join(text.split()))


def note(text: str, kind: str = "let-op") -> str:
    """A framed remark, as HTML. `text` is plain text."""
    return f'<div class="km-note km-{kind}" role="note">{escape(text)}</div>'
