"""The command: write the generated files, or with `--check` say which differ. A contract that breaks its promise is refused."""

from __future__ import annotations

import argparse
import sys
from typing import TextIO

from pipelines.codegen.generating import ROOT, differences, write
from pipelines.codegen.text import COMMAND
from pipelines.codegen.versioning import refusals


def main(arguments: list[str] | None = None, output: TextIO = sys.stdout) -> int:
    """Exit 0 when all is current (or was written), 1 for a contract that may not change so, or a difference under `--check`."""
    parser = argparse.ArgumentParser(prog=COMMAND, description="Write the files that follow from the contracts and the catalogue.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file differs")
    check = parser.parse_args(arguments).check
    if refused := refusals(ROOT):
        output.writelines(f"{sentence}\n" for sentence in refused)
        return 1
    different = differences(ROOT)
    output.writelines(f"{'differs' if check else 'written' if data else 'removed'}: {path.relative_to(ROOT)}\n" for path, data in different.items())
    if not check:
        write(different)
    elif different:
        output.write(f"Run `{COMMAND}` and commit the result.\n")
    return int(check and bool(different))


if __name__ == "__main__":
    sys.exit(main())
