"""Documentation without a description, end to end: one is proposed, refused or merged, and then follows the docs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from github_twin import git

if TYPE_CHECKING:
    from github_twin.state import Issue
    from processes import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

BRANCH = "specloom/update"
DOCS = "# Kelp API\n\nIntro.\n\n## List\n\n`GET /reefs`\n\n## Add\n\n`POST /reefs`\n\n## Drop\n\n`DELETE /reefs/{id}`\n"
MORE = f"{DOCS}\n## Read\n\n`GET /reefs/{{id}}`\n"


async def pushed(site: Site, docs: str, **files: bytes | None) -> None:
    """Push docs and wait for what follows."""
    site.twin.people.push(site.repository, "ada", "main", {"docs/api.md": docs.encode(), **files})
    await site.quiet()


def ours(site: Site) -> list[Issue]:
    """Return the pull requests from our branch."""
    return [issue for issue in site.repository.issues.values() if issue.head_branch == BRANCH]


def on_branch(site: Site) -> str:
    """Return the draft on our branch."""
    commit = git.commit_of(site.repository, git.head_of(site.repository, BRANCH) or "")
    return str(commit.tree["openapi.yaml"].data.decode())


async def test_proposed_and_refused(own_site: Site) -> None:
    """The proposal follows the docs while it is open; once a person has closed it, nothing brings it back."""
    await pushed(own_site, DOCS, **{"openapi.yaml": None})
    [pull] = ours(own_site)
    assert ("open", "Describe Kelp API as its documentation does") == (pull.state, pull.title)
    assert "/reefs/{id}:" in on_branch(own_site)
    await pushed(own_site, MORE)
    assert "summary: Read" in on_branch(own_site)
    own_site.twin.people.close(own_site.repository, "ada", ours(own_site)[0])
    await pushed(own_site, DOCS)
    assert ["closed"] == [pull.state for pull in ours(own_site)]


async def test_merged_and_edited(own_site: Site) -> None:
    """After the merge the code is generated; an edit by hand stays when the docs change."""
    await pushed(own_site, DOCS, **{"openapi.yaml": None})
    own_site.twin.people.merge(own_site.repository, "ada", ours(own_site)[0])
    await own_site.quiet()
    assert ["closed", "open"] == [pull.state for pull in ours(own_site)]
    commit = git.commit_of(own_site.repository, git.head_of(own_site.repository, BRANCH) or "")
    assert "sdk" in [entry.name for entry in commit.tree]
    edited = on_branch(own_site).replace("summary: List", "summary: Every reef")
    await pushed(own_site, MORE, **{"openapi.yaml": edited.encode()})
    assert "summary: Every reef" in on_branch(own_site)
    assert "summary: Read" in on_branch(own_site)
