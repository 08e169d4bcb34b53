"""The ASGI side: Dutch HTML, security headers, a health route, and a warm start.

Start: `python -m app.serve --port 8501`, `serve()` from code, or `uvicorn --factory app.serve:build_app`.
Settings of Streamlit stand in app/.streamlit/config.toml, which counts whatever the working folder is.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import gc
import ipaddress
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import access, borders, open_data, palette
from app.access import PUBLIC, BadSettings, Settings
from app.release import ReleaseError, open_release
from app.sign_in_answers import SignInAnswers

FOLDER = Path(__file__).parent
LOG = logging.getLogger("ketenmonitor.app")
HEADERS = {
    # Streamlit's front end and Vega compile expressions, hence 'unsafe-eval'; no outside host is named anywhere
    "content-security-policy": "default-src 'self'; script-src 'self' 'unsafe-eval' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; "
    "frame-ancestors 'self'; base-uri 'self'; form-action 'self'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), display-capture=()",
}
NO_SCRIPT = "<noscript><p>Deze pagina heeft JavaScript nodig. Zet JavaScript aan en laad de pagina opnieuw.</p></noscript>"


class DutchPages:
    """Middleware: security headers on every answer; in HTML also `lang="nl"`, our look, a Dutch title and Dutch widget texts.
    Streamlit's agent interface is answered with 404: pages are for people, and it would pass by the frame."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        style, script = ((FOLDER / "static" / name).read_text(encoding="utf-8") for name in ("ketenmonitor.css", "nederlands.js"))
        self.head = f"<title>Ketenmonitor</title><style>{palette.css()}{style}</style><script>{script}</script>"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and mend its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if "/_stcore/agent" in scope["path"]:
            await JSONResponse({"status": "not found"}, status_code=404, headers=HEADERS)(scope, receive, send)
            return
        wants_page = any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])
        if wants_page:  # a compressed or "not modified" answer could not be mended
            scope = {**scope, "headers": [(n, v) for n, v in scope["headers"] if n not in (b"accept-encoding", b"if-none-match", b"if-modified-since")]}
        deep = scope["path"].count("/") - 1  # no page of ours stands in a folder, and from there the front end finds none of its files
        start: Message = {}
        body = bytearray()

        async def mend(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                headers = [(n, v) for n, v in message["headers"] if n.decode().lower() not in HEADERS]
                start = {**message, "headers": headers + [(n.encode(), v.encode()) for n, v in HEADERS.items()]}
                if not self._is_page(start):
                    await send(start)
            elif not self._is_page(start):
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body") and deep:
                    await RedirectResponse("../" * deep + "bestaat-niet", headers=HEADERS)(scope, receive, send)
                elif not message.get("more_body"):
                    page = self._translate(bytes(body).decode("utf-8")).encode("utf-8")
                    kept = [(n, v) for n, v in start["headers"] if n.lower() not in (b"content-length", b"etag", b"last-modified")]
                    await send({**start, "headers": [*kept, (b"content-length", str(len(page)).encode())]})
                    await send({"type": "http.response.body", "body": page})

        await self.app(scope, receive, mend)

    @staticmethod
    def _is_page(start: Message) -> bool:
        headers = {name.lower(): value for name, value in start.get("headers", [])}
        return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers

    def _translate(self, page: str) -> str:
        page = page.replace('<html lang="en">', '<html lang="nl">').replace("<title>Streamlit</title>", self.head)
        before, mark, rest = page.partition("<noscript>")
        _, end, after = rest.partition("</noscript>")
        page = before + NO_SCRIPT + after if mark and end else page
        return page.replace('<link rel="service-desc" href="./_stcore/agent/openapi.json" />', "")


async def health(_request: Request) -> JSONResponse:
    """`/gezond`: release, age in hours, readiness, how readers sign in, and how many objects the start froze; 503 while there is nothing to show."""
    known = access.settings()
    way = "demo" if known.demo else "provider" if known.provider is not None else "none"
    answer: dict[str, object] = {"status": "ok", "ready": True, "sign_in": way, "frozen_objects": gc.get_freeze_count()}
    try:
        release = open_release(None)
    except ReleaseError as problem:
        return JSONResponse(answer | {"status": type(problem).__name__, "ready": False, "release": None}, status_code=503)
    created = dt.datetime.fromisoformat(str(release.manifest["created_at"]))
    age = round((dt.datetime.now(dt.UTC) - created.replace(tzinfo=created.tzinfo or dt.UTC)).total_seconds() / 3600, 1)
    return JSONResponse(
        answer | {"release": release.id, "created_at": str(release.manifest["created_at"]), "age_hours": age, "synthetic": release.is_synthetic}
    )


def warm_up() -> int:
    """Import and read what the first reader needs, then freeze the heap; returns the number of frozen objects.

    Streamlit collects garbage after every rerun; walking an unfrozen heap with pandas, polars and pyarrow in it cost
    120 of 149 ms per click.
    """
    import altair  # noqa: F401 - Streamlit imports it at the first chart
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401

    from app import frame, theme_page, tiles  # noqa: F401

    with contextlib.suppress(ReleaseError):
        release = open_release(None, access.rights_of(access.ROLES) if access.settings().provider or access.settings().demo else PUBLIC)
        borders.borders_of(release)
        for indicator in release.indicators:
            tiles.newest_period(release, indicator)
    gc.collect()
    gc.freeze()
    return gc.get_freeze_count()


def show_error(problem: Exception) -> bool:
    """A reader sees a Dutch sentence; the log gets the kind of error and its place, never a value."""
    trace, place = problem.__traceback__, ""
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    LOG.error("page failed: %s at %s", type(problem).__name__, place)
    st.error("Deze pagina kan nu niet worden getoond. Ververs de pagina; blijft dit zo, meld het dan bij de beheerder van de Ketenmonitor.")
    return True


@contextlib.asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, object]]:
    """Warm up before the first request is answered. Streamlit has just set uvicorn's loggers to its own level."""
    for name in ("uvicorn", "uvicorn.access", "uvicorn.error"):
        logging.getLogger(name).setLevel(logging.WARNING)
    warm_up()
    yield {}


