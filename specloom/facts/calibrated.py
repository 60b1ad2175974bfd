"""Written by `make fit-facts`, which says how. Do not edit."""

from __future__ import annotations

from typing import Final

BASE: Final = 2.477
SLOPE: Final = 1.419
OFFSETS: Final = {
    "auth": 0.994,
    "base_url": -0.305,
    "error_format": -0.78,
    "idempotency": -0.527,
    "oauth_flow": 0.329,
    "page_size": -0.524,
    "pagination": -1.202,
    "pagination_response": -0.475,
    "quota_exceeded": -0.447,
    "rate_limit": -0.502,
    "rate_limit_body": 0.402,
    "rate_limit_exceeded": 0.644,
    "rate_limit_headers": 0.204,
    "rate_limit_note": 0.232,
    "rate_limit_scope": 0.649,
    "rate_limit_unquantified": 0.514,
    "rate_limit_window": 0.534,
    "required_header": 0.126,
    "token_lifetime": 0.222,
    "versioning": 0.064,
    "webhook_auth": -0.231,
    "webhook_retry": 0.11,
    "webhook_signature": -0.031,
}
"""Fitted on 541 facts claimed of 173 APIs."""
