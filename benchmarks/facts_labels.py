"""A labelled folder: its labels, and the scorer that lies beside them."""

from __future__ import annotations

import importlib.util
import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


def labels_of(gold: Path) -> list[dict[str, Any]]:
    """Return the labels of a folder, in its order."""
    return [json.loads(line) for line in (gold / "labels.jsonl").read_text("utf-8").splitlines()]


def scorer_of(gold: Path) -> ModuleType:
    """Load the gold set's own scorer, so that its rule is used and not ours."""
    spec = importlib.util.spec_from_file_location("score", gold / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{gold}/score.py cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
