"""Required headers, whatever other kinds of facts make of the same lines."""

from __future__ import annotations

from specloom.facts.infer import infer
from specloom.facts.passages import document
from specloom.model.passage import Document

PAGE = b"""# HTTP headers
Please use the following headers for all requests to our APIs.

## Example headers
| Header | Meaning |
|---|---|
| `Quay-System-Version` | Which release of your system calls |
| `Quay-Version` | Which release of our API is called |
"""


def test_the_version_of_a_caller_is_required_and_that_of_the_api_is_another_kind() -> None:
    """A header that tells which client calls is no choice of a version."""
    read = document("docs/headers.md", PAGE)
    assert isinstance(read, Document)
    found = [dict(made.value) for made in infer([read])[0] if made.fact_kind == "required_header"]
    assert [{"name": "Quay-System-Version"}] == found
