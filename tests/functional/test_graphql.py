"""A GraphQL schema's SDK asks a server, which executes that very schema, for what it says."""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from callers import Caller, generated, write
from graphql import build_schema, graphql_sync, parse, validate

from generators.lang.graphql import DOCUMENT, over_http
from specloom.adapters.directory import Directory
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from types import ModuleType

    from scripted_server import Reply, ScriptedServer, Seen

HERE = Path(__file__).parent
AUTHOR = {"__typename": "Author", "id": "a1", "name": "Ursula"}
BOOKS = [
    {"__typename": "Book", "id": str(number), "title": f"Book {number}", "genre": "NOVEL", "author": AUTHOR}
    for number in range(1, 6)
]


def books(_: Any, first: int, after: str = "0", **_filter: Any) -> dict[str, Any]:
    """Resolve a page of books."""
    start = int(after)
    found = BOOKS[start : start + first]
    info = {"endCursor": str(start + len(found)), "hasNextPage": start + first < len(BOOKS)}
    return {"nodes": found, "edges": [{"cursor": one["id"], "node": one} for one in found], "pageInfo": info}


def lend(_: Any, input: dict[str, Any]) -> dict[str, Any]:  # noqa: A002 -- the schema's word
    """Resolve a mutation; its due date shows what arrived."""
    return {"book": BOOKS[int(input["bookId"]) - 1], "due": str(sorted(input.items()))}


def fail(*_: Any) -> None:
    """Refuse."""
    raise ValueError("the library is open")


ROOT = {
    "book": lambda _, id: next((one for one in BOOKS if one["id"] == id), None),  # noqa: A006 -- likewise
    "books": books,
    "search": lambda _, **_text: [BOOKS[0], AUTHOR],
    "selection": lambda _, selection=None: selection,
    "opened": 1970,
    "lend": lend,
    "close": fail,
}


@dataclass
class Library:
    """Executes requests as they arrive, and remembers their documents."""

    schema: Any = field(default_factory=lambda: build_schema((HERE / "library.graphql").read_text()))
    documents: list[str] = field(default_factory=list)

    def answer(self, reply: type[Reply]) -> Callable[[Seen], Reply]:
        """Return a script."""

        def execute(seen: Seen) -> Reply:
            self.documents.append(seen.json["query"])
            result = graphql_sync(self.schema, seen.json["query"], ROOT, variable_values=seen.json["variables"])
            return reply(json=result.formatted)

        return execute


@pytest.fixture(scope="module")
def library_sdk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Generate the SDK and import it; the one thing it cannot do is said."""
    made, diagnostics = generated("library.graphql")
    assert [("operation-without-method", 18)] == [
        (one.code, one.span.start if one.span else 0) for one in diagnostics if one.code != "no-server-url"
    ]
    folder = tmp_path_factory.mktemp("library")
    write(made, folder)
    sys.path.insert(0, str(folder / "sdk/python/src"))
    yield importlib.import_module("library")
    sys.path.remove(str(folder / "sdk/python/src"))


@pytest.fixture(params=["sync", "async"])
async def caller(
    request: pytest.FixtureRequest, library_sdk: ModuleType, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Caller]:
    """Return a caller of each kind."""
    monkeypatch.setattr(sys.modules["library._core.retry"], "FIRST_DELAY", 0.001)
    found = Caller(library_sdk, request.param == "async", f"{server.url}/graphql", "Library")
    yield found
    for client in found.clients:
        await found.do(client.close)


@pytest.fixture
def library(server: ScriptedServer, reply: type[Reply]) -> Library:
    """Let the server execute the schema."""
    made = Library()
    server.on("POST", "/graphql", made.answer(reply))
    return made


async def test_a_query_gives_a_model(caller: Caller, library: Library) -> None:
    """Leaves are asked for; objects that lead on are not, and are None."""
    book = await caller.do(caller.client().queries.book, id="1")
    assert ("Book 1", "NOVEL", None) == (book.title, book.genre, book.author)
    assert ["query book($id: ID!) { book(id: $id) { id title genre } }"] == library.documents
    assert await caller.do(caller.client().queries.book, id="99") is None


async def test_a_caller_may_ask_for_something_else(caller: Caller, library: Library) -> None:
    """In GraphQL's own words."""
    book = await caller.do(caller.client().queries.book, id="1", selection='pages(unit: "A4") author { name }')
    assert (None, "Ursula") == (book.title, book.author.name)
    assert 1 == len(library.documents)


