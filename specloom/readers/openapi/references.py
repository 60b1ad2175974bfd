"""`$ref`: from a string to the value it stands for, in this file or another one of the tree.

prance finds values in documents (`path_get`). Its resolver and URL helpers are not used: they turn every path into
one of the machine's file system, follow links there, fetch URLs, and replace references by copies, while descriptions
here come from a `SourceTree` that may be a git tree or memory, nothing is ever fetched, and references to schemas stay.
"""

from __future__ import annotations

import posixpath
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from prance.util.path import path_get

from specloom.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.model.source import Json, Span
    from specloom.readers.documents.document import Document
    from specloom.readers.openapi.files import Files
    from specloom.readers.openapi.problems import Problems

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_MAX_HOPS: Final = 50
"""References that only lead to another reference."""


@dataclass(frozen=True, slots=True)
class Target:
    """A value and its one address: the file, and the pointer from its root."""

    document: Document
    pointer: tuple[str, ...]
    value: Json

    @property
    def address(self) -> tuple[str, tuple[str, ...]]:
        """What tells two targets apart."""
        return self.document.path, self.pointer

    @property
    def span(self) -> Span:
        """The lines of the value; those of its key where it is not a container."""
        if isinstance(self.value, (dict, list)) or not self.pointer:
            return self.document.span(self.value)
        parent = path_get(self.document.root, self.pointer[:-1])
        return (
            self.document.member(parent, self.pointer[-1]) if isinstance(parent, dict) else self.document.span(parent)
        )


class _UnresolvedError(Exception):
    """A reference leads nowhere; the message says why and what to do."""


