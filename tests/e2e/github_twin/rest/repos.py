"""Repositories and what their collaborators may do."""

from __future__ import annotations

from github_twin.call import Answer, Call, Route
from github_twin.state import Refusal

LEGACY = {"none": "none", "read": "read", "triage": "read", "write": "write", "maintain": "write", "admin": "admin"}


def get_repository(call: Call) -> Answer:
    return Answer(body=call.render.repository(call.repository("metadata", "read"), full=True))


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
    Route("GET", "/repos/{owner}/{repo}/collaborators/{username}/permission", permission),
)
