"""All exchanges of a recording against a description: every cause once, with how often it was seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from specloom.drift.effect import Direction, clamp, severity
from specloom.drift.findings import Finding, Findings
from specloom.drift.rules.dialects import dialect
from specloom.drift.table import rule_of
from specloom.drift.traffic.judge import ERROR, GONE, NOT_FOUND, Answers, Side
from specloom.drift.traffic.observation import Observation
from specloom.drift.traffic.requests import Requests
from specloom.drift.traffic.routes import Called, Routes
from specloom.drift.traffic.showing import host, path
from specloom.drift.verdict import drift_of
from specloom.errors import UserError
from specloom.model.change import Drift, Evidence, NotEvaluated
from specloom.model.policy import DEFAULT, Policy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from specloom.model.api import Api
    from specloom.model.source import Span
    from specloom.model.traffic import Exchange

SHOWN: Final = 5
"""Operations, hosts or values named in one sentence; the others are counted."""
CROWD: Final = 20
"""Undescribed members of one schema that are told one by one; more are the keys of a map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """The drift between description and implementation, from `exchanges` calls of `operations` operations."""

    drift: Drift
    exchanges: int
    operations: int


@dataclass(slots=True)
class _Cause:
    """One departure: first seen where, how often, by whom, and the different values that came."""

    first: Observation
    evidence: str
    count: int = 0
    last: int = 0
    operations: dict[str, None] = field(default_factory=dict)
    came: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class _Tally:
    paths: Span | None
    causes: dict[tuple[str, str, str], _Cause] = field(default_factory=dict)
    judged: Counter[str] = field(default_factory=Counter)
    strangers: Counter[str] = field(default_factory=Counter)
    refused: int = 0

    def take(self, one: Observation, exchange: Exchange, label: str, key: str | None) -> None:
        cause = self.causes.setdefault((one.rule, one.subject, one.detail), _Cause(one, label))
        if cause.last != exchange.number:  # one exchange counts once, however many items show the same
            cause.count, cause.last = cause.count + 1, exchange.number
        if key is not None:
            cause.operations.setdefault(key)
        if after := one.values.get("after"):
            cause.came.setdefault(after)


def observe(
    api: Api,
    exchanges: Iterable[Exchange],
    *,
    policy: Policy = DEFAULT,
    servers: tuple[str, ...] = (),
    notes: tuple[NotEvaluated, ...] = (),
) -> Observed:
    """Hold `exchanges` against `api`, served at `servers` or where it says; `notes` are what was not called at all.

    Raises `UserError` for descriptions that name no HTTP operations.
    """
    routes = Routes(api, servers)
    if not routes.by_key:
        raise UserError(
            "the description names no HTTP operations; traffic can be held against OpenAPI and Postman only"
        )
    answers = Answers(Side.of(api, Direction.RESPONSE))
    requests = Requests(api, Answers(Side.of(api, Direction.REQUEST)))
    tally = _Tally(api.span.member("paths") if api.span else None)
    total = 0
    for exchange in exchanges:
        total += 1
        _take(exchange, routes, answers, requests, tally)
    findings = Findings(dialect(api, api))
    for cause in _crowds(tally.causes.values()):
        findings.add(_finding(cause, total), *cause.operations)
    drift = drift_of(findings, api, api, policy=policy)
    more = (*notes, *_unseen(api, routes, tally, notes), *_gaps(answers, requests.means))
    drift = replace(drift, not_evaluated=(*drift.not_evaluated, *more))
    return Observed(drift=drift, exchanges=sum(tally.judged.values()), operations=len(tally.judged))


def _take(exchange: Exchange, routes: Routes, answers: Answers, requests: Requests, tally: _Tally) -> None:
    known = routes.by_key.get(exchange.operation or "")
    called = Called(known.path, known, {}) if known else routes.find(exchange.method, exchange.url)
    if called is None:
        tally.strangers[host(exchange.url)] += 1
        return
    operation = called.operation
    if operation is None:
        _stranger(exchange, called, tally)
        return
    tally.judged[operation.key] += 1
    label = f"exchange {exchange.number}, {operation.key} → {exchange.status}"
    found = list(answers.look(exchange, operation))
    if exchange.operation is None:
        if exchange.status >= ERROR:
            tally.refused += 1
        else:
            found += requests.look(exchange, called, operation)
    for one in found:
        tally.take(one, exchange, label, operation.key)


