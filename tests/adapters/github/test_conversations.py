"""The client against recorded conversations, and against the twin that they were recorded from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from conversations import CONVERSATIONS, FOLDER, HOME, cassette, converse, staged

if TYPE_CHECKING:
    from github_twin import Twin


@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_replayed(name: str) -> None:
    """Nothing but the cassette answers."""
    with cassette(name) as played:
        await converse(name, HOME, "t")
    assert played.all_played


@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_as_recorded(twin: Twin, name: str) -> None:
    """The twin is asked what the cassette says; where this fails, `make cassettes` records anew."""
    token = await staged(twin, name)
    twin.requests.clear()
    await converse(name, twin.origin, token)
    recorded = yaml.safe_load((FOLDER / f"{name}.yaml").read_text())["interactions"]
    assert [item["request"]["method"] for item in recorded] == [seen.method for seen in twin.requests]
    said = [item["response"]["status"]["code"] for item in recorded]
    assert said == [304 if talk == 304 else seen.status for talk, seen in zip(said, twin.requests, strict=True)]


def test_nothing_is_given_away() -> None:
    """No cassette holds a credential or the address of a machine."""
    for path in FOLDER.iterdir():
        text = path.read_text().lower()
        assert not {word for word in ("authorization", "ghs_", "ghp_", "127.0.0.1", "private key") if word in text}
