"""Pagination that structure declares, and structure that leaves doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.source import Json
    from specloom.readers import Reading

    Read = Callable[..., Reading]

TEXT = {"type": "string"}
NUMBER = {"type": "integer"}
FLAG = {"type": "boolean"}
THING = {"type": "object", "properties": {"id": TEXT}}
LIST = {"type": "array", "items": THING}
URL = {"type": "string", "format": "uri"}


def an_object(**members: Json) -> Json:
    """Return the schema of an object with these members."""
    return {"type": "object", "properties": members}


@pytest.mark.parametrize(
    ("parameters", "answer", "expected"),
    [
        (
            {"cursor": TEXT, "limit": NUMBER},
            an_object(data=LIST, next_cursor=TEXT),
            ("cursor", "cursor", "limit", "data", "next_cursor"),
        ),
        (
            {"pageToken": TEXT, "maxResults": NUMBER},
            an_object(items=LIST, nextPageToken=TEXT),
            ("cursor", "pageToken", "maxResults", "items", "nextPageToken"),
        ),
        (
            {"after": TEXT},
            an_object(data=LIST, paging=an_object(cursors=an_object(after=TEXT))),
            ("cursor", "after", None, "data", "paging.cursors.after"),
        ),
        (
            {"offset": TEXT, "limit": NUMBER},
            an_object(data=LIST, next_page=an_object(offset=TEXT, path=TEXT, uri=URL)),
            ("cursor", "offset", "limit", "data", "next_page.offset"),
        ),
        (
            {"starting_after": TEXT, "per_page": NUMBER},
            an_object(data=LIST, pages=an_object(next=an_object(page=NUMBER, starting_after=TEXT))),
            ("cursor", "starting_after", "per_page", "data", "pages.next.starting_after"),
        ),
        (
            {"page[after]": TEXT, "page[size]": NUMBER},
            an_object(users=LIST, meta=an_object(has_more=FLAG, after_cursor=TEXT, before_cursor=TEXT)),
            ("cursor", "page[after]", "page[size]", "users", "meta.after_cursor"),
        ),
        (
            {"$skip": NUMBER, "$top": NUMBER},
            an_object(value=LIST, **{"@odata.nextLink": TEXT}),
            ("link", None, "$top", "value", "@odata.nextLink"),
        ),
        (
            {"page": NUMBER},
            an_object(count=NUMBER, next=URL, previous=URL, results=LIST),
            ("link", None, None, "results", "next"),
        ),
        (
            {"after": NUMBER, "before": NUMBER, "page_size": NUMBER},
            an_object(meta=an_object(cursor=an_object(after=NUMBER, before=NUMBER), things=LIST)),
            ("cursor", "after", "page_size", "meta.things", "meta.cursor.after"),
        ),
        (
            {"offset": NUMBER, "limit": NUMBER},
            an_object(data=LIST, pagination=an_object(offset=NUMBER, total=NUMBER)),
            ("offset", "offset", "limit", "data", None),
        ),
        (
            {"page": NUMBER, "count": NUMBER},
            an_object(files=LIST, paging=an_object(page=NUMBER, total=NUMBER)),
            ("page", "page", "count", "files", None),
        ),
        (
            {"after": TEXT, "limit": NUMBER},
            an_object(data=LIST, last_id=TEXT, has_more=FLAG),
            ("cursor", "after", "limit", "data", "last_id"),
        ),
        ({"offset": TEXT}, an_object(records=LIST, offset=TEXT), ("cursor", "offset", None, "records", "offset")),
        (
            {"page": TEXT, "limit": NUMBER},
            an_object(data=LIST, next_page=TEXT),
            ("cursor", "page", "limit", "data", "next_page"),
        ),
        (
            {"from": NUMBER, "limit": NUMBER},
            an_object(results=LIST, **{"from": NUMBER}, next=NUMBER),
            ("cursor", "from", "limit", "results", "next"),
        ),
        (
            {"continue": TEXT, "limit": NUMBER},
            an_object(items=LIST, metadata=an_object(**{"continue": TEXT})),
            ("cursor", "continue", "limit", "items", "metadata.continue"),
        ),
        (
            {"first": NUMBER, "after": TEXT},
            an_object(edges=LIST, nodes=LIST, pageInfo=an_object(endCursor=TEXT, hasNextPage=FLAG)),
            ("cursor", "after", "first", "nodes", "pageInfo.endCursor"),
        ),
        (
            {"offset": NUMBER, "limit": NUMBER},
            an_object(things=LIST, total=NUMBER),
            ("offset", "offset", "limit", "things", None),
        ),
        (
            {"offset": NUMBER, "limit": NUMBER},
            an_object(items=LIST, offset=NUMBER, next=URL),
            ("offset", "offset", "limit", "items", None),
        ),
        ({"skip": NUMBER, "take": NUMBER}, LIST, ("offset", "skip", "take", "", None)),
        (
            {"start": {"type": "integer", "default": 0}, "count": NUMBER},
            an_object(values=LIST),
            ("offset", "start", "count", "values", None),
        ),
        ({"page": NUMBER, "per_page": NUMBER}, LIST, ("page", "page", "per_page", "", None)),
        (
            {"page[number]": NUMBER, "page[size]": NUMBER},
            an_object(data=LIST, included=LIST),
            ("page", "page[number]", "page[size]", "data", None),
        ),
        (
            {"page": NUMBER},
            an_object(content=LIST, page=an_object(totalElements=NUMBER)),
            ("page", "page", None, "content", None),
        ),
        ({}, an_object(data=LIST, next_url=TEXT), ("link", None, None, "data", "next_url")),
        ({"limit": NUMBER}, an_object(results=LIST, next=URL), ("link", None, "limit", "results", "next")),
        (
            {},
            an_object(_embedded=an_object(orders=LIST), _links=an_object(next=an_object(href=TEXT))),
            ("link", None, None, "_embedded.orders", "_links.next.href"),
        ),
        ({}, an_object(data=LIST, links=an_object(next=TEXT, prev=TEXT)), ("link", None, None, "data", "links.next")),
        ({}, an_object(value=LIST, **{"@odata.nextLink": TEXT}), ("link", None, None, "value", "@odata.nextLink")),
        (
            {"after": TEXT, "before": TEXT},
            an_object(data=LIST, next=URL, cursors=an_object(after=TEXT)),
            ("link", None, None, "data", "next"),
        ),
    ],
)
def test_structure_tells_how_to_page(
    reading: Read, parameters: Json, answer: Json, expected: tuple[str, str | None, str | None, str, str | None]
) -> None:
    """Names of parameters and fields, in any case and depth, tell style, parameter, page length, list and next page."""
    found = reading(answer, parameters).api.operations[0].pagination

    assert found is not None
    following = ".".join(found.next_path) if found.next_path else None
    assert (found.style, found.request_param, found.limit_param, ".".join(found.items_path), following) == expected


@pytest.mark.parametrize(
    ("parameters", "answer"),
    [
        ({"cursor": TEXT}, an_object(data=LIST)),
        ({"after": TEXT, "before": TEXT, "limit": NUMBER}, LIST),
        ({"starting_after": TEXT}, an_object(data={"type": "array", "items": TEXT}, has_more=FLAG)),
        ({"page": NUMBER, "offset": NUMBER, "limit": NUMBER}, an_object(data=LIST)),
        ({"cursor": TEXT, "page": NUMBER}, an_object(data=LIST, next_cursor=TEXT)),
        ({"cursor": TEXT, "marker": TEXT}, an_object(data=LIST, next_cursor=TEXT, next_marker=TEXT, continuation=TEXT)),
        ({"cursor": TEXT}, an_object(first=LIST, second=LIST, next_cursor=TEXT)),
        ({"cursor": TEXT}, an_object(id=TEXT, next_cursor=TEXT)),
        ({"cursor": TEXT}, an_object(data=LIST, after=TEXT)),
        ({"page": {"type": "object"}, "limit": NUMBER}, LIST),
        ({"page": TEXT, "limit": NUMBER}, LIST),
        ({"page": NUMBER}, an_object(data=LIST)),
        ({"page": TEXT, "count": TEXT}, an_object(files=LIST, paging=an_object(page=NUMBER, total=NUMBER))),
        ({"page": {"type": "integer", "minimum": 0}, "limit": NUMBER}, LIST),
        ({"pageIndex": NUMBER, "limit": NUMBER}, LIST),
        ({"offset": {"type": "integer", "default": 1}, "limit": NUMBER}, LIST),
        ({"offset": NUMBER}, an_object(predictions=LIST)),
        ({"start": NUMBER, "count": NUMBER}, LIST),
        ({"start": {"type": "string", "format": "date-time"}, "limit": NUMBER}, LIST),
        ({"limit": NUMBER}, LIST),
        ({}, LIST),
        ({}, an_object(data=LIST, next=TEXT)),
        ({"after": {"type": "array", "items": TEXT}}, an_object(data=LIST, next_after=TEXT)),
    ],
)
def test_doubt_means_none(reading: Read, parameters: Json, answer: Json) -> None:
    """Where two readings are plausible, or a piece is missing, there is no pagination."""
    assert reading(answer, parameters).api.operations[0].pagination is None


@pytest.mark.parametrize(
    ("schema", "description", "first"),
    [
        ({"type": "integer", "default": 0}, "", 0),
        ({"type": "integer", "default": 1}, "", 1),
        ({"type": "integer", "default": [1]}, "", 1),
        (NUMBER, "Page number, zero-based", 0),
        (NUMBER, "The first page. [default=0]", 0),
        ({"type": "integer", "minimum": 0}, "Starts at 1", 1),
        (NUMBER, "", 1),
    ],
)
def test_the_first_page(reading: Read, schema: Json, description: str, first: int) -> None:
    """Pages count from 1 unless the default or the description says otherwise."""
    operation = {"parameters": [{"name": "page", "in": "query", "schema": schema, "description": description}]}
    found = reading(an_object(data=LIST, total=NUMBER), operation=operation).api.operations[0].pagination

    assert found is not None
    assert found.first_page == first


def test_the_last_items_id_where_there_is_no_other_token(reading: Read) -> None:
    """`starting_after` takes the last item's id if the answer says whether there is more."""
    parameters = {"starting_after": TEXT, "ending_before": TEXT, "limit": NUMBER}
    found = reading(an_object(data=LIST, has_more=FLAG), parameters).api.operations[0].pagination

    assert found is not None
    assert (found.next_path, found.id_path, found.has_more_path) == (None, ("id",), ("has_more",))


