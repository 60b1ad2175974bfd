"""What speaks for a name being one of a paging parameter, in numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from math import log1p
from typing import TYPE_CHECKING, Final

from specloom.facts.pages import paging
from specloom.facts.ranking.paging.around import PAGING, Around
from specloom.facts.ranking.paging.mentions import mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specloom.facts.evidence import Evidence
    from specloom.facts.ranking.paging.mentions import Mention

ROLES: Final = ("page", "offset", "cursor", "limit")
MOVERS: Final = frozenset({"page", "offset", "cursor"})
WORDS: Final = {
    "page": "page pg pagenumber pagenum pageindex pages paging pagination pageno",
    "number": "number num no idx index nr",
    "limit": "limit lim",
    "size": "size length pagesize len",
    "per": "per perpage",
    "count": "count cnt rows results items records entries hits elements objects",
    "max": "max maximum top take",
    "offset": "offset skip",
    "start": "start begin from first starting",
    "cursor": "cursor cursors bookmark marker scroll continuation continue anchor",
    "token": "token key",
    "after": "after since",
    "before": "before until ending end prev previous last max to",
    "next": "next",
    "id": "id ids",
    "date": "date time at timestamp day created updated modified min",
}
"""What names of paging parameters are put together from."""
FAMILIES: Final = {family: frozenset(words.split()) for family, words in WORDS.items()}
VAGUE: Final = frozenset({"id", "date"})
KNOWN: Final = frozenset().union(*FAMILIES.values())
SAID: Final = {
    "pageno": (
        r"\bpage (?:number|index|no\b|to (?:return|retrieve|show|get|fetch))|\b(?:number|index) of the page"
        r"|\b(?:the|which|specific|current|given|nth|further|next|requested) pages?\b|pages? of (?:results?|\w+s\b)"
        r"|\bpage\b.{0,30}(?:\b1\b|\b0\b|start)|número da página|página|页码|第"
    ),
    "count": (
        r"\b(?:number|amount|count|quantity|maximum|max) (?:number )?(?:of )?(?:\w+ ){0,3}?(?:results?|items?|records?"
        r"|objects?|entries|rows|elements|resources|entities|matches|\w+s)\b|how many"
        r"|\bper (?:page|request|call|response)\b|page size|batch size|size of (?:the|a|each) (?:page|batch|result)"
        r"|(?:limit|restrict)\w* (?:the )?(?:number|results?|amount|size)|每页|条数|quantidade"
    ),
    "items": r"\b(?:results?|items?|records?|objects?|entries|rows|elements|resources|entities)\b",
    "skip": (
        r"\boffset\b|\bskip|\b(?:start(?:ing|s)?|begin(?:ning)?|first) "
        r"(?:index|position|row|record|item|result|from|at|of)|zero[- ]based|0-based|index of the first|\bfrom which\b"
    ),
    "cursor": (
        r"\bcursors?\b|\b(?:next|continuation|page|pagination|paging)[ _-]?(?:token|cursor|key|page|url)|\btoken\b"
        r"|\b(?:last|previous|preceding) (?:\w+ ){0,2}(?:id|item|object|page|response|request|result)|\bmarker\b"
        r"|\b(?:after|before) (?:this|the|which|that)|opaque|\bnext\b"
    ),
    "next": r"\bnext\b|\bsubsequent|\bfollowing (?:page|set|results)|\bprevious\b",
    "default": r"\bdefault|\bomitted\b",
    "max": r"\bmax|\bup to\b|\bat most\b|\bbetween\b|\brange\b|no more than",
    "num": r"(?<![\w.])\d{1,5}\b",
    "param": r"\bparam|\bquery\b|\bargument|\bpass\b|\bspecify|\busing\b|\bset(?:ting)?\b|\badd(?:ing)?\b|append",
    "date": r"\bdate|\btime(?:stamp)?\b|\bunix\b|\biso ?8601|\byyyy",
    "state": r"\b(?:current|this) (?:page|number|offset)\b|\bfixed\b",
    "tally": r"^\W*\w*\W*count(?:s|ing)? (?:the|how)\b",
    "resp": r"\brespon|\breturn(?:s|ed)\b|\bcontains?\b|\bincludes?\b|\bheader\b|\btotal\b",
}
"""What descriptions of such parameters tell, by what they tell."""
TELLS: Final = {what: re.compile(words, re.IGNORECASE) for what, words in SAID.items()}
ANSWER: Final = re.compile(
    r"[\"'](?:total\w*|has_?(?:more|next)\w*|next\w*|prev\w*|count|data|results|items)[\"']\s*:", re.IGNORECASE
)
"""What an example has that is an answer, whose members nobody sends."""
DEFINES: Final = frozenset({"cell", "lead"})
PARTNERS: Final = {"after": "first", "first": "after", "before": "last", "last": "before"}
"""What GraphQL sends together."""
MOST_TOLD: Final = 40


class Names:
    """The names that may be paging parameters, and where they are mentioned."""

    def __init__(self, around: Around) -> None:
        """Keep the names that paging uses, and those that passages about paging mention."""
        self.around = around
        self.mentioned = {name: told for name, told in mentions(around.evidence).items() if self._may_be(name, told)}
        self.roles = {name: paging.role(name) for name in self.mentioned}
        self._beside: dict[int, set[tuple[str, str]]] = defaultdict(set)
        self._spoken: Counter[str] = Counter()
        self._features: dict[str, dict[str, float]] = {}
        for name, told in self.mentioned.items():
            if (role := self.roles[name]) and not self._only_answered(name, told):
                self._spoken[role] += sum(one.form != "key" for one in told)
                for one in told:
                    self._beside[id(one.passage)].add((role, name))

    def _may_be(self, name: str, told: Iterable[Mention]) -> bool:
        spoken = [one for one in told if one.form != "key"]
        if not spoken and all(ANSWER.search(one.passage.text) for one in told):
            return False
        if paging.role(name):
            return True
        if any(family not in VAGUE and words(name) & known for family, known in FAMILIES.items()):
            return bool(spoken)
        return any(self.around.of(one.passage).headed or PAGING.search(one.text) for one in spoken)

    def _only_answered(self, name: str, told: Iterable[Mention]) -> bool:
        """Tell a member of an answer by its name, `next_cursor`, unless something is asked with it."""
        if not paging.FIELD.match(name):
            return False
        defined = (one for one in told if one.form in DEFINES)
        asked = any(one.form == "query" for one in told)
        return not asked and all(self.around.of(one.passage).answered for one in defined)

    def features(self, name: str) -> dict[str, float]:
        """Return what speaks for and against `name`."""
        if name not in self._features:
            self._features[name] = self._weighed(name)
        return self._features[name]

    def _weighed(self, name: str) -> dict[str, float]:
        told = self.mentioned[name]
        spoken = [one for one in told if one.form != "key"]
        return {
            **self._spelled(name),
            **self._used(told, spoken or told),
            **_told(name, [one for one in spoken if one.form != "query"][:MOST_TOLD]),
            **_valued(told),
            **self._company(name, spoken or told),
            "paired": self._paired(name, told),
            "alone": float(not spoken),
            "main": len(spoken) / max(1, self._spoken[self.roles[name]]) if self.roles[name] else 0.0,
        }

    def _spelled(self, name: str) -> dict[str, float]:
        own = words(name)
        return {
            **{f"role_{role}": float(self.roles[name] == role) for role in ROLES},
            **{f"word_{family}": float(bool(own & known)) for family, known in FAMILIES.items()},
            "weak": float(paging.is_weak(name)),
            "words": float(len(own)),
            "other_words": float(len(own - KNOWN)),
            "bracket": float("[" in name),
        }

    def _used(self, told: list[Mention], spoken: list[Mention]) -> dict[str, float]:
        forms = Counter(one.form for one in told)
        settings = [self.around.of(one.passage) for one in spoken]
        near = sum(id(one.passage) in self.around.near for one in spoken)
        headed = sum(one.headed for one in settings)
        return {
            **{f"as_{form}": log1p(forms[form]) for form in ("cell", "lead", "ticked", "word", "query", "key")},
            "headed": headed / len(spoken),
            "ever_headed": float(headed > 0),
            "often_headed": log1p(headed),
            "near": near / len(spoken),
            "ever_near": float(near > 0),
            "asked": sum(one.asked for one in settings) / len(spoken),
            "answered": sum(one.answered for one in settings) / len(spoken),
            "listed": sum(one.listed for one in settings) / len(spoken),
            "answers_it": float(any(self.around.of(one.passage).answered for one in told if one.form == "key")),
            "paged_docs": log1p(self.around.spoken),
        }

    def _company(self, name: str, spoken: Iterable[Mention]) -> dict[str, float]:
        """Tell which other parameters of paging are mentioned in the same passages."""
        others = {role for one in spoken for role, other in self._beside[id(one.passage)] if other != name}
        return {**{f"with_{role}": float(role in others) for role in ROLES}, "with_mover": float(bool(others & MOVERS))}

    def _paired(self, name: str, told: list[Mention]) -> float:
        """Tell in which share of its passages a name of GraphQL stands with its partner."""
        partners = {id(one.passage) for one in self.mentioned.get(PARTNERS.get(name, ""), ())}
        return sum(id(one.passage) in partners for one in told) / len(told)


def names_of(evidence: Evidence) -> Names:
    """Return the names of the docs, which several rankers look at."""
    made = evidence.made.get("paging")
    if not isinstance(made, Names):
        made = evidence.made["paging"] = Names(Around(evidence))
    return made


def _told(name: str, told: list[Mention]) -> dict[str, float]:
    """Tell what is said of a name; the name itself says nothing, but in `the current page`."""
    own = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    said = [(one.form, own.sub(" ", one.text)) for one in told]
    texts = [text for _, text in said]
    defined = [text for form, text in said if form in DEFINES]
    return {
        **{f"told_{what}": float(any(tells.search(text) for text in texts)) for what, tells in TELLS.items()},
        **{f"defined_{what}": _share(tells, defined) for what, tells in TELLS.items()},
        "told_state": float(any(TELLS["state"].search(one.text) for one in told)),
        "told_paging": float(any(PAGING.search(text) for text in texts)),
        "after_date": float(
            bool(words(name) & FAMILIES["after"]) and any(TELLS["date"].search(text) for text in texts)
        ),
    }


def _share(tells: re.Pattern[str], texts: list[str]) -> float:
    return sum(bool(tells.search(text)) for text in texts) / max(1, len(texts))


def _valued(told: Iterable[Mention]) -> dict[str, float]:
    values = [one.value.strip("\"'{}<>") for one in told if one.value]
    return {
        "number": sum(bool(re.fullmatch(r"\d{1,6}", value)) for value in values) / max(1, len(values)),
        "first_page": float(any(re.fullmatch(r"[0-3]", value) for value in values)),
        "round": float(any(re.fullmatch(r"[1-9]\d*[05]", value) for value in values)),
        "star": float("*" in values or "initial" in values),
    }


def words(name: str) -> set[str]:
    """Return the words that a name is put together from, in small letters."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return {word for word in re.split(r"[^A-Za-z0-9$]+", apart.lower()) if word}


def only(features: Mapping[str, float], chosen: Iterable[str]) -> dict[str, float]:
    """Return the features that a model is made of."""
    return {name: features[name] for name in chosen}
