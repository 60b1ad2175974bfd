"""How `with_raw_response` and `with_streaming_response` reach the transport through the methods of resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast

if TYPE_CHECKING:
    from .options import RequestOptions

Mode: TypeAlias = Literal["parsed", "raw", "streamed"]
"""What a call returns: its result, or the answer around it, with its body read or still on its way."""

MODE: Final = "_response_mode"
"""The key of the mode."""


def call_in_mode(mode: Mode, method: Callable[..., Any], args: Any, kwargs: Mapping[str, Any]) -> Any:
    """Call a method of a resource so that it answers in `mode`; the mode travels among the request options."""
    return method(*args, **{**kwargs, MODE: mode})


def mode_of(options: RequestOptions) -> Mode:
    """Return the mode of a call."""
    return cast("Mapping[str, Mode]", options).get(MODE, "parsed")


def without_mode(options: RequestOptions) -> RequestOptions:
    """Return the options that the caller gave, for the pages that follow."""
    return cast("RequestOptions", {name: value for name, value in options.items() if name != MODE})
