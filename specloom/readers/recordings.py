"""Recorded traffic: HAR files of browsers and proxies, cassettes of VCR, and one entry a line."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from specloom.errors import UserError
from specloom.model.source import Span
from specloom.model.traffic import Exchange, Message
from specloom.readers.documents.yaml_text import load_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from specloom.model.traffic import Headers

LARGEST: Final = 256 << 20
"""Bytes of a recording that are read; a longer one is cut up by whoever records."""
PACKED: Final = "the cassette holds the body packed; record it with decode_compressed_response"


def read_recording(content: bytes, path: str) -> tuple[Exchange, ...]:
    """Return the exchanges of a recording, in its order; entries without a request or an answer are left out.

    Raises `UserError` for a file that is no recording.
    """
    if len(content) > LARGEST:
        raise UserError(f"{path} is larger than {LARGEST >> 20} MiB; record less, or split it", Span(path, 1, 1))
    found = list(_entries(_parsed(content, path), path))
    made = [one for number, entry in enumerate(found, 1) if (one := _exchange(entry, number)) is not None]
    if not made:
        raise UserError(f"{path} holds no exchange with a request and an answer; record some calls", Span(path, 1, 1))
    return tuple(made)


def _parsed(content: bytes, path: str) -> Any:  # noqa: ANN401  whatever the file holds
    text = content.decode("utf-8-sig", errors="replace")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    lines = [line for line in text.splitlines() if line.strip()]
    try:
        if lines and all(line.lstrip().startswith("{") for line in lines):
            return [json.loads(line) for line in lines]
        return load_yaml(path, text).root
    except (ValueError, RecursionError, UserError):
        raise UserError(
            f"{path} is no recording that can be read: a HAR file, a VCR cassette, or one HAR entry a line",
            Span(path, 1, 1),
        ) from None


def _entries(document: Any, path: str) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401  whatever the file holds
    log = document.get("log") if isinstance(document, dict) else None
    items = log.get("entries") if isinstance(log, dict) else None
    if items is None and isinstance(document, dict):
        items = document.get("interactions") or document.get("http_interactions")
    if items is None and isinstance(document, list):
        items = document
    if not isinstance(items, list):
        raise UserError(
            f"{path} is no recording: a HAR file has `log.entries`, a VCR cassette `interactions`", Span(path, 1, 1)
        )
    yield from (item if isinstance(item, dict) else {} for item in items)


def _exchange(entry: Mapping[str, Any], number: int) -> Exchange | None:
    request, answer = entry.get("request"), entry.get("response")
    if not isinstance(request, dict) or not isinstance(answer, dict):
        return None
    method, url = request.get("method"), request.get("url") or request.get("uri")
    status = _status(answer.get("status"))
    if not isinstance(method, str) or not isinstance(url, str) or status is None:
        return None  # browsers write status 0 for what was blocked or cancelled
    posted = request.get("postData") if "postData" in request else request.get("body")
    silent = b"" if request.get("bodySize", 0) == 0 else None  # a recorder may leave out what was sent
    return Exchange(
        number=number,
        method=method.upper(),
        url=url,
        request=_message(request, posted, silent=silent),
        status=status,
        answer=_unpacked(_message(answer, answer["content"] if "content" in answer else answer.get("body"))),
    )


def _status(value: object) -> int | None:
    code = value.get("code") if isinstance(value, dict) else value
    return code if isinstance(code, int) and 100 <= code <= 599 else None  # noqa: PLR2004  RFC 9110, section 15


def _message(message: Mapping[str, Any], carried: object, *, silent: bytes | None = None) -> Message:
    headers = _headers(message.get("headers"))
    if carried is None:
        return Message(headers=headers, body=silent)
    if not isinstance(carried, dict):
        return Message(headers=headers, body=_bytes(carried))
    named = carried.get("mimeType")
    if isinstance(named, str) and named and not any(name.lower() == "content-type" for name, _ in headers):
        headers = (*headers, ("Content-Type", named))
    text = next((carried[word] for word in ("text", "string", "base64_string") if word in carried), None)
    encoded = carried.get("encoding") == "base64" or "base64_string" in carried
    if text is None:
        empty = carried.get("size") == 0
        return Message(headers=headers, body=b"" if empty else None)
    if not encoded or not isinstance(text, str):
        return Message(headers=headers, body=_bytes(text))
    try:
        return Message(headers=headers, body=base64.b64decode(text, validate=False))
    except binascii.Error:
        return Message(headers=headers, gap="the recording holds a body that is no base64")


def _unpacked(message: Message) -> Message:
    """Leave a body alone that is still packed, which YAML writes in base64."""
    if message.header("content-encoding") and (message.body or b"").startswith((b"H4sI", b"\x1f\x8b")):
        return replace(message, body=None, gap=PACKED)
    return message


def _bytes(value: object) -> bytes | None:
    if isinstance(value, bytes):
        return value
    return value.encode(errors="replace") if isinstance(value, str) else None


def _headers(value: object) -> Headers:
    """Read headers as HAR lists them, and as cassettes map them, to one value or several."""
    if isinstance(value, list):
        pairs = [(item.get("name"), item.get("value")) for item in value if isinstance(item, dict)]
    elif isinstance(value, dict):
        pairs = [(name, one) for name, many in value.items() for one in (many if isinstance(many, list) else [many])]
    else:
        pairs = []
    return tuple((name, text) for name, text in pairs if isinstance(name, str) and isinstance(text, str))
