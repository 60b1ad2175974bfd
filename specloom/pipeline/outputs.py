"""What the generators make of the descriptions, as far as it could have changed since the last time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from specloom.collector import no_collections
from specloom.errors import UserError
from specloom.facts.applied import with_facts
from specloom.lines import plain
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.files import FileTree, blob_id
from specloom.model.generator import Generated
from specloom.pipeline.releasing import CHANGELOG, Release, release_of
from specloom.provenance import Origin, Output, digest_of_inferences, digest_of_options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic import BaseModel

    from specloom.model.api import Api
    from specloom.model.change import Drift
    from specloom.model.generator import Generator
    from specloom.pipeline.inputs import Inputs
    from specloom.pipeline.sources import Source
    from specloom.provenance import Record


UNKNOWN: Final = b""
"""Stands for a generated file that people deleted and whose content is lost: it stays deleted all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One output: its entry in the record, what the generator writes now, and what it wrote last time.

    `fresh` is False where nothing that it is made of has changed: then `files` is known without generating.
    """

    output: Output
    files: FileTree
    before: FileTree
    fresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One generator, to be run on one description; `last` is what came of it last time."""

    source: Source
    generator: Generator
    options: BaseModel
    api: Api
    origin: Origin
    release: Release
    last: Output | None

    @property
    def root(self) -> str:
        """The folder of the output."""
        return root_of(self.source, self.generator.target)

    def generate(self, api: Api, release: Release) -> Generated:
        """Run the generator and put what it wrote into the description's folder."""
        with no_collections():
            made = self.generator.generate(api, release.options(self.options))
        folder = self.source.folder
        files = {f"{folder}/{path}" if folder else path: content for path, content in made.files.files.items()}
        if release.changelog is not None:
            files[f"{self.root}/{CHANGELOG}"] = release.changelog.encode()
        return Generated(FileTree(files), made.diagnostics)


def root_of(source: Source, target: str) -> str:
    """Return the folder below which what a target makes of a description lies."""
    return f"{source.folder}/{target}".removeprefix("/")


def make_outputs(
    inputs: Inputs, sources: tuple[Source, ...], record: Record, drifts: Mapping[str, Drift]
) -> tuple[tuple[Made, ...], tuple[Diagnostic, ...]]:
    """Generate every target of every description that could have changed; `drifts` says how, by the description's path.

    A target that cannot be generated costs that target, with a diagnostic.
    """
    made: list[Made] = []
    diagnostics: list[Diagnostic] = []
    for task in _tasks(inputs, sources, record, drifts):
        before: Mapping[str, bytes | None] = _pristine(inputs, task.last)
        if task.last and _unchanged(inputs, task, before, record):
            known = _known(before)
            made.append(Made(output=task.last, files=known, before=known, fresh=False))
            continue
        inputs.step(f"Generating {task.generator.target} from {task.source.path}")
        try:
            generated = task.generate(task.api, task.release)
        except UserError as error:
            text = f"{task.generator.target} could not be generated and stays as it is: {error.message}"
            diagnostics.append(Diagnostic(Level.ERROR, "target-failed", text, error.span))
            continue
        diagnostics += generated.diagnostics
        before = _complete(task, generated.files, before)
        deleted = {path for path, content in before.items() if content is None and inputs.ours.kind(path) is None}
        diagnostics += _lost([path for path, content in before.items() if content is None and path not in deleted])
        made.append(_made(task, generated.files, {**before, **dict.fromkeys(deleted, UNKNOWN)}))
    return tuple(made), tuple(diagnostics)


def _tasks(inputs: Inputs, sources: tuple[Source, ...], record: Record, drifts: Mapping[str, Drift]) -> Iterator[_Task]:
    generators = {generator.target: generator for generator in inputs.generators}
    for source in sources:
        for target, options in sorted(source.targets.items()):
            if inputs.targets is not None and target not in inputs.targets:
                continue
            root = root_of(source, target)
            release = release_of(inputs, source, root=root, options=options, drift=drifts.get(source.path))
            origin = Origin(
                description=source.reading.api.source.digest,
                config=digest_of_options(options, source.folder),
                inferences=digest_of_inferences(inputs.inferences),
                generator=generators[target].version,
                release=release.record,
            )
            yield _Task(
                source=source,
                generator=generators[target],
                options=options,
                api=with_facts(source.reading.api, inputs.inferences) if len(sources) == 1 else source.reading.api,
                origin=origin,
                release=release,
                last=record.at(root),
            )


def _complete(task: _Task, files: FileTree, before: Mapping[str, bytes | None]) -> Mapping[str, bytes | None]:
    if None not in before.values():
        return before
    again = _generate_again(task, files)
    wrote = task.last.files if task.last else {}
    return {
        path: made
        if content is None and (made := again.read(path)) is not None and blob_id(made) == wrote[path]
        else content
        for path, content in before.items()
    }


def _lost(lost: Sequence[str]) -> list[Diagnostic]:
    if not lost:
        return []
    count = "a file that was" if len(lost) == 1 else f"{len(lost)} files that were"
    text = (
        f"{count} edited by hand cannot be merged, for what the generator wrote there before is not in this clone"
        f" ({lost[0]}); `git fetch origin 'refs/specloom/*:refs/specloom/*'` brings it (with --unshallow, if shallow)"
    )
    return [Diagnostic(Level.WARNING, "lost-base", text)]


def _made(task: _Task, files: FileTree, before: Mapping[str, bytes | None]) -> Made:
    output = Output(
        description=task.source.path,
        target=task.generator.target,
        folder=task.source.folder,
        origin=task.origin,
        files={path: blob_id(content) for path, content in files.files.items()},
    )
    return Made(output=output, files=files, before=_known(before), fresh=True)


def _generate_again(task: _Task, files: FileTree) -> FileTree:
    """Make once more what was made last time: the same provenance gives the same bytes, also where they got lost."""
    last = task.last.origin if task.last else None
    if last is None:
        return FileTree()
    # Facts of the docs and changelogs do not decide all files: whoever asks compares what comes out.
    origin = replace(task.origin, inferences=last.inferences)
    if last == origin:
        return files
    base = task.source.base
    if base and replace(origin, description=base.source.digest, release=last.release) == last:
        return task.generate(base, Release(version=last.release or None)).files
    return FileTree()


def _unchanged(inputs: Inputs, task: _Task, before: Mapping[str, bytes | None], record: Record) -> bool:
    """Tell whether generating again could neither write anything new nor raise an open conflict again."""
    if task.last is None or task.last.origin != task.origin or None in before.values():
        return False
    return inputs.settled or not any(task.last.holds(path) for path in record.unsettled)


def pristine_files(inputs: Inputs, output: Output) -> FileTree:
    """Return what a generator wrote last time, as far as it can still be found."""
    return _known(_pristine(inputs, output))


def _pristine(inputs: Inputs, last: Output | None) -> dict[str, bytes | None]:
    """Find what the generator wrote last time: in people's tree where it is untouched, else in git; None if lost."""
    found: dict[str, bytes | None] = {}
    for path, blob in last.files.items() if last else ():
        mine = inputs.ours.read(path) if inputs.ours.kind(path) == "file" else None
        known = next((side for side in (mine, plain(mine or b"")) if side is not None and blob_id(side) == blob), None)
        found[path] = inputs.blob(blob) if known is None else known
    return found


def _known(files: Mapping[str, bytes | None]) -> FileTree:
    return FileTree({path: content for path, content in files.items() if content is not None})
