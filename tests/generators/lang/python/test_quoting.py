"""Text in each context of a Python file."""

from __future__ import annotations

import ast
import tomllib

from hypothesis import example, given
from hypothesis import strategies as st

from generators.lang.python.quoting import comment, docstring, string, toml_string, tuple_of, wrapped

_NASTY = st.text(alphabet=st.sampled_from("ab \"'\\\n\r\t{}`#*/\u2028\x85\f\0\ud800\u202e")) | st.text()


@given(_NASTY)
def test_a_string_literal_is_the_text(text: str) -> None:
    """Evaluating the literal gives the text back, lone surrogates included, and the source can be encoded."""
    quoted = string(text)
    quoted.encode()
    assert text == ast.literal_eval(quoted)


@given(_NASTY, st.integers(min_value=0, max_value=8))
@example('"""', 4)
@example("\\", 4)
@example('ends in a quote"', 0)
def test_a_docstring_stays_one_string(text: str, indent: int) -> None:
    """The docstring is a single constant, and every visible word is in it."""
    source = f"class A:\n    {docstring(text, 4)}\n" if indent else docstring(text, 0)
    source.encode()
    tree = ast.parse(source)
    body = tree.body[0].body if isinstance(tree.body[0], ast.ClassDef) else tree.body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)
    assert str(body[0].value.value).split() == wrapped(text).split()


@given(_NASTY)
def test_a_comment_ends_where_its_line_ends(text: str) -> None:
    """Nothing after the comment is code."""
    source = f"# {comment(text)}\n"
    assert ast.parse(source).body == []
    assert len(source.splitlines()) == 1


@given(_NASTY)
def test_a_toml_string_is_one_value(text: str) -> None:
    """The parser sees one key."""
    assert ["a"] == list(tomllib.loads(f"a = {toml_string(text)}\n"))


def test_tuples_have_a_comma_only_where_it_is_needed() -> None:
    """One member needs a comma; more would be spread over lines by it."""
    assert ["()", "(a,)", "(a, b)"] == [tuple_of([]), tuple_of(["a"]), tuple_of(["a", "b"])]
