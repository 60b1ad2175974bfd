"""What a command takes from its surroundings: the config of the tree at hand, and the day."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from specloom.config import PATH, default_config, default_policy, load_config
from specloom.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from specloom.config import Config
    from specloom.model.policy import Policy
    from specloom.model.source import SourceTree


def config_of(tree: SourceTree) -> Config:
    """Return the config that `tree` holds, or the defaults. Raises `UserError` at the line of a mistake."""
    from generators import ALL  # noqa: PLC0415  a tenth of a second that commands about drift alone need not wait

    content = tree.read(PATH)
    return default_config(ALL) if content is None else load_config(content, generators=ALL)


def policy_of(tree: SourceTree) -> Policy:
    """Return what the config in `tree` says about drift, today. Raises `UserError` at the line of a mistake."""
    policy = default_policy() if tree.read(PATH) is None else config_of(tree).policy
    return replace(policy, today=today())


def chosen_targets(config: Config, wanted: Sequence[str] | None) -> dict[str, BaseModel]:
    """Return the targets to generate with their options; raises `UserError` for one that is not there."""
    from generators import ALL  # noqa: PLC0415  likewise

    known = {item.target: item for item in ALL}
    if strange := [name for name in wanted or () if name not in known]:
        raise UserError(f"there is no target {strange[0]}; there are {', '.join(known)}")
    return {name: config.targets.get(name) or known[name].options() for name in wanted or config.targets}


def today() -> date:
    """Return the day, in UTC; `SOURCE_DATE_EPOCH` sets it for builds that must be reproducible."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(fixed), UTC).date() if fixed.isdecimal() else datetime.now(UTC).date()
