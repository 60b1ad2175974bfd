"""Shapes that several commands use in their JSON; a contract: fields are added, never changed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Literal, cast

from typing_extensions import TypedDict

from specloom.report import as_json

if TYPE_CHECKING:
    from specloom.model.change import Drift
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.inference import Inference
    from specloom.model.plan import CheckRun, Conflict, Plan, Provenance, ReviewComment
    from specloom.model.source import SourceTree, Span


class SpanShape(TypedDict):
    """Lines `start` to `end` of `path`, 1-based and inclusive."""

    path: str
    start: int
    end: int


class DiagnosticShape(TypedDict):
    """A part that could not be done, and why."""

    level: Literal["error", "warning", "note"]
    code: str
    message: str
    path: str | None
    line: int | None


class EvidenceShape(TypedDict):
    """What traffic showed: the first exchange, a JSON Pointer into its body, the value without secrets, how often."""

    exchange: str
    pointer: str
    value: str
    count: int


class ChangeShape(TypedDict):
    """One change with every operation it reaches; `fingerprint` stays the same when lines move."""

    rule: str
    severity: Literal["breaking", "risky", "safe"]
    subject: str
    detail: str
    message: str
    advice: str
    operations: list[str]
    milder: list[str]
    base: SpanShape | None
    head: SpanShape | None
    fingerprint: str
    approved: str | None
    evidence: EvidenceShape | None


class NotEvaluatedShape(TypedDict):
    """A difference whose effect could not be decided."""

    subject: str
    reason: str
    base: SpanShape | None
    head: SpanShape | None


class DriftShape(TypedDict):
    """What changed between two versions; `bump` is the semantic-version step that it asks for."""

    changes: list[ChangeShape]
    not_evaluated: list[NotEvaluatedShape]
    bump: Literal["major", "minor", "patch", "none"]


class LiveShape(DriftShape):
    """What real calls show that the description does not say; how many exchanges and operations were looked at."""

    exchanges: int
    operations: int


class FileShape(TypedDict):
    """A generated file, compared with what stands there."""

    path: str
    sha256: str | None
    target: str | None
    status: Literal["added", "changed", "unchanged", "deleted"]


class ConflictShape(TypedDict):
    """A hand edit that stands, and what the generator wanted in its place."""

    path: str
    reason: Literal["both-changed", "deleted-by-hand", "dropped-by-generator", "no-base"]
    line_start: int | None
    line_end: int | None
    suggestion: str | None


class ProvenanceShape(TypedDict):
    """What the files were made from: SHA-256 digests, generator versions, and the git id of the generated tree."""

    description: str
    config: str
    inferences: str
    generators: dict[str, str]
    tree: str


class CitationShape(TypedDict):
    """The lines of the documentation that prove an inference."""

    file: str
    line_start: int
    line_end: int
    quote: str
    permalink: str | None


class InferenceShape(TypedDict):
    """A fact that the documentation states and the description leaves out."""

    id: str
    fact_kind: str
    value: dict[str, object]
    confidence: float
    outcome: Literal["apply", "suggest", "withhold"]
    citations: list[CitationShape]
    accepted: bool


class AnnotationShape(TypedDict):
    """A message on lines of the head commit."""

    level: Literal["failure", "warning", "notice"]
    span: SpanShape
    title: str
    message: str


class CheckRunShape(TypedDict):
    """A check run as it ends; `text` is Markdown."""

    name: str
    conclusion: Literal["success", "failure", "neutral", "action_required"]
    title: str
    summary: str
    text: str
    annotations: list[AnnotationShape]


class ReviewCommentShape(TypedDict):
    """A comment on lines of the pull request; `key` identifies it over runs, `side` is LEFT for the base."""

    key: str
    path: str
    line_start: int
    line_end: int
    side: Literal["LEFT", "RIGHT"]
    body: str


def span_shape(span: Span) -> SpanShape:
    """Return a span as data."""
    return {"path": span.path, "start": span.start, "end": span.end}


def diagnostic_shape(item: Diagnostic) -> DiagnosticShape:
    """Return a diagnostic as data."""
    return {
        "level": item.level.value,
        "code": item.code,
        "message": item.message,
        "path": item.span.path if item.span else None,
        "line": item.span.start if item.span else None,
    }


def drift_shape(drift: Drift) -> DriftShape:
    """Return a comparison as data."""
    return cast("DriftShape", as_json(drift))


def file_shapes(plan: Plan, before: SourceTree) -> list[FileShape]:
    """Return every file of a plan, compared with what stands in `before`."""
    return [
        *(
            FileShape(
                path=path,
                sha256=hashlib.sha256(content).hexdigest(),
                target=target_of(plan, path),
                status=_status(before.read(path), content),
            )
            for path, content in plan.tree.files.items()
        ),
        *(FileShape(path=path, sha256=None, target=target_of(plan, path), status="deleted") for path in plan.deletions),
    ]


def target_of(plan: Plan, path: str) -> str | None:
    """Return the target whose folder `path` lies in."""
    return next((name for name in plan.provenance.generators if f"/{name}/" in f"/{path}"), None)


def conflict_shape(item: Conflict) -> ConflictShape:
    """Return a conflict as data."""
    return {
        "path": item.path,
        "reason": item.reason,
        "line_start": item.line_start,
        "line_end": item.line_end,
        "suggestion": item.suggestion,
    }


def provenance_shape(item: Provenance) -> ProvenanceShape:
    """Return a provenance as data."""
    return {
        "description": item.description,
        "config": item.config,
        "inferences": item.inferences,
        "generators": dict(item.generators),
        "tree": item.tree,
    }


def _status(before: bytes | None, now: bytes) -> Literal["added", "changed", "unchanged"]:
    if before is None:
        return "added"
    return "unchanged" if before == now else "changed"


def inference_shape(item: Inference) -> InferenceShape:
    """Return an inference as data."""
    return {
        "id": item.id,
        "fact_kind": item.fact_kind,
        "value": dict(item.value),
        "confidence": item.confidence,
        "outcome": item.outcome.value,
        "citations": [
            {
                "file": found.file,
                "line_start": found.line_start,
                "line_end": found.line_end,
                "quote": found.quote,
                "permalink": found.permalink,
            }
            for found in item.citations
        ],
        "accepted": item.accepted,
    }


def check_run_shape(item: CheckRun) -> CheckRunShape:
    """Return a check run as data."""
    return {
        "name": item.name,
        "conclusion": item.conclusion,
        "title": item.title,
        "summary": item.summary,
        "text": item.text,
        "annotations": [
            {"level": found.level, "span": span_shape(found.span), "title": found.title, "message": found.message}
            for found in item.annotations
        ],
    }


def review_comment_shape(item: ReviewComment) -> ReviewCommentShape:
    """Return a review comment as data."""
    return {
        "key": item.key,
        "path": item.path,
        "line_start": item.line_start,
        "line_end": item.line_end,
        "side": item.side,
        "body": item.body,
    }
