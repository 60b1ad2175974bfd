"""Compare a description with itself after one edit, and hold what is found against what was done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from specloom import drift
from specloom.errors import UserError
from specloom.model.files import FileTree
from specloom.readers import read

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from single_edits.openapi import Choice
    from single_edits.texts import Edit, Lines
    from specloom.model.api import Api
    from specloom.model.change import Change
    from specloom.model.source import Span

NEAR: Final = 2


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What came of one edit; `faults` are empty where all is well."""

    name: str
    edit: Edit
    line: int
    faults: tuple[str, ...]
    changes: tuple[Change, ...]

    def __str__(self) -> str:
        rows = [
            (f"{one.rule} [{one.severity}]", one.subject, one.detail, f"| {one.base} → {one.head}")
            for one in self.changes
        ]
        told = "".join(f"\n      {' '.join(row)}" for row in rows[:6])
        where = f"{self.edit.path}:{self.line}"
        return f"{self.name} {self.edit.kind} {where}: {', '.join(self.faults)}\n      {self.edit.new!r}{told}"


@dataclass
class Description:
    """A description as it is in the corpus, or as one of our forms puts it."""

    name: str
    files: Mapping[str, bytes]
    root: str
    kinds: Mapping[str, list[Choice]] = field(default_factory=dict)
    api: Api = field(init=False)

    def __post_init__(self) -> None:
        self.api = read(FileTree(dict(self.files)), self.root).api

    def edit(self, dice: random.Random) -> Edit | None:
        """Return one edit, each kind as likely as any other."""
        choices = self.kinds[dice.choice(sorted(self.kinds))]
        return dice.choice(choices)() if choices else None

    def try_out(self, edit: Edit) -> Verdict | None:
        """Make the edit, compare, and look at what is found; None where no description is left."""
        text = self.files[edit.path].decode("utf-8-sig")
        before, after = edit.lines(text)
        try:
            head = read(FileTree({**self.files, edit.path: edit.apply(text).encode()}), self.root).api
        except UserError:
            return None  # such as an anchor that went with its first use
        changes = drift.compare(self.api, head).changes
        faults = tuple(dict.fromkeys(fault for fault in _faults(edit, changes, before, after)))
        return Verdict(name=self.name, edit=edit, line=before[0], faults=faults, changes=changes)


def _faults(edit: Edit, changes: tuple[Change, ...], before: Lines, after: Lines) -> list[str]:
    if not changes:
        return ["missed"]
    faults = []
    if edit.most is not None and len(changes) > edit.most:
        faults.append("told more than once")
    for change in changes:
        # What took the name of something else came as far as one finding goes, and went as far as another one goes.
        gone, new = change.rule.endswith("-removed"), change.rule.endswith("-added")
        faults += _placed(
            "base", change.base, edit, before, exact=edit.act == "drop" or (edit.act == "change" and not new)
        )
        faults += _placed(
            "head", change.head, edit, after, exact=edit.act == "add" or (edit.act == "change" and not gone)
        )
        faults += _graded(edit, change)
    return faults


def _placed(side: str, span: Span | None, edit: Edit, lines: Lines, *, exact: bool) -> list[str]:
    """Hold a place against the edited lines: near where something was written, not after them where nothing is."""
    if span is None:
        return [f"{side}: none"] if exact else []
    if span.path != edit.path:
        return [f"{side}: in another file"]
    if exact:
        near = lines[0] - NEAR <= span.start <= lines[1] + NEAR
        around = span.start <= lines[1] and lines[0] <= span.end
        return [] if near else [f"{side}: begins before" if around else f"{side}: elsewhere"]
    return [] if span.start - NEAR <= lines[1] else [f"{side}: parent elsewhere"]


NARROWS: Final = ("-enum value", "+required", "+bound", "+additionalProperties", "-oneOf member", "-anyOf member")
WIDENS: Final = ("+enum value", "-required", "-pattern", "+oneOf member", "+anyOf member")
BREAKS: Final = ("-operation", "-path")
HARMLESS: Final = ("+deprecated", "~operationId", "-tag", "~tag", "+status", "+header", "+property")


def _graded(edit: Edit, change: Change) -> list[str]:
    """Tell a severity that the law rules out for this kind of edit."""
    wrong = False
    if edit.kind in NARROWS and change.rule.startswith(("request-", "response-")):
        wrong = change.rule.startswith("response-") and change.severity == "breaking"
    if edit.kind in WIDENS and change.rule.startswith("request-"):
        wrong = change.severity == "breaking"
    wrong = wrong or (edit.kind in BREAKS and change.severity == "safe")
    wrong = wrong or (edit.kind in HARMLESS and change.severity == "breaking")
    return [f"graded {change.severity}"] if wrong else []
