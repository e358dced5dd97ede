"""The Python file of a project's own functions, as a module."""

import sys
from functools import cache
from hashlib import sha256
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType


class _Loader(SourceFileLoader):
    """Reads the source each time, and writes no compiled file beside it."""

    def path_stats(self, path: str) -> dict[str, float]:
        raise OSError(path)


@cache
def load(file: str, digest: str) -> ModuleType:
    """Return the module of a file with these contents; each process runs it once. Raises what the file raises."""
    name = f"lod_functions_{digest[:16]}"
    loader = _Loader(name, file)
    module = module_from_spec(ModuleSpec(name, loader, origin=file))
    sys.modules[name] = module  # a dataclass looks for its module here
    loader.exec_module(module)
    return module


def digest(path: Path) -> str:
    """Return what tells the contents of a file from others."""
    return sha256(path.read_bytes()).hexdigest()
