"""What the documentation states, for people to confirm: a section of a report, and a comment on the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.config import PATH
from specloom.model.inference import CONTRADICTION, Outcome
from specloom.model.plan import ReviewComment
from specloom.report.escape import anchor, code, fenced, inline
from specloom.report.order import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.model.diagnostic import Diagnostic
    from specloom.model.inference import Citation, Inference
    from specloom.model.source import Json, Span

MOST: Final = 50
"""Facts listed in one report; more are counted."""

DECIDE: Final = (
    "Right or wrong? Comment `/specloom accept ID` or `/specloom reject ID` on a pull request, or put the ID under"
    f" `facts.accept` or `facts.reject` in `{PATH}`."
)

MOST_QUOTES: Final = 3
"""Quotes in a comment; the report has them all."""

MEANING: Final = {
    Outcome.APPLY: "Generated code rests on it where the description says nothing; what the description says stands.",
    Outcome.SUGGEST: "It is told, and no code rests on it before somebody has accepted it.",
    Outcome.WITHHOLD: "It is too doubtful to be told.",
}
"""What is done with a fact."""


def is_finding(item: Diagnostic) -> bool:
    """Tell whether a diagnostic is a contradiction in the docs rather than a part that could not be done."""
    return item.code.startswith(CONTRADICTION)


def facts_section(
    inferences: Iterable[Inference], findings: Iterable[Diagnostic] = (), *, folded: bool = False, level: int = 3
) -> str:
    """Return the facts with their proofs, those to be decided on first, below the contradictions; empty without any."""
    facts = sorted(inferences, key=lambda item: (item.accepted, item.fact_kind, item.id))
    wrong = [f"- **Contradiction**: {inline(item.message)}" for item in findings]
    if not facts and not wrong:
        return ""
    lines = [_line(item) for item in facts[:MOST]]
    lines += [f"- and {plural(len(facts) - MOST, 'other')}"] if len(facts) > MOST else []
    text = "\n\n".join(block for block in ("\n".join(wrong), DECIDE if facts else "", "\n".join(lines)) if block)
    if folded:
        told = [plural(len(facts), "fact")] + ([plural(len(wrong), "contradiction")] if wrong else [])
        return f"<details><summary>{', '.join(told)} found in the documentation</summary>\n\n{text}\n\n</details>"
    return f"{'#' * level} Found in the documentation\n\n{text}"


def fact_comments(
    inferences: Iterable[Inference],
    places: Mapping[str, Span],
    findings: Iterable[Diagnostic] = (),
    suggestions: Mapping[str, str] | None = None,
) -> tuple[ReviewComment, ...]:
    """Return one comment per fact that has a place, by ID; `suggestions` replace exactly the lines of their place."""
    found = tuple(findings)
    return tuple(
        ReviewComment(
            key=f"fact-{item.id}",
            path=place.path,
            line_start=place.start,
            line_end=place.end,
            body=_body(item, found, (suggestions or {}).get(item.id)),
        )
        for item in inferences
        if (place := places.get(item.id)) is not None
    )


def resting_comments(inferences: Iterable[Inference], places: Mapping[str, Span]) -> tuple[ReviewComment, ...]:
    """Return one comment for each fact that generated code rests on, by ID, on the lines that do."""
    return tuple(
        ReviewComment(
            key=f"rests-{item.id}",
            path=place.path,
            line_start=place.start,
            line_end=place.end,
            body=_resting(item),
        )
        for item in inferences
        if (place := places.get(item.id)) is not None
    )


def one_fact(item: Inference) -> str:
    """Return a fact with all its proofs, what is done with it, and how to decide on it."""
    title = f"**Found in the documentation**: {inline(name_of(item.fact_kind))}, {code(value_text(item.value))}"
    quotes = [f"> “{inline(one.quote)}” ({_where(one)})" for one in item.citations]
    decide = f"`/specloom accept {item.id}` confirms it, `/specloom reject {item.id}` has it never told again."
    return "\n\n".join([title, *quotes, MEANING[item.outcome], f"<sub>{decide} · {_standing(item)}</sub>"])


def name_of(kind: str) -> str:
    """Return a kind of fact in words."""
    return kind.replace("_", " ")


def value_text(value: Mapping[str, Json]) -> str:
    """Return a value in one line of plain text: `limit 600, window_s 60`."""
    return ", ".join(f"{key} {_plain(part)}" for key, part in value.items())


def _plain(part: Json) -> str:
    return " ".join(f"{key}={one}" for key, one in part.items()) if isinstance(part, dict) else str(part)


def _line(item: Inference) -> str:
    first, *others = item.citations
    also = f", also {', '.join(_where(one) for one in others)}" if others else ""
    return (
        f"- **{inline(name_of(item.fact_kind))}**: {code(value_text(item.value))}  \n"
        f"  “{inline(first.quote)}” ({_where(first)}{also})  \n"
        f"  <sub>{code(item.id)} · {_standing(item)}</sub>"
    )


def _body(item: Inference, findings: tuple[Diagnostic, ...], suggestion: str | None) -> str:
    first = item.citations[0]
    lines = (first.file, first.line_start, first.line_end)
    against = [
        found for found in findings if found.span and (found.span.path, found.span.start, found.span.end) == lines
    ]
    blocks = [f"**Found in the documentation**: {inline(name_of(item.fact_kind))}, {code(value_text(item.value))}"]
    blocks += _quotes(item)
    blocks += [f"**Contradiction**: {inline(found.message)}" for found in against]
    blocks += [f"The description does not say so yet:\n\n{fenced(suggestion, 'suggestion')}"] if suggestion else []
    blocks.append(f"<sub>{DECIDE} ID {code(item.id)} · {_standing(item)}</sub>")
    return "\n\n".join(blocks)


def _resting(item: Inference) -> str:
    said = f"{inline(name_of(item.fact_kind))}, {code(value_text(item.value))}"
    title = f"**This rests on the documentation**: {said}. The description does not say it."
    decide = (
        f"Right or wrong? Answer `/specloom accept {item.id}`, or `/specloom reject {item.id}` to have it out of the"
        f" code, or put the ID under `facts.accept` or `facts.reject` in `{PATH}`."
        f" `/specloom explain {item.id}` shows all proofs."
    )
    return "\n\n".join([title, *_quotes(item), f"<sub>{decide} · {_standing(item)}</sub>"])


def _quotes(item: Inference) -> list[str]:
    return [f"> “{inline(one.quote)}” ({_where(one)})" for one in item.citations[:MOST_QUOTES]]


def _standing(item: Inference) -> str:
    return f"confidence {item.confidence:.2f} · {'accepted' if item.accepted else 'to be confirmed'}"


def _where(citation: Citation) -> str:
    end = "" if citation.line_end == citation.line_start else f"-{citation.line_end}"
    text = code(f"{citation.file}:{citation.line_start}{end}")
    url = citation.permalink
    return f"[{text}]({anchor(url)})" if url and url.startswith(("https://", "http://")) else text
