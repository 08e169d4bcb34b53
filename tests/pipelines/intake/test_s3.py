"""S3-compatible storage against moto's server: fetched once per version, with the configured keys and no others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipelines.intake import pulling, register
from pipelines.intake.pulling import pull_sources
from pipelines.resources import Settings
from tests.pipelines.intake.extracts import jeugd_csv, jeugd_rows

DELIVERY = "politie_jeugd_verdachten"
KEY = f"uit/{DELIVERY}_2026Q3.csv"


@dataclass
class Storage:
    """A service with one bucket, and the data folder that fetches from it."""

    endpoint: str
    bucket: Any
    settings: Settings

    def configure(self, **options: str) -> None:
        lines = {"url": "s3://keten/uit", "endpoint": self.endpoint} | options
        text = f"[om]\ndeliveries = ['{DELIVERY}']\n" + "".join(f"{name} = '{value}'\n" for name, value in lines.items())
        assert self.settings.sources
        self.settings.sources.write_text(text)

    def pull(self) -> list[str]:
        return [notice.status for notice in pull_sources(self.settings)]

    def keys(self) -> list[str]:
        return sorted(item.key for item in self.bucket.objects.all())


@pytest.fixture
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Storage]:
    import boto3
    from moto.server import ThreadedMotoServer

    monkeypatch.setattr(pulling, "PAUSES", (0.05, 0.05))
    monkeypatch.setenv("KETENMONITOR_SECRET_OM", "sleutel:zeer-geheim-83")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    resource = boto3.resource("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
    bucket = resource.create_bucket(Bucket="keten")
    storage = Storage(endpoint, bucket, Settings(data_dir=tmp_path / "data", sources=tmp_path / "sources.toml"))
    storage.configure()
    yield storage
    bucket.objects.all().delete()
    server.stop()


def test_a_version_of_an_object_is_fetched_once_and_a_new_one_again(storage: Storage) -> None:
    storage.bucket.put_object(Key=KEY, Body=jeugd_csv())
    assert (storage.pull(), storage.pull()) == (["received", "received"], ["received"])
    storage.bucket.put_object(Key=KEY, Body=jeugd_csv(*jeugd_rows(teams=("B1",))))
    assert storage.pull() == ["received", "received"]
    with register.open_register(storage.settings.register) as lines:
        assert lines.execute("select count(distinct sha256) from fetched").fetchone()[0] == 2
    assert (storage.settings.inbox / "om" / f"{DELIVERY}_2026Q3.csv").read_bytes() == jeugd_csv(*jeugd_rows(teams=("B1",)))
    assert storage.keys() == [KEY]


def test_fetched_objects_move_to_verwerkt_and_are_not_fetched_from_there(storage: Storage) -> None:
    storage.configure(after="move")
    storage.bucket.put_object(Key=KEY, Body=jeugd_csv())
    assert (storage.pull(), storage.pull()) == (["received", "received"], ["received"])
    (key,) = storage.keys()
    assert key.startswith(f"uit/verwerkt/{DELIVERY}_2026Q3_")


def test_only_what_lies_under_the_prefix_is_seen(storage: Storage) -> None:
    storage.bucket.put_object(Key=f"elders/{DELIVERY}_2026Q3.csv", Body=jeugd_csv())
    storage.bucket.put_object(Key="uit/diep/comensha_slachtoffers_2026Q3.csv", Body=b"x")
    assert storage.pull() == ["refused", "received"]
    assert not storage.settings.inbox.exists()


def test_a_name_that_climbs_out_of_the_folder_is_refused(storage: Storage) -> None:
    storage.bucket.put_object(Key=f"uit/../../../{DELIVERY}_2026Q3.csv", Body=jeugd_csv())
    storage.pull()
    assert list(storage.settings.data_dir.parent.rglob("*.csv")) == []


@pytest.mark.parametrize("secret", ["", "alleen-een-sleutel", ":"])
def test_without_both_keys_nobody_is_called(storage: Storage, monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("KETENMONITOR_SECRET_OM", secret)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "van-de-machine")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "van-de-machine")
    (failed,) = pull_sources(storage.settings)
    assert failed.status == "failed"
    assert "ontbreekt of heeft niet de vorm" in failed.sentence


def test_wrong_keys_are_refused_in_one_sentence_without_the_secret(storage: Storage, capfd: pytest.CaptureFixture[str]) -> None:
    import requests

    storage.bucket.put_object(Key=KEY, Body=jeugd_csv())
    requests.post(f"{storage.endpoint}/moto-api/reset-auth", data=b"0", timeout=10)  # from now on keys are looked at
    try:
        (failed,) = pull_sources(storage.settings)
    finally:
        requests.post(f"{storage.endpoint}/moto-api/reset-auth", data=b"inf", timeout=10)
    assert "toegang is geweigerd (PermissionError)" in failed.sentence
    assert "zeer-geheim-83" not in failed.sentence + "".join(capfd.readouterr())
    assert [path for path in storage.settings.data_dir.rglob("*") if path.is_file() and b"zeer-geheim-83" in path.read_bytes()] == []


def test_a_service_that_is_away_ends_in_one_sentence(storage: Storage) -> None:
    storage.configure(endpoint="http://127.0.0.1:9")
    (failed,) = pull_sources(storage.settings)
    assert (failed.status, failed.rule) == ("failed", "bron")
    assert "kwam niet tot stand of brak af" in failed.sentence
