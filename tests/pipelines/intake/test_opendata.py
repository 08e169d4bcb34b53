"""Open data comes from the service, else from what was recorded, else from what landed, else from a stand-in that says so."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest

from data_contracts import contract_of
from pipelines.intake import odata, register
from pipelines.intake.judging import judge_landed
from pipelines.intake.opendata import gather_open_data
from pipelines.resources import Settings

BEVOLKING = contract_of("cbs_bevolking")
MISDRIJVEN = contract_of("politie_misdrijven")


class Service(http.server.ThreadingHTTPServer):
    """An OData v4 service that answers with recorded observations in pages, after some failures."""

    observations: list[dict[str, object]]
    page = 5000
    failures = 0
    foreign_host = ""
    requests: list[str]


class Handler(http.server.BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        self.server.requests.append(self.path)
        if self.server.failures > 0:
            self.server.failures -= 1
            self.send_response(503)
            self.send_header("Retry-After", "0")
            self.end_headers()
            return
        query = parse_qs(urlsplit(self.path).query)
        start = int(query.get("$skip", ["0"])[0])
        slice_ = [row for row in self.server.observations if f"'{row['Leeftijd']}'" in query.get("$filter", ["'10000'"])[0]]
        answer: dict[str, object] = {"value": slice_[start : start + self.server.page]}
        if start + self.server.page < len(slice_):
            answer["@odata.nextLink"] = f"http://{self.server.foreign_host or self.headers['Host']}{urlsplit(self.path).path}?$skip={start + self.server.page}"
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        return


@pytest.fixture
def service(open_data: Path) -> Iterator[Service]:
    server = Service(("127.0.0.1", 0), Handler)
    server.observations = json.loads((open_data / "odata/v4_03759ned/observations-page-1.json").read_bytes())["value"]
    server.requests = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, cbs_url="http://127.0.0.1:9/odata")  # port 9 (discard): nobody listens


def origins(settings: Settings, delivery: str) -> dict[str, str]:
    with register.open_register(settings.register) as lines:
        return {line["slice"]: line["origin"] for line in lines.execute("select * from received where delivery = ? order by id", (delivery,))}


def test_the_client_follows_pages_and_survives_failures_of_the_service(service: Service, settings: Settings) -> None:
    service.failures = 2
    settings = Settings(data_dir=settings.data_dir, cbs_url=f"http://127.0.0.1:{service.server_port}/odata")
    first, second = gather_open_data(settings, BEVOLKING, ask_service=True)
    assert (first.status, second.status) == ("received", "received")
    assert origins(settings, "cbs_bevolking") == {"totaal": "service", "jongeren": "synthetic"}  # the recording has no ages
    assert len(service.requests) == 2 + 3 + 1
    judge_landed(settings, BEVOLKING)
    rows = pl.read_parquet(settings.accepted / "cbs_bevolking" / "*.parquet").filter(gemeente="GM0518", jaar="2023", leeftijd="totaal")
    assert rows["inwoners"].to_list() == [562839]


def test_a_next_page_on_another_host_is_not_followed(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    table = BEVOLKING.terms().odata
    assert table is not None
    monkeypatch.setattr(service, "foreign_host", "elders.example")
    with pytest.raises(odata.ServiceUnreachable, match="another host"):
        odata.fetch_slice(f"http://127.0.0.1:{service.server_port}/odata", table, "totaal", "2026-11-22")


def test_without_service_or_recording_a_stand_in_is_landed_and_called_synthetic(settings: Settings) -> None:
    notices = [*gather_open_data(settings, BEVOLKING, ask_service=True), *gather_open_data(settings, MISDRIJVEN, ask_service=False)]
    assert all("Synthetisch" in notice.sentence for notice in notices)
    assert "niet bereikt" in notices[0].sentence
    assert set(origins(settings, "cbs_bevolking").values()) | set(origins(settings, "politie_misdrijven").values()) == {"synthetic"}


def test_a_stand_in_gives_way_to_the_recorded_file_and_leaves_no_row_behind(settings: Settings, open_data: Path) -> None:
    gather_open_data(settings, MISDRIJVEN, ask_service=False)
    judge_landed(settings, MISDRIJVEN)
    real = Settings(data_dir=settings.data_dir, open_data=open_data)
    gather_open_data(real, MISDRIJVEN, ask_service=False)
    judge_landed(real, MISDRIJVEN)
    rows = pl.read_parquet(settings.accepted / "politie_misdrijven" / "*.parquet")
    assert sorted(rows["jaar"].unique()) == ["2022", "2023"]
    assert rows.filter(regio="'s-Gravenhage (gemeente)", jaar="2023")["misdrijven"].to_list() == [37483]


def test_what_landed_stays_in_use_when_neither_service_nor_recording_is_there(settings: Settings, open_data: Path) -> None:
    gather_open_data(Settings(data_dir=settings.data_dir, open_data=open_data), MISDRIJVEN, ask_service=False)
    (notice,) = gather_open_data(settings, MISDRIJVEN, ask_service=False)
    assert notice.status == "known"
    assert "blijven gelden" in notice.sentence
    assert origins(settings, "politie_misdrijven") == {"": "recorded"}


def test_the_stand_in_of_the_young_keeps_to_the_real_totals(settings: Settings, open_data: Path) -> None:
    gather_open_data(Settings(data_dir=settings.data_dir, open_data=open_data), BEVOLKING, ask_service=False)
    judge_landed(settings, BEVOLKING)
    rows = pl.read_parquet(settings.accepted / "cbs_bevolking" / "*.parquet").filter(gemeente="GM0518", jaar="2023")
    young = rows.filter(pl.col("leeftijd") != "totaal")["inwoners"].sum()
    assert 0.10 * 562839 < young < 0.20 * 562839
