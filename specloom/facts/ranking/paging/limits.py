"""Which names are those of the parameter that says how many items a page has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specloom.facts.ranking.model import likely
from specloom.facts.ranking.paging.names import names_of, only
from specloom.facts.ranking.proposal import Part, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.facts.evidence import Evidence
    from specloom.facts.ranking.paging.names import Names

FEATURES: Final = (
    "answered", "ever_near", "ever_headed", "paged_docs", "with_limit", "with_page", "with_mover", "defined_count",
    "defined_cursor", "defined_date", "defined_default", "defined_max", "defined_pageno", "answers_it",
    "role_cursor", "role_limit", "role_offset", "role_page", "often_headed", "as_query", "as_word", "near", "words",
    "other_words", "told_paging", "headed", "asked", "main", "word_limit", "word_offset", "word_page", "word_size",
    "round", "told_count", "told_cursor", "told_date", "told_default", "told_max", "told_next", "told_pageno",
    "told_state", "defined_tally", "paired", "told_param", "told_resp", "told_skip", "weak",
)  # fmt: skip


def propose(evidence: Evidence) -> Iterator[Proposal]:
    """Propose every name of the docs."""
    names = names_of(evidence)
    for name, told in names.mentioned.items():
        places = tuple(dict.fromkeys(one.place for one in told))
        yield Proposal(value={"is": name}, places=places, features=only(names.features(name), FEATURES))


def likelihoods(names: Names) -> dict[str, float]:
    """Return how likely each name is that of a size; an option of a command line never is."""
    return {
        name: likely(PART.name, only(names.features(name), FEATURES))
        for name in names.mentioned
        if not name.startswith("-")
    }


PART: Final = Part(
    name="paging_limit",
    propose=propose,
    labelled=(("pagination", ("params", "limit")), ("page_size", ("param",))),
    placed=False,
)
