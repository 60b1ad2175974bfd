"""The contract of a generator: a pure function from the model to files, with its options and a version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

    from specloom.model.api import Api
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.files import FileTree


@dataclass(frozen=True, slots=True)
class Generated:
    """What a generator wrote, below its own folder, and what it could not write, with reasons."""

    files: FileTree
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """A target and how it is made.

    `target` is the folder written to, and the name in the config (`sdk/python`); every path that `generate` returns
    starts with it. `version` changes whenever the same input gives other bytes. `summary` is one line for tables and
    help. `options` validates this target's part of the config; `generate` gets an instance of it. `generate` is
    deterministic to the byte: no clock, environment, randomness, network, or set order.
    """

    target: str
    version: str
    summary: str
    options: type[BaseModel]
    generate: Callable[[Api, Any], Generated]
