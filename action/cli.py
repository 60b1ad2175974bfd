"""The command line `specloom`: finds the command, and turns every error into an exit code and a message."""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import nullcontext
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from action.commands import ALL
from action.failures import exit_code, report
from specloom import __version__
from specloom.collector import leave_all_behind, no_collections

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
"""What shells expect after Ctrl-C: 128 and the signal's number."""

HELP = """Keep SDKs, servers, tests and docs in step with an API description.

Every command takes files, folders, or `REV:PATH` of a git repository. With `--json`, exactly one JSON document goes to
stdout; progress and messages go to stderr.

\b
Examples:
  specloom init     write a config file for this repository
  specloom plan     show what would change
  specloom apply    do it, on a branch of its own
  specloom diff main:openapi.yaml openapi.yaml
"""


class Commands(TyperGroup):
    """Commands that are imported when they are called, so that the help and the version come at once."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002  typer keeps its context class private
        """Return the names in the order of the help."""
        return [command.name for command in ALL]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401  likewise
        """Import a command; where only its line in the help is wanted, make do with that."""
        known = next((command for command in ALL if command.name == cmd_name), None)
        if known is None:
            return None
        if ctx.info_name == "specloom" and ctx.meta.get("listing"):
            return TyperCommand(known.name, help=known.summary)
        return load(known.name)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401  likewise
        """Write the help without importing any command."""
        ctx.meta["listing"] = True
        super().format_help(ctx, formatter)


def load(name: str) -> Any:  # noqa: ANN401  typer keeps its command class private
    """Import the module of a command and make a command of it."""
    module = importlib.import_module(f"action.commands.{name}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(name, epilog="\n".join(["\b\nExamples:", *(f"  {line}" for line in module.EXAMPLES)]))(module.run)
    return typer.main.get_command(app)


app = typer.Typer(
    cls=Commands, name="specloom", add_completion=False, no_args_is_help=True, rich_markup_mode=None, help=HELP
)


def _version(wanted: bool) -> None:  # noqa: FBT001  typer calls it with the option's value
    if wanted:
        typer.echo(f"specloom {__version__}")
        raise typer.Exit


@app.callback()
def options(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Options of every command."""


def command() -> None:
    """Run one command in a process of its own, which a command that ends leaves to the system as it is."""
    if not _stays(sys.argv[1:]):
        leave_all_behind()
    main()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and exit: 0 done, 1 the input is wrong or a gate failed, 2 usage, 70 our bug, 75 try again."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a locale that cannot show a name must not stop the command
    try:
        _run(words)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _stays(words: Sequence[str]) -> bool:
    return not {command.name for command in ALL if command.stays}.isdisjoint(words[:1])


def _run(words: list[str]) -> None:
    try:
        with nullcontext() if _stays(words) else no_collections():
            app(words, prog_name="specloom")
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001  the one place where everything ends
        report(error, as_json="--json" in words)
        sys.stdout.flush()
        sys.exit(exit_code(error))
