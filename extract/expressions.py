"""Regular expressions that an earlier run has compiled, taken from the user's cache.

The road has some 700 of them. The standard library parses each and makes a list of numbers of it, the program of its
engine; to do so takes a third of a run on one file. The engine checks a program before it takes it, whoever made it.
"""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from .caching import KeptFile

MOST = 1500  # expressions that are kept; beyond, only those of the last run: a rule that is edited leaves its old ones


@contextmanager
def kept_expressions() -> Iterator[None]:
    """A block in which what was compiled before is not compiled again, and what is compiled now is kept.

    Where the interpreter has no such parts as CPython 3.11 to 3.14, it changes nothing.
    """
    try:
        from re import _compiler  # type: ignore[attr-defined]

        programs = _Programs(_compiler)
    except (ImportError, AttributeError, RuntimeError):  # another interpreter; a user without a home
        yield
        return
    programs.begin()
    try:
        yield
    finally:
        programs.end()


class _Programs:
    """The programs of expressions, by these and their flags; stands between the library's compiler and its engine."""

    def __init__(self, compiler: Any) -> None:
        self.compiler, self.engine, self.whole = compiler, compiler._sre, compiler.compile
        self.file = KeptFile("expressions", f"{sys.version} {self.engine.MAGIC}")
        self.known: dict[tuple[str, int], tuple[Any, ...]] = {}
        self.new: dict[tuple[str, int], tuple[Any, ...]] = {}
        self.asked: tuple[str, int] | None = None

    def begin(self) -> None:
        """Take what is kept, and the places of the compiler and of the engine that it gives programs to."""
        with suppress(OSError, ValueError):
            self.known = marshal.loads(self.file.read())
        self.compiler.compile, self.compiler._sre = self.compiled, self

    def end(self) -> None:
        """Give the places back, and keep what is new."""
        self.compiler.compile, self.compiler._sre = self.whole, self.engine
        if self.new:
            held = self.known | self.new
            with suppress(OSError, ValueError):
                self.file.write(marshal.dumps(held if len(held) <= MOST else self.new))

    def compiled(self, expression: Any, flags: int = 0) -> Any:
        """The expression compiled, by its program where that is known."""
        asked = (expression, flags) if isinstance(expression, str) else None
        if asked in self.known:
            return self.engine.compile(expression, *self.known[asked])
        self.asked = asked
        return self.whole(expression, flags)

    def compile(self, expression: Any, flags: int, codes: list[int], *groups: Any) -> Any:
        """What the engine makes of a program that the compiler gives it; the program is known from now on."""
        if self.asked is not None:
            self.new[self.asked], self.asked = (int(flags), list(map(int, codes)), *groups), None
        return self.engine.compile(expression, flags, codes, *groups)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)
