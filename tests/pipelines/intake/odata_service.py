"""An OData service on 127.0.0.1 for tests: answers with given rows in pages, after failures, redirects or a cut."""

from __future__ import annotations

import contextlib
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

Row = dict[str, Any]


class Service(http.server.ThreadingHTTPServer):
    """`answer` gives the rows for a path and its query; `link` is the key that names the next page.

    `failures` answers come first as 503, `cuts` break off halfway; `redirect` sends every first request to that address;
    `foreign_host` stands in the address of the next page.
    """

    answer: Callable[[str, dict[str, str]], list[Row]]
    link = "@odata.nextLink"
    page = 5000
    failures = 0
    cuts = 0
    redirect = ""
    foreign_host = ""
    requests: list[str]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/odata"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers one request."""

    server: Service

    def do_GET(self) -> None:
        self.server.requests.append(self.path)
        path = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(path.query).items()}
        if self.server.failures > 0:
            self.server.failures -= 1
            return self.reply(503, b"", **{"Retry-After": "0"})
        if self.server.redirect and not query.keys() & {"from", "$skip"}:
            return self.reply(302, b"", Location=self.server.redirect)
        start, rows = int(query.get("$skip", 0)), self.server.answer(path.path, query)
        answer: dict[str, Any] = {"value": rows[start : start + self.server.page]}
        if self.server.link and start + self.server.page < len(rows):
            answer[self.server.link] = f"http://{self.server.foreign_host or self.headers['Host']}{path.path}?$skip={start + self.server.page}"
        return self.reply(200, json.dumps(answer).encode())

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if status == 200 and self.server.cuts > 0:
            self.server.cuts -= 1
            body = body[: len(body) // 2]
            self.close_connection = True
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        return


@contextlib.contextmanager
def running_service(answer: Callable[[str, dict[str, str]], list[Row]], link: str) -> Iterator[Service]:
    """A service that answers until the block ends."""
    server = Service(("127.0.0.1", 0), Handler)
    server.answer, server.link, server.requests = answer, link, []  # type: ignore[method-assign]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def recorded_population(open_data: Path) -> Iterator[Service]:
    """The recorded answers of CBS about inhabitants, as a service that understands a filter on ages and sexes."""
    observations: list[Row] = json.loads((open_data / "odata/v4_03759ned/observations-page-1.json").read_bytes())["value"]

    def answer(path: str, query: dict[str, str]) -> list[Row]:
        asked = query.get("$filter", "'T001038' and '10000'")
        return [row for row in observations if f"'{row['Leeftijd']}'" in asked and f"'{row['Geslacht']}'" in asked]

    with running_service(answer, "@odata.nextLink") as server:
        yield server
