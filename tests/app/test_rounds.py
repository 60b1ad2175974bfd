"""Deliveries that never arrived."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from app.rounds import missed, remove_unused
from specloom.adapters.github.shapes import Delivery

if TYPE_CHECKING:
    from pathlib import Path

NOW = 1_800_000_000.0


def attempt(guid: str, status: int, *, ago: float = 600.0, number: int = 1) -> Delivery:
    """Return one attempt, so many seconds ago."""
    at = dt.datetime.fromtimestamp(NOW - ago, dt.UTC).isoformat()
    return Delivery(id=number, guid=guid, delivered_at=at, status_code=status, event="push", action=None)


def test_missed() -> None:
    """Only what failed every time is asked for again: not what is under way, too old, or fails again and again."""
    deliveries = [
        attempt("never-arrived", 0, ago=900, number=1),
        attempt("never-arrived", 502, ago=600, number=2),
        attempt("arrived", 202),
        attempt("arrived-later", 503, ago=900),
        attempt("arrived-later", 202, ago=600),
        attempt("under-way", 0, ago=5),
        attempt("too-old", 500, ago=4 * 86_400),
        *(attempt("hopeless", 500, number=n) for n in range(5)),
        attempt("earlier", 500, ago=1200, number=9),
    ]
    assert [("earlier", 9), ("never-arrived", 2)] == [(d["guid"], d["id"]) for d in missed(deliveries, now=NOW)]


def test_unused_copies_go(tmp_path: Path) -> None:
    """Copies of repositories and descriptions that nobody opened for long are removed, the others stay."""
    repositories, shelf = tmp_path / "repositories" / "7", tmp_path / "upstream"
    shelf.mkdir()
    for name, age in {"old": 100.0, "new": 1.0}.items():
        (repositories / f"{name}.git").mkdir(parents=True)
        (shelf / name).touch()
        for path in (repositories / f"{name}.git", shelf / name):
            os.utime(path, (NOW - age, NOW - age))
    assert 2 == remove_unused(tmp_path, before=NOW - 50)
    assert ["new.git", "new"] == [path.name for folder in (repositories, shelf) for path in folder.iterdir()]
