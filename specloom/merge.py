"""Hand edits survive: what shall stand after a regeneration, decided path by path; three sides, no I/O.

`base` is what the generators wrote last time, `ours` the tree as people left it, `theirs` what the generators write
now. Where only one side changed, that side wins. Where both did, the texts are merged by the `merge_trees` that is
passed in: git's, which decision code may not import. Where they cannot be merged, the hand edit stands, no conflict
marker is ever written, and the generator's version becomes a `Conflict` for people to settle.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from specloom.lines import adopt_owned_lines, hunks, like, owned_file, plain
from specloom.model.files import FileTree
from specloom.model.plan import Conflict
from specloom.model.source import SourceTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Kind: TypeAlias = Literal["file", "folder", "other"]
"""What stands at a path; `other` is a symbolic link, a submodule or a device."""

Reason: TypeAlias = Literal["both-changed", "deleted-by-hand", "dropped-by-generator", "no-base"]

Favor: TypeAlias = Literal["neither", "ours", "theirs"]


class OursTree(SourceTree, Protocol):
    """The tree as people left it."""

    def kind(self, path: str, /) -> Kind | None:
        """Say what stands at `path` itself, without following a link there; None where nothing does."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The paths at which the three sides of one conflict stand, None where a side has no such file."""

    base: str | None
    ours: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class TreeMerge:
    """The files that merged, and the sides that did not; a path is never in both."""

    files: Mapping[str, bytes]
    conflicts: tuple[Sides, ...]


class MergeTrees(Protocol):
    """A three-way merge of whole trees, renames followed; a pure function of its arguments."""

    def __call__(self, base: FileTree, ours: FileTree, theirs: FileTree, /, *, favor: Favor = "neither") -> TreeMerge:
        """Merge; with `favor`, hunks that collide are decided for that side instead of being a conflict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What shall stand at every path that a generator owns, what shall go, and what people have to settle."""

    tree: FileTree
    deletions: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(slots=True)
class _Sheet:
    """The decisions so far; `base`, `ours` and `theirs` hold what is left for the text merge."""

    result: dict[str, bytes] = field(default_factory=dict)
    deletions: set[str] = field(default_factory=set)
    conflicts: list[Conflict] = field(default_factory=list)
    base: dict[str, bytes] = field(default_factory=dict)
    ours: dict[str, bytes] = field(default_factory=dict)
    theirs: dict[str, bytes] = field(default_factory=dict)


def _decide(sheet: _Sheet, path: str, *, base: FileTree, ours: OursTree, theirs: FileTree) -> None:
    old, new = base.read(path), theirs.read(path)
    if new is not None and _blocked(path, base=base, ours=ours):
        if old != new:
            sheet.conflicts.append(_whole_file(path, "no-base" if old is None else "both-changed", new))
        return
    mine = _own(ours, path)
    if new is None:
        _decide_dropped(sheet, path, old=old, mine=mine)
    elif owned_file(new):
        sheet.result[path] = new
    elif mine is not None:
        _decide_held(sheet, path, old=old, mine=mine, new=new)
    elif old is None:
        sheet.result[path] = new
    elif old != new:
        sheet.base[path], sheet.theirs[path] = plain(old), plain(new)


def _decide_dropped(sheet: _Sheet, path: str, *, old: bytes | None, mine: bytes | None) -> None:
    if mine is None or old is None:
        return
    if plain(mine) == plain(old):
        sheet.deletions.add(path)
    else:
        sheet.base[path], sheet.ours[path] = plain(old), plain(mine)


def _decide_held(sheet: _Sheet, path: str, *, old: bytes | None, mine: bytes, new: bytes) -> None:
    if old is None:
        if plain(mine) != plain(new):
            sheet.conflicts.append(_whole_file(path, "no-base", new))
        sheet.result[path] = mine
        return
    mine, old = (adopt_owned_lines(side, base=old, theirs=new) for side in (mine, old))
    if plain(mine) in {plain(new), plain(old)}:
        sheet.result[path] = like(new, mine)
    elif plain(new) == plain(old):
        sheet.result[path] = mine
    else:
        sheet.base[path], sheet.ours[path], sheet.theirs[path] = plain(old), plain(mine), plain(new)


def _own(ours: OursTree, path: str) -> bytes | None:
    linked = any(ours.kind(folder) == "other" for folder in _folders(path))
    return ours.read(path) if not linked and ours.kind(path) == "file" else None


def _blocked(path: str, *, base: FileTree, ours: OursTree) -> bool:
    """Tell whether people have something at `path`, or on the way to it, that a file cannot be put in place of."""
    for folder in _folders(path):
        kind = ours.kind(folder)
        if kind == "other" or (kind == "file" and not _untouched(folder, base=base, ours=ours)):
            return True
    if ours.kind(path) == "folder":
        inner = (name for name in ours.paths() if name.startswith(f"{path}/"))
        return not all(_untouched(name, base=base, ours=ours) for name in inner)
    return ours.kind(path) == "other"


def _untouched(path: str, *, base: FileTree, ours: OursTree) -> bool:
    old, mine = base.read(path), _own(ours, path)
    return old is not None and mine is not None and plain(old) == plain(mine)


