"""Written by `make fit-facts`, which says how. Do not edit."""

from __future__ import annotations

from typing import Final

BASE: Final = 2.285
SLOPE: Final = 1.041
ASKED: Final = -0.773
AGREED: Final = 0.599
UNPROPOSED: Final = -0.559
ALONE: Final = (-0.831, 0.655)
OFFSETS: Final = {
    "auth": 0.074,
    "base_url": 0.139,
    "error_format": -0.247,
    "idempotency": -0.378,
    "oauth_flow": -0.068,
    "page_size": -0.706,
    "pagination": -0.989,
    "pagination_response": -0.514,
    "quota_exceeded": -0.467,
    "rate_limit": -0.034,
    "rate_limit_body": 0.609,
    "rate_limit_exceeded": 0.277,
    "rate_limit_exemption": 0.105,
    "rate_limit_headers": 0.082,
    "rate_limit_none": 0.116,
    "rate_limit_note": 0.214,
    "rate_limit_scope": 0.282,
    "rate_limit_unquantified": -0.214,
    "rate_limit_window": 0.348,
    "required_header": 1.119,
    "streaming": 0.116,
    "token_lifetime": 0.156,
    "versioning": 0.222,
    "webhook_auth": -0.064,
    "webhook_dedup": -0.014,
    "webhook_retry": -0.707,
    "webhook_signature": 0.377,
}
"""Fitted on 1879 facts claimed of 387 APIs."""
