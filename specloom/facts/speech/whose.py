"""Whose fact it is: this API's, or another vendor's, an older version's, another surface's, an example's."""

from __future__ import annotations

import collections
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom.facts.speech.editions import Editions, editions
from specloom.facts.speech.speaker import COMMON, PLACEHOLDER_HOST, called_hosts, host_of, own_names, proper_names
from specloom.model.passage import PassageKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from specloom.facts.evidence import Statement
    from specloom.model.passage import Document, Passage

ASIDE = re.compile(
    r"(?:^|[/ _.-])(?:cli|command[-_ ]line(?:[-_ ](?:tool|interface))?|mcp(?:[-_ ]server)?"
    r"|sdks?|terraform|change-?logs?|release[-_ ]notes|"
    r"whats[-_ ]new|blog|contributing|(?<!api[-_ ])admin(?:istration|istrator)?s?[-_ ]?(?:guide"
    r"|manual|console)?|operator(?:s|[-_ ]guide)?|monitoring|"
    r"roadmap|glossary|pricing|case[-_ ]stud(?:y|ies)|troubleshoot(?:ing)?[-_ ]the[-_ ]app)(?=[/ _.-]|$)"
    r"(?![-_ ](?:rest[-_ ])?apis?(?![a-z]))",
    re.IGNORECASE,
)
"""Folders and files about something beside the API that is called; `admin-api` is about one, and so is `api-admin`."""
ASIDE_HEADING = re.compile(
    r"(?:.*\b(?:cli|command[- ]line(?: (?:tool|interface))?|mcp(?: server)?)\b.*"
    r"|sdks?|(?:official |client |community )*(?:sdks|libraries)|(?:the )?change-?logs?"
    r"|release notes|what'?s new|contributing|"
    r"(?:compared|comparison) (?:to|with) .*|.* vs\.? .*|migrat(?:e|ing|ion) from .*|"
    r"admin(?:istration|istrator)?s? (?:guide|manual|console)|monitoring"
    r"|roadmap|glossary|pricing|history|documentation history)",
    re.IGNORECASE,
)
OTHER_SURFACE = re.compile(
    r"\b(graph-?ql|agent|admin|scim|streaming|realtime|partner|legacy|gateway|mcp)[ _-]api\b|\b(graph-?ql|mcp)\b",
    re.IGNORECASE,
)
OTHER_PROTOCOL = re.compile(
    r"\b(oai[ _-]?pmh|soap|sparql|xml[ _-]?rpc|websockets?|grpc|ftp|sftp|odata|iiif|sword)\b", re.IGNORECASE
)
"""Ways of access that stand beside the API where only some of the pages are about them."""
REST_SURFACE = re.compile(r"(?:^|[/ _-])(?:rest(?:[-_ ]?api)?|rest[-_ ]?v\d)(?=[/ _.-]|$)", re.IGNORECASE)
HYPOTHETICAL = re.compile(
    r"\b(?:if (?:we|you|one) (?:wanted|were to|wish)|suppose|imagine|hypothetical(?:ly)?"
    r"|let'?s say|say you|for example, if you (?:made|make|had|have|set|send)|"
    r"(?:you|they|admins?|administrators?|agencies|operators?) (?:could"
    r"|might|may|can) (?:want to |also |then )?(?:set|configure|define|choose"
    r"|specify|limit|raise|lower|adjust)|"
    r"(?:for (?:example|instance)|e\.g\.),? (?:if|when|suppose)|"
    r"we could (?:set|specify)|as an example)\b",
    re.IGNORECASE,
)
ILLUSTRATIVE = re.compile(r"\b(?:for example|for instance|such as|example)\b|\be\.g\.", re.IGNORECASE)
LIMITS = (
    r"limits(?!\s+(?:of|is|are|was|were|per|for)\b)"
    r"|limit(?=\s+(?:you|your|us|the|to|how|each|every|all|any|users|calls|requests)\b)"
)
"""As a verb: in `The Open Orders limit is 5` it is none, and what stands before it nobody."""
OWNER_VERB = (
    rf"(?:appl(?:y|ies)|impos(?:es?|ed)|enforces?|(?:rate[- ])?(?:{LIMITS})|restricts?"
    r"|throttles?|caps?|sets?|allows?|permits?|ha(?:s|ve))"
)
FOREIGN_GROUP = (
    r"(?:(?:llm|ai|model|embedding|cloud|payment|email|identity|oauth|upstream"
    r"|third[- ]party|external|hosting|storage|most|many|some|other|your|their)\s+)+"
    r"(?:providers?|vendors?|services|platforms?|apis|companies|carriers|gateways?)\b"
)
FOREIGN = re.compile(
    rf"\b{FOREIGN_GROUP}(?:['’]s?)?\s+(?:\w+\s+)?(?:{OWNER_VERB}\b|rate[- ]limit)|\b(?:by"
    rf"|of|to)\s+(?:the\s+|your\s+|an?\s+)?{FOREIGN_GROUP}|"
    r"\b(?:llm|upstream|third[- ]party|provider)(?:['’]s)?\s+(?:is\s+)?rate[- ]limit",
    re.IGNORECASE,
)
LIKE_OTHERS = re.compile(r"\b(?:similar to|just like|like|as with|unlike|as do)\b[^.,;]*", re.IGNORECASE)
NAME = r"[A-Z]\w*(?:\.\w+)*"
"""A word of a name; the full stop behind one ends the sentence."""
OWNER = re.compile(
    rf"\b((?:{NAME})(?:\s{NAME}){{0,2}})(?:['’]s)?\s+(?:(?:also"
    rf"|will|may|currently|API|APIs)\s+)*(?!ha(?:s|ve)\b){OWNER_VERB}\b"
)
IMPOSED_BY = re.compile(rf"\b(?:imposed|enforced|applied|set)\s+by\s+(?:the\s+)?({NAME}(?:\s{NAME})?)")
POSSESSED = re.compile(
    rf"\b({NAME}(?:\s{NAME})?)(?:(?:['’]s)?\s+(?:API\s+)?(?:rate[- ]limits?|rate limiting|quotas?)"
    r"|['’]s\s+(?:[\w,./-]+\s+){0,6}(?:limits?|quotas?))\b"
)
COUNTED_BY = re.compile(r"\b(?:per|each|every) (?:[\w-]+ ){0,2}$", re.IGNORECASE)
"""Before what calls are counted by: `a limit per client IP applies`."""
CAMEL = re.compile(r"[a-z][A-Z]")
"""A capital inside a word makes it a name even where every word has a capital."""


