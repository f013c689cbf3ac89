"""The rows of a run while it lasts, so written that a run which ended at any moment can be gone on with.

Rows lie in one file of JSON lines a kind. Behind each source `log.jsonl` gets a line: its name, its stamp, and how long
each file is with it. Every few seconds the files are brought to the disk, then the log with their checksums: a
checkpoint. What stands behind the last checkpoint is cut off when a run goes on.
"""

from __future__ import annotations

import itertools
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any

from extract.staging import TEXTS, Staging, synced, write_whole
from extract.tables import JSON_LINES

from .outcome import Ended, Outcome, Unit

KINDS = tuple(JSON_LINES)
ASIDE = ("inputs", "sketches")  # for the run itself, not for its folder
FILES = (*KINDS, "pages", *ASIDE)
CHECKPOINT_SECONDS = 5.0
_KEY, _LOG = "key.json", "log.jsonl"


@dataclass(frozen=True, slots=True)
class Leftover:
    """What an unfinished run left: what it was made of, how many sources it had done at its last checkpoint."""

    key: str
    sources: int
    log_length: int
    ends: tuple[int, ...]
    sums: tuple[str, ...]


def find_leftover(work: Path) -> Leftover | None:
    """The last checkpoint in a folder of a run that was not finished; None where there is none."""
    last: Leftover | None = None
    length = 0
    try:
        key = json.loads((work / _KEY).read_text(encoding="utf-8"))["key"]
        with (work / _LOG).open("rb") as log:
            for line in log:
                length += len(line)
                entry = json.loads(line)
                if isinstance(entry, dict):
                    last = Leftover(key, entry["sources"], length, tuple(entry["ends"]), tuple(entry["sums"]))
    except (OSError, ValueError, KeyError, TypeError):  # a line that was cut off while it was written ends the log
        pass
    return last


