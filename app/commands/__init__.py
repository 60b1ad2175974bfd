"""Slash-commands: `/specloom …` in issues, pull requests and review threads.

A new command is one module with a `COMMAND`, plus one line in `ALL`; `/specloom help` and `docs/commands.md` are
derived from it.
"""

from typing import Final

from app.commands import accept, approve, diff, explain, export, regenerate, reject, retry, status
from app.commands.command import Command

ALL: Final[tuple[Command, ...]] = (
    regenerate.COMMAND,
    diff.COMMAND,
    explain.COMMAND,
    approve.COMMAND,
    accept.COMMAND,
    reject.COMMAND,
    export.COMMAND,
    retry.COMMAND,
    status.COMMAND,
)
"""Every command, in the order of the help; `help` itself is answered from this list."""
