"""What stands at the addresses that a config tracks descriptions from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specloom.config import PATH
from specloom.errors import UpstreamError, UserError
from specloom.model.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from specloom.config import Config
    from specloom.publish.bench import Bench


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
    contents: dict[str, bytes] = {}
    mistakes, silent = [], []
    for path, url in config.tracked.items():
        try:
            contents[path] = await bench.upstream(url)
            continue
        except UserError as error:
            mistakes.append(UserError(error.message, line_of(text, url)))
        except UpstreamError as error:
            silent.append(error.message)
        if (known := standing(path)) is not None:
            contents[path] = known
    return Tracked(contents, tuple(mistakes), tuple(silent))


def line_of(text: bytes, url: str) -> Span:
    """Return the line of the config on which an address stands."""
    lines = text.splitlines()
    number = next((number for number, line in enumerate(lines, 1) if url.encode() in line), 1)
    return Span(PATH, number, number)
