"""Facts of the docs stand in for what a description leaves out, and for nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from specloom.facts.applied import with_facts
from specloom.model.api import Api, Operation, OperationKind, SecurityScheme, Server
from specloom.model.inference import Citation, Inference, Outcome
from specloom.model.source import Source, Span

if TYPE_CHECKING:
    from specloom.model.source import Json

HERE = Span("api.yaml", 1, 1)
CITED = (Citation(file="docs/guide.md", line_start=3, line_end=4, quote="so it says"),)
URL = "https://api.shop.example/v1"


def fact(kind: str, outcome: Outcome = Outcome.APPLY, **value: Json) -> Inference:
    """Return a fact that the docs state."""
    return Inference(
        id=f"{kind}-{sorted(value.items())}",
        fact_kind=kind,
        value=value,
        confidence=0.95,
        citations=CITED,
        outcome=outcome,
    )


BEARER = fact("auth", type="http", scheme="bearer")
KEY = fact("auth", type="apiKey", name="X-Key", **{"in": "header"})
BASE = fact("base_url", url=URL)
IDEMPOTENCY = fact("idempotency", name="Idempotency-Key", **{"in": "header"})


@pytest.fixture
def api() -> Api:
    """Return an API that says nothing beside its operations."""
    operations = tuple(
        Operation(key=f"{method} /orders", kind=OperationKind.HTTP, method=method, path="/orders", span=HERE)
        for method in ("GET", "POST")
    )
    return Api(
        title="Shop",
        version="1",
        source=Source(path="api.yaml", format="openapi-3.1", files=("api.yaml",), digest="0"),
        operations=operations,
    )


def test_what_is_left_out_is_taken_from_the_docs(api: Api) -> None:
    """Each with the fact that it rests on, on the lines that prove it."""
    made = with_facts(api, [BEARER, KEY, BASE, IDEMPOTENCY])
    assert [URL] == [server.url for server in made.servers]
    assert Span("docs/guide.md", 3, 4) == made.servers[0].span
    assert ((("bearerAuth", ()),), (("X-Key", ()),), ()) == made.security
    assert [("bearer", None), (None, "X-Key")] == [(one.scheme, one.parameter) for one in made.security_schemes]
    assert [None, "Idempotency-Key"] == [one.idempotency and one.idempotency.header for one in made.operations]
    assert (BASE, BEARER, KEY, IDEMPOTENCY) == made.inferred


def test_a_declaration_is_never_overridden(api: Api) -> None:
    """Whatever it says, also that no authentication is needed."""
    scheme = SecurityScheme(name="own", type="http", scheme="basic", span=HERE)
    declared = replace(api, servers=(Server(url="/", span=HERE),), security_schemes=(scheme,))
    assert declared == with_facts(declared, [BEARER, BASE])
    assert replace(api, security=()) == with_facts(replace(api, security=()), [BEARER])
    first, second = api.operations
    own = replace(api, operations=(replace(first, security=()), second))
    assert own == with_facts(own, [BEARER])


@pytest.mark.parametrize(
    "facts",
    [
        [fact("base_url", Outcome.SUGGEST, url=URL)],
        [BASE, fact("base_url", url="https://other.example")],
        [fact("base_url", url="https://{shop}.example")],
        [fact("base_url", url='https://x.example"\nimport os')],
        [fact("base_url", url="file:///etc/passwd")],
        [fact("base_url", url="https://api.sh\u043ep.example")],
        [fact("base_url", url="https://me:secret@shop.example")],
        [BEARER, fact("auth", type="none")],
        [fact("auth", type="apiKey", name="Authorization", format="Token {token}", **{"in": "header"})],
        [fact("auth", type="apiKey", name='X"\nimport os', **{"in": "header"})],
        [fact("idempotency", name="key", **{"in": "query"})],
        [fact("rate_limit", limit=3)],
    ],
    ids=[
        *(
            "not-sure",
            "two-bases",
            "placeholder",
            "code",
            "file",
            "lookalike",
            "password",
            "also-none",
            "unknown-format",
            "code-as-name",
        ),
        *("no-header", "not-for-code"),
    ],
)
def test_what_is_not_plain_is_for_people_to_decide(api: Api, facts: list[Any]) -> None:
    """Nothing is taken then."""
    assert api == with_facts(api, facts)
