"""The table of rules is complete, symmetric and readable."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest

from specloom.drift.effect import Effect
from specloom.drift.pages import usually
from specloom.drift.rule import ACCEPTED, PROMISED, REFUSED, SURPRISE
from specloom.drift.rules import ALL, live
from specloom.drift.rules.dialects import GRAPHQL
from specloom.drift.table import BY_ID, explain
from specloom.errors import UserError
from specloom.model.change import Severity
from specloom.model.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.change import Drift

OPPOSITES: Final = (
    ("added", "removed"),
    ("added-here", "removed-here"),
    ("raised", "lowered"),
    ("widened", "narrowed"),
    ("closed", "opened"),
    ("restricted", "relaxed"),
    ("tightened", "relaxed"),
    ("became-required", "became-optional"),
    ("became-read-only", "no-longer-read-only"),
    ("became-write-only", "no-longer-write-only"),
    ("deprecated", "reactivated"),
    ("lost", "found"),
    ("became-list", "no-longer-list"),
    ("any-of-became-one-of", "one-of-became-any-of"),
)
OWN_MIRROR: Final = ("changed", "moved", "unknown")
WAIVED: Final = {
    "deprecated-property-removed": "added as any property is",
    "deprecated-parameter-removed": "added as any parameter is",
    "unstable-operation-removed": "added as any operation is",
    "operation-removed-after-deprecation": "likewise",
    "operation-removed-after-sunset": "likewise",
    "operation-removed-before-sunset": "likewise",
    "required-request-body-added": "removed as any body is",
    "required-argument-added": "removed as any argument is",
    "required-header-removed": "added as any header is",
    "parameter-removed-before-sunset": "added as any parameter is",
    "required-directive-argument-added": "removed as any argument is",
    "directive-argument-relaxed": "asking for more is a change of type",
    "version-not-bumped": "a version that moved says nothing is wrong",
    "major-version-not-bumped": "likewise",
    "version-decreased": "likewise",
    "sunset-brought-forward": "mirrors sunset-postponed",
    "sunset-postponed": "mirrors sunset-brought-forward",
    "sunset-removed": "giving a date is what the policy asks for",
    "sunset-missing": "likewise",
    "sunset-too-soon": "likewise",
    "sunset-unreadable": "likewise",
    "server-variable-value-removed": "a further value concerns nobody",
}
"""Rules whose reverse edit is told otherwise, and why."""


def _bare(rule: str) -> str:
    return re.sub(r"^(request|response|callback)-(?=.)", "", rule)


def _mirrors(rule: str) -> list[str]:
    found = [rule] if rule.endswith(OWN_MIRROR) else []
    for one, other in OPPOSITES:
        for word, turned in ((one, other), (other, one)):
            if rule.endswith(word):
                found.append(rule.removesuffix(word) + turned)
    return found


def test_ids_are_unique_and_kebab_case() -> None:
    """One id, one row."""
    assert [rule for rule, number in Counter(rule.id for rule in ALL).items() if number > 1] == []
    assert [rule.id for rule in ALL if not re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.id)] == []


def test_requests_and_responses_mirror_each_other() -> None:
    """Every rule about schemas has its twin; arguments and bodies only travel one way."""
    schema = {rule.id for rule in ALL if rule.id.startswith(("request-", "response-"))}
    one_way = re.compile(r"(argument|request-body|media-type|-schema-(added|removed)|item-schema)")
    turned = {"request-": "response-", "response-": "request-"}
    lonely = {
        rule
        for rule in schema
        for word, other in turned.items()
        if rule.startswith(word) and rule.replace(word, other, 1) not in schema and not one_way.search(rule)
    }
    assert lonely == set()


def test_every_edit_has_its_reverse() -> None:
    """Added has removed, raised has lowered; the exceptions are written down."""
    edits = [rule for rule in ALL if rule not in live.RULES]  # what traffic shows is no edit
    lonely = {_bare(rule.id) for rule in edits if not any(mirror in BY_ID for mirror in _mirrors(rule.id))}
    assert lonely - WAIVED.keys() == set()


def test_every_row_says_why_and_what_to_do() -> None:
    """A message, a reason and an advice, each a sentence; a convention gives its reason."""
    bare = [rule.id for rule in ALL if not (rule.says and rule.why.endswith(".") and rule.advice.endswith("."))]
    unexplained = [rule.id for rule in ALL if (rule.floor or rule.cap) and not rule.convention]
    assert (bare, unexplained) == ([], [])


def test_the_dialect_grades_rules_that_exist() -> None:
    """No grade for a rule that was renamed."""
    assert GRAPHQL.keys() - BY_ID.keys() == set()


def test_a_mistyped_rule_is_met_with_the_nearest() -> None:
    """A person who asks for a rule that is not there is shown the way."""
    with pytest.raises(UserError, match="did you mean operation-removed"):
        explain("operation-remove")


def test_an_open_effect_is_no_promise() -> None:
    """Where the effect cannot be known, or a convention sees more than the law, no reason says that all is well."""
    soothing = (ACCEPTED, PROMISED)
    told = [rule.id for rule in ALL if rule.why in soothing and (Effect.UNKNOWN in rule.typical or rule.floor)]
    assert told == []


def test_nothing_to_do_is_said_where_nothing_is_to_do() -> None:
    """In its usual case, a rule that is not safe names a step, and one that is safe does not speak of refusals."""
    idle = [rule.id for rule in ALL if rule.advice.startswith("Nothing to do") and usually(rule) is not Severity.SAFE]
    alarming = [rule.id for rule in ALL if rule.why in {REFUSED, SURPRISE} and usually(rule) is Severity.SAFE]
    assert (idle, alarming) == ([], [])


@pytest.mark.parametrize("level", [Severity.RISKY, Severity.BREAKING])
def test_a_severity_that_is_not_usual_has_its_own_advice(
    compare: Callable[..., Drift], description: Callable[..., Any], level: Severity
) -> None:
    """Whatever the config makes of a rule: "nothing to do" is never said of what is not safe."""
    fine = {"200": {"description": ""}}
    base = description(operation={"responses": fine})
    answer = {"type": "string", "minLength": 1}
    content = {"200": {"description": "", "content": {"application/json": {"schema": answer}}}}
    head = description(operation={"responses": fine | content, "tags": ["new"], "summary": "x"})
    found = compare(base, head, Policy(severities={"*": level})).changes
    assert {level} == {change.severity for change in found}
    assert [change.rule for change in found if change.advice.startswith("Nothing to do")] == []
