"""The warehouse is built beside the one in use and takes its place in one step, database and marts together.

`warehouse` in the data folder is a link to a folder that is never changed; a new one gets the link by a rename. A build that
fails, a process that is killed or a disk that is full leaves the link, and so everything that one can read, as it was.
"""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from pipelines.durable import sync
from pipelines.resources import Settings

OLD = ".warehouse-"


def prepare_beside(settings: Settings, *, copy: bool) -> None:
    """Makes `building` anew: empty, or as a copy of the warehouse in use (48 MB in 20 to 160 ms). Clears away what a
    killed run left."""
    in_use = settings.warehouse_folder.resolve()
    for leftover in (settings.building, *settings.data_dir.glob(f"{OLD}*")):
        if leftover.resolve() != in_use and leftover.is_dir():
            shutil.rmtree(leftover)
    if copy:
        shutil.copytree(in_use, settings.building)
    else:
        settings.building.mkdir(parents=True)


def swap(settings: Settings) -> None:
    """Puts what stands in `building` in the place of the warehouse, and removes the old one."""
    link = settings.warehouse_folder
    old = link.resolve() if link.is_symlink() else settings.data_dir / f"{OLD}copy"
    for path in settings.building.rglob("*"):
        sync(path)
    sync(settings.building)
    new = settings.data_dir / f"{OLD}{time.time_ns()}"
    settings.building.rename(new)
    beside = link.with_name(f".{link.name}.{os.getpid()}.tmp")
    beside.unlink(missing_ok=True)
    beside.symlink_to(new.name)  # relative: a data folder may be moved
    if link.is_dir() and not link.is_symlink():  # a copy of a data folder may have followed the link
        link.rename(old)
    beside.replace(link)
    sync(settings.data_dir)
    if old.is_dir():
        shutil.rmtree(old)


def forget_warehouse(settings: Settings) -> None:
    """Removes the warehouse and every leftover of one: the next run builds all anew. The link goes first."""
    folder = settings.warehouse_folder
    if folder.is_symlink():
        folder.unlink()
    for path in (folder, settings.building, *settings.data_dir.glob(f"{OLD}*")):
        shutil.rmtree(path, ignore_errors=True)
    for path in _own_database(settings):
        path.unlink(missing_ok=True)


def _own_database(settings: Settings) -> list[Path]:
    """What `dbt build` makes in a data folder when it is called by hand."""
    return list(settings.data_dir.glob("warehouse.duckdb*"))
