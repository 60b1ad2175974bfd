"""Drift as SARIF 2.1.0, for code scanning (OASIS standard, section 3)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from specloom.model.change import Severity
from specloom.report.order import seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.change import Change, Drift
    from specloom.model.source import Json, Span

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
LEVEL: Final = {Severity.BREAKING: "error", Severity.RISKY: "warning", Severity.SAFE: "note"}


def sarif(drift: Drift, *, version: str, rules: Mapping[str, str] | None = None) -> str:
    """Return one SARIF run. `version` is the tool's; `rules` maps rule ids to what they mean."""
    ids = sorted({change.rule for change in drift.changes})
    texts = rules or {}
    driver: dict[str, Json] = {
        "name": "specloom",
        "version": version,
        "rules": [{"id": rule, "shortDescription": {"text": texts.get(rule, rule)}} for rule in ids],
    }
    results: list[Json] = [_result(change, ids.index(change.rule)) for change in drift.changes]
    notes: list[Json] = [
        {"level": "note", "message": {"text": f"{item.subject}: not evaluated, because {item.reason}"}}
        for item in drift.not_evaluated
    ]
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "results": results,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _result(change: Change, index: int) -> dict[str, Json]:
    result: dict[str, Json] = {
        "ruleId": change.rule,
        "ruleIndex": index,
        "level": LEVEL[change.severity],
        "message": {"text": _message(change)},
        "partialFingerprints": {"specloom/v1": change.fingerprint},
        "properties": {"operations": list(change.operations)},
    }
    # A result without a place is hidden by code scanning, so what was removed falls back to the old lines.
    if span := change.head or change.base:
        result["locations"] = [{"physicalLocation": _location(span)}]
    if change.base and change.head:
        result["relatedLocations"] = [
            {"id": 1, "physicalLocation": _location(change.base), "message": {"text": "before"}}
        ]
    if change.approved is not None:
        result["suppressions"] = [{"kind": "external", "justification": change.approved}]
    return result


def _message(change: Change) -> str:
    """Return one paragraph: where, what, how it is known, what to do."""
    told = [f"{change.subject}: {change.message}", seen(change)]
    return " ".join(part.rstrip(".") + "." for part in [*told, change.advice] if part)


def _location(span: Span) -> dict[str, Json]:
    return {"artifactLocation": {"uri": quote(span.path)}, "region": {"startLine": span.start, "endLine": span.end}}
