"""What a team decided: other severities, accepted changes, notice periods; dates come in as arguments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from specloom.model.change import Severity
from specloom.model.policy import Acceptance, Policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.change import Drift

FINE: dict[str, Any] = {"200": {"description": ""}}
DAY = date(2030, 6, 1)


def _two(description: Callable[..., Any], **old: Any) -> tuple[Any, Any]:  # noqa: ANN401  # parts of a description
    base = description(paths={"/a": {"get": {"responses": FINE}}, "/b": {"get": {"responses": FINE, **old}}})
    return base, description(paths={"/a": {"get": {"responses": FINE}}})


def test_a_removal_after_its_sunset_is_safe(compare: Callable[..., Drift], description: Callable[..., Any]) -> None:
    """The day that callers were told has passed."""
    base, head = _two(description, deprecated=True, **{"x-sunset": "2030-01-01"})
    (change,) = compare(base, head, Policy(today=DAY)).changes
    assert (change.rule, change.severity) == ("operation-removed-after-sunset", "safe")


def test_a_removal_before_its_sunset_is_breaking(
    compare: Callable[..., Drift], description: Callable[..., Any]
) -> None:
    """Callers were promised the operation until that day."""
    base, head = _two(description, deprecated=True, **{"x-sunset": "2031-01-01"})
    (change,) = compare(base, head, Policy(today=DAY)).changes
    assert (change.rule, change.severity) == ("operation-removed-before-sunset", "breaking")


def test_a_deprecation_needs_the_notice_of_the_policy(
    compare: Callable[..., Drift], description: Callable[..., Any]
) -> None:
    """Without a sunset, or with one too near, the policy's days are not kept."""
    policy = Policy(deprecation_days={"stable": 100}, today=DAY)
    base = description(operation={})
    missing = description(operation={"deprecated": True})
    near = description(operation={"deprecated": True, "x-sunset": "2030-06-20"})
    far = description(operation={"deprecated": True, "x-sunset": "2031-06-20"})
    rules = [[item.rule for item in compare(base, head, policy).changes] for head in (missing, near, far)]
    assert rules == [
        ["sunset-missing", "operation-deprecated"],
        ["sunset-too-soon", "operation-deprecated"],
        ["operation-deprecated"],
    ]


def test_a_parameter_is_promised_until_its_sunset(
    compare: Callable[..., Drift], description: Callable[..., Any]
) -> None:
    """What was deprecated until a day may not go before it; nor may the day be drawn nearer than the policy allows."""
    policy = Policy(deprecation_days={"stable": 100}, today=DAY)
    old, near = (
        description(operation={"parameters": [{"name": "q", "in": "query", "deprecated": True, "x-sunset": day}]})
        for day in ("2031-06-20", "2030-06-20")
    )
    without = description(operation={})
    found = [[(item.rule, item.severity) for item in compare(old, head, policy).changes] for head in (without, near)]
    assert found == [[("parameter-removed-before-sunset", "breaking")], [("sunset-too-soon", "breaking")]]


def test_who_only_sends_a_longer_enum_is_reached_more_mildly(
    compare: Callable[..., Drift], description: Callable[..., Any]
) -> None:
    """One edit, and no caller is told that it breaks them who may simply say more than before."""
    state = {"$ref": "#/components/schemas/State"}
    body = {"content": {"application/json": {"schema": state}}}
    paths = {
        "/read": {"get": {"responses": {"200": {"description": "", **body}}}},
        "/write": {"post": {"requestBody": body, "responses": FINE}},
    }
    base, head = (
        description(paths=paths, components={"schemas": {"State": {"type": "string", "enum": words}}})
        for words in (["on"], ["on", "off"])
    )
    (change,) = compare(base, head).changes
    assert (change.rule, change.severity) == ("response-enum-value-added", "risky")
    assert (change.operations, change.milder) == (("GET /read",), ("POST /write",))


