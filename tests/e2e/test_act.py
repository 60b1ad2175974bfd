"""The Action in a real runner: `act` in host mode, with the workflow that the documentation shows, and the twin."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from elsewhere import Elsewhere
from github_twin import git, make
from processes import GROWN, RENAMED, ROOT, SPEC

if TYPE_CHECKING:
    from pathlib import Path

    from github_twin import Twin
    from github_twin.state import Repository, Token

ACT = shutil.which("act", path=f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}")  # noqa: PTH120

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.conformance,
    pytest.mark.timeout(300),
    pytest.mark.skipif(ACT is None, reason="act is not installed"),
]

WORKFLOW = """on: [push, pull_request, schedule]
permissions:
  contents: read
jobs:
  specloom:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - id: specloom
        uses: ./specloom-action
        with:
          python: PYTHON
          upstream-hosts: ${{ env.UPSTREAM_HOSTS }}
      - if: always()
        run: echo "breaking=[${{ steps.specloom.outputs.breaking }}] pull=[${{ steps.specloom.outputs.pull-request }}]"
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Lay a work tree out that holds the workflow and a copy of the Action."""
    tree = tmp_path / "checkout"
    for name in ("action", "generators", "specloom", "templates"):
        shutil.copytree(ROOT / name, tree / "specloom-action" / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "action.yml", tree / "specloom-action")
    workflow = tree / ".github" / "workflows" / "specloom.yml"
    workflow.parent.mkdir(parents=True)
    workflow.write_text(WORKFLOW.replace("PYTHON", sys.executable))
    for command in (
        "git init -q -b main .",
        "git add .",
        "git -c user.name=a -c user.email=a@b.test commit -qm x",
        "git remote add origin https://github.com/acme/shop.git",
    ):
        subprocess.run(command.split(), cwd=tree, check=True)
    return tree


async def act(
    twin: Twin, checkout: Path, event: str, payload: dict[str, Any], token: Token, **more: str
) -> tuple[int, str]:
    """Run the workflow for an event; return the exit code and everything that was printed."""
    (checkout.parent / "event.json").write_text(json.dumps(payload))
    variables = {
        "GITHUB_API_URL": f"{twin.origin}/api/v3",
        "GITHUB_GRAPHQL_URL": f"{twin.origin}/api/graphql",
        "GITHUB_SERVER_URL": twin.origin,
        "GITHUB_REPOSITORY": "acme/shop",
        **more,
    }
    arguments = [event, "-P", "ubuntu-latest=-self-hosted", "-e", str(checkout.parent / "event.json")]
    arguments += ["-s", f"GITHUB_TOKEN={token.value}"]
    arguments += [word for name, value in variables.items() for word in ("--env", f"{name}={value}")]
    process = await asyncio.create_subprocess_exec(
        ACT or "",
        *arguments,
        cwd=checkout,
        env={**os.environ, "HOME": str(checkout.parent), "XDG_CACHE_HOME": str(checkout.parent / "cache")},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


@pytest.fixture
def repository(twin: Twin) -> Repository:
    """Make a repository with one description."""
    made = make.make_repository(twin.world, "acme/shop")
    twin.people.push(made, "ada", "main", {"openapi.yaml": SPEC.encode()})
    return made


async def test_push(twin: Twin, checkout: Path, repository: Repository) -> None:
    """A push opens the pull request; the token is masked in the log; the outputs reach the next step."""
    twin.people.push(repository, "ada", "main", {"openapi.yaml": GROWN.encode()})
    token = make.github_token(twin.world, repository)
    payload = {"ref": "refs/heads/main", "repository": {"default_branch": "main", "full_name": "acme/shop"}}
    code, output = await act(twin, checkout, "push", payload, token)
    assert 0 == code, output
    assert "pull=[1]" in output
    assert token.value not in output
    assert git.head_of(repository, "specloom/update") is not None


async def test_pull_request(twin: Twin, checkout: Path, repository: Repository) -> None:
    """A pull request that breaks callers fails the job and is told so on GitHub."""
    twin.people.push(repository, "ada", "feature", {"openapi.yaml": RENAMED.encode()}, start="main")
    pull = twin.people.open_pull(repository, "ada", "feature")
    payload = {"action": "opened", "number": pull.number, "pull_request": {"number": pull.number}}
    code, output = await act(twin, checkout, "pull_request", payload, make.github_token(twin.world, repository))
    assert 0 != code
    assert "breaking=[1]" in output
    assert 1 == len(repository.comments)


async def test_pull_request_of_a_fork(twin: Twin, checkout: Path, repository: Repository) -> None:
    """With a read-only token, annotations in the run say what comments would have said."""
    fork = make.make_repository(twin.world, "eve/shop", fork_of=repository)
    twin.people.push(fork, "eve", "evil", {"openapi.yaml": RENAMED.encode()}, start="main")
    pull = twin.people.open_pull(repository, "eve", "evil", source=fork)
    token = make.github_token(twin.world, repository, read_only=True)
    payload = {"action": "opened", "number": pull.number, "pull_request": {"number": pull.number}}
    _, output = await act(twin, checkout, "pull_request", payload, token)
    assert "breaking=[1]" in output
    assert "openapi.yaml" in output
    assert {} == repository.comments


async def test_schedule(twin: Twin, checkout: Path, repository: Repository) -> None:
    """By the clock, what is new at the address of a description comes with a pull request."""
    async with Elsewhere(content=GROWN.encode()) as elsewhere:
        config = f"descriptions:\n  - path: openapi.yaml\n    upstream: {elsewhere.url}\n"
        twin.people.push(repository, "ada", "main", {".github/specloom.yml": config.encode()})
        token = make.github_token(twin.world, repository)
        code, output = await act(twin, checkout, "schedule", {}, token, UPSTREAM_HOSTS=elsewhere.host)
    assert 0 == code, output
    assert "pull=[1]" in output
    head = git.commit_of(repository, git.head_of(repository, "specloom/update") or "")
    assert GROWN.encode() == head.tree["openapi.yaml"].data
