"""What people do without our help: push, open and close pull requests, merge, comment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pygit2

from github_twin import git
from github_twin.state import Comment, Issue, ReviewComment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from github_twin.state import Account, Repository, World
    from github_twin.webhooks import Hooks


@dataclass(frozen=True, slots=True)
class Opening:
    """What a pull request is opened with."""

    user: Account
    head: str
    base: str
    title: str
    body: str | None = None


def open_pull(world: World, repository: Repository, source: Repository, opening: Opening) -> Issue:
    """Record an open pull request."""
    now = world.now()
    issue = Issue(
        id=world.next_id(),
        number=len(repository.issues) + 1,
        user=opening.user,
        title=opening.title,
        body=opening.body,
        created_at=now,
        updated_at=now,
        head_repository=source,
        head_branch=opening.head,
        base_branch=opening.base,
    )
    repository.issues[issue.number] = issue
    return issue


def set_state(world: World, repository: Repository, issue: Issue, state: str) -> None:
    """Close or reopen; a closed pull request keeps the commits that it had."""
    if issue.head_branch:
        source = issue.head_repository or repository
        issue.last_head = git.head_of(source, issue.head_branch) or issue.last_head
        issue.last_base = git.head_of(repository, issue.base_branch) or issue.last_base
    issue.state = state
    issue.closed_at = world.now() if state == "closed" else None


class People:
    """Acts as named people, with the events that their acts cause."""

    def __init__(self, world: World, hooks: Hooks) -> None:
        self.world, self.hooks = world, hooks

    def push(
        self,
        repository: Repository,
        login: str,
        branch: str,
        files: Mapping[str, bytes | None],
        *,
        start: str | None = None,
    ) -> str:
        """Commit `files` (None removes) on `branch`, new from branch `start` if need be; return the commit id."""
        store = repository.git
        before = git.head_of(repository, branch)
        parent = before or (git.head_of(repository, start) if start else None)
        index = pygit2.Index()
        if parent:
            index.read_tree(store[parent].peel(pygit2.Tree))
        for path, content in files.items():
            if content is None:
                index.remove(path)
            else:
                index.add(pygit2.IndexEntry(path, store.create_blob(content), 0o100644))
        who = pygit2.Signature(login, f"{login}@example.test", int(self.world.now()), 0)
        message = f"Change {', '.join(sorted(files))}"[:72]
        oid = str(store.create_commit(None, who, who, message, index.write_tree(store), [parent] if parent else []))
        git.set_ref(repository, f"refs/heads/{branch}", oid)
        self.hooks.pushed(repository, {f"refs/heads/{branch}": (before or git.ZERO, oid)}, self.world.account(login))
        return oid

    def open_pull(
        self, repository: Repository, login: str, head: str, *, base: str = "main", source: Repository | None = None
    ) -> Issue:
        """Open a pull request from `head`, in the same repository or in the fork `source`."""
        user = self.world.account(login)
        if source and source is not repository:
            git.borrow(repository, source)
        issue = open_pull(self.world, repository, source or repository, Opening(user, head, base, f"Take {head}"))
        self.hooks.pull(repository, issue, "opened", user)
        return issue

    def close(self, repository: Repository, login: str, issue: Issue) -> None:
        """Close a pull request without merging it."""
        set_state(self.world, repository, issue, "closed")
        self.hooks.pull(repository, issue, "closed", self.world.account(login))

    def merge(self, repository: Repository, login: str, issue: Issue) -> str:
        """Merge a pull request with a merge commit; return its id."""
        store = repository.git
        head = git.head_of(issue.head_repository or repository, issue.head_branch or "")
        base = git.head_of(repository, issue.base_branch)
        index = store.merge_commits(base, head)
        who = pygit2.Signature(login, f"{login}@example.test", int(self.world.now()), 0)
        oid = str(store.create_commit(None, who, who, f"Merge #{issue.number}", index.write_tree(store), [base, head]))
        set_state(self.world, repository, issue, "closed")
        issue.merged_at = self.world.now()
        git.set_ref(repository, f"refs/heads/{issue.base_branch}", oid)
        user = self.world.account(login)
        self.hooks.pull(repository, issue, "closed", user)
        self.hooks.pushed(repository, {f"refs/heads/{issue.base_branch}": (base or git.ZERO, oid)}, user)
        return oid

    def comment(self, repository: Repository, login: str, issue: Issue, body: str) -> Comment:
        """Comment on an issue or pull request."""
        now = self.world.now()
        user = self.world.account(login, "Bot" if login.endswith("[bot]") else "User")
        comment = Comment(
            id=self.world.next_id(), number=issue.number, user=user, body=body, created_at=now, updated_at=now
        )
        repository.comments[comment.id] = comment
        self.hooks.commented(repository, issue, comment, "created")
        return comment

    def edit(self, repository: Repository, comment: Comment, body: str) -> None:
        """Edit a comment."""
        comment.body, comment.updated_at = body, self.world.now()
        self.hooks.commented(repository, repository.issues[comment.number], comment, "edited")

    def reply(self, repository: Repository, login: str, above: ReviewComment, body: str) -> ReviewComment:
        """Answer a review comment in its thread."""
        now = self.world.now()
        made = ReviewComment(
            id=self.world.next_id(),
            number=above.number,
            user=self.world.account(login),
            body=body,
            created_at=now,
            updated_at=now,
            review=above.review,
            path=above.path,
            commit=above.commit,
            side=above.side,
            line=above.line,
            in_reply_to=above.id,
            hunk=above.hunk,
        )
        repository.review_comments[made.id] = made
        self.hooks.line_commented(repository, repository.issues[above.number], made, "created")
        return made
