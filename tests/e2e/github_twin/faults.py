"""Make GitHub misbehave on purpose: an error, a silence or a cut line at the n-th matching request."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "500",
    "502",
    "502-page",
    "403-secondary",
    "403-primary",
    "429",
    "401",
    "404",
    "422",
    "timeout",
    "reset",
    "truncated",
]
"""`502-page` is a proxy's HTML, `403-primary` a used-up limit with a reset, `cut` a line cut amid the answer."""


@dataclass(slots=True)
class Fault:
    """Fires `times` times from the `nth` request (1-based) on whose `METHOD path` matches `pattern`.

    With `after_effect` the request is carried out and only the answer is lost, as when a gateway times out. `silence`
    is for how many seconds a `timeout` says nothing, unless the fault is lifted before.
    """

    kind: Kind
    pattern: str = ".*"
    nth: int = 1
    times: int = 1
    after_effect: bool = False
    retry_after: str | None = "1"
    silence: float = 3600.0
    seen: int = field(default=0, init=False)
    fired: int = field(default=0, init=False)

    def fires(self, request: str) -> bool:
        """Count `request`, and say whether it is to be disturbed."""
        if not re.fullmatch(self.pattern, request):
            return False
        self.seen += 1
        if self.seen < self.nth or self.fired >= self.times:
            return False
        self.fired += 1
        return True
