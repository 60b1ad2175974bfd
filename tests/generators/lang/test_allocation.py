"""Identifiers, each given once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generators.lang.allocation import allocate, free, shortened


def test_an_exact_name_is_kept_and_the_others_are_numbered() -> None:
    """Adding `Pet` beside `pet` does not rename `pet`."""
    assert {"Pet": "pet_2", "pet": "pet"} == allocate({"Pet": "pet", "pet": "pet"})


def test_a_reserved_name_gets_the_suffix() -> None:
    """A field called `json` becomes `json_`, and a field called `json_` gets out of its way."""
    assert {"json": "json__2", "json_": "json_"} == allocate({"json": "json", "json_": "json_"}, reserved={"json"})


def test_the_next_wish_is_taken_before_a_number() -> None:
    """Numbers are the last resort."""
    assert free(["a", "b"], {"a"}) == "b"
    assert free(["a", "b"], {"a", "b", "b_2"}) == "b_3"
    assert free(["A"], {"A"}, glue="") == "A2"


@given(st.dictionaries(st.text(max_size=3), st.sampled_from(["a", "b", "a_", "a_2"])), st.sets(st.sampled_from("ab")))
def test_no_two_keys_share_a_name(wishes: dict[str, str], reserved: set[str]) -> None:
    """All names differ, none is reserved, and the order of the keys does not matter."""
    given_names = allocate(wishes, reserved=reserved)
    assert len(set(given_names.values())) == len(wishes)
    assert not set(given_names.values()) & reserved
    assert given_names == allocate(dict(reversed(wishes.items())), reserved=reserved)


@given(st.text(), st.integers(min_value=12, max_value=60))
def test_shortened_names_keep_to_the_limit_and_apart(name: str, limit: int) -> None:
    """Two long names with one beginning stay two names."""
    assert len(shortened(name, limit=limit)) <= limit
    long = "x" * 70
    assert shortened(f"{long}{name}", limit=limit) != shortened(f"{long}{name}!", limit=limit)
