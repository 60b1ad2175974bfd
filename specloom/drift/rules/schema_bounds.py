"""Bounds, multiples, patterns, uniqueness."""

from specloom.drift.effect import BOTH, Effect
from specloom.drift.rule import Rule, both

_BOUNDS = (
    ("minimum", "minimum", True),
    ("maximum", "maximum", False),
    ("min-length", "minimum length", True),
    ("max-length", "maximum length", False),
    ("min-items", "minimum number of items", True),
    ("max-items", "maximum number of items", False),
    ("min-properties", "minimum number of members", True),
    ("max-properties", "maximum number of members", False),
)


def _bound(name: str, words: str, *, lower: bool) -> tuple[Rule, ...]:
    """Four edits of one bound: raising a lower bound narrows, raising an upper one widens."""
    tighter, looser = ("raised", "lowered") if lower else ("lowered", "raised")
    beyond, towards = ("below", "down to") if lower else ("above", "up to")
    return (
        *both(
            f"{name}-added",
            f"there is a {words} of {{after}} now",
            Effect.NARROWS,
            request=f"Keep to the {words} of {{after}}.",
            response="Nothing to do: values within the limit came before.",
        ),
        *both(
            f"{name}-removed",
            f"the {words} of {{before}} was dropped",
            Effect.WIDENS,
            request="Nothing to do: values within the old limit are still accepted.",
            response=f"Handle values {beyond} the old {words} of {{before}}.",
        ),
        *both(
            f"{name}-{tighter}",
            f"the {words} went from {{before}} to {{after}}",
            Effect.NARROWS,
            request=f"Keep to the new {words} of {{after}}.",
            response="Nothing to do: values still keep within the old limit.",
        ),
        *both(
            f"{name}-{looser}",
            f"the {words} went from {{before}} to {{after}}",
            Effect.WIDENS,
            request="Nothing to do: values within the old limit are still accepted.",
            response=f"Handle values {towards} the new {words} of {{after}}.",
        ),
    )


RULES = (
    *(rule for name, words, lower in _BOUNDS for rule in _bound(name, words, lower=lower)),
    *both(
        "multiple-of-added",
        "numbers must be multiples of {after} now",
        Effect.NARROWS,
        request="Send multiples of {after} only.",
        response="Nothing to do: multiples came before as well.",
    ),
    *both(
        "multiple-of-removed",
        "numbers need no longer be multiples of {before}",
        Effect.WIDENS,
        request="Nothing to do: multiples are still accepted.",
        response="Handle numbers that are no multiples of {before}.",
    ),
    *both(
        "multiple-of-changed",
        "numbers must be multiples of {after} instead of {before}",
        BOTH,
        request="Send multiples of {after} only.",
        response="Handle multiples of {after}.",
    ),
    *both(
        "pattern-added",
        "text must match a pattern now: {after}",
        Effect.NARROWS,
        request="Send only text that matches the pattern.",
        response="Nothing to do: text is more regular than before.",
    ),
    *both(
        "pattern-removed",
        "text need no longer match a pattern: {before}",
        Effect.WIDENS,
        request="Nothing to do: text that matches is still accepted.",
        response="Stop relying on the pattern when reading text.",
    ),
    *both(
        "pattern-changed",
        "the pattern went from {before} to {after}",
        Effect.UNKNOWN,
        request="Check that everything you send matches the new pattern.",
        response="Check that you can read everything that the new pattern allows.",
    ),
    *both(
        "unique-items-added",
        "items must differ from each other now",
        Effect.NARROWS,
        request="Remove duplicates before sending.",
        response="Nothing to do: lists without duplicates came before.",
    ),
    *both(
        "unique-items-removed",
        "items may be repeated now",
        Effect.WIDENS,
        request="Nothing to do: lists without duplicates are still accepted.",
        response="Handle duplicates in the list.",
    ),
)
