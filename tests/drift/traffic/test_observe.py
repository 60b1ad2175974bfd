"""Recorded exchanges against a description: what is found, once, and what is never shown."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any, Final

import pytest

from specloom import report
from specloom.drift.rules.live import RULES
from specloom.drift.traffic import observe
from specloom.errors import UserError
from specloom.model.files import FileTree
from specloom.model.policy import Acceptance, Policy
from specloom.model.traffic import Exchange, Message
from specloom.readers import read

if TYPE_CHECKING:
    from specloom.drift.traffic import Observed
    from specloom.model.api import Api

Json = Any
SEEN: Final[set[str]] = set()
"""Every rule that a test of this module has met."""
S: Final = {"type": "string"}
I: Final = {"type": "integer"}  # noqa: E741  # the shortest name for the shortest schema


def api_of(operation: Json, *, path: str = "/things", method: str = "get", **more: Json) -> Api:
    """Return an API with one operation."""
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": "https://{region}.example.com/v1", "variables": {"region": {"default": "eu"}}}],
        "paths": {path: {method: operation}},
        **more,
    }
    return read(FileTree({"api.json": json.dumps(document, indent=1).encode()}), "api.json").api


def answering(schema: Json, **more: Json) -> Api:
    """Return an API that answers with a value of `schema`."""
    content = {"application/json": {"schema": schema}}
    return api_of({"responses": {"200": {"description": "", "content": content}}}, **more)


def exchange(value: Json = None, **more: Json) -> Exchange:
    """Return a call of `/things` that was answered with a value."""
    headers = (("Content-Type", more.pop("kind", "application/json")), *more.pop("headers", ()))
    body = more.pop("body", json.dumps(value).encode())
    plain = {"number": 1, "method": "GET", "url": "https://eu.example.com/v1/things", "status": 200}
    return Exchange(**{**plain, "request": Message(), "answer": Message(headers=headers, body=body), **more})


def found(api: Api, *exchanges: Exchange, **more: Json) -> Observed:
    """Hold exchanges against an API, and remember which rules that met."""
    made = observe(api, exchanges, **more)
    SEEN.update(change.rule for change in made.drift.changes)
    return made


def told(api: Api, *exchanges: Exchange) -> list[tuple[str, str, str]]:
    """Return rule without prefix, severity and last part of the subject of all that is found."""
    changes = found(api, *exchanges).drift.changes
    return [(item.rule.removeprefix("live-"), str(item.severity), item.subject.split(" · ")[-1]) for item in changes]


OBJECT: Final = {"type": "object", "properties": {"a": S, "b": I}, "required": ["a"]}
CLOSED: Final = {**OBJECT, "additionalProperties": False}
BALL: Final = {"type": "object", "properties": {"k": {"const": "ball"}, "size": I}, "required": ["k"]}
ROPE: Final = {"type": "object", "properties": {"k": {"const": "rope"}, "length": I}, "required": ["k"]}
BODY: Final = "response 200 application/json"

# schema, value, what is found
VALUES: Final[list[tuple[Json, Json, list[tuple[str, str, str]]]]] = [
    (OBJECT, {"a": "x"}, []),
    (OBJECT, {"a": "x", "c": 1}, [("response-property-undocumented", "safe", "property c")]),
    (CLOSED, {"a": "x", "c": 1}, [("response-property-undocumented", "breaking", "property c")]),
    ({**OBJECT, "additionalProperties": True}, {"a": "x", "c": 1}, []),
    ({**OBJECT, "additionalProperties": I}, {"a": "x", "c": 1}, []),
    ({**OBJECT, "patternProperties": {"^x-": S}}, {"a": "x", "x-y": "z"}, []),
    ({"allOf": [OBJECT, {"properties": {"c": I}}]}, {"a": "x", "c": 1}, []),
    (
        {"allOf": [OBJECT, {"properties": {"c": I}}], "unevaluatedProperties": False},
        {"a": "x", "d": 1},
        [("response-property-undocumented", "breaking", "property d")],
    ),
    ({"type": "object"}, {"anything": 1}, []),
    (OBJECT, {"b": 1}, [("response-property-missing", "breaking", "property a")]),
    (OBJECT, {"a": 1}, [("response-type-wrong", "breaking", "property a")]),
    (I, 1.0, []),
    (I, 1.5, [("response-type-wrong", "breaking", BODY)]),
    (S, None, [("response-null-undocumented", "breaking", BODY)]),
    ({"type": ["string", "null"], "minLength": 2}, None, []),
    ({"enum": ["a", None]}, None, []),
    ({"enum": ["a", "b"]}, "c", [("response-value-undocumented", "risky", BODY)]),
    ({"const": 1}, 2, [("response-value-undocumented", "risky", BODY)]),
    ({"type": "integer", "maximum": 3}, 4, [("response-out-of-bounds", "breaking", BODY)]),
    ({"type": "array", "uniqueItems": True}, [1, 1.0], [("response-out-of-bounds", "breaking", BODY)]),
    ({"type": "string", "pattern": "^a+$"}, "b", [("response-format-wrong", "breaking", BODY)]),
    ({"type": "string", "format": "date-time"}, "2024-01-02", [("response-format-wrong", "breaking", BODY)]),
    ({"type": "string", "format": "date-time"}, "2024-01-02T10:00:00.5+02:00", []),
    ({"type": "integer", "format": "int32"}, 1 << 31, [("response-format-wrong", "breaking", BODY)]),
    ({"type": "string", "format": "made-up"}, "x", []),
    ({"oneOf": [S, I]}, 1, []),
    ({"oneOf": [S, I]}, True, [("response-type-wrong", "breaking", BODY)]),
    ({"oneOf": [BALL, ROPE]}, {"k": "ball", "size": "big"}, [("response-type-wrong", "breaking", "property size")]),
    ({"oneOf": [BALL, ROPE]}, {"k": "ball", "hue": 1}, [("response-property-undocumented", "safe", "property hue")]),
    ({"oneOf": [BALL, ROPE]}, {"k": "net"}, [("response-union-unmatched", "breaking", BODY)]),
    (
        {"properties": {"k": S}, "oneOf": [BALL, ROPE]},
        {"k": "ball", "size": "big"},
        [("response-type-wrong", "breaking", "property size")],
    ),
    ({"not": {"type": "string"}}, "x", [("response-condition-broken", "breaking", BODY)]),
    ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, [("response-condition-broken", "breaking", BODY)]),
    (
        {"type": "object", "properties": {"p": {"type": "string", "writeOnly": True}}, "required": ["p"]},
        {"p": "x"},
        [("response-write-only-sent", "risky", "property p")],
    ),
    ({"type": "object", "properties": {"p": {"type": "string", "writeOnly": True}}, "required": ["p"]}, {}, []),
    ({"type": "array", "items": OBJECT}, [{"a": "x"}, {"a": 2}], [("response-type-wrong", "breaking", "property a")]),
    ({"type": "array", "prefixItems": [S], "items": I}, ["a", "b"], [("response-type-wrong", "breaking", "items")]),
]


@pytest.mark.parametrize(("schema", "value", "wanted"), VALUES)
def test_values_of_answers(schema: Json, value: Json, wanted: list[tuple[str, str, str]]) -> None:
    """What a schema rules out is found at its deepest place, graded as an answer that widens."""
    assert wanted == told(answering(schema), exchange(value))


def test_one_cause_is_one_finding_with_a_count() -> None:
    """Fifty items in ten answers that show the same field are one finding with its first place."""
    api = answering(
        {"type": "array", "items": {"$ref": "#/components/schemas/T"}}, components={"schemas": {"T": OBJECT}}
    )
    calls = [exchange([{"a": "x", "c": "secret-1"}] * 50, number=number) for number in range(1, 11)]
    (change,) = found(api, *calls).drift.changes
    assert ("schema T · property c", ("GET /things",)) == (change.subject, change.operations)
    assert change.evidence is not None
    assert ("/0/c", "string of 8 characters", 10) == (
        change.evidence.pointer,
        change.evidence.value,
        change.evidence.count,
    )
    assert change.head is not None
    assert "api.json" == change.head.path


def test_a_finding_stands_on_the_keyword() -> None:
    """The line is that of the keyword in the description."""
    api = answering({"type": "object", "properties": {"a": {"type": "string", "maxLength": 2}}})
    (change,) = found(api, exchange({"a": "long"})).drift.changes
    document = api.source.path
    assert change.head is not None
    assert document == change.head.path
    (wrong,) = found(answering(S), exchange(1)).drift.changes
    assert wrong.head is not None
    assert change.head.start != wrong.head.start


DONE: Final = {"responses": {"200": {"description": ""}}}
JSON_BODY: Final = {"content": {"application/json": {"schema": OBJECT}}, "description": ""}
HEADER: Final = {"X-Total": {"required": True, "schema": I}}
AS_JSON: Final = {"content": {"application/json": {"schema": {"type": "string", "maxLength": 2}}}}


@pytest.mark.parametrize(
    ("operation", "more", "wanted"),
    [
        (DONE, {"status": 302}, [("success-status-undocumented", "risky")]),
        (DONE, {"status": 500}, [("error-status-undocumented", "safe")]),
        ({"responses": {"2XX": {"description": ""}, "default": {"description": ""}}}, {"status": 500, "body": b""}, []),
        (DONE, {"status": 304, "body": b""}, []),
        (DONE, {"status": 405}, [("operation-missing", "breaking")]),
        (DONE, {"status": 404}, [("operation-missing", "breaking")]),
        (DONE, {}, [("body-undocumented", "safe")]),
        (DONE, {"body": b""}, []),
        ({"responses": {"200": JSON_BODY}}, {"body": b""}, [("body-missing", "breaking")]),
        ({"responses": {"200": JSON_BODY}}, {"body": b"", "method": "HEAD"}, []),
        ({"responses": {"200": JSON_BODY}}, {"body": b"{"}, [("body-malformed", "breaking")]),
        ({"responses": {"200": JSON_BODY}}, {"body": b'{"a": NaN}'}, [("body-malformed", "breaking")]),
        ({"responses": {"200": JSON_BODY}}, {"body": b"[" * 99999}, [("body-malformed", "breaking")]),
        ({"responses": {"200": JSON_BODY}}, {"kind": "text/html"}, [("media-type-undocumented", "breaking")]),
        ({"responses": {"200": JSON_BODY}}, {"value": {"a": "x"}, "kind": "application/json; charset=utf-8"}, []),
        (
            {"responses": {"200": {"description": "", "headers": HEADER}}},
            {"body": b""},
            [("header-missing", "breaking")],
        ),
        (
            {"responses": {"200": {"description": "", "headers": HEADER}}},
            {"body": b"", "headers": (("x-total", "many"),)},
            [("response-type-wrong", "breaking")],
        ),
        (
            {"responses": {"200": {"description": "", "headers": HEADER}}},
            {"body": b"", "headers": (("x-total", "7"),)},
            [],
        ),
        (
            {"responses": {"200": {"description": "", "headers": {"x-a": AS_JSON}}}},
            {"body": b"", "headers": (("x-a", '"ab"'),)},
            [],
        ),
    ],
)
def test_answers(operation: Json, more: Json, wanted: list[tuple[str, str]]) -> None:
    """Statuses, media types, bodies and headers."""
    method = more.get("method", "GET")
    api = api_of(operation, method=method.lower())
    assert wanted == [(rule, severity) for rule, severity, _ in told(api, exchange(**more))]


PARAMETERS: Final = {
    "parameters": [
        {"name": "limit", "in": "query", "required": True, "schema": {"type": "integer", "maximum": 9}},
        {"name": "tags", "in": "query", "schema": {"type": "array", "items": {"enum": ["a", "b"]}}, "explode": False},
        {"name": "by", "in": "query", "style": "deepObject", "schema": {"type": "object"}},
    ],
    "requestBody": {"required": True, "content": {"application/json": {"schema": CLOSED}}},
    "responses": {"200": {"description": ""}},
}
PLAIN: Final = {**PARAMETERS, "parameters": PARAMETERS["parameters"][:2]}  # type: ignore[index]
SENT: Final = b'{"a": "x"}'


@pytest.mark.parametrize(
    ("operation", "query", "body", "wanted"),
    [
        (PLAIN, "limit=3&tags=a,b", SENT, []),
        (PLAIN, "limit=3&tags=a,c", SENT, ["request-value-undocumented"]),
        (PLAIN, "limit=30", SENT, ["request-out-of-bounds"]),
        (PLAIN, "limit=some", SENT, ["request-type-wrong"]),
        (PLAIN, "", SENT, ["parameter-missing"]),
        (PLAIN, "limit=3&page=2", SENT, ["parameter-undocumented"]),
        (PARAMETERS, "limit=3&by[x]=2", SENT, []),
        (PLAIN, "limit=3", b"", ["request-body-missing"]),
        (PLAIN, "limit=3", b'{"a": "x", "c": 1}', ["request-property-undocumented"]),
        (PLAIN, "limit=3", b'{"b": 1}', ["request-property-missing"]),
        (PLAIN, "limit=3", b'{"a": null}', ["request-null-undocumented"]),
    ],
)
def test_requests_that_succeeded(operation: Json, query: str, body: bytes, wanted: list[str]) -> None:
    """What the description rules out and the API accepts is found, and safe: nobody who keeps to it is affected."""
    api = api_of(operation, method="post")
    request = Message(headers=(("Content-Type", "application/json"),), body=body)
    call = exchange(method="POST", url=f"https://eu.example.com/v1/things?{query}", request=request, body=b"")
    assert [(rule, "safe") for rule in wanted] == [(rule, grade) for rule, grade, _ in told(api, call)]


def test_a_request_of_another_media_type() -> None:
    """A form where JSON is described."""
    request = Message(headers=(("Content-Type", "application/x-www-form-urlencoded"),), body=b"a=x")
    call = exchange(method="POST", url="https://eu.example.com/v1/things?limit=1", request=request, body=b"")
    assert ["request-media-type-undocumented"] == [rule for rule, _, _ in told(api_of(PLAIN, method="post"), call)]


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ({"pattern": "^a$"}, "b"),
        ({"not": S}, "b"),
        ({"oneOf": [BALL, ROPE]}, {"k": "net"}),
    ],
)
def test_requests_have_the_twins_of_the_rules(keyword: Json, value: Json) -> None:
    """The same departures, in a body that was sent."""
    body = {"content": {"application/json": {"schema": keyword}}}
    request = Message(headers=(("Content-Type", "application/json"),), body=json.dumps(value).encode())
    call = exchange(method="POST", request=request, body=b"")
    ((rule, severity, _),) = told(api_of({"requestBody": body, **DONE}, method="post"), call)
    assert ("request-", "safe") == (rule[:8], severity)


def test_a_refused_request_is_not_held_against_the_description() -> None:
    """The API said no, as the description would; that it was left out is said."""
    operation = {**PLAIN, "responses": {"400": {"description": ""}}}
    made = found(api_of(operation, method="post"), exchange(method="POST", status=400, body=b""))
    assert () == made.drift.changes
    assert any("1 refused request" in item.reason for item in made.drift.not_evaluated)


def test_operations_that_nobody_described() -> None:
    """They are told with the parts of their path that look like data left out; what finds nothing is not."""
    urls = ("/v1/users/12345/keys", "/v1/things/", "/v1/nothing")
    statuses = (200, 200, 404)
    calls = [
        exchange(method="GET", url=f"https://eu.example.com{url}", status=status, number=number, body=b"")
        for number, (url, status) in enumerate(zip(urls, statuses, strict=True), 1)
    ]
    assert [("operation-undocumented", "safe", "GET /users/{…}/keys")] == told(api_of(DONE), *calls)


def test_other_hosts_are_left_out_and_counted() -> None:
    """A browser's recording holds calls of everybody; the password of an address is not repeated."""
    calls = [
        exchange(url="https://me:pw@cdn.example.net/x.js"),
        exchange(url="http://[broken", number=2),
        exchange(body=b""),
    ]
    made = found(api_of(DONE), *calls)
    assert ((), 1) == (made.drift.changes, made.exchanges)
    reasons = [item.reason for item in made.drift.not_evaluated]
    assert ["2 exchanges with other hosts than the API's servers, left out: cdn.example.net, no host"] == reasons


