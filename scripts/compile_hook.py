"""Compiles the modules of the road to native code when a wheel is built; the same sources run interpreted without it.

`modules` in pyproject.toml names them, less those of `interpreted`, which says why. An editable install is never
compiled. `JIANBAO_COMPILE=0` in the environment leaves it out; with `JIANBAO_COMPILE=1` a build fails where it cannot
be done, which is else told in a line (`pip install -v` shows it).
"""

from __future__ import annotations

import ast
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SETUP = """
import os
from concurrent.futures import ThreadPoolExecutor

from mypyc.build import mypycify
from setuptools import setup
from setuptools.command.build_ext import build_ext

FLAGS = ["--ignore-missing-imports", "--follow-imports=silent", "--config-file=", "--python-version={version}"]


class build_all(build_ext):
    def build_extensions(self):
        compile_one = self.compiler._compile  # its files are independent of each other: all cores take part

        def start(*arguments):
            waiting.append(pool.submit(compile_one, *arguments))

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            waiting = []
            self.compiler._compile = start
            link = self.compiler.link

            def wait_and_link(*arguments, **options):
                for each in waiting:
                    each.result()
                link(*arguments, **options)

            self.compiler.link = wait_and_link
            super().build_extensions()


extensions = mypycify([*FLAGS, *{files}], group_name="jianbao", opt_level="2", debug_level="0", multi_file=True)
for extension in extensions:
    extension.extra_compile_args = [a for a in extension.extra_compile_args if a != "-Werror"]
setup(name="jianbao", packages=[], ext_modules=extensions, cmdclass={{"build_ext": build_all}})
"""


class CompileHook(BuildHookInterface[Any]):
    """Adds the compiled modules to a wheel beside their sources, and names its platform in the tag."""

    PLUGIN_NAME = "custom"
    _folder: tempfile.TemporaryDirectory[str] | None = None

    def dependencies(self) -> list[str]:
        """What a build needs for it."""
        return ["mypy>=1.18", "setuptools>=69"] if _is_wanted() else []  # of an editable install, too: it does not know

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, unless the install is editable or nothing here can compile."""
        if version == "editable" or not _is_wanted():
            return
        self._folder = tempfile.TemporaryDirectory()  # until the wheel is packed
        fault = _compile(Path(self.root), Path(self._folder.name), self._modules())
        if fault and os.environ.get("JIANBAO_COMPILE") == "1":
            raise SystemExit(f"the modules were not compiled: {fault}")
        if fault:
            self.app.display_warning(f"the modules were not compiled, and are interpreted: {fault}")
            return
        built = Path(self._folder.name) / "out"
        build_data["pure_python"], build_data["infer_tag"] = False, True
        for file in built.rglob("*.*"):
            build_data["force_include"][str(file)] = file.relative_to(built).as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take away what has been packed."""
        if self._folder is not None:
            self._folder.cleanup()

    def _modules(self) -> list[str]:
        root = Path(self.root)
        named, left = (
            {path.relative_to(root).as_posix() for pattern in self.config[key] for path in root.glob(pattern)}
            for key in ("modules", "interpreted")
        )
        return sorted(named - left)


def _is_wanted() -> bool:
    return os.environ.get("JIANBAO_COMPILE") != "0"


def _compile(root: Path, folder: Path, modules: list[str]) -> str | None:
    """Why `folder/out` does not hold the compiled modules now; None where it does."""
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")[0]
    if os.name == "posix" and not shutil.which(compiler):
        return f"there is no C compiler {compiler!r}; on Debian, apt-get install gcc"
    if not (header := Path(sysconfig.get_path("include")) / "Python.h").is_file():
        return f"there is no {header}; on Debian, apt-get install python3-dev"
    shutil.copytree(root / "extract", folder / "extract", ignore=shutil.ignore_patterns("*.so", "__pycache__"))
    for name in modules:
        path = folder / name
        path.write_text(written_out(path.read_text(encoding="utf-8")), encoding="utf-8")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    (folder / "setup.py").write_text(SETUP.format(version=version, files=modules), encoding="utf-8")
    command = [sys.executable, "setup.py", "-q", "build_ext", "--build-lib", "out"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return None if done.returncode == 0 else (done.stderr.strip() or done.stdout.strip())[-2000:]


def written_out(source: str) -> str:
    """The source with the `__init__` of each dataclass, which mypyc would leave to be made at run time, interpreted.

    Frozen ones are left: they cannot set their own fields.
    """
    lines = source.splitlines(keepends=True)
    classes = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.ClassDef)]
    for node in sorted(classes, key=lambda each: each.lineno, reverse=True):
        told = " ".join(map(ast.unparse, node.decorator_list))
        if told.startswith("dataclass") and "frozen" not in told:
            fields = [each for each in node.body if isinstance(each, ast.AnnAssign)]
            more = any(isinstance(each, ast.FunctionDef) and each.name == "__post_init__" for each in node.body)
            lines.insert(fields[-1].end_lineno or 0, _init(fields, has_more=more))
    return "".join(lines)


def _init(fields: list[ast.AnnAssign], *, has_more: bool) -> str:
    """The `__init__` of a dataclass with some fields, and with a `__post_init__` if it `has_more`."""
    given, body = ["self"], []
    for field in fields:
        name, kind, value = ast.unparse(field.target), ast.unparse(field.annotation), field.value
        told = {}
        if isinstance(value, ast.Call) and ast.unparse(value.func) == "field":
            told = {str(each.arg): ast.unparse(each.value) for each in value.keywords}
            value = None
        if told.get("init") == "False":
            continue
        if "default_factory" in told:
            given.append(f"{name}: {kind} | None = None")
            body.append(f"self.{name} = {told['default_factory']}() if {name} is None else {name}")
        else:
            given.append(f"{name}: {kind}" + (f" = {ast.unparse(value)}" if value else ""))
            body.append(f"self.{name} = {name}")
    if has_more:
        body.append("self.__post_init__()")
    return f"\n    def __init__({', '.join(given)}) -> None:\n" + "".join(f"        {line}\n" for line in body)
