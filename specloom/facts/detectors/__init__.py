"""One module per kind of fact. A new one is a module here and a line in `ALL`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.facts.detectors import (
    auth,
    auth_detail,
    base_url,
    error_format,
    error_status,
    idempotency,
    idempotency_scope,
    oauth_flow,
    oauth_refresh,
    page_size,
    pagination,
    pagination_exception,
    pagination_response,
    quota_exceeded,
    rate_limit,
    rate_limit_body,
    rate_limit_exceeded,
    rate_limit_exemption,
    rate_limit_headers,
    rate_limit_none,
    rate_limit_note,
    rate_limit_scope,
    rate_limit_unquantified,
    rate_limit_window,
    required_header,
    streaming,
    token_lifetime,
    versioning,
    webhook_auth,
    webhook_dedup,
    webhook_retry,
    webhook_signature,
)

if TYPE_CHECKING:
    from specloom.facts.evidence import Detector

ALL: Final[tuple[Detector, ...]] = (
    base_url.DETECTOR,
    auth.DETECTOR,
    auth_detail.DETECTOR,
    oauth_flow.DETECTOR,
    oauth_refresh.DETECTOR,
    token_lifetime.DETECTOR,
    required_header.DETECTOR,
    versioning.DETECTOR,
    pagination.DETECTOR,
    pagination_response.DETECTOR,
    page_size.DETECTOR,
    pagination_exception.DETECTOR,
    rate_limit.DETECTOR,
    rate_limit_headers.DETECTOR,
    rate_limit_exceeded.DETECTOR,
    rate_limit_none.DETECTOR,
    rate_limit_exemption.DETECTOR,
    rate_limit_scope.DETECTOR,
    rate_limit_window.DETECTOR,
    rate_limit_note.DETECTOR,
    rate_limit_unquantified.DETECTOR,
    rate_limit_body.DETECTOR,
    quota_exceeded.DETECTOR,
    idempotency.DETECTOR,
    idempotency_scope.DETECTOR,
    error_format.DETECTOR,
    error_status.DETECTOR,
    webhook_signature.DETECTOR,
    webhook_auth.DETECTOR,
    webhook_retry.DETECTOR,
    webhook_dedup.DETECTOR,
    streaming.DETECTOR,
)
"""In the order in which a reader meets them; facts are reported by kind."""