class References:
    """Resolves references once each and reports those that lead nowhere."""

    def __init__(self, files: Files, problems: Problems) -> None:
        self._files = files
        self._problems = problems
        self._targets: dict[tuple[str, str], Target | None] = {}
        self._followed: dict[int, Target | None] = {}
        self._anchors: dict[str, dict[str, tuple[str, ...]]] = {}

    def resolve(self, reference: str, document: Document, span: Span) -> Target | None:
        """Return what `reference`, found in `document` at `span`, points at; report and return None where nothing."""
        key = (document.path, reference)
        if key not in self._targets:
            try:
                self._targets[key] = self._find(reference, document, 0)
            except _UnresolvedError as error:
                self._targets[key] = self._guess(reference, document, span)
                if self._targets[key] is None:
                    self._problems.error("unresolved-ref", f"`{reference}` {error}", span)
            except UserError as error:
                self._targets[key] = None
                self._problems.error(
                    "unreadable-file", f"`{reference}` cannot be read: {error.message}", error.span or span
                )
        return self._targets[key]

    def follow(self, value: Json, document: Document, span: Span) -> Target | None:
        """Go from a value that may be a reference to the first that is none; long chains are walked once."""
        target: Target | None = Target(document, (), value)
        trail: list[int] = []
        while target is not None and (reference := reference_in(target.value)):
            here = id(target.value)
            if here in self._followed:
                target = self._followed[here]
                break
            if here in trail[-_MAX_HOPS:]:
                self._problems.error("circular-ref", f"`{reference}` only leads back to itself; write it out", span)
                target = None
                break
            trail.append(here)
            target = self.resolve(reference, target.document, span)
        self._followed.update(dict.fromkeys(trail, target))
        return target

    def text(self, reference: str, document: Document, span: Span) -> str | None:
        """Return the text that a reference in the place of a text stands for, such as a Markdown file."""
        try:
            if "#" not in reference:
                return self._files.text(self._path(reference, document))
            target = self._find(reference, document, 0)
        except (_UnresolvedError, UserError) as error:
            self._problems.error("unresolved-ref", f"`{reference}` {error}", span)
            return None
        return target.value if isinstance(target.value, str) else None

    def _guess(self, reference: str, document: Document, span: Span) -> Target | None:
        """Return what a reference that leads nowhere was meant to lead to, where that is there."""
        for meant, home in _alternatives(reference, document, self._files.root):
            with suppress(_UnresolvedError, UserError):
                target = self._find(meant, home, 0)
                address = f"{target.document.path}#/{'/'.join(target.pointer)}"
                message = f"`{reference}` leads nowhere as it is written; it is read as {address}, so write that"
                self._problems.warning("guessed-ref", message, span)
                return target
        return None

    def _find(self, reference: str, document: Document, hops: int) -> Target:
        resource, _, fragment = reference.partition("#")
        if resource:
            named = self._by_id(resource, fragment)
            if named:
                return named
            document = self._document(resource, document)
        if fragment and not fragment.startswith("/"):
            pointer = self._anchor(unquote(fragment), document)
        else:
            pointer = tuple(_unescape(part) for part in fragment.split("/")[1:])
        return self._descend(document, pointer, hops)

    def _document(self, resource: str, document: Document) -> Document:
        root = self._files.root
        if isinstance(root.root, dict) and resource == root.root.get("$self"):
            return root  # OpenAPI 3.2's name for the description itself
        path = self._path(resource, document)
        found = self._files.document(path)
        if found is None:
            raise _UnresolvedError(f"leads to {path}, which is not there; add the file or correct the path")
        return found

    def _path(self, resource: str, document: Document) -> str:
        if _SCHEME.match(resource):
            raise _UnresolvedError("is a URL, and nothing is fetched; copy the file into the repository")
        name = unquote(resource.partition("?")[0]).replace("\\", "/")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), name))
        if path.startswith(("/", "../")) or path == "..":
            raise _UnresolvedError("leads out of the repository; copy the file into it")
        return path

    def _descend(self, document: Document, pointer: tuple[str, ...], hops: int) -> Target:
        try:
            return Target(document, pointer, path_get(document.root, pointer))
        except (KeyError, IndexError, TypeError, ValueError):
            return self._descend_through_references(document, pointer, hops)

    def _descend_through_references(self, document: Document, pointer: tuple[str, ...], hops: int) -> Target:
        """Descend where a step on the way is itself a reference (`components: {$ref: components.yaml}`)."""
        value: Json = document.root
        for index, step in enumerate(pointer):
            if isinstance(value, dict) and step in value:
                value = value[step]
            elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
                value = value[int(step)]
            elif (inner := reference_in(value)) and hops < _MAX_HOPS:
                target = self._find(inner, document, hops + 1)
                return self._descend(target.document, target.pointer + pointer[index:], hops + 1)
            else:
                there = "/".join(pointer[:index]) or "the file"
                raise _UnresolvedError(f"leads nowhere: {document.path} has no `{step}` in {there}; define it there")
        return Target(document, pointer, value)

    def _by_id(self, resource: str, fragment: str) -> Target | None:
        """Return the schema of the root document whose `$id` is `resource`."""
        root = self._files.root
        pointer = self._index(root).get(f"$id {resource}")
        if pointer is None:
            return None
        steps = tuple(_unescape(part) for part in fragment.split("/")[1:]) if fragment.startswith("/") else ()
        return self._descend(root, pointer + steps, 0)

    def _anchor(self, name: str, document: Document) -> tuple[str, ...]:
        index = self._index(document)
        for kind in ("$anchor", "$dynamicAnchor", "$id"):
            for key in (f"{kind} {name}", f"{kind} #{name}"):
                if key in index:
                    return index[key]
        if isinstance(document.root, dict) and name in document.root:
            return (name,)
        raise _UnresolvedError(f"leads nowhere: {document.path} has no anchor `{name}`; define it there")

    def _index(self, document: Document) -> dict[str, tuple[str, ...]]:
        """Return the pointers of everything in `document` that has an `$id` or an anchor."""
        index = self._anchors.get(document.path)
        if index is None:
            index = self._anchors[document.path] = {}
            pending: list[tuple[tuple[str, ...], Json]] = [((), document.root)]
            while pending:
                pointer, value = pending.pop()
                if isinstance(value, dict):
                    for key in ("$id", "$anchor", "$dynamicAnchor"):
                        if isinstance(value.get(key), str):
                            index.setdefault(f"{key} {value[key]}", pointer)
                    pending.extend(
                        ((*pointer, key), inner)
                        for key, inner in reversed(value.items())
                        if isinstance(inner, (dict, list))
                    )
                elif isinstance(value, list):
                    pending.extend(((*pointer, str(place)), inner) for place, inner in enumerate(value))
        return index


def _alternatives(reference: str, document: Document, root: Document) -> Iterator[tuple[str, Document]]:
    """Yield what people mean by references that no standard allows, each with the file to begin from.

    A pointer without its slash; one into the root, written in another file as if it were copied there; a path from
    the root's folder, or from the repository's; a schema's bare name.
    """
    resource, _, fragment = reference.partition("#")
    if not resource:
        if not fragment.startswith("/"):
            yield f"#/{fragment}", document
        yield reference, root
    elif not _SCHEME.match(resource):
        yield reference, root
        yield f"{posixpath.relpath(resource.lstrip('/'), posixpath.dirname(root.path) or '.')}#{fragment}", root
        if "/" not in resource and "." not in resource:
            yield f"#/components/schemas/{resource}", root
            yield f"#/definitions/{resource}", root


def reference_in(value: Json) -> str | None:
    """Return the reference that `value` is, or None."""
    if isinstance(value, dict):
        reference = value.get("$ref")
        if isinstance(reference, str):
            return reference
    return None


def _unescape(step: str) -> str:
    return unquote(step).replace("~1", "/").replace("~0", "~")
