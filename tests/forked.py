"""Commands of `lod` in processes that can be killed: each is a copy of one that has everything imported already.

A start takes a second or more; a copy takes none. With the layer of `faults.c` beneath, a chosen call of a copy fails.
"""

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

_NEEDED = ("ibis.backends.duckdb", "lod.pipeline", "lod.project", "lod.show.terminal")
LAYER = Path(__file__).with_name("faults.c")


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code (a signal's number below zero), and what it told on standard error."""

    code: int
    told: str


class Forks:
    """Starts commands, one at a time."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, *words: object, fail: int = 0, error: int = 0) -> int:
        """Start a command; return its process. fail: which call fails (from 1), by this error; 0: it kills."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([[str(word) for word in words], fail, error]) + "\n")
        self._process.stdin.flush()
        return int(self._line())

    def end(self) -> Ended:
        """Wait for the command's end."""
        return Ended(*self._line())

    def run(self, *words: object, fail: int = 0, error: int = 0) -> Ended:
        """Run a command to its end."""
        self.start(*words, fail=fail, error=error)
        return self.end()

    def _line(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


@contextmanager
def forks(**environment: str) -> Iterator[Forks]:
    command = [sys.executable, __file__]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env={**os.environ, **environment}) as process:
        yield Forks(process)
        assert process.stdin is not None
        process.stdin.close()


@dataclass(frozen=True)
class Faults:
    """Commands above the faulty layer, which counts the calls that change something below a folder."""

    forks: Forks
    log: Path

    def calls(self) -> list[str]:
        """Return the calls of the last command, each with its path."""
        return self.log.read_text().splitlines()

    def run(self, *words: object, fail: int = 0, error: int = 0) -> Ended:
        """Run a command to its end."""
        self.log.write_text("")
        return self.forks.run(*words, fail=fail, error=error)


@contextmanager
def faults(compiler: str, below: Path, scratch: Path) -> Iterator[Faults]:
    library, log = scratch / "faults.so", scratch / "faults.log"
    subprocess.run([compiler, "-Wall", "-Werror", "-shared", "-fPIC", "-o", library, LAYER, "-ldl"], check=True)
    with forks(LD_PRELOAD=str(library), FAULTS_BELOW=str(below), FAULTS_LOG=str(log)) as started:
        yield Faults(started, log)


def _serve(told: Path) -> None:
    for name in _NEEDED:
        import_module(name)
    main = import_module("lod.cli").main

    for line in sys.stdin:
        words, fail, error = json.loads(line)
        process = os.fork()
        if not process:
            _run(main, words, told, fail, error)
        _reply(process)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        _reply([code, told.read_text(encoding="utf-8")])


def _reply(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _run(main: Callable[..., object], words: list[str], told: Path, fail: int, error: int) -> None:
    _redirect(told)
    if "LD_PRELOAD" in os.environ:
        ctypes.CDLL(None).fault_arm(fail, error)
    try:
        main(words, prog_name="lod")
    except SystemExit as done:
        sys.stderr.flush()
        os._exit(int(done.code or 0))  # what the copied process has still to do is not for its copy


def _redirect(told: Path) -> None:
    for descriptor, path in ((0, os.devnull), (1, os.devnull), (2, told)):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC), descriptor)


if __name__ == "__main__":
    with TemporaryDirectory() as scratch:
        _serve(Path(scratch, "told"))
