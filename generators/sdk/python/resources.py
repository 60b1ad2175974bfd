"""Groups of operations as modules, each with a synchronous and an asynchronous class."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from generators.lang.allocation import allocate
from generators.lang.groups import tag_words
from generators.lang.operations import Name, name_operations
from generators.lang.python.identifiers import module, pascal, snake
from generators.lang.python.planning import Place
from generators.lang.servers import addresses_of
from generators.lang.words import words
from generators.sdk.python.calls import Call, call_of, settings_of
from generators.sdk.python.docs import method_doc
from generators.sdk.python.imports import import_block, resource_imports
from generators.sdk.python.methods import constant_names, constants_of, methods_of
from generators.sdk.python.security import override_of
from generators.sdk.python.views import ChildView, ClassView, ConstantView, MethodView, ModuleView
from specloom.model.api import OperationKind
from specloom.model.diagnostic import Diagnostic, Level
from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generators.lang.python.planning import Planner
    from generators.sdk.python.options import Names
    from specloom.model.api import Api, Operation

Path = tuple[str, ...]

RESERVED_GROUPS: Final = frozenset(
    {"base_url", "close", "copy", "delete", "get", "head", "is_closed", "options", "patch", "post", "put", "request"}
    | {"send", "settings", "spec", "timeout", "max_retries", "transport", "with_options", "with_raw_response"}
    | {"with_streaming_response", "default_headers", "default_query", "http_client", "cached_property"}
)
"""Attributes of the clients; a group must not hide them."""

RESERVED_METHODS: Final = frozenset(
    {"builtins", "cached_property", "deprecated", "dt", "models", "overload", "with_options", "with_raw_response"}
    | {"with_streaming_response"}
)
"""Names that the body of a resource's class uses, and attributes of its base."""

RESERVED_CLASSES: Final = frozenset(
    {"Annotated", "Any", "Body", "Discriminated", "Download", "Endpoint", "Field", "FileInput", "Final", "Literal"}
    | {"Mapping", "Model", "Page", "Paging", "Part", "RequestOptions", "Resource", "Secret", "Sequence", "Stream"}
    | {"SyncClient", "SyncSettings", "Union", "Unknown", "Unpack", "Unset", "OAuthCredential", "TypeAlias"}
    | {"Document", "None", "True", "False", "TypeAliasType", "Client", "Pager", "Settings"}
)
"""Names that the modules of resources and clients import, with and without `Async` in front."""


@dataclass(slots=True)
class Group:
    """Operations that belong together; `path` leads there from the client."""

    path: Path
    module: str
    cls: str
    doc: str
    calls: list[Call] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Resources:
    """All groups of an API by path, sorted, and what could not be done."""

    groups: dict[Path, Group]
    diagnostics: list[Diagnostic]

    def children(self, path: Path) -> Iterator[Group]:
        """Yield the groups directly inside `path`."""
        return (group for inner, group in self.groups.items() if inner and inner[:-1] == path)


def plan_resources(api: Api, planner: Planner, names: Names) -> Resources:
    """Name and plan every operation; the result holds each of them once."""
    # Not in the description's order: the same paths in another order give the same files.
    operations = sorted((one for one in api.operations if one.kind is OperationKind.HTTP), key=lambda one: one.key)
    named = name_operations(operations, spell_group=_group_name, spell_method=_method_name, taken=_taken)
    groups = _groups(named.values(), api, names)
    addresses = addresses_of(api)
    diagnostics = [_not_http(one) for one in api.operations if one.kind is not OperationKind.HTTP]
    for operation in operations:
        name = named[operation.key]
        base = pascal(" ".join((*name.group, name.method)))
        place = Place(planner.new_module(snake(base)), (base,), sent=True, read=True)
        security, notes = override_of(operation, api)
        settings = (*security, *settings_of(operation, api, addresses))
        call, more = call_of(operation, name.method, planner=planner, place=place, settings=settings)
        groups[name.group].calls.append(call)
        diagnostics += [*notes, *more]
    return Resources(groups, diagnostics)


def _not_http(operation: Operation) -> Diagnostic:
    message = f"{operation.key}: a {operation.kind.value} needs a connection that stays open, so it has no method"
    return Diagnostic(Level.ERROR, "operation-without-method", message, operation.span)


