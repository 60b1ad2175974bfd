"""Authentication helpers and credentials in headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Api
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.source import Json

    Read = Callable[..., tuple[Api, tuple[Diagnostic, ...]]]
    Item = Callable[..., Any]


@pytest.mark.parametrize(
    ("auth", "type_", "scheme", "place"),
    [
        ({"type": "basic", "basic": [{"key": "username", "value": "a"}]}, "http", "basic", (None, None)),
        ({"type": "bearer", "bearer": {"token": "t"}}, "http", "bearer", (None, None)),
        ({"type": "digest"}, "http", "digest", (None, None)),
        ({"type": "oauth1", "oauth1": {"signatureMethod": "HMAC-SHA1"}}, "http", "oauth", (None, None)),
        ({"type": "hawk"}, "http", "hawk", (None, None)),
        ({"type": "awsv4", "awsv4": {"service": "s3"}}, "http", "aws4-hmac-sha256", (None, None)),
        ({"type": "ntlm"}, "http", "ntlm", (None, None)),
        ({"type": "jwt"}, "http", "bearer", (None, None)),
        ({"type": "apikey", "apikey": {"key": "k", "in": "query"}}, "apiKey", None, ("query", "k")),
        ({"type": "apikey", "apikey": {"key": "X-K"}}, "apiKey", None, ("header", "X-K")),
        ({"type": "apikey"}, "apiKey", None, ("header", "X-API-Key")),
    ],
)
def test_helpers_are_schemes(
    read: Read, auth: Json, type_: str, scheme: str | None, place: tuple[str | None, str | None]
) -> None:
    """Each helper, in the notation of 2.0 or 2.1, is a scheme, and the collection's is the API's default."""
    api, diagnostics = read(auth=auth)
    found = api.security_schemes[0]

    assert (found.type, found.scheme, (found.location, found.parameter)) == (type_, scheme, place)
    assert api.security == (((found.name, ()),),)
    assert diagnostics == ()


@pytest.mark.parametrize(
    ("grant", "kind", "has_authorization", "has_token"),
    [
        ("authorization_code", "authorizationCode", True, True),
        ("authorization_code_with_pkce", "authorizationCode", True, True),
        ("implicit", "implicit", True, False),
        ("password_credentials", "password", False, True),
        ("client_credentials", "clientCredentials", False, True),
    ],
)
def test_oauth2_flows(read: Read, grant: str, kind: str, *, has_authorization: bool, has_token: bool) -> None:
    """The grant type is the flow; its URLs and scopes are kept, its secrets are not."""
    settings = {
        "grant_type": grant,
        "authUrl": "{{url}}/authorize",
        "accessTokenUrl": "https://a.io/token",
        "scope": "read write",
        "clientSecret": "hush",
    }
    api, _ = read(auth={"type": "oauth2", "oauth2": settings})
    scheme = api.security_schemes[0]
    flow = scheme.flows[0]

    assert flow.kind == kind
    assert flow.authorization_url == ("{url}/authorize" if has_authorization else None)
    assert flow.token_url == ("https://a.io/token" if has_token else None)
    assert api.security == ((("oauth2", ("read", "write")),),)
    assert "hush" not in repr(api)


def test_a_request_inherits_from_its_folders(read: Read, request_item: Item) -> None:
    """The nearest helper holds; "noauth" switches off; one scheme is listed once."""
    bearer = {"type": "bearer", "bearer": [{"key": "token", "value": "{{t}}"}]}
    folder = {
        "name": "F",
        "auth": {"type": "basic"},
        "item": [
            request_item("https://a.io/a"),
            request_item("https://a.io/b", auth={"type": "noauth"}),
            request_item("https://a.io/c", auth=bearer),
        ],
    }
    api, _ = read(folder, request_item("https://a.io/d"), auth=bearer)

    assert [operation.security for operation in api.operations] == [
        ((("basic", ()),),),
        (),
        ((("bearer", ()),),),
        ((("bearer", ()),),),
    ]
    assert [scheme.name for scheme in api.security_schemes] == ["bearer", "basic"]


def test_without_a_helper_nothing_is_said(read: Read, request_item: Item) -> None:
    """No helper anywhere is not the same as "no authentication"."""
    api, _ = read(request_item("https://a.io/a"))

    assert (api.security, api.operations[0].security) == (None, None)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"key": "Authorization", "value": "Bearer {{token}}"}, ("http", "bearer", None)),
        ({"key": "authorization", "value": "Basic abc="}, ("http", "basic", None)),
        ({"key": "Authorization", "value": "{{token}}"}, ("apiKey", None, "Authorization")),
        ({"key": "Authorization", "value": "Token {{token}}"}, ("apiKey", None, "Authorization")),
        ({"key": "X-Session", "value": "{{access_token}}"}, ("apiKey", None, "X-Session")),
        ({"key": "X-API-Key", "value": "{{anything}}"}, ("apiKey", None, "X-API-Key")),
        ({"key": "X-API-Key", "value": "{{k}}", "disabled": True}, None),
        ({"key": "X-Page", "value": "{{page_token}}"}, None),
        ({"key": "X-API-Key", "value": "literal"}, None),
    ],
)
def test_credentials_in_headers(
    read: Read, request_item: Item, header: Json, expected: tuple[str, str | None, str | None] | None
) -> None:
    """A header that a variable with a credential's name fills in is a key, and not a parameter."""
    api, _ = read(request_item("https://a.io/a", header=[header]))

    assert [(scheme.type, scheme.scheme, scheme.parameter) for scheme in api.security_schemes] == (
        [expected] if expected else []
    )
    assert len(api.operations[0].parameters) == (0 if expected else 1)


