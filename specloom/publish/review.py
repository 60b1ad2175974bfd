"""One review per run, with comments only where the diff can carry them; the others become annotations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from specloom.model.plan import Annotation
from specloom.model.source import Span
from specloom.publish.texts import BODY_LIMIT, clip, disarm, marker, read_marker

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from specloom.model.plan import ReviewComment
    from specloom.publish.diff import Shown

MOST_COMMENTS: Final = 40
"""Comments in one review: more than this, nobody reads in place."""

LONGEST_RANGE: Final = 30
"""Lines that a comment may span; longer ones point at their first changed line."""

KEYS: Final = "keys"
LINE: Final = "line"
INTRODUCTION: Final = "Specloom has notes on the lines below; the comment on this pull request has the whole picture."


@dataclass(frozen=True, slots=True)
class Placed:
    """A comment with the lines that it will stand on."""

    comment: ReviewComment
    start: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Review:
    """A review to submit (None: there is nothing new to say in place), and what has to be said elsewhere."""

    body: Mapping[str, Any] | None
    leftovers: tuple[Annotation, ...]


def decide_review(
    comments: Sequence[ReviewComment], shown: Mapping[str, Shown], *, said: Collection[str], commit: str
) -> Review:
    """Decide what to post on `commit`; `said` holds the keys that this pull request has seen before.

    What people deleted is not said again, and what was said stays where it is.
    """
    placed = [(comment, place(comment, shown.get(comment.path))) for comment in comments]
    fitting = [found for _, found in placed if found is not None]
    chosen = [found for found in fitting[:MOST_COMMENTS] if found.comment.key not in said]
    leftovers = [comment for comment, found in placed if found is None]
    leftovers += [found.comment for found in fitting[MOST_COMMENTS:]]
    return Review(_request(chosen, commit) if chosen else None, tuple(as_annotation(item) for item in leftovers))


def place(comment: ReviewComment, shown: Shown | None) -> Placed | None:
    """Find the lines for a comment: all of its range, or the first changed line in it; None if the diff shows none.

    A suggestion replaces exactly the lines it stands on, and there is nothing to replace on the left.
    """
    if shown is None:
        return None
    lines = shown.side(comment.side)
    inside = [number for number in range(comment.line_start, comment.line_end + 1) if number in lines][:10_000]
    if not inside:
        return None
    whole = len(inside) == comment.line_end - comment.line_start + 1 and len({lines[n][0] for n in inside}) == 1
    suggests = "```suggestion" in comment.body
    if suggests and (not whole or comment.side == "LEFT"):
        return None
    if whole and (suggests or len(inside) <= LONGEST_RANGE):
        start = comment.line_start if comment.line_start < comment.line_end else None
        return Placed(comment, start, comment.line_end)
    return Placed(comment, None, next((number for number in inside if lines[number][1]), inside[0]))


def said_before(texts: Sequence[str | None]) -> frozenset[str]:
    """Return the keys in our own reviews and comments; the caller has made sure that they are ours."""
    keys = {key for text in texts for key in (read_marker(KEYS, text) or "").split(",") if key}
    return frozenset(keys | {key for text in texts if (key := read_marker(LINE, text))})


def _request(placed: Sequence[Placed], commit: str) -> dict[str, Any]:
    keys = ",".join(item.comment.key for item in placed)
    return {
        "commit_id": commit,
        "event": "COMMENT",
        "body": f"{INTRODUCTION}\n\n{marker(KEYS, keys)}",
        "comments": [_comment(item) for item in placed],
    }


def _comment(item: Placed) -> dict[str, Any]:
    comment = item.comment
    mark = marker(LINE, comment.key)
    body = f"{clip(disarm(comment.body), BODY_LIMIT - len(mark) - 2)}\n\n{mark}"
    request = {"path": comment.path, "body": body, "line": item.line, "side": comment.side}
    if item.start is not None:
        request |= {"start_line": item.start, "start_side": comment.side}
    return request


def as_annotation(comment: ReviewComment) -> Annotation:
    """Say the same on the same lines, where no review can."""
    span = Span(comment.path, comment.line_start, comment.line_end)
    return Annotation(level="warning", span=span, title="Not shown in the diff", message=comment.body)
