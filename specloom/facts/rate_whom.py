"""For whom and for what a rate holds: its scope, the plan, and the calls that it counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.facts.evidence import Statement
    from specloom.facts.rates import Rate
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
    r"^[^;,.|]{0,40}?\bfor (?:the |all |our )?((?:[A-Z][\w+-]*(?: [A-Z][\w+-]*)?)"
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


def value_of(statement: Statement, rate: Rate, surface: str) -> dict[str, Json]:
    """Return the value of a rate with all that its sentence or row says of whom it holds for."""
    value: dict[str, Json] = {"limit": rate.limit, "window_s": rate.window, "unit": rate.unit}
    if scope := _scope(statement, rate):
        value["scope"] = scope
    if tier := _tier(statement, rate):
        value["tier"] = tier
    if calls := surface or _calls(statement, rate):
        value["applies_to"] = calls
    return value


def _scope(statement: Statement, rate: Rate) -> str:
    if found := _scope_cell(statement):
        return found
    around = statement.text[max(0, rate.at - 60) : rate.end + 60]
    wider = f"{statement.text} {' '.join(statement.passage.headings[-1:])}"
    for scope, pattern in SCOPES:
        if re.search(pattern, around, re.IGNORECASE) or re.search(pattern, wider, re.IGNORECASE):
            return scope
    return ""


def _scope_cell(statement: Statement) -> str:
    cells = statement.row.cells if statement.row else ()
    for name, cell in zip(statement.passage.header, cells, strict=False):
        if SCOPE_COLUMN.search(name):
            for scope, pattern in SCOPE_CELLS:
                if re.fullmatch(rf"\W*(?:(?:per|each|by)\s+)?{pattern}\W*", cell, re.IGNORECASE):
                    return scope
    return ""


def _tier(statement: Statement, rate: Rate) -> str:
    first = statement.row.cells[0].strip() if statement.row and statement.row.cells else ""
    if first and not ENDPOINT.fullmatch(first.strip("`")) and not re.search(r"\d", first) and len(first) < 60:
        return first.strip("`* ")
    if (after := TIER_AFTER.search(statement.text[rate.end :])) and not NO_TIER.search(after[1]):
        return after[1]
    before = re.split(r"[;,.]", statement.text[max(0, rate.at - 60) : rate.at])[-1]
    words = TIER_WORDS.findall(before)
    return str(words[-1]).lower() if words else ""


def _calls(statement: Statement, rate: Rate) -> str:
    """Return the calls that a row or an item is about: the cell of an endpoint, or the words after the rate."""
    if statement.row:
        return next((plain for cell in statement.row.cells if ENDPOINT.fullmatch(plain := cell.strip().strip("`"))), "")
    found = CALLED_FOR.match(statement.text[rate.end :])
    if statement.passage.kind is not PassageKind.LIST_ITEM or not found or FOR_WHOM.search(found["what"]):
        return ""
    return found["what"].strip()
