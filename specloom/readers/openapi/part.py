"""`Part`: a mapping of a description with its place, asked for what it should hold and forgiving about what it does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specloom.model.source import Reference
from specloom.readers.openapi.references import Target, reference_in

if TYPE_CHECKING:
    from specloom.model.source import Json, Span
    from specloom.readers.documents.document import Document
    from specloom.readers.openapi.context import Context

_TRUTH: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True, slots=True)
class Part:
    """A mapping at its place in a document; references in it have been followed to here.

    `site` is the reference that was followed first, where one was.
    """

    value: dict[str, Json]
    document: Document
    context: Context
    place: Span | None = None
    site: Reference | None = None

    @property
    def span(self) -> Span:
        """The lines of this mapping; `place` where it is not in the document itself."""
        return self.place or self.document.span(self.value)

    def span_with(self, words: frozenset[str]) -> Span:
        """Return the lines of this mapping, and those of what stands in the members `words`."""
        return self.place or self.document.span(self.value, inside=words)

    @property
    def extensions(self) -> dict[str, Json]:
        """The `x-` members."""
        return extensions_of(self.value)

    def at(self, key: str) -> Span:
        """Return the lines of the member `key`."""
        return self.place.member(key) if self.place else self.document.member(self.value, key)

    def wrong(self, key: str, wanted: str) -> None:
        """Report that the member `key` is not what it should be."""
        found = describe(self.value.get(key))
        self.context.problems.warning(
            "wrong-type", f"`{key}` should be {wanted}, not {found}; it is left out", self.at(key)
        )

    def text(self, key: str) -> str | None:
        """Return a text, a number as it is written, or the text that a reference leads to."""
        value = self.value.get(key)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, (int, float)):
            return str(value).lower() if isinstance(value, bool) else str(value)
        if reference := reference_in(value):
            return self.context.references.text(reference, self.document, self.at(key))
        self.wrong(key, "a text")
        return None

    def flag(self, key: str) -> bool | None:
        """Return true or false, or None where nothing is said."""
        value = self.value.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.context.problems.warning(
            "wrong-type", f"`{key}` should be true or false, not {describe(value)}", self.at(key)
        )
        return _TRUTH.get(str(value).lower())

    def texts(self, key: str) -> list[str]:
        """Return a list of texts; a single one counts as a list of one."""
        value = self.value.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.context.problems.warning(
                "wrong-type", f"`{key}` should be a list, not {describe(value)}", self.at(key)
            )
            value = [value]
        return [str(item) for item in value if isinstance(item, (str, int, float))]

    def part(self, key: str) -> Part | None:
        """Return the mapping at `key`, references followed."""
        return self._follow(self.value.get(key), key)

    def parts(self, key: str) -> list[Part]:
        """Return the mappings in the list at `key`, references followed."""
        value = self.value.get(key)
        if value is None:
            return []
        target = self.target(value, key)
        if target is None:
            return []
        if not isinstance(target.value, list):
            self.wrong(key, "a list")
            return []
        home = Part(self.value, target.document, self.context)
        found = [home._follow(item, key) for item in target.value]
        if home.document.aliased:
            found = [
                part and home._placed(part, item, key, index)
                for index, (part, item) in enumerate(zip(found, target.value, strict=True))
            ]
        return [part for part in found if part]

    def _placed(self, part: Part, item: Json, key: str, index: int) -> Part:
        """Return an item with its place in the list, where an alias stands for it there."""
        there = self.span_with(frozenset({key})).member(key, index)
        if part.value is not item or there.start == part.span.start:
            return part
        return replace(part, site=Reference(there, f"{self.document.path}#{part.span.number}"))

    def members(self, key: str, *, extensible: bool = False) -> list[tuple[str, Part]]:
        """Return the entries of the mapping at `key`."""
        whole = self.part(key)
        return whole.entries(extensible=extensible) if whole else []

    def entries(self, *, extensible: bool = False) -> list[tuple[str, Part]]:
        """Return the mappings in this one with their names, references followed.

        A name with nothing after it counts as an empty mapping. In an `extensible` object (the standard's word) names
        with `x-` are extensions; in a plain map, such as one of headers, they are names like any other.
        """
        names = [name for name, value in self.value.items() if not _is_extension(name, value, extensible=extensible)]
        found = [(name, self.empty(name) if self.value[name] is None else self.part(name)) for name in names]
        return [(name, part) for name, part in found if part]

    def empty(self, key: str) -> Part:
        """Return an empty mapping that stands where `key` does."""
        nothing: dict[str, Json] = {}
        self.context.made.append(nothing)
        return Part(nothing, self.document, self.context, self.at(key))

    def target(self, value: Json, key: str) -> Target | None:
        """Follow `value`, found at `key`, through references."""
        if reference_in(value) is None:
            return Target(self.document, (), value)
        return self.context.references.follow(value, self.document, self.at(key))

    def _follow(self, value: Json, key: str) -> Part | None:
        if value is None:
            return None
        target = self.target(value, key)
        if target is None:
            return None
        if isinstance(target.value, dict):
            site = None
            if target.value is not value:
                site = Reference(self.document.span(value), f"{target.document.path}#/{'/'.join(target.pointer)}")
            elif self.document.aliased and self.value.get(key) is value and self.document.elsewhere(self.value, key):
                site = Reference(self.at(key), f"{self.document.path}#{self.document.span(value).number}")
            return Part(target.value, target.document, self.context, site=site)
        if target.value is not None:
            self.wrong(key, "a mapping")
        return None


def extensions_of(value: dict[str, Json]) -> dict[str, Json]:
    """Return the `x-` members of a mapping."""
    return {key: item for key, item in value.items() if key.startswith("x-")}


def _is_extension(name: str, value: Json, *, extensible: bool) -> bool:
    return name.startswith("x-") and (extensible or not isinstance(value, dict))


def describe(value: Json) -> str:
    """Return what people call a value of this type."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, (int, float)):
        return "a number"
    return "a list" if isinstance(value, list) else "a mapping"
