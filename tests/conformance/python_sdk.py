"""Generate the Python SDK of real descriptions and hold each against type checkers, ruff and its own description.

    python tests/conformance/python_sdk.py [--quick] [FOLDER-OR-FILE ...]

Prints one line for each description; exits 1 where one of them falls short. Type checkers run with the config that the
SDK ships, one description at a time, the small ones first.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from generators.sdk.python import GENERATOR  # noqa: E402 -- the script is run from anywhere
from specloom.readers import read  # noqa: E402 -- likewise


class Folder:
    """A `SourceTree` over a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str, /) -> bytes | None:
        """Return the content of a file."""
        found = self.root / path
        return found.read_bytes() if found.is_file() else None

    def paths(self) -> Iterable[str]:
        """Yield every path, sorted."""
        return sorted(found.relative_to(self.root).as_posix() for found in self.root.rglob("*") if found.is_file())


@dataclass(frozen=True)
class Result:
    """What was measured for one description; counts of errors, seconds of CPU for generation and import."""

    name: str
    operations: int
    methods: int
    mypy: int
    pyright: int
    format: int
    lint: int
    import_seconds: float
    generate_seconds: float
    notes: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        wrong = self.mypy + self.pyright + self.format + self.lint + abs(self.operations - self.methods)
        return not wrong and not self.notes

    def __str__(self) -> str:
        parts = (
            f"{self.name:32} ops {self.operations:5} methods {self.methods:5}",
            f"mypy {self.mypy:4} pyright {self.pyright:4} format {self.format:3} lint {self.lint:3}",
            f"import {self.import_seconds:.2f}s generate {self.generate_seconds:.2f}s",
        )
        return " ".join(parts) + "".join(f"\n    {note}" for note in self.notes)


def check(root: Path, path: str, *, name: str, folder: Path, types: bool = True) -> Result:
    """Generate the SDK of the description at `path` below `root` into `folder`, and measure it."""
    reading = read(Folder(root), path)
    start = time.process_time()
    generated = GENERATOR.generate(reading.api, GENERATOR.options())
    seconds = time.process_time() - start
    for file, content in generated.files.files.items():
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    project = folder / "sdk/python"
    module = next(found.name for found in (project / "src").iterdir())
    notes: list[str] = []
    import_seconds, methods = _imported(project, module, notes)
    return Result(
        name=name,
        operations=len({operation.key for operation in reading.api.operations}),
        methods=methods,
        mypy=_mypy(project, notes) if types else 0,
        pyright=_pyright(project, notes) if types else 0,
        format=_ruff(project, "format", "--check", notes=notes),
        lint=_ruff(project, "check", "--output-format=concise", notes=notes),
        import_seconds=import_seconds,
        generate_seconds=seconds,
        notes=tuple(notes),
    )


_PROBE = """
import json, sys, time
start = time.process_time()
import {module} as package
seconds = time.process_time() - start
import importlib, inspect, pkgutil
from {module} import models, resources
for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(found.name)
from {module}._core import Endpoint, Model, Resource
from {module}._core.lenient import adapter
methods, problems = 0, []
def endpoints(value):
    if isinstance(value, Endpoint):
        yield value
    elif isinstance(value, dict):
        yield from (one for one in value.values() if isinstance(one, Endpoint))
for found in pkgutil.iter_modules(resources.__path__):
    loaded = importlib.import_module(resources.__name__ + "." + found.name)
    for value in vars(loaded).values():
        if isinstance(value, type) and issubclass(value, Resource) and value is not Resource:
            methods += sum(inspect.isfunction(member) for member in vars(value).values())
        for endpoint in endpoints(value):
            for lazy in (endpoint.result, *endpoint.results.values(), *endpoint.errors.values()):
                try:
                    lazy and adapter(lazy())
                except Exception as error:
                    problems.append(f"{{endpoint.path}}: {{error!r}}"[:300])
for name in dir(models):
    value = getattr(models, name)
    try:
        if isinstance(value, type) and issubclass(value, Model) and value is not Model:
            adapter(value)
            value.model_rebuild()
    except Exception as error:
        problems.append(f"{{name}}: {{error!r}}"[:300])
print(json.dumps([seconds, methods, problems[:5]]))
"""


