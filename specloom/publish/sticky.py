"""The one comment that we keep on a pull request: made once, changed when it has to be, never somebody else's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.publish.texts import BODY_LIMIT, clip, digest, disarm, marker, read_marker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.adapters.github.shapes import Comment

KIND: Final = "sticky"


@dataclass(frozen=True, slots=True)
class Sticky:
    """What to send: a new comment, or a new text for the comment with this id."""

    comment: int | None
    body: str


def decide_sticky(
    comments: Sequence[Comment], text: str, *, me: str, link: str = "", quiet: bool = False
) -> Sticky | None:
    """Return what to send so that our comment says `text`, or None where it does.

    `me` is our login: anybody can write our marker. `link` leads to the whole report and is no part of what is
    compared, since it changes with time. With `quiet` no comment is begun, but one that stands is kept true.
    """
    known = digest(text)
    mine = [comment for comment in comments if comment["user"] is not None and comment["user"]["login"] == me]
    standing = next((c for c in mine if read_marker(KIND, c.get("body")) is not None), None)
    if standing is None:
        return None if quiet else Sticky(None, _body(text, known, link))
    if read_marker(KIND, standing.get("body")) == known:
        return None
    return Sticky(standing["id"], _body(text, known, link))


def _body(text: str, known: str, link: str) -> str:
    mark = marker(KIND, known)
    footer = f"\n\n[The whole report]({link})" if link else ""
    rest = "The link below leads to the whole report." if link else "The check run has more."
    return f"{mark}\n{clip(disarm(text), BODY_LIMIT - len(mark) - len(footer) - 2, rest=rest)}{footer}"
