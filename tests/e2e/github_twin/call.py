"""One request as a handler sees it, and what a handler gives back."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from github_twin import auth
from github_twin.state import App, Refusal, Token

if TYPE_CHECKING:
    from collections.abc import Callable

    from github_twin.render import Render
    from github_twin.state import Account, Repository, World
    from github_twin.webhooks import Hooks


@dataclass(slots=True, kw_only=True)
class Answer:
    """A status, a JSON body and extra headers."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Call:
    """A parsed REST request; `who` is None, a person or an installation (`Token`), or an App with its JWT."""

    world: World
    render: Render
    hooks: Hooks
    who: Token | App | None
    path: str
    params: dict[str, str]
    query: dict[str, str]
    body: dict[str, Any]

    @property
    def token(self) -> Token:
        """The caller's token; refuses App JWTs and strangers."""
        if not isinstance(self.who, Token):
            raise Refusal(401, "Requires authentication")
        return self.who

    @property
    def app(self) -> App:
        """The App that calls with its JWT; refuses everyone else."""
        if not isinstance(self.who, App):
            raise Refusal(401, "A JSON web token could not be decoded")
        return self.who

    @property
    def user(self) -> Account:
        """Whose name stands on what this call makes."""
        return self.token.user

    def repository(self, permission: str, level: str) -> Repository:
        """Return the repository of the path, where the caller may do `level` on `permission`."""
        repository = self.world.repository(f"{self.params['owner']}/{self.params['repo']}")
        token = self.who if isinstance(self.who, Token) else None
        auth.demand(token, repository, permission, level)
        return repository

    def page(self, items: list[Any], key: str | None = None) -> Answer:
        """Cut a page out of `items`, with GitHub's `Link` header; `key` wraps them with a total count."""
        size = min(int(self.query.get("per_page", 30)), 100)
        number = int(self.query.get("page", 1))
        shown = items[(number - 1) * size : number * size]
        headers = {}
        if number * size < len(items):
            query = urlencode(self.query | {"page": str(number + 1)})
            headers["Link"] = f'<{self.render.api}{self.path}?{query}>; rel="next"'
        return Answer(body={"total_count": len(items), key: shown} if key else shown, headers=headers)


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path template of GitHub's REST API, with its handler."""

    method: str
    path: str
    handler: Callable[[Call], Answer]


def invalid(resource: str, field_name: str, code: str = "invalid", message: str | None = None) -> Refusal:
    """Return GitHub's 422 about one field."""
    error = {"resource": resource, "field": field_name, "code": code} | ({"message": message} if message else {})
    return Refusal(422, "Validation Failed", [error])


def decode_base64(text: str) -> bytes:
    """Decode, or refuse."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise Refusal(422, "content is not valid Base64") from None
