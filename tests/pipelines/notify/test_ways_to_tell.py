"""Every way of running tells the same: the command line, a pull, and Dagster's sensors; and only where channels are named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines import running
from pipelines.intake import pulling
from pipelines.intake.receiving import Notice
from pipelines.resources import Settings
from pipelines.triggers import NOBODY, clock_sensor, ended_run_sensor, failed_run_sensor
from tests.conftest import PROJECT, ketenmonitor_here

COUNT = "9 in plaats van 3"
FINDING = {
    "id": "regional_total_of_usual_size:mh_slachtoffers:2026Q3",
    "severity": "fout",
    "dimension": "juistheid",
    "delivery": "comensha_slachtoffers",
    "partner": "CoMensha",
    "indicator_id": "mh_slachtoffers",
    "area_code": None,
    "period": "2026Q3",
    "sentence": f"Veel hoger: {COUNT}.",
    "rows": 1,
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder in which nothing ever came, and whose newest report has a fault; only the log is told."""
    channels = tmp_path / "kanalen.toml"
    channels.write_text("")
    settings = Settings(data_dir=tmp_path / "data", notify=channels)
    settings.quality.mkdir(parents=True)
    settings.quality_report.write_text(json.dumps({"verdict": "fout", "findings": [FINDING]}))
    return settings


def told(settings: Settings) -> list[str]:
    """All lines that were told, of all messages."""
    log = settings.notified / "messages.jsonl"
    return [line for message in log.read_text(encoding="utf-8").splitlines() for line in json.loads(message)["lines"]] if log.exists() else []


def test_after_a_run_its_failure_the_report_and_the_deliveries_are_told_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(running, "_run", lambda chosen, tell, report: setattr(report, "failure", "dbt build: 1 node(s) failed"))
    for _ in range(2):
        running.run_pipeline(settings, lambda level, message: said.append((level, message)))
    lines = told(settings)
    assert said == []
    assert "- fout: De verwerking is mislukt; de release in gebruik blijft zoals zij was. [dbt build: 1 node(s) failed]" in lines
    assert (
        "- fout: Het kwaliteitsoordeel is fout: er wordt niets gepubliceerd, tenzij de werkgroep ondertekent. [quality/docs/index.html in de gegevensmap]"
        in lines
    )
    assert any("ketenmonitor deliveries; om_zaken" in line and "nog nooit ontvangen" in line for line in lines)
    assert len(lines) == len(set(lines)) == 3 + 32