def test_the_address_may_stand_in_a_variable() -> None:
    """As its default spells it, with several steps or with the scheme."""
    server = {"url": "{host}/v1", "variables": {"host": {"default": "https://eu.example.com/"}}}
    api = answering(S, servers=[server])
    assert found(api, exchange("x")).exchanges == 1


@pytest.mark.parametrize(
    ("paths", "url", "wanted"),
    [
        (["/a/{id}", "/a/mine"], "/v1/a/mine", "GET /a/mine"),
        (["/a/{id}", "/a/mine"], "/v1/a/7/", "GET /a/{id}"),
        (["/a/{id}", "/a/{id}.json"], "/v1/a/7.json", "GET /a/{id}.json"),
        (["/a/{x}/b", "/a/c/{y}"], "/v1/a/c/b", "GET /a/c/{y}"),
        (["/"], "/v1", "GET /"),
    ],
)
def test_the_plainer_path_wins(paths: list[str], url: str, wanted: str) -> None:
    """Fixed segments before holes, and a slash at the end is no other path."""
    api = api_of(DONE, paths={path: {"get": DONE} for path in paths})
    call = exchange(url=f"https://us.example.com{url}", status=302)
    (change,) = found(api, call).drift.changes
    assert (wanted,) == change.operations


def test_a_step_of_many_holes_takes_no_time() -> None:
    """It is matched as a whole: twelve holes between dashes could be filled in in countless ways."""
    hole = "-".join(f"{{p{number}}}" for number in range(12))
    api = api_of(DONE, paths={f"/{hole}/x": {"get": DONE}, "/{a}-{b}.json": {"get": DONE}})
    started = time.process_time()
    calls = [exchange(url=f"https://eu.example.com/v1/{'-a' * 3000}/{end}", body=b"") for end in ("x", "y")]
    calls.append(exchange(url="https://eu.example.com/v1/1-2.json", body=b""))
    assert (2, 2) == ((made := found(api, *calls)).exchanges, made.operations)
    assert 2 > time.process_time() - started


