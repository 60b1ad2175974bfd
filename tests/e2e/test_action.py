"""The Action, as a workflow run starts it: a process, an event file, a token, and the twin for GitHub."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from elsewhere import Elsewhere
from github_twin import git, make
from processes import GROWN, RENAMED, ROOT, SPEC

if TYPE_CHECKING:
    from pathlib import Path

    from github_twin import Twin
    from github_twin.state import Repository, Token

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

BRANCH = "specloom/update"


@dataclass
class Outcome:
    """What a run left behind."""

    code: int
    stdout: str
    stderr: str
    outputs: dict[str, str]
    summary: str


@dataclass
class Workflow:
    """A repository with workflows."""

    twin: Twin
    repository: Repository
    folder: Path

    async def run(self, event: str, payload: dict[str, Any], token: Token | None = None, **changes: str) -> Outcome:
        """Start the Action for an event."""
        used = token or make.github_token(self.twin.world, self.repository)
        self.folder.mkdir(exist_ok=True)
        (self.folder / "event.json").write_text(json.dumps(payload))
        for name in ("output", "summary"):
            (self.folder / name).write_text("")
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "INPUT_TOKEN": used.value,
            "INPUT_TARGETS": "",
            "INPUT_FAIL": "true",
            "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_REPOSITORY": self.repository.full_name,
            "GITHUB_REF": "refs/heads/main",
            "GITHUB_API_URL": f"{self.twin.origin}/api/v3",
            "GITHUB_GRAPHQL_URL": f"{self.twin.origin}/api/graphql",
            "GITHUB_SERVER_URL": self.twin.origin,
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "RUNNER_TEMP": str(self.folder),
            **changes,
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "action.entry",
            env=environment,
            cwd=self.folder,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        stdout, stderr = await process.communicate()
        outputs = dict(line.partition("=")[::2] for line in (self.folder / "output").read_text().splitlines())
        return Outcome(
            process.returncode or 0, stdout.decode(), stderr.decode(), outputs, (self.folder / "summary").read_text()
        )


@pytest.fixture
def workflow(twin: Twin, tmp_path: Path) -> Workflow:
    """Make a repository with one description."""
    repository = make.make_repository(twin.world, "acme/shop")
    twin.people.push(repository, "ada", "main", {"openapi.yaml": SPEC.encode()})
    return Workflow(twin, repository, tmp_path / "run")


def pull_event(number: int) -> dict[str, Any]:
    """Return the event of an opened pull request."""
    return {"action": "opened", "pull_request": {"number": number}, "repository": {"default_branch": "main"}}


async def test_pull_request(workflow: Workflow) -> None:
    """On a pull request it leaves a check run, a review and a comment, and fails where the drift is too much."""
    workflow.twin.people.push(workflow.repository, "ada", "feature", {"openapi.yaml": RENAMED.encode()}, start="main")
    pull = workflow.twin.people.open_pull(workflow.repository, "ada", "feature")
    outcome = await workflow.run("pull_request", pull_event(pull.number))
    assert 1 == outcome.code, outcome.stderr
    assert ("1", "major") == (outcome.outputs["breaking"], outcome.outputs["bump"])
    assert "GET /books" in outcome.summary
    assert ["failure"] == [run.conclusion for run in workflow.repository.check_runs.values()]
    assert 1 == len(workflow.repository.comments)
    before = len(workflow.twin.writes)
    again = await workflow.run("pull_request", pull_event(pull.number), INPUT_FAIL="false")
    assert 0 == again.code
    assert [] == [seen for seen in workflow.twin.writes[before:] if seen.path != "/graphql"]


async def test_pull_request_from_a_fork(workflow: Workflow) -> None:
    """With a token that may only read, everything is said in the run itself, and nothing fails because of it."""
    fork = make.make_repository(workflow.twin.world, "eve/shop", fork_of=workflow.repository)
    workflow.twin.people.push(fork, "eve", "evil", {"openapi.yaml": RENAMED.encode()}, start="main")
    pull = workflow.twin.people.open_pull(workflow.repository, "eve", "evil", source=fork)
    token = make.github_token(workflow.twin.world, workflow.repository, read_only=True)
    outcome = await workflow.run("pull_request", pull_event(pull.number), token, INPUT_FAIL="false")
    assert 0 == outcome.code, outcome.stderr
    assert "file=openapi.yaml,line=6" in outcome.stdout
    assert "GET /books" in outcome.summary
    assert {} == workflow.repository.comments


async def test_push(workflow: Workflow) -> None:
    """On a push to the default branch it opens the pull request, and says that its workflows will not run."""
    workflow.twin.people.push(workflow.repository, "ada", "main", {"openapi.yaml": GROWN.encode()})
    outcome = await workflow.run("push", {"repository": {"default_branch": "main"}})
    assert 0 == outcome.code, outcome.stderr
    assert (BRANCH, "1") == (outcome.outputs["branch"], outcome.outputs["pull-request"])
    assert "::notice title=No workflows run" in outcome.stdout
    assert git.head_of(workflow.repository, BRANCH) in workflow.repository.signed


async def test_push_elsewhere(workflow: Workflow) -> None:
    """A push to another branch is none of its business."""
    outcome = await workflow.run("push", {"repository": {"default_branch": "main"}}, GITHUB_REF="refs/heads/feature")
    assert (0, []) == (outcome.code, [seen for seen in workflow.twin.writes if seen.path != "/graphql"])


async def test_mistake(workflow: Workflow) -> None:
    """A mistake in the description is annotated at its line, and is the user's."""
    workflow.twin.people.push(workflow.repository, "ada", "main", {"openapi.yaml": b"openapi: 3.1.0\npaths: [\n"})
    outcome = await workflow.run("push", {"repository": {"default_branch": "main"}})
    assert 1 == outcome.code
    assert "::error file=openapi.yaml,line=" in outcome.stdout