def test_of_figures_about_persons_no_message_says_how_they_move(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_run", lambda chosen, tell, report: None)
    running.run_pipeline(settings, lambda level, message: None)
    (line,) = [line for line in told(settings) if "regional_total_of_usual_size" in line]
    assert "is iets opgevallen" in line
    assert COUNT not in "\n".join(told(settings))


def test_a_list_of_channels_that_cannot_be_used_stops_no_run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    assert settings.notify
    settings.notify.write_text("[chat")
    monkeypatch.setattr(running, "_run", lambda chosen, tell, report: setattr(report, "release", "2026-11-22T1130-3f2a"))
    report = running.run_pipeline(settings, lambda level, message: said.append(message))
    assert report.release == "2026-11-22T1130-3f2a"
    assert said == ["Er is niets gemeld: kanalen.toml: de lijst van kanalen is niet te lezen (TOMLDecodeError). Controleer het TOML-bestand."]


def test_a_pull_tells_which_sources_were_not_reached_and_again_only_after_they_were(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    down = [
        Notice(None, "politie", "failed", "bron politie: de verbinding kwam niet tot stand.", "bron"),
        Notice("cbs_bevolking", "cbs_bevolking", "known", "De dienst is niet bereikt.", "dienst_niet_bereikt"),
    ]
    monkeypatch.setattr(pulling, "all_contracts", lambda: [None])
    monkeypatch.setattr(pulling, "gather_open_data", lambda *_, **__: [])
    for notices in (down, down, [], down[:1]):
        monkeypatch.setattr(pulling, "pull_sources", lambda settings, notices=notices: list(notices))
        pulling.pull_everything(settings)
    assert [line.partition(" [")[0] for line in told(settings)] == [
        "- waarschuwing: De dienst is niet bereikt.",
        "- waarschuwing: bron politie: de verbinding kwam niet tot stand.",
        "- waarschuwing: bron politie: de verbinding kwam niet tot stand.",
    ]


def test_dry_run_tells_what_would_be_sent_and_sends_and_remembers_nothing(settings: Settings) -> None:
    assert settings.notify
    settings.notify.write_text(
        '[chat]\nkind = "webhook"\nurl = "https://example.nl/haak"\nleast = "fout"\nquiet = { from = "00:00", to = "23:59", weekend = true }'
    )
    answer = ketenmonitor_here("notify", "--dry-run", "--json", data_dir=settings.data_dir, KETENMONITOR_NOTIFY=str(settings.notify))
    log, chat = json.loads(answer.output)
    assert (log["channel"], log["is_quiet"], log["title"]) == ("log", False, "Ketenmonitor: 34 meldingen, waarvan 2 fout")
    assert (chat["channel"], len(chat["lines"])) == ("chat", 2)
    assert not settings.notified.exists()


def test_the_command_tells_and_fails_where_no_channels_are_named(settings: Settings) -> None:
    assert ketenmonitor_here("notify", data_dir=settings.data_dir, KETENMONITOR_NOTIFY=str(settings.notify)).output == "Wat gemeld moest worden, is gemeld.\n"
    assert len(told(settings)) == 34
    answer = ketenmonitor_here("notify", data_dir=settings.data_dir, check=False)
    assert (answer.exit_code, answer.output) == (1, "Er is niets gemeld: KETENMONITOR_NOTIFY noemt geen bestand met kanalen.\n")


def test_without_channels_a_run_does_not_even_import_what_tells() -> None:
    code = "import sys, pipelines.cli, pipelines.running, pipelines.intake.pulling; sys.exit(any(name.startswith('pipelines.notify') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=os.environ, check=False).returncode == 0


@dg.op
def fails_as_foreseen() -> None:
    raise dg.Failure("dbt build: 1 node(s) failed")


@dg.op
def fails_unforeseen() -> None:
    raise ValueError(COUNT)


@dg.op
def goes_well() -> None:
    """Nothing."""


def after(settings: Settings, *ops: Any) -> None:
    """Runs a job of these and lets Dagster's sensor on its end tell."""
    job = dg.GraphDefinition("ketenmonitor", node_defs=list(ops)).to_job()
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, raise_on_error=False)
        (ended,) = [event for event in result.all_events if event.event_type in (dg.DagsterEventType.RUN_SUCCESS, dg.DagsterEventType.RUN_FAILURE)]
        names: dict[str, Any] = {"dagster_event": ended, "dagster_instance": instance, "dagster_run": result.dagster_run, "resources": {"settings": settings}}
        context = dg.build_run_status_sensor_context("ended", **names)
        (ended_run_sensor if result.success else failed_run_sensor)(context.for_run_failure() if not result.success else context)  # type: ignore[operator]


def test_dagster_tells_that_a_run_failed_by_its_steps_and_never_by_an_unforeseen_message(settings: Settings) -> None:
    after(settings, fails_as_foreseen, fails_unforeseen)
    (failure,) = [line for line in told(settings) if "De verwerking is mislukt" in line]
    assert "fails_as_foreseen: dbt build: 1 node(s) failed" in failure
    assert "fails_unforeseen: ValueError" in failure
    assert COUNT not in failure


def test_a_dagster_run_that_goes_well_solves_the_one_that_failed(settings: Settings) -> None:
    for op in (fails_as_foreseen, goes_well, fails_as_foreseen):
        after(settings, op)
    assert len([line for line in told(settings) if "De verwerking is mislukt" in line]) == 2


def test_the_clock_brings_what_became_late_and_starts_nothing(settings: Settings) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        for chosen, reason in ((settings, "All that was due was told."), (Settings(data_dir=settings.data_dir), NOBODY.skip_message)):
            answer = clock_sensor(dg.build_sensor_context(instance=instance, resources={"settings": chosen}))
            assert isinstance(answer, dg.SkipReason)
            assert answer.skip_message == reason
    assert len(told(settings)) == 34
