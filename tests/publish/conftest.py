"""Plans to publish, and a repository at the twin to publish them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from publishing import BRANCH, Shop
from specloom.adapters.github.client import Addresses, Manners
from specloom.adapters.github.credentials import AppKey
from specloom.adapters.github.installations import Installations
from specloom.adapters.github.repository import Repository
from specloom.adapters.mirror import Mirror
from specloom.model.change import Bump, Drift
from specloom.model.files import FileTree
from specloom.model.plan import Annotation, CheckRun, Plan, Provenance
from specloom.model.source import Span
from specloom.publish.apply import Voice

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from github_twin import Twin

QUIET = Manners(patience=0.2, timeout=aiohttp.ClientTimeout(total=2))


def make_check(notes: int = 0, *, conclusion: str = "success", summary: str = "Nothing has changed.") -> CheckRun:
    """Return a check run with so many annotations."""
    annotations = tuple(
        Annotation(level="warning", span=Span("api.yaml", n + 1, n + 1), title=f"note {n}", message="look here")
        for n in range(notes)
    )
    return CheckRun(
        name="specloom / drift",
        conclusion=conclusion,
        title="Drift",
        summary=summary,
        text="Details",
        annotations=annotations,
    )


@pytest.fixture
def make_plan() -> Callable[..., Plan]:
    """Return a maker of plans that write given files."""

    def make(files: dict[str, bytes], *, title: str = "Follow Shop 1.1.0", body: str = "Drift", **rest: object) -> Plan:
        tree = FileTree(files)
        return Plan(
            branch=BRANCH,
            title=title,
            body=body,
            tree=tree,
            drift=Drift(changes=(), not_evaluated=(), bump=Bump.NONE),
            conflicts=(),
            check_run=make_check(),
            provenance=Provenance(description="d", config="c", inferences="i", generators={}, tree=tree.id),
            **{"deletions": (), "pristine": tree, "writes": tuple(sorted(files)), **rest},
        )

    return make


@pytest.fixture
async def shop(twin: Twin, tmp_path: Path) -> AsyncIterator[Shop]:
    """Install an App on a repository with one commit."""
    from github_twin import make

    hosted = make.make_repository(twin.world, "acme/shop", private=True)
    hosted.roles["ada"] = "write"
    twin.people.push(hosted, "ada", "main", {"README.md": b"# Shop\n", "api.yaml": b"a: 1\n" * 40})
    app = make.make_app(twin.world)
    installed = make.install(twin.world, app, hosted)
    addresses = Addresses.of(f"{twin.origin}/api/v3")
    async with aiohttp.ClientSession() as session:
        key = AppKey(str(app.id), app.private_key)
        installations = Installations(session, key, addresses, gap=0.0, manners=QUIET)
        access = installations.access(installed.id, hosted.id)
        voice = Voice(api=Repository(access.client, "acme/shop"), login=app.bot.login, app_id=app.id)
        mirror = Mirror(tmp_path / "mirror.git", f"{addresses.git}/acme/shop.git")
        yield Shop(twin, hosted, access, voice, mirror)


@pytest.fixture
def checks() -> Callable[..., CheckRun]:
    """Return the maker of check runs."""
    return make_check
