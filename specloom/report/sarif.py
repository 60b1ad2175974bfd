"""Drift as SARIF 2.1.0, for code scanning (OASIS standard, section 3)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import quote

from specloom.model.change import Severity
from specloom.report.order import seen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.change import Change, Drift
    from specloom.model.source import Json, Span

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
RuleText: TypeAlias = "tuple[str, str]"
"""What a rule says in a line, and its page in Markdown."""
MOST: Final = 25_000
"""Results of one run that code scanning takes in."""
NAMED: Final = 20
"""Operations that a result names; the others are counted."""
LEVEL: Final = {Severity.BREAKING: "error", Severity.RISKY: "warning", Severity.SAFE: "note"}


def sarif(drift: Drift, *, version: str, rules: Mapping[str, RuleText] | None = None) -> str:
    """Return one SARIF run. `version` is the tool's; `rules` maps rule ids to what they say and their page."""
    shown = drift.changes[:MOST]
    ids = {rule: index for index, rule in enumerate(sorted({change.rule for change in shown}))}
    driver: dict[str, Json] = {
        "name": "specloom",
        "version": version,
        "rules": [_rule(rule, (rules or {}).get(rule)) for rule in ids],
    }
    results: list[Json] = [_result(change, ids[change.rule]) for change in shown]
    texts = [f"{item.subject}: not evaluated, because {item.reason}" for item in drift.not_evaluated]
    if len(shown) < len(drift.changes):
        texts.append(f"{len(drift.changes) - MOST} further changes are left out, the mildest ones")
    notes: list[Json] = [{"level": "note", "message": {"text": text}} for text in texts]
    run: dict[str, Json] = {
        "tool": {"driver": driver},
        "results": results,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": notes}],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _rule(identity: str, text: RuleText | None) -> dict[str, Json]:
    if text is None:
        return {"id": identity, "shortDescription": {"text": identity}}
    says, page = text
    return {"id": identity, "shortDescription": {"text": says}, "help": {"text": page, "markdown": page}}


def _result(change: Change, index: int) -> dict[str, Json]:
    result: dict[str, Json] = {
        "ruleId": change.rule,
        "ruleIndex": index,
        "level": LEVEL[change.severity],
        "message": {"text": _message(change)},
        "partialFingerprints": {"specloom/v1": change.fingerprint},
        "properties": {"operations": list(change.operations[:NAMED]), "reaches": len(change.operations)},
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
