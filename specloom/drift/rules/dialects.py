"""Where a dialect has a law of its own: a GraphQL query names what it wants, so what is gone makes it invalid.

The grades are those of graphql-js (`findBreakingChanges`, `findDangerousChanges`), with our three words for them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from specloom.model.change import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.api import Api

GRAPHQL: Final[Mapping[str, Severity]] = MappingProxyType(
    {
        "operation-removed-after-deprecation": Severity.BREAKING,
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


def conventions(base: Api, head: Api) -> Mapping[str, Severity]:
    """Return the grades that the dialect of two descriptions sets; empty where the law holds as it stands."""
    return GRAPHQL if base.source.format == head.source.format == "graphql" else {}
