"""GraphQL is graded as graphql-core does, Postman's schemas as the samples that they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from graphql import build_schema
from graphql.utilities import find_breaking_changes, find_dangerous_changes

from specloom import drift
from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.change import Drift

PETS: Final = """
directive @auth(role: Role = 1, deep: Boolean) repeatable on FIELD_DEFINITION | OBJECT
scalar Role
type Query { pets(first: Int = 10, by: By): [Pet!]! pet(id: ID!): Pet kind: Kind any: Any }
type Mutation { add(pet: NewPet!): Pet! }
interface Named { name: String! }
type Pet implements Named { name: String! age: Int kind: Kind owner(active: Boolean): Owner }
type Owner implements Named { name: String! pets: [Pet!] }
union Any = Pet | Owner
enum Kind { CAT DOG }
input By { kind: Kind name: String = "x" }
input NewPet { name: String! age: Int }
"""
EDITS: Final = [
    ("age: Int kind", "age: Int! kind"),
    ("name: String! age: Int kind", "name: String age: Int kind"),
    ("age: Int kind", "kind"),
    ("age: Int kind", "age: String kind"),
    ("age: Int kind", "age: [Int] kind"),
    ("age: Int kind", "age: Int weight: Float kind"),
    ("owner(active: Boolean)", "owner"),
    ("owner(active: Boolean)", "owner(active: Boolean!)"),
    ("owner(active: Boolean)", "owner(active: Int)"),
    ("owner(active: Boolean)", "owner(active: Boolean, past: Boolean)"),
    ("owner(active: Boolean)", "owner(active: Boolean, past: Boolean!)"),
    ("first: Int = 10", "first: Int = 20"),
    ("first: Int = 10", "first: Int"),
    ("first: Int = 10, ", ""),
    ("pet(id: ID!)", "pet(id: ID)"),
    ("pet(id: ID!): Pet ", ""),
    ("kind: Kind any", "kind: Kind more: Int any"),
    ("CAT DOG", "CAT DOG FISH"),
    ("CAT DOG", "CAT"),
    ("union Any = Pet | Owner", "union Any = Pet"),
    ("kind: Kind name: String =", "name: String ="),
    ("input NewPet { name: String! age: Int }", "input NewPet { name: String! age: Int! }"),
    ("input NewPet { name: String! age: Int }", "input NewPet { name: String! age: Int tag: String! }"),
    ("input NewPet { name: String! age: Int }", "input NewPet { name: String age: Int }"),
    ("add(pet: NewPet!): Pet!", "add(pet: NewPet!): Pet"),
    ("add(pet: NewPet!): Pet!", "add(pet: NewPet): Pet!"),
    ("pets: [Pet!] }", "pets: [Pet!]! }"),
    ("pets: [Pet!] }", "pets: [Pet] }"),
    ("Owner implements Named {", "Owner {"),
    ("interface Named { name: String! }", "interface Named { name: String! age: Int }"),
    ("any: Any }", "any: Pet }"),
    ("kind: Kind any", "kind: String any"),
    ("pet(id: ID!)", "pet(id: String!)"),
    ("enum Kind { CAT DOG }", "scalar Kind"),
    ("union Any = Pet | Owner", "interface Any { name: String! }"),
    ("repeatable on", "on"),
    ("deep: Boolean)", "deep: Boolean!)"),
    ("deep: Boolean)", "deep: Boolean, more: Int)"),
    ("deep: Boolean)", "deep: Boolean, more: Int!)"),
    ("deep: Boolean)", "deep: Int)"),
    ("role: Role = 1, ", ""),
    ("role: Role = 1", "role: Role = 2"),
    ("| OBJECT", ""),
    ("directive @auth(role: Role = 1, deep: Boolean) repeatable on FIELD_DEFINITION | OBJECT", ""),
]
OTHERWISE: Final = {
    (
        "kind: Kind name: String =",
        True,
    ): "graphql-inspector grades a further optional input field as safe, and so do we",
    ("first: Int = 10", True): "graphql-inspector grades a first default as dangerous, and so do we",
}
"""Where the two reference tools disagree (edit, back)."""
GRADES: Final = ("safe", "risky", "breaking")


def _ours(base: str, head: str) -> str:
    sides = (read(FileTree({"api.graphql": text.encode()}), "api.graphql").api for text in (base, head))
    changes: Drift = drift.compare(*sides)
    return max((change.severity.value for change in changes.changes), key=GRADES.index, default="safe")


def _theirs(base: str, head: str) -> str:
    sides = build_schema(base), build_schema(head)
    if find_breaking_changes(*sides):
        return "breaking"
    return "risky" if find_dangerous_changes(*sides) else "safe"


@pytest.mark.parametrize("edit", EDITS, ids=" → ".join)
@pytest.mark.parametrize("back", [False, True], ids=["there", "back"])
def test_graphql_is_graded_as_graphql_core_grades(edit: tuple[str, str], back: bool) -> None:  # noqa: FBT001  # a parameter
    """The worst grade is the same, there and back."""
    assert PETS.count(edit[0]) == 1
    base, head = PETS, PETS.replace(*edit)
    if back:
        base, head = head, base
    if (edit[0], back) in OTHERWISE and edit[1] in {"name: String =", "first: Int"}:
        pytest.skip(OTHERWISE[edit[0], back])
    assert _theirs(base, head) == _ours(base, head)


def _collection(body: dict[str, Any], kind: str) -> str:
    request = {
        "method": "POST",
        "url": {"raw": "https://a.example/things", "host": ["a", "example"], "path": ["things"]},
        "auth": {"type": kind, kind: []},
        "body": {"mode": "raw", "raw": json.dumps(body), "options": {"raw": {"language": "json"}}},
    }
    schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
    return json.dumps(
        {"info": {"name": "c", "schema": schema}, "item": [{"name": "make", "request": request}]}, indent=1
    )


def test_schemas_from_samples_prove_nothing(compare: Callable[..., Drift]) -> None:
    """A sample without a member is risky at most; other credentials are not a matter of samples."""
    base, head = _collection({"a": 1, "b": 2}, "bearer"), _collection({"a": 1}, "bearer")
    assert [change.severity for change in compare(base, head).changes] == ["risky"]
    (change,) = compare(base, _collection({"a": 1, "b": 2}, "basic")).changes
    assert (change.rule, change.severity) == ("security-tightened", "breaking")
    assert change.head is not None
    assert 1 < change.head.start  # at the request whose credentials they are