def test_a_declared_link_header_leads_on(reading: Read) -> None:
    """A list with a declared Link header is paged by it, whatever parameters there are; a single thing is not."""
    headers = {"link": {"schema": TEXT}}
    pages = {"page": NUMBER, "per_page": NUMBER}
    listed = reading(LIST, pages, headers=headers).api.operations[0]
    single = reading(an_object(name=TEXT, options=LIST), headers=headers).api.operations[0]

    assert listed.pagination is not None
    assert (listed.pagination.style, listed.pagination.next_path, listed.pagination.limit_param) == (
        "link",
        None,
        "per_page",
    )
    assert listed.pagination.origin == listed.responses[0].headers[0].span
    assert single.pagination is None


def test_references_and_all_of_are_looked_through(reading: Read) -> None:
    """Envelopes that are put together from parts, and that refer to themselves, are seen as a whole."""
    schemas = {
        "Page": an_object(meta={"$ref": "#/components/schemas/Meta"}),
        "Meta": {**an_object(next_token=TEXT, total_count=NUMBER), "allOf": [{"$ref": "#/components/schemas/Meta"}]},
        "Things": {"allOf": [{"$ref": "#/components/schemas/Page"}, an_object(things=LIST)]},
    }
    answer = {"$ref": "#/components/schemas/Things"}
    found = reading(answer, {"next_token": TEXT}, schemas=schemas).api.operations[0].pagination

    assert found is not None
    assert (found.items_path, found.next_path, found.total_path) == (
        ("things",),
        ("meta", "next_token"),
        ("meta", "total_count"),
    )


