"""A Postman collection → `Api`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.errors import UserError
from specloom.model.api import Api
from specloom.readers.postman.auth import Security
from specloom.readers.postman.fields import Notebook, as_object, as_text, description
from specloom.readers.postman.operations import Operations
from specloom.readers.postman.requests import Scope, Walker
from specloom.readers.postman.servers import find_servers
from specloom.readers.postman.variables import collect
from specloom.readers.reading import Reader, Reading
from specloom.readers.score import score

if TYPE_CHECKING:
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.source import Json, Source, SourceTree
    from specloom.readers.documents.document import Document
    from specloom.readers.spec_file import SpecFile


def sniff(spec: SpecFile) -> bool:
    """Tell whether `spec` is a collection: its info names Postman's schema, or stands beside items."""
    members = collection_of(spec.root)
    info = members.get("info")
    if isinstance(info, dict):
        return isinstance(members.get("item"), list) or "getpostman.com" in as_text(info.get("schema"))
    return isinstance(members.get("requests"), list) and isinstance(members.get("order"), list)  # version 1


def read(_: SourceTree, spec: SpecFile) -> Reading:
    """Read the collection in `spec`. Raises `UserError` where it has none that can be read."""
    schema = as_text(as_object(collection_of(spec.root).get("info")).get("schema"))
    kind = "postman-2.0" if "/v2.0" in schema else "postman-2.1"
    api, diagnostics = read_collection(spec.document, spec.source(kind))
    return Reading(api, spec.document.diagnostics + diagnostics, score(api))


def read_collection(document: Document, source: Source) -> tuple[Api, tuple[Diagnostic, ...]]:
    """Read the collection in `document`. Raises `UserError` where it is none that can be read."""
    notebook = Notebook(document)
    root = collection_of(document.root)
    span = document.span(document.root)
    if not isinstance(root.get("item"), list):
        raise UserError("this is no Postman collection 2.0 or 2.1; export it again in format 2.1", span)
    security = Security(notebook)
    defaults = security.requirement(root.get("auth"), span)
    walker = Walker(notebook, security, {})
    keeps_body = as_object(root.get("protocolProfileBehavior")).get("disableBodyPruning") is True
    requests = list(walker.walk(root["item"], Scope(security=defaults, keeps_body=keeps_body)))
    values = collect(notebook.pairs(root.get("variable"), span.member("variable")))
    servers = find_servers(((request.url.base, request.url.span) for request in requests), values)
    info = as_object(root.get("info"))
    api = Api(
        title=as_text(info.get("name")) or "Untitled collection",
        version=_version(info.get("version")),
        source=source,
        description=description(info.get("description")),
        servers=servers.shared(),
        security=defaults,
        security_schemes=tuple(security.schemes),
        operations=Operations(servers, notebook).read(requests),
        tags=tuple(walker.tags.values()),
    )
    return api, tuple(notebook.diagnostics)


def collection_of(root: Json) -> dict[str, Json]:
    """Return the collection, which Postman's API wraps in an object of its own."""
    members = as_object(root)
    return as_object(members["collection"]) if "collection" in members and "item" not in members else members


def _version(written: Json) -> str:
    """Return a version given as text or as `{"major", "minor", "patch"}`; empty where there is none."""
    if isinstance(written, dict):
        return ".".join(as_text(written.get(part, 0)) for part in ("major", "minor", "patch"))
    return as_text(written)


READER: Final = Reader(
    formats=("postman-2.0", "postman-2.1"),
    suffixes=(".json",),
    mark=re.compile(rb'"schema"\s*:\s*"https?://schema\.(?:get)?postman\.com/json/collection/'),
    depth=3,
    sniff=sniff,
    read=read,
)
