"""Names made from values, the same in each run: hashes and UUIDs."""

import hashlib
import uuid

from lod.functions.arrow import of_values
from lod.functions.function import Function, Parameter, setting
from lod.functions.text import whole_numbers

_VALUE = Parameter("value")
_ALGORITHMS = ("sha256", "sha1", "md5", "sha512")
_NAMESPACES = {
    "url": uuid.NAMESPACE_URL,
    "dns": uuid.NAMESPACE_DNS,
    "oid": uuid.NAMESPACE_OID,
    "x500": uuid.NAMESPACE_X500,
}


def _hash(text: str, algorithm: str, length: str) -> str:
    digits = hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest()
    return digits if length == "all" else digits[: int(length)]


def _check_hash(algorithm: str, length: str) -> str | None:
    if algorithm not in _ALGORITHMS:
        return f"the algorithm is one of {', '.join(_ALGORITHMS)}, not {algorithm!r}"
    if length != "all" and (whole_numbers(length=length) or int(length) < 1):
        return f"the length is a number of digits or all, not {length!r}"
    return None


def _uuid(text: str, namespace: str) -> str:
    return str(uuid.uuid5(_namespace(namespace), text))


def _namespace(name: str) -> uuid.UUID:
    return _NAMESPACES.get(name) or uuid.UUID(name)


def _check_uuid(namespace: str) -> str | None:
    try:
        _namespace(namespace)
    except ValueError:
        return f"the namespace is a UUID or one of {', '.join(_NAMESPACES)}, not {namespace!r}"
    return None


FUNCTIONS = (
    Function(
        "hash",
        "so many hexadecimal digits, or `all`, of sha256, sha1, sha512 or md5",
        (_VALUE, setting("algorithm", "sha256"), setting("length", "16")),
        of_values(_hash),
        check=_check_hash,
    ),
    Function(
        "uuid",
        "the UUID (version 5) of a name in a namespace: `url`, `dns`, `oid`, `x500` or a UUID",
        (_VALUE, setting("namespace", "url")),
        of_values(_uuid),
        check=_check_uuid,
    ),
)
