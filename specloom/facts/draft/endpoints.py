"""The endpoints that documentation describes, each with the passages about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from specloom.facts.evidence import Place, lines_within, place
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from specloom.facts.whose import Ownership
    from specloom.model.passage import Document, Passage

METHODS: Final = "GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS"
TARGET: Final = (
    r"(?P<target>https?://[^\s\"'`<>|)\]]+"
    r"|/(?:\((?:\w+:)?\w+\)|[\w./:{}<>$*@,~%+-])*(?:\{[?&][^}]*\})?(?:\?[^\s\"'`|)\]]*)?)"
)
CALL: Final = re.compile(rf"(?<![\w/])`?(?P<method>{METHODS})`?[\s:|`]+{TARGET}")
CURL: Final = re.compile(r"\bcurl\b(?P<rest>(?:[^\n]|\\\n)*)")
CURL_METHOD: Final = re.compile(rf"(?:-X|--request)[ =]*[\"']?(?P<method>{METHODS})\b")
CURL_URL: Final = re.compile(r"https?://[^\s\"'\\<>]+")
CURL_BODY: Final = re.compile(r"(?:^|\s)(?:-d|--data(?:-raw|-binary)?|-F|--form|--json)\b")
LABELLED_METHOD: Final = re.compile(rf"^\W*(?:http )?method\W+(?P<method>{METHODS})\b", re.IGNORECASE)
LABELLED_URL: Final = re.compile(rf"^\W*(?:url|path|endpoint|uri)\W+?{TARGET}", re.IGNORECASE)
VARIABLE: Final = re.compile(
    r"^(?::(?P<colon>\w+)|<(?P<angle>[\w -]+)>|\$\{?(?P<dollar>\w+)\}?|\{(?P<brace>[\w.-]+)\}"
    r"|\((?:\w+:)?(?P<round>\w+)\))$"
)
EXAMPLE_ID: Final = re.compile(r"^(?:\d+|[0-9a-f]{16,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$")
"""What stands in the path of an example where the template has a variable."""
TEMPLATE_QUERY: Final = re.compile(r"\{[?&](?P<names>[^}]*)\}")
NOT_PATHS: Final = re.compile(r"\.(?:html?|md|png|jpe?g|svg|js|css)$|^//|^/$|^/\*")


@dataclass(slots=True)
class Endpoint:
    """A method and a path template, where it is named, and the passages that describe it."""

    method: str
    path: str
    heading: tuple[str, ...]
    places: list[Place] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    query: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells endpoints apart: the names of path variables do not."""
        return self.method, re.sub(r"\{[^}]*\}", "{}", self.path)


def endpoints(documents: Sequence[Document], whose: Ownership) -> list[Endpoint]:
    """Find every endpoint, in the order of the docs; passages go to the endpoint that stands before them."""
    found: dict[tuple[str, str], Endpoint] = {}
    for document in documents:
        current: Endpoint | None = None
        method = ""
        heading: tuple[str, ...] | None = None
        for passage in document.passages:
            if whose.old(passage) or whose.aside(passage):
                continue
            if passage.headings != heading:
                heading = passage.headings
                current = _in_heading(passage, found) or _still(current, heading)
            method = _labelled(passage) or method
            for made in _named(passage, method, whose):
                known = found.setdefault(made.key, made)
                known.places.extend(place for place in made.places if place not in known.places)
                known.query.extend(name for name in made.query if name not in known.query)
                if passage.kind is not PassageKind.TABLE:
                    current = known
            if current:
                current.passages.append(passage)
    return list(found.values())


def _still(current: Endpoint | None, heading: tuple[str, ...]) -> Endpoint | None:
    """Keep the endpoint while the headings stay below the one where it began."""
    return current if current and heading[: len(current.heading)] == current.heading else None


def _in_heading(passage: Passage, found: dict[tuple[str, str], Endpoint]) -> Endpoint | None:
    """Read `GET /ships` and `List ships [GET /ships{?page}]` in the last heading."""
    call = CALL.search(passage.headings[-1]) if passage.headings else None
    spot = Place(passage.path, passage.start, passage.start)
    made = next(_endpoint(call["method"], call["target"], passage, spot), None) if call else None
    return found.setdefault(made.key, made) if made else None


