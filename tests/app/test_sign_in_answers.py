"""Back to where the reader came from, and nowhere else; cookies that end; a failed sign-in that says so."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from app.sign_in_answers import LONGEST, SignInAnswers, return_address

HOST = "monitor.example.nl"


@pytest.mark.parametrize(
    ("referer", "address"),
    [
        (f"https://{HOST}/mensenhandel?gebied=GM0503&periode=2023Q1", "/mensenhandel?gebied=GM0503&periode=2023Q1"),
        (f"https://{HOST}/mensenhandel?gebied=GM0503&aanmelden=mislukt", "/mensenhandel?gebied=GM0503"),
        (f"https://{HOST}", "/"),
        ("", "/"),
        ("https://elders.example/mensenhandel", "/"),
        (f"https://{HOST}//elders.example", "/"),
        (f"https://{HOST}/\\elders.example", "/"),
        (f"https://{HOST}@elders.example/x", "/"),
        (f"https://{HOST}/?x={'a' * LONGEST}", "/"),
        (f"https://{HOST}/%0d%0aset-cookie:x=y", "/%0D%0Aset-cookie%3Ax%3Dy"),
    ],
)
def test_a_reader_comes_back_to_a_page_of_this_host_and_no_other(referer: str, address: str) -> None:
    assert return_address(referer, HOST) == address


@given(st.text(), st.text())
def test_whatever_was_asked_the_way_back_is_one_path_here(path: str, query: str) -> None:
    try:
        address = return_address(f"https://{HOST}/{path}?{query}", HOST)
    except ValueError:
        return  # not an address at all
    assert address.startswith("/")
    assert not address.startswith(("//", "/\\"))
    assert not set(address) & set('\r\n"; ')


class Browser:
    """Keeps cookies, follows nothing."""

    def __init__(self, app: Starlette) -> None:
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"https://{HOST}")
        self.cookies = self.client.cookies

    def get(self, path: str, **how: Any) -> httpx.Response:
        return asyncio.run(self.client.get(path, **how))


def client(*, secure: bool = True, answer: str = "good") -> Browser:
    """The middleware around answers as Streamlit gives them."""

    async def login(_request: Request) -> Response:
        return PlainTextResponse("Authentication error", status_code=400) if answer == "broken" else RedirectResponse("https://inloggen.example.nl/auth", 302)

    async def callback(request: Request) -> Response:
        response = RedirectResponse("/", 302)
        if answer == "good" and "code" in request.query_params:
            response.set_cookie("_streamlit_user", "signed", max_age=2_592_000, httponly=True, samesite="lax")
        else:
            response.delete_cookie("_streamlit_user")
        return response

    app = Starlette(routes=[Route("/auth/login", login), Route("/oauth2callback", callback)], middleware=[Middleware(SignInAnswers, is_secure=secure)])
    return Browser(app)


def test_a_sign_in_ends_at_the_page_where_it_began_with_a_cookie_of_at_most_twelve_hours() -> None:
    browser = client()
    browser.get("/auth/login", headers={"referer": f"https://{HOST}/jonge-aanwas?gebied=E"})
    answer = browser.get("/oauth2callback?code=x&state=y")
    assert answer.headers["location"] == "/jonge-aanwas?gebied=E"
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("_streamlit_user="))
    assert "Max-Age=43200" in cookie
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "ketenmonitor_terug" not in browser.cookies


def test_over_http_on_a_loopback_address_no_cookie_asks_for_https() -> None:
    answer = client(secure=False).get("/oauth2callback?code=x&state=y")
    assert "Secure" not in " ".join(answer.headers.get_list("set-cookie"))


@pytest.mark.parametrize("query", ["error=access_denied", "code=x&state=replayed"])
def test_a_sign_in_that_failed_comes_back_and_says_so(query: str) -> None:
    browser = client(answer="bad")
    browser.get("/auth/login", headers={"referer": f"https://{HOST}/samenwerking?thema=mensenhandel"})
    assert browser.get(f"/oauth2callback?{query}").headers["location"] == "/samenwerking?thema=mensenhandel&aanmelden=mislukt"


def test_coming_back_from_signing_out_is_no_failure() -> None:
    assert client(answer="bad").get("/oauth2callback").headers["location"] == "/"


def test_a_provider_that_does_not_answer_gives_a_page_and_no_english_word() -> None:
    answer = client(answer="broken").get("/auth/login", headers={"referer": f"https://{HOST}/definities"})
    assert (answer.status_code, answer.headers["location"], answer.text) == (302, "/definities?aanmelden=mislukt", "")
