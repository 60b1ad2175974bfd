"""Reading SDL written in a test."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from specloom.model.source import Source
from specloom.readers.graphql.reader import read_sdl

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Api
    from specloom.model.diagnostic import Diagnostic

    Read = Callable[[str], tuple[Api, tuple[Diagnostic, ...]]]


@pytest.fixture
def read() -> Read:
    """Return a function that reads SDL, its common indentation removed, as `shop.graphql`."""

    def run(sdl: str) -> tuple[Api, tuple[Diagnostic, ...]]:
        source = Source(path="api/shop.graphql", format="graphql", files=("api/shop.graphql",), digest="")
        return read_sdl(dedent(sdl), source)

    return run
