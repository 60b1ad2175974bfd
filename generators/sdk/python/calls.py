"""One operation as the methods of the two classes of its resource, and the constants that they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generators.lang.python import types as t
from generators.lang.python.quoting import string
from generators.lang.servers import own_address
from generators.sdk.python import documents
from generators.sdk.python.answers import Answers, answers_of
from generators.sdk.python.arguments import Argument, Sent, argument_name, parameters_of
from generators.sdk.python.paging import Paged, paged_of
from generators.sdk.python.requests import Sending, sending_of
from specloom.model.api import Location
from specloom.render import Code

if TYPE_CHECKING:
    from generators.lang.python.planning import Place, Planner
    from generators.lang.servers import Addresses
    from specloom.model.api import Api, Operation
    from specloom.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """An operation, decided: everything that methods, constants and documentation are printed from.

    `positional` arguments are those of the path, in its order; `keywords` the rest, required ones first.
    `document` is set where the call carries one of GraphQL.
    `stream_argument` is the name of the argument that asks for a stream, where the caller has the choice;
    `sends_stream` says that it travels as well.
    """

    operation: Operation
    method: str
    parameters: tuple[Sent, ...]
    sending: Sending | None
    answers: Answers
    paged: Paged | None
    stream_argument: str | None
    sends_stream: bool
    settings: tuple[Code, ...]
    document: documents.Asking | None
    positional: tuple[Argument, ...]
    keywords: tuple[Argument, ...]

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """All arguments but those that only steer the call."""
        return (*self.positional, *self.keywords)

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media types of the body that a caller chooses from; empty where there is no choice."""
        return self.sending.media_types if self.sending and len(self.sending.codes) > 1 else ()


def call_of(
    operation: Operation, method: str, *, planner: Planner, place: Place, settings: tuple[Code, ...]
) -> tuple[Call, list[Diagnostic]]:
    """Plan the call of `operation`; `settings` are further arguments of its `Endpoint`."""
    taken: set[str] = set()
    answers = answers_of(operation, planner, place)
    parameters, notes = parameters_of(operation, planner, place, taken)
    sending = sending_of(operation.request_body, planner, place, taken) if operation.request_body else None
    stream_argument, sends_stream = _stream_argument(answers, parameters, sending, taken)
    document = documents.document_of(operation, taken)
    arguments = [*(sent.argument for sent in parameters), *(sending.arguments if sending else ())]
    arguments += document.arguments if document else ()
    positional = [sent.argument for sent in parameters if sent.location is Location.PATH]
    keywords = [one for one in arguments[len(positional) :] if not (sends_stream and one.name == stream_argument)]
    paged, paging_notes = (None, []) if answers.stream else paged_of(operation, answers.type, arguments, planner)
    call = Call(
        operation=operation,
        method=method,
        parameters=tuple(parameters),
        sending=sending,
        answers=answers,
        paged=paged,
        stream_argument=stream_argument,
        sends_stream=sends_stream,
        settings=(*settings, *([document.code] if document else [])),
        document=document,
        positional=tuple(positional),
        keywords=tuple(sorted(keywords, key=lambda one: not one.required)),
    )
    return call, [*notes, *paging_notes]


def _stream_argument(
    answers: Answers, parameters: list[Sent], sending: Sending | None, taken: set[str]
) -> tuple[str | None, bool]:
    if answers.stream is None or not answers.results:
        return None, False
    arguments = [*(sent.argument for sent in parameters), *(sending.arguments if sending else ())]
    for argument in arguments:
        if argument.wire == "stream" and argument.type in {t.BOOL, t.optional(t.BOOL)}:
            return argument.name, True
    return argument_name("stream", "as", taken), False


def settings_of(operation: Operation, api: Api, addresses: Addresses) -> list[Code]:
    """Return what the runtime has to know about `operation` and cannot be seen in its signature."""
    settings: list[Code] = []
    if operation.idempotency is not None:
        settings.append(Code(f"idempotency={string(operation.idempotency.header)}"))
    if (address := own_address(operation, api, addresses)) is not None:
        settings.append(Code(f"base_url={string(address)}"))
    return settings
