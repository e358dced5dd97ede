"""Whole processes, timed."""

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One finished process: CPU seconds (user and system, children too), wall seconds, largest resident set in MiB."""

    cpu: float
    wall: float
    memory: float


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command to its end; end the program where it fails (exit code 1 is `lod`'s "done, with findings")."""
    start = time.perf_counter()
    with (folder / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)  # noqa: S603  # the caller's command
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit((folder / "log.txt").read_text() + f"\n{command[0]} ended with {process.returncode}")
    return Run(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)


def median(runs: Sequence[Run]) -> Run:
    """Return the median of each figure."""
    return Run(*(statistics.median(getattr(each, name) for each in runs) for name in ("cpu", "wall", "memory")))
