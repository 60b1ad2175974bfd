"""JSON logs, one object a line on stderr, with secrets taken out whatever wrote them."""

from __future__ import annotations

import logging
import re
import sys
from typing import TYPE_CHECKING, Any, Final

import structlog

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

HIDDEN: Final = "[redacted]"
SECRET_NAME: Final = re.compile(r"(?i)token|secret|password|private_key|authorization|cookie|pem$")
SECRET_VALUE: Final = re.compile(
    r"(?i)\b(?:gh[a-z]_|github_pat_)[A-Za-z0-9_.-]+"
    r"|\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+"
    r"|\b(?:bearer|basic|token)\s+[A-Za-z0-9+/=_.-]{16,}"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)",
    re.DOTALL,
)


def redacted(value: Any) -> Any:  # noqa: ANN401  # whatever somebody logged
    """Return `value` without anything that looks like a secret."""
    if isinstance(value, str):
        return SECRET_VALUE.sub(HIDDEN, value)
    if isinstance(value, dict):
        return {k: HIDDEN if SECRET_NAME.search(str(k)) else redacted(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [redacted(item) for item in value]
    return value if isinstance(value, int | float | None) else SECRET_VALUE.sub(HIDDEN, str(value))


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Redact a whole log entry (a structlog processor)."""
    clean: EventDict = redacted(dict(event))
    return clean


def configure(level: str) -> None:
    """Send structlog's and the standard library's logs through the same processors."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    logging.getLogger("aiohttp.access").setLevel(logging.WARNING)
