"""What leads to an example says that it is an error, though a call stands between, or it is no JSON."""

from __future__ import annotations

import pytest

from specloom.facts.detectors.error_format import DETECTOR
from specloom.facts.evidence import Evidence
from specloom.facts.passages import document
from specloom.facts.speech.whose import ownership
from specloom.model.passage import Document

BELOW_A_CALL = """# Tides
## How far back you can go
Requests beyond page 900 get this error response:

```bash
curl 'https://$HOST/tides?page=901'
```

```python
requests.get(HOME + "/tides?page=901")
```

```json
{"error": true, "message": "page must be 900 or lower"}
```
"""
IN_WORDS = """# Errors
When an error occurs, a message is returned in the body in the following format:

```json
{
  "code" : [our code, which may or may not be the status],
  "message" : [a description of the error, meant for developers]
}
```
"""
READ = """# Error types
The API always returns errors as JSON:

```
>>> response = requests.post(HOME + 'berths', json={'name': 'North'})
>>> print(response.json()['title'])
400 Bad Request
>>> print(response.json()['description'])
Duplicate berth
```
"""
SENT_AS_200 = """# Coins
## Update a coin
Example Error Response (sends as 200)

```json
{"message": "The coin is not known.", "code": 7}
```
"""
OUTLINED = """FORMAT: 1A
# Harbourly
## Boats [/boats]
### List [GET]
+ Response 404 (application/json)
    + Body

            {
                "error": "not_found",
                "message": "missing"
            }
"""
AT_ONCE = """# Data Structures
## Error (object)
+ code: 401 (number) - The code
+ message (string) - The message
"""
ONE_WORD = """# Errors
```json
{"errcode": 40013, "errmsg": "invalid berth"}
```
"""
OF_RECEIVERS = """# Notify
If an error occurs, you should return an error response:

```json
{"message": "The phone is off.", "code": 7}
```
"""


def found(page: str) -> list[tuple[dict[str, object], bool]]:
    """Return what the rules read of a page, and whether they are sure."""
    read = document("docs/page.md", page.encode())
    assert isinstance(read, Document)
    facts = DETECTOR.detect(Evidence(documents=(read,), whose=ownership((read,))))
    return [(dict(fact.value), fact.strength >= 0.8) for fact in facts]


@pytest.mark.parametrize(
    ("page", "fields"),
    [
        (BELOW_A_CALL, ["error", "message"]),
        (IN_WORDS, ["code", "message"]),
        (READ, ["title", "description"]),
        (SENT_AS_200, ["message", "code"]),
        (OUTLINED, ["error", "message"]),
        (AT_ONCE, ["code", "message"]),
        (ONE_WORD, ["errcode", "errmsg"]),
    ],
    ids=["below a call", "in words", "read by code", "sent as 200", "outlined", "at once", "one word"],
)
def test_an_example_is_known_by_what_leads_to_it(page: str, fields: list[str]) -> None:
    """Whatever the block is, a sentence about errors before it makes its names those of an error."""
    assert [({"fields": fields}, True)] == found(page)


def test_what_a_receiver_answers_is_no_error_of_the_api() -> None:
    """`You should return` speaks to those who are called."""
    assert [] == found(OF_RECEIVERS)


def test_names_that_stand_many_times_are_one_format() -> None:
    """A table of what may be wrong with a code has no five codes."""
    rows = "| code | Text |\n" * 5 + "| message | Text |\n"
    assert [({"fields": ["code", "message"]}, True)] == found(f"# Errors\n| Field | Says |\n|---|---|\n{rows}")
    assert [] == found("# Errors\n" + "- `error` has `code` and `message`\n" * 8)
