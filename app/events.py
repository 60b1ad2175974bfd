"""What an event asks us to do: one route per event we listen to, all of them pure. Anything else is not for us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict

from app.job import Job
from app.typed import mentions_command

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.intake import Delivery

NOTHING: Final = "0" * 40
PULL_ACTIONS: Final = frozenset({"opened", "reopened", "synchronize", "ready_for_review", "edited"})
CHECK_ACTIONS: Final = frozenset({"rerequested", "requested_action"})


class _Slice(BaseModel):
    """The part of a payload that we read; GitHub may add what it likes."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class _Installation(_Slice):
    id: int


class _Repository(_Slice):
    id: int
    full_name: str
    default_branch: str = "main"


class _Installed(_Slice):
    action: str
    installation: _Installation


class _Account(_Slice):
    login: str
    type: str = "User"


class _Context(_Slice):
    installation: _Installation
    repository: _Repository
    sender: _Account


class _Push(_Context):
    ref: str
    after: str
    deleted: bool = False


class _Head(_Slice):
    sha: str


class _Pull(_Slice):
    number: int
    state: Literal["open", "closed"]
    head: _Head
    user: _Account | None = None


class _PullRequest(_Context):
    action: str
    pull_request: _Pull
    changes: dict[str, object] = {}


class _Comment(_Slice):
    id: int
    body: str | None = None


class _Issue(_Slice):
    number: int
    pull_request: dict[str, object] | None = None


class _IssueComment(_Context):
    action: str
    comment: _Comment
    issue: _Issue


class _ReviewComment(_Context):
    action: str
    comment: _Comment
    pull_request: _Pull


class _App(_Slice):
    id: int


class _PullNumber(_Slice):
    number: int


class _Check(_Slice):
    head_sha: str
    app: _App
    pull_requests: tuple[_PullNumber, ...] = ()


class _CheckRun(_Context):
    action: str
    check_run: _Check


class _CheckSuite(_Context):
    action: str
    check_suite: _Check


class _Group(_Slice):
    head_sha: str


class _MergeGroup(_Context):
    action: str
    merge_group: _Group


@dataclass(frozen=True, slots=True)
class Listener:
    """Who is asking: the App's id tells our check runs from those of others."""

    app_id: int


def _job(delivery: Delivery, context: _Context, **rest: object) -> Job:
    repository = context.repository
    return Job(
        id=delivery.id,
        installation=context.installation.id,
        repository=repository.id,
        full_name=repository.full_name,
        **rest,  # type: ignore[arg-type]  # the callers below name the fields
    )


def _push(delivery: Delivery, _: Listener) -> Job | None:
    event = _Push.model_validate(delivery.payload)
    branch = event.repository.default_branch
    if event.deleted or event.ref != f"refs/heads/{branch}":
        return None
    return _job(delivery, event, kind="push", ref=f"heads/{branch}", commit=event.after)


def _pull_request(delivery: Delivery, _: Listener) -> Job | None:
    event = _PullRequest.model_validate(delivery.payload)
    if event.action == "closed":
        by_bot = event.pull_request.user is not None and event.pull_request.user.type == "Bot"
        return None if not by_bot else _job(delivery, event, kind="closed", ref=f"pull/{event.pull_request.number}")
    unchanged = event.action == "edited" and "base" not in event.changes
    if event.action not in PULL_ACTIONS or unchanged or event.pull_request.state != "open":
        return None
    pull = event.pull_request
    return _job(delivery, event, kind="pull-request", ref=f"pull/{pull.number}", commit=pull.head.sha)


def _issue_comment(delivery: Delivery, _: Listener) -> Job | None:
    event = _IssueComment.model_validate(delivery.payload)
    if not _is_command(event, event.comment):
        return None
    family = "pull" if event.issue.pull_request else "issues"
    ref = f"{family}/{event.issue.number}"
    return _job(delivery, event, kind="command", ref=ref, comment=event.comment.id, thread="issue")


def _review_comment(delivery: Delivery, _: Listener) -> Job | None:
    event = _ReviewComment.model_validate(delivery.payload)
    if not _is_command(event, event.comment):
        return None
    ref = f"pull/{event.pull_request.number}"
    return _job(delivery, event, kind="command", ref=ref, comment=event.comment.id, thread="review")


def _is_command(event: _IssueComment | _ReviewComment, comment: _Comment) -> bool:
    """Only what people write, when they write it: edits and bots command nothing."""
    by_person = event.sender.type == "User" and not event.sender.login.endswith("[bot]")
    return event.action == "created" and by_person and mentions_command(comment.body or "")


def _check_run(delivery: Delivery, listener: Listener) -> Job | None:
    event = _CheckRun.model_validate(delivery.payload)
    return _check(delivery, event, event.check_run, listener) if event.action in CHECK_ACTIONS else None


def _check_suite(delivery: Delivery, listener: Listener) -> Job | None:
    event = _CheckSuite.model_validate(delivery.payload)
    return _check(delivery, event, event.check_suite, listener) if event.action in CHECK_ACTIONS else None


def _check(delivery: Delivery, event: _Context, check: _Check, listener: Listener) -> Job | None:
    if check.app.id != listener.app_id:
        return None
    pulls = check.pull_requests
    ref = f"pull/{pulls[0].number}" if pulls else f"commit/{check.head_sha}"
    return _job(delivery, event, kind="check", ref=ref, commit=check.head_sha)


def _merge_group(delivery: Delivery, _: Listener) -> Job | None:
    event = _MergeGroup.model_validate(delivery.payload)
    if event.action != "checks_requested":
        return None
    sha = event.merge_group.head_sha
    return _job(delivery, event, kind="check", ref=f"commit/{sha}", commit=sha)


def _installation(delivery: Delivery, _: Listener) -> Job | None:
    """Notice what is taken away; what is added is looked at when something is pushed to it."""
    event = _Installed.model_validate(delivery.payload)
    if event.action not in {"deleted", "removed"}:
        return None
    identity = event.installation.id
    return Job(
        id=delivery.id,
        kind="farewell",
        installation=identity,
        repository=0,
        full_name="",
        ref=f"installation/{identity}",
    )


ROUTES: Final[Mapping[str, Callable[[Delivery, Listener], Job | None]]] = {
    "check_run": _check_run,
    "check_suite": _check_suite,
    "installation": _installation,
    "installation_repositories": _installation,
    "issue_comment": _issue_comment,
    "merge_group": _merge_group,
    "pull_request": _pull_request,
    "pull_request_review_comment": _review_comment,
    "push": _push,
}


def job_of(delivery: Delivery, listener: Listener) -> Job | None:
    """Return what a delivery asks for, or None; raises pydantic's ValidationError for a payload of the wrong form."""
    if "installation" not in delivery.payload:
        return None
    route = ROUTES.get(delivery.event)
    return route(delivery, listener) if route else None
