"""The table of the OpenAPI standard, "Style Examples" (3.1.1), and what it leaves open."""

from __future__ import annotations

from typing import Any

import pytest
from _core.styles import label, lax, matrix, pairs, simple, strict, verbatim

STRING = "blue"
ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


def in_query(value: Any, style: str, *, explode: bool) -> str:
    """Write the parameter `color` into a query."""
    return "&".join(f"{name}={text}" for name, text in pairs("color", value, style=style, explode=explode, encode=strict))


@pytest.mark.parametrize(
    ("explode", "value", "expected"),
    [
        (False, "", ";color"),
        (False, STRING, ";color=blue"),
        (False, ARRAY, ";color=blue,black,brown"),
        (False, OBJECT, ";color=R,100,G,200,B,150"),
        (True, "", ";color"),
        (True, STRING, ";color=blue"),
        (True, ARRAY, ";color=blue;color=black;color=brown"),
        (True, OBJECT, ";R=100;G=200;B=150"),
    ],
)
def test_matrix(explode: bool, value: Any, expected: str) -> None:  # noqa: FBT001 -- a column of the table
    """Matrix: names and values behind semicolons."""
    assert expected == matrix("color", value, explode=explode, encode=strict)


@pytest.mark.parametrize(
    ("explode", "value", "expected"),
    [
        (False, "", "."),
        (False, STRING, ".blue"),
        (False, ARRAY, ".blue,black,brown"),
        (False, OBJECT, ".R,100,G,200,B,150"),
        (True, STRING, ".blue"),
        (True, ARRAY, ".blue.black.brown"),
        (True, OBJECT, ".R=100.G=200.B=150"),
    ],
)
def test_label(explode: bool, value: Any, expected: str) -> None:  # noqa: FBT001 -- a column of the table
    """Label: values behind dots."""
    assert expected == label(value, explode=explode, encode=strict)


@pytest.mark.parametrize(
    ("explode", "value", "expected"),
    [
        (False, STRING, "blue"),
        (False, ARRAY, "blue,black,brown"),
        (False, OBJECT, "R,100,G,200,B,150"),
        (True, ARRAY, "blue,black,brown"),
        (True, OBJECT, "R=100,G=200,B=150"),
    ],
)
def test_simple(explode: bool, value: Any, expected: str) -> None:  # noqa: FBT001 -- a column of the table
    """Simple: values between commas."""
    assert expected == simple(value, explode=explode, encode=strict)


@pytest.mark.parametrize(
    ("style", "explode", "value", "expected"),
    [
        ("form", False, "", "color="),
        ("form", False, STRING, "color=blue"),
        ("form", False, ARRAY, "color=blue,black,brown"),
        ("form", False, OBJECT, "color=R,100,G,200,B,150"),
        ("form", True, STRING, "color=blue"),
        ("form", True, ARRAY, "color=blue&color=black&color=brown"),
        ("form", True, OBJECT, "R=100&G=200&B=150"),
        ("spaceDelimited", False, ARRAY, "color=blue%20black%20brown"),
        ("spaceDelimited", False, OBJECT, "color=R%20100%20G%20200%20B%20150"),
        ("pipeDelimited", False, ARRAY, "color=blue%7Cblack%7Cbrown"),
        ("pipeDelimited", False, OBJECT, "color=R%7C100%7CG%7C200%7CB%7C150"),
        ("tabDelimited", False, ARRAY, "color=blue%09black%09brown"),
        ("spaceDelimited", True, ARRAY, "color=blue&color=black&color=brown"),
        ("deepObject", True, OBJECT, "color[R]=100&color[G]=200&color[B]=150"),
    ],
)
def test_query(style: str, explode: bool, value: Any, expected: str) -> None:  # noqa: FBT001 -- a column of the table
    """The styles of query parameters."""
    assert expected == in_query(value, style, explode=explode)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": {"b": {"c": 1}}}, "color[a][b][c]=1"),
        ({"a": [1, 2]}, "color[a][]=1&color[a][]=2"),
        ({"a": [{"b": 1}, {"b": 2}]}, "color[a][0][b]=1&color[a][1][b]=2"),
        (["x", "y"], "color[]=x&color[]=y"),
        ({"a]&": "="}, "color[a%5D%26]=%3D"),
        ({}, ""),
        ("plain", "color=plain"),
    ],
)
def test_deep_objects(value: Any, expected: str) -> None:
    """What the standard leaves open for deepObject: nesting and arrays."""
    assert expected == in_query(value, "deepObject", explode=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, "true"), (False, "false"), (None, ""), (1.0, "1"), (1.5, "1.5"), (10**20, str(10**20)), ("é", "%C3%A9")],
)
def test_scalars(value: Any, expected: str) -> None:
    """Scalars are written as JSON writes them, and percent-encoded."""
    assert expected == strict(value)


def test_delimiters_in_values_are_escaped() -> None:
    """A delimiter inside a value cannot be taken for one between values."""
    assert "color=a%2Cb,c" == in_query(["a,b", "c"], "form", explode=False)
    assert "color=a%7Cb%7Cc" == in_query(["a|b", "c"], "pipeDelimited", explode=False)
    assert "a.b" == verbatim("a.b")


def test_reserved_characters_can_stay() -> None:
    """`allowReserved` keeps reserved characters and escapes the rest."""
    assert "a/b?c=d%20%C3%A9" == lax("a/b?c=d é")
