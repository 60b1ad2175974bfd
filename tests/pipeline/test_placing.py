"""Comments about facts stand on lines that the pull request brought, and nowhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from specloom.config import PATH

if TYPE_CHECKING:
    Repository = Any  # the one of conftest.py, which tests cannot import

LIMIT = b"# Rate limits\n\nEvery user may send at most 90 requests per minute.\n"
KEY = b"# Repeating\n\nSend an `Idempotency-Key` header with every POST request.\n"


def places(made: Any) -> list[tuple[str, int, str]]:  # noqa: ANN401  a plan
    """Return path, line and side of the comments about facts."""
    found = [item for item in made.review_comments if item.key.startswith("fact-")]
    return [(item.path, item.line_start, item.side) for item in found]


@pytest.fixture
def documented(repository: Repository) -> Repository:
    """Return a repository whose base has a guide."""
    repository.files["docs/guide.md"] = LIMIT + KEY
    repository.base = dict(repository.files)
    return repository


def test_what_the_docs_said_before_is_not_commented_on(documented: Repository) -> None:
    """Moved lines are not new; the body lists every fact all the same."""
    documented.files["docs/guide.md"] = b"Welcome!\n\n" + LIMIT + KEY
    made = documented.plan(documentation=True)
    assert [] == places(made)
    assert "rate limit" in made.body


def test_an_edited_line_of_the_docs_has_the_comment(documented: Repository) -> None:
    """And only the fact that it proves."""
    documented.files["docs/guide.md"] = LIMIT.replace(b"90", b"70") + KEY
    made = documented.plan(documentation=True)
    assert [("docs/guide.md", 3, "RIGHT")] == places(made)
    assert "limit 70" in made.review_comments[-1].body


def test_a_new_file_has_all_its_comments(documented: Repository) -> None:
    """Every line of it is new."""
    documented.base = {"openapi.json": documented.files["openapi.json"]}
    assert [("docs/guide.md", 6, "RIGHT"), ("docs/guide.md", 3, "RIGHT")] == places(documented.plan(documentation=True))


def test_a_new_part_of_the_description_is_where_an_old_fact_is_told(documented: Repository) -> None:
    """Who declares the header should hear what the docs say about it."""
    description = json.loads(documented.files["openapi.json"])
    header = {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}
    description["paths"]["/pets"]["get"]["parameters"] = [header]
    text = json.dumps(description, indent=1)
    documented.files["openapi.json"] = text.encode()
    made = documented.plan(documentation=True)
    (path, line, _), *others = places(made)
    assert ("openapi.json", []) == (path, others)
    assert "Idempotency-Key" in "\n".join(text.splitlines()[line - 1 : line + 2])


@pytest.mark.parametrize("decision", ["accept", "reject"])
def test_what_people_decided_on_is_not_asked_again(documented: Repository, decision: str) -> None:
    """Neither way."""
    documented.base = {"openapi.json": documented.files["openapi.json"]}
    ids = [item.id for item in documented.plan(documentation=True).inferences]
    documented.files[PATH] = f"facts: {{{decision}: {json.dumps(ids)}}}\n".encode()
    assert [] == places(documented.plan(documentation=True))


def test_without_a_base_there_is_nothing_new(documented: Repository) -> None:
    """There is no diff to comment on."""
    documented.base = None
    assert [] == places(documented.plan(documentation=True))
