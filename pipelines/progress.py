"""Progress of a run: a bar in a terminal, plain lines elsewhere, silence for machines. Writes to standard error."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def follow_run(*, quiet: bool) -> Iterator[Callable[[str, str], None]]:
    """Gives a listener for `run_pipeline`; `quiet` keeps everything back."""
    from rich.console import Console
    from rich.progress import Progress

    from data_contracts import all_contracts

    console = Console(stderr=True, quiet=quiet, highlight=False, soft_wrap=True)
    with Progress(console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        task = progress.add_task("ketenmonitor run", total=2 * len(all_contracts()) + 4)

        def listen(level: str, message: str) -> None:
            if level == "STEP":
                progress.advance(task)
            else:
                console.print(message, markup=False, style="yellow" if level == "WARNING" else "red" if level == "ERROR" else None)

        yield listen
