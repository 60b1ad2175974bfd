"""Where the API is: the URL that every path is added to, for each environment or region."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from specloom.facts.addresses import VERSION_PATH, is_endpoint, is_plain
from specloom.facts.base_examples import most_called
from specloom.facts.base_url_words import (
    ABOUT,
    ADDRESS,
    ALONE,
    BARE_HOST,
    BASE_COLUMN,
    BASE_WORD,
    CALLED,
    ENVIRONMENT,
    ENVIRONMENTS,
    FOR_EXAMPLE,
    FROM_EXAMPLE,
    HEADING,
    HOST_OF,
    LABEL,
    METHOD_PATH,
    OF_CALL,
    OF_CONTENT,
    OF_ENDPOINT,
    OTHERS,
    OUR_URL,
    OWN_BASE,
    PATH_ONLY,
    STATES,
    TOP_LEVEL,
    URL,
    VARIABLE,
    VERSIONED,
)
from specloom.facts.evidence import Candidate, Detector, lines_within, place, statements
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place, Statement
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
    yield from stated or _below_host(evidence)
    known = {_host(candidate) for candidate in stated}
    general = any("env" not in candidate.value for candidate in stated)
    pages = {spot.path for candidate in stated if "env" not in candidate.value for spot in candidate.places}
    shown = (p for p in evidence.passages if p.kind is PassageKind.CODE and not _elsewhere(evidence, p))
    for made in most_called(evidence, shown):
        if _host(made) not in known and (not general or pages.isdisjoint(spot.path for spot in made.places)):
            yield made


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
    headed = bool(passage.headings and HEADING.search(passage.headings[-1])) or _led(evidence, passage)
    headed = headed or bool(BASE_WORD.search(passage.term))
    before = evidence.before(passage)
    if _exemplified(evidence, passage) or (before and OF_CONTENT.search(before[0].text[-200:])):
        return
    if passage.kind is PassageKind.CODE or ALONE.fullmatch(passage.text):
        lines = [line for line in passage.text.split("\n") if line.strip()]
        labelled = _labelled(lines)
        if len(lines) <= 3 and (headed or _introduced(evidence, passage) or labelled):
            for found in URL.finditer(passage.text):
                if re.fullmatch(
                    r"\W*(?:(?:GET|POST|base_?url|url|server)\W+)?\S+\W*", lines[-1 if labelled else 0], re.IGNORECASE
                ) and is_plain(found["url"]):
                    spot = lines_within(passage, re.compile(re.escape(found["url"])))
                    base = _without_path(evidence, passage) or _shortened(evidence, passage, found["url"])
                    if base:
                        yield _candidate(base, passage, spot, 0.88 if base == found["url"] else FROM_EXAMPLE)
        return
    for statement in statements(passage):
        yield from _of_environments(statement)
        says = bool(STATES.search(statement.text))
        labelled = bool(ENVIRONMENT.search(statement.text))
        if not (says or headed or labelled) or (OTHERS.search(statement.text) and not OWN_BASE.search(statement.text)):
            continue
        yield from _from_statement(evidence, statement, says=says)


def _assigned(evidence: Evidence, passage: Passage) -> Iterator[Candidate]:
    """Read a variable of a program that is called the base: `QUAY_BASE_URL = "https://…"`."""
    for found in VARIABLE.finditer(passage.text) if passage.kind is PassageKind.CODE else ():
        if is_plain(found["url"]) and not is_endpoint(found["url"]) and evidence.whose.calls(found["url"]):
            spot = lines_within(passage, re.compile(re.escape(found["url"])))
            yield _candidate(found["url"], passage, spot, 0.8)


def _of_environments(statement: Statement) -> Iterator[Candidate]:
    """Read hosts behind their environments: `a staging environment (api.…)`."""
    for found in HOST_OF.finditer(statement.text):
        url = f"https://{found['host']}"
        if is_plain(url):
            yield _candidate(url, statement.passage, place(statement)[0], 0.85, said=found["env"] + " " + url)


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
    text = statement.text
    urls = [
        found for found in URL.finditer(text) if is_plain(found["url"]) and text[found.end() :][:1] not in {"{", "<"}
    ]
    for found in urls[:3]:
        if not says and not (evidence.whose.calls(found["url"]) and (statement.row or "`" in text or len(text) < 160)):
            continue
        if is_endpoint(found["url"]) and not re.search(
            r"\bbase\b|\broot\b|graphql|\brelative to\b|\bprefix", text, re.IGNORECASE
        ):
            continue
        tail = ADDRESS.sub("it", text[max(0, found.start() - 160) : found.start()])[-60:]
        if re.search(
            r"(?:\b(?:see|visit|dashboard|documentation|guide|example|such as|status page|pages?)\b|\be\.g\.)[^.]*$",
            tail,
            re.IGNORECASE,
        ):
            continue
        yield _candidate(found["url"], statement.passage, place(statement)[0], 0.92 if says else 0.8, said=text)
    if not urls:
        yield from _bare(statement, says=says)


def _bare(statement: Statement, *, says: bool) -> Iterator[Candidate]:
    """Read hosts without a scheme: in a row below a heading about addresses, or where a sentence says what they are."""
    text, passage = statement.text, statement.passage
    if not says:
        for one in BARE_HOST.finditer(text) if statement.row else ():
            if one["named"]:
                yield _candidate(
                    f"https://{one['named']}", passage, place(statement)[0], 0.8, said=_column(statement, one)
                )
        return
    bare = BARE_HOST.search(text)
    if bare and is_plain(f"https://{bare['host'] or bare['named']}"):
        yield _candidate(f"https://{bare['host'] or bare['named']}", passage, place(statement)[0], 0.85, said=text)
    for link in passage.links:
        if re.fullmatch(r"https://[\w.-]+/?", link) and urlsplit(link).netloc in text and is_plain(link):
            yield _candidate(link, passage, place(statement)[0], 0.8, said=text)


def _column(statement: Statement, found: re.Match[str]) -> str:
    """Return the address behind the name of its column."""
    at = statement.text[: found.start()].count(" | ")
    header = statement.passage.header
    return f"{header[at] if at < len(header) else ''} https://{found['named']}"


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
    return bool(STATES.search(said) or OUR_URL.search(said))


def _candidate(url: str, passage: Passage, spot: Place, strength: float, said: str = "") -> Candidate:
    plain = OF_CALL.sub("", url.replace("http(s)", "https").rstrip(".,;:/)`"))
    value: dict[str, Json] = {"url": plain}
    at = said.find(url)
    before = re.split(r"https?://\S+", said[max(0, at - 60) : at])[-1] if at >= 0 else ""
    heading = passage.headings[-1] if passage.headings and not said else ""
    near = f"{before} {heading} {TOP_LEVEL.sub('', plain)}".lower()
    env = next((name for name, pattern in ENVIRONMENTS if re.search(pattern, re.sub(r"[./_-]", " ", near))), "")
    if env and env != "production":
        value["env"] = env
    return Candidate(fact_kind="base_url", value=value, places=(spot,), strength=strength)


DETECTOR: Final = Detector(
    fact_kind="base_url",
    summary="the URL that every path is added to",
    queries=(
        "base URL of the API: all requests are sent to this endpoint",
        "API endpoint for production, sandbox and regions",
    ),
    detect=detect,
)
