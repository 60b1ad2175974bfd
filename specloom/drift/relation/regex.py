"""From the text of a regular expression (ECMA-262, as JSON Schema asks) to its automaton."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from specloom.drift.relation.automaton import BEGIN, END, TOP, Automaton, Ranges, TooRich

LONGEST: Final = 400
DEEPEST: Final = 40
DIGIT: Final[Ranges] = ((48, 57),)
WORD: Final[Ranges] = ((48, 57), (65, 90), (95, 95), (97, 122))
_LONE: Final = (32, 160, 0x1680, 0x202F, 0x205F, 0x3000, 0xFEFF)
SPACE: Final[Ranges] = ((9, 13), (0x2000, 0x200A), (0x2028, 0x2029), *((code, code) for code in _LONE))
ANY: Final[Ranges] = ((0, END),)
CONTROLS: Final = {"t": 9, "n": 10, "v": 11, "f": 12, "r": 13, "0": 0}


def negated(ranges: Ranges) -> Ranges:
    """Return every code point outside `ranges`."""
    result, edge = [], 0
    for first, last in sorted(ranges):
        if first > edge:
            result.append((edge, first - 1))
        edge = max(edge, last + 1)
    return (*result, (edge, TOP)) if edge <= TOP else tuple(result)


DOT: Final = negated(((10, 10), (13, 13), (0x2028, 0x2029)))
SETS: Final[dict[str, Ranges]] = {
    "d": DIGIT,
    "w": WORD,
    "s": SPACE,
    "D": negated(DIGIT),
    "W": negated(WORD),
    "S": negated(SPACE),
}


@lru_cache(maxsize=2048)
def compiled(pattern: str, *, lines: bool = True) -> Automaton | None:
    """Return the automaton of a search for `pattern`, or None for one that is too rich, too large or malformed.

    Without `lines` a dot stands for line breaks as well, as most people who write one have it in mind.
    """
    if len(pattern) > LONGEST:
        return None
    try:
        return _Builder(pattern, DOT if lines else ((0, TOP),)).search()
    except (TooRich, IndexError, ValueError):
        return None


class _Builder:
    """Reads a pattern from left to right and grows the automaton; each method leaves `at` behind what it read."""

    def __init__(self, pattern: str, dot: Ranges) -> None:
        self.text = pattern
        self.dot = dot
        self.at = 0
        self.depth = 0
        self.made = Automaton()

    def search(self) -> Automaton:
        """Build `.*pattern.*` over the text and its two marks."""
        start = self.made.state()
        self.made.moves[start].append((ANY, start))
        first, last = self._choice()
        if self.at < len(self.text):
            raise TooRich
        self.made.silent[start].append(first)
        self.made.moves[last].append((ANY, last))
        self.made.final = last
        return self.made

    def _choice(self) -> tuple[int, int]:
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooRich
        first, last = self.made.state(), self.made.state()
        while True:
            begin, end = self._sequence()
            self.made.silent[first].append(begin)
            self.made.silent[end].append(last)
            if self._peek() != "|":
                break
            self.at += 1
        self.depth -= 1
        return first, last

    def _sequence(self) -> tuple[int, int]:
        first = last = self.made.state()
        while self._peek() not in {"", "|", ")"}:
            begin, end = self._repeated()
            self.made.silent[last].append(begin)
            last = end
        return first, last

    def _repeated(self) -> tuple[int, int]:
        opened = self.at
        begin, end = self._atom()
        closed = self.at
        least, most = self._quantifier()
        if (least, most) == (1, 1):
            return begin, end
        behind = self.at
        copies = [(begin, end)]
        for _ in range(max(least, 1 if most is None else most) - 1):
            self.at = opened
            copies.append(self._atom())
            if self.at != closed:
                raise TooRich
        self.at = behind
        return self._chain(copies, least, most)

    def _chain(self, copies: list[tuple[int, int]], least: int, most: int | None) -> tuple[int, int]:
        """Put copies one after another; those past `least` may be skipped, the last may repeat for ever."""
        first, last = self.made.state(), self.made.state()
        before = first
        for index, (begin, end) in enumerate(copies):
            self.made.silent[before].append(begin)
            if index >= least:
                self.made.silent[before].append(last)
            before = end
        self.made.silent[before].append(last)
        if most is None:
            begin, end = copies[-1]
            self.made.silent[end].append(begin)
        if most == 0:
            self.made.silent[first] = [last]
        return first, last

    def _quantifier(self) -> tuple[int, int | None]:
        mark = self._peek()
        limits: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if mark in limits:
            self.at += 1
            self._lazy()
            return limits[mark]
        if mark == "{":
            close = self.text.find("}", self.at)
            least, comma, most = self.text[self.at + 1 : close].partition(",")
            if close > 0 and least.isdecimal() and (most.isdecimal() or not most):
                self.at = close + 1
                self._lazy()
                return int(least), (int(most) if most else None) if comma else int(least)
            raise TooRich
        return 1, 1

    def _lazy(self) -> None:
        """Skip the mark of a lazy quantifier: it changes what is caught, never whether."""
        if self._peek() == "?":
            self.at += 1
        elif self._peek() == "+":
            raise TooRich

    def _atom(self) -> tuple[int, int]:
        char = self.text[self.at]
        self.at += 1
        if char == "(":
            return self._group()
        if char == "[":
            return self._move(self._class())
        single = {"^": ((BEGIN, BEGIN),), "$": ((END, END),), ".": self.dot}
        if char in single:
            return self._move(single[char])
        if char in "*+?{":
            raise TooRich
        return self._move(self._escape() if char == "\\" else ((ord(char), ord(char)),))

    def _group(self) -> tuple[int, int]:
        if self._peek() == "?":
            kind = self.text[self.at : self.at + 2]
            if kind == "?:":
                self.at += 2
            elif kind == "?<" and self.text[self.at + 2] not in "=!":
                self.at = self.text.index(">", self.at) + 1
            else:
                raise TooRich
        found = self._choice()
        if self._peek() != ")":
            raise TooRich
        self.at += 1
        return found

    def _class(self) -> Ranges:
        inverse = self._peek() == "^"
        self.at += inverse
        found: list[tuple[int, int]] = []
        while self.text[self.at] != "]":
            low = self._member()
            if self.text[self.at] == "-" and self.text[self.at + 1] != "]":
                self.at += 1
                high = self._member()
                if len(low) != 1 or len(high) != 1 or low[0][0] > high[0][1]:
                    raise TooRich
                low = ((low[0][0], high[0][1]),)
            found += low
        self.at += 1
        return negated(tuple(found)) if inverse else tuple(found)

    def _member(self) -> Ranges:
        char = self.text[self.at]
        self.at += 1
        if char == "\\":
            if self._peek() == "b":
                self.at += 1
                return ((8, 8),)
            return self._escape()
        return ((ord(char), ord(char)),)

    def _escape(self) -> Ranges:
        char = self.text[self.at]
        self.at += 1
        if char in SETS:
            return SETS[char]
        if char in CONTROLS:
            return ((CONTROLS[char], CONTROLS[char]),)
        if char in "xu":
            return self._number(char)
        if char.isalnum():
            raise TooRich  # word boundaries, back-references, Unicode properties
        return ((ord(char), ord(char)),)

    def _number(self, char: str) -> Ranges:
        if char == "u" and self._peek() == "{":
            close = self.text.index("}", self.at)
            digits, self.at = self.text[self.at + 1 : close], close + 1
        else:
            width = 2 if char == "x" else 4
            digits, self.at = self.text[self.at : self.at + width], self.at + width
        code = int(digits, 16)
        if code > TOP:
            raise TooRich
        return ((code, code),)

    def _move(self, ranges: Ranges) -> tuple[int, int]:
        first, last = self.made.state(), self.made.state()
        self.made.moves[first].append((ranges, last))
        return first, last

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]
