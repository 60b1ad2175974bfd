"""YAML as descriptions use it, and as nobody should."""

from __future__ import annotations

import time
from textwrap import dedent

import pytest
import yaml

from specloom.errors import UserError
from specloom.readers.documents.yaml_text import load_yaml


def lines_of(text: str, *keys: str | int) -> tuple[int, int]:
    """Return the lines of the container that `keys` lead to."""
    document = load_yaml("a.yaml", dedent(text))
    value = document.root
    for key in keys:
        value = value[key]  # type: ignore[index,call-overload]
    span = document.span(value)
    return span.start, span.end


TEXT = """\
# a comment
info:
  title: T

# another
paths:
  /a:
    get: {responses: {}}
    tags:
    - x
    - y
  /b:
  - name: one
    in: two

  -
    name: three
flow: {a: [1,
  {b: 2}], c: {}}
text: |
  one

  # two
last: [[1], [2]]
"""


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        ((), (1, 24)),
        (("info",), (2, 3)),
        (("paths",), (6, 17)),
        (("paths", "/a"), (7, 11)),
        (("paths", "/a", "get"), (8, 8)),
        (("paths", "/a", "tags"), (9, 11)),
        (("paths", "/b"), (12, 17)),
        (("paths", "/b", 0), (13, 14)),
        (("paths", "/b", 1), (17, 17)),
        (("flow",), (18, 19)),
        (("flow", "a", 1), (19, 19)),
        (("last",), (24, 24)),
    ],
)
def test_where_things_stand(keys: tuple[str | int, ...], lines: tuple[int, int]) -> None:
    """A container begins at its key and ends before the next one, blank lines and comments left out."""
    assert lines == lines_of(TEXT, *keys)


def test_where_members_stand() -> None:
    """The line of every key is known."""
    document = load_yaml("a.yaml", TEXT)

    assert (("info", 2), ("paths", 6), ("flow", 18), ("text", 20), ("last", 24)) == document.span(document.root).members
    assert 24 == document.last_line


def test_where_items_stand() -> None:
    """Items in a block, in flow style and below a dash have lines, and so has what is inside them."""
    text = "enum:\n- a\n\n- b\nneeds: [1,\n 2]\nsafe:\n  -\n    key:\n    - read\n    - write\n"
    document = load_yaml("a.yaml", text)
    span = document.span(document.root, inside=frozenset({"enum", "needs", "safe"}))
    steps: list[tuple[str | int, ...]] = [(0,), (1,)]
    assert [2, 4] == [span.member("enum", *one).start for one in steps]
    assert [5, 6] == [span.member("needs", *one).start for one in steps]
    assert [9, 10, 11] == [span.member("safe", 0, *one).start for one in ((), ("key", 0), ("key", 1))]
    assert 7 == span.member("safe", 3).start