def test_bodies_page_too(reading: Read) -> None:
    """A search that takes its paging in the body is paged there; a union of number and text is a token."""
    body = an_object(filter=TEXT, limit=NUMBER, offset={"oneOf": [NUMBER, TEXT]})
    answer = an_object(result=an_object(points=LIST, next_page_offset={"oneOf": [NUMBER, TEXT, {"type": "null"}]}))
    found = reading(answer, method="post", body=body).api.operations[0].pagination

    assert found is not None
    assert (found.style, found.request_param, found.request_in) == ("cursor", "offset", "body")
    assert (found.limit_param, found.next_path) == ("limit", ("result", "next_page_offset"))


@pytest.mark.parametrize("other", [{"after": {"type": "string", "format": "date-time"}}, {"from": TEXT}])
def test_a_time_beside_a_counter_is_a_filter(reading: Read, other: Json) -> None:
    """Only what can be a place in a list makes it doubtful which parameter pages."""
    found = reading(LIST, {"offset": NUMBER, "limit": NUMBER, **other}).api.operations[0].pagination

    assert found is not None
    assert (found.style, found.request_param) == ("offset", "offset")


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_only_what_may_list_is_paged(reading: Read, method: str) -> None:
    """Operations that change things are not paged, whatever their parameters are called."""
    found = reading(an_object(data=LIST, next_cursor=TEXT), {"cursor": TEXT}, method=method)

    assert found.api.operations[0].pagination is None


