"""Written by `make fit-facts`, which says how. Do not edit."""

from __future__ import annotations

from typing import Final

BASE: Final = 2.225
SLOPE: Final = 0.964
ASKED: Final = -0.656
AGREED: Final = 0.512
UNPROPOSED: Final = -0.655
ALONE: Final = (-0.481, 0.448)
OFFSETS: Final = {
    "auth": 0.108,
    "base_url": 0.252,
    "error_format": -0.063,
    "error_status": -0.536,
    "idempotency": -0.3,
    "oauth_flow": -0.008,
    "page_size": -0.683,
    "pagination": -0.939,
    "pagination_response": -0.649,
    "quota_exceeded": -0.468,
    "rate_limit": -0.187,
    "rate_limit_body": 0.607,
    "rate_limit_exceeded": 0.304,
    "rate_limit_exemption": 0.105,
    "rate_limit_headers": 0.256,
    "rate_limit_none": 0.116,
    "rate_limit_note": 0.213,
    "rate_limit_scope": 0.28,
    "rate_limit_unquantified": -0.225,
    "rate_limit_window": 0.351,
    "required_header": 1.135,
    "streaming": 0.116,
    "token_lifetime": 0.236,
    "versioning": 0.507,
    "webhook_auth": -0.062,
    "webhook_dedup": -0.023,
    "webhook_retry": -0.885,
    "webhook_signature": 0.345,
}
"""Fitted on 2216 facts claimed of 430 APIs."""
