"""A repository with documentation and no description: one is proposed, and follows the docs once it is merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from specloom import readers
from specloom.config import PATH
from specloom.errors import UserError
from specloom.model.files import FileTree
from specloom.publish.pull import body_of, decide_pull

if TYPE_CHECKING:
    Repository = Any  # the one of conftest.py, which tests cannot import

DOCS = """# Kelp API

The base URL is `https://api.kelp.dev/v1`.

## List reefs

`GET /reefs`

| Parameter | Type | Description |
|---|---|---|
| `depth` | integer | How deep, default 3 |

## Add a reef

`POST /reefs`

## Drop a reef

`DELETE /reefs/{id}`
"""
DRAFT = "openapi.yaml"


@pytest.fixture
def documented(repository: Repository) -> Repository:
    """Return a repository with docs alone."""
    repository.files.clear()
    repository.files["docs/api.md"] = DOCS.encode()
    return repository


def planned(repository: Repository, **more: Any) -> Any:  # noqa: ANN401  a plan
    """Plan with the docs looked at."""
    return repository.plan(documentation=True, **more)


def merged(repository: Repository, made: Any) -> None:  # noqa: ANN401  a plan
    """Take over what a plan writes."""
    repository.files |= {path: made.tree.files[path] for path in made.writes}


def test_a_description_is_proposed_and_nothing_else(documented: Repository) -> None:
    """Title and body say so, each operation is linked, and no code is generated from what nobody has agreed to."""
    made = planned(documented, head_url="https://github.com/o/r/blob/0123456")
    assert [".specloom/provenance.json", DRAFT] == list(made.writes)
    assert "Describe Kelp API as its documentation does" == made.title
    url = "https://github.com/o/r/blob/0123456/docs/api.md?plain=1#L7-L7"
    assert f"| `GET /reefs` | [`docs/api.md:7`]({url}) |" in made.body
    api = readers.read(FileTree({DRAFT: made.tree.files[DRAFT]}), DRAFT).api
    assert ["GET /reefs", "POST /reefs", "DELETE /reefs/{id}"] == [operation.key for operation in api.operations]
    assert made == planned(documented, head_url="https://github.com/o/r/blob/0123456")


def test_every_part_names_the_lines_it_rests_on(documented: Repository) -> None:
    """The comments of the file lead to the docs."""
    text = planned(documented).tree.files[DRAFT].decode()
    assert "# servers https://api.kelp.dev/v1: docs/api.md:3 (specloom:owned)" in text
    assert "# /reefs get parameters depth: docs/api.md:11 (specloom:owned)" in text
    assert "# /reefs get: docs/api.md:7 (specloom:owned)" in text


def test_once_merged_it_is_generated_from_and_settled(documented: Repository) -> None:
    """What was proposed is a description as any other; the next plan has the code, and the one after has nothing."""
    merged(documented, planned(documented))
    second = planned(documented)
    assert any(path.startswith("sdk/python/") for path in second.writes)
    assert DRAFT not in second.writes
    assert second.proposal is None
    merged(documented, second)
    assert planned(documented).empty


def test_hand_edits_survive_when_the_docs_change(documented: Repository) -> None:
    """Lines of the docs move, a parameter is new and a word is changed by hand: all of it stands."""
    documented.apply(documentation=True)
    by_hand = documented.files[DRAFT].replace(b"summary: List reefs", b"summary: Every reef there is")
    documented.files[DRAFT] = by_hand
    documented.files["docs/api.md"] = (
        DOCS.replace("# Kelp API\n", "# Kelp API\n\nRead this first, please.\n")
        .replace("default 3 |\n", "default 3 |\n| `name` | string | Only reefs with this name |\n")
        .encode()
    )
    made = planned(documented)
    assert () == made.conflicts
    text = made.tree.files[DRAFT].decode()
    operation = yaml.safe_load(text)["paths"]["/reefs"]["get"]
    assert "Every reef there is" == operation["summary"]
    assert ["depth", "name"] == [one["name"] for one in operation["parameters"]]
    assert "# /reefs get: docs/api.md:9 (specloom:owned)" in text


def test_hand_edits_stand_where_the_last_draft_is_lost(documented: Repository) -> None:
    """In a shallow clone nobody can tell the edit from the draft, so people are asked."""
    merged(documented, planned(documented))
    documented.files[DRAFT] = documented.files[DRAFT].replace(b"summary: List reefs", b"summary: Every reef there is")
    documented.files["docs/api.md"] += b"\n## Read a reef\n\n`GET /reefs/{id}`\n"
    made = planned(documented)
    assert ["no-base"] == [conflict.reason for conflict in made.conflicts]
    assert DRAFT not in made.writes


def test_what_people_deleted_stays_deleted(documented: Repository) -> None:
    """A draft that was merged and then removed is not proposed again."""
    merged(documented, planned(documented))
    del documented.files[DRAFT]
    with pytest.raises(UserError, match="no API description was found"):
        planned(documented)


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({PATH: b"draft: false"}, "the config wants none"),
        ({PATH: b"descriptions: [api.yaml]"}, "the config names one that is not there"),
        ({DRAFT: b"a: 1"}, "something else stands there"),
        ({"docs/api.md": b"# Tool\n\nIt calls `GET /health` of your server.\n"}, "one call makes no API"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_is_proposed(documented: Repository, files: dict[str, bytes], why: str) -> None:
    """Then it stays an error that there is no description."""
    documented.files |= files
    with pytest.raises(UserError, match=r"there is no such description|no API description was found"):
        planned(documented)
    assert why


def test_a_repository_with_a_description_gets_no_draft(repository: Repository) -> None:
    """The docs beside it are searched for facts alone."""
    repository.files["docs/api.md"] = DOCS.encode()
    assert DRAFT not in planned(repository).writes


def test_the_config_says_where_it_goes(documented: Repository) -> None:
    """JSON has the citations beside each part."""
    documented.files[PATH] = b"draft: api/kelp.json"
    made = planned(documented)
    assert "api/kelp.json" in made.writes
    assert b'"x-specloom-citations"' in made.tree.files["api/kelp.json"]


def test_a_closed_proposal_is_not_made_again_when_the_docs_change(documented: Repository) -> None:
    """A person said no to a drafted description, not to this wording of it."""
    made = planned(documented)
    closed = {"number": 7, "state": "closed", "merged_at": None, "body": body_of(made, around=""), "title": made.title}
    documented.files["docs/api.md"] += b"\n## Read a reef\n\n`GET /reefs/{id}`\n"
    changed = planned(documented)
    assert changed.tree.files[DRAFT] != made.tree.files[DRAFT]
    assert ("leave", 7) == (decide_pull([closed], changed).what, decide_pull([closed], changed).number)
