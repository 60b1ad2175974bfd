"""A way to authenticate, and a line that shows or tells of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from specloom.facts.evidence import LONGEST_CITATION, Place

if TYPE_CHECKING:
    from specloom.model.passage import Passage
    from specloom.model.source import Json

SIGNS: Final = re.compile(
    r"^(?!x-(?:amz|goog)-).*signature$|(?:^|[-_])(?:sign?|hmac)$|(?-i:[a-z]Sign?$)", re.IGNORECASE
)
"""The name of what a call is signed with."""
PLACEHOLDER: Final = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Way:
    """A credential with a name and a place in the request, a scheme of a header, or a way as a whole.

    `where` is the place of a key, `scheme` that of HTTP, `form` how the header's value is written otherwise. Names of
    the group `whole` are types of facts.
    """

    group: Literal["key", "scheme", "whole"]
    name: str
    where: str = ""
    scheme: str = ""
    form: str = ""

    @property
    def identity(self) -> tuple[str, ...]:
        """Return what two spellings of one way share."""
        return (self.group, self.name.lower(), self.where, self.scheme, PLACEHOLDER.sub("{}", self.form.lower()))

    @property
    def value(self) -> dict[str, Json]:
        """Return the fact."""
        if self.group == "whole":
            return {"type": self.name}
        if self.group == "key":
            signed: dict[str, Json] = {"signature": True} if SIGNS.search(self.name) else {}
            return {"type": "apiKey", "in": self.where, "name": self.name, **signed}
        header: dict[str, Json] = {"in": "header", "name": self.name}
        if self.name.lower() == "authorization" and self.scheme:
            return {"type": "http", "scheme": self.scheme, **header, "name": "Authorization"}
        return {"type": "apiKey", **header, "format": self.form or f"{self.scheme.capitalize()} {{token}}"}


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a way is shown or told of, and what holds there."""

    way: Way
    spot: Place
    signs: frozenset[str]


def line_of(passage: Passage, at: int) -> Place:
    """Return the line of an example in which the character `at` stands, and the next."""
    start, end = passage.start, min(passage.end, passage.start + LONGEST_CITATION - 1)
    if passage.text.count("\n") > passage.end - passage.start:
        return Place(passage.path, start, end)
    line = start + passage.text.count("\n", 0, at)
    return Place(passage.path, line, min(line + 1, passage.end))
