"""The shared core: reads descriptions, compares them, plans what follows; imports no front door and no generator."""

from typing import Final

__version__: Final = "0.1.0"
"""The version of everything in this repository; `pyproject.toml` says the same."""
