"""Drift as one HTML file that needs nothing else: no fonts, no requests; every foreign text is escaped.

Its one script filters what is there. The page's own policy allows that script by its digest, and no other.
"""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from typing import TYPE_CHECKING, Final

import jinja2
from markupsafe import Markup

from specloom.report.facts import is_finding, name_of, value_text
from specloom.report.markdown import MEANING, TITLES, Permalink, no_links
from specloom.report.order import WORST_FIRST, counts, detail_of, grouped, headline, seen
from specloom.report.reach import Reach

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
    script = _resource("page.js")
    # Worst first, and what was approved after all that is open.
    listed = sorted(drift.changes, key=lambda change: change.approved is not None)
    return (
        _environment()
        .from_string(_resource(_TEMPLATE))
        .render(
            title=title,
            headline=headline(drift),
            shares=[{"kind": str(level), "number": number[level]} for level in WORST_FIRST if number[level]],
            tiles=_tiles(drift, found=len(inferences)),
            cards=grouped(listed),
            undecided=drift.not_evaluated,
            facts=inferences,
            findings=[item.message for item in diagnostics if is_finding(item)],
            name=name_of,
            value=value_text,
            place=detail_of,
            seen=seen,
            reach=Reach.of(listed),
            sides=_sides,
            link=_only_https(link),
            script=Markup(script),  # noqa: S704  a file of ours
            script_hash=f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}",
        )
    )


def _resource(name: str) -> str:
    return resources.files("specloom.report").joinpath(name).read_text("utf-8")


def _tiles(drift: Drift, *, found: int) -> list[dict[str, object]]:
    """Return the counts at the top: those of changes filter, the others lead to their section."""
    number = counts(drift)
    tiles: list[dict[str, object]] = [
        {
            "kind": str(level),
            "number": number[level],
            "label": TITLES[level].lower(),
            "filters": True,
            "meaning": MEANING[level],
        }
        for level in WORST_FIRST
    ]
    more = (("undecided", len(drift.not_evaluated), "not evaluated"), ("facts", found, "from the docs"))
    return tiles + [
        {"kind": kind, "number": size, "label": label, "filters": False} for kind, size, label in more if size
    ]


def _environment() -> jinja2.Environment:
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _sides(change: Change) -> list[tuple[str, Span]]:
    return [(side, span) for side, span in (("base", change.base), ("head", change.head)) if span is not None]


def _only_https(link: Permalink) -> Permalink:
    """Drop every address that a browser would do something else with than open it."""

    def safe(span: Span, side: str) -> str | None:
        url = link(span, side)  # type: ignore[arg-type]  # the template passes the sides that `_sides` names
        return url if url and url.startswith("https://") else None

    return safe
