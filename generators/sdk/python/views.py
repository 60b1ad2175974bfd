"""What the templates print: frozen, and decided to the last word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from specloom.render import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstantView:
    """A constant of a module of resources: what the runtime has to know about an operation."""

    name: Code
    annotation: Code
    value: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodView:
    """A method of a resource, or one overload of it. `keyword` is `def` or `async def`."""

    name: Code
    keyword: Code
    parameters: Code
    returns: Code
    body: Code
    decorator: Code
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildView:
    """A group inside a group: an attribute that gives another resource."""

    name: Code
    module: Code
    cls: Code
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassView:
    """A resource, of the synchronous or the asynchronous kind."""

    name: Code
    base: Code
    doc: str
    children: tuple[ChildView, ...]
    methods: tuple[MethodView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleView:
    """A module of resources."""

    module: Code
    doc: str
    imports: Code
    constants: tuple[ConstantView, ...]
    classes: tuple[ClassView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldView:
    """A field of a model: the line that declares it."""

    code: Code
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionView:
    """A class or an alias in a module of models: its first line, or all of it."""

    code: Code
    doc: str
    fields: tuple[FieldView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelModuleView:
    """A module of models."""

    module: Code
    imports: Code
    classes: tuple[DefinitionView, ...]
    aliases: tuple[DefinitionView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialView:
    """A credential that the client takes: an argument, the environment variable behind it, and what it is for."""

    name: Code
    kind: Code
    env: str
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientClassView:
    """One of the two clients: its bases, the parameters of its constructor, the credentials it hands on."""

    name: Code
    bases: Code
    doc: str
    parameters: Code
    credentials: Code
    children: tuple[ChildView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecArgument:
    """One argument of what is said about the API as a whole, with the facts of the docs that it rests on."""

    code: Code
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientView:
    """The module with both clients, and the data about the API as a whole.

    `facts` are what the docs say, the description does not, and no argument of `spec` is about.
    `setup` are the arguments that an example gives the client.
    """

    doc: str
    imports: Code
    credentials: tuple[CredentialView, ...]
    spec: tuple[SpecArgument, ...]
    spec_imports: Code
    facts: tuple[str, ...]
    oauth_argument: Code
    setup: Code
    classes: tuple[ClientClassView, ...]
