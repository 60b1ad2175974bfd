"""GraphQL: the two mutations that give a true lease on refs, drafts, and who is asking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pygit2
from graphql import GraphQLError, build_schema, graphql_sync

from github_twin import auth, git
from github_twin.call import decode_base64
from github_twin.state import Refusal, Token

if TYPE_CHECKING:
    from github_twin.state import Repository, ReviewComment, World
    from github_twin.webhooks import Hooks

SCHEMA: Final = build_schema(
    """
    scalar Base64String
    scalar GitObjectID
    scalar GitRefname
    scalar URI
    type Query { viewer: User! repository(owner: String!, name: String!): Repository }
    type Repository { pullRequest(number: Int!): PullRequest }
    type PullRequest { reviewThreads(first: Int, last: Int): PullRequestReviewThreadConnection! }
    type PullRequestReviewThreadConnection { nodes: [PullRequestReviewThread] }
    type PullRequestReviewThread {
      id: ID! isResolved: Boolean! comments(first: Int, last: Int): PullRequestReviewCommentConnection!
    }
    type PullRequestReviewCommentConnection { nodes: [PullRequestReviewComment] }
    type PullRequestReviewComment { body: String! viewerDidAuthor: Boolean! }
    input ResolveReviewThreadInput { clientMutationId: String threadId: ID! }
    type ResolveReviewThreadPayload { clientMutationId: String }
    type User { login: String! }
    type Commit { oid: GitObjectID! url: URI! }
    type Ref { name: String! }
    input RefUpdate { afterOid: GitObjectID! beforeOid: GitObjectID force: Boolean = false name: GitRefname! }
    input UpdateRefsInput { clientMutationId: String refUpdates: [RefUpdate!]! repositoryId: ID! }
    type UpdateRefsPayload { clientMutationId: String }
    input CommittableBranch { branchName: String id: ID repositoryNameWithOwner: String }
    input FileAddition { contents: Base64String! path: String! }
    input FileDeletion { path: String! }
    input FileChanges { additions: [FileAddition!] = [] deletions: [FileDeletion!] = [] }
    input CommitMessage { body: String headline: String! }
    input CreateCommitOnBranchInput {
      branch: CommittableBranch! clientMutationId: String expectedHeadOid: GitObjectID!
      fileChanges: FileChanges message: CommitMessage!
    }
    type CreateCommitOnBranchPayload { clientMutationId: String commit: Commit ref: Ref }
    input ConvertPullRequestToDraftInput { clientMutationId: String pullRequestId: ID! }
    type ConvertPullRequestToDraftPayload { clientMutationId: String }
    input MarkPullRequestReadyForReviewInput { clientMutationId: String pullRequestId: ID! }
    type MarkPullRequestReadyForReviewPayload { clientMutationId: String }
    type Mutation {
      convertPullRequestToDraft(input: ConvertPullRequestToDraftInput!): ConvertPullRequestToDraftPayload
      markPullRequestReadyForReview(input: MarkPullRequestReadyForReviewInput!): MarkPullRequestReadyForReviewPayload
      resolveReviewThread(input: ResolveReviewThreadInput!): ResolveReviewThreadPayload
      updateRefs(input: UpdateRefsInput!): UpdateRefsPayload
      createCommitOnBranch(input: CreateCommitOnBranchInput!): CreateCommitOnBranchPayload
    }
    """
)
"""The shapes are those of GitHub's public GraphQL schema."""


