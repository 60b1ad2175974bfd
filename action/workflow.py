"""What a workflow run shows by itself: annotations, a job summary, outputs. Limits are those of GitHub's documentation.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from specloom.model.plan import Annotation

MOST_PER_LEVEL: Final = 10
"""Annotations of one level that a step may leave; GitHub drops further ones without a word."""

LARGEST_SUMMARY: Final = 1_000_000
"""Bytes; a summary beyond 1 MiB fails to upload as a whole."""

COMMANDS: Final = {"failure": "error", "warning": "warning", "notice": "notice"}
CUT: Final = "\n\n*The summary is cut here; the report file has everything.*\n"


def annotation_lines(annotations: Sequence[Annotation]) -> list[str]:
    """Return workflow commands for annotations, in the order given, and a word about those that do not fit."""
    lines: list[str] = []
    for level, command in COMMANDS.items():
        found = [item for item in annotations if item.level == level]
        shown = found if len(found) <= MOST_PER_LEVEL else found[: MOST_PER_LEVEL - 1]
        lines += [annotation_line(item) for item in shown]
        if len(found) > len(shown):
            hidden = f"{len(found) - len(shown)} more are in the job summary"
            lines.append(f"::{command} title=Not all are shown::{hidden}")
    return lines


def annotation_line(item: Annotation) -> str:
    """Return the workflow command for one annotation."""
    properties = {
        "file": item.span.path,
        "line": str(item.span.start),
        "endLine": str(max(item.span.start, item.span.end)),
        "title": item.title,
    }
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{COMMANDS[item.level]} {listed}::{_data(item.message)}"


def summary_text(markdown: str) -> str:
    """Return a job summary that GitHub takes."""
    content = markdown.encode()
    if len(content) <= LARGEST_SUMMARY:
        return markdown
    kept = content[: LARGEST_SUMMARY - len(CUT)].decode(errors="ignore")
    return kept[: kept.rfind("\n") + 1] + CUT


def output_lines(outputs: Mapping[str, str]) -> str:
    """Return lines for the file `GITHUB_OUTPUT`; values have one line each, so that none can add an output."""
    return "".join(f"{name}={' '.join(value.split())}\n" for name, value in outputs.items())


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