CLOSE: Final = 60


@dataclass(frozen=True, slots=True)
class Ownership:
    """What the documents as a whole tell about names, versions and surfaces."""

    names: frozenset[str]
    editions: Editions = field(default_factory=Editions)
    has_rest: bool = False
    hosts: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()
    known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)
    """Whether a text names somebody else: every sentence of a section asks it of the whole section."""
    protocols: frozenset[str] = frozenset()

    def calls(self, url: str) -> bool:
        """Tell whether `url` may be one of this API's: placeholders are, and everything where no host is known."""
        host = host_of(url)
        if not host or not self.hosts or PLACEHOLDER_HOST.search(host):
            return True
        return host in self.hosts or any(host.endswith(f".{own}") or site(host) == site(own) for own in self.hosts)

    def foreign(self, statement: Statement, section: Iterable[Passage] = ()) -> bool:
        """Tell whether the statement, or the section that it stands in, speaks of another vendor's behaviour."""
        if self.names_other(statement.text):
            return True
        if self.mentions_own(statement.text):
            return False
        return any(p.kind is not PassageKind.CODE and self.names_other(p.text) for p in section)

    def mentions_own(self, text: str) -> bool:
        """Tell whether the API's own name stands in `text`."""
        return any(word.lower() in self.names for word in re.findall(r"[A-Za-z][A-Za-z0-9]+", text)) or bool(
            re.search(r"\b(?:[Oo]ur|[Ww]e)\b", text)
        )

    def names_other(self, text: str) -> bool:
        """Tell whether `text` says that somebody else limits, applies or enforces something."""
        if text not in self.known:
            self.known[text] = self._names_other(text)
        return self.known[text]

    def _names_other(self, text: str) -> bool:
        text = LIKE_OTHERS.sub(" ", text)
        if FOREIGN.search(text) and not re.search(r"\b(?:we|our)\b", text):
            return True
        return any(
            self._other(found[1], opens=_opens(text, found.start(1)))
            for pattern in (OWNER, IMPOSED_BY, POSSESSED)
            for found in pattern.finditer(text)
            if not COUNTED_BY.search(text[max(0, found.start() - CLOSE) : found.start()])
        )

    def _other(self, name: str, *, opens: bool) -> bool:
        """Tell a name that is not ours; a word that opens a sentence is one only if it is a name elsewhere too."""
        written = (word.rstrip(".") for word in re.findall(r"[A-Za-z][A-Za-z0-9.]*", name))
        words = [word for word in written if word.lower() not in COMMON]
        if not words or not words[0][0].isupper():
            return False
        if any(word.lower().split(".")[0] in self.names for word in words):
            return False
        first = words[0].lower()
        known = bool(CAMEL.search(words[0])) or first in self.proper or first not in name.lower().split()[:1]
        return not opens or known

    def old(self, passage: Passage) -> bool:
        """Tell whether the passage is about a version that is no longer the current one."""
        return self.editions.old(passage)

    def aside(self, passage: Passage) -> bool:
        """Tell whether the passage is about a tool, an administrator's task or a history, not about calling the API."""
        return bool(ASIDE.search(passage.path)) or any(
            ASIDE_HEADING.fullmatch(heading.strip()) for heading in passage.headings
        )

    def surface(self, passage: Passage) -> str:
        """Return the name of the other surface that the passage is about (`graphql`, `agent` …), or ``""``."""
        where = _where(passage)
        if REST_SURFACE.search(where):
            return ""
        if (other := _protocol(passage)) in self.protocols:
            return other
        found = OTHER_SURFACE.search(where.replace("_", " ").replace("/", " "))
        if not found:
            return ""
        name = (found[1] or found[2]).lower().replace("-", "")
        return name if self.has_rest or name == "mcp" else ""


