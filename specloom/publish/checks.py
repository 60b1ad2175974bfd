"""A check run as requests: fifty annotations at a time, the conclusion with the last, nothing where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.publish.texts import CHECK_LIMIT, clip, digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.adapters.github.shapes import CheckRunInfo
    from specloom.model.plan import Annotation, CheckRun

BATCH: Final = 50
LONGEST_MESSAGE: Final = 16_000
"""Characters; GitHub takes 64 KB, which UTF-8 may need four bytes a character to fill."""

LONGEST_TITLE: Final = 255
OURS: Final = "specloom:"
RUNNING: Final = OURS + "running"
UNDER_WAY: Final = "The title shows what Specloom is doing; the result comes here."


@dataclass(frozen=True, slots=True)
class Step:
    """One request: a PATCH of `run`, or a POST where it is None."""

    run: int | None
    body: Mapping[str, Any]


def ours(runs: Sequence[CheckRunInfo], app_id: int | None) -> CheckRunInfo | None:
    """Return our newest run among those of one name on one commit; `app_id` is None where we do not know our own."""
    mine = [run for run in runs if (run["external_id"] or "").startswith(OURS)]
    mine = [run for run in mine if app_id is None or (run["app"] is not None and run["app"]["id"] == app_id)]
    return max(mine, key=lambda run: run["id"], default=None)


def start(standing: CheckRunInfo | None, *, name: str, commit: str) -> Step | None:
    """Return what shows that work has begun, or None where a run of ours stands on this commit already."""
    if standing is not None:
        return None
    output = {"title": "Fetching the repository", "summary": UNDER_WAY}
    return Step(
        None,
        {"name": name, "head_sha": commit, "status": "in_progress", "external_id": RUNNING, "output": output},
    )


def is_running(standing: CheckRunInfo) -> bool:
    """Say whether a run of ours shows that work is under way, and nothing of its result yet."""
    return standing["status"] != "completed" and standing["external_id"] == RUNNING


def progress(step: str) -> Mapping[str, Any]:
    """Return the request that shows which step is running."""
    return {"status": "in_progress", "output": {"title": step[:LONGEST_TITLE], "summary": UNDER_WAY}}


def finish(
    standing: CheckRunInfo | None, check: CheckRun, *, commit: str, details_url: str | None = None, force: bool = False
) -> tuple[Step, ...]:
    """Return the requests that lead from what stands to `check`; none where it stands already, unless forced.

    Annotations can only be added. So a run that was cut off while they were sent is continued where its count says;
    and where a finished run says something else, a new run takes its place.
    """
    identity = identity_of(check)
    done = standing is not None and standing["status"] == "completed"
    same = standing is not None and standing["external_id"] == identity
    if done and same and not force:
        return ()
    usable = standing is not None and not done and (same or standing["external_id"] == RUNNING)
    sent = standing["output"]["annotations_count"] if standing and usable and same else 0
    batches = _batches(check.annotations[sent:])
    first = standing["id"] if standing and usable else None
    stale = standing["id"] if standing and not usable and not done else None
    closing = [Step(stale, {"status": "completed", "conclusion": "cancelled"})] if stale is not None else []
    return (*closing, *_steps(first, check, batches, commit=commit, details_url=details_url))


def identity_of(check: CheckRun) -> str:
    """Return the digest of everything that a check run says, as its external id."""
    notes = [f"{a.level}\0{a.span}\0{a.span.end}\0{a.title}\0{a.message}" for a in check.annotations]
    return OURS + digest(check.conclusion, check.title, check.summary, check.text, *notes)


def _steps(
    run: int | None,
    check: CheckRun,
    batches: Sequence[Sequence[Annotation]],
    *,
    commit: str,
    details_url: str | None,
) -> list[Step]:
    output: dict[str, Any] = {"title": check.title[:LONGEST_TITLE], "summary": clip(check.summary, CHECK_LIMIT)}
    if check.text:
        output["text"] = clip(check.text, CHECK_LIMIT, rest="The details link leads to the whole report.")
    head = {"name": check.name, "head_sha": commit} if run is None else {}
    head |= {"details_url": details_url} if details_url else {}
    steps = []
    for index, batch in enumerate(batches):
        last = index == len(batches) - 1
        body = {
            **(head if index == 0 else {}),
            "external_id": identity_of(check),
            **({"status": "completed", "conclusion": check.conclusion} if last else {"status": "in_progress"}),
            "output": output | {"annotations": [_annotation(item) for item in batch]},
        }
        steps.append(Step(run, body))
    return steps


def _batches(annotations: Sequence[Annotation]) -> list[Sequence[Annotation]]:
    return [annotations[index : index + BATCH] for index in range(0, len(annotations), BATCH)] or [()]


def _annotation(item: Annotation) -> dict[str, Any]:
    return {
        "path": item.span.path,
        "start_line": item.span.start,
        "end_line": max(item.span.start, item.span.end),
        "annotation_level": item.level,
        "title": item.title[:LONGEST_TITLE],
        "message": clip(item.message, LONGEST_MESSAGE) or item.title,
    }
