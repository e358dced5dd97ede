"""One validator of data.nt by shapes.ttl, in a process of its own: prints what it found and how long it validated.

python -m benchmarks.validation.peers tables|pyshacl|shacl
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

DATA, SHAPES = Path("data.nt"), Path("shapes.ttl")


def tables() -> Callable[[], int]:
    """Return what validates term tables that are there: as in a build, to the report with its records."""
    from lod.engine import open_engine
    from lod.errors import ShapeError
    from lod.load import load
    from lod.validation import locate, read_shapes, validate

    opened = open_engine()
    engine = opened.__enter__()
    loaded = load(engine, [DATA], ShapeError)

    def validating() -> int:
        shapes = read_shapes([(SHAPES, str(SHAPES))])
        found = len(locate(engine, loaded, validate(engine, loaded, shapes)).results)
        opened.__exit__(None, None, None)
        return found

    return validating


def pyshacl() -> Callable[[], int]:
    """Return what validates an rdflib graph that is read."""
    import rdflib
    from pyshacl import validate
    from rdflib import SH, Graph

    rdflib.NORMALIZE_LITERALS = False
    data, shapes = Graph().parse(DATA, format="nt"), Graph().parse(SHAPES)
    return lambda: len(list(validate(data, shacl_graph=shapes)[1].subject_objects(SH.result)))


def shacl() -> Callable[[], int]:
    """Return what validates the file: reading is part of it."""
    import shacl as package

    return lambda: len(package.Shapes.from_file(str(SHAPES)).validate_file(str(DATA)).results)


def main() -> None:
    """Validate and print."""
    validating = {"tables": tables, "pyshacl": pyshacl, "shacl": shacl}[sys.argv[1]]()
    wall, cpu = time.perf_counter(), _cpu()
    found = validating()
    print(json.dumps({"results": found, "cpu": _cpu() - cpu, "wall": time.perf_counter() - wall}))


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    main()