def _labelled(passage: Passage) -> str:
    found = LABELLED_METHOD.match(passage.text)
    return found["method"].upper() if found else ""


def _named(passage: Passage, method: str, whose: Ownership) -> Iterator[Endpoint]:
    """Yield the endpoints that a passage names as calls."""
    if passage.kind is PassageKind.CODE:
        yield from _in_code(passage, whose)
    elif passage.kind is PassageKind.TABLE:
        for row in passage.rows:
            if found := CALL.search(" ".join(row.cells)):
                spot = Place(passage.path, row.start, row.end)
                yield from _endpoint(found["method"], found["target"], passage, spot)
    elif (labelled := LABELLED_URL.match(passage.text)) and method:
        yield from _endpoint(method, labelled["target"], passage, place(passage)[0])
    elif (found := CALL.search(passage.text)) and found.start() < 40:
        yield from _endpoint(found["method"], found["target"], passage, place(passage)[0])


def _in_code(passage: Passage, whose: Ownership) -> Iterator[Endpoint]:
    text = passage.text
    request = re.match(rf"\s*(?P<method>{METHODS})\s+{TARGET}", text)
    if request and whose.calls(request["target"]):
        spot = lines_within(passage, re.compile(re.escape(request["target"])))
        yield from _endpoint(request["method"], request["target"], passage, spot)
    for curl in CURL.finditer(text):
        url = CURL_URL.search(curl["rest"])
        if url and whose.calls(url.group()) and not _token_call(url.group()):
            given = CURL_METHOD.search(curl["rest"])
            method = given["method"] if given else "POST" if CURL_BODY.search(curl["rest"]) else "GET"
            yield from _endpoint(
                method, url.group(), passage, lines_within(passage, re.compile(re.escape(url.group())))
            )


def _token_call(url: str) -> bool:
    return bool(re.search(r"/oauth|/token\b", url))


def _endpoint(method: str, target: str, passage: Passage, spot: Place) -> Iterator[Endpoint]:
    """Yield the endpoint that a call names, or nothing where its target is no path of an API."""
    plain = target.split("#", maxsplit=1)[0].rstrip(".,;:")
    query = [name for found in TEMPLATE_QUERY.finditer(plain) for name in re.findall(r"[\w.\[\]-]+", found["names"])]
    plain = TEMPLATE_QUERY.sub("", plain)
    if plain.startswith("http"):
        try:
            parts = urlsplit(plain)
        except ValueError:
            return
        plain, given = parts.path, parts.query
    else:
        plain, _, given = plain.partition("?")
    query += [pair.split("=", 1)[0] for pair in given.split("&") if "=" in pair]
    path = _unique("/" + "/".join(_segment(part) for part in plain.strip("/").split("/") if part))
    if path == "/" or NOT_PATHS.search(path) or len(path) > 300:
        return
    names = [name for name in query if re.fullmatch(r"[\w.\[\]-]+", name)]
    yield Endpoint(method.upper(), path, passage.headings, [spot], [], names)


def _unique(path: str) -> str:
    """Tell variables of one name apart: `/{id}/parts/{id}` becomes `/{id}/parts/{id_2}`."""
    seen: dict[str, int] = {}

    def named(found: re.Match[str]) -> str:
        seen[found[1]] = seen.get(found[1], 0) + 1
        return "{" + found[1] + (f"_{seen[found[1]]}" if seen[found[1]] > 1 else "") + "}"

    return re.sub(r"\{([^}]*)\}", named, path)


def _segment(part: str) -> str:
    """Write every notation of a variable as `{name}`."""
    found = VARIABLE.match(part)
    if EXAMPLE_ID.match(part):
        return "{id}"
    if not found:
        return re.sub(r"[{}<>]", "", part) if part.count("{") != part.count("}") else part
    name = next(group for group in found.groups() if group)
    return "{" + re.sub(r"\W+", "_", name).strip("_") + "}"
