"""Written by `make fit-facts`, which says how. Do not edit."""

from __future__ import annotations

from typing import Final

BASE: Final = 2.115
SLOPE: Final = 1.002
OFFSETS: Final = {
    "error_format": -0.813,
    "error_status": 0.353,
    "idempotency": -0.479,
    "page_size": -0.299,
    "pagination": -1.025,
    "pagination_response": -0.333,
    "quota_exceeded": -0.45,
    "rate_limit": 0.026,
    "rate_limit_body": 0.408,
    "rate_limit_exceeded": 0.744,
    "rate_limit_headers": 0.251,
    "rate_limit_note": 0.236,
    "rate_limit_scope": 0.604,
    "rate_limit_unquantified": 0.486,
    "rate_limit_window": 0.504,
    "webhook_auth": -0.211,
}
"""Fitted on 431 facts claimed of 170 APIs."""
