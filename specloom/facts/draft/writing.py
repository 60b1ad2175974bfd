"""A draft as a file: JSON as it is, or YAML with the citations as comments."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import yaml

from specloom.facts.draft.citing import CITATIONS
from specloom.model.files import OWNED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DUMPER: Final = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
CITED: Final = re.compile(rf"^(?P<indent>[ -]*){CITATIONS}: (?P<text>[^\n]*)$", re.MULTILINE)
UNSEEN: Final = re.compile("[\ud800-\udfff\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
NAMED_ALONE: Final = "The documentation names it, and says nothing else."
MOST_NAMED: Final = 3
"""Places that one comment names."""
NOTE: Final = (
    "# Drafted by Specloom from the documentation; each comment names the lines that the part before it rests on.\n"
    "# Correct what is wrong: when the documentation changes, what you wrote here stays.\n"
)


class _Dumper(DUMPER):  # type: ignore[misc,valid-type]
    """Writes texts of several lines as such, and nothing as a reference to what was written before."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def written(made: Mapping[str, Any], path: str) -> bytes:
    """Return a draft in the format that the ending of `path` says; the same draft gives the same bytes.

    In YAML each citation is a comment with a name of its own that belongs to the generator: lines of the docs move with
    every edit above them, and that must neither collide with hand edits nor be mistaken for one.
    """
    clean = _clean(made)
    if path.endswith(".json"):
        return (json.dumps(clean, indent=2, ensure_ascii=False) + "\n").encode()
    text = yaml.dump(_named(clean, ()), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000_000)
    return (NOTE + CITED.sub(_comment, text)).encode()


def _comment(found: re.Match[str]) -> str:
    indent = found["indent"].replace("-", " ")
    return f"{indent}# {yaml.safe_load(found['text'])} ({OWNED})"


def _clean(node: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Take out halves of characters, which no file can hold, and marks that turn the direction of what is read."""
    if isinstance(node, str):
        return UNSEEN.sub("", node)
    if isinstance(node, list):
        return [_clean(one) for one in node]
    return {UNSEEN.sub("", key): _clean(part) for key, part in node.items()} if isinstance(node, dict) else node


def _named(node: Any, above: tuple[str, ...]) -> Any:  # noqa: ANN401 - any JSON value
    """Put one line in the place of each list of citations: what is cited, then the places."""
    if isinstance(node, list):
        return [_named(one, (*above, _name(one, at))) for at, one in enumerate(node)]
    if not isinstance(node, dict):
        return node
    out = {key: _named(part, (*above, str(key))) for key, part in node.items() if key != CITATIONS}
    if node.get(CITATIONS):
        out = out or {"$comment": NAMED_ALONE}  # with a comment in its place, a schema without members would be null
        places = ", ".join(dict.fromkeys(_places(node[CITATIONS])))
        text = f"{' '.join(above[1:] if above[:1] == ('paths',) else above)}: {places}"
        out[CITATIONS] = "".join(char if char.isprintable() else "?" for char in text)
    return out


def _name(node: object, at: int) -> str:
    return str(node.get("name") or node.get("url") or at) if isinstance(node, dict) else str(at)


def _places(cited: list[Mapping[str, Any]]) -> Iterator[str]:
    for one in cited[:MOST_NAMED]:
        end = "" if one["line_end"] == one["line_start"] else f"-{one['line_end']}"
        yield f"{one['file']}:{one['line_start']}{end}"
