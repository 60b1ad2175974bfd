"""Credentials are read from what calls carry, beside what the docs state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.facts.evidence import Evidence, Place
from specloom.facts.infer import infer
from specloom.facts.passages import document
from specloom.facts.ranking.auth import MOST_PLACES, RANKER
from specloom.facts.speech.whose import ownership
from specloom.model.passage import Document

if TYPE_CHECKING:
    from specloom.facts.ranking.proposal import Proposal

BESIDE_WORDS = """\
# Getting started

## Authenticate
Put `quay_pass=<your key>` behind the address:

    GET /boats?quay_pass=8d7f6a
"""
IN_AN_ADDRESS = """\
# Downloading
```
$ wget https://me:KEY@files.quay.dev/boats.csv
```
"""
ANOTHER_HEADER = """\
# Authentication
```
Authentication: bearer TOKEN
```
"""
NO_CREDENTIALS = """\
# Webhooks
We send `X-Gate-Token: abc` with each delivery.

# Boats
Rows have a `dock_key` and an `owner_token` field. Basic authentication is not supported.
"""


def _read(text: str) -> Document:
    made = document("docs/index.md", text.encode())
    assert isinstance(made, Document)
    return made


def _proposed(text: str) -> list[Proposal]:
    read = [_read(text)]
    return list(RANKER.propose(Evidence(documents=tuple(read), whose=ownership(read))))


def _one(text: str, **value: object) -> Proposal:
    return next(one for one in _proposed(text) if value.items() <= dict(one.value).items())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (BESIDE_WORDS, {"type": "apiKey", "in": "query", "name": "quay_pass"}),
        (IN_AN_ADDRESS, {"type": "http", "scheme": "basic", "in": "header", "name": "Authorization"}),
        (ANOTHER_HEADER, {"type": "apiKey", "in": "header", "name": "Authentication", "format": "Bearer {token}"}),
    ],
    ids=["a parameter beside words", "a name and a password in an address", "a header that is nearly the usual one"],
)
def test_what_calls_carry_is_a_fact(text: str, value: dict[str, object]) -> None:
    """No rule reads these; the model is sure enough."""
    inferences, _ = infer([_read(text)])
    assert value in [dict(made.value) for made in inferences if made.fact_kind == "auth"]


def test_names_that_look_like_credentials_are_none_by_that_alone() -> None:
    """What the API delivers, fields of what it returns, and a scheme that is refused are no way in."""
    inferences, _ = infer([_read(NO_CREDENTIALS)])
    assert [] == [made.value for made in inferences if made.fact_kind == "auth"]
    assert ["dock_key", "owner_token"] == [one.value.get("name") for one in _proposed(NO_CREDENTIALS)]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        ('curl -H "Dock-Key: 1" https://quay.dev', "header"),
        ("curl 'https://quay.dev/boats?dock_key=1'", "query"),
        ("curl -b 'dock_key=1' https://quay.dev", "cookie"),
        ("curl -d 'dock_key=1' https://quay.dev", "body"),
        ('fetch(url, { headers: { "dock_key": KEY } })', "header"),
        ('requests.get(url, params={"dock_key": KEY})', "query"),
        ("GET /dock_key/{dock_key}/boats", "path"),
        ("Dock-Key: 1\nAccept: text/html", "header"),
    ],
)
def test_the_syntax_around_a_name_tells_where_it_stands(line: str, where: str) -> None:
    """Options, addresses, dictionaries and lone lines each have one place."""
    found = [one for one in _proposed(f"# Boats\n```\n{line}\n```\n") if "ock" in str(one.value.get("name"))]
    assert [where] == [one.value.get("in") for one in found]


@pytest.mark.parametrize(
    ("sentence", "where"),
    [
        ("Send the `dock-key` header.", "header"),
        ("A cookie named `dock_key` will do.", "cookie"),
        ("Add a URL parameter called `dock_key`.", "query"),
        ("Post `dock_key` as a field of the form.", "body"),
    ],
)
def test_words_beside_a_name_tell_where_it_stands(sentence: str, where: str) -> None:
    """A noun next to the name is the best sign of all."""
    proposal = next(one for one in _proposed(f"# Keys\n{sentence}\n") if one.value.get("in") == where)
    assert 1.0 == proposal.features["key: first tight"]


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Authorization: Anchor 7f3b2c1d9e", {"type": "apiKey", "format": "Anchor {token}"}),
        ('Authorization: Anchor key="7f3b"', {"type": "apiKey", "format": 'Anchor key="{token}"'}),
        ("Authorization: <your-token>", {"type": "apiKey", "format": "{token}"}),
        ("Authorization: digest abc", {"type": "http", "scheme": "digest"}),
        ('Authorization: OAuth oauth_nonce="1"', {"type": "oauth1"}),
        ("X-Authorization: Basic abc", {"type": "apiKey", "name": "X-Authorization", "format": "Basic {token}"}),
    ],
)
def test_the_value_of_a_header_tells_the_scheme(header: str, value: dict[str, object]) -> None:
    """Schemes of HTTP, words of the API's own, and nothing before the token."""
    assert _one(f"# Boats\n```\n{header}\n```\n", **value)


