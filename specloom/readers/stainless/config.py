"""The file itself: where it is looked for, and lenient access to its members with their lines."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom.errors import UserError
from specloom.model.api import Package
from specloom.model.diagnostic import Diagnostic, Level
from specloom.readers.documents.load import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.source import Json, SourceTree, Span
    from specloom.readers.documents.document import Document

NAMES: Final = ("stainless.yml", "stainless.yaml", "openapi.stainless.yml", "openapi.stainless.yaml")
FOLDERS: Final = ("", ".stainless")
"""Where the file is, relative to the description's folder or to the root of the repository."""

NAME_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "python": ("project_name", "package_name"),
    "ruby": ("gem_name",),
    "java": ("reverse_domain",),
    "kotlin": ("reverse_domain",),
    "php": ("composer_package_name", "package_name"),
    "terraform": ("provider_name",),
    "cli": ("binary_name",),
}
"""Which member of a target names the package; `package_name` for all others."""

LANGUAGES: Final = {"node": "typescript"}
"""Targets that are called otherwise here."""


@dataclass(slots=True)
class Config:
    """A parsed file, and what could not be made of it."""

    document: Document
    content: bytes
    diagnostics: list[Diagnostic] = field(default_factory=list)

    @property
    def root(self) -> dict[str, Json]:
        """The members of the file; empty where it is no mapping."""
        return as_object(self.document.root)

    def span(self, value: Json) -> Span:
        """Return the lines of a mapping or list of the file."""
        return self.document.span(value)

    def warn(self, message: str, span: Span) -> None:
        """Note that a part of the file is left out."""
        self.diagnostics.append(Diagnostic(Level.WARNING, "stainless-config", message, span))

    def packages(self) -> Iterator[Package]:
        """Yield the names of the packages of all targets that are not skipped."""
        targets = as_object(self.root.get("targets"))
        for target, written in targets.items():
            members = as_object(written)
            named = (members.get(key) for key in NAME_KEYS.get(target, ("package_name",)))
            name = next((item for item in named if isinstance(item, str) and item), None)
            if name and members.get("skip") is not True:
                yield Package(language=LANGUAGES.get(target, target), name=name, origin=self.span(written))

    def idempotency_header(self) -> str | None:
        """Return the header that carries the idempotency key, None where the file names none."""
        settings = as_object(as_object(self.root.get("client_settings")).get("idempotency"))
        header = settings.get("header")
        return header if isinstance(header, str) and header else None


def as_object(value: Json) -> dict[str, Json]:
    """Return `value` if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def find(tree: SourceTree, description: str) -> tuple[Config | None, tuple[Diagnostic, ...]]:
    """Return the file that belongs to the description, the nearest one, None where there is none that can be read."""
    folder = posixpath.dirname(description)
    for around in dict.fromkeys((folder, "")):
        for inner in FOLDERS:
            for name in NAMES:
                path = posixpath.join(around, inner, name)
                content = tree.read(path)
                if content is not None:
                    return _parse(path, content)
    return None, ()


def _parse(path: str, content: bytes) -> tuple[Config | None, tuple[Diagnostic, ...]]:
    try:
        document = load(path, content)
    except UserError as error:
        message = f"{path} cannot be read, so names and pagination do not come from it: {error.message}"
        return None, (Diagnostic(Level.WARNING, "stainless-config", message, error.span),)
    return Config(document, content), document.diagnostics