def _imported(project: Path, module: str, notes: list[str]) -> tuple[float, int]:
    env = {"PYTHONPATH": str(project / "src"), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", _PROBE.format(module=module)], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        notes.append(f"import: {done.stderr.strip()[-600:]}")
        return 0.0, 0
    seconds, methods, problems = json.loads(done.stdout.splitlines()[-1])
    notes.extend(problems)
    return seconds, methods


def _mypy(project: Path, notes: list[str]) -> int:
    cache = Path(tempfile.gettempdir()) / "specloom-conformance-mypy"
    command = [sys.executable, "-m", "mypy", f"--cache-dir={cache}", "--no-error-summary", "--hide-error-context"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    errors = [line for line in done.stdout.splitlines() if ": error:" in line]
    if done.returncode and not errors:
        notes.append(f"mypy: {(done.stdout + done.stderr).strip()[-600:]}")
    notes.extend(f"mypy: {line}" for line in errors[:5])
    return len(errors)


def _pyright(project: Path, notes: list[str]) -> int:
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    try:
        found = json.loads(done.stdout)["generalDiagnostics"]
    except (ValueError, KeyError):
        notes.append(f"pyright: {(done.stdout + done.stderr).strip()[-600:]}")
        return 1
    errors = [one for one in found if one["severity"] == "error"]
    for one in errors[:5]:
        where = f"{Path(one['file']).name}:{one['range']['start']['line'] + 1}"
        notes.append(f"pyright: {where}: {one['message']} [{one.get('rule')}]"[:300])
    return len(errors)


def _ruff(project: Path, *arguments: str, notes: list[str]) -> int:
    command = [sys.executable, "-m", "ruff", *arguments, "--no-cache", "."]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if not done.returncode:
        return 0
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    notes.extend(f"ruff {arguments[0]}: {line}" for line in lines[:5])
    return len(lines)


def corpus(root: Path) -> Iterator[tuple[str, Path, str]]:
    """Yield (name, folder, path) of every OpenAPI and Postman file of the corpus, as its README lists them."""
    rows = re.findall(
        r"^\| \[([\w.-]+)\]\(dev/(openapi|postman)/([^)]+)\)", (root.parent / "README.md").read_text(), re.MULTILINE
    )
    for name, kind, path in rows:
        if kind == "openapi":
            folder, _, inner = path.partition("/")
            yield name, root / kind / folder, inner
        else:
            yield name, root / kind, path


def _named(paths: list[str], root: Path) -> Iterator[tuple[str, Path, str]]:
    for path in paths:
        if Path(path).is_file():
            yield Path(path).stem, Path(path).resolve().parent, Path(path).name
        else:
            yield from (row for row in corpus(root) if re.search(path, row[0]))


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("which", nargs="*", help="files, or parts of names in the corpus; everything by default")
    parser.add_argument("--quick", action="store_true", help="no type checkers")
    parser.add_argument("--keep", type=Path, help="leave the SDKs in this folder")
    parser.add_argument("--json", type=Path, help="write the results there as well")
    given = parser.parse_args()
    shared = Path(os.environ.get("SPECLOOM_SHARED") or ROOT.parent / "shared") / "corpus/dev"
    rows = list(_named(given.which, shared)) if given.which else list(corpus(shared))
    results = []
    for name, root, path in sorted(rows, key=lambda row: (row[1] / row[2]).stat().st_size):
        with tempfile.TemporaryDirectory(prefix="specloom-conformance-") as scratch:
            folder = given.keep / name if given.keep else Path(scratch)
            try:
                result = check(root, path, name=name, folder=folder, types=not given.quick)
            except Exception as error:  # noqa: BLE001 -- one row of the table
                result = Result(name, 0, 0, 0, 0, 0, 0, 0, 0, notes=(f"{type(error).__name__}: {error}"[:1500],))
        results.append(result)
        print(result, flush=True)  # noqa: T201 -- this is a script
    if given.json:
        given.json.write_text(json.dumps([asdict(result) for result in results], indent=1))
    print(f"{sum(result.ok for result in results)} of {len(results)} clean")  # noqa: T201 -- likewise
    return 0 if all(result.ok for result in results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
