"""JSONPath. https://www.rfc-editor.org/rfc/rfc9535."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonpath_rfc9535 import JSONPathQuery


@dataclass(frozen=True)
class JsonPath:
    """A compiled path."""

    reference: str
    query: "JSONPathQuery"

    @classmethod
    def of(cls, path: str) -> "JsonPath":
        """Compile a path from the root (`$.a`) or from the record (`a.b`, `[0]`); raise ValueError for what is none."""
        from jsonpath_rfc9535 import JSONPathEnvironment, JSONPathError

        rooted = path if path.startswith("$") else "$" + path if path.startswith("[") else f"$.{path}"
        try:
            return cls(path, JSONPathEnvironment().compile(rooted))
        except JSONPathError as error:
            raise ValueError(f"the JSONPath {path!r} does not parse: {error}") from error

    @property
    def singular(self) -> bool:
        """Whether the path gives one value at most."""
        return self.query.singular_query()

    @cached_property
    def _member(self) -> str | None:
        simple = self.reference.removeprefix("$.")
        return simple if simple.replace("_", "a").isalnum() else None

    def values(self, record: Any) -> list[Any]:
        """Return what the path finds."""
        if self._member is not None:
            return [record[self._member]] if isinstance(record, dict) and self._member in record else []
        return list(self.query.find(record).values())
