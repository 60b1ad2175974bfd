"""What the documentation beside the descriptions states, as far as people have not decided against it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pathspec import GitIgnoreSpec

from specloom.config import PATH as CONFIG
from specloom.config import load_config
from specloom.errors import UserError
from specloom.facts.markup import READ, is_prose, markup
from specloom.model.diagnostic import Diagnostic, Level
from specloom.model.inference import Outcome
from specloom.readers.roots import is_likely

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from specloom.model.inference import Citation, Inference
    from specloom.model.passage import Document
    from specloom.pipeline.inputs import Inputs
    from specloom.pipeline.sources import Source
    from specloom.provenance import Record

ABOUT_THE_REPOSITORY: Final = frozenset(
    {"authors", "changelog", "changes", "code_of_conduct", "contributing", "history", "licence", "license", "security"}
)
"""Files that every repository has, under these names; they say nothing about an API as it is now."""

MOST_FILES: Final = 1_000
MOST_BYTES: Final = 16_000_000
MOST_PASSAGES: Final = 10_000
"""About ten seconds of work; whoever has more names under `docs` what counts."""


def with_verdicts(inputs: Inputs) -> Inputs:
    """Take what people decided on the branch that the plan is for, too: the head will say so once that is merged."""
    content = inputs.ours.read(CONFIG) if inputs.ours.kind(CONFIG) == "file" else None
    if content is None or content == inputs.head.read(CONFIG):
        return inputs
    try:
        there = load_config(content, generators=inputs.generators)
    except UserError:
        return inputs
    here = inputs.config
    decided_on = replace(
        here,
        accepted_facts=there.accepted_facts | (here.accepted_facts - there.rejected_facts),
        rejected_facts=there.rejected_facts | (here.rejected_facts - there.accepted_facts),
    )
    return replace(inputs, config=decided_on)


def find_facts(
    inputs: Inputs, sources: tuple[Source, ...], record: Record
) -> tuple[tuple[Inference, ...], tuple[Diagnostic, ...]]:
    """Return what the docs in the head state, with permalinks, and what was found wrong with them.

    Facts that somebody rejected, and those too doubtful to be shown, are left out; what contradicts the one description
    that there is becomes a finding, and a suggestion at most. Nothing is done where there are no docs.
    """
    paths = documentation(inputs, sources, record) if inputs.documentation else []
    if not paths:
        return (), ()
    inputs.step("Reading the documentation")
    documents, remarks = read_docs(inputs, paths)
    found, findings = _inferred(inputs, sources, documents)
    return tuple(_linked(item, inputs.head_url) for item in found), (*remarks, *findings)


def documentation(inputs: Inputs, sources: tuple[Source, ...], record: Record) -> list[str]:
    """Return the paths of the docs: by the config's globs, or else prose outside hidden and foreign folders.

    The descriptions themselves and what was generated are never evidence.
    """
    wanted = GitIgnoreSpec.from_lines(inputs.config.docs)
    ignored = GitIgnoreSpec.from_lines((*inputs.config.ignore, *(f"/{output.root}/" for output in record.outputs)))
    descriptions = {path for source in sources for path in source.reading.api.source.files}
    return [
        path
        for path in inputs.head.paths()
        if (wanted.match_file(path) if inputs.config.docs else _is_prose(path))
        and path not in descriptions
        and not ignored.match_file(path)
    ]


def _is_prose(path: str) -> bool:
    name = PurePosixPath(path)
    about = name.stem.lower().replace("-", "_") in ABOUT_THE_REPOSITORY
    return is_prose(path) and not about and is_likely(path)


def read_docs(inputs: Inputs, paths: list[str]) -> tuple[list[Document], list[Diagnostic]]:
    """Cut the files into passages, as many as there is time for."""
    read: list[Document] = []
    remarks: list[Diagnostic] = []
    passages = size = 0
    for path, content in _contents(inputs, paths[:MOST_FILES]):
        size += len(content)
        made = _cut(path, content) if size <= MOST_BYTES else None
        if isinstance(made, Diagnostic):
            remarks += [made] if inputs.config.docs else []
            continue
        passages += len(made.passages) if made else 0
        if made is None or passages > MOST_PASSAGES:
            break
        read.append(made)
    else:
        if len(paths) <= MOST_FILES:
            return read, remarks
    text = (
        f"only {len(read)} of {len(paths)} files of documentation were searched for facts, up to {read[-1].path}"
        if read
        else "the documentation is too large to be searched for facts"
    )
    remarks.append(Diagnostic(Level.NOTE, "docs-left-out", f"{text}; name the ones that matter under `docs`"))
    return read, remarks


def _contents(inputs: Inputs, paths: list[str]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        try:
            content = inputs.head.read(path)
        except UserError:
            continue  # what cannot be opened, by size or permission, proves nothing
        if content is not None:
            yield path, content


def _cut(path: str, content: bytes) -> Document | Diagnostic:
    from specloom.facts.passages import document, is_documentation  # noqa: PLC0415  slow, and few plans need it

    if not is_documentation(path):
        text = f"{path} is no kind of documentation that can be read ({READ})"
        return Diagnostic(Level.NOTE, "docs-unknown", f"{text}; leave it out of `docs`")
    return document(path, content)


def _inferred(
    inputs: Inputs, sources: tuple[Source, ...], documents: list[Document]
) -> tuple[tuple[Inference, ...], tuple[Diagnostic, ...]]:
    from specloom.facts.declared import check  # noqa: PLC0415  likewise
    from specloom.facts.infer import infer  # noqa: PLC0415  likewise

    api = sources[0].reading.api if len(sources) == 1 else None
    found, remarks = infer(documents, api)
    shown = decided(inputs, found)
    checked, findings = check(shown, api) if api else (shown, ())
    return checked, (*remarks, *findings)


def decided(inputs: Inputs, found: Iterable[Inference]) -> tuple[Inference, ...]:
    """Leave out what people rejected and what is too doubtful to be shown, and mark what they accepted."""
    known = (_decided(item, inputs) for item in found if item.id not in inputs.config.rejected_facts)
    return tuple(item for item in known if item.outcome is not Outcome.WITHHOLD)


def _decided(item: Inference, inputs: Inputs) -> Inference:
    accepted = item.id in inputs.config.accepted_facts
    return replace(item, accepted=True, outcome=Outcome.APPLY) if accepted else item


def _linked(item: Inference, url: str | None) -> Inference:
    return replace(item, citations=tuple(linked(one, url) for one in item.citations)) if url else item


def linked(citation: Citation, url: str | None) -> Citation:
    """Give a citation its permalink, where others can see the commit below `url`."""
    if url is None:
        return citation
    lines = f"L{citation.line_start}-L{citation.line_end}"
    plain = "?plain=1" if markup(citation.file) not in {"", "description"} else ""
    return replace(citation, permalink=f"{url}/{quote(citation.file)}{plain}#{lines}", commit=url.rpartition("/")[2])
