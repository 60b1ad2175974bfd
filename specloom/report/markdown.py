"""Drift as Markdown, for a pull request's body, a check run's text or a job summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from specloom.model.change import Severity
from specloom.report.escape import anchor, code, inline
from specloom.report.order import WORST_FIRST, Group, detail_of, groups, headline, plural, seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.model.change import Change, Drift, NotEvaluated
    from specloom.model.source import Span

Side: TypeAlias = Literal["base", "head"]
Permalink: TypeAlias = "Callable[[Span, Side], str | None]"
"""Gives the address of lines in the base or the head commit, or None where there is nothing to link to."""

TITLES: Final = {Severity.BREAKING: "Breaking", Severity.RISKY: "Risky", Severity.SAFE: "Safe"}
MEANING: Final = {
    Severity.BREAKING: "Some caller that was right before is wrong now.",
    Severity.RISKY: "The description cannot tell whether a caller breaks; look before you merge.",
    Severity.SAFE: "Nobody who relies on the old description is affected.",
}
MANY: Final = 6
"""More operations than this are folded away."""
LISTED: Final = 25
"""Operations that one change names; a shared schema reaches hundreds, and a comment holds 65,000 characters."""


def no_links(_span: Span, _side: Side) -> None:
    """Link nothing: for places where no commit can be shown."""


def markdown(drift: Drift, *, link: Permalink = no_links, level: int = 3) -> str:
    """Return the drift report: breaking first, grouped by operation or shared part, safe changes folded.

    `link` turns lines into permalinks; `level` is the depth of the first heading.
    """
    mark = "#" * level
    blocks = [f"{mark} API drift: {headline(drift)}"]
    blocks += [
        _section(found, severity, link=link, mark=mark)
        for severity in WORST_FIRST
        if (found := groups(drift, severity))
    ]
    blocks += _approved(drift, link)
    if drift.not_evaluated:
        lines = "\n".join(_undecided(item, link) for item in drift.not_evaluated)
        blocks.append(_folded(f"{plural(len(drift.not_evaluated), 'difference')} not evaluated", lines))
    if len(blocks) == 1:
        blocks.append("Nothing that a caller could notice has changed.")
    return "\n\n".join(blocks) + "\n"


def one_change(change: Change, *, link: Permalink = no_links) -> str:
    """Return one change as a list item with its place, its advice, its rule and the operations it reaches."""
    place = detail_of(change)
    lines = [f"- **{inline(change.message)}**{_where(change, link)}"]
    if place:
        lines.append(f"  at {inline(place)}")
    if change.evidence:
        lines.append(f"  {inline(seen(change))}")
    if change.advice:
        lines.append(f"  {inline(change.advice)}")
    if change.approved is not None:
        lines.append(f"  Approved: {inline(change.approved)}")
    lines.append(f"  <sub>{code(change.rule)} · {code(change.fingerprint)}{_reach(change)}</sub>")
    return "  \n".join(lines) + _operations(change)


def _alike(group: Group, link: Permalink) -> str:
    """Return one edit that was made in several operations: what they share once, then each with its ID."""
    first = group.changes[0]
    place = f"  \n  at {inline(detail_of(first))}" if detail_of(first) else ""
    advice = f"  \n  {inline(first.advice)}" if first.advice else ""
    items = "\n".join(_like(change, group.alike, link) for change in group.changes)
    if len(group.changes) > MANY:
        items = f"\n  <details><summary>{group.heading}</summary>\n\n{items}\n\n  </details>\n"
    return f"- **{inline(group.alike)}**{place}{advice}  \n  <sub>{code(first.rule)}</sub>\n{items}"


def _like(change: Change, common: str, link: Permalink) -> str:
    own = f" {inline(change.message)}" if change.message != common else ""
    own += f" · {inline(seen(change))}" if change.evidence else ""
    return f"  - {code(change.operations[0])}{own}{_where(change, link)} · {code(change.fingerprint)}"


def _section(found: tuple[Group, ...], severity: Severity, *, link: Permalink, mark: str) -> str:
    if severity is Severity.SAFE:
        lines = [_in_passing(change, group.heading, link) for group in found for change in group.changes]
        return _folded(plural(len(lines), "safe change"), "\n".join(lines))
    body = "\n\n".join(
        f"{mark}## {group.heading if group.alike else code(group.heading)}\n\n"
        + (_alike(group, link) if group.alike else "\n".join(one_change(item, link=link) for item in group.changes))
        for group in found
    )
    return f"{mark}# {TITLES[severity]}\n\n{MEANING[severity]}\n\n{body}"


def _in_passing(change: Change, heading: str, link: Permalink) -> str:
    """Return a change that asks nothing of anybody as one line."""
    place, _, last = detail_of(change).rpartition(" · ")
    if last.partition(" ")[2] not in change.message:
        place = detail_of(change)
    at = f" at {inline(place)}" if place else ""
    return f"- {code(heading)}: {inline(change.message)}{at}{_where(change, link)}"


def _approved(drift: Drift, link: Permalink) -> list[str]:
    found = [change for change in drift.changes if change.approved is not None]
    if not found:
        return []
    return [_folded(plural(len(found), "approved change"), "\n".join(one_change(item, link=link) for item in found))]


def _where(change: Change, link: Permalink) -> str:
    """Name the lines: those of the head, and for what was removed those of the base."""
    removed = change.base is not None and (change.head is None or change.rule.endswith("-removed"))
    span, side = (change.base, "base") if removed else (change.head, "head")
    return f" · {_place(span, side, link)}" if span else ""  # type: ignore[arg-type]  # mypy widens the literal


def _place(span: Span, side: Side, link: Permalink) -> str:
    url = link(span, side)
    suffix = " before" if side == "base" else ""
    text = f"{span.path}:{span.start}"
    return (f"[{code(text)}]({anchor(url)})" if url else code(text)) + suffix


def _reach(change: Change) -> str:
    reaches = f" · reaches {len(change.operations)} operations" if len(change.operations) > 1 else ""
    return reaches + (f" · milder for {plural(len(change.milder), 'other')}" if change.milder else "")


def _operations(change: Change) -> str:
    if len(change.operations) <= 1:
        return ""
    names = [code(key) for key in change.operations]
    if len(names) <= MANY:
        return "  \n  " + ", ".join(names)
    rest = len(names) - LISTED
    items = "\n".join([f"  - {name}" for name in names[:LISTED]] + ([f"  - and {rest} others"] if rest > 0 else []))
    return f"\n\n  <details><summary>{len(names)} operations</summary>\n\n{items}\n\n  </details>\n"


def _undecided(item: NotEvaluated, link: Permalink) -> str:
    where = f" · {_place(item.head, 'head', link)}" if item.head else ""
    return f"- {inline(item.subject)}: {inline(item.reason)}{where}"


def _folded(summary: str, body: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"
