"""How a version of the API is chosen: by path, header, media type or query parameter, and which is current."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Detector, about_webhooks, place, statements
from specloom.facts.requests.headers import HEADER
from specloom.facts.urls.version_advice import advice, general
from specloom.facts.urls.version_made import based, candidate, spot_of, titled
from specloom.facts.urls.version_words import (
    ABOUT,
    ACCEPT,
    ADVISED,
    ANSWERED,
    ASKED,
    CURRENT,
    HEADER_PAIR,
    HEADING,
    IN_PATH,
    LABEL,
    NOT_API,
    NUMBER,
    PATH_NUMBER,
    PATH_TALK,
    PATH_VERSION,
    PLAIN_HEADER,
    PLAIN_PAIR,
    PREFIXED,
    QUERY,
    QUERY_NAME,
    RECOMMENDED,
    ROOT_OF,
    SELECTS,
    TO_PATH,
    UNMARKED,
    VERSION_HEADER,
    VERSION_WORD,
)
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Candidate, Evidence, Place, Statement
    from specloom.model.passage import Passage
    from specloom.model.source import Json

MARKED: Final = 100
"""How many examples the word of a table outweighs."""


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Headers and media types speak for themselves; a path counts when the docs speak of versions in it."""
    if any(map(general, evidence.passages)):
        return
    current: dict[str, list[Place]] = {}
    headers: dict[str, list[Place]] = {}
    values: dict[str, int] = {}
    paths: dict[str, list[Place]] = {}
    talk: list[Place] = []
    accepts: dict[str, list[Place]] = {}
    queries: dict[str, list[Place]] = {}
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if (
            evidence.whose.aside(passage)
            or evidence.whose.old(passage)
            or evidence.whose.surface(passage)
            or about_webhooks(passage)
            or advice(passage)
        ):
            continue
        _read_pairs(passage, headers, values)
        for found in ACCEPT.finditer(passage.text) if _about_versions(evidence, passage) else ():
            label = found["version"] or found["number"] or found["bare"] or found["plain"] or found["own"] or ""
            accepts.setdefault(label, []).append(spot_of(passage, found))
        _read_queries(passage, queries)
        if passage.kind is PassageKind.CODE:
            continue
        _read_rows(passage, headers, values)
        _read_marked(passage, values)
        for statement in statements(passage):
            _read(statement, current, headers, talk)
    paths = _path_versions(evidence)
    facts = list(_facts(current, (headers, values), (paths, talk), (accepts, queries)))
    yield from facts or list(titled(evidence)) or based(evidence.stated(ABOUT, DETECTOR.queries))


def _about_versions(evidence: Evidence, passage: Passage) -> bool:
    """Tell whether words near a media type speak of versions; a format's own name may carry one, too."""
    near = (*evidence.before(passage, 2), passage, *evidence.after(passage, 2))
    words = [*passage.headings, *(p.text for p in near if p.kind is not PassageKind.CODE)]
    return any(VERSION_WORD.search(text) for text in words) and not any(ADVISED.search(text) for text in words)


def _tool(name: str) -> bool:
    return bool(re.search(r"sdk|python|client|app|agent|node|browser|tls|webhook|http|mime|if-", name, re.IGNORECASE))


def _read_pairs(passage: Passage, headers: dict[str, list[Place]], values: dict[str, int]) -> None:
    """Read `Name: value` where the name is that of a header for versions; a plain name only lends its value."""
    for found in HEADER_PAIR.finditer(passage.text):
        name, value = found["name"], found["value"]
        if VERSION_HEADER.match(name) and not _tool(name) and (name[0].isupper() or "api" in name.lower()):
            headers.setdefault(name, []).append(spot_of(passage, found))
            values[value] = values.get(value, 0) + bool(re.fullmatch(LABEL + r"|\d+(?:\.\d+)?", value))
    for found in PLAIN_PAIR.finditer(passage.text):
        values[found["value"]] = values.get(found["value"], 0) + 1


def _read(
    statement: Statement, current: dict[str, list[Place]], headers: dict[str, list[Place]], talk: list[Place]
) -> None:
    text, passage = statement.text, statement.passage
    if NOT_API.search(text) or statement.row:
        return
    headed = bool(HEADING.search(" ".join(passage.headings)))
    if headed or VERSION_WORD.search(text) or re.search(r"\bapi\b", text, re.IGNORECASE):
        for pattern in CURRENT:
            found = pattern.search(text)
            if found and (headed or "api" in text.lower() or re.fullmatch(r"v\d+", found["v"])):
                current.setdefault(found["v"], []).append(place(statement)[0])
                break
    answered = ANSWERED.search(text) and "request" not in text.lower()
    if not answered and re.search(r"\bheader", text, re.IGNORECASE) and (headed or SELECTS.search(text)):
        for name in _named_headers(text, headed=headed):
            headers.setdefault(name, []).append(place(statement)[0])
    if found := IN_PATH.search(text) or ROOT_OF.search(text) or PREFIXED.search(text):
        current.setdefault(found["v"], []).append(place(statement)[0])
        talk.append(place(statement)[0])
    if (PATH_TALK.search(HEADER.sub("", text)) and (headed or "api" in passage.text.lower())) or (
        headed and TO_PATH.search(text)
    ):
        talk.append(place(statement)[0])


def _read_queries(passage: Passage, queries: dict[str, list[Place]]) -> None:
    """Read the version in the query of an address, or of a sentence that asks for it there."""
    for found in QUERY.finditer(passage.text):
        if found["name"].lower() != "version" or HEADING.search(" ".join(passage.headings)):
            queries.setdefault(f"{found['name']}={found['value'] or ''}", []).append(spot_of(passage, found))
    for statement in statements(passage) if passage.kind is not PassageKind.CODE else ():
        for pair in _named_queries(statement):
            queries.setdefault(pair, []).append(place(statement)[0])


