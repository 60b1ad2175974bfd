"""Every breaking finding of the real pairs has a witness, and the page that shows them is what comes out today."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.corpus
@pytest.mark.conformance
def test_every_breaking_finding_has_a_witness(corpus: Path) -> None:
    """The script ends well only where none is without; the page is renewed by it."""
    done = subprocess.run(
        [sys.executable, "benchmarks/witness.py", "--corpus", str(corpus)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (0, "") == (done.returncode, done.stderr)
    assert (ROOT / "docs/real-pairs.md").read_text("utf-8") == done.stdout.removesuffix("\n")


BASE = """openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /a:
    get:
      parameters: [{name: n, in: query, schema: {type: integer}}]
      responses:
        "200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}}
  /b: {get: {responses: {"200": {description: ok}}}}
components: {schemas: {T: {type: object, properties: {a: {type: string, maxLength: 3}}}}}
"""


def test_a_witness_is_found_for_each_kind_of_place(tmp_path: Path) -> None:
    """A removed call, a parameter's bound and a component's, each with a value; and one that nothing confirms."""
    head = BASE.replace("type: integer", "type: integer, minimum: 2").replace(", maxLength: 3", "")
    head = head.replace('  /b: {get: {responses: {"200": {description: ok}}}}\n', "")
    for name, text in (("a.yaml", BASE), ("b.yaml", head)):
        (tmp_path / name).write_text(text)
    words = [sys.executable, "benchmarks/witness.py", str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")]
    lines = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert ["confirmed"] * 3 == [line.split()[0] for line in lines]
    assert any("`0` as GET /a · query n" in line for line in lines)
    assert any('"aaaa' in line for line in lines)


def test_what_did_not_change_has_no_witness() -> None:
    """The check is no rubber stamp: the same description on both sides confirms nothing."""
    made = runpy.run_path(str(ROOT / "benchmarks/witness.py"))
    tree = made["FileTree"]({"api.yaml": BASE.encode()})
    api = made["read"](tree, "api.yaml").api
    change = made["Change"](rule="request-minimum-added", severity="breaking", subject="GET /a · query n", message="")
    assert made["witness"](change, api, api) is None