def test_what_was_not_seen_is_said_in_one_line() -> None:
    """Operations without an exchange are counted, five of them named."""
    api = api_of(DONE, paths={f"/p{number}": {"get": DONE} for number in range(9)})
    (item,) = found(api, exchange(url="https://eu.example.com/v1/p0", body=b"")).drift.not_evaluated
    assert "8 of 9 operations were not seen: GET /p1, GET /p2, GET /p3, GET /p4, GET /p5 and 3 others" == item.reason


def test_many_undescribed_members_are_the_keys_of_a_map() -> None:
    """Thirty names in one object are one finding; names that look like data are not shown."""
    members = {f"{word}{end}": 1 for word in ("north", "south", "east") for end in "abcdefghij"}
    (change,) = found(answering(OBJECT), exchange({"a": "x", **members})).drift.changes
    assert "and 25 others" in change.message
    (data,) = found(answering(OBJECT), exchange({"a": "x", "ann@example.com": 1, "9f8e7d6c5b4a": 2})).drift.changes
    assert data.subject.endswith("property *")


@pytest.mark.parametrize("shape", [OBJECT, {"enum": ["x"]}, {"type": "array", "items": I}, {"oneOf": [BALL, ROPE]}, I])
def test_secrets_are_never_shown(shape: Json) -> None:
    """No value of a body, a header, a query or a path is in any report."""
    secret = "s3cr3t-t0ken-abcdef"
    value = {"a": secret, secret: secret, "c": [secret, {"token": secret}], "password": "qwerty"}
    calls = [
        exchange(body, number=number, url=f"https://eu.example.com/v1/{path}", headers=(("X-Total", secret),))
        for number, (body, path) in enumerate(
            [(value, f"things?key={secret}"), (secret, f"things?{secret}=1"), ([secret], f"{secret}/things")], 1
        )
    ]
    drift = found(answering(shape), *calls).drift
    texts = [report.text(drift), report.markdown(drift), report.html(drift), report.sarif(drift, version="1")]
    texts += [json.dumps(report.as_json(drift)), str(report.check_run(drift)), str(report.review_comments(drift))]
    assert drift.changes
    assert [] == [text for text in texts if secret in text or "qwerty" in text]


