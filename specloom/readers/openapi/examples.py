"""Examples: one without a name, or several with names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specloom.model.api import Example
from specloom.readers.openapi.references import reference_in

if TYPE_CHECKING:
    from specloom.model.source import Json
    from specloom.readers.openapi.part import Part


def read_examples(part: Part) -> tuple[Example, ...]:
    """Return the examples at a media type, parameter or header; `example` has the empty name."""
    found: list[Example] = []
    if "example" in part.value:
        found.append(Example(name="", value=part.value["example"]))
    examples = part.value.get("examples")
    if isinstance(examples, list):
        return (*found, *(Example(name=str(place), value=value) for place, value in enumerate(examples, 1)))
    if isinstance(examples, dict):
        for name in examples:
            example = _named(name, examples[name], part)
            if example:
                found.append(example)
    elif examples is not None:
        part.wrong("examples", "a mapping of names to examples")
    return tuple(found)


def _named(name: str, value: Json, part: Part) -> Example | None:
    if reference_in(value):
        target = part.target(value, "examples")
        if target is None:
            return None
        value = target.value
    if not isinstance(value, dict) or not value.keys() & _MEMBERS:
        return Example(name=name, value=value)
    summary, external = value.get("summary"), value.get("externalValue")
    serialized = value.get("serializedValue")
    return Example(
        name=name,
        value=value.get("value", value.get("dataValue", serialized)),
        summary=summary if isinstance(summary, str) else None,
        external=external if isinstance(external, str) else None,
    )


_MEMBERS = frozenset({"value", "externalValue", "dataValue", "serializedValue", "summary"})