def resource_modules(resources: Resources) -> Iterator[ModuleView]:
    """Yield the view of each module of resources."""
    for group in resources.groups.values():
        children = tuple(_child(inner) for inner in resources.children(group.path))
        constants, classes = _constants_and_classes(group, children)
        yield ModuleView(
            module=Code(group.module),
            doc=group.doc,
            imports=import_block(
                _imports(constants, classes),
                (Code(f"from .{child.module} import Async{child.cls}, {child.cls}") for child in children),
            ),
            constants=constants,
            classes=classes,
        )


def root_group(resources: Resources) -> Group | None:
    """Return the operations that are methods of the client itself, if there are any."""
    return resources.groups.get(())


def child_views(resources: Resources) -> tuple[ChildView, ...]:
    """Return the groups that are attributes of the client itself."""
    return tuple(_child(group) for group in resources.children(()))


def _group_name(text: str) -> str:
    name = snake(text, prefix="group")
    return f"{name}_" if name in RESERVED_GROUPS else name


def _method_name(text: str) -> str:
    name = snake(text, prefix="call")
    return f"{name}_" if name in RESERVED_METHODS else name


def _taken(group: Path) -> frozenset[str]:
    return RESERVED_METHODS if group else RESERVED_METHODS | RESERVED_GROUPS


def _groups(named: Iterable[Name], api: Api, names: Names) -> dict[Path, Group]:
    paths = sorted(
        {name.group[:depth] for name in named for depth in range(min(1, len(name.group)), len(name.group) + 1)}
    )
    keys = {path: " ".join(path) or "client operations" for path in paths}
    files = allocate({key: module(snake(key)) for key in keys.values()}, reserved=("__init__",))
    own = {names.client, f"Async{names.client}", names.error}
    classes = allocate(
        {key: _class_name(key) for key in keys.values()}, reserved=RESERVED_CLASSES | own, suffix="Resource", glue=""
    )
    docs = {_group_name(" ".join(tag_words(tag.name))): tag.description for tag in api.tags if tag.description}
    return {
        path: Group(
            path, files[key], classes[key], docs.get("".join(path[-1:])) or f"Operations on {' '.join(words(key))}."
        )
        for path, key in keys.items()
    }


def _class_name(key: str) -> str:
    name = pascal(key, prefix="Group")
    return f"{name}Operations" if name.startswith("Async") else name


def _child(group: Group) -> ChildView:
    return ChildView(name=Code(group.path[-1]), module=Code(group.module), cls=Code(group.cls), doc=group.doc)


def _constants_and_classes(
    group: Group, children: tuple[ChildView, ...]
) -> tuple[tuple[ConstantView, ...], tuple[ClassView, ...]]:
    hidden = frozenset(call.method for call in group.calls) | {str(child.name) for child in children}
    constants: list[ConstantView] = []
    methods: dict[bool, list[MethodView]] = {False: [], True: []}
    taken: set[str] = set()
    for call in sorted(group.calls, key=lambda call: call.method):
        names = constant_names(call.method, taken)
        constants.extend(constants_of(call, names))
        doc = method_doc(call)
        for asynchronous, found in methods.items():
            found.extend(methods_of(call, names, hidden=hidden, asynchronous=asynchronous, doc=doc))
    classes = tuple(
        ClassView(
            name=Code(f"Async{group.cls}" if asynchronous else group.cls),
            base=Code("AsyncResource" if asynchronous else "Resource"),
            doc=group.doc,
            children=async_children(children) if asynchronous else children,
            methods=tuple(found),
        )
        for asynchronous, found in methods.items()
    )
    return tuple(constants), classes


def async_children(children: tuple[ChildView, ...]) -> tuple[ChildView, ...]:
    """Return the same groups for the asynchronous twin."""
    return tuple(
        ChildView(name=child.name, module=child.module, cls=Code(f"Async{child.cls}"), doc=child.doc)
        for child in children
    )


def _imports(constants: tuple[ConstantView, ...], classes: tuple[ClassView, ...]) -> tuple[Code, ...]:
    code = [str(cls.base) for cls in classes]
    for method in (method for cls in classes for method in cls.methods):
        code.extend((method.parameters, method.returns, method.body, method.decorator))
    lines = resource_imports(code, calls=[f"{one.annotation} {one.value}" for one in constants])
    extra = [Code("from functools import cached_property")] if any(cls.children for cls in classes) else []
    return (*extra, *lines)