class Mutations:
    """Root value: one method per mutation. graphql-core calls them with the field's arguments."""

    def __init__(self, world: World, hooks: Hooks, token: Token) -> None:
        self.world, self.hooks, self.token = world, hooks, token

    def updateRefs(self, _info: object, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002, N802  # GraphQL's names
        """Move all the refs or none of them."""
        repository = self._repository(lambda r: r.node_id == input["repositoryId"])
        moves: dict[str, tuple[str, str]] = {}
        for update in input["refUpdates"]:
            moves[update["name"]] = self._checked(repository, update)
        for name, (_, after) in moves.items():
            git.set_ref(repository, name, None if after == git.ZERO else after)
        self.hooks.pushed(repository, moves, self.token.user)
        return {"clientMutationId": input.get("clientMutationId")}

    def _checked(self, repository: Repository, update: dict[str, Any]) -> tuple[str, str]:
        name, after = update["name"], update["afterOid"]
        now = git.ref_of(repository, name) or git.ZERO
        expected = update.get("beforeOid")
        if not name.startswith("refs/"):
            raise GraphQLError(f"{name} is not a fully qualified ref name")
        if expected is not None and expected != now:
            raise GraphQLError(f"Reference {name} was at {now} but expected {expected}")
        if after != git.ZERO and after not in repository.git:
            raise GraphQLError(f"Object {after} does not exist")
        moved = git.ZERO not in (now, after) and not git.is_ancestor(repository, now, after)
        if moved and not update.get("force"):
            raise GraphQLError(f"Update of {name} is not a fast-forward")
        return now, after

    def createCommitOnBranch(self, _info: object, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002, N802
        """Commit on a branch whose head is where the caller thinks it is."""
        branch = input["branch"]
        repository = self._repository(lambda r: r.full_name == branch.get("repositoryNameWithOwner"))
        name = branch["branchName"].removeprefix("refs/heads/")
        head = git.head_of(repository, name)
        if head is None:
            raise GraphQLError(f"Could not resolve to a node with the name {name}")
        if head != input["expectedHeadOid"]:
            raise GraphQLError(f'Expected branch to point to "{input["expectedHeadOid"]}" but it points to "{head}".')
        oid = self._commit(repository, head, input)
        git.set_ref(repository, f"refs/heads/{name}", oid)
        self.hooks.pushed(repository, {f"refs/heads/{name}": (head, oid)}, self.token.user)
        return {"commit": {"oid": oid, "url": f"/{repository.full_name}/commit/{oid}"}, "ref": {"name": name}}

    def _commit(self, repository: Repository, head: str, request: dict[str, Any]) -> str:
        store = repository.git
        index = pygit2.Index()
        index.read_tree(store[head].peel(pygit2.Tree))
        changes = request.get("fileChanges") or {}
        for deletion in changes.get("deletions", ()):
            if deletion["path"] not in index:
                raise GraphQLError(f"A path was requested for deletion which does not exist: {deletion['path']}")
            index.remove(deletion["path"])
        for addition in changes.get("additions", ()):
            blob = store.create_blob(decode_base64(addition["contents"]))
            index.add(pygit2.IndexEntry(addition["path"], blob, 0o100644))
        message = "\n\n".join(filter(None, (request["message"]["headline"], request["message"].get("body"))))
        who = pygit2.Signature(self.token.user.login, "bot@github.test", int(self.world.now()), 0)
        oid = str(store.create_commit(None, who, who, message, index.write_tree(store), [head]))
        if self.token.app is not None:
            repository.signed.add(oid)
        return oid

    def convertPullRequestToDraft(self, _info: object, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002, N802
        """Make a pull request a draft."""
        return self._set_draft(input["pullRequestId"], draft=True)

    def markPullRequestReadyForReview(self, _info: object, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002, N802
        """Make a draft ready."""
        return self._set_draft(input["pullRequestId"], draft=False)

    def _set_draft(self, node_id: str, *, draft: bool) -> dict[str, Any]:
        for repository in self.world.repositories.values():
            for issue in repository.issues.values():
                if f"PR_{issue.id}" == node_id:
                    issue.draft = draft
                    return {"clientMutationId": None}
        raise GraphQLError("Could not resolve to a node with the global id")

    def repository(self, _info: object, owner: str, name: str) -> dict[str, Any]:
        """Give a pull request's threads; each begins with a comment that answers none."""
        repository = self._repository(lambda r: r.full_name == f"{owner}/{name}")

        def threads(_info: object, number: int) -> dict[str, Any]:
            firsts = [c for c in repository.review_comments.values() if c.number == number and c.in_reply_to is None]
            return {"reviewThreads": {"nodes": [self._thread(comment) for comment in firsts]}}

        return {"pullRequest": threads}

    def _thread(self, comment: ReviewComment) -> dict[str, Any]:
        first = {"body": comment.body, "viewerDidAuthor": comment.user is self.token.user}
        return {"id": f"PRRT_{comment.id}", "isResolved": comment.resolved, "comments": {"nodes": [first]}}

    def resolveReviewThread(self, _info: object, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002, N802
        """Mark a thread as resolved."""
        for repository in self.world.repositories.values():
            for comment in repository.review_comments.values():
                if f"PRRT_{comment.id}" == input["threadId"]:
                    comment.resolved = True
                    return {"clientMutationId": None}
        raise GraphQLError("Could not resolve to a node with the global id")

    def viewer(self, _info: object) -> dict[str, Any]:
        """Say whose token this is."""
        return {"login": self.token.user.login}

    def _repository(self, wanted: Any) -> Repository:  # noqa: ANN401  # a predicate
        found = next((r for r in self.world.repositories.values() if wanted(r)), None)
        if found is None:
            raise GraphQLError("Could not resolve to a node with the global id of that repository")
        try:
            auth.demand(self.token, found, "contents", "write")
        except Refusal:
            raise GraphQLError("Resource not accessible by integration") from None
        return found


def execute(world: World, hooks: Hooks, token: Token, request: dict[str, Any]) -> dict[str, Any]:
    """Run a GraphQL request; errors come with status 200, as GitHub's do."""
    result = graphql_sync(
        SCHEMA,
        request.get("query", ""),
        root_value=Mutations(world, hooks, token),
        variable_values=request.get("variables") or {},
    )
    body: dict[str, Any] = {"data": result.data}
    if result.errors:
        body["errors"] = [{"type": "UNPROCESSABLE", "message": e.message, "path": e.path} for e in result.errors]
    return body
