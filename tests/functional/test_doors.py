"""Every way to authenticate that a description can ask for."""

from __future__ import annotations

import asyncio
import base64
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from callers import Caller

    from scripted_server import Reply, ScriptedServer, Seen


@pytest.fixture
def doors(server: ScriptedServer, reply: type[Reply]) -> ScriptedServer:
    """Return a server all of whose doors open."""
    for name in ("open", "key-query", "key-cookie", "basic", "digest", "oauth", "oidc", "both", "optional"):
        server.on("GET", f"/v1/doors/{name}", reply(json={"method": "GET"}))
    return server


def pair(text: str) -> str:
    """Return the header of basic authentication."""
    return f"Basic {base64.b64encode(text.encode()).decode()}"


async def test_keys(kennel: Caller, doors: ScriptedServer) -> None:
    """Keys travel in headers, in the query and in cookies; an open door gets none."""
    client = kennel.client(key_query="q&1", key_cookie="c 1")
    for method in (client.doors.key_query, client.doors.key_cookie, client.doors.open):
        await kennel.do(method)
    by_query, by_cookie, bare = doors.seen
    assert (by_query.query, by_cookie.headers["Cookie"]) == ("door_key=q%261", "door_cookie=c%201")
    assert ("X-Api-Key" in bare.headers, "Cookie" in bare.headers, bare.query) == (False, False, "")


async def test_basic_and_bearer(kennel: Caller, doors: ScriptedServer, reply: type[Reply]) -> None:
    """User name and password, or a token, travel in the Authorization header."""
    client = kennel.client(key_header=None, basic_auth_username="rex", basic_auth_password="ü:", token="t0")
    await kennel.do(client.doors.basic)
    await kennel.do(client.doors.optional)
    doors.on("GET", "/v1/walks", reply(json=[]))
    await kennel.do(client.visits.list_walks)
    assert [pair("rex:ü:"), "Bearer t0", "Bearer t0"] == [one.headers["Authorization"] for one in doors.seen]


