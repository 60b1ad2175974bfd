"""Written by `make fit-facts`, which says how. Do not edit."""

from __future__ import annotations

from typing import Final

BASE: Final = 2.347
SLOPE: Final = 1.052
ASKED: Final = -0.694
AGREED: Final = 0.55
UNPROPOSED: Final = -1.78
ALONE: Final = (-1.009, 0.754)
OFFSETS: Final = {
    "auth": 0.155,
    "base_url": 0.011,
    "error_format": -0.318,
    "idempotency": -0.417,
    "oauth_flow": -0.091,
    "page_size": -0.663,
    "pagination": -1.06,
    "pagination_response": -0.552,
    "quota_exceeded": -0.473,
    "rate_limit": -0.051,
    "rate_limit_body": 0.54,
    "rate_limit_exceeded": 0.218,
    "rate_limit_exemption": 0.1,
    "rate_limit_headers": 0.014,
    "rate_limit_none": 0.112,
    "rate_limit_note": 0.206,
    "rate_limit_scope": 0.252,
    "rate_limit_unquantified": 0.437,
    "rate_limit_window": 0.322,
    "required_header": 1.116,
    "streaming": 0.112,
    "token_lifetime": 0.101,
    "versioning": 0.24,
    "webhook_auth": -0.082,
    "webhook_dedup": -0.031,
    "webhook_retry": -0.739,
    "webhook_signature": 0.341,
}
"""Fitted on 1761 facts claimed of 368 APIs."""
