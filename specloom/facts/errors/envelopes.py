"""What an answer tells of the page that it holds: its items, how many there are, whether and where it goes on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.errors.json_example import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOLDER: Final = re.compile(
    r"_?(?:meta(?:data)?|links?|paging|pagination|page_?info|page|cursors?|response_?meta(?:data)?|navigation|pager"
    r"|result_?info|list_?info|search_?meta(?:data)?)",
    re.IGNORECASE,
)
"""Objects that tell of a page."""
WRAPPER: Final = re.compile(r"data|results?|response|payload|body|_embedded|message|content", re.IGNORECASE)
"""Objects that a whole answer is put into."""
OTHER_TOTAL: Final = (
    r"(?:pages?|price|amount|cost|tax|paid|due|value|discount|weight|time|duration|size|bytes|score|balance|fees?"
    r"|credits?)"
)
WHERE: Final = r"(?:page|url|uri|link|href|cursor|token|offset|start|marker|key|id|results|number)"
ROLES: Final = {
    "total": re.compile(
        rf"(?:(?:estimated|hits|results?|records?|items?|search)_)?total(?:_(?!{OTHER_TOTAL})\w+|count)?"
        r"|(?:num|nb|number)_?(?:found|hits|of_(?:results|items|records))|(?:results?|records?|full|items?)_count"
    ),
    "has_next": re.compile(
        r"(?:has|have|is|get)_(?:more|next|additional)(?:_(?:pages?|results?|items?|data|records?))?|is_truncated"
        r"|more(?:_(?:results|items|data|records|pages|available))?|next_page_(?:available|exists)"
    ),
    "next": re.compile(rf"next(?:_{WHERE}){{0,2}}|nextlink|end_cursor|(?:continuation|cont)_token|scroll_id"),
    "prev": re.compile(rf"prev(?:ious)?(?:_{WHERE}){{0,2}}"),
}
"""Names in small letters with underscores; the first that fits has the role."""
COUNT: Final = re.compile(r"counts?|size", re.IGNORECASE)
"""The number of all items, or of those on the page; beside links to other pages it is likely to be the former."""
ITEMS: Final = re.compile(
    r"data|items?|results?|records?|entries|hits|docs|documents|objects|list|rows|values?|content|elements|resources"
    r"|collection|members?",
    re.IGNORECASE,
)
BESIDE: Final = re.compile(
    r"_?(?:links?|errors?|warnings?|facets?|included?s?|messages?|sorts?|sort_?\w+|aggregat\w+|filters?|fields|columns|meta|notices?"
    r"|pages?|request|query|args|params|suggest\w*|breadcrumbs?|schemas?)",
    re.IGNORECASE,
)
"""Lists that an answer has beside its items."""
DEEPEST: Final = 3
MOST_MEMBERS: Final = 40


def envelope(text: str) -> dict[str, str]:
    """Return the paths of an example answer by role; nothing where it is not one page of a list."""
    body = parsed(text)
    if not isinstance(body, dict) or len(body) > MOST_MEMBERS:
        return {}
    members = list(_members(body, "", 0))
    found: dict[str, str] = {}
    for path, value in members:
        name = _of_cursor(path) or role(path if "@" in path else path.rsplit(".", 1)[-1])
        if name and name not in found and _fits(name, value):
            found[name] = f"{path}.{link}" if (link := _link(value)) else path
    counts = [path for path, value in members if COUNT.fullmatch(path.rsplit(".", 1)[-1]) and type(value) is int]
    if "total" not in found and "prev" in found and len(counts) == 1:
        found["total"] = counts[0]
    items = _items(members)
    if not items or not found.keys() & {"total", "has_next", "next"}:
        return {}
    return {"items": items, **found}


def generic(path: str) -> bool:
    """Tell a name that items have whatever they are (`data`) from one that says what they are (`servers`)."""
    return bool(ITEMS.fullmatch(path.rsplit(".", 1)[-1]))


def role(name: str) -> str:
    """Return what a member of an answer tells of its page, by its name, or nothing."""
    plain = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[-.]", "_", name.removeprefix("@odata.")).lower().strip("_")
    return next((role for role, pattern in ROLES.items() if pattern.fullmatch(plain)), "")


def _of_cursor(path: str) -> str:
    """Read the two ways on from an object of cursors."""
    found = re.search(r"\bcursors?\.(after|before)$", path)
    return {"after": "next", "before": "prev"}[found[1]] if found else ""


def _members(body: Mapping[str, object], prefix: str, depth: int) -> Iterator[tuple[str, object]]:
    """Yield the members of an answer and of the objects in it that hold the page or tell of it."""
    for key, value in list(body.items())[:MOST_MEMBERS]:
        yield f"{prefix}{key}", value
        if isinstance(value, dict) and depth < DEEPEST and (HOLDER.fullmatch(key) or WRAPPER.fullmatch(key)):
            yield from _members(value, f"{prefix}{key}.", depth + 1)


def _fits(name: str, value: object) -> bool:
    if name == "has_next":
        return isinstance(value, bool) or value in {"true", "false", "boolean", "bool"}
    if name == "total":
        return (
            (type(value) is int)
            or (isinstance(value, str) and value.lower() in {"integer", "int", "number"})
            or (isinstance(value, str) and value.isdigit())
        )
    return value is None or isinstance(value, (str, int)) or bool(_link(value))


def _link(value: object) -> str:
    """Return the member of a link that holds its address."""
    if not isinstance(value, dict):
        return ""
    return next((key for key in value if re.fullmatch(r"href|url|uri", key, re.IGNORECASE)), "")


def _items(members: list[tuple[str, object]]) -> str:
    """Return the one list that is not beside the items, or the one that is called like them."""
    lists = [
        path for path, value in members if isinstance(value, list) and not BESIDE.fullmatch(path.rsplit(".", 1)[-1])
    ]
    named = [path for path in lists if ITEMS.fullmatch(path.rsplit(".", 1)[-1])]
    if len(lists) == 1:
        return lists[0]
    return named[0] if len(named) == 1 else ""
