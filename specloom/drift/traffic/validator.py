"""The JSON Schema validator, made safe for values and patterns from strangers.

Keywords that the library would match with Python's regular expressions are ours here: they take linear time. Work is
counted, so that a union that branches at every level ends in `TooMuch`, never in hours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from specloom.drift.relation.regex import compiled
from specloom.drift.relation.values import key
from specloom.drift.traffic.dialect import NULLABLE, Documents
from specloom.drift.traffic.formats import fits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from specloom.model.source import Json

STEPS: Final = 300_000
"""Keywords looked at for one value; a list of 10,000 objects with ten properties stays below."""
LONGEST: Final = 4000
"""Characters of a text that are held against a pattern."""

Keyword: TypeAlias = "Callable[[Any, Any, Any, Any], Iterator[ValidationError] | None]"


class TooMuch(Exception):  # noqa: N818  # it is an answer, not an error
    """The value takes too long to be held against its schema."""


@dataclass(slots=True)
class Validation:
    """Holds values against documents; `undecided` are the patterns that could not be matched."""

    documents: Documents
    undecided: dict[str, None] = field(default_factory=dict)
    _steps: int = 0
    _class: Any = None

    def __post_init__(self) -> None:
        """Make the validator's class, once."""
        self._class = self._kind()

    def begin(self) -> None:
        """Start counting anew: the next value is looked at."""
        self._steps = 0

    def errors(self, document: dict[str, Any], value: Json) -> list[ValidationError]:
        """Return what is wrong with a value. Raises `TooMuch`."""
        try:
            return list(self._class(document).iter_errors(value))
        except RecursionError:
            raise TooMuch from None

    def valid(self, document: dict[str, Any], value: Json) -> bool:
        """Tell whether a value fits. Raises `TooMuch`."""
        try:
            return next(self._class(document).iter_errors(value), None) is None
        except RecursionError:
            raise TooMuch from None

    def _kind(self) -> Any:  # noqa: ANN401  the library makes the class
        own: dict[str, Keyword] = {
            "$ref": self._ref,
            "pattern": self._pattern,
            "format": _format,
            "patternProperties": self._like,
            "additionalProperties": self._additional,
            "uniqueItems": _unique,
            "required": _required,
            "oneOf": Draft202012Validator.VALIDATORS["anyOf"],  # two that fit are the description's affair
        }
        known = {**Draft202012Validator.VALIDATORS, **own}
        return extend(  # type: ignore[no-untyped-call]  # the library leaves this one without types
            Draft202012Validator, {name: self._counted(check) for name, check in known.items()}
        )

    def _counted(self, check: Keyword) -> Keyword:
        def counting(validator: Any, wanted: Any, value: Any, schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401  the library's signature
            self._steps += 1
            if self._steps > STEPS:
                raise TooMuch
            if value is None and schema.get(NULLABLE):
                return
            yield from check(validator, wanted, value, schema) or ()

        return counting

    def _ref(self, validator: Any, name: str, value: Json, _schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401  likewise
        yield from validator.descend(value, self.documents.named(name))

    def _matches(self, pattern: str, text: str) -> bool | None:
        made = compiled(pattern)
        if made is None or len(text) > LONGEST:
            self.undecided.setdefault(pattern)
            return None
        return made.matches(text)

    def _pattern(self, _validator: Any, pattern: str, value: Json, _schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401  likewise
        if isinstance(value, str) and self._matches(pattern, value) is False:
            yield ValidationError("pattern")

    def _like(self, validator: Any, patterns: Any, value: Json, _schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401  likewise
        if not isinstance(value, dict):
            return
        for pattern, document in patterns.items():
            for name, item in value.items():
                if self._matches(pattern, name):
                    yield from validator.descend(item, document, path=name, schema_path=pattern)

    def _additional(self, validator: Any, more: Any, value: Json, schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401  likewise
        if not isinstance(value, dict):
            return
        patterns = schema.get("patternProperties", {})
        for name, item in value.items():
            if name in schema.get("properties", {}) or any(self._matches(one, name) is not False for one in patterns):
                continue
            if more is False:
                yield ValidationError(name, instance=value)
            else:
                yield from validator.descend(item, more, path=name)


def _format(_validator: Any, name: str, value: Json, _schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401  the library's signature
    if not fits(name, value):
        yield ValidationError("format")


def _unique(_validator: Any, wanted: Any, value: Json, _schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401  likewise
    if wanted and isinstance(value, list) and len({key(item) for item in value}) < len(value):
        yield ValidationError("uniqueItems")


def _required(_validator: Any, names: Any, value: Json, _schema: Any) -> Iterator[ValidationError]:  # noqa: ANN401  likewise
    if isinstance(value, dict):
        yield from (ValidationError(name) for name in names if name not in value)
