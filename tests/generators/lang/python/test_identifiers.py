"""Python identifiers."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generators.lang.python.identifiers import LIMIT, module, pascal, snake


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("petId", "pet_id"),
        ("class", "class_"),
        ("None", "none"),
        ("self", "self_"),
        ("2fa", "field_2fa"),
        ("+1", "plus_1"),
        ("__dunder__", "dunder"),
        ("a.b-c", "a_b_c"),
        ("model_dump", "model_dump"),
        ("", "field"),
        ("名前", "名前"),
        ("²", "field_2"),
    ],
)
def test_snake(name: str, expected: str) -> None:
    """Members and arguments are lower case, and never a keyword."""
    assert expected == snake(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pet", "Pet"),
        ("io.k8s.Pod", "IoK8sPod"),
        ("3DSecure", "Model3DSecure"),
        ("true", "True_"),
        ("", "Model"),
        ("名前", "Model名前"),
    ],
)
def test_pascal(name: str, expected: str) -> None:
    """Classes are capitalised; a script without capitals gets a prefix so that no member can bear the same name."""
    assert expected == pascal(name)


def test_modules_are_ascii_and_no_devices() -> None:
    """File names that other systems fold or refuse are avoided, and stay apart."""
    assert module("con") == "con_"
    assert module("名前").isascii()
    assert module("名前") != module("住所")


@given(st.text())
def test_everything_becomes_an_identifier(name: str) -> None:
    """Whatever the name, the result can be used as one."""
    for found in (snake(name), pascal(name), module(name)):
        assert found.isidentifier()
        assert not keyword.iskeyword(found)
        assert not found.startswith("_")
        assert len(found) <= LIMIT + 1
