"""The list of sources: what may stand in it, and sentences that name the setting and never show a secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.intake.sources import SourcesRefused, read_sources
from pipelines.resources import Settings, secrets_of

GOOD = """
[politie]
url = "sftp://keten@sftp.example.nl:2222/uit/maand"
known_hosts = "known_hosts"
deliveries = ["politie_jeugd_verdachten", "politie_online_registraties"]
after = "move"
marker = true

[om-opslag]
url = "s3://keten/om"
endpoint = "https://s3.example.nl"
deliveries = ["comensha_slachtoffers"]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_source_knows_where_it_is_and_who_it_logs_in_as(tmp_path: Path) -> None:
    sftp, s3 = read_sources(write(tmp_path, GOOD))
    assert (sftp.scheme, sftp.host, sftp.port, sftp.user, sftp.folder) == ("sftp", "sftp.example.nl", 2222, "keten", "/uit/maand")
    assert (sftp.known_hosts, sftp.marker, sftp.after) == (tmp_path / "known_hosts", True, "move")
    assert (s3.scheme, s3.folder, s3.endpoint, s3.after) == ("s3", "keten/om", "https://s3.example.nl", "leave")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("keten@sftp", "keten:zeer-geheim@sftp", "url bevat een wachtwoord"),
        ("sftp://", "ftp://", "sftp://gebruiker@server"),
        (":2222", ":99999", "sftp://gebruiker@server"),
        ("keten@sftp", "sftp", "heeft een gebruiker"),
        ('known_hosts = "known_hosts"', "", "known_hosts of host_key"),
        ('after = "move"', 'after = "delete"', "leave of move"),
        ("marker = true", 'marker = "ja"', "marker"),
        ("marker = true", 'password = "zeer-geheim"', "password"),
        ("politie_jeugd_verdachten", "bestaat_niet", "onbekende levering: bestaat_niet"),
        ("https://s3", "http://s3", "endpoint begint met https://"),
        ("[politie]", "[Politie!]", "niet te lezen"),
        ("[politie]", "[comensha_slachtoffers]", "heet niet zoals een levering"),
        ("deliveries", "levert", "url en deliveries zijn nodig"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_is_not_shown(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(SourcesRefused) as refused:
        read_sources(write(tmp_path, GOOD.replace(old, new)))
    assert says in str(refused.value)
    assert "zeer-geheim" not in str(refused.value)


def test_a_list_that_is_not_there_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with pytest.raises(SourcesRefused, match="niet te lezen"):
        read_sources(tmp_path / "sources.toml")


def test_secrets_come_from_the_environment_and_print_as_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KETENMONITOR_SECRET_OM_OPSLAG", "zeer-geheim")
    monkeypatch.setenv("KETENMONITOR_SOURCES", str(write(tmp_path, GOOD)))
    secrets, settings = secrets_of("om-opslag"), Settings.from_environment(tmp_path)
    assert secrets.secret == "zeer-geheim"
    assert "zeer-geheim" not in f"{secrets!r} {secrets} {settings!r} {read_sources(settings.sources)!r}"  # type: ignore[arg-type]


def test_a_pull_with_a_list_that_cannot_be_used_calls_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from pipelines.intake import pulling

    monkeypatch.setenv("KETENMONITOR_SOURCES", str(write(tmp_path, GOOD.replace("s3://", "http://"))))
    monkeypatch.setattr(pulling, "_connect", lambda source: pytest.fail("a source was called"))
    monkeypatch.setattr(pulling, "gather_open_data", lambda *arguments, **options: pytest.fail("a service was called"))
    result = CliRunner().invoke(app, ["--data-dir", str(tmp_path / "data"), "pull"])
    assert result.exit_code == 1
    assert "bron om-opslag: url heeft de vorm" in result.output