def ownership(documents: Sequence[Document], title: str = "") -> Ownership:
    """Learn from all documents together who speaks, and which versions and surfaces there are."""
    names = own_names(documents, title)
    rest = any(REST_SURFACE.search(f"{d.path} {d.title}") for d in documents)
    return Ownership(
        names=names,
        editions=editions(documents, names),
        has_rest=rest,
        hosts=called_hosts(documents),
        proper=proper_names(documents),
        protocols=_protocols(documents),
    )


SECOND_LEVEL: Final = re.compile(r"(?:co|com|org|net|gov|ac|edu|or|ne|go)\.[a-z]{2}")
"""What stands where other countries have their top-level domain."""


def _opens(text: str, at: int) -> bool:
    """Tell whether a sentence, a cell or a line begins at `at`."""
    return not text[:at].rstrip(" `*\"'(") or text[:at].rstrip(" `*\"'(")[-1:] in ".!?:|\n>-"


def _where(passage: Passage) -> str:
    return f"{passage.path} {passage.headings[0] if passage.headings else ''}"


def _protocols(documents: Sequence[Document]) -> frozenset[str]:
    """Return the other protocols that some of the docs are about: fewer than half of the pages, or of a lone page."""
    told = [[_protocol(passage) for passage in document.passages] for document in documents if document.passages]
    units = [names[0] for names in told] if len(told) > 1 else [name for names in told for name in names]
    counts = collections.Counter(name for name in units if name)
    return frozenset(name for name, count in counts.items() if count * 2 < len(units))


def _protocol(passage: Passage) -> str:
    found = OTHER_PROTOCOL.search(_where(passage).replace("_", " ").replace("/", " "))
    return found[1].lower() if found else ""


def site(host: str) -> str:
    """Return the name under which an organisation has its hosts: `acme` of `api.acme.co.uk` and of `auth.acme.io`."""
    labels = host.split(".")
    below = SECOND_LEVEL.fullmatch(".".join(labels[-2:]))
    return labels[-3] if below and len(labels) > 2 else labels[-2] if len(labels) > 1 else host
