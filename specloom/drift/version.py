"""Does `info.version` keep up with the changes? Told only to teams whose policy grades these rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.drift.table import rule_of
from specloom.model.change import Bump, Change
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.api import Api
    from specloom.model.policy import Policy

_NUMBERS: Final = re.compile(r"v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?")


def unmet(base: Api, head: Api, bump: Bump, policy: Policy) -> Iterator[Change]:
    """Yield what the two versions fail to say about changes that ask for `bump`."""
    before, after = _numbers(base.version), _numbers(head.version)
    same_major = before[:1] == after[:1] if any(before[:1]) else before[:2] == after[:2]
    for identity, met in (
        ("version-decreased", before <= after),
        ("version-not-bumped", bump is Bump.NONE or base.version != head.version),
        ("major-version-not-bumped", bump is not Bump.MAJOR or not same_major or not (before and after)),
    ):
        severity = policy.severities.get(identity)
        if severity is not None and not met:
            rule, values = rule_of(identity), {"before": base.version, "after": head.version}
            yield Change(
                rule=identity,
                severity=severity,
                subject="API",
                message=rule.says.format_map(values),
                advice=rule.advice.format_map(values),
                base=_line(base),
                head=_line(head),
            )


def _numbers(version: str) -> tuple[int, ...]:
    found = _NUMBERS.match(version.strip())
    return tuple(int(part or 0) for part in found.groups()) if found else ()


def _line(api: Api) -> Span:
    """Return the lines of `info`, or the first one."""
    if api.span is not None and "info" in dict(api.span.members):
        return api.span.member("info")
    return Span(api.source.path, 1, 1)
