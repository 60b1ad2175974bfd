"""Webhooks: signed, delivered in the background, logged, and redelivered with the same GUID."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from typing import TYPE_CHECKING, Any

import aiohttp

from github_twin import git
from github_twin.state import Delivery

if TYPE_CHECKING:
    from github_twin.render import Render
    from github_twin.state import Account, Comment, Issue, Repository, ReviewComment, World


def signature(secret: str, payload: bytes) -> str:
    """Return the value of `X-Hub-Signature-256`."""
    return "sha256=" + hmac.new(secret.encode(), payload, hashlib.sha256).hexdigest()


def headers_of(delivery: Delivery) -> dict[str, str]:
    """Return the headers that GitHub sends with a delivery."""
    payload, secret = delivery.payload, delivery.app.webhook_secret
    return {
        "Accept": "*/*",
        "Content-Type": "application/json",
        "User-Agent": "GitHub-Hookshot/044aadd",
        "X-GitHub-Delivery": delivery.guid,
        "X-GitHub-Event": delivery.event,
        "X-GitHub-Hook-ID": "4321",
        "X-GitHub-Hook-Installation-Target-ID": str(delivery.app.id),
        "X-GitHub-Hook-Installation-Target-Type": "integration",
        "X-Hub-Signature": "sha1=" + hmac.new(secret.encode(), payload, hashlib.sha1).hexdigest(),
        "X-Hub-Signature-256": signature(secret, payload),
    }


class Hooks:
    """Tells the Apps what happened. `muted` keeps deliveries from being sent, as when GitHub is behind."""

    def __init__(self, world: World, render: Render) -> None:
        self.world, self.render = world, render
        self.muted = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def emit(self, repository: Repository, event: str, body: dict[str, Any], sender: Account) -> None:
        """Deliver `event` to every App that listens and sees the repository."""
        for installation in self.world.installations.values():
            app = installation.app
            if repository not in installation.repositories or event not in app.events or not app.webhook_url:
                continue
            context = {
                "repository": self.render.repository(repository),
                "organization": {"login": repository.owner.login, "id": repository.owner.id},
                "sender": self.render.account(sender),
                "installation": {"id": installation.id, "node_id": f"MDIz{installation.id}"},
            }
            delivery = Delivery(
                id=self.world.next_id(),
                guid=str(uuid.uuid4()),
                event=event,
                event_action=body.get("action"),
                payload=json.dumps(body | context).encode(),
                app=app,
                installation=installation,
                repository=repository,
                delivered_at=self.world.now(),
            )
            self._start(delivery)

    def redeliver(self, delivery: Delivery) -> None:
        """Deliver again, under the same GUID."""
        fields = {name: getattr(delivery, name) for name in ("guid", "event", "event_action", "payload", "app")}
        again = Delivery(
            **fields,
            id=self.world.next_id(),
            installation=delivery.installation,
            repository=delivery.repository,
            delivered_at=self.world.now(),
            redelivery=True,
        )
        self._start(again)

    def _start(self, delivery: Delivery) -> None:
        self.world.deliveries[delivery.id] = delivery
        if self.muted:
            delivery.status, delivery.status_code = "timed out", 0
            return
        task = asyncio.get_running_loop().create_task(self._deliver(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, delivery: Delivery) -> None:
        self._session = self._session or aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10))
        started = time.monotonic()
        url = delivery.app.webhook_url or ""
        try:
            async with self._session.post(url, data=delivery.payload, headers=headers_of(delivery)) as response:
                delivery.status_code = response.status
                delivery.status = "OK" if response.status < 400 else response.reason or "error"
        except (aiohttp.ClientError, TimeoutError, OSError):
            delivery.status, delivery.status_code = "failed to connect to host", 502
        delivery.duration = round(time.monotonic() - started, 3)

    async def settle(self) -> None:
        """Wait until every delivery under way has been answered or has failed."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        """Stop delivering."""
        await self.settle()
        if self._session:
            await self._session.close()

    def pushed(self, repository: Repository, moves: dict[str, tuple[str, str]], sender: Account) -> None:
        """Tell about moved refs, and about the pull requests whose head moved with them."""
        for ref, (before, after) in moves.items():
            if ref.startswith(("refs/heads/", "refs/tags/")):
                self.emit(repository, "push", self._push(repository, ref, before, after), sender)
            if after != git.ZERO:
                self._synchronize(repository, ref.removeprefix("refs/heads/"), before, after, sender)

    def _push(self, repository: Repository, ref: str, before: str, after: str) -> dict[str, Any]:
        gone = after == git.ZERO
        forced = git.ZERO not in (before, after) and not git.is_ancestor(repository, before, after)
        commit = None if gone else repository.git[after]
        head = None
        if commit is not None:
            person = {"name": commit.author.name, "email": commit.author.email, "username": commit.author.name}
            head = {"id": after, "message": commit.message, "author": person, "committer": person}
        return {
            "ref": ref,
            "before": before,
            "after": after,
            "created": before == git.ZERO,
            "deleted": gone,
            "forced": forced,
            "base_ref": None,
            "compare": "",
            "commits": [head] if head else [],
            "head_commit": head,
            "pusher": {"name": "someone"},
        }

    def _synchronize(self, source: Repository, branch: str, before: str, after: str, sender: Account) -> None:
        for repository in self.world.repositories.values():
            for issue in repository.issues.values():
                if (
                    issue.state == "open"
                    and issue.head_branch == branch
                    and (issue.head_repository or repository) is source
                ):
                    self.pull(repository, issue, "synchronize", sender, {"before": before, "after": after})

    def pull(
        self,
        repository: Repository,
        issue: Issue,
        event_action: str,
        sender: Account,
        extra: dict[str, Any] | None = None,
    ) -> None:
        """Tell about a pull request."""
        body = {"action": event_action, "number": issue.number, "pull_request": self.render.pull(repository, issue)}
        self.emit(repository, "pull_request", body | (extra or {}), sender)

    def commented(self, repository: Repository, issue: Issue, comment: Comment, event_action: str) -> None:
        """Tell about a comment on an issue or pull request."""
        rendered = self.render.comment(repository, comment)
        body = {"action": event_action, "issue": self.render.issue(repository, issue), "comment": rendered}
        self.emit(repository, "issue_comment", body, comment.user)

    def line_commented(self, repository: Repository, issue: Issue, comment: ReviewComment, event_action: str) -> None:
        """Tell about a comment on lines of a diff."""
        rendered = self.render.review_comment(repository, comment)
        pull = self.render.pull(repository, issue, full=False)
        body = {"action": event_action, "comment": rendered, "pull_request": pull}
        self.emit(repository, "pull_request_review_comment", body, comment.user)
