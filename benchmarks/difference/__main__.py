"""Time `lod diff` on two generated releases: prints a figure for each size.

    python -m benchmarks.difference --claims 100000 1000000

Each run is a process of its own, from the two files to the result. What is found is held to what there is by
construction.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.difference.records import NEW, expected, write
from benchmarks.processes import run

HERE = Path(__file__).resolve().parents[2]
_FORMATS = ("json", "patch")
_LOD = "import sys; from lod.cli import main; sys.argv[0] = 'lod'; main()"


def main() -> None:
    """Run the sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="+", default=[100_000, 300_000, 1_000_000])
    asked = parser.parse_args()
    os.environ["PYTHONPATH"] = str(HERE)
    print("| claims | statements | | CPU s | wall s | MiB | |")
    print("|--:|--:|---|--:|--:|--:|---|")
    for claims in (size // NEW * NEW for size in asked.claims):
        with TemporaryDirectory() as folder:
            _rows(claims, Path(folder))


def _rows(claims: int, folder: Path) -> None:
    files = folder / "old.nq", folder / "new.nq"
    statements = sum(write(file, claims, later=file is files[1]) for file in files)
    for format_ in _FORMATS:
        result = folder / f"result.{format_}"
        words = ["diff", *map(str, files), "--format", format_, "-o", str(result)]
        done = run([sys.executable, "-c", _LOD, *words], folder)
        remark = _remark(claims, result) if format_ == "json" else ""
        figures = f"{done.cpu:.1f} | {done.wall:.1f} | {done.memory:.0f}"
        print(f"| {claims:,} | {statements:,} | {format_} | {figures} | {remark} |", flush=True)


def _remark(claims: int, result: Path) -> str:
    counts = json.loads(result.read_text(encoding="utf-8"))["counts"]["claim"]
    wrong = {became: counts[became] for became, count in expected(claims).items() if counts[became] != count}
    return f"WRONG: {wrong}, not {expected(claims)}" if wrong else ""


if __name__ == "__main__":
    main()
