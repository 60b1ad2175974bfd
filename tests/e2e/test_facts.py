"""What generated code takes from the docs is shown on its lines, and people have the last word, end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from github_twin import git, make
from processes import SPEC

if TYPE_CHECKING:
    from github_twin.state import Issue, ReviewComment
    from processes import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400), pytest.mark.asyncio(loop_scope="module")]

BRANCH = "specloom/update"
CODE = "sdk/python/src/bookshop/_spec.py"
GUIDE = """# Guide

The base URL of the API is `https://api.books.example/v1`.

## Authentication

Authenticate every request with your API key as a bearer token in the `Authorization` header:

    curl -H "Authorization: Bearer YOUR_API_KEY" https://api.books.example/v1/books
"""


def pull(site: Site) -> Issue:
    """Return our pull request."""
    (found,) = (issue for issue in site.repository.issues.values() if issue.head_branch == BRANCH)
    return found


def content(site: Site, path: str = CODE, branch: str = BRANCH) -> str:
    """Return a file on a branch."""
    commit = git.commit_of(site.repository, git.head_of(site.repository, branch) or "")
    return str(commit.tree[path].data.decode())


def resting(site: Site) -> dict[str, ReviewComment]:
    """Return our comments on generated code, by the kind of fact."""
    lines = [line for line in site.repository.review_comments.values() if "rests on the documentation" in line.body]
    found = {line.body.partition("**: ")[2].partition(",")[0]: line for line in lines}
    assert len(found) == len(lines)
    return found


def identity(line: ReviewComment) -> str:
    """Return the ID of the fact that a comment is about."""
    return str(line.body.partition("/specloom accept ")[2].partition("`")[0])


async def pushed(site: Site, files: dict[str, str]) -> None:
    """Push to the default branch and wait for what follows."""
    site.twin.people.push(site.repository, "ada", "main", {path: text.encode() for path, text in files.items()})
    await site.quiet()


async def say(site: Site, line: ReviewComment, text: str) -> str:
    """Answer in a thread; return what is answered to that."""
    site.twin.people.reply(site.repository, "ada", line, text)
    await site.quiet()
    return str(list(site.repository.review_comments.values())[-1].body)


async def test_a_fact_in_generated_code_is_told_on_its_lines(site: Site) -> None:
    """Each with value, confidence, quote, a link to the lines and what to answer; once, until it goes."""
    await pushed(site, {"docs/guide.md": GUIDE})
    said = resting(site)
    assert {"base url", "auth"} == set(said)
    address = said["base url"]
    lines = content(site).split("\n")
    assert (CODE, "RIGHT") == (address.path, address.side)
    assert 'base_url="https://api.books.example/v1",' in lines[address.line - 1]
    assert f"({identity(address)})" in lines[address.start_line - 1]
    head = git.head_of(site.repository, "main")
    assert f"/{site.repository.full_name}/blob/{head}/docs/guide.md?plain=1#L3-L3)" in address.body
    assert "“The base URL of the API is" in address.body
    assert "confidence 0.9" in address.body
    moved = GUIDE.replace("# Guide\n", "# Guide\n\nWelcome!\n")
    before = git.head_of(site.repository, BRANCH)
    await pushed(site, {"docs/guide.md": moved})
    assert [said["base url"].id, said["auth"].id] == sorted(line.id for line in resting(site).values())[::-1]
    assert content(site) == "\n".join(lines)
    assert before is not None
    await pushed(site, {"docs/guide.md": moved.replace("The base URL of the API is", "The logo is at")})
    assert "base_url=" not in content(site)
    assert [True, False] == [resting(site)[kind].resolved for kind in ("base url", "auth")]


async def test_a_verdict_in_the_thread_changes_the_code_there(site: Site) -> None:
    """A rejected fact is out of the code at once and stays out; an accepted one stays in; both threads are settled."""
    await pushed(site, {"docs/guide.md": GUIDE})
    said = resting(site)
    explained = await say(site, said["auth"], f"/specloom explain {identity(said['auth'])}")
    assert "docs/guide.md:7" in explained
    assert "Generated code rests on it" in explained
    assert "Rejected" in await say(site, said["auth"], f"/specloom reject {identity(said['auth'])} only for partners")
    assert ("Bearer" in content(site), "base_url=" in content(site)) == (False, True)
    assert [True, False] == [resting(site)[kind].resolved for kind in ("auth", "base url")]
    assert "Accepted" in await say(site, said["base url"], f"/specloom accept {identity(said['base url'])}")
    assert resting(site)["base url"].resolved
    assert 'base_url="https://api.books.example/v1"' in content(site)
    spread = GUIDE.replace("# Guide", "# Guide to the API").replace("Authenticate every", "You authenticate each")
    await pushed(site, {"docs/guide.md": "", "docs/start/first.md": spread})
    assert ("Bearer" in content(site), "base_url=" in content(site)) == (False, True)
    assert 2 == len(resting(site))
    site.twin.people.merge(site.repository, "ada", pull(site))
    await site.quiet()
    await pushed(
        site, {"docs/start/first.md": spread + "\nMore.\n", "openapi.yaml": SPEC.replace("Bookshop", "Bookshop")}
    )
    assert "Bearer" not in content(site, branch="main")
    assert BRANCH not in {issue.head_branch for issue in site.repository.issues.values() if issue.state == "open"}


async def test_a_verdict_holds_in_its_repository_alone(site: Site) -> None:
    """Another repository of the same owner with the same docs goes on asking."""
    other = make.make_repository(site.twin.world, f"acme/other-{site.repository.name}")
    other.roles |= {"ada": "admin"}
    files = {"openapi.yaml": SPEC.encode(), "docs/guide.md": GUIDE.encode()}
    site.twin.people.push(other, "ada", "main", files)
    make.install(site.twin.world, site.app, other)
    await pushed(site, {"docs/guide.md": GUIDE})
    said = resting(site)
    await say(site, said["auth"], f"/specloom reject {identity(said['auth'])}")
    site.twin.people.push(other, "ada", "main", {"docs/more.md": b"# More\n"})
    await site.quiet()
    commit = git.commit_of(other, git.head_of(other, BRANCH) or "")
    assert b"Bearer" in commit.tree[CODE].data
    assert "Bearer" not in content(site)


async def test_an_id_that_no_fact_has_any_more(site: Site) -> None:
    """The docs have moved on: nothing is explained, a verdict may still be turned, and a slip is put right."""
    files = {"docs/guide.md": GUIDE, ".github/specloom.yml": "# ours\nfacts: {accept: ['0123abcd']}  # of last year\n"}
    content_of = {path: text.encode() for path, text in files.items()}
    site.twin.people.push(site.repository, "ada", "feature", content_of, start="main")
    opened = site.twin.people.open_pull(site.repository, "ada", "feature")

    async def asked(text: str) -> str:
        site.twin.people.comment(site.repository, "ada", opened, text)
        await site.quiet()
        return str([one.body for one in site.repository.comments.values() if "specloom:answer" in one.body][-1])

    assert "what was rejected, or the docs no longer say, is none any more" in await asked("/specloom explain 0123abcd")
    assert "`0123abcd` is accepted already" in await asked("/specloom accept 0123abcd")
    assert "Did you mean:\n\n- `0123abcd` accepted before" in await asked("/specloom reject 0123abce")
    assert "Rejected `0123abcd`" in await asked("/specloom reject 0123abcd")
    expected = '# ours\nfacts: {accept: [], reject: ["0123abcd"]}  # of last year\n'
    assert expected == content(site, ".github/specloom.yml", branch="feature")
