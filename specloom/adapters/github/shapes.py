"""The parts of GitHub's answers that we read; the names are GitHub's."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class User(TypedDict):
    """An account; `type` is `User`, `Bot` or `Organization`."""

    login: str
    type: str


class RepositoryInfo(TypedDict):
    """A repository."""

    id: int
    node_id: str
    full_name: str
    default_branch: str
    private: bool
    html_url: str


class End(TypedDict):
    """The head or base of a pull request; `repo` is None where a fork was deleted."""

    ref: str
    sha: str
    repo: RepositoryInfo | None


class Pull(TypedDict):
    """A pull request."""

    number: int
    node_id: str
    state: Literal["open", "closed"]
    title: str
    body: str | None
    draft: NotRequired[bool]
    head: End
    base: End
    user: User
    merged_at: str | None
    html_url: str


class PullFile(TypedDict):
    """A changed file; `patch` is missing for binaries and for very large changes."""

    filename: str
    status: str
    patch: NotRequired[str]


class Comment(TypedDict):
    """A comment on an issue or pull request."""

    id: int
    body: NotRequired[str]
    user: User | None
    html_url: str


class LineComment(Comment):
    """A comment on lines of a diff; `in_reply_to_id` is set in answers within a thread."""

    path: str
    in_reply_to_id: NotRequired[int]


class AppInfo(TypedDict):
    """A GitHub App."""

    id: int
    slug: NotRequired[str]


class ThreadComment(TypedDict):
    """A comment as GraphQL gives it; `viewerDidAuthor` says that it is ours."""

    body: str
    viewerDidAuthor: bool


class ThreadComments(TypedDict):
    """The first comments of a thread."""

    nodes: list[ThreadComment]


class Thread(TypedDict):
    """A thread on lines of a diff."""

    id: str
    isResolved: bool
    comments: ThreadComments


class CheckRunInfo(TypedDict):
    """A check run."""

    id: int
    name: str
    status: str
    conclusion: str | None
    external_id: str | None
    head_sha: str
    app: AppInfo | None
    output: CheckOutput


class CheckOutput(TypedDict):
    """What a check run shows."""

    title: str | None
    summary: str | None
    annotations_count: int


class Delivery(TypedDict):
    """One attempt of GitHub's at delivering a webhook."""

    id: int
    guid: str
    delivered_at: str
    status_code: int
    event: str
    action: str | None
