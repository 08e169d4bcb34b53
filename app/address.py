"""The shareable address: codes in, codes out. A label never stands in an address, so that it survives a rename.

Streamlit's own `bind="query-params"` writes labels, hence this small file. The rule: what the reader does on the page wins,
unless the address itself changed (a deep link, the browser's back button); another page starts from the area that was chosen before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T", str, list[str])
_REJECTED, _SEEN, _KEPT, _PAGE, _RELEASE = "_address_rejected", "_address_seen", "_address_kept", "_address_page", "_address_release"
TRAVELS = frozenset({"gebied"})  # what a reader takes along to another page; a period or category is about one indicator


def enter_page(url_path: str) -> None:
    """Forget what the address held when another page opens: the top navigation drops it."""
    if st.session_state.get(_PAGE) != url_path:
        st.session_state[_PAGE] = url_path
        st.session_state[_SEEN] = {}
        st.session_state[_REJECTED] = set()


def seed(key: str, options: Sequence[str], default: str) -> None:
    """Give the widget `key` its value before it is made. An unknown code becomes the default, and the reader is told so."""
    _seed(key, lambda code: code, options.__contains__, default)


def seed_several(key: str, options: Sequence[str], default: Sequence[str], most: int) -> None:
    """`seed` for a widget with several codes, at most `most`, with commas between them in the address. One unknown code gives the whole default."""

    def fits(codes: list[str]) -> bool:
        return len(codes) <= most and len({*codes}) == len(codes) and all(code in options for code in codes)

    _seed(key, _split, fits, [*default])


def _split(text: str) -> list[str]:
    return text.split(",") if text else []


def _seed(key: str, read: Callable[[str], T], fits: Callable[[T], bool], default: T) -> None:
    seen, wanted, held = st.session_state[_SEEN], st.query_params.get(key), st.session_state.get(key)
    fresh = key not in seen
    moved = not fresh and wanted != seen[key]
    if not fresh and not moved and held is not None and fits(held):
        return
    asked = read(wanted) if (fresh or moved) and wanted is not None else None
    if asked is not None and not fits(asked):
        st.session_state[_REJECTED].add(key)
    kept = st.session_state.setdefault(_KEPT, {}).get(key) if fresh and key in TRAVELS else None
    st.session_state[key] = next((value for value in (asked, kept) if value is not None and fits(value)), default)


def publish(key: str, default: str | None) -> str:
    """Write the widget's choice to the address (a default leaves it clean), keep it for the next page, and return it."""
    value = str(st.session_state[key])
    st.session_state.setdefault(_KEPT, {})[key] = value
    _write(key, value, default)
    return value


def publish_several(key: str, default: Sequence[str]) -> list[str]:
    """`publish` for a widget with several codes."""
    values = [str(value) for value in st.session_state[key]]
    _write(key, ",".join(values), ",".join(default))
    return values


def _write(key: str, text: str, default: str | None) -> None:
    if text == default:
        if key in st.query_params:
            del st.query_params[key]
    elif st.query_params.get(key) != text:
        st.query_params[key] = text
    st.session_state[_SEEN][key] = st.query_params.get(key)


def drop(key: str) -> None:
    """Take a choice that the page does not offer now out of the address; whoever asked for it by address is told."""
    if key in st.query_params:
        if st.session_state[_SEEN].get(key) != st.query_params[key]:
            st.session_state[_REJECTED].add(key)
        del st.query_params[key]
    st.session_state[_SEEN].pop(key, None)


def take_rejected() -> set[str]:
    """Keys of the address whose code this release does not know; asked once."""
    rejected: set[str] = st.session_state.get(_REJECTED, set())
    st.session_state[_REJECTED] = set()
    return rejected


def release_in_address() -> str | None:
    """The older release that this tab shows, kept in the session because the top navigation drops the address."""
    if "release" in st.query_params:
        st.session_state[_RELEASE] = st.query_params["release"]
    elif st.session_state.get(_RELEASE):
        st.query_params["release"] = st.session_state[_RELEASE]
    held: str | None = st.session_state.get(_RELEASE)
    return held


def leave_older_release() -> None:
    """Back to the current release."""
    st.session_state[_RELEASE] = None
    if "release" in st.query_params:
        del st.query_params["release"]
