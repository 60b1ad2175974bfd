"""Clients of the twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import aiohttp
import pytest

from specloom.adapters.github.client import Addresses, Client, Manners, Pace
from specloom.adapters.github.credentials import AppKey, FixedToken
from specloom.adapters.github.installations import Installations

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from github_twin import Twin
    from github_twin.state import App

QUICK = Manners(patience=3.0, timeout=aiohttp.ClientTimeout(total=0.5))


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """One session for all clients of a test."""
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def addresses(twin: Twin) -> Addresses:
    """Where the twin lives; like a GitHub Enterprise Server."""
    return Addresses(api=f"{twin.origin}/api/v3", graphql=f"{twin.origin}/api/graphql", git=twin.origin)


@pytest.fixture
def as_person(twin: Twin, session: aiohttp.ClientSession, addresses: Addresses) -> Client:
    """Return a client that calls with the token of a person called ada."""
    from github_twin import make

    token = make.person_token(twin.world, "ada").value
    return Client(session, FixedToken(token), addresses, pace=Pace(gap=0.0), manners=QUICK)


@pytest.fixture
def installations(session: aiohttp.ClientSession, addresses: Addresses) -> Callable[[App], Installations]:
    """Make the access that an App has to its installations."""

    def make_for(app: App) -> Installations:
        return Installations(session, AppKey(str(app.id), app.private_key), addresses, gap=0.0, manners=QUICK)

    return make_for
