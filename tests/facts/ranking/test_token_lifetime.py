"""Spans of time near a token are weighed, wherever the token is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.facts.evidence import Evidence
from specloom.facts.infer import infer
from specloom.facts.passages import document
from specloom.facts.ranking.token_lifetime import RANKER
from specloom.facts.speech.whose import ownership
from specloom.model.passage import Document

if TYPE_CHECKING:
    from specloom.facts.ranking.proposal import Proposal


def _read(text: str) -> Document:
    made = document("docs/index.md", text.encode())
    assert isinstance(made, Document)
    return made


def _proposed(text: str) -> list[Proposal]:
    read = [_read(text)]
    return list(RANKER.propose(Evidence(documents=tuple(read), whose=ownership(read))))


def _found(text: str) -> list[dict[str, object]]:
    inferences, _ = infer([_read(text)])
    return [dict(made.value) for made in inferences if made.fact_kind == "token_lifetime"]


GRANTED = """\
# Access tokens
Each of your crew is granted one of these access tokens; you have 18 hours until it expires.
"""
ANSWERED = """\
# Authentication

## Response
```
access_token: 7fb2c1
expires_in: 5400
```
"""
OF_OTHERS = """\
# Sessions
Upload links expire after 2 hours. Results are cached for 30 minutes.

# Devices
The device token is valid for 90 days.

# Authentication
```
{"access_token": "7fb2c1", "expires_in": 1234}
```
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [(GRANTED, {"token": "access", "seconds": 64800}), (ANSWERED, {"token": "access", "seconds": 5400})],
    ids=["the span stands before its verb", "an answer without quotes"],
)
def test_a_lifetime_that_no_plain_sentence_states_is_a_fact(text: str, value: dict[str, object]) -> None:
    """No rule reads these; the model is sure enough."""
    assert [value] == _found(text)


def test_what_else_expires_is_no_token_of_calls() -> None:
    """Links, caches, tokens of devices, and a number that nobody chose."""
    assert [] == _found(OF_OTHERS)


def test_what_an_example_asks_for_is_no_lifetime() -> None:
    """`Create a token that expires in one day:` leads to a call."""
    text = (
        "# Refresh tokens\n{} a new token with fewer scopes, expiring in one day\n\n```\ncurl -d x=1 $HOST/token\n```\n"
    )
    assert [] == _proposed(text.format("Create"))
    assert [{"token": "refresh", "seconds": 86400}] == [dict(one.value) for one in _proposed(text.format("You get"))]


def test_a_number_of_nine_digits_is_proposed() -> None:
    """Twenty years are a lifetime."""
    text = '# Tokens\n```json\n{"access_token": "7fb2c1", "expires_in": 631138518}\n```\n'
    assert [{"token": "access", "seconds": 631138518}] == [dict(one.value) for one in _proposed(text)]


@pytest.mark.parametrize(
    ("sentence", "token"),
    [
        ("Refresh tokens are kept for 14 days.", "refresh"),
        ("For 14 days you can use the refresh token.", "refresh"),
        ("The access token lasts an hour, the refresh token 14 days.", "refresh"),
        ("A token is good for 14 days.", "access"),
        ("The session cookie lives for 14 days.", "session"),
    ],
)
def test_the_kind_that_is_named_last_before_a_span_has_it(sentence: str, token: str) -> None:
    """What follows the span is asked where nothing stands before it."""
    found = [one.value["token"] for one in _proposed(f"# Signing in\n{sentence}\n") if one.value["seconds"] == 1209600]
    assert [token] == found


def test_codes_that_are_exchanged_are_left_out() -> None:
    """They last for minutes, and no call carries them."""
    assert [] == _proposed("# Signing in\nThe authorization code is valid for 10 minutes.\n")


def test_one_kind_of_token_lasts_one_time() -> None:
    """What is known of a kind is not contradicted."""
    assert not RANKER.beside({"token": "access", "seconds": 60}, [{"token": "access", "seconds": 3600}])
    assert RANKER.beside({"token": "refresh", "seconds": 60}, [{"token": "access", "seconds": 3600}])
