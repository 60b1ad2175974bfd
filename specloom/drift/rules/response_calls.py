"""Statuses, headers and links of answers."""

from specloom.drift.effect import BOTH, Effect
from specloom.drift.rule import PROMISED, SURPRISE, Rule, call
from specloom.model.change import Severity

CLASSES = "A client treats a status that it does not know as the x00 of its class (RFC 9110, section 15)."
READ = "Whether anybody reads an optional header, no file tells."

RULES = (
    *call(
        Rule(
            id="success-status-removed",
            says="the answer {status} was removed",
            why="The answer that callers wait for no longer comes.",
            advice="Handle what comes in its place.",
            severity=Severity.BREAKING,
            convention="A success that is gone has been replaced by something that callers do not know.",
        ),
        callback="Answer with a status that is still described.",
    ),
    *call(
        Rule(
            id="success-status-added",
            says="the answer {status} was added",
            why="Whether it comes in place of a known answer, no file tells.",
            advice="Handle the new status like, or beside, the ones you know.",
            severity=Severity.RISKY,
            convention=CLASSES,
        ),
        callback="Nothing to do: the old statuses are still understood.",
        callback_severity=Severity.SAFE,
    ),
    *call(
        Rule(
            id="success-range-narrowed",
            says="of the answers {status} fewer are left",
            why=PROMISED,
            advice="Nothing to do: the answers that are left were among those you know.",
            typical=Effect.NARROWS,
        ),
        callback="Answer with a status that is still described.",
    ),
    *call(
        Rule(
            id="success-range-widened",
            says="a status made room for all of {status}",
            why="Whether others come in place of the known answer, no file tells.",
            advice="Handle the other statuses of the range like, or beside, the one you know.",
            typical=Effect.WIDENS,
            severity=Severity.RISKY,
            convention=CLASSES,
        ),
        callback="Nothing to do: the old statuses are still understood.",
        callback_severity=Severity.SAFE,
    ),
    *call(
        Rule(
            id="error-status-removed",
            says="the answer {status} was removed",
            why=PROMISED,
            advice="Nothing to do: one error less to handle.",
            severity=Severity.SAFE,
            convention=CLASSES,
        ),
        callback="Answer with a status that is still described.",
        callback_severity=Severity.RISKY,
    ),
    *call(
        Rule(
            id="error-status-added",
            says="the answer {status} was added",
            why="Callers must be ready for any error anyway.",
            advice="Handle the new status if its cause is worth telling apart.",
            severity=Severity.SAFE,
            convention=CLASSES,
        ),
        callback="Nothing to do: the old statuses are still understood.",
    ),
    *call(
        Rule(
            id="header-added",
            says="the header {name} was added to the answer",
            why=PROMISED,
            advice="Nothing to do: the header may be ignored.",
            severity=Severity.SAFE,
            convention="Receivers ignore headers that they do not know (RFC 9110, section 5.1).",
        ),
        callback="Send the header where it is required.",
        callback_severity=Severity.RISKY,
    ),
    *call(
        Rule(
            id="header-removed",
            says="the optional header {name} was removed from the answer",
            why=READ,
            advice="Stop reading the header.",
            severity=Severity.RISKY,
            convention=READ,
        ),
        callback="Nothing to do: the header may go on being sent.",
        callback_severity=Severity.SAFE,
    ),
    *call(
        Rule(
            id="required-header-removed",
            says="the required header {name} was removed from the answer",
            why="Callers were promised the header with every answer.",
            advice="Stop relying on the header.",
            typical=Effect.WIDENS,
        ),
        callback="Nothing to do: the header may go on being sent.",
    ),
    *call(
        Rule(
            id="header-became-required",
            says="the header {name} always comes now",
            why=PROMISED,
            advice="Nothing to do: the header came before.",
            typical=Effect.NARROWS,
        ),
        callback="Send the header with every answer.",
    ),
    *call(
        Rule(
            id="header-became-optional",
            says="the header {name} no longer always comes",
            why=SURPRISE,
            advice="Handle answers without the header.",
            typical=Effect.WIDENS,
        ),
        callback="Nothing to do: the header may be left out now.",
    ),
    *call(
        Rule(
            id="header-deprecated",
            says="the header {name} is deprecated now{until}",
            why="It still comes; it will not for ever.",
            advice="Plan to stop reading it.",
        ),
        callback="Plan to stop sending it.",
    ),
    *call(
        Rule(
            id="header-reactivated",
            says="the header {name} is no longer deprecated",
            why=PROMISED,
            advice="Nothing to do: it goes on coming.",
        ),
        callback="Nothing to do: it may go on being sent.",
    ),
    *call(
        Rule(
            id="header-explode-changed",
            says="lists and objects in the header {name} are written differently",
            why="The same value is written differently: who reads as before misunderstands.",
            advice="Read the header the new way.",
            typical=BOTH,
        ),
        callback="Write the header the new way.",
    ),
    *call(
        Rule(
            id="header-media-type-changed",
            says="the header {name} is written as {after} instead of {before}",
            why="The same value is written differently: who reads as before misunderstands.",
            advice="Read the header in the new form.",
            typical=BOTH,
        ),
        callback="Write the header in the new form.",
    ),
    *call(
        Rule(
            id="link-added",
            says="the link {name} was added",
            why=PROMISED,
            advice="Nothing to do: links may be ignored.",
            severity=Severity.SAFE,
            convention="A link is a hint.",
        ),
        callback="Nothing to do: links may be ignored.",
    ),
    *call(
        Rule(
            id="link-removed",
            says="the link {name} was removed",
            why="A client that follows links no longer finds its way.",
            advice="Build the call yourself.",
            severity=Severity.RISKY,
            convention="A link is a hint; whether anybody follows it, no file tells.",
        ),
        callback="Build the call yourself.",
    ),
    *call(
        Rule(
            id="link-changed",
            says="the link {name} leads elsewhere",
            why="A client that follows links makes another call than before.",
            advice="Check that the new call is what you want.",
            severity=Severity.RISKY,
            convention="A link is a hint; whether anybody follows it, no file tells.",
        ),
        callback="Check that the new call is what you want.",
    ),
)
