"""What Streamlit's sign-in leaves undone over HTTP: back to the address that was shared, a cookie that ends, a sentence when it failed.

Streamlit (1.67) lands on the first page after a sign-in, whatever address was opened, and says nothing of one that failed. Its cookie lives for
30 days and is not marked Secure. This middleware mends the answers of /auth/login, /oauth2callback and /auth/logout, and touches no other.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.identity import ABSOLUTE

LOGIN, CALLBACK, LOGOUT = "/auth/login", "/oauth2callback", "/auth/logout"
RETURN, USER = "ketenmonitor_terug", "_streamlit_user"
LONGEST = 1500  # characters of an address; a cookie holds 4,096 bytes
RETURN_SECONDS = 600


def return_address(referer: str, host: str) -> str:
    """The path and query to come back to: of the page on this host that asked for the sign-in, else the first page. Never another host."""
    parts = urlsplit(referer)
    path = parts.path or "/"
    if parts.netloc != host or not path.startswith("/") or path.startswith("//") or "\\" in path or len(referer) > LONGEST:
        return "/"
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "aanmelden"]
    return quote(unquote(path), safe="/") + (f"?{urlencode(query)}" if query else "")


class SignInAnswers:
    """Middleware around the three addresses of the sign-in. `is_secure`: readers come over https, so that cookies are marked so."""

    def __init__(self, app: ASGIApp, *, is_secure: bool) -> None:
        self.app, self.is_secure = app, is_secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and mend its answer."""
        if scope["type"] != "http" or scope["path"] not in (LOGIN, CALLBACK, LOGOUT):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        home = return_address(request.headers.get("referer", ""), request.headers.get("host", ""))
        kept = unquote(request.cookies.get(RETURN, "/"))
        failed = False

        async def mend(message: Message) -> None:
            nonlocal failed
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if request.url.path == LOGIN and message["status"] >= 400:
                    failed = True  # its body is an English word; a page of ours says it instead
                    return
                if request.url.path == LOGIN:
                    headers.append("set-cookie", self._return_cookie(home, RETURN_SECONDS))
                elif request.url.path == CALLBACK:
                    came = request.query_params
                    went_wrong = ("code" in came or "error" in came) and not _sets_user(headers)
                    headers["location"] = _with_failure(kept) if went_wrong else kept
                    headers.append("set-cookie", self._return_cookie("", 0))
                self._shorten(headers)
                message["headers"] = headers.raw
            elif failed:
                return
            await send(message)

        await self.app(scope, receive, mend)
        if failed:
            await RedirectResponse(_with_failure(home), status_code=302)(scope, receive, send)

    def _return_cookie(self, address: str, seconds: int) -> str:
        return f"{RETURN}={quote(address, safe='')}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{'; Secure' if self.is_secure else ''}"

    def _shorten(self, headers: MutableHeaders) -> None:
        """Cookies of the sign-in end with the longest session and, over https, are Secure."""
        cookies = headers.getlist("set-cookie")
        del headers["set-cookie"]
        for cookie in cookies:
            morsel = _read_cookie(cookie)
            if morsel is not None and next(iter(morsel)).startswith(USER):
                name = next(iter(morsel))
                morsel[name]["max-age"] = min(int(morsel[name]["max-age"] or 0), ABSOLUTE)
                morsel[name]["expires"] = ""
                morsel[name]["secure"] = self.is_secure
                cookie = morsel.output(header="").strip()
            headers.append("set-cookie", cookie)


def _read_cookie(text: str) -> SimpleCookie | None:
    try:
        read = SimpleCookie(text)
    except CookieError:
        return None
    return read if len(read) == 1 else None


def _sets_user(headers: Headers) -> bool:
    """Whether an answer signs a reader in: it sets the cookie and does not take it away."""
    return any(cookie.startswith(f"{USER}=") and "Max-Age=0" not in cookie for cookie in headers.getlist("set-cookie"))


def _with_failure(address: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}aanmelden=mislukt"
