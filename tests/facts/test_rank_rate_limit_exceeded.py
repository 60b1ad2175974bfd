"""Every status that the docs name is proposed once, with what is said around it."""

from __future__ import annotations

from specloom.facts.evidence import Evidence, Place
from specloom.facts.passages import document
from specloom.facts.ranking.rate_limit_exceeded import RANKER
from specloom.facts.speech.whose import ownership
from specloom.model.passage import Document

PAGE = """# Rate limits
Who exceeds the limit of 500 calls gets a 429 error.

```
HTTP/1.1 429 Too Many Requests
X-RateLimit-Limit: 500
Retry-After: 7
```

# Errors
| Status | Meaning |
|---|---|
| 404 | There is no such berth |
| 429 | Too Many Requests |
"""


def evidence(page: str) -> Evidence:
    """Read one page."""
    read = document("docs/limits.md", page.encode())
    assert isinstance(read, Document)
    return Evidence(documents=(read,), whose=ownership((read,)))


def test_statuses_are_proposed_once_and_other_numbers_never() -> None:
    """A number of calls and the value of a header look like statuses."""
    values = [dict(one.value) for one in RANKER.propose(evidence(PAGE))]
    assert [429, 404] == [value["status"] for value in values]
    assert {"Retry-After"} == {value["retry_after_header"] for value in values}


def test_features_and_places_are_those_of_the_plainest_line() -> None:
    """What stands in a section on limits says more than an entry of a list."""
    limited, missing = RANKER.propose(evidence(PAGE))
    assert Place("docs/limits.md", 2, 2) in limited.places
    for sign in ("limited", "limited_heading", "is_429", "any_answer", "clearest"):
        assert (1.0, 0.0) == (limited.features[sign], missing.features[sign]), sign
    assert (0.0, 1.0) == (limited.features["beside_429"], missing.features["beside_429"])


def test_what_a_template_left_over_is_no_status() -> None:
    """A template for docs comes with a table of errors."""
    assert [] == list(RANKER.propose(evidence("# Errors\n429: too many kittens requested\n")))


def test_a_status_stands_once() -> None:
    """Two statuses may both be true, and the same one is not told twice."""
    known = [{"status": 429}]
    assert RANKER.beside({"status": 503}, known)
    assert not RANKER.beside({"status": 429}, known)
