"""Where the document of an entity lies in a release: a path that any file system keeps apart from all others."""

import hashlib
import re

# Lower case, as some systems do not tell cases apart; no dot, as some hosts read endings; names that Windows keeps.
_SAFE = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,78}[a-z0-9])?")
_HASHED = re.compile(r".*-[0-9a-f]{16}")
_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
_UNSAFE = re.compile(r"[^a-z0-9]+")


def slug(name: str) -> str:
    """Return a name for files: `name` itself where that is safe, else what is safe of it, with a hash of all of it.

    A name that looks like a hashed one is hashed too, so that no two names share a slug.
    """
    if _SAFE.fullmatch(name) and not _HASHED.fullmatch(name) and not _DEVICE.fullmatch(name):
        return name
    readable = _UNSAFE.sub("-", name.lower())[:40].strip("-")
    return f"{readable or 'x'}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"
