"""Secrets stay out of the logs."""

from __future__ import annotations

import pytest

from app.logs import HIDDEN, redacted

STATELESS = "ghs_12345_eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMjM0NSJ9.c2lnbmF0dXJl-_x"
SECRETS = [
    "ghs_16C7e42F292c6912E7710c838347Ae178B4a",
    STATELESS,
    "github_pat_11ABCDEFG0123456789_abcdefghijklmnop",
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxMjM0NSJ9.c2lnbmF0dXJlIGhlcmU",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("form", ["{}", "Authorization: Bearer {}", "https://x-access-token:{}@github.test/a/b.git"])
def test_values(secret: str, form: str) -> None:
    """A secret is taken out wherever it stands in a text, however deep, and whatever holds it."""
    entry = {"event": form.format(secret), "list": [{"error": ValueError(form.format(secret))}]}
    assert secret not in str(redacted(entry))


def test_names() -> None:
    """What is called a secret is hidden whatever it looks like."""
    assert {"webhook_secret": HIDDEN, "Authorization": HIDDEN, "private_key": HIDDEN} == redacted(
        {"webhook_secret": "x", "Authorization": "y", "private_key": None}
    )


def test_the_rest_stays() -> None:
    """Everything else is left as it is."""
    entry = {"event": "delivery", "status": 202, "ok": True, "subject": "12:pull/3", "id": "72d3162e-cc78-11e3"}
    assert entry == redacted(entry)
