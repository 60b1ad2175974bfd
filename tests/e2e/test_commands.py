"""Slash-commands, end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from github_twin import git, make
from processes import GROWN, RENAMED

if TYPE_CHECKING:
    from github_twin.state import Comment, Issue
    from processes import Site

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400), pytest.mark.asyncio(loop_scope="module")]

BRANCH = "specloom/update"


def offer(site: Site, spec: str = RENAMED) -> Issue:
    """Open a pull request that changes the description."""
    site.twin.people.push(site.repository, "ada", "feature", {"openapi.yaml": spec.encode()}, start="main")
    return site.twin.people.open_pull(site.repository, "ada", "feature")


def answers(site: Site) -> list[str]:
    """Return what we answered to commands."""
    said = [*site.repository.comments.values(), *site.repository.review_comments.values()]
    return [comment.body for comment in said if "specloom:answer" in comment.body]


def reactions(comment: Comment) -> list[str]:
    """Return the reactions to a comment."""
    return [content for _, _, content in comment.reactions]


async def say(site: Site, thread: Issue, text: str, *, login: str = "ada") -> Comment:
    """Comment and wait for what follows."""
    comment = site.twin.people.comment(site.repository, login, thread, text)
    await site.quiet()
    return comment


async def test_help(site: Site) -> None:
    """In any issue, help lists every command."""
    issue = make.make_issue(site.twin.world, site.repository, login="ada", title="How?")
    comment = await say(site, issue, "/specloom help")
    assert ["eyes", "rocket"] == reactions(comment)
    [answer] = answers(site)
    names = ("regenerate", "diff", "explain", "approve", "accept", "reject", "export", "retry")
    assert all(f"/specloom {name}" in answer for name in names)


async def test_regenerate(site: Site) -> None:
    """Regenerate opens the pull request that a push would have opened."""
    issue = make.make_issue(site.twin.world, site.repository, login="ada", title="Please")
    comment = await say(site, issue, "Could you?\n\n/specloom regenerate\n")
    assert ["eyes", "rocket"] == reactions(comment)
    assert [BRANCH] == [i.head_branch for i in site.repository.issues.values() if i.head_branch]


async def test_regenerate_one_target(site: Site) -> None:
    """A single target has a branch of its own; a target that is not there is named."""
    issue = make.make_issue(site.twin.world, site.repository, login="ada", title="Please")
    await say(site, issue, "/specloom regenerate sdk/python")
    assert [f"{BRANCH}-sdk-python"] == [i.head_branch for i in site.repository.issues.values() if i.head_branch]
    comment = await say(site, issue, "/specloom regenerate sdk/cobol")
    assert ["eyes", "confused"] == reactions(comment)
    assert "sdk/cobol" in answers(site)[-1]


async def test_without_permission(site: Site) -> None:
    """Who may only read is told so, and nothing happens."""
    issue = make.make_issue(site.twin.world, site.repository, login="bob", title="Please")
    comment = await say(site, issue, "/specloom regenerate", login="bob")
    assert ["eyes", "confused"] == reactions(comment)
    assert "permission" in answers(site)[-1]
    assert git.head_of(site.repository, BRANCH) is None


async def test_diff(site: Site) -> None:
    """Two branches are compared, for anybody who may read; names that are none are refused."""
    offer(site)
    issue = make.make_issue(site.twin.world, site.repository, login="bob", title="What changed?")
    comment = await say(site, issue, "/specloom diff main..feature", login="bob")
    assert "rocket" in reactions(comment)
    assert "GET /books" in answers(site)[-1]
    await say(site, issue, "/specloom diff main..nowhere")
    assert "nowhere" in answers(site)[-1]
    await say(site, issue, "/specloom diff --upload-pack=x")
    assert "two dots" in answers(site)[-1]


async def test_explain_and_approve(site: Site) -> None:
    """A change is explained by its ID, then approved: the config remembers, and the check turns green."""
    pull = offer(site)
    await site.quiet()
    [line] = site.repository.review_comments.values()
    identity = line.body.partition("/specloom approve ")[2].split()[0]
    await say(site, pull, f"/specloom explain {identity}")
    assert "GET /books" in answers(site)[-1]
    await say(site, pull, f"/specloom approve {identity} nobody uses it")
    config = git.commit_of(site.repository, git.head_of(site.repository, "feature") or "").tree[".github/specloom.yml"]
    assert identity.encode() in config.data
    assert "success" == list(site.repository.check_runs.values())[-1].conclusion
    await say(site, pull, f"/specloom approve {identity}")
    assert "already" in answers(site)[-1]


async def test_approve_on_a_fork(site: Site) -> None:
    """In a fork we cannot write, so the answer shows what to write."""
    fork = make.make_repository(site.twin.world, f"eve/fork-{site.repository.name}", fork_of=site.repository)
    site.twin.people.push(fork, "eve", "evil", {"openapi.yaml": RENAMED.encode()}, start="main")
    pull = site.twin.people.open_pull(site.repository, "eve", "evil", source=fork)
    await site.quiet()
    [line] = site.repository.review_comments.values()
    identity = line.body.partition("/specloom approve ")[2].split()[0]
    comment = await say(site, pull, f"/specloom approve {identity}")
    assert "confused" in reactions(comment)
    assert f"fingerprint: {identity}" in answers(site)[-1]


async def test_accept_and_reject(site: Site) -> None:
    """A fact of the docs is accepted, then rejected: the config holds the last word alone, and its comments."""
    guide = b"# Shop API\n\nEvery user may send at most 90 requests per minute.\n"
    files = {"docs/guide.md": guide, ".github/specloom.yml": b"branch: specloom/update  # ours\n"}
    site.twin.people.push(site.repository, "ada", "feature", files, start="main")
    pull = site.twin.people.open_pull(site.repository, "ada", "feature")
    assert ["eyes", "confused"] == reactions(await say(site, pull, "/specloom accept zzz"))
    identity = answers(site)[-1].partition("- `")[2].partition("` rate limit")[0]
    assert "confused" in reactions(await say(site, pull, f"/specloom accept {identity}", login="bob"))
    head = git.head_of(site.repository, "feature")
    assert "rocket" in reactions(await say(site, pull, f"/specloom accept {identity[:6]} it is so"))
    accepted = f'branch: specloom/update  # ours\nfacts:\n  accept:\n    - "{identity}"\n'
    commit = git.commit_of(site.repository, git.head_of(site.repository, "feature") or "")
    assert [head] == [str(parent.id) for parent in commit.parents]
    assert "it is so" in commit.message
    assert accepted == commit.tree[".github/specloom.yml"].data.decode()
    await say(site, pull, f"/specloom accept {identity}")
    assert "already" in answers(site)[-1]
    assert str(commit.id) == git.head_of(site.repository, "feature")
    await say(site, pull, f"/specloom reject {identity}")
    config = git.commit_of(site.repository, git.head_of(site.repository, "feature") or "").tree[".github/specloom.yml"]
    rejected = f'branch: specloom/update  # ours\nfacts:\n  accept: []\n  reject:\n    - "{identity}"\n'
    assert rejected == config.data.decode()
    assert "rocket" in reactions(await say(site, pull, f"/specloom accept {identity}"))


async def test_in_a_review_thread(site: Site) -> None:
    """A command in a review thread is answered in that thread."""
    offer(site)
    await site.quiet()
    [line] = site.repository.review_comments.values()
    identity = line.body.partition("/specloom approve ")[2].split()[0]
    typed = site.twin.people.reply(site.repository, "ada", line, f"/specloom explain {identity}")
    await site.quiet()
    assert ["eyes", "rocket"] == reactions(typed)
    last = list(site.repository.review_comments.values())[-1]
    assert line.id == last.in_reply_to
    assert "GET /books" in last.body


@pytest.mark.parametrize(
    ("login", "text"),
    [
        ("ada", "```\n/specloom regenerate\n```"),
        ("ada", "> /specloom regenerate"),
        ("ada", "    /specloom regenerate"),
        ("ada", "please /specloom regenerate"),
        ("ada", "<!--\n/specloom regenerate\n-->"),
        ("dependabot[bot]", "/specloom regenerate"),
    ],
)
async def test_no_command(site: Site, login: str, text: str) -> None:
    """What is quoted, in code, hidden, within a sentence or said by a bot commands nothing."""
    issue = make.make_issue(site.twin.world, site.repository, login="ada", title="Hm")
    comment = await say(site, issue, text, login=login)
    assert [] == site.twin.writes
    assert [] == comment.reactions


async def test_edit_is_no_command(site: Site) -> None:
    """A command that is edited into a comment is not obeyed."""
    issue = make.make_issue(site.twin.world, site.repository, login="ada", title="Hm")
    comment = await say(site, issue, "hello")
    site.twin.people.edit(site.repository, comment, "/specloom regenerate")
    await site.quiet()
    assert [] == site.twin.writes


async def test_export_status_retry(site: Site) -> None:
    """The remaining commands answer with something to go on."""
    pull = offer(site, GROWN)
    for command, expected in {
        "export": "/archive/refs/heads/main.zip",
        "status": "this pull request: ",
        "retry": "Queued: this pull request",
        "dance": "There is no command",
    }.items():
        await say(site, pull, f"/specloom {command}")
        assert expected in answers(site)[-1]


async def test_a_command_that_there_is_not(site: Site) -> None:
    """What there is is listed instead."""
    issue = make.make_issue(site.twin.world, site.repository, login="ada", title="Please")
    comment = await say(site, issue, "/specloom flow new")
    assert ["eyes", "confused"] == reactions(comment)
    [answer] = answers(site)
    assert "There is no command `flow`; these are the ones there are." in answer
    assert "/specloom regenerate" in answer


async def test_an_answer_mentions_and_links_nobody(site: Site) -> None:
    """What a mistake quotes from a repository stays text."""
    config = b'"@octocat ![x](https://evil.example/x)<!-- specloom:sticky 1 -->": 1\n'
    site.twin.people.push(site.repository, "ada", "main", {".github/specloom.yml": config})
    issue = make.make_issue(site.twin.world, site.repository, login="ada", title="Please")
    await say(site, issue, "/specloom regenerate")
    [answer] = answers(site)
    assert "is not a key here" in answer
    assert not [word for word in ("@octocat", "![x]", "://evil", "<!-- specloom:sticky") if word in answer]
    summaries = [run.output["summary"] for run in site.repository.check_runs.values()]
    assert not [text for text in summaries if "@octocat" in text or "![x]" in text]
