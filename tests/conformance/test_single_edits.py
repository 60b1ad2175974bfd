"""One edit in a real description is found, told once, and shown on its lines, however the description is written."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING, Final

import pytest
from graphql import build_schema
from graphql.utilities import find_breaking_changes, find_dangerous_changes

from single_edits.forms import graphql, postman, real

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from single_edits.measure import Description, Verdict

SMALL: Final = ("oai-petstore-expanded-v2", "redocly-museum-v31", "oai-petstore-separate-v2")
OTHERWISE: Final = {
    ("+input field", "safe", "risky"): "a further field that nobody has to send; graphql-inspector has it safe, too",
    ("-input field default", "breaking", "risky"): "without its default a field that is never null must be sent",
    ("-directive", "risky", "safe"): "graphql-core does not look where directives are applied",
}
"""Where we grade otherwise than graphql-core: kind of edit, our grade, theirs → why."""
GRADES: Final = ("safe", "risky", "breaking")
LEFT: Final = {"told more than once": 0.01, "base: begins before": 0.005}
"""Shares of edits with a fault that is known and small; any other may come up once in two hundred edits."""


def _verdicts(description: Description, count: int) -> Iterator[Verdict]:
    dice = random.Random(description.name)  # noqa: S311  # places to edit, not secrets
    for _ in range(count):
        edit = description.edit(dice)
        verdict = description.try_out(edit) if edit is not None else None
        if verdict is not None:
            yield verdict


@pytest.mark.corpus
@pytest.mark.parametrize("name", SMALL)
def test_edits_are_found_once_on_their_lines(corpus: Path, name: str) -> None:
    """In JSON, on one line, in flow style, with anchors and over many files alike."""
    seen = 0
    for make in real(corpus, [name]):
        for verdict in _verdicts(make(), 12):
            assert not verdict.faults, str(verdict)
            seen += 1
    assert seen >= 10


@pytest.mark.corpus
@pytest.mark.conformance
def test_many_edits_of_every_description(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Thousands of edits: none is missed, and what is shown beside its lines or told twice stays the exception."""
    names = sorted(path.name for path in (corpus / "openapi").iterdir())
    faults: Counter[str] = Counter()
    total, wrong = 0, []
    for make in real(corpus, names):
        for verdict in _verdicts(make(), 25):
            total += 1
            faults.update(verdict.faults)
            wrong += [verdict] if verdict.faults else []
    with capsys.disabled():
        print(f"\n{total} edits, {len(wrong)} with faults: {dict(faults)}", *wrong, sep="\n")  # noqa: T201  # what the long run is for
    assert total >= 2000
    assert {} == {fault: count for fault, count in faults.items() if count > total * LEFT.get(fault, 0.005)}


@pytest.mark.corpus
def test_edits_of_collections_are_found_on_their_lines(corpus: Path) -> None:
    """A method, an address, a query, credentials, a body or an answer that somebody changed in Postman."""
    for make in postman(corpus):
        for verdict in _verdicts(make(), 8):
            assert not {"missed", "head: in another file"} & {*verdict.faults}, str(verdict)


@pytest.mark.parametrize("count", [60, pytest.param(400, marks=[pytest.mark.corpus, pytest.mark.conformance])])
def test_edits_of_graphql_are_found_and_graded_as_graphql_core_does(request: pytest.FixtureRequest, count: int) -> None:
    """On their lines, once, in the schema with every kind of definition, and in real ones in the long run."""
    corpus = request.getfixturevalue("corpus") if count > 100 else None
    for make in graphql(corpus):
        description = make()
        text = description.files[description.root].decode()
        base = build_schema(text, assume_valid_sdl=True)
        for verdict in _verdicts(description, count):
            assert not verdict.faults, str(verdict)
            head = build_schema(verdict.edit.apply(text), assume_valid_sdl=True)
            theirs = "risky" if find_dangerous_changes(base, head) else "safe"
            theirs = "breaking" if find_breaking_changes(base, head) else theirs
            ours = max((change.severity.value for change in verdict.changes), key=GRADES.index)
            assert ours == theirs or (verdict.edit.kind, ours, theirs) in OTHERWISE, str(verdict)
