"""What an unquoted YAML scalar means.

YAML 1.2's core schema (yaml.org/spec/1.2.2, 10.3.2), because OpenAPI asks for it: `yes`, `on` and dates are strings,
`010` is ten. Numbers that JSON does not have (`.inf`, `.nan`, `1e999`) stay text, so that values are always JSON. So do
digits behind a zero that YAML 1.1 cannot take for octal, `09` or a phone number: its writers leave such texts unquoted,
and nobody writes a number like that.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from specloom.model.source import Json

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MAY_MEAN_MORE: Final = frozenset("-+.0123456789~nNtTfF")
_DECIMAL: Final = re.compile(r"[-+]?(?!0[0-9]*[89])[0-9]{1,4000}")
_OCTAL_OR_HEX: Final = re.compile(r"0o[0-7]{1,4000}|0x[0-9a-fA-F]{1,4000}")
_FLOAT: Final = re.compile(r"[-+]?(?!0[0-9]+$)(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def plain(text: str) -> Json:
    """Return the value of a scalar written without quotes."""
    if text and text[0] not in _MAY_MEAN_MORE:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _DECIMAL.fullmatch(text):
        return int(text)
    if _OCTAL_OR_HEX.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text
