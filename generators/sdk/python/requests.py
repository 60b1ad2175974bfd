"""The request body of an operation as arguments of a method.

The members of a body that is an object become keyword arguments of their own: that is what people write
(`pets.create(name="Rex")`), editors complete it, and unset, null and a value stay apart for each member. Whatever
else a body can be (a union, an array, a map, a text, a file, several media types of different shapes) is the one
argument `body`, so that every description gives code that type checkers accept.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from generators.lang.python import types as t
from generators.lang.python.plans import Field, ModelPlan
from generators.lang.python.quoting import string
from generators.lang.shapes import only_part
from generators.sdk.python.arguments import Argument, accepted, argument_name
from generators.sdk.python.media import Kind, essence, is_binary, request_kind
from specloom.render import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generators.lang.python.planning import Place, Planner
    from generators.lang.python.types import PyType
    from specloom.model.api import Encoding, MediaType, RequestBody
    from specloom.model.schema import Schema

_PREFERENCE: Final = (Kind.JSON, Kind.MULTIPART, Kind.FORM, Kind.JSON_LINES, Kind.TEXT, Kind.BINARY)

_MOST_ARGUMENTS: Final = 100
"""Members of a body that become arguments; a longer one is passed whole. Real APIs stay below 40."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How a body is passed and written: its arguments, and for each media type on offer the code that declares it."""

    arguments: tuple[Argument, ...]
    codes: tuple[tuple[str, Code], ...]

    @property
    def media_types(self) -> tuple[str, ...]:
        """The media types that a caller can choose from, the default first."""
        return tuple(media_type for media_type, _ in self.codes)


def sending_of(body: RequestBody, planner: Planner, place: Place, taken: set[str]) -> Sending:
    """Plan the arguments for `body`, whose names go into `taken`."""
    offered = _offered(body)
    if not offered:
        return _whole(body, (), t.ANY, taken)
    fields = _common_fields(offered, planner, place)
    if fields:
        return _flattened(body, offered, fields, planner, taken)
    types = t.union(_whole_type(media, planner, place) for media in offered)
    return _whole(body, offered, types, taken)


def _offered(body: RequestBody) -> tuple[MediaType, ...]:
    """Return the media types to choose from, the best first; XML goes where we can write anything else instead."""

    def rank(media: MediaType) -> tuple[int, bool, str]:
        return _PREFERENCE.index(request_kind(media)), essence(media.media_type) != "application/json", media.media_type

    ranked = sorted(body.content, key=rank)
    concrete = [media for media in ranked if "*" not in media.media_type] or ranked
    writable = [
        media for media in concrete if "xml" not in essence(media.media_type) and not _is_pointless(media, ranked)
    ]
    return tuple(writable or concrete)


def _is_pointless(media: MediaType, others: list[MediaType]) -> bool:
    """Whether `media` is a form for the very schema that can also be sent as JSON, or one more spelling of JSON."""
    json = [one for one in others if request_kind(one) is Kind.JSON and one is not media]
    if request_kind(media) is Kind.JSON:
        return essence(media.media_type) == "text/json" and bool(json)
    if request_kind(media) in {Kind.TEXT, Kind.BINARY}:
        return bool(json) and media.schema is not None and any(_alike(one.schema, media.schema) for one in json)
    return request_kind(media) is Kind.FORM and any(_alike(one.schema, media.schema) for one in json)


def _alike(first: Schema | None, second: Schema | None) -> bool:
    if first is None or second is None:
        return first is second
    return first == second or (first.ref is not None and first.ref == second.ref)


def _common_fields(offered: tuple[MediaType, ...], planner: Planner, place: Place) -> tuple[Field, ...]:
    """Return the members that become arguments: those of an object that all media types share; else none."""
    first = offered[0].schema
    if first is None or not all(_alike(first, media.schema) for media in offered):
        return ()
    if any(request_kind(media) not in {Kind.JSON, Kind.FORM, Kind.MULTIPART} for media in offered):
        return ()
    fields = tuple(field for field in _fields(first, planner, place) if not field.schema.read_only)
    return fields if len(fields) <= _MOST_ARGUMENTS else ()


def _fields(schema: Schema, planner: Planner, place: Place) -> tuple[Field, ...]:
    if schema.nullable:
        return ()
    part = only_part(schema)
    if part is not None and part is not schema:
        return _fields(part, planner, place)
    if part is not None:
        return _fields_of_named(part, planner)
    flat = planner.shapes.flat(schema)
    if not planner.shapes.is_object(flat) or flat.one_of or flat.any_of:
        return ()
    return planner.fields_of(flat, place.inner("Request"))


