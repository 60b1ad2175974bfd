"""Written by `make fit-facts`, which says how. Do not edit."""

from __future__ import annotations

from typing import Final

BASE: Final = 2.507
SLOPE: Final = 1.394
OFFSETS: Final = {
    "auth": 0.973,
    "base_url": -0.321,
    "error_format": -0.812,
    "error_status": 0.387,
    "idempotency": -0.535,
    "oauth_flow": 0.298,
    "page_size": -0.56,
    "pagination": -1.233,
    "pagination_response": -0.495,
    "quota_exceeded": -0.454,
    "rate_limit": -0.531,
    "rate_limit_body": 0.389,
    "rate_limit_exceeded": 0.624,
    "rate_limit_headers": 0.183,
    "rate_limit_note": 0.224,
    "rate_limit_scope": 0.631,
    "rate_limit_unquantified": 0.497,
    "rate_limit_window": 0.519,
    "required_header": 0.122,
    "token_lifetime": 0.215,
    "versioning": 0.062,
    "webhook_auth": -0.243,
    "webhook_retry": 0.106,
    "webhook_signature": -0.047,
}
"""Fitted on 553 facts claimed of 183 APIs."""
