"""Messages arrive at a real SMTP server and a real HTTP server, and what cannot be trusted gets nothing."""

from __future__ import annotations

import json
import smtplib
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from pipelines.notify.causes import Cause
from pipelines.notify.channels import Message, NotTaken, send_to
from pipelines.notify.memory import Waiting
from pipelines.notify.recipients import Channel, NotifyRefused, read_channels
from tests.pipelines.notify.servers import PASSWORD, USER, Mailbox, Posted, make_certificate, running_http, running_smtp

LATE = Cause("levering", "om_zaken", "te laat", "waarschuwing", "De levering ‘Zaken’ van het OM is te laat.", "ketenmonitor deliveries")
FAILED = Cause("run", "run", "x", "fout", "De verwerking is mislukt.", "dbt build: 1 node(s) failed")
MESSAGE = Message.of([Waiting(LATE, "2026-11-23T12:00:00+00:00"), Waiting(FAILED, "2026-11-23T12:00:00+00:00")])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="module")
def smtp(certificate: Path) -> Iterator[tuple[int, Mailbox]]:
    with running_smtp(certificate) as server:
        yield server


@pytest.fixture
def http() -> Iterator[tuple[int, Posted]]:
    with running_http() as server:
        yield server


def channel(folder: Path, text: str) -> Channel:
    """The one channel of a file."""
    file = folder / "kanalen.toml"
    file.write_text(text, encoding="utf-8")
    _, channel = read_channels(file)
    return channel


def email(folder: Path, port: int, certificate: Path | None, *recipients: str) -> Channel:
    trusted = f'ca = "{certificate}"' if certificate else ""
    who = json.dumps(recipients or ["beheer@example.nl", "riec@example.nl"])
    table = f'[beheer]\nkind = "email"\nserver = "127.0.0.1:{port}"\nuser = "{USER}"\nsender = "keten@example.nl"\nrecipients = {who}\n{trusted}'
    return channel(folder, table)


