"""What is read is documented."""

from __future__ import annotations

from pathlib import Path

from specloom.readers.behaviour import notations, purposes

DOCS = Path(__file__).resolve().parents[3] / "docs" / "descriptions.md"


def test_every_notation_is_documented() -> None:
    """The table of extensions lists each notation, in the order in which they count."""
    rows = [line.split("`")[1] for line in DOCS.read_text().splitlines() if line.startswith("| `x-")]

    assert rows == [*(key for key, _ in notations.ALL), purposes.KEY]
