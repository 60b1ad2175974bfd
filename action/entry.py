"""The Action's entry: the work of the App, done once, inside a workflow run.

On a pull request it reviews; on a push to the default branch, a schedule or a dispatch it brings the pull request with
generated files up to date. Where the token may not write, as on pull requests from forks, what would have been a
comment becomes annotations and a job summary.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import gidgethub

from action.failures import WRONG_INPUT, exit_code, report
from action.workbench import Workbench
from action.workflow import annotation_line, annotation_lines, output_lines, summary_text
from specloom.adapters.github.client import Addresses, Client, Manners
from specloom.adapters.github.credentials import FixedToken
from specloom.adapters.github.repository import Repository
from specloom.errors import UserError
from specloom.model.plan import Annotation
from specloom.publish.review_pull import Reviewed, plan_of, review_pull
from specloom.publish.update import Updated, update
from specloom.report.order import counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.plan import Plan

REVIEWED: Final = frozenset({"pull_request", "pull_request_target"})
UPDATED: Final = frozenset({"push", "schedule", "workflow_dispatch", "repository_dispatch"})
PATIENT: Final = Manners(patience=180.0)
"""A workflow run has nobody to hand the work back to, so it waits for rate limits itself."""

DEFAULT_BOT: Final = "github-actions[bot]"
QUIET_PULL: Final = (
    "::notice title=No workflows run on this pull request::"
    "GitHub starts none for pull requests that GITHUB_TOKEN opens; give the token of an App to change that"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run, as its environment describes it."""

    event: str
    payload: Mapping[str, Any]
    repository: str
    ref: str
    token: str
    addresses: Addresses
    folder: Path
    fails: bool
    trusted: frozenset[str]
    targets: frozenset[str] | None


def run_of(environment: Mapping[str, str]) -> Run:
    """Read the environment that GitHub and `action.yml` set; raises UserError where something is missing."""
    token = environment.get("INPUT_TOKEN", "")
    if not token:
        raise UserError("the input `token` is empty; leave it out for GITHUB_TOKEN, or give that of an App")
    path = Path(environment.get("GITHUB_EVENT_PATH", ""))
    targets = frozenset(environment.get("INPUT_TARGETS", "").replace(",", " ").split())
    return Run(
        event=environment.get("GITHUB_EVENT_NAME", ""),
        payload=json.loads(path.read_text()) if path.is_file() else {},
        repository=environment.get("GITHUB_REPOSITORY", ""),
        ref=environment.get("GITHUB_REF", ""),
        token=token,
        addresses=Addresses.of(
            environment.get("GITHUB_API_URL") or Addresses().api,
            graphql=environment.get("GITHUB_GRAPHQL_URL"),
            git=environment.get("GITHUB_SERVER_URL"),
        ),
        folder=Path(environment.get("RUNNER_TEMP", ".")),
        fails=environment.get("INPUT_FAIL", "true").lower() != "false",
        trusted=frozenset(environment.get("INPUT_UPSTREAM_HOSTS", "").replace(",", " ").split()),
        targets=targets or None,
    )


async def act(run: Run) -> tuple[int, dict[str, str], str]:
    """Do what the event asks for; return the exit code, the outputs, and the job summary."""
    async with aiohttp.ClientSession() as session:
        client = Client(session, FixedToken(run.token), run.addresses, manners=PATIENT)
        bench = Workbench(
            api=Repository(client, run.repository),
            token=run.token,
            login=await _login(client),
            folder=run.folder,
            trusted=run.trusted,
        )
        if run.event in REVIEWED:
            return await _review(run, bench)
        if run.event == "push" and run.ref != f"refs/heads/{_default_branch(run)}":
            return 0, {}, "Nothing to do: this is not the default branch.\n"
        if run.event in UPDATED:
            return _updated(await update(bench, targets=run.targets), bench)
    return 0, {}, f"Nothing to do for the event `{run.event}`.\n"