@pytest.mark.parametrize(
    "header",
    [
        "Authorization: TOKEN_TYPE TOKEN",
        "Authorization: Content-Type: text/html",
        "Authorization: see above",
        "Authorization: Authorization {token}",
    ],
)
def test_placeholders_and_prose_are_no_scheme(header: str) -> None:
    """A phrase of which no word is the API's own."""
    assert [] == [one.value for one in _proposed(f"# Boats\n```\n{header}\n```\n") if "format" in one.value]


def test_a_key_beside_a_header_of_the_same_call_is_the_second_one() -> None:
    """A command of its own is another call, so that its key is not."""
    both = "curl -H 'Dock-Key: 1' 'https://quay.dev/boats?dock_token=1'"
    apart = "curl -H 'Dock-Key: 1' https://quay.dev\ncurl 'https://quay.dev/boats?dock_token=1'"
    seconds = [
        _one(f"# Boats\n```\n{text}\n```\n", name="dock_token").features["key: first second"] for text in (both, apart)
    ]
    assert [1.0, 0.0] == seconds


def test_the_lines_that_prove_most_are_cited_first_and_never_all() -> None:
    """A sentence that says where the key goes is worth more than any example."""
    calls = "".join(f"# Boat {at}\n```\ncurl 'https://quay.dev/boats/{at}?dock_key=K'\n```\n" for at in range(20))
    text = f"{calls}# Authentication\nPass the `dock_key` query parameter with every request.\n"
    proposal = _one(text, name="dock_key")
    assert Place("docs/index.md", 82, 82) == proposal.places[0]
    assert MOST_PLACES == len(proposal.places)


@pytest.mark.parametrize(
    ("known", "stands"),
    [
        ({"type": "apiKey", "in": "header", "name": "DOCK-KEY"}, False),
        ({"type": "apiKey", "in": "header", "name": ["Dock-Key", "Dock-Secret"]}, False),
        ({"type": "apiKey", "in": "query", "name": "Dock-Key"}, True),
        ({"type": "http", "scheme": "basic", "in": "header", "name": "Authorization"}, True),
        ({"type": "none"}, True),
    ],
)
def test_a_credential_stands_beside_others_but_not_beside_itself(known: dict[str, object], *, stands: bool) -> None:
    """Names are compared without case, in the same place."""
    value = {"type": "apiKey", "in": "header", "name": "Dock-Key"}
    assert stands == RANKER.beside(value, [known])  # type: ignore[dict-item,list-item]


@pytest.mark.parametrize(
    ("value", "known", "stands"),
    [
        ({"type": "oauth2"}, {"type": "http", "scheme": "bearer"}, False),
        ({"type": "none"}, {"type": "none"}, False),
        ({"type": "http", "scheme": "basic"}, {"type": "http", "scheme": "bearer"}, True),
        ({"type": "apiKey"}, {"type": "oauth2"}, False),
    ],
)
def test_ways_as_a_whole_give_way_to_what_is_told_better(
    value: dict[str, str], known: dict[str, str], *, stands: bool
) -> None:
    """The token of a flow travels as a bearer token; a key of which nothing is known adds nothing."""
    assert stands == RANKER.beside(value, [known])  # type: ignore[arg-type,list-item]


def test_a_signature_of_calls_is_proposed_and_one_of_deliveries_is_not() -> None:
    """A name alone tells neither; what is about webhooks, or about checking, is the reader's."""
    signed = "# Signing\nSend the `X-Dock-Signature` header with each request.\n"
    assert _one(signed, name="X-Dock-Signature", signature=True).features["key: signs"]
    assert not _proposed("# Webhooks\nThe `X-Dock-Signature` header holds a digest.\n")
    assert not _proposed("# Security\nVerify that the signature in the `X-Dock-Signature` header is the same.\n")


def test_a_quoted_name_of_any_kind_is_a_key_where_a_sentence_says_its_place() -> None:
    """Short names are like no other names of keys."""
    text = "# Access\nSend your API key in the `X-Dock-Key` header or in the `dk` query parameter.\n"
    assert {"X-Dock-Key", "dk", None} == {one.value.get("name") for one in _proposed(text)}
    assert not [one for one in _proposed("# Boats\nThe `dk` query parameter sorts.\n") if one.value.get("name")]


def test_what_an_answer_holds_is_known() -> None:
    """A login gives out what calls may, or may not, carry as it is."""
    told = _one("# Log in\nThe response will contain a `Dock-Token` header.\n", name="Dock-Token")
    assert 1.0 == told.features["key: share returned"]
    sent = _one("# Log in\nEvery call needs a `Dock-Token` header.\n", name="Dock-Token")
    assert 0.0 == sent.features["key: share returned"]


def test_a_paragraph_about_answers_says_nothing_of_the_next_paragraph() -> None:
    """Only what leads to a list or a table does."""
    words = "Answers leave out what is private; each response is short."
    assert _proposed(f"# Access\n{words}\n\nPut your key into the `dock_key` field of the JSON body.\n")
    assert not _proposed(f"# Access\n{words}\n\n* `dock_key` - in the body\n")


def test_a_client_that_needs_no_rights_is_no_call_without_credentials() -> None:
    """`OAuth` is a word in which `auth` begins no word."""
    assert not [
        one
        for one in _proposed("# Rights\nThe oauth app does not need to see boats.\n")
        if one.value == {"type": "none"}
    ]
