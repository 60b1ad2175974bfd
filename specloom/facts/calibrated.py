"""Written by `make fit-facts`, which says how. Do not edit."""

from __future__ import annotations

from typing import Final

BASE: Final = 2.476
SLOPE: Final = 1.286
OFFSETS: Final = {
    "auth": 0.958,
    "base_url": -0.316,
    "error_format": -0.826,
    "error_status": 0.333,
    "idempotency": -0.504,
    "oauth_flow": 0.248,
    "page_size": -0.58,
    "pagination": -1.224,
    "pagination_response": -0.494,
    "quota_exceeded": -0.462,
    "rate_limit": -0.3,
    "rate_limit_body": 0.375,
    "rate_limit_exceeded": 0.631,
    "rate_limit_headers": 0.184,
    "rate_limit_note": 0.215,
    "rate_limit_scope": 0.611,
    "rate_limit_unquantified": 0.472,
    "rate_limit_window": 0.506,
    "required_header": 0.117,
    "token_lifetime": 0.213,
    "versioning": 0.062,
    "webhook_auth": -0.254,
    "webhook_retry": 0.103,
    "webhook_signature": -0.07,
}
"""Fitted on 585 facts claimed of 196 APIs."""
