"""What stands at the addresses that a config tracks descriptions from."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from specloom.config import PATH
from specloom.errors import UpstreamError, UserError
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.config import Config
    from specloom.publish.bench import Bench


AT_ONCE: Final = 4
"""Addresses that are asked at a time: slow ones must not add up, nor large ones fill the memory."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """Contents by path, what the config has to be corrected for, and what did not answer this time."""

    contents: dict[str, bytes]
    mistakes: tuple[UserError, ...] = ()
    silent: tuple[str, ...] = ()


async def ask(bench: Bench, config: Config, text: bytes, *, standing: Callable[[str], bytes | None]) -> Tracked:
    """Ask every address in the config, whose text is `text`.

    Where one does not answer, what our pull request has is taken instead (`standing`), so that it is not undone.
    """
    gate = asyncio.Semaphore(AT_ONCE)

    async def answer(url: str) -> bytes | UserError | UpstreamError:
        async with gate:
            try:
                return await bench.upstream(url)
            except (UserError, UpstreamError) as error:
                return error

    answers = await asyncio.gather(*(answer(url) for url in config.tracked.values()))
    contents: dict[str, bytes] = {}
    mistakes, silent = [], []
    for (path, url), said in zip(config.tracked.items(), answers, strict=True):
        if isinstance(said, UserError):
            mistakes.append(UserError(said.message, line_of(text, url)))
        elif isinstance(said, UpstreamError):
            silent.append(said.message)
        taken = said if isinstance(said, bytes) else standing(path)
        if taken is not None:
            contents[path] = taken
    return Tracked(contents, tuple(mistakes), tuple(silent))


def line_of(text: bytes, url: str) -> Span:
    """Return the line of the config on which an address stands."""
    lines = text.splitlines()
    number = next((number for number, line in enumerate(lines, 1) if url.encode() in line), 1)
    return Span(PATH, number, number)
