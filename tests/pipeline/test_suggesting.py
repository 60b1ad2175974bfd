"""Suggested edits of a description: only mechanical ones that were tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    Repository = Any  # the one of conftest.py, which tests cannot import

DOCS = b"# Pages\n\nUse the `limit` parameter to set the page size: the default is 20 and the maximum is 100.\n"
HEAD = """openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /pets:
    get:
      parameters:
        - name: limit
          in: query
"""
TAIL = """      responses: {"200": {description: ok}}
"""


def comment(repository: Repository, schema: str, docs: bytes = DOCS) -> Any:  # noqa: ANN401  a review comment
    """Return the comment about the page size where the description is new and the docs are old."""
    repository.files = {"docs/guide.md": docs}
    repository.base = dict(repository.files)
    repository.files["openapi.yaml"] = (HEAD + schema + TAIL).encode()
    made = repository.plan(documentation=True)
    (found,) = (item for item in made.review_comments if "page size" in item.body)
    return found


def test_bounds_between_braces(repository: Repository) -> None:
    """The line is replaced by one that says more."""
    found = comment(repository, "          schema: {type: integer, minimum: 1}\n")
    line = "          schema: {type: integer, minimum: 1, default: 20, maximum: 100}"
    assert f"```suggestion\n{line}\n```" in found.body
    assert ("openapi.yaml", 9, 9) == (found.path, found.line_start, found.line_end)


def test_bounds_on_lines_of_their_own(repository: Repository) -> None:
    """Below the type, as deep as it; what is declared stays out of it."""
    found = comment(repository, "          schema:\n            type: integer\n            maximum: 100\n")
    assert "```suggestion\n            type: integer\n            default: 20\n```" in found.body


@pytest.mark.parametrize(
    "schema",
    [
        "          schema: {type: integer, default: 20, maximum: 100}\n",
        "          schema: {type: integer, default: 20, maximum: 50}\n",
        "          schema: {type: integer, maximum: 50}\n",
        "          schema: {type: string}\n",
        "          schema: {type: [integer]}\n",
        "          description: 'type: integer'\n          schema: {type: integer}\n",
        "          description: |\n            type: integer\n          schema: {'type': integer}\n",
        "          schema: {type: integer} # }\n",
    ],
)
def test_nothing_is_suggested_where_it_is_not_mechanical(repository: Repository, schema: str) -> None:
    """Declared already, declared otherwise, or written in a way that an edit could break."""
    assert "```suggestion" not in comment(repository, schema).body