def test_words_of_a_list_are_shown_unless_their_name_is_secret() -> None:
    """A forgotten value of an enum is a word; one of a field named `token` is not shown."""
    lists = {"type": "object", "properties": {name: {"enum": ["old"]} for name in ("state", "token")}}
    changes = found(answering(lists), exchange({"state": "new_one", "token": "opensesame"})).drift.changes
    assert [
        "a value comes that is not listed: new_one",
        "a value comes that is not listed: string of 10 characters",
    ] == [change.message for change in changes]


def test_hostile_values_and_patterns_end() -> None:
    """Unions that branch at every level, patterns that explode elsewhere, and reference loops take no time."""
    twice = {"$ref": "#/components/schemas/T"}
    tree = {"type": "object", "properties": {"n": {"anyOf": [twice, twice]}, "x": {"type": "string"}}}
    schemas = {"T": tree, "Loop": {"$ref": "#/components/schemas/Loop"}}
    deep: Json = {"x": 1}
    for _ in range(60):
        deep = {"n": deep}
    started = time.process_time()
    made = found(answering(twice, components={"schemas": schemas}), exchange(deep))
    assert any("takes too long" in item.reason for item in made.drift.not_evaluated)
    found(answering({"$ref": "#/components/schemas/Loop"}, components={"schemas": schemas}), exchange(1))
    found(answering({"type": "string", "pattern": "^(a+)+$"}), exchange("a" * 3000 + "b"))
    found(answering({"type": "array", "uniqueItems": True}), exchange([{"n": number} for number in range(20000)]))
    assert 20 > time.process_time() - started


