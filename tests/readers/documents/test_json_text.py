"""Strict JSON, fast, with lines."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from specloom.errors import UserError
from specloom.readers.documents.json_text import DuplicateKeysError, depths_at, load_json

TEXT = """{
  "a": {"x": 1, "y": [1, {"z": "}]"}]},
  "b": [],
  "quote \\" brace { \\\\": {
    "c": "\\\\\\\\"
  },
  "d":
    {
    }
}
"""


def test_where_things_stand() -> None:
    """Containers and keys have their lines, whatever strings hold."""
    document = load_json("a.json", TEXT.encode())
    root = document.root
    assert isinstance(root, dict)

    assert (("a", 2), ("b", 3), ('quote " brace { \\', 4), ("d", 7)) == document.span(root).members
    assert [(2, 2), (3, 3), (4, 6), (8, 9)] == [
        (span.start, span.end) for span in (document.span(value) for value in root.values())
    ]
    assert 10 == document.last_line


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('{"enum": [\n"a",\n1.5,\n\n"],["\n\n]}', [2, 3, 5]),
        ('{"enum": ["a", "b",\n"c"]}', [1, 1, 2]),
        ('{"enum": []}', []),
        ('{"enum": [ ], "x": [1]}', []),
        ('{"enum": [{"a": 1},\n{"b": [1,\n2]}]}', [1, 2]),
    ],
)
def test_where_items_stand(text: str, lines: list[int]) -> None:
    """The items of a list have lines, whether they are values or containers."""
    document = load_json("a.json", f"\n{text}\n".encode())
    root = document.root
    assert isinstance(root, dict)

    span = document.span(root, inside=frozenset({"enum"}))
    assert [line + 1 for line in lines] == [span.member("enum", index).start for index in range(len(lines))]


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text('ab"\\{}[]:,\n é', max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text('ab"\\{}[]:,', max_size=3), inner, max_size=4),
    max_leaves=20,
)


@settings(deadline=None)
@given(values, st.sampled_from([None, 0, 1, 4]))
def test_lines_agree_with_a_search(value: object, indent: int | None) -> None:
    """For any JSON, in any layout, every container begins on a line that has its bracket and is read alike."""
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    document = load_json("a.json", text.encode())
    lines = text.split("\n")

    assert value == document.root
    pending = [document.root]
    while pending:
        item = pending.pop()
        if isinstance(item, (dict, list)):
            span = document.span(item)
            brackets = "{}" if isinstance(item, dict) else "[]"
            assert brackets[0] in lines[span.start - 1]
            assert brackets[1] in lines[span.end - 1]
            pending.extend(item.values() if isinstance(item, dict) else item)
        if isinstance(item, dict):
            assert list(item) == [name for name, _ in document.span(item).members]
            assert all(
                json.dumps(name, ensure_ascii=False) in lines[line - 1] for name, line in document.span(item).members
            )


@pytest.mark.parametrize("text", ['{"a": 1, "a": 2}', '[{"a": [], "b": {"c": 1, "c": 2}}]'])
def test_duplicate_keys_are_noticed(text: str) -> None:
    """Where a key is given twice, values and text do not line up, and nobody pretends they do."""
    with pytest.raises(DuplicateKeysError):
        load_json("a.json", text.encode())


def test_deep_nesting_is_refused() -> None:
    """More than a hundred levels end in a message that names the line."""
    text = "[\n" * 300 + "]" * 300

    with pytest.raises(UserError, match="levels deep") as caught:
        load_json("a.json", text.encode())

    assert caught.value.span is not None
    assert 101 == caught.value.span.start


def test_depths() -> None:
    """The number of open containers is known anywhere, brackets in strings left out."""
    text = b'{"a": "{[", "b": [1, {"c": 2}]}'

    assert [0, 1, 1, 2, 3, 0] == depths_at(text, [0, 1, 8, 18, 23, len(text)])