def test_a_property_needs_the_notice_of_the_policy(
    compare: Callable[..., Drift], description: Callable[..., Any]
) -> None:
    """Properties are deprecated under the same terms as operations, found once in a component of both directions."""

    def body(**more: object) -> dict[str, Any]:
        part = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Part"}}}}
        schema = {"type": "object", "properties": {"a": {"type": "string", **more}}}
        operation = {"requestBody": part, "responses": {"200": {"description": "", **part}}}
        return description(operation=operation, components={"schemas": {"Part": schema}})

    policy = Policy(deprecation_days={"stable": 100}, today=DAY)
    found = compare(body(), body(deprecated=True), policy).changes
    assert ["sunset-missing", "request-schema-deprecated"] == [item.rule for item in found]


def test_the_version_must_keep_up_where_the_policy_grades_it(
    compare: Callable[..., Drift], description: Callable[..., Any]
) -> None:
    """Each of the three rules is told with the severity that it was given, and not at all without one."""
    base = description(info={"title": "t", "version": "1.2.0"}, operation={"tags": ["a"]})
    same = description(info={"title": "t", "version": "1.2.0"})
    minor = description(info={"title": "t", "version": "1.3.0"}, paths={})
    back = description(info={"title": "t", "version": "1.1.9"}, operation={"tags": ["a"]})
    rules = ("version-not-bumped", "major-version-not-bumped", "version-decreased")
    policy = Policy(severities=dict.fromkeys(rules, Severity.RISKY))
    for head, told in ((same, [rules[0]]), (minor, [rules[1]]), (back, [rules[2]])):
        assert told == [item.rule for item in compare(base, head, policy).changes if item.severity is Severity.RISKY]
        assert {*rules}.isdisjoint(item.rule for item in compare(base, head).changes)


def test_a_rule_can_be_graded_otherwise_or_dropped(
    compare: Callable[..., Drift], description: Callable[..., Any]
) -> None:
    """The exact id counts before any pattern, and None hides."""
    base, head = _two(description)
    (graded,) = compare(
        base, head, Policy(severities={"operation-*": None, "operation-removed": Severity.RISKY})
    ).changes
    assert graded.severity is Severity.RISKY
    assert compare(base, head, Policy(severities={"operation-*": None})).changes == ()


def test_an_accepted_change_says_why(compare: Callable[..., Drift], description: Callable[..., Any]) -> None:
    """By fingerprint, or by rule and place; the reason is shown."""
    base, head = _two(description)
    (plain,) = compare(base, head).changes
    entries = (
        Acceptance(reason="planned", fingerprint=plain.fingerprint),
        Acceptance(reason="planned", rule="operation-*", where="GET /b"),
    )
    found = [compare(base, head, Policy(accepted=(entry,))).changes[0].approved for entry in entries]
    assert found == ["planned", "planned"]
    assert compare(base, head, Policy(accepted=(Acceptance(reason="all"),))).changes[0].approved is None
    elsewhere = Acceptance(reason="no", rule="operation-*", where="GET /a")
    assert compare(base, head, Policy(accepted=(elsewhere,))).changes[0].approved is None


def test_an_acceptance_expires(compare: Callable[..., Drift], description: Callable[..., Any]) -> None:
    """After its last day an entry counts no longer; without a today it does not expire."""
    base, head = _two(description)
    entry = Acceptance(reason="for now", rule="operation-removed", expires=date(2030, 5, 31))
    over, open_ = (compare(base, head, Policy(accepted=(entry,), today=day)).changes[0] for day in (DAY, None))
    assert (over.approved, open_.approved) == (None, "for now")
    assert over.advice.endswith("It was accepted until 2030-05-31 (for now); that day is over.")
    assert "accepted until" not in open_.advice


def test_what_is_marked_alpha_may_change(compare: Callable[..., Drift], description: Callable[..., Any]) -> None:
    """A finding that only unstable operations reach is safe; lowering the level is not."""
    base = description(operation={"x-stability-level": "alpha"})
    parameter = {"name": "q", "in": "query", "required": True, "schema": {"type": "string"}}
    head = description(operation={"x-stability-level": "alpha", "parameters": [parameter]})
    assert [change.severity for change in compare(base, head).changes] == ["safe"]


def test_the_fingerprint_does_not_hang_on_lines(compare: Callable[..., Drift], description: Callable[..., Any]) -> None:
    """Moving everything down a few lines changes no identity."""
    base, head = _two(description)
    moved = {"x-first": {"a": 1, "b": 2}, **base}
    assert compare(base, head).changes[0].fingerprint == compare(moved, head).changes[0].fingerprint
