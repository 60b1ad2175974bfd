"""For whom and for what a rate holds: its scope, the plan, and the calls that it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from specloom.facts.limits.rate_counted import REQUESTS
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.facts.evidence import Statement
    from specloom.facts.limits.rates import Rate
    from specloom.model.source import Json

SCOPES: Final = (
    ("ip", r"\bips?(?:[- ]address(?:es)?)?\b"),
    ("organization", r"\borgani[sz]ations?\b|\borg\b"),
    ("user", r"\bper[- ]user\b|\b(?:each|per|a|every) (?:\w+ )?user\b"),
    ("key", r"\b(?:api[- ])?key\b"),
    ("token", r"\b(?:per|each|every) (?:access )?token\b"),
    ("account", r"\b(?:per|each|every) account\b"),
    ("app", r"\b(?:per|each|every) app(?:lication)?\b"),
    ("project", r"\b(?:per|each|every) project\b"),
    ("workspace", r"\b(?:per|each|every) (?:workspace|team)\b"),
    ("endpoint", r"\b(?:per|each|every) (?:endpoint|route|method)\b"),
)
TIER_AFTER: Final = re.compile(
    r"^[^;,.|]{0,40}?\bfor (?:the |all |our )?((?-i:[A-Z][\w+-]*(?: [A-Z][\w+-]*)?)"
    r"|unauthenticated|authenticated|anonymous|free|paid)\b",
    re.IGNORECASE,
)
NO_TIER: Final = re.compile(r"\b(?:each|every|all|any|an?|your|their|the|this|one|endpoints?|apis?)\b", re.IGNORECASE)
TIER_WORDS: Final = re.compile(
    r"\b(unauthenticated|authenticated|anonymous|unauthorized|authorized|guest|free"
    r"|basic|pro|premium|enterprise|business|standard|trial|demo)\b",
    re.IGNORECASE,
)
SCOPE_COLUMN: Final = re.compile(
    r"\bscopes?\b|\blimit(?:ed)? (?:type|by|per)\b|^per$|\b(?:applied|counted|keyed|enforced) (?:to|per|by)\b",
    re.IGNORECASE,
)
SCOPE_CELLS: Final = (
    ("ip", r"ips?(?:[- ]address(?:es)?)?"),
    ("organization", r"org(?:ani[sz]ation)?s?"),
    ("key", r"(?:api[- ]?)?keys?"),
    *((name, f"{name}s?") for name in ("user", "token", "account", "project", "workspace", "endpoint")),
    ("app", r"app(?:lication)?s?"),
)
"""What a cell says below `Scope` or `Limited by`, alone or after `per`."""
CALLED_FOR: Final = re.compile(r"^\s*(?:to|for)\s+(?:the\s+)?(?P<what>[`/\w{}<>:*][^.;,|()\n]{2,60})", re.IGNORECASE)
FOR_WHOM: Final = re.compile(
    r"\b(?:each|every|all|any|your|their|this|customers?|users?|clients?|plans?|accounts?|per|is|are)\b", re.IGNORECASE
)
ENDPOINT: Final = re.compile(r"(?:[A-Z*]{1,7}\s+)?(?:https?:/)?/[^\s|]*")
"""The cell of an endpoint, with its method or without."""

PLANS: Final = re.compile(
    r"\b(?:plans?|tiers?|subscriptions?|packages?|levels?|users?|accounts?|customers?|roles?)\b", re.IGNORECASE
)
"""The name of a first column, whose rows are plans: the other columns are what is called."""
NEAR: Final = 60
"""Characters on each side of a rate that say more of it."""
LONGEST_LABEL: Final = 60
METHOD: Final = re.compile(r"GET|POST|PUT|PATCH|DELETE|HEAD")
COLUMN_RATE: Final = re.compile(rf"\b{REQUESTS}\b[^|]{{0,12}}(?:\bper\b|/)|\b(?:rps|rpm|rph|qps)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Whom:
    """What a sentence or a row says for all of its rates."""

    statement: Statement

    @cached_property
    def scopes(self) -> frozenset[str]:
        """Return what the statement or its heading says that requests are counted by."""
        wider = f"{self.statement.text} {' '.join(self.statement.passage.headings[-1:])}"
        return frozenset(scope for scope, pattern in SCOPES if re.search(pattern, wider, re.IGNORECASE))

    @cached_property
    def scope_cell(self) -> str:
        """Return what the cell below `Scope` says."""
        cells = self.statement.row.cells if self.statement.row else ()
        for name, cell in zip(self.statement.passage.header, cells, strict=False):
            if SCOPE_COLUMN.search(name):
                for scope, pattern in SCOPE_CELLS:
                    if re.fullmatch(rf"\W*(?:(?:per|each|by)\s+)?{pattern}\W*", cell, re.IGNORECASE):
                        return scope
        return ""

    @cached_property
    def label(self) -> str:
        """Return what a row is about, a method with its endpoint; a label that tells the window is about nothing."""
        cells = [cell.strip("`* ") for cell in self.statement.row.cells[:2]] if self.statement.row else []
        plain = [cell for cell in cells if cell and len(cell) < LONGEST_LABEL and not re.search(r"\d", cell)]
        if not cells or cells[:1] != plain[:1] or COLUMN_RATE.search(cells[0]) or ENDPOINT.fullmatch(cells[0]):
            return ""
        return " ".join(plain) if METHOD.fullmatch(plain[0]) else plain[0]

    @cached_property
    def endpoint(self) -> str:
        """Return the cell of an endpoint."""
        cells = self.statement.row.cells if self.statement.row else ()
        return next((plain for cell in cells if ENDPOINT.fullmatch(plain := cell.strip().strip("`"))), "")

    def value_of(self, rate: Rate, surface: str) -> dict[str, Json]:
        """Return the value of a rate with all that its sentence or row says of whom it holds for."""
        value: dict[str, Json] = {"limit": rate.limit, "window_s": rate.window, "unit": rate.unit}
        if scope := self.scope_cell or self._scope(rate):
            value["scope"] = scope
        by_plan = bool(
            rate.tier and self.label and any(PLANS.search(name) for name in self.statement.passage.header[:1])
        )
        if tier := (not by_plan and rate.tier) or self.label or _tier(self.statement.text, rate):
            value["tier"] = tier
        if calls := surface or (by_plan and rate.tier) or self._calls(rate):
            value["applies_to"] = calls
        return value

    def _scope(self, rate: Rate) -> str:
        near = self.statement.text[max(0, rate.at - NEAR) : rate.end + NEAR]
        return next((s for s, words in SCOPES if s in self.scopes or re.search(words, near, re.IGNORECASE)), "")

    def _calls(self, rate: Rate) -> str:
        """Return the calls that a row or an item is about: the cell of an endpoint, or the words after the rate."""
        if self.statement.row:
            return self.endpoint
        found = CALLED_FOR.match(self.statement.text[rate.end : rate.end + 2 * NEAR])
        listed = self.statement.passage.kind is PassageKind.LIST_ITEM
        return found["what"].strip() if listed and found and not FOR_WHOM.search(found["what"]) else ""


def _tier(text: str, rate: Rate) -> str:
    after = TIER_AFTER.search(text[rate.end : rate.end + 2 * NEAR])
    if after and not NO_TIER.search(after[1]):
        return after[1]
    before = re.split(r"[;,.]", text[max(0, rate.at - NEAR) : rate.at])[-1]
    words = TIER_WORDS.findall(before)
    return str(words[-1]).lower() if words else ""
