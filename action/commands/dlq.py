"""`specloom dlq`: the jobs of the GitHub App that were given up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from action.console import console, emit
from action.inputs import AsJson
from specloom.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from app.ledger import Dead, Ledger

Identity: TypeAlias = Annotated[str, typer.Argument(metavar="ID", help="A job's ID, as `specloom dlq list` shows it.")]

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="List, show, retry or drop the jobs of the GitHub App that were given up.",
)


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """List what was given up, oldest first."""
    found = _with_ledger(lambda ledger: ledger.dead())
    if as_json:
        emit({"jobs": [_plain(item) for item in found]})
        return
    for item in found:
        console().print(f"{item.job.id}  {item.job.kind}  {item.job.full_name} {item.job.ref}  {item.error}")


@app.command("show")
def show(identity: Identity, *, as_json: AsJson = False) -> None:
    """Show one job with its error."""
    item = _find(identity)
    if as_json:
        emit(_plain(item))
        return
    for name, value in _plain(item).items():
        console().print(f"{name}: {value}")


@app.command("retry")
def retry(identity: Identity) -> None:
    """Queue a job again."""
    item = _find(identity)
    _with_ledger(lambda ledger: ledger.accept(item.job))
    console().print(f"{identity} is queued again")


@app.command("drop")
def drop(identity: Identity) -> None:
    """Forget a job for good."""
    _find(identity)
    _with_ledger(lambda ledger: ledger.drop(identity))
    console().print(f"{identity} is dropped")


def _find(identity: str) -> Dead:
    found: list[Dead] = [item for item in _with_ledger(lambda ledger: ledger.dead()) if item.job.id == identity]
    if not found:
        raise UserError(f"no job with the ID {identity} was given up; `specloom dlq list` shows what was")
    return found[0]


def _plain(item: Dead) -> dict[str, Any]:
    from app.ledger import describe

    return describe(item)


def _with_ledger(use: Callable[[Ledger], Awaitable[Any]]) -> Any:  # noqa: ANN401  whatever `use` returns
    from app.ledger import Ledger
    from app.redis import available
    from app.settings import load

    async def ask() -> Any:  # noqa: ANN401  likewise
        async with available(load()) as redis:
            return await use(Ledger(redis))

    return asyncio.run(ask())
