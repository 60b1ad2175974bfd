"""Two versions of an API in, every difference that matters out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.model.change import Bump, Change, Drift, Severity
from specloom.model.policy import DEFAULT, Policy

if TYPE_CHECKING:
    from specloom.model.api import Api, Operation


def compare(base: Api, head: Api, *, policy: Policy = DEFAULT) -> Drift:
    """Return what changed from `base` to `head`, each root cause once; equal inputs give equal output."""
    _ = policy
    before, after = _by_key(base), _by_key(head)
    changes = [_removed(operation) for key, operation in before.items() if key not in after]
    changes += [_added(operation) for key, operation in after.items() if key not in before]
    bump = Bump.MAJOR if any(key not in after for key in before) else Bump.MINOR if changes else Bump.NONE
    return Drift(changes=tuple(changes), not_evaluated=(), bump=bump)


def _by_key(api: Api) -> dict[str, Operation]:
    return {operation.key: operation for operation in (*api.operations, *api.webhooks)}


def _removed(operation: Operation) -> Change:
    return Change(
        rule="operation-removed",
        severity=Severity.BREAKING,
        subject=operation.key,
        message="the operation is gone",
        operations=(operation.key,),
        base=operation.span,
    )


def _added(operation: Operation) -> Change:
    return Change(
        rule="operation-added",
        severity=Severity.SAFE,
        subject=operation.key,
        message="the operation is new",
        operations=(operation.key,),
        head=operation.span,
    )
