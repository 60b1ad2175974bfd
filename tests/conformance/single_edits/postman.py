"""What can be edited in a Postman collection: methods, addresses, queries, headers, credentials, bodies, answers."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from single_edits.texts import File

if TYPE_CHECKING:
    from collections.abc import Iterator

    from single_edits.openapi import Choice
    from single_edits.texts import Node

METHODS: Final = {"GET": "PURGE", "POST": "PURGE", "PUT": "PURGE", "DELETE": "PURGE", "PATCH": "PURGE"}


class Collection:
    """The edits of one collection, by kind."""

    def __init__(self, path: str, text: str) -> None:
        self._file = File.of(path, text)
        self.kinds: defaultdict[str, list[Choice]] = defaultdict(list)
        found = [item.get("request") for item in _requests(self._file.root)]
        for item in _requests(self._file.root):
            request = item.get("request")
            if sum(_key(other) == _key(request) for other in found) > 1:
                continue  # requests with one address are samples of one operation, and another one may say the same
            if request is not None and request.kind == "map":
                self._request(request)
                for answer in _items(item.get("response")):
                    self._change("~answer status", answer.get("code"), 207, most=2)

    def _change(self, kind: str, node: Node | None, value: object, *, most: int | None = 1) -> None:
        if node is not None:
            self.kinds[kind].append(lambda: self._file.change(kind, node, value, most=most))

    def _request(self, request: Node) -> None:
        method, url, auth, body = (request.get(word) for word in ("method", "url", "auth", "body"))
        if method is not None:
            self._change("~method", method, METHODS.get(method.value, "GET"), most=2)
        if url is not None and url.kind == "text" and "?" not in url.value:
            self._change("~address", url, f"{url.value.rstrip('/')}/moved", most=2)
        if url is not None and url.kind == "map":
            steps = _items(url.get("path"))
            if steps and steps[-1].value[:1] not in {":", "{", ""}:
                self._change("~address", steps[-1], f"{steps[-1].value}-moved", most=2)
            self._pairs("query", url.get("query"))
        self._pairs("header", request.get("header"))
        if auth is not None and auth.text("type") in {"basic", "bearer"}:
            self._change("~credentials", auth.get("type"), "bearer" if auth.text("type") == "basic" else "basic")
        mode = body.text("mode") if body is not None and method is not None and method.value != "GET" else None
        if body is not None and mode in {"urlencoded", "formdata"}:
            self._pairs("field", body.get(mode))
        elif body is not None and mode == "raw":
            self._raw(body.get("raw"))

    def _pairs(self, what: str, pairs: Node | None) -> None:
        names = [pair.text("key") for pair in _items(pairs)]
        for index, pair in enumerate(_items(pairs)):
            key = pair.get("key")
            if (
                key is None
                or names.count(key.value) > 1
                or not key.value
                or key.value.lower() in {"accept", "content-type", "authorization"}
            ):
                continue
            self._change(f"~{what} name", key, f"{key.value}-moved", most=2)
            if pairs is not None and len(pairs.items) > 1:
                self.kinds[f"-{what}"].append(
                    lambda pairs=pairs, index=index: self._file.drop(f"-{what}", pairs, index)
                )

    def _raw(self, raw: Node | None) -> None:
        try:
            body = json.loads(raw.value) if raw is not None else None
        except ValueError:
            return
        if isinstance(body, dict) and body:
            self._change("+body member", raw, json.dumps({**body, "zzNew": 1}))


def _requests(node: Node) -> Iterator[Node]:
    for item in _items(node.get("item")):
        yield item
        yield from _requests(item)


def _key(request: Node | None) -> tuple[str | None, str]:
    """Return the method and the last step of the path, which samples of one operation share."""
    url = request.get("url") if request is not None and request.kind == "map" else None
    raw = url.text("raw") if url is not None and url.kind == "map" else url.value if url is not None else None
    step = (raw or "").partition("?")[0].rstrip("/").rpartition("/")[2]
    return request.text("method") if request is not None else None, "" if step[:1] in {":", "{"} else step


def _items(node: Node | None) -> list[Node]:
    return [] if node is None else node.items
