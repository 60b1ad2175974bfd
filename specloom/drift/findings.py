"""Findings as they come in: the same root cause, reached from many operations, is one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from specloom.drift.effect import worst

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.drift.rules.dialects import Dialect
    from specloom.model.change import Evidence, Severity
    from specloom.model.source import Span

BOTH_SIDES: Final = frozenset({"base", "head"})
WHOLE: Final = ("operation-removed", "operation-added", "webhook-removed", "webhook-added")
_WAYS: Final = re.compile(r"-(?:narrowed|widened)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule that was met at a place. `family` is the rule's id without direction: one edit, seen from both sides.

    `place` is the last step of the subject: it keeps two edits on one line apart. `sides` are those whose lines tell
    the edit from others.
    """

    rule: str
    family: str
    severity: Severity
    subject: str
    place: str
    base: Span | None
    head: Span | None
    detail: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    undecided: str = ""
    evidence: Evidence | None = None
    sides: frozenset[str] = BOTH_SIDES


@dataclass(slots=True, kw_only=True)
class Cause:
    """One root cause with every operation that it reaches, and how gravely, in the order of the descriptions."""

    finding: Finding
    subjects: dict[str, None]
    reached: dict[str, Severity]

    @property
    def operations(self) -> tuple[str, ...]:
        """The operations that are reached as gravely as the finding says."""
        return tuple(key for key, severity in self.reached.items() if severity is self.finding.severity)

    @property
    def milder(self) -> tuple[str, ...]:
        """The operations that the same edit reaches less gravely, such as those that send what others answer."""
        return tuple(key for key, severity in self.reached.items() if severity is not self.finding.severity)


class Findings:
    """Collects findings under their root causes, graded as the descriptions' dialect has it."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._causes: list[Cause] = []
        self._known: dict[object, Cause] = {}
        self._settled: set[str] = set()

    def settle(self, subject: str) -> None:
        """Take in nothing more at this subject or inside it: what was found there says it all."""
        self._settled.add(subject)

    def add(self, finding: Finding, *operations: str | None) -> None:
        """Take a finding in; the gravest of one root cause gives it its rule."""
        if self._settled and self._is_settled(finding.subject):
            return
        if self._dialect.one_mark and finding.family.startswith(("min-properties", "max-properties")):
            return  # this is how `@oneOf` is read, and it is told by its name
        finding = replace(finding, severity=self._dialect.grade(finding.rule, finding.severity))
        identities = _identities(finding)
        cause = next((self._known[one] for one in identities if one in self._known), None)
        if cause is None:
            cause = Cause(finding=finding, subjects={}, reached={})
            self._causes.append(cause)
        elif worst(cause.finding.severity, finding.severity) != cause.finding.severity:
            cause.finding = finding
        self._known.update(dict.fromkeys(identities, cause))
        cause.subjects.setdefault(finding.subject)
        for key in operations:
            if key is not None:
                cause.reached[key] = worst(cause.reached.get(key, finding.severity), finding.severity)

    def _is_settled(self, subject: str) -> bool:
        steps = subject.split(" · ")
        return any(" · ".join(steps[: index + 1]) in self._settled for index in range(len(steps)))

    def causes(self) -> list[Cause]:
        """Return what was found, in the order of discovery."""
        found = self._causes
        if not self._dialect.one_mark:
            return found
        # Where a dialect knows one mark for "never null" and "always there", both findings are of one edit: of an
        # answer people want to hear the first, of what they send the second.
        null = {cause.finding.subject for cause in found if _is_null(cause)}
        duty = {cause.finding.subject for cause in found if _is_duty(cause)}
        found = [cause for cause in found if not (cause.finding.subject in null & duty and _is_other(cause))]
        # What is never null must be sent unless it has a default: then that is what was edited.
        return [cause for cause in found if not (cause.finding.subject in duty and _is_default(cause))]


def _is_null(cause: Cause) -> bool:
    return cause.finding.family in {"null-added", "null-removed"}


def _is_default(cause: Cause) -> bool:
    return cause.finding.family in {"default-added", "default-removed"}


def _is_duty(cause: Cause) -> bool:
    return cause.finding.family.endswith(("became-required", "became-optional"))


def _is_other(cause: Cause) -> bool:
    answer = cause.finding.rule.startswith("response-")
    return _is_duty(cause) if answer else _is_null(cause)


def _identities(finding: Finding) -> list[object]:
    """Return what two findings of one edit have in common: the part of a component, or the lines on both sides.

    What stands on those lines is told apart by its number; where that is not known, by the place, and in a file of one
    line by the subject.
    """
    # Of a component some uses may require what others do not, and one of them may be deprecated.
    edit = finding.family.removeprefix("required-").removeprefix("deprecated-")
    # In a form a number is a text, in JSON it is none: what widens the one may be another type in the other.
    edit = _WAYS.sub("-changed", edit)
    if any(word in edit for word in WHOLE):
        return [(edit, finding.subject)]  # operations that go with their path are still that many
    spans = {"base": finding.base, "head": finding.head}
    lines = tuple((span.path, span.start, span.end, span.number) if span else None for span in spans.values())
    if all(span is not None and span.number for side, span in spans.items() if side in finding.sides):
        lines = tuple(mark if side in finding.sides else None for side, mark in zip(spans, lines, strict=True))
        found: list[object] = [(edit, finding.detail, lines)]
    else:
        crowded = all(span is None or span.start == span.end == 1 for span in spans.values())
        found = [(edit, finding.detail, lines, finding.place, finding.subject if crowded else "")]
    if finding.subject.startswith("schema "):
        found.insert(0, (edit, finding.detail, finding.subject))
    return found
