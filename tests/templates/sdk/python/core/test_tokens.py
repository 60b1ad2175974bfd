"""Access tokens over time, without a server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from _core.errors import InvalidArgumentError, OAuthError
from _core.oauth import AuthorizationCode, ClientCredentials, OAuthCredential, RefreshToken
from _core.security import OAuth2
from _core.tokens import TokenStore

if TYPE_CHECKING:
    from _core.oauth import TokenRequest


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def store(credential: OAuthCredential, clock: Clock, **scheme: str) -> TokenStore:
    """Return a store for the token endpoint `/token`."""
    return TokenStore(
        OAuth2(**{"token_url": "/token", **scheme}), credential, base_url="https://api.example/v1", now=clock
    )


def run(tokens: TokenStore, *answers: tuple[int, dict[str, Any]]) -> tuple[str, list[TokenRequest]]:
    """Run an acquisition against answers; return the token and what was asked."""
    acquisition, asked, script = tokens.acquire(), [], list(answers)
    try:
        asked.append(next(acquisition))
        while True:
            status, body = script.pop(0)
            asked.append(acquisition.send((status, json.dumps(body).encode())))
    except StopIteration as done:
        return done.value, asked


@pytest.mark.parametrize(("lifetime", "good_for"), [(3600, 3569), (60, 29), (10, 4)])
def test_tokens_are_kept_until_shortly_before_the_end(lifetime: int, good_for: int) -> None:
    """A token counts as expired thirty seconds early, but is used for half of its life at least."""
    clock = Clock()
    tokens = store(ClientCredentials(client_id="i", client_secret="s"), clock)
    assert run(tokens, (200, {"access_token": "a", "expires_in": lifetime}))[0] == "a"
    clock.now = good_for
    assert run(tokens) == ("a", [])
    clock.now = good_for + 2
    assert run(tokens, (200, {"access_token": "b"}))[0] == "b"
    clock.now = 1e9
    assert run(tokens) == ("b", [])


def test_refused_refresh_tokens_fall_back_to_the_grant() -> None:
    """Where the refresh token is refused, the grant is used again."""
    clock = Clock()
    tokens = store(ClientCredentials(client_id="i", client_secret="s", client_auth="basic"), clock, refresh_url="/fresh")
    run(tokens, (200, {"access_token": "a", "expires_in": 10, "refresh_token": "r"}))
    clock.now = 100
    token, asked = run(tokens, (400, {"error": "invalid_grant"}), (200, {"access_token": "b"}))
    assert token == "b"
    assert [("https://api.example/fresh", "refresh_token"), ("https://api.example/token", "client_credentials")] == [
        (one.url, one.form["grant_type"]) for one in asked
    ]


def test_a_refused_token_is_forgotten_once() -> None:
    """A token that was replaced meanwhile is not dropped for the old one's sake."""
    tokens = store(ClientCredentials(client_id="i", client_secret="s"), Clock())
    run(tokens, (200, {"access_token": "a"}))
    tokens.forget("a")
    assert tokens.cached() is None
    run(tokens, (200, {"access_token": "b"}))
    tokens.forget("a")
    assert tokens.cached() == "b"


@pytest.mark.parametrize("body", [{}, {"access_token": 5}, {"error": "x"}])
def test_answers_without_a_token(body: dict[str, Any]) -> None:
    """An answer without a token is an error with the status."""
    tokens = store(ClientCredentials(client_id="i", client_secret="s"), Clock())
    with pytest.raises(OAuthError, match="200"):
        run(tokens, (200, body))


def test_unknown_token_endpoint() -> None:
    """Without an address the error says how to give one; with one of its own the credential wins."""
    with pytest.raises(InvalidArgumentError, match="token_url"):
        run(store(ClientCredentials(client_id="i"), Clock(), token_url=""))
    own = ClientCredentials(client_id="i", client_secret="s", token_url="https://id.example/t", extra={"audience": "x"})
    _, (asked,) = run(store(own, Clock()), (200, {"access_token": "a"}))
    assert ("https://id.example/t", "x") == (asked.url, asked.form["audience"])


def test_grants() -> None:
    """Each grant has its fields; a public client names itself in the body."""
    grant = AuthorizationCode(code="c", redirect_uri="https://me.example", code_verifier="v", client_id="i")
    _, (asked,) = run(store(grant, Clock()), (200, {"access_token": "a"}))
    expected = {"grant_type": "authorization_code", "code": "c", "redirect_uri": "https://me.example"}
    assert {**expected, "code_verifier": "v", "client_id": "i"} == asked.form
    assert RefreshToken(refresh_token="r").fields() == {"grant_type": "refresh_token", "refresh_token": "r"}
