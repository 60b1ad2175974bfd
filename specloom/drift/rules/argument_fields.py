"""Arguments of GraphQL fields."""

from specloom.drift.effect import Effect
from specloom.drift.rule import ACCEPTED, REFUSED, Rule
from specloom.model.change import Severity

RULES = (
    Rule(
        id="request-argument-added",
        says="the optional argument {name} was added",
        why="Callers who do not send it are unaffected, unless its absence has come to mean something else.",
        advice="Check what it means to leave the argument out: nobody has to send it.",
        severity=Severity.RISKY,
        convention="graphql-js counts an optional argument as dangerous, and so do we.",
    ),
    Rule(
        id="request-required-argument-added",
        says="the required argument {name} was added",
        why=REFUSED,
        advice="Send the argument with every query. A default value would keep old queries valid.",
        typical=Effect.NARROWS,
    ),
    Rule(
        id="request-argument-removed",
        says="the argument {name} was removed",
        why="A query that names an unknown argument is refused as a whole.",
        advice="Leave the argument out of every query.",
        typical=Effect.NARROWS,
    ),
    Rule(
        id="request-argument-became-required",
        says="the argument {name} is required now",
        why=REFUSED,
        advice="Send the argument with every query.",
        typical=Effect.NARROWS,
    ),
    Rule(
        id="request-argument-became-optional",
        says="the argument {name} is optional now",
        why=ACCEPTED,
        advice="Nothing to do: the argument may be left out now.",
        typical=Effect.WIDENS,
    ),
)
