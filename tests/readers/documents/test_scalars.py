"""What an unquoted YAML scalar means."""

from __future__ import annotations

import pytest

from specloom.readers.documents.scalars import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, None) for text in ("", "~", "null", "Null", "NULL")),
        *((text, True) for text in ("true", "True", "TRUE")),
        *((text, False) for text in ("false", "False", "FALSE")),
        *((text, text) for text in ("yes", "no", "on", "off", "Y", "n", "tRUE", "nULL", "truely")),
        *((text, text) for text in ("2020-01-01", "12:30", "1.2.3", "1_000", "0b11", "1e", "-", "+", ".", "..", "-.")),
        *((text, text) for text in (".inf", "-.inf", ".nan", "nan", "inf", "1e999", "9" * 5000)),
        *((text, text) for text in ("09", "0487654321", "-08", "0190")),
        ("0", 0),
        ("07", 7),
        ("09.5", 9.5),
        ("-17", -17),
        ("+1", 1),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.0", 1.0),
        ("1.0e0", 1.0),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-.5E-1", -0.05),
        ("1.", 1.0),
    ],
)
def test_core_schema(text: str, expected: object) -> None:
    """YAML 1.2's core schema, and nothing that JSON could not hold."""
    value = plain(text)

    assert (expected, type(expected)) == (value, type(value))
