"""What counts as a delivery of GitHub's."""

from __future__ import annotations

import hashlib
import hmac
import json
from urllib.parse import urlencode

import pytest

from app.intake import Rejected, open_delivery

SECRET = "It's a Secret to Everybody"
BODY = b'{"zen": "Speak like a human."}'


def signed(body: bytes = BODY, *, secret: str = SECRET, **changes: str | None) -> dict[str, str]:
    """Return the headers of a genuine delivery, with changes; None takes a header away."""
    headers: dict[str, str | None] = {
        "content-type": "application/json",
        "x-github-event": "ping",
        "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        "x-hub-signature": "sha1=" + hmac.new(secret.encode(), body, hashlib.sha1).hexdigest(),
        "x-hub-signature-256": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest(),
    }
    headers |= {name.replace("_", "-"): value for name, value in changes.items()}
    return {name: value for name, value in headers.items() if value is not None}


def test_example_of_the_documentation() -> None:
    """The signature of GitHub's own example in its documentation is accepted."""
    body = b"Hello, World!"
    known = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert known == signed(body)["x-hub-signature-256"]


def test_genuine() -> None:
    """A genuine delivery comes out with its event, its id and its payload, as JSON or as a form."""
    opened = open_delivery(signed(), BODY, SECRET)
    assert ("ping", json.loads(BODY)) == (opened.event, opened.payload)
    form = urlencode({"payload": BODY.decode()}).encode()
    headers = signed(form, content_type="application/x-www-form-urlencoded; charset=utf-8")
    assert json.loads(BODY) == open_delivery(headers, form, SECRET).payload


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (401, signed(x_hub_signature_256=None), BODY),
        (401, signed(x_hub_signature_256=None, x_hub_signature=None), BODY),
        (401, signed(secret="guess"), BODY),
        (401, signed(x_hub_signature_256=""), BODY),
        (401, signed(x_hub_signature_256="sha256=\udcff"), BODY),
        (401, signed(x_hub_signature_256=signed()["x-hub-signature"]), BODY),
        (401, signed(), BODY + b" "),
        (415, signed(content_type="text/plain"), BODY),
        (415, signed(content_type=None), BODY),
        (400, signed(x_github_event=None), BODY),
        (400, signed(x_github_event="../ping"), BODY),
        (400, signed(x_github_delivery=None), BODY),
        (400, signed(x_github_delivery="a b"), BODY),
        (400, signed(x_github_delivery="a" * 65), BODY),
        (400, signed(b"[]"), b"[]"),
        (400, signed(b"{"), b"{"),
        (400, signed(b"\xff"), b"\xff"),
        (400, signed(b""), b""),
        (400, signed(b"[" * 100_000), b"[" * 100_000),
        (400, signed(b"payload", content_type="application/x-www-form-urlencoded"), b"payload"),
    ],
)
def test_refused(status: int, headers: dict[str, str], body: bytes) -> None:
    """Anything else is refused with the status that says why; a SHA-1 signature counts for nothing."""
    with pytest.raises(Rejected) as caught:
        open_delivery(headers, body, SECRET)
    assert status == caught.value.status
