"""Directives and roles of Sphinx, its extensions and of houses: each is read for what it shows."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive, directives, roles

if TYPE_CHECKING:
    from collections.abc import Iterator

DIRECTIVE = re.compile(r"^[ \t]*\.\. (?:\|[^|\n]+\| )?([A-Za-z][\w:.+-]*)::", re.MULTILINE)
ROLE = re.compile(r":([A-Za-z][\w:.+-]*):`")
ROLE_TEXT = re.compile(r"^(.*?)\s*<[^<>]*>$", re.DOTALL)
ENDPOINT = re.compile(r"http:(get|post|put|patch|delete|head|options)$")
SYNOPSIS = re.compile(r"^[ \t]*:synopsis:(?P<said>[^\n]*(?:\n(?![ \t]*:[\w-]+:)[^\n]*)*)", re.MULTILINE)
OPTION = re.compile(r"\s*:[\w -]+:(?:\s|$)")
ADDRESSED = re.compile(r"\s*:(?:url|uri|endpoint):\s+(?P<url>https?://\S+)\s*$", re.IGNORECASE)
PARAMETER_DIRECTIVE = re.compile(
    r"(?:^|[:_-])(?:param(?:eter)?|queryparam|field|attribute|property|argument)$", re.IGNORECASE
)
FEWEST_SPACES = 4
"""Of a sentence; a directive's argument of fewer words is a title, a version or a name."""
CODE_DIRECTIVES = frozenset(
    {"code-block", "sourcecode", "code-tab", "prompt", "highlight-code", "literalinclude", "http:example"}
)
HIDDEN_DIRECTIVES = frozenset(
    {"toctree", "index", "meta", "raw", "literalinclude", "include", "only", "graphviz", "plantuml"}
)
MOST_NAMES = 500


class _Known(Directive):
    """Any directive that docutils does not know: code stays code, everything else is read as prose."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[None] = None

    def run(self) -> list[nodes.Node]:
        if self.name in HIDDEN_DIRECTIVES:
            return []
        if self.name in CODE_DIRECTIVES:
            return [self._code()]
        argument = " ".join(self.arguments)
        if endpoint := ENDPOINT.match(self.name):
            return [self._endpoint(endpoint[1].upper(), argument)]
        said = [line.strip() for line in argument.split("\n") if not OPTION.match(line)]
        box = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, box)
        if PARAMETER_DIRECTIVE.search(self.name) and said and " " not in said[0]:
            return [_described(said[0], box, self.lineno)]
        return [*self._said(said), *self._addressed(argument), *box.children]

    def _said(self, lines: list[str]) -> list[nodes.Node]:
        """Keep a sentence that begins on the directive's own line."""
        text = "\n".join(lines)
        return [_line(text, self.lineno)] if text.count(" ") >= FEWEST_SPACES else []

    def _addressed(self, argument: str) -> list[nodes.Node]:
        """Keep the address that an option gives: `:url: https://…`."""
        found = [match for line in argument.split("\n") if (match := ADDRESSED.match(line))]
        return [_line(match["url"], self.lineno + 1) for match in found]

    def _code(self) -> nodes.Node:
        text = "\n".join(self.content)
        found = nodes.literal_block(text, text, language=(self.arguments or [""])[0].split(" ")[0])
        found.line = self.content_offset + 1
        return found

    def _endpoint(self, method: str, target: str) -> nodes.Node:
        section = nodes.section()
        call, _, options = target.partition("\n")
        title = nodes.title(call, f"{method} {call}")
        title.line = self.lineno
        section += title
        section += self._synopsis(options)
        self.state.nested_parse(self.content, self.content_offset, section)
        return section

    def _synopsis(self, options: str) -> list[nodes.Node]:
        """Keep what an endpoint is for, which stands among its options, as the field that it is."""
        found = SYNOPSIS.search(options)
        if found is None:
            return []
        said = " ".join(found["said"].split())
        body = nodes.field_body("", _line(said, self.lineno + 1))
        listed = nodes.field_list("", nodes.field("", nodes.field_name("", "synopsis"), body))
        return [listed]


def _line(text: str, line: int) -> nodes.paragraph:
    made = nodes.paragraph(text, text)
    made.line = line
    return made


def _described(name: str, box: nodes.container, line: int) -> nodes.Node:
    """Make of a directive that describes a parameter the definition that it shows."""
    item = nodes.definition_list_item()
    item += nodes.term(name, name)
    item += nodes.definition("", *(box.children or [_line(name, line)]))
    return item


def _role(_name: str, rawtext: str, text: str, _line: int, *_: object) -> tuple[list[nodes.Node], list[nodes.Node]]:
    shown = ROLE_TEXT.sub(r"\1", text) or text
    return [nodes.inline(rawtext, shown)], []


@contextlib.contextmanager
def all_known(text: str) -> Iterator[None]:
    """Teach docutils every directive and role that `text` uses, and forget them again.

    docutils has no public way to unregister, and a process that reads many repositories must not remember one's names.
    """
    known_directives, known_roles = dict(directives._directives), dict(roles._roles)  # type: ignore[attr-defined] # noqa: SLF001
    names = sorted(set(DIRECTIVE.findall(text)))[:MOST_NAMES]
    for name in names:
        if name.lower() not in directives._directive_registry or name in {"raw", "include", "code-block", "sourcecode"}:  # type: ignore[attr-defined] # noqa: SLF001
            directives.register_directive(name.lower(), _Known)
    for name in sorted(set(ROLE.findall(text)))[:MOST_NAMES]:
        if name.lower() not in roles._role_registry:  # type: ignore[attr-defined] # noqa: SLF001
            roles.register_local_role(name.lower(), _role)  # type: ignore[arg-type]
    try:
        yield
    finally:
        directives._directives.clear()  # type: ignore[attr-defined] # noqa: SLF001
        directives._directives.update(known_directives)  # type: ignore[attr-defined] # noqa: SLF001
        roles._roles.clear()  # type: ignore[attr-defined] # noqa: SLF001
        roles._roles.update(known_roles)  # type: ignore[attr-defined] # noqa: SLF001