def _named_queries(statement: Statement) -> Iterator[str]:
    yield from (f"{found['name']}={found['value']}" for found in ASKED.finditer(statement.text))
    if statement.row is None and HEADING.search(" ".join(statement.passage.headings)):
        yield from (f"{found['name'] or found['before']}=" for found in QUERY_NAME.finditer(statement.text))


def _named_headers(text: str, *, headed: bool) -> Iterator[str]:
    if headed:
        yield from (found["name"] or found["called"] for found in PLAIN_HEADER.finditer(text))
    yield from (found[1] for found in HEADER.finditer(text) if VERSION_HEADER.match(found[1]) and not _tool(found[1]))


def _read_rows(passage: Passage, headers: dict[str, list[Place]], values: dict[str, int]) -> None:
    for statement in statements(passage):
        for name, value in _row(statement):
            headers.setdefault(name, []).append(place(statement)[0])
            values[value] = values.get(value, 0) + bool(value)


def _read_marked(passage: Passage, values: dict[str, int]) -> None:
    """Count the one version that a table of versions calls the current or the recommended one."""
    if not HEADING.search(" ".join([*passage.header[:1], *passage.headings[-1:]])):
        return
    marked = [
        row.cells[0].strip("`*\"' ")
        for row in passage.rows
        if RECOMMENDED.search(said := " ".join(row.cells[1:])) and not UNMARKED.search(said)
    ]
    if len(marked) == 1 and re.fullmatch(LABEL, marked[0]):
        values[marked[0]] = values.get(marked[0], 0) + MARKED


def _row(statement: Statement) -> list[tuple[str, str]]:
    """Read the header that carries the version, and the version in that row, from a table of request headers."""
    row, passage = statement.row, statement.passage
    if not row or not re.search(
        r"\bheaders?\b", " ".join([*passage.header[:1], *passage.headings[-1:]]), re.IGNORECASE
    ):
        return []
    name = row.cells[0].strip("`*\"' ")
    if not VERSION_HEADER.match(name) or "-" not in name or NOT_API.search(statement.text) or _tool(name):
        return []
    if re.search(r"\brespon|\breturned", " ".join([*passage.headings[-1:], statement.text]), re.IGNORECASE):
        return []
    labels = re.findall(rf"\b{LABEL}\b", " ".join(row.cells[1:])) or [
        cell for cell in (cell.strip("`*\"' ") for cell in row.cells[1:]) if NUMBER.fullmatch(cell)
    ]
    return [(name, labels[0] if len(set(labels)) == 1 else "")]


def _path_versions(evidence: Evidence) -> dict[str, list[Place]]:
    """Count the versions in the paths of called URLs."""
    out: dict[str, list[Place]] = {}
    for passage in evidence.passages:
        if evidence.whose.old(passage) or evidence.whose.aside(passage):
            continue
        text = passage.text if passage.kind is PassageKind.CODE else " ".join(re.findall(r"`[^`]*`", passage.text))
        for pattern in (PATH_VERSION, PATH_NUMBER):
            for found in pattern.finditer(text):
                out.setdefault(found["v"], []).append(spot_of(passage, found))
    return out


def _facts(
    current: dict[str, list[Place]],
    headed: tuple[dict[str, list[Place]], dict[str, int]],
    pathed: tuple[dict[str, list[Place]], list[Place]],
    others: tuple[dict[str, list[Place]], dict[str, list[Place]]],
) -> Iterator[Candidate]:
    headers, values = headed
    accepts, queries = others
    label = max(current, key=lambda v: len(current[v]), default="")
    if headers:
        name = max(headers, key=lambda n: len(headers[n]))
        seen = max((v for v in values if values[v]), key=lambda v: (v == label, values[v], v), default="")
        yield candidate(
            "header", {"header": name, **_current(label or seen)}, [*headers[name], *current.get(label, [])], 0.9
        )
    if accepts:
        version = max(accepts, key=lambda v: (v == label, len(accepts[v])))
        of_type: dict[str, Json] = {"header": "Accept", **_current(version), "in": "media_type"}
        yield candidate("header", of_type, accepts[version], 0.7 if headers else 0.8)
    if queries:
        pair = max(queries, key=lambda q: (not q.endswith("="), len(queries[q])))
        name, value = pair.split("=", 1)
        yield candidate("query", {"param": name, **_current(label or value)}, queries[pair], 0.75)
    yield from _in_path(current, *pathed, alone=not (headers or accepts or queries))


def _in_path(
    current: dict[str, list[Place]], paths: dict[str, list[Place]], talk: list[Place], *, alone: bool
) -> Iterator[Candidate]:
    """Read the version in paths; beside another way only where the docs speak of it."""
    label = max(current, key=lambda v: len(current[v]), default="")
    if label and (talk or (alone and paths.keys() & {label, f"v{label}", label.removeprefix("v")})):
        shown = label if label in paths or f"v{label}" not in paths else f"v{label}"
        yield candidate("path", {"current": shown}, [*current[label], *talk, *paths.get(shown, [])[:2]], 0.88)
    elif talk and paths:
        versions = sorted(paths, key=lambda v: -len(paths[v]))
        known: dict[str, Json] = {"current": versions[0]} if len(versions) == 1 else {}
        yield candidate("path", known, [*talk, *paths[versions[0]][:1]], 0.78)


def _current(label: str) -> dict[str, Json]:
    return {"current": label} if label else {}


DETECTOR: Final = Detector(
    fact_kind="versioning",
    summary="how the version of the API is chosen",
    queries=("API versioning: version header, version in the URL path, current version of the API",),
    detect=detect,
)
