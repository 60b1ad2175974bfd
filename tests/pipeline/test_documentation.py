"""Facts of the docs in a plan: found, decided upon, checked against the description, and bounded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from specloom.config import PATH
from specloom.model.inference import Outcome
from specloom.pipeline import documentation

if TYPE_CHECKING:
    from collections.abc import Callable

    Repository = Any  # the one of conftest.py, which tests cannot import

GUIDE = b"""# Using the Shop API

## Rate limits

Every user may send at most 90 requests per minute.

## Repeating

Send an `Idempotency-Key` header with every POST request; the same key within 24 hours is served once.
"""


@pytest.fixture
def documented(repository: Repository) -> Repository:
    """Return a repository with a description and a guide."""
    repository.files["docs/guide.md"] = GUIDE
    return repository


def kinds(made: Any) -> list[str]:  # noqa: ANN401  a plan
    """Return the kinds of the facts of a plan."""
    return [item.fact_kind for item in made.inferences]


def test_a_plan_holds_what_the_docs_state_with_its_lines(documented: Repository) -> None:
    """No config is needed."""
    made = documented.plan(documentation=True)
    assert ["idempotency", "rate_limit"] == kinds(made)
    citation = made.inferences[1].citations[0]
    assert ("docs/guide.md", 5) == (citation.file, citation.line_start)
    assert "Every user may send at most 90 requests per minute." == citation.quote


def test_facts_come_with_permalinks_where_others_can_see_the_commit(documented: Repository) -> None:
    """Rendered pages have no lines, so the source is linked."""
    url = "https://github.com/o/r/blob/0123456"
    documented.files["docs/my guide.md"] = documented.files.pop("docs/guide.md")
    citation = documented.plan(documentation=True, head_url=url).inferences[1].citations[0]
    assert f"{url}/docs/my%20guide.md?plain=1#L5-L5" == citation.permalink
    assert "0123456" == citation.commit


def test_nothing_is_searched_unless_it_is_asked_for(documented: Repository) -> None:
    """Whoever only generates into a folder does not pay for docs."""
    assert () == documented.plan().inferences


def test_the_config_says_where_the_docs_are(documented: Repository) -> None:
    """And then nothing else is read."""
    documented.files["notes/limits.txt.md"] = GUIDE.replace(b"90", b"70")
    documented.files[PATH] = b'docs: ["/notes/"]\n'
    assert {"notes/limits.txt.md"} == {
        citation.file for item in documented.plan(documentation=True).inferences for citation in item.citations
    }


@pytest.mark.parametrize(
    "path", ["CHANGELOG.md", ".github/guide.md", "tests/guide.md", "node_modules/x/README.md", "guide.txt"]
)
def test_what_is_not_about_the_api_is_left_out(repository: Repository, path: str) -> None:
    """Without a config, only what is written about this API as it is now counts."""
    repository.files[path] = GUIDE
    assert [] == kinds(repository.plan(documentation=True))


def test_ignored_and_generated_files_are_no_evidence(documented: Repository) -> None:
    """What was generated may rest on a fact, so it cannot prove it."""
    documented.apply()
    documented.files["sdk/python/README.md"] = documented.files.pop("docs/guide.md")
    assert [] == kinds(documented.plan(documentation=True))
    documented.files["docs/guide.md"] = GUIDE
    documented.files[PATH] = b'ignore: ["docs/"]\n'
    assert [] == kinds(documented.plan(documentation=True))


def test_a_rejected_fact_is_never_shown_again_and_an_accepted_one_is_marked(documented: Repository) -> None:
    """People have the last word, and the repository keeps it."""
    key, limit = documented.plan(documentation=True).inferences
    documented.files[PATH] = f'facts:\n  accept: ["{limit.id}"]\n  reject: ["{key.id}"]\n'.encode()
    made = documented.plan(documentation=True)
    assert [(limit.id, True, Outcome.APPLY)] == [(item.id, item.accepted, item.outcome) for item in made.inferences]
    assert key.id not in made.body + made.report_html + made.check_run.text


def test_the_description_wins_over_the_docs_even_over_accepted_facts(documented: Repository) -> None:
    """A contradiction is a finding at the lines of the docs."""
    description = json.loads(documented.files["openapi.json"])
    documented.files["docs/guide.md"] = (
        b"# Using the Shop API\n\nThe base URL is https://api.old.example for all calls.\n"
    )
    (fact,) = documented.plan(documentation=True).inferences
    description["servers"] = [{"url": "https://api.shop.example/v2"}]
    documented.files["openapi.json"] = json.dumps(description).encode()
    documented.files[PATH] = f'facts: {{accept: ["{fact.id}"]}}\n'.encode()
    made = documented.plan(documentation=True)
    assert [Outcome.SUGGEST] == [item.outcome for item in made.inferences]
    (finding,) = (item for item in made.diagnostics if item.code == "docs-contradict-description")
    assert "docs/guide.md:3" == str(finding.span)
    assert "api.shop.example" in finding.message


def test_docs_that_changed_without_changing_a_fact_regenerate_nothing(documented: Repository) -> None:
    """The digest in the record is one of facts, not of prose."""
    documented.apply(documentation=True)
    documented.calls.clear()
    documented.files["docs/guide.md"] = b"Welcome!\n\n" + GUIDE
    assert documented.plan(documentation=True).empty
    assert [] == documented.calls


@pytest.mark.parametrize(("limit", "value"), [("MOST_FILES", 1), ("MOST_PASSAGES", 3), ("MOST_BYTES", 300)])
def test_more_docs_than_there_is_time_for_are_cut_with_a_remark(
    documented: Repository, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    """What was read counts, and what was not is said."""
    monkeypatch.setattr(documentation, limit, value)
    documented.files |= {f"docs/z{number}.md": GUIDE.replace(b"90", b"7%d" % number) for number in range(3)}
    made = documented.plan(documentation=True)
    assert ["docs/guide.md"] == sorted({one.file for item in made.inferences for one in item.citations})
    (remark,) = (item for item in made.diagnostics if item.code == "docs-left-out")
    assert "only 1 of 4 files" in remark.message


def test_binary_and_odd_files_cost_only_themselves(documented: Repository) -> None:
    """Where the config names them, it is said that they were not read."""
    documented.files |= {"docs/a.md": b"\0\1\2", "docs/logo.png": b"\x89PNG"}
    documented.files[PATH] = b'docs: ["docs/"]\n'
    made = documented.plan(documentation=True)
    assert ["idempotency", "rate_limit"] == kinds(made)
    assert {"docs-binary", "docs-unknown"} <= {item.code for item in made.diagnostics}


def test_a_lost_file_is_made_again_although_the_facts_have_changed(
    documented: Repository, description: Callable[..., bytes]
) -> None:
    """Hand edits still merge: no generator is given any inference."""
    documented.apply(documentation=True)
    documented.blobs.clear()
    path = "sdk/python/pets.py"
    documented.files[path] = documented.files[path].replace(b"call():\n", b"call():\n    print('mine')\n")
    documented.base = dict(documented.files)
    documented.files["docs/guide.md"] = GUIDE.replace(b"90", b"70")
    documented.files["openapi.json"] = description("pets", "orders", note="new")
    made = documented.plan(documentation=True)
    assert () == made.conflicts
    assert b"print('mine')" in made.tree.files[path]
