"""Signatures of webhooks, in the notations that are common."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest
from _core.errors import WebhookSignatureError
from _core.model import Model
from _core.webhooks import WebhookSignature

BODY = b'{"n": 1, "text": "\xc3\xbc"}'
NOW = 1_700_000_000.0

STANDARD = WebhookSignature()
PLAIN = WebhookSignature(header="X-Hub-Signature-256", signed="{body}", prefix="sha256=", encoding="hex")
TIMED = WebhookSignature(
    header="Acme-Signature", signed="{timestamp}.{body}", prefix="v1=", encoding="hex", timestamp_header=""
)


class Tick(Model):
    n: int


def mac(key: bytes, message: bytes) -> bytes:
    """Return the HMAC with SHA-256."""
    return hmac.new(key, message, hashlib.sha256).digest()


def headers_of(kind: WebhookSignature, at: float = NOW, body: bytes = BODY) -> dict[str, str]:
    """Sign `body` as the API would, with the secret `key`."""
    if kind is STANDARD:
        signature = base64.b64encode(mac(b"key", b"m1.%d." % at + body)).decode()
        return {"Webhook-Id": "m1", "Webhook-Timestamp": f"{at:.0f}", "Webhook-Signature": f"v1,AAAA v1,{signature}"}
    if kind is PLAIN:
        return {"x-hub-signature-256": f"sha256={mac(b'key', body).hex()}"}
    return {"acme-signature": f"t={at:.0f},v1={mac(b'key', b'%d.' % at + body).hex()},v0=old"}


@pytest.mark.parametrize("kind", [STANDARD, PLAIN, TIMED], ids=["standard", "plain", "timed"])
def test_right_signatures(kind: WebhookSignature) -> None:
    """A right signature passes, also with a second secret and whatever the case of headers."""
    kind.verify(BODY, headers_of(kind), "key", now=lambda: NOW + 299)
    kind.verify(BODY, headers_of(kind), ["new", "key"], now=lambda: NOW)


@pytest.mark.parametrize("kind", [STANDARD, PLAIN, TIMED], ids=["standard", "plain", "timed"])
def test_wrong_signatures(kind: WebhookSignature) -> None:
    """Another body, another secret and a missing header raise."""
    for body, secret, headers in (
        (BODY + b" ", "key", headers_of(kind)),
        (BODY, "kez", headers_of(kind)),
        (BODY, "key", {}),
        (BODY, "key", {name: "nonsense" for name in headers_of(kind)}),
    ):
        with pytest.raises(WebhookSignatureError):
            kind.verify(body, headers, secret, now=lambda: NOW)


@pytest.mark.parametrize("kind", [STANDARD, TIMED], ids=["standard", "timed"])
def test_old_signatures(kind: WebhookSignature) -> None:
    """A signature that is further off than five minutes raises, in both directions."""
    for now in (NOW + 301, NOW - 301):
        with pytest.raises(WebhookSignatureError, match="too old"):
            kind.verify(BODY, headers_of(kind), "key", now=lambda at=now: at)


def test_secrets_in_base64() -> None:
    """The secret of Standard Webhooks is Base64 behind `whsec_`."""
    secret = "whsec_" + base64.b64encode(b"key").decode()
    STANDARD.verify(BODY, headers_of(STANDARD), secret, now=lambda: NOW)


def test_unwrap() -> None:
    """The body comes typed, after its signature was checked."""
    found = PLAIN.unwrap(BODY, headers_of(PLAIN), "key", result=Tick)
    assert (1, "ü") == (found.n, found.model_extra["text"])
    with pytest.raises(WebhookSignatureError):
        PLAIN.unwrap(BODY, headers_of(PLAIN), "no", result=Tick)
