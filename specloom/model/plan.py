"""`Plan`: everything that is to be written and said, decided. Applying one is dumb."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specloom.model.change import Drift
    from specloom.model.diagnostic import Diagnostic
    from specloom.model.files import FileTree
    from specloom.model.inference import Inference
    from specloom.model.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What a generated tree was made from. Same provenance, same bytes.

    Digests are SHA-256 in hex; `generators` maps target to generator version; `tree` is a git tree id.
    """

    description: str
    config: str
    inferences: str
    generators: Mapping[str, str]
    tree: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A place where a hand edit and the generator disagree. The hand edit stands; `suggestion` is the generator's hunk.

    Lines are those of the user's file, 1-based and inclusive; they are None where the file as a whole is in dispute
    (deleted on one side, or written on both with no common base).
    """

    path: str
    reason: Literal["both-changed", "deleted-by-hand", "dropped-by-generator", "no-base"]
    line_start: int | None = None
    line_end: int | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A message on lines of a file in the head commit, as check runs show it."""

    level: Literal["failure", "warning", "notice"]
    span: Span
    title: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewComment:
    """A comment on lines of a file in the pull request; `key` identifies it over runs."""

    key: str
    path: str
    line_start: int
    line_end: int
    body: str
    side: Literal["LEFT", "RIGHT"] = "RIGHT"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRun:
    """A check run as it shall end; `text` is Markdown. Limits of GitHub are the publisher's business."""

    name: str
    conclusion: Literal["success", "failure", "neutral", "action_required"]
    title: str
    summary: str
    text: str = ""
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One branch with its pull request.

    `pristine` is what the generators wrote, `tree` what shall stand on the branch after the merge with hand edits;
    both hold only paths that a generator owns, and copies of descriptions that are tracked from an address.
    `deletions` are owned paths that shall go. `draft` is set while there are conflicts. `writes` are the paths of
    `tree` whose content is not what stands there now; with no writes and no deletions there is nothing to apply.
    `proposal` is the path of a drafted description that nobody has agreed to yet: closing such a pull request is a no
    to whatever would be drafted there later.
    """

    branch: str
    title: str
    body: str
    tree: FileTree
    pristine: FileTree
    deletions: tuple[str, ...]
    drift: Drift
    conflicts: tuple[Conflict, ...]
    check_run: CheckRun
    provenance: Provenance
    review_comments: tuple[ReviewComment, ...] = ()
    inferences: tuple[Inference, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    report_html: str = field(default="", repr=False)
    draft: bool = False
    writes: tuple[str, ...] = ()
    proposal: str | None = None

    @property
    def empty(self) -> bool:
        """Whether applying this plan would change nothing."""
        return not self.writes and not self.deletions
