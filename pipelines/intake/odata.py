"""OData v4 client for CBS: retries with back-off, paging, and one file of bytes per slice for the landing."""

from __future__ import annotations

import json
from urllib.parse import urljoin, urlsplit

from data_contracts.base import ODataTable

PAGES_AT_MOST = 1_000  # CBS gives 100,000 observations a page; a service that keeps naming a next page is broken
SECONDS = (5, 60)  # to connect, to answer


class ServiceUnreachable(Exception):
    """The service gave no usable answer; the message names the address and the reason."""


def fetch_slice(base_url: str, table: ODataTable, slice_: str, retrieved_at: str) -> bytes:
    """All observations of one slice of a table, as JSON: table, measure, slice, source, retrieved_at, value (list).

    Raises ServiceUnreachable after three retries (connection errors, 429, 5xx; honours Retry-After), or when the
    answer is not what OData v4 promises. Pages are followed on the same host only.
    """
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    url: str | None = f"{base_url}/{table.table}/Observations"
    host = urlsplit(base_url).netloc
    params: dict[str, str] | None = {"$filter": table.filter_of(slice_)}
    observations: list[dict[str, object]] = []
    with requests.Session() as session:
        retry = Retry(total=3, backoff_factor=0.5, status_forcelist=(429, 500, 502, 503, 504), allowed_methods={"GET"}, respect_retry_after_header=True)
        session.mount(f"{urlsplit(base_url).scheme}://", HTTPAdapter(max_retries=retry))
        for _ in range(PAGES_AT_MOST):
            try:
                answer = session.get(str(url), params=params, timeout=SECONDS)
                answer.raise_for_status()
                page = answer.json()
                observations += page["value"]
            except (requests.RequestException, ValueError, KeyError, TypeError) as error:
                raise ServiceUnreachable(f"{base_url} ({table.table}, {slice_}): {type(error).__name__}") from None
            url, params = page.get("@odata.nextLink"), None
            if not url:
                break
            url = urljoin(answer.url, url)
            if urlsplit(url).netloc != host:
                raise ServiceUnreachable(f"{base_url} ({table.table}, {slice_}): the next page is on another host")
        else:
            raise ServiceUnreachable(f"{base_url} ({table.table}, {slice_}): more than {PAGES_AT_MOST} pages")
    if not observations:
        raise ServiceUnreachable(f"{base_url} ({table.table}, {slice_}): no observations")
    return pack(table, slice_, source=f"{base_url}/{table.table}", retrieved_at=retrieved_at, observations=observations)


def pack(table: ODataTable, slice_: str, *, source: str, retrieved_at: str, observations: list[dict[str, object]]) -> bytes:
    """The form in which an answer is landed."""
    content = {"table": table.table, "measure": table.measure, "slice": slice_, "source": source, "retrieved_at": retrieved_at, "value": observations}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
