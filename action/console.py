"""What people see while something takes long: a line on a terminal that moves, plain lines in a log."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Any, Final
from unicodedata import category

from rich.console import Console

from action.failures import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rich.status import Status

PATIENCE: Final = 1.0
"""Seconds that a step may take before it is shown."""


class _Screen(Console):
    """A console on which foreign text is only text: no markup, no emoji codes, no escape sequences."""

    def print(self, *objects: Any, **options: Any) -> None:  # noqa: ANN401  rich's signature
        super().print(*(visible(item) if isinstance(item, str) else item for item in objects), **options)


def console(*, stderr: bool = False) -> Console:
    """Return a console that honours `NO_COLOR` and `TERM`, and that descriptions cannot play tricks on."""
    return _Screen(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=True)


def write(text: str) -> None:
    """Print a finished document as it is, save for control characters, which no document needs."""
    sys.stdout.write("".join(char for char in text if char in "\n\t" or category(char) != "Cc"))


def emit(document: Mapping[str, object]) -> None:
    """Print the one JSON document of `--json`; ASCII, so that no locale can break it."""
    sys.stdout.write(json.dumps(document, indent=2) + "\n")


class _Progress:
    def __init__(self, screen: Console) -> None:
        self.screen = screen
        self.status: Status | None = None
        self.timer: Timer | None = None

    def step(self, text: str) -> None:
        self.stop_waiting()
        if self.status:
            self.status.update(f"{text} …")
            return
        self.timer = Timer(PATIENCE, self.show, [text])
        self.timer.daemon = True
        self.timer.start()

    def show(self, text: str) -> None:
        if self.screen.is_terminal:
            self.status = self.screen.status(f"{text} …")
            self.status.start()
        else:
            self.screen.print(f"specloom: {text} …")

    def stop_waiting(self) -> None:
        if self.timer:
            self.timer.cancel()

    def close(self) -> None:
        self.stop_waiting()
        if self.status:
            self.status.stop()


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show on stderr each step that takes longer than `PATIENCE`."""
    shown = _Progress(console(stderr=True))
    try:
        yield shown.step
    finally:
        shown.close()
