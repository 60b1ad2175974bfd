"""Parameters of calls."""

from specloom.drift.effect import BOTH, Effect
from specloom.drift.rule import ACCEPTED, REFUSED, Rule, call
from specloom.model.change import Severity

LOST = "A parameter that the server no longer knows is refused, or ignored and its effect lost."
SERIAL = "The same value is written differently: a caller who goes on as before is misunderstood or refused."
READ_ON = "Nothing to do, unless your receiver refuses what it does not know."
HEED = "Read calls the new way."

RULES = (
    *call(
        Rule(
            id="parameter-added",
            says="the optional {place} {name} was added",
            why=ACCEPTED,
            advice="Nothing to do: the parameter may be left out.",
        ),
        callback=READ_ON,
    ),
    *call(
        Rule(
            id="required-parameter-added",
            says="the required {place} {name} was added",
            why=REFUSED,
            advice="Send the parameter with every call. Making it optional would keep old callers working.",
            typical=Effect.NARROWS,
        ),
        callback=READ_ON,
    ),
    *call(
        Rule(
            id="parameter-removed",
            says="the optional {place} {name} was removed",
            why=LOST,
            advice="Stop sending the parameter, and do without what it did.",
            typical=Effect.NARROWS,
            floor=Severity.RISKY,
            convention=LOST,
        ),
        callback="Stop relying on the parameter: it no longer comes.",
    ),
    *call(
        Rule(
            id="required-parameter-removed",
            says="the required {place} {name} was removed",
            why=LOST,
            advice="Stop sending the parameter, and do without what it did.",
            typical=BOTH,
            floor=Severity.RISKY,
            convention=LOST,
        ),
        callback="Stop relying on the parameter: it no longer comes.",
    ),
    *call(
        Rule(
            id="deprecated-parameter-removed",
            says="the {place} {name}, deprecated before, was removed",
            why="Callers were told; whether they have all moved on, no file tells.",
            advice="Stop sending the parameter, as was announced.",
            typical=BOTH,
            severity=Severity.RISKY,
            convention="A removal that was announced is risky rather than breaking.",
        ),
        callback="Stop relying on the parameter, as was announced.",
    ),
    *call(
        Rule(
            id="parameter-removed-before-sunset",
            says="the {place} {name} was removed before its sunset on {day}",
            why="Callers were promised the parameter until that day.",
            advice="Keep the parameter until the day that was promised.",
            typical=BOTH,
            severity=Severity.BREAKING,
            convention="A sunset date is a promise (RFC 8594).",
        ),
        callback="Stop relying on the parameter: it no longer comes.",
    ),
    *call(
        Rule(
            id="parameter-moved",
            says="the optional parameter {name} moved from {before} to {after}",
            why="A caller who goes on sending it at the old place is no longer heard.",
            advice="Send the parameter at its new place.",
            typical=BOTH,
        ),
        callback=HEED,
    ),
    *call(
        Rule(
            id="required-parameter-moved",
            says="the required parameter {name} moved from {before} to {after}",
            why="A caller who goes on sending it at the old place is refused.",
            advice="Send the parameter at its new place.",
            typical=BOTH,
        ),
        callback=HEED,
    ),
    *call(
        Rule(
            id="parameter-became-required",
            says="the {place} {name} is required now",
            why=REFUSED,
            advice="Send the parameter with every call.",
            typical=Effect.NARROWS,
        ),
        callback="Nothing to do: the parameter always comes now.",
    ),
    *call(
        Rule(
            id="parameter-became-optional",
            says="the {place} {name} is optional now",
            why=ACCEPTED,
            advice="Nothing to do: the parameter may be left out now.",
            typical=Effect.WIDENS,
        ),
        callback="Handle calls without the parameter.",
    ),
    *call(
        Rule(
            id="parameter-deprecated",
            says="the {place} {name} is deprecated now{until}",
            why="It still works; it will not for ever.",
            advice="Plan to stop sending it.",
        ),
        callback="Plan to do without it.",
    ),
    *call(
        Rule(
            id="parameter-reactivated",
            says="the {place} {name} is no longer deprecated",
            why=ACCEPTED,
            advice="Nothing to do: it may go on being sent.",
        ),
        callback="Nothing to do: it goes on coming.",
    ),
    *call(
        Rule(
            id="parameter-style-changed",
            says="the style of {place} {name} went from {before} to {after}",
            why=SERIAL,
            advice="Write the parameter in the new style.",
            typical=BOTH,
        ),
        callback=HEED,
    ),
    *call(
        Rule(
            id="parameter-became-list",
            says="the {place} {name} takes several values now",
            why=ACCEPTED,
            advice="Nothing to do: a single value is a list of one.",
            typical=Effect.WIDENS,
        ),
        callback="Read every value that comes, not the first one alone.",
    ),
    *call(
        Rule(
            id="parameter-no-longer-list",
            says="the {place} {name} takes one value now",
            why=REFUSED,
            advice="Send one value, and make a call for each where you sent several.",
            typical=Effect.NARROWS,
        ),
        callback="Nothing to do: a list of one is a single value.",
    ),
    *call(
        Rule(
            id="parameter-explode-changed",
            says="explode of {place} {name} went from {before} to {after}",
            why=SERIAL,
            advice="Write lists and objects the new way.",
            typical=BOTH,
        ),
        callback=HEED,
    ),
    *call(
        Rule(
            id="parameter-media-type-changed",
            says="the {place} {name} is written as {after} instead of {before}",
            why=SERIAL,
            advice="Write the parameter in the new form.",
            typical=BOTH,
        ),
        callback=HEED,
    ),
    *call(
        Rule(
            id="parameter-allow-reserved-added",
            says="reserved characters may stand unescaped in {place} {name} now",
            why=ACCEPTED,
            advice="Nothing to do: escaped characters are still understood.",
            typical=Effect.WIDENS,
        ),
        callback="Handle reserved characters that are not escaped.",
    ),
    *call(
        Rule(
            id="parameter-allow-reserved-removed",
            says="reserved characters must be escaped in {place} {name} now",
            why=REFUSED,
            advice="Escape reserved characters.",
            typical=Effect.NARROWS,
        ),
        callback="Nothing to do: reserved characters come escaped.",
    ),
    *call(
        Rule(
            id="parameter-allow-empty-added",
            says="the {place} {name} may be empty now",
            why=ACCEPTED,
            advice="Nothing to do: values are accepted as before.",
            typical=Effect.WIDENS,
        ),
        callback="Handle an empty parameter.",
    ),
    *call(
        Rule(
            id="parameter-allow-empty-removed",
            says="the {place} {name} may no longer be empty",
            why=REFUSED,
            advice="Send a value, or leave the parameter out.",
            typical=Effect.NARROWS,
        ),
        callback="Nothing to do: the parameter has a value when it comes.",
    ),
)