def _folders(path: str) -> Iterator[str]:
    for index, letter in enumerate(path):
        if letter == "/":
            yield path[:index]


def _merge_texts(sheet: _Sheet, *, ours: OursTree, base: FileTree, theirs: FileTree, merge_trees: MergeTrees) -> None:
    """Let git decide what no single side decides, beside the files that these may have been renamed to."""
    mine = {**sheet.ours, **_added_by_hand(sheet, ours=ours, base=base, theirs=theirs)}
    new = {**sheet.theirs, **_added_by_generator(sheet, base=base)}
    outcome = merge_trees(FileTree(sheet.base), FileTree(mine), FileTree(new))
    for path, content in outcome.files.items():
        if content != mine.get(path):
            sheet.result[path] = like(content, _own(ours, path) or content)
    disputed = {path for sides in outcome.conflicts for path in (sides.base, sides.ours, sides.theirs)}
    sheet.deletions.update(set(sheet.ours) - set(outcome.files) - disputed)
    texts = [sides.ours for sides in outcome.conflicts if sides.ours and sides.base == sides.ours == sides.theirs]
    _keep_texts(sheet, texts, ours=ours, merge_trees=merge_trees)
    for sides in outcome.conflicts:
        if sides.ours not in texts:
            _keep_files(sheet, sides, mine=mine, new=new)


def _added_by_hand(sheet: _Sheet, *, ours: OursTree, base: FileTree, theirs: FileTree) -> dict[str, bytes]:
    """Return people's own files, where a generated file that still changes is missing: it may have been renamed."""
    tops = {_top(path) for path in set(sheet.base) - set(sheet.ours)}
    if not tops:
        return {}
    strangers = (path for path in ours.paths() if _top(path) in tops)
    new = [path for path in strangers if path not in base.files and path not in theirs.files]
    return {path: plain(content) for path in new if (content := _own(ours, path)) is not None}


def _added_by_generator(sheet: _Sheet, *, base: FileTree) -> dict[str, bytes]:
    """Return files new to the generator, where it dropped one that was edited by hand: it may have been renamed."""
    if not set(sheet.base) - set(sheet.theirs):
        return {}
    return {path: plain(content) for path, content in sheet.result.items() if path not in base.files}


def _keep_texts(sheet: _Sheet, paths: list[str], *, ours: OursTree, merge_trees: MergeTrees) -> None:
    """Keep the hand edit in every hunk that collides, the generator's change in every other."""
    if not paths:
        return
    sides = [FileTree({path: side[path] for path in paths}) for side in (sheet.base, sheet.ours, sheet.theirs)]
    kept, wanted = (merge_trees(*sides, favor=favor).files for favor in ("ours", "theirs"))
    for path in paths:
        sheet.result[path] = like(kept[path], ours.read(path) or kept[path])
        mine, other = _text(kept[path]), _text(wanted[path])
        if mine is None or other is None:
            sheet.conflicts.append(Conflict(path=path, reason="both-changed"))
            continue
        sheet.conflicts.extend(
            Conflict(path=path, reason="both-changed", line_start=hunk.start, line_end=hunk.end, suggestion=hunk.other)
            for hunk in hunks(mine, other)
        )


def _keep_files(sheet: _Sheet, sides: Sides, *, mine: Mapping[str, bytes], new: Mapping[str, bytes]) -> None:
    """Leave people's file, or its absence, as it is, and say what the generator wanted."""
    wanted = new[sides.theirs] if sides.theirs else None
    if sides.ours in sheet.ours:
        if sides.ours in new:
            sheet.result[sides.ours] = mine[sides.ours]
        reason: Reason = "both-changed" if wanted is not None else "dropped-by-generator"
        sheet.conflicts.append(_whole_file(sides.ours, reason, wanted))
    elif sides.base and sides.theirs in sheet.theirs:
        sheet.conflicts.append(_whole_file(sides.base, "deleted-by-hand", wanted))


def _whole_file(path: str, reason: Reason, wanted: bytes | None) -> Conflict:
    return Conflict(path=path, reason=reason, suggestion=None if wanted is None else _text(wanted))


def _text(content: bytes) -> str | None:
    try:
        return None if b"\0" in content else content.decode()
    except UnicodeDecodeError:
        return None


def _top(path: str) -> str:
    return path.partition("/")[0]


def merge(base: FileTree, ours: OursTree, theirs: FileTree, *, merge_trees: MergeTrees) -> Merged:
    """Decide every path of `base` and `theirs`.

    A path that is not in `base` has none (a first adoption, or a file new to the generator): what people have there
    stays, unless it is the same anyway.
    """
    sheet = _Sheet()
    for path in sorted({*base.files, *theirs.files}):
        _decide(sheet, path, base=base, ours=ours, theirs=theirs)
    if sheet.base:
        _merge_texts(sheet, base=base, ours=ours, theirs=theirs, merge_trees=merge_trees)
    return Merged(
        tree=FileTree(sheet.result),
        deletions=tuple(sorted(sheet.deletions - set(sheet.result))),
        conflicts=tuple(sorted(sheet.conflicts, key=lambda conflict: (conflict.path, conflict.line_start or 0))),
    )
