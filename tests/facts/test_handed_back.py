"""What a sentence says of a member of an answer that the next call sends under a name of its own."""

from __future__ import annotations

import pytest

from specloom.facts.evidence import Evidence
from specloom.facts.pages.handed_back import Handed, handed_back, is_cursor
from specloom.facts.passages import document
from specloom.facts.speech.whose import ownership
from specloom.model.passage import Document


def handed(page: str) -> dict[str, str]:
    """Return the member that is handed back under each name."""
    made = document("docs/lamps.md", page.encode())
    assert isinstance(made, Document)
    found = handed_back(Evidence(documents=(made,), whose=ownership((made,))))
    return {name: one.member for name, one in found.items()}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Send the `next_cursor` of a page as `cursor`.", {"cursor": "next_cursor"}),
        ("Each page has a `next_cursor`. Send it as `cursor` to go on.", {"cursor": "next_cursor"}),
        ("Call again with `from` set to the value of `next_lamp`, for the next page.", {}),
        ("Call again with `from` set to the value of `next_token`.", {"from": "next_token"}),
        ("Copy the `meta.next_cursor` value into the cursor field of the call.", {"cursor": "meta.next_cursor"}),
        ("For the second page, pass the `last` of the previous answer as the `start` param.", {"start": "last"}),
        ("Send the returned `scroll_id` as `scroll_id` to get the next page.", {"scroll_id": "scroll_id"}),
        ("The `X-Next-Cursor` is sent as `cursor`.", {"cursor": "X-Next-Cursor"}),
        ("A `next_token` leads on. Call with `marker` set to this value.", {"marker": "next_token"}),
        ("The `next.lamp` and `previous.lamp` values can be sent under the `page` key.", {"page": "next.lamp"}),
    ],
)
def test_a_sentence_says_what_is_handed_back(said: str, expected: dict[str, str]) -> None:
    """The member leads on by its name or by what is said, and the name may be one of a way to move."""
    assert expected == handed(f"# Lamps\n{said}\n")


@pytest.mark.parametrize(
    "said",
    [
        "Use `limit` in combination with `offset`.",
        "Send `Accept` in the `GET` request.",
        "For the first page, use `initial` as the `cursor`.",
        "Pass `cursor` in the next call.",
    ],
)
def test_two_names_in_a_sentence_need_not_belong_together(said: str) -> None:
    """A size, a header and a fixed value are no members of answers."""
    assert {} == handed(f"# Lamps\n{said}\n")


def test_what_is_handed_back_is_opaque_unless_a_name_counts() -> None:
    """`start` takes an identifier as well as a position, `offset` and `next_offset` only a position."""
    assert is_cursor("start", Handed("last", ()))
    assert not is_cursor("offset", Handed("last", ()))
    assert not is_cursor("start", Handed("paging.next_offset", ()))
