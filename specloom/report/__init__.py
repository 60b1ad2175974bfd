"""Texts for people: each function takes finished values and returns text; none decides anything."""

from specloom.report.changelog import changelog_entry, next_version
from specloom.report.check import annotate, check_run, fails
from specloom.report.data import as_json
from specloom.report.markdown import markdown
from specloom.report.page import html
from specloom.report.pull import PullRequestParts, pull_request_body
from specloom.report.review import review_comments
from specloom.report.sarif import sarif
from specloom.report.terminal import text

__all__ = [
    "PullRequestParts",
    "annotate",
    "as_json",
    "changelog_entry",
    "check_run",
    "fails",
    "html",
    "markdown",
    "next_version",
    "pull_request_body",
    "review_comments",
    "sarif",
    "text",
]
