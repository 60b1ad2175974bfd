"""Drift as one HTML file that needs nothing else: no scripts, no fonts, no requests; every foreign text is escaped."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Final

import jinja2

from specloom.report.facts import is_finding, name_of, value_text
from specloom.report.markdown import MEANING, TITLES, Permalink, no_links
from specloom.report.order import WORST_FIRST, Group, counts, detail_of, groups, headline, seen

if TYPE_CHECKING:
    from specloom.model.change import Change, Drift
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.inference import Inference
    from specloom.model.source import Span

_TEMPLATE: Final = "page.html.jinja"


def html(
    drift: Drift,
    *,
    title: str = "API drift",
    link: Permalink = no_links,
    inferences: tuple[Inference, ...] = (),
    diagnostics: tuple[Diagnostic, ...] = (),
) -> str:
    """Return the report as a page; `link` turns lines into permalinks, `https` ones only."""
    number = counts(drift)
    tiles = [{"kind": str(level), "number": number[level], "label": TITLES[level].lower()} for level in WORST_FIRST]
    tiles.append({"kind": "undecided", "number": len(drift.not_evaluated), "label": "not evaluated"})
    sections = [
        {"kind": str(level), "title": TITLES[level], "meaning": MEANING[level], "groups": _both(drift, level)}
        for level in WORST_FIRST
        if any(change.severity is level for change in drift.changes)
    ]
    return (
        _environment()
        .from_string(resources.files("specloom.report").joinpath(_TEMPLATE).read_text("utf-8"))
        .render(
            title=title,
            headline=headline(drift),
            tiles=tiles,
            sections=sections,
            undecided=drift.not_evaluated,
            facts=inferences,
            findings=[item.message for item in diagnostics if is_finding(item)],
            name=name_of,
            value=value_text,
            place=detail_of,
            seen=seen,
            sides=_sides,
            link=_only_https(link),
        )
    )


def _environment() -> jinja2.Environment:
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _both(drift: Drift, level: object) -> tuple[Group, ...]:
    """Open changes first, approved ones after them."""
    return tuple(
        group
        for severity in WORST_FIRST
        if severity is level
        for approved in (False, True)
        for group in groups(drift, severity, approved=approved)
    )


def _sides(change: Change) -> list[tuple[str, Span]]:
    return [(side, span) for side, span in (("base", change.base), ("head", change.head)) if span is not None]


def _only_https(link: Permalink) -> Permalink:
    """Drop every address that a browser would do something else with than open it."""

    def safe(span: Span, side: str) -> str | None:
        url = link(span, side)  # type: ignore[arg-type]  # the template passes the sides that `_sides` names
        return url if url and url.startswith("https://") else None

    return safe
