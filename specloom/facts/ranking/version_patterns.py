"""How versions of an API are written: in a path, a host, a header, a media type, a query, and in words."""

from __future__ import annotations

import re
from typing import Final

from specloom.facts.ranking import base_words
from specloom.facts.ranking.addresses import OPEN

LETTER: Final = re.compile(r"v\d{1,3}(?:[._]\d{1,3}){0,2}(?:-?(?:alpha|beta|rc)\d*)?", re.IGNORECASE)
JOINED: Final = re.compile(r"(?:rest)?api[-_]?(?P<label>v\d{1,2}(?:\.\d+)?)", re.IGNORECASE)
"""`apiv2`"""
DOTTED: Final = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,2}")
NUMBER: Final = re.compile(r"\d{1,2}")
DATE: Final = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
IN_HOST: Final = re.compile(r"(?:^|\.)(?P<label>v\d{1,2})\.", re.IGNORECASE)
FILE: Final = re.compile(r"\.(?:png|jpe?g|svg|gif|pdf|css|js|zip|html?)$", re.IGNORECASE)
ROOT: Final = r"\{{1,2}[\w. -]{1,30}\}{1,2}|<[\w. -]{1,30}>|\$?[A-Z_]{0,20}(?:URL|ROOT|HOST|BASE|API|ENDPOINT|SERVER)"
"""What stands for a host."""
RELATIVE: Final = re.compile(
    rf"(?<![\w./:@%}}>-])(?P<root>{ROOT})?(?P<path>(?:/(?:[\w.~%@:$+-]|{OPEN}){{1,80}}){{1,12}}/?)"
)
"""A path without a host."""
NAMED: Final = re.compile(
    r"(?<![\w-])(?P<name>(?:\w{1,20}-){1,5}(?:version|revision)|(?:api|rest)-?version|(?<=-H ['\"])version"
    r"|(?<=[`'\"])version(?=: ))[\"'`*]{0,2}"
    r"(?:(?:\s{0,2}(?:[:=]|=>)|\s(?:request\s)?header\s(?:to|with|of)\s)\s{0,2}[\"'`]{0,2}(?P<label>[\w.-]{1,30}))?",
    re.IGNORECASE,
)
"""The name of a header, with what stands behind it."""
HEADERS: Final = re.compile(r"\bheaders?\b", re.IGNORECASE)
TOOL: Final = re.compile(
    r"sdk|python|client|app(?!l)|agent|node|browser|tls|webhook|http-|mime|if-|system|plugin|module|user|server|content"
    r"|message|schema|model|format|data|payload|event|package|file|document|release",
    re.IGNORECASE,
)
"""What the version of is that is not the API's."""
MEDIA: Final = re.compile(
    rf"\bapplication/(?P<type>(?:[\w.+-]|{OPEN}){{1,80}})(?:\s?;\s?(?P<name>[\w-]{{1,20}})=[\"']?(?P<value>[\w.-]{{1,20}}|{OPEN}))?",
    re.IGNORECASE,
)
IN_TYPE: Final = re.compile(
    r"(?:^|[.+-])(?P<label>v\d{1,3}(?:\.\d+)*|\d{1,2}(?:\.\d+)?(?=\+)|\d{8})(?=[.+-]|$)", re.IGNORECASE
)
OF_MEDIA: Final = re.compile(r"(?:api[-_]?)?v(?:er(?:sion)?)?", re.IGNORECASE)
QUERY: Final = re.compile(
    r"[?&](?P<name>\w{0,20}api[-_]?version|version|api[-_]?ver|v|ver)=(?P<label>[\w.-]{1,20})?", re.IGNORECASE
)
PARAMETER: Final = re.compile(r"\W*(?P<name>\w{0,20}api[-_]?version|version)\W*", re.IGNORECASE)
"""The cell of a table of parameters."""
SAID: Final = re.compile(
    r"\bAPIs?,?\s+\(?v(?:ersion\s)?(?P<behind>\d{1,3}(?:\.\d{1,3})*)\b"
    r"|\b(?:v|version\s)(?P<before>\d{1,3}(?:\.\d{1,3})*)\s+(?:of\s+(?:the|our|this)\s+)?(?:[\w-]+\s+){0,2}APIs?\b"
    r"|\bversion\b[^.\n]{0,40}?\b(?:is|are|=|:)\s+(?:version\s+)?[`*\"']{0,3}v?(?P<is>\d{1,3}(?:\.\d{1,3})*)\b",
    re.IGNORECASE,
)
TALK: Final = re.compile(r"\bversion(?:s|ed|ing)?\b", re.IGNORECASE)
OF_API: Final = re.compile(
    r"\bAPIs?\b[^.]{0,40}\bversion(?:ed|ing)\b|\bversion(?:ed|ing)\b[^.]{0,40}\bAPIs?\b", re.IGNORECASE
)
"""`The API is versioned.`"""
LABEL: Final = re.compile(
    r"v?\d{1,3}(?:[._]\d{1,3}){0,2}(?:-?(?:alpha|beta|rc)\d*)?|\d{4}-?\d{2}(?:-?\d{2})?(?:\.\w+)?", re.IGNORECASE
)
"""A version, whatever carries it."""
UNVERSIONED: Final = re.compile(
    r"\b(?:api|endpoints)\b[^.]{0,30}\b(?:is|are)(?:n['’]t| not) (?:\w+ )?versioned\b"
    r"|\bno (?:\w+ )?versioning (?:in|of|for|on) (?:the|our|this) (?:\w+ )?apis?\b",
    re.IGNORECASE,
)
SIGN_IN: Final = re.compile(r"/(?:oauth\d?|authori[sz]e|redirect|callback)(?:/|$)", re.IGNORECASE)
"""Paths where people and keys go, which may have a version of their own."""
CURRENT: Final = re.compile(
    r"\b(?:current(?:ly)?|latest|newest|stable|recommended?|default|now|active|this (?:document|guide|page))\b",
    re.IGNORECASE,
)
COMING: Final = re.compile(r"\b(?:upcoming|beta|alpha|preview|experimental|will be|next|draft|future)\b", re.IGNORECASE)


