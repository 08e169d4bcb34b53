"""A page of the Data Docs inside the dashboard: its main part alone, of plain tags alone, with its links as links of ours. Pure.

The files have no login of their own and so are never served; what is shown here is written anew from what was read. A page with a script, or
anything from another host, is not one of ours and is refused whole.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser

HEADINGS = {f"h{level}": f"h{level + 1}" for level in range(1, 5)}  # the dashboard has its own first heading
PLAIN = frozenset(
    {"p", "ul", "ol", "li", "dl", "dt", "dd", "span", "strong", "em", "b", "i", "code", "table", "caption", "thead", "tbody", "tr", "th", "td", "br"}
)
WITHOUT_END = frozenset({"br", "hr", "meta", "link", "img", "input", "col", "wbr"})
REFUSED = frozenset({"script", "iframe", "frame", "object", "embed", "form", "input", "button", "img", "svg", "link", "base", "audio", "video", "source"})
CLASSES = frozenset({"ok", "bad", "warn", "number"})
KEPT = frozenset({"scope", "colspan", "rowspan"})
LINK = re.compile(r"(?P<page>[a-z0-9_]+)\.html(#[\w.-]*)?|#[\w.-]*")
OUTSIDE = re.compile(r"url\s*\(|@import|expression\s*\(|(?:^|[\"'\s=])(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)


class NotOurs(Exception):
    """The page holds what no page of the Data Docs holds; the message names it, and no value."""


def body_of(page: str) -> str:
    """The main part of a page as HTML for `st.html`, headings one level lower. Raises NotOurs."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    if not reader.found:
        raise NotOurs("no main part")
    return "".join(reader.out)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.found = self.is_main = False
        self.is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Refuse what is not ours, and write the rest anew."""
        if tag in REFUSED:
            raise NotOurs(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("src", "srcset", "action", "formaction", "background") or (name == "style" and OUTSIDE.search(value or "")):
                raise NotOurs(name)
            if name == "href" and not LINK.fullmatch(value or ""):
                raise NotOurs("a link to elsewhere")
        if tag == "meta" and any(name == "http-equiv" and (value or "").lower() == "refresh" for name, value in attrs):
            raise NotOurs("refresh")
        self.is_style = tag == "style"
        if tag == "main":
            self.found = self.is_main = True
        elif self.is_main:
            self._write(tag, dict(attrs))

    def _write(self, tag: str, attrs: dict[str, str | None]) -> None:
        name = HEADINGS.get(tag, tag)
        if tag == "a":
            link = LINK.fullmatch(attrs.get("href") or "")
            page = link["page"] if link else None
            self.out.append(f'<a href="datadocs?controle={page}" target="_self">' if page else "<a>")
        elif tag == "table":
            self.out.append('<div class="km-rol km-teksten" tabindex="0"><table class="km-tabel">')
        elif tag in HEADINGS or tag in PLAIN:
            classes = " ".join(f"km-{one}" for one in (attrs.get("class") or "").split() if one in CLASSES)
            kept = {"class": classes} | {key: value for key, value in attrs.items() if key in KEPT}
            written = "".join(f' {key}="{escape(value)}"' for key, value in kept.items() if value)
            self.out.append(f"<{name}{written}>")

    def handle_endtag(self, tag: str) -> None:
        """Close what was written."""
        self.is_style = False
        if tag == "main":
            self.is_main = False
        elif self.is_main and tag == "table":
            self.out.append("</table></div>")
        elif self.is_main and (tag == "a" or tag in HEADINGS or (tag in PLAIN and tag not in WITHOUT_END)):
            self.out.append(f"</{HEADINGS.get(tag, tag)}>")

    def handle_data(self, data: str) -> None:
        """Text is escaped; a style sheet is looked at and left out."""
        if self.is_style:
            if OUTSIDE.search(data):
                raise NotOurs("a style from elsewhere")
        elif self.is_main:
            self.out.append(escape(data))
