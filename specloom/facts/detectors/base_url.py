"""Where the API is: the URL that every path is added to, for each environment or region."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from specloom.facts.evidence import Candidate, Detector, lines_within, place, statements
from specloom.facts.urls.addresses import INSTANCE, VERSION_PATH, is_endpoint, is_plain, opened
from specloom.facts.urls.base_examples import most_called, spelled_out
from specloom.facts.urls.base_hosts import bare_hosts, in_columns, of_environments
from specloom.facts.urls.base_made import candidate, unfilled
from specloom.facts.urls.base_url_words import (
    ABOUT,
    ADDRESS,
    ALONE,
    ASIDE,
    BASE_COLUMN,
    BASE_WORD,
    CALLED,
    ENVIRONMENT,
    ENVIRONMENT_ALONE,
    EXAMPLE_COLUMN,
    FOR_EXAMPLE,
    FROM_EXAMPLE,
    HEADING,
    LABEL,
    LEGACY,
    METHOD,
    METHOD_PATH,
    OF_CONTENT,
    OF_ENDPOINT,
    OF_PAGE,
    OF_REQUEST,
    OTHERS,
    OUR_URL,
    OWN_BASE,
    PATH_ONLY,
    POINTS_BACK,
    REST_OF_CALL,
    SERVER,
    SERVERS,
    SETTING,
    SHOWS,
    STATES,
    TITLE_OF_BASE,
    URL,
    VARIABLE,
    VERSIONED,
)
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Statement
    from specloom.model.passage import Passage
    from specloom.model.source import Json


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Find what the docs call the base; where nothing is called so, what most example calls begin with."""
    stated: list[Candidate] = []
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if _elsewhere(evidence, passage):
            continue
        stated.extend(_stated(evidence, passage))
    surer = {_host(candidate) for candidate in stated if candidate.strength > FROM_EXAMPLE}
    stated = [made for made in stated if made.strength > FROM_EXAMPLE or _host(made) not in surer]
    stated = unfilled(stated)
    yield from stated or _below_host(evidence)
    known = {_host(candidate) for candidate in stated}
    general = any("env" not in candidate.value for candidate in stated)
    pages = {spot.path for candidate in stated if "env" not in candidate.value for spot in candidate.places}
    shown = [p for p in evidence.passages if not _elsewhere(evidence, p)]
    for made in most_called(evidence, shown):
        if _host(made) not in known and (not general or pages.isdisjoint(spot.path for spot in made.places)):
            stated.append(made)
            yield made
    if not stated:
        yield from spelled_out(evidence, shown)


def _below_host(evidence: Evidence) -> Iterator[Candidate]:
    """Read the path of an API that everybody runs on a host of their own: `available at /graphql/`."""
    for statement in evidence.stated(ABOUT, DETECTOR.queries):
        found = PATH_ONLY.search(statement.text)
        if found and not URL.search(statement.text) and not OTHERS.search(statement.text):
            value: dict[str, Json] = {"url": found["path"]}
            yield Candidate(fact_kind="base_url", value=value, places=place(statement), strength=0.8)


def _host(candidate: Candidate) -> str:
    return urlsplit(str(candidate.value["url"])).netloc


def _elsewhere(evidence: Evidence, passage: Passage) -> bool:
    if (
        evidence.whose.aside(passage)
        or evidence.whose.old(passage)
        or evidence.whose.surface(passage) not in {"", "graphql"}
    ):
        return True
    if OWN_BASE.search(passage.text):
        return False
    return bool(OTHERS.search(passage.path) or (passage.headings and OTHERS.search(passage.headings[-1])))


