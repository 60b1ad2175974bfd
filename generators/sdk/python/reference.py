"""`README.md` and `api.md`: the API as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generators.lang.python import types as t
from generators.lang.python.plans import ModelPlan
from generators.lang.python.quoting import string
from generators.lang.python.samples import sample
from generators.sdk.python.documents import shown
from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generators.lang.python.plans import Plan
    from generators.sdk.python.calls import Call
    from generators.sdk.python.resources import Group, Resources


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodLine:
    """A method in `api.md`."""

    call: str
    request: str
    returns: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLines:
    """A group of methods in `api.md`."""

    title: str
    doc: str
    methods: tuple[MethodLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A call of this API that shows something: `head` is the method, `arguments` what stands in its parentheses."""

    head: Code
    arguments: Code

    @property
    def call(self) -> Code:
        """The whole expression."""
        return Code(f"{self.head}({self.arguments})")

    @property
    def needs_dates(self) -> bool:
        """Whether the expression uses `dt`."""
        return "dt." in self.arguments

    @property
    def with_options(self) -> Code:
        """The expression with options for this one call."""
        return Code(f"{self.head}({', '.join(filter(None, (self.arguments, 'timeout=5, max_retries=0')))})")

    @property
    def as_arguments(self) -> Code:
        """Method and arguments as another function takes them."""
        return Code(", ".join(filter(None, (self.head, self.arguments))))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceView:
    """Everything that both documents print; an example is None where the API has no such operation."""

    groups: tuple[GroupLines, ...]
    models: tuple[tuple[str, str], ...]
    plain: Example | None
    paged: Example | None
    asked: Example | None
    streamed: Example | None
    uploaded: Example | None
    downloaded: Example | None


def reference_view(resources: Resources, plans: Mapping[str, Plan]) -> ReferenceView:
    """Collect what the documents show, with the simplest operation of each kind for an example."""
    calls = [(group, call) for group in resources.groups.values() for call in group.calls]
    calls.sort(key=lambda pair: (_weight(pair[1]), pair[1].operation.key))

    def example(fits: Callable[[Call], bool]) -> Example | None:
        return next((_example(group, call, plans) for group, call in calls if fits(call)), None)

    return ReferenceView(
        groups=tuple(_group(group) for group in resources.groups.values() if group.calls),
        models=tuple(_models(plans)),
        plain=example(_is_plain),
        paged=example(lambda call: call.paged is not None),
        asked=next((asked for group, call in calls if not call.paged and (asked := _asking(group, call, plans))), None),
        streamed=example(lambda call: call.answers.stream is not None),
        uploaded=example(_uploads),
        downloaded=example(lambda call: call.answers.download),
    )


def _weight(call: Call) -> tuple[bool, int, bool]:
    needed = sum(argument.required for argument in call.arguments)
    changes = call.document is not None and not call.operation.key.startswith("query ")
    return call.operation.deprecated or changes, needed, call.operation.method != "GET"


def _is_plain(call: Call) -> bool:
    answers = call.answers
    return bool(answers.results) and not (answers.download or answers.stream or call.paged)


def _uploads(call: Call) -> bool:
    return any(t.FILE in t.walk(argument.type) for argument in call.arguments if argument.required)


def _example(group: Group, call: Call, plans: Mapping[str, Plan]) -> Example:
    given = [str(sample(one.type, one.name, plans)) for one in call.positional]
    given += [f"{one.name}={sample(one.type, one.name, plans)}" for one in call.keywords if one.required]
    if call.stream_argument is not None:
        given.append(f"{call.stream_argument}=True")
    return Example(head=Code(_head(group, call)), arguments=Code(", ".join(given)))


def _asking(group: Group, call: Call, plans: Mapping[str, Plan]) -> Example | None:
    if call.document is None or not call.document.arguments:
        return None
    shown_first = _example(group, call, plans)
    asked = f"{call.document.arguments[0].name}={string(call.document.sample)}"
    return Example(head=shown_first.head, arguments=Code(", ".join(filter(None, (shown_first.arguments, asked)))))


def _head(group: Group, call: Call) -> str:
    return ".".join(("client", *group.path, call.method))


def _group(group: Group) -> GroupLines:
    calls = sorted(group.calls, key=lambda call: call.method)
    return GroupLines(
        title=".".join(group.path) or "client", doc=group.doc, methods=tuple(_line(group, call) for call in calls)
    )


def _line(group: Group, call: Call) -> MethodLine:
    arguments = ", ".join(argument.name for argument in call.arguments if argument.required)
    return MethodLine(
        call=f"{_head(group, call)}({arguments})",
        request=shown(call.operation),
        returns=_returns(call),
    )


def _returns(call: Call) -> str:
    answers = call.answers
    plain = t.written(t.untagged(answers.type), models="models.")
    if answers.download:
        return "Download"
    if call.paged:
        return f"Page[{t.written(t.untagged(call.paged.item), models='models.')}]"
    if answers.stream is None:
        return plain
    stream = f"Stream[{t.written(t.untagged(answers.stream.item), models='models.')}]"
    return f"{plain} | {stream}" if answers.results else stream


def _models(plans: Mapping[str, Plan]) -> Iterator[tuple[str, str]]:
    for name, plan in sorted(plans.items()):
        yield name, "class" if isinstance(plan, ModelPlan) else t.written(t.untagged(plan.type))
