"""Written by `make fit-facts`, which says how. Do not edit."""

from __future__ import annotations

from typing import Final

BASE: Final = 2.489
SLOPE: Final = 1.428
OFFSETS: Final = {
    "auth": 0.955,
    "base_url": -0.637,
    "error_format": -0.755,
    "idempotency": -0.478,
    "oauth_flow": 0.395,
    "page_size": -0.48,
    "pagination": -1.108,
    "pagination_response": -0.48,
    "quota_exceeded": -0.447,
    "rate_limit": -0.528,
    "rate_limit_body": 0.401,
    "rate_limit_exceeded": 0.447,
    "rate_limit_headers": 0.226,
    "rate_limit_note": 0.231,
    "rate_limit_scope": 0.648,
    "rate_limit_unquantified": 0.513,
    "rate_limit_window": 0.533,
    "required_header": 0.354,
    "token_lifetime": 0.221,
    "versioning": 0.12,
    "webhook_auth": -0.233,
    "webhook_retry": 0.11,
    "webhook_signature": -0.006,
}
"""Fitted on 607 facts claimed of 188 APIs."""
