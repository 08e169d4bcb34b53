"""A tab without a browser: the websocket and the messages of Streamlit's front end, signed in at a real provider. It sees all that a browser is sent."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from urllib.parse import urljoin

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect


class Tab:
    """One tab of one reader. `browser` keeps the cookies; tabs of the same reader share it."""

    def __init__(self, address: str, browser: httpx.Client | None = None) -> None:
        self.address = address
        self.browser = browser or httpx.Client(timeout=60)
        self.browser.get(f"{address}/_stcore/health")
        self.socket = self._connect()
        self.session = ""
        self.chosen: dict[str, WidgetState] = {}
        self.sent: list[ForwardMsg] = []

    def _connect(self) -> ClientConnection:
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.browser.cookies.jar)
        token = str(self.browser.cookies.get("_streamlit_xsrf"))
        headers = {"Cookie": cookies, "Origin": self.address}
        place = f"{self.address.replace('http', 'ws', 1)}/_stcore/stream"
        return connect(place, additional_headers=headers, subprotocols=["streamlit", token], max_size=None, open_timeout=60)  # type: ignore[list-item]

    def open(self, page: str = "", query: str = "") -> bytes:
        """Show a page by its address: all bytes that are sent for it."""
        self.page, self.query, self.chosen = page, query, {}
        return self.rerun()

    def rerun(self, fragment: str = "") -> bytes:
        """Run the page, or one fragment of it, as it stands."""
        asked = BackMsg()
        asked.rerun_script.page_name, asked.rerun_script.query_string, asked.rerun_script.fragment_id = self.page, self.query, fragment
        asked.rerun_script.widget_states.widgets.extend(self.chosen.values())
        self.socket.send(asked.SerializeToString())
        return self._receive(is_fragment=bool(fragment))

    def _receive(self, *, is_fragment: bool = False) -> bytes:
        """Messages up to the end of the run. A page that moves on to another address runs once more."""
        got, kept = bytearray(), [] if not is_fragment else self.sent
        for message, raw in self._messages():
            got += raw
            kept.append(message)
            if message.WhichOneof("type") == "new_session":
                self.session = message.new_session.initialize.session_id
            if message.WhichOneof("type") == "script_finished":
                break
        self.sent = kept
        return bytes(got)

    def _messages(self, seconds: float = 60) -> Iterator[tuple[ForwardMsg, bytes]]:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            raw = self.socket.recv(timeout=seconds)
            assert isinstance(raw, bytes)
            yield ForwardMsg.FromString(raw), raw

    def elements(self, kind: str) -> list[Element]:
        """What the page shows of one kind, the newest of each place."""
        places: dict[tuple[int, ...], Element] = {}
        for message in self.sent:
            if message.WhichOneof("type") == "delta" and message.delta.WhichOneof("type") == "new_element":
                places[tuple(message.metadata.delta_path)] = message.delta.new_element
        return [element for element in places.values() if element.WhichOneof("type") == kind]

    def choose(self, label: str, option: str) -> bytes:
        """Pick an option of a radio in a fragment."""
        radio = next(one.radio for one in self.elements("radio") if one.radio.label == label)
        self.chosen[radio.id] = WidgetState(id=radio.id, string_value=option)
        fragment = next(message.delta.fragment_id for message in self.sent if message.delta.new_element.radio.id == radio.id)
        return self.rerun(fragment)

    def press(self, label: str) -> bytes:
        """Press a button."""
        button = next(one.button for one in self.elements("button") if one.button.label == label)
        self.chosen[button.id] = WidgetState(id=button.id, trigger_value=True)
        try:
            return self.rerun()
        finally:
            del self.chosen[button.id]

    def download(self) -> bytes | None:
        """Click the button of the downloads: the file, or nothing when it is refused."""
        button = self.elements("download_button")[-1].download_button
        asked = BackMsg()
        request = asked.backend_operation_request
        request.request_id, request.session_id, request.deferred_file.file_id = "1", self.session, button.deferred_file_id
        self.socket.send(asked.SerializeToString())
        for message, _ in self._messages():
            if message.WhichOneof("type") == "backend_operation_response":
                answer = message.backend_operation_response
                return None if answer.error_msg else self.browser.get(urljoin(self.address, answer.deferred_file.url)).raise_for_status().content
        raise AssertionError("no answer to a click")


def sign_in(browser: httpx.Client, address: str, name: str, page: str = "") -> str:
    """What a browser does after a click on Aanmelden: to the provider, the name filled in, and back; the address at the end."""
    tab = Tab(address, browser)
    tab.open(page)
    tab.press("Aanmelden")
    tab.socket.close()
    asked = next(message.auth_redirect.url for message in tab.sent if message.WhichOneof("type") == "auth_redirect")
    form = browser.get(urljoin(address, asked), headers={"Referer": f"{address}/{page}"}, follow_redirects=True)
    done = browser.post(form.url, data={"sub": name}, follow_redirects=True)
    return str(done.url)


def put_user(provider: str, name: str, claims: Mapping[str, object]) -> None:
    """Make a reader known at the provider, with claims of the id_token."""
    assert re.fullmatch("[a-z0-9]+", name)
    httpx.put(f"{provider}/users/{name}", json=dict(claims)).raise_for_status()
