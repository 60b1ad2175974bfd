"""The tree of items → its requests in document order, each with what it inherits, and the folders as tags."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specloom.model.api import Tag
from specloom.model.source import Known
from specloom.readers.postman.auth import is_credential
from specloom.readers.postman.fields import as_list, as_object, as_text, description
from specloom.readers.postman.urls import read_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model.api import SecurityRequirement
    from specloom.model.source import Json, Span
    from specloom.readers.postman.auth import Security
    from specloom.readers.postman.fields import Notebook, Pair
    from specloom.readers.postman.urls import Url

SEPARATOR: Final = "/"
"""Between the names of nested folders in a tag."""

WITHOUT_BODY: Final = frozenset({"GET", "HEAD", "COPY", "PURGE", "UNLOCK"})
"""Methods whose body Postman does not send unless `disableBodyPruning` is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an item inherits from the folders around it."""

    folders: tuple[str, ...] = ()
    security: tuple[SecurityRequirement, ...] | None = None
    keeps_body: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request of the collection; `body` is empty where none is sent, `answers` are the saved responses.

    `span` also knows the lines of the credentials; `address` are those of the path, `verb` those of the method.
    """

    name: str
    folders: tuple[str, ...]
    method: str
    url: Url
    span: Span
    address: Span
    verb: Span
    headers: tuple[Pair, ...]
    body: dict[str, Json]
    description: str | None
    security: tuple[SecurityRequirement, ...] | None
    answers: tuple[dict[str, Json], ...]


@dataclass(slots=True)
class Walker:
    """Walks the items of one collection."""

    notebook: Notebook
    security: Security
    tags: dict[str, Tag]

    def walk(self, items: Json, scope: Scope) -> Iterator[Request]:
        """Yield the requests below `items`."""
        for item in as_list(items):
            members = as_object(item)
            span = self.notebook.document.span(item)
            inner = self._scope(members, scope, span)
            if "item" in members:
                yield from self._folder(members, inner, span)
            elif isinstance(members.get("request"), dict | str):
                yield self._request(members, inner, span)
            else:
                name = as_text(members.get("name")) or "an item"
                self.notebook.warn("postman-no-request", f"{name} has no request, so it is left out; add one", span)

    def _scope(self, members: Mapping[str, Json], scope: Scope, span: Span) -> Scope:
        own = self.security.requirement(members.get("auth"), span)
        behaviour = as_object(members.get("protocolProfileBehavior"))
        keeps = behaviour.get("disableBodyPruning", scope.keeps_body) is True
        return replace(scope, security=scope.security if own is None else own, keeps_body=keeps)

    def _folder(self, members: Mapping[str, Json], scope: Scope, span: Span) -> Iterator[Request]:
        folders = (*scope.folders, as_text(members.get("name")) or "unnamed")
        tag = Tag(
            name=SEPARATOR.join(folders),
            span=span,
            description=description(members.get("description")),
            parent=SEPARATOR.join(scope.folders) or None,
        )
        self.tags.setdefault(tag.name, tag)
        yield from self.walk(members.get("item"), replace(scope, folders=folders))

    def _request(self, item: Mapping[str, Json], scope: Scope, span: Span) -> Request:
        written = item["request"]
        request = as_object(written)
        where = self.notebook.document.span(written) if request else span.member("request")
        own = self.security.requirement(request.get("auth"), where)
        method = as_text(request.get("method")).strip().upper() or "GET"
        headers = tuple(self.notebook.pairs(request.get("header"), where.member("header")))
        name = as_text(item.get("name") or request.get("name")) or "unnamed"
        return Request(
            name=name,
            folders=scope.folders,
            method=method,
            url=read_url(request.get("url") if request else written, where.member("url"), self.notebook),
            span=_with_credentials(span, where, headers),
            address=self._address(request.get("url"), where),
            verb=where.member("method"),
            headers=headers,
            body=self._body(request, name, sent=scope.keeps_body or method not in WITHOUT_BODY),
            description=description(request.get("description")) or description(item.get("description")),
            security=self._security(scope.security if own is None else own, headers),
            answers=tuple(as_object(answer) for answer in as_list(item.get("response")) if isinstance(answer, dict)),
        )

    def _address(self, url: Json, request: Span) -> Span:
        """Return the line of the path's last step, or of the whole address."""
        if not isinstance(url, dict):
            return request.member("url")
        steps = as_list(url.get("path"))
        return self.notebook.document.span(url, inside=frozenset({"path"})).member("path", max(len(steps) - 1, 0))

    def _body(self, request: Mapping[str, Json], name: str, *, sent: bool) -> dict[str, Json]:
        body = as_object(request.get("body"))
        mode = body.get("mode")
        content = body.get(mode) if isinstance(mode, str) else None
        if not content and mode != "file":
            return {}
        if not sent:
            span = self.notebook.document.span(request.get("body"))
            self.notebook.note("postman-body-not-sent", f"Postman sends no body with {name}, so it has none here", span)
            return {}
        return body

    def _security(
        self, said: tuple[SecurityRequirement, ...] | None, headers: tuple[Pair, ...]
    ) -> tuple[SecurityRequirement, ...] | None:
        """Return what the helpers say, or an Authorization header where they say nothing or "no auth".

        Keys in other headers are needed beside it.
        """
        enabled = [pair for pair in headers if not pair.disabled]
        written = [self.security.authorization(pair) for pair in enabled if pair.key.lower() == "authorization"]
        keys = [self.security.key(pair) for pair in enabled if is_credential(pair)]
        alternatives = said or tuple(written[:1]) or (((),) if keys else ())
        if not alternatives:
            return said
        return tuple(tuple(dict.fromkeys((*needed, *(one for key in keys for one in key)))) for needed in alternatives)


def _with_credentials(item: Span, request: Span, headers: tuple[Pair, ...]) -> Span:
    """Return the lines of an item, with that of its request's credentials, or of a header that is one, as a member."""
    known = dict(request.members)
    written = (pair.span.start for pair in headers if pair.key.lower() == "authorization" or is_credential(pair))
    line = known.get("auth") or next(written, None)
    return replace(item, contents=Known((*item.members, ("auth", line)))) if line is not None else item
