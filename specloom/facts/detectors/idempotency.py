"""How a repeated request is recognised: the key's place, its name, and how long it is remembered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import Candidate, Detector, Place, place, statements
from specloom.facts.speech import tongues
from specloom.facts.speech.amounts import duration
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage
    from specloom.model.source import Json

ABOUT: Final = re.compile(
    rf"idempoten|{tongues.IDEMPOTENCE}"
    r"|de-?duplicat|repeated (?:requests?|calls?) with the same"
    r"|duplicate (?:request|charge|order|payment|message|submission|transfer|transaction)s?"
    r"|safe(?:ly)? retr|\btwice\b|exactly[- ]once|transaction id\b|\btxn_?id\b|client[_ -]?(?:request"
    r"|token|reference)[_ -]?id|\bnonce\b|\balready (?:been )?(?:completed|processed|executed)\b"
    r"|\bwith the same `",
    re.IGNORECASE,
)
IDEMPOTENT: Final = re.compile(
    rf"idempoten|{tongues.IDEMPOTENCE}"
    r"|de-?duplicate\b|repeated (?:requests?|calls?) with the same"
    r"|safely retr|(?:avoid|prevent)[^.]{0,50}duplicat|duplicate (?:request"
    r"|charge|order|payment|transfer|transaction|message)s?|same (?:\w+ )?(?:request|operation|payment|order"
    r"|charge|transfer|resource|message|call) (?:twice"
    r"|more than once)|not be (?:processed|executed|created|performed|sent) (?:twice|again)"
    r"|\bignor\w+[^.]{0,40}\b(?:request|call)[^.]{0,30}\balready (?:been )?(?:completed|processed|executed)\b"
    r"|\b(?:re-?transmi\w+|re-?tr(?:y|ies)|re-?sen\w+|requests?|calls?)\b with (?:the|an?) (?:same|known|repeated)"
    r" [\w ]{0,30}(?:id|key|token|identifier)\b[^.]{0,40}\b(?:ignored|no effect|not (?:be )?(?:repeated|processed))",
    re.IGNORECASE,
)
KEY_NAME: Final = re.compile(
    r"[`\"'(]?\b(?P<name>(?:[A-Za-z]+[-_]){0,5}idempoten(?:cy|t)(?:[-_]?(?:key|token"
    r"|id|guid))?(?:[-_](?:key|token|id))?|(?:X-)?Request-Id|[A-Za-z]+-Request-Id"
    r"|(?:client|customer|merchant|external|partner|unique|your)_?(?:transaction|request|reference|order"
    r"|operation|payment|message|resource)_?id|(?:[A-Za-z0-9]+-){1,4}De-?dup(?:lication|e)?-(?:Id|Key|Token)"
    r"|client_?(?:request_?)?token|client_?request_?id|clientToken|ClientRequestToken|"
    r"request_?(?:id|token)|requestId|transaction_?id"
    r"|txn_?id|txnId|unique_?(?:request_?)?(?:id|key)|dedup(?:lication|e)?_?(?:id|key|token)"
    r"|nonce|reference_?id|external_?id|custom_?id)\b(?!-)",
    re.IGNORECASE,
)
SAME: Final = re.compile(r"\bthe same `(?P<name>[A-Za-z][\w-]{2,40})`")
"""The name of what tells that a call is a repetition, whatever it is called: ``with the same `client_ref` ``."""
NO_KEY: Final = re.compile(r"nonce|time_?stamp|url|uri|token|ip|email|name", re.IGNORECASE)
HEADED: Final = re.compile(
    r"idempoten|de-?duplicat|\bduplicate (?:requests?|calls?|orders?|payments?)|\bsafe(?:ly)? retr", re.IGNORECASE
)
ASKED: Final = re.compile(r"\b(?:send|set|add|include|provide|pass|use|attach)\b[^.]{0,80}\bheader\b", re.IGNORECASE)
MARKS: Final = re.compile(
    r"\b(?:(?:make|perform|mark|send|submit|execute)\b[^.]{0,20}\bidempotent\b[^.]*\bheaders?\b"
    r"|(?:idempoten|de-?duplicat)\w+[^.]{0,80}\b(?:provid|pass|add|includ|set|send)\w*\b[^.]*\bheaders?\b)",
    re.IGNORECASE,
)
ANY_HEADER: Final = re.compile(r"`([A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+)(?::[^`]*)?`")
OTHER_HEADER: Final = re.compile(
    r"(?:content|accept|authorization|if|retry|x-?rate|cache|user)-|.*(?:replay|expir|api-?key|idempoten)",
    re.IGNORECASE,
)
HEADER_NEAR: Final = re.compile(rf"\bheaders?\b|{tongues.HEADER}", re.IGNORECASE)
QUERY_NEAR: Final = re.compile(r"\bquery (?:string |param)|\burl param|\bquery\b", re.IGNORECASE)
BODY_NEAR: Final = re.compile(r"\bbody\b|\bpayload\b|\bfield\b|\battribute\b|\bproperty\b|\bjson\b", re.IGNORECASE)
PATH_NEAR: Final = re.compile(r"\bpath\b|\burl\b|/\{?txn", re.IGNORECASE)
REQUEST_ID: Final = re.compile(r"(?:[A-Za-z]+-)*Request-?Id", re.IGNORECASE)
ANSWERED: Final = re.compile(r"\b(?:respon\w+|support|logs?|trac\w+|correlat\w+|debug\w*)\b", re.IGNORECASE)
"""Where such a name tells one call from another for those who look into it."""
LIFETIME: Final = re.compile(
    r"(?:expir|valid|stor(?:ed|age)|remember|kept|keep|retain|cached|saved"
    r"|within|in the (?:next|past|last|following)|for (?:at least|up to)?|after|last|purge|remove[sd]|delete[sd]"
    r"|discard|prun|window|period|older than|ttl|save)[^.|]{0,60}?\b(?P<span>(?:\d+|an?|one|two|three|seven"
    r"|thirty|twenty-?four)[\s-](?:hours?|days?|minutes?|weeks?|hrs?))\b",
    re.IGNORECASE,
)
OF_KEY: Final = re.compile(r"key|token|idempoten|request|\bthe same `", re.IGNORECASE)
RECEIVED: Final = re.compile(
    r"\byou (?:should|can|must|may)\b[^.]{0,40}\b(?:store|remember|record|ignore|discard|skip)\b[^.]{0,40}"
    r"\b(?:known|seen|processed|duplicate|already)"
    r"|\b(?:is|are) (?:included|sent|delivered)\b[^.]{0,60}\b(?:with|in) (?:the|each|every) (?:message|event"
    r"|notification|delivery)\b",
    re.IGNORECASE,
)
"""What those do who are sent something, not those who call."""
ENFORCED: Final = re.compile(r"\b(?:enforce|ensure|guarantee|for) idempoten\w+[^.]{0,60}\bheader\b", re.IGNORECASE)
ALIAS: Final = re.compile(
    r"idempoten[^.]{0,60}\((?:in|for) (?:older|some|other|legacy)\b[^.)]{0,40}\b(?:called|named)\W*$", re.IGNORECASE
)
"""Another name of the key, where it was called so: `(in older APIs this may be called …)`."""
MEMBER: Final = re.compile(r"[a-z]+(?:_[a-z]+)+|[A-Za-z][a-z]+(?:[A-Z][a-z]+)+")
"""A name as members of bodies have them, where no place is told."""
OF_CALLER: Final = re.compile(r"(?:client|customer|merchant|external|partner|unique|your)_", re.IGNORECASE)
"""A name of what the caller chooses; what it is for may stand in another sentence."""
ALIKE: Final = 0.85
NATURAL: Final = re.compile(r"\b(?:GET|PUT|DELETE|HEAD)\b[^.]{0,60}\b(?:are|is)\s+(?:\w+\s+)?idempotent", re.IGNORECASE)


def detect(evidence: Evidence) -> Iterator[Candidate]:
    """Count a name where its passage or section says that repeating is safe; the lifetime may stand in a neighbour."""
    found: dict[tuple[str, str], list[tuple[Place, float]]] = {}
    ttl: tuple[int, Place] | None = None
    for passage in evidence.about(ABOUT, DETECTOR.queries):
        if (
            evidence.whose.aside(passage)
            or evidence.whose.old(passage)
            or _webhooks(passage)
            or RECEIVED.search(passage.text)
            or evidence.whose.surface(passage) not in {"", "graphql"}
        ):
            continue
        about = IDEMPOTENT.search(" / ".join([passage.path.rsplit("/", 1)[-1], *passage.headings, passage.text]))
        if not about:
            continue
        keys = list(_keys(passage))
        for name, where, spot, strength in keys:
            found.setdefault((where, name), []).append((spot, strength))
        around = (passage, *evidence.before(passage, 2), *evidence.after(passage, 2)) if keys else (passage,)
        for near in around if ttl is None else ():
            if near.kind is not PassageKind.CODE and near.headings == passage.headings and (span := _lifetime(near)):
                ttl = (span, place(near)[0])
                break
    yield from _facts(found, ttl)


def _webhooks(passage: Passage) -> bool:
    return bool(re.search(r"webhook|event deliver", f"{passage.path} {' '.join(passage.headings)}", re.IGNORECASE))


def _keys(passage: Passage) -> Iterator[tuple[str, str, Place, float]]:
    """Yield name, location, place and strength of every key that the passage names."""
    if passage.kind is PassageKind.CODE:
        for line in re.finditer(
            r"^.*?(?:-H|--header)?\s*[\"']?(?P<name>[A-Za-z-]*idempoten[A-Za-z-]*)[\"']?\s*:.*$",
            passage.text,
            re.IGNORECASE | re.MULTILINE,
        ):
            if "-" in line["name"]:
                yield line["name"], "header", place(passage)[0], 0.85
        return
    for statement in statements(passage):
        for key in KEY_NAME.finditer(statement.text):
            name = key["name"]
            if re.fullmatch(r"idempoten\w*|nonce", name, re.IGNORECASE) and key.group()[:1] not in "`\"'":
                continue
            if REQUEST_ID.fullmatch(name) and ANSWERED.search(statement.text):
                continue
            where = _location(name, statement.text, key.start(), key.end(), passage)
            certain = "idempoten" in name.lower()
            if where and (certain or IDEMPOTENT.search(passage.text)):
                told = ENFORCED.search(statement.text) or ALIAS.search(statement.text[: key.start()])
                yield name, where, place(statement)[0], 0.93 if certain else 0.85 if told else 0.7
        yield from ((name, "header", place(statement)[0], 0.8) for name in _headers(statement.text))
        yield from ((name, where, place(statement)[0], 0.7) for name, where in _repeated(statement.text, passage))


def _headers(text: str) -> Iterator[str]:
    """Yield the header that marks a request as one that may be repeated, whatever it is called."""
    if MARKS.search(text) and not re.search(r"\bresponse", text, re.IGNORECASE):
        yield from (found[1] for found in ANY_HEADER.finditer(text) if not OTHER_HEADER.match(found[1]))


def _repeated(text: str, passage: Passage) -> Iterator[tuple[str, str]]:
    """Yield what is said to tell a repeated call: by what is the same in both, or below a heading on repeated calls."""
    for found in SAME.finditer(text) if IDEMPOTENT.search(text) else ():
        where = _location(found["name"], text, found.start("name"), found.end("name"), passage)
        if not NO_KEY.search(found["name"]) and not KEY_NAME.search(found[0]):
            yield found["name"], where or "body"
    headed = HEADED.search(" ".join(passage.headings[-1:]))
    if headed and ASKED.search(text) and not re.search(r"\brespon|\bweb-?hook|\bevent", text, re.IGNORECASE):
        names = [found[1] for found in ANY_HEADER.finditer(text) if not OTHER_HEADER.match(found[1])]
        yield from ((name, "header") for name in names[:1] if not KEY_NAME.search(name))


def _location(name: str, text: str, start: int, end: int, passage: Passage) -> str:
    """Let the nearest word that names a place decide; a hyphenated capitalised name is a header in any case."""
    after = text[end : end + 40]
    if passage.term or start <= 1:
        declared = re.match(r"[`\s\"']*\((\w+)", text[end:])
        if declared and declared[1].lower() in {"header", "query", "body", "path"}:
            return declared[1].lower()
    first = min(
        (
            (m.start(), where)
            for where, pattern in (
                ("header", HEADER_NEAR),
                ("query", QUERY_NEAR),
                ("path", PATH_NEAR),
                ("body", BODY_NEAR),
            )
            if (m := pattern.search(after))
        ),
        default=None,
    )
    if first:
        return first[1]
    if "-" in name and (name[0].isupper() or name.startswith("x-")):
        return "header" if not re.search(r"query param", " ".join(passage.headings), re.IGNORECASE) else "query"
    if re.search(r"/[{:]$", text[:start]):
        return "path"
    before = text[max(0, start - 80) : start]
    for where, pattern in (("header", HEADER_NEAR), ("query", QUERY_NEAR), ("body", BODY_NEAR), ("path", PATH_NEAR)):
        if pattern.search(before):
            return where
    about = passage.text if OF_CALLER.match(name) else text
    return "body" if MEMBER.fullmatch(name) and text[start : start + 1] == "`" and IDEMPOTENT.search(about) else ""


def _lifetime(passage: Passage) -> int | None:
    text = " ".join(passage.text.split())
    if NATURAL.search(text) and not KEY_NAME.search(text):
        return None
    found = LIFETIME.search(text)
    return duration(found["span"]) if found and OF_KEY.search(text) else None


def _facts(
    found: dict[tuple[str, str], list[tuple[Place, float]]], ttl: tuple[int, Place] | None
) -> Iterator[Candidate]:
    certain = any("idempoten" in name.lower() for _, name in found)
    aliases = {name for (_, name), spots in found.items() if max(strength for _, strength in spots) >= ALIKE}
    seen: set[tuple[str, str]] = set()
    for (where, name), spots in found.items():
        plain = (where, _plain(name))
        guessed = where == "body" and max(strength for _, strength in spots) < ALIKE
        if guessed and any(w != where and _plain(n) == plain[1] for w, n in found):
            continue
        if plain in seen or (certain and "idempoten" not in name.lower() and name not in aliases):
            continue
        if (
            re.fullmatch(r"idempoten\w*", plain[1])
            and any(w == where and n != name and "key" in n.lower() for w, n in found)
            and "key" not in name.lower()
        ):
            continue
        seen.add(plain)
        value: dict[str, Json] = {"in": where, "name": name}
        places = [spot for spot, _ in spots]
        if ttl:
            value["ttl_s"] = ttl[0]
            places.append(ttl[1])
        yield Candidate(
            fact_kind="idempotency", value=value, places=tuple(dict.fromkeys(places)), strength=max(s for _, s in spots)
        )


def _plain(name: str) -> str:
    return re.sub(r"[-_]", "", name.lower())


DETECTOR: Final = Detector(
    fact_kind="idempotency",
    summary="the key that makes a repeated request safe",
    queries=(
        "idempotency key header to safely retry requests without duplicates",
        "unique request id so that an operation is not performed twice",
    ),
    detect=detect,
)
