"""The work of stage 8, without Dagster: suites over marts and deliveries, quality.json and Data Docs written.

Importing Great Expectations costs as much as judging, so a run starts this module as a process of its own at the beginning;
it waits on its standard input while the warehouse is built on the other core, and ends by itself when the run dies.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import logging
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.lineage import as_stage
from pipelines.resources import PROJECT, Settings

if TYPE_CHECKING:
    import polars as pl

LOG = logging.getLogger(__name__)

MARTS = ("mart_indicators", "mart_reconciliation", "mart_areas", "mart_cross_sources")


@as_stage("judge")
def judge_quality(settings: Settings) -> dict[str, Any]:
    """Judges what stands in `marts/` and the register; writes `quality/quality.json` and `quality/docs/`. Gives the summary."""
    import polars as pl

    from pipelines.catalogue import load_catalogue
    from pipelines.durable import write_whole
    from pipelines.intake.overview import overview_deliveries
    from pipelines.intake.register import now
    from validation.runner import run_suites
    from validation.summary import summarise

    frames = {mart: pl.read_parquet(settings.marts / mart) for mart in MARTS}
    frames["leveringen"] = overview_deliveries(settings, settings.today)
    known = settings.as_of.replace(tzinfo=dt.UTC) if settings.as_of else None
    results = run_suites(frames, settings.quality / "docs", load_catalogue(), known, released=released_values(settings))
    summary = summarise(results, now().isoformat(timespec="seconds"))
    write_whole(settings.quality_report, json.dumps(summary, ensure_ascii=False, indent=2).encode())
    return summary


def released_values(settings: Settings) -> pl.DataFrame | None:
    """What professionals read now, to compare with. None before the first release, and with a warning where the one in use is
    damaged: `releases verify` and the dashboard say so, and a sound release must be able to take its place."""
    from pipelines.release import ReleaseError, UnknownRelease, read_values

    try:
        return read_values(settings.releases)
    except UnknownRelease:
        return None
    except ReleaseError as error:
        LOG.warning("nothing is compared with a release in use: %s", error)
        return None


class WaitingJudge:
    """A process that has everything imported, judges on a word while other work goes on, and ends by `close`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        command = [sys.executable, "-m", "pipelines.judgement", str(settings.data_dir)]
        self._process = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603

    def start(self) -> None:
        """Says the word: the marts are there."""
        self._settings.quality_report.unlink(missing_ok=True)
        stdin = self._process.stdin
        assert stdin
        with contextlib.suppress(BrokenPipeError):  # it died: `wait` judges here
            stdin.write(b"judge\n")
            stdin.flush()

    def wait(self) -> dict[str, Any]:
        """The summary that was written; judges here when the process ended otherwise than well."""
        self._process.communicate()
        if self._process.returncode == 0 and self._settings.quality_report.exists():
            summary: dict[str, Any] = json.loads(self._settings.quality_report.read_bytes())
            return summary
        return judge_quality(self._settings)

    def close(self) -> None:
        """Ends the process if it still waits."""
        if self._process.poll() is None:
            self._process.communicate()


def main() -> None:
    """Imports, waits for one line on standard input, judges; ends without work when the input closes."""
    import great_expectations  # noqa: F401

    import validation.docs
    import validation.expect  # noqa: F401

    if sys.stdin.readline():
        judge_quality(Settings.from_environment(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
