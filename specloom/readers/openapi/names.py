"""Names for schemas: components keep theirs; every other place that a `$ref` points at gets one, the same each time."""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from specloom.readers.openapi.references import Target

Address: TypeAlias = tuple[str, tuple[str, ...]]

_MOST_CANDIDATES: Final = 12
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
        return self.settled.get(address) or _candidates(address)[0]

    def declare(self, components: dict[str, Target]) -> None:
        """Let components keep their names."""
        self.components = frozenset(components)
        for name, target in components.items():
            self.fixed.setdefault(target.address, name)

    def settle(self) -> dict[Address, str] | None:
        """Return a name of its own for every target, or None where those that were handed out are just that."""
        handed_out = {address: _candidates(address)[0] for address in self.targets}
        settled = _distribute(sorted(self.targets), taken=set(self.components))
        return None if settled == handed_out else settled


def _distribute(addresses: list[Address], taken: set[str]) -> dict[Address, str]:
    """Return a name for each address: where several want the same, each of them moves on to its next candidate.

    Those that still wish alike at the end, because they differ only in punctuation, are numbered in sorted order.
    """
    result: dict[Address, str] = {}
    wishes = {address: _candidates(address) for address in addresses}
    for turn in range(_MOST_CANDIDATES):
        wanted: dict[str, list[Address]] = defaultdict(list)
        for address, candidates in wishes.items():
            wanted[candidates[min(turn, len(candidates) - 1)]].append(address)
        for name, claimants in wanted.items():
            if len(claimants) == 1 and name not in taken:
                result[claimants[0]] = name
                del wishes[claimants[0]]
        taken |= set(wanted)
    numbers: Counter[str] = Counter()
    for address, candidates in wishes.items():
        name = candidates[-1]
        while name in taken:
            numbers[candidates[-1]] += 1
            name = f"{candidates[-1]}_{numbers[candidates[-1]] + 1}"
        result[address] = name
        taken.add(name)
    return result


def _candidates(address: Address) -> list[str]:
    """Return names for an address: the shortest that says what it is, then with more and more folders before it."""
    path, pointer = address
    stem = posixpath.basename(path).split(".")[0] or "schema"
    folders = [folder for folder in posixpath.dirname(path).split("/") if folder not in ("", ".")]
    name = _pointer_name(pointer)
    if name:
        folders.append(stem)
    found = [name or _clean(stem) or "schema"]
    for folder in reversed(folders[-_MOST_CANDIDATES + 1 :]):
        found.append(f"{_clean(folder)}_{found[-1]}")
    return found


def _pointer_name(pointer: tuple[str, ...]) -> str:
    for folder in _COMPONENT_FOLDERS:
        if pointer[:-1] == folder:
            return pointer[-1]
    steps = [step for step in pointer if step not in _SCAFFOLDING] or list(pointer)
    return "_".join(part for part in map(_clean, steps) if part)


def _clean(text: str) -> str:
    return _WORDS.sub("_", text).strip("_")