def test_a_pattern_that_cannot_be_matched_is_not_evaluated() -> None:
    """Look-ahead has no automaton: that is said, and nothing is claimed."""
    made = found(answering({"type": "string", "pattern": "^(?=.*x)y"}), exchange("z"))
    assert ((), ["pattern ^(?=.*x)y"]) == (made.drift.changes, [item.subject for item in made.drift.not_evaluated])


def test_the_policy_holds_for_traffic_too() -> None:
    """Another severity by pattern, and an approval by fingerprint."""
    api, call = answering(OBJECT), exchange({"a": 1, "c": 1})
    plain = found(api, call).drift
    policy = Policy(
        severities={"live-*-property-undocumented": None},
        accepted=(Acceptance(reason="known", fingerprint=plain.changes[0].fingerprint),),
    )
    assert [("live-response-type-wrong", "known")] == [
        (change.rule, change.approved) for change in found(api, call, policy=policy).drift.changes
    ]


def test_lines_of_json_are_looked_at_one_by_one() -> None:
    """A stream of values, each against the item's schema."""
    content = {"application/x-ndjson": {"schema": OBJECT}}
    api = api_of({"responses": {"200": {"description": "", "content": content}}})
    call = exchange(kind="application/x-ndjson", body=b'{"a": "x"}\n\n{"a": 1}\n')
    assert [("response-type-wrong", "breaking", "property a")] == told(api, call)