def test_a_credential_in_a_header_is_shown_there(read: Read, request_item: Item) -> None:
    """The header's line is where the operation says what it asks for."""
    header = [{"key": "Accept", "value": "*/*"}, {"key": "X-API-Key", "value": "{{k}}"}]
    api, _ = read(request_item("https://a.io/a", header=header))

    assert api.security_schemes[0].span.start == api.operations[0].span.member("auth").start


def test_a_key_beside_a_helper_is_needed_too(read: Read, request_item: Item) -> None:
    """A helper and a key in a header are needed together."""
    header = [{"key": "X-API-Key", "value": "{{k}}"}]
    api, _ = read(request_item("https://a.io/a", header=header, auth={"type": "basic"}))

    assert api.operations[0].security == ((("basic", ()), ("apikey", ())),)


def test_merged_requests_offer_alternatives(read: Read, request_item: Item) -> None:
    """Where some of the merged requests go without authentication, that is one of the ways."""
    api, _ = read(
        request_item("https://a.io/a", auth={"type": "basic"}),
        request_item("https://a.io/a", auth={"type": "noauth"}),
        request_item("https://a.io/a", auth={"type": "bearer"}),
    )

    assert api.operations[0].security == ((("basic", ()),), (("bearer", ()),), ())


def test_an_unknown_helper_is_kept_and_said(read: Read) -> None:
    """A helper that nobody knows is a scheme of unknown type, and a diagnostic with its line."""
    api, diagnostics = read(auth={"type": "quantum", "quantum": []})

    assert [(scheme.name, scheme.type) for scheme in api.security_schemes] == [("quantum", "unknown")]
    assert [item.code for item in diagnostics] == ["postman-unknown-auth"]
    assert diagnostics[0].span is not None
    assert diagnostics[0].span.start == 7


def test_different_schemes_of_one_kind_have_different_names(read: Read, request_item: Item) -> None:
    """Two API keys are two schemes, whatever other helpers are called."""
    api, _ = read(
        request_item("https://a.io/a", auth={"type": "apikey", "apikey": {"key": "A"}}),
        request_item("https://a.io/b", auth={"type": "apikey", "apikey": {"key": "B"}}),
        request_item("https://a.io/c", auth={"type": "apikey2"}),
        request_item("https://a.io/d", auth={"type": "apikey", "apikey": {"key": "A"}}),
    )

    assert [scheme.name for scheme in api.security_schemes] == ["apikey", "apikey2", "apikey22"]
    assert api.operations[3].security == ((("apikey", ()),),)