def test_an_e_mail_arrives_in_dutch_with_a_line_per_cause(
    smtp: tuple[int, Mailbox], certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KETENMONITOR_SECRET_BEHEER", PASSWORD)
    port, box = smtp
    send_to(email(tmp_path, port, certificate), MESSAGE)
    mail = box.mails[-1]
    assert mail["Subject"] == "Ketenmonitor: 2 meldingen, waarvan 1 fout"
    assert (mail["From"], mail["To"]) == ("keten@example.nl", "beheer@example.nl, riec@example.nl")
    assert box.recipients[-1] == ["beheer@example.nl", "riec@example.nl"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().splitlines()[:2] == [
        "- fout: De verwerking is mislukt. [dbt build: 1 node(s) failed]",
        "- waarschuwing: De levering ‘Zaken’ van het OM is te laat. [ketenmonitor deliveries]",
    ]


def test_a_recipient_that_the_server_refuses_keeps_the_mail_from_nobody_else(
    smtp: tuple[int, Mailbox], certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("KETENMONITOR_SECRET_BEHEER", PASSWORD)
    port, box = smtp
    send_to(email(tmp_path, port, certificate, "nobody@example.nl", "riec@example.nl"), MESSAGE)
    assert box.recipients[-1] == ["riec@example.nl"]
    assert "1 of 2 recipients were refused" in caplog.text


def test_no_password_goes_to_a_server_that_is_not_trusted(smtp: tuple[int, Mailbox], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETENMONITOR_SECRET_BEHEER", PASSWORD)
    with pytest.raises(ssl.SSLCertVerificationError):
        send_to(email(tmp_path, smtp[0], None), MESSAGE)


def test_a_wrong_password_is_a_failure(smtp: tuple[int, Mailbox], certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KETENMONITOR_SECRET_BEHEER", "onzin")
    with pytest.raises(smtplib.SMTPAuthenticationError):
        send_to(email(tmp_path, smtp[0], certificate), MESSAGE)


@pytest.mark.parametrize(("path", "goes_in"), [("/haak", "header"), ("/haak/{secret}", "address")])
def test_a_webhook_gets_text_and_causes_with_its_secret_at_one_place(
    http: tuple[int, Posted], path: str, goes_in: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KETENMONITOR_SECRET_CHAT", "sleutel")
    port, posted = http
    send_to(channel(tmp_path, f'[chat]\nkind = "webhook"\nurl = "http://127.0.0.1:{port}{path}"'), MESSAGE)
    ((where, headers, body),) = posted.requests
    told = json.loads(body)
    assert (where, headers.get("Authorization")) == (("/haak", "Bearer sleutel") if goes_in == "header" else ("/haak/sleutel", None))
    assert told["title"] == "Ketenmonitor: 2 meldingen, waarvan 1 fout"
    assert told["text"].startswith(told["title"])
    assert told["causes"][0] == {
        "kind": "run",
        "severity": "fout",
        "sentence": "De verwerking is mislukt.",
        "hint": "dbt build: 1 node(s) failed",
        "seen_at": "2026-11-23T12:00:00+00:00",
        "is_solved": False,
    }


@pytest.mark.parametrize(("status", "headers"), [(500, {}), (404, {}), (302, {"Location": "http://127.0.0.1:9/elders"})])
def test_a_webhook_that_refuses_or_sends_on_has_not_taken_it(http: tuple[int, Posted], status: int, headers: dict[str, str], tmp_path: Path) -> None:
    port, posted = http
    posted.status, posted.headers = status, headers
    with pytest.raises(NotTaken, match=f"answered {status}"):
        send_to(channel(tmp_path, f'[chat]\nkind = "webhook"\nurl = "http://127.0.0.1:{port}/"'), MESSAGE)


def test_a_webhook_where_nobody_listens_is_a_failure(http: tuple[int, Posted], tmp_path: Path) -> None:
    with pytest.raises(requests.ConnectionError):
        send_to(channel(tmp_path, '[chat]\nkind = "webhook"\nurl = "http://127.0.0.1:9/"'), MESSAGE)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[chat", "kanalen.toml"),
        ("chat = 1", "elk kanaal is een tabel"),
        ('[log]\nkind = "webhook"\nurl = "https://example.nl"', "heet niet log"),
        ('[chat]\nkind = "sms"', "kanaal chat: kind is email of webhook"),
        ('[chat]\nkind = "webhook"\nurl = "http://example.nl/geheim-123"', "kanaal chat: .* url"),
        ('[chat]\nkind = "webhook"\nurl = "https://jan:geheim-123@example.nl/"', "kanaal chat: .* url"),
        ('[chat]\nkind = "webhook"\nurl = "https://example.nl"\npassword = "geheim-123"', "kanaal chat: .* password"),
        ('[chat]\nkind = "webhook"\nurl = "https://example.nl"\nleast = "erg"', "least"),
        ('[chat]\nkind = "webhook"\nurl = "https://example.nl"\nquiet = { from = "25:00" }', "quiet.from"),
        ('[chat]\nkind = "webhook"\nurl = "https://example.nl"\nquiet = { timezone = "Europe/Delft" }', "quiet.timezone"),
        ('[post]\nkind = "email"\nserver = "smtp.example.nl:587"\nsender = "keten@example.nl"\nrecipients = []', "recipients"),
        ('[post]\nkind = "email"\nserver = "smtp.example.nl:587"\nsender = "a@example.nl"\nrecipients = ["b@example.nl\\nBcc: c@example.nl"]', "recipients.0"),
    ],
)
def test_a_list_that_cannot_be_used_names_channel_and_setting_and_no_secret(text: str, names: str, tmp_path: Path) -> None:
    with pytest.raises(NotifyRefused, match=names) as refused:
        channel(tmp_path, text)
    assert "geheim-123" not in str(refused.value)