async def _review(run: Run, bench: Workbench) -> tuple[int, dict[str, str], str]:
    number = int(run.payload["pull_request"]["number"])
    try:
        reviewed = await review_pull(bench, number)
    except gidgethub.BadRequest as error:
        if error.status_code != HTTPStatus.FORBIDDEN:
            raise
        reviewed = await _read_only(bench, number)
        _say(annotation_lines(reviewed.plan.check_run.annotations) if reviewed.plan else [])
    if reviewed.mistake is not None:
        raise reviewed.mistake
    if reviewed.plan is None:
        return 0, {}, "Nothing to do: the pull request is closed.\n"
    failed = reviewed.plan.check_run.conclusion == "failure" and run.fails
    return (WRONG_INPUT if failed else 0), _outputs(reviewed.plan, bench), reviewed.plan.check_run.text


async def _read_only(bench: Workbench, number: int) -> Reviewed:
    """Plan without saying anything on GitHub."""
    plan = await plan_of(bench, await bench.api.pull(number))
    await bench.report(plan.report_html)
    return Reviewed(plan)


def _updated(updated: Updated, bench: Workbench) -> tuple[int, dict[str, str], str]:
    if updated.plan is None:
        return 0, {}, "Nothing to do: there is no commit yet.\n"
    _say([f"::warning title=An address did not answer::{' '.join(message.split())}" for message in updated.silent])
    _say([annotation_line(note) for item in updated.mistakes if (note := _note(item))])
    outputs = _outputs(updated.plan, bench) | {"branch": updated.plan.branch}
    if updated.pull is not None:
        outputs |= {"pull-request": str(updated.pull["number"]), "pull-request-url": updated.pull["html_url"]}
    created = updated.decision is not None and updated.decision.what == "create"
    if created and bench.login == DEFAULT_BOT:
        _say([QUIET_PULL])
    reason = f"{updated.decision.reason}\n\n" if updated.decision and updated.decision.reason else ""
    return (WRONG_INPUT if updated.mistakes else 0), outputs, f"{reason}{updated.plan.body}"


def _note(error: UserError) -> Annotation | None:
    if error.span is None:
        return None
    return Annotation(level="failure", span=error.span, title="This cannot be read", message=error.message)


def _outputs(plan: Plan, bench: Workbench) -> dict[str, str]:
    found = {str(severity): str(number) for severity, number in counts(plan.drift).items()}
    return {**found, "bump": str(plan.drift.bump), "report": str(bench.report_file)}


async def _login(client: Client) -> str:
    """Return whose token this is; installations have no `GET /user`, but GraphQL knows them."""
    try:
        return str((await client.mutate("query { viewer { login } }"))["viewer"]["login"])
    except gidgethub.GraphQLException:
        return DEFAULT_BOT


def _default_branch(run: Run) -> str:
    return str((run.payload.get("repository") or {}).get("default_branch", "main"))


def _say(lines: list[str]) -> None:
    for line in lines:
        print(line)  # noqa: T201  # workflow commands are read from stdout


def _append(environment: Mapping[str, str], name: str, text: str) -> None:
    path = environment.get(name)
    if path and text:
        with Path(path).open("a") as file:
            file.write(text)


def main(environment: Mapping[str, str]) -> int:
    """Run, and leave outputs and a summary behind; return the exit code."""
    try:
        code, outputs, summary = asyncio.run(act(run_of(environment)))
    except Exception as error:  # noqa: BLE001  # the one place where everything ends
        if isinstance(error, UserError) and (note := _note(error)):
            _say([annotation_line(note)])
        report(error, as_json=False)
        return exit_code(error)
    _append(environment, "GITHUB_OUTPUT", output_lines(outputs))
    _append(environment, "GITHUB_STEP_SUMMARY", summary_text(summary))
    return code


if __name__ == "__main__":
    sys.exit(main(os.environ))
