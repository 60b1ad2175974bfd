"""Logging that gives no secret away."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from .security import ApiKey

if TYPE_CHECKING:
    from .spec import ClientSpec

HIDDEN: Final = "***"

_SECRET_HEADERS: Final = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key"}
)
_SECRET_QUERY: Final = (
    "api_key",
    "apikey",
    "key",
    "token",
    "access_token",
    "client_secret",
    "password",
    "signature",
    "sig",
)
_LEVELS: Final = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


class Redactor:
    """Knows where the API's secrets travel."""

    def __init__(self, spec: ClientSpec) -> None:
        keys = [scheme for scheme in spec.schemes.values() if isinstance(scheme, ApiKey)]
        self._headers = _SECRET_HEADERS | {key.name.lower() for key in keys if key.place == "header"}
        names = [*_SECRET_QUERY, *(key.name for key in keys if key.place == "query")]
        self._query = re.compile(rf"([?&](?:{'|'.join(map(re.escape, names))})=)[^&#\s\"']*", re.IGNORECASE)

    def url(self, url: object) -> str:
        """Return a URL without the values of secret query parameters and without a user's password."""
        return self._query.sub(rf"\1{HIDDEN}", re.sub(r"//[^/@\s]*@", f"//{HIDDEN}@", str(url)))

    def headers(self, headers: Iterable[tuple[str, str]]) -> Mapping[str, str]:
        """Return headers without the values of secret ones."""
        return {name: HIDDEN if name.lower() in self._headers else value for name, value in headers}

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean a record of httpx, which logs whole URLs; used as a `logging` filter."""
        if isinstance(record.args, tuple):
            record.args = tuple(self.url(one) if type(one).__name__ == "URL" else one for one in record.args)
        return True


def logger_for(spec: ClientSpec, redactor: Redactor) -> logging.Logger:
    """Return the package's logger, with the level that `<PREFIX>_LOG` asks for (`debug`, `info` …)."""
    logger = logging.getLogger(spec.package)
    level = _LEVELS.get(os.environ.get(f"{spec.env_prefix}_LOG", "").lower())
    if level is not None:
        logger.setLevel(level)
        if not logger.handlers and not logging.getLogger().handlers:
            logger.addHandler(logging.StreamHandler())
    transport = logging.getLogger("httpx")
    if not any(isinstance(one, Redactor) for one in transport.filters):
        transport.addFilter(redactor)
    return logger
