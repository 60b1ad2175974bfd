"""What the description says about the API as a whole; generated once per package and handed to every client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .endpoint import Requirement
    from .security import Scheme

REQUEST_ID_HEADERS = (
    "x-request-id",
    "request-id",
    "x-correlation-id",
    "x-amzn-requestid",
    "x-github-request-id",
    "x-ms-request-id",
    "x-trace-id",
    "cf-ray",
)
"""Where servers commonly put the id of a request, the best first."""


@dataclass(frozen=True)
class ClientSpec:
    """Names, addresses and security of the API.

    `brand` appears in the User-Agent; `package` is the import name and names the logger; `env_prefix` starts the names
    of environment variables (`<PREFIX>_BASE_URL`, `<PREFIX>_LOG`). `base_url` may hold `{variables}`, whose defaults
    are in `server_variables`; it is empty where the description names no server. `idempotency_header` is used for
    calls whose operation names none but whose caller gives a key.
    """

    brand: str
    package: str
    version: str
    env_prefix: str
    base_url: str = ""
    server_variables: Mapping[str, str] = field(default_factory=dict[str, str])
    schemes: Mapping[str, Scheme] = field(default_factory=dict[str, "Scheme"])
    security: tuple[Requirement, ...] = ()
    idempotency_header: str = "Idempotency-Key"
    request_id_headers: tuple[str, ...] = REQUEST_ID_HEADERS
