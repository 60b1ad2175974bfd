"""The record that travels with generated files: what they were made from, and what the generator wrote.

It stands in the repository as `.specloom/provenance.json` and is the only state there is: whoever has the files has
the state that belongs to them, on every branch, in every clone.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

from pydantic import ConfigDict, TypeAdapter, with_config

from specloom.errors import UserError
from specloom.model.files import FileTree
from specloom.model.inference import Outcome
from specloom.model.plan import Provenance
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel

    from specloom.model.inference import Inference

PATH: Final = ".specloom/provenance.json"
NOTE: Final = "Written by Specloom beside the files it generates. Commit it; do not edit it."
STRICT: Final = ConfigDict(extra="ignore")


@with_config(STRICT)
@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What one output was made from: SHA-256 digests in hex, the generator's version, and a release that we chose."""

    description: str
    config: str
    inferences: str
    generator: str
    release: str = ""


@with_config(STRICT)
@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What one generator made of one description, in `folder`; `files` maps each path to the blob id written."""

    description: str
    target: str
    folder: str
    origin: Origin
    files: dict[str, str]

    @property
    def root(self) -> str:
        """The folder below which this output lies; no two outputs share one."""
        return f"{self.folder}/{self.target}" if self.folder else self.target

    def holds(self, path: str) -> bool:
        """Tell whether `path` lies below this output's root."""
        return path.startswith(f"{self.root}/")


@with_config(STRICT)
@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """A conflict that people have not settled: the blob the generator wrote before it, and the one they kept."""

    base: str | None
    kept: str | None


@with_config(STRICT)
@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The whole file; `upstreams` maps each tracked description to the blob id that was taken from its address."""

    outputs: tuple[Output, ...] = ()
    unsettled: dict[str, Unsettled] = field(default_factory=dict)
    upstreams: dict[str, str] = field(default_factory=dict)

    def at(self, root: str) -> Output | None:
        """Return what was generated below the folder `root` last time, from whichever description."""
        return next((item for item in self.outputs if item.root == root), None)


_RECORD: Final = TypeAdapter(Record)


def dump_record(record: Record) -> bytes:
    """Write a record; equal records give equal bytes, one line per file."""
    body = {"note": NOTE, "version": 1, **asdict(record)}
    if not record.upstreams:
        del body["upstreams"]
    return (json.dumps(body, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def load_record(content: bytes | None) -> Record:
    """Read a record, an empty one where there is none. Raises `UserError` where the file was damaged."""
    if content is None:
        return Record()
    try:
        record = _RECORD.validate_json(content)
        _check_paths(record)
    except ValueError as error:
        line = next((number for number, text in enumerate(content.splitlines(), 1) if text.startswith(b"<<<<<<<")), 1)
        message = (
            "this record of what was generated cannot be read; take the file from either side of the last merge"
            " (`git checkout REV -- .specloom/provenance.json`), or delete it to adopt the files anew"
        )
        raise UserError(message, Span(PATH, line, line)) from error
    return record


def _check_paths(record: Record) -> None:
    """Raise ValueError where a record claims files that its generator cannot have written."""
    for output in record.outputs:
        if strange := [path for path in output.files if not output.holds(path)]:
            raise ValueError(f"{strange[0]!r} is not below {output.root!r}")
        FileTree(dict.fromkeys(output.files, b""))
    if len({output.root for output in record.outputs}) < len(record.outputs):
        raise ValueError("two outputs share one folder")


def digest_of_options(options: BaseModel, folder: str) -> str:
    """Return the digest of everything in the config that one output depends on."""
    return _sha256([folder, json.dumps(options.model_dump(mode="json"), sort_keys=True)])


def digest_of_inferences(inferences: Iterable[Inference]) -> str:
    """Return the digest of the inferences that generated code may rest on."""
    applied = [item for item in inferences if item.outcome is Outcome.APPLY]
    return _sha256(sorted(f"{json.dumps(item.value, sort_keys=True)} {item.comment}" for item in applied))


def summarise(record: Record, pristine: FileTree) -> Provenance:
    """Join what all outputs were made from into the provenance of a plan."""
    outputs = sorted(record.outputs, key=lambda item: (item.folder, item.target, item.description))
    generators: Mapping[str, str] = {item.target: item.origin.generator for item in outputs}
    return Provenance(
        description=_sha256(sorted({item.origin.description for item in outputs})),
        config=_sha256(sorted({item.origin.config for item in outputs})),
        inferences=_sha256(sorted({item.origin.inferences for item in outputs})),
        generators=generators,
        tree=pristine.id,
    )


def _sha256(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
