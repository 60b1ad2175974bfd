"""Drift as data, in the shape that `specloom diff --json` promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.model.change import Change, Drift, Evidence
    from specloom.model.source import Json, Span


def as_json(drift: Drift) -> dict[str, Json]:
    """Return `{changes, not_evaluated, bump}`; the fields may grow, they do not change."""
    return {
        "changes": [_change(change) for change in drift.changes],
        "not_evaluated": [
            {"subject": item.subject, "reason": item.reason, "base": _span(item.base), "head": _span(item.head)}
            for item in drift.not_evaluated
        ],
        "bump": str(drift.bump),
    }


def _change(change: Change) -> dict[str, Json]:
    return {
        "rule": change.rule,
        "severity": str(change.severity),
        "subject": change.subject,
        "detail": change.detail,
        "message": change.message,
        "advice": change.advice,
        "operations": list(change.operations),
        "milder": list(change.milder),
        "base": _span(change.base),
        "head": _span(change.head),
        "fingerprint": change.fingerprint,
        "approved": change.approved,
        "evidence": _evidence(change.evidence),
    }


def _evidence(found: Evidence | None) -> Json:
    if found is None:
        return None
    return {"exchange": found.exchange, "pointer": found.pointer, "value": found.value, "count": found.count}


def _span(span: Span | None) -> Json:
    return None if span is None else {"path": span.path, "start": span.start, "end": span.end}