def test_the_list_named_like_the_path_is_meant(reading: Read) -> None:
    """Of several lists, the one that the path names is the answer's subject, even where such a name is often aside."""
    answer = an_object(tags=LIST, things=LIST, next_cursor=TEXT)
    found = reading(answer, {"cursor": TEXT}, path="/v1/tags").api.operations[0].pagination

    assert found is not None
    assert found.items_path == ("tags",)


@pytest.mark.parametrize(
    ("path", "answer", "expected"),
    [
        ("/keys/{key}", {"_id": TEXT, "rules": LIST}, None),
        ("/keys/mine", {"id": TEXT, "rules": LIST}, None),
        ("/consents/{id}", {"permissions": LIST}, None),
        ("/consents/{id}", {"consent": LIST}, None),
        ("/consents", {"consent": LIST}, ("consent",)),
        ("/bills/of/{account}", {"bills": LIST}, ("bills",)),
        ("/owners/{owner}", {"values": LIST}, ("values",)),
    ],
)
def test_one_thing_with_a_list_inside_is_no_page(
    reading: Read, path: str, answer: dict[str, Json], expected: tuple[str, ...] | None
) -> None:
    """Many APIs have a `next` among the links of everything; where nothing is asked about pages, the list must fit."""
    found = reading(an_object(_links=an_object(next=an_object(href=URL)), **answer), path=path)
    pagination = found.api.operations[0].pagination

    assert expected == (pagination.items_path if pagination else None)


def test_the_origin_is_the_declaring_line(reading: Read) -> None:
    """A reading points at the parameter that declares it."""
    operation = reading(an_object(data=LIST, next_cursor=TEXT), {"cursor": TEXT}).api.operations[0]

    assert operation.pagination is not None
    assert operation.pagination.origin == operation.parameters[0].span
