"""Asks an OData service page by page: retries with back-off, limits, and no step to another host."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

if TYPE_CHECKING:
    import requests

PAGES_AT_MOST = 1_000  # CBS gives 100,000 observations a page (version 4) or 10,000 rows (3); a service that keeps naming a next page is broken
SECONDS = (5, 60)  # to connect, to wait for the next bytes
BACKOFF = 0.5  # seconds, doubled at every try
SECONDS_A_PAGE = 600  # a service that drips keeps nobody waiting
BYTES_A_PAGE = 500_000_000  # a page of 100,000 observations is 25 MB
LONGEST_PAUSE = 60  # seconds: a service that asks for more by Retry-After is asked again by the next pull


class ServiceUnreachable(Exception):
    """The service gave no usable answer; the message names the address and the reason."""


def fetch_rows(base_url: str, path: str, params: dict[str, str], link: str, full_page: int = 0) -> list[dict[str, Any]]:
    """All rows of `<base_url>/<path>?<params>`: `link` is the key under which a page names the next one.

    Where a page has `full_page` rows and names no next one, the rest is asked with `$skip`. Next pages and redirects are
    followed on the same host only, and never from https to http. Raises ServiceUnreachable after three retries (connection
    errors, 429, 5xx; honours Retry-After), or when the answer is not what OData promises.
    """
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    def failed(reason: str) -> ServiceUnreachable:
        return ServiceUnreachable(f"{base_url} ({path}): {reason}")

    start = url = _address(base_url, path, params)
    rows: list[dict[str, Any]] = []
    retry = Retry(total=3, backoff_factor=BACKOFF, status_forcelist=(429, 500, 502, 503, 504), allowed_methods={"GET"}, retry_after_max=LONGEST_PAUSE)
    with requests.Session() as session:
        session.mount(f"{urlsplit(base_url).scheme}://", HTTPAdapter(max_retries=retry))
        for _ in range(PAGES_AT_MOST):
            try:
                page = _page(session, url, link)
                found, following = page["value"], page.get(link)
                rows += found
            except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError) as error:
                raise failed(type(error).__name__) from None
            if not following and full_page and len(found) == full_page:
                following = _address(base_url, path, params | {"$skip": str(len(rows))})
            if not following:
                break
            url = _beside(start, urljoin(url, following))
            if not url:
                raise failed("the next page is on another host")
        else:
            raise failed(f"more than {PAGES_AT_MOST} pages")
    if not all(isinstance(row, dict) for row in rows):
        raise failed("the answer has no rows")
    return rows


def _page(session: requests.Session, url: str, link: str) -> dict[str, Any]:
    """One page; one that breaks off halfway is asked again, twice (the adapter's own retries end where the body begins)."""
    from requests.exceptions import ChunkedEncodingError

    for pause in (0.5, 1.0):
        try:
            return _ask(session, url, link)
        except ChunkedEncodingError:
            time.sleep(pause)
    return _ask(session, url, link)


def _ask(session: requests.Session, url: str, link: str) -> dict[str, Any]:
    """The page at `url`; a redirect is a page without rows that names the next one, so that both are followed by one rule."""
    with session.get(url, timeout=SECONDS, allow_redirects=False, stream=True) as answer:
        answer.raise_for_status()
        return {link: answer.headers["Location"], "value": []} if answer.is_redirect else json.loads(_body(answer))


def _address(base_url: str, path: str, params: dict[str, str]) -> str:
    return f"{base_url}/{path}?{urlencode(params, quote_via=quote, safe='$')}"  # a space as %20: OData version 3 may take + as a sign


def _beside(start: str, url: str) -> str:
    """`url` when it is on the host of `start` (its scheme kept: a service behind a proxy names pages by http), else nothing."""
    first, following = urlsplit(start), urlsplit(url)
    return following._replace(scheme=first.scheme).geturl() if following.netloc == first.netloc else ""


def _body(answer: requests.Response) -> bytes:
    until, content = time.monotonic() + SECONDS_A_PAGE, bytearray()
    for part in answer.iter_content(1 << 20):
        content += part
        if len(content) > BYTES_A_PAGE or time.monotonic() > until:
            raise ValueError("the page does not end")
    return bytes(content)
