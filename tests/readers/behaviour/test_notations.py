"""Pagination declared in extensions, notation by notation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from specloom.readers.behaviour.declaration import last_item, names_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.source import Json
    from specloom.readers import Reading

    Read = Callable[..., Reading]

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
ANSWER: Json = {
    "type": "object",
    "properties": {
        "rows": {"type": "array", "items": {"type": "object", "properties": {"key": TEXT}}},
        "others": {"type": "array", "items": TEXT},
        "nav": {"type": "object", "properties": {"onward": TEXT, "more": {"type": "boolean"}, "sum": NUMBER}},
        "odata.next": TEXT,
    },
}
PARAMETERS: Json = {"seek": TEXT, "jump": NUMBER, "chunk": NUMBER, "sheet": {"type": "integer", "default": 0}}


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        (
            "x-specloom-pagination",
            {"style": "cursor", "param": "seek", "items": "rows", "next": "nav.onward", "limit": "chunk"},
            ("cursor", "seek", "chunk", ("nav", "onward"), None),
        ),
        (
            "x-specloom-pagination",
            {"style": "cursor", "param": "seek", "items": "rows", "id": "key"},
            ("cursor", "seek", None, None, ("key",)),
        ),
        (
            "x-specloom-pagination",
            {"style": "offset", "param": "jump", "items": "rows"},
            ("offset", "jump", None, None, None),
        ),
        (
            "x-specloom-pagination",
            {"style": "page", "param": "sheet", "items": "rows"},
            ("page", "sheet", None, None, None),
        ),
        (
            "x-specloom-pagination",
            {"style": "link", "items": "rows", "next": "nav.onward"},
            ("link", None, None, ("nav", "onward"), None),
        ),
        (
            "x-pagination",
            {"limitParam": "chunk", "cursorParam": "seek", "cursorPath": "nav.onward", "resultsPath": "rows"},
            ("cursor", "seek", "chunk", ("nav", "onward"), None),
        ),
        (
            "x-pagination",
            {"limitParam": "chunk", "pageOffsetParam": "jump", "resultsPath": "rows"},
            ("offset", "jump", "chunk", None, None),
        ),
        ("x-pagination", {"pageParam": "sheet", "resultsPath": "rows"}, ("page", "sheet", None, None, None)),
        (
            "x-speakeasy-pagination",
            {
                "type": "cursor",
                "inputs": [{"name": "seek", "in": "parameters", "type": "cursor"}, {"name": "chunk", "type": "limit"}],
                "outputs": {"results": "$.rows", "nextCursor": "$.nav.onward"},
            },
            ("cursor", "seek", "chunk", ("nav", "onward"), None),
        ),
        (
            "x-speakeasy-pagination",
            {
                "type": "cursor",
                "inputs": [{"name": "seek", "type": "cursor"}],
                "outputs": {"results": "$.rows", "nextCursor": "$.rows[-1].key"},
            },
            ("cursor", "seek", None, None, ("key",)),
        ),
        (
            "x-speakeasy-pagination",
            {"type": "offsetLimit", "inputs": [{"name": "jump", "type": "offset"}], "outputs": {"results": "$.rows"}},
            ("offset", "jump", None, None, None),
        ),
        (
            "x-speakeasy-pagination",
            {"type": "offsetLimit", "inputs": [{"name": "sheet", "type": "page"}], "outputs": {"results": "$['rows']"}},
            ("page", "sheet", None, None, None),
        ),
        (
            "x-speakeasy-pagination",
            {"type": "url", "outputs": {"results": "$.rows[*]", "nextUrl": "$.nav.onward"}},
            ("link", None, None, ("nav", "onward"), None),
        ),
        (
            "x-fern-pagination",
            {"cursor": "$request.seek", "next_cursor": "$response.nav.onward", "results": "$response.rows"},
            ("cursor", "seek", None, ("nav", "onward"), None),
        ),
        (
            "x-fern-pagination",
            {"offset": "$request.sheet", "results": "$response.rows"},
            ("page", "sheet", None, None, None),
        ),
        (
            "x-fern-pagination",
            {"offset": "$request.jump", "results": "$response.rows", "step": "$request.chunk"},
            ("offset", "jump", "chunk", None, None),
        ),
        (
            "x-fern-pagination",
            {"next_uri": "$response.nav.onward", "results": "$response.rows"},
            ("link", None, None, ("nav", "onward"), None),
        ),
        (
            "x-ms-pageable",
            {"nextLinkName": "odata.next", "itemName": "rows"},
            ("link", None, None, ("odata.next",), None),
        ),
    ],
)
def test_every_notation_is_read(
    reading: Read, key: str, value: Json, expected: tuple[str, str | None, str | None, tuple[str, ...] | None, Json]
) -> None:
    """A declaration counts even where names say nothing, and its lines are the origin."""
    result = reading(ANSWER, PARAMETERS, operation={key: value})
    operation = result.api.operations[0]
    found = operation.pagination

    assert found is not None
    assert (found.style, found.request_param, found.limit_param, found.next_path, found.id_path) == expected
    assert found.items_path == ("rows",)
    assert found.origin == operation.span.member(key)
    assert found.first_page == (0 if found.style == "page" else 1)
    assert [item for item in result.diagnostics if item.code == "unusable-pagination"] == []


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("x-specloom-pagination", {"style": "cursor", "param": "nope", "items": "rows"}, "no parameter 'nope'"),
        ("x-specloom-pagination", {"style": "cursor", "param": "seek", "items": "nope"}, "no list at nope"),
        (
            "x-specloom-pagination",
            {"style": "cursor", "param": "seek", "items": "rows", "next": "nav.nope"},
            "no field nav.nope",
        ),
        ("x-specloom-pagination", {"style": "cursor", "param": "seek", "items": "rows"}, "neither `next` nor `id`"),
        ("x-specloom-pagination", {"style": "dance", "param": "seek", "items": "rows"}, "style is 'dance'"),
        ("x-pagination", {"cursorParam": "seek", "resultsPath": "rows"}, "no `cursorPath`"),
        ("x-pagination", {"pageParam": "body.page.number", "resultsPath": "rows"}, "no parameter 'page.number'"),
        ("x-pagination", {"pageParam": "sheet"}, "no list at its top"),
        ("x-speakeasy-pagination", {"type": "cursor", "inputs": "x", "outputs": []}, "where the next page comes from"),
        ("x-speakeasy-pagination", {"outputs": {"results": "$.rows"}}, "where the next page comes from"),
        ("x-fern-pagination", {"cursor": "$request.seek", "results": "$response.rows"}, "no `next_cursor`"),
        ("x-fern-pagination", {"next_uri": "$", "results": "$response.rows"}, "no path"),
        ("x-ms-pageable", {"itemName": "rows"}, "no `nextLinkName`"),
    ],
)
def test_what_cannot_be_followed_is_said(reading: Read, key: str, value: Json, words: str) -> None:
    """A declaration that does not fit the operation is a diagnostic at its lines, not a guess."""
    result = reading(ANSWER, PARAMETERS, operation={key: value})
    notes = [item for item in result.diagnostics if item.code == "unusable-pagination"]

    assert result.api.operations[0].pagination is None
    assert [words in note.message for note in notes] == [True]
    assert notes[0].span == result.api.operations[0].span.member(key)


def test_an_unusable_declaration_leaves_structure_to_decide(reading: Read) -> None:
    """Where the extension is wrong and the structure is clear, the structure counts."""
    answer = {"type": "object", "properties": {"data": {"type": "array"}, "next_cursor": TEXT}}
    result = reading(answer, {"cursor": TEXT}, operation={"x-fern-pagination": {"offset": "$request.nope"}})

    assert result.api.operations[0].pagination is not None
    assert result.api.operations[0].pagination.request_param == "cursor"


def test_microsoft_says_when_everything_comes_at_once(reading: Read) -> None:
    """A null `nextLinkName` is the word of the owner that there are no pages, whatever it looks like."""
    answer = {"type": "object", "properties": {"value": {"type": "array"}, "nextLink": TEXT}}
    result = reading(answer, operation={"x-ms-pageable": {"nextLinkName": None}})

    assert result.api.operations[0].pagination is None
    assert reading(answer).api.operations[0].pagination is not None


def test_fern_takes_the_contract_of_the_root(reading: Read) -> None:
    """`x-fern-pagination: true` stands for the contract at the top of the description."""
    contract = {"offset": "$request.jump", "results": "$response.rows", "has-next-page": "$response.nav.more"}
    result = reading(ANSWER, PARAMETERS, operation={"x-fern-pagination": True}, root={"x-fern-pagination": contract})
    found = result.api.operations[0].pagination

    assert found is not None
    assert (found.style, found.has_more_path) == ("page", ("nav", "more"))


def test_marked_pieces_are_put_together(reading: Read) -> None:
    """`x-stainless-pagination-property` marks parameters and fields wherever they are."""

    def marked(purpose: str, kind: str = "string") -> Json:
        return {"type": kind, "x-stainless-pagination-property": {"purpose": purpose}}

    answer = {
        "type": "object",
        "properties": {
            "a": {"type": "array"},
            "b": marked("items", "array"),
            "page": {
                "type": "object",
                "properties": {"x": marked("next_cursor_field"), "y": marked("has_next_page", "boolean")},
            },
        },
    }
    found = reading(answer, {"q": TEXT, "z": marked("next_cursor_param")}).api.operations[0].pagination
    few = reading(answer, {"q": TEXT})

    assert found is not None
    assert (found.style, found.request_param, found.items_path) == ("cursor", "z", ("b",))
    assert (found.next_path, found.has_more_path) == (("page", "x"), ("page", "y"))
    assert few.api.operations[0].pagination is None
    assert "unusable-pagination" in {item.code for item in few.diagnostics}


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("$.a.b", ("a", "b")),
        ("$['a.b'].c", ("a.b", "c")),
        ("$.a[*]", ("a",)),
        ("/a~1b/c", ("a/b", "c")),
        ("$response.body.a", ("a",)),
        ("$response.a", ("a",)),
        ("a.b", ("a", "b")),
        ("$", ()),
        ("", ()),
    ],
)
def test_paths_in_every_spelling(written: str, names: tuple[str, ...]) -> None:
    """JSON paths, pointers, runtime expressions and dotted names give the same names."""
    assert names_of(written) == names


def test_the_last_item_of_a_list() -> None:
    """A path into the last item is cut there; other paths are not."""
    assert last_item("$.rows[-1].id") == ("$.rows", "id")
    assert last_item("$.rows[(@.length-1)].a.b") == ("$.rows", "a.b")
    assert last_item("$.rows[0].id") is None
