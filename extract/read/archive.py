"""Zip archives: their members by name, each unpacked alone, in memory and within bounds."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path, PurePosixPath
from typing import IO

from .bulletin import Member, ReadError, ReadOptions

SMALL = 10_000_000  # bytes that any archive may unpack to, whatever its own size
_DAMAGED = ("the archive is damaged", "pack it again; what can be read of it may be packed alone")


def check_archive(file: IO[bytes] | Path, size: int, options: ReadOptions) -> None:
    """Nothing for an archive that can be opened and unpacks within bounds. Raises ReadError for another."""
    total = sum(info.file_size for info in _infos(file))
    if total > max(SMALL, options.max_ratio * size):
        reason = f"it unpacks to {total / 1e6:,.0f} MB, more than {options.max_ratio} times its own size"
        raise ReadError("", reason, f"if that is right, allow it with --max-ratio {total // max(size, 1) + 1}")


def members(file: IO[bytes] | Path) -> Iterator[Member]:
    """The files of an archive in the order of their names; hidden ones and folders are passed over.

    A second one of the same name has its number before the suffix. Raises ReadError for what is no archive.
    """
    infos = _infos(file)
    named = sorted((_name(info), index) for index, info in enumerate(infos) if not info.is_dir())
    taken = {name for name, _ in named}
    last = ""
    for name, index in named:
        if any((p.startswith(".") and p != "..") or p == "__MACOSX" for p in name.split("/")):
            continue
        own = name if name != last else _free(name, taken)
        last = name
        taken.add(own)
        yield Member(index, own, infos[index].file_size)


def _free(name: str, taken: set[str]) -> str:
    """The name with the first number from 2 on before its suffix that no other has: `a (2).txt`."""
    suffix = PurePosixPath(name).suffix
    stem = name.removesuffix(suffix)
    return next(own for n in count(2) if (own := f"{stem} ({n}){suffix}") not in taken)


def read_member(file: IO[bytes] | Path, member: Member, options: ReadOptions) -> bytes:
    """The bytes of a member. Raises ReadError for a damaged, locked or oversized one, and for a path that leads out."""
    parts = member.name.split("/")
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        raise ReadError("", "its path leads out of the archive", "pack the archive again, from inside one folder")
    infos = _infos(file)
    if member.index >= len(infos):
        raise ReadError("", "it was in the archive and is gone", "run again")
    info = infos[member.index]
    options.check_size(info.file_size, "unpacked, it")
    if info.flag_bits & 1:
        raise ReadError("", "it is locked with a password", "unpack the archive and give the folder")
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.read(info)
    except NotImplementedError as error:
        raise ReadError("", f"it is packed in a way that is not read ({error})", "pack it again as plain zip") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError):
        raise ReadError("", "it is damaged in the archive", "pack the archive again") from None


def _infos(file: IO[bytes] | Path) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError):
        raise ReadError("", *_DAMAGED) from None


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; without the flag of UTF-8 it is in the encoding of a Chinese Windows."""
    name = info.filename
    if not info.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/").removeprefix("./")
