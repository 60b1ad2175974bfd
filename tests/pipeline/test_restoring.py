"""Suggestions that undo an edit of one keyword, and the edits for which there is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from specloom import drift
from specloom.model.files import FileTree
from specloom.pipeline.restoring import with_suggestions
from specloom.readers import read
from specloom.report import review_comments

YAML = """openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /things:
    get:
      parameters:
        - name: q
          in: query
          schema:
            type: string
            maxLength: 20 # for now
            minLength: 1
            description: what to look for
      responses:
        "200": {description: ok}
"""
JSON = """{
 "openapi": "3.1.0", "info": {"title": "t", "version": "1"},
 "paths": {"/things": {"get": {
  "parameters": [{"name": "q", "in": "query", "schema": {
   "type": "string",
   "maxLength": 20,
   "minLength": 1
  }}],
  "responses": {"200": {"description": "ok"}}
 }}}
}
"""


Edit = tuple[str, str, str, str]
"""A file's name and text, what is replaced, and by what."""


def _bodies(edit: Edit) -> list[tuple[int, str]]:
    """Return line and body of every comment with a suggestion."""
    name, text, old, new = edit
    assert 1 == text.count(old)
    base, head = (FileTree({name: content.encode()}) for content in (text, text.replace(old, new)))
    found = drift.compare(*(read(tree, name).api for tree in (base, head)))
    comments = review_comments(replace(found, changes=with_suggestions(found.changes, base, head)))
    return [(item.line_start, item.body) for item in comments if "```suggestion" in item.body]


@pytest.mark.parametrize(
    ("edit", "line", "suggestion"),
    [
        (("a.yaml", YAML, "minLength: 1\n", "minLength: 3\n"), 12, "            minLength: 1\n"),
        (("a.json", JSON, '"maxLength": 20,', '"maxLength": 10,'), 6, '   "maxLength": 20,\n'),
        (("a.json", JSON, '"minLength": 1\n', '"minLength": 3\n'), 7, '   "minLength": 1\n'),
        (("a.yaml", YAML, "  minLength: 1\n", "  minLength: 1\n            pattern: ^a\n"), 13, ""),
    ],
)
def test_the_old_value_is_offered(edit: Edit, line: int, suggestion: str) -> None:
    """On that one line, with its indentation and comma; what was added may be taken out again."""
    ((at, body),) = _bodies(edit)
    assert (line, True) == (at, f"```suggestion\n{suggestion}```" in body)


@pytest.mark.parametrize(
    "edit",
    [
        ("a.yaml", YAML, "maxLength: 20 # for now\n            minLength: 1", "minLength: 1"),
        ("a.yaml", YAML, "maxLength: 20 # for now", "maxLength: 10 # for now"),
        ("a.yaml", YAML, "minLength: 1", "minLength: 0"),
        ("a.json", JSON, '"minLength": 1\n', '"minLength": 1,\n   "pattern": "^a"\n'),
        ("a.yaml", YAML, "          in: query", "          required: true\n          in: query"),
        ("a.yaml", YAML, "type: string", "type: [integer, string]"),
        ("a.yaml", YAML, "minLength: 1", "minLength: 2" + " " * 400),
    ],
)
def test_nothing_is_offered_where_it_is_not_plain(edit: Edit) -> None:
    """Comments, removed or safe edits, JSON's commas, keywords that the rule does not name, values of many tokens."""
    assert [] == _bodies(edit)
