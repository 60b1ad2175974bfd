"""GraphQL: kinds of types, interfaces, directives, roots."""

from specloom.drift.rule import Rule
from specloom.model.change import Severity

NAMED = "Queries, variables and fragments name types, so those that name this one no longer validate."
UNSEEN = "What a directive does no schema tells: it may guard, hide, meter or only document."
TOOLS = "Who reads the schema itself (a gateway, a code generator) relies on what it defines."
LIKE = "graphql-js grades it so."
BREAKS, RISKS, HARMLESS = Severity.BREAKING, Severity.RISKY, Severity.SAFE


def _row(identity: str, severity: Severity, says: str, why: str, advice: str) -> Rule:
    return Rule(id=identity, says=says, why=why, advice=advice, severity=severity, convention=LIKE)


RULES = (
    _row(
        "type-kind-changed",
        BREAKS,
        "the type went from {before} to {after}",
        NAMED,
        "Check every query that uses the type.",
    ),
    _row(
        "root-type-changed",
        BREAKS,
        "the root type went from {before} to {after}",
        NAMED,
        "Rename the type in fragments and in what was generated from the schema.",
    ),
    _row(
        "interface-added",
        RISKS,
        "the type implements {name} now",
        "A query for the interface may yield a type that its reader was not written for.",
        "Check readers that tell the types of {name} apart.",
    ),
    _row(
        "interface-removed",
        BREAKS,
        "the type no longer implements {name}",
        "A fragment on the type where {name} is asked for no longer validates.",
        "Ask for the type itself.",
    ),
    _row(
        "input-one-of-added",
        BREAKS,
        "exactly one field may be given now",
        "A caller who gives several fields, or none, is refused.",
        "Give exactly one field.",
    ),
    _row(
        "input-one-of-removed",
        HARMLESS,
        "any number of fields may be given now",
        "Whoever gave exactly one field still may.",
        "Nothing to do.",
    ),
    _row("directive-added-here", RISKS, "@{name} was applied", UNSEEN, "Ask what @{name} does here."),
    _row("directive-removed-here", RISKS, "@{name} is no longer applied", UNSEEN, "Ask what @{name} did here."),
    _row("directive-arguments-changed", RISKS, "@{name} got other arguments", UNSEEN, "Ask what @{name} does here."),
    _row("directive-added", HARMLESS, "the directive was defined", "Nobody uses it yet.", "Nothing to do."),
    _row("directive-removed", BREAKS, "the directive was removed", TOOLS, "Stop using the directive."),
    _row(
        "directive-location-added",
        HARMLESS,
        "the directive may stand on {name} now",
        "Where it stood it still may.",
        "Nothing to do.",
    ),
    _row(
        "directive-location-removed",
        BREAKS,
        "the directive may no longer stand on {name}",
        "A document that has it there no longer validates.",
        "Take the directive away from there.",
    ),
    _row(
        "directive-repeatable-added",
        HARMLESS,
        "the directive may be repeated now",
        "Who applies it once still may.",
        "Nothing to do.",
    ),
    _row(
        "directive-repeatable-removed",
        BREAKS,
        "the directive may no longer be repeated",
        "A document that repeats it no longer validates.",
        "Apply the directive once.",
    ),
    _row(
        "directive-argument-added",
        HARMLESS,
        "the directive takes {name}, which may be left out",
        "Who leaves it out still may.",
        "Nothing to do.",
    ),
    _row(
        "required-directive-argument-added",
        BREAKS,
        "the directive needs {name} now",
        "A document that applies it without the argument no longer validates.",
        "Give {name} wherever the directive is applied.",
    ),
    _row(
        "directive-argument-removed",
        BREAKS,
        "the directive no longer takes {name}",
        "A document that gives the argument no longer validates.",
        "Leave {name} out.",
    ),
    _row(
        "directive-argument-type-changed",
        BREAKS,
        "the directive's {name} went from {before} to {after}",
        "A document that gives the argument as before may no longer validate.",
        "Check the values given for {name}.",
    ),
    _row(
        "directive-argument-relaxed",
        HARMLESS,
        "the directive's {name} went from {before} to {after}",
        "What was given before is still accepted.",
        "Nothing to do.",
    ),
    _row(
        "directive-argument-default-changed",
        RISKS,
        "the default of the directive's {name} went from {before} to {after}",
        "Who leaves the argument out means something else now.",
        "Give {name} where its value matters.",
    ),
    _row(
        "deprecation-reason-changed",
        HARMLESS,
        "the reason for the deprecation went from {before} to {after}",
        "It still works.",
        "Read the reason: it says what to use instead.",
    ),
    _row(
        "specified-by-changed",
        HARMLESS,
        "the specification of the scalar went from {before} to {after}",
        "The schema treats the values as before.",
        "Check how you read and write the values.",
    ),
)
