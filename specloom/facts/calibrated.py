"""Written by `make fit-facts`, which says how. Do not edit."""

from __future__ import annotations

from typing import Final

BASE: Final = 2.433
SLOPE: Final = 1.247
OFFSETS: Final = {
    "auth": 0.427,
    "base_url": 0.025,
    "error_format": -0.592,
    "idempotency": -0.56,
    "oauth_flow": -0.067,
    "page_size": -0.813,
    "pagination": -0.996,
    "pagination_response": -0.576,
    "quota_exceeded": -0.461,
    "rate_limit": -0.203,
    "rate_limit_body": 0.508,
    "rate_limit_exceeded": 0.257,
    "rate_limit_exemption": 0.104,
    "rate_limit_headers": 0.038,
    "rate_limit_note": 0.217,
    "rate_limit_scope": 0.708,
    "rate_limit_unquantified": 0.473,
    "rate_limit_window": 0.198,
    "required_header": 1.132,
    "token_lifetime": 0.683,
    "versioning": 0.177,
    "webhook_auth": -0.152,
    "webhook_dedup": 0.012,
    "webhook_retry": -0.895,
    "webhook_signature": 0.356,
}
"""Fitted on 1299 facts claimed of 310 APIs."""