async def test_environment(kennel: Caller, doors: ScriptedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials come from the environment where the client is given none."""
    monkeypatch.setenv("KENNEL_TOKEN", "from outside")
    monkeypatch.setenv("KENNEL_BASIC_AUTH_USERNAME", "rex")
    client = kennel.client(key_header=None)
    await kennel.do(client.doors.optional)
    await kennel.do(client.doors.basic)
    assert ["Bearer from outside", pair("rex:")] == [one.headers["Authorization"] for one in doors.seen]


async def test_functions_are_asked_for_each_try(kennel: Caller, doors: ScriptedServer, reply: type[Reply]) -> None:
    """A credential can be a function, a coroutine function for async clients, asked anew for each try."""
    tokens = iter(["t1", "t2", "t3", "t4"])

    async def later() -> str:
        return next(tokens)

    doors.on("GET", "/v1/doors/optional", reply(503), reply(json={}))
    client = kennel.client(token=later if kennel.asynchronous else lambda: next(tokens))
    await kennel.do(client.doors.optional)
    assert ["Bearer t1", "Bearer t2"] == [one.headers["Authorization"] for one in doors.seen]
    plain = kennel.client(token=lambda: next(tokens))
    await kennel.do(plain.doors.optional)
    assert doors.seen[-1].headers["Authorization"] == "Bearer t3"


def test_synchronous_clients_cannot_wait(sdk: Any, doors: ScriptedServer) -> None:
    """A coroutine function given to a synchronous client is refused rather than sent as its repr."""

    async def later() -> str:
        return "t"

    pending = later()
    client = sdk.Kennel(token=lambda: pending, base_url=f"{doors.url}/v1")
    with client, pytest.raises(sdk.KennelError, match="plain function"):
        client.doors.optional()
    pending.close()
    assert doors.seen == []


async def test_alternatives_and_combinations(kennel: Caller, doors: ScriptedServer) -> None:
    """The first alternative whose credentials are all there is used, and only that one."""
    both = kennel.client(key_query="q", basic_auth_username="rex", basic_auth_password="pw")
    await kennel.do(both.doors.both)
    assert (doors.seen[0].query, doors.seen[0].headers["X-Api-Key"]) == ("door_key=q", "s3cret-key")
    assert "Authorization" not in doors.seen[0].headers
    await kennel.do(kennel.client(basic_auth_username="rex", basic_auth_password="pw").doors.both)
    assert (doors.seen[1].query, "X-Api-Key" in doors.seen[1].headers) == ("", False)
    assert doors.seen[1].headers["Authorization"] == pair("rex:pw")
    await kennel.do(kennel.client().doors.optional)
    assert "Authorization" not in doors.seen[2].headers


async def test_missing_credentials(kennel: Caller, doors: ScriptedServer) -> None:
    """Without fitting credentials the error says which would do, and nothing is sent; one's own header will do."""
    client = kennel.client()
    with pytest.raises(kennel.sdk.MissingCredentialsError, match="KENNEL_BASIC_AUTH_USERNAME"):
        await kennel.do(client.doors.basic)
    assert doors.seen == []
    await kennel.do(client.doors.basic, extra_headers={"Authorization": "Basic mine"})
    assert doors.seen[0].headers["Authorization"] == "Basic mine"


async def test_digest(kennel: Caller, doors: ScriptedServer, reply: type[Reply]) -> None:
    """Digest authentication answers the server's challenge without sending the password."""
    challenge = {"WWW-Authenticate": 'Digest realm="dogs", nonce="n1", qop="auth", algorithm=SHA-256'}
    doors.on("GET", "/v1/doors/digest", reply(401, headers=challenge), reply(json={}))
    client = kennel.client(digest_auth_username="rex", digest_auth_password="pw")
    await kennel.do(client.doors.digest)
    await kennel.do(client.doors.digest)
    proof = doors.seen[1].headers["Authorization"]
    assert proof.startswith('Digest username="rex", realm="dogs", nonce="n1", uri="/v1/doors/digest"')
    assert ("pw" in proof, len(doors.seen)) == (False, 3)


async def test_digest_stays_with_its_server(kennel: Caller, doors: ScriptedServer, reply: type[Reply]) -> None:
    """A server that a redirect leads to gets no answer to its challenge."""
    elsewhere = doors.url.replace("127.0.0.1", "localhost")
    challenge = {"WWW-Authenticate": 'Digest realm="dogs", nonce="n1", qop="auth", algorithm=SHA-256'}
    doors.on("GET", "/v1/doors/digest", reply(302, headers={"Location": f"{elsewhere}/trap"}))
    doors.on("GET", "/trap", reply(401, headers=challenge))
    with pytest.raises(kennel.sdk.AuthenticationError):
        await kennel.do(kennel.client(digest_auth_username="rex", digest_auth_password="pw").doors.digest)
    assert [False, False] == ["Authorization" in one.headers for one in doors.seen]


def token_endpoint(reply: type[Reply], *, expires_in: float = 3600) -> Callable[[Seen], Reply]:
    """Return a token endpoint that numbers its tokens."""
    count = iter(range(1, 100))
    return lambda _: reply(json={"access_token": f"a{next(count)}", "token_type": "bearer", "expires_in": expires_in})


def token_requests(server: ScriptedServer) -> list[Seen]:
    """Return what arrived at the token endpoint."""
    return [one for one in server.seen if one.path == "/v1/oauth/token"]


async def test_client_credentials(kennel: Caller, doors: ScriptedServer, reply: type[Reply]) -> None:
    """A token is fetched once, used until shortly before it expires, and shared by copies."""
    doors.on("POST", "/v1/oauth/token", token_endpoint(reply))
    client = kennel.client(oauth=kennel.sdk.ClientCredentials(client_id="id", client_secret="secret"))
    for one in (client, client, client.with_options(max_retries=0)):
        await kennel.do(one.doors.oauth)
    (asked,) = token_requests(doors)
    assert parse_qs(asked.body.decode())["grant_type"] == ["client_credentials"]
    assert (asked.headers["Authorization"], asked.method) == (pair("id:secret"), "POST")
    used = [one.headers["Authorization"] for one in doors.seen if one.path == "/v1/doors/oauth"]
    assert used == ["Bearer a1"] * 3


async def test_client_credentials_from_the_environment(
    kennel: Caller, doors: ScriptedServer, reply: type[Reply], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Client id and secret may come from the environment."""
    monkeypatch.setenv("KENNEL_CLIENT_ID", "id")
    monkeypatch.setenv("KENNEL_CLIENT_SECRET", "secret")
    doors.on("POST", "/v1/oauth/token", token_endpoint(reply))
    await kennel.do(kennel.client().doors.oauth)
    assert [pair("id:secret")] == [one.headers["Authorization"] for one in token_requests(doors)]


async def test_tokens_run_out(kennel: Caller, doors: ScriptedServer, reply: type[Reply]) -> None:
    """A token that is about to expire is replaced before it is used."""
    doors.on("POST", "/v1/oauth/token", token_endpoint(reply, expires_in=0.0))
    client = kennel.client(oauth=kennel.sdk.ClientCredentials(client_id="id", client_secret="secret"))
    await kennel.do(client.doors.oauth)
    await kennel.do(client.doors.oauth)
    assert len(token_requests(doors)) == 2


async def test_refused_token_is_renewed_once(kennel: Caller, doors: ScriptedServer, reply: type[Reply]) -> None:
    """A 401 gets a new token once; a second one is an error."""
    doors.on("POST", "/v1/oauth/token", token_endpoint(reply))
    doors.on("GET", "/v1/doors/oauth", reply(401), reply(json={}))
    client = kennel.client(oauth=kennel.sdk.ClientCredentials(client_id="id", client_secret="secret"))
    await kennel.do(client.doors.oauth)
    assert [f"Bearer a{n}" for n in (1, 2)] == [
        one.headers["Authorization"] for one in doors.seen if one.path == "/v1/doors/oauth"
    ]
    doors.on("GET", "/v1/doors/oauth", reply(401))
    doors.seen.clear()
    with pytest.raises(kennel.sdk.AuthenticationError):
        await kennel.do(client.doors.oauth)
    assert (1, 3) == (len(token_requests(doors)), len(doors.seen))


async def test_post_body_for_servers_without_basic(kennel: Caller, doors: ScriptedServer, reply: type[Reply]) -> None:
    """A token endpoint that refuses the header is asked again with the secret in the body."""
    doors.on("POST", "/v1/oauth/token", reply(401, json={"error": "invalid_client"}), token_endpoint(reply))
    client = kennel.client(oauth=kennel.sdk.ClientCredentials(client_id="id", client_secret="secret"))
    await kennel.do(client.doors.oauth)
    _, second = token_requests(doors)
    fields = parse_qs(second.body.decode())
    assert (fields["client_id"], fields["client_secret"]) == (["id"], ["secret"])
    assert "Authorization" not in second.headers


async def test_refresh_token(kennel: Caller, doors: ScriptedServer, reply: type[Reply]) -> None:
    """The refresh token that came along is used for the next token."""
    first = reply(json={"access_token": "a1", "expires_in": 0, "refresh_token": "r1"})
    doors.on("POST", "/v1/oauth/token", first, reply(json={"access_token": "a2", "expires_in": 3600}))
    grant = kennel.sdk.PasswordGrant(username="rex", password="pw", client_id="id", scopes=["dogs:read"])
    client = kennel.client(oauth=grant)
    for _ in range(3):
        await kennel.do(client.doors.oauth)
    initial, renewed = (parse_qs(one.body.decode()) for one in token_requests(doors))
    assert (initial["grant_type"], initial["username"], initial["client_id"]) == (["password"], ["rex"], ["id"])
    assert (initial["scope"], renewed["grant_type"], renewed["refresh_token"]) == (
        ["dogs:read"],
        ["refresh_token"],
        ["r1"],
    )
    assert "pw" not in repr(grant)


async def test_given_tokens(kennel: Caller, doors: ScriptedServer, reply: type[Reply]) -> None:
    """OAuth 2.0 and OpenID Connect also take an access token, and a refresh token that is at hand."""
    await kennel.do(kennel.client(oauth="access").doors.oauth)
    await kennel.do(kennel.client(openid_token=lambda: "oidc").doors.oidc)
    doors.on("POST", "/v1/oauth/token", token_endpoint(reply))
    await kennel.do(kennel.client(oauth=kennel.sdk.RefreshToken(refresh_token="r0")).doors.oauth)
    used = [one.headers["Authorization"] for one in doors.seen if one.path.startswith("/v1/doors")]
    assert used == ["Bearer access", "Bearer oidc", "Bearer a1"]
    assert parse_qs(token_requests(doors)[0].body.decode())["refresh_token"] == ["r0"]


async def test_token_endpoint_that_refuses(kennel: Caller, doors: ScriptedServer, reply: type[Reply]) -> None:
    """A token endpoint that hands out nothing is an error of the SDK that says so."""
    doors.on("POST", "/v1/oauth/token", reply(400, json={"error": "invalid_scope"}))
    client = kennel.client(oauth=kennel.sdk.ClientCredentials(client_id="id", client_secret="secret"))
    with pytest.raises(kennel.sdk.KennelError, match="400") as caught:
        await kennel.do(client.doors.oauth)
    assert "invalid_scope" in caught.value.body


async def test_one_fetch_serves_all(kennel: Caller, doors: ScriptedServer, reply: type[Reply]) -> None:
    """Many calls at once fetch one token."""
    doors.on("POST", "/v1/oauth/token", reply(json={"access_token": "a", "expires_in": 3600}, pause=0.1))
    client = kennel.client(oauth=kennel.sdk.ClientCredentials(client_id="id", client_secret="secret"))
    if kennel.asynchronous:
        await asyncio.gather(*(client.doors.oauth() for _ in range(8)))
    else:
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: client.doors.oauth(), range(8)))
    assert (1, 9) == (len(token_requests(doors)), len(doors.seen))


async def test_credentials_do_not_show(kennel: Caller) -> None:
    """No repr shows a credential."""
    grant = kennel.sdk.ClientCredentials(client_id="id", client_secret="s3cret")
    client: Any = kennel.client(oauth=grant, token="s3cret", key_query="s3cret")
    assert "s3cret" not in f"{grant} {client!r} {kennel.transport(client)!r} {client.doors!r}"
