"""Security schemes and requirements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.readers import Reading

THREE = "components: {{securitySchemes: {{s: {scheme}}}}}"
TWO = "securityDefinitions: {{s: {scheme}}}"


@pytest.mark.parametrize(
    ("version", "text", "expected"),
    [
        ("3.1", "{type: http, scheme: Basic}", ("http", "basic", None, None)),
        ("3.1", "{type: http, scheme: bearer, bearerFormat: JWT}", ("http", "bearer", None, None)),
        ("3.1", "{type: apiKey, in: header, name: X-Key}", ("apiKey", None, "header", "X-Key")),
        ("3.1", "{type: apikey, in: Cookie, name: k}", ("apiKey", None, "cookie", "k")),
        ("3.1", "{type: apiKey}", ("apiKey", None, "header", "s")),
        ("3.1", "{type: mutualTLS}", ("mutualTLS", None, None, None)),
        ("3.1", "{type: openIdConnect, openIdConnectUrl: 'https://e.com'}", ("openIdConnect", None, None, None)),
        ("3.1", "{type: magic}", ("unknown", None, None, None)),
        ("3.1", "{}", ("unknown", None, None, None)),
        ("3.1", "null", ("unknown", None, None, None)),
        ("2.0", "{type: basic}", ("http", "basic", None, None)),
        ("2.0", "{type: apiKey, in: query, name: key}", ("apiKey", None, "query", "key")),
    ],
)
def test_schemes(describe: Callable[..., Reading], version: str, text: str, expected: tuple[str | None, ...]) -> None:
    """Every kind of scheme arrives in OpenAPI 3's words; odd ones are kept as unknown or guessed."""
    template = TWO if version == "2.0" else THREE
    scheme = describe(template.format(scheme=text), version).api.security_schemes[0]

    assert expected == (scheme.type, scheme.scheme, scheme.location, scheme.parameter)


@pytest.mark.parametrize(
    ("version", "text", "kinds"),
    [
        (
            "2.0",
            "{type: oauth2, flow: accessCode, authorizationUrl: /a, tokenUrl: /t, scopes: {r: read}}",
            ["authorizationCode"],
        ),
        ("2.0", "{type: oauth2, flow: application, tokenUrl: /t, scopes: {r: read}}", ["clientCredentials"]),
        ("3.0", "{type: oauth2, flows: {implicit: {authorizationUrl: /a, scopes: {r: read}}}}", ["implicit"]),
        (
            "3.0",
            "{type: oauth2, flows: {clientCredentials: {tokenUrl: /t, scopes: [r]}, password: {}}}",
            ["clientCredentials", "password"],
        ),
        (
            "3.2",
            "{type: oauth2, flows: {deviceAuthorization: {tokenUrl: /t, deviceAuthorizationUrl: /d}}}",
            ["deviceAuthorization"],
        ),
        ("3.0", "{type: oauth2}", []),
    ],
)
def test_flows(describe: Callable[..., Reading], version: str, text: str, kinds: list[str]) -> None:
    """OAuth flows have OpenAPI 3's names in every version."""
    template = TWO if version == "2.0" else THREE
    flows = describe(template.format(scheme=text), version).api.security_schemes[0].flows

    assert kinds == [flow.kind for flow in flows]
    assert all(set(flow.scopes) <= {"r"} for flow in flows)


@pytest.mark.parametrize(
    ("shared", "own", "expected"),
    [
        ("", "", None),
        ("security: [{a: []}]", "", ((("a", ()),),)),
        ("security: [{a: []}]", "security: []", ()),
        ("security: [{a: []}]", "security: null", ((("a", ()),),)),
        ("security: [{a: []}]", "security: [{b: [r, w], c: []}, {}]", ((("b", ("r", "w")), ("c", ())), ())),
        ("", "security: {a: []}", ((("a", ()),),)),
        ("", "security: [a, {b: null}]", ((("b", ()),),)),
        ("", "security: text", None),
    ],
)
def test_requirements(describe: Callable[..., Reading], shared: str, own: str, expected: object) -> None:
    """What holds for an operation is its own, else the description's, else unknown."""
    reading = describe(f"{shared}\npaths: {{/a: {{get: {{{own}}}}}}}")

    assert expected == reading.api.operations[0].security


def test_unknown_schemes_are_reported_once(describe: Callable[..., Reading]) -> None:
    """A requirement that names no declared scheme is kept, and reported where it first stands."""
    reading = describe("""
        components: {securitySchemes: {a: {type: http, scheme: basic}}}
        paths:
          /a:
            get: {security: [{a: []}]}
            put:
              security: [{gone: []}]
            post: {security: [{gone: []}]}
    """)

    assert ["unknown-security"] == [found.code for found in reading.diagnostics]
    assert reading.diagnostics[0].span is not None
    assert 9 == reading.diagnostics[0].span.start
    assert ((("gone", ()),),) == reading.api.operations[1].security
