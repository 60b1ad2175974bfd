"""Written by `make fit-facts`, which says how. Do not edit."""

from __future__ import annotations

from typing import Final

BASE: Final = 2.136
SLOPE: Final = 1.135
OFFSETS: Final = {
    "error_format": -0.78,
    "error_status": 0.429,
    "idempotency": -0.51,
    "page_size": -0.269,
    "pagination": -1.026,
    "pagination_response": -0.325,
    "quota_exceeded": -0.437,
    "rate_limit": -0.219,
    "rate_limit_body": 0.431,
    "rate_limit_exceeded": 0.725,
    "rate_limit_headers": 0.242,
    "rate_limit_note": 0.25,
    "rate_limit_scope": 0.634,
    "rate_limit_unquantified": 0.522,
    "rate_limit_window": 0.525,
    "webhook_auth": -0.193,
}
"""Fitted on 399 facts claimed of 157 APIs."""