async def test_an_argument_of_that_name_keeps_it(caller: Caller, library: Library) -> None:
    """A field that is no object has no selection."""
    assert "x" == await caller.do(caller.client().queries.selection, selection="x")
    assert (1970, 2) == (await caller.do(caller.client().queries.opened), len(library.documents))


async def test_a_connection_is_paged_to_its_end(caller: Caller, library: Library) -> None:
    """By its nodes; edges say the same and are not asked for."""
    page = await caller.do(caller.client().queries.books, first=2)
    assert ["1", "2", "3", "4", "5"] == [book.id for book in await caller.all(page)]
    assert (3, False) == (len(library.documents), "edges" in library.documents[0])


async def test_members_of_a_union_are_told_apart(caller: Caller, library: Library) -> None:
    """By `__typename`."""
    book, author = await caller.do(caller.client().queries.search, text="u")
    assert ("Book", "Author") == (type(book).__name__, type(author).__name__)
    assert ("Book 1", "Ursula") == (book.title, author.name)
    assert "... on Author { id name }" in library.documents[0]


async def test_a_mutation_sends_its_input(caller: Caller, library: Library) -> None:
    """Null is null, and what is left out is left out."""
    client = caller.client()
    answer = await caller.do(client.mutations.lend, input={"bookId": "2", "note": None})
    assert ("Book 2", "[('bookId', '2'), ('note', None)]") == (answer.book.title, answer.due)
    typed = caller.sdk.models.LendInput(book_id="3", days=7)
    assert "[('bookId', '3'), ('days', 7)]" == (await caller.do(client.mutations.lend, input=typed)).due
    assert 2 == len(library.documents)


async def test_errors_are_raised_with_what_was_found(caller: Caller, library: Library) -> None:
    """As the server told them."""
    with pytest.raises(caller.sdk.GraphQLError, match="the library is open") as caught:
        await caller.do(caller.client().mutations.close)
    assert (["close"], None) == (caught.value.errors[0]["path"], caught.value.data)
    assert isinstance(caught.value, caller.sdk.LibraryError)
    assert 1 == len(library.documents)


async def test_queries_are_repeated_and_mutations_are_not(
    caller: Caller, server: ScriptedServer, reply: type[Reply]
) -> None:
    """A query only reads."""
    server.on("POST", "/graphql", reply(503), reply(json={"data": {"opened": 7}}))
    assert 7 == await caller.do(caller.client().queries.opened)
    server.on("POST", "/graphql", reply(503), reply(json={"data": {"close": True}}))
    with pytest.raises(caller.sdk.InternalServerError):
        await caller.do(caller.client().mutations.close)


async def test_what_is_no_answer_is_an_error_of_our_own(
    caller: Caller, server: ScriptedServer, reply: type[Reply]
) -> None:
    """A page for people, say."""
    server.on("POST", "/graphql", reply(body=b"<html>", headers={"Content-Type": "text/html"}))
    with pytest.raises(caller.sdk.APIResponseValidationError, match="not one of a GraphQL API"):
        await caller.do(caller.client().queries.opened)


@pytest.mark.parametrize("name", ["swapi", "buildkite", "linear"])
def test_documents_for_real_schemas_are_valid(name: str, corpus: Path) -> None:
    """The reference implementation accepts each of them."""
    folder = corpus / "graphql"
    schema = build_schema((folder / f"{name}.graphql").read_text(), assume_valid=True)
    made = over_http(read(Directory(folder), f"{name}.graphql").api)
    asked: list[Any] = [one.extensions[DOCUMENT] for one in made.operations if DOCUMENT in one.extensions]
    wrong = []
    for one in asked:
        selection = f" {{ {one['selection']} }}" if one["selection"] else ""
        wrong += [(one["head"], error.message) for error in validate(schema, parse(f"{one['head']}{selection} }}"))]
    assert (True, []) == (len(asked) > 10, wrong)
