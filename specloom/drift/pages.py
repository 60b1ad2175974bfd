"""One page per rule, and the list of them all, for `docs/rules/`; written by `make docs`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.drift.effect import BOTH, Direction, Effect, clamp, severity
from specloom.drift.rules import ALL
from specloom.drift.rules.dialects import GRAPHQL

if TYPE_CHECKING:
    from specloom.drift.rule import Rule
    from specloom.model.change import Severity

INTRODUCTION: Final = """# Rules

One law decides: a request breaks callers when it narrows, an answer when it widens ([drift](../drift.md)). A rule gives
a kind of change its name, its words, and, where needed, a convention. `specloom explain RULE` prints the same.

| rule | what it says | usually |
|---|---|---|
"""
_DOES: Final = {
    Effect.NONE: "The set of possible messages stays as it is.",
    Effect.NARROWS: "It usually makes the set of possible messages smaller.",
    Effect.WIDENS: "It usually makes the set of possible messages larger.",
    BOTH: "Some messages become impossible and others possible.",
    Effect.UNKNOWN: "What it does to the set of possible messages is worked out where that can be done.",
}


def pages() -> dict[str, str]:
    """Return path below `docs/` → text: `rules/README.md` and a page for every rule."""
    rows = "".join(f"| [{rule.id}]({rule.id}.md) | {_words(rule.says)} | {usually(rule)} |\n" for rule in ALL)
    return {"rules/README.md": INTRODUCTION + rows, **{f"rules/{rule.id}.md": page(rule) for rule in ALL}}


def summary(rule: Rule) -> str:
    """Return what a rule says, in general."""
    return _words(rule.says)


def page(rule: Rule) -> str:
    """Return the page of one rule."""
    blocks = [
        f"# {rule.id}",
        f"*{_words(rule.says)}*",
        f"Usually **{usually(rule)}**.",
        f"## Why it matters\n\n{_words(rule.why)}",
        f"## What to do\n\n{_words(rule.advice)}",
        f"## How the severity is found\n\n{_found(rule)}",
    ]
    return "\n\n".join(blocks) + "\n"


def usually(rule: Rule) -> Severity:
    """Return the severity of the rule's typical case."""
    if rule.severity is not None:
        return rule.severity
    direction = Direction.RESPONSE if _answers(rule.id) else Direction.REQUEST
    return clamp(severity(rule.typical, direction), floor=rule.floor, cap=rule.cap)


def _answers(identity: str) -> bool:
    """Tell which way the messages of a rule travel; for callbacks it is the other way round."""
    plain = identity.removeprefix("callback-")
    answers = plain.startswith(
        ("response-", "live-response-", "header-", "required-header-", "link-", "success-", "error-")
    )
    return answers is not identity.startswith("callback-")


def _found(rule: Rule) -> str:
    lines = [_DOES[rule.typical], "A request that narrows is breaking, an answer that widens is; the rest is safe."]
    if rule.severity is not None:
        lines = [f"By convention it is always {rule.severity}."]
    if rule.floor is not None:
        lines.append(f"By convention it is at least {rule.floor}.")
    if rule.cap is not None:
        lines.append(f"By convention it is at most {rule.cap}.")
    if rule.convention and rule.convention != rule.why:
        lines.append(rule.convention)
    if rule.id in GRAPHQL:
        lines.append(f"In GraphQL it is {GRAPHQL[rule.id]}.")
    lines.append(f"Another severity can be set in the config, under `{rule.id}`.")
    return " ".join(lines)


def _words(text: str) -> str:
    """Return a template as it reads in general: `{after}` as a word of code, and no day where one may be named."""
    return re.sub(r"\{(\w+)\}", r"`\1`", text.replace("{until}", ""))
