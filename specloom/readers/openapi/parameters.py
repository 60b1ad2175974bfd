"""Parameters: what an operation takes outside its body."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from specloom.model.api import Location, Parameter
from specloom.model.schema import Schema
from specloom.readers.openapi.examples import read_examples
from specloom.readers.openapi.styles import read_collection_format, read_style

if TYPE_CHECKING:
    from specloom.model.source import Span
    from specloom.readers.openapi.part import Part
    from specloom.readers.openapi.schemas import Schemas

MAX_PARAMETERS: Final = 1_000
"""Parameters of one operation; the largest in real descriptions is near 100."""

_TEMPLATE: Final = re.compile(r"\{([^{}/]+)\}")
_IN_BODY: Final = frozenset({"body", "formdata", "form"})


def is_in_body(part: Part) -> bool:
    """Tell whether a Swagger 2.0 parameter belongs to the body."""
    return (part.text("in") or "").strip().lower() in _IN_BODY


def gather(owner: list[Part], path: str) -> list[Part]:
    """Return the parameters of the path item and then the operation, which overrides by name and place."""
    found: dict[tuple[str, str], Part] = {}
    for part in owner:
        for parameter in part.parts("parameters"):
            if parameter.text("name") is None and not is_in_body(parameter):
                message = f"a parameter of {path} needs a `name`; it is left out"
                parameter.context.problems.error("missing-name", message, parameter.span)
                continue
            # Swagger allows one body and no more, whatever it is called.
            place = (parameter.text("in") or "").strip().lower()
            found["" if place == "body" else parameter.text("name") or "", place] = parameter
    if len(found) > MAX_PARAMETERS:
        span = owner[-1].at("parameters")
        message = f"{path} has more than {MAX_PARAMETERS:,} parameters; the rest is left out"
        owner[-1].context.problems.error("too-many-parameters", message, span)
    return list(found.values())[:MAX_PARAMETERS]


class Parameters:
    """Reads the parameters of one description, those that operations share once."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._shared: dict[int, Parameter] = {}

    def read(self, parts: list[Part], path: str, span: Span) -> tuple[tuple[Parameter, ...], tuple[Parameter, ...]]:
        """Return the parameters that agree with the template of `path`, whose operation is at `span`, and strays."""
        template = list(dict.fromkeys(_TEMPLATE.findall(path)))
        found = [self._parameter(part, template) for part in parts]
        strangers = [p for p in found if p.location is Location.PATH and p.name not in template]
        missing = [name for name in template if not any(p.name == name and p.location is Location.PATH for p in found)]
        problems = self._schemas.context.problems
        renamed: dict[str, Parameter] = {}
        for name in missing:
            twin = next((p for p in strangers if _same(p.name, name)), None)
            renamed[name] = replace(twin, name=name) if twin else _undeclared(name, span)
            spelt = f"; `{twin.name}` is taken for it" if twin else "; it is read as a required text"
            problems.warning("undeclared-parameter", f"`{{{name}}}` in {path} is not among the parameters{spelt}", span)
        strays = [item for item in strangers if not any(_same(item.name, name) for name in missing)]
        for stray in strays:
            message = f"the path parameter `{stray.name}` does not occur in {path}; it is left out"
            problems.warning("unused-parameter", message, stray.span)
        kept = [parameter for parameter in found if parameter not in strangers]
        return (*kept, *renamed.values()), tuple(strays)

    def _parameter(self, part: Part, template: list[str]) -> Parameter:
        known = self._shared.get(id(part.value))
        if known is None:
            known = self._read(part, _location(part, template))
            if "in" in part.value:
                self._shared[id(part.value)] = known
        return replace(known, site=part.site) if part.site else known

    def _read(self, part: Part, location: Location) -> Parameter:
        media_type, schema = self._schemas.outside(part)
        if part.context.dialect.is_swagger and "schema" not in part.value:
            style, explode = read_collection_format(part, location, is_array="array" in schema.types)
        else:
            style, explode = read_style(part, location)
        return Parameter(
            name=part.text("name") or "",
            location=location,
            schema=schema,
            span=part.span,
            required=location is Location.PATH or part.flag("required") is True,
            style=style,
            explode=explode,
            allow_reserved=part.flag("allowReserved") is True,
            allow_empty_value=part.flag("allowEmptyValue") is True,
            media_type=media_type,
            deprecated=part.flag("deprecated") is True,
            description=part.text("description"),
            examples=read_examples(part),
            extensions=part.extensions,
        )


def _location(part: Part, template: list[str]) -> Location:
    written = (part.text("in") or "").strip().lower()
    if written in _LOCATIONS:
        return Location(written)
    name = part.text("name") or ""
    guess = Location.PATH if name in template else Location.QUERY
    said = f"has the unknown place `{written}`" if written else "does not say where it goes (`in`)"
    part.context.problems.warning("missing-in", f"the parameter `{name}` {said}; it is read as `{guess}`", part.span)
    return guess


def _undeclared(name: str, span: Span) -> Parameter:
    schema = Schema(span=span, types=("string",))
    return Parameter(
        name=name, location=Location.PATH, schema=schema, span=span, required=True, style="simple", explode=False
    )


def _same(one: str, other: str) -> bool:
    """Tell whether two names differ in case and punctuation only."""
    return _LETTERS.sub("", one).lower() == _LETTERS.sub("", other).lower()


_LOCATIONS: Final = frozenset({"path", "query", "querystring", "header", "cookie"})
_LETTERS: Final = re.compile(r"[^A-Za-z0-9]+")
