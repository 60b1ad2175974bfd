"""The list of commands, for `/specloom help` and the documentation, from the commands themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.typed import PREFIX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.commands.command import Command


def help_text(commands: Sequence[Command]) -> str:
    """Return a table of all commands."""
    rows = [(f"`{PREFIX} {c.usage}`", c.summary, "push" if c.writes else "read") for c in commands]
    rows.append((f"`{PREFIX} help`", "Show this list.", "read"))
    lines = [f"| {usage} | {summary} | {needed} |" for usage, summary, needed in rows]
    return "\n".join(["| command | what it does | needs permission to |", "|---|---|---|", *lines])
