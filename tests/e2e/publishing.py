"""What tests of publishing hold in their hands: a repository at the twin, and our voice in it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.publish.branch import PRISTINE

if TYPE_CHECKING:
    from github_twin import Twin
    from github_twin.state import Repository as Hosted
    from specloom.adapters.github.installations import Access
    from specloom.adapters.github.repository import Repository
    from specloom.adapters.mirror import Mirror
    from specloom.publish.apply import Voice

BRANCH = "specloom/update"


@dataclass
class Shop:
    """A repository with an App installed, and all that is needed to publish into it."""

    twin: Twin
    hosted: Hosted
    access: Access
    voice: Voice
    mirror: Mirror

    @property
    def api(self) -> Repository:
        return self.voice.api

    async def fetch(self) -> dict[str, str | None]:
        """Fetch the default branch, ours, and what generators wrote for it."""
        refs = {"refs/heads/main": "main", f"refs/heads/{BRANCH}": "ours", f"{PRISTINE}{BRANCH}": "pristine"}
        token = await self.access.credentials.token()
        return await asyncio.to_thread(self.mirror.fetch, refs, token=token)
