"""What the tests of several packages share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORPUS = Path(os.environ.get("SPECLOOM_SHARED") or ROOT.parent / "shared") / "corpus"


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip tests marked `corpus` where the corpus of real descriptions is not there."""
    if item.get_closest_marker("corpus") and not CORPUS.is_dir():
        pytest.skip(f"the corpus of real descriptions is not at {CORPUS}; set SPECLOOM_SHARED to its parent folder")


@pytest.fixture
def corpus() -> Path:
    """Return the folder of real descriptions (`dev` in the shared corpus); skip where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus of real descriptions is not at {CORPUS}; set SPECLOOM_SHARED to its parent folder")
    return CORPUS / "dev"
