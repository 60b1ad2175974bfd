"""API model → files: one module per target.

A new target is one module that ends in a `Generator`, plus one line in `ALL`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generators.sdk import python

if TYPE_CHECKING:
    from specloom.model.generator import Generator

ALL: tuple[Generator, ...] = (python.GENERATOR,)
