"""`info.version` against what changed; told only where the config grades these rules."""

from specloom.drift.rule import Rule
from specloom.model.change import Severity

ASKED = "Only where the config gives this rule a severity; it then has that one."

RULES = (
    Rule(
        id="version-not-bumped",
        says="the version is still {after} although something changed",
        why="Two descriptions under one version cannot be told apart by those who go by it.",
        advice="Raise info.version.",
        severity=Severity.SAFE,
        convention=ASKED,
    ),
    Rule(
        id="major-version-not-bumped",
        says="{after} after {before} is no new major version although something breaks",
        why="Semantic versions promise that nothing breaks below a new major version (semver.org).",
        advice="Raise the major number of info.version, or take the breaking changes back.",
        severity=Severity.SAFE,
        convention=ASKED,
    ),
    Rule(
        id="version-decreased",
        says="the version went back from {before} to {after}",
        why="Whoever orders descriptions by version takes the old one for the new one.",
        advice="Give info.version a number above {before}.",
        severity=Severity.SAFE,
        convention=ASKED,
    ),
)
