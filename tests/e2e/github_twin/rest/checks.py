"""Check runs: only Apps make them, fifty annotations a request, and none ends without a conclusion."""

from __future__ import annotations

from typing import Any

from github_twin import git
from github_twin.call import Answer, Call, Route, invalid
from github_twin.state import App, CheckRun, Refusal

MOST_ANNOTATIONS = 50
LONGEST = 65_535


def _app(call: Call) -> App:
    if call.token.app is None:
        raise Refusal(403, "You must authenticate via a GitHub App.")
    return call.token.app


def _apply(call: Call, run: CheckRun) -> None:
    output: dict[str, Any] = call.body.get("output") or {}
    annotations = output.get("annotations") or []
    if len(annotations) > MOST_ANNOTATIONS:
        raise Refusal(422, "Invalid request.\n\nNo more than 50 items are allowed; 51 were supplied.")
    if any(len(output.get(part) or "") > LONGEST for part in ("summary", "text")):
        raise invalid("CheckRun", "summary", "custom", f"Only {LONGEST} characters are allowed")
    for annotation in annotations:
        if annotation["start_line"] != annotation["end_line"] and "start_column" in annotation:
            raise invalid("CheckAnnotation", "start_column", "custom", "columns need start_line = end_line")
    if call.body.get("status") == "completed" and not (call.body.get("conclusion") or run.conclusion):
        raise Refusal(422, "Invalid request.\n\nMissing conclusion.")
    run.annotations += annotations
    run.output |= {key: output[key] for key in ("title", "summary", "text") if key in output}
    for key in ("status", "external_id", "details_url", "actions", "name"):
        if key in call.body:
            setattr(run, key, call.body[key])
    if call.body.get("conclusion"):
        run.conclusion, run.status = call.body["conclusion"], "completed"
        run.completed_at = call.world.now()
    elif run.status != "completed":
        run.conclusion = run.completed_at = None


def create(call: Call) -> Answer:
    repository = call.repository("checks", "write")
    git.commit_of(repository, call.body["head_sha"])
    run = CheckRun(
        id=call.world.next_id(),
        app=_app(call),
        name=call.body["name"],
        head_sha=call.body["head_sha"],
        started_at=call.world.now(),
    )
    _apply(call, run)
    repository.check_runs[run.id] = run
    rendered = call.render.check_run(repository, run)
    call.hooks.emit(repository, "check_run", {"action": "created", "check_run": rendered}, call.user)
    return Answer(status=201, body=rendered)


def _run(call: Call, level: str) -> tuple[Any, CheckRun]:
    repository = call.repository("checks", level)
    run = repository.check_runs.get(int(call.params["check_run_id"]))
    if run is None:
        raise Refusal(404, "Not Found")
    return repository, run


def update(call: Call) -> Answer:
    repository, run = _run(call, "write")
    if run.app is not _app(call):
        raise Refusal(403, "Invalid app_id - check run can only be modified by the GitHub App that created it.")
    _apply(call, run)
    return Answer(body=call.render.check_run(repository, run))


def get(call: Call) -> Answer:
    repository, run = _run(call, "read")
    return Answer(body=call.render.check_run(repository, run))


def annotations(call: Call) -> Answer:
    _, run = _run(call, "read")
    optional = ("start_column", "end_column", "title", "raw_details")
    return call.page([{"blob_href": "", **dict.fromkeys(optional), **a} for a in run.annotations])


def list_for_ref(call: Call) -> Answer:
    repository = call.repository("checks", "read")
    ref = call.params["ref"]
    sha = git.head_of(repository, ref.removeprefix("heads/")) or ref
    runs = [run for run in repository.check_runs.values() if run.head_sha == sha]
    if name := call.query.get("check_name"):
        runs = [run for run in runs if run.name == name]
    if app_id := call.query.get("app_id"):
        runs = [run for run in runs if run.app.id == int(app_id)]
    if call.query.get("filter", "latest") == "latest":
        runs = list({(run.app.id, run.name): run for run in runs}.values())
    return call.page([call.render.check_run(repository, run) for run in runs], "check_runs")


ROUTES = (
    Route("POST", "/repos/{owner}/{repo}/check-runs", create),
    Route("GET", "/repos/{owner}/{repo}/check-runs/{check_run_id}", get),
    Route("PATCH", "/repos/{owner}/{repo}/check-runs/{check_run_id}", update),
    Route("GET", "/repos/{owner}/{repo}/check-runs/{check_run_id}/annotations", annotations),
    Route("GET", "/repos/{owner}/{repo}/commits/{ref}/check-runs", list_for_ref),
)