def _stated(evidence: Evidence, passage: Passage) -> Iterator[Candidate]:
    yield from _assigned(evidence, passage)
    headed = _headed(passage) or _led(evidence, passage)
    headed = headed or bool(BASE_WORD.search(passage.term) or TITLE_OF_BASE.search(passage.term))
    before = evidence.before(passage)
    if _exemplified(evidence, passage) or (before and OF_CONTENT.search(before[0].text[-200:])):
        return
    if passage.kind is PassageKind.CODE or ALONE.fullmatch(passage.text):
        lines = [line for line in passage.text.split("\n") if line.strip()]
        labelled = _labelled(lines)
        if len(lines) <= 3 and (headed or _introduced(evidence, passage) or labelled):
            for found in URL.finditer(opened(passage.text)):
                if (
                    re.fullmatch(
                        r"\W*(?:(?:GET|POST|base_?url|url|server)\W+)?\S+\W*",
                        lines[-1 if labelled else 0],
                        re.IGNORECASE,
                    )
                    and is_plain(found["url"])
                    and not (is_endpoint(found["url"]) and INSTANCE.search(found["url"]))
                ):
                    spot = lines_within(passage, re.compile(re.escape(found["url"])))
                    base = _without_path(evidence, passage) or _shortened(evidence, passage, found["url"])
                    if base:
                        yield candidate(base, passage, spot, 0.88 if base == found["url"] else FROM_EXAMPLE)
        return
    said = False
    for statement in statements(passage):
        yield from of_environments(statement, headed=headed)
        yield from in_columns(statement)
        says = _says(statement.text) or bool(said and POINTS_BACK.match(statement.text))
        said = says and not URL.search(statement.text)
        labelled = bool(ENVIRONMENT.search(statement.text))
        if not (says or headed or labelled) or (OTHERS.search(statement.text) and not OWN_BASE.search(statement.text)):
            continue
        yield from _from_statement(evidence, statement, says=says)


def _headed(passage: Passage) -> bool:
    """Tell what stands below a heading about addresses, or below an environment under one."""
    if not passage.headings:
        return False
    within = ENVIRONMENT_ALONE.fullmatch(passage.headings[-1]) and any(map(HEADING.search, passage.headings[-2:-1]))
    return bool(HEADING.search(passage.headings[-1]) or within)


def _assigned(evidence: Evidence, passage: Passage) -> Iterator[Candidate]:
    """Read what a block calls the base: `QUAY_BASE_URL = "https://…"`, the servers of an OpenAPI document."""
    for found in SERVER.finditer(passage.text) if SERVERS.search(passage.text) else ():
        if is_plain(found["url"]) and evidence.whose.calls(found["url"]):
            spot = lines_within(passage, re.compile(re.escape(found["url"])))
            yield candidate(found["url"], passage, spot, 0.85, said=f"{found['of'] or ''} {found['url']}")
    for found in VARIABLE.finditer(passage.text) if passage.kind is PassageKind.CODE else ():
        if is_plain(found["url"]) and not is_endpoint(found["url"]) and evidence.whose.calls(found["url"]):
            spot = lines_within(passage, re.compile(re.escape(found["url"])))
            yield candidate(found["url"], passage, spot, 0.8)


def _says(text: str) -> bool:
    return bool(STATES.search(text) or STATES.search(ASIDE.sub("", text)))


def _without_path(evidence: Evidence, passage: Passage) -> str:
    """Cut the path that the words before give as that of an endpoint: `POST /boats/{boat}`."""
    whole = ADDRESS.search(passage.text)
    if not whole:
        return ""
    address = whole.group().rstrip(".,;:)`\"'")
    paths = [found["path"] for before in evidence.before(passage, 4) for found in METHOD_PATH.finditer(before.text)]
    path = next((path for path in paths if address.endswith(path)), "")
    return address.removesuffix(path) if path else ""


