"""`specloom worker`: one more pair of hands for the GitHub App."""

from __future__ import annotations

from typing import Final

EXAMPLES: Final = ("REDIS_URL=redis://localhost:6379 specloom worker",)


def run() -> None:
    """Run one more worker of the GitHub App.

    It shares the queue with `specloom serve` through the same `REDIS_URL` or, on the same machine, `SPECLOOM_DATA_DIR`.
    """
    from app.main import work
    from app.settings import load

    work(load())
