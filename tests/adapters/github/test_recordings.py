"""The client against recorded conversations with the real GitHub."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gidgethub
import pytest
import vcr

from specloom.adapters.github.client import Addresses, Client, Manners, Pace
from specloom.adapters.github.credentials import FixedToken
from specloom.adapters.github.repository import Repository
from specloom.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import Callable

    import aiohttp

ORG = "hub4j-test-org"


@pytest.fixture
def cassette(request: pytest.FixtureRequest) -> Callable[[str], Path]:
    """Return the path of a recording; skip, and say so, where there are none."""
    shared = os.environ.get("SPECLOOM_SHARED") or request.config.rootpath.parent / "shared"
    folder = Path(shared) / "recordings"

    def find(name: str) -> Path:
        path = folder / f"{name}.yaml"
        if not path.is_file():
            pytest.skip(f"recorded GitHub traffic is not at {folder}")
        return path

    return find


def replaying(path: Path) -> Any:  # noqa: ANN401  # vcrpy's context manager
    """Answer requests from `path` and from nowhere else."""
    return vcr.VCR(record_mode="none", match_on=["method", "uri"]).use_cassette(str(path))


def client(session: aiohttp.ClientSession, *, patience: float = 0.0) -> Client:
    """Return a client of the real GitHub, which has no need to spare a recording."""
    return Client(session, FixedToken("t"), Addresses(), pace=Pace(gap=0.0), manners=Manners(patience=patience))


async def test_check_run_with_101_annotations(cassette: Callable[[str], Path], session: aiohttp.ClientSession) -> None:
    """A check run grows by fifty annotations a request."""
    path = cassette("check_run_many_annotations")
    with replaying(path):
        api = Repository(client(session), f"{ORG}/test-checks")
        run = await api.create_check_run({"name": "big", "head_sha": "0" * 40})
        more = await api.update_check_run(run["id"], {"output": {}})
        last = await api.update_check_run(run["id"], {"output": {}})
    assert [50, 100, 101] == [r["output"]["annotations_count"] for r in (run, more, last)]


async def test_second_pull_request_is_refused(cassette: Callable[[str], Path], session: aiohttp.ClientSession) -> None:
    """GitHub refuses a second pull request for one branch with a 422 that says so."""
    with replaying(cassette("pull_request_duplicate_422")):
        api = Repository(client(session), f"{ORG}/github-api")
        with pytest.raises(gidgethub.BadRequest, match="A pull request already exists for"):
            await api.create_pull({"head": "a", "base": "b", "title": "c"})


async def test_tree_to_commit(cassette: Callable[[str], Path], session: aiohttp.ClientSession) -> None:
    """A commit is made of a blob and a tree, and each answer names the object that the next request needs."""
    with replaying(cassette("tree_builder")):
        api = Repository(client(session), f"{ORG}/GHTreeBuilderTest")
        blob = await api.create_blob("AAE=")
        tree = await api.create_tree([{"path": "a", "mode": "100644", "type": "blob", "sha": blob}], None)
        commit = await api.create_commit("Add a", tree, [])
    assert [40, 40, 40] == [len(oid) for oid in (blob, tree, commit)]


async def test_permission(cassette: Callable[[str], Path], session: aiohttp.ClientSession) -> None:
    """Somebody who maintains a repository may be called so, though the documentation promises `write`."""
    with replaying(cassette("collaborator_permission")):
        api = Repository(client(session), f"{ORG}/maintain-permission-issue")
        assert "maintain" == await api.permission("alecharp")


async def test_review_comments(cassette: Callable[[str], Path], session: aiohttp.ClientSession) -> None:
    """Comments on lines tell who wrote them, where, and in which thread."""
    with replaying(cassette("pull_request_review_comments")):
        api = Repository(client(session), f"{ORG}/github-api")
        url = f"/repos/{ORG}/github-api/pulls/484/comments"
        comments = await api.client.getitem(url)
    assert all(c["user"]["login"] and c["path"] for c in comments)


LIMITED = "temp-testHandler_Wait_Secondary_Limits"


@pytest.mark.parametrize(
    ("name", "repository"),
    [
        ("rate_limit_wait", "temp-testHandler_Wait"),
        ("secondary_limit_wait_secondary_limits", LIMITED),
        ("secondary_limit_wait_secondary_limits_body_marker_only", f"{LIMITED}_Body_Marker_Only"),
        ("secondary_limit_wait_secondary_limits_too_many_requests", f"{LIMITED}_Too_Many_Requests"),
        (
            "secondary_limit_wait_secondary_limits_too_many_requests_no_retry_after",
            f"{LIMITED}_Too_Many_Requests_No_Retry_After",
        ),
        (
            "secondary_limit_wait_secondary_limits_too_many_requests_date_retry_after",
            f"{LIMITED}_Too_Many_Requests_Date_Retry_After",
        ),
    ],
)
async def test_limits_are_seen(
    cassette: Callable[[str], Path], session: aiohttp.ClientSession, name: str, repository: str
) -> None:
    """Every recorded shape of a limit is understood as one, and tells how long to stay away."""
    with replaying(cassette(name)):
        api = Repository(client(session), f"{ORG}/{repository}")
        with pytest.raises(UpstreamError) as caught:
            await api.info()
    assert caught.value.retry_after is not None
    assert caught.value.retry_after > 0
