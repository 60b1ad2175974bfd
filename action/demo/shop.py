"""The bookshop of `docs/example`, as a server on this machine: just enough of it for an SDK to talk to."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

TOKEN: Final = "bks_demo"  # noqa: S105  a shop of paper
PAGE: Final = 2

BOOKS: Final = [
    ("bk_1", "Middlemarch", "George Eliot", "novel", 1250),
    ("bk_2", "Devotions", "Mary Oliver", "poetry", 1800),
    ("bk_3", "SPQR", "Mary Beard", "history", 1600),
    ("bk_4", "The Left Hand of Darkness", "Ursula K. Le Guin", "novel", 1100),
]
STEPS: Final = ("placed", "packed", "sent", "delivered")


@dataclass
class Shop:
    """What the server knows: books, orders by idempotency key, and the calls it has answered."""

    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    failures: int = 1


class _Problem(Exception):  # noqa: N818  named as in RFC 9457
    def __init__(self, status: int, title: str) -> None:
        super().__init__(title)
        self.status = status
        self.title = title


def serve(shop: Shop, port: int = 0) -> ThreadingHTTPServer:
    """Bind a server for `shop` to this machine alone; whoever calls `serve_forever` on it runs it."""

    class Handler(_Handler):
        pass

    Handler.shop = shop
    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


class _Handler(BaseHTTPRequestHandler):
    shop: Shop
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  http.server's signature
        """Keep quiet: the calls are in the shop's list."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        try:
            self._route(url.path, parse_qs(url.query), body)
        except _Problem as problem:
            document = {"title": problem.title, "status": problem.status}
            self._send(problem.status, document, media_type="application/problem+json")

    def _route(self, path: str, query: dict[str, list[str]], body: bytes) -> None:
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise _Problem(401, "Send a token")
        for method, pattern, handle in ROUTES:
            found = re.fullmatch(pattern, path)
            if found and method == self.command:
                handle(self, *found.groups(), query=query, body=body)
                return
        raise _Problem(404, "There is nothing here")

    def list_books(self, *, query: dict[str, list[str]], body: bytes) -> None:  # noqa: ARG002  every route's signature
        found = [_book(row) for row in BOOKS if query.get("genre", [row[3]]) == [row[3]]]
        start = int(query.get("cursor", ["0"])[0])
        end = start + int(query.get("limit", [str(PAGE)])[0])
        self._send(200, {"books": found[start:end], "next_cursor": str(end) if end < len(found) else None})

    def get_book(self, number: str, **_: object) -> None:
        found = [_book(row) for row in BOOKS if row[0] == number]
        if not found:
            raise _Problem(404, f"There is no book {number}")
        self._send(200, found[0])

    def place_order(self, *, query: dict[str, list[str]], body: bytes) -> None:  # noqa: ARG002  every route's signature
        key = self.headers.get("Idempotency-Key") or f"none {len(self.shop.orders)}"
        if self.shop.failures:
            self.shop.failures -= 1
            raise _Problem(503, "The till is being restarted")
        prices = {row[0]: row[4] for row in BOOKS}
        total = sum(prices.get(line["book_id"], 0) * line["copies"] for line in json.loads(body)["lines"])
        order = {
            "id": f"or_{len(self.shop.orders) + 1}",
            "status": STEPS[0],
            "total": {"amount": total, "currency": "EUR"},
        }
        self._send(201, self.shop.orders.setdefault(key, order))

    def follow_order(self, _number: str, **_: object) -> None:
        events = [{"status": step, "at": f"2026-03-0{day}T12:00:00Z"} for day, step in enumerate(STEPS, 1)]
        text = "".join(f"data: {json.dumps(event)}\n\n" for event in events)
        self._write(200, text.encode(), "text/event-stream")

    def _send(self, status: int, document: object, *, media_type: str = "application/json") -> None:
        self._write(status, json.dumps(document).encode(), media_type)

    def _write(self, status: int, content: bytes, media_type: str) -> None:
        self.shop.calls.append(f"{self.command} {self.path} {status}")
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


ROUTES: Final[tuple[tuple[str, str, Callable[..., None]], ...]] = (
    ("GET", r"/v1/books", _Handler.list_books),
    ("GET", r"/v1/books/([^/]+)", _Handler.get_book),
    ("POST", r"/v1/orders", _Handler.place_order),
    ("GET", r"/v1/orders/([^/]+)/events", _Handler.follow_order),
)


def _book(row: tuple[str, str, str, str, int]) -> dict[str, object]:
    number, title, author, genre, amount = row
    price = {"amount": amount, "currency": "EUR"}
    return {
        "id": number,
        "title": title,
        "author": author,
        "genre": genre,
        "price": price,
        "added_at": "2026-01-01T09:00:00Z",
    }
