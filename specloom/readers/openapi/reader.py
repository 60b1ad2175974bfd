"""Swagger 2.0 and OpenAPI 3.0 to 3.2 to the model."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Final

from specloom.errors import UserError
from specloom.model.api import Api, Tag
from specloom.model.source import Source
from specloom.readers.openapi.components import declared_schemas
from specloom.readers.openapi.context import Context
from specloom.readers.openapi.cycles import without_cycles
from specloom.readers.openapi.dialect import Dialect, detect
from specloom.readers.openapi.files import Files
from specloom.readers.openapi.names import Names
from specloom.readers.openapi.operations import Operations, external_docs
from specloom.readers.openapi.problems import Problems
from specloom.readers.openapi.references import References
from specloom.readers.openapi.schemas import Schemas
from specloom.readers.openapi.security import read_security, read_security_schemes, report_unknown
from specloom.readers.openapi.servers import read_servers, read_swagger_servers
from specloom.readers.reading import Reader, Reading
from specloom.readers.score import score

if TYPE_CHECKING:
    from specloom.model.source import SourceTree
    from specloom.readers.openapi.names import Address
    from specloom.readers.openapi.part import Part
    from specloom.readers.openapi.references import Target
    from specloom.readers.spec_file import SpecFile


def sniff(spec: SpecFile) -> bool:
    """Tell whether `spec` is the root of an OpenAPI description."""
    return detect(spec.root) is not None


def read(tree: SourceTree, spec: SpecFile) -> Reading:
    """Read a description and every file that it refers to.

    Raises `UserError` where the root is no description at all.
    """
    dialect = detect(spec.root)
    if dialect is None:
        raise UserError(f"{spec.path} has neither `openapi` nor `swagger` at its top; add the version")
    files = Files(tree, spec)
    problems, api, names = _read_once(dialect, files, {})
    settled = names.settle()
    if settled is not None:  # two references wanted one name, which shows only at the end: again, with names given
        problems, api, _ = _read_once(dialect, files, settled)
    for document in files.documents():
        problems.add(document.diagnostics)
    return Reading(api, problems.diagnostics(), score(api))


def _read_once(dialect: Dialect, files: Files, settled: dict[Address, str]) -> tuple[Problems, Api, Names]:
    problems = Problems()
    names = Names(settled)
    context = Context(dialect, files, problems, References(files, problems), names)
    root = context.part(files.root.root, files.root)
    components = declared_schemas(root)
    names.declare(components)
    return problems, _api(root, components), names


def _api(root: Part, components: dict[str, Target]) -> Api:
    context = root.context
    schemas = Schemas(context)
    operations = Operations(schemas, root)
    info = root.part("info") or root.empty("info")
    is_swagger = context.dialect.is_swagger
    paths, webhooks = operations.paths(), operations.webhooks()
    named = without_cycles(schemas.named(components), context.problems)
    schemes = read_security_schemes(root)
    report_unknown(schemes, root, paths)
    files = context.files
    return Api(
        title=info.text("title") or posixpath.basename(files.root.path),
        version=info.text("version") or "",
        description=info.text("description"),
        servers=read_swagger_servers(root) if is_swagger else read_servers(root),
        security=read_security(root),
        security_schemes=schemes,
        operations=paths,
        webhooks=webhooks,
        schemas=named,
        tags=tuple(_tag(part) for part in root.parts("tags")),
        license=_first(info.part("license"), ("identifier", "name", "url")),
        contact=_first(info.part("contact"), ("email", "url", "name")),
        terms_of_service=info.text("termsOfService"),
        external_docs=external_docs(root),
        extensions=root.extensions | info.extensions,
        span=root.span_with(frozenset({"security"})),
        # Last, because anything before may have led to another file.
        source=Source(path=files.root.path, format=context.dialect.value, files=files.paths(), digest=files.digest()),
    )


def _tag(part: Part) -> Tag:
    return Tag(
        name=part.text("name") or "",
        span=part.span,
        description=part.text("description"),
        parent=part.text("parent"),
        extensions=part.extensions,
    )


def _first(part: Part | None, keys: tuple[str, ...]) -> str | None:
    if part is None:
        return None
    return next((text for key in keys if (text := part.text(key))), None)


READER: Final = Reader(
    formats=tuple(Dialect),
    suffixes=(".json", ".yaml", ".yml"),
    mark=re.compile(rb"""["']?\b(?:openapi|swagger)["']?[ \t]*:\s*["']?[0-9]"""),
    sniff=sniff,
    read=read,
)
