"""Where a name stands: which passages are about paging, which about what is asked or answered, and which are aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from specloom.facts.pages.paging_shapes import LEAD, listed_answer
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.facts.evidence import Evidence
    from specloom.model.passage import Passage

PAGING: Final = re.compile(
    r"paginat|\bpaging\b|\bpag(?:e|es|ed|ing)\b|\bpágina|\bSeite|分页|页|\bbatch(?:es|ing)?\b|\bcursors?\b"
    r"|next[-_ ]?(?:page|set|batch|results?)|\bper[-_ ]?page\b|page[-_ ]?size",
    re.IGNORECASE,
)
PAGED_HEADING: Final = re.compile(
    r"paginat|\bpaging\b|\bpages?\b|\bbatching\b|\bcursor|\boffset|分页|result controls"
    r"|large (?:result|data|collection)",
    re.IGNORECASE,
)
ASKED: Final = re.compile(r"quer|param|filter|option|argument|request|common", re.IGNORECASE)
ANSWERED: Final = re.compile(r"respon|answer|return|output|result|example|event|webhook", re.IGNORECASE)
REACH: Final = 4
"""Passages on each side in which a section speaks of paging."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds of one passage, each as yes or no."""

    headed: bool
    spoken: bool
    asked: bool
    answered: bool
    listed: bool
    """Whether it stands in a list of what an answer holds, by the sentence above the list."""
    aside: bool


@dataclass(frozen=True)
class Around:
    """What holds of all passages of the docs."""

    evidence: Evidence

    @cached_property
    def settings(self) -> dict[int, Setting]:
        """Return the setting of every passage, by its identity."""
        return {id(passage): self._setting(passage) for passage in self.evidence.passages}

    @cached_property
    def near(self) -> frozenset[int]:
        """Return the passages that stand in a section of which some prose nearby is about paging."""
        passages = self.evidence.passages
        prose = [one.kind is not PassageKind.CODE and self.settings[id(one)].spoken for one in passages]
        out = set()
        for at, passage in enumerate(passages):
            reach = range(max(0, at - REACH), min(len(passages), at + REACH + 1))
            if any(prose[other] and _together(passage, passages[other]) for other in reach):
                out.add(id(passage))
        return frozenset(out)

    @cached_property
    def spoken(self) -> int:
        """Return how many passages are about paging."""
        return sum(setting.spoken for setting in self.settings.values())

    def of(self, passage: Passage) -> Setting:
        """Return the setting of a passage."""
        return self.settings[id(passage)]

    def _setting(self, passage: Passage) -> Setting:
        whose = self.evidence.whose
        last = passage.headings[-1] if passage.headings else ""
        file = passage.path.rsplit("/", 1)[-1]
        return Setting(
            headed=bool(PAGED_HEADING.search(" / ".join([*passage.headings[-2:], file]))),
            spoken=bool(PAGING.search(passage.text)),
            asked=bool(ASKED.search(last)),
            answered=bool(ANSWERED.search(last)),
            listed=listed_answer(passage, self.evidence.before(passage, LEAD)),
            aside=whose.aside(passage) or whose.old(passage) or bool(whose.surface(passage)),
        )


def _together(one: Passage, other: Passage) -> bool:
    """Tell passages of one file of which one stands in the other's section, or below it."""
    fewer = min(len(one.headings), len(other.headings))
    return one.path == other.path and one.headings[:fewer] == other.headings[:fewer]
