"""Which commit a plan becomes, and how we know our own commits again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

TRAILER: Final = re.compile(r"^Specloom-Tree: (?P<tree>[0-9a-f]{40})$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where things are: heads of the default branch and of ours (None: there is none), and what people did to ours.

    `by_people` is set where the branch holds a commit that we did not make; `merges` where the default branch merges
    into ours without a conflict; `contains` where it is in ours already.
    """

    default: str
    branch: str | None = None
    by_people: bool = False
    contains: bool = False
    merges: bool = True


@dataclass(frozen=True, slots=True)
class Ground:
    """What to build on: `merged` (both heads merged), `branch` or `default`; and the parents of the new commit.

    `reset` is set where the branch starts anew from the default branch, its old commits being ours alone and settled.
    """

    tree: str
    parents: tuple[str, ...]
    reset: bool = False


def decide_ground(stand: Stand, *, open_pull: bool) -> Ground:
    """Keep every commit of a person, and every commit of an open pull request, whose reviews a reset would dismiss."""
    if stand.branch is None:
        return Ground("default", (stand.default,))
    if not stand.by_people and not open_pull:
        return Ground("default", (stand.default,), reset=True)
    if stand.contains:
        return Ground("branch" if stand.by_people else "default", (stand.branch,))
    if not stand.by_people:
        return Ground("default", (stand.branch, stand.default))
    if stand.merges:
        return Ground("merged", (stand.branch, stand.default))
    return Ground("branch", (stand.branch,))


def message_of(title: str, tree: str) -> str:
    """Return a commit message whose trailer names the commit's own tree: whoever amends the commit makes it theirs."""
    return f"{title}\n\nSpecloom-Tree: {tree}"


def is_ours(message: str, tree: str) -> bool:
    """Say whether we made a commit and nobody changed what it holds."""
    found: Sequence[str] = TRAILER.findall(message)
    return bool(found) and found[-1] == tree
