"""The methods and constants of a call, as code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generators.lang.allocation import free
from generators.lang.python import types as t
from generators.lang.python.quoting import string, tuple_of
from generators.sdk.python.views import ConstantView, MethodView
from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generators.lang.python.types import PyType
    from generators.sdk.python.arguments import Argument
    from generators.sdk.python.calls import Call

_OPTIONS = Code("**options: Unpack[RequestOptions]")
_DEPRECATED = Code('@deprecated("The API\'s description marks this operation as deprecated.")')


@dataclass(frozen=True, slots=True, kw_only=True)
class Constants:
    """The names of the constants of one call."""

    endpoint: str
    stream: str
    pages: str


def constant_names(method: str, taken: set[str]) -> Constants:
    """Choose names for the constants of `method`, and take them."""
    chosen = []
    for suffix in ("", "_STREAM", "_PAGES"):
        name = free([f"_{method}{suffix}".upper()], taken)
        taken.add(name)
        chosen.append(name)
    return Constants(endpoint=chosen[0], stream=chosen[1], pages=chosen[2])


def constants_of(call: Call, names: Constants) -> Iterator[ConstantView]:
    """Yield the constants that `call` needs."""
    answers = call.answers
    if answers.results:
        yield from _endpoints(call, names.endpoint, answers.type, [*_result(call), *_accept(answers.accept)])
    if answers.stream:
        settings = [
            Code(f"result={_lazy(answers.stream.item)}"),
            Code(f"accept={string(answers.stream.media_type)}"),
            Code(f"stream={string(answers.stream.kind.value)}"),
            *([Code("sse_envelope=True")] if answers.stream.envelope else []),
        ]
        yield from _endpoints(call, names.stream, answers.stream.item, settings)
    if call.paged:
        annotation = Code(f"Final[Paging[{_models(call.paged.item)}]]")
        yield ConstantView(name=Code(names.pages), annotation=annotation, value=call.paged.code)


def _endpoints(call: Call, name: str, tp: PyType, settings: list[Code]) -> Iterator[ConstantView]:
    annotation = f"Endpoint[{_models(tp)}]"
    bodies = call.sending.codes if call.sending else (("", Code("")),)
    made = [(media_type, _endpoint(call, body, settings)) for media_type, body in bodies]
    if len(made) == 1:
        yield ConstantView(name=Code(name), annotation=Code(f"Final[{annotation}]"), value=made[0][1])
        return
    table = ", ".join(f"{string(media_type)}: {code}" for media_type, code in made)
    yield ConstantView(
        name=Code(name), annotation=Code(f"Final[Mapping[str, {annotation}]]"), value=Code(f"{{{table}}}")
    )


def _endpoint(call: Call, body: Code, settings: list[Code]) -> Code:
    parts: list[str] = [string(call.operation.method), string(call.operation.path)]
    if call.parameters:
        parts.append(f"params={tuple_of(sent.code for sent in call.parameters)}")
    if body:
        parts.append(f"body={body}")
    parts.extend(settings)
    if call.answers.errors:
        errors = ", ".join(f"{string(status)}: {_lazy(tp)}" for status, tp in call.answers.errors)
        parts.append(f"errors={{{errors}}}")
    parts.extend(call.settings)
    return Code(f"Endpoint({', '.join(parts)})")


def _result(call: Call) -> Iterator[Code]:
    (_, first), *others = call.answers.results
    if first is not None:
        yield Code(f"result={_lazy(first)}")
    if differing := [(status, tp) for status, tp in others if tp != first]:
        yield Code(f"results={{{', '.join(f'{string(status)}: {_lazy(tp)}' for status, tp in differing)}}}")


def _accept(accept: str) -> list[Code]:
    return [] if accept == "application/json" else [Code(f"accept={string(accept)}")]


def _lazy(tp: PyType | None) -> Code:
    return Code("None") if tp is None else Code(f"lambda: {t.as_value(tp, models='models.')}")


def _models(tp: PyType) -> Code:
    return t.written(tp, models="models.")


def methods_of(
    call: Call, names: Constants, *, hidden: frozenset[str], asynchronous: bool, doc: str
) -> Iterator[MethodView]:
    """Yield the method of `call`, after its overloads where it has any; `hidden` are the methods of the class."""
    printer = _Printer(call, names, hidden, asynchronous)
    yield from printer.methods(doc)


@dataclass(frozen=True, slots=True)
class _Printer:
    call: Call
    names: Constants
    hidden: frozenset[str]
    asynchronous: bool

    def methods(self, doc: str) -> Iterator[MethodView]:
        call = self.call
        if call.stream_argument is not None:
            argument = call.stream_argument
            plain, pieces = self.written(call.answers.type), self.stream_type()
            overload = Code("@overload")
            yield self.method([Code(f"{argument}: Literal[False] = False")], plain, (Code("..."),), overload, "")
            yield self.method([Code(f"{argument}: Literal[True]")], pieces, (Code("..."),), overload, "")
            returns = Code(f"{plain} | {pieces}" if plain != "Any" else "Any")
            yield self.method([Code(f"{argument}: bool = False")], returns, self.choosing_body(), self.decorator(), doc)
            return
        yield self.method([], self.returns(), self.plain_body(), self.decorator(), doc)

    def method(
        self,
        steering: list[Code],
        returns: Code,
        body: tuple[Code, ...],
        decorator: Code,
        doc: str,
    ) -> MethodView:
        is_async = self.asynchronous and self.call.paged is None
        return MethodView(
            name=Code(self.call.method),
            keyword=Code("async def" if is_async else "def"),
            parameters=Code(", ".join(self.parameters(steering))),
            returns=returns,
            body=Code("\n        ".join(body)),
            decorator=decorator,
            doc=doc,
        )

    def parameters(self, steering: list[Code]) -> Iterator[Code]:
        yield Code("self")
        yield from (self.parameter(one) for one in self.call.positional)
        if self.call.keywords or steering or self.call.media_types:
            yield Code("*")
        yield from (self.parameter(one) for one in self.call.keywords)
        if media_types := self.call.media_types:
            choice = self.written(t.LiteralOf(media_types))
            yield Code(f"content_type: {choice} = {string(media_types[0])}")
        yield from steering
        yield _OPTIONS

    def parameter(self, argument: Argument) -> Code:
        if argument.required:
            return Code(f"{argument.name}: {self.written(argument.type)}")
        if argument.type in (t.ANY, t.Plain("object")):
            return Code(f"{argument.name}: {self.written(argument.type)} = UNSET")
        return Code(f"{argument.name}: {self.written(argument.type)} | Unset = UNSET")

    def written(self, tp: PyType) -> Code:
        return t.written(tp, models="models.", hidden=self.hidden)

    def returns(self) -> Code:
        answers, prefix = self.call.answers, "Async" if self.asynchronous else ""
        if self.call.paged:
            inner = f"{self.written(self.call.paged.item)}, {self.written(answers.type)}"
            return Code(f"AsyncPager[{inner}]" if self.asynchronous else f"Page[{inner}]")
        if answers.download:
            return Code(f"{prefix}Download")
        if not answers.results and answers.stream:
            return self.stream_type()
        return self.written(answers.type)

    def stream_type(self) -> Code:
        item = self.call.answers.stream.item if self.call.answers.stream else t.ANY
        return Code(f"{'Async' if self.asynchronous else ''}Stream[{self.written(item)}]")

    def decorator(self) -> Code:
        return _DEPRECATED if self.call.operation.deprecated else Code()

    def args(self) -> Code:
        names = [one.name for one in self.call.arguments]
        if self.call.sends_stream and self.call.stream_argument:
            names.append(self.call.stream_argument)
        return Code(f"{{{', '.join(f'{string(name)}: {name}' for name in names)}}}")

    def plain_body(self) -> tuple[Code, ...]:
        if self.call.paged:
            endpoint = self.endpoint(self.names.endpoint)
            return (Code(f"return self._transport.page({endpoint}, {self.names.pages}, {self.args()}, options)"),)
        if self.call.answers.download:
            return (self.calling("download", self.names.endpoint, self.args()),)
        if not self.call.answers.results:
            return (self.calling("stream", self.names.stream, self.args()),)
        return (self.calling("call", self.names.endpoint, self.args()),)

    def choosing_body(self) -> tuple[Code, ...]:
        return (
            Code(f"args: Mapping[str, object] = {self.args()}"),
            Code(f"if {self.call.stream_argument}:"),
            Code(f"    {self.calling('stream', self.names.stream, Code('args'))}"),
            self.calling("call", self.names.endpoint, Code("args")),
        )

    def calling(self, verb: str, constant: str, args: Code) -> Code:
        waiting = "await " if self.asynchronous else ""
        return Code(f"return {waiting}self._transport.{verb}({self.endpoint(constant)}, {args}, options)")

    def endpoint(self, constant: str) -> str:
        return f"{constant}[content_type]" if self.call.media_types else constant