def _stranger(exchange: Exchange, called: Called, tally: _Tally) -> None:
    """Take a call below the API's address that no operation describes; one that found nothing proves nothing."""
    if exchange.status in {NOT_FOUND, *GONE} or exchange.method.upper() in {"OPTIONS", "HEAD"}:
        return
    name = f"{exchange.method.upper()} {called.path if '{' in called.path else path(called.path)}"
    one = Observation(rule="live-operation-undocumented", subject=name, span=tally.paths, values={"name": name})
    tally.take(one, exchange, f"exchange {exchange.number}, {name} → {exchange.status}", None)


def _crowds(causes: Iterable[_Cause]) -> list[_Cause]:
    """Fold the undescribed members of one schema into one cause where they are so many that they must be data."""
    homes: dict[tuple[str, str], list[_Cause]] = {}
    rest: list[_Cause] = []
    for cause in causes:
        if cause.first.rule.endswith("property-undocumented"):
            homes.setdefault((cause.first.rule, cause.first.subject.rpartition(" · ")[0]), []).append(cause)
        else:
            rest.append(cause)
    for (_, home), found in homes.items():
        if len(found) <= CROWD:
            rest += found
            continue
        whole = found[0]
        names = ", ".join(one.first.values["name"] for one in found[:SHOWN])
        values = {"name": f"{names} and {len(found) - SHOWN} others"}
        whole.first = replace(whole.first, subject=f"{home} · property *", values=values)
        whole.count = max(one.count for one in found)
        for one in found[1:]:
            whole.operations.update(one.operations)
        rest.append(whole)
    return rest


def _finding(cause: _Cause, total: int) -> Finding:
    one = cause.first
    rule = rule_of(one.rule)
    direction = Direction.REQUEST if one.rule.startswith("live-request-") else Direction.RESPONSE
    values = dict(one.values)
    if cause.came:
        more = f" and {len(cause.came) - SHOWN} others" if len(cause.came) > SHOWN else ""
        values["after"] = ", ".join(list(cause.came)[:SHOWN]) + more
    return Finding(
        rule=rule.id,
        family=rule.id,
        severity=clamp(rule.severity or severity(one.effect, direction), floor=rule.floor, cap=rule.cap),
        subject=one.subject,
        place=one.subject.rsplit(" · ", 1)[-1],
        base=None,
        head=one.span,
        detail=one.detail,
        values=values,
        evidence=Evidence(exchange=cause.evidence, pointer=one.pointer, value=one.value, count=min(cause.count, total)),
    )


def _unseen(api: Api, routes: Routes, tally: _Tally, notes: tuple[NotEvaluated, ...]) -> list[NotEvaluated]:
    """Say what the traffic did not show, in as few lines as possible."""
    told = {note.subject for note in notes}
    missing = [key for key in routes.by_key if key not in tally.judged and key not in told]
    found = []
    if missing and not (notes and not tally.judged):
        reason = f"{len(missing)} of {len(routes.by_key)} operations were not seen: {_listed(missing)}"
        found.append(NotEvaluated(subject=api.title or "API", reason=reason))
    if tally.strangers:
        number = _times(sum(tally.strangers.values()), "exchange")
        reason = f"{number} with other hosts than the API's servers, left out: {_listed(list(tally.strangers))}"
        found.append(NotEvaluated(subject=api.title or "API", reason=reason))
    if tally.refused:
        number = _times(tally.refused, "refused request")
        reason = f"{number}, of which only the answers were held against the description"
        found.append(NotEvaluated(subject=api.title or "API", reason=reason))
    return found


def _gaps(*sides: Answers) -> list[NotEvaluated]:
    found = [NotEvaluated(subject=subject, reason=reason) for side in sides for subject, reason in side.gaps]
    patterns = dict.fromkeys(pattern for side in sides for pattern in side.side.validation.undecided)
    found += [
        NotEvaluated(subject=f"pattern {pattern}", reason="this pattern is too rich to be matched in bounded time")
        for pattern in patterns
    ]
    return sorted(found, key=lambda item: (item.subject, item.reason))


def _times(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _listed(items: list[str]) -> str:
    more = f" and {len(items) - SHOWN} others" if len(items) > SHOWN else ""
    return ", ".join(items[:SHOWN]) + more
