"""Fill in what the description declares about behaviour, whatever format it was read from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.model.diagnostic import Diagnostic, Level
from specloom.readers.behaviour import idempotency, naming, notations, purposes
from specloom.readers.behaviour.declaration import Declaration, Unusable
from specloom.readers.behaviour.exchange import look
from specloom.readers.behaviour.pagination import structural
from specloom.readers.behaviour.shapes import Shapes

if TYPE_CHECKING:
    from specloom.model.api import Api, Operation
    from specloom.model.facts import Pagination
    from specloom.readers.behaviour.exchange import Exchange


def declare(api: Api) -> tuple[Api, tuple[Diagnostic, ...]]:
    """Return `api` with pagination, idempotency keys and names filled in where it declares them.

    What an operation has already stays. An extension counts before structure; one that cannot be followed is a
    diagnostic, and structure decides.
    """
    shapes = Shapes(api.schemas)
    notes: list[Diagnostic] = []
    operations = tuple(_declare(operation, api, shapes, notes) for operation in api.operations)
    return replace(api, operations=operations), tuple(notes)


def _declare(operation: Operation, api: Api, shapes: Shapes, notes: list[Diagnostic]) -> Operation:
    return replace(
        operation,
        pagination=operation.pagination or _pagination(look(operation, shapes), api, notes),
        idempotency=operation.idempotency or idempotency.declared(operation, api.extensions),
        naming=operation.naming or naming.declared(operation),
    )


def _pagination(exchange: Exchange, api: Api, notes: list[Diagnostic]) -> Pagination | None:
    operation = exchange.operation
    for key, notation in notations.ALL:
        value = operation.extensions.get(key)
        members = api.extensions.get(key) if value is True else value
        if isinstance(members, dict):
            said = Declaration(exchange, members, operation.span.member(key))
            try:
                return notation(said)
            except Unusable as error:
                notes.append(_unusable(f"{key} of {operation.key}", error, said))
    if marked := purposes.marks_of(exchange):
        said = Declaration(exchange, {}, operation.span)
        try:
            return purposes.assemble(said, marked)
        except Unusable as error:
            notes.append(_unusable(f"the {purposes.KEY} marks of {operation.key}", error, said))
    return structural(exchange)


def _unusable(what: str, error: Unusable, said: Declaration) -> Diagnostic:
    message = f"{what} cannot be followed: {error}; correct it, or remove it"
    return Diagnostic(Level.WARNING, "unusable-pagination", message, said.span)
