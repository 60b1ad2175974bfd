"""Calls that the description does not know, with the authentication, retries and errors of all others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .endpoint import Body, Endpoint
from .unset import UNSET

if TYPE_CHECKING:
    from .spec import ClientSpec


def undocumented(
    spec: ClientSpec, method: str, path: str, *, body: object, content_type: str, result: Any
) -> Endpoint[Any]:
    """Return the operation for a call of `.get`, `.post` and so on."""
    alternatives = spec.security or tuple({name: ()} for name in spec.schemes)
    return Endpoint(
        method.upper(),
        path.replace("{", "%7B").replace("}", "%7D"),
        body=None if body is UNSET else Body(content_type, whole="body"),
        result=lambda: result,
        accept="application/json, */*;q=0.5",
        security=(*alternatives, {}),
    )
