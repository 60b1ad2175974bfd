"""Written by `make fit-facts`, which says how. Do not edit."""

from __future__ import annotations

from typing import Final

BASE: Final = 2.303
SLOPE: Final = 1.038
ASKED: Final = -0.801
AGREED: Final = 0.598
UNPROPOSED: Final = -1.694
ALONE: Final = (-0.848, 0.654)
OFFSETS: Final = {
    "auth": 0.074,
    "base_url": 0.151,
    "error_format": -0.258,
    "idempotency": -0.388,
    "oauth_flow": -0.085,
    "page_size": -0.704,
    "pagination": -1.002,
    "pagination_response": -0.527,
    "quota_exceeded": -0.469,
    "rate_limit": -0.005,
    "rate_limit_body": 0.601,
    "rate_limit_exceeded": 0.265,
    "rate_limit_exemption": 0.103,
    "rate_limit_headers": 0.069,
    "rate_limit_none": 0.114,
    "rate_limit_note": 0.211,
    "rate_limit_scope": 0.271,
    "rate_limit_unquantified": -0.224,
    "rate_limit_window": 0.338,
    "required_header": 1.189,
    "streaming": 0.114,
    "token_lifetime": 0.188,
    "versioning": 0.253,
    "webhook_auth": -0.071,
    "webhook_dedup": -0.021,
    "webhook_retry": -0.719,
    "webhook_signature": 0.362,
}
"""Fitted on 1879 facts claimed of 387 APIs."""
