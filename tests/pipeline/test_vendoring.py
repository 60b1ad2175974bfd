"""Descriptions that are tracked from an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from specloom.errors import UserError
from specloom.model.files import blob_id
from specloom.provenance import PATH, load_record

if TYPE_CHECKING:
    from collections.abc import Callable

    Describe = Callable[..., bytes]
    Repository = Any  # the one of conftest.py, which tests cannot import

CONFIG = b"descriptions:\n  - path: ./openapi.json\n    upstream: https://shop.example/openapi.json\n"


@pytest.fixture
def tracking(repository: Repository) -> Repository:
    """Return a repository that tracks its description, with everything generated."""
    repository.files[".github/specloom.yml"] = CONFIG
    repository.apply()
    return repository


def test_what_is_new_is_taken_and_followed(tracking: Repository, description: Describe) -> None:
    """One plan changes the copy and what is generated from it, and says where it comes from and what it breaks."""
    new = description("pets", version="2.0")
    tracking.base = dict(tracking.files)
    made = tracking.apply(upstream={"openapi.json": new})
    assert new == tracking.files["openapi.json"]
    assert "sdk/python/orders.py" in made.deletions
    assert "Follow Shop 2.0 (1 breaking change)" == made.title
    assert "`openapi.json` follows what is new at `https://shop.example/openapi.json`." in made.body
    assert {"openapi.json": blob_id(new)} == load_record(tracking.files[PATH]).upstreams
    assert tracking.plan(upstream={"openapi.json": new}).empty


def test_an_address_that_says_nothing_new_is_no_pull_request(tracking: Repository) -> None:
    """Nothing is written for the record alone."""
    assert tracking.plan(upstream={"openapi.json": tracking.files["openapi.json"]}).empty
    assert tracking.plan().empty


def test_the_first_copy_is_made(repository: Repository, description: Describe) -> None:
    """A config that names an address is enough to begin with; until then there is nothing to do."""
    repository.files = {".github/specloom.yml": CONFIG}
    with pytest.raises(UserError, match="nothing has been taken from `upstream` yet"):
        repository.plan()
    made = repository.plan(upstream={"openapi.json": description("pets")})
    assert {"openapi.json", "sdk/python/pets.py"} < set(made.writes)


def test_patches_in_the_copy_survive(tracking: Repository, description: Describe) -> None:
    """What people changed in it stays, and what the address changed elsewhere comes."""
    tracking.apply(upstream={"openapi.json": description("pets", "orders", version="2.0")})
    tracking.files["openapi.json"] = tracking.files["openapi.json"].replace(b'"Shop"', b'"Our shop"')
    tracking.apply()
    made = tracking.apply(upstream={"openapi.json": description("pets", "orders", "users", version="2.0")})
    copy = tracking.files["openapi.json"]
    assert (True, True, ()) == (b"Our shop" in copy, b"/users" in copy, made.conflicts)
    assert b"Our shop" in tracking.files["sdk/python/project"]
    assert tracking.plan(upstream={"openapi.json": description("pets", "orders", "users", version="2.0")}).empty


def test_a_patch_that_collides_is_for_people(tracking: Repository, description: Describe) -> None:
    """The patch stands, the pull request is a draft, and it stays one until somebody settles it."""
    tracking.apply(upstream={"openapi.json": description("pets", version="2.0")})
    tracking.files["openapi.json"] = tracking.files["openapi.json"].replace(b"2.0", b"2.0-ours")
    tracking.apply()
    new = {"openapi.json": description("pets", version="3.0")}
    made = tracking.apply(upstream=new)
    assert (True, ["openapi.json"]) == (made.draft, [conflict.path for conflict in made.conflicts])
    assert b"2.0-ours" in tracking.files["openapi.json"]
    assert tracking.plan(upstream=new, settled=False).draft
    assert not tracking.plan(upstream=new).draft


def test_an_error_page_is_not_a_description(tracking: Repository) -> None:
    """What cannot be read leaves the copy alone, and is told."""
    made = tracking.plan(upstream={"openapi.json": b"<html>Sign in</html>"})
    assert (True, ["upstream-unreadable"]) == (made.empty, [item.code for item in made.diagnostics])


def test_what_is_not_tracked_is_not_touched(repository: Repository, description: Describe) -> None:
    """Contents for a path that the config does not track count for nothing."""
    repository.apply()
    assert repository.plan(upstream={"openapi.json": description("users")}).empty
