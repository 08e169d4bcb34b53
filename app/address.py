"""The shareable address: codes in, codes out. A label never stands in an address, so that it survives a rename.

Streamlit's own `bind="query-params"` writes labels, hence this small file. The rule: what the reader does on the page wins,
unless the address itself changed (a deep link, the browser's back button); another page starts from the area that was chosen before.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

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
    seen, wanted, held = st.session_state[_SEEN], st.query_params.get(key), st.session_state.get(key)
    fresh = key not in seen
    moved = not fresh and wanted != seen[key]
    if not fresh and not moved and held in options:
        return
    if (fresh or moved) and wanted is not None and wanted not in options:
        st.session_state[_REJECTED].add(key)
    kept = st.session_state.setdefault(_KEPT, {}).get(key) if fresh and key in TRAVELS else None
    st.session_state[key] = next((code for code in ((wanted, kept) if fresh or moved else ()) if code in options), default)


def publish(key: str, default: str | None) -> str:
    """Write the widget's choice to the address (a default leaves it clean), keep it for the next page, and return it."""
    value = str(st.session_state[key])
    st.session_state.setdefault(_KEPT, {})[key] = value
    if value == default:
        if key in st.query_params:
            del st.query_params[key]
    elif st.query_params.get(key) != value:
        st.query_params[key] = value
    st.session_state[_SEEN][key] = st.query_params.get(key)
    return value


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
