"""Which version a package becomes, and what its changelog says: the last release, moved by what changed since.

A package starts with its description's version. From then on the changes of the API decide, unless the description asks
for more, or the config says which version it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.errors import UserError
from specloom.model.change import Bump
from specloom.provenance import PATH, load_record
from specloom.report import changelog_entry, next_version

if TYPE_CHECKING:
    from pydantic import BaseModel

    from specloom.model.change import Drift
    from specloom.model.source import SourceTree
    from specloom.pipeline.inputs import Inputs
    from specloom.pipeline.sources import Source

CHANGELOG: Final = "CHANGELOG.md"
HEADER: Final = "# Changelog\n"
FIRST: Final = "The first release.\n"
OPTION: Final = "version"
"""Targets with an option of this name make packages; the others have no release."""

_PLAIN: Final = re.compile(
    r"v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9})(?P<pre>[-+].*)?)?"
    r"(?:\.\d{1,9})*(?:(?:a|b|rc)\d{1,9})?(?:\.post\d{1,9})?(?:\.dev\d{1,9})?"
)
"""Versions as semver.org and PEP 440 write them; `2024-01-01` is a date and none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A package's `version` (None: the description's own, or the config's) and its changelog, if it is one."""

    version: str | None = None
    changelog: str | None = None

    @property
    def record(self) -> str:
        """What the record remembers: the version where it was decided here."""
        return self.version or ""

    def options(self, options: BaseModel) -> BaseModel:
        """Return a target's options with the version."""
        return options.model_copy(update={OPTION: self.version}) if self.version else options


def release_of(inputs: Inputs, source: Source, *, root: str, options: BaseModel, drift: Drift | None) -> Release:
    """Decide the release of what stands at `root`; `drift` is what changed in its description since the base."""
    if OPTION not in type(options).model_fields:
        return Release()
    pinned: str | None = getattr(options, OPTION)
    declared = source.reading.api.version
    chosen = None if pinned else _chosen(inputs, source, root, drift)
    before = _recorded(inputs.base, root) or (source.base.version if source.base else declared)
    version = pinned or chosen or declared
    moved = drift is not None and (bool(drift.changes) or (not pinned and version != before))
    return Release(version=chosen, changelog=_changelog(inputs, root, drift if moved else None, version=version))


def _chosen(inputs: Inputs, source: Source, root: str, drift: Drift | None) -> str | None:
    """Return the version that the changes ask for, None where the description's own is enough."""
    declared = source.reading.api.version
    known = [version for tree in (inputs.base, inputs.head) if (version := _recorded(tree, root)) is not None]
    if not known or inputs.base is None:
        return None
    before = known[0] or (source.base.version if source.base else declared)
    wanted = next_version(_stated(before), drift.bump if drift else Bump.NONE)
    wanted = max([_plain(wanted), *(_plain(version) for version in known if version)], key=_numbers)
    enough = _PLAIN.fullmatch(declared) is not None and _numbers(_plain(declared)) >= _numbers(wanted)
    return None if enough else wanted


def _recorded(tree: SourceTree | None, root: str) -> str | None:
    """Return what the record in `tree` remembers of the release at `root`; None where nothing was generated there.

    A damaged record remembers nothing: only in the tree that is written to does it have to be mended first.
    """
    try:
        output = load_record(tree.read(PATH)).at(root) if tree is not None else None
    except UserError:
        return None
    return None if output is None else output.origin.release


def _stated(version: str) -> str:
    """Return a version for `next_version`: a pre-release leads to its release, anything else is three numbers."""
    found = _PLAIN.fullmatch(version.strip())
    return version.strip().removeprefix("v") if found and found["pre"] else _plain(version)


def _plain(version: str) -> str:
    """Return a version as three numbers, 0.1.0 for what is none."""
    found = _PLAIN.fullmatch(version.strip())
    return ".".join(part or "0" for part in found.group(1, 2, 3)) if found else "0.1.0"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _changelog(inputs: Inputs, root: str, drift: Drift | None, *, version: str) -> str:
    """Return the changelog at the base, as people left it, with an entry for the changes since."""
    before = (inputs.base or inputs.ours).read(f"{root}/{CHANGELOG}")
    text = before.decode("utf-8", "replace").replace("\r\n", "\n") if before else ""
    if text and drift is None:
        return text
    head, found, entries = text.partition("\n## ")
    entry = changelog_entry(drift, version=version) if text and drift else f"## {version or '0.1.0'}\n\n{FIRST}"
    return f"{(head or HEADER).rstrip()}\n\n{entry.rstrip()}\n" + (f"\n## {entries.rstrip()}\n" if found else "")
