"""Credentials and schemes."""

from specloom.drift.effect import Effect
from specloom.drift.rule import ACCEPTED, Rule, call
from specloom.model.change import Severity

ENOUGH = "Credentials that were enough no longer are: such calls are answered 401 or 403."
URLS = "Old addresses often go on working; no file tells."

RULES = (
    *call(
        Rule(
            id="security-added",
            says="credentials are asked for now: {after}",
            why=ENOUGH,
            advice="Send one of the credentials that are asked for.",
            typical=Effect.NARROWS,
        ),
        callback="Nothing to do, or check the credentials that come.",
    ),
    *call(
        Rule(
            id="security-removed",
            says="credentials are no longer asked for: {before}",
            why=ACCEPTED,
            advice="Nothing to do: credentials may go on being sent.",
            typical=Effect.WIDENS,
        ),
        callback="Handle calls without credentials.",
    ),
    *call(
        Rule(
            id="security-tightened",
            says="the credentials asked for went from {before} to {after}",
            why=ENOUGH,
            advice="Send one of the credentials that are asked for now.",
            typical=Effect.NARROWS,
        ),
        callback="Nothing to do, or check the credentials that come.",
    ),
    *call(
        Rule(
            id="security-relaxed",
            says="more credentials are accepted: {after} instead of {before}",
            why=ACCEPTED,
            advice="Nothing to do: the old credentials are still enough.",
            typical=Effect.WIDENS,
        ),
        callback="Accept the new credentials as well.",
    ),
    *call(
        Rule(
            id="scopes-tightened",
            says="the scopes asked for went from {before} to {after}",
            why=ENOUGH,
            advice="Ask for the new scopes when you fetch a token.",
            typical=Effect.NARROWS,
        ),
        callback="Nothing to do, or check the scopes that come.",
    ),
    *call(
        Rule(
            id="scopes-relaxed",
            says="fewer scopes are asked for: {after} instead of {before}",
            why=ACCEPTED,
            advice="Nothing to do: the old scopes are still enough.",
            typical=Effect.WIDENS,
        ),
        callback="Accept calls with fewer scopes.",
    ),
    Rule(
        id="security-scheme-added",
        says="the security scheme {name}, which nothing uses yet, was added",
        why=ACCEPTED,
        advice="Nothing to do.",
    ),
    Rule(
        id="security-scheme-removed",
        says="the security scheme {name}, which nothing used, was removed",
        why=ACCEPTED,
        advice="Nothing to do.",
    ),
    Rule(
        id="security-scheme-changed",
        says="the security scheme {name}, which nothing uses, became another",
        why=ACCEPTED,
        advice="Nothing to do.",
    ),
    Rule(
        id="bearer-format-changed",
        says="the tokens of {name} went from {before} to {after}",
        why="The format is a hint for people: clients hand on the token that they were given.",
        advice="Nothing to do, unless you read what is in the token.",
        severity=Severity.SAFE,
        convention="What clients need not look into (RFC 6750, section 2.1) does not change their calls.",
    ),
    Rule(
        id="oauth-flow-added",
        says="the OAuth flow {flow} was added to {name}",
        why=ACCEPTED,
        advice="Nothing to do: the old flows still work.",
    ),
    Rule(
        id="oauth-flow-removed",
        says="the OAuth flow {flow} was removed from {name}",
        why="Clients that get their tokens this way no longer get any.",
        advice="Fetch tokens through one of the flows that are left.",
        typical=Effect.NARROWS,
    ),
    Rule(
        id="oauth-url-changed",
        says="an address of {name} went from {before} to {after}",
        why=URLS,
        advice="Fetch and renew tokens at the new address.",
        severity=Severity.RISKY,
        convention=URLS,
    ),
    Rule(
        id="oauth-scope-added",
        says="the scope {scope} was added to {name}",
        why=ACCEPTED,
        advice="Nothing to do: scopes are asked for operation by operation.",
    ),
    Rule(
        id="oauth-scope-removed",
        says="the scope {scope} was removed from {name}",
        why="Asking for an unknown scope may fail; no file tells.",
        advice="Stop asking for the scope.",
        severity=Severity.RISKY,
        convention="Authorization servers may ignore an unknown scope or refuse it (RFC 6749, section 3.3).",
    ),
)
