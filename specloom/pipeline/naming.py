"""Names of branches and pull requests: the same plan has the same name, and its branch is found again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.config import DEFAULT_BRANCH
from specloom.model.change import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.model.api import Api
    from specloom.model.change import Drift

LONGEST_NAME: Final = 40
"""Characters of an API's title in a pull request's; GitHub cuts titles in lists at about seventy."""


def branch_name(branch: str = DEFAULT_BRANCH, targets: frozenset[str] | None = None) -> str:
    """Return the branch for a set of targets: a chosen few have one of their own, beside the one for all."""
    if targets is None:
        return branch
    return "-".join([branch, *(target.replace("/", "-") for target in sorted(targets))])


def title_of(apis: Sequence[Api], drift: Drift) -> str:
    """Return the title of the pull request, for instance `Follow Bookshop 1.3.0 (2 breaking changes)`."""
    if len(apis) == 1:
        what = f"{_line(apis[0].title) or 'the API'} {_line(apis[0].version)}".strip()
    else:
        what = f"{len(apis)} API descriptions"
    breaking = sum(change.severity is Severity.BREAKING and change.approved is None for change in drift.changes)
    note = f" ({breaking} breaking change{'' if breaking == 1 else 's'})" if breaking else ""
    return f"Follow {what}{note}"


def proposal_title(title: str) -> str:
    """Return the title of a pull request that proposes a drafted description."""
    return f"Describe {_line(title) or 'the API'} as its documentation does"


def _line(text: str) -> str:
    """Return one short line without control characters and without anything that would mention somebody."""
    flat = "".join(char for char in " ".join(text.split()) if char.isprintable()).replace("@", "")
    return flat if len(flat) <= LONGEST_NAME else flat[: LONGEST_NAME - 1].rstrip() + "…"
