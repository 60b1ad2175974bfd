"""Generated SDKs, and callers of their clients of both kinds."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generators.sdk import python
from specloom.adapters.directory import Directory
from specloom.readers import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

    from specloom.model.diagnostic import Diagnostic
    from specloom.model.files import FileTree

HERE = Path(__file__).parent


def generated(name: str) -> tuple[FileTree, tuple[Diagnostic, ...]]:
    """Generate the SDK of a description beside this file."""
    reading = read(Directory(HERE), name)
    made = python.GENERATOR.generate(reading.api, python.GENERATOR.options())
    return made.files, (*reading.diagnostics, *made.diagnostics)


def write(files: FileTree, folder: Path) -> None:
    """Write generated files."""
    for path, content in files.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


@dataclass
class Caller:
    """Calls methods of a sync or an async client in the same words, so that one test covers both."""

    sdk: ModuleType
    asynchronous: bool
    url: str
    name: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    clients: list[Any] = field(default_factory=list)

    def client(self, **settings: Any) -> Any:
        """Return a new client of the server, with the settings of all tests unless the test gives others."""
        kind = getattr(self.sdk, f"Async{self.name}" if self.asynchronous else self.name)
        self.clients.append(kind(**{"base_url": self.url, **self.settings, **settings}))
        return self.clients[-1]

    async def do(self, method: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call a method and await its result if it is asynchronous."""
        return await self.settle(method(*args, **kwargs))

    async def settle(self, result: Any) -> Any:
        """Await what can be awaited."""
        return await result if inspect.isawaitable(result) else result

    def transport(self, client: Any) -> Any:
        """Return what is under a client."""
        return client._transport  # noqa: SLF001 -- private to users, not to these tests

    async def all(self, iterable: Any) -> list[Any]:
        """Collect what a page, a stream or a download iterates."""
        if hasattr(iterable, "__aiter__"):
            return [item async for item in iterable]
        return list(iterable)

    async def inside(self, manager: Any, use: Callable[[Any], Any]) -> Any:
        """Run `use` inside a `with` or `async with` block."""
        if hasattr(manager, "__aenter__"):
            async with manager as entered:
                return await self.settle(use(entered))
        with manager as entered:
            return use(entered)