def _fields_of_named(schema: Schema, planner: Planner) -> tuple[Field, ...]:
    """Follow references, a chain of them if need be, to a model."""
    seen = set[str]()
    name = schema.ref
    while name is not None and name in planner.schemas and name not in seen:
        seen.add(name)
        plan = planner.plan_of_schema(name)
        if isinstance(plan, ModelPlan):
            return plan.fields
        part = only_part(planner.schemas[name])
        name = part.ref if part else None
    return ()


def _flattened(
    body: RequestBody, offered: tuple[MediaType, ...], fields: tuple[Field, ...], planner: Planner, taken: set[str]
) -> Sending:
    if len(offered) > 1:
        taken.add("content_type")
    forms = any(request_kind(media) is Kind.MULTIPART for media in offered)
    arguments = [_argument(field, body, planner, taken, files=forms) for field in fields]
    names = {argument.name: argument.wire for argument in arguments if argument.name != argument.wire}
    codes = tuple((media.media_type, _code(body, media, names=names)) for media in offered)
    return Sending(arguments=tuple(arguments), codes=codes)


def _argument(field: Field, body: RequestBody, planner: Planner, taken: set[str], *, files: bool) -> Argument:
    tp = accepted(field.type, planner)
    if files:
        tp = _with_files(tp, planner.shapes.flat(field.schema), planner)
    return Argument(
        name=argument_name(field.wire, "body", taken),
        wire=field.wire,
        type=tp,
        required=field.required and body.required,
        doc=field.doc,
        default=planner.shapes.flat(field.schema).default,
    )


def _with_files(tp: PyType, flat: Schema, planner: Planner) -> PyType:
    if is_binary(flat):
        return t.optional(t.FILE) if flat.nullable else t.FILE
    if flat.items is not None and is_binary(planner.shapes.flat(flat.items)):
        return t.Generic("Sequence", (t.FILE,))
    return tp


def _whole_type(media: MediaType, planner: Planner, place: Place) -> PyType:
    kind = request_kind(media)
    if kind is Kind.BINARY:
        return t.FILE
    if kind is Kind.TEXT:
        return t.union((t.STR, t.BYTES))
    if media.schema is None or planner.shapes.flat(media.schema).boolean is not None:
        return t.ANY_MAPPING if kind in {Kind.FORM, Kind.MULTIPART} else t.ANY
    if kind is Kind.JSON_LINES:
        item = media.item_schema or media.schema
        return t.Generic("Sequence", (accepted(planner.type_of(item, place.inner("RequestItem")), planner),))
    if kind is Kind.MULTIPART and not isinstance(media.schema.ref, str):
        return t.ANY_MAPPING
    return accepted(planner.type_of(media.schema, place.inner("Request")), planner)


def _whole(body: RequestBody, offered: tuple[MediaType, ...], tp: PyType, taken: set[str]) -> Sending:
    name = argument_name("body", "request", taken)
    argument = Argument(name=name, wire="", type=tp, required=body.required, doc=body.description or "")
    if len(offered) > 1:
        taken.add("content_type")
    codes = tuple((media.media_type, _code(body, media, whole=name)) for media in offered)
    return Sending(arguments=(argument,), codes=codes or (("application/octet-stream", _code(body, None, whole=name)),))


def _code(
    body: RequestBody, media: MediaType | None, *, whole: str | None = None, names: Mapping[str, str] | None = None
) -> Code:
    parts: list[str] = []
    media_type = _concrete(media)
    if media_type != "application/json":
        parts.append(string(media_type))
    if whole:
        parts.append(f"whole={string(whole)}")
    if names:
        parts.append(f"names={{{', '.join(f'{string(name)}: {string(wire)}' for name, wire in names.items())}}}")
    encodings = media.encodings if media else {}
    if written := [f"{string(name)}: {_part(encoding)}" for name, encoding in sorted(encodings.items())]:
        parts.append(f"parts={{{', '.join(written)}}}")
    if not body.required:
        parts.append("required=False")
    return Code(f"Body({', '.join(parts)})")


def _concrete(media: MediaType | None) -> str:
    """Return a media type that can be sent: a range is no such thing."""
    if media is None or "*" not in media.media_type:
        return media.media_type if media else "application/octet-stream"
    kind = request_kind(media)
    return {Kind.JSON: "application/json", Kind.TEXT: "text/plain"}.get(kind, "application/octet-stream")


def _part(encoding: Encoding) -> Code:
    parts: list[str] = []
    if encoding.content_type is not None:
        parts.append(string(encoding.content_type))
    if encoding.style is not None:
        parts.append(f"style={string(encoding.style)}")
    if encoding.explode is not None:
        parts.append(f"explode={encoding.explode}")
    if encoding.allow_reserved:
        parts.append("reserved=True")
    return Code(f"Part({', '.join(parts)})")
