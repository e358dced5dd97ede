"""Functions that mappings call: a library, aliases of what other engines call them, and a project's own.

Those that a dialect could read in its own way (regular expressions, splits, dates, numbers, encoding) run on Arrow
arrays, the same on every engine; the rest are expressions that mean the same on each. A bad value gives null, never an
abort; where null is no answer, the function complains, and the record is rejected for it.
"""

from lod.functions.bind import Bound, bind, files_read
from lod.functions.function import Function, Parameter, Type
from lod.functions.library import FUNCTIONS

__all__ = ["FUNCTIONS", "Bound", "Function", "Parameter", "Type", "bind", "files_read"]
