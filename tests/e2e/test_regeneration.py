"""From a push to the default branch to a pull request with generated code, end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from github_twin import git
from processes import GROWN, RENAMED, SPEC

if TYPE_CHECKING:
    from github_twin.state import Issue
    from processes import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400), pytest.mark.asyncio(loop_scope="module")]

BRANCH = "specloom/update"


def files(site: Site, branch: str = BRANCH) -> dict[str, bytes]:
    """Return everything on a branch."""
    found = {}

    def walk(tree, prefix: str) -> None:  # noqa: ANN001  # pygit2's tree
        for entry in tree:
            if entry.type_str == "tree":
                walk(entry, f"{prefix}{entry.name}/")
            else:
                found[prefix + entry.name] = entry.data

    walk(git.commit_of(site.repository, git.head_of(site.repository, branch) or "").tree, "")
    return found


async def pushed(site: Site, spec: str) -> None:
    """Push a description to the default branch and wait for what follows."""
    site.twin.people.push(site.repository, "ada", "main", {"openapi.yaml": spec.encode()})
    await site.quiet()


def ours(site: Site) -> list[Issue]:
    """Return the pull requests from our branch."""
    return [issue for issue in site.repository.issues.values() if issue.head_branch == BRANCH]


async def test_push(site: Site) -> None:
    """A push brings a pull request with an SDK that follows it, in a signed commit, with what happened in its body."""
    await pushed(site, GROWN)
    [pull] = ours(site)
    assert ("open", "Follow Bookshop 1.0.0") == (pull.state, pull.title)
    assert git.head_of(site.repository, BRANCH) in site.repository.signed
    written = files(site)
    assert any(path.startswith("sdk/python/") for path in written)
    assert any(b"/authors" in content for content in written.values())
    assert [True] == [run.conclusion == "success" for run in site.repository.check_runs.values()]


async def test_push_again(site: Site) -> None:
    """A further push updates the pull request; one with nothing new writes nothing."""
    await pushed(site, GROWN)
    first = git.head_of(site.repository, BRANCH)
    await pushed(site, RENAMED)
    [pull] = ours(site)
    assert git.is_ancestor(site.repository, first, git.head_of(site.repository, BRANCH))
    assert "GET /books" in (pull.body or "")
    before = len(site.twin.writes)
    site.twin.people.push(site.repository, "ada", "main", {"README.md": b"# Changed\n"})
    await site.quiet()
    assert [] == site.twin.writes[before:]


async def test_hand_edits_survive(site: Site) -> None:
    """A person's commit on the branch, and their edit of a generated file, survive the next push."""
    await pushed(site, SPEC)
    path = next(path for path in files(site) if path.endswith("README.md") and path.startswith("sdk/"))
    edited = files(site)[path] + b"\nWritten by hand.\n"
    human = site.twin.people.push(site.repository, "ada", BRANCH, {path: edited, "mine.py": b"mine = 1\n"})
    await site.quiet()
    await pushed(site, GROWN)
    now = files(site)
    assert git.is_ancestor(site.repository, human, git.head_of(site.repository, BRANCH))
    assert b"Written by hand." in now[path]
    assert b"mine = 1\n" == now["mine.py"]
    assert any(b"/authors" in content for content in now.values())


async def test_closed_by_a_person(site: Site) -> None:
    """A pull request that a person closed stays closed until there is something else to propose."""
    await pushed(site, GROWN)
    site.twin.people.close(site.repository, "ada", ours(site)[0])
    site.twin.people.push(site.repository, "ada", "main", {"README.md": b"# Changed\n"})
    await site.quiet()
    assert ["closed"] == [pull.state for pull in ours(site)]
    await pushed(site, RENAMED)
    assert ["closed", "open"] == [pull.state for pull in ours(site)]


async def test_after_the_merge(site: Site) -> None:
    """After the merge there is nothing to do; the next change opens the next pull request."""
    await pushed(site, GROWN)
    site.twin.people.merge(site.repository, "ada", ours(site)[0])
    await site.quiet()
    assert ["closed"] == [pull.state for pull in ours(site)]
    await pushed(site, RENAMED)
    assert ["closed", "open"] == [pull.state for pull in ours(site)]


async def test_broken_description(site: Site) -> None:
    """A description that cannot be read leaves the last good output alone, and a check points at the line."""
    await pushed(site, GROWN)
    good = git.head_of(site.repository, BRANCH)
    await pushed(site, GROWN + "  nonsense: [\n")
    assert good == git.head_of(site.repository, BRANCH)
    last = list(site.repository.check_runs.values())[-1]
    assert ("specloom / update", "failure") == (last.name, last.conclusion)
    assert ["openapi.yaml"] == [note["path"] for note in last.annotations]


async def test_wrong_config(site: Site) -> None:
    """A mistake in the config file is shown at its line."""
    config = b"descriptions:\n  - openapi.yaml\ntargetz:\n  sdk/python:\n"
    site.twin.people.push(site.repository, "ada", "main", {".github/specloom.yml": config})
    await site.quiet()
    last = list(site.repository.check_runs.values())[-1]
    assert [(".github/specloom.yml", 3)] == [(note["path"], note["start_line"]) for note in last.annotations]


async def test_newer_pushes_supersede_older_ones(site: Site) -> None:
    """Many pushes at once come to one pull request that shows the last of them."""
    for number in range(6):
        spec = GROWN.replace("/authors", f"/authors{number}")
        site.twin.people.push(site.repository, "ada", "main", {"openapi.yaml": spec.encode()})
    await site.quiet()
    assert 1 == len(ours(site))
    assert any(b"/authors5" in content for content in files(site).values())
    entries = [entry for entry in site.logged() if entry.get("outcome") == "superseded"]
    assert entries


async def test_conflict(site: Site) -> None:
    """Where a hand edit and the generator disagree, the edit stands, and the pull request is a draft that says so."""
    await pushed(site, SPEC)
    path = next(path for path in files(site) if path.endswith("README.md") and path.startswith("sdk/"))
    mine = b"# All mine\n"
    site.twin.people.push(site.repository, "ada", BRANCH, {path: mine})
    await site.quiet()
    await pushed(site, SPEC.replace("title: Bookshop", "title: Library"))
    [pull] = ours(site)
    assert mine == files(site)[path]
    assert pull.draft
    assert "conflict with hand edits" in (pull.body or "")
    said = [comment.body for comment in site.repository.review_comments.values()]
    noted = [note["message"] for run in site.repository.check_runs.values() for note in run.annotations]
    assert any("hand edit" in text for text in [*said, *noted])
    assert not any(comment.resolved for comment in site.repository.review_comments.values())
