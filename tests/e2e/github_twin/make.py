"""Set a world up: repositories, Apps, installations and tokens."""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import TYPE_CHECKING

import pygit2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from github_twin.state import App, Installation, Issue, Repository, Token

if TYPE_CHECKING:
    from github_twin.state import World

PERMISSIONS = {
    "contents": "write",
    "pull_requests": "write",
    "checks": "write",
    "issues": "write",
    "metadata": "read",
}
EVENTS = (
    "check_run",
    "check_suite",
    "issue_comment",
    "merge_group",
    "pull_request",
    "pull_request_review_comment",
    "push",
)
READ_ONLY = {"contents": "read", "metadata": "read", "pull_requests": "read", "checks": "read", "issues": "read"}


def make_repository(
    world: World, full_name: str, *, private: bool = False, fork_of: Repository | None = None
) -> Repository:
    """Make an empty repository, or a fork with the parent's history."""
    owner, name = full_name.split("/")
    path = world.root / owner / f"{name}.git"
    if fork_of:
        pygit2.clone_repository(str(fork_of.path), str(path), bare=True)
    else:
        pygit2.init_repository(str(path), bare=True, initial_head="main")
    made = pygit2.Repository(str(path))
    made.config["http.receivepack"] = "true"
    made.config["uploadpack.allowFilter"] = "true"
    made.config["uploadpack.allowAnySHA1InWant"] = "true"
    repository = Repository(
        id=world.next_id(),
        owner=world.account(owner, "Organization"),
        name=name,
        path=path,
        private=private,
        parent=fork_of,
        created_at=world.now(),
    )
    world.repositories[full_name] = repository
    return repository


WEBHOOK_SECRET = "It's a Secret to Everybody"


@lru_cache
def key_pair(_name: str) -> tuple[str, str]:
    """Return a private and a public key of 2048 bits as PEM, the same ones for the same name within a process."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.PrivateFormat.TraditionalOpenSSL
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


def make_app(
    world: World, slug: str = "specloom", *, webhook_secret: str = WEBHOOK_SECRET, url: str | None = None
) -> App:
    """Register an App."""
    pem, public = key_pair(slug)
    app = App(
        id=world.next_id(),
        slug=slug,
        owner=world.account("app-owner", "Organization"),
        bot=world.account(f"{slug}[bot]", "Bot"),
        private_key=pem,
        public_key=public,
        webhook_secret=webhook_secret,
        webhook_url=url,
        permissions=dict(PERMISSIONS),
        events=list(EVENTS),
    )
    world.apps[app.id] = app
    return app


def install(world: World, app: App, *repositories: Repository) -> Installation:
    """Install `app` on the owner of the repositories."""
    installation = Installation(
        id=world.next_id(),
        app=app,
        account=repositories[0].owner,
        repositories=list(repositories),
        permissions=dict(app.permissions),
    )
    world.installations[installation.id] = installation
    return installation


def installation_token(
    world: World,
    installation: Installation,
    *,
    permissions: dict[str, str] | None = None,
    repositories: frozenset[int] | None = None,
) -> Token:
    """Issue a token for an hour, in the long format that GitHub is moving to."""
    token = Token(
        value=f"ghs_{installation.app.id}_{secrets.token_urlsafe(96)}",
        user=installation.app.bot,
        expires_at=world.now() + 3600,
        permissions=installation.permissions if permissions is None else permissions,
        installation=installation,
        repositories=repositories,
    )
    world.tokens[token.value] = token
    return token


def github_token(world: World, repository: Repository, *, read_only: bool = False) -> Token:
    """Issue what a workflow gets as `GITHUB_TOKEN`; `read_only` as on pull requests from forks."""
    apps = [app for app in world.apps.values() if app.slug == "github-actions"]
    app = apps[0] if apps else make_app(world, "github-actions")
    installation = next(
        (i for i in world.installations.values() if i.app is app and repository in i.repositories), None
    ) or install(world, app, repository)
    return installation_token(world, installation, permissions=READ_ONLY if read_only else None)


def person_token(world: World, login: str) -> Token:
    """Issue a person's token, good for every repository that the person can see."""
    token = Token(value=f"ghp_{secrets.token_urlsafe(27)}", user=world.account(login), expires_at=world.now() + 10**9)
    world.tokens[token.value] = token
    return token


def make_issue(world: World, repository: Repository, *, login: str, title: str, body: str = "") -> Issue:
    """File an issue."""
    now = world.now()
    issue = Issue(
        id=world.next_id(),
        number=len(repository.issues) + 1,
        user=world.account(login),
        title=title,
        body=body,
        created_at=now,
        updated_at=now,
    )
    repository.issues[issue.number] = issue
    return issue
