"""Looking rules up, and what each says about itself."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from specloom.drift.rules import ALL
from specloom.errors import UserError

if TYPE_CHECKING:
    from specloom.drift.rule import Rule

BY_ID: Final = {rule.id: rule for rule in ALL}


def rule_of(identity: str) -> Rule:
    """Return the row of a rule that this code names; a missing row is our bug."""
    return BY_ID[identity]


def explain(identity: str) -> Rule:
    """Return the row of a rule that a person names.

    Raises UserError where there is none, with the nearest ids.
    """
    if identity in BY_ID:
        return BY_ID[identity]
    near = get_close_matches(identity, BY_ID, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "docs/rules lists them all."
    raise UserError(f"there is no rule {identity!r}; {hint}")
