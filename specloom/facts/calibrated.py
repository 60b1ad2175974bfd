"""Written by `make fit-facts`, which says how. Do not edit."""

from __future__ import annotations

from typing import Final

BASE: Final = 2.533
SLOPE: Final = 1.453
OFFSETS: Final = {
    "auth": 0.714,
    "base_url": -0.094,
    "error_format": -0.543,
    "idempotency": -0.686,
    "oauth_flow": 0.072,
    "page_size": -0.714,
    "pagination": -0.997,
    "pagination_response": -0.382,
    "quota_exceeded": -0.45,
    "rate_limit": -0.409,
    "rate_limit_body": 0.395,
    "rate_limit_exceeded": 0.249,
    "rate_limit_exemption": 0.107,
    "rate_limit_headers": 0.113,
    "rate_limit_note": 0.227,
    "rate_limit_scope": 0.639,
    "rate_limit_unquantified": 0.509,
    "rate_limit_window": 0.573,
    "required_header": 0.492,
    "token_lifetime": 0.504,
    "versioning": 0.432,
    "webhook_auth": -0.141,
    "webhook_dedup": 0.3,
    "webhook_retry": -1.102,
    "webhook_signature": 0.189,
}
"""Fitted on 919 facts claimed of 235 APIs."""
