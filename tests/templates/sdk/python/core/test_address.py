"""Which server a call goes to."""

from __future__ import annotations

from typing import Any

import pytest
from _core.address import url_of
from _core.config import Config, resolve
from _core.endpoint import Endpoint
from _core.spec import ClientSpec

DESCRIBED = "https://api.example/v1"


def _config(**settings: Any) -> Config:  # noqa: ANN401 -- settings of a client
    spec = ClientSpec(brand="Zoo", package="zoo", version="1", env_prefix="ZOO", base_url=DESCRIBED)
    return resolve(spec, {}, settings, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("own", "settings", "expected"),
    [
        (None, {}, "https://api.example/v1/pets"),
        ("https://files.example/v3", {}, "https://files.example/v3/pets"),
        ("/v2", {}, "https://api.example/v2/pets"),
        (None, {"base_url": "http://localhost:9/v1"}, "http://localhost:9/v1/pets"),
        ("https://files.example/v3", {"base_url": "http://localhost:9/v1"}, "http://localhost:9/v1/pets"),
        ("https://files.example/v3", {"base_url": f"{DESCRIBED}/"}, "https://files.example/v3/pets"),
        ("/v2", {"base_url": "http://localhost:9/v1"}, "http://localhost:9/v2/pets"),
    ],
)
def test_calls_follow_the_caller_who_points_the_client_elsewhere(
    own: str | None, settings: dict[str, str], expected: str
) -> None:
    """An operation's own server is part of the description; an address that the caller gives is meant for all."""
    endpoint: Endpoint[Any] = Endpoint("GET", "/pets", base_url=own)
    assert (expected, True) == url_of(_config(**settings), endpoint, [])
