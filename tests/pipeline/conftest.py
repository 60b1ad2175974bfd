"""A small API, a generator for it, and a repository in memory, to plan with."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import BaseModel, ConfigDict

from specloom.adapters.merging import merge_trees
from specloom.config import default_config, load_config
from specloom.errors import UserError
from specloom.model.files import FileTree, blob_id
from specloom.model.generator import Generated, Generator
from specloom.pipeline import Inputs, plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from specloom.model.api import Api
    from specloom.model.plan import Plan


class Options(BaseModel):
    """What the generator can be told."""

    model_config = ConfigDict(extra="forbid")
    suffix: str = ".py"


def describe(*paths: str, title: str = "Shop", version: str = "1.0", note: str = "") -> bytes:
    """Write a description with a GET operation for every path."""
    operation = {"description": note, "responses": {"200": {"description": "ok"}}}
    info = {"title": title, "version": version}
    return json.dumps(
        {"openapi": "3.1.0", "info": info, "paths": {f"/{path}": {"get": operation} for path in paths}}, indent=1
    ).encode()


def write_sdk(api: Api, options: Options) -> Generated:
    """Write a file per operation, and one with a version line."""
    files = {
        f"sdk/python/{operation.path.strip('/')}{options.suffix}": (
            f"# {operation.key}\n\n\ndef call():\n    return {operation.key!r}\n\n\n"
            f"# {operation.description or ''}\n".encode()
        )
        for operation in api.operations
    }
    files["sdk/python/project"] = (
        f"name = {api.title}\nversion = {api.version}  # specloom:owned\n\n\nby = us\n".encode()
    )
    if api.title == "Broken":
        raise UserError("this API cannot be generated")
    return Generated(FileTree(files))


@dataclass
class Repository:
    """Files on a branch, the base before it, and everything that generators ever wrote."""

    held: Callable[..., Any]
    files: dict[str, bytes] = field(default_factory=dict)
    base: Mapping[str, bytes] | None = None
    blobs: dict[str, bytes] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    version: str = "1"

    def plan(self, **more: Any) -> Plan:  # noqa: ANN401  any of the inputs
        """Make a plan for the files as they are."""
        tree = self.held(dict(self.files))
        config = self.files.get(".github/specloom.yml")
        generators = (self.generator(),)
        inputs = Inputs(
            head=tree,
            ours=tree,
            base=None if self.base is None else self.held(dict(self.base)),
            config=load_config(config, generators=generators) if config else default_config(generators),
            generators=generators,
            merge_trees=merge_trees,
            blob=self.blobs.get,
            **more,
        )
        return plan(inputs)

    def apply(self, **more: Any) -> Plan:  # noqa: ANN401  likewise
        """Plan, and do what the plan says."""
        made = self.plan(**more)
        if made.writes:
            self.blobs |= {blob_id(content): content for content in made.pristine.files.values()}
        for path in made.deletions:
            del self.files[path]
        self.files |= {path: made.tree.files[path] for path in made.writes}
        return made

    def generator(self) -> Generator:
        """Return the generator, which notes every call."""

        def generate(api: Api, options: Options) -> Generated:
            self.calls.append(api.source.path)
            return write_sdk(api, options)

        return Generator(
            target="sdk/python", version=self.version, summary="An SDK.", options=Options, generate=generate
        )


@pytest.fixture(scope="session")
def new_repository(held: type) -> Callable[[], Repository]:
    """Return a function that makes a repository with one description."""
    return lambda: Repository(held=held, files={"openapi.json": describe("pets", "orders")})


@pytest.fixture
def repository(new_repository: Callable[[], Repository]) -> Repository:
    """Return a repository with one description."""
    return new_repository()


@pytest.fixture(scope="session")
def description() -> Callable[..., bytes]:
    """Return the function that writes descriptions."""
    return describe
