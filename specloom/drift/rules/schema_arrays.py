"""Lists and tuples."""

from specloom.drift.effect import BOTH, Effect
from specloom.drift.rule import Rule, both


def _counted(name: str, words: str, *, lower: bool) -> tuple[Rule, ...]:
    up, down = (Effect.NARROWS, Effect.WIDENS) if lower else (Effect.WIDENS, Effect.NARROWS)
    texts = {
        Effect.NARROWS: ("Keep within the new limit of {after}.", "Nothing to do: lists still keep the old limit."),
        Effect.WIDENS: (
            "Nothing to do: lists within the old limit are accepted.",
            "Handle lists beyond the old limit.",
        ),
    }
    return tuple(
        rule
        for what, effect in (("raised", up), ("lowered", down))
        for rule in both(
            f"{name}-{what}",
            f"{words} went from {{before}} to {{after}}",
            effect,
            request=texts[effect][0],
            response=texts[effect][1],
        )
    )


RULES = (
    *both(
        "items-added",
        "items must follow a schema now",
        Effect.NARROWS,
        request="Send only items that follow the schema.",
        response="Nothing to do: items are more regular than before.",
    ),
    *both(
        "items-removed",
        "items need no longer follow a schema",
        Effect.WIDENS,
        request="Nothing to do: items that follow the old schema are still accepted.",
        response="Handle items of any form.",
    ),
    *both(
        "prefix-item-added",
        "item {index} has a schema of its own now",
        Effect.NARROWS,
        request="Send an item {index} that follows its schema.",
        response="Nothing to do: item {index} is more regular than before.",
    ),
    *both(
        "prefix-item-removed",
        "item {index} no longer has a schema of its own",
        Effect.WIDENS,
        request="Nothing to do: what followed the old schema is still accepted.",
        response="Handle any item {index}.",
    ),
    *both(
        "contains-added",
        "a list must contain an item of a certain form now",
        Effect.NARROWS,
        request="Put such an item into every list.",
        response="Nothing to do: every list has such an item now.",
    ),
    *both(
        "contains-removed",
        "a list need no longer contain an item of a certain form",
        Effect.WIDENS,
        request="Nothing to do: lists with such an item are still accepted.",
        response="Handle lists without such an item.",
    ),
    *both(
        "contains-changed",
        "other items than before count as those of which a list has only so many",
        BOTH,
        request="Count the items that match now.",
        response="Expect other numbers of such items.",
    ),
    *_counted("min-contains", "the smallest number of such items", lower=True),
    *_counted("max-contains", "the largest number of such items", lower=False),
)
