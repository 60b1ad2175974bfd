"""Credentials where docs show requests by their parts: tables of headers, a lone header, fields of a body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.access.credential_examples import CREDENTIAL, NOT_CREDENTIAL, authorization
from specloom.facts.evidence import Candidate, lines_within, place
from specloom.facts.speech import tongues
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence, Place, Statement
    from specloom.model.passage import Passage
    from specloom.model.source import Json

HEADER_COLUMN: Final = re.compile(
    r"\W*(?:(?:http|request|custom)\s+)*headers?(?:\s+(?:name|field|key))?\W*", re.IGNORECASE
)
OF_KEY: Final = re.compile(
    r"\b(?:api|access|secret|auth\w*|application|app|your|the|user)[\s_-]?(?:\w+ )?(?:keys?|tokens?)\b"
    r"|\bcredentials?\b",
    re.IGNORECASE,
)
NAME_COLUMN: Final = re.compile(rf"^\W*(?:name|field|param)|{tongues.PARAMETER}", re.IGNORECASE)
SIGNATURES: Final = frozenset({"sign", "sig", "signature"})
RECEIVED: Final = re.compile(r"\brespon|\breturn|web-?hook|callback|deliver|notif|rate|limit", re.IGNORECASE)
LINE: Final = re.compile(r"\W*(?P<name>[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+)\s*:\s*(?P<value>\S+(?: \S+){0,3})")
LEADS: Final = re.compile(r"\bheaders?\b[^.]*:\W*$", re.IGNORECASE)
BODY: Final = (
    r"(?:(?:the|your|each|every|an?)\s+)*(?:(?:request|json|post|http|form)\s+)*"
    r"(?:body|payload|form[- ]data|form fields?|(?<=json )(?:document|object))\b"
)
FIELD: Final = (
    r"(?P<name>(?:\w+_)?(?:api_?key|api_?token|access_?token|access_?key|auth_?token|auth_?key|apikey|token))"
)
FIELD_ALSO: Final = FIELD.replace("<name>", "<field>")
IN_BODY: Final = re.compile(
    rf"[`\"'*]+{FIELD}[`\"'*]+\s+(?:(?:fields?|param(?:eter)?s?|propert(?:y|ies)|attributes?|keys?)\s+)?"
    rf"(?:in|of|to|inside|within|as(?: part of)?)\s+{BODY}"
    rf"|\b(?:form|x-www-form-urlencoded)`?[\s-]+(?:body\s+)?(?:param(?:eter)?|field)s?\W{{1,4}}{FIELD_ALSO}\s*=",
    re.IGNORECASE,
)
"""`the api_key field in the JSON body`"""
EACH: Final = re.compile(
    r"\b(?:every|each|all|any)\b[^.]{0,20}\b(?:requests?|calls?)\b|\bauthenticat|\byour (?:\w+ )?(?:key|token)\b",
    re.IGNORECASE,
)
KEY_IN_BODY: Final = re.compile(rf"\b(?:key|token)\b[^.;]{{0,20}}\bin\s+{BODY}", re.IGNORECASE)
EXCHANGE: Final = re.compile(
    r"grant|oauth|client[\s_-]secret|refresh|revoke|log ?(?:in|out)\b|web-?hook", re.IGNORECASE
)
ASSIGNED: Final = re.compile(rf"(?:^|[\s{{,\"'])[\"']?{FIELD}[\"']?\s*[:=]", re.IGNORECASE | re.MULTILINE)

KEY_IN_PATH: Final = re.compile(
    r"https?://[^\s`?<>{}\[\]]{1,200}/(?P<name>(?i:token|key|api[_-]?key|access[_-]?token))/"
    r"(?:[A-Z]+(?:_[A-Z]+)+|[{<\[:$]\W?[A-Za-z _-]*(?i:token|key)\b[}>\]]?)/\w"
)
"""An address with a place for the key: `https://api.acme.com/token/YOUR_TOKEN/send`."""


def in_path(statement: Statement) -> Iterator[Candidate]:
    """Read the key that is a part of every address, in a section about authentication."""
    if found := KEY_IN_PATH.search(statement.text):
        value: dict[str, Json] = {"type": "apiKey", "in": "path", "name": found["name"]}
        yield Candidate(fact_kind="auth", value=value, places=place(statement), strength=0.75)


def signs(passage: Passage) -> bool:
    """Tell a table of the parameters that every signed call has: the key beside a signature of everything."""
    firsts = {row.cells[0].strip("`*\"' ").lower() for row in passage.rows if row.cells}
    named = bool(passage.header) and bool(NAME_COLUMN.search(passage.header[0]))
    return (
        named and bool(firsts & SIGNATURES) and not re.search(r"header", " ".join(passage.headings[-1:]), re.IGNORECASE)
    )


def in_table(statement: Statement, *, headed: bool) -> Iterator[Candidate]:
    """Read the row of a table of request headers that names the one for the key."""
    passage, cells = statement.passage, statement.row.cells if statement.row else ()
    at = next((at for at, name in enumerate(passage.header) if HEADER_COLUMN.fullmatch(name)), -1)
    if not 0 <= at < len(cells) or RECEIVED.search(" ".join(passage.headings[-1:])):
        return
    name, rest = cells[at].strip("`*\"': "), [cell for place_of, cell in enumerate(cells) if place_of != at]
    if name.lower() == "authorization":
        made = next(
            filter(None, (authorization(cell.strip("`*\"' ")) for cell in rest if len(cell.split()) == 2)), None
        )
    else:
        told = headed or bool(OF_KEY.search(" ".join(rest)))
        fits = "-" in name and CREDENTIAL.search(name) and not NOT_CREDENTIAL.search(name)
        made = {"type": "apiKey", "in": "header", "name": name} if told and fits else None
    if made:
        yield Candidate(fact_kind="auth", value=made, places=place(statement), strength=0.85 if headed else 0.8)


def on_line(evidence: Evidence, statement: Statement) -> Iterator[Candidate]:
    """Read a header on a line of its own behind `add this header:`, in a section about authentication."""
    found = LINE.fullmatch(statement.text.rstrip("`*\"' "))
    before = evidence.before(statement.passage)
    if not found or not before or not LEADS.search(before[0].text) or RECEIVED.search(before[0].text):
        return
    if CREDENTIAL.search(found["name"]) and not NOT_CREDENTIAL.search(found["name"]):
        value: dict[str, Json] = {"type": "apiKey", "in": "header", "name": found["name"]}
        yield Candidate(fact_kind="auth", value=value, places=place(statement), strength=0.85)


def in_body(evidence: Evidence, passage: Passage) -> Iterator[Candidate]:
    """Read the field of a body that holds the key, in a sentence or in a block behind `put the key in the body`."""
    if EXCHANGE.search(" ".join([*passage.headings[-1:], passage.text])):
        return
    if passage.kind is not PassageKind.CODE:
        found = IN_BODY.search(passage.text)
        if found and (found["field"] or EACH.search(passage.text)):
            yield _field(found["name"] or found["field"], place(passage)[0])
        return
    before = evidence.before(passage)
    found = ASSIGNED.search(passage.text) if before and KEY_IN_BODY.search(before[0].text[-200:]) else None
    if found:
        yield _field(found["name"], lines_within(passage, re.compile(re.escape(found["name"])), room=1))


def _field(name: str, spot: Place) -> Candidate:
    value: dict[str, Json] = {"type": "apiKey", "in": "body", "name": name}
    return Candidate(fact_kind="auth", value=value, places=(spot,), strength=0.8)
