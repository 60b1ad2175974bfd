"""Text from a description, made harmless inside Markdown: it cannot format, mention, link, or forge our markers."""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 600
"""Characters of one foreign text that we show; names and messages are far shorter, novels are cut."""

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")
# An underscore inside a word opens and closes nothing (CommonMark 0.31, section 6.2), and names are full of them.
_SPECIAL = re.compile(r"([\\`*{}\[\]()~|!$^]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))")
_BREAK: Final = "\u200b"
# GitHub looks for these after Markdown has been rendered, so a backslash would not stop it; an invisible space does.
_LINKED = re.compile(r"(@)(?=\w)|(#)(?=\d)|(://)|(\bwww)(?=\.)|(\bGH-)(?=\d)", re.IGNORECASE)


def _visible(text: str) -> str:
    """One line without control characters, direction overrides and invisible marks, cut to `LONGEST`."""
    flat = _UNSEEN.sub("", " ".join(text.split()))
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"


def inline(text: str) -> str:
    """Return `text` as plain words for the middle of a Markdown paragraph, list item or table cell."""
    flat = _visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    flat = _SPECIAL.sub(r"\\\1", flat)
    return _LINKED.sub(lambda found: found.group(0) + _BREAK, flat)


def code(text: str) -> str:
    """Return `text` as a code span that it cannot leave, whatever backticks it holds; table pipes are broken up."""
    # Comments carry our own markers, and those who look for them do not parse Markdown.
    flat = _visible(text).replace("|", "¦").replace("<!--", f"<!{_BREAK}--") or " "
    longest = max((len(run) for run in re.findall(r"`+", flat)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if flat.startswith("`") or flat.endswith("`") else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def fenced(text: str, info: str = "") -> str:
    """Return `text` as a fenced block that it cannot close."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{info}\n{text.rstrip()}\n{fence}"


def anchor(text: str) -> str:
    """Return a URL for a Markdown link target, with everything that could end the link encoded."""
    return re.sub(r"[\s()<>\"'`\\]", lambda found: "".join(f"%{byte:02X}" for byte in found.group(0).encode()), text)
