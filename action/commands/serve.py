"""`specloom serve`: the GitHub App."""

from __future__ import annotations

from typing import Final

EXAMPLES: Final = ("specloom serve", "SPECLOOM_PORT=9000 REDIS_URL=redis://localhost:6379 specloom serve")


def run() -> None:
    """Run the GitHub App: the webhook server with one worker inside.

    Settings come from the environment and from `.env`. Without an App, the log shows an address that registers one.
    Without `REDIS_URL`, a Redis of our own is started below `SPECLOOM_DATA_DIR`.
    """
    from app.main import serve
    from app.settings import load

    serve(load())