def build_app(demo: bool = False) -> st.App:
    """The ASGI application; how readers sign in comes from the environment, or it is a demo. Raises BadSettings when that is half set."""
    if demo:
        access.configure(Settings(demo=True))
    elif not access.settings().demo:
        access.configure(access.settings_from_environment())
    known = access.settings()
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=hosts)] if (hosts := own_hosts(known)) else []
    middleware += [Middleware(DutchPages), Middleware(SignInAnswers, is_secure=known.address.startswith("https:"))]
    return st.App(
        FOLDER / "main.py",
        secrets=known.secrets or None,
        routes=[Route("/gezond", health), Route("/grenzen/{sha}.geojson", borders.answer), Route("/open-data/{rest:path}", open_data.answer)],
        middleware=middleware,
        lifespan=lifespan,
        on_script_error=show_error,
    )


def own_hosts(known: Settings) -> list[str]:
    """The names under which this dashboard answers, once it has more to show than what is public: another name that points here
    would read it from within a reader's own network (DNS rebinding). Empty: any name."""
    if not known.demo and known.provider is None:
        return []
    return ["127.0.0.1", "localhost", "[::1]", *([name] if (name := urlsplit(known.address).hostname) else [])]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def serve(host: str = "127.0.0.1", port: int = 8501, *, demo: bool = False) -> None:
    """Run the dashboard until it is stopped. Raises BadSettings for a demo on an address that others can reach, and for half a sign-in."""
    import uvicorn

    if demo and not is_loopback(host):
        raise BadSettings(f"a demo shows everything to everybody: only on a loopback address, and {host} is none")
    uvicorn.run(
        build_app(demo),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
    )


def main() -> None:
    """`python -m app.serve [--host 127.0.0.1] [--port 8501] [--demo]`."""
    parser = argparse.ArgumentParser(prog="python -m app.serve", description="Start the Ketenmonitor dashboard.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--demo", action="store_true", help="show synthetic releases in full, with every role, on a loopback address only")
    options = parser.parse_args()
    try:
        serve(options.host, options.port, demo=options.demo)
    except BadSettings as problem:
        parser.error(str(problem))


if __name__ == "__main__":
    main()
