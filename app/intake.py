"""Is this request a delivery of GitHub's? A pure decision over headers and bytes.

Only `X-Hub-Signature-256` counts. gidgethub would also take a request that carries nothing but the SHA-1 signature.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST_BODY: Final = 25 * 2**20
"""Bytes; GitHub caps payloads at 25 MB."""

JSON_TYPE: Final = "application/json"
FORM_TYPE: Final = "application/x-www-form-urlencoded"
IDENTITY: Final = re.compile(r"[0-9A-Za-z-]{1,64}")
EVENT: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")


class Rejected(Exception):  # noqa: N818  # an answer, not a fault of ours
    """A request that is not a proper delivery, with the status and the reason to answer."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


@dataclass(frozen=True, slots=True)
class Delivery:
    """A genuine delivery; `digest` is the SHA-256 of its body, in hex."""

    id: str
    event: str
    payload: dict[str, Any]
    digest: str


def open_delivery(headers: Mapping[str, str], body: bytes, secret: str) -> Delivery:
    """Return the delivery in a request, or raise Rejected; header names are looked up in lower case."""
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in {JSON_TYPE, FORM_TYPE}:
        raise Rejected(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"send {JSON_TYPE} or {FORM_TYPE}")
    _check_signature(headers, body, secret)
    identity, event = headers.get("x-github-delivery", ""), headers.get("x-github-event", "")
    if not IDENTITY.fullmatch(identity):
        raise Rejected(HTTPStatus.BAD_REQUEST, "the X-GitHub-Delivery header is missing or malformed")
    if not EVENT.fullmatch(event):
        raise Rejected(HTTPStatus.BAD_REQUEST, "the X-GitHub-Event header is missing or malformed")
    return Delivery(identity, event, _payload(media_type, body), hashlib.sha256(body).hexdigest())


def _check_signature(headers: Mapping[str, str], body: bytes, secret: str) -> None:
    given = headers.get("x-hub-signature-256")
    if given is None:
        sha1_only = "x-hub-signature" in headers
        reason = "a SHA-1 signature is not enough: " if sha1_only else ""
        raise Rejected(HTTPStatus.UNAUTHORIZED, f"{reason}the X-Hub-Signature-256 header is missing")
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogateescape")):
        raise Rejected(HTTPStatus.UNAUTHORIZED, "the signature does not match; is the webhook secret the App's?")


def _payload(media_type: str, body: bytes) -> dict[str, Any]:
    try:
        text = body.decode()
        if media_type == FORM_TYPE:
            text = parse_qs(text, strict_parsing=True, max_num_fields=8)["payload"][0]
        payload = json.loads(text)
    except (ValueError, KeyError, RecursionError) as error:
        raise Rejected(HTTPStatus.BAD_REQUEST, "the body is not a JSON payload") from error
    if not isinstance(payload, dict):
        raise Rejected(HTTPStatus.BAD_REQUEST, "the payload is not a JSON object")
    return payload
