"""What is written of a fact, be it suggested for a description or applied in code, is plain by the same rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.facts.applied import with_facts
from specloom.facts.plain import Credential, address, credential, token
from specloom.model.api import Api, Operation, OperationKind
from specloom.model.inference import Citation, Inference, Outcome
from specloom.model.source import Source, Span
from specloom.pipeline.adding import proposals

if TYPE_CHECKING:
    from specloom.model.source import Json

API = Api(
    title="Quay",
    version="1",
    source=Source(path="api.yaml", format="openapi-3.1", files=("api.yaml",), digest="0"),
    operations=(
        Operation(
            key="POST /boats", kind=OperationKind.HTTP, method="POST", path="/boats", span=Span("api.yaml", 1, 1)
        ),
    ),
)
KEY: dict[str, Json] = {"type": "apiKey", "in": "header", "name": "X-Key"}
FACTS: list[tuple[str, dict[str, Json], bool]] = [
    ("auth", {"type": "http", "scheme": "bearer"}, True),
    ("auth", {"type": "http", "scheme": "bearer", "format": "Bearer {token}"}, True),
    ("auth", {"type": "http", "scheme": "digest"}, False),
    ("auth", {"type": "http", "scheme": "Bearer: x"}, False),
    ("auth", KEY, True),
    ("auth", {**KEY, "in": "query"}, True),
    ("auth", {**KEY, "in": "body"}, False),
    ("auth", {**KEY, "name": "X Key: y"}, False),
    ("auth", {**KEY, "format": "Token token={token}"}, False),
    ("auth", {"type": "oauth2"}, False),
    ("auth", {"type": "none"}, False),
    ("base_url", {"url": "https://api.quay.dev/v1"}, True),
    ("base_url", {"url": "http://api.quay.dev/v1"}, False),
    ("base_url", {"url": "https://{port}.quay.dev"}, False),
    ("base_url", {"url": "https://me:secret@quay.dev"}, False),
    ("base_url", {"url": "https://quay.dev\nx: y"}, False),
    ("base_url", {"url": ["https://quay.dev"]}, False),
    ("idempotency", {"in": "header", "name": "Idempotency-Key"}, True),
    ("idempotency", {"in": "header", "name": 'Key"\n'}, False),
]


@pytest.mark.parametrize(("kind", "value", "plain"), FACTS)
def test_one_rule_says_what_is_plain(kind: str, value: dict[str, Json], plain: bool) -> None:  # noqa: FBT001
    """A fact is suggested for a description exactly where it may be applied in code."""
    cited = (Citation(file="a.md", line_start=1, line_end=1, quote="so it says"),)
    item = Inference(id="0", fact_kind=kind, value=value, confidence=0.95, citations=cited, outcome=Outcome.APPLY)
    assert [plain, plain] == [bool(list(proposals(item, API))), with_facts(API, [item]) != API]


def test_what_is_plain_is_read() -> None:
    """The parts that are written are returned."""
    assert Credential("http", scheme="basic") == credential({"type": "http", "scheme": "basic"})
    assert Credential("apiKey", location="query", name="k") == credential(
        {"type": "apiKey", "in": "query", "name": "k"}
    )
    assert "https://api.quay.dev" == address({"url": "https://api.quay.dev"})
    assert ("X-Version", "") == (token({"header": "X-Version"}, "header"), token({"name": 3}))
