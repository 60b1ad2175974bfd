"""Request bodies, media types, and how parts of a form are written."""

from specloom.drift.effect import BOTH, Effect
from specloom.drift.rule import ACCEPTED, PROMISED, REFUSED, SURPRISE, Rule, call
from specloom.model.change import Severity

CHOSEN = "A client chooses the media type with Accept; what it asked for before is no longer to be had."
NEGOTIATED = "Media types of answers are negotiated: a client that asks for the old one still gets it."

RULES = (
    *call(
        Rule(
            id="request-body-added",
            says="an optional request body was added",
            why=ACCEPTED,
            advice="Nothing to do: the body may be left out.",
        ),
        callback="Nothing to do, unless your receiver refuses a body.",
    ),
    *call(
        Rule(
            id="required-request-body-added",
            says="a required request body was added",
            why=REFUSED,
            advice="Send the body with every call.",
            typical=Effect.NARROWS,
        ),
        callback="Nothing to do, unless your receiver refuses a body.",
    ),
    *call(
        Rule(
            id="request-body-removed",
            says="the request body was removed",
            why="What callers sent there is refused or ignored.",
            advice="Send the call without a body.",
            typical=Effect.NARROWS,
        ),
        callback="Stop relying on the body: it no longer comes.",
    ),
    *call(
        Rule(
            id="request-body-became-required",
            says="the request body is required now",
            why=REFUSED,
            advice="Send the body with every call.",
            typical=Effect.NARROWS,
        ),
        callback="Nothing to do: the body always comes now.",
    ),
    *call(
        Rule(
            id="request-body-became-optional",
            says="the request body is optional now",
            why=ACCEPTED,
            advice="Nothing to do: the body may be left out now.",
            typical=Effect.WIDENS,
        ),
        callback="Handle calls without a body.",
    ),
    *call(
        Rule(
            id="request-media-type-added",
            says="the media type {name} is accepted now",
            why=ACCEPTED,
            advice="Nothing to do: the old media types are still accepted.",
            typical=Effect.WIDENS,
        ),
        callback="Handle calls in the new media type.",
    ),
    *call(
        Rule(
            id="request-media-type-removed",
            says="the media type {name} is no longer accepted",
            why=REFUSED,
            advice="Send one of the media types that are left.",
            typical=Effect.NARROWS,
        ),
        callback="Nothing to do: this media type no longer comes.",
    ),
    *call(
        Rule(
            id="request-media-type-widened",
            says="the media type {name} became the wider {after}",
            why=ACCEPTED,
            advice="Nothing to do: the old media type is still accepted.",
            typical=Effect.WIDENS,
        ),
        callback="Handle every media type of the wider range.",
    ),
    *call(
        Rule(
            id="request-media-type-narrowed",
            says="the media type {name} became the narrower {after}",
            why=REFUSED,
            advice="Send the narrower media type.",
            typical=Effect.NARROWS,
        ),
        callback="Nothing to do: the old media type covers the new one.",
    ),
    *call(
        Rule(
            id="request-schema-added",
            says="the body must follow a schema now",
            why=REFUSED,
            advice="Check that what you send follows the schema.",
            typical=Effect.NARROWS,
        ),
        callback="Nothing to do: calls are more regular than before.",
    ),
    *call(
        Rule(
            id="request-schema-removed",
            says="the body need no longer follow a schema",
            why=ACCEPTED,
            advice="Nothing to do: what followed the schema is still accepted.",
            typical=Effect.WIDENS,
        ),
        callback="Handle bodies of any form.",
    ),
    *call(
        Rule(
            id="request-item-schema-added",
            says="the items of the stream must follow a schema now",
            why=REFUSED,
            advice="Check that the items you send follow the schema.",
            typical=Effect.NARROWS,
        ),
        callback="Nothing to do: items are more regular than before.",
    ),
    *call(
        Rule(
            id="request-item-schema-removed",
            says="the items of the stream need no longer follow a schema",
            why=ACCEPTED,
            advice="Nothing to do: items that followed the schema are still accepted.",
            typical=Effect.WIDENS,
        ),
        callback="Handle items of any form.",
    ),
    *call(
        Rule(
            id="response-media-type-added",
            says="the answer is to be had as {name} now",
            why=NEGOTIATED,
            advice="Nothing to do, if you send an Accept header.",
            severity=Severity.SAFE,
            convention=NEGOTIATED,
        ),
        callback="Nothing to do: the old media types are still understood.",
    ),
    *call(
        Rule(
            id="response-media-type-removed",
            says="the answer is no longer to be had as {name}",
            why=CHOSEN,
            advice="Ask for, and read, one of the media types that are left.",
            severity=Severity.BREAKING,
            convention=CHOSEN,
        ),
        callback="Answer with one of the media types that are left.",
    ),
    *call(
        Rule(
            id="response-media-type-widened",
            says="the answer's media type {name} became the wider {after}",
            why=SURPRISE,
            advice="Handle every media type of the wider range.",
            typical=Effect.WIDENS,
        ),
        callback="Nothing to do: the old media type is still understood.",
    ),
    *call(
        Rule(
            id="response-media-type-narrowed",
            says="the answer's media type {name} became the narrower {after}",
            why=PROMISED,
            advice="Nothing to do: the old media type covers the new one.",
            typical=Effect.NARROWS,
        ),
        callback="Answer with the narrower media type.",
    ),
    *call(
        Rule(
            id="response-schema-added",
            says="the answer follows a schema now",
            why=PROMISED,
            advice="Nothing to do: answers are more regular than before.",
            typical=Effect.NARROWS,
        ),
        callback="Check that your answers follow the schema.",
    ),
    *call(
        Rule(
            id="response-schema-removed",
            says="the answer no longer follows a schema",
            why="Nothing is promised about the answer any more; whether it changed, no file tells.",
            advice="Handle answers of any form.",
            typical=Effect.WIDENS,
            severity=Severity.RISKY,
            convention="A schema that is taken away says nothing about what the server sends from now on.",
        ),
        callback="Nothing to do: what followed the schema is still understood.",
        callback_severity=Severity.SAFE,
    ),
    *call(
        Rule(
            id="response-item-schema-added",
            says="the items of the stream follow a schema now",
            why=PROMISED,
            advice="Nothing to do: items are more regular than before.",
            typical=Effect.NARROWS,
        ),
        callback="Check that your items follow the schema.",
    ),
    *call(
        Rule(
            id="response-item-schema-removed",
            says="the items of the stream no longer follow a schema",
            why="Nothing is promised about the items any more; whether they changed, no file tells.",
            advice="Handle items of any form.",
            typical=Effect.WIDENS,
            severity=Severity.RISKY,
            convention="A schema that is taken away says nothing about what the server sends from now on.",
        ),
        callback="Nothing to do: items that followed the schema are still understood.",
        callback_severity=Severity.SAFE,
    ),
    *call(
        Rule(
            id="part-header-changed",
            says="the header {name} of a part was {before} and is {after}",
            why="Who writes the part without what is asked for now is refused; who reads it may miss what came before.",
            advice="Send the header where it is required, and do not rely on it where it is not.",
            typical=Effect.NARROWS,
        ),
        callback="Read the part with and without the header.",
    ),
    *call(
        Rule(
            id="encoding-changed",
            says="the part {name} of the form is written differently",
            why="The same value is written differently: who goes on as before is misunderstood or refused.",
            advice="Write the part the new way.",
            typical=BOTH,
        ),
        callback="Read the part the new way.",
    ),
)
