"""The kinds of change that oasdiff names (509 in August 2026), each shown by a pair and found by a rule of ours.

`docs/drift-crosswalk.json` says which; `SPECLOOM_RENEW=1` writes it and its page anew from what is found.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from specloom import drift
from specloom.drift.crosswalk import page
from specloom.drift.table import BY_ID
from specloom.model.change import Severity
from specloom.model.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.api import Api

Json = Any
HERE: Final = Path(__file__).parent
DOCS: Final = HERE.parents[1] / "docs"
TABLE: Final = DOCS / "drift-crosswalk.json"
PAIRS: Final[dict[str, dict[str, list[Json]]]] = yaml.safe_load((HERE / "crosswalk.yaml").read_text("utf-8"))
OPPOSITES: Final = (
    ("added", "removed"),
    ("added", "deleted"),
    ("added-annotation-only", "removed-annotation-only"),
    ("set", "unset"),
    ("increased", "decreased"),
    ("widened", "narrowed"),
    ("generalized", "specialized"),
    ("became-nullable", "became-not-nullable"),
    ("became-required", "became-optional"),
    ("became-read-only", "became-not-read-only"),
    ("became-write-only", "became-not-write-only"),
)
VERSIONS: Final = dict.fromkeys(("version-not-bumped", "major-version-not-bumped", "version-decreased"), Severity.SAFE)
NOTICE: Final = Policy(deprecation_days={"stable": 180}, today=date(2027, 1, 1))
SILENT: Final = {
    "annotation-only": "Words alone touch nobody, and are not reported.",
    "request-body-type-compatible": "The same set of values, written otherwise, is not reported.",
    "request-property-type-compatible": "likewise",
    "response-body-type-compatible": "likewise",
    "response-header-type-compatible": "likewise",
    "response-property-type-compatible": "likewise",
    "response-media-type-name-changed": "A media type with and without `charset` is one, and not reported.",
    "api-security-component-oauth-scope-changed": "Only the words about the scope change, which is not reported.",
}
"""Kinds that are left out on purpose, by id or the end of it, and why."""


def pair(identity: str) -> tuple[Json, Json]:
    """Return the two descriptions that show the kind of change."""
    for known, turned in ((identity, False), *((other, True) for other in _opposites(identity))):
        for section, build in (("members", _members), ("operations", _operation), ("apis", _api)):
            if known in PAIRS[section]:
                base, head = (build(known, part) for part in PAIRS[section][known])
                return (head, base) if turned else (base, head)
        for place, build in PLACES.items():
            stem = known.removeprefix(f"{place}-")
            if stem != known and stem in PAIRS["schemas"]:
                base, head = (_description(build(part)) for part in PAIRS["schemas"][stem])
                return (head, base) if turned else (base, head)
    raise KeyError(identity)


def _opposites(identity: str) -> list[str]:
    return [
        identity.removesuffix(word) + other
        for pairs in OPPOSITES
        for word, other in (pairs, pairs[::-1])
        if identity.endswith(f"-{word}")
    ]


def _description(operation: Json, **more: Json) -> Json:
    kinds = {
        name: {
            "type": "object",
            "required": ["kind", "sort"],
            "properties": {"kind": {"const": name}, "sort": {"const": name}},
        }
        for name in ("Cat", "Dog")
    }
    schemes = {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "auth": {
            "type": "oauth2",
            "flows": {"clientCredentials": {"tokenUrl": "https://a.example", "scopes": {"read": ""}}},
        },
    }
    components = more.pop("components", {})
    return {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1.0.0"},
        "paths": {
            "/things": {"post": {"responses": {"200": {"description": ""}}, **operation}},
            **more.pop("paths", {}),
        },
        "components": {
            "schemas": {**kinds, **components.get("schemas", {})},
            "securitySchemes": {**schemes, **components.get("securitySchemes", {})},
        },
        **more,
    }


def _body(schema: Json) -> Json:
    return {"content": {"application/json": {"schema": schema}}}


def _property(schema: Json) -> Json:
    return {"type": "object", "properties": {"p": schema}}


def _parameter(schema: Json) -> Json:
    return {"parameters": [{"name": "q", "in": "query", "schema": schema}]}


def _answer(schema: Json) -> Json:
    return {"responses": {"200": {"description": "", **_body(schema)}}}


PLACES: Final[dict[str, Callable[[Json], Json]]] = {
    "request-body": lambda schema: {"requestBody": _body(schema)},
    "request-property": lambda schema: {"requestBody": _body(_property(schema))},
    "request-parameter-property": lambda schema: _parameter(_property(schema)),
    "request-parameter": _parameter,
    "response-body": _answer,
    "response-property": lambda schema: _answer(_property(schema)),
    "response-header": lambda schema: {
        "responses": {"200": {"description": "", "headers": {"X-A": {"schema": schema}}}}
    },
}


def _members(identity: str, part: Json) -> Json:
    schema = {"type": "object", **part}
    return _description(_answer(schema) if identity.startswith("response") else {"requestBody": _body(schema)})


def _operation(_identity: str, part: Json) -> Json:
    return _description(part)


def _api(_identity: str, part: Json) -> Json:
    return _description({}, **part)


def found(identity: str, load: Callable[..., Api]) -> tuple[list[str], str]:
    """Return the rules that tell the kind of change, and the gravest severity."""
    base, head = pair(identity)
    policy = Policy(severities=VERSIONS) if "version" in identity else Policy(today=NOTICE.today)
    if "sunset" in identity and not identity.endswith(("with-sunset", "deleted", "parse", "invalid")):
        policy = NOTICE
    changes = drift.compare(load(base), load(head), policy=policy).changes
    if "version" in identity:
        changes = tuple(change for change in changes if change.rule in VERSIONS)
    severities = [change.severity for change in changes]
    gravest = next((one.value for one in Severity if one in severities), "")
    return list(dict.fromkeys(change.rule for change in changes)), gravest


def _reason(identity: str) -> str:
    reason = next((text for end, text in SILENT.items() if identity.endswith(end)), "")
    return "The same set of values, written otherwise, is not reported." if reason == "likewise" else reason


def _measured(load: Callable[..., Api]) -> dict[str, Json]:
    table: dict[str, Json] = json.loads(TABLE.read_text("utf-8"))
    for identity, row in table.items():
        row["rules"], row["severity"] = found(identity, load)
        row["note"] = "" if row["rules"] else _reason(identity)
    return table


def test_the_crosswalk_is_what_is_found(load: Callable[..., Api]) -> None:
    """Every row names the rules that the pair meets, and the page says the same."""
    table = _measured(load)
    if os.environ.get("SPECLOOM_RENEW"):
        TABLE.write_text(json.dumps(table, indent=1) + "\n", "utf-8")
        (DOCS / "drift-crosswalk.md").write_text(page(table), "utf-8")
    assert json.loads(TABLE.read_text("utf-8")) == table
    assert (DOCS / "drift-crosswalk.md").read_text("utf-8") == page(table)


def test_no_kind_of_change_is_passed_over() -> None:
    """Each of them is found, or left out with a reason; and the rules exist."""
    table = json.loads(TABLE.read_text("utf-8"))
    assert len(table) == 509
    assert [identity for identity, row in table.items() if not row["rules"] and not row["note"]] == []
    assert {rule for row in table.values() for rule in row["rules"]} <= BY_ID.keys()
