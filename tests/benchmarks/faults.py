"""Faults of real life planted in the sample's deliveries, and what a run says of them; clean runs, and what it says of those.

A world is a whole sample (seed, day) of which some partner files are wrong, each of another delivery: received, judged by the
contracts, modelled with every dbt test, and judged by the suites; protection and publishing are left out, for nothing of
quality is decided there. The same world without faults tells which findings are not about them.

A fault counts as found when a finding that the faultless world does not have names its delivery, its partner and its severity,
or, where the fault is for the door, when the answer of the intake refuses the file.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from data_contracts import all_contracts, contract_of
from pipelines.catalogue import load_catalogue
from pipelines.intake.judging import judge_landed
from pipelines.intake.opendata import gather_open_data
from pipelines.intake.overview import overview_deliveries
from pipelines.intake.receiving import receive_inbox
from pipelines.judgement import MARTS
from pipelines.modelling import build_models, reading_project
from pipelines.resources import Settings
from pipelines.sample.makers import MAKERS
from pipelines.sample.plan import PartnerFile, plan_files, rows_of
from pipelines.sample.writing import final_rows, write_file
from tests.conftest import PROJECT
from validation.checks import Finding
from validation.runner import run_suites

DAY = dt.date(2026, 11, 28)  # of all runs: which periods are due, and so which files there are, differs by day
TUNED_ON, SEED = 1, 71  # the seeds that checks were tuned on, and that is reported
CLEAN_SEEDS = range(101, 121)
LEAST_FOUND, MOST_FALSE = 0.95, 2
DOOR = "geweigerd"

Rows = Callable[[str], pl.DataFrame]  # the right rows of another period of the same delivery


@dataclass(frozen=True)
class Fault:
    """One wrong file: `change` gets its right rows and gives the wrong ones, or None when it never came; of open data it gets and gives
    the bytes of the recorded answer. `file` is the period of the file (its newest one when empty, more joined by `|`, all with `*`),
    `severity` what must be said of it (`geweigerd`: the door refuses it)."""

    name: str
    delivery: str
    change: Callable[[pl.DataFrame, Rows], pl.DataFrame | None] | Callable[[bytes], bytes]
    severity: str = "waarschuwing"
    file: str = ""

    @property
    def partner(self) -> str:
        """Whom must be asked."""
        return contract_of(self.delivery).terms().partner

    @property
    def is_fetched(self) -> bool:
        """Whether it is in open data."""
        return contract_of(self.delivery).terms().is_fetched


@dataclass(frozen=True)
class OnThatDay(Settings):
    """Settings of a run on DAY."""

    @property
    def today(self) -> dt.date:
        return DAY


@dataclass
class Said:
    """What a world says: findings by id, and the deliveries of which the door refused a file, with the rules."""

    findings: dict[str, Finding] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def sort_into_worlds(faults: Iterable[Fault]) -> list[list[Fault]]:
    """As few worlds as there are faults of one delivery at most, each with one fault of a delivery."""
    worlds: list[list[Fault]] = []
    for fault in faults:
        fitting = [world for world in worlds if fault.delivery not in {other.delivery for other in world}]
        if fitting:
            min(fitting, key=len).append(fault)
        else:
            worlds.append([fault])
    return worlds


def write_world(inbox: Path, seed: int, faults: Sequence[Fault] = (), only: Sequence[str] = ()) -> None:
    """The files of the sample, with the faults in them; `only` names deliveries, for a small world. Raises ValueError for a fault without its file."""
    inbox.mkdir(parents=True, exist_ok=True)
    planned = [file for file in plan_files(DAY) if not only or file.contract.terms().delivery in only]
    planned.sort(key=lambda file: (file.contract.terms().delivery, file.year))
    wrong = {file: fault for fault in faults if not fault.is_fetched for file in _targets(planned, fault)}
    for (delivery, year), files in itertools.groupby(planned, key=lambda file: (file.contract.terms().delivery, file.year)):
        made = MAKERS[delivery](year, seed, 1.0)
        for file in files if made.height else ():
            rows: pl.DataFrame | None = final_rows(file, made, seed)
            if fault := wrong.get(file):
                rows = fault.change(rows, _other_rows(planned, delivery, seed))
            if rows is not None:
                write_file(inbox, file, rows, seed)


def copy_open_data(recorded: Path, copy: Path, faults: Iterable[Fault]) -> Path:
    """A copy of recorded open data with the faults in it; gives its folder."""
    shutil.copytree(recorded, copy, copy_function=shutil.copyfile)
    for fault in faults:
        for file in copy.glob(contract_of(fault.delivery).terms().recorded or ""):
            file.write_bytes(fault.change(file.read_bytes()))
    return copy


def _targets(planned: Sequence[PartnerFile], fault: Fault) -> list[PartnerFile]:
    own = [file for file in planned if file.contract.terms().delivery == fault.delivery]
    final = [file for file in own if not file.note]
    match fault.file:
        case "*":
            return own
        case "":
            return [max(final, key=lambda file: (file.year, file.period))]
        case periods:
            found = [file for file in final if file.period in periods.split("|")]
    if not found:
        raise ValueError(f"{fault.delivery} has no file {fault.file}")
    return found


def _other_rows(planned: Sequence[PartnerFile], delivery: str, seed: int) -> Rows:
    def rows(period: str) -> pl.DataFrame:
        year = int(period[:4])
        file = next(file for file in planned if file.contract.terms().delivery == delivery and file.year == year and not file.note)
        return rows_of(PartnerFile(file.contract, year, period, file.sent), MAKERS[delivery](year, seed, 1.0))

    return rows


def run_world(folder: Path, seed: int, faults: Sequence[Fault] = (), *, open_data: Path | None = None, only: Sequence[str] = ()) -> Said:
    """Writes, receives, judges, models and judges again; `open_data` is a folder of recorded open data."""
    if open_data and (fetched := [fault for fault in faults if fault.is_fetched]):
        open_data = copy_open_data(open_data, folder.with_name(f"{folder.name}_open_data"), fetched)
    settings = OnThatDay(data_dir=folder, open_data=open_data)
    folder.mkdir(parents=True, exist_ok=True)
    settings.sample_mark.touch()
    write_world(settings.inbox, seed, faults, only)
    said, here = Said(), Path.cwd()
    with reading_project(settings) as project:
        for contract in all_contracts():
            notices = [*receive_inbox(settings, contract.terms().delivery), *gather_open_data(settings, contract, ask_service=False)]
            notices += judge_landed(settings, contract).notices
            said.refused |= {contract.terms().delivery: str(notice.rule) for notice in notices if notice.status == "refused"}
        built = build_models(settings, project=project)
    os.chdir(here)  # dbt changes it
    if built.failure:
        raise RuntimeError(built.failure)
    frames = {mart: pl.read_parquet(settings.marts / mart) for mart in MARTS} | {"leveringen": overview_deliveries(settings, settings.today)}
    results = run_suites(frames, folder / "docs", load_catalogue(), dt.datetime.combine(DAY, dt.time(12), dt.UTC))
    said.findings = {finding.id: finding for result in results for finding in result.findings}
    return said


def how_found(fault: Fault, said: Said, faultless: Said) -> str | None:
    """What names the fault: the rule of the door, or the ids of the checks; None when nothing does."""
    if fault.severity == DOOR:
        return said.refused.get(fault.delivery)
    new = [finding for name, finding in said.findings.items() if name not in faultless.findings]
    right = [each for each in new if (each.delivery, each.partner, each.severity) == (fault.delivery, fault.partner, fault.severity)]
    return ", ".join(dict.fromkeys(each.id.split(":")[0] for each in right)) or None


def false_alarms(said: Said) -> list[Finding]:
    """Findings of severity waarschuwing or fout that a clean sample does not deserve.

    By its own design it has: open data of which the recorded or made-up answer is older than what is due (`delivery_on_time` of
    what is fetched), and a partner that wrote `<5` in the files of 2021 and 2022, so that the total of a quarter is not known
    (`periods_without_gap` of helpwanted_sextortion). All else is a false alarm.
    """
    fetched = {contract.terms().delivery for contract in all_contracts() if contract.terms().is_fetched}
    by_design = {("delivery_on_time", delivery) for delivery in fetched} | {("periods_without_gap", "helpwanted_sextortion")}
    serious = [finding for finding in said.findings.values() if finding.severity != "let op"]
    return [finding for finding in serious if (finding.id.split(":")[0], finding.delivery) not in by_design]


def keep_said(answer: Path, seed: int, world: int | None, open_data: Path | None) -> None:
    """Runs the world of that number among those of the planted faults, or the faultless one, and keeps what it says in the file `answer`."""
    from tests.benchmarks.planted import FAULTS

    faults = () if world is None else sort_into_worlds(FAULTS)[world]
    answer.write_bytes(pickle.dumps(run_world(answer.with_suffix(""), seed, faults, open_data=open_data)))
    shutil.rmtree(answer.with_suffix(""))


def bench_faults(folder: Path) -> None:
    """Prints the table of found and missed, and the false alarms of twenty clean runs; two worlds at a time, each in a process of its own."""
    from tests.benchmarks.planted import FAULTS

    named = os.environ.get("KETENMONITOR_OPEN_DATA")
    open_data = Path(named).resolve() if named else None
    folder.mkdir()

    def said_of(seed: int, world: int | None = None) -> Said:
        answer = folder / f"{seed}_{world}.pickle"
        code = f"from pathlib import *; from tests.benchmarks.faults import keep_said; keep_said({answer!r}, {seed}, {world}, {open_data!r})"
        subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True)
        said: Said = pickle.loads(answer.read_bytes())
        return said

    worlds = sort_into_worlds(FAULTS)
    with ThreadPoolExecutor(2) as pool:
        faultless, planted = pool.submit(said_of, SEED), pool.map(said_of, [SEED] * len(worlds), range(len(worlds)))
        clean = pool.map(said_of, CLEAN_SEEDS)
        _tell_found({fault: how_found(fault, said, faultless.result()) for world, said in zip(worlds, planted, strict=True) for fault in world})
        alarms = [(seed, finding) for seed, said in zip(CLEAN_SEEDS, clean, strict=True) for finding in false_alarms(said)]
    for seed, finding in alarms:
        print(f"false alarm at seed {seed}: {finding.severity} {finding.id}")
    print(f"false alarms in {len(CLEAN_SEEDS)} clean runs: {len(alarms)} (at most {MOST_FALSE})")


def _tell_found(found: dict[Fault, str | None]) -> None:
    for fault, by in sorted(found.items(), key=lambda item: (item[1] is None, item[0].delivery)):
        print(f"{'MISSED' if by is None else 'found':<7} {fault.delivery:<28} {fault.name:<50} {fault.severity:<13} {by or ''}", flush=True)
    hits, for_suites = sum(by is not None for by in found.values()), sum(fault.severity != DOOR for fault in found)
    print(
        f"planted faults found: {hits} of {len(found)} (at least {LEAST_FOUND:.0%}); {for_suites} of them are for the suites, the others for the door",
        flush=True,
    )
