"""A partner's file is read in a process of its own: what kills that process refuses one file, and nothing else."""

from __future__ import annotations

import io
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from pipelines.intake import limits
from pipelines.intake.child import ChildFailed, run_in_child
from pipelines.intake.refusal import DeliveryRefused

SECRET = "123456782"


def give(value: object) -> object:
    return value


def refuse(sentence: str) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        raise DeliveryRefused("leeg", sentence) from error


def stumble() -> None:
    raise ValueError(SECRET)


def panic() -> pl.Series:
    return pl.Series([SECRET]).map_elements(lambda text: 1 / 0, return_dtype=pl.Int64)


def wait_for(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def loop_forever() -> None:
    while True:
        pass


def fill_memory() -> None:
    held = []
    while True:
        held.append(b"x" * 10_000_000)


def ask_for_too_much() -> int:
    return len(bytearray(limits.MOST_MEMORY_ASKED))


def polars_fills_memory() -> int:
    return pl.DataFrame({"a": range(20_000)}).join(pl.DataFrame({"b": range(20_000)}), how="cross").height


def kill_worker(number: int) -> None:
    os.kill(os.getpid(), number)


def open_with_calamine(content: bytes) -> int:
    import python_calamine

    return len(python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python())


def secrets_of_environment() -> list[str]:
    return [name for name in os.environ if name.startswith(("KETENMONITOR_SECRET", "AWS_"))]


def connect() -> None:
    import socket

    socket.create_connection(("127.0.0.1", 9), timeout=1)


def shout() -> None:
    print(SECRET)
    print(SECRET, file=sys.stderr)
    os.write(2, SECRET.encode())


def workbook_of_billions() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write("A1", 1)
        page.write("XFD1048576", 1)
    return buffer.getvalue()


def test_what_a_function_gives_comes_back_from_another_process() -> None:
    assert run_in_child(give, {"rows": 3}) == {"rows": 3}
    assert run_in_child(os.getpid) != os.getpid()


def test_a_worker_calls_on_the_spot_what_it_is_asked_to_run() -> None:
    assert run_in_child(run_in_child, os.getpid) == run_in_child(os.getpid)


def test_a_refusal_passes_through_without_what_caused_it() -> None:
    with pytest.raises(DeliveryRefused, match="kom terug") as refused:
        run_in_child(refuse, "x.csv: kom terug")
    assert refused.value.rule == "leeg"
    assert SECRET not in repr([refused.value, refused.value.__cause__, refused.value.__context__])


@pytest.mark.parametrize("function", [stumble, panic])
def test_an_error_of_our_own_says_where_and_never_what_it_was_reading(function: object) -> None:
    with pytest.raises(ChildFailed, match=r"Error at .*:\d+|Panic") as failed:
        run_in_child(function)  # type: ignore[arg-type]
    assert SECRET not in repr([failed.value, failed.value.__cause__, failed.value.__context__])


def test_a_workbook_that_aborts_its_reader_is_refused_and_the_next_file_is_read() -> None:
    content = workbook_of_billions()
    assert len(content) < 8_000
    with pytest.raises(DeliveryRefused, match="niet te lezen"):
        run_in_child(open_with_calamine, content)
    assert run_in_child(give, 1) == 1


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV])
def test_a_killed_worker_refuses_its_file_and_is_replaced(number: int) -> None:
    with pytest.raises(DeliveryRefused, match="liep erop vast"):
        run_in_child(kill_worker, number)
    assert run_in_child(give, 1) == 1


def test_a_file_that_takes_too_long_is_refused_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    run_in_child(give, 1)  # the worker is warm
    monkeypatch.setattr(limits, "MOST_SECONDS", 1)
    started = time.monotonic()
    with pytest.raises(DeliveryRefused, match="langer dan 1 seconden"):
        run_in_child(loop_forever)
    assert time.monotonic() - started < 5
    monkeypatch.undo()
    assert run_in_child(give, 1) == 1


@pytest.mark.parametrize("function", [fill_memory, polars_fills_memory, ask_for_too_much])
def test_a_file_that_takes_too_much_memory_is_refused_and_names_the_limit(function: object) -> None:
    with pytest.raises(DeliveryRefused, match=r"1,5 GB geheugen|liep erop vast|te groot"):
        run_in_child(function)  # type: ignore[arg-type]
    assert run_in_child(give, 1) == 1


def test_a_worker_has_no_secrets_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    run_in_child(secrets_of_environment)
    monkeypatch.setenv("KETENMONITOR_SECRET_PARTNER", SECRET)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    with pytest.raises(DeliveryRefused):
        run_in_child(kill_worker, signal.SIGKILL)  # the next worker starts with this environment
    assert run_in_child(secrets_of_environment) == []


def test_a_worker_calls_nobody_over_the_network() -> None:
    with pytest.raises(ChildFailed, match="PermissionError"):
        run_in_child(connect)


def test_a_worker_writes_nothing_on_the_screen(capfd: pytest.CaptureFixture[str]) -> None:
    run_in_child(shout)
    assert SECRET not in "".join(capfd.readouterr())


def test_a_warm_worker_answers_within_a_hundredth_of_a_second() -> None:
    run_in_child(give, 1)
    started = time.perf_counter()
    for _ in range(10):
        run_in_child(give, 1)
    assert (time.perf_counter() - started) / 10 < 0.01


GUARDED = """
import os
from pipelines.intake.child import run_in_child
if __name__ == "__main__":
    print(run_in_child(os.getpid))
"""


@pytest.mark.parametrize("is_file", [True, False])
def test_a_program_that_used_a_worker_ends_and_leaves_none_behind(is_file: bool, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(GUARDED, encoding="utf-8")
    command = [str(tmp_path / "main.py")] if is_file else ["-c", GUARDED]
    ended = subprocess.run([sys.executable, *command], env=os.environ | {"PYTHONPATH": os.getcwd()}, capture_output=True, text=True, timeout=60, check=True)
    with pytest.raises(ProcessLookupError):
        os.kill(int(ended.stdout), 0)
    assert ended.stderr == ""


def test_no_ended_worker_stays_behind_as_a_zombie() -> None:
    with pytest.raises(DeliveryRefused):
        run_in_child(kill_worker, signal.SIGKILL)
    run_in_child(give, 1)
    children = [child.pid for child in multiprocessing.active_children()]
    states = [Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] for pid in children]
    assert "Z" not in states


def test_two_threads_share_the_worker_and_both_get_their_answer() -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(lambda number: run_in_child(give, number), range(10))) == list(range(10))
