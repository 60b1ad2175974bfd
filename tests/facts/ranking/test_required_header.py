"""Every header that docs name is weighed: who must send it, and with what, is told in many ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.facts.evidence import Evidence, Place
from specloom.facts.infer import infer
from specloom.facts.passages import document
from specloom.facts.ranking.required_header import RANKER
from specloom.facts.speech.whose import ownership
from specloom.model.passage import Document

if TYPE_CHECKING:
    from specloom.facts.ranking.proposal import Proposal

WITH_A_BODY = """\
# Sending boats
Boats are sent as JSON. Let the server know by adding the header `Content-Type: application/json` to each `POST`.
"""
WHO_CALLS = """\
# Calls
It's a good idea to send a User-Agent of your own, so that we can contact you.
"""
IN_A_TABLE = """\
# Common headers
| Header | Holds | Obligatory |
|---|---|---|
| harbour-office-id | The office that you call for | Yes |
| harbour-note | Anything | No |
"""
OF_ANSWERS = """\
# Answers
The response has a `Harbour-Tide` header. Well-known berths are light-blue and two-masted.

You must not send the `Harbour-Step` header. We send `Harbour-Bell` with each delivery.
"""


def _read(text: str) -> Document:
    made = document("docs/index.md", text.encode())
    assert isinstance(made, Document)
    return made


def _proposed(text: str) -> dict[str, Proposal]:
    read = [_read(text)]
    evidence = Evidence(documents=tuple(read), whose=ownership(read))
    return {str(one.value["name"]): one for one in RANKER.propose(evidence)}


def _found(text: str) -> list[object]:
    inferences, _ = infer([_read(text)])
    return [made.value["name"] for made in inferences if made.fact_kind == "required_header"]


@pytest.mark.parametrize(
    ("text", "name"),
    [(WITH_A_BODY, "Content-Type"), (WHO_CALLS, "User-Agent")],
    ids=["what a body is", "who calls"],
)
def test_a_header_that_calls_should_carry_is_a_fact(text: str, name: str) -> None:
    """No rule reads these; the model is sure enough."""
    assert [name] == _found(text)


def test_headers_of_answers_and_deliveries_are_not_asked_for() -> None:
    """Nor is one that must not be sent; words with a hyphen are no headers at all."""
    assert [] == _found(OF_ANSWERS)
    assert {} == _proposed(OF_ANSWERS)


@pytest.mark.parametrize(
    "name", ["Authorization", "X-Api-Key", "Retry-After", "Idempotency-Key", "X-RateLimit-Limit", "Harbour-Version"]
)
def test_headers_of_other_kinds_are_left_to_those(name: str) -> None:
    """Credentials, limits, idempotency keys and versions have facts of their own."""
    assert {} == _proposed(f"# Headers\nAll requests must have the `{name}` header.\n")


def test_the_line_that_asks_is_cited_before_examples() -> None:
    """A sentence that says `must` is worth more than a call that has the header."""
    call = "```\ncurl -H 'Accept: text/html' https://api.harbour.dev\n```\n"
    text = f"# Calls\n{call}# More\nAll requests must have the `Accept` header.\n"
    proposal = _proposed(text)["Accept"]
    assert Place("docs/index.md", 6, 6) == proposal.places[0]
    assert (1.0, 0.5) == (proposal.features["must"], proposal.features["share asked"])


def test_the_cell_under_required_counts() -> None:
    """Yes speaks for a header, no does not."""
    found = _proposed(IN_A_TABLE)
    assert [1.0, 0.0] == [found[name].features["needed"] for name in ("harbour-office-id", "harbour-note")]


def test_headers_of_one_call_are_not_those_of_all() -> None:
    """A table below a method and a path is about that endpoint."""
    row = "| Header | Required |\n|---|---|\n| Harbour-Gate | Yes |\n"
    assert {} == _proposed(f"# GET /boats/{{id}}\n{row}")
    assert ["Harbour-Gate"] == list(_proposed(f"# Common headers\n{row}"))


def test_a_header_is_told_once() -> None:
    """Names are compared without case."""
    assert not RANKER.beside({"name": "accept"}, [{"name": "Accept"}])
    assert RANKER.beside({"name": "accept"}, [{"name": "User-Agent"}])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("To do so, add a new HTTP header named ``Onbehalf`` to your request.", "Onbehalf"),
        ("Provide your code in the `OTP` header.", "OTP"),
        ("You must tell `application/json` as the mime type.", "Content-Type"),
        ("Don't forget to provide the content type `application/json` as well.", "Content-Type"),
    ],
    ids=["named", "before the word", "mime type", "in two words"],
)
def test_a_header_is_told_without_a_hyphen_and_without_its_name(text: str, name: str) -> None:
    """One word beside `header` is enough, and a type of content is told by what it is."""
    assert [name] == list(_proposed(f"# Calls\n{text}\n"))


def test_what_mails_and_other_facts_have_is_no_header_of_calls() -> None:
    """`To` is of a mail, `Signature` is a fact of another kind."""
    text = (
        "# Mails\nThe `To` header names who gets it, and a `Signature` header is added. Give a `Content-ID` header.\n"
    )
    assert {} == _proposed(text)


def test_a_sentence_speaks_for_the_block_of_headers_below_it() -> None:
    """`Send all requests that have data with the header:` is a request, though the name stands in a block."""
    block = "```\nContent-Type: application/harbour+json\n```\n"
    features = _proposed(f"# Calls\nSend all requests that have data with the header:\n\n{block}")[
        "Content-Type"
    ].features
    alone = _proposed(f"# Calls\n\n{block}")["Content-Type"].features
    assert features["worth"] > alone["worth"]
    shown = _proposed("# Calls\nSend all requests with the header:\n\n```\nGET /boats\nAccept: text/html\n```\n")
    assert shown["Accept"].features["worth"] < features["worth"]


def test_members_of_objects_are_no_headers() -> None:
    """`origin` is where a boat is from, and `north-pier` is what it is called."""
    text = (
        "# Boats\n| Member | Type |\n|---|---|\n| origin | object |\n\n"
        'Create `north-pier`:\n\n```json\n{"north-pier": {"origin": {"name": "Genua"}}}\n```\n'
    )
    assert {} == _proposed(text)
    assert ["north-pier"] == list(_proposed("# Calls\nSend:\n```\ncurl -H 'north-pier: 7' $HOST\n```\n"))


def test_another_format_is_a_choice() -> None:
    """Whoever likes what comes by default sends nothing."""
    text = "# Formats\nFor another format, add the `Accept` header with `text/csv`.\n"
    assert 1.0 == _proposed(text)["Accept"].features["choice"]


def test_what_is_not_mandatory_is_optional() -> None:
    """`Not mandatory` has the word that asks for it."""
    assert 1.0 == _proposed("# Keys\nThe `Origin` header is not mandatory.\n")["Origin"].features["optional"]
