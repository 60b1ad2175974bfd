"""Names for schemas: components keep theirs; every other place that a `$ref` points at gets one, the same each time."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from specloom.readers.openapi.references import Target

Address: TypeAlias = tuple[str, tuple[str, ...]]

_PATIENCE: Final = 40
_WORDS: Final = re.compile(r"[^A-Za-z0-9]+")
_SCAFFOLDING: Final = frozenset({"components", "schemas", "definitions", "$defs", "properties", "paths", "schema"})
_COMPONENT_FOLDERS: Final = (("components", "schemas"), ("definitions",), ("$defs",))


@dataclass(slots=True)
class Names:
    """Names by address, and the targets that still have to be read.

    `fixed` are the components of the root. A derived name is the shortest that nothing else claims; which those are is
    known only at the end, so a description in which two targets would like the same name is read once more with
    `settled` names. Nothing here depends on the order in which targets are met.
    """

    settled: dict[Address, str]
    fixed: dict[Address, str] = field(default_factory=dict)
    components: frozenset[str] = frozenset()
    targets: dict[Address, Target] = field(default_factory=dict)
    waiting: list[Target] = field(default_factory=list)

    def name(self, target: Target) -> str:
        """Return the name of `target`, which is read later unless it is a component."""
        address = target.address
        known = self.fixed.get(address)
        if known is not None:
            return known
        if address not in self.targets:
            self.targets[address] = target
            self.waiting.append(target)
        return self.settled.get(address) or next(_candidates(address))

    def declare(self, components: dict[str, Target]) -> None:
        """Let components keep their names."""
        self.components = frozenset(components)
        for name, target in components.items():
            self.fixed.setdefault(target.address, name)

    def settle(self) -> dict[Address, str] | None:
        """Return a name of its own for every target, or None where those that were handed out are just that."""
        handed_out = {address: next(_candidates(address)) for address in self.targets}
        settled = _distribute(sorted(self.targets), taken=set(self.components))
        return None if settled == handed_out else settled


def _distribute(addresses: list[Address], taken: set[str]) -> dict[Address, str]:
    """Return a name for each address: where several want the same, each of them moves on to its next candidate."""
    result: dict[Address, str] = {}
    wishes = {address: _candidates(address) for address in addresses}
    for turn in count():
        if not wishes:
            break
        wanted: dict[str, list[Address]] = defaultdict(list)
        for address, candidates in wishes.items():
            wanted[next(candidates)].append(address)
        for name, claimants in wanted.items():
            # Addresses that differ only in punctuation wish alike for ever; then the first in sorted order is served.
            if name not in taken and (len(claimants) == 1 or turn > _PATIENCE):
                result[claimants[0]] = name
                del wishes[claimants[0]]
        taken |= set(wanted)
    return result


def _candidates(address: Address) -> Iterator[str]:
    """Yield names for an address: the shortest that says what it is, then with folders before it, then numbers."""
    path, pointer = address
    stem = posixpath.basename(path).split(".")[0] or "schema"
    folders = [folder for folder in posixpath.dirname(path).split("/") if folder not in ("", ".")]
    name = _pointer_name(pointer)
    if name:
        yield name
        folders.append(stem)
    else:
        name = _clean(stem)
        yield name
    for folder in reversed(folders):
        name = f"{_clean(folder)}_{name}"
        yield name
    number = 1
    while True:
        number += 1
        yield f"{name}_{number}"


def _pointer_name(pointer: tuple[str, ...]) -> str:
    for folder in _COMPONENT_FOLDERS:
        if pointer[:-1] == folder:
            return pointer[-1]
    steps = [step for step in pointer if step not in _SCAFFOLDING] or list(pointer)
    return "_".join(part for part in map(_clean, steps) if part)


def _clean(text: str) -> str:
    return _WORDS.sub("_", text).strip("_")
