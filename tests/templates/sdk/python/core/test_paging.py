"""From one page to the next, without a server."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from _core.endpoint import Endpoint, header, query
from _core.errors import PaginationError
from _core.paging import Paging, Turn, dig, items_of
from _core.unset import UNSET

ANSWER = httpx.Response(200, request=httpx.Request("GET", "https://api.example/v1/things?a=1"))


def turn(paging: Paging[Any], args: dict[str, object] | None = None) -> Turn[Any, Any]:
    """Return the first turn of a list."""
    endpoint: Endpoint[Any] = Endpoint("GET", "/things", params=(query("at"), header("who")))
    return Turn(endpoint, paging, args if args is not None else {"at": UNSET, "who": "me"}, {})


@pytest.mark.parametrize(
    "body",
    [{"items": []}, {}, None, [], "text", {"items": None}, {"items": [1], "next": None}, {"items": [1], "next": ""}],
)
def test_cursors_end(body: Any) -> None:
    """A list ends with an empty page or no cursor, whatever the answer looks like."""
    assert turn(Paging("cursor", items=("items",), param="at", next=("next",))).after(body, ANSWER) is None


@pytest.mark.parametrize("cursor", ["abc", 0, 17, "0"])
def test_cursors_continue(cursor: object) -> None:
    """Any other cursor goes on, zero included."""
    first = turn(Paging("cursor", items=("items",), param="at", next=("meta", "next")))
    second = first.after({"items": [1], "meta": {"next": cursor}}, ANSWER)
    assert second is not None
    assert {"at": cursor, "who": "me"} == second.args


def test_cursor_from_the_last_item() -> None:
    """The cursor may be the id of the last item."""
    first = turn(Paging("cursor", items=("data",), param="at", last_id=("id",), has_more=("more",)))
    second = first.after({"data": [{"id": "a"}, {"id": "b"}], "more": True}, ANSWER)
    assert second is not None
    assert second.args["at"] == "b"
    assert second.after({"data": [{"id": "c"}], "more": False}, ANSWER) is None


def test_cursors_that_go_round_are_noticed() -> None:
    """Going round in a circle raises, also over several pages."""
    at: Turn[Any, Any] | None = turn(Paging("cursor", items=("items",), param="at", next=("next",)))
    for cursor in ("a", "b"):
        assert at is not None
        at = at.after({"items": [1], "next": cursor}, ANSWER)
    assert at is not None
    with pytest.raises(PaginationError):
        at.after({"items": [1], "next": "a"}, ANSWER)


@pytest.mark.parametrize(
    ("body", "expected"),
    [({"items": [1, 2]}, 12), ({"items": [1, 2], "total": 13}, 12), ({"items": [1, 2], "total": 12}, None),
     ({"items": [1, 2], "total": "many"}, 12)],
)  # fmt: skip
def test_offsets(body: dict[str, Any], expected: int | None) -> None:
    """Offsets add up from where the caller began, until the total."""
    following = turn(Paging("offset", items=("items",), param="at", total=("total",)), {"at": 10}).after(body, ANSWER)
    assert expected == (following.args["at"] if following else None)


@pytest.mark.parametrize(
    ("first_page", "total", "pages"), [(1, ("total_pages",), 3), (0, ("total_pages",), 3), (1, ("total",), 3)]
)
def test_page_numbers(first_page: int, total: tuple[str, ...], pages: int) -> None:
    """Pages are counted from the first, until as many as the total says, in pages or in items."""
    body = {"items": [1, 2], "total_pages": 3, "total": 6}
    at: Turn[Any, Any] | None = turn(
        Paging("page", items=("items",), param="at", total=total, first_page=first_page), {"at": UNSET}
    )
    asked = []
    while at is not None:
        asked.append(at.args["at"])
        at = at.after(body, ANSWER)
    assert [UNSET, *range(first_page + 1, first_page + pages)] == asked


def test_parameters_that_are_no_arguments() -> None:
    """A parameter that the operation does not declare goes into the query, or into the body."""
    second = turn(Paging("page", items=("items",), param="p")).after({"items": [1]}, ANSWER)
    assert second is not None
    assert second.options == {"extra_query": {"p": 2}}
    third = second.after({"items": [1]}, ANSWER)
    assert third is not None
    assert third.options == {"extra_query": {"p": 3}}
    in_body = turn(Paging("cursor", items=("items",), param="c", place="body", next=("n",)))
    following = in_body.after({"items": [1], "n": "x"}, ANSWER)
    assert following is not None
    assert following.options == {"extra_body": {"c": "x"}}


@pytest.mark.parametrize(
    ("paging", "body", "headers"),
    [
        (Paging("link"), [1], {"link": '<../v1/things?p=2>; rel="next"'}),
        (Paging("link", items=("items",), next=("next",)), {"items": [1], "next": "/v1/things?p=2"}, {}),
        (Paging("cursor", items=("i",), next=("n",)), {"i": [1], "n": "https://api.example/v1/things?p=2"}, {}),
    ],
)
def test_links(paging: Paging[Any], body: Any, headers: dict[str, str]) -> None:
    """A link replaces path and query, keeps headers, and may be relative; so may a cursor that is an address."""
    answer = httpx.Response(200, headers=headers, request=ANSWER.request)
    following = turn(paging).after(body, answer)
    assert following is not None
    assert ("https://api.example/v1/things?p=2", {"who": "me"}) == (following.endpoint.path, following.args)


def test_digging() -> None:
    """Paths that lead nowhere give None, and items may be the values of an object."""
    assert dig({"a": {"b": 1}}, ("a", "b")) == 1
    assert dig({"a": 3}, ("a", "b")) is None
    assert [1, 2] == items_of({"x": {"k": 1, "l": 2}}, ("x",))
    assert [] == items_of({"x": "text"}, ("x",))
