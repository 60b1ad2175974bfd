"""From an answer to a value or an error, without I/O."""

from __future__ import annotations

import json
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import ValidationError

from .errors import APIResponseValidationError, APIStatusError, status_error
from .lenient import adapter, construct, read
from .media import is_json
from .model import FROM_SERVER, Model, Origin

if TYPE_CHECKING:
    import httpx

    from .config import Config
    from .endpoint import Endpoint, Lazy
    from .graphql import Document

T = TypeVar("T")


def result(config: Config, endpoint: Endpoint[T], response: httpx.Response) -> T:
    """Return the value of a successful answer that was read already.

    Raises:
        APIResponseValidationError: it does not fit its description and the client is strict.
    """
    tp = _declared(endpoint, response.status_code)
    value = _field(tp, endpoint.document, response) if endpoint.document else parse(tp, response, strict=config.strict)
    if isinstance(value, Model):
        value._origin = Origin(id_of(config, response))  # pyright: ignore[reportPrivateUsage]
    return cast("T", value)


def _field(tp: Any, document: Document, response: httpx.Response) -> Any:
    """Read the field that a document asked for; never strictly, for what was not asked for is missing on purpose."""
    return read(tp, document.value(response), strict=False)


def _declared(endpoint: Endpoint[Any], status: int) -> Any:
    found = by_status(endpoint.results, status, default=endpoint.result)
    return found() if found else NoneType


def by_status(table: Any, status: int, *, default: Lazy | None) -> Lazy | None:
    """Look up the exact status, then its range, then `default`."""
    for key in (str(status), f"{status // 100}XX", "default"):
        if key in table:
            found: Lazy | None = table[key]
            return found
    return default


def parse(tp: Any, response: httpx.Response, *, strict: bool) -> Any:
    """Turn the body of an answer into `tp`."""
    content = response.content
    if tp is NoneType or (not content.strip() and tp is not bytes):
        return None if tp is not str else ""
    if tp is bytes:
        return content
    if tp is str and not is_json(response.headers.get("content-type", "")):
        return response.text
    try:
        return adapter(tp).validate_json(content, context=FROM_SERVER)
    except ValidationError as error:
        return _unfitting(tp, response, error, strict=strict)


def _unfitting(tp: Any, response: httpx.Response, error: ValidationError, *, strict: bool) -> Any:
    value = json_or_text(response)
    if strict:
        faults = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()[:5])
        message = f"the answer does not fit its description: {faults}"
        raise APIResponseValidationError(message, response, value) from None
    return construct(tp, value)


def json_or_text(response: httpx.Response) -> Any:
    """Return the body as JSON if it is that, as text otherwise; None if there is none."""
    if not response.content:
        return None
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        return response.text


def id_of(config: Config, response: httpx.Response) -> str | None:
    """Return the server's id for the call."""
    for name in config.spec.request_id_headers:
        if value := response.headers.get(name):
            return str(value)
    return None


def error(config: Config, endpoint: Endpoint[Any], response: httpx.Response) -> APIStatusError:
    """Return the error for an answer that was read already."""
    body = json_or_text(response)
    declared = by_status(endpoint.errors, response.status_code, default=None)
    problem = construct(declared(), body) if declared and body is not None else None
    return status_error(response, body=body, problem=problem, request_id=id_of(config, response))