def in_path(host: str, path: tuple[str, ...]) -> tuple[str, str]:
    """Return the version of an address and the form that it has, or nothing."""
    for at, part in enumerate(path[:5]):
        behind_api = at > 0 and bool(base_words.API.fullmatch(path[at - 1]))
        if LETTER.fullmatch(part):
            return part, "letter"
        if joined := JOINED.fullmatch(part):
            return joined["label"], "joined"
        if DATE.fullmatch(part) and at < 3:
            return part, "date"
        if DOTTED.fullmatch(part) and at < 3:
            return part, "dotted"
        if NUMBER.fullmatch(part) and (behind_api or (at == 0 and len(path) > 1)):
            return part, "number_behind_api" if behind_api else "number"
    found = IN_HOST.search(host)
    return (found["label"], "host") if found else ("", "")


def in_media(one: re.Match[str]) -> str | None:
    """Return the version that a media type carries, empty where it is left open, or None."""
    if one["name"] and OF_MEDIA.fullmatch(one["name"]):
        return one["value"] if re.match(r"\w", one["value"]) else ""
    found = IN_TYPE.search(one["type"])
    if found:
        return found["label"]
    return "" if re.search(r"[{<]\w*version|YYYY", one["type"], re.IGNORECASE) else None


def plain(label: str) -> str:
    """Write a version without its letter, to compare it."""
    return label.lower().removeprefix("v")


def size(label: str) -> tuple[int, ...]:
    """Return what tells a newer version from an older one."""
    return tuple(int(part) for part in re.findall(r"\d{1,8}", label)) or (-1,)