def test_descriptions_without_http_operations_are_refused() -> None:
    """GraphQL has one address for everything."""
    api = read(FileTree({"a.graphql": b"type Query { a: Int }"}), "a.graphql").api
    with pytest.raises(UserError, match="names no HTTP operations"):
        observe(api, [exchange()])


def test_the_same_traffic_gives_the_same_report() -> None:
    """To the byte."""
    calls = [exchange({"c": number, "b": "x"}, number=number) for number in range(5)]
    one, other = (report.as_json(found(answering(OBJECT), *calls).drift) for _ in range(2))
    assert one == other


def test_every_rule_about_traffic_has_been_met() -> None:
    """Run last, whatever order the others are in: it holds the cases itself."""
    for schema, value, _ in VALUES:
        told(answering(schema), exchange(value))
    for mark in test_answers.pytestmark:  # type: ignore[attr-defined]
        for operation, more, _ in mark.args[1]:
            test_answers(operation, more, _)
    for mark in test_requests_that_succeeded.pytestmark:  # type: ignore[attr-defined]
        for case in mark.args[1]:
            test_requests_that_succeeded(*case)
    for mark in test_requests_have_the_twins_of_the_rules.pytestmark:  # type: ignore[attr-defined]
        for case in mark.args[1]:
            test_requests_have_the_twins_of_the_rules(*case)
    test_a_request_of_another_media_type()
    test_operations_that_nobody_described()
    assert set() == {rule.id for rule in RULES} - SEEN
