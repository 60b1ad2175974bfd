"""What the command line can do: one module per command.

A new command is one module with a function `run`, whose docstring is its help and whose annotations are its options,
and `EXAMPLES` of calls (or, for a command with commands of its own, a `typer.Typer` named `app`), plus one line in
`ALL`. Where the command answers with `--json`, the shape of the answer is named `JSON`, and its schema is published.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Command:
    """A name, which is the module's too, the line in the list of commands, and whether it runs until it is stopped."""

    name: str
    summary: str
    stays: bool = False


ALL: Final = (
    Command("read", "Read a description and say what is in it."),
    Command("generate", "Write an SDK or another target into a folder."),
    Command("diff", "Compare two versions of a description."),
    Command("drift", "Hold an API against its description: by calling it, or by recorded traffic."),
    Command("facts", "Say what the documentation states about the API, with the lines that prove it."),
    Command("plan", "Show what a change of the description would bring about, and change nothing."),
    Command("apply", "Do what `plan` shows, on a branch of its own."),
    Command("export", "Write everything that is generated into one archive."),
    Command("init", "Write a commented config file for this repository."),
    Command("serve", "Run the GitHub App: the webhook server with one worker inside.", stays=True),
    Command("worker", "Run one more worker of the GitHub App.", stays=True),
    Command("dlq", "List, show, retry or drop the jobs of the GitHub App that were given up."),
    Command("explain", "Explain a change of the API, or a rule, by its ID."),
)
"""Every command, in the order of the help; modules are imported when their command is called."""
