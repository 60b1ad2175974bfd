"""How SDL is told by its look, without importing what parses it: most repositories have none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from specloom.readers.reading import Reader, Reading

if TYPE_CHECKING:
    from specloom.model.source import SourceTree
    from specloom.readers.spec_file import SpecFile

SUFFIXES: Final = (".graphql", ".graphqls", ".gql", ".sdl")

LOOKS_LIKE_SDL: Final = re.compile(
    r"^\ufeff?(extend )?(type|interface|input) \w{1,100}[^:\n]{0,300}\{|^\ufeff?schema\b[^:\n]{0,300}\{", re.MULTILINE
)
"""The first line of a definition, for files of any other name."""

LOOKED_AT: Final = 65_536
"""Bytes of such a file that are looked at."""


def sniff(spec: SpecFile) -> bool:
    """Tell whether `spec` is SDL, by its name or by the look of its beginning."""
    beginning = spec.content[:LOOKED_AT].decode(errors="replace")
    return spec.path.lower().endswith(SUFFIXES) or LOOKS_LIKE_SDL.search(beginning) is not None


def _read(tree: SourceTree, spec: SpecFile) -> Reading:
    from specloom.readers.graphql.reader import read  # noqa: PLC0415 -- graphql-core costs 0.1 s, so only when needed

    return read(tree, spec)


READER: Final = Reader(
    formats=("graphql",),
    suffixes=(".graphql", ".graphqls", ".gql"),
    mark=re.compile(rb"(?:extend\s+)?(?:schema\s*[@{]|(?:type|interface|union|input|enum|scalar)\s+[A-Za-z_])"),
    sniff=sniff,
    read=_read,
)
