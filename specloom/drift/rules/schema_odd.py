"""`not`, conditions, dependent schemas, names and patterns of properties, leftovers."""

from specloom.drift.effect import Effect
from specloom.drift.rule import Rule, both

_RULES = (
    ("not", "values of a certain form are excluded now", "values of a certain form are no longer excluded"),
    ("if", "a condition must be met now", "a condition need no longer be met"),
    ("then", "where the condition holds, more is asked now", "where the condition holds, less is asked now"),
    ("else", "where the condition fails, more is asked now", "where the condition fails, less is asked now"),
    (
        "dependent-schema",
        "with {name}, the object must follow a further schema now",
        "with {name}, the object need no longer follow a further schema",
    ),
    (
        "content-schema",
        "what a text holds must follow a schema now",
        "what a text holds need no longer follow a schema",
    ),
    ("property-names", "the names of members are restricted now", "the names of members are no longer restricted"),
    (
        "pattern-property",
        "members whose names match {pattern} have a schema now",
        "members whose names match {pattern} no longer have a schema",
    ),
)


def _pair(what: str, added: str, removed: str) -> tuple[Rule, ...]:
    """Return the rules for a keyword: added it narrows, dropped it widens."""
    return (
        *both(
            f"{what}-added",
            added,
            Effect.NARROWS,
            request="Check that what you send still fits.",
            response="Nothing to do: answers are more regular than before.",
        ),
        *both(
            f"{what}-removed",
            removed,
            Effect.WIDENS,
            request="Nothing to do: what was accepted still is.",
            response="Handle values that the old rule excluded.",
        ),
    )


RULES = (
    *(rule for what, added, removed in _RULES for rule in _pair(what, added, removed)),
    *both(
        "if-changed",
        "the condition changed",
        Effect.UNKNOWN,
        request="Check that what you send still fits.",
        response="Check that you can read what the new condition allows.",
    ),
    *both(
        "unevaluated-properties-closed",
        "members that nothing describes are restricted now",
        Effect.NARROWS,
        request="Send described members only.",
        response="Nothing to do: nothing unexpected comes any more.",
    ),
    *both(
        "unevaluated-properties-opened",
        "members that nothing describes are no longer restricted",
        Effect.WIDENS,
        request="Nothing to do: described members are accepted as before.",
        response="Make your reader tolerate members that it does not know.",
    ),
    *both(
        "unevaluated-items-closed",
        "items that nothing describes are restricted now",
        Effect.NARROWS,
        request="Send described items only.",
        response="Nothing to do: nothing unexpected comes any more.",
    ),
    *both(
        "unevaluated-items-opened",
        "items that nothing describes are no longer restricted",
        Effect.WIDENS,
        request="Nothing to do: described items are accepted as before.",
        response="Make your reader tolerate items that it does not know.",
    ),
    *both(
        "reference-lost",
        "{name} leads nowhere now, so nothing can be said of what stands here",
        Effect.UNKNOWN,
        request="Define what is referred to, or correct the reference.",
        response="Define what is referred to, or correct the reference.",
    ),
    *both(
        "reference-found",
        "{name} led nowhere before, so what stands here now cannot be compared",
        Effect.UNKNOWN,
        request="Compare what you send with what is described now.",
        response="Compare what you read with what is described now.",
    ),
    *both(
        "dynamic-reference-changed",
        "a dynamic reference changed",
        Effect.UNKNOWN,
        request="Check what the reference leads to now.",
        response="Check what the reference leads to now.",
    ),
)
