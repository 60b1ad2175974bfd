"""Read, generate and regenerate large real descriptions, beside the peers, in one run; print ratios.

    make bench                          every input and every peer
    make bench ARGS="--only github"     one input
    make bench ARGS="--no-peers"        Specloom alone

A peer's figure counts only when it exits with 0; what it then left out is not held against it here.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inputs import Input, corpus, github
from measure import Cost, measure
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
PEERS = ROOT / ".venv-bench" / "bin"
SPECLOOM = Path(sys.executable).parent / "specloom"
FIRST_SUMMARY = re.compile(r'^(\s*"?summary"?:\s*"?\w+)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Row:
    """One tool's cost of one task on one input."""

    input: str
    task: str
    tool: str
    cost: Cost


def specloom_rows(source: Input, work: Path) -> Iterator[Row]:
    """Measure reading, generating cold, and generating again after one operation's summary was edited."""
    spec = work / source.path.name
    shutil.copy(source.path, spec)
    out = work / "specloom"
    generate = [SPECLOOM, "generate", spec, "--target", "sdk/python", "-o", out]
    yield Row(source.name, "read", "specloom", measure([SPECLOOM, "read", spec, "--json"], cwd=work))
    yield Row(source.name, "generate", "specloom", measure(generate, cwd=work))
    before = contents(out)
    spec.write_text(FIRST_SUMMARY.sub(r"\1 (edited)", spec.read_text("utf-8"), count=1), "utf-8")
    yield Row(source.name, "regenerate", "specloom", measure(generate, cwd=work))
    after = contents(out)
    rewritten = sum(before.get(path) != content for path, content in after.items())
    print(f"  {source.name}: one edited summary rewrote {rewritten} of {len(after)} files", file=sys.stderr)
    yield import_row(source.name, "specloom", out / "sdk" / "python" / "src")


def import_row(name: str, tool: str, folder: Path) -> Row:
    """Measure importing the root of the one package in `folder`."""
    package = next(path.parent.name for path in sorted(folder.glob("*/__init__.py")))
    return Row(name, "import", tool, measure([sys.executable, "-c", f"import {package}"], cwd=folder))


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` by its path."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def peer_commands(spec: Path, work: Path) -> dict[str, Sequence[str | Path]]:
    """Return the command line with which each peer writes Python for `spec`."""
    return {
        "openapi-python-client": [
            PEERS / "openapi-python-client", "generate", "--path", spec,
            "--output-path", work / "opc", "--meta", "none",
        ],
        "datamodel-code-generator": [
            PEERS / "datamodel-codegen", "--input", spec, "--input-file-type", "openapi",
            "--output", work / "dcg.py", "--output-model-type", "pydantic_v2.BaseModel",
        ],
        "openapi-generator": [
            PEERS / "openapi-generator-cli", "generate", "-g", "python", "-i", spec, "-o", work / "oag",
            "--skip-validate-spec",
        ],
    }  # fmt: skip


def run(inputs: Sequence[Input], work: Path, *, peers: bool) -> Iterator[Row]:
    """Measure every tool on every input, one after the other."""
    for source in inputs:
        folder = work / source.name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        yield from specloom_rows(source, folder)
        for tool, command in peer_commands(source.path, folder).items() if peers else ():
            yield Row(source.name, "generate", tool, measure(command, cwd=folder))


def table(rows: Sequence[Row]) -> Table:
    """Lay the rows out, each peer with how many times Specloom's CPU it took."""
    ours = {(row.input, row.task): row.cost.cpu_seconds for row in rows if row.tool == "specloom"}
    layout = Table("input", "task", "tool", "CPU s", "peak MiB", "× Specloom", title="Lower is better")
    for row in rows:
        ratio = row.cost.cpu_seconds / ours[row.input, row.task]
        figures = (f"{row.cost.cpu_seconds:.2f}", f"{row.cost.peak_mib:.0f}", f"{ratio:.1f}")
        shown = figures if row.cost.ok else (f"exit {row.cost.exit_code}", "", "")
        layout.add_row(row.input, row.task, row.tool, *shown)
    return layout


def main() -> None:
    """Parse the options, measure, print the table, and keep the figures in benchmarks/results/core.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help="measure only the inputs whose name contains this")
    parser.add_argument("--no-peers", action="store_true", help="measure Specloom alone")
    options = parser.parse_args()
    work = RESULTS / "work"
    inputs = [source for source in [*corpus(), github(RESULTS / "inputs")] if (options.only or "") in source.name]
    rows = list(run(inputs, work, peers=not options.no_peers))
    Console(width=120).print(table(rows))
    failed = [row for row in rows if not row.cost.ok]
    for row in failed:
        print(f"{row.tool} failed at {row.task} of {row.input}: {row.cost.tail}", file=sys.stderr)
    (RESULTS / "core.json").write_text(json.dumps([asdict(row) for row in rows], indent=2) + "\n", "utf-8")
    sys.exit(any(row.tool == "specloom" for row in failed))


if __name__ == "__main__":
    main()
