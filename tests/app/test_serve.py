"""The server as people start it, over HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

import pytest

from tests.app.release_fixture import RELEASE_ID

CONFIG = Path(__file__).resolve().parents[2] / "app" / ".streamlit" / "config.toml"


def fetch(address: str, accept: str = "text/html") -> tuple[int, Message, str]:
    request = urllib.request.Request(address, headers={"Accept": accept, "Accept-Encoding": "gzip", "If-None-Match": '"x"'})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode("utf-8", errors="replace")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode("utf-8", errors="replace")


@pytest.mark.parametrize("path", ["/", "/mensenhandel", "/definities?indicator=mh_slachtoffers"])
def test_every_page_is_dutch_html_without_the_words_of_the_framework(server: str, path: str) -> None:
    status, _, page = fetch(server + path)
    assert status == 200
    assert '<html lang="nl">' in page
    assert "<title>Ketenmonitor</title>" in page
    assert "Deze pagina heeft JavaScript nodig" in page
    assert "agent/openapi" not in page


@pytest.mark.parametrize("path", ["/", "/gezond", "/_stcore/health", "/app/static/favicon.png", "/bestaat/niet", "/_stcore/agent/openapi.json"])
def test_every_answer_carries_the_security_headers(server: str, path: str) -> None:
    _, headers, _ = fetch(server + path)
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "http" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_an_address_in_a_folder_leads_to_the_overview_and_its_files_are_no_fault_of_the_server(server: str) -> None:
    status, _, page = fetch(f"{server}/leveringen/bestaat/niet")
    assert status == 200
    assert '<html lang="nl">' in page
    assert fetch(f"{server}/leveringen/static/index.js", "*/*")[0] == 200


def test_health_names_the_release_and_the_frozen_heap(server: str) -> None:
    status, _, answer = fetch(f"{server}/gezond", "application/json")
    health = json.loads(answer)
    assert status == 200
    assert (health["ready"], health["release"], health["sign_in"]) == (True, RELEASE_ID, "none")
    assert health["frozen_objects"] > 50_000


def test_the_agent_interface_is_closed(server: str) -> None:
    assert fetch(f"{server}/_stcore/agent/openapi.json", "application/json")[0] == 404


def test_the_font_and_its_licence_come_from_the_app_itself(server: str) -> None:
    _, _, page = fetch(server)
    assert "app/static/fonts/source-sans-3-latin-400-normal.woff2" in page
    assert fetch(f"{server}/app/static/fonts/source-sans-3-latin-400-normal.woff2", "*/*")[0] == 200
    assert "SIL Open Font License" in (CONFIG.parents[1] / "static" / "fonts" / "LICENSE").read_text(encoding="utf-8")


def test_phone_home_is_off_by_a_file_beside_the_app() -> None:
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    assert config["browser"]["gatherUsageStats"] is False
    assert (
        config["server"] | {"headless": True, "address": "127.0.0.1", "fileWatcherType": "none", "enableStaticServing": True, "enableAgentApi": False}
        == config["server"]
    )
    assert config["client"]["showErrorDetails"] == "none"
    assert config["client"]["toolbarMode"] == "viewer"


def test_the_export_of_the_framework_is_off_for_it_knows_no_rights_and_no_dutch_notation() -> None:
    assert tomllib.loads(CONFIG.read_text(encoding="utf-8"))["client"]["disableDataExport"] is True


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "monitor.example.nl"])
def test_a_demo_starts_on_a_loopback_address_alone(host: str) -> None:
    asked = subprocess.run([sys.executable, "-m", "app.serve", "--demo", "--host", host], capture_output=True, text=True, check=False, timeout=60)
    assert asked.returncode == 2
    assert "only on a loopback address" in asked.stderr


def test_half_a_sign_in_does_not_start(tmp_path: Path) -> None:
    given = {**os.environ, "KETENMONITOR_DATA_DIR": str(tmp_path), "KETENMONITOR_OIDC_CLIENT": "dashboard"}
    asked = subprocess.run([sys.executable, "-m", "app.serve", "--port", "1"], capture_output=True, text=True, check=False, timeout=60, env=given)
    assert asked.returncode == 2
    assert "KETENMONITOR_SUBJECT_KEY" in asked.stderr


def test_a_demo_answers_under_no_other_name_than_that_of_this_machine(professional_server: str) -> None:
    request = urllib.request.Request(f"{professional_server}/gezond", headers={"Host": "elders.example"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=20)
    assert refused.value.code == 400
