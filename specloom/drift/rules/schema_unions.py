"""`anyOf`, `oneOf` and discriminators."""

from specloom.drift.effect import BOTH, Effect
from specloom.drift.rule import both
from specloom.model.change import Severity

HINT = "A discriminator tells readers where to look; which values stay possible, the members decide."

RULES = (
    *both(
        "union-member-added",
        "the alternative {name} was added",
        Effect.WIDENS,
        request="Nothing to do: the old alternatives are still accepted.",
        response="Handle the new alternative, and any that you do not know.",
    ),
    *both(
        "union-member-removed",
        "the alternative {name} was removed",
        Effect.NARROWS,
        request="Send one of the remaining alternatives.",
        response="Nothing to do: this alternative no longer comes.",
    ),
    *both(
        "union-added",
        "values must also be one of several alternatives now",
        Effect.NARROWS,
        request="Send values that fit one of the alternatives.",
        response="Nothing to do: values are more regular than before.",
    ),
    *both(
        "union-removed",
        "values need no longer be one of several alternatives",
        Effect.WIDENS,
        request="Nothing to do: values that fitted are still accepted.",
        response="Handle values that fit none of the old alternatives.",
    ),
    *both(
        "any-of-became-one-of",
        "a value must fit exactly one alternative now, where it could fit several",
        Effect.NARROWS,
        request="Send values that fit one alternative only.",
        response="Nothing to do: each value fits one alternative.",
    ),
    *both(
        "one-of-became-any-of",
        "a value may fit several alternatives now, where it had to fit exactly one",
        Effect.WIDENS,
        request="Nothing to do: values that fit one alternative are still accepted.",
        response="Handle values that fit several alternatives.",
    ),
    *both(
        "discriminator-added",
        "a discriminator was added",
        Effect.NONE,
        request="Send the discriminating property.",
        response="Nothing to do: the discriminator helps to read the value.",
        floors=(Severity.RISKY, None),
        convention=HINT,
    ),
    *both(
        "discriminator-removed",
        "the discriminator was removed",
        Effect.NONE,
        request="Nothing to do: the property may go on being sent.",
        response="Tell the alternatives apart by something other than the discriminator.",
        floors=(None, Severity.RISKY),
        convention=HINT,
    ),
    *both(
        "discriminator-property-changed",
        "the discriminating property went from {before} to {after}",
        BOTH,
        request="Send the new discriminating property.",
        response="Read the new discriminating property.",
    ),
    *both(
        "discriminator-mapping-added",
        "the discriminator knows the value {value} for {after} now",
        Effect.WIDENS,
        request="Nothing to do: the old values are still accepted.",
        response="Handle the new value.",
        caps=(None, Severity.RISKY),
        convention="A further value of a discriminator is a further value of a list: risky, as there.",
    ),
    *both(
        "discriminator-mapping-removed",
        "the discriminator no longer knows the value {value} for {before}",
        Effect.NARROWS,
        request="Send a value that the discriminator still knows.",
        response="Nothing to do: this value no longer comes.",
    ),
    *both(
        "discriminator-mapping-changed",
        "the discriminator's value {value} means {after} instead of {before}",
        BOTH,
        request="Send what the value means now.",
        response="Read the value as what it means now.",
    ),
)
