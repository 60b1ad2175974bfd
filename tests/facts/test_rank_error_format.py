"""Every shape that could be an error is proposed, with numbers for what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.facts.evidence import Evidence, Place
from specloom.facts.passages import document
from specloom.facts.ranking.error_format import RANKER
from specloom.facts.speech.whose import ownership
from specloom.model.passage import Document

if TYPE_CHECKING:
    from specloom.facts.ranking.proposal import Proposal
    from specloom.model.source import Json

PAGE = """# Mooring
```json
{"id": 3, "name": "North pier", "status": "free"}
```

## Errors
Every error has an `error` object with a `code` and a `text`.

```json
{"error": {"code": 17, "text": "The berth is not known"}, "trace": "a1"}
```
"""


def proposals(page: str, path: str = "docs/mooring.md") -> list[Proposal]:
    """Return what the ranker proposes of one page."""
    read = document(path, page.encode())
    assert isinstance(read, Document)
    return list(RANKER.propose(Evidence(documents=(read,), whose=ownership((read,)))))


def test_objects_inside_objects_and_names_in_sentences_are_proposed() -> None:
    """The same fields in a sentence and in an example are one proposal, proved by both places."""
    found = {_key(one.value): one for one in reversed(proposals(PAGE))}
    rooted = found["error", ("code", "text")]
    assert {Place("docs/mooring.md", 7, 7), Place("docs/mooring.md", 10, 10)} == set(rooted.places)
    assert ("", ("id", "name", "status")) in found


def test_features_tell_what_stands_around_a_shape() -> None:
    """Headings, words before an example and what its values say count, and so does being shown in an object."""
    found = {_key(one.value): one.features for one in reversed(proposals(PAGE))}
    rooted, thing = found["error", ("code", "text")], found["", ("id", "name", "status")]
    for sign in ("headed", "said", "worded", "error_root"):
        assert (1.0, 0.0) == (rooted[sign], thing[sign]), sign
    assert (0.5, 0.0) == (rooted["trouble"], thing["trouble"])
    assert (0.5, 0.0) == (rooted["strange"], thing["strange"])


def test_what_only_requests_beyond_a_limit_get_is_no_format_of_errors() -> None:
    """`rate_limit_body` is a fact of its own."""
    page = 'Beyond the rate limit the body is:\n\n```json\n{"message": "Slow down", "retry_after": 7}\n```\n'
    assert [] == proposals(page)
    assert [("", ("message", "retry_after"))] == [
        _key(one.value) for one in proposals(page.replace("Beyond the rate limit", "When a call fails"))
    ]


def test_a_known_format_leaves_room_for_no_other_but_that_of_tokens() -> None:
    """An API has one, and what RFC 6749 says of those that it does not grant a token."""
    grants = {"fields": ["error", "error_description"]}
    assert RANKER.beside({"fields": ["code"]}, [])
    assert not RANKER.beside({"fields": ["code"]}, [{"fields": ["message"]}])
    assert RANKER.beside({"fields": ["code"]}, [grants])
    assert RANKER.beside(grants, [{"fields": ["code"]}])
    assert not RANKER.beside({"fields": ["code"]}, [grants, {"fields": ["message"]}])
    assert not RANKER.beside(grants, [{"root": "errors", "fields": ["code"]}, grants])


def test_what_stands_on_another_surface_is_proposed_only_where_nothing_else_is() -> None:
    """Errors of a WebSocket are no errors of calls."""
    socket = '# WebSocket API\nIn case of an error:\n\n```json\n{"error": {"id": "a", "message": "b"}}\n```\n'
    read = [document("docs/a.md", PAGE.encode()), document("docs/b.md", PAGE.encode())]
    documents = [*read, document("docs/socket.md", socket.encode())]
    made = tuple(one for one in documents if isinstance(one, Document))
    found = [_key(one.value) for one in RANKER.propose(Evidence(documents=made, whose=ownership(made)))]
    assert ("error", ("code", "text")) in found
    assert ("error", ("id", "message")) not in found


def test_another_format_gives_way_to_the_likeliest_and_a_part_of_it_does_not() -> None:
    """Two readers who see the same need not see all of it."""
    likeliest = {"root": "error", "fields": ["code", "text", "hint"]}
    part = {"root": "error", "fields": ["code", "text"]}
    assert part == RANKER.corrected(likeliest, part)
    assert likeliest == RANKER.corrected(likeliest, {"fields": ["error", "trace"]})
    above = {"fields": ["message", "error"]}
    assert above == RANKER.corrected(likeliest, above)


def test_docs_that_consist_of_errors_are_read_up_to_a_bound() -> None:
    """Ten thousand shapes would otherwise be compared with one another."""
    page = "".join(f'```json\n{{"error": "no", "field_{at}": 1}}\n```\n\n' for at in range(3000))
    assert 400 == len(proposals(page))


def _key(value: dict[str, Json]) -> tuple[str, tuple[str, ...]]:
    fields = value.get("fields")
    assert isinstance(fields, list)
    return str(value.get("root", "")), tuple(map(str, fields))
