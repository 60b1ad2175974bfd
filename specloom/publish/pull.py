"""Which pull request a plan needs: a new one, the open one, or none because a person said no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from specloom.publish.texts import BODY_LIMIT, clip, digest, disarm, marker, read_marker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.adapters.github.shapes import Pull
    from specloom.model.plan import Plan

PLAN: Final = "plan"
TITLE: Final = "title"
DRAFT: Final = "draft"
WITHDRAWN: Final = "withdrawn"
"""Stands for `PLAN` in what we closed ourselves: that was no person's refusal."""

BEGIN: Final = marker("begin", "")
END: Final = marker("end", "")
LONGEST_TITLE: Final = 250


@dataclass(frozen=True, slots=True)
class PullDecision:
    """`create`, `update` or `close` the pull request `number`, or `leave` things as they are, and why.

    `draft` says what an open one has to become; None where it is that already.
    """

    what: Literal["create", "update", "close", "leave"]
    number: int | None = None
    reason: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    draft: bool | None = None


def decide_pull(pulls: Sequence[Pull], plan: Plan, *, obsolete: bool = False) -> PullDecision:
    """Decide over all pull requests, of any state, that ever came from the plan's branch.

    `obsolete` means that the default branch needs nothing any more and nobody has worked on the branch: an open pull
    request is closed. One that a person closed is not opened again for the same plan.
    """
    newest = sorted(pulls, key=lambda pull: -pull["number"])
    open_one = next((pull for pull in newest if pull["state"] == "open"), None)
    if open_one and obsolete:
        reason = "The default branch needs none of this any more."
        withdrawn = (open_one["body"] or "").replace(f"specloom:{PLAN} ", f"specloom:{WITHDRAWN} ")
        return PullDecision("close", open_one["number"], reason, (("state", "closed"), ("body", withdrawn)))
    if open_one:
        return _update(open_one, plan)
    if obsolete:
        return PullDecision("leave", reason="There is nothing to follow.")
    refused = next(
        (p for p in newest if not p["merged_at"] and read_marker(PLAN, p["body"]) == identity_of(plan)), None
    )
    if refused:
        reason = f"#{refused['number']} proposed exactly this and was closed."
        return PullDecision("leave", refused["number"], reason)
    fields = (("title", _title(plan)), ("body", body_of(plan, around="")))
    return PullDecision("create", fields=fields)


def identity_of(plan: Plan) -> str:
    """Return the digest of what a plan writes: the same output proposed again is the same proposal.

    A drafted description is one proposal, however it is worded by the time that the docs have changed.
    """
    if plan.proposal:
        return digest(plan.branch, plan.proposal)
    written = [f"{path}\0{digest(plan.tree.files[path].decode('latin-1'))}" for path in plan.writes]
    return digest(plan.branch, plan.provenance.tree, *written, *plan.deletions)


def body_of(plan: Plan, *, around: str | None) -> str:
    """Return the pull request's body: our part between two markers, with what people wrote before and after it."""
    before, after = _around(around or "")
    marks = "\n".join(
        [
            marker(PLAN, identity_of(plan)),
            marker(TITLE, digest(_title(plan))),
            *([marker(DRAFT, "ours")] if plan.draft else []),
        ]
    )
    room = BODY_LIMIT - len(before) - len(after) - len(marks) - len(BEGIN) - len(END) - 8
    text = clip(disarm(plan.body), max(room, 1000), rest="The check run has the whole report.")
    return f"{before}{BEGIN}\n{text.strip()}\n\n{marks}\n{END}{after}"


def _update(pull: Pull, plan: Plan) -> PullDecision:
    """Change title and body only where they differ, and a title that a person chose not at all."""
    fields = []
    ours = read_marker(TITLE, pull["body"])
    if pull["title"] != _title(plan) and ours == digest(pull["title"]):
        fields.append(("title", _title(plan)))
    body = body_of(plan, around=pull["body"])
    if (pull["body"] or "").replace("\r\n", "\n") != body:
        fields.append(("body", body))
    draft = _draft(pull, plan)
    what: Literal["update", "leave"] = "update" if fields or draft is not None else "leave"
    return PullDecision(what, pull["number"], fields=tuple(fields), draft=draft)


def _draft(pull: Pull, plan: Plan) -> bool | None:
    """Return whether it has to become a draft or ready; what people made of it themselves stays."""
    is_draft, ours = pull.get("draft", False), read_marker(DRAFT, pull["body"]) is not None
    if plan.draft and not ours and not is_draft:
        return True
    return False if ours and is_draft and not plan.draft else None


def _around(body: str) -> tuple[str, str]:
    text = body.replace("\r\n", "\n")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    return (before, after) if begin and end else ("", f"\n\n{text.strip()}" if text.strip() and not begin else "")


def _title(plan: Plan) -> str:
    return plan.title[:LONGEST_TITLE]
