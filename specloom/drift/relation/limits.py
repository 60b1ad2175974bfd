"""Limits in numbers: the strictest of each sort, brought to one spelling, and the step that multiples leave."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING, Final

from specloom.model.schema import NO_LIMITS

if TYPE_CHECKING:
    from specloom.model.schema import Schema

HUGE: Final = 10**300
NUMBERS: Final = frozenset({"integer", "fraction"})
KIND_OF: Final = {
    "minimum": NUMBERS,
    "maximum": NUMBERS,
    "min_length": frozenset({"string"}),
    "max_length": frozenset({"string"}),
    "min_items": frozenset({"array"}),
    "max_items": frozenset({"array"}),
    "min_properties": frozenset({"object"}),
    "max_properties": frozenset({"object"}),
}
"""Sort of bound → the kinds of value that it binds."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit with the schema and keyword that set it; `value` grows with the keyword's number."""

    value: Fraction
    exclusive: bool
    origin: Schema
    keyword: str

    @property
    def shown(self) -> str:
        """The number as people write it."""
        number = self.value
        text = str(number.numerator) if number.denominator == 1 else repr(float(number))
        return f"{text} (excluded)" if self.exclusive else text


LIMITS: Final = (
    # attribute, the bound that it sets, whether the number itself is excluded, keyword
    ("minimum", "minimum", False, "minimum"),
    ("exclusive_minimum", "minimum", True, "exclusiveMinimum"),
    ("maximum", "maximum", False, "maximum"),
    ("exclusive_maximum", "maximum", True, "exclusiveMaximum"),
    ("min_length", "min_length", False, "minLength"),
    ("max_length", "max_length", False, "maxLength"),
    ("min_items", "min_items", False, "minItems"),
    ("max_items", "max_items", False, "maxItems"),
    ("min_properties", "min_properties", False, "minProperties"),
    ("max_properties", "max_properties", False, "maxProperties"),
)
LOWER: Final = frozenset({"minimum", "min_length", "min_items", "min_properties"})


def bounds(parts: tuple[Schema, ...], kinds: frozenset[str]) -> dict[str, Bound]:
    """Return the strictest bound of each sort that binds values of `kinds`; a size of at least 0 says nothing."""
    found: dict[str, Bound] = {}
    whole = kinds & NUMBERS == {"integer"}
    for part in parts:
        if part.limits is NO_LIMITS:
            continue
        for attribute, name, exclusive, keyword in LIMITS:
            number = getattr(part.limits, attribute)
            if number is None or not kinds & KIND_OF[name] or (number <= 0 and name in LOWER and name != "minimum"):
                continue
            value = fraction(number)
            if value is None:
                continue
            written = Bound(value, exclusive=exclusive, origin=part, keyword=keyword)
            bound = _canonical(written, lower=name in LOWER, whole=whole)
            if name not in found or stricter(bound, found[name], lower=name in LOWER):
                found[name] = bound
    return found


def fraction(number: object) -> Fraction | None:
    """Return a limit exactly, or None for one that no program counts to (infinite, or thousands of digits)."""
    if isinstance(number, int):
        return Fraction(number) if abs(number) < HUGE else None
    return Fraction(str(number)) if isinstance(number, float) and abs(number) < HUGE else None


def _canonical(bound: Bound, *, lower: bool, whole: bool) -> Bound:
    """Among integers `> 0` is `>= 1`, so that both ways of writing are one."""
    if not whole or bound.keyword not in {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}:
        return bound
    floor = bound.value.numerator // bound.value.denominator
    if lower:
        value = floor + 1 if bound.exclusive or bound.value != floor else floor
    else:
        value = floor - 1 if bound.exclusive and bound.value == floor else floor
    return Bound(Fraction(value), exclusive=False, origin=bound.origin, keyword=bound.keyword)


def stricter(one: Bound, other: Bound, *, lower: bool) -> bool:
    """Tell whether `one` excludes more than `other`."""
    if one.value == other.value:
        return one.exclusive and not other.exclusive
    return (one.value > other.value) is lower


def step(parts: tuple[Schema, ...], kinds: frozenset[str]) -> Fraction | None:
    """Return the number whose multiples are left by all `multipleOf` together; None where none says anything.

    Integers are multiples of 1 to begin with, so that 0.5 says nothing about them.
    """
    found: Fraction | None = None
    for part in parts:
        number = fraction(part.limits.multiple_of)
        if number is not None and number > 0:
            found = number if found is None else common(found, number)
    if found is None or kinds & NUMBERS != {"integer"}:
        return found
    whole = common(found, Fraction(1))
    return whole if whole != 1 else None


def common(one: Fraction, other: Fraction) -> Fraction:
    """Return the least common multiple."""
    return Fraction(lcm(one.numerator, other.numerator), gcd(one.denominator, other.denominator))
