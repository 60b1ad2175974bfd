"""Repositories and what their collaborators may do."""

from __future__ import annotations

import base64

import pygit2

from github_twin import git
from github_twin.call import Answer, Call, Route
from github_twin.state import Refusal

LEGACY = {"none": "none", "read": "read", "triage": "read", "write": "write", "maintain": "write", "admin": "admin"}


def get_repository(call: Call) -> Answer:
    return Answer(body=call.render.repository(call.repository("metadata", "read"), full=True))


def content(call: Call) -> Answer:
    repository = call.repository("contents", "read")
    path, head = call.params["path"], git.head_of(repository, repository.default_branch)
    try:
        blob = git.commit_of(repository, head or "").tree[path]
    except (KeyError, ValueError):
        raise Refusal(404, "Not Found") from None
    if not isinstance(blob, pygit2.Blob):
        return Answer(body=[])
    url = f"{call.render.api}/repos/{repository.full_name}"
    links = {"self": f"{url}/contents/{path}", "git": f"{url}/git/blobs/{blob.id}", "html": None}
    return Answer(
        body={
            "type": "file",
            "encoding": "base64",
            "size": blob.size,
            "name": path.rpartition("/")[2],
            "path": path,
            "content": base64.encodebytes(blob.data).decode(),
            "sha": str(blob.id),
            "url": links["self"],
            "git_url": links["git"],
            "html_url": None,
            "download_url": None,
            "_links": links,
        }
    )


def permission(call: Call) -> Answer:
    repository = call.repository("metadata", "read")
    account = call.world.accounts.get(call.params["username"])
    if account is None:
        raise Refusal(404, f"{call.params['username']} is not a user")
    role = repository.roles.get(account.login, "none" if repository.private else "read")
    user = call.render.account(account) | {"role_name": role}
    return Answer(body={"permission": LEGACY[role], "role_name": role, "user": user})


ROUTES = (
    Route("GET", "/repos/{owner}/{repo}", get_repository),
    Route("GET", "/repos/{owner}/{repo}/contents/{path:.+}", content),
    Route("GET", "/repos/{owner}/{repo}/collaborators/{username}/permission", permission),
)
