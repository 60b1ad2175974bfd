"""One module per kind of fact. A new one is a module here and a line in `ALL`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.facts.detectors import (
    auth,
    base_url,
    error_format,
    idempotency,
    oauth_flow,
    page_size,
    pagination,
    rate_limit,
    rate_limit_exceeded,
    rate_limit_headers,
    rate_limit_none,
    required_header,
    token_lifetime,
    versioning,
    webhook_signature,
)

if TYPE_CHECKING:
    from specloom.facts.evidence import Detector

ALL: Final[tuple[Detector, ...]] = (
    base_url.DETECTOR,
    auth.DETECTOR,
    oauth_flow.DETECTOR,
    token_lifetime.DETECTOR,
    required_header.DETECTOR,
    versioning.DETECTOR,
    pagination.DETECTOR,
    page_size.DETECTOR,
    rate_limit.DETECTOR,
    rate_limit_headers.DETECTOR,
    rate_limit_exceeded.DETECTOR,
    rate_limit_none.DETECTOR,
    idempotency.DETECTOR,
    error_format.DETECTOR,
    webhook_signature.DETECTOR,
)
"""In the order in which a reader meets them; facts are reported by kind."""
