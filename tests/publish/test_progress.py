"""The step that is running, on the check run."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from github_twin import Fault
from specloom.publish import progress
from specloom.publish.apply import begin_check, end_check
from specloom.publish.progress import note, noted, showing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from publishing import Shop
    from specloom.model.plan import CheckRun

NAME = "specloom / drift"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait."""
    monkeypatch.setattr(progress, "PAUSE", 0.02)


@pytest.fixture
async def head(shop: Shop) -> str:
    """Return the commit that is checked."""
    return str((await shop.fetch())["refs/heads/main"])


async def test_slow_work_shows_its_steps(
    shop: Shop, checks: Callable[..., CheckRun], head: str, tmp_path: Path
) -> None:
    """Each step once, and then the result; steps come from a file that another process writes."""
    file = tmp_path / "steps" / "step"
    standing = await begin_check(shop.voice, name=NAME, commit=head)
    [run] = shop.hosted.check_runs.values()
    titles = [run.output["title"]]
    async with showing(shop.voice, standing, lambda: noted(file)):
        for step in ("Reading api.yaml", "Comparing with the base"):
            note(str(file))(step)
            await asyncio.sleep(0.3)
            titles.append(run.output["title"])
    assert ["Fetching the repository", "Reading api.yaml", "Comparing with the base"] == titles
    assert 2 == len([seen for seen in shop.twin.writes if seen.method == "PATCH"])
    await end_check(shop.voice, standing, checks(), commit=head)
    assert ("completed", "success") == (run.status, run.conclusion)


async def test_quick_work_shows_none(shop: Shop, head: str) -> None:
    """Every write counts against the limits."""
    standing = await begin_check(shop.voice, name=NAME, commit=head)
    async with showing(shop.voice, standing, lambda: "Reading"):
        pass
    assert [] == [seen for seen in shop.twin.writes if seen.method == "PATCH"]


async def test_trouble_with_showing_is_no_trouble(shop: Shop, head: str) -> None:
    """The work goes on, and its own failures pass."""
    standing = await begin_check(shop.voice, name=NAME, commit=head)
    shop.twin.faults.append(Fault("500", "PATCH .*", times=100))
    with pytest.raises(ValueError, match="of its own"):  # noqa: PT012  # what is awaited is what is tested
        async with showing(shop.voice, standing, lambda: "Reading"):
            await asyncio.sleep(0.2)
            raise ValueError("of its own")
