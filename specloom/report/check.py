"""Drift as a check run with annotations on the changed lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from specloom.model.change import Severity
from specloom.model.plan import Annotation, CheckRun
from specloom.report.facts import facts_section, is_finding
from specloom.report.markdown import Permalink, markdown, no_links
from specloom.report.order import WORST_FIRST, counts, headline, plural, seen

if TYPE_CHECKING:
    from specloom.model.change import Change, Drift
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.inference import Inference

NAME: Final = "specloom / drift"
MOST_SAFE: Final = 10
"""Safe changes that are still shown on their lines."""

FailOn = Literal["breaking", "risky", "any", "never"]
LEVELS: Final[dict[Severity, Literal["failure", "warning", "notice"]]] = {
    Severity.BREAKING: "failure",
    Severity.RISKY: "warning",
    Severity.SAFE: "notice",
}
_GATES: Final[dict[str, frozenset[Severity]]] = {
    "breaking": frozenset({Severity.BREAKING}),
    "risky": frozenset({Severity.BREAKING, Severity.RISKY}),
    "any": frozenset(Severity),
    "never": frozenset(),
}


def fails(drift: Drift, fail_on: FailOn) -> bool:
    """Tell whether a change that nobody approved is as bad as `fail_on` or worse."""
    return any(change.severity in _GATES[fail_on] for change in drift.changes if change.approved is None)


def check_run(
    drift: Drift,
    *,
    fail_on: FailOn = "breaking",
    diagnostics: tuple[Diagnostic, ...] = (),
    inferences: tuple[Inference, ...] = (),
    link: Permalink = no_links,
) -> CheckRun:
    """Return the check run `specloom / drift`: failed by changes as bad as `fail_on`, else successful.

    What the docs state, and where they contradict the description, is told and fails nothing.
    """
    failed = fails(drift, fail_on)
    number = counts(drift)
    summary = [", ".join(f"{plural(number[level], f'{level} change')}" for level in WORST_FIRST)]
    if failed:
        summary.append("Change the description, or accept a change on purpose with `/specloom approve ID reason`.")
    undone = sum(not is_finding(item) for item in diagnostics)
    if undone:
        summary += [
            "",
            f"{plural(undone, 'part')} of the description could not be read; see the annotations.",
        ]
    facts = facts_section(inferences, filter(is_finding, diagnostics), folded=True)
    return CheckRun(
        name=NAME,
        conclusion="failure" if failed else "success",
        title=headline(drift),
        summary="\n\n".join(line for line in summary if line),
        text="\n".join(text for text in (markdown(drift, link=link), facts) if text),
        annotations=annotate(drift, diagnostics=diagnostics),
    )


def annotate(drift: Drift, *, diagnostics: tuple[Diagnostic, ...] = ()) -> tuple[Annotation, ...]:
    """Return one annotation per change that has lines in the head, worst first, then the diagnostics that have some.

    Many safe changes are left to the report: they would bury the lines that ask for a look.
    """
    many = counts(drift)[Severity.SAFE] > MOST_SAFE
    levels = [level for level in WORST_FIRST if not (many and level is Severity.SAFE)]
    ordered = [change for level in levels for change in drift.changes if change.severity is level]
    found = [_annotation(change) for change in ordered if change.head is not None]
    found += [
        Annotation(level="notice", span=item.span, title=item.code, message=item.message)
        for item in diagnostics
        if item.span is not None
    ]
    return tuple(item for item in found if item is not None)


def _annotation(change: Change) -> Annotation | None:
    if change.head is None:
        return None
    level = "notice" if change.approved is not None else LEVELS[change.severity]
    lines = [change.message, seen(change), change.advice]
    if change.base is not None and change.rule.endswith("-removed"):
        lines.append(f"It stood at {change.base} before.")
    if len(change.operations) > 1:
        lines.append(f"Reaches {plural(len(change.operations), 'operation')}: {', '.join(change.operations[:10])}")
    if change.milder:
        lines.append(f"Milder for {plural(len(change.milder), 'operation')}: {', '.join(change.milder[:10])}")
    if change.approved is not None:
        lines.append(f"Approved: {change.approved}")
    else:
        lines.append(f"ID {change.fingerprint}, rule {change.rule}")
    return Annotation(
        level=level,
        span=change.head,
        title=f"{change.severity}: {change.subject}",
        message="\n".join(line for line in lines if line),
    )
