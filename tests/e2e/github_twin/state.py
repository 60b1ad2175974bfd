"""What the twin remembers, as plain data. Git objects and refs live in bare repositories on disk."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pygit2

if TYPE_CHECKING:
    from pathlib import Path

ROLES = ("none", "read", "triage", "write", "maintain", "admin")


class Refusal(Exception):  # noqa: N818  # GitHub answers, nothing went wrong in the twin
    """An error answer, as GitHub phrases it."""

    def __init__(
        self, status: int, message: str, errors: list[Any] | None = None, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.errors, self.headers = status, message, errors, headers or {}


@dataclass(slots=True)
class Account:
    """A user, an organization, or the bot of an App (`type` as GitHub names it)."""

    id: int
    login: str
    type: str = "User"


@dataclass(slots=True, kw_only=True)
class Comment:
    """A comment on an issue or pull request; `reactions` are (login, content)."""

    id: int
    number: int
    user: Account
    body: str
    created_at: float
    updated_at: float
    reactions: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class ReviewComment(Comment):
    """A comment on lines of a pull request's diff."""

    review: int
    path: str
    commit: str
    side: str
    line: int | None
    start_line: int | None = None
    in_reply_to: int | None = None
    hunk: str = ""
    resolved: bool = False


@dataclass(slots=True, kw_only=True)
class Review:
    """A submitted review."""

    id: int
    number: int
    user: Account
    body: str
    state: str
    commit: str
    submitted_at: float


@dataclass(slots=True, kw_only=True)
class Issue:
    """An issue, or a pull request where `head_branch` is set."""

    id: int
    number: int
    user: Account
    title: str
    body: str | None
    created_at: float
    updated_at: float
    state: str = "open"
    closed_at: float | None = None
    head_repository: Repository | None = None
    head_branch: str | None = None
    base_branch: str = ""
    draft: bool = False
    merged_at: float | None = None
    last_head: str = ""
    last_base: str = ""


@dataclass(slots=True, kw_only=True)
class CheckRun:
    """A check run; `output` as GitHub shows it, annotations apart."""

    id: int
    app: App
    name: str
    head_sha: str
    status: str = "queued"
    conclusion: str | None = None
    started_at: float | None = None
    completed_at: float | None = None
    external_id: str = ""
    details_url: str | None = None
    output: dict[str, Any] = field(default_factory=dict)
    annotations: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Repository:
    """A repository over a bare git repository at `path`."""

    id: int
    owner: Account
    name: str
    path: Path
    private: bool = False
    default_branch: str = "main"
    parent: Repository | None = None
    roles: dict[str, str] = field(default_factory=dict)
    issues: dict[int, Issue] = field(default_factory=dict)
    comments: dict[int, Comment] = field(default_factory=dict)
    reviews: dict[int, Review] = field(default_factory=dict)
    review_comments: dict[int, ReviewComment] = field(default_factory=dict)
    check_runs: dict[int, CheckRun] = field(default_factory=dict)
    signed: set[str] = field(default_factory=set)
    created_at: float = 0.0

    @property
    def full_name(self) -> str:
        return f"{self.owner.login}/{self.name}"

    @property
    def node_id(self) -> str:
        return f"R_{self.id}"

    @property
    def git(self) -> pygit2.Repository:
        return pygit2.Repository(str(self.path))


@dataclass(slots=True, kw_only=True)
class App:
    """A registered GitHub App."""

    id: int
    slug: str
    owner: Account
    bot: Account
    private_key: str
    public_key: str
    webhook_secret: str
    webhook_url: str | None = None
    permissions: dict[str, str] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Installation:
    """An App on an account, with the repositories it may see."""

    id: int
    app: App
    account: Account
    repositories: list[Repository]
    permissions: dict[str, str]
    suspended: bool = False


@dataclass(slots=True, kw_only=True)
class Token:
    """What a caller is: `installation` is None for a person's token, and for `GITHUB_TOKEN` it has its own App."""

    value: str
    user: Account
    expires_at: float
    permissions: dict[str, str] | None = None
    installation: Installation | None = None
    repositories: frozenset[int] | None = None

    @property
    def app(self) -> App | None:
        return self.installation.app if self.installation else None


@dataclass(slots=True, kw_only=True)
class Delivery:
    """One attempt at delivering a webhook."""

    id: int
    guid: str
    event: str
    event_action: str | None
    payload: bytes
    app: App
    installation: Installation
    repository: Repository | None
    delivered_at: float
    redelivery: bool = False
    status_code: int = 0
    status: str = "pending"
    duration: float = 0.0


class World:
    """Everything there is; `root` holds the bare repositories. Made by `github_twin.make`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.offset = 0.0
        self.accounts: dict[str, Account] = {}
        self.repositories: dict[str, Repository] = {}
        self.moved: dict[str, str] = {}
        self.apps: dict[int, App] = {}
        self.installations: dict[int, Installation] = {}
        self.tokens: dict[str, Token] = {}
        self.deliveries: dict[int, Delivery] = {}
        self.manifest_codes: dict[str, App] = {}
        self._ids = itertools.count(1001)

    def next_id(self) -> int:
        """Return a number that no other object has."""
        return next(self._ids)

    def now(self) -> float:
        """Return the twin's time, in seconds since the epoch; `offset` moves it."""
        return time.time() + self.offset

    def account(self, login: str, kind: str = "User") -> Account:
        """Return the account `login`, made on first mention."""
        if login not in self.accounts:
            self.accounts[login] = Account(self.next_id(), login, kind)
        return self.accounts[login]

    def repository(self, full_name: str) -> Repository:
        """Return a repository, or refuse as GitHub does."""
        if full_name not in self.repositories:
            raise Refusal(404, "Not Found")
        return self.repositories[full_name]

    def issue(self, repository: Repository, number: int, *, pull: bool = False) -> Issue:
        """Return an issue or pull request, or refuse as GitHub does."""
        issue = repository.issues.get(number)
        if issue is None or (pull and issue.head_branch is None):
            raise Refusal(404, "Not Found")
        return issue
