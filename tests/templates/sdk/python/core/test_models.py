"""Models and unions, without a server."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

import pytest
from _core.lenient import construct, read
from _core.model import Model
from _core.plain import plain, to_json
from _core.unions import Discriminated, Unknown
from _core.unset import UNSET, Unset
from pydantic import Field, ValidationError


class Leaf(Model):
    kind: Literal["leaf"] = "leaf"
    size: int | None = None
    class_: Annotated[str | None, Field(alias="class")] = None


Tree = Annotated[Leaf | Unknown, Discriminated("kind", {"leaf": Leaf})]


def test_constants_are_sent() -> None:
    """A constant of a new object is sent, what is merely optional is not; aliases are used both ways."""
    assert {"kind": "leaf"} == Leaf().to_dict()
    assert {"kind": "leaf", "size": None, "class": "a"} == Leaf(size=None, class_="a").to_dict()


def test_answers_gain_no_constants() -> None:
    """What the server left out is not sent back."""
    assert {"size": 1} == read(Leaf, {"size": 1}, strict=True).to_dict()


@pytest.mark.parametrize("value", [{"kind": "new", "x": 1}, {"kind": None}, {"kind": 5}])
def test_unknown_variants_keep_their_value(value: dict[str, Any]) -> None:
    """A variant of an unknown kind is kept, and sent back as it came."""
    found = read(Tree, value, strict=True)
    assert (value, value) == (found.raw, plain(found))


def test_constructing_goes_as_deep_as_it_can() -> None:
    """What fits is typed, what does not is raw, at the smallest place."""
    found = construct(dict[str, list[Leaf]], {"a": [{"size": 1}, {"size": "big"}, 7], "b": 3})
    assert (1, "big", 7, 3) == (found["a"][0].size, found["a"][1].size, found["a"][2], found["b"])
    with pytest.raises(ValidationError):
        read(dict[str, list[Leaf]], {"b": 3}, strict=True)


def test_deep_wrong_values_end() -> None:
    """Deep nesting of wrong values does not blow up."""
    value: Any = 1
    for _ in range(200):
        value = {"kind": [value]}
    assert read(Leaf, value, strict=False).kind == value["kind"]


def test_plain_values() -> None:
    """Everything that callers pass becomes JSON."""
    moment = dt.datetime(2020, 1, 2, tzinfo=dt.UTC)
    given = {"a": moment, "b": {1: Leaf(size=2)}, "c": (b"\xff", UNSET), "d": UNSET, "e": dt.date(2020, 1, 2)}
    expected = {"a": "2020-01-02T00:00:00Z", "b": {"1": {"kind": "leaf", "size": 2}}, "c": ["/w=="], "e": "2020-01-02"}
    assert expected == plain(given)
    assert '{"ü":"\u2028"}'.encode() == to_json({"ü": "\u2028"})
    with pytest.raises(TypeError, match="object cannot be sent"):
        plain(object())
    with pytest.raises(ValueError, match="not JSON compliant"):
        to_json(float("nan"))


def test_unset() -> None:
    """UNSET is falsy, one of its kind, and says what it is."""
    assert (False, "UNSET", True) == (bool(UNSET), repr(UNSET), Unset("UNSET") is UNSET)
