"""What the file says, applied to an `Api`."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from specloom.model.api import OperationKind
from specloom.model.facts import IdempotencyKey
from specloom.readers.behaviour.exchange import METHODS, look
from specloom.readers.behaviour.idempotency import SAFE
from specloom.readers.behaviour.shapes import Shapes
from specloom.readers.stainless.config import find
from specloom.readers.stainless.methods import methods, shape_of
from specloom.readers.stainless.schemes import schemes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from specloom.model.api import Api, Operation
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.facts import Pagination
    from specloom.model.source import Source, SourceTree
    from specloom.readers.stainless.config import Config
    from specloom.readers.stainless.methods import Method
    from specloom.readers.stainless.schemes import Scheme


def beside(tree: SourceTree, api: Api) -> tuple[Api, tuple[Diagnostic, ...]]:
    """Return `api` with what a `stainless.yml` of its repository says about it, and what of that does not fit.

    The file is the owner's word on names and pagination, so it counts before what the description's structure shows.
    """
    config, diagnostics = find(tree, api.source.path)
    if config is None:
        return api, diagnostics
    named = _by_shape(config, api)
    shapes, known = Shapes(api.schemas), schemes(config)
    operations = [
        _paged(_named(operation, named), named.get(_shape(operation)), config, known, shapes)
        for operation in api.operations
    ]
    changed = replace(
        api,
        operations=tuple(_keyed(operation, config) for operation in operations),
        packages=tuple(config.packages()),
        source=_source(api.source, config),
    )
    return changed, (*diagnostics, *config.diagnostics)


def _shape(operation: Operation) -> str:
    return shape_of(operation.method, operation.path) if operation.kind is OperationKind.HTTP else operation.key


def _by_shape(config: Config, api: Api) -> dict[str, Method]:
    """Return the method of each endpoint, the first where there are several; what the description lacks is noted."""
    known = {_shape(operation) for operation in api.operations}
    found: dict[str, Method] = {}
    for method in methods(config):
        if method.shape in known:
            found.setdefault(method.shape, method)
        else:
            name = ".".join((*method.naming.resource, method.naming.method))
            config.warn(f"{name} is {method.shape}, which the description does not have", method.naming.origin)
    return found


def _named(operation: Operation, named: dict[str, Method]) -> Operation:
    method = named.get(_shape(operation))
    return replace(operation, naming=method.naming) if method else operation


def _paged(
    operation: Operation, method: Method | None, config: Config, known: Sequence[Scheme], shapes: Shapes
) -> Operation:
    wanted = method.paginated if method else None
    if wanted is False:
        return replace(operation, pagination=None)
    chosen = [scheme for scheme in known if not isinstance(wanted, str) or scheme.name == wanted]
    found = _first(operation, chosen, shapes) if operation.method in METHODS else None
    if found is None and wanted is not None and method is not None:
        name = ".".join((*method.naming.resource, method.naming.method))
        config.warn(f"{name} is said to be paginated, but no scheme of the file fits it", method.naming.origin)
    return replace(operation, pagination=found) if found else operation


def _first(operation: Operation, known: Sequence[Scheme], shapes: Shapes) -> Pagination | None:
    if not known:
        return None
    exchange = look(operation, shapes)
    return next((found for scheme in known if (found := scheme.read(exchange)) is not None), None)


def _keyed(operation: Operation, config: Config) -> Operation:
    header = config.idempotency_header()
    if header is None or operation.method in SAFE or operation.kind is not OperationKind.HTTP:
        return operation
    origin = config.span(config.root.get("client_settings")).member("idempotency")
    return replace(operation, idempotency=operation.idempotency or IdempotencyKey(header=header, origin=origin))


def _source(source: Source, config: Config) -> Source:
    path = config.document.path
    digest = hashlib.sha256(b"%s\0%s\0" % (source.digest.encode(), path.encode(errors="replace")) + config.content)
    files = (source.files[0], *sorted({*source.files[1:], path}))
    return replace(source, files=files, digest=digest.hexdigest())
