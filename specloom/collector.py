"""Python's cycle collector, kept out of the way where large models are built."""

from __future__ import annotations

import atexit
import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_collections() -> Iterator[None]:
    """Keep the collector from walking a model over and over while it grows: it finds nothing and costs a third."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def leave_all_behind() -> None:
    """Keep the collector off until the process ends, and then too: its last walk takes 0.3 s for two large models."""
    gc.disable()
    atexit.register(gc.freeze)


def spare_what_stands() -> None:
    """Keep the collector from ever again walking what is there now: for servers, which stand still while it does.

    What a server has imported are a hundred thousand objects that never go, and walking them takes 50 ms.
    """
    gc.collect()
    gc.freeze()
