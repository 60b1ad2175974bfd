"""Who is calling: App JWTs, installation tokens, people; and what each may do."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

import jwt

from github_twin.state import ROLES, App, Refusal, Token

if TYPE_CHECKING:
    from github_twin.state import Repository, World

RANK = {"read": 1, "write": 2, "admin": 3}


def app_of(world: World, bearer: str) -> App:
    """Return the App that signed a JWT; the rules are those of GitHub's docs on JWTs for Apps."""
    try:
        claims = jwt.decode(bearer, options={"verify_signature": False})
        app = world.apps[int(claims["iss"])]
        jwt.decode(bearer, app.public_key, algorithms=["RS256"], leeway=5, options={"require": ["exp", "iat"]})
    except (jwt.PyJWTError, KeyError, ValueError):
        raise Refusal(401, "A JSON web token could not be decoded") from None
    if claims["exp"] - world.now() > 600:
        raise Refusal(401, "'Expiration time' claim ('exp') is too far in the future")
    return app


def caller(world: World, authorization: str | None) -> Token | App | None:
    """Return who sent an `Authorization` header; None where there is none."""
    if not authorization:
        return None
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "basic":
        value = _password(value)
    if value.count(".") == 2 and not value.startswith("gh"):
        return app_of(world, value)
    token = world.tokens.get(value)
    if token is None or token.expires_at <= world.now() or (token.installation and token.installation.suspended):
        raise Refusal(401, "Bad credentials")
    return token


def _password(value: str) -> str:
    try:
        return base64.b64decode(value).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        raise Refusal(401, "Bad credentials") from None


def may(token: Token | None, repository: Repository, permission: str, level: str) -> bool:
    """Say whether `token` may do `level` on `permission` (an App's permission name) in `repository`."""
    if token is None:
        return not repository.private and level == "read"
    if token.installation is None:
        role = repository.roles.get(token.user.login, "none" if repository.private else "read")
        return ROLES.index(role) >= ROLES.index("write" if level == "write" else "read")
    if not _covers(token, repository):
        return not repository.private and level == "read" and permission != "checks"
    have = (token.permissions or {}).get(permission, "none")
    return RANK.get(have, 0) >= RANK[level]


def _covers(token: Token, repository: Repository) -> bool:
    installation = token.installation
    if installation is None or repository not in installation.repositories:
        return False
    return token.repositories is None or repository.id in token.repositories


def demand(token: Token | None, repository: Repository, permission: str, level: str) -> None:
    """Refuse, as GitHub does: 404 where the repository must not even be known, else 403."""
    if may(token, repository, permission, level):
        return
    if repository.private and not may(token, repository, "metadata", "read"):
        raise Refusal(404, "Not Found")
    if token is None:
        raise Refusal(401, "Requires authentication")
    raise Refusal(403, "Resource not accessible by integration")
