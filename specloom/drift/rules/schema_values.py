"""Enums, consts and extensible enums."""

from specloom.drift.effect import BOTH, Effect
from specloom.drift.rule import both
from specloom.model.change import Severity

GROWS = "Lists of values grow: a new value in an answer is risky rather than breaking, since many clients tolerate it."

RULES = (
    *both(
        "enum-value-added",
        "the value {value} was added",
        Effect.WIDENS,
        request="Nothing to do: the new value may be sent.",
        response="Handle values that you do not know, this one first.",
        caps=(None, Severity.RISKY),
        convention=GROWS,
    ),
    *both(
        "enum-value-removed",
        "the value {value} was removed",
        Effect.NARROWS,
        request="Stop sending this value.",
        response="Nothing to do: this value no longer comes.",
    ),
    *both(
        "enum-added",
        "only listed values are possible now: {values}",
        Effect.NARROWS,
        request="Send one of the listed values.",
        response="Nothing to do: every listed value was possible before.",
    ),
    *both(
        "enum-removed",
        "the list of possible values was dropped: {values}",
        Effect.WIDENS,
        request="Nothing to do: the listed values are still accepted.",
        response="Handle values beyond those once listed.",
    ),
    *both(
        "const-added",
        "only one value is possible now: {values}",
        Effect.NARROWS,
        request="Send exactly this value.",
        response="Nothing to do: this value was possible before.",
    ),
    *both(
        "const-removed",
        "the value is no longer fixed to {values}",
        Effect.WIDENS,
        request="Nothing to do: the value once fixed is still accepted.",
        response="Handle values other than the one once fixed.",
    ),
    *both(
        "const-changed",
        "the fixed value went from {before} to {after}",
        BOTH,
        request="Send the new value.",
        response="Expect the new value.",
    ),
    *both(
        "extensible-value-added",
        "the value {value} was added to the extensible list",
        Effect.NONE,
        request="Nothing to do: the new value may be sent.",
        response="Nothing to do for a client that expects new values, as the description asks.",
    ),
    *both(
        "extensible-value-removed",
        "the value {value} was removed from the extensible list",
        Effect.NARROWS,
        request="Stop sending this value.",
        response="Nothing to do: this value no longer comes.",
    ),
)
