"""What the names of parameters and fields say about paging, in whatever case and notation they are written.

Every name was met in a public API. A name that often means something else is not here, or only with a condition.
"""

from __future__ import annotations

import re
from typing import Final

_BORDER: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")


def plain(name: str) -> str:
    """Return `name` in lower case with `_` between its words: `pageToken` and `page[token]` are `page_token`."""
    return _BORDER.sub("_", name[:80]).strip("_").lower()


CURSOR: Final = frozenset(
    {
        "after",
        "after_cursor",
        "after_id",
        "bookmark",
        "continuation",
        "continuation_token",
        "continue",
        "cursor",
        "exclusive_start_key",
        "last_evaluated_key",
        "marker",
        "next_cursor",
        "next_marker",
        "next_page_cursor",
        "next_page_token",
        "next_token",
        "page_after",
        "page_cursor",
        "page_state",
        "page_token",
        "pagetoken",
        "pagination_cursor",
        "pagination_token",
        "paging_token",
        "resume_token",
        "scroll_id",
        "start_after",
        "start_cursor",
        "start_token",
        "starting_after",
        "starting_token",
    }
)
"""Parameters that say after what to go on."""

BACKWARD: Final = frozenset({"before", "before_cursor", "before_id", "ending_before", "page_before", "prev_cursor"})
"""Parameters that go the other way; beside one of them it is doubtful which way the cursors go."""

OFFSET: Final = frozenset(
    {"offset", "page_offset", "skip", "start_at", "first_result", "result_offset", "start_offset"}
)
"""Parameters that count items to skip."""

WEAK_OFFSET: Final = frozenset({"start", "from", "start_index"})
"""Parameters that count items to skip only if they are integers beside a limit and begin with 0."""

PAGE: Final = frozenset({"page", "page_number", "page_no", "page_num", "pagenumber", "current_page"})
"""Parameters that count pages."""

WEAK_PAGE: Final = frozenset({"page_index", "p", "pg"})
"""Parameters that count pages only beside a limit, and from a first page that the description gives."""

LIMIT: Final = (
    "limit",
    "page_size",
    "per_page",
    "pagesize",
    "perpage",
    "page_limit",
    "max_results",
    "maxresults",
    "max_page_size",
    "results_per_page",
    "items_per_page",
    "max_items",
    "max_records",
    "num_results",
    "size",
    "first",
    "take",
    "top",
    "rows",
    "count",
)
"""Parameters that say how many items a page has; where there are several, the earlier name is meant."""

NEXT: Final = frozenset(
    {
        "after_cursor",
        "continuation",
        "continuation_token",
        "continue",
        "end_cursor",
        "last_evaluated_key",
        "next_bookmark",
        "next_continuation_token",
        "next_cursor",
        "next_key",
        "next_marker",
        "next_offset",
        "next_page_cursor",
        "next_page_offset",
        "next_page_token",
        "next_pagination_token",
        "next_start_cursor",
        "next_token",
        "page_token",
        "pagination_token",
        "scroll_id",
    }
)
"""Fields of an answer that say how to ask for the next page."""

WEAK_NEXT: Final = frozenset({"cursor", "bookmark", "after", "next", "next_page", "marker", "last_id", "next_after"})
"""Fields that do so only in a fitting place: beside the list, or in an object about paging."""

NEXT_URL: Final = frozenset(
    {
        "next_href",
        "next_link",
        "next_page_link",
        "next_page_uri",
        "next_page_url",
        "next_records_url",
        "next_uri",
        "next_url",
        "odata_next_link",
    }
)
"""Fields of an answer that hold the next page's URL."""

SERVER_DRIVEN: Final = frozenset({"next_link", "odata_next_link"})
"""Those of them whose convention forbids clients to count for themselves (OData 4.01, "Server-Driven Paging")."""

HAS_MORE: Final = frozenset({"has_more", "has_next", "has_next_page", "more", "more_results", "has_more_items"})
"""Fields that tell whether there is a next page."""

TOTAL: Final = frozenset(
    {"total", "total_count", "total_items", "total_results", "total_records", "total_elements", "total_entries"}
)
"""Fields that count the items of all pages together."""

ENVELOPES: Final = frozenset(
    {
        "body",
        "collection",
        "cursor",
        "cursors",
        "data",
        "embedded",
        "hits",
        "info",
        "links",
        "list",
        "meta",
        "metadata",
        "next",
        "next_page",
        "page",
        "page_info",
        "page_metadata",
        "pageinfo",
        "pager",
        "pages",
        "pagination",
        "pagination_info",
        "paging",
        "paging_info",
        "payload",
        "response",
        "response_metadata",
        "result",
        "result_info",
        "results",
    }
)
"""Objects around a list, or about paging; only these are looked into."""

ABOUT_PAGING: Final = frozenset(
    {
        "cursor",
        "cursors",
        "links",
        "next_page",
        "page_info",
        "pageinfo",
        "pager",
        "pages",
        "pagination",
        "pagination_info",
        "paging",
    }
    | {"page_metadata", "paging_info", "response_metadata", "result_info", "meta", "metadata", "page"}
)
"""Those of them that are about paging."""

ITEMS: Final = (
    "data",
    "items",
    "results",
    "result",
    "value",
    "values",
    "records",
    "entries",
    "elements",
    "nodes",
    "edges",
    "list",
    "content",
    "hits",
    "objects",
    "resources",
    "rows",
    "docs",
    "documents",
)
"""What lists are called whatever is in them."""

IDS: Final = frozenset({"id", "key", "uuid"})
"""Fields that only one thing has, and no page of things."""

BESIDES: Final = frozenset(
    {"errors", "error", "warnings", "links", "messages", "facets", "aggregations", "notices", "included", "includes"}
    | {"columns", "fields", "filters", "sort", "schema", "suggestions", "tags", "alerts", "not_found", "invalid"}
)
"""What lists beside the items are called."""
