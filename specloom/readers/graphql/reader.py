"""SDL text → `Api`."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from graphql import GraphQLError
from graphql.language import FieldDefinitionNode, parse

from specloom.errors import UserError
from specloom.model.api import Api, MediaType, Operation, OperationKind, Response
from specloom.model.source import Span
from specloom.readers.documents.limits import check_size
from specloom.readers.documents.load import decode
from specloom.readers.graphql.definitions import gather, unique
from specloom.readers.graphql.nodes import Notebook, directives, label, literal, text
from specloom.readers.graphql.schemas import SchemaReader, is_deprecated, marks, written
from specloom.readers.reading import Reading
from specloom.readers.score import score

if TYPE_CHECKING:
    from graphql.language import DirectiveDefinitionNode, DocumentNode

    from specloom.model.diagnostic import Diagnostic
    from specloom.model.source import Json, Source, SourceTree
    from specloom.readers.graphql.definitions import Definitions
    from specloom.readers.spec_file import SpecFile

MOST_TOKENS: Final = 4_000_000
"""A bound on memory; the largest public schemas (GitHub, Linear) have a twentieth of it."""


def read(_: SourceTree, spec: SpecFile) -> Reading:
    """Read the SDL in `spec`. Raises `UserError` where it is none."""
    decoded = decode(spec.path, spec.content)
    check_size(spec.path, spec.content)
    api, diagnostics = read_sdl(decoded.text, spec.source("graphql"))
    return Reading(api, decoded.diagnostics + diagnostics, score(api))


def read_sdl(sdl: str, source: Source) -> tuple[Api, tuple[Diagnostic, ...]]:
    """Read the SDL document at `source.path`.

    Raises `UserError`, with the line, where the text is no SDL or defines nothing.
    """
    document = _parse(sdl, source.path)
    notebook = Notebook(source.path, [])
    found = gather(document, notebook)
    if not found.types and not found.directives:
        raise UserError("no type is defined here; is this the schema of the API?", Span(source.path, 1, 1))
    reader = SchemaReader(found, notebook)
    operations = tuple(operation for kind in found.roots for operation in _operations(kind, reader))
    roots = set(found.roots.values())
    schemas = {name: reader.named(name, entry) for name, entry in found.types.items() if name not in roots}
    schemas |= {name: reader.named(name, found.types[name]) for name in found.types if name in roots & reader.referred}
    api = Api(
        title=PurePosixPath(source.path).stem,
        version="",
        source=source,
        description=next((said for node in found.schema if (said := text(node))), None),
        operations=operations,
        schemas=schemas,
        extensions=_extensions(found),
    )
    return api, tuple(notebook.diagnostics)


def _parse(sdl: str, path: str) -> DocumentNode:
    try:
        return parse(sdl, max_tokens=MOST_TOKENS)
    except GraphQLError as error:
        line = error.locations[0].line if error.locations else 1
        raise UserError(f"{error.message.rstrip('.')}; correct the schema there", Span(path, line, line)) from error
    except RecursionError as error:
        raise UserError("the schema is nested too deeply; write it flatter", Span(path, 1, 1)) from error


def _operations(kind: str, reader: SchemaReader) -> list[Operation]:
    root = reader.found.types[reader.found.roots[kind]]
    fields = unique(root.parts("fields", FieldDefinitionNode), f"the {kind} type's field", reader.notebook)
    return [_operation(kind, field, reader) for field in fields]


def _operation(kind: str, field: FieldDefinitionNode, reader: SchemaReader) -> Operation:
    span = reader.notebook.span(field)
    answer = MediaType(media_type="application/json", span=span, schema=reader.answer(field))
    return Operation(
        key=f"{kind} {label(field)}",
        kind=OperationKind(kind),
        method=kind,
        path=label(field),
        span=span,
        description=text(field),
        deprecated=is_deprecated(field.directives),
        parameters=reader.arguments(field),
        responses=(Response(status="200", span=span, content=(answer,)),),
        extensions={"x-graphql-type": written(field.type), **marks(field.directives)},
    )


def _extensions(found: Definitions) -> dict[str, Json]:
    applied = [item for node in found.schema for item in node.directives or ()]
    members: dict[str, Json] = {
        "x-graphql-roots": dict(found.roots),
        "x-graphql-directive-definitions": {name: _definition(node) for name, node in found.directives.items()},
        "x-graphql-directives": directives(applied),
    }
    return {key: value for key, value in members.items() if value}


def _definition(node: DirectiveDefinitionNode) -> dict[str, Json]:
    arguments: dict[str, Json] = {}
    for item in node.arguments or ():
        default: dict[str, Json] = {} if item.default_value is None else {"default": literal(item.default_value)}
        arguments[label(item)] = {"type": written(item.type), **default}
    inside = (*(node.arguments or ()), *node.locations)
    return {
        "locations": [location.value for location in node.locations],
        "repeatable": node.repeatable,
        "arguments": arguments,
        "description": text(node),
        "line": node.loc.start_token.line if node.loc else 1,
        "lines": {getattr(item, "value", label(item)): item.loc.start_token.line for item in inside if item.loc},
    }
