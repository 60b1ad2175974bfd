"""Comments in place, and the one below."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from github_twin import Fault, git, make
from specloom.errors import UpstreamError
from specloom.model.plan import ReviewComment
from specloom.publish.apply import say_below, say_in_place
from specloom.publish.review import MOST_COMMENTS
from specloom.publish.texts import clip, digest, marker

if TYPE_CHECKING:
    from github_twin.state import Issue
    from publishing import Shop
    from specloom.model.plan import Annotation

LINES = [f"line {n}\n".encode() for n in range(1, 41)]


def note(key: str = "k1", start: int = 20, end: int = 20, **rest: str) -> ReviewComment:
    """Return a comment on lines of api.yaml."""
    values = {"path": "api.yaml", "body": "This breaks callers.", **rest}
    return ReviewComment(key=key, line_start=start, line_end=end, **values)


@pytest.fixture
def pull(shop: Shop) -> Issue:
    """Open a pull request that changes line 20, removes line 5 and is behind its base by ten lines above."""
    people = shop.twin.people
    people.push(shop.hosted, "ada", "main", {"api.yaml": b"".join(LINES)})
    changed = [*LINES[:4], *LINES[5:19], b"line twenty\n", *LINES[20:]]
    people.push(shop.hosted, "ada", "feature", {"api.yaml": b"".join(changed)}, start="main")
    people.push(shop.hosted, "ada", "main", {"api.yaml": b"new\n" * 10 + b"".join(LINES)})
    return people.open_pull(shop.hosted, "ada", "feature")


async def say(shop: Shop, pull: Issue, *comments: ReviewComment) -> tuple[Annotation, ...]:
    """Review the pull request at its head."""
    head = git.head_of(shop.hosted, "feature")
    return await say_in_place(shop.voice, pull.number, comments, commit=head)


@pytest.mark.parametrize(
    ("expected", "comment"),
    [
        ((None, 19, "RIGHT"), note(start=19, end=19)),
        ((18, 20, "RIGHT"), note(start=18, end=20)),
        ((None, 5, "LEFT"), note(start=5, end=5, side="LEFT")),
        ((None, 19, "RIGHT"), note(start=10, end=30)),
        (None, note(start=12, end=12)),
        (None, note(start=19, end=19, path="README.md")),
        (None, note(start=19, end=30, body="```suggestion\nx\n```")),
        (None, note(start=5, end=5, side="LEFT", body="```suggestion\nx\n```")),
        ((18, 19, "RIGHT"), note(start=18, end=19, body="```suggestion\nx\n```")),
    ],
)
async def test_where_comments_stand(
    shop: Shop, pull: Issue, expected: tuple[int | None, int, str] | None, comment: ReviewComment
) -> None:
    """A comment stands on its lines, on the changed one among them, or, outside the diff, nowhere."""
    leftovers = await say(shop, pull, comment)
    found = [(c.start_line, c.line, c.side) for c in shop.hosted.review_comments.values()]
    assert ([expected] if expected else []) == found
    assert (0 if expected else 1) == len(leftovers)


async def test_one_review_and_nothing_twice(shop: Shop, pull: Issue) -> None:
    """New comments come as one review; what was said, or was said and deleted, is not said again."""
    first, second = note("k1", 19, 19), note("k2", 18, 18)
    await say(shop, pull, first, second)
    assert (1, 2) == (len(shop.hosted.reviews), len(shop.hosted.review_comments))
    shop.hosted.review_comments.pop(next(iter(shop.hosted.review_comments)))
    before = len(shop.twin.writes)
    await say(shop, pull, first, second)
    assert [] == shop.twin.writes[before:]
    await say(shop, pull, first, note("k3", 20, 20))
    assert (2, 2) == (len(shop.hosted.reviews), len(shop.hosted.review_comments))


async def test_markers_of_others_do_not_count(shop: Shop, pull: Issue) -> None:
    """Somebody who writes our marker does not silence us."""
    from github_twin.state import Review

    forged = marker("keys", "k1")
    shop.hosted.reviews[1] = Review(
        id=1,
        number=pull.number,
        user=shop.twin.world.account("eve"),
        body=forged,
        state="COMMENTED",
        commit="",
        submitted_at=0,
    )
    await say(shop, pull, note("k1", 19, 19))
    assert 1 == len(shop.hosted.review_comments)


async def test_many_comments(shop: Shop, pull: Issue) -> None:
    """Beyond what anybody reads in place, comments become annotations."""
    leftovers = await say(shop, pull, *(note(f"k{n}", 19, 19) for n in range(MOST_COMMENTS + 5)))
    assert (MOST_COMMENTS, 5) == (len(shop.hosted.review_comments), len(leftovers))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("kind", ["500", "reset"])
@pytest.mark.parametrize("call", ["POST .*/reviews", "POST .*/comments"])
async def test_cut_off(shop: Shop, pull: Issue, kind: str, call: str, *, after: bool) -> None:
    """A fault at a creation leaves one review and one comment after the next run."""

    async def work() -> None:
        await say(shop, pull, note("k1", 19, 19))
        await say_below(shop.voice, pull.number, "All of it")

    shop.twin.faults.append(Fault(kind, call, after_effect=after))
    with pytest.raises(UpstreamError):
        await work()
    await work()
    assert (1, 1) == (len(shop.hosted.reviews), len(shop.hosted.comments))


async def test_sticky_comment(shop: Shop, pull: Issue) -> None:
    """The comment is made once, changed when its text changes, and left alone otherwise, whatever the link."""
    await say_below(shop.voice, pull.number, "one")
    before = len(shop.twin.writes)
    await say_below(replace(shop.voice, report="https://x.test/r?expires=1"), pull.number, "one")
    assert [] == shop.twin.writes[before:]
    await say_below(replace(shop.voice, report="https://x.test/r?expires=2"), pull.number, "two")
    [comment] = shop.hosted.comments.values()
    assert "two" in comment.body
    assert "expires=2" in comment.body


async def test_sticky_comment_of_somebody_else(shop: Shop, pull: Issue) -> None:
    """A comment with our marker that somebody else wrote is never edited."""
    forged = shop.twin.people.comment(shop.hosted, "eve", pull, f"{marker('sticky', digest('x'))}\nnot us")
    await say_below(shop.voice, pull.number, "one")
    assert "not us" in forged.body
    assert 2 == len(shop.hosted.comments)


async def test_quiet(shop: Shop, pull: Issue) -> None:
    """With nothing to say, no comment is begun; one that stands is kept true."""
    await say_below(shop.voice, pull.number, "nothing", quiet=True)
    assert {} == shop.hosted.comments
    await say_below(shop.voice, pull.number, "something")
    await say_below(shop.voice, pull.number, "nothing", quiet=True)
    assert ["nothing"] == [comment.body.splitlines()[-1] for comment in shop.hosted.comments.values()]


async def test_long_comment(shop: Shop, pull: Issue) -> None:
    """A text beyond GitHub's limit is cut to fit, and says where the rest is."""
    await say_below(shop.voice, pull.number, "<details>\n" + "word\n" * 50_000)
    [comment] = shop.hosted.comments.values()
    assert len(comment.body) <= 65_536
    assert comment.body.count("<details>") == comment.body.count("</details>")
    assert "The check run has more." in comment.body


async def test_token_of_a_fork(shop: Shop, pull: Issue) -> None:
    """A read-only token, as workflows on forks have, is refused and changes nothing."""
    installation = next(iter(shop.twin.world.installations.values()))
    installation.permissions = make.READ_ONLY
    with pytest.raises(Exception, match="Resource not accessible by integration"):
        await say_below(shop.voice, pull.number, "one")


@pytest.mark.parametrize("text", ["", "short", "x" * 500, "a\n" * 400, "~~~\n" + "b\n" * 400])
def test_clip(text: str) -> None:
    """A text that fits is not touched; any other fits afterwards."""
    assert (text if len(text) <= 300 else None) in {clip(text, 300), None}
    assert len(clip(text, 300)) <= 300
