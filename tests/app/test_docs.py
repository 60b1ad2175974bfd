"""What the documentation derives from the App is as the App is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.commands import ALL
from app.docs import derived
from app.settings import Settings

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("path", sorted(derived()))
def test_fresh(path: str) -> None:
    """A derived file stands as it would be written now; `make docs` renews it."""
    assert derived()[path] == (DOCS / path).read_text("utf-8")


def test_every_command_is_documented() -> None:
    """Every command has one line of usage that begins with its name, and a sentence."""
    for command in ALL:
        assert command.usage.split()[0] == command.name
        assert re.fullmatch(r"[A-Z].*\.", command.summary)
    assert len(ALL) == len({command.name for command in ALL})


def test_every_setting_is_documented() -> None:
    """Every setting says what it means."""
    assert [] == [name for name, field in Settings.model_fields.items() if not field.description]