class Journal:
    """The files of a run that is under way, and its log."""

    def __init__(self, staging: Staging, every: float = CHECKPOINT_SECONDS) -> None:
        self.work = staging.work
        self.every = every
        self.paths = {name: staging.path(f"{name}.jsonl") for name in FILES if name not in ASIDE}
        self.paths |= {name: self.work / f"{name}.jsonl" for name in ASIDE}
        self.files: dict[str, IO[bytes]] = {}
        self.ends = dict.fromkeys(FILES, 0)
        self.sums = {name: blake2b(digest_size=16) for name in FILES}
        self.sources = self.checkpoints = 0
        self.waiting: list[str] = []
        self.texts: list[Path] = []  # written since the last checkpoint
        self.last = time.monotonic()
        self.staging = staging

    def begin(self, key: str) -> None:
        """Start with nothing done. `key` names all that rows depend on beside the sources."""
        for path in (*self.paths.values(), self.work / _LOG):
            path.unlink(missing_ok=True)
        write_whole(self.work / _KEY, json.dumps({"key": key}))
        self._open()

    def go_on(self, leftover: Leftover, units: Iterator[Unit]) -> Iterator[Unit]:
        """The units that are still to do; the rows of those done stay, up to the first that is not as it was.

        Raises ValueError when the files are not those of the checkpoint.
        """
        if any(_sum(self.paths[name], end) != wanted for name, end, wanted in _zip(leftover)):
            raise ValueError("the files do not agree with their checksums")
        left = self._pass_over(leftover, units)
        for name, end in self.ends.items():
            os.truncate(self.paths[name], end)
            self.sums[name] = _hash(self.paths[name], end)
        self._open()
        self._clear_texts()
        self.checkpoint()
        return left

    def _clear_texts(self) -> None:
        """Remove the texts of bulletins that are still to do, or are no more."""
        kept = {self.work / told["text"] for told in map(json.loads, self.rows("inputs")) if "text" in told}
        if kept:
            self.staging.path(TEXTS)
        for path in sorted((self.work / TEXTS).rglob("*")):
            if path.is_file() and path not in kept:
                path.unlink()

    def _pass_over(self, leftover: Leftover, units: Iterator[Unit]) -> Iterator[Unit]:
        """The units behind those that the log has; the log and the ends are then those of the last one passed."""
        length = 0
        with (self.work / _LOG).open("rb") as log:
            while length < leftover.log_length:
                line = log.readline()
                entry = json.loads(line)
                if isinstance(entry, list):
                    unit = next(units, None)
                    if unit is None or [unit.source.name, unit.stamp] != entry[:2]:
                        units = itertools.chain([unit] if unit else [], units)
                        break
                    self.sources += 1
                    self.ends = dict(zip(FILES, entry[2], strict=True))
                length += len(line)
        os.truncate(self.work / _LOG, length)
        return units

    def _open(self) -> None:
        self.files = {name: path.open("ab") for name, path in self.paths.items()}

    def add(self, kind: str, lines: bytes) -> None:
        """Write rows, each a line with its line break."""
        self.files[kind].write(lines)
        self.sums[kind].update(lines)
        self.ends[kind] += len(lines)

    def add_input(self, outcome: Outcome) -> None:
        """Note a bulletin, and keep its text where it was taken from a format that is no text."""
        told: dict[str, str | bool | None] = {"file": outcome.file, "sha256": outcome.sha256}
        if outcome.is_set_aside:
            told["set_aside"] = True
        if outcome.converted is not None:
            name = _text_name(outcome.file)
            told["text"] = f"{TEXTS}/{name}"
            path = self.staging.path(TEXTS) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", newline="") as file:
                file.write(outcome.converted)
            self.texts.append(path)
        self.add("inputs", json.dumps(told, ensure_ascii=False).encode() + b"\n")

    def end(self, ended: Ended) -> None:
        """Note that a source is done with; a checkpoint when the time has come."""
        self.sources += 1
        entry = [ended.source, ended.stamp, list(self.ends.values())]
        self.waiting.append(json.dumps(entry, ensure_ascii=False))
        if time.monotonic() - self.last >= self.every:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Bring all that is done to the disk: the files first, then the log that speaks of them."""
        for file in self.files.values():
            file.flush()
            os.fsync(file.fileno())
        for path in self.texts:
            synced(path)
        ends, sums = list(self.ends.values()), [digest.hexdigest() for digest in self.sums.values()]
        mark = json.dumps({"sources": self.sources, "ends": ends, "sums": sums})
        with (self.work / _LOG).open("a", encoding="utf-8", newline="") as log:
            log.writelines(line + "\n" for line in (*self.waiting, mark))
            log.flush()
            os.fsync(log.fileno())
        synced(self.work)
        self.waiting, self.texts = [], []
        self.checkpoints += 1
        self.last = time.monotonic()

    def rows(self, name: str) -> Iterator[str]:
        """The lines of one file as far as it is written."""
        if self.files:
            self.files[name].flush()
        with self.paths[name].open("rb") as file:
            for line in file:
                yield line.decode().rstrip("\n")

    def close(self) -> None:
        """Close every file."""
        for file in self.files.values():
            file.close()
        self.files = {}


def _text_name(file: str) -> str:
    """Where below `texts/` the text of a bulletin goes: its own name and `.txt`; a name too long is cut."""
    parts = [part for part in file.split("/") if part not in ("", ".", "..")]
    name = f"{parts[-1]}.txt"
    if len(name.encode()) > _LONGEST:
        cut = parts[-1].encode()[: _LONGEST - 25].decode("utf-8", "ignore")
        name = f"{cut}~{blake2b(file.encode(), digest_size=8).hexdigest()}.txt"
    return "/".join((*parts[:-1], name))


_LONGEST = 255  # bytes of a file's name


def _zip(leftover: Leftover) -> Iterable[tuple[str, int, str]]:
    return zip(FILES, leftover.ends, leftover.sums, strict=True)


def _sum(path: Path, length: int) -> str | None:
    """The checksum of the first `length` bytes of a file; None when it is shorter."""
    try:
        return _hash(path, length).hexdigest() if path.stat().st_size >= length else None
    except OSError:
        return None


def _hash(path: Path, length: int) -> Any:
    made = blake2b(digest_size=16)
    with path.open("rb") as file:
        while length and (data := file.read(min(length, 1 << 20))):
            made.update(data)
            length -= len(data)
    return made
