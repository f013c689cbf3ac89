"""The files of a run, made out of sight and put in place together."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from weakref import WeakSet

from extract.tables import OutputError

UNFINISHED = ".unfinished"
SUFFIXES = frozenset((".jsonl", ".csv", ".parquet", ".xlsx", ".sqlite"))
TEXTS = "texts"
DATASETTE = "datasette.json"
_DECIDED = "decided.json"


class Staging:
    """A folder whose files appear all at the end: until then they lie in its folder `.unfinished`.

    Files that the `run.json` of an earlier run lists and this one does not write are removed, so that a folder never
    shows two runs. When a process ends while files are put in place, the next one goes on with it before all else.
    Raises OutputError when the folder is a file or cannot be made, and while another run writes there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder / UNFINISHED
        self.names: list[str] = []
        if folder.exists() and not folder.is_dir():
            raise OutputError(f"{folder}: is a file; name a folder for the results")
        try:
            self.work.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(f"{folder}: {error.strerror}; name a folder that can be written") from None
        self._lock = os.open(self.work, os.O_RDONLY) if os.name == "posix" else None
        _open.add(self)
        self._hold()
        if (self.work / _DECIDED).exists():
            self._put_in_place()
            self.work.mkdir(exist_ok=True)

    def _hold(self) -> None:
        if self._lock is None:
            return
        import fcntl

        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.let_go()
            raise OutputError(f"{self.folder}: another run writes there; wait for it, or name another folder") from None
        except OSError:  # a file system without locks
            pass

    def let_go(self) -> None:
        """Hold the folder no more; another run may write there."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def path(self, name: str) -> Path:
        """Where to write the file that will be called `name`."""
        if name not in self.names:
            self.names.append(name)
        return self.work / name

    def open(self, name: str, encoding: str = "utf-8") -> IO[str]:
        """A text file to write, line breaks as given."""
        return self.path(name).open("w", encoding=encoding, newline="")

    def commit(self) -> None:
        """Put every file in place, in the order in which they were named, and remove those of an earlier run.

        From the moment at which this is decided, an end of the process or of the machine changes nothing any more.
        """
        written = {*self.names, *(leaf.relative_to(self.work).as_posix() for leaf in _leaves(self.work / TEXTS))}
        stale = _files_of_earlier_run(self.folder) - written
        for name in self.names:
            synced(self.work / name)
        write_whole(self.work / _DECIDED, json.dumps({"names": self.names, "stale": sorted(stale)}))
        self._put_in_place()
        self.let_go()

    def _put_in_place(self) -> None:
        decided = json.loads((self.work / _DECIDED).read_text(encoding="utf-8"))
        for name in decided["stale"]:
            if not (self.folder / name).is_dir():
                (self.folder / name).unlink(missing_ok=True)
            _remove_empty(self.folder, Path(name).parent)
        for name in decided["names"]:
            for path in _leaves(self.work / name):
                target = self.folder / path.relative_to(self.work)
                target.parent.mkdir(parents=True, exist_ok=True)
                path.replace(target)
        synced(self.folder)
        shutil.rmtree(self.work)

    def discard(self) -> None:
        """Remove what was written, unless it is decided that it is put in place."""
        if not (self.work / _DECIDED).exists():
            shutil.rmtree(self.work, ignore_errors=True)
        self.let_go()

    def leave(self) -> None:
        """Let what was written lie for a later run."""
        self.let_go()


_open: WeakSet[Staging] = WeakSet()


def _let_go_in_copy() -> None:
    """Let a copy of the process hold no folder: it may outlive a run that is killed, and the next one must not wait."""
    for staging in list(_open):
        staging.let_go()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go_in_copy)


def synced(path: Path) -> None:
    """Have the system write a file or a folder to the disk, where it can."""
    with contextlib.suppress(OSError):
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def write_whole(path: Path, text: str) -> None:
    """Write a small file that is there as a whole or not at all, whenever the machine stops."""
    passing = path.with_name(path.name + ".part")
    with passing.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    passing.replace(path)
    synced(path.parent)


def _leaves(path: Path) -> Iterator[Path]:
    """The file at `path`, or all below a folder; nothing when it has been put in place already."""
    if path.is_dir():
        yield from (leaf for leaf in sorted(path.rglob("*")) if not leaf.is_dir())
    elif path.exists():
        yield path


def _remove_empty(folder: Path, below: Path) -> None:
    """Remove the folders that hold nothing any more, from one below `folder` upwards."""
    with contextlib.suppress(OSError):  # one that holds something, or is gone
        for path in (below, *below.parents)[:-1]:
            (folder / path).rmdir()


def _files_of_earlier_run(folder: Path) -> set[str]:
    """What the run before wrote, as far as it can be nothing else: files of its formats, and the texts that it kept."""
    try:
        told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        names, inputs = told["files"], told["inputs"] if TEXTS in told["files"] else []
        texts = [entry["text"] for entry in inputs if "text" in entry]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    plain = {name for name in names if isinstance(name, str) and name == Path(name).name}
    kept = {text for text in texts if isinstance(text, str) and _is_below_texts(text)}
    return kept | {name for name in plain if Path(name).suffix in SUFFIXES or name == DATASETTE}


def _is_below_texts(name: str) -> bool:
    parts = name.split("/")
    return parts[0] == TEXTS and len(parts) > 1 and not {"", ".", ".."} & {*parts}
