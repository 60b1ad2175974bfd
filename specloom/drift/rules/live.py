"""What real calls show that the description does not say; the base is what is described, the head what was seen.

A request that was accepted although the description rules it out means that the API takes more than it says; an answer
that the description rules out surprises whoever relies on it. So the law grades both as it grades an edit.
"""

from specloom.drift.effect import Direction, Effect, severity
from specloom.drift.rule import Rule
from specloom.model.change import Severity

TOLD = "Who writes a client from the description is not prepared for this answer."
TAKEN = "The API takes more than the description says; nobody who keeps to it is affected."
CLASSES = "A client treats a status that it does not know as the x00 of its class (RFC 9110, section 15)."
GROWS = (
    "Lists of values grow: a further value in an answer is risky rather than breaking, since many clients tolerate it."
)


def _seen(  # noqa: PLR0913  # a row of the table: every column has its name
    what: str,
    request: str,
    response: str,
    advice: str,
    *,
    typical: Effect = Effect.WIDENS,
    cap: Severity | None = None,
) -> tuple[Rule, Rule]:
    """Return the twins of a rule about values: what was sent and accepted, and what came back."""
    twins = []
    for direction, says in ((Direction.REQUEST, request), (Direction.RESPONSE, response)):
        breaks = severity(typical, direction) is Severity.BREAKING
        twins.append(
            Rule(
                id=f"live-{direction.value}-{what}",
                says=says,
                why=TOLD if direction is Direction.RESPONSE else TAKEN,
                advice=advice,
                typical=typical,
                cap=cap if breaks else None,
                convention=GROWS if cap and breaks else "",
            )
        )
    return twins[0], twins[1]


RULES = (
    Rule(
        id="live-operation-undocumented",
        says="{name} is answered, and not described",
        why=TAKEN,
        advice="Describe the operation, or switch it off.",
        severity=Severity.SAFE,
        convention="Nobody who relies on the description calls it.",
    ),
    Rule(
        id="live-operation-missing",
        says="the described operation is answered with {status}",
        why="A caller who does what the description says gets nowhere.",
        advice="Take the operation out of the description, or bring it back.",
        severity=Severity.BREAKING,
        convention="An operation that is not there serves nobody.",
    ),
    Rule(
        id="live-success-status-undocumented",
        says="the answer {status} comes, and is not described",
        why=TOLD,
        advice="Describe the answer {status} with its body.",
        severity=Severity.RISKY,
        convention=CLASSES,
    ),
    Rule(
        id="live-error-status-undocumented",
        says="the error {status} comes, and is not described",
        why="Callers must be ready for any error anyway, and cannot tell this one's cause.",
        advice="Describe the answer {status}, or a default for all errors.",
        severity=Severity.SAFE,
        convention=CLASSES,
    ),
    Rule(
        id="live-media-type-undocumented",
        says="the body comes as {after}, the description says {before}",
        why="A client that reads the described media type cannot read this body.",
        advice="Describe the media type {after}, or answer as {before}.",
        severity=Severity.BREAKING,
        convention="A body that cannot be read is no answer.",
    ),
    Rule(
        id="live-body-undocumented",
        says="a body of {after} comes, and none is described",
        why="Clients leave the body unread: the description gives it no shape.",
        advice="Describe the body, or send none.",
        severity=Severity.SAFE,
        convention="A body that nobody was told about is ignored.",
    ),
    Rule(
        id="live-body-missing",
        says="no body comes, the description says {before}",
        why="A client that reads the described body finds nothing.",
        advice="Send the body, or describe the answer without one (204, say).",
        severity=Severity.BREAKING,
        convention="A body that cannot be read is no answer.",
    ),
    Rule(
        id="live-body-malformed",
        says="the body says that it is {after}, and cannot be read as that",
        why="A client that parses the body fails.",
        advice="Send a well-formed body with the right Content-Type.",
        severity=Severity.BREAKING,
        convention="A body that cannot be read is no answer.",
    ),
    Rule(
        id="live-header-missing",
        says="the required header {name} does not come",
        why="Callers were promised the header with every answer.",
        advice="Send the header, or describe it as optional.",
        severity=Severity.BREAKING,
        convention="A promised header that is missing breaks whoever reads it.",
    ),
    Rule(
        id="live-parameter-undocumented",
        says="the query parameter {name} is sent, and is not described",
        why="Whether the API reads the parameter or ignores it, no recording tells.",
        advice="Describe the parameter, or stop sending it.",
        severity=Severity.SAFE,
        convention="Nobody who relies on the description sends it.",
    ),
    Rule(
        id="live-parameter-missing",
        says="the required parameter {name} is not sent, and the call succeeds",
        why=TAKEN,
        advice="Describe the parameter as optional, or refuse calls without it.",
        severity=Severity.SAFE,
        convention="Who keeps to the description sends it anyway.",
    ),
    Rule(
        id="live-request-body-missing",
        says="the required request body is not sent, and the call succeeds",
        why=TAKEN,
        advice="Describe the body as optional, or refuse calls without it.",
        severity=Severity.SAFE,
        convention="Who keeps to the description sends it anyway.",
    ),
    Rule(
        id="live-request-media-type-undocumented",
        says="a request body of {after} is accepted, the description says {before}",
        why=TAKEN,
        advice="Describe the media type {after}, or refuse it.",
        severity=Severity.SAFE,
        convention="Nobody who relies on the description sends it.",
    ),
    Rule(
        id="live-response-write-only-sent",
        says="the property {name} is write-only, and comes in an answer",
        why="What is meant to be sent only (a password, say) leaves the server.",
        advice="Leave the property out of answers, or describe it without writeOnly.",
        severity=Severity.RISKY,
        convention="Readers ignore it; whether it should be seen at all, no file tells.",
    ),
    *_seen(
        "property-undocumented",
        "the property {name} is sent, and is not described",
        "the property {name} comes, and is not described",
        "Describe the property; where the schema allows no others, every strict reader refuses it until then.",
        typical=Effect.NONE,
    ),
    *_seen(
        "property-missing",
        "the required property {name} is not sent, and the call succeeds",
        "the required property {name} does not come",
        "Describe the property as optional, or see that it is always there.",
    ),
    *_seen(
        "type-wrong",
        "{after} is sent where the description says {before}",
        "{after} comes where the description says {before}",
        "Correct the type in the description, or the value.",
    ),
    *_seen(
        "null-undocumented",
        "null is sent where the description says {before}",
        "null comes where the description says {before}",
        "Describe the value as nullable, or leave it out instead of sending null.",
    ),
    *_seen(
        "value-undocumented",
        "a value is sent that is not listed: {after}",
        "a value comes that is not listed: {after}",
        "Add the value to the list ({before}), or stop using it.",
        cap=Severity.RISKY,
    ),
    *_seen(
        "out-of-bounds",
        "a value is sent that breaks {keyword} {before}: {after}",
        "a value comes that breaks {keyword} {before}: {after}",
        "Correct {keyword} in the description, or the value.",
    ),
    *_seen(
        "format-wrong",
        "a text is sent that breaks {keyword} {before}",
        "a text comes that breaks {keyword} {before}",
        "Correct {keyword} in the description, or the value.",
    ),
    *_seen(
        "union-unmatched",
        "a value is sent that fits none of the {before} described alternatives",
        "a value comes that fits none of the {before} described alternatives",
        "Describe the alternative that is meant, or correct the value.",
    ),
    *_seen(
        "condition-broken",
        "a value is sent that breaks {keyword}",
        "a value comes that breaks {keyword}",
        "Correct the condition in the description, or the value.",
    ),
)
