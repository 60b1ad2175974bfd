"""From the events of a stream to typed items, without I/O."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pydantic import ValidationError

from .errors import APIResponseValidationError, APIStreamError
from .lenient import adapter, construct
from .model import FROM_SERVER
from .sse import EventDecoder, RecordDecoder, ServerSentEvent

if TYPE_CHECKING:
    import httpx

    from .config import Config
    from .endpoint import Endpoint

T = TypeVar("T")

DONE: Final = "[DONE]"
"""The data by which many servers mark the end of a stream."""


class Items(Generic[T]):
    """Reads the events of one stream."""

    def __init__(self, config: Config, endpoint: Endpoint[T], response: httpx.Response) -> None:
        self._strict = config.strict
        self._response = response
        self._sse = endpoint.stream != "jsonl"
        self._envelope = endpoint.sse_envelope
        self._type: Any = endpoint.result() if endpoint.result else Any
        self.decoder = EventDecoder() if self._sse else RecordDecoder()

    def ends(self, event: ServerSentEvent) -> bool:
        """Tell whether the server says that nothing more comes."""
        return self._sse and event.data.strip() == DONE

    def read(self, event: ServerSentEvent) -> T:
        """Turn an event into an item.

        Raises:
            APIStreamError: the event is the report of an error.
            APIResponseValidationError: it does not fit its description and the client is strict.
        """
        if self._sse and event.event == "error":
            raise APIStreamError(f"the stream reported an error: {event.data[:500]}", self._response, _json(event.data))
        value = self._value(event)
        try:
            item: T = adapter(self._type).validate_python(value, context=FROM_SERVER)
        except ValidationError as error:
            if self._strict:
                message = f"an event does not fit its description: {error}"
                raise APIResponseValidationError(message, self._response, value) from None
            item = construct(self._type, value)
        return item

    def _value(self, event: ServerSentEvent) -> Any:
        if self._envelope:
            return self._enveloped(event)
        return event.data if self._type is str else _json(event.data)

    def _enveloped(self, event: ServerSentEvent) -> Any:
        members = {"event": event.event, "id": event.id, "retry": event.retry}
        present = {name: value for name, value in members.items() if value not in ("", None)}
        as_text = {**present, "data": event.data}
        try:
            return adapter(self._type).validate_python(as_text, context=FROM_SERVER)
        except ValidationError:
            return {**present, "data": _json(event.data)}


def _json(data: str) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return data
