"""What an earlier run made and the next one would make again, kept in the user's cache folder.

Nothing hangs on it: a file that is missing, not whole or of another version is made anew, and a folder that cannot be
written to costs the time alone.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

KEPT = 8  # files of a kind; the oldest go
_DIGEST = 16  # bytes


def cache_home() -> Path:
    """The user's folder for what can be made again. Raises RuntimeError for a user without a home."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jianbao"


def time_of(path: Path | str) -> str:
    """The size and the time of change of a file; nothing where there is none."""
    try:
        found = os.stat(path)
    except OSError:  # reading it tells why
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"


def kept(kind: str, key: str, make: Callable[[], T]) -> T:
    """What `make` gives, as it was left here under the same kind and key; else made, and left."""
    with suppress(Exception):  # whatever is wrong with it, it can be made again
        held: T = pickle.loads(KeptFile(kind, key).read())
        return held
    made = make()
    with suppress(OSError, RuntimeError):  # a folder without rights; no home
        KeptFile(kind, key).write(pickle.dumps(made, protocol=5))
    return made


class KeptFile:
    """A file of the cache, by its kind and by what it was made of."""

    def __init__(self, kind: str, key: str) -> None:
        self.kind = kind
        self.path = cache_home() / f"{kind}-{blake2b(key.encode(), digest_size=12).hexdigest()}"

    def read(self) -> memoryview:
        """What it holds. Raises OSError where there is none, ValueError where it is not whole or another user's."""
        if os.name == "posix" and self.path.stat().st_uid != os.getuid():
            raise ValueError("another user's")
        data = memoryview(self.path.read_bytes())
        if blake2b(data[_DIGEST:], digest_size=_DIGEST).digest() != data[:_DIGEST]:
            raise ValueError("not whole")
        return data[_DIGEST:]

    def write(self, data: bytes) -> None:
        """Hold something, whole or not at all; the oldest files of the kind go. Raises OSError where it cannot."""
        home = self.path.parent
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        passing = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            passing.write_bytes(blake2b(data, digest_size=_DIGEST).digest() + data)
            passing.replace(self.path)
        finally:
            passing.unlink(missing_ok=True)
        for file in sorted(home.glob(f"{self.kind}-*"), key=_changed)[:-KEPT]:
            file.unlink(missing_ok=True)


def _changed(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:  # another run has removed it
        return 0.0
