"""What holds for every rate of a passage or a statement, found once: a line can have a thousand rates."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from specloom.facts.evidence import sentences
from specloom.facts.limits.rate_above import OF_TABLE, of_section, unit_above, window_above
from specloom.facts.limits.rate_counted import REQUESTS
from specloom.facts.limits.rate_whom import COLUMN_RATE, Whom
from specloom.facts.limits.rates import RATES
from specloom.facts.speech import tongues
from specloom.facts.speech.whose import HYPOTHETICAL
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from specloom.facts.evidence import Evidence, Statement
    from specloom.facts.limits.rates import Rate
    from specloom.model.passage import Passage

STRONG: Final = re.compile(
    r"rate[\s_-]?limit|throttl|request (?:limit|quota)|api (?:limit|quota)"
    r"|usage (?:limit|quota)|call limit|\bquotas?\b|\b429\b|too many requests"
    r"|fair[- ]use|burst",
    re.IGNORECASE,
)
BOUND: Final = re.compile(
    r"\blimit(?:s|ed|ing)?\b|\ballow(?:s|ed|ance)?\b|\bmax(?:imum)?\b|\bup to\b"
    r"|\bat most\b|\bno more than\b|\bexceed|\bquota|\bthrottl|\bcan (?:make|send|perform"
    r"|issue|call)\b|\bbuckets?\b|\brestor(?:es?|ing)\b|\brefill|\bgovern|\bper[- ](?:ip"
    r"|api key|key|user|account|token|client|app)\b|"
    r"\bable to (?:make|perform|send)\b|\b(?:may|can|gets?|receives?|ha(?:s"
    r"|ve)|enforces?|rate of|defaults? to)\b|\bpermitted\b|\brestrict|\bcapped\b"
    rf"|\bceiling\b|\bmore (?:often )?than\b|{tongues.LIMITED}",
    re.IGNORECASE,
)
SCOPED: Final = re.compile(r"\bper[- ](?:ip|api key|key|user|account|token|client)\b", re.IGNORECASE)
LONGEST_PLAIN_WINDOW: Final = 7 * 86_400
"""Seconds. Longer ones are quotas of a plan unless the docs call them rate limits."""
CALLS_HELD: Final = re.compile(
    r"\b(?:requests?|calls?|quer(?:y|ies))\b[^.;]{0,40}\b(?:restricted|limited|capped) (?:to|at)\b", re.IGNORECASE
)
"""What says that calls are held to a number, however long they count."""
NOT_A_RATE: Final = re.compile(
    r"\b(?:retr(?:y|ies|ied)|re-?send|back-?off|cached?|expires?|expired|e-?mails?"
    r"|sms|seats?|invoic|pric(?:e|ing)|\$\d|billing|heartbeat|keep-?alive|megabytes?|"
    r"free trial|first \d|webhook (?:events?|deliver)|deliver(?:ed|ies|y))\b",
    re.IGNORECASE,
)
COUNTED: Final = re.compile(rf"{REQUESTS}|{tongues.REQUESTS}|次|回", re.IGNORECASE)
PATH: Final = re.compile(r"(?<![\w.])/[\w{}<>:*./-]+")
"""An endpoint: the words in its name say nothing about what is counted."""
COLUMN_LIMIT: Final = re.compile(r"\brate\b|\blimits?\b|\bquota", re.IGNORECASE)
LIMITS_HEADING: Final = re.compile(
    r"(?:(?:api|requests?|usage|service|calls?|query|queries|token|rate|default|global|current|standard|account|plan"
    r"|public|general|rest) )*(?:limits?|limitations?)(?: and quotas)?(?: (?:for|of"
    r"|per|by|on)\b.*)?",
    re.IGNORECASE,
)
LED_LIMITS: Final = re.compile(
    r"\b(?:api|calls?|requests?|endpoints?)\b[^.:]{0,60}\blimits\b[^.:]{0,60}:\s*$", re.IGNORECASE
)
"""What introduces a list of limits on calls."""
LIMITED_HEADING: Final = re.compile(r"l[íi]mit(?:es|aci[oó]n|ation|ação|i)\b|频率|限流|制限", re.IGNORECASE)
CONFIGURED: Final = re.compile(
    r"^\W*(?:set|configure|use|change|add|put)\s+`[^`]+`[^.]*?\bto\s+(?:limit|restrict|throttle|allow"
    r"|cap)\b",
    re.IGNORECASE,
)
SET: Final = re.compile(r"\b(?:if|with|when)\s+`[\w.-]+\s*[:=]\s*\d+`", re.IGNORECASE)
"""``With `calls_per_interval = 60` they can …``: what follows in the paragraph holds of that setting."""
ALLOWANCE: Final = re.compile(
    r"\b(?:(?:api|request|query|compute|call)[\s-](?:credits?|points?|units?|tokens?)|credits)\b", re.IGNORECASE
)
"""What calls are paid with, and thereby limited."""


@dataclass(frozen=True)
class Surroundings:
    """A passage with what stands around it."""

    evidence: Evidence
    passage: Passage

    @cached_property
    def lead(self) -> str:
        """Return the paragraph that introduces a list or table."""
        if self.passage.kind not in {PassageKind.LIST_ITEM, PassageKind.TABLE}:
            return ""
        for before in reversed(self.evidence.before(self.passage, 8)):
            if before.kind is PassageKind.PARAGRAPH and before.headings == self.passage.headings:
                return before.text
        return ""

    @cached_property
    def above(self) -> list[str]:
        """Return what may give its window to a table: the heading, and the sentences before it that speak of it."""
        said = sentences(self.lead) if self.passage.kind is PassageKind.TABLE else []
        led = (one for one in said if OF_TABLE.search(one) or one[-1:] not in ".!?")
        return [*self.passage.headings[-1:], *led, *self.of_section]

    @property
    def of_section(self) -> tuple[str, ...]:
        """Return the sentences of the section that give all limits their window."""
        return of_section(self.evidence, self.passage)

    @cached_property
    def counted(self) -> str:
        """Return what the numbers of a list or a table count by the words above it, where that is no requests."""
        return unit_above(self.lead)

    @cached_property
    def supposed(self) -> bool:
        """Tell whether the sentence that introduces the passage only supposes something."""
        return any(one.endswith(":") and bool(HYPOTHETICAL.search(one)) for one in sentences(self.lead)[-1:])

    @cached_property
    def strong(self) -> bool:
        """Tell whether headings and neighbours speak of rate limits."""
        before = (one.text for one in self.evidence.before(self.passage, 2) if one.headings == self.passage.headings)
        return bool(STRONG.search(" / ".join([*self.passage.headings, self.passage.text, *before]))) or self.headed

    @property
    def headed(self) -> bool:
        """Tell whether the heading announces limits."""
        heading = self.passage.headings[-1].strip() if self.passage.headings else ""
        announced = self.passage.kind is PassageKind.TABLE and bool(window_above(heading))
        led = any(LED_LIMITS.search(one) for one in sentences(self.lead)[-1:])
        return bool(LIMITS_HEADING.fullmatch(heading) or LIMITED_HEADING.match(heading)) or announced or led

    @cached_property
    def surface(self) -> str:
        """Return the other surface that the passage is about."""
        return self.evidence.whose.surface(self.passage)

    @cached_property
    def has_requests(self) -> bool:
        """Tell whether the passage names requests anywhere."""
        return bool(COUNTED.search(self.passage.text))

    @cached_property
    def limited_beside(self) -> bool:
        """Tell whether the section gives a rate of its own, so that another one only says how fast it comes back."""
        others = [
            other
            for other in self.evidence.section(self.passage)
            if other is not self.passage and other.kind is not PassageKind.CODE
        ]
        return any(pattern.search(other.text) for other in others for pattern in RATES)

    def limited_before(self, statement: Statement) -> bool:
        """Tell whether the passage gives a rate in front of a statement."""
        at = self.passage.text.find(statement.text[:40])
        return at > 0 and any(pattern.search(self.passage.text[:at]) for pattern in RATES)


@dataclass(frozen=True)
class Ground:
    """A statement in its surroundings."""

    around: Surroundings
    statement: Statement

    @cached_property
    def strong(self) -> bool:
        """Tell whether the statement, the columns of its table or its label speak of rate limits."""
        row = self.statement.row
        names = (*self.statement.passage.header, *(row.cells[:1] if row else ()))
        return bool(STRONG.search(self.statement.text)) or any(COLUMN_RATE.search(name) for name in names)

    @cached_property
    def ours(self) -> bool:
        """Tell whether it is about this API."""
        evidence, passage = self.around.evidence, self.statement.passage
        return not evidence.whose.foreign(self.statement, (passage, *evidence.before(passage)))

    @cached_property
    def whom(self) -> Whom:
        """Return for whom its rates hold."""
        return Whom(self.statement)

    @cached_property
    def _clauses(self) -> tuple[list[int], list[bool]]:
        """Return where clauses begin, and which of them only suppose something."""
        parts = self.statement.text.split("; ")
        starts = [0]
        for part in parts[:-1]:
            starts.append(starts[-1] + len(part) + 2)
        return starts, [bool(HYPOTHETICAL.search(part)) for part in parts]

    @cached_property
    def _configured(self) -> bool:
        """Tell what somebody may set up, not what holds."""
        return bool(CONFIGURED.search(self.statement.text)) or _sets(self.statement.passage.text)

    def supposed(self, rate: Rate) -> bool:
        """Tell whether the clause of a rate, or what introduces it, only supposes something."""
        starts, flags = self._clauses
        return self._configured or flags[bisect.bisect_right(starts, rate.at) - 1] or self.around.supposed

    def bounds(self, rate: Rate) -> bool:
        """Ask of what does not speak of rate limits itself that it bounds requests, and nothing else."""
        if self.other or (
            rate.window > LONGEST_PLAIN_WINDOW and not (self._called or CALLS_HELD.search(self.statement.text))
        ):
            return False
        if self.around.strong or self._scoped:
            listed = bool(self.statement.row) or self.statement.passage.kind is PassageKind.LIST_ITEM
            return self._bounding or self.around.has_requests or listed
        return self._bounding and rate.strength >= 0.88 and self._has_requests

    @cached_property
    def other(self) -> bool:
        """Tell whether it is about retries, prices, deliveries and the like; what a row explains aside says nothing."""
        row, header = self.statement.row, self.statement.passage.header
        if not row or not any(COLUMN_LIMIT.search(name) for name in header):
            return bool(NOT_A_RATE.search(PATH.sub(" ", self.statement.text)))
        cells = (cell for at, cell in enumerate(row.cells) if not at or re.search(r"\d", cell))
        return bool(NOT_A_RATE.search(PATH.sub(" ", " | ".join((*header, *cells)))))

    @cached_property
    def _called(self) -> bool:
        headings = self.statement.passage.headings[-1:]
        return bool(self.statement.row) and any(STRONG.search(heading) for heading in headings)

    @cached_property
    def _scoped(self) -> bool:
        return bool(SCOPED.search(self.statement.text))

    @cached_property
    def _bounding(self) -> bool:
        return bool(BOUND.search(self.statement.text))

    @cached_property
    def _has_requests(self) -> bool:
        return bool(COUNTED.search(self.statement.text) or ALLOWANCE.search(self.statement.text))


@lru_cache(maxsize=16)
def _sets(passage: str) -> bool:
    """Tell a paragraph that works with numbers of settings: it is read once, however many rates it holds."""
    return bool(SET.search(passage))
