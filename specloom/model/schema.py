"""A schema, in one dialect: JSON Schema 2020-12, with nullability pulled out and references left as references.

Swagger 2.0, OpenAPI 3.0, 3.1, 3.2 and GraphQL types are all brought to this form by the readers, so that nobody else
has to know four ways to say "or null".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.api import Parameter
    from specloom.model.source import Json, Span


class Absent(Enum):
    """The type of `ABSENT`; an enum so that type checkers can narrow it away."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
"""Not given, where null is a value of its own (`default`, `const`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Assertions that bound a value. Numbers are exact as written; lengths count code points, sizes count members.

    Swagger's and 3.0's boolean `exclusiveMinimum` is already turned into a number here.
    """

    minimum: float | None = None
    maximum: float | None = None
    exclusive_minimum: float | None = None
    exclusive_maximum: float | None = None
    multiple_of: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    min_items: int | None = None
    max_items: int | None = None
    unique_items: bool = False
    min_properties: int | None = None
    max_properties: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rare:
    """Keywords that few schemas use, with the meaning that JSON Schema 2020-12 gives them.

    `arguments` is GraphQL's: what the field whose value this is takes, each with `Location.ARGUMENT`. `lost_ref` is a
    reference that leads nowhere, as it is written: what it stands for is not known.
    """

    prefix_items: tuple[Schema, ...] = ()
    contains: Schema | None = None
    min_contains: int | None = None
    max_contains: int | None = None
    negation: Schema | None = None
    if_: Schema | None = None
    then: Schema | None = None
    else_: Schema | None = None
    dependent_required: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dependent_schemas: Mapping[str, Schema] = field(default_factory=dict)
    property_names: Schema | None = None
    pattern_properties: Mapping[str, Schema] = field(default_factory=dict)
    unevaluated_items: Schema | None = None
    unevaluated_properties: Schema | None = None
    content_encoding: str | None = None
    content_media_type: str | None = None
    content_schema: Schema | None = None
    dynamic_ref: str | None = None
    lost_ref: str | None = None
    arguments: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discriminator:
    """Which property tells the members of a union apart, and which value names which schema (by name in the `Api`).

    `mapping` holds what the description says explicitly; a member that is not in it answers to its schema name.
    """

    property_name: str
    mapping: Mapping[str, str] = field(default_factory=dict)


NO_LIMITS: Final = Limits()
NO_RARE: Final = Rare()


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """A set of JSON values, with what people wrote about it.

    `ref` names an entry of `Api.schemas`; keywords beside it hold as well (as in 3.1), so the schema means
    "that one and all of this". `boolean` is set for the schemas `true` and `false` and for nothing else.

    `types` uses JSON Schema's names without `null`, empty meaning any; `("null",)` is the schema of null alone.
    `nullable` means that null is accepted *whatever the other keywords say*; members of a union that are only null, and
    null in an enum, have been folded into it. It is False where nothing constrains the value anyway.

    `additional` is the schema of undeclared members (None: not said, so anything goes); `items` that of array members.
    """

    span: Span
    ref: str | None = None
    boolean: bool | None = None
    types: tuple[str, ...] = ()
    nullable: bool = False
    format: str | None = None
    enum: tuple[Json, ...] | None = None
    const: Json | Absent = ABSENT
    properties: Mapping[str, Schema] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    additional: Schema | None = None
    items: Schema | None = None
    all_of: tuple[Schema, ...] = ()
    any_of: tuple[Schema, ...] = ()
    one_of: tuple[Schema, ...] = ()
    discriminator: Discriminator | None = None
    limits: Limits = NO_LIMITS
    rare: Rare = NO_RARE
    title: str | None = None
    description: str | None = None
    default: Json | Absent = ABSENT
    examples: tuple[Json, ...] = ()
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False
    extensions: Mapping[str, Json] = field(default_factory=dict)
