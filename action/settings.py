"""What a command takes from its surroundings: the config of the tree at hand, and the day."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from generators import ALL
from specloom.config import PATH, default_config, load_config
from specloom.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel

    from specloom.config import Config
    from specloom.model.source import SourceTree


def config_of(tree: SourceTree) -> Config:
    """Return the config that `tree` holds, or the defaults. Raises `UserError` at the line of a mistake."""
    content = tree.read(PATH)
    return default_config(ALL) if content is None else load_config(content, generators=ALL)


def chosen_targets(config: Config, wanted: Sequence[str] | None) -> dict[str, BaseModel]:
    """Return the targets to generate with their options; raises `UserError` for one that is not there."""
    known = {item.target: item for item in ALL}
    if strange := [name for name in wanted or () if name not in known]:
        raise UserError(f"there is no target {strange[0]}; there are {', '.join(known)}")
    return {name: config.targets.get(name) or known[name].options() for name in wanted or config.targets}


def today() -> date:
    """Return the day, in UTC; `SOURCE_DATE_EPOCH` sets it for builds that must be reproducible."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(fixed), UTC).date() if fixed.isdecimal() else datetime.now(UTC).date()