def test_what_is_merged_stands_where_it_is_written() -> None:
    """A member that a merge brings has the line of the mapping that it comes from; an alias that of its name."""
    text = "base: &b\n  type: string\n  format: uuid\nthing:\n  title: x\n  <<: *b\nproperties:\n  a: {}\n  c: *b\n"
    document = load_yaml("a.yaml", text)
    root = document.root
    assert isinstance(root, dict)

    assert (("title", 5), ("type", 2), ("format", 3)) == document.span(root["thing"]).members
    assert 9 == document.span(root, inside=frozenset({"enum"})).member("properties", "c").start


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("# only a comment", None),
        ("text", "text"),
        (
            "200: a\n+1: b\ntrue: c\nnull: d\n1.0: e\n~: f",
            {"200": "a", "+1": "b", "true": "c", "null": "d", "1.0": "e", "~": "f"},
        ),
        ("a: &x {b: 1}\nc: *x", {"a": {"b": 1}, "c": {"b": 1}}),
        ("a: &x 1\nc: *x", {"a": 1, "c": 1}),
        ("&k a: *k", {"a": "a"}),
        ("base: &b {x: 1, y: 2}\nit: {<<: *b, y: 3}", {"base": {"x": 1, "y": 2}, "it": {"x": 1, "y": 3}}),
        ("it: {<<: [{x: 1}, {x: 2, y: 2}], z: 3}", {"it": {"x": 1, "y": 2, "z": 3}}),
        ("it: {'<<': 1}", {"it": {"<<": 1}}),
        (
            "a: !!str 12\nb: !thing 12\nc: !!python/object:os.system x\nd: ! 12",
            {"a": "12", "b": 12, "c": "x", "d": "12"},
        ),
        ("a: 1\na: 2", {"a": 2}),
        ("a: 1\n---\nb: 2", {"a": 1}),
        ("%YAML 1.2\n---\na: 1\n...\n", {"a": 1}),
        ("? [a, b]\n: 1\n? {c: d}\n: 2\nx: 3", {"": 2, "x": 3}),
        ("a: |\n  one\n  # two\nb: >-\n  three\n  four", {"a": "one\n# two\n", "b": "three four"}),
        ("a: 'it''s'\nb: \"\\u00e9\\n\"", {"a": "it's", "b": "é\n"}),
        ("{a: 1, b: [2, 3,], }", {"a": 1, "b": [2, 3]}),
        ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
    ],
)
def test_values(text: str, expected: object) -> None:
    """Keys are texts, aliases and merges are followed, private tags mean nothing."""
    assert expected == load_yaml("a.yaml", text).root


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 2\na: 3", "duplicate-key", 3),
        ("a: 1\n---\nb: 2", "several-documents", 2),
        ("a: 1\n? [b]\n: 1", "bad-key", 2),
    ],
)
def test_oddities_are_reported(text: str, code: str, line: int) -> None:
    """What is read in spite of everything is reported at its line."""
    (found,) = load_yaml("a.yaml", text).diagnostics

    assert found.span is not None
    assert (code, line) == (found.code, found.span.start)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: [1, 2\nc: 3", 3),
        ("a: 1\n\tb: 2", 2),
        ("a: b: c", 1),
        ("a: *gone", 1),
        ("a: 1\nb: &x [*x]", 2),
        ("a: 'open", 1),
        ("- a\nb: c", 2),
    ],
)
def test_broken_yaml_points_at_the_line(text: str, line: int) -> None:
    """What is no YAML says where it stops being some."""
    with pytest.raises(UserError) as caught:
        load_yaml("a.yaml", text)

    assert caught.value.span is not None
    assert ("a.yaml", line) == (caught.value.span.path, caught.value.span.start)


def test_characters_that_yaml_forbids() -> None:
    """A control character pasted into a text costs that character, and its line is named."""
    document = load_yaml("a.yaml", "a: 1\nb: one\x0ctwo \U0001f600\n")
    (found,) = document.diagnostics

    assert {"a": 1, "b": "one\ufffdtwo \U0001f600"} == document.root
    assert found.span is not None
    assert ("bad-character", 2) == (found.code, found.span.start)


def test_bombs_are_refused() -> None:
    """Aliases of aliases end in a message long before they fill the memory."""
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    begin = time.perf_counter()

    with pytest.raises(UserError, match="fewer aliases"):
        load_yaml("a.yaml", "\n".join(rows))

    assert time.perf_counter() - begin < 5


@pytest.mark.parametrize(
    "text", ["[" * 10_000, "{a: " * 10_000, "- " * 10_000, "\n".join(" " * n + "a:" for n in range(1000))]
)
def test_deep_nesting_is_refused(text: str) -> None:
    """Ten thousand levels end in a message that names the line, not in a crash."""
    with pytest.raises(UserError, match="levels deep") as caught:
        load_yaml("a.yaml", text)

    assert caught.value.span is not None


def test_merges_keep_order_of_precedence_as_pyyaml_has_it() -> None:
    """Own keys win over merged ones and earlier merges over later ones, as PyYAML reads them."""
    text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {y: 3, <<: [*a, *b]}"

    assert yaml.safe_load(text) == load_yaml("a.yaml", text).root