def _from_statement(evidence: Evidence, statement: Statement, *, says: bool) -> Iterator[Candidate]:
    text = opened(statement.text)
    if statement.row and (SETTING.fullmatch(statement.row.cells[0]) or _in_example(statement)):
        return
    urls = [
        found
        for found in URL.finditer(text)
        if is_plain(found["url"])
        and (text[found.end() :][:1] not in {"{", "<"} or REST_OF_CALL.match(text, found.end()))
    ]
    for found in urls[:3]:
        if not says and not (evidence.whose.calls(found["url"]) and (statement.row or "`" in text or len(text) < 160)):
            continue
        if is_endpoint(found["url"]) and not re.search(
            r"\bbase\b|\broot\b|graphql|\brelative to\b|\bprefix", text, re.IGNORECASE
        ):
            continue
        if _of_one_call(text, found):
            continue
        lead = ADDRESS.sub("it", text[max(0, found.start() - 160) : found.start()])
        if SHOWS.search(lead) or LEGACY.search(lead) or OF_PAGE.search(lead[-60:]) or OF_REQUEST.search(lead):
            continue
        yield candidate(found["url"], statement.passage, place(statement)[0], 0.92 if says else 0.8, said=text)
    if not urls:
        yield from bare_hosts(statement, says=says)


def _of_one_call(text: str, found: re.Match[str]) -> bool:
    """Tell the address of an endpoint, behind a method and longer than a base."""
    path = urlsplit(found["url"]).path.rstrip("/")
    base = VERSION_PATH.match(path)
    return bool(METHOD.search(text, max(0, found.start() - 12), found.start()) and base and base.group() != path)


def _in_example(statement: Statement) -> bool:
    """Tell a row whose only addresses stand in a column of examples."""
    cells = zip(statement.passage.header, statement.row.cells if statement.row else (), strict=False)
    addressed = [name for name, cell in cells if ADDRESS.search(cell)]
    return bool(addressed) and all(EXAMPLE_COLUMN.match(name) for name in addressed)


def _led(evidence: Evidence, passage: Passage) -> bool:
    """Tell whether a list or table follows words that announce the base: `Choose the base URL of your region:`."""
    if passage.kind not in {PassageKind.LIST_ITEM, PassageKind.TABLE}:
        return False
    if any(BASE_COLUMN.search(cell) for cell in passage.header):
        return True
    for before in reversed(evidence.before(passage, 8)):
        if before.kind is PassageKind.PARAGRAPH and before.headings == passage.headings:
            last = before.text.rsplit(". ", 1)[-1].strip()
            return last.endswith(":") and bool(BASE_WORD.search(last)) and not OTHERS.search(last)
    return False


def _exemplified(evidence: Evidence, passage: Passage) -> bool:
    """Tell a list of addresses that follows `For example`."""
    if passage.kind is not PassageKind.LIST_ITEM:
        return False
    before = (p for p in reversed(evidence.before(passage, 8)) if p.kind is not PassageKind.LIST_ITEM)
    return bool((lead := next(before, None)) and FOR_EXAMPLE.search(lead.text))


def _shortened(evidence: Evidence, passage: Passage, url: str) -> str:
    """Cut an address that is shown or introduced as that of one endpoint behind its version, or leave it out."""
    before = evidence.before(passage)
    parts = urlsplit(url)
    found = VERSION_PATH.match(parts.path)
    said = before[0].text[-200:] if before else ""
    called = bool(CALLED.match(passage.text)) and not BASE_WORD.search(said)
    versioned = bool(found and VERSIONED.search(found.group()))
    if FOR_EXAMPLE.search(said) and not versioned and is_endpoint(url):
        return ""
    if not (called or OF_ENDPOINT.search(said)) or not found or not (versioned or called):
        return url
    return f"{parts.scheme}://{parts.netloc}{found.group()}"


def _labelled(lines: list[str]) -> bool:
    """Tell an address below a line that calls it the endpoint."""
    return len(lines) > 1 and bool(LABEL.fullmatch(lines[0].strip())) and bool(ALONE.fullmatch(lines[-1]))


def _introduced(evidence: Evidence, passage: Passage) -> bool:
    before = evidence.before(passage)
    if not before or before[0].headings != passage.headings:
        return False
    said = before[0].text[-200:]
    return _says(said) or bool(OUR_URL.search(said))


DETECTOR: Final = Detector(
    fact_kind="base_url",
    summary="the URL that every path is added to",
    queries=(
        "base URL of the API: all requests are sent to this endpoint",
        "API endpoint for production, sandbox and regions",
    ),
    detect=detect,
)
