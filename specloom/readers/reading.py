"""What a reader is, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from specloom.model.api import Api
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.source import SourceTree
    from specloom.readers.score import Score
    from specloom.readers.spec_file import SpecFile


@dataclass(frozen=True, slots=True)
class Reading:
    """A description as the model sees it, what could not be read of it, and how complete it is."""

    api: Api
    diagnostics: tuple[Diagnostic, ...]
    score: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How one family of formats is recognised and read.

    `formats` are the values of `Source.format` that it produces. A file may be a root of one of them when its name ends
    in one of `suffixes` and `mark` is found at the beginning of a line, or, in JSON, inside no more than `depth`
    containers; this is checked without parsing. `sniff` knows for certain, and never raises: plain text goes by
    `spec.path` and `spec.text`, JSON and YAML by `spec.root`, which is parsed once for all readers and None for
    anything else. `read` raises `UserError` only where nothing at all can be read.
    """

    formats: tuple[str, ...]
    suffixes: tuple[str, ...]
    mark: re.Pattern[bytes]
    depth: int = 1
    sniff: Callable[[SpecFile], bool]
    read: Callable[[SourceTree, SpecFile], Reading]