async def test_schedule(workflow: Workflow) -> None:
    """By the clock it brings what is new at the address that the description is tracked from."""
    async with Elsewhere(content=RENAMED.encode()) as elsewhere:
        config = f"descriptions:\n  - path: openapi.yaml\n    upstream: {elsewhere.url}\n"
        workflow.twin.people.push(workflow.repository, "ada", "main", {".github/specloom.yml": config.encode()})
        outcome = await workflow.run("schedule", {}, INPUT_UPSTREAM_HOSTS=elsewhere.host)
        assert (0, "1") == (outcome.code, outcome.outputs["pull-request"]), outcome.stderr
        assert "`openapi.yaml` follows what is new at" in outcome.summary
        before = len(workflow.twin.writes)
        elsewhere.status, elsewhere.content = 503, b""
        silent = await workflow.run("schedule", {}, INPUT_UPSTREAM_HOSTS=elsewhere.host)
        assert (0, True) == (silent.code, "::warning title=An address did not answer::" in silent.stdout)
        assert [] == [seen for seen in workflow.twin.writes[before:] if seen.path != "/graphql"]
        refused = await workflow.run("schedule", {})
        assert (1, True) == (refused.code, "::error file=.github/specloom.yml,line=3" in refused.stdout)


async def test_github_is_down(workflow: Workflow) -> None:
    """Where GitHub does not answer, the run says that it is worth another try."""
    outcome = await workflow.run(
        "push", {}, GITHUB_API_URL="http://127.0.0.1:9/api/v3", GITHUB_GRAPHQL_URL="http://127.0.0.1:9/api/graphql"
    )
    assert 75 == outcome.code
    assert "Traceback" not in outcome.stderr


async def test_no_token(workflow: Workflow) -> None:
    """An empty token is explained."""
    outcome = await workflow.run("push", {}, INPUT_TOKEN="")
    assert (1, True) == (outcome.code, "token" in outcome.stderr)
