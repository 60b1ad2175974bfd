"""How complete a description is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.readers import Reading

COMPLETE = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: https://e.com}]
components: {securitySchemes: {k: {type: apiKey, in: header, name: k}}}
paths:
  /a:
    get:
      operationId: a
      summary: S
      parameters: [{name: q, in: query, description: D, schema: {type: string}}]
      responses:
        '200': {description: fine, content: {application/json: {schema: {type: string}, example: a}}}
        '404': {description: gone}
"""


def test_nothing_missing_is_a_hundred(reading: Callable[..., Reading]) -> None:
    """A description that says everything has the full score and no reasons."""
    score = reading(COMPLETE).score

    assert (100, ()) == (score.value, score.reasons)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("servers: [{url: https://e.com}]", "", "no-servers"),
        ("components: {securitySchemes: {k: {type: apiKey, in: header, name: k}}}", "", "no-authentication"),
        ("operationId: a", "", "no-operation-id"),
        ("summary: S", "", "no-description"),
        ("description: D, ", "", "no-parameter-description"),
        (", example: a", "", "no-example"),
        ("'404'", "'302'", "no-error-response"),
        ("'200'", "'400'", "no-success-response"),
        ("schema: {type: string}, example: a", "example: a", "no-schema"),
    ],
)
def test_what_is_missing_is_named(reading: Callable[..., Reading], old: str, new: str, code: str) -> None:
    """Each thing that is left out lowers the score and is the one reason."""
    assert old in COMPLETE
    score = reading(COMPLETE.replace(old, new)).score

    assert score.value < 100
    assert [code] == [reason.code for reason in score.reasons]


def test_reasons_count_and_point(reading: Callable[..., Reading]) -> None:
    """A reason says how many of how many, and where the first of them is; a half costs half."""
    half = COMPLETE + "    put: {summary: S, responses: {'200': {description: x}, '400': {description: y}}}\n"
    (reason,) = reading(half).score.reasons

    assert ("no-operation-id", 1, 2, 7.5) == (reason.code, reason.count, reason.total, reason.points)
    assert reason.span is not None
    assert 15 == reason.span.start


def test_an_empty_description_is_not_punished(reading: Callable[..., Reading]) -> None:
    """Checks that have nothing to look at cost nothing."""
    assert 100 == reading("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}").score.value


def test_an_api_that_says_it_is_open_needs_no_scheme(reading: Callable[..., Reading]) -> None:
    """`security: []` is an answer to how callers authenticate."""
    open_ = COMPLETE.replace("components: {securitySchemes: {k: {type: apiKey, in: header, name: k}}}", "security: []")

    assert 100 == reading(open_).score.value


def test_formats_are_asked_only_for_what_they_can_say(reading: Callable[..., Reading]) -> None:
    """GraphQL has neither statuses nor servers nor operationIds, so it loses nothing for them."""
    score = reading('"""Q"""\ntype Query { "A" a: Int }', path="a.graphql").score

    assert ["no-authentication"] == [reason.code for reason in score.reasons]
