"""Text from a description inside Markdown that we write."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from specloom.render import Code

_ACTIVE: Final = re.compile(r"([\\`*_{}\[\]<>#|~&@!]|:(?=//)|(?<=www)\.|^[-+=.])")
_BACKTICKS: Final = re.compile(r"`+")


def text(value: str) -> Code:
    """Put `value` on one line on which nothing is markup, HTML, a mention or a link."""
    return Code(_ACTIVE.sub(r"\\\1", _one_line(value)))


def code_span(value: str) -> Code:
    """Show `value` as code, in a table cell too: the fence is longer than any run of backticks inside."""
    line = _one_line(value).replace("|", "\\|")
    longest = max((len(run) for run in _BACKTICKS.findall(line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if "`" in line else ""
    return Code(f"{fence}{pad}{line or ' '}{pad}{fence}")


def _one_line(value: str) -> str:
    if value.isascii() and value.isprintable():
        return " ".join(value.split())
    visible = "".join(" " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char for char in value)
    return " ".join("".join(char for char in visible if unicodedata.category(char)[0] != "C").split())
