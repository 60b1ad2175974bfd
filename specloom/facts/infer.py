"""Documents in, cited inferences out: every detector is asked, what they say is merged, weighed and quoted."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import orjson

from specloom.facts.calibration import weight
from specloom.facts.derived import derived
from specloom.facts.detectors import ALL
from specloom.facts.evidence import LONGEST_CITATION, Evidence
from specloom.facts.merge import contradictions, merged
from specloom.facts.ranking import ranked
from specloom.facts.speech.hearsay import own_words
from specloom.facts.speech.lookalikes import is_ascii, lookalike
from specloom.facts.speech.whose import ownership
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.inference import CONTRADICTION, Citation, Inference, Outcome
from specloom.model.passage import quote
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from specloom.facts.evidence import Candidate, Search
    from specloom.model.api import Api
    from specloom.model.passage import Document

APPLY_FROM = 0.95
"""At this confidence a fact may be used in generated code, with its citation beside it.

Of what was claimed of unseen docs with as much, 97 in 100 were right, and as many of the kinds that are applied
(`make bench-facts`).
"""
SUGGEST_FROM = 0.58
"""Below this we keep a fact to ourselves."""
MOST_CITATIONS = 8


def infer(
    documents: Sequence[Document],
    api: Api | None = None,
    search: Search | None = None,
    *,
    weigh: Callable[[Candidate], float] = weight,
) -> tuple[tuple[Inference, ...], tuple[Diagnostic, ...]]:
    """Return what the documents state, each fact with the lines that prove it, sorted by kind and id."""
    whose = ownership(documents, api.title if api else "")
    evidence = Evidence(documents=own_words(documents, whose), whose=whose, search=search)
    found: list[Candidate] = []
    diagnostics: list[Diagnostic] = []
    for detector in ALL:
        try:
            found.extend(detector.detect(evidence))
        except RecursionError:
            diagnostics.append(
                Diagnostic(Level.WARNING, "facts-gave-up", f"the docs nest too deeply to look for {detector.summary}")
            )
    diagnostics.extend(dict.fromkeys(lookalike(one) for one in found if one.places and not is_ascii(dict(one.value))))
    found = [one for one in found if is_ascii(dict(one.value))]
    lines = {document.path: document.lines for document in documents}
    facts = ranked(evidence, merged(found))
    facts += derived(facts, evidence)
    diagnostics.extend(_contradiction(fact) for fact in contradictions(facts))
    inferences = [made for fact in facts if (made := _inference(fact, lines, weigh))]
    return tuple(sorted(inferences, key=lambda made: (made.fact_kind, made.id))), tuple(diagnostics)


def _contradiction(fact: Candidate) -> Diagnostic:
    where = fact.places[0]
    elsewhere = ", ".join(f"{spot.path}:{spot.start}" for spot in fact.places[1:3])
    message = (
        f"the docs contradict themselves on {fact.fact_kind.replace('_', ' ')}: see {elsewhere}; correct one of them"
    )
    return Diagnostic(Level.WARNING, f"{CONTRADICTION}themselves", message, Span(where.path, where.start, where.end))


def _inference(
    candidate: Candidate, lines: dict[str, tuple[str, ...]], weigh: Callable[[Candidate], float]
) -> Inference | None:
    citations = tuple(
        Citation(file=spot.path, line_start=spot.start, line_end=end, quote=words)
        for spot in candidate.places[:MOST_CITATIONS]
        if (words := quote(lines[spot.path], spot.start, end := min(spot.end, spot.start + LONGEST_CITATION - 1)))
    )
    if not citations:
        return None
    sure = weigh(candidate)
    return Inference(
        id=identity(candidate),
        fact_kind=candidate.fact_kind,
        value=candidate.value,
        confidence=round(sure, 3),
        citations=citations,
        outcome=outcome(sure),
    )


def identity(candidate: Candidate) -> str:
    """Eight hex digits over kind and value: what a person types, the same while the fact is the same."""
    body = orjson.dumps([candidate.fact_kind, dict(candidate.value)], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(body).hexdigest()[:8]


def outcome(sure: float) -> Outcome:
    """Say what is done with a fact of this confidence."""
    if sure >= APPLY_FROM:
        return Outcome.APPLY
    return Outcome.SUGGEST if sure >= SUGGEST_FROM else Outcome.WITHHOLD
