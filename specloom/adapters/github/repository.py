"""The calls that we make on one repository: an address and a shape each, and no decisions."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast

import gidgethub

from specloom.errors import UpstreamError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.adapters.github.client import Client
    from specloom.adapters.github.shapes import (
        CheckRunInfo,
        Comment,
        LineComment,
        Pull,
        PullFile,
        RepositoryInfo,
        Thread,
    )

NOTHING: Final = "0" * 40
"""The object id that stands for "no such ref" on either side of a move."""

UPDATE_REFS: Final = """
mutation($repository: ID!, $updates: [RefUpdate!]!) {
  updateRefs(input: {repositoryId: $repository, refUpdates: $updates}) { clientMutationId }
}
"""

DRAFT: Final = "mutation($id: ID!) { convertPullRequestToDraft(input: {pullRequestId: $id}) { clientMutationId } }"
READY: Final = "mutation($id: ID!) { markPullRequestReadyForReview(input: {pullRequestId: $id}) { clientMutationId } }"

THREADS: Final = """
query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { reviewThreads(last: 100) { nodes {
    id isResolved comments(first: 1) { nodes { body viewerDidAuthor } }
  } } } }
}
"""
RESOLVE: Final = "mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { clientMutationId } }"

CommentKind: TypeAlias = Literal["issue", "review"]
Body: TypeAlias = "Mapping[str, Any]"


@dataclass(frozen=True, slots=True)
class RefMove:
    """A ref that is to go from `before` to `after`; `NOTHING` stands for creation and deletion."""

    name: str
    before: str
    after: str
    force: bool = False


class LeaseLost(Exception):  # noqa: N818  # a state of the world, not a fault
    """A ref was no longer where we had seen it: somebody else was first."""


class Repository:
    """One repository as `client` may see it; `full_name` is `owner/name`."""

    def __init__(self, client: Client, full_name: str) -> None:
        self.client, self.full_name = client, full_name
        self._base = f"/repos/{full_name}"

    async def info(self) -> RepositoryInfo:
        """Return the repository itself."""
        return cast("RepositoryInfo", await self.client.getitem(self._base))

    async def file(self, path: str) -> bytes | None:
        """Return a file of the default branch, up to a megabyte, or None where there is none."""
        try:
            answer = await self.client.getitem(f"{self._base}/contents/{path}")
        except gidgethub.BadRequest as error:
            if error.status_code == HTTPStatus.NOT_FOUND:
                return None
            raise
        return base64.b64decode(answer["content"]) if isinstance(answer, dict) and "content" in answer else None

    async def permission(self, login: str) -> str:
        """Return `none`, `read`, `write`, `maintain` or `admin`; the last three may push."""
        try:
            answer = await self.client.getitem(f"{self._base}/collaborators/{{login}}/permission", {"login": login})
        except gidgethub.BadRequest as error:
            if error.status_code == HTTPStatus.NOT_FOUND:
                return "none"
            raise
        return cast("str", answer["permission"])

    async def pulls(self, **query: str) -> list[Pull]:
        """List pull requests; `head` is `owner:branch`, `state` one of open, closed, all."""
        return [pull async for pull in self._all("pulls", query)]

    async def pull(self, number: int) -> Pull:
        """Return one pull request."""
        return cast("Pull", await self.client.getitem(f"{self._base}/pulls/{number}"))

    async def create_pull(self, body: Body) -> Pull:
        """Open a pull request; a second one for the same head and base is a 422."""
        return cast("Pull", await self.client.post(f"{self._base}/pulls", data=body))

    async def update_pull(self, number: int, body: Body) -> Pull:
        """Change title, body or state."""
        return cast("Pull", await self.client.patch(f"{self._base}/pulls/{number}", data=body))

    async def set_draft(self, node_id: str, *, draft: bool) -> None:
        """Make a pull request a draft, or ready; REST can do neither."""
        await self.client.mutate(DRAFT if draft else READY, id=node_id)

    async def pull_files(self, number: int) -> list[PullFile]:
        """List the changed files with their patches; GitHub ends the list at 3,000."""
        return [file async for file in self._all(f"pulls/{number}/files")]

    async def line_comments(self, number: int) -> list[LineComment]:
        """List the comments on lines of a pull request."""
        return [comment async for comment in self._all(f"pulls/{number}/comments")]

    async def line_comment(self, number: int) -> LineComment:
        """Return one comment on lines."""
        return cast("LineComment", await self.client.getitem(f"{self._base}/pulls/comments/{number}"))

    async def create_review(self, number: int, body: Body) -> None:
        """Submit a review; one comment outside the diff is a 422 for all of it."""
        await self.client.post(f"{self._base}/pulls/{number}/reviews", data=body)

    async def reviews(self, number: int) -> list[Comment]:
        """List the reviews of a pull request."""
        return [review async for review in self._all(f"pulls/{number}/reviews")]

    async def threads(self, number: int) -> list[Thread]:
        """List the newest threads on lines of a pull request; REST does not know which are resolved."""
        owner, _, name = self.full_name.partition("/")
        answer = await self.client.mutate(THREADS, owner=owner, name=name, number=number)
        return cast("list[Thread]", answer["repository"]["pullRequest"]["reviewThreads"]["nodes"])

    async def resolve_thread(self, thread: str) -> None:
        """Mark a thread as resolved; doing so twice is doing so once."""
        await self.client.mutate(RESOLVE, id=thread)

    async def comments(self, number: int) -> list[Comment]:
        """List the comments below an issue or pull request."""
        return [comment async for comment in self._all(f"issues/{number}/comments")]

    async def comment(self, number: int) -> Comment:
        """Return one comment below an issue or pull request."""
        return cast("Comment", await self.client.getitem(f"{self._base}/issues/comments/{number}"))

    async def create_comment(self, number: int, text: str) -> Comment:
        """Comment below an issue or pull request."""
        return cast("Comment", await self.client.post(f"{self._base}/issues/{number}/comments", data={"body": text}))

    async def update_comment(self, comment: int, text: str) -> None:
        """Replace a comment's text."""
        await self.client.patch(f"{self._base}/issues/comments/{comment}", data={"body": text})

    async def reply(self, number: int, comment: int, text: str) -> None:
        """Answer in the thread of a comment on lines; `comment` is the thread's first."""
        await self.client.post(f"{self._base}/pulls/{number}/comments/{comment}/replies", data={"body": text})

    async def react(self, kind: CommentKind, comment: int, content: str) -> None:
        """React to a comment; doing so twice is doing so once."""
        family = "issues" if kind == "issue" else "pulls"
        await self.client.post(f"{self._base}/{family}/comments/{comment}/reactions", data={"content": content})

    async def check_runs(self, ref: str, name: str) -> list[CheckRunInfo]:
        """List the check runs called `name` on a commit, of every App."""
        return [run async for run in self._all(f"commits/{ref}/check-runs", {"check_name": name}, key="check_runs")]

    async def create_check_run(self, body: Body) -> CheckRunInfo:
        """Start (or start and end) a check run."""
        return cast("CheckRunInfo", await self.client.post(f"{self._base}/check-runs", data=body))

    async def update_check_run(self, number: int, body: Body) -> CheckRunInfo:
        """Change a check run; annotations are added to those that stand."""
        return cast("CheckRunInfo", await self.client.patch(f"{self._base}/check-runs/{number}", data=body))

    async def ref(self, name: str) -> str | None:
        """Return what a full ref name points at, or None."""
        try:
            answer = await self.client.getitem(f"{self._base}/git/ref/{name.removeprefix('refs/')}")
        except gidgethub.BadRequest as error:
            if error.status_code == HTTPStatus.NOT_FOUND:
                return None
            raise
        return cast("str", answer["object"]["sha"])

    async def create_blob(self, content_base64: str) -> str:
        """Store bytes; return their object id."""
        data = {"content": content_base64, "encoding": "base64"}
        return cast("str", (await self.client.post(f"{self._base}/git/blobs", data=data))["sha"])

    async def create_tree(self, entries: Sequence[Body], base: str | None) -> str:
        """Store a tree made of `base` and `entries`; return its object id."""
        data = {"tree": list(entries)} | ({"base_tree": base} if base else {})
        return cast("str", (await self.client.post(f"{self._base}/git/trees", data=data))["sha"])

    async def create_commit(self, message: str, tree: str, parents: Sequence[str]) -> str:
        """Store a commit without naming an author, so that GitHub signs it; return its object id."""
        data = {"message": message, "tree": tree, "parents": list(parents)}
        return cast("str", (await self.client.post(f"{self._base}/git/commits", data=data))["sha"])

    async def move_refs(self, node_id: str, moves: Sequence[RefMove]) -> None:
        """Move all the refs or none, each from where we saw it; raises LeaseLost where one is elsewhere."""
        updates = [{"name": m.name, "beforeOid": m.before, "afterOid": m.after, "force": m.force} for m in moves]
        try:
            await self.client.mutate(UPDATE_REFS, repository=node_id, updates=updates)
        except gidgethub.QueryError as error:
            for move in moves:
                if (await self.ref(move.name) or NOTHING) != move.before:
                    raise LeaseLost(move.name) from error
            raise
        except gidgethub.GraphQLException as error:
            raise UpstreamError(f"GitHub refused to move {moves[0].name}: {error}") from error

    async def _all(self, path: str, query: Mapping[str, str] | None = None, *, key: str = "items") -> Any:  # noqa: ANN401
        parameters = {**(query or {}), "per_page": "100"}
        url = f"{self._base}/{path}{{?{','.join(sorted(parameters))}}}"
        async for item in self.client.getiter(url, parameters, iterable_key=key):
            yield item
