"""Verifying that a webhook comes from the API and not from somebody else."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from .errors import WebhookSignatureError
from .lenient import read

TOLERANCE: Final = 300.0
"""Seconds that a signed timestamp may lie in the past or in the future."""

_TIMESTAMPED: Final = re.compile(r"(?:^|,)\s*t=(\d+)")


@dataclass(frozen=True)
class WebhookSignature:
    """How an API signs its webhooks, by HMAC.

    `header` carries one or more signatures, each after a `prefix` such as `sha256=` or `v1,`. `signed` is the text that
    is signed: `{body}`, with `{timestamp}` and `{id}` from the headers named so. Where `timestamp_header` is empty the
    timestamp is looked for as `t=…` in the signature's own header. The defaults are those of Standard Webhooks.
    """

    header: str = "webhook-signature"
    signed: str = "{id}.{timestamp}.{body}"
    prefix: str = "v1,"
    encoding: Literal["base64", "hex"] = "base64"
    algorithm: Literal["sha1", "sha256", "sha512"] = "sha256"
    timestamp_header: str = "webhook-timestamp"
    id_header: str = "webhook-id"

    def verify(
        self,
        payload: bytes,
        headers: Mapping[str, str],
        secret: str | Sequence[str],
        *,
        tolerance: float = TOLERANCE,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Check the signature over the raw body; of several secrets, any will do (while they are being changed).

        Raises:
            WebhookSignatureError: it is missing, wrong, or its timestamp is further off than `tolerance` seconds.
        """
        known = {name.lower(): value for name, value in headers.items()}
        given = known.get(self.header.lower(), "")
        candidates = [part.removeprefix(self.prefix) for part in _split(given) if part.startswith(self.prefix)]
        if not candidates:
            raise WebhookSignatureError(f"there is no signature in the header {self.header}")
        timestamp = self._timestamp(known, given)
        if "{timestamp}" in self.signed and not _recent(timestamp, tolerance, now()):
            raise WebhookSignatureError("the signature is too old, or its timestamp is missing")
        before, _, after = self.signed.partition("{body}")
        values = {"{id}": known.get(self.id_header.lower(), ""), "{timestamp}": timestamp}
        message = _filled(before, values) + payload + _filled(after, values)
        secrets = [secret] if isinstance(secret, str) else secret
        expected = [self._sign(one, message) for one in secrets]
        matches = [hmac.compare_digest(one.encode(), found.encode()) for one in expected for found in candidates]
        if not any(matches):
            raise WebhookSignatureError("the signature does not belong to this body and secret")

    def unwrap(
        self,
        payload: bytes,
        headers: Mapping[str, str],
        secret: str | Sequence[str],
        *,
        result: Any = Any,
        tolerance: float = TOLERANCE,
    ) -> Any:
        """Verify the signature, then return the body as a `result`."""
        self.verify(payload, headers, secret, tolerance=tolerance)
        return read(result, json.loads(payload), strict=False)

    def _timestamp(self, headers: Mapping[str, str], given: str) -> str:
        if self.timestamp_header and self.timestamp_header.lower() in headers:
            return headers[self.timestamp_header.lower()]
        match = _TIMESTAMPED.search(given)
        return match[1] if match else ""

    def _sign(self, secret: str, message: bytes) -> str:
        digest = hmac.new(_key(secret), message, getattr(hashlib, self.algorithm)).digest()
        return digest.hex() if self.encoding == "hex" else base64.b64encode(digest).decode("ascii")


def _split(given: str) -> list[str]:
    """Return the signatures of a header, which spaces separate, or commas where each part is `name=value`."""
    return [part for word in given.split() for part in ([word] if word.startswith("v1,") else word.split(","))]


def _filled(template: str, values: Mapping[str, str]) -> bytes:
    return re.sub(r"\{(?:id|timestamp)\}", lambda match: values[match[0]], template).encode()


def _recent(timestamp: str, tolerance: float, now: float) -> bool:
    return timestamp.isascii() and timestamp.isdigit() and abs(now - int(timestamp)) <= tolerance


def _key(secret: str) -> bytes:
    """Return the key of a secret; Standard Webhooks writes it as `whsec_` and Base64."""
    if not secret.startswith("whsec_"):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        return secret.encode()
