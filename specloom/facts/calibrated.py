"""Written by `make fit-facts`, which says how. Do not edit."""

from __future__ import annotations

from typing import Final

BASE: Final = 2.511
SLOPE: Final = 1.39
OFFSETS: Final = {
    "auth": 0.97,
    "base_url": -0.323,
    "error_format": -0.816,
    "error_status": 0.441,
    "idempotency": -0.536,
    "oauth_flow": 0.293,
    "page_size": -0.565,
    "pagination": -1.237,
    "pagination_response": -0.498,
    "quota_exceeded": -0.454,
    "rate_limit": -0.535,
    "rate_limit_body": 0.388,
    "rate_limit_exceeded": 0.622,
    "rate_limit_headers": 0.18,
    "rate_limit_note": 0.223,
    "rate_limit_scope": 0.629,
    "rate_limit_unquantified": 0.495,
    "rate_limit_window": 0.517,
    "required_header": 0.121,
    "token_lifetime": 0.215,
    "versioning": 0.061,
    "webhook_auth": -0.245,
    "webhook_retry": 0.106,
    "webhook_signature": -0.049,
}
"""Fitted on 554 facts claimed of 184 APIs."""
