"""From root causes to what a team is shown: texts from the table, severities and acceptances from the policy."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from specloom.drift.notice import stability
from specloom.drift.table import BY_ID
from specloom.drift.version import unmet
from specloom.model.change import Bump, Change, Drift, NotEvaluated, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.drift.findings import Cause, Finding, Findings
    from specloom.drift.rule import Rule
    from specloom.model.api import Api
    from specloom.model.policy import Acceptance, Policy

LONGEST: Final = 160
"""Characters of one value in a sentence."""
ORDER: Final = {Severity.BREAKING: 0, Severity.RISKY: 1, Severity.SAFE: 2}
QUIET: Final = ("operation-tag-", "operation-id-", "schema-added", "schema-removed", "link-", "security-scheme-")
"""Rules whose changes touch nothing that a caller sends or receives: a patch at most."""


def drift_of(findings: Findings, base: Api, head: Api, *, policy: Policy) -> Drift:
    """Return the finished comparison, sorted by severity, then subject, then rule."""
    levels = {item.key: stability(item.extensions) for item in (*base.operations, *head.operations)}
    changes = [change for cause in findings.causes() if (change := _change(cause, levels, policy)) is not None]
    bump = bump_of(changes)
    changes += unmet(base, head, bump, policy)
    changes.sort(key=lambda change: (ORDER[change.severity], change.subject, change.rule, change.detail))
    undecided = [
        NotEvaluated(subject=_subject(cause), reason=item.undecided, base=item.base, head=item.head)
        for cause in findings.causes()
        if (item := cause.finding).undecided
    ]
    undecided.sort(key=lambda item: (item.subject, item.reason))
    return Drift(changes=tuple(changes), not_evaluated=tuple(undecided), bump=bump)


def bump_of(changes: Iterable[Change]) -> Bump:
    """Return the version step: major for what breaks, minor for what callers can notice, patch for the rest."""
    found = list(changes)
    if any(change.severity is Severity.BREAKING for change in found):
        return Bump.MAJOR
    if any(not change.rule.startswith(QUIET) for change in found):
        return Bump.MINOR
    return Bump.PATCH if found else Bump.NONE


def _change(cause: Cause, levels: Mapping[str, str], policy: Policy) -> Change | None:
    finding = cause.finding
    severity = _severity(cause, levels, policy)
    if severity is None:
        return None
    rule = BY_ID[finding.rule]
    values: defaultdict[str, str] = defaultdict(str, {name: _cut(text) for name, text in finding.values.items()})
    change = Change(
        rule=finding.rule,
        severity=severity,
        subject=_subject(cause),
        message=rule.says.format_map(values),
        detail=finding.detail,
        advice=_advice(finding, rule, severity).format_map(values),
        operations=cause.operations,
        milder=cause.milder,
        base=finding.base,
        head=finding.head,
        evidence=finding.evidence,
    )
    return _accepted(change, policy)


def _advice(finding: Finding, rule: Rule, severity: Severity) -> str:
    """Return the rule's advice; where the change is not safe, "nothing to do" would promise too much."""
    if severity is Severity.SAFE or not rule.advice.startswith("Nothing to do"):
        return rule.advice
    if finding.undecided:
        return "Check whether this concerns you: its effect could not be decided."
    if severity is Severity.BREAKING:
        return "Find where you rely on what was possible before, and change that first."
    return "Most callers need do nothing; check whether yours are among them."


def _subject(cause: Cause) -> str:
    """Several operations that share a part have it as their subject, without naming the first of them."""
    subject = cause.finding.subject
    if len(cause.subjects) == 1 or subject.startswith("schema "):
        return subject
    return subject.split(" · ", 1)[-1]


def _severity(cause: Cause, levels: Mapping[str, str], policy: Policy) -> Severity | None:
    """Ask the policy first, the exact id before any pattern, and the law last."""
    rule = cause.finding.rule
    if rule in policy.severities:
        return policy.severities[rule]
    for pattern, severity in policy.severities.items():
        if fnmatchcase(rule, pattern):
            return severity
    touched = [levels.get(key, "stable") for key in cause.operations]
    if touched and all(level in policy.unstable for level in touched) and not rule.startswith("stability"):
        return Severity.SAFE
    return cause.finding.severity


def _accepted(change: Change, policy: Policy) -> Change | None:
    covering = [entry for entry in policy.accepted if _covers(entry, change)]
    for entry in covering:
        if not _over(entry, policy):
            return None if entry.hide else replace(change, approved=entry.reason)
    if covering:
        entry = covering[-1]
        note = f"It was accepted until {entry.expires} ({entry.reason}); that day is over."
        return replace(change, advice=f"{change.advice} {note}")
    return change


def _over(entry: Acceptance, policy: Policy) -> bool:
    return entry.expires is not None and policy.today is not None and policy.today > entry.expires


def _covers(entry: Acceptance, change: Change) -> bool:
    if entry.fingerprint is not None and entry.fingerprint != change.fingerprint:
        return False
    if entry.fingerprint is None and entry.rule == entry.where == "*":
        return False  # an entry that names nothing accepts nothing
    places = (change.subject, *change.operations, *change.milder)
    return fnmatchcase(change.rule, entry.rule) and any(fnmatchcase(place, entry.where) for place in places)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
