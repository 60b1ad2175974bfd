"""Everything that a plan depends on, as one value: two equal inputs give two equal plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specloom.config import Config
    from specloom.merge import MergeTrees, OursTree
    from specloom.model.generator import Generator
    from specloom.model.inference import Inference
    from specloom.model.source import SourceTree


def no_blobs(_blob: str) -> None:
    """Remember nothing: for places where no earlier output can be looked up."""


def no_steps(_step: str) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What `plan` decides from.

    `head` holds the descriptions as they are now, `base` as callers know them (None: there is nothing to compare
    with). `ours` is the tree that the plan will be applied to, as people left it; it is `head` for a new branch, and
    the open pull request's branch, with `head` merged into it, where people have committed there. `settled` is False
    in that second case: conflicts that nobody has touched since are raised again. `targets` narrows the config's
    targets down. `blob` finds what generators wrote before by git blob id, as far as this clone has it. `step` is
    told what is happening, for progress only.

    `upstream` maps tracked descriptions to what stands at their addresses; where an address was not asked, or did not
    answer, it says nothing, and the description is the one in `head`.

    `documentation` has the docs in `head` searched for facts, beside the `inferences` that are known already;
    `head_url` is where others can see the files of `head`, such as `https://github.com/o/r/blob/<commit>`.
    """

    head: SourceTree
    ours: OursTree
    config: Config
    generators: tuple[Generator, ...]
    merge_trees: MergeTrees
    base: SourceTree | None = None
    blob: Callable[[str], bytes | None] = no_blobs
    settled: bool = True
    targets: frozenset[str] | None = None
    inferences: tuple[Inference, ...] = ()
    documentation: bool = False
    head_url: str | None = None
    upstream: Mapping[str, bytes] = field(default_factory=dict)
    step: Callable[[str], None] = no_steps
