"""Paths of endpoints: every notation of a variable as `{name}`, and which of two paths is an example of the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final
from urllib.parse import unquote, urlsplit

NOTATION: Final = re.compile(
    r"\{\{\s*(?P<double>[\w.-]+)\s*\}\}"
    r"|[#$%]?\{(?P<brace>[^{}]+)\}"
    r"|<(?:\w+:)?(?P<angle>[\w .-]+)>"
    r"|\((?:\w+:)?(?P<round>\w+)\)"
    r"|^:(?P<colon>[A-Za-z_][\w-]*)"
    r"|\$(?P<dollar>[A-Za-z_]\w*)"
    r"|^\[(?P<square>[\w-]+)\]$"
)
"""How docs write a variable in a path."""
TYPED: Final = re.compile(r"[<(](\w+):([\w.-]+)[>)]")
CONVERTERS: Final = {"int": "integer", "integer": "integer", "float": "number", "string": "string", "str": "string"}
EXAMPLE_ID: Final = re.compile(
    r"(?:\d+|[0-9a-f]{16,}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})(?P<ending>\.(?:json|xml))?"
)
"""What stands in the path of an example where the template has a variable."""
OPAQUE_ID: Final = re.compile(r"(?=(?:.*\d){3})(?=.*[A-Za-z])(?!v\d)[\w-]{10,}")
PLACEHOLDER: Final = re.compile(r"[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)+|ID|UUID|SLUG|NAME|KEY")
TEMPLATE_QUERY: Final = re.compile(r"\{[?&](?P<names>[^}]*)\}")
NOT_PATHS: Final = re.compile(
    r"\.(?:html?|md|png|jpe?g|svg|js|css)$|^//|^/\*|^/(?:your|my)[-_]|^/path/to\b|\.\.\.|…", re.IGNORECASE
)
NAME: Final = re.compile(r"[\w.\[\]-]+")
LONGEST: Final = 300
VARIABLE: Final = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Path:
    """The segments of a path, and whether it ends in a slash: to some servers that is another resource."""

    segments: tuple[str, ...]
    slash: bool = False

    def __str__(self) -> str:
        """Return the path as OpenAPI writes it, with the names of variables told apart."""
        return _unique("/" + "/".join(self.segments) + ("/" if self.slash and self.segments else ""))

    @cached_property
    def shape(self) -> tuple[str, ...]:
        """Return what tells paths apart: neither the names of variables nor a slash at the end do."""
        return tuple(VARIABLE.sub("{}", segment) for segment in self.segments)

    @cached_property
    def fixed(self) -> int:
        """Return how many segments are no variables."""
        return sum(segment != "{}" for segment in self.shape)

    @property
    def templated(self) -> bool:
        """Tell whether there is a variable in it."""
        return any("{" in segment for segment in self.segments)

    def below(self, base: tuple[str, ...]) -> Path:
        """Return the path as seen from the server whose own path is `base`, or ends in what this one begins with."""
        for cut in range(len(base), 0, -1):
            if len(self.segments) > cut and self.segments[:cut] == base[-cut:]:
                return Path(self.segments[cut:], self.slash)
        return self

    def is_example_of(self, template: Path) -> bool:
        """Tell whether `template` with values put in is this path, or an end of it that begins after fixed segments."""
        mine, theirs = self.shape, template.shape
        cut = len(mine) - len(theirs)
        if cut < 0:
            return "{}" not in theirs[:-cut] and theirs[-cut:] == mine
        if not template.fixed or (cut and "{}" in mine[:cut] and not template.templated and len(theirs) == 1):
            return False
        return all(one in (other, "{}") for one, other in zip(theirs, mine[cut:], strict=True))


@dataclass(frozen=True, slots=True)
class Target:
    """What a call names: where it goes, as far as that is said, the path, and the names in its query."""

    origin: str
    path: Path
    query: tuple[str, ...]
    types: tuple[tuple[str, str], ...] = ()
    """Types of variables that the path itself gives, as in `<int:id>`."""


def target_of(text: str, *, example: bool = False) -> Target | None:
    """Read the target of a call, or nothing where it is no path of an API."""
    plain = text.split("#", maxsplit=1)[0] if not re.search(r"#\{", text) else text
    plain = plain.rstrip(".,;:*`" if plain.count("[") == plain.count("]") else ".,;:*`]")
    names = [name for found in TEMPLATE_QUERY.finditer(plain) for name in re.findall(r"[\w.\[\]-]+", found["names"])]
    plain = TEMPLATE_QUERY.sub("", plain)
    origin = ""
    if plain.startswith("http"):
        try:
            parts = urlsplit(plain)
        except ValueError:
            return None
        origin, plain, given = f"{parts.scheme}://{parts.netloc}", parts.path, parts.query
    else:
        plain, _, given = plain.partition("?")
    names += [unquote(pair.split("=", 1)[0]) for pair in given.split("&") if "=" in pair]
    if NOT_PATHS.search(plain) or len(plain) > LONGEST:
        return None
    segments = tuple(_segment(part, example=example) for part in plain.strip("/").split("/") if part)
    if not segments or any(not re.search(r"\w", segment) for segment in segments):
        return None
    query = tuple(dict.fromkeys(name for name in names if NAME.fullmatch(name)))
    types = tuple(
        (re.sub(r"\W+", "_", name), CONVERTERS[kind]) for kind, name in TYPED.findall(plain) if kind in CONVERTERS
    )
    return Target(origin, Path(segments, plain.endswith("/")), query, types)


def _segment(part: str, *, example: bool) -> str:
    """Write every notation of a variable as `{name}`; what looks like an id is one."""
    if found := EXAMPLE_ID.fullmatch(part):
        return "{id}" + (found["ending"] or "")
    if PLACEHOLDER.fullmatch(part):
        return "{" + part.lower().replace("-", "_").removeprefix("your_") + "}"
    if example and OPAQUE_ID.fullmatch(part):
        return "{id}"
    made = NOTATION.sub(_named, part)
    return re.sub(r"[{}<>]", "", made) if made.count("{") != made.count("}") else made


def _named(found: re.Match[str]) -> str:
    name = next(group for group in found.groups() if group)
    return "{" + (re.sub(r"\W+", "_", name).strip("_") or "id") + "}"


def _unique(path: str) -> str:
    """Tell variables of one name apart: `/{id}/parts/{id}` becomes `/{id}/parts/{id_2}`."""
    seen: dict[str, int] = {}

    def named(found: re.Match[str]) -> str:
        name = found.group()[1:-1]
        seen[name] = seen.get(name, 0) + 1
        return "{" + name + (f"_{seen[name]}" if seen[name] > 1 else "") + "}"

    return VARIABLE.sub(named, path)
