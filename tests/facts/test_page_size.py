"""What is told of a size is a default or a maximum, and not the one because it is the other."""

from __future__ import annotations

import pytest

from specloom.facts.detectors import page_size
from specloom.facts.evidence import Evidence
from specloom.facts.passages import document
from specloom.facts.speech.whose import ownership
from specloom.model.passage import Document


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("By default, up to 15 lamps are returned; `per_page` changes that.", {"default": 15}),
        ("Up to 15 lamps are returned by default; `per_page` changes that.", {"default": 15}),
        ("`per_page` is the page size, default and maximum are 15.", {"default": 15, "max": 15}),
        ("`per_page` is at most 90; by default 15 lamps are returned.", {"default": 15, "max": 90}),
    ],
)
def test_as_many_by_default_are_not_the_most(said: str, expected: dict[str, int]) -> None:
    """`Up to` so many by default says how large a page can be as long as nothing else is asked for."""
    made = document("docs/lamps.md", f"# Lamps\n## Pagination\n{said}\n".encode())
    assert isinstance(made, Document)
    evidence = Evidence(documents=(made,), whose=ownership((made,)))
    found = [dict(one.value) for one in page_size.DETECTOR.detect(evidence)]
    assert [{"param": "per_page", **expected}] == found
