"""Where a dialect has a law of its own: a GraphQL query names what it wants, so what is gone makes it invalid.

The grades are those of graphql-js (`findBreakingChanges`, `findDangerousChanges`), with our three words for them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from specloom.model.change import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.api import Api

GRAPHQL: Final[Mapping[str, Severity]] = MappingProxyType(
    {
        "operation-removed-after-deprecation": Severity.BREAKING,
        "deprecated-parameter-removed": Severity.BREAKING,
        "request-deprecated-property-removed": Severity.BREAKING,
        "response-deprecated-property-removed": Severity.BREAKING,
        "response-property-removed": Severity.BREAKING,
        "response-required-property-removed": Severity.BREAKING,
        "response-enum-value-removed": Severity.BREAKING,
        "response-union-member-removed": Severity.BREAKING,
        "response-union-member-added": Severity.RISKY,
        "response-discriminator-mapping-removed": Severity.BREAKING,
        "parameter-added": Severity.RISKY,
        "parameter-removed": Severity.BREAKING,
        "required-parameter-removed": Severity.BREAKING,
        "request-property-removed": Severity.BREAKING,
        "request-required-property-removed": Severity.BREAKING,
        "request-enum-value-added": Severity.RISKY,
        "request-default-added": Severity.RISKY,
        "request-default-removed": Severity.RISKY,
        "request-default-changed": Severity.RISKY,
        "schema-removed": Severity.BREAKING,
    }
)
"""Rule → its grade in GraphQL, where it differs from the table's."""

SAMPLED: Final = ("request-", "response-", "live-response-", "required-request-body-", "success-status-")
"""Beginnings of rules about what is read off samples where a format has nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a format departs from the law.

    `grades` maps rules to severities. `sampled` schemas were made from examples, so that no difference between them is
    certain. With `one_mark`, "never null" and "always there" are one thing to say.
    """

    grades: Mapping[str, Severity] = field(default_factory=dict)
    sampled: bool = False
    one_mark: bool = False

    def grade(self, rule: str, severity: Severity) -> Severity:
        """Return the severity of a finding of `rule`, which the law grades `severity`."""
        if self.sampled and severity is Severity.BREAKING and rule.startswith(SAMPLED):
            return Severity.RISKY
        return self.grades.get(rule, severity)


def dialect(base: Api, head: Api) -> Dialect:
    """Return the dialect of two descriptions; that of two different ones is the law as it stands."""
    formats = {api.source.format for api in (base, head)}
    if formats == {"graphql"}:
        return Dialect(grades=GRAPHQL, one_mark=True)
    return Dialect(sampled=any(name.startswith(("postman", "docs")) for name in formats))
