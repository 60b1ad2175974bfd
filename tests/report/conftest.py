"""Drift made by hand, with texts that try to be more than text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.model.change import Bump, Change, Drift, NotEvaluated, Severity
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable

EVIL = "<script>alert(1)</script> ![x](http://e) @octocat #12 `a` | b <!-- specloom --> www.evil.example \x1b[31m\u202e"


def _change(number: int, severity: Severity, **more: object) -> Change:
    parts: dict[str, object] = {
        "rule": "request-max-length-lowered",
        "subject": f"GET /things/{number} · query q",
        "message": f"the longest length went from 9 to {number}",
        "advice": "Keep within the new limit.",
        "operations": (f"GET /things/{number}",),
        "base": Span("api.yaml", 10 + number, 10 + number),
        "head": Span("api.yaml", 20 + number, 20 + number),
    }
    return Change(severity=severity, **{**parts, **more})  # type: ignore[arg-type]  # the table above has the types


@pytest.fixture
def change() -> Callable[..., Change]:
    """Return what makes a change with a number and a severity."""
    return _change


@pytest.fixture
def sample() -> Drift:
    """Return one change of each severity, one approved, one removed, one undecided."""
    changes = (
        _change(1, Severity.BREAKING),
        _change(2, Severity.BREAKING, rule="operation-removed", approved="planned"),
        _change(
            3, Severity.BREAKING, rule="response-property-removed", operations=("GET /a", "GET /b"), milder=("PUT /a",)
        ),
        _change(4, Severity.RISKY),
        _change(5, Severity.SAFE),
    )
    undecided = NotEvaluated(subject="schema Pet", reason="the expressions could not be compared")
    return Drift(changes=changes, not_evaluated=(undecided,), bump=Bump.MAJOR)


@pytest.fixture
def hostile() -> Drift:
    """Return a change whose every text is an attack."""
    found = _change(
        1,
        Severity.BREAKING,
        subject=EVIL,
        message=EVIL,
        advice=EVIL,
        operations=(EVIL, EVIL + "2"),
        milder=(EVIL,),
        detail=EVIL,
    )
    return Drift(changes=(found,), not_evaluated=(NotEvaluated(subject=EVIL, reason=EVIL),), bump=Bump.MAJOR)
