"""Make GitHub misbehave on purpose: an error, a silence or a cut line at the n-th matching request."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["500", "502", "403-secondary", "429", "401", "422", "timeout", "reset"]


@dataclass(slots=True)
class Fault:
    """Fires `times` times from the `nth` request (1-based) on whose `METHOD path` matches `pattern`.

    With `after_effect` the request is carried out and only the answer is lost, as when a gateway times out.
    """

    kind: Kind
    pattern: str = ".*"
    nth: int = 1
    times: int = 1
    after_effect: bool = False
    retry_after: str | None = "1"
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
